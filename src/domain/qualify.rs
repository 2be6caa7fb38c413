//! Qualification frameworks (BANT, CHAMP, MEDDIC, MEDDPICC, own) and what deals answer.

use super::ids::{FrameworkId, PersonId, QuestionId, StageId};
use super::rank::Rank;
use crate::{entity, record};
use chrono::NaiveDate;

/// The best score of an answer; 0 is nothing known.
pub const FULL_SCORE: u8 = 3;

entity! {
    /// A way to find out whether a deal is worth the work.
    Framework(FrameworkId) sets FrameworkField {
        /// Its name, such as MEDDPICC.
        name / Name: String = String::new(),
        /// What it is for.
        purpose / Purpose: String = String::new(),
        /// Place in the list.
        rank / Rank: Rank = Rank::default(),
    }
}

entity! {
    /// One question of a framework.
    Question(QuestionId) sets QuestionField {
        /// Of which framework.
        framework / Framework: FrameworkId = FrameworkId(0),
        /// What it is about, in a word or two: “Economic buyer”.
        name / Name: String = String::new(),
        /// The question itself.
        text / Text: String = String::new(),
        /// How much it counts, 1 to 10.
        weight / Weight: u8 = 1,
        /// Place in the framework.
        rank / Rank: Rank = Rank::default(),
    }
}

record! {
    /// What is known to a question about a deal.
    Answer {
        /// From 0 (nothing known) to [`FULL_SCORE`] (confirmed).
        score: u8,
        /// How one knows.
        evidence: String,
        /// When it was found out.
        on: NaiveDate,
        /// In which stage the deal stood then.
        stage: StageId,
        /// Who found out.
        by: Option<PersonId>,
    }
}
