//! What was done for deals that were won, and for those that were lost.

use super::facts::Facts;
use super::period::Period;
use super::select::Selection;
use super::stats::sample::Sample;
use super::stats::test::{RankTest, holm, mann_whitney};
use crate::domain::activity::ActivityKind;
use crate::domain::deal::Status;

/// Done activities per deal of the deals closed in a time, by kind in the order of
/// `ActivityKind::ALL`; notes count as done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mix {
    /// Of deals won: how many of each kind each deal had.
    pub won: [Sample; 5],
    /// Of deals lost.
    pub lost: [Sample; 5],
}

/// Whether deals that were won had more of a kind than those that were lost.
#[derive(Clone, Debug, PartialEq)]
pub struct MixTest {
    /// Which kind.
    pub kind: ActivityKind,
    /// The test; `ahead` is the chance that a deal won had more of it than one lost.
    pub test: RankTest,
    /// Its p value, corrected for testing all kinds at once (Holm).
    pub corrected: f64,
}

impl Mix {
    /// Counts the deals closed in a time.
    #[must_use]
    pub fn of(facts: &Facts, of: &Selection, period: Period) -> Self {
        let mut mix = Self::default();
        of.each(|row| {
            if period.holds(facts.closed[row]) {
                mix.note(facts, row, 1);
            }
        });
        mix
    }

    #[inline(always)]
    pub(super) fn note(&mut self, facts: &Facts, row: usize, sign: i32) {
        let group = match facts.status[row] {
            Status::Won => &mut self.won,
            Status::Lost => &mut self.lost,
            Status::Open | Status::OnHold => return,
        };
        for (sample, count) in group.iter_mut().zip(facts.done[row]) {
            sample.shift(count.into(), sign);
        }
    }

    /// Done activities of a kind per deal: won, lost.
    #[must_use]
    pub fn per_deal(&self, kind: ActivityKind) -> (Option<f64>, Option<f64>) {
        let at = kind as usize;
        (self.won[at].mean(), self.lost[at].mean())
    }

    /// The kinds of which won and lost deals can be compared. A difference says what went
    /// together, not what caused what.
    #[must_use]
    pub fn tests(&self) -> Vec<MixTest> {
        let found: Vec<(ActivityKind, RankTest)> = ActivityKind::ALL
            .iter()
            .filter_map(|kind| {
                let at = *kind as usize;
                Some((*kind, mann_whitney(&self.won[at], &self.lost[at])?))
            })
            .collect();
        let p: Vec<f64> = found.iter().map(|(_, t)| t.test.p).collect();
        let tests = found.into_iter().zip(holm(&p));
        tests
            .map(|((kind, test), corrected)| MixTest {
                kind,
                test,
                corrected,
            })
            .collect()
    }
}
