//! A period of some deals: what is won and open, and what is to be expected of it.

use super::Day;
use super::book::Book;
use super::chance::{Chance, arrivals, chances};
use super::life::{Ground, Life, Lives, Step};
use super::model::Model;
use super::months::Months;
use super::plan::Plan;
use super::what_if::WhatIf;
use crate::domain::insight::period::Period;

/// At least so many months ahead are played.
const LEAST_MONTHS: usize = 4;

/// Which deals are meant: how they went and how they stand.
pub type Keep<'k> = &'k dyn Fn(&Life, &Step) -> bool;

/// A period of some deals, ready to be played.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its days.
    pub period: Period,
    /// The months that are played.
    pub months: Months,
    /// What is open and won.
    pub book: Book,
    /// The chances as they are.
    pub chances: Vec<Chance>,
    /// How many new deals are won in each month in the mean.
    pub arrivals: Vec<f64>,
    /// Which share of the new deals is of the deals chosen: as large as their share of all deals
    /// open and won. 1 where all are.
    pub share: f64,
}

impl Case {
    /// Of the deals for which `keep` holds; of all where there is none. Today is not over.
    #[must_use]
    pub fn new(
        lives: &Lives,
        ground: &Ground,
        model: &Model,
        today: Day,
        period: Period,
        keep: Option<Keep<'_>>,
    ) -> Self {
        let all = |_: &Life, _: &Step| true;
        let months = Months::ahead(today - 1, period, LEAST_MONTHS);
        let what_if = WhatIf::default();
        let mut new = arrivals(model, &months, &what_if);
        let mut share = 1.0;
        let mut book = Book::new(lives, ground, all);
        if let Some(keep) = keep {
            let size = |b: &Book| (b.open.len() + b.won.len()) as f64;
            let whole = size(&book);
            book = Book::new(lives, ground, keep);
            share = size(&book) / whole.max(1.0);
            new.iter_mut().for_each(|n| *n *= share);
        }
        Self {
            period,
            chances: chances(model, &book, &months, &what_if),
            arrivals: new,
            months,
            book,
            share,
        }
    }

    /// Which of the months lie in the period.
    #[must_use]
    pub fn within(&self) -> (usize, usize) {
        self.months.within(self.period)
    }

    /// Whether all of the period that is still to come is played.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        self.months.ends.last() >= Some(&self.period.range().1)
    }

    /// Whether there is anything that could be won: open deals with a value, or new ones.
    #[must_use]
    pub fn can_win(&self) -> bool {
        self.arrivals.iter().sum::<f64>() > 0.0 || self.book.open.iter().any(|o| o.minor > 0)
    }

    /// The simulation under some assumptions.
    #[must_use]
    pub fn plan(&self, model: &Model, what_if: &WhatIf) -> Plan {
        let (changed, new);
        let (now, come) = if what_if.is_plain() {
            (&self.chances, self.arrivals.clone())
        } else {
            changed = chances(model, &self.book, &self.months, what_if);
            new = arrivals(model, &self.months, what_if);
            (&changed, new.into_iter().map(|n| n * self.share).collect())
        };
        let won = self.book.won_in(self.period).minor;
        Plan::new(
            model,
            &self.book,
            now,
            &self.months,
            come,
            what_if,
            self.within(),
            won,
        )
    }

    /// What is expected of each month ahead by the own history: open deals and new ones, in minor
    /// units.
    #[must_use]
    pub fn historic(&self, model: &Model) -> Vec<i128> {
        let plan = self.plan(model, &WhatIf::default());
        let (ratio, fresh) = (plan.mean_ratio(), model.fresh.mean_value());
        let month = |n: usize| {
            let before = |c: &Chance| n.checked_sub(1).map_or(0.0, |b| c.historic[b]);
            let pairs = self.book.open.iter().zip(&self.chances);
            let open: f64 = pairs
                .map(|(o, c)| (c.historic[n] - before(c)) * o.minor as f64 * ratio)
                .sum();
            (open + self.arrivals[n] * fresh as f64).round() as i128
        };
        (0..self.months.len()).map(month).collect()
    }
}
