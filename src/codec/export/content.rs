//! What a file holds, to be told before it is taken in.

use crate::codec::wire::Part;
use crate::domain::change::{Edit, Kind, RefSet};
use crate::domain::stamp::{Millis, Stamp};
use std::collections::HashSet;

/// Counts of what is in a file, removed records included.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// When the first and the last of them were made, in milliseconds since 1970.
    pub span: Option<(Millis, Millis)>,
    changes: HashSet<Stamp>,
    seen: RefSet,
}

impl Content {
    /// How many changes.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.changes.len()
    }

    /// Counts a part of the file.
    pub fn add(&mut self, part: &Part) {
        self.changes.insert(part.change.stamp);
        let at = part.change.stamp.ms();
        let (first, last) = self.span.unwrap_or((at, at));
        self.span = Some((first.min(at), last.max(at)));
        let entities = part.change.edits.chunk_by(|a, b| a.entity() == b.entity());
        let entities = entities.filter_map(<[Edit]>::first).map(Edit::entity);
        self.seen.extend(entities);
    }

    /// How many records of a kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.seen.iter().filter(|e| e.kind == kind).count()
    }
}
