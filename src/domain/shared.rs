//! Maps by id whose copies share what neither has changed since: a copy costs next to no
//! time and memory, however much is in it.

use super::ids::{Id, IdMap};
use std::collections::hash_map::Entry;
use std::sync::Arc;

/// About how many entries lie together. As many are copied when one of a shared map changes.
const SHARD: usize = 512;

/// A map in shards, each of which copies share until one of them changes it.
#[derive(Clone, Debug)]
pub struct SharedMap<K, V> {
    /// A power of two of them, or none.
    shards: Vec<Arc<IdMap<K, V>>>,
    len: usize,
}

impl<K, V> Default for SharedMap<K, V> {
    fn default() -> Self {
        Self {
            shards: Vec::new(),
            len: 0,
        }
    }
}

impl<K: Id, V: PartialEq> PartialEq for SharedMap<K, V> {
    /// Equal when they hold the same, however it is divided.
    fn eq(&self, other: &Self) -> bool {
        let same = |(key, value): (&K, &V)| other.get(*key) == Some(value);
        self.len == other.len && self.shards.iter().flat_map(|s| s.iter()).all(same)
    }
}

impl<K: Id, V> SharedMap<K, V> {
    /// The value of an id.
    #[must_use]
    pub fn get(&self, key: K) -> Option<&V> {
        self.shards.get(shard_of(key, self.shards.len()))?.get(&key)
    }

    /// All entries, in no order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter {
            shards: self.shards.iter(),
            shard: None,
        }
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// True when there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Lets go of some of its entries, a few hundred, in no order; says whether there were
    /// any. For maps that are not needed any more: letting go of all at once takes a while.
    pub fn shed(&mut self) -> bool {
        let shard = self.shards.pop();
        self.len -= shard.as_ref().map_or(0, |shard| shard.len());
        shard.is_some()
    }
}

/// Walks all entries. An iterator of its own, and not one put together from others, since what
/// is asked of those (`find`, `fold`) is compiled anew for every question.
pub struct Iter<'a, K, V> {
    shards: std::slice::Iter<'a, Arc<IdMap<K, V>>>,
    shard: Option<std::collections::hash_map::Iter<'a, K, V>>,
}

impl<'a, K: Id, V> Iterator for Iter<'a, K, V> {
    type Item = (K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.shard.as_mut().and_then(Iterator::next) {
                return Some((*key, value));
            }
            self.shard = Some(self.shards.next()?.iter());
        }
    }
}

impl<K: Id, V: Clone> SharedMap<K, V> {
    /// The value of an id to be changed, made first where there is none.
    pub fn make(&mut self, key: K, new: impl FnOnce() -> V) -> &mut V {
        let at = self.place_for(key);
        match Arc::make_mut(&mut self.shards[at]).entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                self.len += 1;
                place.insert(new())
            }
        }
    }

    /// Divides the map finely enough for this many more.
    pub fn reserve(&mut self, more: usize) {
        while self.len + more > SHARD * self.shards.len() {
            self.divide();
        }
    }

    /// Sets the value of an id.
    pub fn put(&mut self, key: K, value: V) {
        let at = self.place_for(key);
        let old = Arc::make_mut(&mut self.shards[at]).insert(key, value);
        self.len += usize::from(old.is_none());
    }

    /// The shard for an id, with room for one more.
    fn place_for(&mut self, key: K) -> usize {
        if self.len >= SHARD * self.shards.len() {
            self.divide();
        }
        shard_of(key, self.shards.len())
    }

    /// Divides the map four times as finely.
    fn divide(&mut self) {
        let count = (self.shards.len() * 4).max(1);
        let mut shards = vec![IdMap::default(); count];
        for shard in std::mem::take(&mut self.shards) {
            let all = Arc::try_unwrap(shard).unwrap_or_else(|shared| (*shared).clone());
            for (key, value) in all {
                shards[shard_of(key, count)].insert(key, value);
            }
        }
        self.shards = shards.into_iter().map(Arc::new).collect();
    }
}

/// Which of `count` shards an id lies in. By another factor than in [`IdHasher`], so that the
/// ids of a shard are as mixed for its map as all ids are.
///
/// [`IdHasher`]: super::ids::IdHasher
fn shard_of<K: Id>(key: K, count: usize) -> usize {
    let mixed = key.raw().wrapping_mul(0xD6E8_FEB8_6659_FD93);
    // None for one shard: a shift by all bits.
    let first = mixed.checked_shr(64 - count.max(1).trailing_zeros());
    first.unwrap_or(0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{DealId, IdSource};

    fn filled(count: usize, seed: u64) -> (SharedMap<DealId, usize>, Vec<DealId>) {
        let mut ids = IdSource::new(seed);
        let keys: Vec<DealId> = (0..count).map(|_| ids.fresh()).collect();
        let mut map = SharedMap::default();
        for (n, key) in keys.iter().enumerate() {
            assert_eq!(*map.make(*key, || n), n);
        }
        (map, keys)
    }

    #[test]
    fn holds_what_was_put_in_however_much() {
        for count in [0, 1, 511, 512, 513, 20_000] {
            let (map, keys) = filled(count, 4);
            assert_eq!((map.len(), map.is_empty()), (count, count == 0));
            assert!(
                keys.iter()
                    .enumerate()
                    .all(|(n, k)| map.get(*k) == Some(&n))
            );
            assert_eq!(map.get(DealId(1)), None);
            let mut found: Vec<DealId> = map.iter().map(|(key, _)| key).collect();
            let mut wanted = keys.clone();
            found.sort();
            wanted.sort();
            assert_eq!(found, wanted);
        }
    }

    #[test]
    fn small_ids_find_their_place_too() {
        let mut map = SharedMap::default();
        (0..3_000).for_each(|n| *map.make(DealId(n), || 0) = n);
        assert!((0..3_000).all(|n| map.get(DealId(n)) == Some(&n)));
    }

    #[test]
    fn a_copy_shares_until_one_of_the_two_changes() {
        let (map, keys) = filled(9_000, 7);
        let mut copy = map.clone();
        let shared = |a: &SharedMap<DealId, usize>, b: &SharedMap<DealId, usize>| {
            let both = a.shards.iter().zip(&b.shards);
            both.filter(|(a, b)| Arc::ptr_eq(a, b)).count()
        };
        assert_eq!(shared(&map, &copy), map.shards.len());
        *copy.make(keys[5], || 0) = 1_000_000;
        assert_eq!(shared(&map, &copy), map.shards.len() - 1);
        assert_eq!(
            (map.get(keys[5]), copy.get(keys[5])),
            (Some(&5), Some(&1_000_000))
        );
        assert_ne!(map, copy);
        *copy.make(keys[5], || 0) = 5;
        assert_eq!(map, copy);
    }

    #[test]
    fn equal_however_divided_and_shed_bit_by_bit() {
        let (one, keys) = filled(3_000, 9);
        let mut other = SharedMap::default();
        for (n, key) in keys.iter().enumerate().rev() {
            other.make(*key, || n);
        }
        assert_eq!(one, other);
        let mut pieces = 0;
        while other.shed() {
            pieces += 1;
        }
        assert!(pieces > 1 && other.is_empty());
    }
}
