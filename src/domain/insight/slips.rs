//! How often the expected close is put off.

use super::facts::Facts;
use super::period::Period;
use super::select::{Selection, deals};
use super::stats::Rate;
use super::stats::sample::Sample;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;

/// How often the expected close of deals was moved to a later day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slips {
    /// Of open deals: how often each was put off.
    pub open: Sample,
    /// Of deals won in the time.
    pub won: Sample,
    /// Of deals lost in the time.
    pub lost: Sample,
}

impl Slips {
    /// Counts open deals, and those closed in a time.
    #[must_use]
    pub fn of(facts: &Facts, of: &Selection, period: Period) -> Self {
        let (mut slips, range) = (Self::default(), period.range());
        of.each(|row| slips.note(facts, row, range, 1));
        slips
    }

    #[inline(always)]
    pub(super) fn note(&mut self, facts: &Facts, row: usize, (from, to): (i32, i32), sign: i32) {
        let closed = from <= facts.closed[row] && facts.closed[row] <= to;
        let group = match facts.status[row] {
            Status::Open => &mut self.open,
            Status::Won if closed => &mut self.won,
            Status::Lost if closed => &mut self.lost,
            _ => return,
        };
        group.shift(facts.pushes[row].into(), sign);
    }

    /// How many of a group were put off so many times.
    #[must_use]
    pub fn times(group: &Sample, times: &std::ops::RangeInclusive<u16>) -> u64 {
        let all = group.iter();
        all.filter(|(n, _)| u16::try_from(*n).is_ok_and(|n| times.contains(&n)))
            .map(|(_, count)| u64::from(count))
            .sum()
    }

    /// The share of a group that was put off at least once.
    #[must_use]
    pub fn pushed(group: &Sample) -> Rate {
        Rate::new(group.above(0.0), group.len())
    }
}

/// The deals of a status that were put off so many times, those closed in the time; in order of their
/// ids, those put off most often first.
#[must_use]
pub fn put_off_deals(
    facts: &Facts,
    of: &Selection,
    period: Period,
    status: Status,
    times: std::ops::RangeInclusive<u16>,
) -> Vec<DealId> {
    let own = of.and(|row| facts.status[row] == status && times.contains(&facts.pushes[row]));
    slipped_deals(facts, &own, period, 0)
}

/// Whether a deal was put off so many times or more: one that is open, or was closed in the time.
#[inline(always)]
pub(super) fn slipped(facts: &Facts, row: usize, period: Period, least: u16) -> bool {
    facts.pushes[row] >= least
        && match facts.status[row] {
            Status::Open => true,
            Status::Won | Status::Lost => period.holds(facts.closed[row]),
            Status::OnHold => false,
        }
}

/// The deals put off so many times or more: those open, and those closed in the time; most often
/// put off first.
#[must_use]
pub fn slipped_deals(facts: &Facts, of: &Selection, period: Period, least: u16) -> Vec<DealId> {
    let hit = |row: &usize| slipped(facts, *row, period, least);
    let mut found = deals(facts, of.rows().filter(hit));
    let pushes = |id: &DealId| facts.row(*id).map_or(0, |row| facts.pushes[row]);
    found.sort_by_cached_key(|id| std::cmp::Reverse(pushes(id)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::insight::made::{End, Made, on};
    use crate::domain::insight::select::Selection;

    #[test]
    fn how_often_deals_were_put_off_is_told_with_the_deals() {
        let mut made = Made::new();
        for end in [End::Open, End::Open, End::Open, End::Won(40), End::Lost(50)] {
            made.deal(Some(1), &[(0, 20)], end);
        }
        // By their ids: 0, 1, 5, 2 and 1 times.
        let pushes = |id: DealId| [0, 1, 5, 2, 1][id.0 as usize - 1];
        let facts = Facts::over(&made.world, &pushes);
        let (all, period) = (Selection::all(&facts), Period::new(on(30), on(45)));
        let slips = Slips::of(&facts, &all, period);
        assert_eq!(
            (slips.open.mean(), slips.won.mean()),
            (Some(2.0), Some(2.0))
        );
        assert!(slips.lost.is_empty(), "it was lost after the time");
        let counts = [0..=0, 1..=1, 4..=u16::MAX].map(|times| Slips::times(&slips.open, &times));
        assert_eq!(counts, [1, 1, 1]);
        let found = |status, times| {
            let found = put_off_deals(&facts, &all, period, status, times);
            found.into_iter().map(|id| id.0).collect::<Vec<_>>()
        };
        assert_eq!(found(Status::Open, 1..=u16::MAX), [3, 2]);
        assert_eq!(found(Status::Won, 2..=2), [4]);
        assert_eq!(found(Status::Lost, 1..=1), Vec::<u64>::new());
    }
}
