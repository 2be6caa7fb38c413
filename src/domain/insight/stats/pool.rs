//! Many small groups side by side: estimates drawn towards the whole, and how far a group may
//! stray by chance.

use super::special::{binomial_mass, inc_beta_inverse};
use super::{Interval, Rate, binomial};

/// What all groups have in common: a beta distribution of their true shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// The share of all groups together.
    pub mean: f64,
    /// How many deals the prior weighs; infinite where the groups differ by no more than chance.
    pub strength: f64,
}

/// The prior of these groups by moments (Kleinman 1973): the spread between their shares, less
/// what chance alone gives. None below two groups with deals, or where all or none are counted.
#[must_use]
pub fn prior(groups: &[Rate]) -> Option<Prior> {
    let filled = || groups.iter().filter(|g| g.n > 0);
    let count = filled().count();
    let (part, n) = filled().fold((0, 0), |(k, n), g| (k + g.part, n + g.n));
    let mean = Rate::new(part, n).value()?;
    let chance = mean * (1.0 - mean);
    if count < 2 || chance <= 0.0 {
        return None;
    }
    let (mut spread, mut squares) = (0.0, 0.0);
    for group in filled() {
        let size = group.n as f64;
        spread += size * (group.part as f64 / size - mean).powi(2);
        squares += size * size;
    }
    let less = (count - 1) as f64;
    let room = n as f64 - squares / n as f64 - less;
    // With one deal in each group their spread says nothing.
    if room <= 0.0 {
        return Some(Prior {
            mean,
            strength: f64::INFINITY,
        });
    }
    let correlation = ((spread / chance - less) / room).min(1.0);
    Some(Prior {
        mean,
        strength: if correlation > 0.0 {
            1.0 / correlation - 1.0
        } else {
            f64::INFINITY
        },
    })
}

impl Prior {
    /// A group's share drawn towards the mean, the more the fewer deals it has, with the interval
    /// that holds it with 95 % (beta posterior).
    #[must_use]
    pub fn shrink(&self, group: Rate) -> (f64, Option<Interval>) {
        if self.strength.is_infinite() {
            return (self.mean, None);
        }
        let a = self.mean * self.strength + group.part as f64;
        let b = (1.0 - self.mean) * self.strength + (group.n - group.part.min(group.n)) as f64;
        if a <= 0.0 || b <= 0.0 {
            return (group.value().unwrap_or(self.mean), None);
        }
        let interval = Interval {
            low: inc_beta_inverse(a, b, 0.025),
            high: inc_beta_inverse(a, b, 0.975),
        };
        (a / (a + b), Some(interval))
    }
}

/// Between which shares a group of `n` deals lies where its true share is `mean`, unless it is in
/// one of the tails: the limits of a funnel plot, interpolated (Spiegelhalter 2005) so that a count
/// lies between them exactly when it is not [`is_stray`]. The upper limit is the lower one of what
/// is not counted. Where all or none are counted nothing is left to chance, and both are the mean.
/// None of nothing.
#[must_use]
pub fn funnel(mean: f64, n: u64, tail: f64) -> Option<Interval> {
    if n == 0 || !(0.0..=1.0).contains(&mean) {
        return None;
    }
    let low = |mean: f64| {
        if mean <= 0.0 || mean >= 1.0 {
            return mean;
        }
        let k = binomial::quantile(tail, n, mean);
        let mass = binomial_mass(k as f64, n as f64, mean);
        let over = binomial::at_most(k, n, mean) - tail;
        let inside = if mass > 0.0 { over / mass } else { 0.0 };
        ((k as f64 - inside) / n as f64).clamp(0.0, 1.0)
    };
    Some(Interval {
        low: low(mean),
        high: 1.0 - low(1.0 - mean),
    })
}

/// Whether so few or so many are counted in a group whose true share is `mean` less often than
/// with probability `tail`, on either side (exact binomial). Never of nothing, and never what lies
/// on the mean.
#[must_use]
pub fn is_stray(group: Rate, mean: f64, tail: f64) -> bool {
    let Some(share) = group.value() else {
        return false;
    };
    let odds = if share < mean {
        binomial::at_most(group.part, group.n, mean)
    } else if share > mean {
        binomial::at_least(group.part, group.n, mean)
    } else {
        1.0
    };
    odds < tail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_are_drawn_in_more() {
        let groups = [(5, 50), (20, 50), (40, 60), (1, 1)].map(|(k, n)| Rate::new(k, n));
        let prior = prior(&groups).unwrap();
        let (small, _) = prior.shrink(groups[3]);
        let (large, interval) = prior.shrink(groups[2]);
        assert!((1.0 - small) > (40.0 / 60.0 - large).abs() && small > prior.mean);
        assert!(interval.unwrap().holds(large));
        let (none, _) = prior.shrink(Rate::default());
        assert!((none - prior.mean).abs() < 1e-12);
    }

    #[test]
    fn groups_that_differ_by_chance_are_one() {
        let same = [Rate::new(5, 10); 4];
        assert_eq!(prior(&same).map(|p| p.shrink(same[0]).0), Some(0.5));
        assert_eq!(prior(&same[..1]), None);
        assert_eq!(prior(&[Rate::new(0, 3), Rate::new(0, 9)]), None);
    }

    #[test]
    fn the_funnel_narrows() {
        let (few, many) = (
            funnel(0.3, 10, 0.025).unwrap(),
            funnel(0.3, 1_000, 0.025).unwrap(),
        );
        assert!(few.width() > many.width() && many.holds(0.3) && few.holds(0.3));
        assert_eq!(funnel(0.3, 0, 0.025), None);
    }

    #[test]
    fn what_chance_gives_is_no_stray() {
        let stray = |k, n, mean| is_stray(Rate::new(k, n), mean, 0.025);
        // One of one is two of three times so; all of all is always so.
        assert!(!stray(1, 1, 2.0 / 3.0) && !stray(12, 12, 1.0) && !stray(0, 9, 0.0));
        // Eight of ten and more come with 5.5 %, and so do two and fewer.
        assert!(!stray(8, 10, 0.5) && !stray(2, 10, 0.5));
        assert!(stray(9, 10, 0.5) && stray(1, 10, 0.5));
        assert!(!stray(0, 0, 0.5) && stray(11, 12, 1.0));
    }

    #[test]
    fn the_limits_are_symmetric_and_hold_what_is_no_stray() {
        for mean in [0.0, 0.03, 0.21, 0.5, 0.73, 0.99, 1.0] {
            for (n, tail) in [1, 2, 5, 10, 37, 120]
                .into_iter()
                .flat_map(|n| [(n, 0.025), (n, 0.001)])
            {
                let limits = funnel(mean, n, tail).unwrap();
                let mirrored = funnel(1.0 - mean, n, tail).unwrap();
                assert!((limits.high - (1.0 - mirrored.low)).abs() < 1e-12);
                assert!(limits.holds(mean), "{mean} of {n}: {limits:?}");
                for k in 0..=n {
                    let rate = Rate::new(k, n);
                    let share = rate.value().unwrap();
                    let held = limits.low - 1e-9 <= share && share <= limits.high + 1e-9;
                    assert_eq!(!is_stray(rate, mean, tail), held, "{k} of {n} at {mean}");
                }
            }
        }
    }
}
