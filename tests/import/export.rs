//! Deals out as a table and in again.

use super::*;
use fairlead::app::export_csv::{DealsCsv, HEADINGS};
use fairlead::app::import::Holds;
use fairlead::app::sample::sample;
use fairlead::codec::csv::WriteStyle;
use fairlead::domain::change::{Intent, IntentKind};

pub fn export(session: &Session, rows: usize) -> String {
    let state = &session.world().state;
    let mut table = DealsCsv::new(state, WriteStyle::default());
    let mut text = String::new();
    while let Some(chunk) = table.next_chunk(state, rows) {
        text.push_str(&chunk);
    }
    text
}

fn with_sample() -> Session {
    let mut session = empty();
    let edits = sample(5, moment(), Currency::EUR);
    let intent = Intent::new(IntentKind::LoadSample, "Loaded the sample");
    session
        .command(Command::Bring { intent, edits }, moment())
        .unwrap();
    session
}

#[test]
fn every_heading_is_known_by_itself() {
    let session = begun();
    let line = HEADINGS.join(",");
    let row = vec!["x"; HEADINGS.len()].join(",");
    let plan = plan_of(&session, &[("deals.csv", &format!("{line}\n{row}\n"))]);
    assert_eq!(plan.files[0].holds, Holds::Deals);
    for (column, heading) in plan.files[0].columns.iter().zip(HEADINGS) {
        assert!(column.target.is_some(), "{heading}");
    }
}

#[test]
fn the_table_reads_back_as_the_same_deals_in_another_browser() {
    for session in [with_sample(), {
        let mut session = begun();
        let made = lookalike::generate(lookalike::Shape {
            deals: 400,
            ..lookalike::Shape::default()
        });
        import(&mut session, &made.files());
        session
    }] {
        let text = export(&session, 50);
        let mut other = begun();
        let report = import(&mut other, &[("fairlead-deals.csv", &text)]);
        assert_eq!(report.count(Severity::Error), 0, "{:?}", headlines(&report));
        let unread: Vec<_> = headlines(&report)
            .into_iter()
            .filter(|(_, h, _)| h.contains("cannot be read"))
            .collect();
        assert_eq!(unread, []);
        assert_eq!(count_deals(&other), count_deals(&session));
        let (theirs, ours) = (export(&other, 7), text.clone());
        for (a, b) in theirs.lines().zip(ours.lines()) {
            assert_eq!(a, b);
        }
        assert_eq!(theirs.len(), ours.len());
        // And at home nothing changes.
        let home = prepare(
            &session,
            &plan_of(&session, &[("fairlead-deals.csv", &text)]),
            100,
        );
        assert!(home.edits.is_empty());
    }
}

#[test]
fn formulas_are_disarmed_on_the_way_out_and_whole_on_the_way_in() {
    let mut session = begun();
    let csv =
        "Title,Organisation,Stage,Tags\n\"=HYPERLINK(\"\"x\"\")\",+Plus,Proposal,\"a, b; c\"\n";
    import(&mut session, &[("deals.csv", csv)]);
    let text = export(&session, 10);
    assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{text}");
    let mut other = begun();
    import(&mut other, &[("deals.csv", &text)]);
    assert_eq!(deal(&other, "=HYPERLINK(\"x\")").tags, ["a, b", "c"]);
}

#[test]
fn an_empty_board_is_a_table_of_headings() {
    let text = export(&begun(), 10);
    assert_eq!(text.lines().count(), 1);
    assert!(text.starts_with("\u{feff}Fairlead ID,External ID,Title,"));
}
