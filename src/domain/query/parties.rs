//! What is known of an organisation or a contact through the records that name it.

use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::deal::{Deal, Status};
use crate::domain::ids::{ActivityId, ContactId, DealId, Id, OrgId, PersonaId};
use crate::domain::money::Sums;
use crate::domain::order::Order;
use crate::domain::query::words::fold;
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use crate::domain::world::World;

/// What an organisation or a contact amounts to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Open deals.
    pub open: usize,
    /// Their values, by currency.
    pub open_value: Sums,
    /// Won deals.
    pub won: usize,
    /// Their values, by currency.
    pub won_value: Sums,
    /// When last something was done or noted, in milliseconds since 1970; none for never.
    pub last: Option<Millis>,
}

/// When an activity counts as having happened: a note when written, others when done.
#[must_use]
pub fn happened(activity: &Activity) -> Option<Millis> {
    match activity.kind {
        ActivityKind::Note => Some(activity.created),
        _ => activity.done,
    }
}

/// The standing of an organisation: its deals, and the latest activity on them, on itself or
/// with one of its contacts.
#[must_use]
pub fn of_organisation(world: &World, org: OrgId) -> Standing {
    let links = &world.links;
    let mut standing = Standing::default();
    for deal in links.deals_of(org) {
        standing.add_deal(world, *deal);
    }
    standing.add_activities(world, links.activities_of(org));
    for contact in links.contacts_of(org) {
        standing.add_activities(world, links.activities_with(*contact));
    }
    standing
}

/// The standing of a contact: the deals they are on, and the latest activity with them.
#[must_use]
pub fn of_contact(world: &World, contact: ContactId) -> Standing {
    let mut standing = Standing::default();
    for deal in world.links.deals_with(contact) {
        standing.add_deal(world, *deal);
    }
    // An activity on a deal of theirs without a name is with somebody, not with them.
    standing.last = None;
    standing.add_activities(world, world.links.activities_with(contact));
    standing
}

impl Standing {
    fn add_deal(&mut self, world: &World, id: DealId) {
        let Some(deal) = world.state.tables.deals.get(id) else {
            return;
        };
        let (count, sums) = match deal.outcome.status() {
            Status::Open => (&mut self.open, &mut self.open_value),
            Status::Won => (&mut self.won, &mut self.won_value),
            Status::Lost | Status::OnHold => {
                return self.add_activities(world, on_deal(world, id));
            }
        };
        *count += 1;
        if let Some(value) = deal.value {
            sums.add(value.currency, i128::from(value.minor));
        }
        self.add_activities(world, on_deal(world, id));
    }

    fn add_activities(&mut self, world: &World, ids: &[ActivityId]) {
        let found = ids
            .iter()
            .filter_map(|id| world.state.tables.activities.get(*id));
        self.last = self.last.max(found.filter_map(happened).max());
    }
}

fn on_deal(world: &World, deal: DealId) -> &[ActivityId] {
    world.activities.get(&deal).map_or(&[], Vec::as_slice)
}

/// Every activity of an organisation, each once, in order of ids: its own, those on its deals,
/// those with its contacts.
#[must_use]
pub fn activities_of_organisation(world: &World, org: OrgId) -> Vec<ActivityId> {
    let links = &world.links;
    let mut all = links.activities_of(org).to_vec();
    for deal in links.deals_of(org) {
        all.extend(on_deal(world, *deal));
    }
    for contact in links.contacts_of(org) {
        all.extend(links.activities_with(*contact));
    }
    all.order();
    all.dedup();
    all
}

/// The deals of an organisation: open ones first, then the latest.
#[must_use]
pub fn deals_of_organisation(world: &World, org: OrgId) -> Vec<DealId> {
    in_order(world, world.links.deals_of(org))
}

/// The deals a contact is on: open ones first, then the latest.
#[must_use]
pub fn deals_of_contact(world: &World, contact: ContactId) -> Vec<DealId> {
    in_order(world, world.links.deals_with(contact))
}

fn in_order(world: &World, ids: &[DealId]) -> Vec<DealId> {
    let deals = &world.state.tables.deals;
    let mut all: Vec<&Deal> = ids.iter().filter_map(|id| deals.get(*id)).collect();
    all.order_by_key(|deal| {
        let closed = deal.outcome.status() != Status::Open;
        (closed, std::cmp::Reverse(deal.placement.since), deal.id)
    });
    all.into_iter().map(|deal| deal.id).collect()
}

/// An organisation with those that belong to it, as a tree told line by line: each with its
/// depth, from 0. Begins at the topmost one it belongs to; rings, which two people together may
/// have made, are told once.
#[must_use]
pub fn family(world: &World, org: OrgId) -> Vec<(u8, OrgId)> {
    let t = &world.state.tables.organisations;
    let mut top = org;
    for _ in 0..64 {
        match t.get(top).and_then(|o| o.parent) {
            Some(up) if up != org && t.get(up).is_some() => top = up,
            _ => break,
        }
    }
    tree(world, top)
}

/// What all the organisations amount to that belong to one, itself included: how many there are
/// besides it, and their deals together.
#[must_use]
pub fn of_group(world: &World, org: OrgId) -> (usize, Standing) {
    let all = tree(world, org);
    let mut standing = Standing::default();
    for deal in all.iter().flat_map(|(_, id)| world.links.deals_of(*id)) {
        standing.add_deal(world, *deal);
    }
    (all.len().saturating_sub(1), standing)
}

/// One with those that belong to it, and to them.
fn tree(world: &World, top: OrgId) -> Vec<(u8, OrgId)> {
    let t = &world.state.tables.organisations;
    let mut told = Vec::new();
    let mut stack = vec![(0_u8, top)];
    while let Some((depth, id)) = stack.pop() {
        if told.iter().any(|(_, known)| *known == id) {
            continue;
        }
        told.push((depth, id));
        let mut parts: Vec<OrgId> = world.links.children_of(id).to_vec();
        let name = |id: &OrgId| t.get(*id).map(|o| fold(&o.name)).unwrap_or_default();
        // The last one pushed is told first.
        parts.order_by(|a, b| (name(b), b.raw()).cmp(&(name(a), a.raw())));
        stack.extend(parts.into_iter().map(|id| (depth.saturating_add(1), id)));
    }
    told
}

/// The persona that a job title points to: the one with the longest of its words in it, each
/// word whole. None of a blank title.
#[must_use]
pub fn persona_for(state: &State, title: &str) -> Option<PersonaId> {
    let plain = |text: &str| {
        let folded = fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words.filter(|w| !w.is_empty()).collect();
        format!(" {} ", words.join(" "))
    };
    let title = plain(title);
    let mut best: Option<(usize, std::cmp::Reverse<PersonaId>)> = None;
    for persona in state.tables.personas.iter() {
        let words = persona.titles.iter().map(|word| plain(word));
        let longest = words
            .filter(|word| word.trim().len() > 1 && title.contains(word.as_str()))
            .map(|word| word.len())
            .max();
        if let Some(length) = longest {
            best = best.max(Some((length, std::cmp::Reverse(persona.id))));
        }
    }
    best.map(|(_, id)| id.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::activity::ActivityField;
    use crate::domain::change::{Change, Edit, Intent, IntentKind};
    use crate::domain::deal::{Closure, DealField, Outcome};
    use crate::domain::money::{Currency, Money};
    use crate::domain::party::{ContactField, OrgField};
    use crate::domain::persona::PersonaField;
    use crate::domain::stamp::Stamp;

    fn world(edits: Vec<Edit>) -> World {
        let mut world = World::default();
        world.apply(&Change {
            stamp: Stamp::new(1, 0, 1),
            intent: Intent::new(IntentKind::Import, ""),
            author: None,
            edits,
            before: Vec::new(),
            undoes: None,
        });
        world
    }

    #[test]
    fn an_organisation_amounts_to_its_deals_and_what_was_done_around_it() {
        let on = chrono::NaiveDate::from_ymd_opt(2026, 2, 1).unwrap();
        let org = Some(OrgId(1));
        let mut edits = vec![Edit::Contact(ContactId(3), ContactField::Organisation(org))];
        for (id, minor, outcome) in [
            (1, 500, Outcome::Open),
            (2, 700, Outcome::Open),
            (3, 900, Outcome::Won(Box::new(Closure::on(on)))),
            (4, 100, Outcome::Lost(Box::new(Closure::on(on)))),
        ] {
            let value = Some(Money::new(minor, Currency::EUR));
            let fields = [
                DealField::Organisation(org),
                DealField::Outcome(outcome),
                DealField::Value(value),
            ];
            edits.extend(fields.map(|f| Edit::Deal(DealId(id), f)));
        }
        let activity = |id, fields: Vec<ActivityField>| {
            fields
                .into_iter()
                .map(move |f| Edit::Activity(ActivityId(id), f))
        };
        edits.extend(activity(
            1,
            vec![
                ActivityField::Deal(Some(DealId(4))),
                ActivityField::Done(Some(20)),
            ],
        ));
        edits.extend(activity(
            2,
            vec![
                ActivityField::Contact(Some(ContactId(3))),
                ActivityField::Done(Some(50)),
            ],
        ));
        edits.extend(activity(3, vec![ActivityField::Organisation(org)]));
        let world = world(edits);
        let standing = of_organisation(&world, OrgId(1));
        assert_eq!((standing.open, standing.won), (2, 1));
        assert_eq!(standing.open_value.of(Currency::EUR), 1_200);
        assert_eq!(standing.won_value.of(Currency::EUR), 900);
        assert_eq!(standing.last, Some(50));
        let all = activities_of_organisation(&world, OrgId(1));
        assert_eq!(all, [1, 2, 3].map(ActivityId));
        assert_eq!(of_contact(&world, ContactId(3)).last, Some(50));
        assert_eq!(of_organisation(&world, OrgId(9)), Standing::default());
    }

    #[test]
    fn a_family_is_told_from_the_top_and_a_ring_once() {
        let named = |id, name: &str| Edit::Organisation(OrgId(id), OrgField::Name(name.into()));
        let under = |id, up| Edit::Organisation(OrgId(id), OrgField::Parent(Some(OrgId(up))));
        let mut edits = vec![
            named(1, "Holding"),
            named(2, "Water"),
            named(3, "Air"),
            named(4, "Pipes"),
            under(2, 1),
            under(3, 1),
            under(4, 2),
        ];
        let told = |world: &World, id| -> Vec<(u8, u64)> {
            let all = family(world, OrgId(id));
            all.into_iter().map(|(depth, id)| (depth, id.0)).collect()
        };
        let all = [(0, 1), (1, 3), (1, 2), (2, 4)];
        assert_eq!(told(&world(edits.clone()), 4), all);
        assert_eq!(told(&world(edits.clone()), 1), all);
        for (id, org) in [(1, 1), (2, 4), (3, 4)] {
            let org = DealField::Organisation(Some(OrgId(org)));
            edits.push(Edit::Deal(DealId(id), org));
        }
        let group = |id| of_group(&world(edits.clone()), OrgId(id));
        assert_eq!((group(1).0, group(1).1.open), (3, 3));
        assert_eq!((group(2).0, group(2).1.open), (1, 2));
        assert_eq!((group(3).0, group(3).1.open), (0, 0));
        edits.push(under(1, 4));
        let ring = world(edits);
        let mut ids: Vec<u64> = told(&ring, 2).into_iter().map(|(_, id)| id).collect();
        ids.sort_unstable();
        assert_eq!(ids, [1, 2, 3, 4]);
        assert_eq!(told(&World::default(), 7), [(0, 7)]);
    }

    #[test]
    fn a_job_title_points_to_the_persona_with_the_longest_word_in_it() {
        let persona = |id, titles: &[&str]| {
            let titles = titles.iter().map(|t| (*t).to_owned()).collect();
            Edit::Persona(PersonaId(id), PersonaField::Titles(titles))
        };
        let world = world(vec![
            persona(1, &["Manager", " "]),
            persona(2, &["energy manager", "head of facilities"]),
            persona(3, &[]),
        ]);
        let of = |title| persona_for(&world.state, title);
        assert_eq!(of("Group Energy Manager"), Some(PersonaId(2)));
        assert_eq!(of("Manager, warehouse systems"), Some(PersonaId(1)));
        assert_eq!(of("Head of Facilities"), Some(PersonaId(2)));
        assert_eq!(of("Managers’ assistant"), None, "words count whole");
        assert_eq!(of(""), None);
    }
}
