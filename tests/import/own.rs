//! Columns that fill own fields, known and made on the way, and their way out again.

use super::export::export;
use super::*;
use fairlead::app::import::{Own, preview};
use fairlead::domain::command::fields::{FieldCommand, FieldDraft};
use fairlead::domain::custom::{CustomValue, Decimal, FieldHome, FieldKind};
use fairlead::domain::ids::FieldId;
use fairlead::domain::money::Money;
use fairlead::domain::query::fields;

/// Deals with a column for each kind of field.
const FILE: &str = "Id,Title,Stage,Region,Seats,Budget,Go-live,Signed,Modules,Site,Remarks\n\
    1,One,Proposal,North,\"1,200.5\",€ 10,2027-01-31,yes,a; b,example.com,\"two\nlines\"\n\
    2,Two,Proposal,South,3,€ 20.50,2027-02-28,no,b,https://b.example/x,\n\
    3,Three,Proposal,north,-7,,,,,,\n\
    4,Four,Proposal,South,,,,,,,\n\
    5,Five,Proposal,North,,,,,,,\n\
    6,Six,Proposal,North,,,,,,,\n\
    7,Seven,Proposal,South,,,,,,,\n\
    8,Eight,Proposal,South,,,,,,,\n";

fn add(session: &mut Session, kind: FieldKind, name: &str, options: &[&str]) -> FieldId {
    let draft = FieldDraft {
        options: options.iter().map(|o| String::from(*o)).collect(),
        ..FieldDraft::new(FieldHome::Deal, kind, name)
    };
    let command = Command::Fields(FieldCommand::Add(draft));
    FieldId(
        session
            .command(command, moment())
            .unwrap()
            .focus
            .unwrap()
            .id,
    )
}

fn held<'a>(session: &'a Session, title: &str, field: &str) -> Option<&'a CustomValue> {
    let state = &session.world().state;
    let field = fields::named(state, FieldHome::Deal, field).unwrap();
    deal(session, title).custom.get(field.id)
}

fn text(text: &str) -> CustomValue {
    CustomValue::Text(text.into())
}

fn defined(session: &Session) -> Vec<(&str, FieldKind)> {
    let all = fields::of_home(&session.world().state, FieldHome::Deal);
    all.into_iter().map(|f| (f.name.as_str(), f.kind)).collect()
}

#[test]
fn columns_that_mean_nothing_can_all_become_fields_in_the_same_change() {
    let mut session = begun();
    let mut plan = plan_of(&session, &[("deals.csv", FILE)]);
    assert!(plan.files[0].has_unread());
    plan.keep_others(0);
    assert!(!plan.files[0].has_unread());
    let report = bring(&mut session, &plan);
    assert_eq!(
        report.count(Severity::Warning),
        8,
        "{:?}",
        headlines(&report)
    );
    assert_eq!(
        report.new_fields,
        [
            "Region", "Seats", "Budget", "Go-live", "Signed", "Modules", "Site", "Remarks"
        ]
    );
    assert_eq!(
        defined(&session),
        [
            ("Region", FieldKind::Choice),
            ("Seats", FieldKind::Number),
            ("Budget", FieldKind::Money),
            ("Go-live", FieldKind::Date),
            ("Signed", FieldKind::YesNo),
            ("Modules", FieldKind::Text),
            ("Site", FieldKind::Text),
            ("Remarks", FieldKind::LongText),
        ]
    );
    let state = &session.world().state;
    let region = fields::named(state, FieldHome::Deal, "region").unwrap();
    assert_eq!(region.options, ["North", "South"]);
    assert_eq!(held(&session, "Three", "Region"), Some(&text("North")));
    assert_eq!(
        held(&session, "One", "Seats"),
        Some(&CustomValue::Number(Decimal(1_200_500_000)))
    );
    assert_eq!(
        held(&session, "Two", "Budget"),
        Some(&CustomValue::Money(Money::new(2_050, Currency::EUR)))
    );
    assert_eq!(
        held(&session, "One", "Go-live"),
        Some(&CustomValue::Date(day("2027-01-31")))
    );
    assert_eq!(
        held(&session, "Two", "Signed"),
        Some(&CustomValue::Flag(false))
    );
    assert_eq!(held(&session, "Four", "Seats"), None);
    // One undo takes the fields back with the deals.
    session.undo(moment());
    assert_eq!(defined(&session), []);
    assert_eq!(count_deals(&session), 0);
}

#[test]
fn a_heading_finds_the_field_of_its_name_and_new_options_are_added_and_noted() {
    let mut session = begun();
    let region = add(&mut session, FieldKind::Choice, "Region", &["South"]);
    let modules = add(&mut session, FieldKind::Choices, "Modules", &["a", "b"]);
    let plan = plan_of(&session, &[("deals.csv", FILE)]);
    let own = |name: &str| {
        let column = plan.files[0].columns.iter();
        let mut own = column.filter_map(|c| c.own.as_ref());
        own.find(|o| o.name == name).and_then(|o| o.field)
    };
    assert_eq!(
        (own("Region"), own("Modules")),
        (Some(region), Some(modules))
    );
    let report = bring(&mut session, &plan);
    let made = group(&report, "Not an option yet; added to the options");
    assert_eq!(
        (made.count, made.items[0].line, made.column),
        (1, Some(2), Some(3))
    );
    let state = &session.world().state;
    let options = &fields::named(state, FieldHome::Deal, "Region")
        .unwrap()
        .options;
    assert_eq!(options, &["South", "North"]);
    assert_eq!(
        held(&session, "One", "Modules"),
        Some(&CustomValue::List(vec!["a".into(), "b".into()]))
    );
    // The same file again changes nothing.
    let again = prepare(&session, &plan_of(&session, &[("deals.csv", FILE)]), 100);
    assert!(again.edits.is_empty());
}

#[test]
fn cells_that_do_not_fit_are_reported_by_row_and_column() {
    let mut session = begun();
    for (kind, name) in [
        (FieldKind::Number, "Seats"),
        (FieldKind::Date, "Go-live"),
        (FieldKind::YesNo, "Signed"),
        (FieldKind::Link, "Site"),
        (FieldKind::Money, "Budget"),
    ] {
        add(&mut session, kind, name, &[]);
    }
    let csv = "Id,Title,Stage,Seats,Go-live,Signed,Site,Budget\n\
        1,One,Proposal,many,someday,perhaps,javascript:alert(1),lots\n\
        2,Two,Proposal,1.23456789,1799-01-01,x,b@c.example,7 CHF\n";
    let report = import(&mut session, &[("deals.csv", csv)]);
    let bad: Vec<(Option<u32>, Option<usize>)> = report
        .groups
        .iter()
        .filter(|g| g.headline == "Cannot be read; left empty")
        .flat_map(|g| &g.items)
        .map(|p| (p.line, p.column))
        .collect();
    let at = |line, column| (Some(line), Some(column));
    assert_eq!(
        bad,
        [at(2, 3), at(2, 4), at(3, 4), at(2, 5), at(2, 6), at(2, 7)]
    );
    assert_eq!(group(&report, "Number rounded").count, 1);
    assert!(deal(&session, "One").custom.is_empty());
    assert_eq!(
        held(&session, "Two", "Site"),
        Some(&text("mailto:b@c.example"))
    );
    let chf = Currency::parse("CHF").unwrap();
    assert_eq!(
        held(&session, "Two", "Budget"),
        Some(&CustomValue::Money(Money::new(700, chf)))
    );
}

#[test]
fn what_cannot_be_is_said_before() {
    let mut session = begun();
    add(&mut session, FieldKind::Number, "Seats", &[]);
    let mut plan = plan_of(&session, &[("deals.csv", FILE)]);
    let new = |name: &str, kind| {
        Some(Own {
            field: None,
            name: name.into(),
            kind,
        })
    };
    let said = |plan: &Plan| {
        plan.blockers()
            .into_iter()
            .map(|b| b.message)
            .collect::<Vec<_>>()
    };
    plan.set_own(0, 3, new(" ", FieldKind::Text));
    assert_eq!(
        said(&plan),
        ["deals.csv: the new field of column 4 needs a name."]
    );
    plan.set_own(0, 3, new("Remarks", FieldKind::Text));
    plan.set_own(0, 10, new("remarks", FieldKind::Text));
    assert_eq!(
        said(&plan),
        [
            "deals.csv: “Region” (column 4) and “Remarks” (column 11) are both the field “remarks”. Choose one of them."
        ]
    );
    plan.set_own(0, 10, None);
    plan.set_own(0, 4, None);
    plan.set_own(0, 3, new("seats", FieldKind::Text));
    assert_eq!(
        said(&plan),
        [
            "deals.csv: there is a field “Seats” already, of the kind number. Choose it for column 4, or give the new one another name."
        ]
    );
    // The same kind means the field that is there.
    plan.set_own(0, 3, new("seats", FieldKind::Number));
    assert_eq!(said(&plan), [""; 0]);
    assert!(
        plan.files[0].columns[3]
            .own
            .as_ref()
            .unwrap()
            .field
            .is_some()
    );
    let rows = preview::rows(&plan, 0, &setting(), 1);
    assert!(matches!(rows[0].cells[3].1, preview::Meaning::Bad(_)));
}

#[test]
fn the_table_of_deals_brings_its_own_fields_along() {
    let mut session = begun();
    let mut plan = plan_of(&session, &[("deals.csv", FILE)]);
    plan.keep_others(0);
    bring(&mut session, &plan);
    // A name that means something built in is told apart by its prefix.
    let source = add(&mut session, FieldKind::Text, "Source", &[]);
    let id = deal(&session, "One").id;
    let set = FieldCommand::Set {
        record: id.into(),
        values: vec![(source, Some(text("=1+1, \"quoted\"")))],
    };
    session.command(Command::Fields(set), moment()).unwrap();
    let table = export(&session, 3);
    let heading = table.lines().next().unwrap();
    assert!(
        heading.ends_with(",Region,Seats,Budget,Go-live,Signed,Modules,Site,Remarks,Field: Source"),
        "{heading}"
    );
    // At home nothing changes.
    let home = plan_of(&session, &[("fairlead-deals.csv", &table)]);
    assert!(prepare(&session, &home, 100).edits.is_empty());
    // In another browser the fields are made.
    let mut other = begun();
    let report = import(&mut other, &[("fairlead-deals.csv", &table)]);
    assert_eq!(report.count(Severity::Error), 0);
    assert_eq!(report.new_fields.len(), 9);
    assert_eq!(
        held(&other, "One", "Source"),
        Some(&text("=1+1, \"quoted\""))
    );
    assert_eq!(export(&other, 100), table);
}

#[test]
fn organisations_and_contacts_have_own_columns_too() {
    let mut session = begun();
    let orgs =
        "Name,Industry,Employees,Tier\nOrchard Bank,Banking,5,gold\nSolar Mill,Energy,7,silver\n";
    let contacts = "Name,Job title,E-mail,Newsletter\nAda Park,CFO,ada@a.example,yes\n";
    let mut plan = plan_of(
        &session,
        &[("accounts.csv", orgs), ("contacts.csv", contacts)],
    );
    plan.keep_others(0);
    plan.keep_others(1);
    let report = bring(&mut session, &plan);
    assert_eq!(report.new_fields, ["Tier", "Newsletter"]);
    let t = &session.world().state.tables;
    let org = t
        .organisations
        .iter()
        .find(|o| o.name == "Solar Mill")
        .unwrap();
    assert_eq!(org.custom.iter().next().unwrap().1, &text("silver"));
    let contact = t.contacts.iter().next().unwrap();
    assert_eq!(
        contact.custom.iter().next().unwrap().1,
        &CustomValue::Flag(true)
    );
}
