//! What a form names: something known, or something to be made under a name.

use crate::domain::change::Edit;
use crate::domain::command::{Ctx, OrNew, Refusal};
use crate::domain::entity::{Entity, Table};
use crate::domain::ids::Id;
use crate::domain::value::Value;

/// What a form can name: the records of a table, and those of them that the deal is linked
/// to already, which may have been removed since.
pub(super) struct Pool<'a, E: Entity> {
    /// The table.
    pub(super) table: &'a Table<E>,
    /// What the deal is linked to.
    pub(super) held: &'a [E::Id],
}

/// Finds or makes what a form names; returns its id and the edits that make it.
pub(super) fn settle<E: Entity>(
    pool: &Pool<'_, E>,
    choice: OrNew<E::Id>,
    name_of: impl Fn(&E) -> &str,
    make: impl Fn(E::Id, String) -> Edit,
    gone: &'static str,
    ctx: &mut Ctx,
    made: &mut Vec<Edit>,
) -> Result<Option<E::Id>, Refusal> {
    let Pool { table, held } = pool;
    match choice {
        OrNew::Known(id) if held.contains(&id) || table.get(id).is_some() => Ok(Some(id)),
        OrNew::Known(_) => Err(Refusal::Gone(gone)),
        OrNew::New(name) => {
            let name = name.trim().to_owned();
            if name.is_empty() {
                return Ok(None);
            }
            let lower = name.to_lowercase();
            // The same new name twice in one form means one new record.
            let kind = make(E::Id::from_raw(0), String::new()).slot();
            let same = made.iter().find_map(|edit| {
                let slot = edit.slot();
                let alike = slot.key == kind.key
                    && slot.entity.kind == kind.entity.kind
                    && matches!(edit.value(), Value::Text(text) if text.to_lowercase() == lower);
                alike.then(|| E::Id::from_raw(slot.entity.id))
            });
            let known = same.or_else(|| {
                table
                    .iter()
                    .filter(|e| name_of(e).to_lowercase() == lower)
                    .map(Entity::id)
                    .min()
            });
            Ok(Some(known.unwrap_or_else(|| {
                let id: E::Id = ctx.ids.fresh();
                made.push(make(id, name.clone()));
                id
            })))
        }
    }
}
