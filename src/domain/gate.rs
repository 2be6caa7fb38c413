//! What has to hold before a deal moves on: criteria of stages, and what deals say to them.

use super::ids::{CriterionId, PersonId, StageId};
use super::rank::Rank;
use super::stamp::Millis;
use crate::{entity, record, words};
use chrono::NaiveDate;

words! {
    /// What happens to a move past unmet criteria.
    GateMode: "off, warn or block" {
        /// Nothing; the checklist only advises.
        Off = "off",
        /// The person is told, and may go on.
        Warn = "warn",
        /// The person has to fill it in, or give a reason for an override.
        Block = "block",
    }
}

impl GateMode {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Off => "Off",
            Self::Warn => "Warn",
            Self::Block => "Block",
        }
    }
}

words! {
    /// When a criterion of a stage has to hold.
    GateSide: "entry or exit" {
        /// On the way into the stage.
        Entry = "entry",
        /// On the way out of it, to a later one.
        Exit = "exit",
    }
}

entity! {
    /// A written criterion of a stage, ticked off per deal.
    Criterion(CriterionId) sets CriterionField {
        /// Of which stage.
        stage / Stage: StageId = StageId(0),
        /// Before entering it, or before leaving it.
        side / Side: GateSide = GateSide::Exit,
        /// What has to hold, in a sentence.
        text / Text: String = String::new(),
        /// Whether ticking it off needs a text that says how one knows.
        evidence / Evidence: bool = false,
        /// Place in the list.
        rank / Rank: Rank = Rank::default(),
    }
}

record! {
    /// A criterion that a deal meets.
    Check {
        /// How one knows; may be empty where the criterion asks for none.
        evidence: String,
        /// Since when.
        on: NaiveDate,
        /// Who said so.
        by: Option<PersonId>,
    }
}

record! {
    /// A move past unmet criteria, with the reason given.
    Override {
        /// From which stage.
        from: StageId,
        /// To which.
        to: StageId,
        /// Why, in the person's words.
        reason: String,
        /// When, in milliseconds since 1970.
        at: Millis,
        /// Who.
        by: Option<PersonId>,
        /// What was missing, as it was shown.
        missing: Vec<String>,
    }
}
