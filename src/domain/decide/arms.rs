//! Deals that take part in an experiment get their arm in the change that makes or moves them.

use crate::domain::change::Edit;
use crate::domain::deal::{Deal, DealField, Status};
use crate::domain::entity::Entity as _;
use crate::domain::experiment::{Experiment, ExperimentState};
use crate::domain::ids::{DealId, IdMap, IdSet};
use crate::domain::insight::trial::{assign, assigned};
use crate::domain::order::Order;
use crate::domain::world::World;

/// Adds to the edits of a decision the arms of the deals it makes or moves.
pub(super) fn react(world: &World, edits: &mut Vec<Edit>) {
    let all = world.state.tables.experiments.iter();
    let mut running: Vec<&Experiment> = all
        .filter(|e| e.state == ExperimentState::Running)
        .collect();
    if running.is_empty() {
        return;
    }
    running.order_by_key(|e| e.id);
    let mut order: Vec<DealId> = Vec::new();
    let mut seen: IdSet<DealId> = IdSet::default();
    let mut after: IdMap<DealId, Deal> = IdMap::default();
    for edit in edits.iter() {
        let Edit::Deal(id, field) = edit else {
            continue;
        };
        if matches!(field, DealField::Placement(_)) && seen.insert(*id) {
            order.push(*id);
        }
        let known = || {
            world
                .state
                .tables
                .deals
                .row(*id)
                .map(|row| row.entity.clone())
        };
        let deal = after
            .entry(*id)
            .or_insert_with(|| known().unwrap_or_else(|| Deal::blank(*id)));
        deal.set(field.clone());
    }
    if order.is_empty() {
        return;
    }
    let mut made = Vec::new();
    for experiment in running {
        let taking: Vec<&Deal> = (order.iter().filter_map(|id| after.get(id)))
            .filter(|deal| takes_part(world, experiment, deal))
            .collect();
        if taking.is_empty() {
            continue;
        }
        let mut before = assigned(&world.state, experiment.id);
        for deal in taking {
            if let Some(arm) = assign(experiment, deal, before) {
                made.push(Edit::Deal(
                    deal.id,
                    DealField::Arm(experiment.id, Some(arm as i64)),
                ));
                before += 1;
            }
        }
    }
    edits.append(&mut made);
}

/// Whether a change brings a deal to where an experiment begins, for the first time.
fn takes_part(world: &World, experiment: &Experiment, after: &Deal) -> bool {
    let state = &world.state;
    if after.arms.get(experiment.id).is_some()
        || after.outcome.status() != Status::Open
        || after.deleted
    {
        return false;
    }
    let stage = state
        .standing(after.placement.stage)
        .unwrap_or(after.placement.stage);
    let pipeline = state.tables.stages.get(stage).map(|s| s.pipeline);
    if experiment.pipeline.is_some() && experiment.pipeline != pipeline {
        return false;
    }
    let before = state
        .tables
        .deals
        .row(after.id)
        .map(|row| row.entity.placement.stage);
    match experiment.stage {
        None => before.is_none(),
        Some(of) => stage == of && before.and_then(|s| state.standing(s)) != Some(of),
    }
}
