//! Kaplan and Meier's estimate of how long something takes when some of it is still going on.

use super::sample::Sample;
use super::{Interval, Z95};

/// One step of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// After this many days.
    pub day: u32,
    /// How many were still watched just before.
    pub at_risk: u64,
    /// How many ended on that day.
    pub ended: u64,
    /// The share still going on after it.
    pub share: f64,
    /// Its 95 % band; none where the share is 0, where it is not defined.
    pub band: Option<Interval>,
}

/// The curve: one step for each day on which something ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// How many were watched.
    pub n: u64,
    /// How many of them ended; the others are still going on.
    pub ended: u64,
    /// The steps, ascending in days, descending in share.
    pub steps: Vec<Step>,
}

/// A share this close to one half is one half: products of fractions are off by rounding.
const HALF: f64 = 0.5 + 1e-12;

impl Curve {
    /// The curve of those that ended after so many days and those that were watched so many days
    /// and had not ended. The band is Greenwood's variance on the scale of log(−log), which never
    /// leaves 0 to 1 (Kalbfleisch and Prentice 1980; lifelines' default).
    #[must_use]
    pub fn of(ended: &Sample, going_on: &Sample) -> Self {
        let n = ended.len() + going_on.len();
        let (mut at_risk, mut share, mut variance) = (n, 1.0, 0.0);
        let mut others = going_on.iter().peekable();
        let mut steps = Vec::new();
        for (day, count) in ended.iter() {
            // Watched up to this day itself still counts on it.
            while let Some((_, gone)) = others.next_if(|(d, _)| *d < day) {
                at_risk -= u64::from(gone);
            }
            let (d, r) = (u64::from(count), at_risk);
            at_risk -= d;
            share *= at_risk as f64 / r as f64;
            variance += d as f64 / (r as f64 * at_risk as f64);
            steps.push(Step {
                day,
                at_risk: r,
                ended: d,
                share,
                band: (at_risk > 0).then(|| band(share, variance)),
            });
        }
        Self {
            n,
            ended: ended.len(),
            steps,
        }
    }

    /// The first day after which the share is at most one half; none while most are still going
    /// on.
    #[must_use]
    pub fn median(&self) -> Option<u32> {
        self.steps.iter().find(|s| s.share <= HALF).map(|s| s.day)
    }

    /// The days between which the median lies with 95 %: where the lower and the upper end of the
    /// band come down to one half. None where it never does: beyond what was watched.
    #[must_use]
    pub fn median_band(&self) -> (Option<u32>, Option<u32>) {
        let first = |end: fn(&Interval) -> f64| {
            self.steps
                .iter()
                .find(|s| s.band.is_some_and(|b| end(&b) <= HALF))
                .map(|s| s.day)
        };
        (first(|b| b.low), first(|b| b.high))
    }

    /// The first day after which at most this share is still going on; none where it never comes
    /// to that.
    #[must_use]
    pub fn day_at(&self, share: f64) -> Option<u32> {
        let limit = share + 1e-12;
        self.steps.iter().find(|s| s.share <= limit).map(|s| s.day)
    }

    /// The share still going on after so many days.
    #[must_use]
    pub fn share_at(&self, day: u32) -> f64 {
        let passed = self.steps.partition_point(|s| s.day <= day);
        passed.checked_sub(1).map_or(1.0, |at| self.steps[at].share)
    }
}

fn band(share: f64, variance: f64) -> Interval {
    let log = share.ln();
    let (centre, reach) = ((-log).ln(), Z95 * variance.sqrt() / log);
    Interval {
        low: (-(centre - reach).exp()).exp(),
        high: (-(centre + reach).exp()).exp(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(all: &[u32]) -> Sample {
        all.iter().copied().collect()
    }

    #[test]
    fn those_still_going_on_are_not_dropped() {
        let curve = Curve::of(&days(&[2, 4, 4, 10]), &days(&[3, 4, 12]));
        let shares: Vec<f64> = curve.steps.iter().map(|s| s.share).collect();
        let want = [
            6.0 / 7.0,
            6.0 / 7.0 * 3.0 / 5.0,
            6.0 / 7.0 * 3.0 / 5.0 / 2.0,
        ];
        for (got, want) in shares.iter().zip(want) {
            assert!((got - want).abs() < 1e-12);
        }
        assert_eq!(curve.median(), Some(10));
        assert_eq!(
            Curve::of(&days(&[2, 4, 4, 10]), &days(&[])).median(),
            Some(4)
        );
        assert!((curve.share_at(3) - 6.0 / 7.0).abs() < 1e-12);
        assert!((curve.share_at(1) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_an_end_there_is_no_median() {
        let curve = Curve::of(&days(&[]), &days(&[3, 3, 9]));
        assert_eq!((curve.n, curve.ended, curve.median()), (3, 0, None));
        assert_eq!(Curve::of(&days(&[]), &days(&[])), Curve::default());
        let all = Curve::of(&days(&[5, 5]), &days(&[]));
        assert_eq!((all.median(), all.steps[0].band), (Some(5), None));
    }
}
