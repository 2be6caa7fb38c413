//! Merging records that mean the same: what the one that stays takes over, and everything that
//! named the others, line by line, so that taking the change back puts each line back.

use super::super::decision;
use super::distinct;
use crate::domain::activity::ActivityField;
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind, Kind, Slot, Tables};
use crate::domain::command::customer::Merge;
use crate::domain::command::{Decision, Refusal};
use crate::domain::deal::{BuyingRole, DealContact, DealField};
use crate::domain::entity::MAP_BASE;
use crate::domain::ids::{ContactId, OrgId};
use crate::domain::order::Order;
use crate::domain::party::{ContactField, OrgField};
use crate::domain::query::duplicates::united;
use crate::domain::value::Value;
use crate::domain::world::World;

/// Fields that are no property of the record itself, or have rules of their own here.
const APART: [&str; 4] = ["deleted", "merged", "parent", "distinct"];
/// Lists that are brought together.
const LISTS: [&str; 3] = ["emails", "phones", "tags"];

pub(super) fn merge(world: &World, what: &Merge) -> Result<Decision, Refusal> {
    let Merge { keep, gone, take } = what;
    check(world, *keep, gone)?;
    let mut edits = own_fields(&world.state.tables, *keep, gone, take);
    match keep.kind {
        Kind::Organisation => {
            let ids: Vec<OrgId> = gone.iter().map(|e| OrgId(e.id)).collect();
            relink_organisation(world, OrgId(keep.id), &ids, take, &mut edits);
        }
        _ => {
            let ids: Vec<ContactId> = gone.iter().map(|e| ContactId(e.id)).collect();
            relink_contact(world, ContactId(keep.id), &ids, &mut edits);
        }
    }
    carry_distinct(world, *keep, gone, &mut edits);
    for entity in gone {
        edits.push(match entity.kind {
            Kind::Organisation => {
                Edit::Organisation(OrgId(entity.id), OrgField::Merged(Some(OrgId(keep.id))))
            }
            _ => Edit::Contact(
                ContactId(entity.id),
                ContactField::Merged(Some(ContactId(keep.id))),
            ),
        });
        edits.push(Edit::deleted(*entity, true));
    }
    let name = world.state.name_of(*keep);
    let text = match gone.as_slice() {
        [one] => format!("Merged {} into {name}", world.state.name_of(*one)),
        many => format!("Merged {} records into {name}", many.len()),
    };
    Ok(decision(
        Intent::new(IntentKind::MergeRecords, text),
        edits,
        Some(*keep),
    ))
}

fn check(world: &World, keep: EntityRef, gone: &[EntityRef]) -> Result<(), Refusal> {
    if gone.is_empty() || gone.contains(&keep) {
        return Err(Refusal::Impossible(
            "Choose at least two different records to merge.".into(),
        ));
    }
    let all = || std::iter::once(&keep).chain(gone);
    if all().any(|e| !world.is_alive(*e)) {
        return Err(Refusal::Gone("One of these records"));
    }
    let mergeable = matches!(keep.kind, Kind::Organisation | Kind::Contact);
    if !mergeable || all().any(|e| e.kind != keep.kind) {
        return Err(Refusal::Impossible(
            "Only organisations can be merged with organisations, and contacts with contacts."
                .into(),
        ));
    }
    Ok(())
}

/// What becomes of the fields of the one that stays.
fn own_fields(t: &Tables, keep: EntityRef, gone: &[EntityRef], take: &[Slot]) -> Vec<Edit> {
    let blank = Tables::default();
    let mut edits = Vec::new();
    for key in Tables::keys(keep.kind) {
        let name = Edit::name_of(keep.kind, key);
        if APART.contains(&name) {
            continue;
        }
        for sub in subs(t, key, keep, gone) {
            let slot = |entity| Slot { entity, key, sub };
            let own = t.present(slot(keep));
            let taken = gone.iter().find(|e| take.contains(&slot(**e)));
            let first = taken.copied().unwrap_or(keep);
            let value = if LISTS.contains(&name) {
                // The one chosen comes first, and its first is first choice.
                let rest = std::iter::once(&keep).chain(gone).filter(|e| **e != first);
                let all = std::iter::once(&first).chain(rest);
                united(name, all.map(|e| t.present(slot(*e)).value()))
            } else if name == "do_not_contact" {
                // Whoever asked for it asked for it.
                let asked = std::iter::once(&keep).chain(gone);
                let asked = asked.map(|e| t.present(slot(*e)).value());
                Value::Bool(asked.into_iter().any(|v| v == Value::Bool(true)))
            } else {
                let order = std::iter::once(first).chain(gone.iter().copied());
                let mut values = order.map(|e| t.present(slot(e)));
                let empty = blank.present(slot(keep)).value();
                let found = values.find(|e| taken.is_some() || e.value() != empty);
                found.map_or(empty, |e| e.value())
            };
            // Same kind, same field: the value fits.
            if let Ok(edit) = Edit::from_parts(keep, &own.code(), value)
                && edit != own
            {
                edits.push(edit);
            }
        }
    }
    edits
}

/// The keys of a field's entries on any of the records; 0 alone for a plain field.
fn subs(t: &Tables, key: u8, keep: EntityRef, gone: &[EntityRef]) -> Vec<u64> {
    if key < MAP_BASE {
        return vec![0];
    }
    let all = std::iter::once(&keep).chain(gone);
    let mut subs: Vec<u64> = all
        .flat_map(|e| t.fields(*e))
        .filter(|kept| kept.key == key)
        .map(|kept| kept.sub)
        .collect();
    subs.order();
    subs.dedup();
    subs
}

fn relink_organisation(
    world: &World,
    keep: OrgId,
    gone: &[OrgId],
    take: &[Slot],
    edits: &mut Vec<Edit>,
) {
    let t = &world.state.tables;
    let names = |org: Option<OrgId>| org.is_some_and(|org| gone.contains(&org));
    // Removed records are relinked too: they may be brought back.
    let mut lines: Vec<Edit> = Vec::new();
    let deals = t.deals.rows().filter(|(_, r)| names(r.entity.organisation));
    lines.extend(deals.map(|(id, _)| Edit::Deal(id, DealField::Organisation(Some(keep)))));
    let contacts = t.contacts.rows();
    let contacts = contacts.filter(|(_, r)| names(r.entity.organisation));
    lines.extend(contacts.map(|(id, _)| Edit::Contact(id, ContactField::Organisation(Some(keep)))));
    let activities = t.activities.rows();
    let activities = activities.filter(|(_, r)| names(r.entity.organisation));
    lines.extend(
        activities.map(|(id, _)| Edit::Activity(id, ActivityField::Organisation(Some(keep)))),
    );
    let parts = t.organisations.rows();
    let parts = parts.filter(|(id, r)| names(r.entity.parent) && *id != keep && !gone.contains(id));
    lines.extend(parts.map(|(id, _)| Edit::Organisation(id, OrgField::Parent(Some(keep)))));
    lines.order_by_key(Edit::slot);
    edits.extend(lines);
    // The one it belongs to: its own, else the first of the others', never one of these.
    let own = t.organisations.get(keep).and_then(|o| o.parent);
    let of = |id: OrgId| t.organisations.get(id).and_then(|o| o.parent);
    let mut wanted: Vec<Option<OrgId>> = vec![own];
    let key = Edit::Organisation(keep, OrgField::Parent(None)).slot().key;
    for id in gone {
        let slot = Slot {
            entity: (*id).into(),
            key,
            sub: 0,
        };
        if take.contains(&slot) {
            wanted.insert(0, of(*id));
        } else {
            wanted.push(of(*id));
        }
    }
    let parent = wanted
        .into_iter()
        .flatten()
        .find(|p| !ends_in(*p, keep, gone, of));
    if parent != own {
        edits.push(Edit::Organisation(keep, OrgField::Parent(parent)));
    }
}

/// Whether going up from an organisation leads to one of those that become one.
fn ends_in(
    from: OrgId,
    keep: OrgId,
    gone: &[OrgId],
    parent: impl Fn(OrgId) -> Option<OrgId>,
) -> bool {
    let mut at = Some(from);
    for _ in 0..64 {
        match at {
            Some(id) if id == keep || gone.contains(&id) => return true,
            Some(id) => at = parent(id),
            None => return false,
        }
    }
    true
}

fn relink_contact(world: &World, keep: ContactId, gone: &[ContactId], edits: &mut Vec<Edit>) {
    let t = &world.state.tables;
    let mut lines: Vec<Edit> = Vec::new();
    for (id, row) in t.deals.rows() {
        let before = &row.entity.contacts;
        if before.iter().any(|link| gone.contains(&link.contact)) {
            let after = one_of(before, keep, gone);
            lines.push(Edit::Deal(id, DealField::Contacts(after)));
        }
    }
    let activities = t.activities.rows();
    let activities =
        activities.filter(|(_, r)| r.entity.contact.is_some_and(|c| gone.contains(&c)));
    lines.extend(activities.map(|(id, _)| Edit::Activity(id, ActivityField::Contact(Some(keep)))));
    lines.order_by_key(Edit::slot);
    edits.extend(lines);
}

/// The contacts of a deal when some of them become one: at the first one's place, in the first
/// role that is known.
fn one_of(before: &[DealContact], keep: ContactId, gone: &[ContactId]) -> Vec<DealContact> {
    let is_one = |link: &DealContact| link.contact == keep || gone.contains(&link.contact);
    let own = before.iter().filter(|link| link.contact == keep);
    let all = own.chain(before.iter().filter(|link| is_one(link)));
    let role = all
        .map(|link| link.role)
        .find(|role| *role != BuyingRole::Unknown)
        .unwrap_or(BuyingRole::Unknown);
    let mut placed = false;
    let mut after = Vec::new();
    for link in before {
        if !is_one(link) {
            after.push(link.clone());
        } else if !placed {
            placed = true;
            after.push(DealContact {
                contact: keep,
                role,
            });
        }
    }
    after
}

/// What was said to differ from one that goes differs from the one that stays.
fn carry_distinct(world: &World, keep: EntityRef, gone: &[EntityRef], edits: &mut Vec<Edit>) {
    let t = &world.state.tables;
    let mut others: Vec<u64> = Vec::new();
    let mut note = |a: u64, b: u64| {
        let is_gone = |id: u64| gone.iter().any(|e| e.id == id);
        match (is_gone(a), is_gone(b)) {
            (true, false) => others.push(b),
            (false, true) => others.push(a),
            _ => {}
        }
    };
    match keep.kind {
        Kind::Organisation => {
            for org in t.organisations.iter() {
                org.distinct
                    .iter()
                    .for_each(|(other, _)| note(org.id.0, other.0));
            }
        }
        _ => {
            for contact in t.contacts.iter() {
                let said = contact.distinct.iter();
                said.for_each(|(other, _)| note(contact.id.0, other.0));
            }
        }
    }
    others.order();
    others.dedup();
    for id in others.into_iter().filter(|id| *id != keep.id) {
        let other = EntityRef {
            kind: keep.kind,
            id,
        };
        let edit = distinct(keep, other, true);
        edits.extend(edit.filter(|edit| t.present(edit.slot()) != *edit));
    }
}
