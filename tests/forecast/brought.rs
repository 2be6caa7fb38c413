//! Forecasts over data that a file brought: the look-alike always, the real "CRM Sales
//! Opportunities" set where it is at hand.

use crate::known::{forecast, told};
use crate::lookalike::{Shape, generate};
use chrono::DateTime;
use fairlead::app::import::{Importer, Plan, Setting, Surveyor, source};
use fairlead::app::job::{Job, Order};
use fairlead::app::session::{Done, Effect, Moment, Session};
use fairlead::domain::change::Change;
use fairlead::domain::command::plan::{CallDraft, PlanCommand};
use fairlead::domain::command::{Command, Refusal};
use fairlead::domain::forecast::grade::report::report;
use fairlead::domain::forecast::grade::verdict::verdicts;
use fairlead::domain::forecast::grade::{Ask, words};
use fairlead::domain::insight::period::Period;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::quota::Span;
use fairlead::domain::stamp::Stamp;
use fairlead::domain::world::World;
use std::path::{Path, PathBuf};

/// 2018-01-02T09:00:00Z: just after the last day in the sets.
const NOW: i64 = 1_514_883_600_000;

fn moment() -> Moment {
    Moment {
        now: NOW,
        today: DateTime::from_timestamp_millis(NOW).unwrap().date_naive(),
    }
}

fn keep(log: &mut Vec<Change>, done: Done) {
    for effect in done.effects {
        if let Effect::Persist { changes, .. } = effect {
            log.extend(changes);
        }
    }
}

/// A workspace in dollars, and its log.
fn begun() -> (Session, Vec<Change>) {
    let (mut session, mut log) = (Session::new(World::default(), Stamp::ZERO, 7), Vec::new());
    let setup = Command::Setup {
        name: "Brought".into(),
        currency: Currency::parse("USD").unwrap(),
    };
    keep(&mut log, session.command(setup, moment()).unwrap());
    (session, log)
}

fn brought(text: &str) -> Vec<Change> {
    let (mut session, mut log) = begun();
    let setting = Setting {
        now: NOW,
        today: moment().today,
        me: None,
        seed: 42,
        offset: |_| 0,
    };
    let source = source::read("sales_pipeline.csv", text.as_bytes().to_vec()).unwrap();
    let state = &session.world().state;
    let plan = Plan::new(vec![source], state);
    let mut surveyor = Surveyor::new(&plan, state);
    while !surveyor.step(&plan, state, 1_000) {}
    let survey = surveyor.finish();
    let mut importer = Importer::new(&plan, &survey, state, setting);
    while !importer.step(state, 1_000).finished {}
    let prepared = importer.finish(state);
    keep(
        &mut log,
        session.command(prepared.command(), moment()).unwrap(),
    );
    log
}

/// Nothing breaks, and what is said is in order.
fn sound(log: &[Change]) {
    let mut all = told(log);
    all.ground.currency = Currency::parse("USD").unwrap();
    let today = moment().today.to_epoch_days();
    let now = forecast(&all, today, Period::quarter_of(moment().today, 1), 200);
    assert!(!now.book.open.is_empty() && !now.book.won.is_empty());
    let range = now.outcome.range;
    assert!(range.low <= range.middle && range.middle <= range.high);
    let chances = now
        .chances
        .iter()
        .flat_map(|c| c.played.iter().chain(&c.historic));
    assert!(chances.copied().all(|p| (0.0..=1.0).contains(&p)));
    let ask = Ask {
        span: Span::Quarter,
        weekly: false,
        trials: 50,
    };
    // As the worker does it, from the text of the log.
    let job = Job::new(Order::grade(log, today, NOW, ask)).unwrap();
    let shots = words::from_words(&job.finish()).unwrap();
    let report = report(&shots);
    assert!(report.truths.iter().all(|t| (0.0..=1.0).contains(&t.brier)));
    assert!(!verdicts(&report).is_empty());
}

#[test]
fn the_look_alike_is_forecast_and_graded() {
    sound(&brought(
        &generate(Shape {
            deals: 900,
            ..Shape::default()
        })
        .sales_pipeline,
    ));
}

#[test]
fn the_real_set_is_forecast_and_graded_where_it_is_at_hand() {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/maven");
    let folder = std::env::var_os("FAIRLEAD_MAVEN").map_or_else(beside, PathBuf::from);
    if let Ok(text) = std::fs::read_to_string(folder.join("sales_pipeline.csv")) {
        sound(&brought(&text));
    }
}

#[test]
fn a_call_is_checked_and_stays() {
    let (mut session, _) = begun();
    let usd = |minor| Some(Money::new(minor, Currency::parse("USD").unwrap()));
    let draft = CallDraft {
        person: None,
        team: None,
        from: "2018-01-01".parse().unwrap(),
        span: Span::Quarter,
        amount: usd(150_000),
        best: usd(200_000),
        commit: usd(100_000),
        note: " Two large ones are near. ".into(),
        won: usd(0),
        weighted: None,
    };
    let mut call = |change: fn(&mut CallDraft)| {
        let mut draft = draft.clone();
        change(&mut draft);
        let command = Command::Plan(PlanCommand::Call(Box::new(draft)));
        session.command(command, moment())
    };
    for wrong in [
        (|d| d.amount = None) as fn(&mut CallDraft),
        |d| d.best = d.commit,
        |d| d.commit = d.best,
        |d| d.amount = Some(Money::new(1, Currency::EUR)),
        |d| d.amount = d.amount.map(|m| Money::new(-1, m.currency)),
        // A time that is over.
        |d| d.from = "2017-10-01".parse().unwrap(),
    ] {
        assert!(call(wrong).is_err());
    }
    assert!(call(|_| {}).is_ok());
    let id = {
        let all = session.world().state.tables.calls.iter();
        let found: Vec<_> = all.filter(|c| c.span == Span::Quarter).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].note, "Two large ones are near.");
        assert_eq!(found[0].at, NOW);
        found[0].id
    };
    let gone = session.command(Command::Delete(vec![id.into()]), moment());
    assert!(matches!(gone, Err(Refusal::Impossible(_))));
}
