//! Rules in words, for lists and for the editor.

use super::field::{label, settable};
use crate::domain::activity::ActivityKind;
use crate::domain::automation::{Action, ActionKind, Trigger, TriggerKind};
use crate::domain::world::World;

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
        TriggerKind::Idle => match trigger.days {
            1 => String::from("When nothing happened for 1 day"),
            n => format!("When nothing happened for {n} days"),
        },
        TriggerKind::Date => {
            let date = name(world, &trigger.field);
            match trigger.days {
                0 => format!("On the day of {date}"),
                -1 => format!("1 day before {date}"),
                1 => format!("1 day after {date}"),
                n if n < 0 => format!("{} days before {date}", -n),
                n => format!("{n} days after {date}"),
            }
        }
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
                n => format!("in {n} days"),
            };
            format!(
                "plan {article} {} {when}: {text}",
                kind.label().to_lowercase()
            )
        }
        ActionKind::SetField => {
            let field = name(world, &action.field);
            let shown = settable(world)
                .into_iter()
                .find(|f| f.code == action.field)
                .and_then(|f| f.options.into_iter().find(|(code, _)| code == text))
                .map_or_else(|| text.to_owned(), |(_, label)| label);
            match shown.as_str() {
                "" => format!("empty {field}"),
                shown => match shown.strip_prefix('+') {
                    Some(days) => format!("set {field} to {days} days from then"),
                    None => format!("set {field} to {shown}"),
                },
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

/// A field inside of a sentence.
fn name(world: &World, code: &str) -> String {
    if code == "deal.created" {
        return String::from("the day it was added");
    }
    let label = label(world, code);
    let mut letters = label.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
