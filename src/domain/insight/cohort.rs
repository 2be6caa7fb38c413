//! How far the deals got that came into the world in a time: the funnel.

use super::facts::Facts;
use super::period::Period;
use super::select::Selection;
use super::stats::Rate;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, PipelineId};

/// How far one deal got in a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// The place of the furthest open stage it was ever in, from 0; the number of open stages when
    /// it was won.
    pub furthest: usize,
    /// Whether it may still get further: open or on hold.
    pub undecided: bool,
}

/// The places of the open stages of a pipeline by the number of the stage.
fn places(facts: &Facts, pipeline: PipelineId) -> (Vec<Option<usize>>, usize) {
    let mut places = vec![None; facts.stages.len()];
    let mut count = 0;
    for stage in facts.stages.open_of(pipeline) {
        places[usize::from(stage)] = Some(count);
        count += 1;
    }
    (places, count)
}

/// One pipeline's funnel, ready to be asked about deals.
#[derive(Clone, Debug)]
pub struct Ladder<'a> {
    facts: &'a Facts,
    pipeline: PipelineId,
    places: Vec<Option<usize>>,
    count: usize,
}

impl<'a> Ladder<'a> {
    /// The stages of a pipeline.
    #[must_use]
    pub fn of(facts: &'a Facts, pipeline: PipelineId) -> Self {
        let (places, count) = places(facts, pipeline);
        Self {
            facts,
            pipeline,
            places,
            count,
        }
    }

    /// How many rungs there are: the open stages, and won.
    #[must_use]
    pub fn rungs(&self) -> usize {
        self.count + 1
    }

    /// How far a deal got; none where it never was in an open stage of the pipeline and was not won
    /// in it.
    #[must_use]
    pub fn way(&self, row: usize) -> Option<Way> {
        let facts = self.facts;
        let reached = facts.entries.of(row).iter().filter_map(|entry| {
            let place = self.places.get(usize::from(entry.stage))?;
            *place
        });
        let here = facts.stages.get(facts.stage[row]);
        let is_here = here.is_some_and(|stage| stage.pipeline == self.pipeline);
        let won = is_here && facts.status[row] == Status::Won;
        let furthest = reached.max().max(won.then_some(self.count))?;
        Some(Way {
            furthest,
            undecided: matches!(facts.status[row], Status::Open | Status::OnHold) && is_here,
        })
    }
}

/// How far some deals got. Rung by rung: the open stages of a pipeline in order, and won at last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cohort {
    /// How many came to a rung or one above it: who skips a stage has passed it.
    pub reached: Vec<u64>,
    /// Of those whose furthest rung it is, how many are not decided yet.
    pub undecided: Vec<u64>,
}

impl Cohort {
    /// Counts the deals created in a time.
    #[must_use]
    pub fn of(ladder: &Ladder<'_>, of: &Selection, period: Period) -> Self {
        let facts = ladder.facts;
        let rungs = ladder.rungs();
        let mut at = vec![0_u64; rungs];
        let mut undecided = vec![0_u64; rungs];
        for row in of.rows().filter(|row| period.holds(facts.created[*row])) {
            let Some(way) = ladder.way(row) else { continue };
            at[way.furthest] += 1;
            undecided[way.furthest] += u64::from(way.undecided);
        }
        let mut above = 0;
        let mut reached = vec![0; rungs];
        for rung in (0..rungs).rev() {
            above += at[rung];
            reached[rung] = above;
        }
        Self { reached, undecided }
    }

    /// How many there are.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.reached.first().copied().unwrap_or(0)
    }

    /// From a rung to the next.
    #[must_use]
    pub fn step(&self, rung: usize) -> Rate {
        let of = |n: usize| self.reached.get(n).copied().unwrap_or(0);
        Rate::new(of(rung + 1), of(rung))
    }

    /// From the first rung to one.
    #[must_use]
    pub fn share(&self, rung: usize) -> Rate {
        Rate::new(self.reached.get(rung).copied().unwrap_or(0), self.n())
    }
}

/// The deals created in a time that came to a rung or above it, in order of their ids.
#[must_use]
pub fn reached_deals(
    ladder: &Ladder<'_>,
    of: &Selection,
    period: Period,
    rung: usize,
) -> Vec<DealId> {
    created(ladder, of, period, |way| way.furthest >= rung)
}

/// Those that got to it and no further, and may still.
#[must_use]
pub fn undecided_deals(
    ladder: &Ladder<'_>,
    of: &Selection,
    period: Period,
    rung: usize,
) -> Vec<DealId> {
    created(ladder, of, period, |way| {
        way.furthest == rung && way.undecided
    })
}

fn created(
    ladder: &Ladder<'_>,
    of: &Selection,
    period: Period,
    got: impl Fn(Way) -> bool,
) -> Vec<DealId> {
    let facts = ladder.facts;
    let hit = |row: &usize| period.holds(facts.created[*row]) && ladder.way(*row).is_some_and(&got);
    super::select::deals(facts, of.rows().filter(hit))
}
