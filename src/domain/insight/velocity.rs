//! How much comes out of the pipeline in a day.

use super::stats::Rate;
use crate::domain::money::{Currency, Sums};

/// The four drivers, and what they come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Velocity {
    /// Open deals by the currency they count for: that in which their value is shown; without a
    /// value the one sums are shown in, else the workspace's.
    pub open: Sums,
    /// Σ value of deals won.
    pub won_value: Sums,
    /// Deals won that have a value, by currency.
    pub won_valued: Sums,
    /// Won of won and lost.
    pub win: Rate,
    /// Σ days of the cycles of deals won.
    pub cycle_days: u64,
    /// How many deals won these are of.
    pub cycle_n: u64,
}

/// a ÷ b, half to even, for b > 0.
fn divide(a: i128, b: i128) -> i128 {
    let (quotient, twice) = (a.div_euclid(b), a.rem_euclid(b) * 2);
    quotient + i128::from(twice > b || (twice == b && quotient % 2 != 0))
}

fn common(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// Product ÷ product, rounded once, half to even; none where it cannot be said exactly.
fn ratio<const N: usize, const M: usize>(
    mut over: [i128; N],
    mut under: [i128; M],
) -> Option<i128> {
    for a in &mut over {
        for b in &mut under {
            let shared = common(*a, *b);
            (*a, *b) = (*a / shared, *b / shared);
        }
    }
    let product = |all: &[i128]| all.iter().try_fold(1_i128, |p, n| p.checked_mul(*n));
    let (over, under) = (product(&over)?, product(&under)?);
    (under > 0 && under < i128::MAX / 2).then(|| divide(over, under))
}

impl Velocity {
    /// The mean value of deals won, in minor units; none without any.
    #[must_use]
    pub fn mean_value(&self, currency: Currency) -> Option<i128> {
        let n = self.won_valued.of(currency);
        (n > 0).then(|| divide(self.won_value.of(currency), n))
    }

    /// The mean cycle of deals won in days.
    #[must_use]
    pub fn mean_cycle(&self) -> Option<f64> {
        (self.cycle_n > 0).then(|| self.cycle_days as f64 / self.cycle_n as f64)
    }

    /// Open deals × mean value won × win rate ÷ mean cycle won, in minor units a day, rounded once.
    /// None where a driver is missing: nothing was won, or all on the day it came.
    #[must_use]
    pub fn per_day(&self, currency: Currency) -> Option<i128> {
        let whole = i128::from;
        let valued = self.won_valued.of(currency);
        if valued <= 0 || self.win.n == 0 || self.cycle_days == 0 {
            return None;
        }
        ratio(
            [
                self.open.of(currency),
                self.won_value.of(currency),
                whole(self.win.part),
                whole(self.cycle_n),
            ],
            [valued, whole(self.win.n), whole(self.cycle_days)],
        )
    }

    /// The currencies there is a velocity in, with it.
    #[must_use]
    pub fn all(&self) -> Vec<(Currency, i128)> {
        self.won_valued
            .iter()
            .filter_map(|(currency, _)| Some((currency, self.per_day(currency)?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_drivers_make_the_speed() {
        let sums = |n| {
            let mut sums = Sums::default();
            sums.add(Currency::EUR, n);
            sums
        };
        let velocity = Velocity {
            open: sums(10),
            won_value: sums(300_000),
            won_valued: sums(3),
            win: Rate::new(3, 12),
            cycle_days: 90,
            cycle_n: 3,
        };
        // 10 × 1,000.00 × 25 % ÷ 30 days = 83.33 a day.
        assert_eq!(velocity.per_day(Currency::EUR), Some(8_333));
        assert_eq!(velocity.mean_value(Currency::EUR), Some(100_000));
        assert_eq!(Velocity::default().per_day(Currency::EUR), None);
    }

    #[test]
    fn the_largest_sums_do_not_overflow() {
        let big = i128::from(i64::MAX) * 50_000;
        let days = 3_000_017;
        let exact = ratio([50_000, big, 50_000, 49_999], [50_000, 99_991, days]);
        assert!(exact.is_some());
        assert_eq!(ratio([7, 1], [2, 1]), Some(4));
        assert_eq!(ratio([5], [2]), Some(2));
        assert_eq!(ratio([-5], [2]), Some(-2));
    }
}
