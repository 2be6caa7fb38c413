//! What all entities share: named fields that are set one by one, and the stamp of
//! the last setting of each.

pub use super::entries::{Carry, Entries, MAP_BASE};
use super::ids::Id;
pub use super::stamps::Stamps;
pub use super::table::{Row, Table};
use super::value::{BadValue, Value};
use std::fmt::Debug;

/// A thing the log talks about. Made by the [`entity!`](crate::entity) macro.
pub trait Entity: Sized + Clone + PartialEq + Debug + Send + Sync + 'static {
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
    /// What its fields are called in files.
    const NAMES: FieldNames;
    /// The key number of this field.
    fn key(&self) -> u8;
    /// The bits of the entry's key, of a field with entries; else 0.
    fn sub(&self) -> u64;
    /// The field's name in files.
    fn name(&self) -> &'static str {
        Self::NAMES.name_of(self.key())
    }
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

/// What the fields of a kind of entity are called in files, in the order of their key numbers.
#[derive(Clone, Copy, Debug)]
pub struct FieldNames {
    /// Of plain fields; their key numbers begin at 0.
    pub plain: &'static [&'static str],
    /// Of fields with entries; their key numbers begin at [`MAP_BASE`].
    pub maps: &'static [&'static str],
}

impl FieldNames {
    /// The name of a key number; empty when there is no such field.
    #[must_use]
    pub fn name_of(self, key: u8) -> &'static str {
        let name = match key.checked_sub(MAP_BASE) {
            Some(at) => self.maps.get(usize::from(at)),
            None => self.plain.get(usize::from(key)),
        };
        name.copied().unwrap_or("")
    }

    /// The key number of a name.
    #[must_use]
    pub fn key_of(self, name: &str) -> Option<u8> {
        let at = |names: &[&str]| names.iter().position(|n| *n == name).map(|at| at as u8);
        at(self.plain).or_else(|| at(self.maps).map(|at| MAP_BASE + at))
    }

    /// The key numbers of plain fields.
    #[must_use]
    pub fn plain_keys(self) -> std::ops::Range<u8> {
        0..self.plain.len() as u8
    }

    /// All key numbers, those of fields with entries last.
    pub fn keys(self) -> impl Iterator<Item = u8> {
        let maps = (0..self.maps.len()).map(|at| MAP_BASE + at as u8);
        self.plain_keys().chain(maps)
    }
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
            enum Key { deleted, $($slot),* }

            #[allow(non_camel_case_types, dead_code)]
            #[repr(u8)]
            enum MapKey { $($($mslot,)*)? end }

            impl $crate::domain::entity::FieldSet for $field {
                const NAMES: $crate::domain::entity::FieldNames = $crate::domain::entity::FieldNames {
                    plain: &["deleted", $(stringify!($slot)),*],
                    maps: &[$($(stringify!($mslot)),*)?],
                };
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
