//! What tables of all kinds do alike: written once, not once for each kind.

use super::{Edit, EntityRef, Kept, Kind, Slot, Tables};
use crate::domain::stamp::Stamp;
use crate::domain::table::{AnyRow, own};
use crate::domain::value::BadValue;

impl Tables {
    fn row(&self, entity: EntityRef) -> Option<&dyn AnyRow> {
        self.rows(entity.kind).row(entity.id)
    }

    /// Sets the field where the stamp is not older; says whether it did.
    pub fn apply(&mut self, edit: Edit, stamp: Stamp) -> bool {
        let Slot { entity, key, sub } = edit.slot();
        let rows = self.rows_mut(entity.kind);
        match rows.claim(entity.id, (key, sub), stamp, || Self::blank(entity)) {
            Some(row) => {
                edit.set(row);
                true
            }
            None => false,
        }
    }

    /// When a field was last set; [`Stamp::ZERO`] when never.
    #[must_use]
    pub fn stamp_of(&self, slot: Slot) -> Stamp {
        let row = self.row(slot.entity);
        row.map_or(Stamp::ZERO, |row| row.stamps().of(slot.key, slot.sub))
    }

    /// The present value of a field, as the edit that would set it; the default when never set.
    #[must_use]
    pub fn present(&self, slot: Slot) -> Edit {
        match self.row(slot.entity) {
            Some(row) => Edit::held(row, slot),
            None => Edit::held(&*Self::blank(slot.entity), slot),
        }
    }

    /// True when the entity was ever named, removed or not.
    #[must_use]
    pub fn knows(&self, entity: EntityRef) -> bool {
        self.row(entity).is_some()
    }

    /// True when the entity exists and is not removed.
    #[must_use]
    pub fn is_alive(&self, entity: EntityRef) -> bool {
        self.row(entity).is_some_and(|row| !row.is_deleted())
    }

    /// The stamp of the change that brought the entity.
    #[must_use]
    pub fn born(&self, entity: EntityRef) -> Stamp {
        self.row(entity).map_or(Stamp::ZERO, AnyRow::born)
    }

    /// Every row with what it is of.
    fn all(&self) -> impl Iterator<Item = (EntityRef, &dyn AnyRow)> {
        let of = |kind: Kind| {
            self.rows(kind)
                .iter()
                .map(move |(id, row)| (EntityRef { kind, id }, row))
        };
        Kind::ALL.iter().copied().flat_map(of)
    }

    /// Every entity that is not removed, with the stamp of the change that brought it.
    #[must_use]
    pub fn alive(&self) -> Vec<(EntityRef, Stamp)> {
        let alive = self.all().filter(|(_, row)| !row.is_deleted());
        alive.map(|(entity, row)| (entity, row.born())).collect()
    }

    /// Every entity ever named.
    #[must_use]
    pub fn refs(&self) -> Vec<EntityRef> {
        self.all().map(|(entity, _)| entity).collect()
    }

    /// Every field of an entity that was ever set, with its stamp and value: what a
    /// snapshot keeps. Empty when the entity is unknown.
    #[must_use]
    pub fn fields(&self, entity: EntityRef) -> Vec<Kept> {
        let Some(row) = self.row(entity) else {
            return Vec::new();
        };
        Edit::names(entity.kind)
            .plain_keys()
            .map(|key| (key, 0))
            .chain(row.stamps().entries())
            .map(|(key, sub)| (key, sub, row.stamps().of(key, sub)))
            .filter(|(_, _, stamp)| *stamp != Stamp::ZERO)
            .map(|(key, sub, stamp)| Kept {
                key,
                sub,
                stamp,
                value: Edit::held(row, Slot { entity, key, sub }).value(),
            })
            .collect()
    }

    /// Puts an entity back as [`Tables::born`] and [`Tables::fields`] gave it.
    ///
    /// # Errors
    /// [`BadValue`] when a field is unknown or a value does not fit it; nothing is put back then.
    pub fn restore(
        &mut self,
        entity: EntityRef,
        born: Stamp,
        fields: Vec<Kept>,
    ) -> Result<(), BadValue> {
        let names = Edit::names(entity.kind);
        let mut row = Self::blank(entity);
        let fresh = own(&mut row);
        fresh.set_born(born);
        for kept in fields {
            let Kept {
                key,
                sub,
                stamp,
                value,
            } = kept;
            if names.name_of(key).is_empty() {
                let found = key.to_string();
                return Err(BadValue {
                    wanted: "a known field",
                    found,
                });
            }
            Edit::of(Slot { entity, key, sub }, value)?.set(fresh);
            fresh.stamps_mut().put(key, sub, stamp);
        }
        self.rows_mut(entity.kind).put(entity.id, row);
        Ok(())
    }

    /// Lets go of some rows of tables that are not needed any more; says whether there
    /// were any.
    pub fn shed(&mut self) -> bool {
        Kind::ALL.iter().any(|kind| self.rows_mut(*kind).shed())
    }

    /// Room for this many more of a kind.
    pub fn reserve(&mut self, kind: Kind, more: usize) {
        self.rows_mut(kind).reserve(more);
    }

    /// The key numbers of all fields of a kind, those with entries last.
    #[must_use]
    pub fn keys(kind: Kind) -> Vec<u8> {
        Edit::names(kind).keys().collect()
    }
}
