//! Rules in words, for lists and for the editor.

use super::field::{label, readable};
use crate::domain::activity::ActivityKind;
use crate::domain::automation::{Action, ActionKind, Trigger, TriggerKind};
use crate::domain::world::World;
use chrono::{Datelike, NaiveDate};

impl TriggerKind {
    /// What it is called where one is chosen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Created => "A deal is added",
            Self::Entered => "A deal enters a stage",
            Self::Changed => "A field changes",
            Self::Idle => "Nothing happens for some days",
            Self::Date => "A date comes",
            Self::Score => "A score is reached",
        }
    }
}

impl ActionKind {
    /// What it is called where one is chosen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Activity => "Plan an activity",
            Self::SetField => "Set a field",
            Self::Move => "Move the deal",
            Self::Assign => "Give it to the next person",
            Self::Tag => "Add a tag",
            Self::Notify => "Show a message",
        }
    }
}

/// What sets a rule off: “When a deal enters Proposal”.
#[must_use]
pub fn when(world: &World, trigger: &Trigger) -> String {
    let stage = |id| {
        world
            .state
            .name_of(crate::domain::change::EntityRef::from(id))
    };
    match trigger.kind {
        TriggerKind::Created => String::from("When a deal is added"),
        TriggerKind::Entered => match trigger.stage {
            Some(id) => format!("When a deal enters {}", stage(id)),
            None => String::from("When a deal enters any stage"),
        },
        TriggerKind::Changed => format!("When {} changes", name(world, &trigger.field)),
        TriggerKind::Idle => {
            let days = count_days(trigger.days.unsigned_abs());
            format!("When nothing happened for {days}")
        }
        TriggerKind::Date => on_date(world, &trigger.field, trigger.days),
        TriggerKind::Score => {
            let axis = trigger.axis.map_or("the score", |axis| axis.label());
            format!("When {} reaches {}", axis.to_lowercase(), trigger.score)
        }
    }
}

/// What an action does: “plan a call in 3 days: Ask what they think”.
#[must_use]
pub fn then(world: &World, action: &Action) -> String {
    let text = action.text.trim();
    match action.kind {
        ActionKind::Activity => {
            let kind = action.activity.unwrap_or(ActivityKind::Task);
            let article = if kind == ActivityKind::Email {
                "an"
            } else {
                "a"
            };
            let when = match action.days {
                0 => String::from("for the same day"),
                1 => String::from("for the next day"),
                n => format!("in {}", count_days(n.unsigned_abs())),
            };
            format!(
                "plan {article} {} {when}: {text}",
                kind.label().to_lowercase()
            )
        }
        ActionKind::SetField => {
            let field = name(world, &action.field);
            match text.strip_prefix('+').map(|days| days.trim().parse()) {
                _ if text.is_empty() => format!("empty {field}"),
                Some(Ok(days)) => format!("set {field} to {} from then", count_days(days)),
                _ => {
                    // A date as it stands: there are no days to count from.
                    let someday = NaiveDate::default();
                    let shown = readable(world, &action.field, text, someday);
                    format!("set {field} to {shown}")
                }
            }
        }
        ActionKind::Move => match action.stage {
            Some(id) => format!("move it to {}", world.state.name_of(id.into())),
            None => String::from("move it"),
        },
        ActionKind::Assign => {
            let people = action.people.iter();
            let names: Vec<String> = people.map(|id| world.state.name_of((*id).into())).collect();
            match names.len() {
                1 => format!("give it to {}", names.concat()),
                _ => format!("give it to {} in turns", names.join(", ")),
            }
        }
        ActionKind::Tag => format!("tag it “{text}”"),
        ActionKind::Notify => format!("say “{text}”"),
    }
}

/// So many days before (negative) or after the date in a field: “3 days before expected close”.
pub(super) fn on_date(world: &World, field: &str, days: i64) -> String {
    let added = field == "deal.created";
    let date = match added {
        true => String::from("it was added"),
        false => name(world, field),
    };
    let count = count_days(days.unsigned_abs());
    match days {
        0 if added => format!("On the day {date}"),
        0 => format!("On the day of {date}"),
        n if n < 0 => format!("{count} before {date}"),
        _ => format!("{count} after {date}"),
    }
}

/// “1 day”, “12 days”.
pub(super) fn count_days(n: u64) -> String {
    match n {
        1 => String::from("1 day"),
        n => format!("{n} days"),
    }
}

/// A date as it is kept in words: “26 Nov 2026”, which no reader takes for another day.
pub(super) fn day_words(date: NaiveDate) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = MONTHS[date.month0() as usize % MONTHS.len()];
    format!("{} {month} {}", date.day(), date.year())
}

/// A field inside of a sentence.
fn name(world: &World, code: &str) -> String {
    let label = label(world, code);
    let mut letters = label.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
