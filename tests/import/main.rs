//! Importing spreadsheets: from bytes to a board and back.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

#[path = "../support/lookalike.rs"]
mod lookalike;

mod bad;
mod export;
mod mapping;
mod maven;
mod others;
mod own;

use chrono::{DateTime, NaiveDate};
use fairlead::app::import::{
    Foundation, Group, Importer, Plan, Prepared, Report, Setting, Severity, Source, Survey,
    Surveyor, source,
};
use fairlead::app::session::{Moment, Session};
use fairlead::domain::command::Command;
use fairlead::domain::deal::{Deal, Status};
use fairlead::domain::money::Currency;
use fairlead::domain::stamp::Stamp;
use fairlead::domain::state::State;
use fairlead::domain::world::World;
use std::sync::atomic::{AtomicU64, Ordering};

/// 2026-03-10T09:00:00Z.
const NOW: i64 = 1_773_133_200_000;

fn today() -> NaiveDate {
    DateTime::from_timestamp_millis(NOW).unwrap().date_naive()
}

fn moment() -> Moment {
    Moment {
        now: NOW,
        today: today(),
    }
}

/// Each import has its own ids, as in the browser.
fn setting() -> Setting {
    static SEED: AtomicU64 = AtomicU64::new(42);
    seeded(SEED.fetch_add(1 << 40, Ordering::Relaxed))
}

fn seeded(seed: u64) -> Setting {
    Setting {
        now: NOW,
        today: today(),
        me: None,
        seed,
        offset: |_| 60,
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Noon of a day an hour east of Greenwich.
fn noon(text: &str) -> i64 {
    day(text)
        .and_hms_opt(11, 0, 0)
        .unwrap()
        .and_utc()
        .timestamp_millis()
}

fn empty() -> Session {
    Session::new(World::default(), Stamp::ZERO, 7)
}

/// A session with the seven stages.
fn begun() -> Session {
    let mut session = empty();
    let setup = Command::Setup {
        name: "Sales".into(),
        currency: Currency::parse("USD").unwrap(),
    };
    session.command(setup, moment()).unwrap();
    session
}

fn source(name: &str, text: impl AsRef<[u8]>) -> Source {
    source::read(name, text.as_ref().to_vec()).unwrap()
}

fn plan_of(session: &Session, files: &[(&str, &str)]) -> Plan {
    let sources = files
        .iter()
        .map(|(name, text)| source(name, text))
        .collect();
    Plan::new(sources, &session.world().state)
}

fn survey(plan: &Plan, state: &State) -> Survey {
    let mut surveyor = Surveyor::new(plan, state);
    while !surveyor.step(plan, state, 1_000) {}
    surveyor.finish()
}

/// What an import comes to, in steps of so many rows.
fn prepare(session: &Session, plan: &Plan, step: usize) -> Prepared {
    prepare_with(session, plan, step, setting())
}

fn prepare_with(session: &Session, plan: &Plan, step: usize, setting: Setting) -> Prepared {
    let here = &session.world().state;
    let foundation = Foundation::under(here, Currency::EUR, &setting);
    let state = foundation.state(here);
    assert_eq!(plan.blockers(), []);
    let survey = survey(plan, state);
    let mut importer = Importer::new(plan, &survey, state, setting);
    foundation.bear(&mut importer);
    let mut last = 0;
    loop {
        let progress = importer.step(state, step);
        assert!(progress.done >= last && progress.done <= progress.total);
        last = progress.done;
        if progress.finished {
            assert_eq!(progress.done, progress.total);
            break;
        }
    }
    importer.finish(state)
}

/// Imports files as they are guessed to be meant.
fn import(session: &mut Session, files: &[(&str, &str)]) -> Report {
    let plan = plan_of(session, files);
    bring(session, &plan)
}

fn bring(session: &mut Session, plan: &Plan) -> Report {
    let prepared = prepare(session, plan, 500);
    let report = prepared.report.clone();
    if !prepared.edits.is_empty() {
        session.command(prepared.command(), moment()).unwrap();
    }
    report
}

fn group<'a>(report: &'a Report, headline: &str) -> &'a Group {
    let found = report.groups.iter().find(|g| g.headline == headline);
    found.unwrap_or_else(|| panic!("no “{headline}” in {:#?}", headlines(report)))
}

fn headlines(report: &Report) -> Vec<(Severity, &str, usize)> {
    report
        .groups
        .iter()
        .map(|g| (g.severity, g.headline.as_str(), g.count))
        .collect()
}

fn deal<'a>(session: &'a Session, title: &str) -> &'a Deal {
    let mut found = session
        .world()
        .state
        .tables
        .deals
        .iter()
        .filter(|d| d.title == title);
    let deal = found.next().unwrap_or_else(|| panic!("no deal “{title}”"));
    assert!(found.next().is_none(), "several deals “{title}”");
    deal
}

/// Names of the stages a deal has been in, with the time of entry.
fn way(session: &Session, deal: &Deal) -> Vec<(String, i64)> {
    let state = &session.world().state;
    let entries = state.stage_entries(deal.id);
    entries
        .iter()
        .map(|e| {
            (
                state.tables.stages.get(e.stage).unwrap().name.clone(),
                e.since,
            )
        })
        .collect()
}

/// How many deals stand in a stage with a status.
fn standing(session: &Session, stage: &str, status: Status) -> usize {
    let state = &session.world().state;
    let stage = state
        .tables
        .stages
        .iter()
        .find(|s| s.name == stage)
        .unwrap();
    session
        .world()
        .board
        .column(stage.id, status)
        .map_or(0, |c| c.deals.len())
}

fn count_deals(session: &Session) -> usize {
    session.world().state.tables.deals.iter().count()
}
