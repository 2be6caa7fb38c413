//! Spans of civil days that figures are asked for.

use super::facts::Day;
use chrono::{Datelike, Days, Months, NaiveDate};

/// Civil days from one to another, both included. `from` is never after `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    from: NaiveDate,
    to: NaiveDate,
    /// The same as numbers: deals are asked for by the hundred thousand.
    range: (Day, Day),
}

impl Period {
    /// From one day to another, in either order.
    #[must_use]
    pub fn new(one: NaiveDate, other: NaiveDate) -> Self {
        let (from, to) = (one.min(other), one.max(other));
        Self {
            from,
            to,
            range: (from.to_epoch_days(), to.to_epoch_days()),
        }
    }

    /// All days there are.
    #[must_use]
    pub fn all() -> Self {
        Self::new(NaiveDate::MIN, NaiveDate::MAX)
    }

    /// Up to a day.
    #[must_use]
    pub fn until(to: NaiveDate) -> Self {
        Self::new(NaiveDate::MIN, to)
    }

    /// The month a day lies in.
    #[must_use]
    pub fn month_of(day: NaiveDate) -> Self {
        Self::months_of(day, 1, 1)
    }

    /// The quarter a day lies in, of a fiscal year that begins with a month, 1 to 12.
    #[must_use]
    pub fn quarter_of(day: NaiveDate, fiscal_month: u8) -> Self {
        Self::months_of(day, 3, fiscal_month)
    }

    /// The year a day lies in, which begins with a month, 1 to 12.
    #[must_use]
    pub fn year_of(day: NaiveDate, fiscal_month: u8) -> Self {
        Self::months_of(day, 12, fiscal_month)
    }

    /// The week a day lies in, from Monday to Sunday.
    #[must_use]
    pub fn week_of(day: NaiveDate) -> Self {
        let back = day.weekday().num_days_from_monday().into();
        let from = day.checked_sub_days(Days::new(back)).unwrap_or(day);
        let to = from.checked_add_days(Days::new(6)).unwrap_or(from);
        Self::new(from, to)
    }

    /// The span of `months` months a day lies in, where such spans begin with `first`.
    fn months_of(day: NaiveDate, months: u32, first: u8) -> Self {
        let first = u32::from(first.clamp(1, 12)) - 1;
        let back = (day.month0() + 12 - first) % months;
        let begin = day.with_day(1).unwrap_or(day);
        let from = begin.checked_sub_months(Months::new(back)).unwrap_or(begin);
        Self::months_from(from, months)
    }

    /// Whole months from the first day of one on.
    #[must_use]
    pub fn months_from(from: NaiveDate, months: u32) -> Self {
        let next = from.checked_add_months(Months::new(months));
        let to = next.and_then(|d| d.pred_opt()).unwrap_or(NaiveDate::MAX);
        Self::new(from, to)
    }

    /// The first day.
    #[must_use]
    pub fn from(&self) -> NaiveDate {
        self.from
    }

    /// The last day.
    #[must_use]
    pub fn to(&self) -> NaiveDate {
        self.to
    }

    /// How many days.
    #[must_use]
    pub fn days(&self) -> u32 {
        (self.range.1 - self.range.0) as u32 + 1
    }

    /// First and last day as numbers.
    #[must_use]
    pub fn range(&self) -> (Day, Day) {
        self.range
    }

    /// Whether a day lies in it; what has no day lies in none.
    #[must_use]
    #[inline(always)]
    pub fn holds(&self, day: Day) -> bool {
        let (from, to) = self.range;
        from <= day && day <= to
    }

    /// How many whole months it is, when it begins and ends with a month.
    #[must_use]
    pub fn whole_months(&self) -> Option<u32> {
        let after = self.to.succ_opt()?;
        let months = (after.year() - self.from.year()) * 12 + after.month() as i32
            - self.from.month() as i32;
        (self.from.day() == 1 && after.day() == 1).then_some(months as u32)
    }

    /// The span of the same length just before: as many months where it is whole months, else as
    /// many days. None where there is no calendar any more.
    #[must_use]
    pub fn previous(&self) -> Option<Self> {
        let to = self.from.pred_opt()?;
        let from = match self.whole_months() {
            Some(months) => self.from.checked_sub_months(Months::new(months))?,
            None => self.from.checked_sub_days(Days::new(self.days().into()))?,
        };
        Some(Self::new(from, to))
    }

    /// The same days a year before.
    #[must_use]
    pub fn year_before(&self) -> Option<Self> {
        if let Some(months) = self.whole_months() {
            let from = self.from.checked_sub_months(Months::new(12))?;
            return Some(Self::months_from(from, months));
        }
        let back = |day: NaiveDate| day.checked_sub_months(Months::new(12));
        Some(Self::new(back(self.from)?, back(self.to)?))
    }

    /// The part of it that lies in another.
    #[must_use]
    pub fn within(&self, other: Self) -> Option<Self> {
        let (from, to) = (self.from.max(other.from), self.to.min(other.to));
        (from <= to).then(|| Self::new(from, to))
    }
}

/// Into which pieces a time is cut for a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Weeks from Monday to Sunday.
    Week,
    /// Months.
    Month,
    /// Quarters of a fiscal year that begins with this month.
    Quarter(u8),
}

impl Cut {
    /// The piece a day lies in.
    #[must_use]
    pub fn piece(self, day: NaiveDate) -> Period {
        match self {
            Self::Week => Period::week_of(day),
            Self::Month => Period::month_of(day),
            Self::Quarter(first) => Period::quarter_of(day, first),
        }
    }

    /// All pieces that share a day with a span, whole, in order; at most `most` of them, the
    /// latest.
    #[must_use]
    pub fn pieces(self, period: Period, most: usize) -> Vec<Period> {
        let mut pieces = Vec::new();
        let mut at = Some(period.to());
        while let Some(piece) = at.map(|day| self.piece(day)) {
            if pieces.len() == most || piece.to() < period.from() {
                break;
            }
            pieces.push(piece);
            at = piece.from().pred_opt();
        }
        pieces.reverse();
        pieces
    }
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
    fn months_quarters_and_years_begin_where_they_should() {
        let today = day("2028-02-29");
        assert_eq!(Period::month_of(today), span("2028-02-01", "2028-02-29"));
        assert_eq!(
            Period::quarter_of(today, 1),
            span("2028-01-01", "2028-03-31")
        );
        assert_eq!(
            Period::quarter_of(today, 2),
            span("2028-02-01", "2028-04-30")
        );
        assert_eq!(
            Period::quarter_of(today, 12),
            span("2027-12-01", "2028-02-29")
        );
        assert_eq!(Period::year_of(today, 4), span("2027-04-01", "2028-03-31"));
        assert_eq!(Period::week_of(today), span("2028-02-28", "2028-03-05"));
    }

    #[test]
    fn the_one_before_is_as_long() {
        let quarter = span("2026-01-01", "2026-03-31");
        assert_eq!(quarter.previous(), Some(span("2025-10-01", "2025-12-31")));
        let days = span("2026-03-05", "2026-03-09");
        assert_eq!(days.previous(), Some(span("2026-02-28", "2026-03-04")));
        assert_eq!(
            quarter.year_before(),
            Some(span("2025-01-01", "2025-03-31"))
        );
        assert_eq!(
            span("2028-02-01", "2028-02-29").year_before(),
            Some(span("2027-02-01", "2027-02-28"))
        );
        assert_eq!(Period::all().previous(), None);
        assert!(!Period::all().holds(super::super::facts::NEVER));
    }

    #[test]
    fn pieces_cover_a_span_without_gaps() {
        let year = span("2026-01-15", "2026-12-03");
        for cut in [Cut::Week, Cut::Month, Cut::Quarter(2)] {
            let pieces = cut.pieces(year, 500);
            assert!(pieces[0].from() <= year.from() && year.to() <= pieces[pieces.len() - 1].to());
            assert!(
                pieces
                    .windows(2)
                    .all(|w| w[0].to().succ_opt() == Some(w[1].from()))
            );
        }
        assert_eq!(Cut::Month.pieces(Period::all(), 3).len(), 3);
    }
}
