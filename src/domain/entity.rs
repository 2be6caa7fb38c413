//! What all entities share: named fields that are set one by one, and the stamp of
//! the last setting of each.

pub use super::entries::{Carry, Entries, MAP_BASE};
use super::ids::Id;
use super::shared::SharedMap;
use super::stamp::Stamp;
pub use super::stamps::Stamps;
use super::value::{BadValue, Value};
use std::sync::Arc;

/// A thing the log talks about. Made by the [`entity!`](crate::entity) macro.
pub trait Entity: Sized + Clone {
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
/// that hold a value per key ([`Entries`]); the setting has it in a box where it is large. Names of
/// fields are part of the file format: never rename one, only add (at the end, so snapshots stay
/// readable).
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
            $($($(#[$mdoc])* pub $mslot: $crate::domain::entity::Entries<
                $mkey,
                <$mkind as $crate::domain::entity::Carry>::Held,
            >,)*)?
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
                        $($($field::$mvariant(key, v) => {
                            self.$mslot.set(key, v.map($crate::domain::entity::Carry::held));
                        })*)?
                    }
                }
                #[allow(unused_variables)]
                fn get(&self, key: u8, sub: u64) -> $field {
                    $(if key == Key::$slot as u8 {
                        return $field::$variant(self.$slot.clone());
                    })*
                    $($(if key == $crate::domain::entity::MAP_BASE + MapKey::$mslot as u8 {
                        let entry = $crate::domain::ids::Id::from_raw(sub);
                        let value = self.$mslot.get(entry).cloned();
                        return $field::$mvariant(entry, value.map($crate::domain::entity::Carry::carry));
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
            && self.stamps.has_entries_of(&other.stamps)
    }
}

/// All entities of one kind, removed ones included. Copies share their rows until one of
/// them sets a field, so that a copy costs little time and less memory.
#[derive(Clone, Debug)]
pub struct Table<E: Entity> {
    rows: SharedMap<E::Id, Arc<Row<E>>>,
}

impl<E: Entity> Default for Table<E> {
    fn default() -> Self {
        Self {
            rows: SharedMap::default(),
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
            .get(id)
            .map(|row| &row.entity)
            .filter(|e| !e.is_deleted())
    }

    /// The entity with its stamps, even when it is removed.
    #[must_use]
    pub fn row(&self, id: E::Id) -> Option<&Row<E>> {
        self.rows.get(id).map(|row| &**row)
    }

    /// All that are not removed, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &E> {
        self.rows
            .iter()
            .map(|(_, row)| &row.entity)
            .filter(|e| !e.is_deleted())
    }

    /// All rows, removed ones included, in no order.
    pub fn rows(&self) -> impl Iterator<Item = (E::Id, &Row<E>)> {
        self.rows.iter().map(|(id, row)| (id, &**row))
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

    /// Lets go of some rows of a table that is not needed any more; says whether there were
    /// any.
    pub fn shed(&mut self) -> bool {
        self.rows.shed()
    }

    /// Puts a whole row back, as read from a snapshot.
    pub fn restore(&mut self, row: Row<E>) {
        self.rows.put(row.entity.id(), Arc::new(row));
    }

    /// Sets a field when `stamp` is not older than the field's last; says whether it did.
    pub fn apply(&mut self, id: E::Id, field: E::Field, stamp: Stamp) -> bool {
        let row = Arc::make_mut(self.rows.make(id, || Arc::new(Row::blank(id))));
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
    fn rows_stay_small() {
        use crate::domain::deal::Deal;
        // A field with entries costs a pointer, and so do all stamps kept one by one.
        assert_eq!(
            size_of::<Entries<crate::domain::ids::FieldId, u64>>(),
            size_of::<usize>()
        );
        assert!(size_of::<Stamps>() <= 32);
        // An import has nine edits a deal. Whatever makes them all larger goes into a box.
        let edit = size_of::<crate::domain::change::Edit>();
        assert!(edit <= 56, "{edit}");
        assert!(size_of::<Row<Deal>>() <= 480, "{}", size_of::<Row<Deal>>());
    }
}
