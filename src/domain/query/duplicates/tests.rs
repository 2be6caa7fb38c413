use super::*;
use crate::domain::change::{Change, Edit, Intent, IntentKind};
use crate::domain::party::{ContactField, OrgField};
use crate::domain::stamp::Stamp;
use crate::domain::value::Value;

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

fn org(id: u64, name: &str, site: &str) -> Vec<Edit> {
    [OrgField::Name(name.into()), OrgField::Website(site.into())]
        .map(|f| Edit::Organisation(OrgId(id), f))
        .into()
}

fn contact(id: u64, name: &str, email: &str, phone: &str) -> Vec<Edit> {
    [
        ContactField::Name(name.into()),
        ContactField::Emails(vec![email.into()]),
        ContactField::Phones(vec![phone.into()]),
    ]
    .map(|f| Edit::Contact(ContactId(id), f))
    .into()
}

fn members(world: &World, kind: Kind) -> Vec<Vec<u64>> {
    groups(world, kind).into_iter().map(|g| g.members).collect()
}

#[test]
fn organisations_are_found_by_name_and_by_site_also_through_others() {
    let world = world(
        [
            org(1, "Acme GmbH", "acme.example"),
            org(2, "ACME", ""),
            org(3, "Roadrunner Ltd", "https://www.acme.example/de"),
            org(4, "Other", ""),
            org(5, "", ""),
            org(6, " ", "-"),
        ]
        .concat(),
    );
    assert_eq!(members(&world, Kind::Organisation), [[1, 2, 3]]);
    let reasons = groups(&world, Kind::Organisation).remove(0).reasons();
    assert_eq!(
        reasons,
        [Reason::Domain("acme.example".into()), Reason::Name]
    );
    let why = |a, b| super::why(&world, OrgId(a).into(), OrgId(b).into());
    assert_eq!(why(1, 2), [Reason::Name]);
    assert_eq!(why(2, 3), []);
    assert_eq!(why(5, 6), []);
}

#[test]
fn an_organisation_without_a_site_is_known_by_its_peoples_addresses() {
    let mut edits = [
        org(1, "Acme", "acme.example"),
        org(2, "Akme", ""),
        org(3, "Mixed", ""),
        contact(11, "A B", "a@acme.example", ""),
        contact(12, "C D", "c@gmail.com", ""),
        contact(13, "E F", "e@acme.example", ""),
        contact(14, "G H", "g@roth.example", ""),
    ]
    .concat();
    for (person, at) in [(11, 2), (12, 2), (13, 3), (14, 3)] {
        edits.push(Edit::Contact(
            ContactId(person),
            ContactField::Organisation(Some(OrgId(at))),
        ));
    }
    assert_eq!(members(&world(edits), Kind::Organisation), [[1, 2]]);
}

#[test]
fn parts_of_a_concern_may_share_its_site() {
    let mut edits = [
        org(1, "Acme Holding", "acme.example"),
        org(2, "Acme Water", "acme.example"),
        org(3, "Acme Wind", "acme.example"),
    ]
    .concat();
    for part in [2, 3] {
        edits.push(Edit::Organisation(
            OrgId(part),
            OrgField::Parent(Some(OrgId(1))),
        ));
    }
    assert!(members(&world(edits), Kind::Organisation).is_empty());
}

#[test]
fn contacts_are_found_by_address_number_and_name_at_one_place() {
    let world = world(
        [
            contact(1, "Jane Doe", "Jane@acme.example", "+44 20 7946 0958"),
            contact(2, "J. Doe", "jane@ACME.example", ""),
            contact(3, "Doe, Jane", "jd@acme.example", ""),
            contact(4, "Jane D", "", "020 7946 0958"),
            contact(5, "Paul Roe", "", "020 7946 0958"),
            contact(6, "Jane Doe", "jane@elsewhere.example", ""),
            contact(7, "", "", ""),
            contact(8, "", "", ""),
        ]
        .concat(),
    );
    // Five shares a number with them, as at a switchboard, and no word of the name; six has
    // the name somewhere else.
    assert_eq!(members(&world, Kind::Contact), [[1, 2, 3, 4]]);
}

#[test]
fn those_said_to_differ_are_not_proposed_again() {
    let mut edits = [
        org(1, "Acme", "a.example"),
        org(2, "Acme", "b.example"),
        org(3, "Acme", "c.example"),
    ]
    .concat();
    edits.push(Edit::Organisation(
        OrgId(1),
        OrgField::Distinct(OrgId(2), Some(true)),
    ));
    let one = world(edits.clone());
    assert!(why(&one, OrgId(2).into(), OrgId(1).into()).is_empty());
    assert_eq!(members(&one, Kind::Organisation), [[1, 2, 3]]);
    for (a, b) in [(1, 3), (2, 3)] {
        edits.push(Edit::Organisation(
            OrgId(a),
            OrgField::Distinct(OrgId(b), Some(true)),
        ));
    }
    assert!(members(&world(edits), Kind::Organisation).is_empty());
}

#[test]
fn removed_records_are_not_looked_at() {
    let mut edits = [org(1, "Acme", ""), org(2, "Acme", "")].concat();
    edits.push(Edit::deleted(OrgId(2).into(), true));
    assert!(groups(&world(edits), Kind::Organisation).is_empty());
}

fn at(person: u64, org: u64) -> Edit {
    Edit::Contact(
        ContactId(person),
        ContactField::Organisation(Some(OrgId(org))),
    )
}

#[test]
fn a_name_without_a_place_is_proposed_for_the_only_one_with_one() {
    let mut edits = [
        org(1, "Acme", ""),
        contact(1, "Peter Pan", "", ""),
        contact(2, "Pan, Peter", "peter@acme.example", ""),
        contact(3, "Wendy Darling", "", ""),
        contact(4, "Wendy Darling", "wendy@acme.example", ""),
        contact(5, "Wendy Darling", "wendy@elsewhere.example", ""),
        contact(6, "", "", ""),
        contact(7, "", "x@acme.example", ""),
    ]
    .concat();
    edits.push(at(2, 1));
    let world = world(edits);
    // Which Wendy is meant, nothing says.
    let found = groups(&world, Kind::Contact);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].members, [1, 2]);
    assert_eq!(found[0].reasons(), [Reason::NameAlone]);
}

#[test]
fn organisations_with_the_same_person_are_proposed_whatever_their_sites() {
    let mut edits = [
        org(1, "Bolt Ltd", "bolt.example"),
        org(2, "Bolt Works", "boltworks.example"),
        org(3, "Elsewhere", "elsewhere.example"),
        contact(11, "Jane Doe", "jane@bolt.example", ""),
        contact(12, "Jane Doe", "Jane@bolt.example", ""),
        contact(13, "A B", "a@boltworks.example", ""),
        contact(14, "C D", "c@gmail.com", ""),
        contact(15, "C D", "c@gmail.com", ""),
    ]
    .concat();
    for (person, org) in [(11, 1), (12, 2), (13, 2), (14, 2), (15, 3)] {
        edits.push(at(person, org));
    }
    let mut one = world(edits.clone());
    let found = groups(&one, Kind::Organisation);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].members, [1, 2]);
    assert_eq!(
        found[0].reasons(),
        [Reason::Email("jane@bolt.example".into())]
    );
    // More than half of the addresses decide, even against a site of its own.
    edits.extend(contact(16, "E F", "e@bolt.example", ""));
    edits.push(at(16, 2));
    one = world(edits);
    let reasons = groups(&one, Kind::Organisation).remove(0).reasons();
    assert!(reasons.contains(&Reason::Domain("bolt.example".into())));
}

#[test]
fn of_a_number_written_in_several_ways_the_fuller_one_is_kept() {
    let list = |all: &[&str]| Value::List(all.iter().map(|t| Value::Text((*t).into())).collect());
    let (a, b) = (
        list(&["020 7946 0958", "1234"]),
        list(&["0044 20 7946 0958", "1234", "555"]),
    );
    let whole = list(&["0044 20 7946 0958", "1234", "555"]);
    assert_eq!(united("phones", [a.clone(), b.clone()].into_iter()), whole);
    assert_eq!(united("phones", [b, a].into_iter()), whole);
    let mails = [
        list(&["Jane@a.example"]),
        list(&["jane@A.example", "j@b.example"]),
    ];
    assert_eq!(
        united("emails", mails.into_iter()),
        list(&["Jane@a.example", "j@b.example"])
    );
}
