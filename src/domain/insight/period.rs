//! Times that figures are of: months, quarters and years of the calendar or the fiscal year, and
//! the same days of the one before.

use crate::words;
use chrono::{Datelike, Days, Months, NaiveDate};

words! {
    /// A time to choose.
    Period: "a period" {
        /// The month that runs.
        ThisMonth = "this_month",
        /// The month before it.
        LastMonth = "last_month",
        /// The fiscal quarter that runs.
        ThisQuarter = "this_quarter",
        /// The one before it.
        LastQuarter = "last_quarter",
        /// The fiscal year that runs.
        ThisYear = "this_year",
        /// The one before it.
        LastYear = "last_year",
        /// The last 90 days with today.
        Days90 = "days_90",
        /// The last twelve months up to today.
        Months12 = "months_12",
        /// All there is.
        All = "all",
        /// Days of one's own choice.
        Own = "own",
    }
}

impl Period {
    /// The words shown to people. A fiscal year that begins with January is a year.
    #[must_use]
    pub fn label(self, fiscal_month: u8) -> &'static str {
        let plain = fiscal_month == 1;
        match self {
            Self::ThisMonth => "This month",
            Self::LastMonth => "Last month",
            Self::ThisQuarter => "This quarter",
            Self::LastQuarter => "Last quarter",
            Self::ThisYear if plain => "This year",
            Self::LastYear if plain => "Last year",
            Self::ThisYear => "This fiscal year",
            Self::LastYear => "Last fiscal year",
            Self::Days90 => "Last 90 days",
            Self::Months12 => "Last 12 months",
            Self::All => "All time",
            Self::Own => "Own dates",
        }
    }
}

/// Days from one to another, both included; an open end has no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// The first day of the block of `months` months of the fiscal year that a day lies in.
fn begin(day: NaiveDate, months: u32, fiscal_month: u8) -> NaiveDate {
    let fiscal = u32::from(fiscal_month.clamp(1, 12)) - 1;
    // Months since the fiscal year began, 0 to 11.
    let into = (day.month0() + 12 - fiscal) % 12;
    let first = day.with_day(1).unwrap_or(day);
    back(first, into % months)
}

fn back(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(day)
}

fn ahead(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(day)
}

fn less(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

impl Range {
    /// The whole of `months` months from a day on.
    #[must_use]
    pub fn months(first: NaiveDate, months: u32) -> Self {
        Self {
            from: Some(first),
            to: Some(less(ahead(first, months), 1)),
        }
    }

    /// The days of a period; `own` where the person chose them. Fiscal quarters and years begin
    /// with the fiscal month, 1 to 12.
    #[must_use]
    pub fn of(period: Period, own: Self, today: NaiveDate, fiscal_month: u8) -> Self {
        let block = |months: u32, ago: u32| {
            let first = begin(today, months, fiscal_month);
            Self::months(back(first, months * ago), months)
        };
        match period {
            Period::ThisMonth => block(1, 0),
            Period::LastMonth => block(1, 1),
            Period::ThisQuarter => block(3, 0),
            Period::LastQuarter => block(3, 1),
            Period::ThisYear => block(12, 0),
            Period::LastYear => block(12, 1),
            Period::Days90 => Self {
                from: Some(less(today, 89)),
                to: Some(today),
            },
            Period::Months12 => Self {
                from: back(today, 12).succ_opt(),
                to: Some(today),
            },
            Period::All => Self::default(),
            Period::Own => own,
        }
    }

    /// What a period is compared with. A calendar period that still runs is compared with the
    /// same number of days of the one before it, any other with as much time right before it.
    /// None where there is no beginning.
    #[must_use]
    pub fn before(period: Period, own: Self, today: NaiveDate, fiscal_month: u8) -> Option<Self> {
        let now = Self::of(period, own, today, fiscal_month);
        let from = now.from?;
        let months = match period {
            Period::ThisMonth | Period::LastMonth => 1,
            Period::ThisQuarter | Period::LastQuarter => 3,
            Period::ThisYear | Period::LastYear | Period::Months12 => 12,
            Period::Days90 | Period::Own | Period::All => {
                let to = now.to.unwrap_or(today);
                let days = u64::try_from((to - from).num_days() + 1).ok()?;
                return Some(Self {
                    from: Some(less(from, days)),
                    to: Some(less(from, 1)),
                });
            }
        };
        let whole = Self::months(back(from, months), months);
        let runs = now.to.is_some_and(|to| to > today) && today >= from;
        let until = runs.then(|| {
            let days = u64::try_from((today - from).num_days()).unwrap_or(0);
            whole.from.and_then(|f| f.checked_add_days(Days::new(days)))
        });
        Some(Self {
            from: whole.from,
            to: match until.flatten() {
                Some(until) => whole.to.map(|to| to.min(until)),
                None => whole.to,
            },
        })
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn range(from: NaiveDate, to: NaiveDate) -> Range {
        Range {
            from: Some(from),
            to: Some(to),
        }
    }

    #[test]
    fn quarters_and_years_begin_with_the_fiscal_month() {
        let today = day(2026, 2, 28);
        let of = |p, fiscal| Range::of(p, Range::default(), today, fiscal);
        assert_eq!(
            of(Period::ThisQuarter, 1),
            range(day(2026, 1, 1), day(2026, 3, 31))
        );
        assert_eq!(
            of(Period::ThisQuarter, 2),
            range(day(2026, 2, 1), day(2026, 4, 30))
        );
        assert_eq!(
            of(Period::LastQuarter, 3),
            range(day(2025, 9, 1), day(2025, 11, 30))
        );
        assert_eq!(
            of(Period::ThisYear, 4),
            range(day(2025, 4, 1), day(2026, 3, 31))
        );
        assert_eq!(
            of(Period::LastMonth, 4),
            range(day(2026, 1, 1), day(2026, 1, 31))
        );
        assert_eq!(
            of(Period::Months12, 4),
            range(day(2025, 3, 1), day(2026, 2, 28))
        );
        assert_eq!(of(Period::Days90, 1), range(day(2025, 12, 1), today));
        assert!(of(Period::All, 1).holds(day(1900, 1, 1)));
    }

    #[test]
    fn what_runs_is_compared_with_the_same_days_before() {
        let before = |p, today| Range::before(p, Range::default(), today, 1);
        assert_eq!(
            before(Period::ThisQuarter, day(2026, 2, 10)),
            Some(range(day(2025, 10, 1), day(2025, 11, 10)))
        );
        // The month before may be shorter.
        assert_eq!(
            before(Period::ThisMonth, day(2026, 3, 30)),
            Some(range(day(2026, 2, 1), day(2026, 2, 28)))
        );
        assert_eq!(
            before(Period::LastQuarter, day(2026, 2, 10)),
            Some(range(day(2025, 7, 1), day(2025, 9, 30)))
        );
        assert_eq!(before(Period::All, day(2026, 2, 10)), None);
        let own = range(day(2026, 1, 10), day(2026, 1, 19));
        assert_eq!(
            Range::before(Period::Own, own, day(2026, 2, 10), 1),
            Some(range(day(2025, 12, 31), day(2026, 1, 9)))
        );
    }

    #[test]
    fn every_period_of_every_day_and_fiscal_month_is_whole() {
        for (fiscal, add) in (1..=12).flat_map(|f| (0..800).step_by(7).map(move |a| (f, a))) {
            let today = day(2024, 1, 1) + Days::new(add);
            for period in [Period::ThisMonth, Period::ThisQuarter, Period::ThisYear] {
                let now = Range::of(period, Range::default(), today, fiscal);
                assert!(now.holds(today), "{period:?} {today} {fiscal}");
                let before = Range::before(period, Range::default(), today, fiscal).unwrap();
                assert!(before.to.unwrap() < now.from.unwrap());
                assert!(before.from <= before.to);
            }
        }
    }
}
