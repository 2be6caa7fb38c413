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

    /// The share of a group that was put off at least once.
    #[must_use]
    pub fn pushed(group: &Sample) -> Rate {
        Rate::new(group.above(0.0), group.len())
    }
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
