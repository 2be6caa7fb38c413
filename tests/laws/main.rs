//! The laws the data lives by, as properties over random work of two people.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod bulk;
mod work;

use fairlead::app::session::Session;
use fairlead::codec::{export, pack, snapshot::Manifest, wire};
use fairlead::domain::change::{Change, Edit};
use fairlead::domain::deal::Status;
use fairlead::domain::merge::union;
use fairlead::domain::money::Sums;
use fairlead::domain::query::board::{BoardFilter, BoardIndex, StatusFilter};
use fairlead::domain::stamp::Stamp;
use fairlead::domain::state::State;
use fairlead::domain::undo::{Lineage, invert};
use fairlead::domain::world::World;
use proptest::prelude::*;
use work::{Team, ops, shuffled};

fn replay<'a>(log: impl IntoIterator<Item = &'a Change>) -> State {
    let mut state = State::default();
    for change in log {
        state.apply(change);
    }
    state
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn replaying_the_log_gives_the_state(ops in ops()) {
        let team = Team::after(&ops);
        prop_assert_eq!(&replay(team.log(0)), &team.session(0).world().state);
        prop_assert_eq!(&replay(team.log(1)), &team.session(1).world().state);
    }

    #[test]
    fn order_and_repetition_do_not_matter(ops in ops(), seed in any::<u64>()) {
        let team = Team::after(&ops);
        let log = team.log(0);
        let mut mixed = shuffled(log, seed);
        mixed.extend(shuffled(log, seed ^ 1).into_iter().take(log.len() / 2));
        prop_assert_eq!(replay(&mixed), replay(log));
    }

    #[test]
    fn two_people_who_heard_all_see_the_same(ops in ops()) {
        let mut team = Team::after(&ops);
        team.sync();
        prop_assert_eq!(&team.session(0).world().state, &team.session(1).world().state);
    }

    #[test]
    fn merging_is_commutative_associative_and_idempotent(ops in ops()) {
        let team = Team::after(&ops);
        let (a, b) = (team.log(0), team.log(1));
        let third = a.len() / 3;
        let (x, y, z) = (&a[..third], b, &a[third..]);
        prop_assert_eq!(union(x, y), union(y, x));
        prop_assert_eq!(union(&union(x, y), z), union(x, &union(y, z)));
        let both = union(a, b);
        prop_assert_eq!(union(&both, a), both.clone());
        prop_assert_eq!(replay(&union(a, b)), replay(a.iter().chain(b)));
    }

    #[test]
    fn undo_restores_every_field_no_one_else_touched(ops in ops(), pick in any::<prop::sample::Index>()) {
        let team = Team::after(&ops);
        let log = team.log(0);
        prop_assume!(!log.is_empty());
        let at = pick.index(log.len());
        let change = &log[at];
        // The world in which the change was made: what its author knew.
        let earlier: Vec<Change> = log[..at].to_vec();
        let before = replay(&earlier);
        prop_assume!(before.before(&change.edits) == change.before);
        let mut state = before.clone();
        state.apply(change);
        let inversion = invert(&state.tables, change, &Lineage::default());
        prop_assert!(inversion.skipped.is_empty());
        let undo = Change { stamp: Stamp::new(i64::MAX, 0, 9), edits: inversion.edits, before: Vec::new(), undoes: Some(change.stamp), ..change.clone() };
        state.apply(&undo);
        for slot in change.edits.iter().map(Edit::slot) {
            if before.tables.is_alive(slot.entity) {
                prop_assert_eq!(state.tables.present(slot), before.tables.present(slot));
            } else {
                prop_assert!(!state.tables.is_alive(slot.entity));
            }
        }
        if let Some(deal) = change.edits.iter().find_map(|e| match e { Edit::Deal(id, _) => Some(*id), _ => None })
            && before.tables.deals.get(deal).is_some()
        {
            prop_assert_eq!(state.stage_entries(deal), before.stage_entries(deal));
        }
    }

    #[test]
    fn a_session_undone_to_its_beginning_and_redone_is_as_it_was(ops in ops()) {
        let mut team = Team::alone(&ops);
        let (whole, mut steps) = (work::shown(team.session(0)), 0);
        while team.session(0).undo_label().is_some() {
            team.undo(0);
            steps += 1;
            prop_assert!(steps < 1_000);
        }
        let left = work::shown(team.session(0));
        prop_assert!(left.is_empty(), "{:?}", left);
        while team.session(0).redo_label().is_some() {
            team.redo(0);
        }
        let again = work::shown(team.session(0));
        let lost: Vec<_> = whole.iter().filter(|e| !again.contains(e)).collect();
        let new: Vec<_> = again.iter().filter(|e| !whole.contains(e)).collect();
        prop_assert!(lost.is_empty() && new.is_empty(), "lost {:?}, new {:?}", lost, new);
    }

    #[test]
    fn the_wire_gives_back_what_it_took(ops in ops()) {
        let team = Team::after(&ops);
        for change in team.log(0) {
            let parts = wire::encode(change).iter().map(|w| wire::decode(&w.json).unwrap()).collect();
            let (whole, missing) = wire::assemble(parts);
            prop_assert!(missing.is_empty());
            prop_assert_eq!(&whole, std::slice::from_ref(change));
        }
        let file = export::write("2026-01-01T00:00:00Z", team.log(0));
        prop_assert_eq!(export::read(file.into_bytes()).unwrap(), team.log(0));
    }

    #[test]
    fn a_file_cut_anywhere_is_refused(ops in ops(), cut in any::<prop::sample::Index>()) {
        let team = Team::after(&ops);
        let file = export::write("2026-01-01T00:00:00Z", team.log(0)).into_bytes();
        let at = cut.index(file.trim_ascii_end().len());
        prop_assert!(export::read(file[..at].to_vec()).is_err());
    }

    #[test]
    fn snapshots_hold_the_whole_state_chunk_by_chunk(ops in ops()) {
        let team = Team::after(&ops);
        let state = &team.session(0).world().state;
        let plan = Manifest::plan(state, 1, Stamp::ZERO);
        let chunks = plan.pack_all(state);
        let back = fairlead::codec::snapshot::unpack(chunks.iter().map(|(_, b)| b.as_slice())).unwrap();
        prop_assert_eq!(&back, state);
        prop_assert_eq!(Manifest::parse(&plan.print()), Some(plan));
    }

    #[test]
    fn damaged_chunks_never_panic(ops in ops(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let team = Team::after(&ops);
        let state = &team.session(0).world().state;
        let mut bytes = pack::pack(state, &state.tables.refs());
        let place = at.index(bytes.len());
        bytes[place] = byte;
        let _ = pack::unpack(&bytes, &mut State::default());
        let _ = pack::unpack(&bytes[..place], &mut State::default());
    }

    #[test]
    fn the_board_kept_in_step_is_the_board_built_anew(ops in ops()) {
        let team = Team::after(&ops);
        let world = team.session(0).world();
        let anew = BoardIndex::over(&world.state);
        let mut totals = (0, Sums::default());
        for pipeline in world.state.pipelines() {
            for stage in world.state.stages(pipeline.id) {
                for status in Status::ALL {
                    let filter = BoardFilter { status: StatusFilter::Only(*status), ..BoardFilter::default() };
                    prop_assert_eq!(world.board.view(&world.state, stage.id, &filter), anew.view(&world.state, stage.id, &filter));
                }
                let all = world.board.view(&world.state, stage.id, &BoardFilter { status: StatusFilter::All, ..BoardFilter::default() });
                prop_assert_eq!(all.deals.len(), all.totals.count);
                totals.0 += all.totals.count;
                totals.1.merge(&all.totals.value);
            }
        }
        // Every deal stands in exactly one column, and the columns add up to all deals.
        let mut value = Sums::default();
        for deal in world.state.tables.deals.iter() {
            if let Some(money) = deal.value {
                value.add(money.currency, i128::from(money.minor));
            }
        }
        // Two people may together have removed every stage; a new one then takes all deals.
        prop_assume!(world.state.pipelines().iter().any(|p| !world.state.stages(p.id).is_empty()));
        prop_assert_eq!(totals, (world.state.tables.deals.iter().count(), value));
    }

    #[test]
    fn whatever_is_decided_keeps_the_rules(ops in ops()) {
        let team = Team::alone(&ops);
        let world = team.session(0).world();
        for deal in world.state.tables.deals.iter() {
            prop_assert!(!deal.title.trim().is_empty());
            prop_assert!(deal.probability.is_none_or(|p| p <= 100));
            let stage = world.state.tables.stages.get(deal.placement.stage);
            prop_assert!(stage.is_some(), "a deal stands in a stage that is there");
            let kind = stage.unwrap().kind.status();
            if deal.outcome.status() == Status::Open {
                prop_assert_eq!(kind, Status::Open, "an open deal stands in an open stage");
            }
            prop_assert_eq!(world.state.stage_entries(deal.id).last().map(|e| e.stage), Some(deal.placement.stage));
        }
        for pipeline in world.state.pipelines() {
            let stages = world.state.stages(pipeline.id);
            prop_assert!(stages.iter().any(|s| s.kind.status() == Status::Open));
            prop_assert!(stages.windows(2).all(|w| w[0].rank < w[1].rank));
        }
    }
}

#[test]
fn a_change_of_many_edits_travels_in_parts_that_stand_for_themselves() {
    let at = work::at(0);
    let edits = fairlead::app::sample::sample(3, at, fairlead::domain::money::Currency::EUR);
    let mut session = Session::new(World::default(), Stamp::ZERO, 1);
    let intent = fairlead::domain::change::Intent::new(
        fairlead::domain::change::IntentKind::LoadSample,
        "Loaded the sample",
    );
    let done = session
        .command(
            fairlead::domain::command::Command::Bring { intent, edits },
            at,
        )
        .unwrap();
    let change = work::persisted(&done.effects).remove(0);
    let written = wire::encode(&change);
    assert!(written.len() > 1);
    assert!(written.iter().all(|w| w.entities.len() <= wire::PART));
    let mut parts: Vec<_> = written
        .iter()
        .map(|w| wire::decode(&w.json).unwrap())
        .collect();
    parts.reverse();
    let mut state = State::default();
    for part in &parts {
        state.apply(&part.change);
    }
    assert_eq!(state, session.world().state);
    parts.pop();
    assert_eq!(wire::assemble(parts).1, [change.stamp]);
}
