//! All four files of the Maven set, or of its look-alike, at once.

use super::*;
use fairlead::app::import::{Domain, Holds, Unit};
use fairlead::domain::money::Money;
use std::io::Write as _;
use std::path::{Path, PathBuf};

type Files = Vec<(String, String)>;

/// What a right import must come to.
struct Known {
    won: usize,
    lost: usize,
    engaging: usize,
    prospecting: usize,
    won_value: i128,
    blank_accounts: usize,
    blank_engage_dates: usize,
    misspelt: (&'static str, &'static str),
    misspelt_rows: usize,
    subsidiaries: usize,
}

fn lookalike() -> (Files, Known) {
    let made = lookalike::generate(lookalike::Shape::default());
    let files = made
        .files()
        .map(|(name, text)| (name.to_owned(), text.to_owned()));
    let t = made.totals;
    let size = |n: u64| usize::try_from(n).unwrap();
    let known = Known {
        won: size(t.won),
        lost: size(t.lost),
        engaging: size(t.engaging),
        prospecting: size(t.prospecting),
        won_value: i128::from(t.won_value),
        blank_accounts: size(t.blank_accounts),
        blank_engage_dates: size(t.blank_engage_dates),
        misspelt: ("OrbitPro", "Orbit Pro"),
        misspelt_rows: size(t.misspelt_products),
        subsidiaries: size(t.subsidiaries),
    };
    (files.into(), known)
}

fn real() -> Option<(Files, Known)> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/maven");
    let folder = std::env::var_os("FAIRLEAD_MAVEN").map_or_else(beside, PathBuf::from);
    let names = [
        "sales_pipeline.csv",
        "accounts.csv",
        "sales_teams.csv",
        "products.csv",
    ];
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
    let files = names
        .iter()
        .map(|n| Some(((*n).to_owned(), read(n)?)))
        .collect::<Option<Files>>()?;
    let known = Known {
        won: 4_238,
        lost: 2_473,
        engaging: 1_589,
        prospecting: 500,
        won_value: 10_005_534,
        blank_accounts: 1_425,
        blank_engage_dates: 500,
        misspelt: ("GTXPro", "GTX Pro"),
        misspelt_rows: 1_480,
        subsidiaries: 15,
    };
    Some((files, known))
}

fn refs(files: &Files) -> Vec<(&str, &str)> {
    files
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_str()))
        .collect()
}

fn say(text: &str) {
    std::io::stderr()
        .write_all(format!("{text}\n").as_bytes())
        .unwrap();
}

/// Runs a journey on the look-alike, and on the real files where they are.
fn on_both(journey: impl Fn(&Files, &Known)) {
    let (files, known) = lookalike();
    journey(&files, &known);
    match real() {
        Some((files, known)) => {
            journey(&files, &known);
            say("import: the real Maven files were there and came in with their known totals.");
        }
        None => {
            say("import: the real Maven files are not at hand; only the look-alike was tested.")
        }
    }
}

#[test]
fn the_four_files_come_in_with_their_known_totals() {
    on_both(|files, known| {
        let mut session = begun();
        let report = import(&mut session, &refs(files));
        let deals = report.tally(Holds::Deals);
        assert_eq!(
            (deals.rows, deals.created, deals.skipped),
            (8_800, 8_800, 0)
        );
        assert_eq!(count_deals(&session), 8_800);
        assert_eq!(report.of_status(Status::Won).0, known.won);
        assert_eq!(report.of_status(Status::Lost).0, known.lost);
        let usd = Currency::parse("USD").unwrap();
        let minor = known.won_value * 100;
        assert_eq!(report.of_status(Status::Won).1.of(usd), minor);
        // The board itself, not only the report.
        assert_eq!(standing(&session, "Engaging", Status::Open), known.engaging);
        assert_eq!(
            standing(&session, "Prospecting", Status::Open),
            known.prospecting
        );
        assert_eq!(standing(&session, "Post-Sales", Status::Won), known.won);
        assert_eq!(standing(&session, "Engaging", Status::Lost), known.lost);
        assert_eq!(
            session.world().board.totals(Status::Won).value.of(usd),
            minor
        );
        assert_eq!(report.new_stages, ["Engaging"]);
        // What is dirty is said, with its place.
        assert_eq!(
            group(&report, "No organisation").count,
            known.blank_accounts
        );
        let no_date = group(&report, "No date for the stage; counted from now");
        assert_eq!(no_date.count, known.blank_engage_dates);
        assert_eq!(no_date.column, Some(5));
        assert!(
            no_date
                .items
                .iter()
                .all(|p| p.line.is_some_and(|l| (2..=8_801).contains(&l)))
        );
        assert_eq!(report.count(Severity::Error), 0);
        let slip = &group(&report, "Product: looks like another one").items[0];
        assert_eq!(slip.value, known.misspelt.0);
        let rows = fairlead::app::import::grouped(known.misspelt_rows);
        let sentence = format!(
            "Looks like “{}”; kept as written ({rows} cells).",
            known.misspelt.1
        );
        assert_eq!(slip.what.to_string(), sentence);
        let word = |headline: &str| group(&report, headline).items[0].value.clone();
        assert_eq!(word("Industry: looks like another one"), "technolgy");
        assert_eq!(word("Location: looks like another one"), "Philipines");
    });
}

#[test]
fn teams_accounts_and_products_are_joined_by_name() {
    on_both(|files, known| {
        let mut session = begun();
        let report = import(&mut session, &refs(files));
        let t = &session.world().state.tables;
        // 35 agents and the 6 managers, who are people too.
        assert_eq!(report.tally(Holds::People).created, 41);
        assert_eq!(report.tally(Holds::People).mentioned, 6);
        assert_eq!(t.people.iter().count(), 41);
        assert_eq!(t.people.iter().filter(|p| p.manager.is_some()).count(), 35);
        assert_eq!(t.organisations.iter().count(), 85);
        let parents = t
            .organisations
            .iter()
            .filter(|o| o.parent.is_some())
            .count();
        assert_eq!(parents, known.subsidiaries);
        // Seven of the catalogue and the one that is spelt otherwise.
        assert_eq!(t.products.iter().count(), 8);
        assert!(
            t.deals
                .iter()
                .all(|d| d.owner.is_some() && d.products.len() == 1)
        );
        assert_eq!(
            t.deals.iter().filter(|d| d.organisation.is_none()).count(),
            known.blank_accounts
        );
    });
}

#[test]
fn an_accepted_proposal_merges_the_slip() {
    on_both(|files, known| {
        let mut session = begun();
        let mut plan = plan_of(&session, &refs(files));
        let (slip, right) = known.misspelt;
        let key = (Domain::Product, fairlead::app::import::fold(slip));
        plan.replace.insert(key, right.to_owned());
        let report = bring(&mut session, &plan);
        assert_eq!(session.world().state.tables.products.iter().count(), 7);
        assert!(
            !headlines(&report)
                .iter()
                .any(|(_, h, _)| *h == "Product: looks like another one")
        );
        let deals = &session.world().state.tables.deals;
        assert!(deals.iter().all(|d| !d.title.starts_with(slip)));
    });
}

#[test]
fn importing_again_changes_nothing_and_undo_leaves_nothing() {
    on_both(|files, known| {
        let mut session = begun();
        let before = session.world().state.clone();
        import(&mut session, &refs(files));
        let again = prepare(&session, &plan_of(&session, &refs(files)), 1_000);
        assert!(again.edits.is_empty());
        for holds in [
            Holds::Deals,
            Holds::Organisations,
            Holds::People,
            Holds::Products,
        ] {
            let tally = again.report.tally(holds);
            assert_eq!((tally.created, tally.updated), (0, 0), "{holds:?}");
        }
        assert_eq!(again.report.tally(Holds::Deals).unchanged, 8_800);
        session.undo(moment());
        assert_eq!(count_deals(&session), 0);
        let alive = session.world().state.tables.alive();
        assert_eq!(alive.len(), before.tables.alive().len());
        assert_eq!(session.world().board.totals(Status::Won).count, 0);
        session.redo(moment());
        assert_eq!(session.world().board.totals(Status::Won).count, known.won);
    });
}

#[test]
fn into_nothing_at_all_the_workspace_comes_along_and_goes_with_undo() {
    let (files, _) = lookalike();
    let mut session = empty();
    let prepared = prepare(&session, &plan_of(&session, &refs(&files)), 10_000);
    assert_eq!(
        prepared.intent.text,
        "Imported 8,800 deals from sales_pipeline.csv and 3 more files"
    );
    session.command(prepared.command(), moment()).unwrap();
    let state = &session.world().state;
    let pipeline = state.pipelines()[0].id;
    let names: Vec<&str> = state
        .stages(pipeline)
        .iter()
        .map(|s| s.name.as_str())
        .collect();
    assert_eq!(names[..3], ["Prospecting", "Engaging", "Qualification"]);
    assert_eq!(count_deals(&session), 8_800);
    session.undo(moment());
    assert!(session.world().state.is_new());
}

#[test]
fn a_deal_has_its_way_its_dates_and_its_title() {
    let pipeline = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n\
        A1,Ann,GTX Pro,Isdom,Won,2016-10-25,2017-03-11,4514\n\
        A2,Ann,GTX Pro,,Lost,2016-11-01,2016-11-01,0\n\
        A3,Bob,MG Special,Isdom,Engaging,2016-12-24,,\n\
        A4,Bob,MG Special,Acme,Prospecting,,,\n";
    let mut session = begun();
    let report = import(&mut session, &[("sales_pipeline.csv", pipeline)]);
    let won = deal(&session, "GTX Pro for Isdom");
    assert_eq!(won.outcome.status(), Status::Won);
    assert_eq!(won.outcome.closure().unwrap().on, day("2017-03-11"));
    assert_eq!(
        won.value,
        Some(Money::new(451_400, Currency::parse("USD").unwrap()))
    );
    assert_eq!(won.created, noon("2016-10-25"));
    assert_eq!(won.close, None, "a real close is no expected one");
    let entered = vec![
        ("Engaging".to_owned(), noon("2016-10-25")),
        ("Post-Sales".to_owned(), noon("2017-03-11")),
    ];
    assert_eq!(way(&session, won), entered);
    let lost = deal(&session, "GTX Pro");
    assert_eq!(
        way(&session, lost),
        [("Engaging".to_owned(), noon("2016-11-01"))]
    );
    assert_eq!(lost.outcome.closure().unwrap().on, day("2016-11-01"));
    let engaging = deal(&session, "MG Special for Isdom");
    assert_eq!(
        way(&session, engaging),
        [("Engaging".to_owned(), noon("2016-12-24"))]
    );
    let prospecting = deal(&session, "MG Special for Acme");
    assert_eq!(
        way(&session, prospecting),
        [("Prospecting".to_owned(), NOW)]
    );
    assert_eq!(prospecting.created, NOW);
    let stages: Vec<_> = report
        .stages
        .iter()
        .map(|s| (s.name.as_str(), s.status, s.count))
        .collect();
    let wanted = [
        ("Prospecting", Status::Open, 1),
        ("Engaging", Status::Open, 1),
        ("Engaging", Status::Lost, 1),
        ("Post-Sales", Status::Won, 1),
    ];
    assert_eq!(stages, wanted);
}

#[test]
fn open_deals_come_first_then_the_newest_below_what_is_there() {
    let mut session = begun();
    let stage = session
        .world()
        .state
        .stages(session.world().state.pipelines()[0].id)[0]
        .id;
    session
        .command(
            Command::QuickAdd {
                stage,
                title: "Here before".into(),
            },
            moment(),
        )
        .unwrap();
    let csv = "Title,Stage,Status,Created\n\
        Old,Prospecting,open,2025-01-01\nLost,Prospecting,lost,2025-06-01\nNew,Prospecting,open,2025-03-01\n";
    import(&mut session, &[("deals.csv", csv)]);
    let state = &session.world().state;
    let mut deals: Vec<&Deal> = state.tables.deals.iter().collect();
    deals.sort_by_key(|d| &d.rank);
    let titles: Vec<&str> = deals.iter().map(|d| d.title.as_str()).collect();
    assert_eq!(titles, ["Here before", "New", "Old", "Lost"]);
}

#[test]
fn revenue_in_millions_is_noticed() {
    on_both(|files, _| {
        let session = begun();
        let plan = plan_of(&session, &refs(files));
        let accounts = plan
            .files
            .iter()
            .find(|f| f.holds == Holds::Organisations)
            .unwrap();
        assert_eq!(accounts.columns[3].unit, Unit::Million);
    });
}

mod steps {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// The report and the edits do not depend on how many rows are done at a time.
        #[test]
        fn any_step_comes_to_the_same(step in 1_usize..400, seed in any::<u32>()) {
            let shape = lookalike::Shape { seed, deals: 300, accounts: 20, products: 4, agents: 9 };
            let made = lookalike::generate(shape);
            let session = begun();
            let plan = plan_of(&session, &made.files());
            let whole = prepare_with(&session, &plan, usize::MAX, seeded(3));
            prop_assert_eq!(prepare_with(&session, &plan, step, seeded(3)), whole);
        }
    }
}
