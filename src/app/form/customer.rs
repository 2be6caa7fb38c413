//! What people type about customers.

use super::quoted;
use crate::domain::money::{BadAmount, Currency, Money};

/// Reads a number of people; nothing typed is none. Signs between groups of three digits are fine,
/// always the same one: anything else could mean a fraction.
///
/// # Errors
/// A sentence when it is no whole number, or above four billion.
pub fn parse_count(text: &str) -> Result<Option<u32>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    whole(text)
        .and_then(|digits| digits.parse().ok())
        .map(Some)
        .ok_or_else(|| format!("{} is not a number. Write it like 1,200.", quoted(text)))
}

/// Digits without the sign between their groups; none when the groups are not of three.
fn whole(text: &str) -> Option<String> {
    let sign = text.chars().find(|c| !c.is_ascii_digit());
    let fits = |c: char| matches!(c, ',' | '.' | '\'' | '’' | '_') || c.is_whitespace();
    let groups: Vec<&str> = match sign {
        Some(sign) if fits(sign) => text.split(sign).collect(),
        _ => vec![text],
    };
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let grouped = match groups.as_slice() {
        [_] => true,
        [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(|g| g.len() == 3),
        [] => false,
    };
    (grouped && groups.iter().all(digits)).then(|| groups.concat())
}

/// Reads a year; nothing typed is none.
///
/// # Errors
/// A sentence when it is no year of four digits.
pub fn parse_year(text: &str) -> Result<Option<u16>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let plain = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let year = plain.then(|| text.parse::<u16>().ok()).flatten();
    year.filter(|year| (1000..=2199).contains(year))
        .map(Some)
        .ok_or_else(|| format!("{} is not a year. Write it like 1987.", quoted(text)))
}

/// Reads an amount such as a revenue or a budget; nothing typed is none.
///
/// # Errors
/// A sentence when it is no amount, too fine for the currency, below nothing or too large.
pub fn parse_money(text: &str, currency: Currency) -> Result<Option<Money>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let money = super::typed_amount(text, currency).map_err(|error| match error {
        BadAmount::NotANumber(_) => {
            format!(
                "{} is not an amount. Write it like 1200000 or 1.2m.",
                quoted(text)
            )
        }
        BadAmount::TooFine { digits, .. } => {
            format!("{currency} has {digits} decimal places. Round the amount to them.")
        }
        unclear @ BadAmount::Unclear { .. } => format!("{unclear}."),
        BadAmount::TooLarge(_) => String::from("That is too much. Check the number of digits."),
    })?;
    if money.minor < 0 {
        return Err(String::from(
            "An amount here cannot be below nothing. Leave out the minus sign.",
        ));
    }
    Ok(Some(money))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_are_read_as_people_write_them() {
        for (text, n) in [
            ("1200", 1_200),
            (" 1,200 ", 1_200),
            ("1.200", 1_200),
            ("1 200", 1_200),
        ] {
            assert_eq!(parse_count(text), Ok(Some(n)), "{text}");
        }
        assert_eq!(parse_count(" "), Ok(None));
        assert_eq!(parse_count("1’234’567"), Ok(Some(1_234_567)));
        for text in [
            "-5",
            "many",
            "12k",
            ",",
            "99999999999",
            "1.5",
            "2,50",
            "12.000,5",
            "1,2000",
            ",200",
            "1,,200",
            "1 200,300",
            "1234,567",
        ] {
            assert!(parse_count(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_year_has_four_digits() {
        assert_eq!(parse_year(" 1987 "), Ok(Some(1987)));
        assert_eq!(parse_year(""), Ok(None));
        for text in ["87", "0987", "3000", "MCMX", "19870"] {
            assert!(parse_year(text).is_err(), "{text}");
        }
    }

    #[test]
    fn revenues_may_be_far_larger_than_deals() {
        let eur = Currency::EUR;
        let money = parse_money("11698.03m", eur).unwrap().unwrap();
        assert_eq!(money.minor, 1_169_803_000_000);
        assert_eq!(parse_money("", eur), Ok(None));
        for text in ["-1", "lots", "1.2345"] {
            assert!(parse_money(text, eur).is_err(), "{text}");
        }
    }
}
