//! Files that are wrong in one way or another: one clear sentence, and nothing happens.

use super::*;
use fairlead::app::import::source::{Choices, Opening, read};
use fairlead::app::import::{Holds, Target};

fn blockers(text: &str) -> Vec<String> {
    let plan = plan_of(&begun(), &[("x.csv", text)]);
    plan.blockers().into_iter().map(|b| b.message).collect()
}

fn refusal(bytes: &[u8]) -> String {
    read("x.csv", bytes.to_vec()).unwrap_err().to_string()
}

#[test]
fn what_is_no_table_is_refused_by_name() {
    assert_eq!(refusal(b""), "The file is empty.");
    assert_eq!(
        refusal(b"PK\x03\x04xl/workbook.xml"),
        refusal(b"PK\x03\x04xl/workbook.xml")
    );
    assert!(refusal(b"%PDF-1.7").starts_with("This is a PDF."));
    assert!(refusal(b"{\"format\":\"fairlead\"}").contains("import it as a Fairlead file"));
    assert!(refusal(b"<!doctype html><html></html>").starts_with("This is a web page"));
}

#[test]
fn headings_alone_are_not_enough() {
    assert_eq!(
        blockers("Title,Stage,Value\n"),
        ["x.csv has headings but no rows."]
    );
}

#[test]
fn unknown_columns_ask_what_the_file_holds() {
    assert_eq!(
        blockers("foo,bar\n1,2\n"),
        ["The columns of x.csv are not known. Choose what the file holds."]
    );
}

#[test]
fn a_missing_column_is_named() {
    let session = begun();
    let mut plan = plan_of(
        &session,
        &[("x.csv", "Stage,Value,Close date\nWon,5,2025-01-01\n")],
    );
    assert_eq!(plan.files[0].holds, Holds::Deals);
    let message = &plan.blockers()[0].message;
    assert_eq!(
        message,
        "x.csv: no column is the title, the organisation, the product or the id of a deal. Choose it under Mapping, or do not import this file."
    );
    plan.set_target(0, 0, Some(Target::Title));
    assert_eq!(plan.blockers(), []);
}

#[test]
fn two_columns_of_one_meaning_are_a_question() {
    let session = begun();
    // By itself the second column is left out, and that is shown.
    let mut plan = plan_of(
        &session,
        &[("x.csv", "Title,Stage,Deal stage\nA,Proposal,Won\n")],
    );
    assert_eq!(plan.files[0].columns[2].target, None);
    assert_eq!(plan.blockers(), []);
    plan.set_target(0, 2, Some(Target::Stage));
    let message = &plan.blockers()[0].message;
    assert_eq!(
        message,
        "x.csv: “Stage” (column 2) and “Deal stage” (column 3) are both “Stage”. Choose one of them."
    );
}

#[test]
fn latin_1_is_read_and_said() {
    let mut session = begun();
    let bytes = b"Title,Organisation,Stage\nTr\xe4ume,M\xfcller,Proposal\n";
    let source = read("latin.csv", bytes.to_vec()).unwrap();
    let plan = Plan::new(vec![source], &session.world().state);
    let report = bring(&mut session, &plan);
    assert_eq!(deal(&session, "Träume").outcome.status(), Status::Open);
    let note = &group(&report, "Odd lines in the file").items[0];
    assert_eq!(note.line, Some(2));
    assert!(
        note.what.to_string().contains("is not UTF-8"),
        "{}",
        note.what
    );
}

#[test]
fn a_wrong_separator_is_noticed_and_a_right_one_found() {
    let text = b"Title;Stage;Value\nOne;Proposal;1.234,50\nTwo;Proposal;99,00\n";
    let wrong = Choices {
        delimiter: Some(b','),
        ..Choices::default()
    };
    let source = Opening::begin("x.csv", text.to_vec(), wrong)
        .unwrap()
        .finish()
        .unwrap();
    assert!(
        source.notes[0]
            .to_string()
            .contains("the semicolon gives 3 columns"),
        "{}",
        source.notes[0]
    );
    let plan = Plan::new(vec![source], &begun().world().state);
    assert!(plan.blockers()[0].message.contains("one column only"));
    let mut session = begun();
    let report = import(
        &mut session,
        &[("x.csv", std::str::from_utf8(text).unwrap())],
    );
    assert_eq!(report.tally(Holds::Deals).created, 2);
    assert_eq!(deal(&session, "One").value.unwrap().minor, 123_450);
}

#[test]
fn cells_that_cannot_be_read_are_left_empty_and_named() {
    let mut session = begun();
    let csv = "Title,Stage,Value,Close date,Probability\n\
        A,Proposal,lots,2025-13-45,40\n\
        B,Proposal,-5,2026-05-01,140\n\
        C,Proposal,12.3456,2026-05-01,\n\
        ,Proposal,1,2026-05-01,20\n";
    let report = import(&mut session, &[("x.csv", csv)]);
    assert_eq!(count_deals(&session), 4);
    let at = |headline: &str| {
        let problem = &group(&report, headline).items[0];
        (
            problem.line.unwrap(),
            problem.column.unwrap(),
            problem.value.clone(),
        )
    };
    assert_eq!(
        at("Value: cannot be read; left empty"),
        (2, 2, "lots".into())
    );
    let date = "Close date (expected, or real once closed): cannot be read; left empty";
    assert_eq!(at(date), (2, 3, "2025-13-45".into()));
    assert_eq!(at("Value: out of range; left empty"), (3, 2, "-5".into()));
    assert_eq!(
        at("Own probability: cannot be read; left empty"),
        (3, 4, "140".into())
    );
    assert_eq!(at("Amount rounded"), (4, 2, "12.3456".into()));
    assert_eq!(at("No title"), (5, 0, String::new()));
    assert_eq!(deal(&session, "A").value, None);
    assert_eq!(deal(&session, "C").value.unwrap().minor, 1_235);
    assert_eq!(
        deal(&session, "Deal of line 5").close,
        Some(day("2026-05-01"))
    );
}

#[test]
fn ragged_rows_and_open_quotes_are_said_and_kept() {
    let mut session = begun();
    let csv = "Title,Stage,Value\nA,Proposal\n\"B,Proposal,5\nC,Proposal,6\n";
    let report = import(&mut session, &[("x.csv", csv)]);
    let odd = report
        .groups
        .iter()
        .filter(|g| g.headline == "Odd lines in the file");
    let said: Vec<_> = odd
        .flat_map(|g| &g.items)
        .map(|p| (p.line, p.what.to_string()))
        .collect();
    assert!(
        said.iter()
            .any(|(line, text)| *line == Some(2) && text.contains("2 found")),
        "{said:?}"
    );
    assert!(
        said.iter()
            .any(|(line, text)| *line == Some(3) && text.contains("never closed")),
        "{said:?}"
    );
    assert_eq!(deal(&session, "C").value.unwrap().minor, 600);
    assert_eq!(deal(&session, "A").value, None);
}

#[test]
fn an_import_that_is_dropped_has_done_nothing() {
    let session = begun();
    let before = session.world().state.clone();
    let made = lookalike::generate(lookalike::Shape {
        deals: 300,
        ..lookalike::Shape::default()
    });
    let plan = plan_of(&session, &made.files());
    let survey = survey(&plan, &before);
    let mut importer = Importer::new(&plan, &survey, &before, setting());
    assert!(!importer.step(&before, 100).finished);
    drop(importer);
    assert_eq!(session.world().state, before);
}
