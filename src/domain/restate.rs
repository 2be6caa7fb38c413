//! The state told as changes: what can still be saved when the log itself cannot be read.

use super::change::{Change, Edit, EntityRef, Intent, IntentKind, Kept, Kind, Slot};
use super::deal::{DealField, Placement};
use super::ids::{DealId, Id};
use super::order::Order;
use super::stamp::Stamp;
use super::state::State;
use std::collections::BTreeMap;

/// Changes that amount to this state, field stamps and stage entries included, so that they
/// merge with any log that holds the same work. What fields held before, who did it and what
/// was meant is not in the state and so not in them.
#[must_use]
pub fn restate(state: &State) -> Vec<Change> {
    let mut told: BTreeMap<Stamp, Told> = BTreeMap::new();
    let mut all: Vec<EntityRef> = state.tables.refs();
    all.order();
    for entity in all {
        if entity.kind == Kind::Deal {
            tell_entries(state, DealId::from_raw(entity.id), &mut told);
        }
        let fields = state.tables.fields(entity);
        let born = state.tables.born(entity);
        let slot = |kept: &Kept| Slot {
            entity,
            key: kept.key,
            sub: kept.sub,
        };
        if let (Some(first), false) = (fields.first(), fields.iter().any(|kept| kept.stamp == born))
        {
            // All fields it was made with have been set since; a value overtaken by itself
            // still tells when it was made.
            told.entry(born)
                .or_default()
                .edits
                .push(state.tables.present(slot(first)));
        }
        for kept in fields {
            let edit = state.tables.present(slot(&kept));
            told.entry(kept.stamp).or_default().edits.push(edit);
        }
    }
    let intent = Intent::new(IntentKind::Import, "Saved without its history");
    told.into_iter()
        .map(|(stamp, Told { edits, undoes })| Change {
            stamp,
            intent: intent.clone(),
            author: None,
            edits,
            before: Vec::new(),
            undoes,
        })
        .collect()
}

/// What is known of one change.
#[derive(Default)]
struct Told {
    edits: Vec<Edit>,
    undoes: Option<Stamp>,
}

/// Where a deal has been. Comes before its fields: of two placements in one change the later
/// one stands.
fn tell_entries(state: &State, deal: DealId, told: &mut BTreeMap<Stamp, Told>) {
    for entry in state.raw_entries(deal) {
        let change = told.entry(entry.stamp).or_default();
        change.undoes = Some(entry.undoes).filter(|stamp| *stamp != Stamp::ZERO);
        let placement = Placement {
            stage: entry.stage,
            since: entry.since,
        };
        let edit = Edit::Deal(deal, DealField::Placement(placement));
        change.edits.push(edit);
    }
}
