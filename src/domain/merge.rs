//! Bringing the logs of two people or two browsers together.

use super::change::{Change, Edit, SlotSet};
use super::stamp::Stamp;
use super::state::State;
use super::world::World;
use std::collections::BTreeMap;

/// What a merge did, for people to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeReport {
    /// Changes that were new here.
    pub added: usize,
    /// Changes already known.
    pub known: usize,
    /// Fields in new changes that a later change, known or new, has set otherwise.
    pub superseded: usize,
}

/// The union of two logs in order of stamps. Of a change that came in parts the edits
/// are brought together.
#[must_use]
pub fn union(a: &[Change], b: &[Change]) -> Vec<Change> {
    let mut all: BTreeMap<Stamp, Change> = BTreeMap::new();
    for change in a.iter().chain(b) {
        match all.entry(change.stamp) {
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert(change.clone());
            }
            std::collections::btree_map::Entry::Occupied(mut slot) => {
                let known = slot.get_mut();
                add_missing(&mut known.edits, &change.edits);
                add_missing(&mut known.before, &change.before);
            }
        }
    }
    all.into_values().collect()
}

fn add_missing(into: &mut Vec<Edit>, from: &[Edit]) {
    if into.as_slice() != from {
        for edit in from {
            if !into.contains(edit) {
                into.push(edit.clone());
            }
        }
    }
}

/// Applies changes from elsewhere to the world and counts how many of their fields
/// stood against what is known.
pub fn absorb(world: &mut World, changes: &[Change]) -> MergeReport {
    let mut report = MergeReport {
        added: changes.len(),
        ..MergeReport::default()
    };
    for change in changes {
        world.apply(change);
    }
    for change in changes {
        report.superseded += superseded(&world.state, change);
    }
    report
}

/// How many of the fields a change sets have been set later by others.
#[must_use]
pub fn superseded(state: &State, change: &Change) -> usize {
    // Few as a rule, of many: only these are told apart.
    let slots = change.edits.iter().map(Edit::slot);
    let later: SlotSet = slots
        .filter(|slot| state.tables.stamp_of(*slot) != change.stamp)
        .collect();
    later.len()
}
