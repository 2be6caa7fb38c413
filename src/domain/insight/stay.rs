//! How long deals stay in each stage.

use super::facts::{Column, Day, Facts};
use super::legs::{Fate, Leg};
use super::period::Period;
use super::select::Selection;
use super::stats::sample::Sample;
use super::stats::survival::Curve;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, StageId};
use crate::domain::order::Order;

/// Stays in one stage, in whole days from the day a deal came in to the day it left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageTime {
    /// Of those that left, however.
    pub left: Sample,
    /// Of those still there, until today.
    pub here: Sample,
    /// Of deals that were won in the end.
    pub winners: Sample,
}

/// Which stays count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StayRule {
    /// All; those still there for as long as they have been there.
    #[default]
    Watched,
    /// Those that ended.
    LeftOnly,
}

impl StayRule {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Watched, Self::LeftOnly];

    /// The word for it in what is kept.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Watched => "watched",
            Self::LeftOnly => "left_only",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Watched => "With deals still there",
            Self::LeftOnly => "Without deals still there",
        }
    }

    /// How it is computed.
    #[must_use]
    pub fn formula(self) -> &'static str {
        match self {
            Self::Watched => "first day with Π (1 − left ÷ there) ≤ ½",
            Self::LeftOnly => "median of the days of those that left",
        }
    }

    /// What it says, in a sentence.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::Watched => {
                "The days after which half of the deals have left the stage; deals still there count for as long as they have been there (Kaplan–Meier)."
            }
            Self::LeftOnly => {
                "The median of the days that deals stayed that have left the stage. Deals still there are left out, which makes it look too short: the longest stays are not over yet."
            }
        }
    }
}

/// How many stays of winners are needed before anything is learned from them.
pub const LEARN_FROM: u64 = 20;

impl StageTime {
    /// How many stays.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.left.len() + self.here.len()
    }

    /// Kaplan and Meier's curve: those still there count for as long as they are there.
    #[must_use]
    pub fn curve(&self) -> Curve {
        Curve::of(&self.left, &self.here)
    }

    /// The days within which three of four stays of winners ended; none below [`LEARN_FROM`].
    #[must_use]
    pub fn winners_p75(&self) -> Option<f64> {
        p75(&self.winners)
    }
}

/// The deals of which there are stays in a stage that began in a time, in order of their ids: what
/// is behind [`StageTimes::of`]. The stage by its number.
#[must_use]
pub fn stayed(facts: &Facts, of: &Selection, period: Period, stage: usize) -> Vec<DealId> {
    let came = |row: usize| {
        let mut legs = facts.legs.of(row).iter();
        legs.any(|leg| usize::from(leg.stage) == stage && period.holds(leg.entered))
    };
    let mut deals: Vec<DealId> = of
        .rows()
        .filter(|row| came(*row))
        .map(|row| facts.ids[row])
        .collect();
    deals.order();
    deals
}

/// The days within which three of four of these stays of winners ended; none below [`LEARN_FROM`].
pub(super) fn p75(winners: &Sample) -> Option<f64> {
    (winners.len() >= LEARN_FROM).then(|| winners.quantile(0.75))?
}

/// Stays in all stages, of entries made in a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageTimes {
    /// By the number of the stage; nothing for stages that are not open.
    pub stages: Column<StageTime>,
}

impl StageTimes {
    /// Measures the stays that began in a time, those still there until today.
    #[must_use]
    pub fn of(facts: &Facts, of: &Selection, period: Period, today: Day) -> Self {
        let mut times = Self::new(facts);
        of.each(|row| {
            for leg in facts.legs.of(row) {
                if period.holds(leg.entered) {
                    times.note(facts.status[row], leg, today, 1);
                }
            }
        });
        times
    }

    pub(super) fn new(facts: &Facts) -> Self {
        Self {
            stages: Column::of(StageTime::default(), facts.stages.len()),
        }
    }

    #[inline(always)]
    pub(super) fn note(&mut self, status: Status, leg: &Leg, today: Day, sign: i32) {
        let time = &mut self.stages[usize::from(leg.stage)];
        let days = leg.days(today);
        if leg.fate == Fate::Still {
            time.here.shift(days, sign);
        } else {
            time.left.shift(days, sign);
        }
        if status == Status::Won {
            time.winners.shift(days, sign);
        }
    }

    /// Those of one stage.
    #[must_use]
    pub fn stage(&self, facts: &Facts, id: StageId) -> Option<&StageTime> {
        self.stages.get(usize::from(facts.stages.find(id)?))
    }
}
