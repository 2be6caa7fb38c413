//! What a custom field takes: its definition, and the values of records.

use super::{CustomField, CustomValue, FieldKind};
use crate::domain::order::Order;
use chrono::Datelike;
use std::ops::RangeInclusive;

/// The most characters of a field's name.
pub const NAME_LIMIT: usize = 100;
/// The most characters of a hint.
pub const HINT_LIMIT: usize = 300;
/// The most characters of an option.
pub const OPTION_LIMIT: usize = 100;
/// The most options of a field.
pub const OPTIONS_MOST: usize = 200;
/// The most characters of a line of text.
pub const TEXT_LIMIT: usize = 300;
/// The most characters of a long text.
pub const LONG_LIMIT: usize = 50_000;
/// The most characters of a link.
pub const LINK_LIMIT: usize = 2_000;
/// The largest amount, in minor units, below nothing as well as above: ten trillion of a
/// currency with two decimals.
pub const MONEY_MOST: i64 = 1_000_000_000_000_000;
/// Years a date may lie in: wide enough for foundations and ends of contracts, narrow
/// enough to catch a year typed with a digit too few or too many.
pub const YEARS: RangeInclusive<i32> = 1800..=2199;

/// A value as the field keeps it; none for one that says nothing. What the record holds
/// `now` may stay, also when it is no option any more.
///
/// # Errors
/// A sentence: what is wrong, and what to do instead.
pub fn value(
    field: &CustomField,
    value: CustomValue,
    now: Option<&CustomValue>,
) -> Result<Option<CustomValue>, String> {
    if now == Some(&value) {
        return Ok(Some(value));
    }
    if !value.fits(field.kind) {
        return Err(format!("This takes {}.", wanted(field.kind)));
    }
    match value {
        CustomValue::Text(text) => {
            let text = match field.kind {
                FieldKind::LongText => limited(text.trim_end(), LONG_LIMIT)?,
                FieldKind::Choice => option(field, &text, now)?,
                FieldKind::Link => link(&text)?,
                _ => limited(&one_line(&text), TEXT_LIMIT)?,
            };
            Ok((!text.trim().is_empty()).then_some(CustomValue::Text(text)))
        }
        CustomValue::List(list) => {
            let chosen = choices(field, &list, now)?;
            Ok((!chosen.is_empty()).then_some(CustomValue::List(chosen)))
        }
        CustomValue::Money(money) if money.minor.unsigned_abs() > MONEY_MOST.unsigned_abs() => Err(
            String::from("That is more than ten trillion. Check the number of digits."),
        ),
        CustomValue::Date(date) if !YEARS.contains(&date.year()) => Err(format!(
            "The year {} is too far off. Choose one from {} to {}.",
            date.year(),
            YEARS.start(),
            YEARS.end()
        )),
        other => Ok(Some(other)),
    }
}

/// What a kind of field takes, in words.
fn wanted(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::LongText => "a text",
        FieldKind::Number => "a number",
        FieldKind::Money => "an amount of money",
        FieldKind::Date => "a date",
        FieldKind::YesNo => "yes or no",
        FieldKind::Choice => "one of its options",
        FieldKind::Choices => "some of its options",
        FieldKind::Link => "a link",
    }
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split(['\r', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn limited(text: &str, most: usize) -> Result<String, String> {
    let length = text.chars().count();
    if length > most {
        return Err(format!(
            "That is {length} characters long. Shorten it to {most} at most."
        ));
    }
    Ok(text.to_owned())
}

/// The option meant by a text: letters of another case mean the same one. Empty for empty.
fn option(field: &CustomField, text: &str, now: Option<&CustomValue>) -> Result<String, String> {
    let text = text.trim();
    let kept = |text: &str| match now {
        Some(CustomValue::Text(held)) => held == text,
        Some(CustomValue::List(held)) => held.iter().any(|h| h == text),
        _ => false,
    };
    if text.is_empty() || kept(text) {
        return Ok(text.to_owned());
    }
    find_option(&field.options, text)
        .cloned()
        .ok_or_else(|| format!("“{}” is not one of the options.", short(text)))
}

/// The option that says the same, whatever the case of its letters.
#[must_use]
pub fn find_option<'a>(options: &'a [String], text: &str) -> Option<&'a String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let exact = options.iter().find(|o| *o == text);
    exact.or_else(|| options.iter().find(|o| o.to_lowercase() == lower))
}

/// Options chosen: each once, in the order of the field's options, then those kept from before.
fn choices(
    field: &CustomField,
    list: &[String],
    now: Option<&CustomValue>,
) -> Result<Vec<String>, String> {
    let mut chosen: Vec<String> = Vec::new();
    for text in list {
        let found = option(field, text, now)?;
        if !found.is_empty() && !chosen.contains(&found) {
            chosen.push(found);
        }
    }
    let place = |text: &String| {
        let at = field.options.iter().position(|o| o == text);
        at.unwrap_or(field.options.len())
    };
    let mut placed: Vec<(usize, String)> = chosen.into_iter().map(|c| (place(&c), c)).collect();
    placed.order_by_key(|(at, _)| *at);
    Ok(placed.into_iter().map(|(_, text)| text).collect())
}

/// A link as it is kept: `https:`, `http:` or `mailto:` and what follows. Empty for empty.
///
/// # Errors
/// A sentence when it is another kind of address, or none.
pub fn link(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let text = limited(text, LINK_LIMIT)?;
    let bad = || {
        format!(
            "“{}” is not a link. Write it like https://example.com or mailto:name@example.com.",
            short(&text)
        )
    };
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(bad());
    }
    let (scheme, rest) = text.split_once(':').ok_or_else(bad)?;
    let fine = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.strip_prefix("//").is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            !host.is_empty() && host.chars().any(char::is_alphanumeric)
        }),
        "mailto" => rest
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()),
        _ => false,
    };
    if fine { Ok(text) } else { Err(bad()) }
}

/// Options as a field keeps them: trimmed, empty ones left out.
///
/// # Errors
/// A sentence when there is none, there are too many, one is too long or two are alike.
pub fn options(list: &[String]) -> Result<Vec<String>, String> {
    let mut all: Vec<String> = Vec::new();
    for text in list {
        let text = limited(&one_line(text), OPTION_LIMIT)?;
        if text.is_empty() {
            continue;
        }
        let lower = text.to_lowercase();
        if all.iter().any(|known| known.to_lowercase() == lower) {
            return Err(format!("“{text}” is there twice."));
        }
        all.push(text);
    }
    if all.is_empty() {
        return Err(String::from("Give at least one option to choose from."));
    }
    if all.len() > OPTIONS_MOST {
        return Err(format!("A field can have {OPTIONS_MOST} options at most."));
    }
    Ok(all)
}

/// A text cut to what a message can carry.
fn short(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::custom::Decimal;
    use crate::domain::entity::Entity;
    use crate::domain::ids::FieldId;
    use crate::domain::money::{Currency, Money};
    use chrono::NaiveDate;

    fn field(kind: FieldKind) -> CustomField {
        CustomField {
            kind,
            options: vec!["North".into(), "South".into(), "West".into()],
            ..CustomField::blank(FieldId(1))
        }
    }

    fn text(text: &str) -> CustomValue {
        CustomValue::Text(text.into())
    }

    #[test]
    fn each_kind_takes_its_own_values_only() {
        let date = NaiveDate::from_ymd_opt(2026, 2, 28).unwrap();
        let values = [
            text("https://a.example"),
            CustomValue::Number(Decimal(5)),
            CustomValue::Money(Money::new(-7, Currency::EUR)),
            CustomValue::Date(date),
            CustomValue::Flag(true),
            CustomValue::List(vec!["West".into()]),
        ];
        for kind in FieldKind::ALL {
            for v in &values {
                let taken = value(&field(*kind), v.clone(), None);
                let fits = v.fits(*kind) && *kind != FieldKind::Choice;
                assert_eq!(taken.is_ok(), fits, "{kind:?} {v:?}");
            }
        }
    }

    #[test]
    fn a_choice_is_an_option_or_what_was_there() {
        let field = field(FieldKind::Choice);
        assert_eq!(
            value(&field, text(" north "), None),
            Ok(Some(text("North")))
        );
        assert!(value(&field, text("East"), None).is_err());
        let old = text("East");
        assert_eq!(
            value(&field, old.clone(), Some(&old)),
            Ok(Some(old.clone()))
        );
        assert_eq!(value(&field, text("  "), Some(&old)), Ok(None));
    }

    #[test]
    fn choices_come_in_the_order_of_the_options_each_once() {
        let field = field(FieldKind::Choices);
        let list = |all: &[&str]| CustomValue::List(all.iter().map(|s| (*s).into()).collect());
        assert_eq!(
            value(&field, list(&["west", "North", "WEST"]), None),
            Ok(Some(list(&["North", "West"])))
        );
        let old = list(&["East"]);
        assert_eq!(
            value(&field, list(&["East", "South"]), Some(&old)),
            Ok(Some(list(&["South", "East"])))
        );
        assert!(value(&field, list(&["East"]), None).is_err());
        assert_eq!(value(&field, list(&[]), Some(&old)), Ok(None));
    }

    #[test]
    fn links_lead_to_the_web_or_to_a_mailbox() {
        for fine in [
            "https://example.com",
            "http://example.com/a?b#c",
            "mailto:a@b.example",
            "HTTPS://example.com",
        ] {
            assert_eq!(link(fine), Ok(fine.to_owned()));
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "example.com",
            "https://",
            "https://a b",
            "mailto:x",
            "ftp://example.com",
            "https:example.com",
        ] {
            assert!(link(bad).is_err(), "{bad}");
        }
        assert_eq!(link("  "), Ok(String::new()));
    }

    #[test]
    fn texts_have_their_lengths_and_lines() {
        let plain = field(FieldKind::Text);
        assert_eq!(value(&plain, text(" a\n b "), None), Ok(Some(text("a b"))));
        assert!(value(&plain, text(&"x".repeat(301)), None).is_err());
        assert!(value(&field(FieldKind::LongText), text(&"x".repeat(301)), None).is_ok());
        assert_eq!(value(&plain, text(" \n"), None), Ok(None));
    }

    #[test]
    fn far_dates_and_huge_amounts_are_slips() {
        let date = |y| CustomValue::Date(NaiveDate::from_ymd_opt(y, 1, 1).unwrap());
        assert!(value(&field(FieldKind::Date), date(203), None).is_err());
        assert!(value(&field(FieldKind::Date), date(1899), None).is_ok());
        let money = |n| CustomValue::Money(Money::new(n, Currency::EUR));
        assert!(value(&field(FieldKind::Money), money(MONEY_MOST + 1), None).is_err());
        assert!(value(&field(FieldKind::Money), money(-MONEY_MOST), None).is_ok());
    }

    #[test]
    fn options_are_told_apart_whatever_their_case() {
        let list = |all: &[&str]| all.iter().map(|s| String::from(*s)).collect::<Vec<_>>();
        assert_eq!(options(&list(&[" a ", "", "b"])), Ok(list(&["a", "b"])));
        assert!(options(&list(&["a", "A"])).is_err());
        assert!(options(&list(&[" "])).is_err());
    }
}
