//! How many deals come in.

use super::facts::{Column, Day, Facts, Purse};
use super::period::{Cut, Period};
use super::select::{Selection, deals};
use super::stats::Interval;
use super::stats::sample::Sample;
use crate::domain::ids::DealId;
use crate::domain::money::Sums;

/// The deals created in one piece of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// From when to when.
    pub period: Period,
    /// How many deals were created.
    pub count: u64,
    /// Σ of what they are worth now.
    pub value: Sums,
    /// Whether all of it is past and asked for, so that it can be compared with others.
    pub whole: bool,
}

/// Deals created per week, month or quarter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Creation {
    /// The pieces in order, without gaps.
    pub pieces: Vec<Piece>,
}

/// The most pieces a series has.
pub const MOST_PIECES: usize = 400;

/// A series being counted.
#[derive(Clone, Debug, Default)]
pub(super) struct CreationTally {
    pieces: Vec<Period>,
    period: Option<Period>,
    first: Day,
    /// The piece each day from `first` on lies in.
    place: Column<u16>,
    counts: Column<u64>,
    values: Column<Purse>,
}

impl CreationTally {
    /// Of the days asked for, cut where there are deals.
    pub(super) fn new(asked: Period, fitted: Period, cut: Cut) -> Self {
        let pieces = cut.pieces(fitted, MOST_PIECES);
        let place = (0_u16..)
            .zip(&pieces)
            .flat_map(|(n, piece)| std::iter::repeat_n(n, piece.days() as usize));
        Self {
            first: pieces.first().map_or(0, |p| p.range().0),
            place: place.collect(),
            counts: Column::of(0, pieces.len()),
            values: Column::of(Purse::default(), pieces.len()),
            period: Some(asked),
            pieces,
        }
    }

    #[inline(always)]
    pub(super) fn note(&mut self, facts: &Facts, row: usize, sign: i32) {
        let day = facts.created[row];
        let at = usize::try_from(i64::from(day) - i64::from(self.first)).ok();
        let Some(place) = at.and_then(|at| self.place.get(at)) else {
            return;
        };
        if self.period.is_none_or(|p| !p.holds(day)) {
            return;
        }
        let place = usize::from(*place);
        self.counts[place] = self.counts[place].saturating_add_signed(sign.into());
        let value = i128::from(sign) * i128::from(facts.value[row]);
        self.values[place].add(facts.currency[row], value);
    }

    pub(super) fn read(&self, facts: &Facts, today: Day) -> Creation {
        let asked = self.period.unwrap_or(Period::all());
        let pieces = self.pieces.iter().zip(&self.counts).zip(&self.values);
        Creation {
            pieces: pieces
                .map(|((period, count), value)| Piece {
                    period: *period,
                    count: *count,
                    value: value.sums(facts),
                    whole: period.range().1 < today && period.within(asked) == Some(*period),
                })
                .collect(),
        }
    }
}

impl Creation {
    /// Counts the deals created in a time, cut into pieces; the latest [`MOST_PIECES`] of them. A
    /// time without a beginning is cut from the first deal on, and none reaches past today.
    #[must_use]
    pub fn of(facts: &Facts, of: &Selection, period: Period, cut: Cut, today: Day) -> Self {
        let mut tally = CreationTally::new(period, fitted(facts, of, period, today), cut);
        of.each(|row| tally.note(facts, row, 1));
        tally.read(facts, today)
    }

    /// The counts of whole pieces.
    fn counts(&self) -> Sample {
        let whole = self.pieces.iter().filter(|p| p.whole);
        whole
            .map(|p| u32::try_from(p.count).unwrap_or(u32::MAX))
            .collect()
    }

    /// How many whole pieces the mean rests on.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.counts().len()
    }

    /// Deals per piece in the mean; pieces that are not whole do not count.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        self.counts().mean()
    }

    /// Its 95 % interval (Student).
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        self.counts().mean_interval()
    }
}

/// A time cut down to where there are deals: from the first of them to today.
#[must_use]
pub fn fitted(facts: &Facts, of: &Selection, period: Period, today: Day) -> Period {
    use chrono::NaiveDate;
    let date = |day: Day| NaiveDate::from_epoch_days(day).unwrap_or_default();
    let mut first = today;
    of.each(|row| first = first.min(facts.created[row]));
    let lived = Period::new(date(first.min(today)), date(today));
    period.within(lived).unwrap_or(lived)
}

/// The deals created in a time, in order of their ids.
#[must_use]
pub fn created_deals(facts: &Facts, of: &Selection, period: Period) -> Vec<DealId> {
    let hit = |row: &usize| period.holds(facts.created[*row]);
    deals(facts, of.rows().filter(hit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::insight::facts::{Facts, day_of};
    use crate::domain::insight::made::{End, Made, TODAY, noon, on};

    #[test]
    fn the_month_of_the_first_deal_is_whole_and_one_that_is_cut_off_is_not() {
        let mut made = Made::new();
        // Two in January, from the 21st on; three in February; one in April, which is not over.
        for day in [20, 25, 35, 36, 40, TODAY - 1] {
            made.deal(Some(1), &[(0, day)], End::Open);
        }
        let facts = Facts::over(&made.world, &|_| 0);
        let (all, today) = (Selection::all(&facts), day_of(noon(TODAY)));
        let whole = |period| {
            let found = Creation::of(&facts, &all, period, Cut::Month, today);
            let pieces = found.pieces.iter().map(|p| (p.count, p.whole));
            (pieces.collect::<Vec<_>>(), found.mean())
        };
        let every = vec![(2, true), (3, true), (0, true), (1, false)];
        assert_eq!(whole(Period::all()), (every.clone(), Some(5.0 / 3.0)));
        assert_eq!(whole(Period::new(on(0), on(TODAY))).0, every);
        // Asked from the 22nd on, January is cut off.
        let (cut, mean) = whole(Period::new(on(21), on(TODAY)));
        assert_eq!((cut[0], mean), ((1, false), Some(1.5)));
    }
}
