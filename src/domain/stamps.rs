//! When the fields of a record were last set.

use super::entries::MAP_BASE;
use super::stamp::Stamp;

/// When each field was last set. Most fields are set once, when the entity is made, so
/// that one stamp is kept with a bit mask, and only later settings and entries one by one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stamps {
    base: Stamp,
    mask: u64,
    /// None for the many rows that an import made and nobody has touched since.
    more: Option<Box<More>>,
}

/// The stamps that are kept one by one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct More {
    /// Of fields, by key number.
    later: Vec<(u8, Stamp)>,
    /// Of entries, by field and key; those removed since among them.
    entries: Vec<((u8, u64), Stamp)>,
}

impl Stamps {
    fn later(&self) -> &[(u8, Stamp)] {
        self.more.as_ref().map_or(&[], |more| &more.later)
    }

    fn entry_stamps(&self) -> &[((u8, u64), Stamp)] {
        self.more.as_ref().map_or(&[], |more| &more.entries)
    }

    /// The stamp of a field, or of its entry `sub`; [`Stamp::ZERO`] when it was never set.
    #[must_use]
    pub fn of(&self, key: u8, sub: u64) -> Stamp {
        if key >= MAP_BASE {
            let entries = self.entry_stamps();
            return match entries.binary_search_by_key(&(key, sub), |(k, _)| *k) {
                Ok(at) => entries[at].1,
                Err(_) => Stamp::ZERO,
            };
        }
        if let Some((_, stamp)) = self.later().iter().find(|(k, _)| *k == key) {
            return *stamp;
        }
        if self.mask & (1 << key) != 0 {
            self.base
        } else {
            Stamp::ZERO
        }
    }

    /// Notes that a field, or its entry `sub`, was set.
    pub fn put(&mut self, key: u8, sub: u64, stamp: Stamp) {
        if key >= MAP_BASE {
            let entries = &mut self.more.get_or_insert_default().entries;
            match entries.binary_search_by_key(&(key, sub), |(k, _)| *k) {
                Ok(at) => entries[at].1 = stamp,
                Err(at) => entries.insert(at, ((key, sub), stamp)),
            }
            return;
        }
        if self.mask == 0 && self.later().is_empty() {
            self.base = stamp;
        }
        let bit = 1_u64 << key;
        if stamp == self.base && !self.later().iter().any(|(k, _)| *k == key) {
            self.mask |= bit;
            return;
        }
        self.mask &= !bit;
        let later = &mut self.more.get_or_insert_default().later;
        match later.binary_search_by_key(&key, |(k, _)| *k) {
            Ok(at) => later[at].1 = stamp,
            Err(at) => later.insert(at, (key, stamp)),
        }
    }

    /// Whether the entries ever set are the same, at the same times.
    pub(super) fn has_entries_of(&self, other: &Self) -> bool {
        self.entry_stamps() == other.entry_stamps()
    }

    /// Every entry ever set, as field and key, in order.
    pub fn entries(&self) -> impl Iterator<Item = (u8, u64)> {
        self.entry_stamps().iter().map(|(entry, _)| *entry)
    }

    /// The latest stamp of any field.
    #[must_use]
    pub fn last(&self) -> Stamp {
        let base = (self.mask != 0).then_some(self.base);
        let entries = self.entry_stamps().iter().map(|(_, s)| *s);
        self.later()
            .iter()
            .map(|(_, s)| *s)
            .chain(entries)
            .chain(base)
            .max()
            .unwrap_or(Stamp::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_remember_each_field_in_any_order() {
        let at = |n| Stamp::new(n, 0, 1);
        let mut stamps = Stamps::default();
        assert_eq!(stamps.of(3, 0), Stamp::ZERO);
        for (key, time) in [(3, 5), (4, 5), (4, 9), (3, 2), (7, 5), (4, 5)] {
            stamps.put(key, 0, at(time));
        }
        assert_eq!(
            [3, 4, 7, 8].map(|k| stamps.of(k, 0)),
            [at(2), at(5), at(5), Stamp::ZERO]
        );
        assert_eq!(stamps.last(), at(5));
    }

    #[test]
    fn entries_have_stamps_of_their_own() {
        let at = |n| Stamp::new(n, 0, 1);
        let mut stamps = Stamps::default();
        stamps.put(1, 0, at(3));
        for (sub, time) in [(9, 4), (2, 6), (9, 5)] {
            stamps.put(MAP_BASE, sub, at(time));
        }
        assert_eq!(stamps.of(MAP_BASE, 9), at(5));
        assert_eq!(stamps.of(MAP_BASE, 2), at(6));
        assert_eq!(stamps.of(MAP_BASE + 1, 2), Stamp::ZERO);
        assert_eq!(
            stamps.entries().collect::<Vec<_>>(),
            [(MAP_BASE, 2), (MAP_BASE, 9)]
        );
        assert_eq!(stamps.last(), at(6));
    }
}
