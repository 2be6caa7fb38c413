//! The times that tiles are of: those of figures, which end today or with what runs, and those
//! that lie ahead.

use crate::domain::forecast::months::Ahead;
use crate::domain::insight::period::Period;
use crate::domain::insight::when::When;
use crate::words;
use chrono::{Days, NaiveDate};

words! {
    /// A time ahead.
    Coming: "a time ahead" {
        /// The month after the one that runs.
        NextMonth = "next_month",
        /// Today and the 29 days after it.
        Days30 = "next_30",
        /// Today and the 89 days after it.
        Days90 = "next_90",
        /// The fiscal quarter after the one that runs.
        NextQuarter = "next_quarter",
    }
}

/// A time of a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// One of those that figures are of.
    When(When),
    /// One that lies ahead.
    Coming(Coming),
}

impl Time {
    /// The time of a code; none for days of one's own choice, which a tile has none of.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let coming = Coming::from_code(code).map(Self::Coming);
        let when = When::from_code(code).filter(|when| *when != When::Own);
        coming.or(when.map(Self::When))
    }

    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::When(when) => when.code(),
            Self::Coming(coming) => coming.code(),
        }
    }

    /// The words shown to people.
    #[must_use]
    pub fn label(self, fiscal_month: u8) -> &'static str {
        match self {
            Self::When(when) => when.label(fiscal_month),
            Self::Coming(Coming::NextMonth) => Ahead::NextMonth.label(),
            Self::Coming(Coming::Days30) => "Next 30 days",
            Self::Coming(Coming::Days90) => "Next 90 days",
            Self::Coming(Coming::NextQuarter) => Ahead::NextQuarter.label(),
        }
    }

    /// Its days; fiscal quarters begin with the fiscal month, 1 to 12.
    #[must_use]
    pub fn days(self, today: NaiveDate, fiscal_month: u8) -> Period {
        let on = |days| today.checked_add_days(Days::new(days)).unwrap_or(today);
        match self {
            Self::When(when) => when.days(Period::all(), today, fiscal_month),
            Self::Coming(Coming::NextMonth) => Ahead::NextMonth.days(today, fiscal_month),
            Self::Coming(Coming::Days30) => Period::new(today, on(29)),
            Self::Coming(Coming::Days90) => Period::new(today, on(89)),
            Self::Coming(Coming::NextQuarter) => Ahead::NextQuarter.days(today, fiscal_month),
        }
    }

    /// What it is compared with; what lies ahead with nothing.
    #[must_use]
    pub fn before(self, today: NaiveDate, fiscal_month: u8) -> Option<Period> {
        match self {
            Self::When(when) => when.before(Period::all(), today, fiscal_month),
            Self::Coming(_) => None,
        }
    }

    /// The times offered: for what lies ahead those that reach beyond today.
    #[must_use]
    pub fn offered(ahead: bool) -> Vec<Self> {
        if ahead {
            return vec![
                Self::Coming(Coming::Days30),
                Self::Coming(Coming::Days90),
                Self::When(When::ThisMonth),
                Self::Coming(Coming::NextMonth),
                Self::When(When::ThisQuarter),
                Self::Coming(Coming::NextQuarter),
                Self::When(When::ThisYear),
                Self::When(When::All),
            ];
        }
        let all = When::ALL.iter().filter(|when| **when != When::Own);
        all.map(|when| Self::When(*when)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_ahead_begin_today_or_after_what_runs() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let of = |coming| Time::Coming(coming).days(day("2026-11-28"), 2);
        let span = |from: &str, to: &str| Period::new(day(from), day(to));
        assert_eq!(of(Coming::NextMonth), span("2026-12-01", "2026-12-31"));
        assert_eq!(of(Coming::Days30), span("2026-11-28", "2026-12-27"));
        assert_eq!(of(Coming::Days90), span("2026-11-28", "2027-02-25"));
        assert_eq!(of(Coming::NextQuarter), span("2027-02-01", "2027-04-30"));
    }

    #[test]
    fn codes_are_told_apart_and_read_back() {
        for time in [true, false].into_iter().flat_map(Time::offered) {
            assert_eq!(Time::from_code(time.code()), Some(time));
            assert!(!time.label(1).is_empty());
        }
        assert_eq!(Time::from_code("own"), None);
        assert_eq!(Time::from_code(""), None);
    }
}
