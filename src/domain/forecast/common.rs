//! Good and bad months: how much of the risk is common to all deals.

use super::Day;
use super::ends::Hazards;
use super::life::{End, Lives};
use super::model::{AGES, Model, RHO, age_of};
use super::months::{date, of_quarter};
use crate::domain::insight::period::Period;
use crate::domain::insight::stats::special::{normal_cdf, normal_quantile};

/// What is not known counts as so many months.
const RHO_PRIOR: f64 = 6.0;
/// Good and bad months are looked for in so many.
const RHO_MONTHS: usize = 24;

/// How much of the risk is common to all deals (a Gaussian one-factor model): for small shares, the
/// number won in a month varies by more than chance alone by the share times the square of the sum
/// of the densities at the deals' thresholds. Estimated by moments over past months, drawn towards
/// [`RHO`].
pub(super) fn common_risk(model: &Model, lives: &Lives, first: Day) -> (f64, u32) {
    let (mut above, mut below, mut months) = (0.0, 0.0, 0);
    let mut end = Period::month_of(date(lives.until + 1)).from().pred_opt();
    for _ in 0..RHO_MONTHS {
        let Some(last) = end else { break };
        let month = Period::month_of(last);
        end = month.from().pred_opt();
        let (start, stop) = (month.from().to_epoch_days() - 1, last.to_epoch_days());
        if start < first + 90 {
            break;
        }
        let table = month_chances(model, start, stop);
        let (mut won, mut mean, mut chance, mut dense, mut dense2) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for life in &lives.lives {
            let Some(at) = life.steps.iter().rposition(|s| s.on <= start) else {
                continue;
            };
            let step = &life.steps[at];
            let stage = step.stage.map(usize::from).filter(|_| step.is_open());
            let Some(cell) = stage.and_then(|s| table.get(s)) else {
                continue;
            };
            let (p, density) = cell[age_of(step.age(start))];
            mean += p;
            chance += p * (1.0 - p);
            dense += density;
            dense2 += density * density;
            if matches!(life.end_after(at, lives.until), End::Won(on, _) if on <= stop) {
                won += 1.0;
            }
        }
        let off: f64 = won - mean;
        above += off * off - chance;
        below += dense * dense - dense2;
        months += 1;
    }
    if months == 0 || below <= 0.0 {
        return (RHO, 0);
    }
    let prior = RHO_PRIOR * below / f64::from(months);
    let rho = (above + RHO * prior) / (below + prior);
    (rho.clamp(0.0, 0.4), months)
}

/// By stage and time in it: the chance to be won within a month of the past, and the density of
/// the normal distribution at that quantile.
fn month_chances(model: &Model, start: Day, stop: Day) -> Vec<[(f64, f64); AGES]> {
    let season = if model.seasonal {
        model.season[of_quarter(stop, model.fiscal_month)]
    } else {
        1.0
    };
    let mut out = Vec::new();
    let chance = |hazards: &Hazards, out: &mut Vec<f64>| {
        hazards.won_by(&[stop - start], |_| season, out);
        let p = out.first().copied().unwrap_or(0.0).clamp(0.0, 1.0);
        (p, density(p))
    };
    let stages = model.hazards.iter();
    stages
        .map(|cells| std::array::from_fn(|age| chance(&cells[age], &mut out)))
        .collect()
}

fn density(p: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        return 0.0;
    }
    let z = normal_quantile(p);
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The chance of a deal given how good times are for all (`common`, of the normal distribution).
#[must_use]
pub fn given(threshold: f64, rho: f64, common: f64) -> f64 {
    if threshold.is_infinite() {
        return if threshold > 0.0 { 1.0 } else { 0.0 };
    }
    normal_cdf((threshold + rho.sqrt() * common) / (1.0 - rho).sqrt())
}
