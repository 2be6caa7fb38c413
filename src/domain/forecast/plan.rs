//! What is played: columns of numbers, ready for many trials.

use super::book::Book;
use super::chance::Chance;
use super::model::{Model, PARTS};
use super::months::Months;
use super::what_if::{Fate, WhatIf};
use crate::domain::ids::{DealId, Id};
use crate::domain::insight::stats::special::normal_quantile;

/// The sum of all values stays below this, so that sums of trials fit into 64 bits; larger ones
/// are counted in larger units.
const ROOM: i128 = 1 << 52;

/// A simulation, ready to run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// How many trials.
    pub trials: u32,
    /// Where the random numbers begin.
    pub seed: u64,
    /// How many months ahead.
    pub months: usize,
    /// The months of the period: the first, and the one after the last.
    pub period: (usize, usize),
    /// Which deals are played, in the order of the columns.
    pub deals: Vec<DealId>,
    /// For each deal: the quantile of the normal distribution at its chance to be won within the
    /// months ahead.
    pub thresholds: Vec<f64>,
    /// For each deal and month: of what is won within the months ahead, the share won by the end of
    /// the month, in parts of 2³².
    pub when: Vec<u32>,
    /// For each deal its value, in units.
    pub values: Vec<i64>,
    /// By what values are multiplied, in [`PARTS`]: as many draws as [`super::model::DRAWS`], or
    /// none for by one.
    pub ratios: Vec<i32>,
    /// For each month how many new deals are won in the mean.
    pub arrivals: Vec<f64>,
    /// What new deals are worth, in units, to draw from.
    pub fresh: Vec<i64>,
    /// For each month what is won for sure, in units.
    pub certain: Vec<i64>,
    /// How much of the risk is common to all deals.
    pub rho: f64,
    /// What was won in the period already, in minor units.
    pub won: i64,
    /// How many minor units a unit is: 1 but for enormous sums.
    pub unit: i64,
}

fn share(p: f64) -> u32 {
    // As a cast saturates, all of it is the largest number.
    (p * 4_294_967_296.0) as u32
}

impl Plan {
    /// From chances and values. Deals whose chance is 0 are not played; those that are won for sure
    /// are not left to chance.
    #[must_use]
    #[allow(clippy::too_many_arguments)]
    pub fn new(
        model: &Model,
        book: &Book,
        chances: &[Chance],
        months: &Months,
        arrivals: Vec<f64>,
        what_if: &WhatIf,
        period: (usize, usize),
        won: i128,
    ) -> Self {
        let scaled = |minor: i64| i128::from(minor) * i128::from(what_if.values) / 100;
        let all: i128 = book.open.iter().map(|o| scaled(o.minor).abs()).sum();
        let fresh: Vec<i128> = model.fresh.values.iter().map(|v| scaled(*v)).collect();
        let most = fresh.iter().map(|v| v.abs()).max().unwrap_or(0);
        let expected = arrivals.iter().sum::<f64>() as i128 + 10;
        let whole = all.saturating_add(most.saturating_mul(4 * expected));
        let unit = i64::try_from(whole / ROOM + 1).unwrap_or(i64::MAX);
        let in_units = |minor: i128| i64::try_from(minor / i128::from(unit)).unwrap_or(0);
        let mut plan = Self {
            trials: 10_000,
            seed: 1,
            months: months.len(),
            period,
            arrivals,
            fresh: fresh.into_iter().map(in_units).collect(),
            certain: vec![0; months.len()],
            ratios: model.ratios.clone(),
            rho: model.rho,
            won: i64::try_from(won).unwrap_or(i64::MAX),
            unit,
            ..Self::default()
        };
        for (open, chance) in book.open.iter().zip(chances) {
            let value = in_units(scaled(open.minor));
            let end = chance.played.last().copied().unwrap_or(0.0);
            if what_if.deals.get(&open.deal) == Some(&Fate::Won) {
                if let Some(month) = chance.played.iter().position(|p| *p >= 1.0) {
                    plan.certain[month] += value;
                }
            } else if end > 0.0 {
                plan.deals.push(open.deal);
                plan.thresholds.push(normal_quantile(end.min(1.0)));
                plan.values.push(value);
                let shares = chance.played.iter().map(|p| share(p / end));
                plan.when.extend(shares);
            }
        }
        plan
    }

    /// The mean of the ratios of values.
    #[must_use]
    pub fn mean_ratio(&self) -> f64 {
        let sum: i64 = self.ratios.iter().map(|r| i64::from(*r)).sum();
        match self.ratios.len() {
            0 => 1.0,
            n => sum as f64 / n as f64 / f64::from(PARTS),
        }
    }

    /// All of it as 64-bit words, for another thread.
    #[must_use]
    pub fn to_words(&self) -> Vec<u64> {
        let mut out = vec![
            u64::from(self.trials),
            self.seed,
            self.months as u64,
            self.period.0 as u64,
            self.period.1 as u64,
            self.rho.to_bits(),
            self.won as u64,
            self.unit as u64,
        ];
        let mut column = |words: &mut dyn Iterator<Item = u64>| {
            let at = out.len();
            out.push(0);
            out.extend(words);
            out[at] = (out.len() - at - 1) as u64;
        };
        column(&mut self.deals.iter().map(|d| d.raw()));
        column(&mut self.thresholds.iter().map(|x| x.to_bits()));
        column(&mut self.when.iter().map(|x| u64::from(*x)));
        column(&mut self.values.iter().map(|x| *x as u64));
        column(&mut self.ratios.iter().map(|x| *x as u64));
        column(&mut self.arrivals.iter().map(|x| x.to_bits()));
        column(&mut self.fresh.iter().map(|x| *x as u64));
        column(&mut self.certain.iter().map(|x| *x as u64));
        out
    }

    /// Reads what [`Plan::to_words`] wrote; none where it is anything else.
    #[must_use]
    pub fn from_words(words: &[u64]) -> Option<Self> {
        let mut at = words.iter().copied();
        let mut next = || at.next();
        let (trials, seed, months) = (next()?, next()?, next()?);
        let (first, after, rho) = (next()?, next()?, next()?);
        let (won, unit) = (next()?, next()?);
        let mut column = || -> Option<Vec<u64>> {
            let n = usize::try_from(at.next()?).ok()?;
            let column: Vec<u64> = at.by_ref().take(n).collect();
            (column.len() == n).then_some(column)
        };
        let plan = Self {
            trials: u32::try_from(trials).ok()?,
            seed,
            months: usize::try_from(months).ok()?,
            period: (usize::try_from(first).ok()?, usize::try_from(after).ok()?),
            rho: f64::from_bits(rho),
            won: won as i64,
            unit: unit as i64,
            deals: column()?.into_iter().map(DealId).collect(),
            thresholds: column()?.into_iter().map(f64::from_bits).collect(),
            when: column()?.into_iter().map(|x| x as u32).collect(),
            values: column()?.into_iter().map(|x| x as i64).collect(),
            ratios: column()?.into_iter().map(|x| x as i32).collect(),
            arrivals: column()?.into_iter().map(f64::from_bits).collect(),
            fresh: column()?.into_iter().map(|x| x as i64).collect(),
            certain: column()?.into_iter().map(|x| x as i64).collect(),
        };
        let n = plan.deals.len();
        let fits = plan.thresholds.len() == n
            && plan.values.len() == n
            && plan.when.len() == n * plan.months
            && plan.arrivals.len() == plan.months
            && plan.certain.len() == plan.months
            && plan.period.1 <= plan.months;
        fits.then_some(plan)
    }
}
