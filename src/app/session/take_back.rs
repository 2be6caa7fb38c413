//! Taking a change back: what it is called, and what has to stay.

use super::Notice;
use crate::domain::change::{Change, Edit, EntityRef, Intent, IntentKind, Kind};
use crate::domain::deal::DealField;
use crate::domain::ids::{DealId, StageId};
use crate::domain::state::State;
use crate::domain::undo::Inversion;

/// What taking a change back is called: “Undid: Moved x to y”; the redo of it says
/// “Redid: Moved x to y”.
pub(super) fn retold(change: &Change, kind: IntentKind) -> Intent {
    let plain = change
        .intent
        .text
        .strip_prefix("Undid: ")
        .unwrap_or(&change.intent.text);
    let text = match kind {
        IntentKind::Redo => format!("Redid: {plain}"),
        _ => format!("Undid: {}", plain.strip_prefix("Redid: ").unwrap_or(plain)),
    };
    Intent::new(kind, text)
}

/// What is said when a change was taken back but for so many fields.
pub(super) fn told(intent: &Intent, skipped: usize) -> Notice {
    let text = &intent.text;
    let text = match skipped {
        0 => text.clone(),
        1 => format!("{text}. 1 field was changed since and stayed as it is"),
        n => format!("{text}. {n} fields were changed since and stayed as they are"),
    };
    // The toast of an undo offers redo by key, not another undo.
    Notice {
        undo: false,
        ..Notice::done(text)
    }
}

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
