//! Samples of numbers: mean, median and quantiles, with intervals that assume little.

use super::special::student_quantile;
use super::{Interval, binomial};

/// A sample of whole numbers from 0 on, mostly days, kept as how often each occurs, so that order
/// costs nothing: adding and taking out are one step, and quantiles a walk over the numbers.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    counts: Vec<u32>,
    n: u64,
}

/// Larger numbers count as this: a hundred years of days, an error of data.
pub const MOST: u32 = 36_525;

impl PartialEq for Sample {
    fn eq(&self, other: &Self) -> bool {
        self.n == other.n && self.iter().eq(other.iter())
    }
}

impl Eq for Sample {}

impl Sample {
    /// Adds one.
    pub fn add(&mut self, number: u32) {
        self.shift(number, 1);
    }

    /// Adds the same so many times over, or takes it out, which was added before, with a negative
    /// number of times.
    #[inline(always)]
    pub fn shift(&mut self, number: u32, times: i32) {
        let at = number.min(MOST) as usize;
        if self.counts.len() <= at {
            self.grow(at);
        }
        let count = &mut self.counts.as_mut_slice()[at];
        *count = count.wrapping_add_signed(times);
        self.n = self.n.wrapping_add_signed(times.into());
    }

    #[cold]
    fn grow(&mut self, at: usize) {
        self.counts.resize((at + 1).max(64), 0);
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: &Self) {
        for (number, times) in other.iter() {
            self.shift(number, times as i32);
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.n
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// Each number that occurs, ascending, with how often.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0_u32..)
            .zip(&self.counts)
            .filter(|(_, n)| **n > 0)
            .map(|(d, n)| (d, *n))
    }

    /// The sum of all.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.iter().map(|(d, n)| u64::from(d) * u64::from(n)).sum()
    }

    /// The arithmetic mean; none without any.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum() as f64 / self.n as f64)
    }

    /// The 95 % interval of the mean by Student's t; none below two.
    #[must_use]
    pub fn mean_interval(&self) -> Option<Interval> {
        let mean = self.mean()?;
        if self.n < 2 {
            return None;
        }
        let squares: f64 = self
            .iter()
            .map(|(d, n)| f64::from(n) * (f64::from(d) - mean).powi(2))
            .sum();
        let (n, freedom) = (self.n as f64, (self.n - 1) as f64);
        let reach = student_quantile(0.025, freedom) * (squares / freedom / n).sqrt();
        Some(Interval {
            low: mean - reach,
            high: mean + reach,
        })
    }

    /// The value at a place in ascending order, counted from 0.
    fn at(&self, place: u64) -> Option<u32> {
        let mut seen = 0;
        self.iter()
            .find(|(_, n)| {
                seen += u64::from(*n);
                seen > place
            })
            .map(|(d, _)| d)
    }

    /// The quantile for 0 ≤ q ≤ 1, linear between neighbours (type 7, as numpy); none without any.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let last = self.n.checked_sub(1)?;
        let place = q.clamp(0.0, 1.0) * last as f64;
        let low = self.at(place.floor() as u64)?;
        let high = self.at((place.floor() as u64 + 1).min(last))?;
        Some(f64::from(low) + (place - place.floor()) * (f64::from(high) - f64::from(low)))
    }

    /// The median; none without any.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }

    /// An interval that holds the median with at least 95 % whatever the distribution: from one
    /// order statistic to the one as far from the other end, by the binomial distribution. None
    /// below six.
    #[must_use]
    pub fn median_interval(&self) -> Option<Interval> {
        let low = binomial::quantile(0.025, self.n, 0.5);
        // The low-th smallest and the low-th largest, counted from 1.
        (low > 0).then_some(())?;
        Some(Interval {
            low: f64::from(self.at(low - 1)?),
            high: f64::from(self.at(self.n - low)?),
        })
    }

    /// How many are above a limit.
    #[must_use]
    pub fn above(&self, limit: f64) -> u64 {
        self.iter()
            .filter(|(d, _)| f64::from(*d) > limit)
            .map(|(_, n)| u64::from(n))
            .sum()
    }

    /// By how much those above a limit exceed it, added up.
    #[must_use]
    pub fn beyond(&self, limit: f64) -> f64 {
        self.iter()
            .map(|(d, n)| (f64::from(d) - limit).max(0.0) * f64::from(n))
            .sum()
    }
}

impl FromIterator<u32> for Sample {
    fn from_iter<I: IntoIterator<Item = u32>>(all: I) -> Self {
        let mut sample = Self::default();
        for d in all {
            sample.add(d);
        }
        sample
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_numpy() {
        let days: Sample = [9, 1, 4, 4, 20, 7].into_iter().collect();
        assert_eq!(days.median(), Some(5.5));
        assert_eq!(days.quantile(0.9), Some(14.5));
        assert_eq!(days.quantile(0.0), Some(1.0));
        assert_eq!(days.quantile(1.0), Some(20.0));
        assert_eq!(days.mean(), Some(7.5));
        let interval = days.median_interval().unwrap();
        assert_eq!((interval.low, interval.high), (1.0, 20.0));
        assert_eq!(days.above(7.0), 2);
    }

    #[test]
    fn few_say_nothing_rather_than_nan() {
        let none = Sample::default();
        assert_eq!(
            (none.mean(), none.median(), none.mean_interval()),
            (None, None, None)
        );
        let one: Sample = [3].into_iter().collect();
        assert_eq!((one.mean(), one.median()), (Some(3.0), Some(3.0)));
        assert_eq!((one.mean_interval(), one.median_interval()), (None, None));
    }
}
