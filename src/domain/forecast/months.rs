//! The months that a forecast goes through.

use super::Day;
use crate::domain::insight::period::Period;
use crate::domain::quota::Span;
use crate::words;
use chrono::{Datelike, Months as Step, NaiveDate};

/// The most months that are looked ahead.
pub const MOST: usize = 32;

words! {
    /// A period that is forecast.
    Ahead: "a period ahead" {
        /// The month that runs.
        ThisMonth = "this_month",
        /// The one after it.
        NextMonth = "next_month",
        /// The fiscal quarter that runs.
        ThisQuarter = "this_quarter",
        /// The one after it.
        NextQuarter = "next_quarter",
        /// The fiscal year that runs.
        ThisYear = "this_year",
    }
}

impl Ahead {
    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ThisMonth => "This month",
            Self::NextMonth => "Next month",
            Self::ThisQuarter => "This quarter",
            Self::NextQuarter => "Next quarter",
            Self::ThisYear => "This year",
        }
    }

    /// How long it is.
    #[must_use]
    pub fn span(self) -> Span {
        match self {
            Self::ThisMonth | Self::NextMonth => Span::Month,
            Self::ThisQuarter | Self::NextQuarter => Span::Quarter,
            Self::ThisYear => Span::Year,
        }
    }

    /// Its days; quarters and years begin with the fiscal month, 1 to 12.
    #[must_use]
    pub fn days(self, today: NaiveDate, fiscal_month: u8) -> Period {
        let quarter = |day| Period::quarter_of(day, fiscal_month);
        let after = |period: Period| period.to().succ_opt().unwrap_or(today);
        match self {
            Self::ThisMonth => Period::month_of(today),
            Self::NextMonth => Period::month_of(after(Period::month_of(today))),
            Self::ThisQuarter => quarter(today),
            Self::NextQuarter => quarter(after(quarter(today))),
            Self::ThisYear => Period::year_of(today, fiscal_month),
        }
    }
}

/// The months from that of a day on, each with its last day. The first one has begun already.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Months {
    /// The day from which one looks ahead; it is over.
    pub from: Day,
    /// The last day of each month, ascending; at most [`MOST`].
    pub ends: Vec<Day>,
}

/// A day as a date.
#[must_use]
pub fn date(day: Day) -> NaiveDate {
    NaiveDate::from_epoch_days(day).unwrap_or_default()
}

impl Months {
    /// From the day after one on, to the end of a period and at least `least` months. On the last
    /// day of a month the next one is the first.
    #[must_use]
    pub fn ahead(from: Day, period: Period, least: usize) -> Self {
        let first = date(from.saturating_add(1));
        let (mut ends, mut month) = (Vec::new(), Period::month_of(first));
        while ends.len() < MOST && (ends.len() < least || month.from() <= period.to()) {
            ends.push(month.to().to_epoch_days());
            let Some(next) = month.from().checked_add_months(Step::new(1)) else {
                break;
            };
            month = Period::month_of(next);
        }
        Self { from, ends }
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The month a day lies in, of those ahead.
    #[must_use]
    pub fn of(&self, day: Day) -> Option<usize> {
        let found = self.ends.iter().position(|end| day <= *end);
        found.filter(|_| day > self.from)
    }

    /// A month as a period, from its first day.
    #[must_use]
    pub fn month(&self, n: usize) -> Option<Period> {
        self.ends.get(n).map(|end| Period::month_of(date(*end)))
    }

    /// Which months lie in a period: the first and the one after the last.
    #[must_use]
    pub fn within(&self, period: Period) -> (usize, usize) {
        let (from, to) = period.range();
        let before = self.ends.iter().filter(|end| **end < from).count();
        let until = self.ends.iter().filter(|end| **end <= to).count();
        (before, until.max(before))
    }
}

/// Which month of its quarter a day lies in, 0 to 2, where the year begins with a month.
#[must_use]
pub fn of_quarter(day: Day, fiscal_month: u8) -> usize {
    let first = u32::from(fiscal_month.clamp(1, 12)) - 1;
    ((date(day).month0() + 12 - first) % 3) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse::<NaiveDate>().unwrap().to_epoch_days()
    }

    #[test]
    fn months_go_on_to_the_end_of_the_period() {
        let quarter = Period::quarter_of(date(day("2026-02-10")), 1);
        let months = Months::ahead(day("2026-02-10"), quarter, 1);
        assert_eq!(months.ends, [day("2026-02-28"), day("2026-03-31")]);
        assert_eq!(months.within(quarter), (0, 2));
        assert_eq!(months.of(day("2026-03-01")), Some(1));
        assert_eq!(months.of(day("2026-02-10")), None);
        assert_eq!(months.of(day("2026-04-01")), None);
        let next = quarter
            .to()
            .succ_opt()
            .map(|d| Period::quarter_of(d, 1))
            .unwrap();
        let more = Months::ahead(day("2026-02-10"), next, 1);
        assert_eq!((more.len(), more.within(next)), (5, (2, 5)));
        // On the last day of a month nothing of it is ahead.
        let last = Months::ahead(day("2026-02-28"), quarter, 3);
        assert_eq!(last.ends[0], day("2026-03-31"));
        assert_eq!(last.len(), 3);
        assert_eq!(Months::ahead(0, Period::all(), 1).len(), MOST);
    }

    #[test]
    fn months_of_a_quarter_follow_the_fiscal_year() {
        let of = |text: &str, fiscal| of_quarter(day(text), fiscal);
        assert_eq!(
            (
                of("2026-01-31", 1),
                of("2026-03-01", 1),
                of("2026-04-01", 1)
            ),
            (0, 2, 0)
        );
        assert_eq!((of("2026-01-31", 2), of("2026-02-01", 2)), (2, 0));
    }
}
