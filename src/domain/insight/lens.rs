//! Which deals figures are of.

use super::dimension::Dimension;
use super::facts::Facts;
use super::period::Period;
use super::select::Selection;
use crate::domain::deal::Deal;
use crate::domain::ids::{PersonId, PipelineId};
use crate::domain::state::State;

/// Which deals, and of which days. What the days are of (closed, created) is the figure's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Of one pipeline; none for all.
    pub pipeline: Option<PipelineId>,
    /// Of these owners; none for everybody's and nobody's.
    pub owners: Option<Vec<PersonId>>,
    /// Only those that are this in a dimension, by its code.
    pub slice: Option<(Dimension, String)>,
    /// Which days.
    pub period: Period,
    /// Which days these are compared with.
    pub before: Option<Period>,
}

impl Lens {
    /// Whether all deals are looked at, whatever their days.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.pipeline.is_none() && self.owners.is_none() && self.slice.is_none()
    }

    /// The rows of the facts that are looked at, whatever their days.
    #[must_use]
    pub fn select(&self, facts: &Facts, state: &State) -> Selection {
        if self.is_all() {
            return Selection::all(facts);
        }
        let deals = &state.tables.deals;
        Selection::of(facts.len(), |row| {
            deals
                .get(facts.ids[row])
                .is_some_and(|deal| self.admits(state, deal))
        })
    }

    /// Whether a deal is one of them, whatever its days.
    #[must_use]
    pub fn admits(&self, state: &State, deal: &Deal) -> bool {
        let pipeline = self.pipeline.is_none_or(|wanted| {
            state
                .stage_of(deal)
                .is_some_and(|stage| stage.pipeline == wanted)
        });
        let owner = self
            .owners
            .as_ref()
            .is_none_or(|owners| deal.owner.is_some_and(|owner| owners.contains(&owner)));
        let slice = self.slice.as_ref().is_none_or(|(dimension, code)| {
            dimension.of(state, deal).iter().any(|own| own == code)
        });
        pipeline && owner && slice
    }

    /// The same for the days these are compared with.
    #[must_use]
    pub fn earlier(&self) -> Option<Self> {
        self.before.map(|period| Self {
            period,
            before: None,
            ..self.clone()
        })
    }
}
