//! Which rows go into which chunk of the snapshot.
//!
//! Chunks hold about [`ROWS`] rows of one kind, by the leading bits of their ids, which
//! are random and so spread evenly. A change makes only the chunks of its entities stale.

use super::pack::{self, Unreadable};
use crate::domain::change::EntityRef;
use crate::domain::order::Order;
use crate::domain::stamp::Stamp;
use crate::domain::state::State;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// About how many rows a chunk holds.
pub const ROWS: usize = 1_000;

/// What a snapshot says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the packing.
    pub version: u8,
    /// The last record of the log that is in it.
    pub seq: u64,
    /// The newest stamp in it.
    pub newest: String,
    /// By kind, how many leading bits of the id choose the chunk.
    pub bits: BTreeMap<String, u32>,
}

impl Manifest {
    /// A manifest for a state: chooses how finely to divide each kind.
    #[must_use]
    pub fn plan(state: &State, seq: u64, newest: Stamp) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for entity in state.tables.refs() {
            *counts.entry(entity.kind.code().to_owned()).or_default() += 1;
        }
        let bits = counts
            .into_iter()
            .map(|(kind, n)| (kind, n.div_ceil(ROWS).next_power_of_two().trailing_zeros()))
            .collect();
        Self {
            version: pack::VERSION,
            seq,
            newest: newest.to_string(),
            bits,
        }
    }

    /// Reads a stored manifest; none when it is of another version or broken.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str::<Self>(text)
            .ok()
            .filter(|m| m.version == pack::VERSION)
    }

    /// The text to store.
    #[must_use]
    pub fn print(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The chunk an entity belongs to.
    #[must_use]
    pub fn chunk_of(&self, entity: EntityRef) -> String {
        let kind = entity.kind.code();
        let bits = self.bits.get(kind).copied().unwrap_or(0).min(32);
        let number = if bits == 0 {
            0
        } else {
            entity.id >> (64 - bits)
        };
        format!("{kind}/{number:06}")
    }

    /// Whether a snapshot divided as `self` can be brought up to date chunk by chunk for
    /// a state that would now be divided as `next`: the division is the same, or at most
    /// one step finer than needed.
    #[must_use]
    pub fn fits(&self, next: &Self) -> bool {
        next.bits.iter().all(|(kind, bits)| {
            self.bits
                .get(kind)
                .is_some_and(|mine| mine == bits || (*mine > 0 && mine.abs_diff(*bits) <= 1))
        })
    }

    /// All chunks of a state, packed.
    #[must_use]
    pub fn pack_all(&self, state: &State) -> Vec<(String, Vec<u8>)> {
        self.pack_some(state, None)
    }

    /// The chunks that hold these entities, packed; all of them for none.
    #[must_use]
    pub fn pack_some(
        &self,
        state: &State,
        stale: Option<&BTreeSet<EntityRef>>,
    ) -> Vec<(String, Vec<u8>)> {
        let wanted: Option<BTreeSet<String>> =
            stale.map(|s| s.iter().map(|e| self.chunk_of(*e)).collect());
        let mut chunks: BTreeMap<String, Vec<EntityRef>> = BTreeMap::new();
        for entity in state.tables.refs() {
            let key = self.chunk_of(entity);
            if wanted.as_ref().is_none_or(|w| w.contains(&key)) {
                chunks.entry(key).or_default().push(entity);
            }
        }
        chunks
            .into_iter()
            .map(|(key, mut rows)| {
                rows.order();
                let bytes = pack::pack(state, &rows);
                (key, bytes)
            })
            .collect()
    }
}

/// The state a snapshot holds.
///
/// # Errors
/// [`Unreadable`] when any chunk is.
pub fn unpack<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> Result<State, Unreadable> {
    let mut state = State::default();
    for chunk in chunks {
        pack::unpack(chunk, &mut state)?;
    }
    Ok(state)
}
