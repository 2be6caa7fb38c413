//! Commands about rules that do work by themselves.

use crate::domain::automation::{Action, Automation, Trigger, TriggerKind};
use crate::domain::ids::{AutomationId, PipelineId, RunId};
use crate::domain::rule::Condition;

/// All the editor of a rule holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleDraft {
    /// Its name.
    pub name: String,
    /// What sets it off.
    pub trigger: Trigger,
    /// What has to hold besides.
    pub conditions: Vec<Condition>,
    /// What it does, in order.
    pub actions: Vec<Action>,
    /// The pipeline it works in; none means all.
    pub pipeline: Option<PipelineId>,
}

impl RuleDraft {
    /// A rule without anything in it yet.
    #[must_use]
    pub fn blank() -> Self {
        Self {
            name: String::new(),
            trigger: Trigger {
                kind: TriggerKind::Entered,
                stage: None,
                field: String::new(),
                days: 0,
                axis: None,
                score: 0,
            },
            conditions: Vec::new(),
            actions: Vec::new(),
            pipeline: None,
        }
    }

    /// What a rule holds.
    #[must_use]
    pub fn of(rule: &Automation) -> Self {
        Self {
            name: rule.name.clone(),
            trigger: *rule.trigger.clone(),
            conditions: rule.conditions.clone(),
            actions: rule.actions.clone(),
            pipeline: rule.pipeline,
        }
    }
}

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AutomateCommand {
    /// Make a rule (`id` none; it does not work yet) or change one.
    Save {
        /// The rule, unless new.
        id: Option<AutomationId>,
        /// What the editor says.
        draft: Box<RuleDraft>,
    },
    /// Let a rule work, or let it rest. From then on: what happened before sets nothing off.
    SetOn {
        /// Which.
        rule: AutomationId,
        /// Works or rests.
        on: bool,
    },
    /// Put a rule at another place; earlier ones work first.
    Reorder {
        /// Which.
        rule: AutomationId,
        /// Its new place, from 0.
        index: usize,
    },
    /// What these runs have to say was read.
    Seen(Vec<RunId>),
}
