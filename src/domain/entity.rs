//! What all entities share: named fields that are set one by one, and the stamp of
//! the last setting of each.

use super::ids::{Id, IdMap};
use super::stamp::Stamp;
use super::value::{BadValue, Value};

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

/// A thing the log talks about. Made by the [`entity!`](crate::entity) macro.
pub trait Entity: Sized {
    /// Its id.
    type Id: Id;
    /// One field with a value.
    type Field: FieldSet;

    /// The entity before any field was set.
    fn blank(id: Self::Id) -> Self;
    /// Its id.
    fn id(&self) -> Self::Id;
    /// Sets one field.
    fn set(&mut self, field: Self::Field);
    /// One field with its value, by key number; `sub` says which entry of a field with
    /// entries is meant, and is 0 for others.
    fn get(&self, key: u8, sub: u64) -> Self::Field;
    /// Removed: hidden everywhere but in history.
    fn is_deleted(&self) -> bool;
}

/// One field with a value, as the enum the macro makes.
pub trait FieldSet: Sized + Clone + PartialEq {
    /// How many plain fields there are; their key numbers are below it.
    const COUNT: u8;
    /// How many fields with entries there are; their key numbers go on from [`MAP_BASE`].
    const MAPS: u8;
    /// The key number of this field.
    fn key(&self) -> u8;
    /// The bits of the entry's key, of a field with entries; else 0.
    fn sub(&self) -> u64;
    /// The field's name in files.
    fn name(&self) -> &'static str;
    /// The name of a key number.
    fn name_of(key: u8) -> &'static str;
    /// The key number of a name.
    fn key_of(name: &str) -> Option<u8>;
    /// The value as a tree.
    fn value(&self) -> Value;
    /// A field from its key number and a tree.
    ///
    /// # Errors
    /// [`BadValue`] when the tree does not fit the field.
    fn from_parts(key: u8, sub: u64, value: Value) -> Result<Self, BadValue>;
    /// The setting that removes the entity or brings it back.
    fn deleted(gone: bool) -> Self;
}

/// Declares an entity: the struct, the enum of its settable fields, and the glue. The
/// struct gets `id` and `deleted` besides the fields listed. After `with entries` come fields
/// that hold a value per key ([`Entries`]). Names of fields are part of
/// the file format: never rename one, only add (at the end, so snapshots stay readable).
#[macro_export]
macro_rules! entity {
    (
        $(#[$doc:meta])*
        $name:ident($id:ty) sets $field:ident {
            $($(#[$fdoc:meta])* $slot:ident / $variant:ident: $kind:ty = $default:expr),* $(,)?
        }
        $(with entries {
            $($(#[$mdoc:meta])* $mslot:ident / $mvariant:ident: $mkey:ty => $mkind:ty),* $(,)?
        })?
    ) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub struct $name {
            /// Its identity.
            pub id: $id,
            /// Removed: hidden everywhere but in history.
            pub deleted: bool,
            $($(#[$fdoc])* pub $slot: $kind,)*
            $($($(#[$mdoc])* pub $mslot: $crate::domain::entity::Entries<$mkey, $mkind>,)*)?
        }

        #[doc = concat!("One field of a [`", stringify!($name), "`] with the value to set.")]
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub enum $field {
            /// Removed or brought back.
            Deleted(bool),
            $($(#[$fdoc])* $variant($kind),)*
            $($($(#[$mdoc])* $mvariant($mkey, Option<$mkind>),)*)?
        }

        const _: () = {
            #[allow(non_camel_case_types)]
            #[repr(u8)]
            enum Key { deleted, $($slot),*, end }

            #[allow(non_camel_case_types, dead_code)]
            #[repr(u8)]
            enum MapKey { $($($mslot,)*)? end }

            impl $crate::domain::entity::FieldSet for $field {
                const COUNT: u8 = Key::end as u8;
                const MAPS: u8 = MapKey::end as u8;
                fn key(&self) -> u8 {
                    match self {
                        Self::Deleted(_) => Key::deleted as u8,
                        $(Self::$variant(_) => Key::$slot as u8,)*
                        $($(Self::$mvariant(..) => $crate::domain::entity::MAP_BASE + MapKey::$mslot as u8,)*)?
                    }
                }
                fn sub(&self) -> u64 {
                    match self {
                        $($(Self::$mvariant(key, _) => $crate::domain::ids::Id::raw(*key),)*)?
                        _ => 0,
                    }
                }
                fn name(&self) -> &'static str {
                    Self::name_of(self.key())
                }
                fn name_of(key: u8) -> &'static str {
                    const NAMES: &[&str] = &["deleted", $(stringify!($slot)),*];
                    const MAPS: &[&str] = &[$($(stringify!($mslot)),*)?];
                    let name = match key.checked_sub($crate::domain::entity::MAP_BASE) {
                        Some(at) => MAPS.get(at as usize),
                        None => NAMES.get(key as usize),
                    };
                    name.copied().unwrap_or("")
                }
                fn key_of(name: &str) -> Option<u8> {
                    match name {
                        "deleted" => Some(Key::deleted as u8),
                        $(stringify!($slot) => Some(Key::$slot as u8),)*
                        $($(stringify!($mslot) => Some($crate::domain::entity::MAP_BASE + MapKey::$mslot as u8),)*)?
                        _ => None,
                    }
                }
                fn value(&self) -> $crate::domain::value::Value {
                    match self {
                        Self::Deleted(gone) => $crate::domain::value::Field::to_value(gone),
                        $(Self::$variant(v) => $crate::domain::value::Field::to_value(v),)*
                        $($(Self::$mvariant(_, v) => $crate::domain::value::Field::to_value(v),)*)?
                    }
                }
                #[allow(unused_variables)]
                fn from_parts(key: u8, sub: u64, value: $crate::domain::value::Value) -> Result<Self, $crate::domain::value::BadValue> {
                    $(if key == Key::$slot as u8 {
                        return <$kind as $crate::domain::value::Field>::from_value(value).map(Self::$variant);
                    })*
                    $($(if key == $crate::domain::entity::MAP_BASE + MapKey::$mslot as u8 {
                        return <Option<$mkind> as $crate::domain::value::Field>::from_value(value)
                            .map(|v| Self::$mvariant($crate::domain::ids::Id::from_raw(sub), v));
                    })*)?
                    <bool as $crate::domain::value::Field>::from_value(value).map(Self::Deleted)
                }
                fn deleted(gone: bool) -> Self {
                    Self::Deleted(gone)
                }
            }

            impl $crate::domain::entity::Entity for $name {
                type Id = $id;
                type Field = $field;
                fn blank(id: $id) -> Self {
                    Self { id, deleted: false, $($slot: $default,)* $($($mslot: Default::default(),)*)? }
                }
                fn id(&self) -> $id {
                    self.id
                }
                fn set(&mut self, field: $field) {
                    match field {
                        $field::Deleted(gone) => self.deleted = gone,
                        $($field::$variant(v) => self.$slot = v,)*
                        $($($field::$mvariant(key, v) => self.$mslot.set(key, v),)*)?
                    }
                }
                #[allow(unused_variables)]
                fn get(&self, key: u8, sub: u64) -> $field {
                    $(if key == Key::$slot as u8 {
                        return $field::$variant(self.$slot.clone());
                    })*
                    $($(if key == $crate::domain::entity::MAP_BASE + MapKey::$mslot as u8 {
                        let entry = $crate::domain::ids::Id::from_raw(sub);
                        return $field::$mvariant(entry, self.$mslot.get(entry).cloned());
                    })*)?
                    $field::Deleted(self.deleted)
                }
                fn is_deleted(&self) -> bool {
                    self.deleted
                }
            }
        };
    };
}

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

/// An entity with the stamps of its fields.
#[derive(Clone, Debug)]
pub struct Row<E> {
    /// The entity.
    pub entity: E,
    /// When each field was last set.
    pub stamps: Stamps,
    /// The earliest stamp that ever set one of its fields: the change that made it.
    pub born: Stamp,
}

impl<E: Entity> Row<E> {
    /// An entity of which nothing is known yet.
    #[must_use]
    pub fn blank(id: E::Id) -> Self {
        Self {
            entity: E::blank(id),
            stamps: Stamps::default(),
            born: Stamp::ZERO,
        }
    }
}

impl<E: Entity + PartialEq> PartialEq for Row<E> {
    /// Equal in every field and every field's stamp, however the stamps are stored.
    fn eq(&self, other: &Self) -> bool {
        self.entity == other.entity
            && self.born == other.born
            && (0..E::Field::COUNT).all(|key| self.stamps.of(key, 0) == other.stamps.of(key, 0))
            && self.stamps.entry_stamps() == other.stamps.entry_stamps()
    }
}

/// All entities of one kind, removed ones included.
#[derive(Clone, Debug)]
pub struct Table<E: Entity> {
    rows: IdMap<E::Id, Row<E>>,
}

impl<E: Entity> Default for Table<E> {
    fn default() -> Self {
        Self {
            rows: IdMap::default(),
        }
    }
}

impl<E: Entity + PartialEq> PartialEq for Table<E> {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

impl<E: Entity> Table<E> {
    /// The entity, unless it is removed or unknown.
    #[must_use]
    pub fn get(&self, id: E::Id) -> Option<&E> {
        self.rows
            .get(&id)
            .map(|row| &row.entity)
            .filter(|e| !e.is_deleted())
    }

    /// The entity with its stamps, even when it is removed.
    #[must_use]
    pub fn row(&self, id: E::Id) -> Option<&Row<E>> {
        self.rows.get(&id)
    }

    /// All that are not removed, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &E> {
        self.rows
            .values()
            .map(|row| &row.entity)
            .filter(|e| !e.is_deleted())
    }

    /// All rows, removed ones included, in no order.
    pub fn rows(&self) -> impl Iterator<Item = (E::Id, &Row<E>)> {
        self.rows.iter().map(|(id, row)| (*id, row))
    }

    /// How many rows there are, removed ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True when there never was one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Room for this many more.
    pub fn reserve(&mut self, more: usize) {
        self.rows.reserve(more);
    }

    /// Puts a whole row back, as read from a snapshot.
    pub fn restore(&mut self, row: Row<E>) {
        self.rows.insert(row.entity.id(), row);
    }

    /// Sets a field when `stamp` is not older than the field's last; says whether it did.
    pub fn apply(&mut self, id: E::Id, field: E::Field, stamp: Stamp) -> bool {
        let row = self.rows.entry(id).or_insert_with(|| Row::blank(id));
        if row.born == Stamp::ZERO || stamp < row.born {
            row.born = stamp;
        }
        let (key, sub) = (field.key(), field.sub());
        // Equal stamps are the same change: its later edit of a field stands.
        if stamp < row.stamps.of(key, sub) {
            return false;
        }
        row.stamps.put(key, sub, stamp);
        row.entity.set(field);
        true
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

    #[test]
    fn a_field_whose_entries_are_all_removed_is_as_it_was_before_any() {
        use crate::domain::ids::FieldId;
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

    #[test]
    fn rows_stay_small() {
        use crate::domain::deal::Deal;
        // A field with entries costs a pointer, and so do all stamps kept one by one.
        assert_eq!(
            size_of::<Entries<crate::domain::ids::FieldId, u64>>(),
            size_of::<usize>()
        );
        assert!(size_of::<Stamps>() <= 32);
        assert!(size_of::<Row<Deal>>() <= 480, "{}", size_of::<Row<Deal>>());
    }
}
