//! From values to places.

use super::ticks;
use chrono::NaiveDate;

/// Amounts to places, in proportion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linear {
    domain: (i128, i128),
    range: (f64, f64),
}

impl Linear {
    /// From the amounts `domain` to the places `range` (CSS pixels), which may run either way.
    /// Amounts beyond [`ticks::LIMIT`] are taken as the limit.
    #[must_use]
    pub fn new(domain: (i128, i128), range: (f64, f64)) -> Self {
        let keep = |n: i128| n.clamp(-ticks::LIMIT, ticks::LIMIT);
        Self {
            domain: (keep(domain.0), keep(domain.1)),
            range,
        }
    }

    /// The same range for a domain that begins and ends with the first and last of some ticks.
    #[must_use]
    pub fn over(ticks: &[i128], range: (f64, f64)) -> Self {
        let ends = ticks.first().zip(ticks.last());
        Self::new(ends.map_or((0, 1), |(a, b)| (*a, *b)), range)
    }

    /// Where an amount is; outside of the domain it is held at the end.
    #[must_use]
    pub fn place(&self, amount: i128) -> f64 {
        let (low, high) = self.domain;
        let (from, to) = self.range;
        if low >= high {
            return from;
        }
        // The differences are exact; only their ratio is a float.
        let share = (amount.clamp(low, high) - low) as f64 / (high - low) as f64;
        from + share * (to - from)
    }
}

/// Equal bands side by side, one for each bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    start: f64,
    step: f64,
    breadth: f64,
}

impl Band {
    /// So many bands over `range` (CSS pixels), of which bars take `share` (0 to 1).
    #[must_use]
    pub fn new(count: usize, range: (f64, f64), share: f64) -> Self {
        let step = (range.1 - range.0) / count.max(1) as f64;
        Self {
            start: range.0,
            step,
            breadth: step * share.clamp(0.0, 1.0),
        }
    }

    /// From the start of one band to the start of the next.
    #[must_use]
    pub fn step(&self) -> f64 {
        self.step
    }

    /// The breadth of a bar.
    #[must_use]
    pub fn breadth(&self) -> f64 {
        self.breadth
    }

    /// Where band `n` begins.
    #[must_use]
    pub fn start(&self, n: usize) -> f64 {
        self.start + self.step * n as f64
    }

    /// Where the bar in band `n` begins.
    #[must_use]
    pub fn bar(&self, n: usize) -> f64 {
        self.start(n) + (self.step - self.breadth) / 2.0
    }

    /// The middle of band `n`.
    #[must_use]
    pub fn middle(&self, n: usize) -> f64 {
        self.start(n) + self.step / 2.0
    }
}

/// Civil dates to places: each day is as long as any other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Time {
    first: NaiveDate,
    last: NaiveDate,
    range: (f64, f64),
}

impl Time {
    /// From the days `first` to `last` to the places `range` (CSS pixels). Days the wrong way
    /// round are put right.
    #[must_use]
    pub fn new(first: NaiveDate, last: NaiveDate, range: (f64, f64)) -> Self {
        Self {
            first: first.min(last),
            last: first.max(last),
            range,
        }
    }

    /// Where a day is; outside of the days shown it is held at the end. A single day is in
    /// the middle.
    #[must_use]
    pub fn place(&self, day: NaiveDate) -> f64 {
        let days = (self.last - self.first).num_days();
        let since = (day.clamp(self.first, self.last) - self.first).num_days();
        let share = if days == 0 {
            0.5
        } else {
            since as f64 / days as f64
        };
        self.range.0 + share * (self.range.1 - self.range.0)
    }

    /// At most `most` days that begin a week, month, quarter or year; see [`ticks::dates`].
    #[must_use]
    pub fn ticks(&self, most: usize) -> Vec<NaiveDate> {
        ticks::dates(self.first, self.last, most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_placed_in_proportion_and_held_at_the_ends() {
        let scale = Linear::new((-50, 150), (10.0, 210.0));
        assert_eq!(scale.place(-50), 10.0);
        assert_eq!(scale.place(0), 60.0);
        assert_eq!(scale.place(150), 210.0);
        assert_eq!(scale.place(i128::MAX), 210.0);
        assert_eq!(scale.place(i128::MIN), 10.0);
        let up = Linear::new((0, 10), (100.0, 0.0));
        assert_eq!(up.place(4), 60.0);
    }

    #[test]
    fn a_domain_of_nothing_or_of_everything_has_places_too() {
        assert_eq!(Linear::new((5, 5), (1.0, 2.0)).place(5), 1.0);
        assert_eq!(Linear::over(&[], (0.0, 2.0)).place(1), 2.0);
        let all = Linear::new((i128::MIN, i128::MAX), (0.0, 100.0));
        assert_eq!(all.place(0), 50.0);
        assert_eq!(all.place(i128::MAX), 100.0);
    }

    #[test]
    fn bands_share_the_room_evenly() {
        let band = Band::new(4, (20.0, 220.0), 0.6);
        assert_eq!((band.step(), band.breadth()), (50.0, 30.0));
        assert_eq!(
            (band.start(3), band.bar(3), band.middle(3)),
            (170.0, 180.0, 195.0)
        );
        assert!(Band::new(0, (0.0, 10.0), 2.0).breadth().is_finite());
    }

    #[test]
    fn days_are_equally_long() {
        let day = |m, d| NaiveDate::from_ymd_opt(2027, m, d).unwrap();
        let scale = Time::new(day(3, 11), day(3, 1), (0.0, 100.0));
        assert_eq!(scale.place(day(3, 1)), 0.0);
        assert_eq!(scale.place(day(3, 6)), 50.0);
        assert_eq!(scale.place(day(5, 1)), 100.0);
        assert_eq!(scale.ticks(2), [day(3, 1), day(3, 8)]);
        assert_eq!(
            Time::new(day(3, 1), day(3, 1), (0.0, 9.0)).place(day(3, 1)),
            4.5
        );
    }
}
