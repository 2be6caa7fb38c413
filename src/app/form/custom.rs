//! Values of own fields as typed.

use super::{print_date, quoted};
use crate::domain::change::EntityRef;
use crate::domain::custom::{CustomField, CustomValue, Decimal, FieldHome, FieldKind, check};
use crate::domain::ids::FieldId;
use crate::domain::money::{BadAmount, Currency, Money};
use crate::domain::query::fields;
use crate::domain::state::State;
use crate::domain::value::parse_date;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Yes, as a draft says it.
pub const YES: &str = "yes";
/// No, as a draft says it.
pub const NO: &str = "no";

/// How people write where no value says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// The currency of an amount just begun.
    pub currency: Currency,
    /// The decimal sign of numbers: a point or a comma.
    pub decimal: char,
}

impl Habits {
    /// The workspace's currency, and this decimal sign.
    #[must_use]
    pub fn of(state: &State, decimal: char) -> Self {
        let currency = state.workspace().currency;
        Self { currency, decimal }
    }
}

/// One value as typed or chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomDraft {
    /// A text, a number, an amount, a date (`2026-03-31`), an option, a link; [`YES`] or [`NO`].
    pub text: String,
    /// The currency of an amount, by its code.
    pub currency: String,
    /// The options of a field of several.
    pub chosen: Vec<String>,
}

/// What fields are to hold; none empties one.
pub type Values = Vec<(FieldId, Option<CustomValue>)>;
/// What is wrong with fields, as sentences.
pub type Wrong = Vec<(FieldId, String)>;
/// Drafts by field.
pub type CustomDrafts = BTreeMap<FieldId, CustomDraft>;

impl CustomDraft {
    /// The draft of what a record holds.
    #[must_use]
    pub fn of(field: &CustomField, value: Option<&CustomValue>, habits: Habits) -> Self {
        let mut draft = Self::default();
        if field.kind == FieldKind::Money {
            draft.currency = habits.currency.to_string();
        }
        match value {
            None => {}
            Some(CustomValue::Text(text)) => draft.text.clone_from(text),
            Some(CustomValue::Number(n)) => {
                draft.text = n.to_string().replace('.', &habits.decimal.to_string());
            }
            Some(CustomValue::Money(money)) => {
                draft.text = money.to_plain();
                draft.currency = money.currency.to_string();
            }
            Some(CustomValue::Date(date)) => draft.text = print_date(Some(*date)),
            Some(CustomValue::Flag(yes)) => {
                String::from(if *yes { YES } else { NO }).clone_into(&mut draft.text)
            }
            Some(CustomValue::List(list)) => draft.chosen.clone_from(list),
        }
        draft
    }

    /// The value it says; none for nothing. A draft left as it was means what the record
    /// holds `now`, whatever that is.
    ///
    /// # Errors
    /// A sentence or two: what is wrong, and how to put it right.
    pub fn read(
        &self,
        field: &CustomField,
        now: Option<&CustomValue>,
        habits: Habits,
    ) -> Result<Option<CustomValue>, String> {
        if *self == Self::of(field, now, habits) {
            return Ok(now.cloned());
        }
        let text = self.text.trim();
        let value = match field.kind {
            FieldKind::Choices => {
                (!self.chosen.is_empty()).then(|| CustomValue::List(self.chosen.clone()))
            }
            _ if text.is_empty() => None,
            FieldKind::Text | FieldKind::LongText | FieldKind::Choice => {
                Some(CustomValue::Text(self.text.clone()))
            }
            FieldKind::Link => Some(CustomValue::Text(whole_link(text))),
            FieldKind::Number => Some(CustomValue::Number(parse_number(text, habits.decimal)?)),
            FieldKind::Money => Some(CustomValue::Money(amount(text, &self.currency)?)),
            FieldKind::Date => Some(CustomValue::Date(date(text)?)),
            FieldKind::YesNo => Some(CustomValue::Flag(text == YES)),
        };
        match value {
            Some(value) => check::value(field, value, now),
            None => Ok(None),
        }
    }
}

/// The drafts of all fields of a kind of record: of what `record` holds, or empty ones.
#[must_use]
pub fn drafts(
    state: &State,
    home: FieldHome,
    record: Option<EntityRef>,
    decimal: char,
) -> CustomDrafts {
    let habits = Habits::of(state, decimal);
    let held = record.and_then(|record| fields::values(state, record));
    fields::of_home(state, home)
        .into_iter()
        .map(|f| {
            (
                f.id,
                CustomDraft::of(f, held.and_then(|h| h.get(f.id)), habits),
            )
        })
        .collect()
}

/// Drafts with what changed elsewhere since they were opened: where the person changed one,
/// theirs stands, elsewhere what the record holds `now`.
#[must_use]
pub fn rebased(mine: &CustomDrafts, opened: &CustomDrafts, now: &CustomDrafts) -> CustomDrafts {
    let pick = |(id, now): (&FieldId, &CustomDraft)| {
        let own = mine.get(id).filter(|own| Some(*own) != opened.get(id));
        (*id, own.unwrap_or(now).clone())
    };
    now.iter().map(pick).collect()
}

/// What the drafts say, for [`Set`](crate::domain::command::fields::FieldCommand::Set) or a
/// [`DealDraft`](crate::domain::command::DealDraft). Fields without a draft, and drafts of
/// fields that are gone, are left out.
///
/// # Errors
/// What is wrong with each field, in their order.
pub fn submit(
    state: &State,
    home: FieldHome,
    record: Option<EntityRef>,
    drafts: &CustomDrafts,
    decimal: char,
) -> Result<Values, Wrong> {
    let habits = Habits::of(state, decimal);
    let held = record.and_then(|record| fields::values(state, record));
    let (mut values, mut wrong) = (Vec::new(), Vec::new());
    for field in fields::of_home(state, home) {
        let Some(draft) = drafts.get(&field.id) else {
            continue;
        };
        match draft.read(field, held.and_then(|h| h.get(field.id)), habits) {
            Ok(value) => values.push((field.id, value)),
            Err(message) => wrong.push((field.id, message)),
        }
    }
    if wrong.is_empty() {
        Ok(values)
    } else {
        Err(wrong)
    }
}

/// The name of a field in the errors of a form.
#[must_use]
pub fn error_key(field: FieldId) -> String {
    format!("custom.{field}")
}

/// Reads a number as people write it: digits, perhaps in groups of three, with one decimal
/// sign. `decimal` decides where a point or comma could be either.
///
/// # Errors
/// A sentence when it is no number, has more than six decimals or is too large.
pub fn parse_number(text: &str, decimal: char) -> Result<Decimal, String> {
    let group = if decimal == ',' { '.' } else { ',' };
    let bad = || {
        format!(
            "{} is not a number. Write it like 1200 or 1{group}200{decimal}5.",
            quoted(text.trim())
        )
    };
    let blank = |c: &char| c.is_whitespace() || matches!(c, '\'' | '’' | '_');
    let compact: String = text.chars().filter(|c| !blank(c)).collect();
    let (sign, body) = match compact.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", compact.as_str()),
    };
    let plain = match body.split_once(decimal) {
        Some((whole, part)) => {
            let whole = ungrouped(whole, group).ok_or_else(bad)?;
            format!("{whole}.{part}")
        }
        None => match ungrouped(body, group) {
            Some(whole) => whole,
            // 12,5 where the point is usual can only mean one thing.
            None if body.matches(group).count() == 1 => body.replace(group, "."),
            None => return Err(bad()),
        },
    };
    let digits = plain.split_once('.').map_or("", |(_, part)| part);
    let digits_only = digits.bytes().all(|b| b.is_ascii_digit());
    if digits.trim_end_matches('0').len() > 6 && digits_only {
        return Err(String::from(
            "Six decimal places are the most. Round the number to them.",
        ));
    }
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_number = (!whole.is_empty() || !part.is_empty())
        && whole
            .bytes()
            .chain(part.bytes())
            .all(|b| b.is_ascii_digit());
    if !is_number {
        return Err(bad());
    }
    let part = part.trim_end_matches('0');
    Decimal::parse_plain(&format!("{sign}0{whole}.{part}"))
        .ok_or_else(|| String::from("That is more than nine trillion. Check the number of digits."))
}

/// Digits without their groups of three; none when the groups are no such.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let mut parts = whole.split(group);
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let fine = rest.is_empty()
        || ((1..=3).contains(&first.len())
            && !first.starts_with('0')
            && rest.iter().all(|part| part.len() == 3));
    fine.then(|| format!("{first}{}", rest.concat()))
}

fn amount(text: &str, currency: &str) -> Result<Money, String> {
    let currency = Currency::parse(currency).map_err(|bad| format!("{bad}."))?;
    super::typed_amount(text, currency).map_err(|bad| match bad {
        BadAmount::NotANumber(_) => format!(
            "{} is not an amount. Write it like 1200 or 1,200.50.",
            quoted(text)
        ),
        BadAmount::TooFine { digits: 0, .. } => {
            format!("{currency} has no decimal places. Write a whole number.")
        }
        BadAmount::TooFine { digits, .. } => {
            format!("{currency} has {digits} decimal places. Round the amount to them.")
        }
        unclear @ BadAmount::Unclear { .. } => format!("{unclear}."),
        BadAmount::TooLarge(_) => {
            String::from("That is more than ten trillion. Check the number of digits.")
        }
    })
}

fn date(text: &str) -> Result<NaiveDate, String> {
    parse_date(text).ok_or_else(|| {
        format!(
            "{} is not a date. Write year, month and day, like 2026-03-31.",
            quoted(text)
        )
    })
}

/// A link with what people leave out in front of it.
#[must_use]
pub fn whole_link(text: &str) -> String {
    let text = text.trim();
    let front = text.split(['/', '?', '#']).next().unwrap_or_default();
    let has_scheme = text.contains("://") || text.to_ascii_lowercase().starts_with("mailto:");
    let is_name = front.contains('.') && !text.contains(char::is_whitespace);
    let host = front.split(':').next().unwrap_or_default();
    match (has_scheme, is_name && host.contains('.')) {
        (false, true) if front.contains('@') => format!("mailto:{text}"),
        (false, true) => format!("https://{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
#[path = "custom_tests.rs"]
mod tests;
