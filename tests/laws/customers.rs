//! Laws of duplicates and merges, over random customers.

use crate::work::{at, persisted, shown};
use fairlead::app::session::Session;
use fairlead::domain::change::{Change, Edit, EntityRef, Intent, IntentKind, Kind};
use fairlead::domain::command::Command;
use fairlead::domain::command::customer::{CustomerCommand, Merge};
use fairlead::domain::deal::{BuyingRole, DealContact, DealField};
use fairlead::domain::ids::{ContactId, DealId, OrgId};
use fairlead::domain::links::Links;
use fairlead::domain::money::Currency;
use fairlead::domain::party::{ContactField, OrgField};
use fairlead::domain::query::duplicates::{groups, why};
use fairlead::domain::stamp::Stamp;
use fairlead::domain::world::World;
use proptest::prelude::*;
use std::collections::BTreeSet;

const NAMES: [&str; 8] = [
    "Acme",
    "ACME Inc.",
    "Äcme GmbH",
    "Beta",
    "Beta & Co",
    "",
    " . ",
    "Gamma Ltd",
];
const SITES: [&str; 6] = [
    "",
    "-",
    "acme.example",
    "www.acme.example/x",
    "beta.example",
    "gmail.com",
];
const PEOPLE: [&str; 6] = ["Jane Doe", "Doe, Jane", "J. Doe", "Paul Roe", "", "Ana"];
const MAILS: [&str; 6] = [
    "",
    "jane@acme.example",
    "JANE@acme.example",
    "p@beta.example",
    "x@gmail.com",
    "none",
];
const PHONES: [&str; 5] = [
    "",
    "+44 20 7946 0958",
    "020 7946 0958",
    "12",
    "+43 316 555 0142",
];

/// A world of a few organisations, contacts and deals, from small numbers.
fn edits(orgs: &[(u8, u8, u8)], people: &[(u8, u8, u8, u8)], deals: &[(u8, u8, u8)]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let pick = |list: &[&str], n: u8| list[n as usize % list.len()].to_owned();
    let org_of = |n: u8| (!orgs.is_empty()).then(|| OrgId(1 + u64::from(n) % orgs.len() as u64));
    for (at, (name, site, apart)) in orgs.iter().enumerate() {
        let id = OrgId(1 + at as u64);
        edits.push(Edit::Organisation(id, OrgField::Name(pick(&NAMES, *name))));
        edits.push(Edit::Organisation(
            id,
            OrgField::Website(pick(&SITES, *site)),
        ));
        edits.push(Edit::Organisation(
            id,
            OrgField::Tags(vec![format!("t{}", name % 3)]),
        ));
        // Now and then two are said to differ, or one belongs to the one before.
        let other = OrgId(1 + u64::from(*apart) % orgs.len() as u64);
        if apart % 5 == 0 && id < other {
            edits.push(Edit::Organisation(
                id,
                OrgField::Distinct(other, Some(true)),
            ));
        }
        if apart % 7 == 0 && at > 0 {
            edits.push(Edit::Organisation(
                id,
                OrgField::Parent(Some(OrgId(at as u64))),
            ));
        }
    }
    for (at, (name, mail, phone, org)) in people.iter().enumerate() {
        let id = ContactId(100 + at as u64);
        edits.push(Edit::Contact(id, ContactField::Name(pick(&PEOPLE, *name))));
        edits.push(Edit::Contact(
            id,
            ContactField::Emails(vec![pick(&MAILS, *mail)]),
        ));
        edits.push(Edit::Contact(
            id,
            ContactField::Phones(vec![pick(&PHONES, *phone)]),
        ));
        if org % 3 != 0 {
            edits.push(Edit::Contact(id, ContactField::Organisation(org_of(*org))));
        }
    }
    for (at, (org, first, second)) in deals.iter().enumerate() {
        let id = DealId(200 + at as u64);
        edits.push(Edit::Deal(id, DealField::Title(format!("Deal {at}"))));
        edits.push(Edit::Deal(id, DealField::Organisation(org_of(*org))));
        let link = |n: &u8| {
            (!people.is_empty()).then(|| DealContact {
                contact: ContactId(100 + u64::from(*n) % people.len() as u64),
                role: BuyingRole::ALL[*n as usize % BuyingRole::ALL.len()],
            })
        };
        let mut links: Vec<DealContact> = [first, second].into_iter().filter_map(link).collect();
        links.dedup_by_key(|link| link.contact);
        edits.push(Edit::Deal(id, DealField::Contacts(links)));
    }
    edits
}

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

/// The groups that comparing each with each gives.
fn by_comparing(world: &World, ids: &[EntityRef]) -> BTreeSet<Vec<u64>> {
    let mut group: Vec<usize> = (0..ids.len()).collect();
    for a in 0..ids.len() {
        for b in 0..ids.len() {
            if a != b && !why(world, ids[a], ids[b]).is_empty() {
                let (from, to) = (group[a], group[b]);
                group
                    .iter_mut()
                    .filter(|g| **g == from)
                    .for_each(|g| *g = to);
            }
        }
    }
    let mut sets: BTreeSet<Vec<u64>> = BTreeSet::new();
    for one in 0..ids.len() {
        let members: Vec<u64> = (0..ids.len())
            .filter(|n| group[*n] == group[one])
            .map(|n| ids[n].id)
            .collect();
        if members.len() > 1 {
            sets.insert(members);
        }
    }
    sets
}

type Orgs = Vec<(u8, u8, u8)>;
type People = Vec<(u8, u8, u8, u8)>;
type Deals = Vec<(u8, u8, u8)>;

fn customers() -> impl Strategy<Value = (Orgs, People, Deals)> {
    let byte = any::<u8>;
    (
        prop::collection::vec((byte(), byte(), byte()), 2..9),
        prop::collection::vec((byte(), byte(), byte(), byte()), 2..9),
        prop::collection::vec((byte(), byte(), byte()), 0..6),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn what_two_have_in_common_is_the_same_from_either_side((orgs, people, deals) in customers()) {
        let world = world(edits(&orgs, &people, &deals));
        let all: Vec<EntityRef> = world.state.tables.refs();
        for a in &all {
            prop_assert!(why(&world, *a, *a).is_empty());
            for b in &all {
                prop_assert_eq!(why(&world, *a, *b), why(&world, *b, *a));
            }
        }
    }

    #[test]
    fn groups_are_those_that_comparing_each_with_each_gives((orgs, people, deals) in customers()) {
        let world = world(edits(&orgs, &people, &deals));
        for kind in [Kind::Organisation, Kind::Contact] {
            let mut ids: Vec<EntityRef> = world.state.tables.refs().into_iter().filter(|e| e.kind == kind).collect();
            ids.sort();
            let found: BTreeSet<Vec<u64>> = groups(&world, kind).into_iter().map(|g| g.members).collect();
            prop_assert_eq!(found, by_comparing(&world, &ids));
        }
    }

    #[test]
    fn blanks_never_match(orgs in 2_usize..20, people in 2_usize..20) {
        let blank = |n: usize| [" ", "", "-", "."][n % 4].to_owned();
        let mut all = Vec::new();
        for n in 0..orgs {
            all.push(Edit::Organisation(OrgId(n as u64), OrgField::Name(blank(n))));
            all.push(Edit::Organisation(OrgId(n as u64), OrgField::Website(blank(n))));
        }
        for n in 0..people {
            let id = ContactId(n as u64);
            all.push(Edit::Contact(id, ContactField::Name(blank(n))));
            all.push(Edit::Contact(id, ContactField::Emails(vec![blank(n), String::new()])));
            all.push(Edit::Contact(id, ContactField::Phones(vec![blank(n)])));
        }
        let world = world(all);
        prop_assert!(groups(&world, Kind::Organisation).is_empty());
        prop_assert!(groups(&world, Kind::Contact).is_empty());
    }

    #[test]
    fn a_merge_taken_back_leaves_all_as_it_was_but_for_what_was_changed_since(
        (orgs, people, deals) in customers(),
        (keep, others, contacts, touch) in (any::<u8>(), any::<u8>(), any::<bool>(), any::<bool>()),
    ) {
        let mut session = Session::new(World::default(), Stamp::ZERO, 5);
        session.command(Command::Setup { name: "Us".into(), currency: Currency::EUR }, at(0)).unwrap();
        let all = edits(&orgs, &people, &deals);
        session.command(Command::Bring { intent: Intent::new(IntentKind::Import, "x"), edits: all }, at(1)).unwrap();
        let kind = if contacts { Kind::Contact } else { Kind::Organisation };
        let mut ids: Vec<EntityRef> = session.world().state.tables.refs().into_iter().filter(|e| e.kind == kind).collect();
        ids.sort();
        let keep = ids[keep as usize % ids.len()];
        let gone: Vec<EntityRef> = ids.iter().copied().filter(|e| *e != keep).enumerate()
            .filter(|(n, _)| others >> (n % 8) & 1 == 1).map(|(_, e)| e).collect();
        prop_assume!(!gone.is_empty());
        let before = shown(&session);
        let merge = CustomerCommand::Merge(Merge { keep, gone: gone.clone(), take: Vec::new() });
        let done = session.command(Command::Customer(merge), at(2)).unwrap();
        let change = persisted(&done.effects).remove(0);
        prop_assert!(gone.iter().all(|e| !session.world().is_alive(*e)));
        // Nothing names what is gone any more, and the indexes are those built anew.
        for deal in session.world().state.tables.deals.iter() {
            prop_assert!(deal.organisation.is_none_or(|id| !gone.contains(&id.into())));
            let mut seen = BTreeSet::new();
            for link in &deal.contacts {
                prop_assert!(!gone.contains(&link.contact.into()));
                if contacts && link.contact.0 == keep.id {
                    prop_assert!(seen.insert(link.contact));
                }
            }
        }
        prop_assert_eq!(session.world().links.clone().in_order(), Links::over(&session.world().state).in_order());
        // No concern has come to belong to itself.
        for org in session.world().state.tables.organisations.iter() {
            let mut up = org.parent;
            for _ in 0..20 {
                up = up.and_then(|id| session.world().state.tables.organisations.get(id)).and_then(|o| o.parent);
            }
            prop_assert!(up.is_none());
        }
        let mut expected = before;
        if touch {
            let edit = match kind {
                Kind::Contact => Edit::Contact(ContactId(keep.id), ContactField::Title("Changed since".into())),
                _ => Edit::Organisation(OrgId(keep.id), OrgField::Location("Changed since".into())),
            };
            session.command(Command::Customer(CustomerCommand::Edit(vec![edit.clone()])), at(3)).unwrap();
            expected.push(edit);
        }
        session.revert(&change, at(4));
        let sorted = |mut all: Vec<Edit>| {
            // A field that was never set and one set back to nothing are the same to see.
            let blank = fairlead::domain::change::Tables::default();
            all.retain(|e| blank.present(e.slot()) != *e);
            all.sort_by_key(Edit::slot);
            all
        };
        prop_assert_eq!(sorted(shown(&session)), sorted(expected));
        prop_assert_eq!(session.world().links.clone().in_order(), Links::over(&session.world().state).in_order());
    }
}
