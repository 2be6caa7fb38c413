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

/// Between which shares a group of `n` deals lies with `1 − 2 × tail` where its true share is
/// `mean`: the limits of a funnel plot, exact and interpolated (Spiegelhalter 2005). None of
/// nothing.
#[must_use]
pub fn funnel(mean: f64, n: u64, tail: f64) -> Option<Interval> {
    if n == 0 || !(0.0..=1.0).contains(&mean) {
        return None;
    }
    let end = |p: f64| {
        let k = binomial::quantile(p, n, mean);
        let mass = binomial_mass(k as f64, n as f64, mean);
        let over = binomial::at_most(k, n, mean) - p;
        let inside = if mass > 0.0 { over / mass } else { 0.0 };
        ((k as f64 - inside) / n as f64).clamp(0.0, 1.0)
    };
    Some(Interval {
        low: end(tail),
        high: end(1.0 - tail),
    })
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
}
