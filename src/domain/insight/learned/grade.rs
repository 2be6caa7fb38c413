//! How good a score is, on deals it has not seen.

use crate::domain::insight::stats::special::student_quantile;
use crate::domain::insight::stats::{Interval, Rate};
use crate::domain::order::Order;

/// What a score did on later deals.
#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    /// How many deals of the test, and how many of them were won.
    pub test: Rate,
    /// How many deals it was learned from, and how many of them were won.
    pub learned: Rate,
    /// The chance that a deal that was won has a higher score than one that was lost; one half is
    /// what guessing gives.
    pub auc: f64,
    /// Its 95 % interval (Hanley and McNeil 1982).
    pub auc_interval: Interval,
    /// The mean of (score − what came)²; less is better.
    pub brier: f64,
    /// The same of always saying the win rate of the deals it was learned from.
    pub brier_base: f64,
    /// Brier − that of the base rate: below 0 it is better, with the 95 % interval of the mean of
    /// the paired differences (Student).
    pub difference: f64,
    /// That interval.
    pub difference_interval: Interval,
    /// Deals by what was said of them, the lowest first.
    pub bins: Vec<Bin>,
}

/// Deals of which about the same was said.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    /// The mean of what was said, 0 to 1.
    pub said: f64,
    /// What came.
    pub came: Rate,
}

/// Whether the score is any good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Better than the base rate, by more than chance.
    Better,
    /// No better than the base rate.
    NoBetter,
    /// Worse than the base rate, by more than chance.
    Worse,
}

/// Parts of the reliability curve.
const BINS: usize = 6;

/// The area under the curve of scores, draws counting half (Mann–Whitney); none where all were won
/// or none was.
#[must_use]
pub fn auc(said: &[f64], won: &[bool]) -> Option<f64> {
    let mut order: Vec<usize> = (0..said.len()).collect();
    order.order_by(|a, b| said[*a].total_cmp(&said[*b]));
    let wins = won.iter().filter(|w| **w).count() as f64;
    let losses = won.len() as f64 - wins;
    if wins == 0.0 || losses == 0.0 {
        return None;
    }
    let (mut at, mut below, mut sum) = (0, 0.0, 0.0);
    while at < order.len() {
        let mut end = at;
        while end < order.len() && said[order[end]] == said[order[at]] {
            end += 1;
        }
        let won_here = order[at..end].iter().filter(|o| won[**o]).count() as f64;
        let lost_here = (end - at) as f64 - won_here;
        sum += won_here * (below + 0.5 * lost_here);
        below += lost_here;
        at = end;
    }
    Some(sum / (wins * losses))
}

/// The mean of (said − came)².
#[must_use]
pub fn brier(said: &[f64], won: &[bool]) -> f64 {
    let off = |(p, won): (&f64, &bool)| (p - f64::from(u8::from(*won))).powi(2);
    said.iter().zip(won).map(off).sum::<f64>() / said.len().max(1) as f64
}

impl Grade {
    /// Grades what was said of the deals of the test. None where all were won or none was.
    #[must_use]
    pub fn of(said: &[f64], won: &[bool], learned: Rate) -> Option<Self> {
        let auc = auc(said, won)?;
        let n = said.len() as f64;
        let wins = won.iter().filter(|w| **w).count();
        let base = learned.value()?;
        let came = |won: bool| f64::from(u8::from(won));
        let off: Vec<f64> = (said.iter().zip(won))
            .map(|(p, won)| (p - came(*won)).powi(2) - (base - came(*won)).powi(2))
            .collect();
        let mean = off.iter().sum::<f64>() / n;
        let variance = off.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
        let reach = student_quantile(0.025, (n - 1.0).max(1.0)) * (variance / n).sqrt();
        let bases = vec![base; said.len()];
        Some(Self {
            test: Rate::new(wins as u64, said.len() as u64),
            learned,
            auc,
            auc_interval: auc_interval(auc, wins as f64, n - wins as f64),
            brier: brier(said, won),
            brier_base: brier(&bases, won),
            difference: mean,
            difference_interval: Interval {
                low: mean - reach,
                high: mean + reach,
            },
            bins: bins(said, won),
        })
    }

    /// Whether it is any good: decided by the interval of the difference.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let Interval { low, high } = self.difference_interval;
        // A score that gives everybody the base rate differs from it by roundings alone.
        const ROUNDING: f64 = 1e-9;
        if high < -ROUNDING {
            Verdict::Better
        } else if low > ROUNDING {
            Verdict::Worse
        } else {
            Verdict::NoBetter
        }
    }
}

/// Hanley and McNeil (1982), kept within 0 and 1.
fn auc_interval(auc: f64, wins: f64, losses: f64) -> Interval {
    let (q1, q2) = (auc / (2.0 - auc), 2.0 * auc * auc / (1.0 + auc));
    let square = auc * auc;
    let variance =
        (auc * (1.0 - auc) + (wins - 1.0) * (q1 - square) + (losses - 1.0) * (q2 - square))
            / (wins * losses);
    let reach = crate::domain::insight::stats::Z95 * variance.max(0.0).sqrt();
    Interval {
        low: (auc - reach).max(0.0),
        high: (auc + reach).min(1.0),
    }
}

/// Equally many deals in each, by what was said of them; equal scores stay together.
fn bins(said: &[f64], won: &[bool]) -> Vec<Bin> {
    let mut order: Vec<usize> = (0..said.len()).collect();
    order.order_by(|a, b| said[*a].total_cmp(&said[*b]));
    let mut bins = Vec::new();
    let mut at = 0;
    for bin in 1..=BINS {
        let mut end = (order.len() * bin / BINS).max(at);
        while end > at && end < order.len() && said[order[end]] == said[order[end - 1]] {
            end += 1;
        }
        let here = &order[at..end];
        if !here.is_empty() {
            let sum: f64 = here.iter().map(|o| said[*o]).sum();
            let wins = here.iter().filter(|o| won[**o]).count();
            bins.push(Bin {
                said: sum / here.len() as f64,
                came: Rate::new(wins as u64, here.len() as u64),
            });
        }
        at = end;
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_score_a_guess_and_one_turned_round() {
        let won: Vec<bool> = (0..100).map(|n| n % 2 == 0).collect();
        let learned = Rate::new(50, 100);
        let perfect: Vec<f64> = won.iter().map(|w| if *w { 0.95 } else { 0.05 }).collect();
        let grade = Grade::of(&perfect, &won, learned).unwrap();
        assert_eq!((grade.auc, grade.verdict()), (1.0, Verdict::Better));
        assert!((grade.brier - 0.0025).abs() < 1e-12 && (grade.brier_base - 0.25).abs() < 1e-12);
        assert_eq!(grade.bins.len(), 2);
        let guess = vec![0.5; 100];
        let grade = Grade::of(&guess, &won, learned).unwrap();
        assert_eq!((grade.auc, grade.verdict()), (0.5, Verdict::NoBetter));
        assert_eq!(grade.bins.len(), 1);
        let turned: Vec<f64> = perfect.iter().map(|p| 1.0 - p).collect();
        let grade = Grade::of(&turned, &won, learned).unwrap();
        assert_eq!((grade.auc, grade.verdict()), (0.0, Verdict::Worse));
        assert_eq!(Grade::of(&[0.5], &[true], learned), None);
    }

    #[test]
    fn bins_hold_every_deal_once() {
        let said: Vec<f64> = (0..97).map(|n| f64::from(n / 3) / 40.0).collect();
        let won: Vec<bool> = (0..97).map(|n| n % 5 == 0).collect();
        let all: u64 = bins(&said, &won).iter().map(|b| b.came.n).sum();
        assert_eq!(all, 97);
    }
}
