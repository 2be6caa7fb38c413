//! How long a sale takes.

use super::facts::Facts;
use super::period::Period;
use super::select::{Selection, deals};
use super::stats::sample::Sample;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;

/// From when a sale counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CycleRule {
    /// From the day the deal was created.
    #[default]
    Creation,
    /// From the day it came into its first stage.
    FirstStage,
}

impl CycleRule {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Creation, Self::FirstStage];

    /// The word for it in saved dashboards.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Creation => "creation",
            Self::FirstStage => "first_stage",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Creation => "From creation",
            Self::FirstStage => "From the first stage",
        }
    }

    /// How it is computed.
    #[must_use]
    pub fn formula(self) -> &'static str {
        match self {
            Self::Creation => "close day − creation day",
            Self::FirstStage => "close day − day of the first stage",
        }
    }

    /// What it says, in a sentence.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::Creation => "Days from the day a deal was created to the day it was closed.",
            Self::FirstStage => {
                "Days from the day a deal came into its first stage to the day it was closed."
            }
        }
    }

    /// How many days a closed deal took; a beginning after the end counts as 0.
    #[must_use]
    #[inline(always)]
    pub fn days(self, facts: &Facts, row: usize) -> u32 {
        let first = || facts.entries.of(row).first().map(|e| e.day);
        let begin = match self {
            Self::Creation => facts.created[row],
            Self::FirstStage => first().unwrap_or(facts.created[row]),
        };
        u32::try_from(i64::from(facts.closed[row]) - i64::from(begin)).unwrap_or(0)
    }
}

/// Days that closed deals took, won and lost apart. Means, medians, quantiles and their intervals
/// are asked of the [`Sample`]s.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cycle {
    /// Of deals won.
    pub won: Sample,
    /// Of deals lost.
    pub lost: Sample,
}

impl Cycle {
    /// Measures the deals closed in a time.
    #[must_use]
    pub fn of(facts: &Facts, of: &Selection, period: Period, rule: CycleRule) -> Self {
        let mut cycle = Self::default();
        of.each(|row| {
            if period.holds(facts.closed[row]) {
                cycle.note(facts, row, rule, 1);
            }
        });
        cycle
    }

    #[inline(always)]
    pub(super) fn note(&mut self, facts: &Facts, row: usize, rule: CycleRule, sign: i32) {
        match facts.status[row] {
            Status::Won => self.won.shift(rule.days(facts, row), sign),
            Status::Lost => self.lost.shift(rule.days(facts, row), sign),
            Status::Open | Status::OnHold => {}
        }
    }
}

/// The deals of a status that were closed in a time, in order of their ids.
#[must_use]
pub fn closed_deals(facts: &Facts, of: &Selection, period: Period, status: Status) -> Vec<DealId> {
    let hit = |row: &usize| facts.status[*row] == status && period.holds(facts.closed[*row]);
    deals(facts, of.rows().filter(hit))
}
