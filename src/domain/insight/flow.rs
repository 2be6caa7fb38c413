//! How deals go on from each stage.

use super::facts::{Column, Facts};
use super::legs::{Fate, legs};
use super::period::Period;
use super::select::{Selection, deals};
use super::stats::Rate;
use crate::domain::ids::{DealId, StageId};

/// What became of the entries into one stage. The five add up to the entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageFlow {
    counts: [u64; 5],
}

impl StageFlow {
    /// How many times a deal came in.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many of these ended in a way.
    #[must_use]
    pub fn of(&self, fate: Fate) -> u64 {
        self.counts[fate as usize]
    }

    /// How many have ended.
    #[must_use]
    pub fn settled(&self) -> u64 {
        self.entries() - self.of(Fate::Still)
    }

    /// Advanced of all entries.
    #[must_use]
    pub fn advanced(&self) -> Rate {
        Rate::new(self.of(Fate::Advanced), self.entries())
    }

    /// Advanced of the entries that have ended.
    #[must_use]
    pub fn advanced_of_settled(&self) -> Rate {
        Rate::new(self.of(Fate::Advanced), self.settled())
    }

    /// The share of entries that ended in a way.
    #[must_use]
    pub fn share(&self, fate: Fate) -> Rate {
        Rate::new(self.of(fate), self.entries())
    }
}

/// What became of the entries of a time into each stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// By the number of the stage; nothing for stages that are not open.
    pub stages: Column<StageFlow>,
}

impl Flows {
    /// Counts the entries made in a time.
    #[must_use]
    pub fn of(facts: &Facts, of: &Selection, period: Period) -> Self {
        let mut flows = Self::new(facts);
        of.each(|row| {
            for leg in facts.legs.of(row) {
                if period.holds(leg.entered) {
                    flows.note(leg.stage, leg.fate, 1);
                }
            }
        });
        flows
    }

    pub(super) fn new(facts: &Facts) -> Self {
        Self {
            stages: Column::of(StageFlow::default(), facts.stages.len()),
        }
    }

    #[inline(always)]
    pub(super) fn note(&mut self, stage: u16, fate: Fate, sign: i32) {
        let count = &mut self.stages[usize::from(stage)].counts[fate as usize];
        *count = count.saturating_add_signed(sign.into());
    }

    /// Those of one stage.
    #[must_use]
    pub fn stage(&self, facts: &Facts, id: StageId) -> StageFlow {
        let number = facts.stages.find(id).map(usize::from);
        number.map_or_else(StageFlow::default, |n| self.stages[n])
    }
}

/// The deals that came into a stage in a time and went on in one of these ways, in order of their
/// ids, each once.
#[must_use]
pub fn flow_deals(
    facts: &Facts,
    of: &Selection,
    period: Period,
    stage: StageId,
    fates: &[Fate],
) -> Vec<DealId> {
    let Some(number) = facts.stages.find(stage) else {
        return Vec::new();
    };
    deals(
        facts,
        of.rows().filter(|row| {
            legs(facts, *row).any(|leg| {
                leg.stage == number && fates.contains(&leg.fate) && period.holds(leg.entered)
            })
        }),
    )
}
