//! What stood open at the ends of days: how much, and in which stages.

use super::exchange::Exchange;
use super::facts::Stages;
use super::trail::{Standing, Trails};
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::money::{Currency, percent_of};
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayEnd {
    /// The day.
    pub day: NaiveDate,
    /// Its last moment where the person is.
    pub at: Millis,
}

/// What stood open in a stage at an end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stood {
    /// How many deals.
    pub count: u64,
    /// How many of them have a value that is shown in the currency of the sums.
    pub valued: u64,
    /// What these were worth, minor units.
    pub minor: i128,
    /// Σ value × probability in percent.
    percents: i128,
}

impl Stood {
    /// Each value times its probability, minor units, rounded once.
    #[must_use]
    pub fn weighted(&self) -> i128 {
        percent_of(self.percents)
    }

    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.valued += other.valued;
        self.minor += other.minor;
        self.percents += other.percents;
    }
}

/// What it is counted with.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// The stages' probabilities, and where the deals of removed ones stand.
    pub state: &'a State,
    /// What deals have been through.
    pub trails: &'a Trails,
    /// The stages as they are now.
    pub stages: &'a Stages,
    /// The rates: each amount by the rate of the day it stood open on.
    pub exchange: &'a Exchange,
    /// The currency of the sums: only amounts shown in it count.
    pub currency: Currency,
}

/// What stood open at some ends, stage by stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// The ends, ascending.
    pub ends: Vec<DayEnd>,
    times: Vec<Millis>,
    stages: usize,
    /// By end, then by stage.
    cells: Vec<Stood>,
    /// How many amounts are shown in other currencies, and do not count here.
    pub apart: BTreeMap<Currency, u64>,
}

impl Course {
    /// Nothing counted yet. The ends ascend.
    #[must_use]
    pub fn new(ends: Vec<DayEnd>, stages: &Stages) -> Self {
        Self {
            times: ends.iter().map(|end| end.at).collect(),
            cells: vec![Stood::default(); ends.len() * stages.len()],
            stages: stages.len(),
            ends,
            apart: BTreeMap::new(),
        }
    }

    /// Counts a deal in.
    pub fn add(&mut self, means: &Means<'_>, deal: DealId) {
        let Self { cells, apart, .. } = self;
        means.trails.of(deal).at_each(&self.times, |n, standing| {
            let Some(stage) = place(means, standing) else {
                return;
            };
            let mut own = Stood {
                count: 1,
                ..Stood::default()
            };
            if let Some(value) = standing.value {
                let day = self.ends[n].day;
                let (money, ..) = means.exchange.shown(value, day);
                if money.currency == means.currency {
                    let percent = standing.probability.unwrap_or(usual(means, standing));
                    own.valued = 1;
                    own.minor = money.minor.into();
                    own.percents = own.minor * i128::from(percent);
                } else {
                    *apart.entry(money.currency).or_default() += 1;
                }
            }
            cells[n * self.stages + stage].add(own);
        });
    }

    /// What stood open in a stage, by its number, at an end.
    #[must_use]
    pub fn of(&self, end: usize, stage: u16) -> Stood {
        let at = end * self.stages + usize::from(stage);
        self.cells.get(at).copied().unwrap_or_default()
    }

    /// What stood open at an end in some stages.
    #[must_use]
    pub fn sum(&self, end: usize, stages: impl Iterator<Item = u16>) -> Stood {
        let mut sum = Stood::default();
        for stage in stages {
            sum.add(self.of(end, stage));
        }
        sum
    }
}

/// The number of the stage a deal stood open in; none where it did not.
fn place(means: &Means<'_>, standing: &Standing) -> Option<usize> {
    if standing.status() != Status::Open {
        return None;
    }
    let stage = means.state.standing(standing.stage?)?;
    means.stages.find(stage).map(usize::from)
}

/// The probability in percent that its stage has now.
fn usual(means: &Means<'_>, standing: &Standing) -> u8 {
    let stage = standing.stage.and_then(|id| means.state.standing(id));
    let row = stage.and_then(|id| means.state.tables.stages.row(id));
    row.map_or(0, |row| row.entity.probability)
}

/// Those of some deals that stood open at a time, in one stage by its number or in any.
#[must_use]
pub fn open_at(
    means: &Means<'_>,
    deals: &[DealId],
    time: Millis,
    stage: Option<u16>,
) -> Vec<DealId> {
    let stood = |deal: &DealId| {
        let standing = means.trails.at(*deal, time)?;
        place(means, &standing)
    };
    let is_in = |at: usize| stage.is_none_or(|n| usize::from(n) == at);
    let found = deals.iter().filter(|deal| stood(deal).is_some_and(is_in));
    found.copied().collect()
}

/// The same of one stage at an end of a day: those whose value counts in the currency of the sums.
#[must_use]
pub fn valued_at(means: &Means<'_>, deals: &[DealId], end: DayEnd, stage: u16) -> Vec<DealId> {
    let is_in = |deal: &&DealId| {
        let value = means.trails.at(**deal, end.at).and_then(|s| s.value);
        let shown = value.map(|money| means.exchange.shown(money, end.day).0);
        shown.is_some_and(|money| money.currency == means.currency)
    };
    let open = open_at(means, deals, end.at, Some(stage));
    open.iter().filter(is_in).copied().collect()
}
