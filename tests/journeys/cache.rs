//! The snapshot is a cache: written piece by piece as the page does, it must hold what the
//! log amounts to. And where the log is lost, the state told as changes holds it too.

use crate::desk::Desk;
use fairlead::app::session::Effect;
use fairlead::codec::export;
use fairlead::codec::snapshot::{Manifest, unpack};
use fairlead::domain::change::{Change, Intent, IntentKind, RefSet};
use fairlead::domain::command::Command;
use fairlead::domain::restate::restate;
use fairlead::domain::stamp::Stamp;
use fairlead::domain::state::State;
use std::collections::BTreeMap;

/// A snapshot on a disk, and what has changed since.
struct Cache {
    manifest: Manifest,
    chunks: BTreeMap<String, Vec<u8>>,
    stale: RefSet,
}

impl Cache {
    fn of(state: &State) -> Self {
        let manifest = Manifest::plan(state, 1, Stamp::ZERO);
        Self {
            chunks: manifest.pack_all(state).into_iter().collect(),
            manifest,
            stale: RefSet::default(),
        }
    }

    fn note(&mut self, effects: &[Effect]) {
        for effect in effects {
            if let Effect::Touched(entities) = effect {
                self.stale.extend(entities);
            }
        }
    }

    /// Writes the stale chunks anew and reads all of it back.
    fn refreshed(&mut self, state: &State) -> State {
        let stale = std::mem::take(&mut self.stale);
        self.chunks
            .extend(self.manifest.pack_some(state, Some(&stale)));
        unpack(self.chunks.values().map(Vec::as_slice)).unwrap()
    }
}

#[test]
fn what_is_done_here_reaches_the_snapshot() {
    let mut desk = Desk::new();
    let deal = desk.add("Crane", "Prospecting");
    let mut cache = Cache::of(desk.state());
    let stage = desk.stage("Proposal");
    let at = desk.at();
    let done = desk
        .session
        .command(
            crate::desk::moved(&[deal], stage, fairlead::domain::query::board::Place::Top),
            at,
        )
        .unwrap();
    cache.note(&done.effects);
    cache.note(&desk.session.undo(at));
    cache.note(&desk.session.redo(at));
    assert_eq!(&cache.refreshed(desk.state()), desk.state());
}

#[test]
fn what_comes_late_from_another_tab_and_sets_no_field_reaches_it_too() {
    let mut here = Desk::new();
    let deal = here.add("Crane", "Prospecting");
    let mut there = here.reopened(2);
    // There the deal is moved first, but here one hears of it only after moving it oneself:
    // the place stays, yet the deal has been there.
    there.now = here.now;
    there.move_to(deal, "Proposal");
    here.now = there.now + 10_000;
    here.move_to(deal, "Close");
    let mut cache = Cache::of(here.state());
    let late: Vec<Change> = there.log[2..].to_vec();
    let effects = here.session.remote(&late);
    cache.note(&effects);
    here.log.extend(late);
    assert_eq!(here.path(deal), ["Prospecting", "Proposal", "Close"]);
    let again = cache.refreshed(here.state());
    assert_eq!(&again, here.state());
    assert_eq!(&again, here.reopened(3).state());
    // The page hears of it as well: the history of that deal looks different now.
    assert!(
        effects
            .iter()
            .any(|e| matches!(e, Effect::Touched(list) if list.contains(&deal.into())))
    );
}

#[test]
fn an_older_change_that_only_makes_something_older_reaches_it_too() {
    let mut here = Desk::new();
    let mut there = here.reopened(2);
    let deal = there.add("Crane", "Prospecting");
    let made = there.log.last().unwrap().clone();
    there.now += 5_000;
    let old = there.deal(deal).clone();
    let draft = fairlead::domain::command::DealDraft {
        title: "Tower crane".into(),
        ..fairlead::domain::command::DealDraft::new(old.placement.stage)
    };
    there.run(Command::SaveDeal {
        id: Some(deal),
        draft: Box::new(draft),
    });
    let renamed = there.log.last().unwrap().clone();
    // In the wrong order, and of the older change only the title, which is overtaken.
    let mut only_title = made.clone();
    only_title.edits.retain(|e| e.name() == "title");
    here.session.remote(std::slice::from_ref(&renamed));
    let mut cache = Cache::of(here.state());
    let effects = here.session.remote(std::slice::from_ref(&only_title));
    cache.note(&effects);
    let again = cache.refreshed(here.state());
    assert_eq!(again.tables.born(deal.into()), made.stamp);
    assert_eq!(&again, here.state());
}

/// What is left of a desk's work when its log cannot be read: a file made from its state.
fn restated(desk: &Desk) -> Desk {
    let file = export::write("2026-11-23T10:00:00Z", &restate(desk.state()));
    let mut again = Desk::fresh(77);
    again.import(&file);
    again
}

#[test]
fn a_state_told_as_changes_is_the_same_state() {
    let mut desk = Desk::new();
    let mut there = desk.reopened(2);
    let [one, two] = ["One", "Two"].map(|title| desk.add(title, "Prospecting"));
    desk.move_to(one, "Proposal");
    desk.undo();
    desk.redo();
    desk.set_status(two, fairlead::domain::deal::Status::Lost);
    desk.run(Command::Delete(vec![two.into()]));
    there.catch_up(&desk);
    there.now = desk.now;
    there.move_to(one, "Close");
    desk.now += 60_000;
    desk.undo();
    let (from, into) = (desk.stage("Needs Analysis"), desk.stage("Close"));
    desk.run(Command::MergeStage {
        from,
        into,
        closure: None,
    });
    desk.catch_up(&there);
    let again = restated(&desk);
    assert_eq!(again.state(), desk.state());
    assert_eq!(again.path(one), desk.path(one));
    // It merges with the log it was made from without a trace.
    let mut both = restated(&desk);
    both.import(&desk.export());
    assert_eq!(both.state(), desk.state());
    assert_eq!(restated(&Desk::fresh(1)).log, []);
}

#[test]
fn the_sample_told_as_changes_is_the_same_sample() {
    let mut desk = Desk::fresh(3);
    let edits = fairlead::app::sample::sample(5, desk.at(), fairlead::domain::money::Currency::EUR);
    let intent = Intent::new(IntentKind::LoadSample, "Loaded the sample");
    desk.run(Command::Bring { intent, edits });
    let mut again = restated(&desk);
    assert_eq!(again.state(), desk.state());
    again.now = desk.now;
    again.run(Command::RemoveSample);
    assert!(again.state().is_new());
}

#[test]
fn a_snapshot_in_the_middle_and_the_rest_of_the_log_give_the_whole() {
    let mut desk = Desk::new();
    for n in 0..30 {
        let deal = desk.add(&format!("Deal {n}"), "Prospecting");
        if n % 3 == 0 {
            desk.move_to(deal, "Proposal");
        }
    }
    for cut in [1, 7, desk.log.len()] {
        let early: Vec<Change> = desk.log[..cut].to_vec();
        let mut state = State::default();
        early.iter().for_each(|c| drop(state.apply(c)));
        let mut from_cache = Cache::of(&state).refreshed(&state);
        // Some of the log again, as after a snapshot that was ahead of its note.
        desk.log[cut.saturating_sub(3)..]
            .iter()
            .for_each(|c| drop(from_cache.apply(c)));
        assert_eq!(&from_cache, desk.state());
    }
}
