//! Trying two ways side by side.

use super::ids::{ExperimentId, PersonId, PipelineId, StageId};
use crate::{entity, record, words};
use chrono::NaiveDate;

words! {
    /// How deals come to an arm.
    Assignment: "random, alternating or tag" {
        /// By chance, from the seed and the deal.
        Random = "random",
        /// One after the other.
        Alternating = "alternating",
        /// By a tag on the deal.
        Tag = "tag",
    }
}

impl Assignment {
    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Random => "By chance",
            Self::Alternating => "In turn",
            Self::Tag => "By tag",
        }
    }
}

words! {
    /// Where an experiment stands.
    ExperimentState: "draft, running or ended" {
        /// Being prepared.
        Draft = "draft",
        /// Deals are being assigned.
        Running = "running",
        /// Over.
        Ended = "ended",
    }
}

impl ExperimentState {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Running => "Running",
            Self::Ended => "Ended",
        }
    }
}

record! {
    /// One of the ways tried.
    Arm {
        /// Its name.
        name: String,
        /// What is done in it.
        text: String,
        /// The tag that puts a deal into it, where tags do.
        tag: String,
        /// How many of those assigned it gets, beside the other arms.
        weight: i64,
    }
}

entity! {
    /// An experiment.
    Experiment(ExperimentId) sets ExperimentField {
        /// Its name.
        name / Name: String = String::new(),
        /// What is believed, and would be shown wrong by the result.
        hypothesis / Hypothesis: String = String::new(),
        /// What is tried; the first is what is done today.
        arms / Arms: Vec<Arm> = Vec::new(),
        /// How deals come to an arm.
        assignment / Assignment: Assignment = Assignment::Random,
        /// What is measured: `won`, `advanced`, `replied`.
        metric / Metric: String = String::new(),
        /// The least difference worth knowing of, in per mille points.
        minimum / Minimum: i64 = 100,
        /// The chance to see that difference if it is there, in percent.
        power / Power: u8 = 80,
        /// The chance to see one that is not there, in percent.
        alpha / Alpha: u8 = 5,
        /// Where chance starts from.
        seed / Seed: i64 = 0,
        /// Deals entering this stage take part; none means new deals.
        stage / Stage: Option<StageId> = None,
        /// In which pipeline; none means all.
        pipeline / Pipeline: Option<PipelineId> = None,
        /// Where it stands.
        state / State: ExperimentState = ExperimentState::Draft,
        /// The civil date it began.
        begun / Begun: Option<NaiveDate> = None,
        /// The civil date it ended.
        ended / Ended: Option<NaiveDate> = None,
        /// What came of it, in words.
        outcome / Outcome: String = String::new(),
        /// Which arm is to be done from now on, from 0.
        chosen / Chosen: Option<u8> = None,
        /// Who runs it.
        owner / Owner: Option<PersonId> = None,
        /// Why it was ended before its size was reached, where it was.
        early / Early: String = String::new(),
    }
}
