//! Forms: what people type, as typed, and how it becomes what a command takes.
//!
//! A form keeps drafts (“12,34”, “31 Feb”), so that nothing typed is lost, and turns them
//! into values only when asked; each thing that cannot be taken gets a sentence that says
//! what is wrong and how to write it instead.

pub mod activity;
mod amount;
mod check;
mod closing;
pub mod closure;
pub mod custom;
pub mod customer;
pub mod deal;
pub mod experiment;
#[cfg(test)]
pub(crate) mod fixture;
pub mod insight;
pub mod line;
pub mod lists;
pub mod plan;
pub mod rules;
pub mod sale;

pub use amount::{parse_amount, typed_amount, write_decimals_with};

use crate::domain::command::Refusal;
use crate::domain::value;
use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field, by its name in [`field`] or by [`custom::error_key`].
    pub field: Cow<'static, str>,
    /// A sentence or two: what is wrong, and how to put it right.
    pub message: String,
}

impl FieldError {
    /// An error of a field.
    pub fn new(field: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
        }
    }

    /// What a refused command says about the form. Refusals that name no field stand
    /// under [`field::FORM`].
    #[must_use]
    pub fn from_refusal(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Field { field, message } => Self::new(*field, message.clone()),
            other => Self::new(field::FORM, other.to_string()),
        }
    }
}

/// The names of the fields of forms; where a field of a record stands behind one, it is
/// that field's name in files, so that a refusal finds its place.
pub mod field {
    /// The form as a whole.
    pub const FORM: &str = "form";
    /// What is being sold.
    pub const TITLE: &str = "title";
    /// In which stage.
    pub const STAGE: &str = "stage";
    /// To whom.
    pub const ORGANISATION: &str = "organisation";
    /// With whom.
    pub const CONTACTS: &str = "contacts";
    /// By whom.
    pub const OWNER: &str = "owner";
    /// Worth how much.
    pub const VALUE: &str = "value";
    /// Expected to close on.
    pub const CLOSE: &str = "close";
    /// Own probability.
    pub const PROBABILITY: &str = "probability";
    /// The owner's call.
    pub const CATEGORY: &str = "category";
    /// Where it came from.
    pub const SOURCE: &str = "source";
    /// The campaign that brought it.
    pub const CAMPAIGN: &str = "campaign";
    /// Labels.
    pub const TAGS: &str = "tags";
    /// What the customer may buy.
    pub const PRODUCTS: &str = "products";
    /// Free text.
    pub const DESCRIPTION: &str = "description";
    /// What to do next.
    pub const NEXT: &str = "subject";
    /// When to do it.
    pub const DUE: &str = "due";
    /// At what time of day.
    pub const TIME: &str = "due_minute";
    /// On which day it was done.
    pub const DONE: &str = "done";
    /// At what time it was done.
    pub const DONE_TIME: &str = "done_time";
    /// What it is about.
    pub const ABOUT: &str = "about";
    /// How long it takes.
    pub const DURATION: &str = "duration";
    /// Where it takes place.
    pub const LOCATION: &str = "location";
    /// When it was won, lost or put aside.
    pub const CLOSED_ON: &str = "on";
    /// Why.
    pub const REASON: &str = "reason";
    /// Anything more to say about that.
    pub const NOTE: &str = "note";
    /// Who else was in it.
    pub const COMPETITOR: &str = "competitor";
    /// When what was sold is up for renewal.
    pub const RENEWAL: &str = "renewal";
    /// A first sale, or one to a customer.
    pub const KIND: &str = "kind";
    /// The won deal it comes from.
    pub const ORIGIN: &str = "origin";
    /// The lines of a deal.
    pub const LINES: &str = "lines";
    /// The product of a line.
    pub const PRODUCT: &str = "product";
    /// What a line is called.
    pub const TEXT: &str = "text";
    /// How many.
    pub const QUANTITY: &str = "quantity";
    /// Price of one.
    pub const PRICE: &str = "price";
    /// Discount in percent.
    pub const DISCOUNT: &str = "discount";
    /// How many periods.
    pub const PERIODS: &str = "periods";
    /// A name.
    pub const NAME: &str = "name";
    /// A line of products.
    pub const SERIES: &str = "series";
    /// Article number.
    pub const CODE: &str = "code";
    /// The first day of a campaign.
    pub const FROM: &str = "from";
    /// Its last day.
    pub const TO: &str = "to";
    /// What it cost.
    pub const COST: &str = "cost";
    /// Of which currency a rate is.
    pub const OF: &str = "of";
    /// In which it is.
    pub const IN_CURRENCY: &str = "in_currency";
    /// What one is worth.
    pub const WORTH: &str = "worth";
    /// On which day, or from which on.
    pub const ON: &str = "on";
    /// What decided a deal.
    pub const DECIDED: &str = "decided";
    /// What was done well.
    pub const WELL: &str = "well";
    /// What should be done better.
    pub const BETTER: &str = "better";
    /// Anything more.
    pub const NOTES: &str = "notes";
}

/// Years a civil date may lie in. Wide enough for every sale, narrow enough to catch a
/// year typed with a digit too few or too many.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2199;

/// The largest amount a deal may be worth, in minor units; what `decide` refuses beyond
/// (`forms_ask_for_what_decide_takes` keeps the two in step).
const MAX_MINOR: i64 = 1_000_000_000_000;

/// A text cut to what a message can carry.
fn quoted(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        format!("“{short}…”")
    } else {
        format!("“{short}”")
    }
}

/// Reads a civil date as date controls give it (`2026-03-31`); nothing typed is no date.
///
/// # Errors
/// A sentence when it is no date of the calendar, or of a year outside 1970 to 2199.
pub fn parse_date(text: &str) -> Result<Option<NaiveDate>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let date = value::parse_date(text).ok_or_else(|| {
        format!(
            "{} is not a date. Write year, month and day, like 2026-03-31.",
            quoted(text)
        )
    })?;
    if YEARS.contains(&date.year()) {
        Ok(Some(date))
    } else {
        Err(format!(
            "{} is too far off. Choose a year from {} to {}.",
            quoted(text),
            YEARS.start(),
            YEARS.end()
        ))
    }
}

/// Reads a probability in percent, 0 to 100, with or without the sign; nothing typed is none.
///
/// # Errors
/// A sentence when it is no whole number from 0 to 100.
pub fn parse_percent(text: &str) -> Result<Option<u8>, String> {
    let text = text.trim();
    let digits = text.strip_suffix('%').unwrap_or(text).trim_end();
    if text.is_empty() {
        return Ok(None);
    }
    match digits.parse::<u8>() {
        Ok(percent) if percent <= 100 && !digits.starts_with('+') => Ok(Some(percent)),
        _ => Err(format!(
            "{} is not a probability. Write a whole number from 0 to 100.",
            quoted(text)
        )),
    }
}

/// Reads a time of day as time controls give it (`14:05`), in minutes after midnight.
///
/// # Errors
/// A sentence when it is no time of day.
pub fn parse_time(text: &str) -> Result<Option<u16>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let bad = || {
        format!(
            "{} is not a time of day. Write hours and minutes, like 14:30.",
            quoted(text)
        )
    };
    let number = |part: &str, below: u16| {
        let plain = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        plain
            .then(|| part.parse::<u16>().ok())
            .flatten()
            .filter(|n| *n < below)
    };
    let (hours, minutes) = text.split_once(':').ok_or_else(bad)?;
    // Controls that show seconds send them too.
    let minutes = minutes.split(':').next().unwrap_or(minutes);
    let hours = number(hours, 24).ok_or_else(bad)?;
    let minutes = number(minutes, 60).ok_or_else(bad)?;
    Ok(Some(hours * 60 + minutes))
}

/// Reads a length of time in minutes: `45`, `1:30`, `1h`, `1 h 30`; nothing typed is none.
///
/// # Errors
/// A sentence when it is none of these, nothing, or longer than a week.
pub fn parse_duration(text: &str) -> Result<Option<u16>, String> {
    let plain = text.trim().to_lowercase();
    if plain.is_empty() {
        return Ok(None);
    }
    let bad = || {
        format!(
            "{} is not a length of time. Write minutes, like 45, or hours and minutes, like 1:30.",
            quoted(text.trim())
        )
    };
    let plain = plain.trim_end_matches("minutes").trim_end_matches("min");
    let plain = plain.trim_end_matches('m').trim_end();
    let number = |part: &str| {
        let part = part.trim();
        let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let minutes = match plain.split_once([':', 'h']) {
        None => number(plain),
        Some((hours, rest)) if rest.trim().is_empty() => {
            number(hours).map(|h| h.saturating_mul(60))
        }
        Some((hours, rest)) => match (number(hours), number(rest).filter(|m| *m < 60)) {
            (Some(h), Some(m)) => Some(h.saturating_mul(60).saturating_add(m)),
            _ => None,
        },
    };
    let fits = |m: &u32| (1..=7 * 24 * 60).contains(m);
    let minutes = minutes.filter(fits).and_then(|m| u16::try_from(m).ok());
    minutes.map(Some).ok_or_else(bad)
}

/// The text of a time control for minutes after midnight.
#[must_use]
pub fn print_time(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The text of a date control for a date; nothing for none.
#[must_use]
pub fn print_date(date: Option<NaiveDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// A sentence when a text is longer than it may be, in characters.
fn overlong(text: &str, most: usize) -> Option<String> {
    let length = text.trim().chars().count();
    (length > most)
        .then(|| format!("That is {length} characters long. Shorten it to {most} at most."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::{Currency, Money};

    #[test]
    fn an_amount_that_cannot_be_read_says_how_to_write_it() {
        let eur = Currency::EUR;
        let yen = Currency::parse("JPY").unwrap();
        for (text, currency, message) in [
            (
                "12,34,567",
                eur,
                "“12,34,567” is not an amount. Write it like 1200 or 1,200.50.",
            ),
            (
                " abc ",
                yen,
                "“abc” is not an amount. Write it like 1200 or 1,200.",
            ),
            (
                "1.5",
                yen,
                "JPY has no decimal places. Write a whole number.",
            ),
            (
                "1.23456",
                eur,
                "EUR has 2 decimal places. Round the amount to them.",
            ),
            (
                "-5",
                eur,
                "A deal cannot be worth less than nothing. Leave out the minus sign.",
            ),
            (
                "10000000001",
                eur,
                "That is more than ten billion. Check the number of digits.",
            ),
            (
                "99999999999999999999",
                eur,
                "That is more than ten billion. Check the number of digits.",
            ),
            (
                "1000000000001",
                Currency::parse("JPY").unwrap(),
                "That is more than a thousand billion. Check the number of digits.",
            ),
            (
                "1000000000.001",
                Currency::parse("KWD").unwrap(),
                "That is more than one billion. Check the number of digits.",
            ),
        ] {
            assert_eq!(
                parse_amount(text, currency),
                Err(message.to_owned()),
                "{text}"
            );
        }
        assert_eq!(parse_amount("  ", eur), Ok(None));
        assert_eq!(
            parse_amount("10000000000", eur),
            Ok(Some(Money::new(MAX_MINOR, eur)))
        );
    }

    #[test]
    fn dates_are_of_the_calendar_and_of_this_age() {
        assert_eq!(parse_date(""), Ok(None));
        assert_eq!(
            parse_date("2024-02-29"),
            Ok(NaiveDate::from_ymd_opt(2024, 2, 29))
        );
        for (text, start) in [
            ("2025-02-29", "“2025-02-29” is not a date."),
            ("31.12.2026", "“31.12.2026” is not a date."),
            ("0026-03-01", "“0026-03-01” is too far off."),
            ("9999-12-31", "“9999-12-31” is too far off."),
        ] {
            let message = parse_date(text).unwrap_err();
            assert!(message.starts_with(start), "{message}");
        }
    }

    #[test]
    fn a_probability_is_a_whole_percentage() {
        for (text, percent) in [("0", 0), ("100", 100), (" 55 % ", 55), ("7%", 7)] {
            assert_eq!(parse_percent(text), Ok(Some(percent)), "{text}");
        }
        assert_eq!(parse_percent("  "), Ok(None));
        for text in [
            "101", "-1", "12.5", "half", "%", "300", "+5", "1e1", "55 % %",
        ] {
            let message = parse_percent(text).unwrap_err();
            assert!(
                message.ends_with("Write a whole number from 0 to 100."),
                "{message}"
            );
        }
    }

    #[test]
    fn times_of_day_read_back() {
        for minute in [0, 59, 60, 14 * 60 + 5, 24 * 60 - 1] {
            assert_eq!(parse_time(&print_time(minute)), Ok(Some(minute)));
        }
        assert_eq!(parse_time("9:30:00"), Ok(Some(570)));
        for text in ["24:00", "12:60", "12", ":", "+1:00", "a:b", "١٢:٠٠"] {
            assert!(parse_time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn messages_carry_only_the_beginning_of_a_long_text() {
        let long = "x".repeat(10_000);
        assert!(parse_percent(&long).unwrap_err().chars().count() < 140);
        assert!(
            parse_amount(&long, Currency::EUR)
                .unwrap_err()
                .chars()
                .count()
                < 140
        );
    }
}
