//! Commands about experiments.

use crate::domain::experiment::{Arm, Assignment};
use crate::domain::ids::{ExperimentId, PersonId, PipelineId, StageId};

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExperimentCommand {
    /// Prepare an experiment, or change one that has not begun.
    Save {
        /// Which, unless new.
        id: Option<ExperimentId>,
        /// What it is.
        draft: Box<ExperimentDraft>,
    },
    /// Begin: from now on deals are assigned.
    Start(ExperimentId),
    /// End it.
    End {
        /// Which.
        id: ExperimentId,
        /// What came of it.
        draft: Box<EndDraft>,
    },
}

/// What an experiment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExperimentDraft {
    /// Its name.
    pub name: String,
    /// What is believed.
    pub hypothesis: String,
    /// What is tried; the first is what is done today.
    pub arms: Vec<Arm>,
    /// How deals come to an arm.
    pub assignment: Assignment,
    /// What is measured, by its code.
    pub metric: String,
    /// The least difference worth knowing of, in per mille points.
    pub minimum: i64,
    /// The chance to see it, in percent.
    pub power: u8,
    /// The chance to see one that is not there, in percent.
    pub alpha: u8,
    /// Deals entering this stage take part; none means new deals.
    pub stage: Option<StageId>,
    /// In which pipeline; none means all.
    pub pipeline: Option<PipelineId>,
    /// Who runs it.
    pub owner: Option<PersonId>,
}

/// What came of an experiment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndDraft {
    /// What came of it, in words.
    pub outcome: String,
    /// Which arm is to be done from now on, from 0.
    pub chosen: Option<u8>,
    /// Why it ends before its size, where it does.
    pub early: String,
    /// Whether it is to be shared as a practice.
    pub share: bool,
}
