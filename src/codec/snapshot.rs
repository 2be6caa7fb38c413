//! Which rows go into which chunk of the snapshot.
//!
//! Chunks hold about [`ROWS`] rows of one kind, by the leading bits of their ids, which
//! are random and so spread evenly. A change makes only the chunks of its entities stale.

use super::pack::{self, Unreadable};
use crate::domain::change::{EntityRef, Kind, RefSet};
use crate::domain::order::Order;
use crate::domain::stamp::Stamp;
use crate::domain::state::State;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

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
        let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
        for entity in state.tables.refs() {
            *counts.entry(entity.kind).or_default() += 1;
        }
        let bits = |n: usize| n.div_ceil(ROWS).next_power_of_two().trailing_zeros();
        let bits = counts
            .into_iter()
            .map(|(kind, n)| (kind.code().to_owned(), bits(n)))
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
        key(self.place_of(entity))
    }

    fn place_of(&self, entity: EntityRef) -> Place {
        let bits = self.bits.get(entity.kind.code()).copied().unwrap_or(0);
        // None for no bits: all go into one chunk.
        let number = entity.id.checked_shr(64 - bits.min(32));
        (entity.kind, number.unwrap_or(0))
    }

    /// Whether a snapshot divided as `self` can be brought up to date chunk by chunk for
    /// a state that would now be divided as `next`: every kind is known, and its division is
    /// the same or, where it is divided at all, at most one step finer or coarser.
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
    pub fn pack_some(&self, state: &State, stale: Option<&RefSet>) -> Vec<(String, Vec<u8>)> {
        let mut packing = self.packing(state, stale);
        std::iter::from_fn(|| packing.next_chunk(state)).collect()
    }

    /// Begins to pack the chunks that hold these entities; all of them for none.
    #[must_use]
    pub fn packing(&self, state: &State, stale: Option<&RefSet>) -> Packing {
        let wanted: Option<HashSet<Place>> =
            stale.map(|s| s.iter().map(|e| self.place_of(*e)).collect());
        let mut chunks: BTreeMap<Place, Vec<EntityRef>> = BTreeMap::new();
        for entity in state.tables.refs() {
            let place = self.place_of(entity);
            if wanted.as_ref().is_none_or(|w| w.contains(&place)) {
                chunks.entry(place).or_default().push(entity);
            }
        }
        Packing { chunks }
    }
}

/// A kind, and the number of a chunk of it.
type Place = (Kind, u64);

fn key((kind, number): Place) -> String {
    format!("{}/{number:06}", kind.code())
}

/// Chunks still to be packed.
#[derive(Debug)]
pub struct Packing {
    chunks: BTreeMap<Place, Vec<EntityRef>>,
}

impl Packing {
    /// The next chunk with its key, of the state the packing was begun with; none at the end.
    pub fn next_chunk(&mut self, state: &State) -> Option<(String, Vec<u8>)> {
        let (place, mut rows) = self.chunks.pop_first()?;
        rows.order();
        Some((key(place), pack::pack(state, &rows)))
    }
}

/// The state a snapshot holds.
///
/// # Errors
/// [`Unreadable`] when any chunk is.
pub fn unpack<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> Result<State, Unreadable> {
    let chunks: Vec<&[u8]> = chunks.collect();
    let mut rows: BTreeMap<Kind, usize> = BTreeMap::new();
    for (kind, count) in chunks.iter().filter_map(|chunk| pack::census(chunk)) {
        *rows.entry(kind).or_default() += count;
    }
    let mut state = State::default();
    for (kind, count) in rows {
        state.reserve(kind, count);
    }
    for chunk in chunks {
        pack::unpack(chunk, &mut state)?;
    }
    Ok(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Edit, Intent, IntentKind};
    use crate::domain::deal::DealField;
    use crate::domain::ids::{DealId, IdSource};

    fn manifest(bits: &[(&str, u32)]) -> Manifest {
        Manifest {
            version: pack::VERSION,
            seq: 1,
            newest: Stamp::ZERO.to_string(),
            bits: bits.iter().map(|(k, n)| ((*k).to_owned(), *n)).collect(),
        }
    }

    /// A state of `count` deals with random ids.
    fn deals(count: usize) -> State {
        let mut ids = IdSource::new(9);
        let edits = (0..count).map(|n| Edit::Deal(ids.fresh(), DealField::Title(n.to_string())));
        let mut state = State::default();
        state.apply(&Change {
            stamp: Stamp::new(1, 0, 1),
            intent: Intent::new(IntentKind::Import, ""),
            author: None,
            edits: edits.collect(),
            before: Vec::new(),
            undoes: None,
        });
        state
    }

    #[test]
    fn a_kind_is_divided_so_that_a_chunk_holds_about_a_thousand_rows() {
        for (count, bits) in [
            (1, 0),
            (1_000, 0),
            (1_001, 1),
            (2_000, 1),
            (2_001, 2),
            (9_000, 4),
        ] {
            let state = deals(count);
            let plan = Manifest::plan(&state, 7, Stamp::ZERO);
            assert_eq!(plan.bits["deal"], bits, "{count}");
            let chunks = plan.pack_all(&state);
            assert_eq!(chunks.len(), 1 << bits);
            assert!(chunks.windows(2).all(|w| w[0].0 < w[1].0));
            let again = unpack(chunks.iter().map(|(_, b)| b.as_slice())).unwrap();
            assert_eq!(again, state);
        }
    }

    #[test]
    fn a_chunk_is_chosen_by_the_leading_bits_of_an_id() {
        let deal = |id| EntityRef::from(DealId(id));
        let plan = manifest(&[("deal", 2)]);
        assert_eq!(plan.chunk_of(deal(0)), "deal/000000");
        assert_eq!(plan.chunk_of(deal(1 << 62)), "deal/000001");
        assert_eq!(plan.chunk_of(deal(u64::MAX)), "deal/000003");
        // A kind that was not there when the division was made has one chunk.
        let person = EntityRef {
            kind: Kind::Person,
            id: u64::MAX,
        };
        assert_eq!(plan.chunk_of(person), "person/000000");
        assert_eq!(
            manifest(&[("deal", 99)]).chunk_of(deal(u64::MAX)),
            format!("deal/{}", u32::MAX)
        );
    }

    #[test]
    fn only_the_chunks_of_what_has_changed_are_packed() {
        let state = deals(3_000);
        let plan = Manifest::plan(&state, 1, Stamp::ZERO);
        let one = state.tables.refs()[0];
        let stale = RefSet::from_iter([one]);
        let packed = plan.pack_some(&state, Some(&stale));
        assert_eq!(packed.len(), 1);
        assert_eq!(packed[0].0, plan.chunk_of(one));
        assert!(plan.pack_all(&state).contains(&packed[0]));
        assert!(plan.pack_some(&state, Some(&RefSet::default())).is_empty());
    }

    #[test]
    fn a_division_fits_while_chunks_are_neither_huge_nor_tiny() {
        let fits =
            |mine: &[(&str, u32)], next: &[(&str, u32)]| manifest(mine).fits(&manifest(next));
        assert!(fits(&[("deal", 3)], &[("deal", 3)]));
        assert!(fits(&[("deal", 3)], &[("deal", 4)]));
        assert!(fits(&[("deal", 3)], &[("deal", 2)]));
        assert!(!fits(&[("deal", 3)], &[("deal", 5)]));
        assert!(!fits(&[("deal", 0)], &[("deal", 1)]));
        assert!(
            !fits(&[("deal", 3)], &[("deal", 3), ("person", 0)]),
            "a new kind"
        );
        assert!(fits(&[("deal", 3), ("person", 0)], &[("deal", 3)]));
    }

    #[test]
    fn a_note_of_another_version_or_none_is_no_note() {
        let plan = manifest(&[("deal", 1)]);
        assert_eq!(Manifest::parse(&plan.print()), Some(plan.clone()));
        let version = |n: u8| {
            let mine = format!("\"version\":{}", pack::VERSION);
            let other = plan.print().replacen(&mine, &format!("\"version\":{n}"), 1);
            assert_ne!(other, plan.print());
            other
        };
        let (older, newer) = (version(pack::VERSION - 1), version(pack::VERSION + 1));
        for text in [&older, &newer, "", "{}", "[1]", "not JSON"] {
            assert_eq!(Manifest::parse(text), None, "{text}");
        }
    }
}
