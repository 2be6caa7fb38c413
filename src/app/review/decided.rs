//! What reviews decided of a deal.

use crate::domain::ids::{DealId, PersonId, ReviewId};
use crate::domain::order::Order;
use crate::domain::review::Review;
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use chrono::NaiveDate;

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// In which review.
    pub review: ReviewId,
    /// What that is called.
    pub name: String,
    /// When the deal was looked at in it, else when it began; milliseconds since 1970.
    pub at: Millis,
    /// The civil date the review was held on.
    pub on: Option<NaiveDate>,
    /// Who led it.
    pub lead: Option<PersonId>,
    /// What was decided.
    pub text: String,
}

/// What a review decided of a deal; none where nothing was written down.
#[must_use]
pub fn decision(review: &Review, deal: DealId) -> Option<Decided> {
    let item = review.items.get(deal)?;
    let text = item.decision.trim();
    (!text.is_empty()).then(|| Decided {
        review: review.id,
        name: review.name.clone(),
        at: if item.seen > 0 {
            item.seen
        } else {
            review.begun
        },
        on: review.on,
        lead: review.lead,
        text: text.to_owned(),
    })
}

/// The decisions on a deal, newest first. Reviews that were removed have none.
#[must_use]
pub fn decisions(state: &State, deal: DealId) -> Vec<Decided> {
    let reviews = state.tables.reviews.iter();
    let mut all: Vec<Decided> = reviews.filter_map(|one| decision(one, deal)).collect();
    all.order_by_key(|d| (std::cmp::Reverse(d.at), d.review));
    all
}
