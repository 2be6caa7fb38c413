//! Conditions and what fields hold, in words.

use super::Subject;
use super::catalogue::{FieldInfo, FieldType, Home, field, id_of, picks};
use super::known::Atom;
use crate::domain::change::EntityRef;
use crate::domain::custom::Decimal;
use crate::domain::money::{Currency, Money};
use crate::domain::rule::{Condition, Op};
use crate::domain::state::State;
use crate::domain::value::parse_date;
use chrono::NaiveDate;

/// How numbers, amounts and dates are written; the page has the person's language.
pub trait Wording {
    /// A number.
    fn number(&self, n: Decimal) -> String;
    /// An amount with its currency.
    fn money(&self, money: Money) -> String;
    /// A civil date.
    fn date(&self, date: NaiveDate) -> String;
}

/// Numbers with a point, dates as 2026-03-31.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl Wording for Plain {
    fn number(&self, n: Decimal) -> String {
        n.to_string()
    }
    fn money(&self, money: Money) -> String {
        format!("{} {}", money.to_plain(), money.currency)
    }
    fn date(&self, date: NaiveDate) -> String {
        date.to_string()
    }
}

/// “a”, “a or b”, “a, b or c”.
fn any_of(parts: &[String]) -> String {
    match parts {
        [] => String::from("…"),
        [one] => one.clone(),
        [all @ .., last] => format!("{} or {last}", all.join(", ")),
    }
}

/// A field with whose it is, where that is not plain: “Contact's job title”.
fn name(field: &FieldInfo) -> String {
    match field.home {
        Home::Contact => format!("Contact's {}", lower_first(&field.label)),
        _ => field.label.clone(),
    }
}

/// The text with a small first letter, unless it begins with capitals.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// A condition as a sentence without full stop: “Industry is Software or Retail”.
#[must_use]
pub fn sentence(state: &State, condition: &Condition, wording: &dyn Wording) -> String {
    let Some(field) = field(state, &condition.what) else {
        return String::from("A field that is no longer there");
    };
    sentence_of(state, &field, condition, wording)
}

/// The same, for a field already found.
#[must_use]
pub fn sentence_of(
    state: &State,
    field: &FieldInfo,
    condition: &Condition,
    wording: &dyn Wording,
) -> String {
    let name = name(field);
    let values: Vec<String> = condition
        .with
        .iter()
        .map(|value| value_words(state, field, condition.op, value, wording))
        .collect();
    let values = any_of(&values);
    match condition.op {
        Op::Set if field.kind == FieldType::Presence => format!("There is {}", with_article(&name)),
        Op::Empty if field.kind == FieldType::Presence => {
            format!("There is no {}", lower_first(&name))
        }
        Op::Set if is_list(field.kind) => format!("There are {}", lower_first(&name)),
        Op::Empty if is_list(field.kind) => format!("There are no {}", lower_first(&name)),
        Op::Set | Op::Empty => format!("{name} {}", condition.op.label()),
        Op::Contains if is_list(field.kind) => format!("{name} include {values}"),
        Op::Lacks if is_list(field.kind) => format!("{name} do not include {values}"),
        Op::Within => format!("{name} is in the next {values}"),
        Op::Older => format!("{name} is more than {values} ago"),
        op => format!("{name} {} {values}", op.label()),
    }
}

fn is_list(kind: FieldType) -> bool {
    matches!(
        kind,
        FieldType::Texts | FieldType::Choices(_) | FieldType::Records(_)
    )
}

fn with_article(name: &str) -> String {
    let name = lower_first(name);
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {name}")
}

/// One value of a condition as people read it.
#[must_use]
pub fn value_words(
    state: &State,
    field: &FieldInfo,
    op: Op,
    value: &str,
    wording: &dyn Wording,
) -> String {
    let plain = || value.trim().to_owned();
    if matches!(op, Op::Within | Op::Older) {
        return if value.trim() == "1" {
            String::from("1 day")
        } else {
            format!("{} days", plain())
        };
    }
    match field.kind {
        FieldType::Number => {
            let n = Decimal::parse_plain(value);
            let n = n.map_or_else(plain, |n| number(field, n, wording));
            with_unit(field, n)
        }
        FieldType::Money => {
            let parts = value.trim().rsplit_once(' ');
            let money = parts
                .and_then(|(amount, code)| Money::parse(amount, Currency::parse(code).ok()?).ok());
            money.map_or_else(plain, |m| wording.money(m))
        }
        FieldType::Date => parse_date(value.trim()).map_or_else(plain, |d| wording.date(d)),
        FieldType::Record(kind) | FieldType::Records(kind) => match id_of(value.trim()) {
            Some(id) => state.name_of(EntityRef { kind, id }),
            None => plain(),
        },
        FieldType::Choice(_) | FieldType::Choices(_) | FieldType::YesNo => {
            let known = picks(state, field.kind).into_iter();
            let label = known
                .filter(|p| p.value == value.trim())
                .map(|p| p.label)
                .next();
            label.unwrap_or_else(plain)
        }
        FieldType::Text | FieldType::Texts | FieldType::Presence => plain(),
    }
}

/// A year is written without grouping.
fn number(field: &FieldInfo, n: Decimal, wording: &dyn Wording) -> String {
    if field.what == "organisation.founded" {
        n.to_string()
    } else {
        wording.number(n)
    }
}

fn with_unit(field: &FieldInfo, n: String) -> String {
    match field.unit {
        "" => n,
        "%" => format!("{n} %"),
        "days" if n == "1" => String::from("1 day"),
        unit => format!("{n} {unit}"),
    }
}

/// One thing a field holds, in words.
pub(super) fn atom(state: &State, field: &FieldInfo, atom: &Atom, wording: &dyn Wording) -> String {
    match atom {
        Atom::Text(text) => {
            let short: String = text.chars().take(80).collect();
            if short.len() < text.len() {
                format!("{short}…")
            } else {
                short
            }
        }
        Atom::Number(n) => with_unit(field, number(field, *n, wording)),
        Atom::Money(money) => wording.money(*money),
        Atom::Date(date) => wording.date(*date),
        Atom::Flag(yes) => String::from(if *yes { "yes" } else { "no" }),
        Atom::Code(code) => {
            let known = picks(state, field.kind).into_iter();
            let label = known.filter(|p| p.value == *code).map(|p| p.label).next();
            label.unwrap_or_else(|| (*code).to_owned())
        }
        Atom::Id(id) => match field.kind {
            FieldType::Record(kind) | FieldType::Records(kind) => {
                state.name_of(EntityRef { kind, id: *id })
            }
            _ => String::new(),
        },
        Atom::Present => String::from("there"),
    }
}

/// What a field holds, in a sentence without full stop.
pub(super) fn found(field: &FieldInfo, parts: &[String], subject: &Subject) -> String {
    let name = name(field);
    if !parts.is_empty() {
        return if field.kind == FieldType::Presence {
            format!("{name} is there")
        } else {
            format!("{name}: {}", parts.join(", "))
        };
    }
    match field.home {
        Home::Organisation if subject.organisation.is_none() => {
            String::from("There is no organisation")
        }
        Home::Contact if subject.deal.is_none_or(|d| d.contacts.is_empty()) => {
            String::from("There are no contacts")
        }
        _ if field.kind == FieldType::Presence => format!("There is no {}", lower_first(&name)),
        _ => format!("{name} is not filled in"),
    }
}
