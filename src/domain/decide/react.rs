//! What any decision means for cadences. Looks at its edits, so that a step done in the calendar,
//! a deal won from the board and one dragged to another stage all have the same effect, within
//! the same change.

use super::runs::{Runs, can_run};
use crate::domain::activity::{Activity, ActivityField, ActivityKind, ActivityOutcome, Direction};
use crate::domain::cadence::StopReason;
use crate::domain::change::Edit;
use crate::domain::command::Ctx;
use crate::domain::deal::{DealField, Status};
use crate::domain::entity::Entity;
use crate::domain::ids::{ActivityId, DealId, IdMap};
use crate::domain::query::cadence::cadences;
use crate::domain::stage::StageKind;
use crate::domain::world::World;

/// Adds to the edits of a decision what they mean for cadences.
pub(super) fn react(world: &World, edits: &mut Vec<Edit>, ctx: &Ctx) {
    // A change of the plan itself says already what becomes of what it has planned.
    let of_plan = |edit: &Edit| matches!(edit, Edit::CadenceStep(..));
    if world.state.tables.cadences.is_empty() || edits.iter().any(of_plan) {
        return;
    }
    let mut runs = Runs::new(world, ctx);
    let (mut deals, mut activities): (Vec<DealId>, Vec<ActivityId>) = (Vec::new(), Vec::new());
    let (mut seen, mut known) = (
        IdMap::<DealId, ()>::default(),
        IdMap::<ActivityId, ()>::default(),
    );
    for edit in edits.iter() {
        match edit {
            Edit::Deal(id, DealField::Placement(_) | DealField::Outcome(_))
                if seen.insert(*id, ()).is_none() =>
            {
                deals.push(*id);
            }
            Edit::Activity(
                id,
                ActivityField::Done(_)
                | ActivityField::Outcome(_)
                | ActivityField::Direction(_)
                | ActivityField::Deleted(_),
            ) if known.insert(*id, ()).is_none() => activities.push(*id),
            _ => {}
        }
    }
    if deals.is_empty() && activities.is_empty() {
        return;
    }
    let mut changed: IdMap<ActivityId, Activity> = IdMap::default();
    for edit in edits.iter() {
        match edit {
            // Also of deals only looked at for their activities: where they stand in cadences.
            Edit::Deal(id, field) => runs.deal(*id).set(field.clone()),
            Edit::Activity(id, field) if known.contains_key(id) => {
                let table = &world.state.tables.activities;
                let row = || table.row(*id).map(|row| row.entity.clone());
                let activity = changed
                    .entry(*id)
                    .or_insert_with(|| row().unwrap_or_else(|| Activity::blank(*id)));
                activity.set(field.clone());
            }
            _ => {}
        }
    }
    runs.settled = changed.values().cloned().collect();
    for id in activities {
        if let Some(after) = changed.get(&id) {
            activity_changed(&mut runs, after);
        }
    }
    for id in deals {
        deal_changed(&mut runs, id);
    }
    edits.append(&mut runs.edits);
}

/// Whether an activity is a sign of life from the customer.
fn is_reply(activity: &Activity) -> bool {
    let theirs =
        activity.direction == Direction::In || activity.outcome == Some(ActivityOutcome::Replied);
    theirs && activity.done.is_some() && activity.kind != ActivityKind::Note && !activity.deleted
}

fn activity_changed(runs: &mut Runs<'_>, after: &Activity) {
    let Some(deal) = after.deal else { return };
    let before = runs.world.state.tables.activities.get(after.id);
    let was_done = before.is_some_and(|a| a.done.is_some());
    let replied = is_reply(after) && !before.is_some_and(is_reply);
    if let (Some(cadence), Some(step)) = (after.cadence, after.step) {
        let is_done = after.done.is_some();
        if after.deleted {
            // Taking the step's activity away leaves the step out.
            if before.is_some() && !was_done {
                runs.advance(deal, cadence, step, !replied);
            }
        } else if is_done && !was_done {
            runs.advance(deal, cadence, step, !replied);
        } else if was_done && !is_done {
            runs.retreat(deal, cadence, step, after.id);
        }
    }
    if replied {
        runs.stop_where(deal, StopReason::Replied, |_| true);
    }
}

fn deal_changed(runs: &mut Runs<'_>, id: DealId) {
    let world = runs.world;
    let state = &world.state;
    let before = state.tables.deals.get(id);
    let was = before.map(|d| (state.standing(d.placement.stage), d.outcome.status()));
    let after = runs.deal(id);
    let (stage, status) = (after.placement.stage, after.outcome.status());
    let stage = state.standing(stage).unwrap_or(stage);
    // What ran while the deal was open ends with its winning, and the other way round.
    let turned = was.is_some_and(|(_, before)| before != status);
    if turned || !can_run(status) {
        runs.stop_where(id, StopReason::Closed, |_| true);
    }
    if !can_run(status) || was == Some((Some(stage), status)) {
        return;
    }
    runs.stop_where(id, StopReason::StageChanged, |cadence| {
        let of = state.tables.cadences.get(cadence).and_then(|c| c.stage);
        of.is_some_and(|of| of != stage)
    });
    // A deal won where it stood has not entered a stage: only stages of won deals begin what
    // comes after the sale.
    let kind = state.tables.stages.get(stage).map(|s| s.kind);
    if status == Status::Won && kind != Some(StageKind::Won) {
        return;
    }
    for cadence in cadences(state) {
        if cadence.auto && cadence.stage == Some(stage) {
            runs.start(id, cadence);
        }
    }
}
