//! Taking a change back: not time travel, but new edits that restore what it overwrote.

use super::change::{Change, Edit, IntentKind, RefSet, Slot, SlotMap, SlotSet, Tables};
use super::stamp::Stamp;
use std::collections::HashMap;

/// What would take a change back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inversion {
    /// The edits that restore the fields no one has set since.
    pub edits: Vec<Edit>,
    /// Fields left as they are, because a later change set them.
    pub skipped: Vec<Slot>,
}

/// Whether a change is never taken back: a call, which is kept as it was said so that it can be held
/// against what came. Another one corrects it.
#[must_use]
pub fn stays(change: &Change) -> bool {
    let mut edits = change.edits.iter();
    change.intent.kind == IntentKind::Plan
        && !change.edits.is_empty()
        && edits.all(|edit| matches!(edit, Edit::Call(..)))
}

/// Works out how to take `change` back in the present state. Entities the change made
/// are removed; other fields get what they held before; a field set since by another
/// change is skipped, so nobody else's work is lost.
///
/// `lineage` knows which settings only brought an older value back; a field counts as
/// set since only when it does not go back to `change`.
#[must_use]
pub fn invert(tables: &Tables, change: &Change, lineage: &Lineage) -> Inversion {
    let before: SlotMap<&Edit> = change.before.iter().map(|e| (e.slot(), e)).collect();
    let touched_before: RefSet = change.before.iter().map(Edit::entity).collect();
    let mut result = Inversion::default();
    let mut seen = SlotSet::default();
    let mut made = RefSet::default();
    for edit in &change.edits {
        let slot = edit.slot();
        if made.contains(&slot.entity) || !seen.insert(slot) {
            continue;
        }
        if !touched_before.contains(&slot.entity) && tables.born(slot.entity) == change.stamp {
            made.insert(slot.entity);
            let gone = Edit::deleted(slot.entity, true);
            if tables.is_alive(slot.entity) {
                result.edits.push(gone);
            }
            continue;
        }
        if lineage.origin(slot, tables.stamp_of(slot)) != lineage.origin(slot, change.stamp) {
            result.skipped.push(slot);
            continue;
        }
        let old = before
            .get(&slot)
            .map_or_else(|| blank(slot), |e| (*e).clone());
        result.edits.push(old);
    }
    result
}

/// The edit that sets a field to its default.
fn blank(slot: Slot) -> Edit {
    Tables::default().present(slot)
}

/// Knows, of the changes a tab made, what they overwrote and which of them only brought
/// an older value back: after do, do, undo the field is as the first one left it, though
/// its stamp is the undo's.
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    /// Per change, the stamps its fields had before it, [`Stamp::ZERO`] when never set.
    overwrote: HashMap<Stamp, SlotMap<Stamp>>,
    /// The setting of a field by an undo, and the setting it brought back.
    origins: HashMap<(Slot, Stamp), Stamp>,
}

impl Lineage {
    /// The setting a field goes back to.
    #[must_use]
    pub fn origin(&self, slot: Slot, stamp: Stamp) -> Stamp {
        self.origins.get(&(slot, stamp)).copied().unwrap_or(stamp)
    }

    /// Notes a change of this tab that is about to be applied, or a part of one.
    pub fn note(&mut self, tables: &Tables, change: &Change) {
        // What the change makes anew had nothing before.
        let before: SlotMap<Stamp> = change
            .edits
            .iter()
            .filter(|e| tables.knows(e.entity()))
            .map(|e| (e.slot(), tables.stamp_of(e.slot())))
            .collect();
        if let Some(undone) = change.undoes
            && let Some(overwritten) = self.overwrote.get(&undone)
        {
            // Removing what a change had made brings no older value back: only fields the
            // undone change set are meant.
            for slot in change.edits.iter().map(Edit::slot) {
                let Some(older) = overwritten.get(&slot).copied() else {
                    continue;
                };
                self.origins
                    .insert((slot, change.stamp), self.origin(slot, older));
            }
        }
        self.overwrote
            .entry(change.stamp)
            .or_default()
            .extend(before);
    }

    /// Forgets a change that was noted and then not made.
    pub fn forget(&mut self, stamp: Stamp) {
        self.overwrote.remove(&stamp);
        self.origins.retain(|(_, set), _| *set != stamp);
    }
}

/// The changes a tab can take back and do again.
#[derive(Clone, Debug, Default)]
pub struct UndoStack {
    done: Vec<Entry>,
    undone: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    change: Change,
    /// It came of the one before it, as what a rule does: they go back together.
    follows: bool,
}

/// How many changes a tab keeps ready to be taken back; older ones can still be
/// reverted from the history.
const DEPTH: usize = 200;

impl UndoStack {
    /// Notes a change made by this tab; what had been taken back can no longer be redone.
    pub fn push(&mut self, change: Change) {
        self.undone.clear();
        self.keep(change, false);
    }

    /// Notes a change that came of the last one.
    pub fn push_following(&mut self, change: Change) {
        self.keep(change, true);
    }

    fn keep(&mut self, change: Change, follows: bool) {
        self.done.push(Entry { change, follows });
        if self.done.len() > DEPTH {
            self.done.remove(0);
        }
    }

    /// The change that undo would take back, and whether the one before it goes with it.
    #[must_use]
    pub fn next_undo(&self) -> Option<(&Change, bool)> {
        self.done.last().map(|e| (&e.change, e.follows))
    }

    /// The undo that redo would take back, and whether it goes with the one taken back
    /// before it.
    #[must_use]
    pub fn next_redo(&self) -> Option<(&Change, bool)> {
        self.undone.last().map(|e| (&e.change, e.follows))
    }

    /// The change a person made that undo would take back, past what came of it.
    #[must_use]
    pub fn cause(&self) -> Option<&Change> {
        let entry = self.done.iter().rev().find(|e| !e.follows);
        entry.or(self.done.last()).map(|e| &e.change)
    }

    /// Notes that a change was taken back by `undo`. Where another one was made meanwhile,
    /// this one can no longer be redone.
    pub fn undid(&mut self, undo: Change) {
        let last = self.done.last().map(|e| e.change.stamp);
        let follows = take(&mut self.done, undo.undoes);
        if last == undo.undoes {
            self.undone.push(Entry {
                change: undo,
                follows,
            });
        }
    }

    /// Notes that an undo was taken back by `redo`.
    pub fn redid(&mut self, redo: Change) {
        let follows = take(&mut self.undone, redo.undoes);
        self.keep(redo, follows);
    }

    /// Forgets a change without taking it back: it had no effect left.
    pub fn forget(&mut self, stamp: Stamp) {
        take(&mut self.done, Some(stamp));
        take(&mut self.undone, Some(stamp));
    }

    /// Forgets everything, as when the data was replaced.
    pub fn clear(&mut self) {
        self.done.clear();
        self.undone.clear();
    }
}

/// Takes a change out of a list; says whether it came of the one before it.
fn take(list: &mut Vec<Entry>, stamp: Option<Stamp>) -> bool {
    let at = list.iter().rposition(|e| Some(e.change.stamp) == stamp);
    at.is_some_and(|at| list.remove(at).follows)
}
