//! What the grading comes to: how far off, how often within the interval, how true the chances.

use super::{Giver, Shot, Way};
use crate::domain::deal::ForecastCategory;
use crate::domain::insight::period::Period;
use crate::domain::insight::stats::Rate;
use crate::domain::insight::stats::binomial::{at_least, at_most};

/// How far off a way of forecasting was. Amounts in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Off {
    /// Which way.
    pub way: Way,
    /// Of how many forecasts.
    pub n: u64,
    /// The mean of said less came: above 0 it said too much.
    pub bias: i128,
    /// The mean of how far off it was either way (mean absolute error).
    pub error: i128,
}

/// How true the chances were that a giver gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truth {
    /// Who gave them.
    pub giver: Giver,
    /// To how many deals, counted at each forecast.
    pub n: u64,
    /// The mean square of chance less outcome (Brier 1950): 0 is best, 0.25 is always saying
    /// one half.
    pub brier: f64,
    /// By how much that is better (below 0) or worse than the base rate, from forecast to forecast.
    pub against: f64,
    /// The standard error of it, over the forecasts; none of fewer than two.
    pub error: Option<f64>,
}

impl Truth {
    /// Whether it is better than the base rate by more than chance allows (two standard errors).
    #[must_use]
    pub fn is_better(&self) -> bool {
        self.error.is_some_and(|e| self.against < -2.0 * e)
    }
}

/// Chances of a range, and what came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// The least chance, 0 to 1.
    pub from: f64,
    /// The greatest.
    pub to: f64,
    /// The mean of the chances.
    pub said: f64,
    /// How many were won, of how many.
    pub came: Rate,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// How many forecasts.
    pub shots: u64,
    /// Of how many periods.
    pub periods: u64,
    /// What came in the mean, in minor units.
    pub mean: i128,
    /// How far off each way was, as [`Way::ALL`].
    pub off: Vec<Off>,
    /// How often what came was within the interval of the simulation.
    pub covered: Rate,
    /// How likely it is to be as far from eight in ten as this, or farther, if eight in ten were
    /// true; counted by periods, as forecasts of one period go together.
    pub covered_odds: Option<f64>,
    /// How true the chances were, as [`Giver::ALL`].
    pub truths: Vec<Truth>,
    /// For each giver, chances in tenths and what came of them.
    pub curves: Vec<Vec<Bin>>,
    /// For each category how many deals expected in a period were won in it.
    pub categories: Vec<(ForecastCategory, Rate)>,
}

/// Counts it all up.
#[must_use]
pub fn report(shots: &[Shot]) -> Report {
    let n = shots.len() as u64;
    let mut periods: Vec<Period> = shots.iter().map(|s| s.period).collect();
    periods.dedup();
    let whole = i128::from(n.max(1));
    let inside = |s: &&Shot| s.low <= s.came && s.came <= s.high;
    let covered = Rate::new(shots.iter().filter(inside).count() as u64, n);
    let off = |(at, way): (usize, &Way)| {
        let errors = || shots.iter().map(move |s| s.said[at] - s.came);
        Off {
            way: *way,
            n,
            bias: errors().sum::<i128>() / whole,
            error: errors().map(i128::abs).sum::<i128>() / whole,
        }
    };
    Report {
        shots: n,
        periods: periods.len() as u64,
        mean: shots.iter().map(|s| s.came).sum::<i128>() / whole,
        off: Way::ALL.iter().enumerate().map(off).collect(),
        covered,
        covered_odds: odds(covered, periods.len() as u64),
        truths: (0..Giver::ALL.len())
            .filter_map(|g| truth(shots, g))
            .collect(),
        curves: (0..Giver::ALL.len()).map(|g| curve(shots, g)).collect(),
        categories: categories(shots),
    }
}

/// Two-sided odds that a share of periods is as far from eight in ten.
fn odds(covered: Rate, periods: u64) -> Option<f64> {
    let share = covered.value()?;
    let inside = (share * periods as f64).round() as u64;
    let tail = at_most(inside, periods, 0.8).min(at_least(inside, periods, 0.8));
    Some((2.0 * tail).min(1.0))
}

fn square(chance: f64, won: bool) -> f64 {
    let off = chance - f64::from(u8::from(won));
    off * off
}

fn truth(shots: &[Shot], giver: usize) -> Option<Truth> {
    let base = Giver::ALL.len() - 1;
    let (mut n, mut sum) = (0_u64, 0.0);
    let mut differences = Vec::new();
    for shot in shots.iter().filter(|s| !s.guesses.is_empty()) {
        let brier = |g: usize| -> f64 {
            let all = shot.guesses.iter();
            all.map(|guess| square(guess.chances[g], guess.won)).sum()
        };
        let (own, other) = (brier(giver), brier(base));
        sum += own;
        n += shot.guesses.len() as u64;
        differences.push((own - other) / shot.guesses.len() as f64);
    }
    if n == 0 {
        return None;
    }
    let many = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / many;
    let spread: f64 = differences.iter().map(|d| (d - mean).powi(2)).sum();
    Some(Truth {
        giver: Giver::ALL[giver],
        n,
        brier: sum / n as f64,
        against: mean,
        error: (differences.len() > 1).then(|| (spread / (many - 1.0) / many).sqrt()),
    })
}

/// Pairs of a chance and whether it came true, in tenths of the chance. Ranges without any are left
/// out.
#[must_use]
pub fn bins(pairs: impl Iterator<Item = (f64, bool)>) -> Vec<Bin> {
    let mut bins: Vec<Bin> = (0..10)
        .map(|n| Bin {
            from: f64::from(n) / 10.0,
            to: f64::from(n + 1) / 10.0,
            ..Bin::default()
        })
        .collect();
    for (chance, won) in pairs {
        let bin = &mut bins[((chance * 10.0) as usize).min(9)];
        bin.said += chance;
        bin.came = Rate::new(bin.came.part + u64::from(won), bin.came.n + 1);
    }
    bins.retain(|bin| bin.came.n > 0);
    for bin in &mut bins {
        bin.said /= bin.came.n as f64;
    }
    bins
}

fn curve(shots: &[Shot], giver: usize) -> Vec<Bin> {
    let guesses = shots.iter().flat_map(|s| &s.guesses);
    bins(guesses.map(|g| (g.chances[giver], g.won)))
}

fn categories(shots: &[Shot]) -> Vec<(ForecastCategory, Rate)> {
    let count = |category: &ForecastCategory| {
        let guesses = shots.iter().flat_map(|s| &s.guesses);
        let own = guesses.filter(|g| g.category == Some(*category));
        let (mut won, mut n) = (0, 0);
        for guess in own {
            n += 1;
            won += u64::from(guess.won);
        }
        (*category, Rate::new(won, n))
    };
    ForecastCategory::ALL.iter().rev().map(count).collect()
}
