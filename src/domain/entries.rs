//! Fields that hold a value per key.

use super::custom::CustomValue;
use super::ids::Id;

/// The key numbers of fields with entries begin here; those of plain fields are below 64,
/// the bits of the mask in [`Stamps`].
pub const MAP_BASE: u8 = 128;

/// A field with entries: a value per key, each set and merged by itself, so that two people
/// who fill in different entries both keep what they wrote.
///
/// One pointer in size: a deal has six such fields, and most deals have no entry in any.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entries<K, V>(
    #[expect(
        clippy::box_collection,
        reason = "a third of the size where it is empty"
    )]
    Option<Box<Vec<(K, V)>>>,
);

impl<K, V> Default for Entries<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K, V> Entries<K, V> {
    fn list(&self) -> &[(K, V)] {
        self.0.as_ref().map_or(&[], |list| list)
    }
}

impl<K: Id, V> Entries<K, V> {
    /// The entry of a key.
    #[must_use]
    pub fn get(&self, key: K) -> Option<&V> {
        let list = self.list();
        let at = list.binary_search_by_key(&key, |(k, _)| *k).ok()?;
        Some(&list[at].1)
    }

    /// Sets or, with none, removes the entry of a key.
    pub fn set(&mut self, key: K, value: Option<V>) {
        let place = self.list().binary_search_by_key(&key, |(k, _)| *k);
        let list = self.0.get_or_insert_default();
        match (place, value) {
            (Ok(at), Some(value)) => list[at].1 = value,
            (Ok(at), None) => {
                list.remove(at);
            }
            (Err(at), Some(value)) => list.insert(at, (key, value)),
            (Err(_), None) => {}
        }
        // Without entries it is as it was before any, also in comparisons.
        if list.is_empty() {
            self.0 = None;
        }
    }

    /// All entries, in order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        self.list().iter().map(|(k, v)| (*k, v))
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list().len()
    }

    /// True without any entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

/// How a setting carries the value of an entry: as it is, or in a box where it would make every
/// edit of every field as large.
pub trait Carry {
    /// What the record holds.
    type Held: Clone;
    /// The value on its way.
    fn carry(held: Self::Held) -> Self;
    /// The value arrived.
    fn held(self) -> Self::Held;
}

impl<T: Clone> Carry for Box<T> {
    type Held = T;
    fn carry(held: T) -> Self {
        Box::new(held)
    }
    fn held(self) -> T {
        *self
    }
}

macro_rules! carried_plainly {
    ($($kind:ty),*) => {$(
        impl Carry for $kind {
            type Held = Self;
            fn carry(held: Self) -> Self {
                held
            }
            fn held(self) -> Self {
                self
            }
        }
    )*};
}
carried_plainly!(CustomValue, bool);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::FieldId;

    #[test]
    fn a_field_whose_entries_are_all_removed_is_as_it_was_before_any() {
        let mut entries: Entries<FieldId, u8> = Entries::default();
        entries.set(FieldId(1), None);
        assert_eq!(entries, Entries::default());
        for (id, n) in [(7, 1), (2, 2), (7, 3)] {
            entries.set(FieldId(id), Some(n));
        }
        let all: Vec<_> = entries.iter().map(|(id, n)| (id.0, *n)).collect();
        assert_eq!(
            (all.as_slice(), entries.len()),
            ([(2, 2), (7, 3)].as_slice(), 2)
        );
        assert_eq!(
            (entries.get(FieldId(7)), entries.get(FieldId(3))),
            (Some(&3), None)
        );
        entries.set(FieldId(7), None);
        entries.set(FieldId(2), None);
        assert!(entries.is_empty());
        assert_eq!(entries, Entries::default());
    }
}
