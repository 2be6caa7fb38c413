//! The file of version 1, read.

use super::history::{self as h, story};
use super::{EXPORTED, V1, V2, read, state_of};
use fairlead::codec::wire;
use fairlead::domain::activity::{Activity, ActivityKind};
use fairlead::domain::change::{Change, Edit, IntentKind};
use fairlead::domain::deal::{
    BuyingRole, Closure, Deal, DealContact, ForecastCategory, Outcome, Placement,
};
use fairlead::domain::entity::Entity;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::party::{Contact, Organisation, Person, Product};
use fairlead::domain::stage::{Hue, Pipeline, Stage, StageKind};
use fairlead::domain::workspace::{WORKSPACE, Workspace};

#[test]
fn the_file_is_read_to_the_story_it_was_written_from() {
    assert_eq!(read(V1).unwrap(), story());
}

#[test]
fn each_line_between_the_first_and_the_last_is_one_record_of_its_own() {
    for (version, text) in [(1, V1), (2, &V2)] {
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            format!(
                r#"{{"format":"fairlead","version":{version},"exported":"{EXPORTED}","changes":["#
            )
        );
        assert_eq!(lines.last(), Some(&"]}"));
        for (n, line) in lines[1..lines.len() - 1].iter().enumerate() {
            let record = line.strip_suffix(',').unwrap_or(line);
            assert!(line.starts_with(&format!("{{\"v\":{version},")));
            assert_eq!(line.ends_with(','), n + 3 < lines.len(), "line {}", n + 2);
            assert!(wire::decode(record).is_ok(), "line {}", n + 2);
        }
    }
}

#[test]
fn the_record_of_a_change_is_this_text() {
    let undo = V1.lines().find(|l| l.contains(r#"["undo","#)).unwrap();
    let expected = [
        r#"{"v":1,"at":"01a207e15e60-0000-fffffffffffffffe","do":["undo","Undid: Moved Showroom to Old"],"#,
        r#""by":"00000000000000e1","undoes":"01a207e07400-0002-000000000000000a","#,
        r#""set":[["deal:00000000000000d1","placement",{"stage":"0000000000000051","since":1795128000000},"rank","V3z"]],"#,
        r#""was":[["deal:00000000000000d1","placement",{"stage":"0000000000000055","since":1795428480000},"rank","Vk"]]},"#,
    ];
    assert_eq!(undo, expected.concat());
}

#[test]
fn the_data_is_what_it_was() {
    let state = state_of(&read(V1).unwrap());
    let t = &state.tables;
    let text = |s: &str| s.to_owned();
    assert_eq!(
        t.workspaces.get(WORKSPACE),
        Some(&Workspace {
            id: WORKSPACE,
            deleted: false,
            name: text("Us"),
            currency: h::usd(),
            lost_reasons: vec![text("Price"), text("No\tdecision")],
            won_reasons: vec![text("Best fit")],
            hold_reasons: vec![text("Reorganisation")],
            sources: vec![text("Referral"), text("")],
            competitors: vec![text("Rival & Söhne")],
            sample: None,
            ..Workspace::blank(WORKSPACE)
        })
    );
    assert_eq!(
        t.pipelines.get(h::PIPELINE),
        Some(&Pipeline {
            id: h::PIPELINE,
            deleted: false,
            name: text("Sales"),
            rank: h::rank("V"),
            ..Pipeline::blank(h::PIPELINE)
        })
    );
    let removed = t.pipelines.row(h::OTHER_PIPELINE).unwrap();
    assert!(removed.entity.deleted && removed.entity.name == "Renewals");
    assert_eq!(
        t.stages.get(h::LEAD),
        Some(&Stage {
            id: h::LEAD,
            deleted: false,
            pipeline: h::PIPELINE,
            name: text("Lead"),
            rank: h::rank("1"),
            kind: StageKind::Open,
            probability: 25,
            rot_days: Some(14),
            hue: Hue::Violet,
            purpose: text("What Lead is for.\nTwo lines."),
            successor: None,
            ..Stage::blank(h::LEAD)
        })
    );
    let kinds = [h::WON, h::LOST, h::PARKED].map(|id| t.stages.get(id).unwrap().kind);
    assert_eq!(kinds, [StageKind::Won, StageKind::Lost, StageKind::OnHold]);
    let old = &t.stages.row(h::OLD).unwrap().entity;
    assert_eq!(
        (old.deleted, old.successor, old.rot_days),
        (true, Some(h::LEAD), Some(65_535))
    );
    assert_eq!(
        t.organisations.get(h::ORG),
        Some(&Organisation {
            id: h::ORG,
            deleted: false,
            name: text("Schäfer GmbH"),
            website: text("schaefer.example"),
            industry: text("Furniture"),
            employees: Some(4_294_967_295),
            revenue: Some(Money::new(9_223_372_036_854_775_807, h::usd())),
            founded: Some(1899),
            location: text("Köln"),
            parent: Some(h::PARENT),
            description: text("Since \"1899\""),
            external: text("X-1"),
            ..Organisation::blank(h::ORG)
        })
    );
    assert_eq!(
        t.contacts.get(h::CONTACT),
        Some(&Contact {
            id: h::CONTACT,
            deleted: false,
            name: text("Eva Schäfer"),
            title: text("Head of buying"),
            organisation: Some(h::ORG),
            emails: vec![text("eva@schaefer.example"), text("e@s.example")],
            phones: vec![text("+49 221 1")],
            description: text("Prefers calls"),
            external: text("X-2"),
            ..Contact::blank(h::CONTACT)
        })
    );
    assert_eq!(
        t.people.get(h::SELLER),
        Some(&Person {
            id: h::SELLER,
            deleted: false,
            name: text("Ben Seller"),
            email: text("ben@us.example"),
            manager: Some(h::BOSS),
            office: text("North"),
            ..Person::blank(h::SELLER)
        })
    );
    assert_eq!(
        t.products.row(h::PRODUCT).map(|row| &row.entity),
        Some(&Product {
            id: h::PRODUCT,
            deleted: true,
            name: text("GTX Pro"),
            series: text("GTX"),
            price: Some(Money::new(482_100, h::usd())),
            ..Product::blank(h::PRODUCT)
        })
    );
    assert_eq!(
        t.activities.row(h::CALL).map(|row| &row.entity),
        Some(&Activity {
            id: h::CALL,
            deleted: true,
            kind: ActivityKind::Task,
            subject: text("Call Eva"),
            body: text("About the “offer”"),
            deal: Some(h::DEAL),
            contact: Some(h::CONTACT),
            owner: Some(h::SELLER),
            due: Some(h::day(2026, 11, 30)),
            due_minute: Some(570),
            done: Some(1_795_428_300_000),
            created: 1_795_428_240_000,
            ..Activity::blank(h::CALL)
        })
    );
}

#[test]
fn the_deals_and_where_they_have_been_are_what_they_were() {
    let state = state_of(&read(V1).unwrap());
    let text = |s: &str| s.to_owned();
    let roles = BuyingRole::ALL.iter();
    assert_eq!(
        state.tables.deals.get(h::DEAL),
        Some(&Deal {
            id: h::DEAL,
            deleted: false,
            title: text("Showroom <b>2027</b>"),
            placement: Placement {
                stage: h::WON,
                since: 1_795_428_840_000
            },
            rank: h::rank("Vk"),
            outcome: Outcome::Won(Box::new(Closure {
                on: h::day(2026, 12, 24),
                reason: text("Best fit"),
                note: text("Said by telephone"),
                competitor: text("Rival & Söhne"),
            })),
            organisation: Some(h::ORG),
            contacts: roles
                .map(|role| DealContact {
                    contact: h::CONTACT,
                    role: *role
                })
                .collect(),
            owner: Some(h::SELLER),
            value: Some(Money::new(1_234_567, Currency::EUR)),
            close: None,
            probability: Some(35),
            category: Some(ForecastCategory::Commit),
            source: text("Referral"),
            tags: vec![text("urgent"), text("größe")],
            products: vec![h::PRODUCT],
            description: text("Line one\nline two"),
            created: 1_794_888_000_000,
            external: text("1C1I7A6R"),
            ..Deal::blank(h::DEAL)
        })
    );
    let stages = |deal| {
        state
            .stage_entries(deal)
            .iter()
            .map(|e| (e.stage, e.since))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        stages(h::DEAL),
        [
            (h::LEAD, 1_795_128_000_000),
            (h::OLD, 1_795_428_480_000),
            (h::WON, 1_795_428_840_000)
        ]
    );
    assert_eq!(
        stages(h::SECOND),
        [
            (h::LEAD, 1_771_428_000_000),
            (h::OLD, 1_777_428_000_000),
            (h::LEAD, 1_795_428_900_000)
        ]
    );
    let imported = &state.tables.deals.row(h::SECOND).unwrap().entity;
    assert!(imported.deleted && imported.created == -1);
    assert_eq!(
        imported.value,
        Some(Money::new(0, Currency::parse("JPY").unwrap()))
    );
}

#[test]
fn who_did_what_and_what_it_was_before_is_in_it() {
    let changes = read(V1).unwrap();
    let of = |kind: IntentKind| {
        changes
            .iter()
            .filter(move |c| c.intent.kind == kind)
            .collect::<Vec<&Change>>()
    };
    let [undo, redo] = [of(IntentKind::Undo)[0], of(IntentKind::Redo)[0]];
    let moved = of(IntentKind::MoveDeal)[0];
    assert_eq!(
        (undo.undoes, redo.undoes),
        (Some(moved.stamp), Some(undo.stamp))
    );
    assert_eq!(undo.edits, moved.before);
    assert_eq!(undo.intent.text, "Undid: Moved Showroom to Old");
    let placed = |at: usize| match &undo.before[at] {
        Edit::Deal(id, fairlead::domain::deal::DealField::Placement(p)) => (*id, p.stage, p.since),
        other => panic!("{other:?}"),
    };
    assert_eq!(placed(0), (h::DEAL, h::OLD, 1_795_428_480_000));
    assert_eq!(changes[0].author, None);
    assert_eq!(moved.author, Some(h::SELLER));
    assert_eq!(
        (changes[3].stamp.ms(), changes[3].stamp.node()),
        (1_795_428_180_000, 0xffff_ffff_ffff_fffe)
    );
    // Both parts of the import came together again, in order.
    let import = of(IntentKind::Import)[0];
    assert_eq!(import.edits.len(), h::OFTEN + 9);
    assert_eq!(import.edits[0].entity(), h::MANY.into());
    assert_eq!(V1.lines().filter(|l| l.contains(r#""part":["#)).count(), 2);
}
