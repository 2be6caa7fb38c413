//! What deals scored before a change: a score is reached only from below.

use super::occasion::{sets_nothing_off, touched};
use super::working;
use crate::domain::automation::{Automation, TriggerKind};
use crate::domain::change::Change;
use crate::domain::ids::DealId;
use crate::domain::query::condition::Subject;
use crate::domain::scoring::Axis;
use crate::domain::stamp::Millis;
use crate::domain::world::World;
use chrono::NaiveDate;

/// The points of the deals a change is about, as they were before it; only of those axes
/// that a rule waits for, and of deals that were there.
#[derive(Clone, Debug, Default)]
pub struct Before(Vec<(DealId, Axis, i64)>);

impl Before {
    pub(super) fn points(&self, deal: DealId, axis: Axis) -> Option<i64> {
        let mut all = self.0.iter();
        let found = all.find(|(of, on, _)| *of == deal && *on == axis);
        found.map(|(_, _, points)| *points)
    }

    pub(super) fn of(
        world: &World,
        rules: &[&Automation],
        change: &Change,
        today: NaiveDate,
    ) -> Self {
        let mut axes: Vec<Axis> = Vec::new();
        for rule in rules
            .iter()
            .filter(|r| r.trigger.kind == TriggerKind::Score)
        {
            axes.extend(rule.trigger.axis.filter(|axis| !axes.contains(axis)));
        }
        if axes.is_empty() || sets_nothing_off(change) {
            return Self::default();
        }
        let mut all = Vec::new();
        for deal in touched(world, change) {
            for axis in &axes {
                let points = points(world, deal, *axis, change.stamp.ms(), today);
                all.extend(points.map(|points| (deal, *axis, points)));
            }
        }
        Self(all)
    }
}

/// What deals score before a change that is about to be applied, as far as rules wait for it.
#[must_use]
pub fn before(world: &World, change: &Change, today: NaiveDate) -> Before {
    Before::of(world, &working(world), change, today)
}

/// What a deal scores on an axis; none where it is not there.
pub(super) fn points(
    world: &World,
    deal: DealId,
    axis: Axis,
    now: Millis,
    today: NaiveDate,
) -> Option<i64> {
    let deal = world.state.tables.deals.get(deal)?;
    let subject = Subject::deal(world, deal, now, today);
    Some(world.rules.scores.axis(&subject, axis).points)
}
