//! Choices a person makes, and what they come to.

use super::*;
use fairlead::app::import::{
    Again, Domain, Holds, Missing, PipelineTo, StageKey, StageTo, Stood, Target, Unit, preview,
};
use fairlead::codec::csv::DateOrder;
use fairlead::domain::stage::StageKind;

const FILE: &str = "Id,Title,Stage,Value,Owner,Close date\n\
    1,One,Won,10,Ann,2025-02-01\n\
    2,Two,Demo done,20,Bob,\n\
    3,Three,Dead,30,Ann,2025-03-01\n\
    4,Four,Proposal,40,,\n";

fn stage(session: &Session, name: &str) -> fairlead::domain::ids::StageId {
    session
        .world()
        .state
        .tables
        .stages
        .iter()
        .find(|s| s.name == name)
        .unwrap()
        .id
}

#[test]
fn stages_lead_where_the_person_says() {
    let mut session = begun();
    let mut plan = plan_of(&session, &[("deals.csv", FILE)]);
    let negotiation = stage(&session, "Negotiation");
    let key = |name| StageKey::new("", name);
    plan.stages.insert(
        key("Won"),
        StageTo::Closed {
            status: Status::Won,
            stood: Stood::Here(negotiation),
        },
    );
    plan.stages.insert(
        key("Demo done"),
        StageTo::Here(stage(&session, "Qualification")),
    );
    plan.stages.insert(
        key("Dead"),
        StageTo::Closed {
            status: Status::Lost,
            stood: Stood::Like(key("Demo done")),
        },
    );
    plan.stages.insert(key("Proposal"), StageTo::Leave);
    let report = bring(&mut session, &plan);
    assert_eq!(report.new_stages, [""; 0]);
    assert_eq!(standing(&session, "Qualification", Status::Open), 1);
    assert_eq!(standing(&session, "Qualification", Status::Lost), 1);
    assert_eq!(standing(&session, "Post-Sales", Status::Won), 1);
    assert_eq!(count_deals(&session), 3);
    assert_eq!(report.tally(Holds::Deals).skipped, 1);
    let left = &group(&report, "Stage not to be imported").items[0];
    assert_eq!(
        (left.line, left.value.as_str(), left.what.severity()),
        (Some(5), "Proposal", Severity::Error)
    );
}

#[test]
fn a_new_stage_finds_its_place_and_a_lost_one_stood_furthest() {
    let mut session = begun();
    let report = import(&mut session, &[("deals.csv", FILE)]);
    // “Dead” is a word for lost; the furthest stage named is Proposal.
    assert_eq!(report.new_stages, ["Demo done"]);
    let state = &session.world().state;
    let names: Vec<&str> = state
        .stages(state.pipelines()[0].id)
        .iter()
        .map(|s| s.name.as_str())
        .collect();
    assert_eq!(names[2..5], ["Needs Analysis", "Demo done", "Proposal"]);
    assert_eq!(standing(&session, "Proposal", Status::Lost), 1);
}

#[test]
fn a_pipeline_column_leads_to_pipelines() {
    let mut session = begun();
    let csv = "Title,Pipeline,Stage,Status\nA,Sales,Proposal,open\nB,Partners,Signed,won\nC,Partners,Pitch,open\n";
    let plan = plan_of(&session, &[("deals.csv", csv)]);
    bring(&mut session, &plan);
    let state = &session.world().state;
    let names: Vec<&str> = state.pipelines().iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["Sales", "Partners"]);
    let partners = state.pipelines()[1].id;
    let stages: Vec<(&str, StageKind)> = state
        .stages(partners)
        .iter()
        .map(|s| (s.name.as_str(), s.kind))
        .collect();
    // All deals of “Signed” are won, so it is a won stage and no other is needed.
    assert_eq!(
        stages,
        [("Pitch", StageKind::Open), ("Signed", StageKind::Won)]
    );
    session.undo(moment());
    assert_eq!(session.world().state.pipelines().len(), 1);
    // Or all into one.
    let mut plan = plan;
    let sales = session.world().state.pipelines()[0].id;
    plan.pipelines
        .insert("partners".into(), PipelineTo::Here(sales));
    bring(&mut session, &plan);
    assert_eq!(session.world().state.pipelines().len(), 1);
    assert_eq!(count_deals(&session), 3);
}

#[test]
fn names_that_are_missing_are_made_or_reported() {
    let mut session = begun();
    let mut plan = plan_of(&session, &[("deals.csv", FILE)]);
    plan.missing.insert(Domain::Person, Missing::LeaveEmpty);
    let report = bring(&mut session, &plan);
    assert_eq!(session.world().state.tables.people.iter().count(), 0);
    assert_eq!(
        group(&report, "Team member: not found; left empty").count,
        3
    );
    session.undo(moment());
    plan.missing.clear();
    let report = bring(&mut session, &plan);
    assert_eq!(report.tally(Holds::People).mentioned, 2);
    assert_eq!(group(&report, "Team member: not listed; made new").count, 2);
}

#[test]
fn a_deal_that_is_here_is_updated_left_or_doubled_as_chosen() {
    let mut session = begun();
    import(&mut session, &[("deals.csv", FILE)]);
    let changed = FILE.replace("Two,Demo done,20", "Two,Negotiation,25");
    let mut plan = plan_of(&session, &[("deals.csv", &changed)]);
    assert_eq!(survey(&plan, &session.world().state).here_already, 4);
    plan.again = Again::Leave;
    assert!(prepare(&session, &plan, 10).edits.is_empty());
    plan.again = Again::Update;
    let report = bring(&mut session, &plan);
    let tally = report.tally(Holds::Deals);
    assert_eq!((tally.created, tally.updated, tally.unchanged), (0, 1, 3));
    assert_eq!(deal(&session, "Two").value.unwrap().minor, 2_500);
    assert_eq!(standing(&session, "Negotiation", Status::Open), 1);
    assert_eq!(
        way(&session, deal(&session, "Two")).len(),
        2,
        "the way there is kept"
    );
    plan.again = Again::Add;
    bring(&mut session, &plan);
    assert_eq!(count_deals(&session), 8);
}

#[test]
fn blank_cells_do_not_wipe_what_is_here() {
    let mut session = begun();
    import(&mut session, &[("deals.csv", FILE)]);
    let blank = "Id,Title,Stage,Value,Owner,Close date\n1,,Won,,,\n";
    let again = prepare(&session, &plan_of(&session, &[("deals.csv", blank)]), 10);
    assert!(again.edits.is_empty());
}

#[test]
fn an_id_that_comes_twice_counts_once() {
    let mut session = begun();
    let csv = "Id,Title,Stage\n7,A,Proposal\n8,B,Proposal\n7,C,Proposal\n";
    let report = import(&mut session, &[("deals.csv", csv)]);
    let twice = &group(&report, "The id was there before").items[0];
    assert_eq!((twice.line, twice.value.as_str()), (Some(4), "7"));
    assert_eq!(
        twice.what.to_string(),
        "The same id stands in line 2 already; this row was not imported."
    );
    assert_eq!(count_deals(&session), 2);
}

#[test]
fn orders_units_and_currencies_can_be_changed() {
    let mut session = begun();
    let csv = "Title,Stage,Value,Expected close\nA,Proposal,1.5,03/04/2026\nB,Proposal,€2,05/06/2026\nC,Proposal,$3,07/08/2026\n";
    let mut plan = plan_of(&session, &[("deals.csv", csv)]);
    assert!(
        plan.files[0].columns[3].doubt.is_some(),
        "both orders are possible"
    );
    plan.files[0].columns[3].dates = DateOrder::MonthFirst;
    plan.files[0].columns[2].unit = Unit::Thousand;
    plan.files[0].currency = Currency::parse("CAD").unwrap();
    bring(&mut session, &plan);
    let value = |title| {
        let money = deal(&session, title).value.unwrap();
        (money.minor, money.currency.to_string())
    };
    assert_eq!(value("A"), (150_000, "CAD".into()));
    assert_eq!(value("B"), (200_000, "EUR".into()));
    assert_eq!(
        value("C"),
        (300_000, "CAD".into()),
        "a Canadian file’s dollar is Canadian"
    );
    assert_eq!(deal(&session, "A").close, Some(day("2026-03-04")));
}

#[test]
fn a_column_can_be_left_out_and_the_preview_shows_it() {
    let session = begun();
    let mut plan = plan_of(&session, &[("deals.csv", FILE)]);
    plan.set_target(0, 3, None);
    let rows = preview::rows(&plan, 0, &setting(), 2);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].line, 2);
    assert_eq!(rows[0].cells[3], ("10".into(), preview::Meaning::Ignored));
    assert_eq!(
        rows[0].cells[5].1,
        preview::Meaning::Date(day("2025-02-01"))
    );
    assert_eq!(rows[1].cells[5].1, preview::Meaning::Blank);
    plan.set_target(0, 1, Some(Target::CloseDate));
    let bad = &preview::rows(&plan, 0, &setting(), 1)[0].cells[1].1;
    assert!(
        matches!(bad, preview::Meaning::Bad(why) if why.contains("“One” is not a date")),
        "{bad:?}"
    );
}
