//! What is won and what is open on a day, and how it adds up by plain rules.

use super::life::{Ground, Life, Lives, Step};
use super::model::won_on;
use super::{Day, NEVER};
use crate::domain::deal::ForecastCategory;
use crate::domain::ids::DealId;
use crate::domain::insight::period::Period;

/// An open deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenDeal {
    /// Which.
    pub deal: DealId,
    /// How it stands.
    pub step: Step,
    /// Worth how much, in minor units of the currency of the forecast; 0 where it is not known.
    pub minor: i64,
    /// Its chance in percent: its own, else its stage's.
    pub percent: u8,
}

impl OpenDeal {
    /// Its category. What nobody has sorted is pipeline.
    #[must_use]
    pub fn category(&self) -> ForecastCategory {
        self.step.category.unwrap_or(ForecastCategory::Pipeline)
    }
}

/// A deal that was won.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WonDeal {
    /// Which.
    pub deal: DealId,
    /// On which day.
    pub on: Day,
    /// Worth how much, in minor units.
    pub minor: i64,
}

/// What is won and what is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// The last day it knows of.
    pub until: Day,
    /// Open deals, by their ids.
    pub open: Vec<OpenDeal>,
    /// Won deals.
    pub won: Vec<WonDeal>,
    /// How many have a value but no rate to the currency of the forecast: they count as 0.
    pub apart: u32,
    /// How many open deals have no value.
    pub unvalued: u32,
}

/// A sum and the deals in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How much, in minor units.
    pub minor: i128,
    /// Which deals.
    pub deals: Vec<DealId>,
}

impl Tally {
    fn add(&mut self, deal: DealId, minor: i128) {
        self.minor += minor;
        self.deals.push(deal);
    }

    /// Both together.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        sum.minor += other.minor;
        sum.deals.extend(&other.deals);
        sum
    }
}

/// What is won and expected in a period, by category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rollup {
    /// Won in it.
    pub closed: Tally,
    /// Promised.
    pub commit: Tally,
    /// Likely if things go well.
    pub best: Tally,
    /// Possible.
    pub pipeline: Tally,
    /// Left out.
    pub omitted: Tally,
    /// Open although the day they were expected on is past; in none of the others.
    pub overdue: Tally,
    /// Open without an expected day; in none of the others.
    pub undated: Tally,
}

impl Book {
    /// What is won and open at the end of the last day of the lives, of the deals for which `keep`
    /// holds.
    #[must_use]
    pub fn new(lives: &Lives, ground: &Ground, keep: impl Fn(&Life, &Step) -> bool) -> Self {
        let mut book = Self {
            until: lives.until,
            ..Self::default()
        };
        for life in &lives.lives {
            let Some(step) = life.at(lives.until).filter(|step| keep(life, step)) else {
                continue;
            };
            if step.is_open() {
                let minor = ground.minor(step.value, lives.until);
                book.apart += u32::from(step.value.is_some() && minor.is_none());
                book.unvalued += u32::from(step.value.is_none());
                book.open.push(OpenDeal {
                    deal: life.deal,
                    step: *step,
                    minor: minor.unwrap_or(0),
                    percent: step
                        .chance
                        .unwrap_or_else(|| lives.stage_chance(step.stage)),
                });
            } else if let Some(on) = won_on(life) {
                let minor = ground.minor(step.value, on);
                book.apart += u32::from(step.value.is_some() && minor.is_none());
                book.won.push(WonDeal {
                    deal: life.deal,
                    on,
                    minor: minor.unwrap_or(0),
                });
            }
        }
        book
    }

    /// What was won in a period.
    #[must_use]
    pub fn won_in(&self, period: Period) -> Tally {
        let mut tally = Tally::default();
        for won in self.won.iter().filter(|won| period.holds(won.on)) {
            tally.add(won.deal, won.minor.into());
        }
        tally
    }

    /// What is won and expected in a period, by category. Deals are overdue that were expected
    /// before `today`.
    #[must_use]
    pub fn rollup(&self, period: Period, today: Day) -> Rollup {
        let mut rollup = Rollup {
            closed: self.won_in(period),
            ..Rollup::default()
        };
        for open in &self.open {
            let to = match open.step.close {
                NEVER => &mut rollup.undated,
                day if day < today => &mut rollup.overdue,
                day if !period.holds(day) => continue,
                _ => match open.category() {
                    ForecastCategory::Commit => &mut rollup.commit,
                    ForecastCategory::BestCase => &mut rollup.best,
                    ForecastCategory::Pipeline => &mut rollup.pipeline,
                    ForecastCategory::Omitted => &mut rollup.omitted,
                },
            };
            to.add(open.deal, open.minor.into());
        }
        rollup
    }

    /// What is won in a period, and of what is expected in it each value times its chance: open
    /// deals that are neither overdue nor left out. Rounded once, half away from zero.
    #[must_use]
    pub fn weighted(&self, period: Period, today: Day) -> Tally {
        let mut tally = Tally::default();
        for open in &self.open {
            let day = open.step.close;
            if day >= today && period.holds(day) && open.category() != ForecastCategory::Omitted {
                tally.add(open.deal, i128::from(open.minor) * i128::from(open.percent));
            }
        }
        tally.minor = crate::domain::money::percent_of(tally.minor);
        self.won_in(period).and(&tally)
    }
}
