//! Which deals figures are of.

use super::dimension::Dimension;
use super::period::Range;
use crate::domain::deal::Deal;
use crate::domain::ids::{PersonId, PipelineId};
use crate::domain::state::State;

/// Which deals, and of which days. What the days are of (closed, created) is the figure's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lens {
    /// Of one pipeline; none for all.
    pub pipeline: Option<PipelineId>,
    /// Of these owners; none for everybody's and nobody's.
    pub owners: Option<Vec<PersonId>>,
    /// Only those that are this in a dimension, by its code.
    pub slice: Option<(Dimension, String)>,
    /// Which days.
    pub range: Range,
    /// Which days these are compared with.
    pub before: Option<Range>,
}

impl Lens {
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
        self.before.map(|range| Self {
            range,
            before: None,
            ..self.clone()
        })
    }
}
