//! Amounts of money as people here write them.

use super::{MAX_MINOR, quoted};
use crate::domain::money::{BadAmount, Currency, Money};
use std::cell::Cell;

thread_local! {
    /// The sign people here write before decimals; none where that is not known.
    static DECIMAL: Cell<Option<char>> = const { Cell::new(None) };
}

/// Notes which sign people here write before decimals: `.` or `,`.
pub fn write_decimals_with(sign: char) {
    DECIMAL.set(Some(sign));
}

/// Reads an amount as people here write it.
///
/// # Errors
/// [`BadAmount`] says what is wrong with it.
pub fn typed_amount(text: &str, currency: Currency) -> Result<Money, BadAmount> {
    Money::parse_by(text, currency, DECIMAL.get())
}

/// Reads an amount of a deal; nothing typed is no amount.
///
/// # Errors
/// A sentence when it is no amount, too fine for the currency, below nothing or too large.
pub fn parse_amount(text: &str, currency: Currency) -> Result<Option<Money>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let example = match currency.digits() {
        0 => "1200 or 1,200",
        3 => "1200 or 1,200.500",
        _ => "1200 or 1,200.50",
    };
    let money = typed_amount(text, currency).map_err(|error| match error {
        BadAmount::NotANumber(_) => {
            format!(
                "{} is not an amount. Write it like {example}.",
                quoted(text.trim())
            )
        }
        BadAmount::TooFine { digits: 0, .. } => {
            format!("{currency} has no decimal places. Write a whole number.")
        }
        BadAmount::TooFine { digits, .. } => {
            format!("{currency} has {digits} decimal places. Round the amount to them.")
        }
        unclear @ BadAmount::Unclear { .. } => format!("{unclear}."),
        BadAmount::TooLarge(_) => too_large(currency),
    })?;
    if money.minor < 0 {
        Err(String::from(
            "A deal cannot be worth less than nothing. Leave out the minus sign.",
        ))
    } else if money.minor > MAX_MINOR {
        Err(too_large(currency))
    } else {
        Ok(Some(money))
    }
}

pub(super) fn too_large(currency: Currency) -> String {
    let most = match currency.digits() {
        0 => "a thousand billion",
        1 => "a hundred billion",
        2 => "ten billion",
        3 => "one billion",
        _ => "a hundred million",
    };
    format!("That is more than {most}. Check the number of digits.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_here_write_it() {
        let eur = |text: &str| parse_amount(text, Currency::EUR);
        let minor = |text: &str| eur(text).unwrap().unwrap().minor;
        // Each test has a thread of its own, so this one's sign is nobody else's.
        write_decimals_with('.');
        assert_eq!(minor("1,234"), 123_400);
        assert!(
            eur("1.234")
                .unwrap_err()
                .starts_with("“1.234” can be read in two ways.")
        );
        write_decimals_with(',');
        assert_eq!(minor("1.234"), 123_400);
        assert!(eur("1,234").is_err());
    }
}
