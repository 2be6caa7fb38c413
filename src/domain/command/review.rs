//! Commands about reviews, notes to members, practices and feedback.

use crate::domain::command::ActivityDraft;
use crate::domain::ids::{CoachingId, DealId, FeedbackId, PersonId, PracticeId, ReviewId};
use crate::domain::insight::whose::Whose;
use crate::domain::review::{CoachingField, FeedbackField, PracticeField, ReviewField};
use chrono::NaiveDate;

/// A deal that is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToReview {
    /// Which.
    pub deal: DealId,
    /// Under which heading, by its code; empty for none.
    pub section: String,
    /// Why, in words.
    pub why: Vec<String>,
}

/// A review about to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewDraft {
    /// Its name.
    pub name: String,
    /// Whose deals.
    pub whose: Whose,
    /// Changes on this civil date and later are looked at.
    pub since: NaiveDate,
    /// Who leads it.
    pub lead: Option<PersonId>,
    /// The deals, in order.
    pub deals: Vec<ToReview>,
}

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewCommand {
    /// Begin a review; its agenda stays as it is now.
    Begin(Box<ReviewDraft>),
    /// Mark deals as looked at, or as not.
    See {
        /// In which review.
        review: ReviewId,
        /// Which deals.
        deals: Vec<DealId>,
        /// Looked at, or not after all.
        seen: bool,
    },
    /// Write down what was decided of a deal; it counts as looked at then.
    Decide {
        /// In which review.
        review: ReviewId,
        /// Of which deal.
        deal: DealId,
        /// What was decided; empty takes it back.
        decision: String,
    },
    /// Plan an activity that a review asks for.
    Plan {
        /// In which review.
        review: ReviewId,
        /// For which deal.
        deal: DealId,
        /// What is to be done.
        draft: Box<ActivityDraft>,
    },
    /// Change name, notes, wins or lead of a review.
    Edit(ReviewId, ReviewField),
    /// Close a review: its minutes stay as they are.
    Close(ReviewId),
    /// Take a closed review up again.
    Reopen(ReviewId),
    /// Write a note to a member of the team, or change one.
    Coach {
        /// Which, unless new.
        id: Option<CoachingId>,
        /// What it says.
        fields: Vec<CoachingField>,
    },
    /// Write down a practice to share, or change one.
    Share {
        /// Which, unless new.
        id: Option<PracticeId>,
        /// What it says.
        fields: Vec<PracticeField>,
    },
    /// Say something of the process, change or answer it.
    Feed {
        /// Which, unless new.
        id: Option<FeedbackId>,
        /// What it says.
        fields: Vec<FeedbackField>,
    },
}
