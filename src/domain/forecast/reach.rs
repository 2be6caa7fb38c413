//! How likely it is that what is missing for a quota is still won.

use super::outcome::{Outcome, Range, quantile};
use crate::domain::insight::stats::Rate;

/// What is still won in a period, trial by trial.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Ascending, minor units.
    to_come: Vec<i64>,
}

/// A factor that changes nothing, per mille.
pub const UNCHANGED: i64 = 1_000;

impl Reach {
    /// From a simulation that began with nothing won.
    #[must_use]
    pub fn new(outcome: Outcome) -> Self {
        Self {
            to_come: outcome.totals,
        }
    }

    /// In how many trials at least so much more is won, minor units, if all that is won is `factor`
    /// per mille of what the simulation has.
    #[must_use]
    pub fn chance(&self, missing: i128, factor: i64) -> Rate {
        let factor = i128::from(factor.max(0));
        let short = |won: &i64| i128::from(*won) * factor < missing * i128::from(UNCHANGED);
        let n = self.to_come.len();
        let below = self.to_come.partition_point(short);
        Rate::new((n - below) as u64, n as u64)
    }

    /// What is still won, in three numbers, with the same factor.
    #[must_use]
    pub fn range(&self, factor: i64) -> Range {
        let of = |share| {
            let minor = quantile(&self.to_come, share) * i128::from(factor.max(0));
            minor / i128::from(UNCHANGED)
        };
        Range {
            low: of(0.1),
            middle: of(0.5),
            high: of(0.9),
        }
    }
}

/// How much a quota asks, by the chance to reach it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Realism {
    /// Less than one in ten.
    Hardly,
    /// Less than four in ten.
    Ambitious,
    /// Up to eight in ten.
    Realistic,
    /// More.
    Easy,
}

impl Realism {
    /// Of a chance, 0 to 1.
    #[must_use]
    pub fn of(chance: f64) -> Self {
        match chance {
            p if p < 0.1 => Self::Hardly,
            p if p < 0.4 => Self::Ambitious,
            p if p <= 0.8 => Self::Realistic,
            _ => Self::Easy,
        }
    }

    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Hardly => "Hardly realistic",
            Self::Ambitious => "Ambitious",
            Self::Realistic => "Realistic",
            Self::Easy => "Easily reached",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(totals: &[i64]) -> Reach {
        Reach::new(Outcome {
            totals: totals.to_vec(),
            ..Outcome::default()
        })
    }

    #[test]
    fn the_chance_counts_trials_that_bring_enough() {
        let reach = reach(&[0, 100, 200, 300]);
        let chance = |missing, factor| reach.chance(missing, factor).value();
        assert_eq!(chance(200, UNCHANGED), Some(0.5));
        assert_eq!(chance(201, UNCHANGED), Some(0.25));
        assert_eq!(chance(0, UNCHANGED), Some(1.0));
        assert_eq!(chance(301, UNCHANGED), Some(0.0));
        // Half as much again: 0, 150, 300, 450.
        assert_eq!(chance(301, 1_500), Some(0.25));
        assert_eq!(chance(1, 0), Some(0.0));
        assert_eq!(reach.range(500).middle, 75);
    }

    #[test]
    fn of_no_trials_nothing_is_said() {
        let none = reach(&[]);
        assert_eq!(none.chance(1, UNCHANGED).value(), None);
        assert_eq!(none.range(UNCHANGED), Range::default());
    }

    #[test]
    fn words_follow_the_chance() {
        let labels = [0.0, 0.1, 0.4, 0.8, 0.81].map(|p| Realism::of(p).label());
        assert_eq!(
            labels,
            [
                "Hardly realistic",
                "Ambitious",
                "Realistic",
                "Realistic",
                "Easily reached"
            ]
        );
    }
}
