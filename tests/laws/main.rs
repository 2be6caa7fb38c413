//! The laws the data lives by, as properties over random work of two people.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod bulk;
mod customers;
mod fields;
mod insight;
mod past;
mod qualify;
mod values;
mod work;

use fairlead::app::session::Session;
use fairlead::codec::{export, pack, snapshot::Manifest, wire};
use fairlead::domain::change::{Change, Edit, EntityRef, Intent, IntentKind, Kind, Slot, Tables};
use fairlead::domain::custom::{CustomValue, FieldHome};
use fairlead::domain::deal::{DealField, Status};
use fairlead::domain::entity::MAP_BASE;
use fairlead::domain::ids::FieldId;
use fairlead::domain::merge::union;
use fairlead::domain::money::Sums;
use fairlead::domain::query::board::{BoardFilter, BoardIndex, StatusFilter};
use fairlead::domain::query::fields as query_fields;
use fairlead::domain::restate::restate;
use fairlead::domain::stamp::Stamp;
use fairlead::domain::state::State;
use fairlead::domain::undo::{Lineage, invert};
use fairlead::domain::value::Value;
use fairlead::domain::world::World;
use proptest::prelude::*;
use std::collections::BTreeSet;
use values::{FREE, FieldKey, TOLD, WITH_ENTRIES};
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
            // What the other person has made as well, a moment later and under the same id, goes
            // with what the first one made.
            let made = state.tables.born(slot.entity) == change.stamp;
            if before.tables.is_alive(slot.entity) && !made {
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
        let mut left = work::shown(team.session(0));
        // A call stays as it was said.
        left.retain(|edit| !matches!(edit, Edit::Call(..)));
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
    fn a_state_told_anew_is_the_same_state_and_merges_with_its_log(ops in ops(), seed in any::<u64>()) {
        let team = Team::after(&ops);
        let state = &team.session(0).world().state;
        let told = restate(state);
        prop_assert_eq!(&replay(&told), state);
        prop_assert_eq!(&replay(&shuffled(&told, seed)), state);
        let file = export::write("2026-01-01T00:00:00Z", &told);
        prop_assert_eq!(&export::read(file.into_bytes()).unwrap(), &told);
        prop_assert_eq!(&replay(told.iter().chain(team.log(0))), state);
        prop_assert_eq!(replay(told.iter().chain(team.log(1))), replay(team.log(0).iter().chain(team.log(1))));
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
    fn own_fields_are_named_apart_and_hold_what_fits(ops in ops()) {
        // By commands alone: what a file brings is taken as it is.
        let ops: Vec<work::Op> = ops.into_iter().filter(|op| op.1 < work::FREE_WORK).collect();
        let team = Team::alone(&ops);
        let state = &team.session(0).world().state;
        for home in FieldHome::ALL {
            let all = query_fields::of_home(state, *home);
            let mut names: Vec<String> = all.iter().map(|f| f.name.to_lowercase()).collect();
            names.sort();
            names.dedup();
            prop_assert_eq!(names.len(), all.len());
            prop_assert!(all.windows(2).all(|w| w[0].rank < w[1].rank));
            for field in all {
                prop_assert!(!field.kind.has_options() || !field.options.is_empty());
                for (_, value) in query_fields::all_values(state, field) {
                    prop_assert!(value.fits(field.kind), "{:?} in {:?}", value, field.kind);
                }
            }
        }
    }

    #[test]
    fn what_two_people_fill_in_at_once_is_all_there(ops in ops(), texts in prop::collection::vec((any::<bool>(), 0_u64..6, 0_u16..100), 1..20)) {
        // Whoever wrote an entry last stands, entry by entry, in whatever order they are heard.
        let team = Team::after(&ops);
        let Some(deal) = team.session(0).world().state.tables.deals.iter().map(|d| d.id).min() else { return Ok(()) };
        let set = |n: usize, (who, field, text): &(bool, u64, u16)| Change {
            stamp: Stamp::new(work::at(10_000 + n as i64).now, 0, 1 + u64::from(*who)),
            intent: Intent::new(IntentKind::EditDeal, "Changed"),
            author: None,
            edits: vec![Edit::Deal(deal, DealField::Custom(FieldId(*field), Some(CustomValue::Text(text.to_string()))))],
            before: Vec::new(),
            undoes: None,
        };
        let written: Vec<Change> = texts.iter().enumerate().map(|(n, t)| set(n, t)).collect();
        let mut state = team.session(0).world().state.clone();
        for change in shuffled(&written, 7) {
            state.apply(&change);
        }
        let custom = &state.tables.deals.get(deal).unwrap().custom;
        for field in 0..6 {
            let last = texts.iter().rev().find(|(_, f, _)| *f == field);
            if let Some((_, _, text)) = last {
                prop_assert_eq!(custom.get(FieldId(field)), Some(&CustomValue::Text(text.to_string())));
            }
        }
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
    let intent = Intent::new(IntentKind::LoadSample, "Loaded the sample");
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

#[test]
fn the_work_sets_every_field_there_is_and_two_people_meet_in_it() {
    let mut rng = fairlead::domain::ids::IdSource::new(5);
    let mut set: BTreeSet<FieldKey> = BTreeSet::new();
    let (mut removed, mut both) = (false, false);
    for _ in 0..60 {
        let mut pick = || rng.next_u64() as u16;
        let ops: Vec<work::Op> = (0..40)
            .map(|n| {
                (
                    pick() % 2 == 0,
                    if n < 4 { 0 } else { work::FREE_WORK },
                    pick(),
                    pick(),
                )
            })
            .collect();
        let team = Team::after(&ops);
        let slots = [0, 1].map(|who| {
            let edits = team.log(who).iter().flat_map(|change| &change.edits);
            edits
                .inspect(|edit| {
                    removed |= edit.value() == Value::Null && edit.slot().key >= MAP_BASE
                })
                .map(Edit::slot)
                .collect::<BTreeSet<Slot>>()
        });
        both |= slots[0]
            .intersection(&slots[1])
            .any(|slot| slot.key >= MAP_BASE);
        set.extend(
            slots
                .iter()
                .flatten()
                .map(|slot| (slot.entity.kind, slot.key)),
        );
    }
    let never: Vec<_> = FREE.iter().filter(|field| !set.contains(field)).collect();
    assert!(never.is_empty(), "{never:?}");
    assert!(removed && both);
    // And nothing of the format is missing in the file that the values are from.
    let all = Kind::ALL
        .iter()
        .flat_map(|kind| Tables::keys(*kind).into_iter().map(|key| (*kind, key)));
    let missing: Vec<_> = all.filter(|field| !TOLD.contains_key(field)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Each of two people sets an entry of every field that has some; neither loses any.
#[test]
fn entries_of_two_people_stand_side_by_side() {
    let entity = |kind| EntityRef { kind, id: 7 };
    let change = |time, node, sub: u64| Change {
        stamp: Stamp::new(time, 0, node),
        intent: Intent::new(IntentKind::EditRecord, ""),
        author: None,
        edits: WITH_ENTRIES
            .iter()
            .map(|(kind, key)| {
                let name = Edit::name_of(*kind, *key);
                let value = TOLD[&(*kind, *key)][0].clone();
                Edit::from_parts(entity(*kind), &format!("{name}.{sub:016x}"), value).unwrap()
            })
            .collect(),
        before: Vec::new(),
        undoes: None,
    };
    let (mine, theirs) = (change(5, 1, 1), change(3, 2, 2));
    let state = replay([&mine, &theirs]);
    assert_eq!(state, replay([&theirs, &mine]));
    for edit in mine.edits.iter().chain(&theirs.edits) {
        assert_eq!(state.tables.present(edit.slot()), *edit);
    }
    assert!(WITH_ENTRIES.len() >= 8);
}
