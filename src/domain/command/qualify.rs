//! Commands about qualification: criteria of stages, frameworks, answers, scoring rules.

use super::Command;
use crate::domain::change::{Edit, EntityRef};
use crate::domain::frameworks::Template;
use crate::domain::gate::{GateMode, GateSide};
use crate::domain::ids::{
    CriterionId, DealId, FrameworkId, IcpId, PipelineId, QuestionId, ScoreRuleId, StageId,
};
use crate::domain::rule::Condition;
use crate::domain::scoring::{Axis, IcpPart, Signal};
use chrono::NaiveDate;

/// What is known to a question, as it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerDraft {
    /// From 0 (nothing known) to 3 (confirmed).
    pub score: u8,
    /// How one knows.
    pub evidence: String,
}

/// What was filled in on the way through a gate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fill {
    /// Criteria ticked off, each with its evidence and since when; none for today.
    pub checks: Vec<(DealId, CriterionId, String, Option<NaiveDate>)>,
    /// Questions answered.
    pub answers: Vec<(DealId, QuestionId, AnswerDraft)>,
    /// Fields filled in: of deals and their organisations, and names of new ones.
    pub edits: Vec<Edit>,
}

/// What of a stage's gate can be changed; `None` leaves it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GateEdit {
    /// What happens to a move past unmet criteria.
    pub mode: Option<GateMode>,
    /// Fields a deal must have before it leaves.
    pub required: Option<Vec<String>>,
    /// Contacts it should have.
    pub contacts: Option<u8>,
    /// Qualification in percent it needs before it leaves.
    pub qualified: Option<u8>,
    /// Whether older answers have to be confirmed.
    pub reask: Option<bool>,
}

/// A criterion of the ideal customer profile as it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IcpDraft {
    /// What it says, for people; may be empty.
    pub name: String,
    /// What has to hold.
    pub condition: Condition,
    /// What it does.
    pub part: IcpPart,
    /// How much it counts, 1 to 100.
    pub weight: u8,
}

/// A scoring rule as it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleDraft {
    /// What it is called.
    pub name: String,
    /// On which axis.
    pub axis: Axis,
    /// Whether it counts at present.
    pub on: bool,
    /// What has to hold, all of it.
    pub conditions: Vec<Condition>,
    /// The activities that count.
    pub signal: Option<Signal>,
    /// Points for each hit, -1,000 to 1,000, not 0.
    pub points: i64,
    /// Days after which an activity counts half, 1 to 3,650.
    pub half_life: Option<u16>,
    /// The most points, 1 to 10,000.
    pub cap: Option<u32>,
}

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QualifyCommand {
    /// Tick a criterion off, or take that back.
    Tick {
        /// Of which deal.
        deal: DealId,
        /// Which criterion.
        criterion: CriterionId,
        /// How one knows; none to take the tick back.
        evidence: Option<String>,
        /// Since when; none for today.
        on: Option<NaiveDate>,
    },
    /// Answer a question, or take the answer back.
    Answer {
        /// Of which deal.
        deal: DealId,
        /// Which question.
        question: QuestionId,
        /// What is known; none to take it back.
        answer: Option<AnswerDraft>,
    },
    /// Carry out a move with what was filled in for it, past what is still missing where a
    /// reason is given.
    Pass {
        /// The move: of one or more deals, by status or by form.
        command: Box<Command>,
        /// What was filled in.
        fill: Box<Fill>,
        /// Why it goes on all the same; none where nothing is missing any more.
        reason: Option<String>,
    },
    /// Make a criterion of a stage (`id` none) or change one.
    SaveCriterion {
        /// The criterion, unless new.
        id: Option<CriterionId>,
        /// Of which stage.
        stage: StageId,
        /// Before entering it, or before leaving it.
        side: GateSide,
        /// What has to hold.
        text: String,
        /// Whether ticking it off needs evidence.
        evidence: bool,
    },
    /// Change a stage's gate.
    EditGate {
        /// Of which stage.
        stage: StageId,
        /// What.
        edit: GateEdit,
    },
    /// Make a criterion of the ideal customer profile (`id` none) or change one.
    SaveIcp {
        /// The criterion, unless new.
        id: Option<IcpId>,
        /// What it says.
        draft: IcpDraft,
    },
    /// Make a scoring rule (`id` none) or change one.
    SaveRule {
        /// The rule, unless new.
        id: Option<ScoreRuleId>,
        /// What it says.
        draft: Box<RuleDraft>,
    },
    /// Make a framework (`id` none) or change one.
    SaveFramework {
        /// The framework, unless new.
        id: Option<FrameworkId>,
        /// Its name.
        name: String,
        /// What it is for.
        purpose: String,
    },
    /// Make a question (`id` none) or change one.
    SaveQuestion {
        /// The question, unless new.
        id: Option<QuestionId>,
        /// Of which framework.
        framework: FrameworkId,
        /// What it is about.
        name: String,
        /// The question itself.
        text: String,
        /// How much it counts, 1 to 10.
        weight: u8,
    },
    /// Add a framework everybody knows, with its questions.
    AddTemplate(Template),
    /// Choose how the deals of a pipeline are qualified.
    ChooseFramework {
        /// Of which pipeline.
        pipeline: PipelineId,
        /// By which framework; none for not at all.
        framework: Option<FrameworkId>,
    },
    /// Put a criterion, question, framework or rule at another place in its list.
    Reorder {
        /// Which.
        what: EntityRef,
        /// Its new place, from 0.
        index: usize,
    },
    /// Remove a criterion, question, framework or rule.
    Remove(EntityRef),
}
