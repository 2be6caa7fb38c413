//! What is wrong with a rule as its editor has it, part by part.

use crate::domain::automate::{check_setting, settable};
use crate::domain::automation::{Action, ActionKind, Trigger, TriggerKind};
use crate::domain::command::automate::RuleDraft;
use crate::domain::custom::FieldKind;
use crate::domain::query::condition::{Scope, Test};
use crate::domain::world::World;

/// The longest time a rule can wait for, or plan ahead, in days.
const LONGEST: i64 = 3_650;

/// The most points a rule can wait for, with either sign.
const MOST_POINTS: u64 = 10_000;

/// A part of a trigger or an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The stage.
    Stage,
    /// The field.
    Field,
    /// The number of days.
    Days,
    /// The axis of a score.
    Axis,
    /// The points to reach.
    Points,
    /// The text: a subject, a tag, a message, or what a field is set to.
    Text,
    /// Who takes turns.
    People,
}

/// Where in a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// What sets it off.
    Trigger(Part),
    /// The conditions.
    Conditions,
    /// There are no actions.
    Actions,
    /// An action, counted from 0.
    Action(usize, Part),
}

impl Spot {
    /// The part as commands name it in refusals.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Trigger(_) => "trigger",
            Self::Conditions => "conditions",
            Self::Actions | Self::Action(..) => "actions",
        }
    }
}

/// All that is wrong with what sets a rule off, its conditions and its actions, in the order
/// of the editor; each with a sentence.
#[must_use]
pub fn faults(world: &World, draft: &RuleDraft) -> Vec<(Spot, String)> {
    let mut found = Vec::new();
    if let Err((part, why)) = trigger(world, &draft.trigger) {
        found.push((Spot::Trigger(part), why));
    }
    for condition in &draft.conditions {
        if let Err(bad) = Test::read(&world.state, condition, Scope::All) {
            found.push((Spot::Conditions, bad.to_string()));
        }
    }
    if draft.actions.is_empty() {
        found.push((Spot::Actions, String::from("Say what it is to do.")));
    }
    for (at, one) in draft.actions.iter().enumerate() {
        if let Err((part, why)) = action(world, one) {
            found.push((Spot::Action(at, part), why));
        }
    }
    found
}

type Checked = Result<(), (Part, String)>;

fn bad(part: Part, why: &str) -> Checked {
    Err((part, why.to_owned()))
}

fn trigger(world: &World, trigger: &Trigger) -> Checked {
    match trigger.kind {
        TriggerKind::Created => Ok(()),
        TriggerKind::Entered => match trigger.stage {
            Some(stage) if world.state.standing(stage).is_none() => {
                bad(Part::Stage, "Choose a stage.")
            }
            _ => Ok(()),
        },
        TriggerKind::Changed => match settable(world).iter().any(|f| f.code == trigger.field) {
            true => Ok(()),
            false => bad(Part::Field, "Choose the field."),
        },
        TriggerKind::Idle if (1..=LONGEST).contains(&trigger.days) => Ok(()),
        TriggerKind::Idle => bad(Part::Days, "Give a number of days from 1 to 3,650."),
        TriggerKind::Date => {
            let dates = |f: &crate::domain::automate::Settable| f.kind == FieldKind::Date;
            let mut fields = settable(world).into_iter().filter(dates);
            let known = trigger.field == "deal.created" || fields.any(|f| f.code == trigger.field);
            if !known {
                return bad(Part::Field, "Choose the date.");
            }
            // The least number of all has no opposite.
            match trigger.days.unsigned_abs() <= LONGEST.unsigned_abs() {
                true => Ok(()),
                false => bad(Part::Days, "Give a number of days from 0 to 3,650."),
            }
        }
        TriggerKind::Score if trigger.axis.is_none() => {
            bad(Part::Axis, "Choose fit or engagement.")
        }
        TriggerKind::Score if trigger.score.unsigned_abs() <= MOST_POINTS => Ok(()),
        TriggerKind::Score => bad(
            Part::Points,
            "Give a number of points from −10,000 to 10,000.",
        ),
    }
}

fn action(world: &World, action: &Action) -> Checked {
    let text = action.text.trim();
    match action.kind {
        ActionKind::Activity if !(0..=LONGEST).contains(&action.days) => bad(
            Part::Days,
            "An activity is due today (0) or up to 3,650 days from then.",
        ),
        ActionKind::Activity if text.is_empty() => {
            bad(Part::Text, "Say what the activity is about.")
        }
        ActionKind::SetField => {
            let known = settable(world).iter().any(|f| f.code == action.field);
            let part = if known { Part::Text } else { Part::Field };
            check_setting(world, &action.field, text).map_err(|why| (part, format!("{why}.")))
        }
        ActionKind::Move => match action.stage.and_then(|stage| world.state.standing(stage)) {
            Some(_) => Ok(()),
            None => bad(Part::Stage, "Choose the stage to move to."),
        },
        ActionKind::Assign => match action.people.iter().any(|id| world.state.is_here(*id)) {
            true => Ok(()),
            false => bad(Part::People, "Choose who takes turns."),
        },
        ActionKind::Tag if text.is_empty() => bad(Part::Text, "Write the tag."),
        ActionKind::Notify if text.is_empty() => bad(Part::Text, "Write the message."),
        _ => Ok(()),
    }
}
