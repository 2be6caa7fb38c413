//! Custom fields and who holds values of them.

use crate::domain::change::{Edit, EntityRef, Kind};
use crate::domain::custom::{CustomField, CustomValue, FieldHome};
use crate::domain::deal::DealField;
use crate::domain::entity::Entries;
use crate::domain::ids::{ContactId, DealId, FieldId, Id, OrgId};
use crate::domain::order::Order;
use crate::domain::party::{ContactField, OrgField};
use crate::domain::state::State;
use std::collections::BTreeMap;

/// The fields of a kind of record, in order.
#[must_use]
pub fn of_home(state: &State, home: FieldHome) -> Vec<&CustomField> {
    let all = state.tables.custom_fields.iter();
    let mut fields: Vec<&CustomField> = all.filter(|f| f.home == home).collect();
    fields.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
    fields
}

/// The field of a name, whatever the case of its letters.
#[must_use]
pub fn named<'s>(state: &'s State, home: FieldHome, name: &str) -> Option<&'s CustomField> {
    let lower = name.trim().to_lowercase();
    of_home(state, home)
        .into_iter()
        .find(|f| f.name.to_lowercase() == lower)
}

/// What a record holds in its custom fields, those removed since among them; none when it
/// is not there or of a kind without own fields.
#[must_use]
pub fn values(state: &State, record: EntityRef) -> Option<&Entries<FieldId, CustomValue>> {
    let t = &state.tables;
    match record.kind {
        Kind::Deal => t.deals.get(DealId(record.id)).map(|d| &d.custom),
        Kind::Organisation => t.organisations.get(OrgId(record.id)).map(|o| &o.custom),
        Kind::Contact => t.contacts.get(ContactId(record.id)).map(|c| &c.custom),
        _ => None,
    }
}

/// What a record holds in one field.
#[must_use]
pub fn value(state: &State, record: EntityRef, field: FieldId) -> Option<&CustomValue> {
    values(state, record)?.get(field)
}

/// The edit that sets a value of a record; none for kinds without own fields.
#[must_use]
pub fn edit(record: EntityRef, field: FieldId, value: Option<CustomValue>) -> Option<Edit> {
    Some(match record.kind {
        Kind::Deal => Edit::Deal(DealId(record.id), DealField::Custom(field, value)),
        Kind::Organisation => Edit::Organisation(OrgId(record.id), OrgField::Custom(field, value)),
        Kind::Contact => Edit::Contact(ContactId(record.id), ContactField::Custom(field, value)),
        _ => return None,
    })
}

/// Calls `each` for every value of a field, with the record and whether that is removed.
fn each_value(
    state: &State,
    field: &CustomField,
    mut each: impl FnMut(EntityRef, bool, &CustomValue),
) {
    let t = &state.tables;
    macro_rules! rows {
        ($table:ident) => {
            for (id, row) in t.$table.rows() {
                if let Some(value) = row.entity.custom.get(field.id) {
                    let kind = field.home.kind();
                    each(EntityRef { kind, id: id.raw() }, row.entity.deleted, value);
                }
            }
        };
    }
    match field.home {
        FieldHome::Deal => rows!(deals),
        FieldHome::Organisation => rows!(organisations),
        FieldHome::Contact => rows!(contacts),
    }
}

/// How many records that are not removed hold a value of the field.
#[must_use]
pub fn holders(state: &State, field: &CustomField) -> usize {
    let mut count = 0;
    each_value(state, field, |_, gone, _| count += usize::from(!gone));
    count
}

/// Every record that holds a value of the field, those removed among them, in order.
#[must_use]
pub fn all_values(state: &State, field: &CustomField) -> Vec<(EntityRef, CustomValue)> {
    let mut all = Vec::new();
    each_value(state, field, |record, _, value| {
        all.push((record, value.clone()))
    });
    all.order_by_key(|(record, _)| *record);
    all
}

/// Whether any record, removed or not, holds a value of the field.
#[must_use]
pub fn is_held(state: &State, field: &CustomField) -> bool {
    let mut held = false;
    each_value(state, field, |_, _, _| held = true);
    held
}

/// How many records hold each option, those that are no longer options among them.
#[must_use]
pub fn option_counts(state: &State, field: &CustomField) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    each_value(state, field, |_, gone, value| {
        let chosen = match value {
            _ if gone => &[],
            CustomValue::Text(text) => std::slice::from_ref(text),
            CustomValue::List(list) => list.as_slice(),
            _ => &[],
        };
        for option in chosen {
            *counts.entry(option.clone()).or_default() += 1;
        }
    });
    counts
}
