//! What a condition compares with, read once from its plain form.

use super::catalogue::{FieldInfo, FieldType, id_of, picks};
use super::known::Atom;
use crate::domain::custom::Decimal;
use crate::domain::insight::exchange::Exchange;
use crate::domain::money::{Currency, Money};
use crate::domain::rule::Op;
use crate::domain::state::State;
use crate::domain::value::parse_date;
use chrono::NaiveDate;
use std::sync::Arc;

/// The values, of one type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operands {
    None,
    /// Lower-case.
    Texts(Vec<String>),
    Ids(Vec<u64>),
    Numbers(Vec<Decimal>),
    /// An amount, and the rates by which amounts of other currencies are compared with it.
    Money(Money, Arc<Exchange>),
    Date(NaiveDate),
    Days(u32),
    Flag(bool),
}

/// The most values one condition may have.
const MOST: usize = 200;
/// The most days: a thousand years.
const MOST_DAYS: u32 = 365_250;

impl Operands {
    /// Reads the values; an error is a sentence that says what to write instead.
    pub fn read(state: &State, field: &FieldInfo, op: Op, with: &[String]) -> Result<Self, String> {
        if !op.needs_value() {
            return Ok(Self::None);
        }
        let with: Vec<&str> = with
            .iter()
            .map(|w| w.trim())
            .filter(|w| !w.is_empty())
            .collect();
        let Some(first) = with.first().copied() else {
            return Err(String::from("Give something to compare with."));
        };
        if with.len() > MOST {
            return Err(format!("Give at most {MOST} values."));
        }
        if matches!(op, Op::Within | Op::Older) {
            return match first.parse::<u32>() {
                Ok(days) if days <= MOST_DAYS => Ok(Self::Days(days)),
                _ => Err(String::from("Write a whole number of days, such as 14.")),
            };
        }
        match field.kind {
            FieldType::Text | FieldType::Texts => Ok(Self::lower(&with)),
            FieldType::Number => {
                let numbers: Option<Vec<Decimal>> = with.iter().map(|w| number(w)).collect();
                let bad = || String::from("Write a number, such as 250 or 12.5.");
                numbers.map(Self::Numbers).ok_or_else(bad)
            }
            FieldType::Money => {
                amount(first).map(|m| Self::Money(m, Arc::new(Exchange::read(state))))
            }
            FieldType::Date => date(first).map(Self::Date),
            FieldType::YesNo => match first {
                "yes" => Ok(Self::Flag(true)),
                "no" => Ok(Self::Flag(false)),
                _ => Err(String::from("Choose yes or no.")),
            },
            FieldType::Choice(_) | FieldType::Choices(_) => {
                let known = picks(state, field.kind);
                if with.iter().all(|w| known.iter().any(|p| p.value == *w)) {
                    Ok(Self::lower(&with))
                } else {
                    Err(String::from(
                        "One of the choices is no longer there. Choose again.",
                    ))
                }
            }
            FieldType::Record(_) | FieldType::Records(_) => {
                let known = picks(state, field.kind);
                let there = |w: &&str| known.iter().any(|p| p.value == **w);
                let ids: Option<Vec<u64>> = with.iter().map(|w| id_of(w)).collect();
                match ids.filter(|_| with.iter().all(there)) {
                    Some(ids) => Ok(Self::Ids(ids)),
                    None => Err(String::from(
                        "What was chosen is no longer there. Choose again.",
                    )),
                }
            }
            FieldType::Presence => Ok(Self::None),
        }
    }

    fn lower(with: &[&str]) -> Self {
        Self::Texts(with.iter().map(|w| w.to_lowercase()).collect())
    }

    /// The values in plain form, of those they were read from.
    pub fn plain(&self, typed: &[String]) -> Vec<String> {
        match self {
            Self::None => Vec::new(),
            Self::Texts(_) | Self::Ids(_) => {
                let typed = typed.iter().map(|w| w.trim().to_owned());
                typed.filter(|w| !w.is_empty()).collect()
            }
            Self::Numbers(all) => all.iter().map(Decimal::to_string).collect(),
            Self::Money(money, _) => vec![format!("{} {}", money.to_plain(), money.currency)],
            Self::Date(date) => vec![date.to_string()],
            Self::Days(days) => vec![days.to_string()],
            Self::Flag(yes) => vec![String::from(if *yes { "yes" } else { "no" })],
        }
    }

    /// Whether an amount is of another currency than the one it is compared with.
    pub fn is_foreign(&self, atom: &Atom) -> bool {
        matches!((self, atom), (Self::Money(limit, _), Atom::Money(money)) if limit.currency != money.currency)
    }

    /// Whether one thing of the field hits, read without "not"; none when the two cannot be
    /// compared.
    pub fn compare(&self, op: Op, atom: &Atom, today: NaiveDate) -> Option<bool> {
        let contains = matches!(op, Op::Contains | Op::Lacks);
        match (self, atom) {
            (Self::Texts(all), Atom::Text(text)) => {
                let text = text.to_lowercase();
                let hit = |w: &String| {
                    if contains {
                        text.contains(w.as_str())
                    } else {
                        text == *w
                    }
                };
                Some(all.iter().any(hit))
            }
            (Self::Texts(all), Atom::Code(code)) => Some(all.iter().any(|w| w == code)),
            (Self::Ids(all), Atom::Id(id)) => Some(all.contains(id)),
            (Self::Numbers(all), Atom::Number(n)) => {
                let first = all.first()?;
                Some(match op {
                    Op::AtLeast => n >= first,
                    Op::AtMost => n <= first,
                    _ => all.contains(n),
                })
            }
            (Self::Money(limit, exchange), Atom::Money(money)) => {
                // By the latest rate; without one they cannot be compared.
                let money = exchange.convert(*money, limit.currency, today)?;
                Some(match op {
                    Op::AtMost => money.minor <= limit.minor,
                    _ => money.minor >= limit.minor,
                })
            }
            (Self::Date(limit), Atom::Date(date)) => Some(match op {
                Op::Before => date < limit,
                Op::After => date > limit,
                _ => date == limit,
            }),
            (Self::Days(days), Atom::Date(date)) => {
                let ahead = (*date - today).num_days();
                let days = i64::from(*days);
                Some(match op {
                    Op::Older => ahead < -days,
                    _ => (0..=days).contains(&ahead),
                })
            }
            (Self::Flag(wanted), Atom::Flag(flag)) => Some(wanted == flag),
            _ => None,
        }
    }
}

/// A number as written: `1200`, `1 200`, `1,200`, `12.5`, `12,5`.
fn number(text: &str) -> Option<Decimal> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\'')
        .collect();
    if plain.contains(',') && !plain.contains('.') {
        let groups: Vec<&str> = plain.split(',').collect();
        let grouped =
            groups[1..].iter().all(|g| g.len() == 3) && (1..=3).contains(&groups[0].len());
        let joined = if grouped {
            groups.concat()
        } else {
            plain.replacen(',', ".", 1)
        };
        return Decimal::parse_plain(&joined);
    }
    Decimal::parse_plain(&plain)
}

/// An amount with its currency, the code last: `1200.50 EUR`.
fn amount(text: &str) -> Result<Money, String> {
    let bad = || String::from("Write an amount, such as 1200.");
    let (amount, code) = text.rsplit_once(' ').ok_or_else(bad)?;
    let currency = Currency::parse(code).map_err(|_| bad())?;
    Money::parse(amount, currency).map_err(|_| bad())
}

fn date(text: &str) -> Result<NaiveDate, String> {
    parse_date(text).ok_or_else(|| String::from("Choose a date."))
}
