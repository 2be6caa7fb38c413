//! Rules that do work by themselves, and the log of what they did.

use super::activity::ActivityKind;
use super::ids::{AutomationId, DealId, PersonId, PipelineId, RunId, StageId};
use super::rank::Rank;
use super::rule::Condition;
use super::scoring::Axis;
use super::stamp::Millis;
use crate::{entity, record, words};

words! {
    /// What sets a rule off.
    TriggerKind: "a trigger" {
        /// A deal was made.
        Created = "created",
        /// A deal entered the stage.
        Entered = "entered",
        /// The field changed.
        Changed = "changed",
        /// Nothing happened for so many days.
        Idle = "idle",
        /// So many days before (negative) or after the date in the field.
        Date = "date",
        /// The score reached the value.
        Score = "score",
    }
}

record! {
    /// A trigger with what belongs to it; parts that its kind has no use for are empty.
    Trigger {
        /// Which.
        kind: TriggerKind,
        /// The stage, of `entered`; none means any.
        stage: Option<StageId>,
        /// The field, of `changed` and `date`, as in a condition.
        field: String,
        /// Days, of `idle` and `date`.
        days: i64,
        /// The axis, of `score`.
        axis: Option<Axis>,
        /// The value to reach, of `score`.
        score: i64,
    }
}

words! {
    /// What a rule does.
    ActionKind: "an action" {
        /// Plan an activity.
        Activity = "activity",
        /// Set a field.
        SetField = "set_field",
        /// Move the deal to a stage.
        Move = "move",
        /// Give the deal to the next of some people.
        Assign = "assign",
        /// Put a tag on it.
        Tag = "tag",
        /// Tell the person at this page.
        Notify = "notify",
    }
}

record! {
    /// An action with what belongs to it; parts that its kind has no use for are empty.
    Action {
        /// Which.
        kind: ActionKind,
        /// The subject, the tag, the value or the message.
        text: String,
        /// The field to set.
        field: String,
        /// The kind of activity.
        activity: Option<ActivityKind>,
        /// Days from now until the activity is due.
        days: i64,
        /// The stage to move to.
        stage: Option<StageId>,
        /// Who takes turns.
        people: Vec<PersonId>,
    }
}

entity! {
    /// A rule.
    Automation(AutomationId) sets AutomationField {
        /// Its name.
        name / Name: String = String::new(),
        /// Whether it works.
        on / On: bool = false,
        /// What sets it off.
        trigger / Trigger: Box<Trigger> = Box::new(Trigger { kind: TriggerKind::Created, stage: None, field: String::new(), days: 0, axis: None, score: 0 }),
        /// What has to hold besides, all of it.
        conditions / Conditions: Vec<Condition> = Vec::new(),
        /// What it does, in order.
        actions / Actions: Vec<Action> = Vec::new(),
        /// The pipeline it works in; none means all.
        pipeline / Pipeline: Option<PipelineId> = None,
        /// Since when it works, in milliseconds since 1970: what happened before sets
        /// nothing off.
        since / Since: Millis = 0,
        /// Place in the list.
        rank / Rank: Rank = Rank::default(),
    }
}

entity! {
    /// One time a rule worked. Its id is made of rule, deal and occasion, so that the same
    /// occasion met by two tabs or two people is one run.
    RuleRun(RunId) sets RunField {
        /// Which rule.
        automation / Automation: AutomationId = AutomationId(0),
        /// On which deal.
        deal / Deal: DealId = DealId(0),
        /// When, in milliseconds since 1970.
        at / At: Millis = 0,
        /// What set it off, in words.
        cause / Cause: String = String::new(),
        /// What it did, in words.
        did / Did: Vec<String> = Vec::new(),
        /// What it could not do, in words.
        failed / Failed: Vec<String> = Vec::new(),
        /// A message for the person, where it has one.
        notice / Notice: String = String::new(),
        /// Whether the message, or what it could not do, was read.
        seen / Seen: bool = false,
    }
}
