//! What came of a simulation.

use super::model::{PARTS, given};
use super::plan::Plan;
use super::simulate::{STRATA, common};
use crate::domain::ids::DealId;
use crate::domain::order::Order;

/// A low, a middle and a high amount, in minor units: of ten cases, one is below the first and one
/// above the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// One of ten is below.
    pub low: i128,
    /// One of two is below.
    pub middle: i128,
    /// One of ten is above.
    pub high: i128,
}

/// What a deal adds to the expected amount and to how far it can be off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Which deal.
    pub deal: DealId,
    /// Its chance to be won in the period.
    pub chance: f64,
    /// What it brings in the mean, in minor units.
    pub mean: i128,
    /// Its share of the variance, 0 to 1.
    pub risk: f64,
}

/// What came of a simulation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// What is won in the period, with what was won already: of each trial, ascending, minor units.
    pub totals: Vec<i64>,
    /// The same in three numbers.
    pub range: Range,
    /// The mean of it.
    pub mean: i128,
    /// For each month ahead what is won in it.
    pub months: Vec<Range>,
    /// For each month ahead what is won in the period by its end, with what was won already.
    pub by_then: Vec<Range>,
    /// What each deal adds, the riskiest first.
    pub parts: Vec<Part>,
    /// What new deals bring in the mean, and their share of the variance.
    pub arrivals: (i128, f64),
}

/// The number below which a share of numbers in order lies: linear between neighbours (type 7 of
/// Hyndman and Fan, as numpy has it). 0 of nothing.
#[must_use]
pub fn quantile(sorted: &[i64], share: f64) -> i128 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return 0;
    };
    let place = share.clamp(0.0, 1.0) * last as f64;
    let at = (place as usize).min(last);
    let (low, high) = (
        i128::from(sorted[at]),
        i128::from(sorted[(at + 1).min(last)]),
    );
    // The part between two in millionths: money stays whole.
    let part = ((place - at as f64) * 1e6).round() as i128;
    low + ((high - low) * part + 500_000).div_euclid(1_000_000)
}

fn range(column: &mut [i64], unit: i64) -> Range {
    column.sort_unstable();
    let of = |share| quantile(column, share) * i128::from(unit);
    Range {
        low: of(0.1),
        middle: of(0.5),
        high: of(0.9),
    }
}

impl Outcome {
    /// From what was won by month and trial, in units.
    pub(super) fn new(plan: &Plan, won: Vec<i64>) -> Self {
        let trials = plan.trials as usize;
        let (first, after) = plan.period;
        let base = plan.won / plan.unit.max(1);
        let mut running = vec![base; trials];
        let (mut months, mut by_then) = (Vec::new(), Vec::new());
        let mut column = vec![0_i64; trials];
        for month in 0..plan.months {
            let of_month = &won[month * trials..(month + 1) * trials];
            if (first..after).contains(&month) {
                for (sum, more) in running.iter_mut().zip(of_month) {
                    *sum += more;
                }
            }
            column.copy_from_slice(of_month);
            months.push(range(&mut column, plan.unit));
            column.copy_from_slice(&running);
            by_then.push(range(&mut column, plan.unit));
        }
        let mut totals = running;
        let whole = range(&mut totals, plan.unit);
        for total in &mut totals {
            *total = total.saturating_mul(plan.unit);
        }
        let sum: i128 = totals.iter().map(|t| i128::from(*t)).sum();
        let (parts, arrivals) = parts(plan);
        Self {
            range: whole,
            mean: sum / (trials.max(1) as i128),
            totals,
            months,
            by_then,
            parts,
            arrivals,
        }
    }

    /// The share of trials in which at least so much is won, 0 to 1; none of no trials.
    #[must_use]
    pub fn at_least(&self, minor: i128) -> Option<f64> {
        let below = self.totals.partition_point(|t| i128::from(*t) < minor);
        let n = self.totals.len();
        (n > 0).then(|| (n - below) as f64 / n as f64)
    }

    /// All of it as 64-bit words, for another thread.
    #[must_use]
    pub fn to_words(&self) -> Vec<u64> {
        let mut out = vec![
            self.totals.len() as u64,
            self.months.len() as u64,
            self.parts.len() as u64,
            self.mean as u64,
            self.arrivals.0 as u64,
            self.arrivals.1.to_bits(),
        ];
        out.extend(self.totals.iter().map(|t| *t as u64));
        for r in std::iter::once(&self.range)
            .chain(&self.months)
            .chain(&self.by_then)
        {
            out.extend([r.low as u64, r.middle as u64, r.high as u64]);
        }
        for part in &self.parts {
            out.extend([
                part.deal.0,
                part.chance.to_bits(),
                part.mean as u64,
                part.risk.to_bits(),
            ]);
        }
        out
    }

    /// Reads what [`Outcome::to_words`] wrote; none where it is anything else.
    #[must_use]
    pub fn from_words(words: &[u64]) -> Option<Self> {
        let mut at = words.iter().copied();
        let head: Vec<u64> = at.by_ref().take(6).collect();
        let [totals, months, parts, mean, fresh, risk] = head[..] else {
            return None;
        };
        let whole = |w: u64| i128::from(w as i64);
        let totals: Vec<i64> = at
            .by_ref()
            .take(usize::try_from(totals).ok()?)
            .map(|w| w as i64)
            .collect();
        let mut range = || {
            let [low, middle, high] = [at.next()?, at.next()?, at.next()?].map(whole);
            Some(Range { low, middle, high })
        };
        let whole_range = range()?;
        let by_month: Option<Vec<Range>> = (0..months).map(|_| range()).collect();
        let by_then: Option<Vec<Range>> = (0..months).map(|_| range()).collect();
        let part = |_| {
            Some(Part {
                deal: DealId(at.next()?),
                chance: f64::from_bits(at.next()?),
                mean: whole(at.next()?),
                risk: f64::from_bits(at.next()?),
            })
        };
        let parts: Option<Vec<Part>> = (0..parts).map(part).collect();
        Some(Self {
            totals,
            range: whole_range,
            mean: whole(mean),
            months: by_month?,
            by_then: by_then?,
            parts: parts?,
            arrivals: (whole(fresh), f64::from_bits(risk)),
        })
    }
}

/// What each deal adds to mean and variance, worked out and not drawn: the variance of a deal given
/// how good times are, and how it goes along with all others.
fn parts(plan: &Plan) -> (Vec<Part>, (i128, f64)) {
    let (n, months) = (plan.values.len(), plan.months);
    let (first, after) = plan.period;
    let ratio = plan.mean_ratio();
    let square = match plan.ratios.len() {
        0 => 1.0,
        len => {
            let squares = plan.ratios.iter().map(|r| f64::from(*r) * f64::from(*r));
            squares.sum::<f64>() / len as f64 / f64::from(PARTS * PARTS)
        }
    };
    let in_period = |deal: usize| {
        let row = &plan.when[deal * months..(deal + 1) * months];
        let by = |month: usize| month.checked_sub(1).map_or(0.0, |m| f64::from(row[m]));
        (by(after) - by(first)).max(0.0) / 4_294_967_295.0
    };
    let shares: Vec<f64> = (0..n).map(in_period).collect();
    let count = plan.fresh.len().max(1) as f64;
    let fresh_mean = plan.fresh.iter().map(|v| *v as f64).sum::<f64>() / count;
    let fresh_square = plan.fresh.iter().map(|v| (*v as f64).powi(2)).sum::<f64>() / count;
    let expected: f64 = plan
        .arrivals
        .get(first..after)
        .unwrap_or_default()
        .iter()
        .sum();
    let mut mean = vec![0.0; n];
    let mut chance = vec![0.0; n];
    let mut own = vec![0.0; n];
    let mut along = vec![0.0; n];
    let (mut all, mut new, mut new_along) = (0.0, 0.0, 0.0);
    let weight = 1.0 / STRATA as f64;
    let mut rows = Vec::with_capacity(STRATA);
    let mut played = Vec::with_capacity(STRATA * n);
    for stratum in 0..STRATA {
        let z = common(stratum);
        let mut total = 0.0;
        for deal in 0..n {
            let p = given(plan.thresholds[deal], plan.rho, z) * shares[deal];
            played.push(p);
            let value = plan.values[deal] as f64;
            let m = p * value * ratio;
            total += m;
            chance[deal] += weight * p;
            mean[deal] += weight * m;
            own[deal] += weight * (p * value * value * square - m * m);
        }
        let usual = given(normal_tenth(), plan.rho, z) / 0.1;
        let fresh = expected * usual * fresh_mean;
        total += fresh;
        new += weight * fresh;
        all += weight * total;
        rows.push((total, fresh));
    }
    for (stratum, (total, fresh)) in rows.into_iter().enumerate() {
        let off = total - all;
        for deal in 0..n {
            let p = played[stratum * n + deal];
            along[deal] += weight * p * plan.values[deal] as f64 * ratio * off;
        }
        new_along += weight * fresh * off;
    }
    let of_new = expected * fresh_square + new_along;
    let variance: f64 = own.iter().chain(&along).sum::<f64>() + of_new;
    let share = |x: f64| if variance > 0.0 { x / variance } else { 0.0 };
    let minor = |units: f64| (units.round() as i128) * i128::from(plan.unit);
    let mut parts: Vec<Part> = (0..n)
        .map(|deal| Part {
            deal: plan.deals[deal],
            chance: chance[deal],
            mean: minor(mean[deal]),
            risk: share(own[deal] + along[deal]),
        })
        .collect();
    parts.order_by(|a, b| b.risk.total_cmp(&a.risk).then(b.mean.cmp(&a.mean)));
    (parts, (minor(new), share(of_new)))
}

fn normal_tenth() -> f64 {
    crate::domain::insight::stats::special::normal_quantile(0.1)
}
