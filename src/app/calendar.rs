//! Weeks and months: which days are shown, what stands on them, and side by side.

use super::today::{is_of, is_shown};
use crate::domain::activity::ActivityKind;
use crate::domain::change::EntityRef;
use crate::domain::deal::Status;
use crate::domain::ids::{ActivityId, DealId, PersonId};
use crate::domain::order::Order;
use crate::domain::stamp::Millis;
use crate::domain::world::World;
use chrono::{Datelike, Days, Months, NaiveDate};

/// Minutes a meeting or call without a duration is drawn as.
pub const USUAL: u16 = 30;

/// How much is shown at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// Seven days.
    #[default]
    Week,
    /// The weeks of a month.
    Month,
}

/// A date that is no activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marker {
    /// A deal is expected to close.
    Close,
    /// What was sold is up for renewal.
    Renewal,
}

impl Marker {
    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Close => "Expected close",
            Self::Renewal => "Renewal",
        }
    }
}

/// What stands on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// Activities without a time.
    pub whole: Vec<ActivityId>,
    /// Activities with a time, in order.
    pub timed: Vec<Block>,
    /// Closes and renewals.
    pub markers: Vec<(Marker, DealId)>,
}

/// An activity with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    /// Which.
    pub id: ActivityId,
    /// Minutes after midnight.
    pub from: u16,
    /// Its end, at most 1,440.
    pub to: u16,
    /// The lane it stands in, from 0.
    pub lane: u8,
    /// How many lanes share its time.
    pub lanes: u8,
}

/// The day its week begins with; `first` counts from Monday, 0 to 6.
#[must_use]
pub fn week_start(day: NaiveDate, first: u32) -> NaiveDate {
    let back = (day.weekday().num_days_from_monday() + 7 - first % 7) % 7;
    day.checked_sub_days(Days::new(u64::from(back)))
        .unwrap_or(day)
}

/// The days shown: whole weeks, in order.
#[must_use]
pub fn shown(span: Span, day: NaiveDate, first: u32) -> Vec<NaiveDate> {
    let (from, days) = match span {
        Span::Week => (week_start(day, first), 7),
        Span::Month => {
            let begin = day.with_day(1).unwrap_or(day);
            let from = week_start(begin, first);
            let end = begin.checked_add_months(Months::new(1)).unwrap_or(begin);
            let weeks =
                (end - from).num_days().div_euclid(7) + i64::from((end - from).num_days() % 7 > 0);
            (from, usize::try_from(weeks * 7).unwrap_or(42))
        }
    };
    from.iter_days().take(days).collect()
}

/// The same day a week or a month on or back.
#[must_use]
pub fn turned(span: Span, day: NaiveDate, on: bool) -> NaiveDate {
    let turned = match (span, on) {
        (Span::Week, true) => day.checked_add_days(Days::new(7)),
        (Span::Week, false) => day.checked_sub_days(Days::new(7)),
        (Span::Month, true) => day.checked_add_months(Months::new(1)),
        (Span::Month, false) => day.checked_sub_months(Months::new(1)),
    };
    turned.unwrap_or(day)
}

/// What stands on each of these days, which are in order and without a gap: what is or was due, and
/// calls and meetings that were only written down once they were done. `starts` are the moments at
/// which the days begin where the person is, and the one at which the last of them ends.
#[must_use]
pub fn days(
    world: &World,
    dates: &[NaiveDate],
    starts: &[Millis],
    who: Option<PersonId>,
) -> Vec<Day> {
    let state = &world.state;
    let mut all: Vec<Day> = dates
        .iter()
        .map(|date| Day {
            date: *date,
            ..Day::default()
        })
        .collect();
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else {
        return all;
    };
    let at = |date: NaiveDate| usize::try_from((date - *first).num_days()).unwrap_or(usize::MAX);
    let ids = world.agenda.open_on(*first..=*last);
    for id in ids.chain(world.agenda.done_on(*first..=*last)) {
        let Some(activity) = state.tables.activities.get(id) else {
            continue;
        };
        let shown = is_shown(state, activity) && is_of(state, activity, who);
        let Some(day) = activity
            .due
            .and_then(|due| all.get_mut(at(due)))
            .filter(|_| shown)
        else {
            continue;
        };
        match activity.due_minute {
            None => day.whole.push(id),
            Some(from) => {
                let long = activity.duration.unwrap_or(USUAL).max(1);
                day.timed.push(Block {
                    id,
                    from: from.min(24 * 60 - 1),
                    to: from.saturating_add(long).min(24 * 60),
                    lane: 0,
                    lanes: 1,
                });
            }
        }
    }
    note_done(world, &mut all, starts, who);
    for deal in state.tables.deals.iter() {
        if who.is_some() && deal.owner != who {
            continue;
        }
        let close = deal.close.filter(|_| deal.outcome.status() == Status::Open);
        let renewal = deal
            .renewal
            .filter(|_| deal.outcome.status() == Status::Won);
        for (marker, date) in [(Marker::Close, close), (Marker::Renewal, renewal)] {
            if let Some(day) = date.filter(|d| d >= first).and_then(|d| all.get_mut(at(d))) {
                day.markers.push((marker, deal.id));
            }
        }
    }
    for day in &mut all {
        day.markers
            .order_by_key(|(marker, deal)| (*marker, state.name_of(EntityRef::from(*deal)), *deal));
        day.timed
            .order_by_key(|b| (b.from, std::cmp::Reverse(b.to), b.id));
        side_by_side(&mut day.timed);
    }
    all
}

/// Puts calls and meetings that were never due on the days on which they were done.
fn note_done(world: &World, all: &mut [Day], starts: &[Millis], who: Option<PersonId>) {
    let state = &world.state;
    let (Some(first), Some(last)) = (starts.first(), starts.last()) else {
        return;
    };
    let mut found: Vec<(Millis, ActivityId)> = Vec::new();
    for activity in state.tables.activities.iter() {
        let met = matches!(activity.kind, ActivityKind::Call | ActivityKind::Meeting);
        let (true, None, Some(done)) = (met, activity.due, activity.done) else {
            continue;
        };
        if (*first..*last).contains(&done)
            && is_shown(state, activity)
            && is_of(state, activity, who)
        {
            found.push((done, activity.id));
        }
    }
    found.order();
    for (done, id) in found {
        // The last day that has begun by then.
        let at = starts.partition_point(|start| *start <= done);
        if let Some(day) = at.checked_sub(1).and_then(|at| all.get_mut(at)) {
            day.whole.push(id);
        }
    }
}

/// Gives blocks that share time lanes of their own: the first one free. Blocks are in order.
fn side_by_side(blocks: &mut [Block]) {
    let mut start = 0;
    while start < blocks.len() {
        // A cluster: blocks that hang together through shared times.
        let mut ends: Vec<u16> = Vec::new();
        let mut until = blocks[start].to;
        let mut end = start;
        while end < blocks.len() && (end == start || blocks[end].from < until) {
            let block = &mut blocks[end];
            let free = ends.iter().position(|e| *e <= block.from);
            let lane = free.unwrap_or(ends.len());
            match free {
                Some(lane) => ends[lane] = block.to,
                None => ends.push(block.to),
            }
            block.lane = u8::try_from(lane).unwrap_or(u8::MAX);
            until = until.max(block.to);
            end += 1;
        }
        let lanes = u8::try_from(ends.len()).unwrap_or(u8::MAX).max(1);
        blocks[start..end].iter_mut().for_each(|b| b.lanes = lanes);
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_are_whole_weeks_from_the_first_weekday() {
        for (first, begin, count) in [(0, "2026-02-23", 42), (6, "2026-03-01", 35)] {
            let days = shown(Span::Month, day("2026-03-18"), first);
            assert_eq!((days[0], days.len()), (day(begin), count), "{first}");
            assert!(days.contains(&day("2026-03-31")));
        }
        // February 2027 fills exactly four weeks from Monday on.
        assert_eq!(shown(Span::Month, day("2027-02-10"), 0).len(), 28);
        assert_eq!(
            shown(Span::Week, day("2026-03-01"), 0)[0],
            day("2026-02-23")
        );
        assert_eq!(
            turned(Span::Month, day("2026-01-31"), true),
            day("2026-02-28")
        );
    }

    #[test]
    fn blocks_that_share_time_stand_side_by_side() {
        let block = |n: u64, from, to| Block {
            id: ActivityId(n),
            from,
            to,
            lane: 0,
            lanes: 1,
        };
        let mut all = [
            block(1, 540, 600),
            block(2, 540, 570),
            block(3, 570, 630),
            block(4, 630, 660),
        ];
        side_by_side(&mut all);
        let lanes: Vec<(u8, u8)> = all.iter().map(|b| (b.lane, b.lanes)).collect();
        assert_eq!(lanes, [(0, 2), (1, 2), (1, 2), (0, 1)]);
    }
}
