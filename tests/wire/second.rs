//! Version 2, read and written.

use super::history as h;
use super::later::{self as l, story};
use super::names::{Words, vocabulary};
use super::{EXPORTED, V1, V2, assert_same, read, state_of};
use fairlead::codec::{export, migrate, wire};
use fairlead::domain::change::{Edit, IntentKind, Kind, Tables};
use fairlead::domain::custom::{CustomValue, Decimal};
use fairlead::domain::deal::DealField;
use fairlead::domain::gate::Check;
use fairlead::domain::ids::FieldId;
use fairlead::domain::value::Value;
use std::collections::BTreeSet;

#[test]
fn the_writer_writes_version_2_to_the_byte() {
    assert_eq!(wire::VERSION, 2);
    assert_same(&export::write(EXPORTED, &story()), &V2);
}

#[test]
fn the_file_is_read_and_written_again_to_the_byte() {
    let changes = read(&V2).unwrap();
    assert_eq!(changes, story());
    assert_same(&export::write(EXPORTED, &changes), &V2);
}

/// What version 1 told is written as version 2 with other numbers and the same words.
#[test]
fn a_file_of_version_1_is_written_as_version_2() {
    let written = export::write(EXPORTED, &read(V1).unwrap());
    let expected = V1
        .replacen(r#""version":1"#, r#""version":2"#, 1)
        .replace("\n{\"v\":1,", "\n{\"v\":2,");
    assert_same(&written, &expected);
    assert_eq!(read(&written), read(V1));
    // The story of version 2 begins with that of version 1.
    let common = V2
        .lines()
        .zip(expected.lines())
        .take_while(|(a, b)| a.trim_end_matches(',') == b.trim_end_matches(','));
    assert_eq!(common.count(), expected.lines().count() - 1);
}

#[test]
fn records_of_both_versions_can_be_in_one_file() {
    let [first, second] = [V1, &V2].map(|text| {
        let lines = text.lines().filter(|line| line.starts_with("{\"v\":"));
        lines
            .map(|line| line.trim_end_matches(','))
            .collect::<Vec<_>>()
    });
    let mixed = first.iter().chain(&second[first.len()..]).copied();
    assert_eq!(read(&export::lines(EXPORTED, mixed)), Ok(story()));
}

#[test]
fn each_record_of_version_1_brought_up_to_date_says_the_same() {
    for line in V1.lines().filter(|line| line.starts_with("{\"v\":")) {
        let record = line.trim_end_matches(',');
        let current = migrate::to_current(record, 1).unwrap();
        assert!(current.contains("\"v\":2"));
        assert_eq!(wire::decode(&current), wire::decode(record));
    }
}

#[test]
fn an_entry_is_named_with_its_key_and_removed_by_null() {
    let line = V2
        .lines()
        .find(|l| l.contains("Took a check back"))
        .unwrap();
    let expected = [
        r#"{"v":2,"at":"01a207fa1680-0000-000000000000000a","do":["qualify","Took a check back"],"by":"00000000000000e1","#,
        r#""set":[["deal:00000000000000d1","checks.0000000000000261",null,"custom.00000000000001f0","South"]],"#,
        r#""was":[["deal:00000000000000d1","checks.0000000000000261",{"evidence":"Said so by e-mail","on":"2026-11-24","by":"00000000000000e1"},"custom.00000000000001f0","North"]]},"#,
    ];
    assert_eq!(line, expected.concat());
}

#[test]
fn entries_come_back_one_by_one() {
    let state = state_of(&read(&V2).unwrap());
    let deal = state.tables.deals.get(h::DEAL).unwrap();
    let custom: Vec<(FieldId, CustomValue)> = deal
        .custom
        .iter()
        .map(|(id, value)| (id, value.clone()))
        .collect();
    assert_eq!(custom.len(), 7);
    assert_eq!(custom[0], (l::field(0), CustomValue::Text("North".into())));
    assert_eq!(
        custom[2],
        (l::field(2), CustomValue::Number(Decimal(-1_500_000)))
    );
    assert_eq!(deal.lines.len(), 4);
    // Taken back, and that taken back.
    let check = Check {
        evidence: "Said so by e-mail".into(),
        on: h::day(2026, 11, 24),
        by: Some(h::SELLER),
    };
    assert_eq!(deal.checks.get(l::CRITERION), Some(&check));
    let undo = &read(&V2).unwrap();
    let undo = undo
        .iter()
        .rfind(|c| c.intent.kind == IntentKind::Undo)
        .unwrap();
    let slots: Vec<_> = undo
        .edits
        .iter()
        .map(|e| (e.name(), e.slot().sub))
        .collect();
    assert_eq!(
        slots,
        [("checks", l::CRITERION.0), ("custom", l::field(0).0)]
    );
    assert!(matches!(
        &undo.before[0],
        Edit::Deal(_, DealField::Check(id, None)) if *id == l::CRITERION
    ));
}

#[test]
fn nothing_is_left_out_of_the_file() {
    let changes = read(&V2).unwrap();
    let blank = Tables::default();
    let mut missing: BTreeSet<String> = BTreeSet::new();
    for kind in Kind::ALL {
        for key in Tables::keys(*kind) {
            let name = Edit::name_of(*kind, key);
            missing.insert(format!("{} {name}", kind.code()));
        }
    }
    for edit in changes.iter().flat_map(|c| &c.edits) {
        if blank.present(edit.slot()) != *edit {
            missing.remove(&format!("{} {}", edit.entity().kind.code(), edit.name()));
        }
    }
    assert!(
        missing.is_empty(),
        "no value other than the default: {missing:?}"
    );
}

#[test]
fn every_word_is_in_the_file_where_it_belongs() {
    let mut told: BTreeSet<(String, String)> = BTreeSet::new();
    for change in read(&V2).unwrap() {
        told.insert(("do".to_owned(), change.intent.kind.code().to_owned()));
        for edit in &change.edits {
            let kind = edit.entity().kind.code();
            told.insert(("kind".to_owned(), kind.to_owned()));
            gather(format!("{kind}.{}", edit.name()), edit.value(), &mut told);
        }
    }
    for Words { name, at, words } in vocabulary() {
        for word in words {
            let place = (at.to_owned(), word.to_owned());
            assert!(told.contains(&place), "{name}: nowhere is {at} “{word}”");
        }
    }
}

/// The texts in a value, each with the path to it.
fn gather(path: String, value: Value, into: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Text(text) => {
            into.insert((path, text));
        }
        Value::List(parts) => {
            for part in parts {
                gather(path.clone(), part, into);
            }
        }
        Value::Map(parts) => {
            for (name, part) in parts {
                gather(format!("{path}.{name}"), part, into);
            }
        }
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Id(_) | Value::Date(_) => {}
    }
}
