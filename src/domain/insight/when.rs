//! Times to choose that figures are of: months, quarters and years of the calendar or the fiscal
//! year, and what each is compared with.

use super::period::Period;
use crate::words;
use chrono::{Days, Months, NaiveDate};

words! {
    /// A time to choose.
    When: "a time" {
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

impl When {
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

fn less(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(days.into())).unwrap_or(day)
}

impl When {
    /// The days of a time; `own` where the person chose them. Fiscal quarters and years begin with
    /// the fiscal month, 1 to 12.
    #[must_use]
    pub fn days(self, own: Period, today: NaiveDate, fiscal_month: u8) -> Period {
        let last = |now: Period| now.previous().unwrap_or(now);
        let quarter = Period::quarter_of(today, fiscal_month);
        let year = Period::year_of(today, fiscal_month);
        match self {
            Self::ThisMonth => Period::month_of(today),
            Self::LastMonth => last(Period::month_of(today)),
            Self::ThisQuarter => quarter,
            Self::LastQuarter => last(quarter),
            Self::ThisYear => year,
            Self::LastYear => last(year),
            Self::Days90 => Period::new(less(today, 89), today),
            Self::Months12 => Period::new(year_ago(today), today),
            Self::All => Period::all(),
            Self::Own => own,
        }
    }

    /// What a time is compared with. A month, quarter or year that still runs is compared with the
    /// same number of days of the one before it, any other with as much time right before it. None
    /// where there is no beginning.
    #[must_use]
    pub fn before(self, own: Period, today: NaiveDate, fiscal_month: u8) -> Option<Period> {
        let now = self.closed(own, today, fiscal_month);
        if self == Self::Months12 {
            return now.year_before();
        }
        let whole = now.previous()?;
        if !self.runs(now, today) {
            return Some(whole);
        }
        let gone = u32::try_from((today - now.from()).num_days()).ok()?;
        let until = whole.from().checked_add_days(Days::new(gone.into()))?;
        Some(Period::new(whole.from(), whole.to().min(until)))
    }

    /// The same time a year before. Of a month, quarter or year that still runs the days up to
    /// today count. None where there is no beginning.
    #[must_use]
    pub fn year_before(self, own: Period, today: NaiveDate, fiscal_month: u8) -> Option<Period> {
        let now = self.closed(own, today, fiscal_month);
        match self.runs(now, today) {
            true => Period::new(now.from(), today).year_before(),
            false => now.year_before(),
        }
    }

    /// Its days; one without an end ends today.
    fn closed(self, own: Period, today: NaiveDate, fiscal_month: u8) -> Period {
        let now = self.days(own, today, fiscal_month);
        match now.to() == NaiveDate::MAX && now.from() <= today {
            true => Period::new(now.from(), today),
            false => now,
        }
    }

    /// Whether it has begun and is not over.
    fn runs(self, now: Period, today: NaiveDate) -> bool {
        now.to() > today && now.from() <= today && self != Self::Own
    }
}

words! {
    /// What a time is compared with.
    Against: "what is compared with" {
        /// The time right before it.
        Before = "before",
        /// The same time a year before.
        YearBefore = "year_before",
        /// Days of one's own choice.
        Own = "own",
    }
}

impl Against {
    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Before => "The time before",
            Self::YearBefore => "A year before",
            Self::Own => "Own dates",
        }
    }
}

/// The day after the same day a year before: what begins twelve months up to a day.
fn year_ago(day: NaiveDate) -> NaiveDate {
    let back = day.checked_sub_months(Months::new(12));
    back.and_then(|d| d.succ_opt()).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn span(from: &str, to: &str) -> Period {
        Period::new(day(from), day(to))
    }

    #[test]
    fn quarters_and_years_begin_with_the_fiscal_month() {
        let of = |when: When, fiscal| when.days(Period::all(), day("2026-02-28"), fiscal);
        assert_eq!(of(When::ThisQuarter, 2), span("2026-02-01", "2026-04-30"));
        assert_eq!(of(When::LastQuarter, 3), span("2025-09-01", "2025-11-30"));
        assert_eq!(of(When::ThisYear, 4), span("2025-04-01", "2026-03-31"));
        assert_eq!(of(When::LastMonth, 4), span("2026-01-01", "2026-01-31"));
        assert_eq!(of(When::Months12, 4), span("2025-03-01", "2026-02-28"));
        assert_eq!(of(When::Days90, 1), span("2025-12-01", "2026-02-28"));
        assert_eq!(of(When::All, 1), Period::all());
    }

    #[test]
    fn what_runs_is_compared_with_the_same_days_before() {
        let before = |when: When, today: &str| when.before(Period::all(), day(today), 1);
        assert_eq!(
            before(When::ThisQuarter, "2026-02-10"),
            Some(span("2025-10-01", "2025-11-10"))
        );
        // The month before may be shorter.
        assert_eq!(
            before(When::ThisMonth, "2026-03-30"),
            Some(span("2026-02-01", "2026-02-28"))
        );
        assert_eq!(
            before(When::LastQuarter, "2026-02-10"),
            Some(span("2025-07-01", "2025-09-30"))
        );
        assert_eq!(
            before(When::Months12, "2026-02-28"),
            Some(span("2024-03-01", "2025-02-28"))
        );
        assert_eq!(before(When::All, "2026-02-10"), None);
        let own = span("2026-01-10", "2026-01-19");
        assert_eq!(
            When::Own.before(own, day("2026-02-10"), 1),
            Some(span("2025-12-31", "2026-01-09"))
        );
        let open = Period::new(day("2026-02-01"), NaiveDate::MAX);
        assert_eq!(
            When::Own.before(open, day("2026-02-10"), 1),
            Some(span("2026-01-22", "2026-01-31"))
        );
    }

    #[test]
    fn what_runs_is_compared_with_the_same_days_a_year_before() {
        let year = |when: When, today: &str| when.year_before(Period::all(), day(today), 1);
        assert_eq!(
            year(When::ThisQuarter, "2026-02-10"),
            Some(span("2025-01-01", "2025-02-10"))
        );
        assert_eq!(
            year(When::LastQuarter, "2026-02-10"),
            Some(span("2024-10-01", "2024-12-31"))
        );
        // The last of February is the last day of a whole month.
        assert_eq!(
            year(When::ThisMonth, "2024-02-29"),
            Some(span("2023-02-01", "2023-02-28"))
        );
        assert_eq!(year(When::All, "2026-02-10"), None);
        let own = span("2026-01-10", "2026-01-19");
        assert_eq!(
            When::Own.year_before(own, day("2026-02-10"), 1),
            Some(span("2025-01-10", "2025-01-19"))
        );
    }

    #[test]
    fn every_time_of_every_day_and_fiscal_month_is_whole() {
        for (fiscal, add) in (1..=12).flat_map(|f| (0..800).step_by(7).map(move |a| (f, a))) {
            let today = day("2024-01-01") + Days::new(add);
            for when in [When::ThisMonth, When::ThisQuarter, When::ThisYear] {
                let now = when.days(Period::all(), today, fiscal);
                assert!(now.from() <= today && today <= now.to(), "{when:?} {today}");
                let before = when.before(Period::all(), today, fiscal).unwrap();
                assert!(before.to() < now.from());
            }
        }
    }
}
