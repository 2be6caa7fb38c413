//! Organisations, contacts and the own people: added, changed, merged, handed over.

use crate::desk::Desk;
use fairlead::app::session::Tone;
use fairlead::domain::activity::ActivityKind;
use fairlead::domain::change::{Edit, EntityRef, Kind};
use fairlead::domain::command::customer::{CustomerCommand, Leaving, Merge};
use fairlead::domain::command::{ActivityDraft, Command, DealDraft, OrNew, Refusal};
use fairlead::domain::deal::{BuyingRole, Status};
use fairlead::domain::ids::{ContactId, DealId, OrgId, PersonId};
use fairlead::domain::links::Links;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::party::{Contact, ContactField, OrgField, Organisation, PersonField};
use fairlead::domain::persona::PersonaField;
use fairlead::domain::query::duplicates::groups;
use fairlead::domain::query::parties::{deals_of_contact, of_organisation};
use fairlead::domain::team::{TeamField, TerritoryField};

fn customer(command: CustomerCommand) -> Command {
    Command::Customer(command)
}

impl Desk {
    fn organisation(&mut self, name: &str, more: Vec<OrgField>) -> OrgId {
        let mut fields = vec![OrgField::Name(name.into())];
        fields.extend(more);
        let made = self.run(customer(CustomerCommand::AddOrganisation(fields)));
        OrgId(made.unwrap().id)
    }

    fn contact(&mut self, name: &str, more: Vec<ContactField>) -> ContactId {
        let mut fields = vec![ContactField::Name(name.into())];
        fields.extend(more);
        let made = self.run(customer(CustomerCommand::AddContact(fields)));
        ContactId(made.unwrap().id)
    }

    fn person(&mut self, name: &str) -> PersonId {
        let fields = vec![PersonField::Name(name.into())];
        let made = self.run(customer(CustomerCommand::AddPerson(fields)));
        PersonId(made.unwrap().id)
    }

    fn deal_of(&mut self, title: &str, org: OrgId, contacts: &[(ContactId, BuyingRole)]) -> DealId {
        let stage = self.stage("Proposal");
        self.save(DealDraft {
            title: title.into(),
            organisation: Some(OrNew::Known(org)),
            contacts: contacts
                .iter()
                .map(|(id, role)| (OrNew::Known(*id), *role))
                .collect(),
            value: Some(Money::new(1_000, Currency::EUR)),
            ..DealDraft::new(stage)
        })
    }

    fn org(&self, id: OrgId) -> &Organisation {
        self.state().tables.organisations.get(id).unwrap()
    }

    fn who(&self, id: ContactId) -> &Contact {
        self.state().tables.contacts.get(id).unwrap()
    }

    /// What a person sees, without what is empty.
    fn seen(&self) -> Vec<Edit> {
        let blank = fairlead::domain::change::Tables::default();
        let mut all = self.shown();
        all.retain(|e| blank.present(e.slot()) != *e);
        all
    }

    /// The indexes are those that would be built anew.
    fn links_hold(&self) {
        let kept = self.world().links.clone().in_order();
        assert_eq!(kept, Links::over(self.state()).in_order());
    }
}

#[test]
fn what_is_added_belongs_to_whoever_adds_it() {
    let mut desk = Desk::new();
    let me = desk.person("Ana");
    desk.session.set_me(Some(me));
    let acme = desk.organisation("  Acme ", vec![OrgField::Website("acme.example".into())]);
    assert_eq!(desk.org(acme).name, "Acme");
    assert_eq!(desk.org(acme).owner, Some(me));
    let jane = desk.contact(
        "Jane Doe",
        vec![
            ContactField::Organisation(Some(acme)),
            ContactField::Emails(vec![
                " jane@acme.example ".into(),
                "JANE@acme.example".into(),
            ]),
            ContactField::Owner(None),
        ],
    );
    assert_eq!(desk.who(jane).emails, ["jane@acme.example"]);
    assert_eq!(desk.who(jane).owner, None);
    assert_eq!(desk.world().links.contacts_of(acme), [jane]);
    desk.links_hold();
}

#[test]
fn what_cannot_be_is_refused_with_its_field() {
    let mut desk = Desk::new();
    let (a, b) = (
        desk.organisation("A", Vec::new()),
        desk.organisation("B", Vec::new()),
    );
    let jane = desk.contact("Jane", Vec::new());
    let (ana, ben) = (desk.person("Ana"), desk.person("Ben"));
    let set = |edit: Edit| customer(CustomerCommand::Edit(vec![edit]));
    desk.run(set(Edit::Organisation(b, OrgField::Parent(Some(a)))));
    desk.run(set(Edit::Person(ben, PersonField::Manager(Some(ana)))));
    let field_of = |refusal: Refusal| match refusal {
        Refusal::Field { field, .. } => field,
        other => panic!("{other}"),
    };
    for (edit, field) in [
        (Edit::Organisation(a, OrgField::Parent(Some(b))), "parent"),
        (Edit::Organisation(a, OrgField::Parent(Some(a))), "parent"),
        (Edit::Organisation(a, OrgField::Name(" ".into())), "name"),
        (
            Edit::Organisation(a, OrgField::Website("no site".into())),
            "website",
        ),
        (
            Edit::Organisation(a, OrgField::Website("javascript:alert(1)".into())),
            "website",
        ),
        (
            Edit::Organisation(a, OrgField::Founded(Some(87))),
            "founded",
        ),
        (
            Edit::Organisation(a, OrgField::Revenue(Some(Money::new(-1, Currency::EUR)))),
            "revenue",
        ),
        (
            Edit::Person(ana, PersonField::Manager(Some(ben))),
            "manager",
        ),
        (Edit::Person(ana, PersonField::Email("ana".into())), "email"),
        (
            Edit::Contact(
                jane,
                ContactField::Emails(vec!["a@b.example".into(), "jane@".into()]),
            ),
            "emails",
        ),
        (
            Edit::Contact(jane, ContactField::Phones(vec!["ask her".into()])),
            "phones",
        ),
    ] {
        assert_eq!(field_of(desk.refused(set(edit))), field);
    }
    for edit in [
        Edit::Contact(jane, ContactField::Organisation(Some(OrgId(99)))),
        Edit::Organisation(a, OrgField::Owner(Some(PersonId(99)))),
        Edit::Organisation(OrgId(99), OrgField::Name("X".into())),
    ] {
        assert!(matches!(desk.refused(set(edit)), Refusal::Gone(_)));
    }
    for edit in [
        Edit::Organisation(a, OrgField::Merged(Some(b))),
        Edit::Deal(
            DealId(1),
            fairlead::domain::deal::DealField::Title("x".into()),
        ),
    ] {
        desk.refused(set(edit));
    }
    let nameless = customer(CustomerCommand::AddOrganisation(Vec::new()));
    assert_eq!(field_of(desk.refused(nameless)), "name");
    for name in ["AddTeam", "AddTerritory"] {
        let command = match name {
            "AddTeam" => CustomerCommand::AddTeam(vec![TeamField::Name(String::new())]),
            _ => CustomerCommand::AddTerritory(vec![TerritoryField::Name(" ".into())]),
        };
        assert_eq!(field_of(desk.refused(customer(command))), "name");
    }
}

#[test]
fn teams_and_territories_cannot_belong_to_themselves() {
    let mut desk = Desk::new();
    let team = |desk: &mut Desk, name: &str| {
        let made = desk.run(customer(CustomerCommand::AddTeam(vec![TeamField::Name(
            name.into(),
        )])));
        fairlead::domain::ids::TeamId(made.unwrap().id)
    };
    let (a, b) = (team(&mut desk, "A"), team(&mut desk, "B"));
    let set = |edit: Edit| customer(CustomerCommand::Edit(vec![edit]));
    desk.run(set(Edit::Team(b, TeamField::Parent(Some(a)))));
    desk.refused(set(Edit::Team(a, TeamField::Parent(Some(b)))));
    let made = desk.run(customer(CustomerCommand::AddTerritory(vec![
        TerritoryField::Name("North".into()),
    ])));
    let north = fairlead::domain::ids::TerritoryId(made.unwrap().id);
    desk.refused(set(Edit::Territory(
        north,
        TerritoryField::Parent(Some(north)),
    )));
}

/// Two records of one customer, with all that names them.
struct Twins {
    desk: Desk,
    keep: OrgId,
    gone: OrgId,
    part: OrgId,
    jane: ContactId,
    deal: DealId,
}

fn twins() -> Twins {
    let mut desk = Desk::new();
    let keep = desk.organisation(
        "Acme GmbH",
        vec![
            OrgField::Industry("Paper".into()),
            OrgField::Tags(vec!["Fair".into()]),
            OrgField::Website("acme.example".into()),
        ],
    );
    let gone = desk.organisation(
        "ACME",
        vec![
            OrgField::Industry("Pulp".into()),
            OrgField::Location("Graz".into()),
            OrgField::Tags(vec!["fair".into(), "Key".into()]),
        ],
    );
    let part = desk.organisation("Acme Water", vec![OrgField::Parent(Some(gone))]);
    let jane = desk.contact("Jane Doe", vec![ContactField::Organisation(Some(gone))]);
    let deal = desk.deal_of("Pilot", gone, &[(jane, BuyingRole::Champion)]);
    desk.run(Command::SaveActivity {
        id: None,
        draft: Box::new(ActivityDraft {
            subject: "Rang".into(),
            organisation: Some(gone),
            done: true,
            ..ActivityDraft::new(ActivityKind::Call)
        }),
    });
    Twins {
        desk,
        keep,
        gone,
        part,
        jane,
        deal,
    }
}

#[test]
fn merging_takes_over_everything_in_one_change_that_undo_takes_back() {
    let Twins {
        mut desk,
        keep,
        gone,
        part,
        jane,
        deal,
    } = twins();
    assert_eq!(groups(desk.world(), Kind::Organisation).len(), 1);
    let before = desk.seen();
    let written = desk.log.len();
    let said = desk.told(customer(CustomerCommand::Merge(Merge::organisations(
        keep,
        &[gone],
    ))));
    assert_eq!(said.text, "Merged ACME into Acme GmbH");
    assert_eq!(desk.log.len(), written + 1);
    let org = desk.org(keep);
    // Its own stays, what it lacks comes, lists are brought together.
    assert_eq!(
        (org.industry.as_str(), org.location.as_str()),
        ("Paper", "Graz")
    );
    assert_eq!(org.tags, ["Fair", "Key"]);
    assert_eq!(desk.deal(deal).organisation, Some(keep));
    assert_eq!(desk.who(jane).organisation, Some(keep));
    assert_eq!(desk.org(part).parent, Some(keep));
    assert_eq!(of_organisation(desk.world(), keep).open, 1);
    assert_eq!(desk.world().links.activities_of(keep).len(), 1);
    let row = desk.state().tables.organisations.row(gone).unwrap();
    assert!(row.entity.deleted);
    assert_eq!(row.entity.merged, Some(keep));
    assert!(groups(desk.world(), Kind::Organisation).is_empty());
    desk.links_hold();
    desk.undo();
    assert_eq!(desk.seen(), before);
    desk.links_hold();
    desk.redo();
    assert_eq!(desk.deal(deal).organisation, Some(keep));
}

#[test]
fn a_chosen_value_wins_over_ones_own() {
    let Twins {
        mut desk,
        keep,
        gone,
        ..
    } = twins();
    let industry = Edit::Organisation(gone, OrgField::Industry(String::new())).slot();
    let what = Merge {
        take: vec![industry],
        ..Merge::organisations(keep, &[gone])
    };
    desk.run(customer(CustomerCommand::Merge(what)));
    assert_eq!(desk.org(keep).industry, "Pulp");
    assert_eq!(desk.org(keep).name, "Acme GmbH");
}

#[test]
fn a_merge_taken_back_after_a_reload_leaves_what_was_changed_since() {
    let Twins {
        mut desk,
        keep,
        gone,
        jane,
        deal,
        ..
    } = twins();
    desk.run(customer(CustomerCommand::Merge(Merge::organisations(
        keep,
        &[gone],
    ))));
    let merge = desk.log.last().unwrap().clone();
    let mut desk = desk.reopened(9);
    desk.now += 10_000;
    // A new deal with the one that stayed, and its place corrected.
    let new = desk.deal_of("Second", keep, &[]);
    let place = Edit::Organisation(keep, OrgField::Location("Linz".into()));
    desk.run(customer(CustomerCommand::Edit(vec![place])));
    let outlook = desk.session.inversion(&merge);
    let stays: Vec<_> = outlook.skipped.iter().map(|slot| slot.name()).collect();
    assert_eq!(stays, ["location"]);
    let at = desk.at();
    let effects = desk.session.revert(&merge, at);
    let said = desk.carry_out(effects).unwrap();
    assert_eq!(
        said.text,
        "Undid: Merged ACME into Acme GmbH. 1 field was changed since and stayed as it is"
    );
    assert_eq!(desk.deal(deal).organisation, Some(gone));
    assert_eq!(desk.who(jane).organisation, Some(gone));
    assert_eq!(desk.deal(new).organisation, Some(keep));
    assert_eq!(desk.org(keep).location, "Linz");
    assert_eq!(desk.org(keep).tags, ["Fair"]);
    assert_eq!(desk.org(gone).location, "Graz");
    assert_eq!(desk.org(gone).merged, None);
    desk.links_hold();
}

#[test]
fn no_ring_of_parents_comes_of_a_merge() {
    let mut desk = Desk::new();
    let top = desk.organisation("Top", Vec::new());
    let middle = desk.organisation("Middle", vec![OrgField::Parent(Some(top))]);
    let leaf = desk.organisation("Leaf", vec![OrgField::Parent(Some(middle))]);
    // The leaf takes the top in: what was between now hangs below.
    desk.run(customer(CustomerCommand::Merge(Merge::organisations(
        leaf,
        &[top],
    ))));
    assert_eq!(desk.org(middle).parent, Some(leaf));
    assert_eq!(desk.org(leaf).parent, None);
}

#[test]
fn contacts_merged_are_on_each_deal_once_in_the_role_that_is_known() {
    let mut desk = Desk::new();
    let acme = desk.organisation("Acme", Vec::new());
    let jane = desk.contact(
        "Jane Doe",
        vec![
            ContactField::Emails(vec!["jane@acme.example".into()]),
            ContactField::Phones(vec!["+44 20 7946 0958".into()]),
        ],
    );
    let twin = desk.contact(
        "Doe, Jane",
        vec![
            ContactField::Emails(vec!["JANE@acme.example".into(), "jd@home.example".into()]),
            ContactField::Phones(vec!["020 7946 0958".into()]),
            ContactField::DoNotContact(true),
        ],
    );
    let both = desk.deal_of(
        "Both",
        acme,
        &[
            (twin, BuyingRole::EconomicBuyer),
            (jane, BuyingRole::Unknown),
        ],
    );
    let one = desk.deal_of("One", acme, &[(twin, BuyingRole::User)]);
    desk.run(customer(CustomerCommand::Merge(Merge::contacts(
        jane,
        &[twin],
    ))));
    let roles = |id: DealId| -> Vec<_> {
        let all = desk.deal(id).contacts.iter();
        all.map(|link| (link.contact, link.role)).collect()
    };
    assert_eq!(roles(both), [(jane, BuyingRole::EconomicBuyer)]);
    assert_eq!(roles(one), [(jane, BuyingRole::User)]);
    assert_eq!(
        desk.who(jane).emails,
        ["jane@acme.example", "jd@home.example"]
    );
    assert_eq!(desk.who(jane).phones, ["+44 20 7946 0958"]);
    assert!(
        desk.who(jane).do_not_contact,
        "whoever asked for it asked for it"
    );
    assert_eq!(deals_of_contact(desk.world(), jane).len(), 2);
    desk.links_hold();
}

#[test]
fn merges_that_make_no_sense_are_refused() {
    let mut desk = Desk::new();
    let acme = desk.organisation("Acme", Vec::new());
    let jane = desk.contact("Jane", Vec::new());
    let merge = |keep: EntityRef, gone: Vec<EntityRef>| {
        customer(CustomerCommand::Merge(Merge {
            keep,
            gone,
            take: Vec::new(),
        }))
    };
    desk.refused(merge(acme.into(), vec![acme.into()]));
    desk.refused(merge(acme.into(), Vec::new()));
    desk.refused(merge(acme.into(), vec![jane.into()]));
    desk.refused(merge(acme.into(), vec![OrgId(99).into()]));
    let person = desk.person("Ana");
    let other = desk.person("Ben");
    desk.refused(merge(person.into(), vec![other.into()]));
}

#[test]
fn those_kept_apart_stay_apart_also_from_the_one_they_are_merged_into() {
    let mut desk = Desk::new();
    let all: Vec<OrgId> = (0..3)
        .map(|_| desk.organisation("Acme", Vec::new()))
        .collect();
    let apart = |a: OrgId, b: OrgId, distinct| {
        customer(CustomerCommand::SetDistinct {
            records: vec![a.into(), b.into()],
            distinct,
        })
    };
    desk.run(apart(all[0], all[2], true));
    assert_eq!(groups(desk.world(), Kind::Organisation).len(), 1);
    desk.run(customer(CustomerCommand::Merge(Merge::organisations(
        all[1],
        &[all[0]],
    ))));
    assert!(groups(desk.world(), Kind::Organisation).is_empty());
    desk.run(apart(all[2], all[1], false));
    assert_eq!(groups(desk.world(), Kind::Organisation).len(), 1);
    assert_eq!(desk.reopened(3).state(), desk.state());
}

#[test]
fn who_leaves_hands_over_what_is_open_in_one_change() {
    let mut desk = Desk::new();
    let (ana, ben, cem) = (desk.person("Ana"), desk.person("Ben"), desk.person("Cem"));
    let manager = Edit::Person(cem, PersonField::Manager(Some(ben)));
    let above = Edit::Person(ben, PersonField::Manager(Some(ana)));
    desk.run(customer(CustomerCommand::Edit(vec![manager, above])));
    desk.session.set_me(Some(ben));
    let acme = desk.organisation("Acme", Vec::new());
    let jane = desk.contact("Jane", Vec::new());
    let open = desk.add("Open", "Proposal");
    let won = desk.add("Won", "Proposal");
    desk.set_status(won, Status::Won);
    let written = desk.log.len();
    let said = desk.told(customer(CustomerCommand::HandOver {
        from: ben,
        to: Some(ana),
        then: Leaving::Left,
    }));
    assert_eq!(
        (said.text.as_str(), said.tone),
        ("Ben left; Ana takes over", Tone::Done)
    );
    assert_eq!(desk.log.len(), written + 1);
    assert_eq!(desk.deal(open).owner, Some(ana));
    assert_eq!(
        desk.deal(won).owner,
        Some(ben),
        "what is closed stays theirs"
    );
    assert_eq!(desk.org(acme).owner, Some(ana));
    assert_eq!(desk.who(jane).owner, Some(ana));
    let people = &desk.state().tables.people;
    assert!(people.get(ben).unwrap().left);
    assert_eq!(people.get(cem).unwrap().manager, Some(ana));
    // Whoever was Ben here is nobody now: nothing new is theirs, or signed by them.
    assert_eq!(desk.session.me(), None);
    let after = desk.add("After", "Proposal");
    assert_eq!(desk.deal(after).owner, None);
    assert_eq!(desk.log.last().unwrap().author, None);
    desk.undo();
    desk.undo();
    assert_eq!(desk.session.me(), Some(ben));
    assert_eq!(desk.deal(open).owner, Some(ben));
    desk.refused(customer(CustomerCommand::HandOver {
        from: ben,
        to: Some(ben),
        then: Leaving::Left,
    }));
}

#[test]
fn who_leaves_without_handing_over_is_said_to_have_left() {
    let mut desk = Desk::new();
    let ana = desk.person("Ana");
    let left = |left| Edit::Person(ana, PersonField::Left(left));
    let said = desk.told(customer(CustomerCommand::Edit(vec![left(true)])));
    assert_eq!(said.text, "Ana is no longer here");
    let said = desk.told(Command::EditRecord(vec![left(false)]));
    assert_eq!(said.text, "Ana is here again");
}

#[test]
fn no_two_members_or_teams_have_the_same_name() {
    let mut desk = Desk::new();
    let ada = desk.person("Ada Ames");
    let bo = desk.person("Bo");
    let named = |name: &str| PersonField::Name(name.into());
    let on_name = |refusal: Refusal| matches!(refusal, Refusal::Field { field: "name", .. });
    let twin = CustomerCommand::AddPerson(vec![named(" ada ames")]);
    assert!(on_name(desk.refused(customer(twin))));
    let fresh = Edit::Person(PersonId(4711), named("ADA AMES"));
    assert!(on_name(desk.refused(Command::EditRecord(vec![fresh]))));
    let renamed = Edit::Person(bo, named("Ada ames"));
    assert!(on_name(desk.refused(Command::EditRecord(vec![renamed]))));
    // One's own name may be written otherwise.
    desk.run(Command::EditRecord(vec![Edit::Person(
        ada,
        named("Ada AMES"),
    )]));
    let team = |name: &str| customer(CustomerCommand::AddTeam(vec![TeamField::Name(name.into())]));
    desk.run(team("North"));
    assert!(on_name(desk.refused(team("north"))));
    // What a form names is who is there already.
    let stage = desk.stage("Proposal");
    let deal = desk.save(DealDraft {
        title: "Crane".into(),
        owner: Some(OrNew::New("ada ames".into())),
        ..DealDraft::new(stage)
    });
    assert_eq!(desk.deal(deal).owner, Some(ada));
}

#[test]
fn roles_on_a_deal_can_be_given_and_taken() {
    let mut desk = Desk::new();
    let acme = desk.organisation("Acme", Vec::new());
    let jane = desk.contact("Jane", Vec::new());
    let deal = desk.deal_of("Pilot", acme, &[]);
    let set = |role| {
        customer(CustomerCommand::SetRole {
            deal,
            contact: jane,
            role,
        })
    };
    desk.run(set(Some(BuyingRole::Blocker)));
    assert_eq!(desk.world().links.deals_with(jane), [deal]);
    assert_eq!(desk.deal(deal).contacts[0].role, BuyingRole::Blocker);
    desk.run(set(None));
    assert!(desk.deal(deal).contacts.is_empty());
    assert_eq!(desk.refused(set(None)), Refusal::Nothing);
    desk.links_hold();
}

#[test]
fn a_persona_keeps_what_was_written_without_blanks() {
    use fairlead::domain::persona::Objection;
    let mut desk = Desk::new();
    let entry = |objection: &str, answer: &str| Objection {
        objection: objection.into(),
        answer: answer.into(),
    };
    let made = desk.run(customer(CustomerCommand::AddPersona(vec![
        PersonaField::Name("Head of facilities".into()),
        PersonaField::Titles(vec![
            " facilities ".into(),
            "Facilities".into(),
            String::new(),
        ]),
        PersonaField::Objections(vec![
            entry("Too dear ", "Pays back in a year"),
            entry("", " "),
        ]),
    ])));
    let id = fairlead::domain::ids::PersonaId(made.unwrap().id);
    let persona = desk.state().tables.personas.get(id).unwrap();
    assert_eq!(persona.titles, ["facilities"]);
    assert_eq!(
        persona.objections,
        [entry("Too dear", "Pays back in a year")]
    );
}
