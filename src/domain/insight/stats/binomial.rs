//! Shares: intervals, and how likely counts are.

use super::special::{binomial_mass, inc_beta, inc_beta_inverse, normal_quantile};
use super::{Interval, Rate, Z95};

/// The Wilson score interval of a share at 95 % (Wilson 1927); it never leaves 0 to 1 and is
/// right for few deals too. None of nothing.
#[must_use]
pub fn wilson(part: u64, n: u64) -> Option<Interval> {
    wilson_at(part, n, Z95)
}

/// The same for another confidence, as a normal quantile.
#[must_use]
pub fn wilson_at(part: u64, n: u64, z: f64) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let part = part.min(n);
    let (count, p) = (n as f64, part as f64 / n as f64);
    let z2 = z * z;
    let spread = z * (p * (1.0 - p) / count + z2 / (4.0 * count * count)).sqrt();
    let (middle, scale) = (p + z2 / (2.0 * count), 1.0 + z2 / count);
    Some(Interval {
        // Rounding must not put the end past a share of exactly 0 or 1.
        low: if part == 0 {
            0.0
        } else {
            ((middle - spread) / scale).clamp(0.0, p)
        },
        high: if part == n {
            1.0
        } else {
            ((middle + spread) / scale).clamp(p, 1.0)
        },
    })
}

/// The exact interval of Clopper and Pearson (1934) at 95 %: wider than Wilson's, never short of
/// its promise. None of nothing.
#[must_use]
pub fn exact(part: u64, n: u64) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let part = part.min(n);
    let (k, rest) = (part as f64, (n - part) as f64);
    Some(Interval {
        low: if part == 0 {
            0.0
        } else {
            inc_beta_inverse(k, rest + 1.0, 0.025)
        },
        high: if part == n {
            1.0
        } else {
            inc_beta_inverse(k + 1.0, rest, 0.975)
        },
    })
}

/// How likely at most `part` of `n` is where the true share is `p`.
#[must_use]
pub fn at_most(part: u64, n: u64, p: f64) -> f64 {
    if part >= n {
        return 1.0;
    }
    inc_beta((n - part) as f64, part as f64 + 1.0, 1.0 - p)
}

/// How likely at least `part` of `n` is where the true share is `p`.
#[must_use]
pub fn at_least(part: u64, n: u64, p: f64) -> f64 {
    match part {
        0 => 1.0,
        _ if part > n => 0.0,
        _ => inc_beta(part as f64, (n - part) as f64 + 1.0, p),
    }
}

/// How surprising `part` of `n` is where the true share is `p`: two-sided mid-p value, twice the
/// smaller tail in which the count itself weighs half (Lancaster 1961), at most 1.
#[must_use]
pub fn mid_p(part: u64, n: u64, p: f64) -> f64 {
    let half = 0.5 * binomial_mass(part as f64, n as f64, p);
    let (below, above) = (at_most(part, n, p) - half, at_least(part, n, p) - half);
    (2.0 * below.min(above)).clamp(0.0, 1.0)
}

/// The least count that is reached with probability `tail` or more: the quantile of the binomial
/// distribution.
#[must_use]
pub fn quantile(tail: f64, n: u64, p: f64) -> u64 {
    let count = n as f64;
    let guess = count * p + normal_quantile(tail) * (count * p * (1.0 - p)).sqrt();
    let mut k = (guess.max(0.0) as u64).min(n);
    while k > 0 && at_most(k - 1, n, p) >= tail {
        k -= 1;
    }
    while k < n && at_most(k, n, p) < tail {
        k += 1;
    }
    k
}

/// The difference `a − b` of two shares with its 95 % interval, by Newcombe's hybrid of two Wilson
/// intervals (1998, method 10). None when either is of nothing.
#[must_use]
pub fn difference(a: Rate, b: Rate) -> Option<(f64, Interval)> {
    let (p, q) = (a.value()?, b.value()?);
    let (one, two) = (a.interval()?, b.interval()?);
    let below = ((p - one.low).powi(2) + (two.high - q).powi(2)).sqrt();
    let above = ((one.high - p).powi(2) + (q - two.low).powi(2)).sqrt();
    let interval = Interval {
        low: (p - q - below).max(-1.0),
        high: (p - q + above).min(1.0),
    };
    Some((p - q, interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newcombe_s_own_example() {
        // 56/70 against 48/80: Newcombe (1998), table II, method 10.
        let (d, i) = difference(Rate::new(56, 70), Rate::new(48, 80)).unwrap();
        assert!((d - 0.2).abs() < 1e-12);
        assert!((i.low - 0.0524).abs() < 5e-5 && (i.high - 0.3339).abs() < 5e-5);
    }

    #[test]
    fn intervals_hold_the_share_and_stay_within_bounds() {
        for n in [1, 2, 3, 10, 99, 1_000, 1_000_000] {
            for part in [0, 1, n / 2, n - 1, n] {
                let share = part as f64 / n as f64;
                for i in [wilson(part, n).unwrap(), exact(part, n).unwrap()] {
                    assert!(
                        0.0 <= i.low && i.high <= 1.0 && i.holds(share),
                        "{part}/{n}"
                    );
                }
            }
        }
        assert_eq!((wilson(0, 0), exact(0, 0)), (None, None));
        assert_eq!(difference(Rate::new(1, 2), Rate::default()), None);
    }

    #[test]
    fn the_quantile_is_the_least_count() {
        for n in [0, 1, 5, 6, 40, 1_001] {
            let k = quantile(0.025, n, 0.5);
            assert!(at_most(k, n, 0.5) >= 0.025);
            assert!(k == 0 || at_most(k - 1, n, 0.5) < 0.025);
        }
    }
}
