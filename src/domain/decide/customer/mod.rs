//! Deciding commands about customers: profile, personas, teams, territories, duplicates.

pub(super) mod check;
mod hand_over;
mod merge;

use super::{counted, decision};
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind, Kind};
use crate::domain::command::customer::CustomerCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::deal::{BuyingRole, DealContact, DealField};
use crate::domain::ids::{ContactId, DealId, Id, OrgId};
use crate::domain::party::{ContactField, OrgField};
use crate::domain::persona::PersonaField;
use crate::domain::rank::Rank;
use crate::domain::world::World;

pub(super) fn decide(
    world: &World,
    command: CustomerCommand,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {
        CustomerCommand::AddOrganisation(fields) => add(world, fields, Edit::Organisation, ctx),
        CustomerCommand::AddContact(fields) => add(world, fields, Edit::Contact, ctx),
        CustomerCommand::AddPerson(fields) => add(world, fields, Edit::Person, ctx),
        CustomerCommand::AddPersona(mut fields) => {
            let ranks = world.state.tables.personas.iter().map(|p| &p.rank);
            fields.push(PersonaField::Rank(Rank::between(ranks.max(), None)));
            add(world, fields, Edit::Persona, ctx)
        }
        CustomerCommand::AddTeam(fields) => add(world, fields, Edit::Team, ctx),
        CustomerCommand::AddTerritory(fields) => add(world, fields, Edit::Territory, ctx),
        CustomerCommand::Edit(edits) => edit(world, edits),
        CustomerCommand::SetRole {
            deal,
            contact,
            role,
        } => set_role(world, deal, contact, role),
        CustomerCommand::Merge(what) => merge::merge(world, &what),
        CustomerCommand::SetDistinct { records, distinct } => {
            set_distinct(world, &records, distinct)
        }
        CustomerCommand::HandOver { from, to, then } => hand_over::hand_over(world, from, to, then),
    }
}

/// Makes a record of these fields.
fn add<I: Id, F>(
    world: &World,
    fields: Vec<F>,
    edit: impl Fn(I, F) -> Edit,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal>
where
    EntityRef: From<I>,
{
    let id: I = ctx.ids.fresh();
    let mut edits: Vec<Edit> = fields.into_iter().map(|f| edit(id, f)).collect();
    let entity = EntityRef::from(id);
    if !edits.iter().any(|e| e.name() == "name") {
        return Err(check::nameless(entity.kind));
    }
    let owned = edits.iter().any(|e| e.name() == "owner");
    match entity.kind {
        Kind::Organisation if !owned => {
            edits.push(Edit::Organisation(
                OrgId(entity.id),
                OrgField::Owner(ctx.me),
            ));
        }
        Kind::Contact if !owned => {
            edits.push(Edit::Contact(
                ContactId(entity.id),
                ContactField::Owner(ctx.me),
            ));
        }
        _ => {}
    }
    for edit in &mut edits {
        check::record(world, edit)?;
    }
    // What is empty goes without saying.
    edits.retain(|e| e.name() == "name" || world.state.tables.present(e.slot()) != *e);
    let name = check::name_in(&edits).unwrap_or_default();
    Ok(decision(
        Intent::new(check::intent_of(entity.kind), format!("Added {name}")),
        edits,
        Some(entity),
    ))
}

fn edit(world: &World, mut edits: Vec<Edit>) -> Result<Decision, Refusal> {
    let Some(first) = edits.first().map(Edit::entity) else {
        return Err(Refusal::Nothing);
    };
    for edit in &mut edits {
        if !world.is_alive(edit.entity()) {
            return Err(Refusal::Gone("That record"));
        }
        check::record(world, edit)?;
    }
    let name = check::name_in(&edits).unwrap_or_else(|| world.state.name_of(first));
    Ok(decision(
        Intent::new(check::intent_of(first.kind), check::said_of(&edits, &name)),
        edits,
        Some(first),
    ))
}

fn set_role(
    world: &World,
    deal: DealId,
    contact: ContactId,
    role: Option<BuyingRole>,
) -> Result<Decision, Refusal> {
    let t = &world.state.tables;
    let on = t.deals.get(deal).ok_or(Refusal::Gone("The deal"))?;
    let who = t
        .contacts
        .get(contact)
        .ok_or(Refusal::Gone("The contact"))?;
    let mut contacts = on.contacts.clone();
    match role {
        None => contacts.retain(|link| link.contact != contact),
        Some(role) => match contacts.iter_mut().find(|link| link.contact == contact) {
            Some(link) => link.role = role,
            None => contacts.push(DealContact { contact, role }),
        },
    }
    let text = match role {
        None => format!("Took {} off {}", who.name, on.title),
        Some(BuyingRole::Unknown) => format!("{} is on {}", who.name, on.title),
        Some(role) => format!("{} is {} of {}", who.name, role.label(), on.title),
    };
    Ok(decision(
        Intent::new(IntentKind::EditDeal, text),
        vec![Edit::Deal(deal, DealField::Contacts(contacts))],
        Some(deal.into()),
    ))
}

/// The edit that says of two records that they are not the same, or takes that back.
pub(super) fn distinct(a: EntityRef, b: EntityRef, said: bool) -> Option<Edit> {
    let (low, high) = (a.id.min(b.id), a.id.max(b.id));
    let said = said.then_some(true);
    match (a.kind, b.kind) {
        (Kind::Organisation, Kind::Organisation) => Some(Edit::Organisation(
            OrgId(low),
            OrgField::Distinct(OrgId(high), said),
        )),
        (Kind::Contact, Kind::Contact) => Some(Edit::Contact(
            ContactId(low),
            ContactField::Distinct(ContactId(high), said),
        )),
        _ => None,
    }
}

fn set_distinct(world: &World, records: &[EntityRef], said: bool) -> Result<Decision, Refusal> {
    if records.iter().any(|e| !world.is_alive(*e)) {
        return Err(Refusal::Gone("That record"));
    }
    let mut edits = Vec::new();
    for (n, a) in records.iter().enumerate() {
        for b in records[n + 1..].iter().filter(|b| *b != a) {
            let edit = distinct(*a, *b, said).ok_or_else(|| {
                Refusal::Impossible("Only records of one kind can be the same.".into())
            })?;
            edits.push(edit);
        }
    }
    let names = match records {
        [a, b] => format!(
            "{} and {}",
            world.state.name_of(*a),
            world.state.name_of(*b)
        ),
        all => counted(all.len(), "record", "records"),
    };
    let text = if said {
        format!("Not the same: {names}")
    } else {
        format!("Perhaps the same after all: {names}")
    };
    Ok(decision(
        Intent::new(IntentKind::EditRecord, text),
        edits,
        records.first().copied(),
    ))
}
