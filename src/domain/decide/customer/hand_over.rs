//! Handing over what is a member's to another one.

use super::super::decision;
use crate::domain::activity::{ActivityField, ActivityKind};
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind};
use crate::domain::command::customer::Leaving;
use crate::domain::command::{Decision, Refusal};
use crate::domain::deal::{DealField, Status};
use crate::domain::ids::PersonId;
use crate::domain::order::Order;
use crate::domain::party::{ContactField, OrgField, PersonField};
use crate::domain::team::{TeamField, TerritoryField};
use crate::domain::world::World;

/// Open deals, planned activities, organisations, contacts, territories and teams go to the other
/// one; what is closed or done stays theirs, as do those who report to them, unless they leave:
/// then these report to whoever was above.
pub(super) fn hand_over(
    world: &World,
    from: PersonId,
    to: Option<PersonId>,
    then: Leaving,
) -> Result<Decision, Refusal> {
    let t = &world.state.tables;
    let who = t.people.get(from).ok_or(Refusal::Gone("That person"))?;
    let heir = match to {
        Some(to) if to == from => {
            return Err(Refusal::field("to", "Choose somebody else."));
        }
        Some(to) => Some(t.people.get(to).ok_or(Refusal::Gone("That person"))?),
        None => None,
    };
    let mine = |owner: Option<PersonId>| owner == Some(from);
    let mut edits: Vec<Edit> = Vec::new();
    let deals = t.deals.iter();
    let open = |status| matches!(status, Status::Open | Status::OnHold);
    let deals = deals.filter(|d| mine(d.owner) && open(d.outcome.status()));
    edits.extend(deals.map(|d| Edit::Deal(d.id, DealField::Owner(to))));
    let planned = t.activities.iter();
    let planned =
        planned.filter(|a| mine(a.owner) && a.done.is_none() && a.kind != ActivityKind::Note);
    edits.extend(planned.map(|a| Edit::Activity(a.id, ActivityField::Owner(to))));
    let orgs = t.organisations.iter().filter(|o| mine(o.owner));
    edits.extend(orgs.map(|o| Edit::Organisation(o.id, OrgField::Owner(to))));
    let contacts = t.contacts.iter().filter(|c| mine(c.owner));
    edits.extend(contacts.map(|c| Edit::Contact(c.id, ContactField::Owner(to))));
    let territories = t.territories.iter().filter(|x| mine(x.owner));
    edits.extend(territories.map(|x| Edit::Territory(x.id, TerritoryField::Owner(to))));
    let teams = t.teams.iter().filter(|x| mine(x.lead));
    edits.extend(teams.map(|x| Edit::Team(x.id, TeamField::Lead(to))));
    if then != Leaving::Stays {
        let above = who.manager;
        let reports = t.people.iter().filter(|p| p.manager == Some(from));
        edits.extend(reports.map(|p| Edit::Person(p.id, PersonField::Manager(above))));
    }
    // Tables have no order; a change has.
    edits.order_by_key(Edit::slot);
    let own = match then {
        Leaving::Stays => None,
        Leaving::Left => Some(Edit::Person(from, PersonField::Left(true))),
        Leaving::Deleted => Some(Edit::deleted(from.into(), true)),
    };
    edits.extend(own);
    let name = &who.name;
    let text = match (then, heir) {
        (Leaving::Stays, Some(heir)) => format!("Handed over from {name} to {}", heir.name),
        (Leaving::Stays, None) => format!("Took from {name} what they owned"),
        (Leaving::Left, Some(heir)) => format!("{name} left; {} takes over", heir.name),
        (Leaving::Left, None) => format!("{name} left"),
        (Leaving::Deleted, Some(heir)) => format!("Deleted {name}; {} takes over", heir.name),
        (Leaving::Deleted, None) => format!("Deleted {name}"),
    };
    let kind = match then {
        Leaving::Deleted => IntentKind::Delete,
        _ => IntentKind::EditRecord,
    };
    Ok(decision(
        Intent::new(kind, text),
        edits,
        Some(EntityRef::from(from)),
    ))
}
