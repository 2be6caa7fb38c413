//! Round values to mark on an axis.

use chrono::{Datelike, Days, Months, NaiveDate};

/// The largest amount an axis tells apart, in minor units: 10³⁶.
pub const LIMIT: i128 = 10_i128.pow(36);

/// Ticks that cover `low` to `high`: the multiples of 1, 2 or 5 times a power of ten from the
/// last one below to the first one above. The step is the least that gives at most `most`
/// ticks (never fewer than two, or three across zero) and is at least `least`: 1 for counts,
/// 100 where a currency should be marked in whole units.
///
/// A span of nothing gets one step. The order of `low` and `high` does not matter.
#[must_use]
pub fn amounts(low: i128, high: i128, most: usize, least: i128) -> Vec<i128> {
    let (low, high) = (low.min(high), low.max(high));
    let (low, high) = (low.clamp(-LIMIT, LIMIT), high.clamp(-LIMIT, LIMIT));
    let least = least.clamp(1, LIMIT);
    let high = if low == high { high + least } else { high };
    let across = low < 0 && high > 0;
    let most = most.clamp(if across { 3 } else { 2 }, 1_000) as i128;
    let steps = (0..=36).flat_map(|power| [1, 2, 5].map(|one| one * 10_i128.pow(power)));
    let ends = |step: i128| {
        let above = high.div_euclid(step) + i128::from(high.rem_euclid(step) != 0);
        (low.div_euclid(step), above)
    };
    let fits = |step: &i128| {
        let (first, last) = ends(*step);
        *step >= least && last - first < most
    };
    // The largest step is five times the limit, which always fits.
    let step = steps.into_iter().find(fits).unwrap_or(5 * LIMIT);
    let (first, last) = ends(step);
    (first..=last).map(|n| n * step).collect()
}

/// How far apart ticks of dates are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Every {
    Day,
    /// Mondays.
    Week,
    /// First days of every so manieth month of a year.
    Months(u32),
    /// New Year's days of every so manieth year.
    Years(u32),
}

impl Every {
    /// The first such day at or after `day`. `None` beyond the calendar.
    fn from(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => Some(day),
            Self::Week => {
                let past = day.weekday().num_days_from_monday();
                day.checked_add_days(Days::new(u64::from((7 - past) % 7)))
            }
            Self::Months(n) => {
                let begun = u32::from(day.day() > 1);
                let month = day.month0() + begun;
                let ahead = begun + (n - month % n) % n;
                day.with_day(1)?.checked_add_months(Months::new(ahead))
            }
            Self::Years(n) => {
                let begun = i32::from(day.ordinal() > 1);
                let n = i32::try_from(n).ok()?;
                let year = day.year().checked_add(begun)?;
                let year = year.checked_add((n - year.rem_euclid(n)) % n)?;
                NaiveDate::from_ymd_opt(year, 1, 1)
            }
        }
    }
}

/// At most `most` days from `first` to `last` on which a day, week, month, quarter, half-year
/// or round number of years begins: the finest of these that fits. When nothing begins in
/// that time, its first day alone. `most` counts as at least 1.
#[must_use]
pub fn dates(first: NaiveDate, last: NaiveDate, most: usize) -> Vec<NaiveDate> {
    let (first, last) = (first.min(last), first.max(last));
    let most = most.max(1);
    let years = (0..6).flat_map(|power| [1, 2, 5].map(|one| Every::Years(one * 10_u32.pow(power))));
    let fine = [
        Every::Day,
        Every::Week,
        Every::Months(1),
        Every::Months(3),
        Every::Months(6),
    ];
    let ticks = |every: Every| -> Vec<NaiveDate> {
        let next = |day: &NaiveDate| day.succ_opt().and_then(|day| every.from(day));
        std::iter::successors(every.from(first), next)
            .take_while(|day| *day <= last)
            .take(most + 1)
            .collect()
    };
    let found = fine
        .into_iter()
        .chain(years)
        .map(ticks)
        .find(|t| t.len() <= most);
    found
        .filter(|ticks| !ticks.is_empty())
        .unwrap_or_else(|| vec![first])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_round_and_cover_the_span() {
        assert_eq!(amounts(0, 97, 6, 1), [0, 20, 40, 60, 80, 100]);
        assert_eq!(amounts(0, 100, 6, 1), [0, 20, 40, 60, 80, 100]);
        assert_eq!(amounts(0, 101, 6, 1), [0, 50, 100, 150]);
        assert_eq!(amounts(-30, 55, 6, 1), [-40, -20, 0, 20, 40, 60]);
        assert_eq!(amounts(-7, 0, 2, 1), [-10, 0]);
        assert_eq!(amounts(5, -5, 1, 1), [-5, 0, 5]);
    }

    #[test]
    fn counts_are_never_split_and_nothing_has_an_axis_too() {
        assert_eq!(amounts(0, 2, 6, 1), [0, 1, 2]);
        assert_eq!(amounts(0, 0, 6, 1), [0, 1]);
        assert_eq!(amounts(0, 250, 6, 100), [0, 100, 200, 300]);
        assert_eq!(amounts(0, 0, 6, 100), [0, 100]);
    }

    #[test]
    fn no_amount_is_too_large() {
        let ticks = amounts(i128::MIN, i128::MAX, 5, 1);
        assert_eq!(ticks, [-LIMIT, -LIMIT / 2, 0, LIMIT / 2, LIMIT]);
        assert_eq!(amounts(0, LIMIT, 2, i128::MAX), [0, LIMIT]);
    }

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn dates_are_the_finest_beginnings_that_fit() {
        let days = dates(day(2027, 2, 27), day(2027, 3, 1), 3);
        assert_eq!(days, [day(2027, 2, 27), day(2027, 2, 28), day(2027, 3, 1)]);
        let weeks = dates(day(2027, 3, 3), day(2027, 3, 20), 6);
        assert_eq!(weeks, [day(2027, 3, 8), day(2027, 3, 15)]);
        let months = dates(day(2026, 11, 2), day(2027, 2, 1), 6);
        assert_eq!(months, [day(2026, 12, 1), day(2027, 1, 1), day(2027, 2, 1)]);
        let quarters = dates(day(2026, 1, 1), day(2026, 12, 31), 6);
        assert_eq!(quarters.len(), 4);
        assert_eq!(quarters[3], day(2026, 10, 1));
        let years = dates(day(2011, 5, 5), day(2027, 1, 1), 4);
        assert_eq!(years, [day(2015, 1, 1), day(2020, 1, 1), day(2025, 1, 1)]);
    }

    #[test]
    fn dates_are_found_where_nothing_begins_and_at_the_ends_of_the_calendar() {
        let (from, to) = (day(2027, 3, 2), day(2027, 3, 4));
        assert_eq!(dates(to, from, 2), [from]);
        assert_eq!(dates(from, from, 0), [from]);
        assert!(dates(NaiveDate::MIN, NaiveDate::MAX, 8).len() <= 8);
        assert_eq!(dates(NaiveDate::MAX, NaiveDate::MAX, 1).len(), 1);
    }
}
