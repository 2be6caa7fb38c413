//! What taking a change back must leave in place: homes of deals.

use crate::domain::change::{Edit, EntityRef, Kind};
use crate::domain::deal::DealField;
use crate::domain::ids::{DealId, StageId};
use crate::domain::state::State;
use crate::domain::undo::Inversion;

/// Leaves stages and pipelines in place that deals stand in which do not go with
/// them: taking back the making of a pipeline must not leave deals without a home.
pub(super) fn spare_homes(state: &State, inversion: &mut Inversion) {
    let removes = |e: &Edit| *e == Edit::deleted(e.entity(), true);
    let gone: std::collections::HashSet<EntityRef> = inversion
        .edits
        .iter()
        .filter(|e| removes(e))
        .map(Edit::entity)
        .collect();
    if !gone
        .iter()
        .any(|e| matches!(e.kind, Kind::Stage | Kind::Pipeline))
    {
        return;
    }
    // Where the inversion itself puts deals counts, not where they stand before it.
    let moved: std::collections::HashMap<DealId, StageId> = inversion
        .edits
        .iter()
        .filter_map(|e| match e {
            Edit::Deal(id, DealField::Placement(p)) => Some((*id, p.stage)),
            _ => None,
        })
        .collect();
    let mut homes: std::collections::HashSet<EntityRef> = std::collections::HashSet::new();
    for deal in state
        .tables
        .deals
        .iter()
        .filter(|d| !gone.contains(&d.id.into()))
    {
        let named = moved.get(&deal.id).copied().unwrap_or(deal.placement.stage);
        if let Some(stage) = state
            .standing(named)
            .and_then(|id| state.tables.stages.get(id))
        {
            homes.insert(stage.id.into());
            homes.insert(stage.pipeline.into());
        }
    }
    let spared = |e: &Edit| {
        let within = match e {
            Edit::Stage(id, _) => state
                .tables
                .stages
                .get(*id)
                .map(|s| EntityRef::from(s.pipeline)),
            _ => None,
        };
        // A pipeline that stays keeps the stages that were to go with it.
        let kept = |p: &EntityRef| gone.contains(p) && homes.contains(p);
        removes(e) && (homes.contains(&e.entity()) || within.is_some_and(|p| kept(&p)))
    };
    inversion
        .skipped
        .extend(inversion.edits.iter().filter(|e| spared(e)).map(Edit::slot));
    inversion.edits.retain(|e| !spared(e));
}
