//! Commands about follow-up: cadences, templates, playbooks.

use crate::domain::activity::{ActivityKind, ActivityOutcome};
use crate::domain::cadence::{CadenceField, StepField, TemplateField, TemplateKind};
use crate::domain::ids::{ActivityId, CadenceId, DealId, StageId, StepId, TemplateId};
use crate::domain::stage::StageField;
use chrono::NaiveDate;

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FollowCommand {
    /// Mark an activity done, and say how it went.
    Complete {
        /// Which.
        activity: ActivityId,
        /// How it went, where there is more to say than that it is done.
        outcome: Option<ActivityOutcome>,
    },
    /// Put an activity on another day.
    Reschedule {
        /// Which.
        activity: ActivityId,
        /// To which day.
        due: NaiveDate,
        /// At which time, in minutes after midnight; none leaves the time as it is.
        minute: Option<Option<u16>>,
    },
    /// Make a cadence.
    AddCadence {
        /// Its name.
        name: String,
    },
    /// Change a field of a cadence.
    EditCadence(CadenceId, CadenceField),
    /// Delete a cadence; where it is running it stops.
    DeleteCadence(CadenceId),
    /// Add a step to a cadence.
    AddStep {
        /// To which.
        cadence: CadenceId,
        /// Through which channel.
        kind: ActivityKind,
    },
    /// Change a field of a step.
    EditStep(StepId, StepField),
    /// Delete a step.
    DeleteStep(StepId),
    /// Start a cadence for deals, from its first step.
    Start {
        /// For which deals.
        deals: Vec<DealId>,
        /// Which cadence.
        cadence: CadenceId,
    },
    /// Let a cadence wait.
    Pause {
        /// For which deal.
        deal: DealId,
        /// Which.
        cadence: CadenceId,
    },
    /// Let a paused cadence go on; its dates move on by the length of the pause.
    Resume {
        /// For which deal.
        deal: DealId,
        /// Which.
        cadence: CadenceId,
    },
    /// End a cadence before its last step.
    Stop {
        /// For which deal.
        deal: DealId,
        /// Which.
        cadence: CadenceId,
    },
    /// Leave the next step of a cadence out.
    Skip {
        /// For which deal.
        deal: DealId,
        /// Which.
        cadence: CadenceId,
    },
    /// Make a template.
    AddTemplate {
        /// What for.
        kind: TemplateKind,
        /// Its name.
        name: String,
    },
    /// Change a field of a template.
    EditTemplate(TemplateId, TemplateField),
    /// Change fields of a stage that say how to work a deal there.
    EditPlaybook(StageId, Vec<StageField>),
}
