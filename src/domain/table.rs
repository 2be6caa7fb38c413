//! Tables of entities. A typed table is a thin cover over rows of any kind: all that does not
//! need to know the kind is compiled once and not once for each of them.

use super::entity::{Entity, FieldSet, Stamps};
use super::ids::Id;
use super::shared::SharedMap;
use super::stamp::Stamp;
use std::any::Any;
use std::fmt::Debug;
use std::marker::PhantomData;
use std::sync::Arc;

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

impl<E: Entity> PartialEq for Row<E> {
    /// Equal in every field and every field's stamp, however the stamps are stored.
    fn eq(&self, other: &Self) -> bool {
        let plain = E::Field::NAMES.plain_keys();
        self.entity == other.entity
            && self.born == other.born
            && plain
                .into_iter()
                .all(|key| self.stamps.of(key, 0) == other.stamps.of(key, 0))
            && self.stamps.has_entries_of(&other.stamps)
    }
}

/// A row of any kind, as far as all are alike.
pub(super) trait AnyRow: Any + Debug + Send + Sync {
    fn stamps(&self) -> &Stamps;
    fn stamps_mut(&mut self) -> &mut Stamps;
    fn born(&self) -> Stamp;
    fn set_born(&mut self, born: Stamp);
    fn is_deleted(&self) -> bool;
    /// A copy of its own.
    fn copy(&self) -> Arc<dyn AnyRow>;
    /// Equal to another of the same kind.
    fn same(&self, other: &dyn AnyRow) -> bool;
}

impl<E: Entity> AnyRow for Row<E> {
    fn stamps(&self) -> &Stamps {
        &self.stamps
    }
    fn stamps_mut(&mut self) -> &mut Stamps {
        &mut self.stamps
    }
    fn born(&self) -> Stamp {
        self.born
    }
    fn set_born(&mut self, born: Stamp) {
        self.born = born;
    }
    fn is_deleted(&self) -> bool {
        self.entity.is_deleted()
    }
    fn copy(&self) -> Arc<dyn AnyRow> {
        Arc::new(self.clone())
    }
    fn same(&self, other: &dyn AnyRow) -> bool {
        self == of_kind::<E>(other)
    }
}

impl PartialEq for dyn AnyRow {
    fn eq(&self, other: &Self) -> bool {
        self.same(other)
    }
}

/// A row as one of its kind.
///
/// # Panics
/// When it is of another kind: a table holds rows of one kind only.
pub(super) fn of_kind<E: Entity>(row: &dyn AnyRow) -> &Row<E> {
    let row: &dyn Any = row;
    row.downcast_ref().unwrap_or_else(|| wrong_kind())
}

/// A row as one of its kind, to be changed.
///
/// # Panics
/// When it is of another kind: a table holds rows of one kind only.
pub(super) fn of_kind_mut<E: Entity>(row: &mut dyn AnyRow) -> &mut Row<E> {
    let row: &mut dyn Any = row;
    row.downcast_mut().unwrap_or_else(|| wrong_kind())
}

#[cold]
fn wrong_kind() -> ! {
    unreachable!("a table holds rows of one kind")
}

/// The rows of a table of any kind, by the bits of their ids. Copies share them until one of
/// the copies sets a field, so that a copy costs little time and less memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rows(SharedMap<u64, Arc<dyn AnyRow>>);

impl Rows {
    pub(super) fn row(&self, id: u64) -> Option<&dyn AnyRow> {
        self.0.get(id).map(|row| &**row)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &dyn AnyRow)> {
        self.0.iter().map(|(id, row)| (id, &**row))
    }

    pub(super) fn put(&mut self, id: u64, row: Arc<dyn AnyRow>) {
        self.0.put(id, row);
    }

    /// The row in which a field is to be set, made first where there is none; none when the
    /// field was set later than `stamp`.
    pub(super) fn claim(
        &mut self,
        id: u64,
        (key, sub): (u8, u64),
        stamp: Stamp,
        new: impl FnOnce() -> Arc<dyn AnyRow>,
    ) -> Option<&mut dyn AnyRow> {
        let row = own(self.0.make(id, new));
        let born = row.born();
        if born == Stamp::ZERO || stamp < born {
            row.set_born(stamp);
        }
        // Equal stamps are the same change: its later edit of a field stands.
        if stamp < row.stamps().of(key, sub) {
            return None;
        }
        row.stamps_mut().put(key, sub, stamp);
        Some(row)
    }

    pub(super) fn reserve(&mut self, more: usize) {
        self.0.reserve(more);
    }

    pub(super) fn shed(&mut self) -> bool {
        self.0.shed()
    }
}

/// A row that nobody shares: a copy of its own where somebody does.
pub(super) fn own(row: &mut Arc<dyn AnyRow>) -> &mut dyn AnyRow {
    if Arc::get_mut(row).is_none() {
        *row = row.copy();
    }
    Arc::get_mut(row).expect("nobody shares a row just made")
}

/// All entities of one kind, removed ones included.
#[derive(Debug)]
pub struct Table<E> {
    rows: Rows,
    kind: PhantomData<fn() -> E>,
}

impl<E> Clone for Table<E> {
    fn clone(&self) -> Self {
        Self {
            rows: self.rows.clone(),
            kind: PhantomData,
        }
    }
}

impl<E> Default for Table<E> {
    fn default() -> Self {
        Self {
            rows: Rows::default(),
            kind: PhantomData,
        }
    }
}

impl<E> PartialEq for Table<E> {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

impl<E: Entity> Table<E> {
    pub(super) fn untyped(&self) -> &Rows {
        &self.rows
    }

    pub(super) fn untyped_mut(&mut self) -> &mut Rows {
        &mut self.rows
    }

    /// The entity, unless it is removed or unknown.
    #[must_use]
    pub fn get(&self, id: E::Id) -> Option<&E> {
        let entity = &self.row(id)?.entity;
        (!entity.is_deleted()).then_some(entity)
    }

    /// The entity with its stamps, even when it is removed.
    #[must_use]
    pub fn row(&self, id: E::Id) -> Option<&Row<E>> {
        self.rows.row(id.raw()).map(of_kind)
    }

    /// All that are not removed, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &E> {
        self.rows
            .iter()
            .map(|(_, row)| &of_kind::<E>(row).entity)
            .filter(|e| !e.is_deleted())
    }

    /// All rows, removed ones included, in no order.
    pub fn rows(&self) -> impl Iterator<Item = (E::Id, &Row<E>)> {
        let rows = self.rows.iter();
        rows.map(|(id, row)| (E::Id::from_raw(id), of_kind(row)))
    }

    /// How many rows there are, removed ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.0.len()
    }

    /// True when there never was one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.0.is_empty()
    }
}
