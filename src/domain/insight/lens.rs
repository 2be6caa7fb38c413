//! Which deals figures are of.

use super::facts::Facts;
use super::period::Period;
use super::select::Selection;
use super::slice::{Dimension, filtered};
use crate::domain::ids::{PersonId, PipelineId};
use crate::domain::world::World;

/// Which deals, and of which days. What the days are of (closed, created) is the figure's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Of one pipeline; none for all.
    pub pipeline: Option<PipelineId>,
    /// Of these owners; none for everybody's and nobody's.
    pub owners: Option<Vec<PersonId>>,
    /// Only those that are this in a dimension, by its key; an empty key for those that are nothing
    /// in it.
    pub slice: Option<(Dimension, String)>,
    /// Which days.
    pub period: Period,
    /// Which days these are compared with.
    pub before: Option<Period>,
}

impl Lens {
    /// The same of everybody, whoever was chosen.
    #[must_use]
    pub fn of_everybody(&self) -> Self {
        let whose = |by: Dimension| matches!(by, Dimension::Owner | Dimension::Team);
        Self {
            owners: None,
            slice: self.slice.clone().filter(|(by, _)| !whose(*by)),
            ..self.clone()
        }
    }

    /// The rows of the facts that are looked at, whatever their days.
    #[must_use]
    pub fn select(&self, facts: &Facts, world: &World) -> Selection {
        let mut of = Selection::all(facts);
        if let Some(wanted) = self.pipeline {
            let stages = &facts.stages.list;
            of = of.and(|row| {
                let stage = stages.get(usize::from(facts.stage[row]));
                stage.is_some_and(|stage| stage.pipeline == wanted)
            });
        }
        if let Some(owners) = &self.owners {
            of = of.and(|row| {
                let owner = facts.owners.key(facts.owner[row]);
                owner.is_some_and(|owner| owners.contains(owner))
            });
        }
        match &self.slice {
            None => of,
            Some((by, key)) => filtered(world, facts, &of, &[(*by, vec![key.clone()])]),
        }
    }
}
