//! What all entities share: named fields that are set one by one, and the stamp of
//! the last setting of each.

use super::ids::Id;
use super::shared::SharedMap;
use super::stamp::Stamp;
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
    /// One field with its value, by key number.
    fn get(&self, key: u8) -> Self::Field;
    /// Removed: hidden everywhere but in history.
    fn is_deleted(&self) -> bool;
}

/// One field with a value, as the enum the macro makes.
pub trait FieldSet: Sized + Clone + PartialEq {
    /// How many fields there are; key numbers are below it.
    const COUNT: u8;
    /// The key number of this field.
    fn key(&self) -> u8;
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
    fn from_parts(key: u8, value: Value) -> Result<Self, BadValue>;
    /// The setting that removes the entity or brings it back.
    fn deleted(gone: bool) -> Self;
}

/// Declares an entity: the struct, the enum of its settable fields, and the glue. The
/// struct gets `id` and `deleted` besides the fields listed. Names of fields are part of
/// the file format: never rename one, only add (at the end, so snapshots stay readable).
#[macro_export]
macro_rules! entity {
    (
        $(#[$doc:meta])*
        $name:ident($id:ty) sets $field:ident {
            $($(#[$fdoc:meta])* $slot:ident / $variant:ident: $kind:ty = $default:expr),* $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub struct $name {
            /// Its identity.
            pub id: $id,
            /// Removed: hidden everywhere but in history.
            pub deleted: bool,
            $($(#[$fdoc])* pub $slot: $kind),*
        }

        #[doc = concat!("One field of a [`", stringify!($name), "`] with the value to set.")]
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub enum $field {
            /// Removed or brought back.
            Deleted(bool),
            $($(#[$fdoc])* $variant($kind)),*
        }

        const _: () = {
            #[allow(non_camel_case_types)]
            #[repr(u8)]
            enum Key { deleted, $($slot),*, end }

            impl $crate::domain::entity::FieldSet for $field {
                const COUNT: u8 = Key::end as u8;
                fn key(&self) -> u8 {
                    match self { Self::Deleted(_) => Key::deleted as u8, $(Self::$variant(_) => Key::$slot as u8),* }
                }
                fn name(&self) -> &'static str {
                    match self { Self::Deleted(_) => "deleted", $(Self::$variant(_) => stringify!($slot)),* }
                }
                fn name_of(key: u8) -> &'static str {
                    const NAMES: &[&str] = &["deleted", $(stringify!($slot)),*];
                    NAMES.get(key as usize).copied().unwrap_or("")
                }
                fn key_of(name: &str) -> Option<u8> {
                    match name {
                        "deleted" => Some(Key::deleted as u8),
                        $(stringify!($slot) => Some(Key::$slot as u8),)*
                        _ => None,
                    }
                }
                fn value(&self) -> $crate::domain::value::Value {
                    match self {
                        Self::Deleted(gone) => $crate::domain::value::Field::to_value(gone),
                        $(Self::$variant(v) => $crate::domain::value::Field::to_value(v)),*
                    }
                }
                fn from_parts(key: u8, value: $crate::domain::value::Value) -> Result<Self, $crate::domain::value::BadValue> {
                    $(if key == Key::$slot as u8 {
                        return <$kind as $crate::domain::value::Field>::from_value(value).map(Self::$variant);
                    })*
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
                    Self { id, deleted: false, $($slot: $default),* }
                }
                fn id(&self) -> $id {
                    self.id
                }
                fn set(&mut self, field: $field) {
                    match field {
                        $field::Deleted(gone) => self.deleted = gone,
                        $($field::$variant(v) => self.$slot = v),*
                    }
                }
                fn get(&self, key: u8) -> $field {
                    $(if key == Key::$slot as u8 {
                        return $field::$variant(self.$slot.clone());
                    })*
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
/// that one stamp is kept with a bit mask, and only later settings one by one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stamps {
    base: Stamp,
    mask: u64,
    later: Vec<(u8, Stamp)>,
}

impl Stamps {
    /// The stamp of a field, [`Stamp::ZERO`] when it was never set.
    #[must_use]
    pub fn of(&self, key: u8) -> Stamp {
        if let Some((_, stamp)) = self.later.iter().find(|(k, _)| *k == key) {
            return *stamp;
        }
        if self.mask & (1 << key) != 0 {
            self.base
        } else {
            Stamp::ZERO
        }
    }

    /// Notes that a field was set.
    pub fn put(&mut self, key: u8, stamp: Stamp) {
        if self.mask == 0 && self.later.is_empty() {
            self.base = stamp;
        }
        let bit = 1_u64 << key;
        if stamp == self.base && !self.later.iter().any(|(k, _)| *k == key) {
            self.mask |= bit;
            return;
        }
        self.mask &= !bit;
        match self.later.binary_search_by_key(&key, |(k, _)| *k) {
            Ok(at) => self.later[at].1 = stamp,
            Err(at) => self.later.insert(at, (key, stamp)),
        }
    }

    /// The latest stamp of any field.
    #[must_use]
    pub fn last(&self) -> Stamp {
        let base = (self.mask != 0).then_some(self.base);
        self.later
            .iter()
            .map(|(_, s)| *s)
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
            && (0..E::Field::COUNT).all(|key| self.stamps.of(key) == other.stamps.of(key))
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
        let key = field.key();
        // Equal stamps are the same change: its later edit of a field stands.
        if stamp < row.stamps.of(key) {
            return false;
        }
        row.stamps.put(key, stamp);
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
        assert_eq!(stamps.of(3), Stamp::ZERO);
        for (key, time) in [(3, 5), (4, 5), (4, 9), (3, 2), (7, 5), (4, 5)] {
            stamps.put(key, at(time));
        }
        assert_eq!(
            [3, 4, 7, 8].map(|k| stamps.of(k)),
            [at(2), at(5), at(5), Stamp::ZERO]
        );
        assert_eq!(stamps.last(), at(5));
    }
}
