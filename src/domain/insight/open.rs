//! What is open: how much, weighted, and against a quota.

use super::facts::{Facts, NEVER, NONE, Purse};
use super::period::Period;
use super::select::{Selection, deals};
use super::stats::{Interval, Rate};
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::money::{Money, Sums, percent_of};

#[derive(Clone, Debug, Default)]
pub(super) struct OpenTally {
    count: u64,
    unvalued: u64,
    by_currency: Purse,
    value: Purse,
    weighted: Purse,
}

/// Some open deals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// How many.
    pub count: u64,
    /// How many of them have no value.
    pub unvalued: u64,
    /// Σ value.
    pub value: Sums,
    /// Σ value × chance to win, rounded once, half to even.
    pub weighted: Sums,
}

impl OpenTally {
    #[inline(always)]
    pub(super) fn note(&mut self, facts: &Facts, row: usize, sign: i32) {
        let currency = facts.currency[row];
        let value = i128::from(sign) * i128::from(facts.value[row]);
        self.count = self.count.saturating_add_signed(sign.into());
        self.by_currency.add(currency, sign.into());
        self.value.add(currency, value);
        let percent = i128::from(facts.probability[row]);
        self.weighted.add(currency, value * percent);
        if currency == NONE {
            self.unvalued = self.unvalued.saturating_add_signed(sign.into());
        }
    }

    pub(super) fn read(&self, facts: &Facts) -> Open {
        let mut weighted = Sums::default();
        for (currency, sum) in self.weighted.sums(facts).iter() {
            weighted.add(currency, percent_of(sum));
        }
        Open {
            count: self.count,
            unvalued: self.unvalued,
            value: self.value.sums(facts),
            weighted,
        }
    }

    /// How many there are of each currency; those without a value count for the home currency.
    pub(super) fn counts(&self, facts: &Facts) -> Sums {
        self.by_currency.sums(facts)
    }
}

/// Which open deals.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Due {
    /// All.
    #[default]
    Any,
    /// Those expected to close in a time.
    In(Period),
    /// Those without an expected close.
    Never,
}

impl Due {
    fn holds(self, close: i32) -> bool {
        match self {
            Self::Any => true,
            Self::In(period) => period.holds(close),
            Self::Never => close == NEVER,
        }
    }
}

impl Open {
    /// Counts open deals.
    #[must_use]
    pub fn of(facts: &Facts, of: &Selection, due: Due) -> Self {
        open_tally(facts, of, due).read(facts)
    }
}

pub(super) fn open_tally(facts: &Facts, of: &Selection, due: Due) -> OpenTally {
    let mut tally = OpenTally::default();
    of.each(|row| {
        if facts.status[row] == Status::Open && due.holds(facts.close[row]) {
            tally.note(facts, row, 1);
        }
    });
    tally
}

/// The open deals, in order of their ids.
#[must_use]
pub fn open_deals(facts: &Facts, of: &Selection, due: Due) -> Vec<DealId> {
    let hit = |row: &usize| facts.status[*row] == Status::Open && due.holds(facts.close[*row]);
    deals(facts, of.rows().filter(hit))
}

/// By which chance the value of a deal is weighted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WeightRule {
    /// Its own, else its stage's.
    #[default]
    Own,
    /// Its stage's, whatever was set for the deal.
    Stage,
    /// As the first, with what was won in the period in full.
    WithWon,
}

impl WeightRule {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Own, Self::Stage, Self::WithWon];

    /// The word for it in what is kept.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Stage => "stage",
            Self::WithWon => "with_won",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Own => "By the deal's own chance, else its stage's",
            Self::Stage => "By the stage's chance only",
            Self::WithWon => "With what was won in the period",
        }
    }

    /// How it is computed.
    #[must_use]
    pub fn formula(self) -> &'static str {
        match self {
            Self::Own => "Σ value × probability",
            Self::Stage => "Σ value × probability of the stage",
            Self::WithWon => "Σ value × probability + Σ value won",
        }
    }

    /// What it says, in a sentence.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::Own => {
                "Value of each open deal times its own chance to win, else its stage's. Rounded once, at the end."
            }
            Self::Stage => {
                "Value of each open deal times the chance to win of its stage, whatever chance was set for the deal itself. Rounded once, at the end."
            }
            Self::WithWon => {
                "Value of each open deal times its own chance to win, else its stage's, and the value of the deals won in the period in full. Rounded once, at the end."
            }
        }
    }
}

/// What open deals are held against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CoverageRule {
    /// What of the quota is not won yet.
    #[default]
    Remaining,
    /// The whole quota.
    Whole,
}

impl CoverageRule {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Remaining, Self::Whole];

    /// The word for it in saved dashboards.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Remaining => "remaining",
            Self::Whole => "whole",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Remaining => "Against what remains of the quota",
            Self::Whole => "Against the whole quota",
        }
    }

    /// How it is computed.
    #[must_use]
    pub fn formula(self) -> &'static str {
        match self {
            Self::Remaining => "open value in the period ÷ (quota − won); needed: 1 ÷ win rate",
            Self::Whole => "open value in the period ÷ quota; needed: 1 ÷ win rate",
        }
    }

    /// What it says, in a sentence.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::Remaining => {
                "Value of open deals expected to close in the period, divided by the quota less what is won in it."
            }
            Self::Whole => {
                "Value of open deals expected to close in the period, divided by the whole quota."
            }
        }
    }
}

/// How far open deals cover a quota, in the currency of the quota.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The quota.
    pub quota: Money,
    /// What of it is won in the period, in minor units.
    pub won: i128,
    /// Open deals that are expected to close in the period.
    pub open: Open,
    /// How many amounts, won and open, do not count: there is no rate to the quota's currency.
    pub apart: u64,
    /// The win rate that says how much is needed.
    pub win: Rate,
    /// Against what.
    pub rule: CoverageRule,
}

impl Coverage {
    /// What is left of the quota, in minor units; 0 when it is reached.
    #[must_use]
    pub fn remaining(&self) -> i128 {
        (i128::from(self.quota.minor) - self.won).max(0)
    }

    /// How many times the open value is what it is held against; none when that is nothing: the
    /// quota is reached, or there is none.
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        let against = match self.rule {
            CoverageRule::Remaining => self.remaining(),
            CoverageRule::Whole => self.quota.minor.max(0).into(),
        };
        let open = self.open.value.of(self.quota.currency);
        (against > 0).then(|| open as f64 / against as f64)
    }

    /// How many times is needed at the own win rate: 1 / win rate. None while nothing was won.
    #[must_use]
    pub fn needed(&self) -> Option<f64> {
        self.win.value().filter(|r| *r > 0.0).map(|r| 1.0 / r)
    }

    /// The 95 % interval of what is needed.
    #[must_use]
    pub fn needed_interval(&self) -> Option<Interval> {
        let rate = self.win.interval().filter(|i| i.low > 0.0)?;
        Some(Interval {
            low: 1.0 / rate.high,
            high: 1.0 / rate.low,
        })
    }
}
