//! Before records are merged: what there is to choose, and what goes with it.

use crate::app::history::{Format, field_name, field_words};
use crate::domain::change::{EntityRef, Kind, Slot, Tables};
use crate::domain::entity::MAP_BASE;
use crate::domain::ids::{ContactId, OrgId};
use crate::domain::order::Order;
use crate::domain::query::duplicates::united;
use crate::domain::value::Value;
use crate::domain::world::World;

/// A field in which records differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The field, of the record that stays.
    pub slot: Slot,
    /// What it is called.
    pub label: String,
    /// What each record holds, of those that hold something.
    pub values: Vec<(EntityRef, String)>,
    /// What becomes of lists, which are brought together; none where one value is chosen.
    pub united: Option<Vec<String>>,
}

/// Fields that are told of but not chosen: they go by rules of their own.
const FIXED: [&str; 4] = ["deleted", "merged", "distinct", "do_not_contact"];
const LISTS: [&str; 3] = ["emails", "phones", "tags"];

/// The fields in which these records differ, in the order forms have them. The first one is
/// the record that stays.
#[must_use]
pub fn choices(world: &World, records: &[EntityRef], format: &impl Format) -> Vec<Choice> {
    let Some(keep) = records.first().copied() else {
        return Vec::new();
    };
    let (state, t) = (&world.state, &world.state.tables);
    let blank = Tables::default();
    let mut choices = Vec::new();
    for key in Tables::keys(keep.kind) {
        let mut subs: Vec<u64> = if key < MAP_BASE {
            vec![0]
        } else {
            let all = records.iter().flat_map(|e| t.fields(*e));
            all.filter(|k| k.key == key).map(|k| k.sub).collect()
        };
        subs.order();
        subs.dedup();
        for sub in subs {
            let slot = |entity| Slot { entity, key, sub };
            let own = t.present(slot(keep));
            if FIXED.contains(&own.name()) {
                continue;
            }
            let Some(label) = field_name(state, &own) else {
                continue;
            };
            let empty = blank.present(slot(keep)).value();
            let told = |e: EntityRef| {
                let edit = t.present(slot(e));
                let words = (edit.value() != empty).then(|| field_words(state, &edit, format));
                Some((e, words??))
            };
            let values: Vec<(EntityRef, String)> =
                records.iter().filter_map(|e| told(*e)).collect();
            let differ = values.windows(2).any(|two| two[0].1 != two[1].1);
            if differ {
                choices.push(Choice {
                    slot: slot(keep),
                    label: label.into_owned(),
                    values,
                    united: LISTS.contains(&own.name()).then(|| {
                        let all = records.iter().map(|e| t.present(slot(*e)).value());
                        texts(united(own.name(), all))
                    }),
                });
            }
        }
    }
    choices
}

/// The texts of a list.
fn texts(list: Value) -> Vec<String> {
    let Value::List(entries) = list else {
        return Vec::new();
    };
    let text = |entry| match entry {
        Value::Text(text) => Some(text),
        _ => None,
    };
    entries.into_iter().filter_map(text).collect()
}

/// What names the records that go, and will name the one that stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relinked {
    /// Deals.
    pub deals: usize,
    /// Contacts.
    pub contacts: usize,
    /// Activities.
    pub activities: usize,
    /// Organisations that belong to them.
    pub parts: usize,
}

/// Counts what goes over to the record that stays.
#[must_use]
pub fn relinked(world: &World, gone: &[EntityRef]) -> Relinked {
    let links = &world.links;
    let mut sum = Relinked::default();
    for entity in gone {
        match entity.kind {
            Kind::Organisation => {
                let org = OrgId(entity.id);
                sum.deals += links.deals_of(org).len();
                sum.contacts += links.contacts_of(org).len();
                sum.activities += links.activities_of(org).len();
                sum.parts += links.children_of(org).len();
            }
            Kind::Contact => {
                let who = ContactId(entity.id);
                sum.deals += links.deals_with(who).len();
                sum.activities += links.activities_with(who).len();
            }
            _ => {}
        }
    }
    sum
}

/// How much is known of a record: the one with most is proposed to stay. Deals and contacts
/// count most, then filled-in fields, then age.
#[must_use]
pub fn weight(world: &World, entity: EntityRef) -> (usize, usize, std::cmp::Reverse<i64>) {
    let around = relinked(world, &[entity]);
    let t = &world.state.tables;
    let blank = Tables::default();
    let filled = t
        .fields(entity)
        .into_iter()
        .filter(|kept| {
            let slot = Slot {
                entity,
                key: kept.key,
                sub: kept.sub,
            };
            t.present(slot) != blank.present(slot)
        })
        .count();
    let age = std::cmp::Reverse(t.born(entity).ms());
    (around.deals + around.contacts, filled, age)
}

/// The records that were merged into this one directly, in order of names.
#[must_use]
pub fn merged_into(world: &World, entity: EntityRef) -> Vec<EntityRef> {
    let t = &world.state.tables;
    let mut found: Vec<EntityRef> = match entity.kind {
        Kind::Organisation => {
            let into = Some(OrgId(entity.id));
            let rows = t.organisations.rows();
            let rows = rows.filter(|(_, r)| r.entity.deleted && r.entity.merged == into);
            rows.map(|(id, _)| id.into()).collect()
        }
        Kind::Contact => {
            let into = Some(ContactId(entity.id));
            let rows = t.contacts.rows();
            let rows = rows.filter(|(_, r)| r.entity.deleted && r.entity.merged == into);
            rows.map(|(id, _)| id.into()).collect()
        }
        _ => Vec::new(),
    };
    found.order_by_key(|e| (world.state.name_of(*e), e.id));
    found
}

/// The record this one was merged into, through all merges since; none when it was not, or
/// when that one is gone as well.
#[must_use]
pub fn merged_away(world: &World, entity: EntityRef) -> Option<EntityRef> {
    let t = &world.state.tables;
    let mut at = entity;
    for _ in 0..64 {
        let next: EntityRef = match at.kind {
            Kind::Organisation => {
                let row = t.organisations.row(OrgId(at.id))?;
                row.entity.merged.filter(|_| row.entity.deleted)?.into()
            }
            Kind::Contact => {
                let row = t.contacts.row(ContactId(at.id))?;
                row.entity.merged.filter(|_| row.entity.deleted)?.into()
            }
            _ => return None,
        };
        if world.is_alive(next) {
            return Some(next);
        }
        at = next;
    }
    None
}
