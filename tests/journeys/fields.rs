//! A team adds fields of its own, fills them in, changes its mind, and takes things back.

use crate::desk::Desk;
use fairlead::app::form::custom::CustomDraft;
use fairlead::app::form::deal::DealForm;
use fairlead::domain::change::EntityRef;
use fairlead::domain::command::fields::{FieldCommand, FieldDraft, FieldEdit};
use fairlead::domain::command::{Command, DealDraft, OrNew, Refusal};
use fairlead::domain::custom::{CustomValue, Decimal, FieldHome, FieldKind};
use fairlead::domain::ids::{DealId, FieldId, OrgId};
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::party::OrgField;
use fairlead::domain::query::board::BoardFilter;
use fairlead::domain::query::fields;

fn run(desk: &mut Desk, command: FieldCommand) -> Option<EntityRef> {
    desk.run(Command::Fields(command))
}

fn refused(desk: &mut Desk, command: FieldCommand) -> String {
    desk.refused(Command::Fields(command)).to_string()
}

fn add(desk: &mut Desk, home: FieldHome, kind: FieldKind, name: &str) -> FieldId {
    let draft = FieldDraft {
        options: vec!["North".into(), "South".into()],
        ..FieldDraft::new(home, kind, name)
    };
    FieldId(run(desk, FieldCommand::Add(draft)).unwrap().id)
}

fn of_deals(desk: &mut Desk, kind: FieldKind, name: &str) -> FieldId {
    add(desk, FieldHome::Deal, kind, name)
}

fn set(record: impl Into<EntityRef>, field: FieldId, value: Option<CustomValue>) -> FieldCommand {
    FieldCommand::Set {
        record: record.into(),
        values: vec![(field, value)],
    }
}

fn text(text: &str) -> Option<CustomValue> {
    Some(CustomValue::Text(text.into()))
}

fn held(desk: &Desk, deal: DealId, field: FieldId) -> Option<CustomValue> {
    desk.deal(deal).custom.get(field).cloned()
}

fn names(desk: &Desk, home: FieldHome) -> Vec<&str> {
    let all = fields::of_home(desk.state(), home);
    all.into_iter().map(|f| f.name.as_str()).collect()
}

fn found(desk: &mut Desk, words: &str) -> usize {
    desk.session.prepare_search();
    let filter = BoardFilter {
        text: words.into(),
        ..BoardFilter::default()
    };
    let world = desk.world();
    let stages: Vec<_> = world.state.tables.stages.iter().map(|s| s.id).collect();
    let view = |stage| world.board.view(&world.state, stage, &filter).deals.len();
    stages.into_iter().map(view).sum()
}

#[test]
fn fields_stand_in_their_order_and_names_are_told_apart() {
    let mut desk = Desk::new();
    let a = of_deals(&mut desk, FieldKind::Text, " Region ");
    of_deals(&mut desk, FieldKind::Date, "Go-live");
    let c = of_deals(&mut desk, FieldKind::Number, "Seats");
    add(&mut desk, FieldHome::Contact, FieldKind::Text, "Region");
    assert_eq!(
        names(&desk, FieldHome::Deal),
        ["Region", "Go-live", "Seats"]
    );
    assert_eq!(names(&desk, FieldHome::Contact), ["Region"]);
    let again = FieldDraft::new(FieldHome::Deal, FieldKind::Text, "rEGION");
    assert_eq!(
        refused(&mut desk, FieldCommand::Add(again)),
        "There is a field “Region” already."
    );
    let unnamed = FieldDraft::new(FieldHome::Deal, FieldKind::Text, "  ");
    assert_eq!(
        refused(&mut desk, FieldCommand::Add(unnamed)),
        "A field needs a name."
    );
    let bare = FieldDraft::new(FieldHome::Deal, FieldKind::Choice, "Size");
    assert_eq!(
        refused(&mut desk, FieldCommand::Add(bare)),
        "Give at least one option to choose from."
    );
    run(&mut desk, FieldCommand::Reorder { field: c, index: 0 });
    assert_eq!(
        names(&desk, FieldHome::Deal),
        ["Seats", "Region", "Go-live"]
    );
    run(&mut desk, FieldCommand::Reorder { field: c, index: 9 });
    assert_eq!(
        names(&desk, FieldHome::Deal),
        ["Region", "Go-live", "Seats"]
    );
    let rename = FieldEdit {
        name: Some("Area".into()),
        ..FieldEdit::default()
    };
    run(
        &mut desk,
        FieldCommand::Edit {
            field: a,
            edit: rename,
        },
    );
    desk.undo();
    desk.undo();
    assert_eq!(
        names(&desk, FieldHome::Deal),
        ["Seats", "Region", "Go-live"]
    );
}

#[test]
fn a_form_fills_in_fields_of_every_kind() {
    let mut desk = Desk::new();
    let kinds = FieldKind::ALL;
    let all: Vec<FieldId> = kinds
        .iter()
        .map(|k| of_deals(&mut desk, *k, k.label()))
        .collect();
    let typed = |text: &str| CustomDraft {
        text: text.into(),
        ..CustomDraft::default()
    };
    let mut form = DealForm::blank(desk.world(), None, None);
    form.title = "Crane".into();
    let drafts = [
        typed("a line"),
        typed("some\nlines"),
        typed("1,234.5"),
        CustomDraft {
            currency: "USD".into(),
            ..typed("99.90")
        },
        typed("2027-02-28"),
        typed("no"),
        typed("South"),
        CustomDraft {
            chosen: vec!["South".into(), "North".into()],
            ..CustomDraft::default()
        },
        typed("example.com/x"),
    ];
    form.custom = all.iter().copied().zip(drafts).collect();
    let deal = DealId(desk.run(form.command(desk.world()).unwrap()).unwrap().id);
    let usd = Currency::parse("USD").unwrap();
    let date = chrono::NaiveDate::from_ymd_opt(2027, 2, 28).unwrap();
    let wanted = [
        CustomValue::Text("a line".into()),
        CustomValue::Text("some\nlines".into()),
        CustomValue::Number(Decimal(1_234_500_000)),
        CustomValue::Money(Money::new(9_990, usd)),
        CustomValue::Date(date),
        CustomValue::Flag(false),
        CustomValue::Text("South".into()),
        CustomValue::List(vec!["North".into(), "South".into()]),
        CustomValue::Text("https://example.com/x".into()),
    ];
    for (field, value) in all.iter().zip(wanted) {
        assert_eq!(held(&desk, deal, *field), Some(value));
    }
    // Opened and saved again nothing changes; one emptied is empty, and comes back.
    let form = DealForm::from_deal(desk.world(), deal).unwrap();
    let same = form.command(desk.world()).unwrap();
    assert_eq!(desk.refused(same), Refusal::Nothing);
    let mut emptied = form.clone();
    emptied.custom.insert(all[0], CustomDraft::default());
    desk.run(emptied.command(desk.world()).unwrap());
    assert_eq!(held(&desk, deal, all[0]), None);
    desk.undo();
    assert_eq!(held(&desk, deal, all[0]), text("a line"));
    // All of it is there after a reload.
    assert_eq!(desk.reopened(5).shown(), desk.shown());
}

#[test]
fn what_does_not_fit_is_said_at_its_field() {
    let mut desk = Desk::new();
    let number = of_deals(&mut desk, FieldKind::Number, "Seats");
    let link = of_deals(&mut desk, FieldKind::Link, "Site");
    let mut form = DealForm::blank(desk.world(), None, None);
    form.title = "Crane".into();
    for (field, text) in [(number, "many"), (link, "javascript:alert(1)")] {
        form.custom.insert(
            field,
            CustomDraft {
                text: text.into(),
                ..CustomDraft::default()
            },
        );
    }
    let errors = form.submit(desk.world()).unwrap_err();
    let keys: Vec<&str> = errors.iter().map(|e| &*e.field).collect();
    assert_eq!(keys, [format!("custom.{number}"), format!("custom.{link}")]);
    let deal = desk.add("Crane", "Proposal");
    let wrong = [
        (
            set(deal, number, text("many")),
            "Seats: This takes a number.",
        ),
        (
            set(deal, link, text("x")),
            "Site: “x” is not a link. Write it like https://example.com or mailto:name@example.com.",
        ),
        (
            set(deal, FieldId(5), text("x")),
            "The field is no longer there. It may have been removed in another tab.",
        ),
        (
            set(OrgId(5), number, None),
            "The organisation is no longer there. It may have been removed in another tab.",
        ),
    ];
    for (command, sentence) in wrong {
        assert_eq!(refused(&mut desk, command), sentence);
    }
}

#[test]
fn a_kind_stays_once_there_are_values() {
    let mut desk = Desk::new();
    let field = of_deals(&mut desk, FieldKind::Text, "Notes");
    let to = |kind| FieldCommand::Edit {
        field,
        edit: FieldEdit {
            kind: Some(kind),
            ..FieldEdit::default()
        },
    };
    run(&mut desk, to(FieldKind::Number));
    run(&mut desk, to(FieldKind::Text));
    let deal = desk.add("Crane", "Proposal");
    run(&mut desk, set(deal, field, text("a")));
    assert!(refused(&mut desk, to(FieldKind::Number)).starts_with("There are values already."));
    run(&mut desk, to(FieldKind::LongText));
    assert!(refused(&mut desk, to(FieldKind::Text)).starts_with("There are values already."));
    // Also those of removed deals count: they may be brought back.
    desk.run(Command::Delete(vec![deal.into()]));
    assert!(refused(&mut desk, to(FieldKind::Text)).starts_with("There are values already."));
}

#[test]
fn a_renamed_option_is_renamed_wherever_it_is_held_in_one_change() {
    let mut desk = Desk::new();
    let one = of_deals(&mut desk, FieldKind::Choice, "Region");
    let many = of_deals(&mut desk, FieldKind::Choices, "Regions");
    let [a, b] = ["A", "B"].map(|title| desk.add(title, "Proposal"));
    let list = |all: &[&str]| {
        let all = all.iter().map(|s| String::from(*s)).collect();
        Some(CustomValue::List(all))
    };
    run(&mut desk, set(a, one, text("north")));
    run(&mut desk, set(b, one, text("South")));
    run(&mut desk, set(b, many, list(&["North", "South"])));
    let rename = |field, to: &str| FieldCommand::RenameOption {
        field,
        from: "North".into(),
        to: to.into(),
    };
    let before = desk.log.len();
    run(&mut desk, rename(one, " Norden "));
    run(&mut desk, rename(many, "Norden"));
    assert_eq!(desk.log.len(), before + 2);
    assert_eq!(held(&desk, a, one), text("Norden"));
    assert_eq!(held(&desk, b, one), text("South"));
    assert_eq!(held(&desk, b, many), list(&["Norden", "South"]));
    assert_eq!(
        refused(&mut desk, rename(one, "x")),
        "The option is no longer there. It may have been removed in another tab."
    );
    desk.undo();
    assert_eq!(held(&desk, b, many), list(&["North", "South"]));
    assert_eq!(
        refused(&mut desk, rename(many, "south")),
        "“South” is there twice."
    );
    // An option that is gone may stay where it is, but is not given again.
    let fewer = FieldEdit {
        options: Some(vec!["South".into()]),
        ..FieldEdit::default()
    };
    run(
        &mut desk,
        FieldCommand::Edit {
            field: one,
            edit: fewer,
        },
    );
    let form = DealForm::from_deal(desk.world(), a).unwrap();
    assert!(form.submit(desk.world()).is_ok());
    assert_eq!(
        refused(&mut desk, set(b, one, text("Norden"))),
        "Region: “Norden” is not one of the options."
    );
    assert_eq!(
        fields::option_counts(
            desk.state(),
            fields::named(desk.state(), FieldHome::Deal, "Region").unwrap()
        ),
        [("Norden".to_owned(), 1), ("South".to_owned(), 1)].into()
    );
}

#[test]
fn a_deleted_field_is_hidden_and_comes_back_with_its_values() {
    let mut desk = Desk::new();
    let field = of_deals(&mut desk, FieldKind::Text, "Region");
    let deal = desk.add("Crane", "Proposal");
    run(&mut desk, set(deal, field, text("Lofoten")));
    assert_eq!(found(&mut desk, "lofot"), 1);
    run(&mut desk, FieldCommand::Delete(field));
    assert!(names(&desk, FieldHome::Deal).is_empty());
    assert_eq!(found(&mut desk, "lofot"), 0);
    assert!(
        DealForm::from_deal(desk.world(), deal)
            .unwrap()
            .custom
            .is_empty()
    );
    // The deal can still be changed; its name is free again.
    let form = DealForm::from_deal(desk.world(), deal).unwrap();
    let form = DealForm {
        title: "Crane 2".into(),
        ..form
    };
    desk.run(form.command(desk.world()).unwrap());
    desk.undo();
    desk.undo();
    assert_eq!(held(&desk, deal, field), text("Lofoten"));
    assert_eq!(found(&mut desk, "lofot"), 1);
    run(&mut desk, set(deal, field, text("Tromsø")));
    assert_eq!(
        (found(&mut desk, "lofot"), found(&mut desk, "tromsø")),
        (0, 1)
    );
}

#[test]
fn organisations_and_contacts_have_fields_too() {
    let mut desk = Desk::new();
    let field = add(
        &mut desk,
        FieldHome::Organisation,
        FieldKind::Choice,
        "Tier",
    );
    let deal = desk.save(DealDraft {
        title: "Crane".into(),
        organisation: Some(OrNew::New("Orchard Bank".into())),
        ..DealDraft::new(desk.stage("Proposal"))
    });
    let org = desk.deal(deal).organisation.unwrap();
    run(&mut desk, set(org, field, text("south")));
    let value = |desk: &Desk| fields::value(desk.state(), org.into(), field).cloned();
    assert_eq!(value(&desk), text("South"));
    desk.run(Command::EditRecord(vec![
        fairlead::domain::change::Edit::Organisation(org, OrgField::Custom(field, text("NORTH"))),
    ]));
    assert_eq!(value(&desk), text("North"));
    let wrong =
        fairlead::domain::change::Edit::Organisation(org, OrgField::Custom(field, text("x")));
    desk.refused(Command::EditRecord(vec![wrong]));
    assert_eq!(
        refused(&mut desk, set(deal, field, text("North"))),
        "The field Tier belongs to organisations."
    );
}

#[test]
fn two_people_fill_in_different_fields_of_one_deal() {
    let mut here = Desk::new();
    let region = of_deals(&mut here, FieldKind::Text, "Region");
    let seats = of_deals(&mut here, FieldKind::Number, "Seats");
    let deal = here.add("Crane", "Proposal");
    let mut there = here.reopened(7);
    run(&mut here, set(deal, region, text("North")));
    there.now += 5_000;
    let number = Some(CustomValue::Number(Decimal::whole(40)));
    run(&mut there, set(deal, seats, number.clone()));
    here.catch_up(&there);
    there.catch_up(&here);
    for desk in [&here, &there] {
        assert_eq!(held(desk, deal, region), text("North"));
        assert_eq!(held(desk, deal, seats), number);
    }
    assert_eq!(here.state(), there.state());
}
