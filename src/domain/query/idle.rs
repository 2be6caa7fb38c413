//! How long nothing happened on a deal, and what comes next.

use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::deal::Deal;
use crate::domain::stamp::Millis;
use crate::domain::world::World;
use chrono::NaiveDate;

/// Milliseconds of a day of 24 hours.
pub const DAY: Millis = 86_400_000;

/// How a deal stands with regard to idleness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The latest of: done activity, note, stage entry; in milliseconds since 1970.
    pub since: Millis,
    /// Whole days since then.
    pub days: u32,
    /// A next step is planned within the stage's threshold, so the deal does not count
    /// as neglected however many days there are.
    pub planned: bool,
    /// The stage's threshold is reached and nothing is planned.
    pub rotting: bool,
    /// At least half of the stage's threshold is reached and nothing is planned.
    pub warning: bool,
}

/// Idle = now − latest of done activity, note and stage entry; paused while an activity
/// is planned, from today on, within the stage's threshold (the definition in the
/// design; unlike Pipedrive's rotting, which a planned activity does not stop).
#[must_use]
pub fn idle(world: &World, deal: &Deal, now: Millis, today: NaiveDate) -> Idle {
    let stage = world.state.stage_of(deal);
    let mut last = deal.placement.since.max(deal.created);
    let threshold = stage.and_then(|s| s.rot_days).map(u32::from);
    let mut planned = false;
    for activity in activities(world, deal) {
        match activity.done {
            Some(done) => last = last.max(done),
            None if activity.kind == ActivityKind::Note => last = last.max(activity.created),
            None => {
                if let Some(due) = activity.due {
                    let ahead = (due - today).num_days();
                    let limit = threshold.map_or(i64::MAX, i64::from);
                    planned |= (0..=limit).contains(&ahead);
                }
            }
        }
    }
    let days = u32::try_from(now.saturating_sub(last).max(0) / DAY).unwrap_or(u32::MAX);
    let past = |limit: Option<u32>| !planned && limit.is_some_and(|limit| days >= limit);
    Idle {
        since: last,
        days,
        planned,
        rotting: past(threshold),
        warning: past(threshold.map(|t| t.div_ceil(2).max(1))),
    }
}

/// The activity to do next: the earliest due of those not done, one without a date last.
#[must_use]
pub fn next_step<'w>(world: &'w World, deal: &Deal) -> Option<&'w Activity> {
    activities(world, deal)
        .filter(|a| a.done.is_none() && a.kind != ActivityKind::Note)
        .min_by_key(|a| (a.due.is_none(), a.due, a.due_minute, a.created, a.id))
}

/// All activities of a deal, in no order.
pub fn activities<'w>(world: &'w World, deal: &Deal) -> impl Iterator<Item = &'w Activity> {
    world
        .activities
        .get(&deal.id)
        .into_iter()
        .flatten()
        .filter_map(|id| world.state.tables.activities.get(*id))
}
