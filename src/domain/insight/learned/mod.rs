//! A chance to win that is learned from the own won and lost deals, and graded on later ones.
//!
//! Logistic regression on categories with a ridge: a level of few deals is drawn to the mean, so
//! that little is made of little. The older four fifths of the deals give the weights, the newer
//! fifth says how strong the ridge is and how far apart scores may be (Platt's slope). The grade does all of that on the
//! older 70 % by close date and looks at the newer 30 %, which it has not seen. Nothing is drawn by
//! lot: the same deals give the same numbers.

mod factors;
mod fit;
mod grade;

pub use factors::{Design, Factor};
pub use fit::{Weights, fit, level, log_loss, log_odds, platt, share};
pub use grade::{Bin, Grade, Verdict, auc, brier};

use super::facts::{Day, Facts, NEVER};
use super::select::Selection;
use super::stats::test::{Test, two_shares};
use super::stats::{Interval, Rate};
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::order::Order;
use crate::domain::world::World;

/// At least so many closed deals are asked for.
pub const LEAST: u64 = 100;
/// At least so many of them won, and so many lost.
pub const EACH: u64 = 30;
/// The share of the deals, in percent, that the graded score learns from.
pub const OLDER: usize = 70;
/// A level that fewer closed deals have gets no weight.
pub const LEVEL: u64 = 8;
/// The newest so many closed deals are learned from.
pub const MOST: usize = 10_000;
/// The most columns with a weight, the most frequent ones.
const COLUMNS: usize = 300;
/// Ridges to choose from.
const RIDGES: [f64; 6] = [1.0, 3.0, 10.0, 30.0, 100.0, 300.0];

/// Why there is no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew {
    /// Deals won.
    pub won: u64,
    /// Deals lost.
    pub lost: u64,
}

impl TooFew {
    /// Why, in a sentence.
    #[must_use]
    pub fn words(&self) -> String {
        format!(
            "A score is learned from at least {LEAST} closed deals, {EACH} of them won and {EACH} lost. So far {} are won and {} lost.",
            self.won, self.lost
        )
    }
}

/// What is learned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// What the columns add.
    pub weights: Weights,
    /// How strongly weights were drawn to nothing.
    pub ridge: f64,
    /// The line of the calibration: slope and shift.
    pub line: (f64, f64),
    /// What each factor adds in the mean, calibrated.
    means: Vec<f64>,
    /// Deals won of those it learned from.
    pub learned: Rate,
}

/// A score with its reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The chance to win, 0 to 1.
    pub chance: f64,
    /// The log-odds of a deal that is average in everything.
    pub base: f64,
    /// What each factor adds, the strongest first. Base and these add up to the log-odds.
    pub reasons: Vec<Reason>,
}

/// What one factor adds to a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The factor's name.
    pub factor: String,
    /// What the deal is in it.
    pub level: String,
    /// What that adds to the log-odds, against the average deal.
    pub log_odds: f64,
    /// Closed deals that are the same in it, and how many were won.
    pub rate: Rate,
}

impl Model {
    /// Learns from rows, the oldest first.
    #[must_use]
    pub fn learn(design: &Design, rows: &[u32], won: &[bool]) -> Self {
        let cut = rows.len() * 4 / 5;
        let (old, new) = rows.split_at(cut);
        let (old_won, new_won) = won.split_at(cut);
        let mut frequent: Vec<(u64, u32)> = factors::counts(design, old, old_won)
            .into_iter()
            .filter(|(_, (_, n))| *n >= LEVEL)
            .map(|(column, (_, n))| (n, column))
            .collect();
        frequent.order_by_key(|(n, column)| (std::cmp::Reverse(*n), *column));
        let mut keep = vec![false; design.width()];
        for (n, column) in frequent.into_iter().take(COLUMNS) {
            // What all have tells nothing apart.
            keep[column as usize] = n < old.len() as u64;
        }
        let odds = |weights: &Weights| -> Vec<f64> {
            new.iter()
                .map(|row| weights.log_odds(design.columns(*row as usize)))
                .collect()
        };
        let mut best: Option<(f64, f64, Weights)> = None;
        for ridge in RIDGES {
            let weights = fit(design, old, old_won, &keep, ridge);
            let loss = log_loss(&odds(&weights), new_won);
            if best.as_ref().is_none_or(|(least, _, _)| loss < *least) {
                best = Some((loss, ridge, weights));
            }
        }
        let (_, ridge, weights) = best.unwrap_or_default();
        let (slope, _) = platt(&odds(&weights), new_won);
        // How far apart scores may be is told by the newer deals; how high they are in the mean by
        // all of them, for in a few months the win rate can be quite another.
        let all: Vec<f64> = (rows.iter())
            .map(|row| slope * weights.log_odds(design.columns(*row as usize)))
            .collect();
        let line = (slope, level(&all, won));
        let mut means = vec![0.0; design.factors.len()];
        for column in rows.iter().flat_map(|row| design.columns(*row as usize)) {
            means[design.factor_of(*column)] += line.0 * weights.columns[*column as usize];
        }
        means
            .iter_mut()
            .for_each(|m| *m /= rows.len().max(1) as f64);
        let wins = won.iter().filter(|w| **w).count();
        Self {
            weights,
            ridge,
            line,
            means,
            learned: Rate::new(wins as u64, won.len() as u64),
        }
    }

    /// The chance it gives to a row.
    #[must_use]
    pub fn chance(&self, design: &Design, row: usize) -> f64 {
        let odds = self.weights.log_odds(design.columns(row));
        share(self.line.0 * odds + self.line.1)
    }
}

/// How the win rate has moved since what was learned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift {
    /// Of the deals it learned from.
    pub learned: Rate,
    /// Of the deals closed in the 91 days up to the last closing.
    pub lately: Rate,
    /// Whether that is more than chance.
    pub test: Option<Test>,
}

/// A score learned from all closed deals, with its grade.
#[derive(Clone, Debug)]
pub struct Learned {
    /// What it is learned from, and what is scored.
    pub design: Design,
    /// What was learned.
    pub model: Model,
    /// How good it is.
    pub grade: Option<Grade>,
    /// How the win rate moved.
    pub drift: Drift,
    /// Closed rows by what they had, for the reasons.
    counts: std::collections::HashMap<u32, (u64, u64)>,
    /// The closed deals of the test, the oldest first.
    pub tested: Vec<DealId>,
    /// First and last close date of the deals of the test.
    pub test_days: (Day, Day),
}

/// Deals that were won or lost in some rows, the oldest first: rows, whether won, days.
fn closed(facts: &Facts, of: &Selection) -> (Vec<u32>, Vec<bool>, Vec<Day>) {
    let ended = |row: &usize| {
        matches!(facts.status[*row], Status::Won | Status::Lost) && facts.closed[*row] != NEVER
    };
    let mut rows: Vec<u32> = of.rows().filter(ended).map(|row| row as u32).collect();
    rows.order_by_key(|row| (facts.closed[*row as usize], facts.ids[*row as usize]));
    rows.drain(..rows.len().saturating_sub(MOST));
    let won = rows
        .iter()
        .map(|row| facts.status[*row as usize] == Status::Won)
        .collect();
    let days = rows.iter().map(|row| facts.closed[*row as usize]).collect();
    (rows, won, days)
}

impl Learned {
    /// Learns from all closed deals among some, and grades what the older ones teach.
    ///
    /// # Errors
    /// [`TooFew`] where there are not enough.
    pub fn of(world: &World, facts: &Facts, of: &Selection) -> Result<Self, TooFew> {
        let (rows, won, days) = closed(facts, of);
        let wins = won.iter().filter(|w| **w).count() as u64;
        let few = TooFew {
            won: wins,
            lost: won.len() as u64 - wins,
        };
        if (won.len() as u64) < LEAST || few.won < EACH || few.lost < EACH {
            return Err(few);
        }
        let design = Design::of(world, facts);
        // Deals closed on one day stay together, so that the test has only later ones.
        let mut cut = rows.len() * OLDER / 100;
        while cut < rows.len() && days[cut] == days[cut - 1] {
            cut += 1;
        }
        let graded = Model::learn(&design, &rows[..cut], &won[..cut]);
        let said: Vec<f64> = rows[cut..]
            .iter()
            .map(|row| graded.chance(&design, *row as usize))
            .collect();
        let grade = Grade::of(&said, &won[cut..], graded.learned);
        let last = days[days.len() - 1];
        let first_lately = days.partition_point(|day| *day <= last - 91);
        let rate =
            |won: &[bool]| Rate::new(won.iter().filter(|w| **w).count() as u64, won.len() as u64);
        let (before, lately) = won.split_at(first_lately);
        let drift = Drift {
            learned: rate(before),
            lately: rate(lately),
            test: two_shares(rate(before), rate(lately)),
        };
        let end = |at: usize| days.get(at).copied().unwrap_or(last);
        Ok(Self {
            model: Model::learn(&design, &rows, &won),
            counts: factors::counts(&design, &rows, &won),
            tested: rows[cut..]
                .iter()
                .map(|row| facts.ids[*row as usize])
                .collect(),
            test_days: (end(cut), last),
            design,
            grade,
            drift,
        })
    }

    /// The score of a deal that is in the facts, with its reasons.
    #[must_use]
    pub fn score(&self, row: usize) -> Score {
        let (slope, shift) = self.model.line;
        let mut reasons: Vec<Reason> = Vec::new();
        let mut base = slope * self.model.weights.intercept + shift;
        for (factor, mean) in self.design.factors.iter().zip(&self.model.means) {
            base += mean;
            let ends = factor.first..factor.first + factor.levels.len() as u32;
            let columns = self.design.columns(row).iter();
            let own: Vec<u32> = columns.copied().filter(|c| ends.contains(c)).collect();
            let added: f64 = own
                .iter()
                .map(|c| slope * self.model.weights.columns[*c as usize])
                .sum();
            let levels: Vec<&str> = own.iter().map(|c| self.design.level(*c)).collect();
            // Of several products it is the first that is counted.
            let (won, n) = own
                .first()
                .and_then(|c| self.counts.get(c))
                .copied()
                .unwrap_or_default();
            reasons.push(Reason {
                factor: factor.name.clone(),
                level: levels.join(", "),
                log_odds: added - mean,
                rate: Rate::new(won, n),
            });
        }
        let sum: f64 = reasons.iter().map(|r| r.log_odds).sum();
        reasons.order_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()));
        Score {
            chance: share(base + sum),
            base,
            reasons,
        }
    }

    /// The levels that say most, either way, the strongest first; at most so many.
    #[must_use]
    pub fn strongest(&self, most: usize) -> Vec<Reason> {
        let slope = self.model.line.0;
        let mut all: Vec<Reason> = Vec::new();
        for (column, weight) in (0_u32..).zip(&self.model.weights.columns) {
            let (won, n) = self.counts.get(&column).copied().unwrap_or_default();
            if *weight == 0.0 || n == 0 {
                continue;
            }
            let factor = self.design.factor_of(column);
            all.push(Reason {
                factor: self.design.factors[factor].name.clone(),
                level: self.design.level(column).to_owned(),
                log_odds: slope * weight - self.model.means[factor],
                rate: Rate::new(won, n),
            });
        }
        all.order_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()));
        all.truncate(most);
        all
    }

    /// The 95 % interval of the win rate of all it learned from.
    #[must_use]
    pub fn base_interval(&self) -> Option<Interval> {
        self.model.learned.interval()
    }
}

#[cfg(test)]
mod tests;
