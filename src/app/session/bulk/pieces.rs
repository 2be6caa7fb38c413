//! The pieces of a large change: each a few thousand items at most.

use super::{Bulk, Kind, Phase, edits_in};
use crate::app::session::homes::spare_homes;
use crate::app::session::{Progress, Session, Step};
use crate::codec::wire::Part;
use crate::domain::change::{Change, Edit};
use crate::domain::decide::drop_unchanged;
use crate::domain::divide::Parts;
use crate::domain::merge::superseded;
use crate::domain::undo::{Inversion, invert};

impl Session {
    /// Works on, about `budget` items. What is shown stays as it is.
    pub fn step(&mut self, bulk: &mut Bulk, budget: usize) -> Progress {
        let mut left = budget.max(1);
        while left > 0 && !matches!(bulk.phase, Phase::Ready) {
            left = left.saturating_sub(self.piece(bulk, left).max(1));
        }
        bulk.progress()
    }

    /// Does a piece of the work, about `most` items; says how many it was.
    fn piece(&mut self, bulk: &mut Bulk, most: usize) -> usize {
        match &mut bulk.phase {
            Phase::Invert(parts, inversion) => match parts.next() {
                Some(part) => {
                    let found = invert(&bulk.beside.state().tables, &part, &self.lineage);
                    inversion.edits.extend(found.edits);
                    inversion.skipped.extend(found.skipped);
                    bulk.done += part.edits.len();
                    part.edits.len()
                }
                None => {
                    let inversion = std::mem::take(inversion);
                    bulk.inverted(inversion);
                    most
                }
            },
            Phase::Divide(rest, parts) => {
                parts.extend(rest.by_ref().take(most));
                bulk.done = parts.len();
                if rest.len() == 0 {
                    let parts = std::mem::take(parts);
                    bulk.settle(parts);
                }
                most
            }
            Phase::Settle(parts) => match parts.next() {
                Some(edits) => {
                    let items = edits.len();
                    bulk.done += items;
                    self.settle_part(bulk, edits);
                    items
                }
                None => {
                    bulk.settled();
                    most
                }
            },
            Phase::Apply(parts) => match parts.next() {
                Some(part) => {
                    let items = part.edits.len();
                    bulk.done += items;
                    bulk.apply(part);
                    items
                }
                None => {
                    bulk.settled();
                    most
                }
            },
            Phase::Count(parts) => match parts.next() {
                Some(part) => {
                    let fields = superseded(bulk.beside.state(), &part);
                    if let Kind::Merge(counts) = &mut bulk.kind {
                        counts.push((part.stamp, fields));
                    }
                    part.edits.len()
                }
                None => self.arrange(bulk, most),
            },
            Phase::Encode(parts, of) => match parts.next() {
                Some(change) => {
                    let (index, of) = (bulk.written.len() as u32, *of);
                    let items = change.edits.len();
                    bulk.written.push(Part { change, index, of }.encode());
                    bulk.done += items;
                    items
                }
                None => self.arrange(bulk, most),
            },
            Phase::Arrange => {
                let finished = bulk.beside.index(most);
                bulk.done = bulk.total.saturating_sub(bulk.beside.left());
                if finished {
                    bulk.phase = Phase::Ready;
                }
                most
            }
            Phase::Ready => most,
        }
    }

    /// Begins to build the indexes.
    fn arrange(&mut self, bulk: &mut Bulk, most: usize) -> usize {
        // What was done meanwhile comes first: much of it would build them anew.
        for change in self.aside.iter_mut().flat_map(std::mem::take) {
            bulk.beside.apply(&change);
        }
        // The first entity makes out how many there are.
        bulk.beside.index(1);
        let total = bulk.beside.left();
        bulk.begin(Step::Arranging, total, Phase::Arrange);
        most
    }

    /// Works out what a part of an own change amounts to here, and applies it beside.
    fn settle_part(&mut self, bulk: &mut Bulk, edits: Vec<Edit>) {
        let state = bulk.beside.state();
        let mut part = Change {
            edits,
            ..bulk.bare.bare()
        };
        // An undo sets also what holds the same value: it brings back an older setting.
        if matches!(bulk.kind, Kind::Bring) {
            drop_unchanged(&state.tables, &mut part.edits);
        }
        if !part.edits.is_empty() {
            part.before = state.before(&part.edits);
            self.lineage.note(&state.tables, &part);
            bulk.apply(part);
        }
    }
}

impl Bulk {
    fn inverted(&mut self, mut inversion: Inversion) {
        spare_homes(self.beside.state(), &mut inversion);
        if let Kind::TakeBack(_, skipped) = &mut self.kind {
            *skipped = inversion.skipped.len();
        }
        let total = inversion.edits.len();
        let phase = Phase::Divide(inversion.edits.into_iter(), Parts::default());
        self.begin(Step::Sorting, total, phase);
    }

    pub(super) fn settle(&mut self, edits: Parts) {
        let total = edits.len();
        self.begin(Step::Applying, total, Phase::Settle(edits.into_iter()));
    }

    fn apply(&mut self, part: Change) {
        self.beside.apply(&part);
        self.newest = self.newest.max(part.stamp);
        let entities = part.edits.iter().map(Edit::entity);
        self.touched
            .extend(entities.filter(|entity| self.seen.insert(*entity)));
        if !matches!(self.kind, Kind::Hear) {
            self.settled.push(part);
        }
    }

    fn settled(&mut self) {
        let settled = std::mem::take(&mut self.settled);
        let (total, of) = (edits_in(&settled), settled.len() as u32);
        let settled = settled.into_iter();
        if self.is_own() {
            self.begin(Step::Encoding, total, Phase::Encode(settled, of));
        } else {
            self.phase = Phase::Count(settled);
        }
    }
}
