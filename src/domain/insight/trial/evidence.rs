//! What the counts of two arms say, in ways that bear being looked at again and again.

use crate::domain::insight::stats::Rate;
use crate::domain::insight::stats::special::{ln_gamma, normal_quantile};

/// How many results two arms need so that a difference is seen, where the second gets `ratio` times
/// as many deals as the first: two proportions, two-sided, without a correction for continuity
/// (Fleiss, Levin and Paik 2003, sections 4.2 and 4.4):
/// n₁ = (z₁₋α⁄₂ √((r+1) p̄ q̄) + z₁₋β √(r p₁q₁ + p₂q₂))² ÷ (r (p₂ − p₁)²) with
/// p̄ = (p₁ + r p₂) ÷ (r+1), and n₂ = r n₁, both rounded up. `base` is the rate of the first today,
/// `minimum` the least difference worth knowing of; where the base is above one half the
/// difference is taken downwards, which needs as many. None for no difference at all, or no ratio.
#[must_use]
pub fn sizes(base: f64, minimum: f64, alpha: f64, power: f64, ratio: f64) -> Option<[u64; 2]> {
    let base = base.clamp(0.001, 0.999);
    let other = if base <= 0.5 {
        base + minimum
    } else {
        base - minimum
    }
    .clamp(0.001, 0.999);
    let apart = (other - base).abs();
    if apart <= 0.0 || ratio <= 0.0 {
        return None;
    }
    let mean = (base + ratio * other) / (ratio + 1.0);
    let null = normal_quantile(1.0 - alpha / 2.0) * ((ratio + 1.0) * mean * (1.0 - mean)).sqrt();
    let there = ratio * base * (1.0 - base) + other * (1.0 - other);
    let seen = normal_quantile(power) * there.sqrt();
    let first = (null + seen).powi(2) / (ratio * apart * apart);
    Some([first, ratio * first].map(|n| n.ceil() as u64))
}

fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// The chance that a rate of one beta distribution is above one of another, both with whole first
/// parameters (Miller 2015): Σ B(a₁+i, b₁+b₂) ÷ ((b₂+i) B(1+i, b₂) B(a₁, b₁)) for i below a₂ is
/// the chance that the second is above the first.
fn above((a1, b1): (f64, f64), (a2, b2): (f64, f64)) -> f64 {
    let whole = ln_beta(a1, b1);
    let steps = a2.round() as u64;
    let term = |i: u64| {
        let i = i as f64;
        (ln_beta(a1 + i, b1 + b2) - (b2 + i).ln() - ln_beta(1.0 + i, b2) - whole).exp()
    };
    (0..steps).map(term).sum::<f64>().clamp(0.0, 1.0)
}

/// What one believes of two arms after the counts, with a prior that knows nothing (every rate
/// equally likely: Beta(1, 1)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Belief {
    /// The chance that the second arm's true rate is higher.
    pub better: f64,
    /// What one loses in the mean by going on with the second arm, as a difference of rates.
    pub loss: f64,
    /// What one loses in the mean by staying with the first.
    pub loss_first: f64,
}

/// The belief after the counts of the first and the second arm.
#[must_use]
pub fn belief(first: Rate, second: Rate) -> Belief {
    let beta = |r: Rate| (r.part as f64 + 1.0, (r.n - r.part) as f64 + 1.0);
    let (one, two) = (beta(first), beta(second));
    let mean = |(a, b): (f64, f64)| a / (a + b);
    let more = |(a, b): (f64, f64)| (a + 1.0, b);
    // E[max(p₁ − p₂, 0)] = E[p₁] P(p₁′ > p₂) − E[p₂] P(p₁ > p₂′), ′ with one success more.
    let loss = |one, two| {
        let gain = mean(one) * above(two, more(one)) - mean(two) * above(more(two), one);
        gain.max(0.0)
    };
    Belief {
        better: above(one, two),
        loss: loss(one, two),
        loss_first: loss(two, one),
    }
}

/// How strongly counts speak against “it makes no difference”, valid however often one looks and
/// whenever one stops: a mixture sequential probability ratio test of two proportions (Robbins
/// 1970), made exact by looking only at which arm each success and each failure belongs to. Where
/// arms are assigned by chance and make no difference, both fall to the second arm as often as it
/// is assigned, `share`; against that stand two shares of their own, each mixed over a beta
/// distribution around `share`. The ratio is 1 in the mean as long as there is no difference, so it
/// ever reaches 1/α with a chance of at most α (Ville 1939).
#[must_use]
pub fn evidence(first: Rate, second: Rate, share: f64, minimum: f64) -> f64 {
    let share = share.clamp(0.01, 0.99);
    // The mixture is as wide as the least difference worth knowing of is large.
    let weight = (0.25 / minimum.max(0.01).powi(2)).clamp(8.0, 400.0);
    let (a, b) = (weight * share, weight * (1.0 - share));
    let part = |of_second: u64, of_first: u64| {
        let (x, y) = (of_second as f64, of_first as f64);
        ln_beta(a + x, b + y) - ln_beta(a, b) - x * share.ln() - y * (1.0 - share).ln()
    };
    let won = part(second.part, first.part);
    let lost = part(second.n - second.part, first.n - first.part);
    (won + lost).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::IdSource;

    #[test]
    fn sizes_are_those_of_the_book() {
        let size = |base, minimum, alpha, power| sizes(base, minimum, alpha, power, 1.0);
        // Fleiss, Levin and Paik (2003), table A.4, without correction: 0.60 against 0.70, 5 %, 80 %.
        assert_eq!(size(0.6, -0.1, 0.05, 0.8), Some([356; 2]));
        // The classical 20 against 30 per cent.
        assert_eq!(size(0.2, 0.1, 0.05, 0.8), Some([294; 2]));
        assert_eq!(size(0.2, 0.1, 0.05, 0.9), Some([392; 2]));
        assert_eq!(size(0.4, 0.0, 0.05, 0.8), None);
    }

    #[test]
    fn unequal_arms_need_more_in_all_and_less_in_the_smaller() {
        let even = sizes(0.2, 0.1, 0.05, 0.8, 1.0).unwrap();
        for ratio in [0.25, 1.0 / 3.0, 3.0, 4.0] {
            let [first, second] = sizes(0.2, 0.1, 0.05, 0.8, ratio).unwrap();
            assert!(first + second > even[0] + even[1], "{ratio}");
            assert!(first.min(second) < even[0] && first.max(second) > even[0]);
            let off = second as f64 - ratio * first as f64;
            assert!(off.abs() <= ratio.max(1.0), "{ratio}: {first} and {second}");
        }
        assert_eq!(sizes(0.2, 0.1, 0.05, 0.8, 0.0), None);
    }

    /// How often the test for two proportions sees a difference with these sizes.
    fn seen(n: [u64; 2], rates: [u64; 2], alpha: f64, seed: u64) -> f64 {
        let (mut rng, runs) = (IdSource::new(seed), 2_000);
        let z = normal_quantile(1.0 - alpha / 2.0);
        let mut count = 0;
        for _ in 0..runs {
            let done = |rng: &mut IdSource, at: usize| {
                (0..n[at]).filter(|_| rng.below(1_000) < rates[at]).count() as f64
            };
            let (a, b) = (done(&mut rng, 0), done(&mut rng, 1));
            let [m, k] = n.map(|n| n as f64);
            let mean = (a + b) / (m + k);
            let error = (mean * (1.0 - mean) * (1.0 / m + 1.0 / k)).sqrt();
            count += u32::from((b / k - a / m).abs() > z * error);
        }
        f64::from(count) / f64::from(runs)
    }

    #[test]
    fn with_unequal_sizes_the_power_is_what_was_asked_for() {
        for ratio in [0.25, 1.0, 3.0] {
            let n = sizes(0.3, 0.1, 0.05, 0.8, ratio).unwrap();
            let power = seen(n, [300, 400], 0.05, 77);
            // Three standard deviations of so many plays, and the normal approximation.
            assert!((power - 0.8).abs() < 0.04, "{ratio}: {power}");
        }
    }

    #[test]
    fn belief_is_even_without_counts_and_sure_with_many() {
        let none = belief(Rate::new(0, 0), Rate::new(0, 0));
        assert!((none.better - 0.5).abs() < 1e-9 && (none.loss - 1.0 / 6.0).abs() < 1e-9);
        // One success against one failure: P(x > y) of Beta(2,1) and Beta(1,2) is 5/6.
        let one = belief(Rate::new(0, 1), Rate::new(1, 1));
        assert!((one.better - 5.0 / 6.0).abs() < 1e-9, "{one:?}");
        let sure = belief(Rate::new(300, 1_000), Rate::new(400, 1_000));
        assert!(sure.better > 0.9999 && sure.loss < 1e-5);
        assert!((sure.loss_first - 0.1).abs() < 0.01);
    }

    /// Plays an experiment and looks after every deal; says whether it ever spoke.
    fn ever(seed: u64, deals: u32, rates: [u64; 2], alpha: f64, parts: [u64; 2]) -> bool {
        let mut rng = IdSource::new(seed);
        let mut arms = [Rate::default(); 2];
        let all = parts[0] + parts[1];
        let share = parts[1] as f64 / all as f64;
        for _ in 0..deals {
            let arm = usize::from(rng.below(all) >= parts[0]);
            arms[arm].n += 1;
            arms[arm].part += u64::from(rng.below(1_000) < rates[arm]);
            if evidence(arms[0], arms[1], share, 0.1) >= 1.0 / alpha {
                return true;
            }
        }
        false
    }

    #[test]
    fn looking_after_every_deal_raises_no_more_false_alarms_than_promised() {
        let (runs, alpha) = (400_u32, 0.05);
        for (rate, parts) in [
            (100, [1, 1]),
            (300, [1, 1]),
            (600, [1, 1]),
            (300, [3, 1]),
            (300, [1, 4]),
        ] {
            let alarms = (0..runs)
                .filter(|n| {
                    let seed = 7_000 + u64::from(*n) * 31 + rate;
                    ever(seed, 500, [rate, rate], alpha, parts)
                })
                .count();
            // At most α, and three standard deviations of so many experiments.
            let most = f64::from(runs) * alpha + 3.0 * (f64::from(runs) * alpha * 0.95).sqrt();
            assert!(
                (alarms as f64) <= most,
                "{alarms} of {runs} at {rate}, {parts:?}"
            );
        }
    }

    #[test]
    fn a_difference_that_is_there_is_found() {
        let found = (0..100)
            .filter(|n| ever(500 + n, 900, [300, 500], 0.05, [1, 1]))
            .count();
        assert!(found >= 90, "{found}");
    }
}
