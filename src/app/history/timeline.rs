//! What happened on a deal, in order of time.

use crate::app::review::decisions;
use crate::domain::activity::ActivityKind;
use crate::domain::deal::Deal;
use crate::domain::ids::{ActivityId, ReviewId, StageId};
use crate::domain::order::Order;
use crate::domain::query::idle::{DAY, activities};
use crate::domain::stamp::Millis;
use crate::domain::world::World;

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The deal came into the world.
    Created,
    /// It entered a stage.
    Entered {
        /// Which.
        stage: StageId,
        /// The one it came from.
        from: Option<StageId>,
        /// How long it had been in that one, in milliseconds.
        spent: Millis,
    },
    /// An activity was done, or a note written.
    Activity(ActivityId),
    /// A review decided something of it.
    Decided(ReviewId),
}

/// Something that happened, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineItem {
    /// Milliseconds since 1970.
    pub at: Millis,
    /// What.
    pub event: Event,
}

/// Done activities, notes, decisions of reviews and stage entries of a deal, newest first. That the deal was
/// created is told by its first stage entry unless that came more than a day later.
#[must_use]
pub fn timeline(world: &World, deal: &Deal) -> Vec<TimelineItem> {
    let mut items = Vec::new();
    let mut last: Option<(StageId, Millis)> = None;
    let entries = world.state.stage_entries(deal.id);
    if entries
        .first()
        .is_none_or(|first| first.since - deal.created > DAY)
    {
        items.push(TimelineItem {
            at: deal.created,
            event: Event::Created,
        });
    }
    for entry in entries {
        let spent = last.map_or(0, |(_, since)| (entry.since - since).max(0));
        let from = last.map(|(stage, _)| stage);
        items.push(TimelineItem {
            at: entry.since,
            event: Event::Entered {
                stage: entry.stage,
                from,
                spent,
            },
        });
        last = Some((entry.stage, entry.since));
    }
    for activity in activities(world, deal) {
        let at = match activity.kind {
            ActivityKind::Note => Some(activity.created),
            _ => activity.done,
        };
        items.extend(at.map(|at| TimelineItem {
            at,
            event: Event::Activity(activity.id),
        }));
    }
    let decided = decisions(&world.state, deal.id).into_iter().rev();
    items.extend(decided.map(|d| TimelineItem {
        at: d.at,
        event: Event::Decided(d.review),
    }));
    // Stage entries of the same moment stay in their order; the later one comes first.
    items.reverse();
    items.order_by_key(|item| std::cmp::Reverse(item.at));
    items
}
