//! Large changes in slices: however they are cut and whatever is done meanwhile, they come to
//! what they come to at once.

use crate::replay;
use crate::work::{at, persisted, shown};
use fairlead::app::session::{Bulk, Finished, Session, Then};
use fairlead::codec::wire;
use fairlead::domain::change::{Change, Edit, Intent, IntentKind};
use fairlead::domain::command::Command;
use fairlead::domain::deal::{DealField, Placement};
use fairlead::domain::divide::Parts;
use fairlead::domain::ids::{ActivityId, DealId, OrgId, StageId};
use fairlead::domain::money::Currency;
use fairlead::domain::query::board::{BoardFilter, BoardIndex, StatusFilter};
use fairlead::domain::rank::Rank;
use fairlead::domain::stamp::Stamp;
use fairlead::domain::world::World;
use proptest::prelude::*;

/// A tab with its log, at second `now`.
#[derive(Clone)]
struct Tab {
    session: Session,
    log: Vec<Change>,
    now: i64,
}

/// What happens between two slices: in this tab, or in another one.
type Meanwhile = (bool, u8, u8);

fn slices() -> impl Strategy<Value = Vec<(usize, Option<Meanwhile>)>> {
    let meanwhile = prop::option::weighted(0.3, (any::<bool>(), 0..5_u8, any::<u8>()));
    prop::collection::vec((1..4_000_usize, meanwhile), 1..12)
}

impl Tab {
    /// A tab with a pipeline and 30 deals, of an import.
    fn new() -> Self {
        let mut tab = Self {
            session: Session::new(World::default(), Stamp::ZERO, 5),
            log: Vec::new(),
            now: 0,
        };
        let name = "Us".to_owned();
        let currency = Currency::EUR;
        tab.run(Command::Setup { name, currency });
        let edits = deals(&tab, 0, 30);
        tab.run(bring(edits));
        tab
    }

    fn run(&mut self, command: Command) {
        self.now += 1;
        if let Ok(done) = self.session.command(command, at(self.now)) {
            self.log.extend(persisted(&done.effects));
        }
    }

    fn stages(&self) -> Vec<StageId> {
        let state = &self.session.world().state;
        let stages = state.stages(state.pipelines()[0].id);
        stages.iter().map(|stage| stage.id).collect()
    }

    /// Works a large change through, in slices of these sizes and then in any.
    fn carry(&mut self, mut bulk: Bulk, slices: &[(usize, Option<Meanwhile>)], other: &mut Self) {
        let mut sizes = slices.iter().cycle();
        let mut first = slices.iter();
        loop {
            let budget = sizes.next().map_or(1_000, |(size, _)| *size);
            if self.session.step(&mut bulk, budget).finished {
                break;
            }
            if let Some((_, Some(what))) = first.next() {
                self.meanwhile(*what, other);
            }
        }
        // Between the last slice and the end of the writing something may come too.
        if let Some((_, Some(what))) = slices.last() {
            self.meanwhile(*what, other);
        }
        let parts = bulk.take_written();
        let parts = parts.iter().map(|w| wire::decode(&w.json).unwrap());
        let (changes, incomplete) = wire::assemble(parts.collect());
        assert!(incomplete.is_empty());
        self.log.extend(changes);
        let Finished { effects, .. } = self.session.finish(bulk, |_| true);
        assert!(persisted(&effects).is_empty(), "it is written already");
    }

    fn meanwhile(&mut self, (here, what, which): Meanwhile, other: &mut Self) {
        let who = if here { &mut *self } else { &mut *other };
        let written = who.log.len();
        let deal = DealId(u64::from(which) % 40);
        let stages = who.stages();
        let stage = stages[usize::from(which) % stages.len()];
        match what {
            0 => who.run(Command::QuickAdd {
                stage,
                title: format!("Meanwhile {which}"),
            }),
            1 => who.run(Command::Delete(vec![deal.into()])),
            2 => who.run(Command::EditRecord(vec![Edit::Deal(
                deal,
                DealField::Source(format!("Source {which}")),
            )])),
            // Neither a large change, which takes slices, nor the beginning of it all.
            3 if who.session.stored_undo().is_some() => {}
            3 if who
                .session
                .undo_label()
                .is_none_or(|l| l.starts_with("Set")) => {}
            3 => {
                who.now += 1;
                let effects = who.session.undo(at(who.now));
                who.log.extend(persisted(&effects));
            }
            _ => who.run(Command::DeleteStage {
                stage,
                to: Some(stages[(usize::from(which) + 1) % stages.len()]),
                closure: None,
            }),
        }
        if !here {
            let new = other.log[written..].to_vec();
            self.session.remote(&new);
            self.log.extend(new);
        }
    }

    fn invariants(&self) -> Result<(), TestCaseError> {
        let world = self.session.world();
        prop_assert_eq!(&replay(&self.log), &world.state);
        let anew = World::over(world.state.clone());
        let filter = BoardFilter {
            status: StatusFilter::All,
            ..BoardFilter::default()
        };
        let view = |board: &BoardIndex, stage| board.view(&world.state, stage, &filter);
        for stage in self.stages() {
            prop_assert_eq!(view(&world.board, stage), view(&anew.board, stage));
        }
        prop_assert_eq!(
            world.links.clone().in_order(),
            anew.links.clone().in_order()
        );
        let deals = || world.state.tables.deals.rows().map(|(id, _)| id);
        prop_assert!(deals().all(|id| world.agenda.is_bare(id) == anew.agenda.is_bare(id)));
        let filed = |world: &World| -> Vec<(DealId, Vec<ActivityId>)> {
            let lists = world.activities.iter().filter(|(_, list)| !list.is_empty());
            let mut lists: Vec<_> = lists.map(|(deal, list)| (*deal, list.clone())).collect();
            lists.iter_mut().for_each(|(_, list)| list.sort());
            lists.sort();
            lists
        };
        prop_assert_eq!(filed(world), filed(&anew));
        Ok(())
    }
}

fn parts_of(edits: Vec<Edit>) -> Parts {
    edits.into_iter().collect()
}

fn bring(edits: Vec<Edit>) -> Command {
    let intent = Intent::new(IntentKind::Import, "Imported");
    Command::Bring { intent, edits }
}

/// Edits of deals as an import has them: where each stands in its column comes last.
fn deals(tab: &Tab, from: u64, count: u64) -> Vec<Edit> {
    let stages = tab.stages();
    let mut edits = Vec::new();
    for n in from..from + count {
        let stage = stages[n as usize % 6];
        let since = at(0).now - n as i64;
        edits.extend([
            Edit::Deal(DealId(n), DealField::Title(format!("Deal {n}"))),
            Edit::Deal(DealId(n), DealField::Placement(Placement { stage, since })),
            Edit::Deal(DealId(n), DealField::Source(format!("File {from}"))),
        ]);
        if n % 2 == 0 {
            let org = OrgId(n % 7);
            edits.push(Edit::Deal(DealId(n), DealField::Organisation(Some(org))));
        }
    }
    let ranks = Rank::spread(count as usize).into_iter();
    edits.extend(
        (from..)
            .zip(ranks)
            .map(|(n, rank)| Edit::Deal(DealId(n), DealField::Rank(rank))),
    );
    edits
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn an_import_in_slices_is_the_import_at_once(slices in slices(), count in 1..1_200_u64) {
        let mut tab = Tab::new();
        let edits = deals(&tab, 20, count);
        let mut plain = tab.clone();
        plain.run(bring(edits.clone()));
        let sizes: Vec<_> = slices.iter().map(|(size, _)| (*size, None)).collect();
        tab.now += 1;
        let intent = Intent::new(IntentKind::Import, "Imported");
        let bulk = tab.session.begin_bring(intent, parts_of(edits), at(tab.now)).unwrap();
        let mut other = tab.clone();
        tab.carry(bulk, &sizes, &mut other);
        tab.invariants()?;
        prop_assert_eq!(&tab.session.world().state, &plain.session.world().state);
        prop_assert_eq!(tab.session.undo_label(), plain.session.undo_label());
        let (mine, theirs) = (tab.log.last().unwrap(), plain.log.last().unwrap());
        prop_assert_eq!((mine.stamp, &mine.intent), (theirs.stamp, &theirs.intent));
        let sorted = |edits: &[Edit]| {
            let mut texts: Vec<String> = edits.iter().map(|e| format!("{e:?}")).collect();
            texts.sort();
            texts
        };
        prop_assert_eq!(sorted(&mine.edits), sorted(&theirs.edits));
        prop_assert_eq!(sorted(&mine.before), sorted(&theirs.before));
    }

    #[test]
    fn what_is_done_while_an_import_comes_in_is_lost_nowhere(slices in slices(), count in 1..1_200_u64) {
        let mut tab = Tab::new();
        let mut other = tab.clone();
        other.session = Session::new(tab.session.world().clone(), Stamp::new(at(1).now, 0, 0), 77);
        let edits = deals(&tab, 20, count);
        tab.now += 1;
        let intent = Intent::new(IntentKind::Import, "Imported");
        let bulk = tab.session.begin_bring(intent, parts_of(edits), at(tab.now)).unwrap();
        tab.carry(bulk, &slices, &mut other);
        tab.invariants()?;
        // The other tab hears of the import, in parts and in slices.
        let import = tab.log.iter().rfind(|c| c.intent.kind == IntentKind::Import).unwrap();
        let parts: Vec<Change> = wire::encode(import).iter().map(|w| wire::decode(&w.json).unwrap().change).collect();
        let known: Vec<Stamp> = other.log.iter().map(|c| c.stamp).collect();
        let rest: Vec<Change> = tab.log.iter().filter(|c| !known.contains(&c.stamp) && c.stamp != import.stamp).cloned().collect();
        other.session.remote(&rest);
        other.log.extend(rest);
        other.log.push(import.clone());
        let bulk = other.session.begin_hear(parts);
        let mut nobody = tab.clone();
        let sizes: Vec<_> = slices.iter().map(|(size, _)| (*size, None)).collect();
        other.carry(bulk, &sizes, &mut nobody);
        other.invariants()?;
        prop_assert_eq!(&other.session.world().state, &tab.session.world().state);
    }

    #[test]
    fn an_import_taken_back_in_slices_is_gone_and_comes_again(slices in slices(), count in 1..1_200_u64) {
        let mut tab = Tab::new();
        let edits = deals(&tab, 20, count);
        let before = shown(&tab.session);
        tab.now += 1;
        let intent = Intent::new(IntentKind::Import, "Imported");
        let bulk = tab.session.begin_bring(intent, parts_of(edits), at(tab.now)).unwrap();
        let mut other = tab.clone();
        tab.carry(bulk, &slices[..0], &mut other);
        let after = shown(&tab.session);
        let sizes: Vec<_> = slices.iter().map(|(size, _)| (*size, None)).collect();
        for (then, wanted) in [(Then::Undo, &before), (Then::Redo, &after), (Then::Undo, &before)] {
            let stored = match then {
                Then::Undo => tab.session.stored_undo(),
                _ => tab.session.stored_redo(),
            };
            let stamp = stored.unwrap().stamp;
            let change = tab.log.iter().find(|c| c.stamp == stamp).unwrap();
            let parts = wire::encode(change).iter().map(|w| wire::decode(&w.json).unwrap().change).collect();
            tab.now += 1;
            let bulk = tab.session.begin_take_back(parts, then, at(tab.now)).unwrap();
            tab.carry(bulk, &sizes, &mut other);
            tab.invariants()?;
            prop_assert_eq!(&shown(&tab.session), wanted);
        }
        // With something done meanwhile nothing of that is lost either.
        let stamp = tab.session.stored_redo().unwrap().stamp;
        let change = tab.log.iter().find(|c| c.stamp == stamp).unwrap();
        let parts = wire::encode(change).iter().map(|w| wire::decode(&w.json).unwrap().change).collect();
        let bulk = tab.session.begin_take_back(parts, Then::Redo, at(tab.now + 1)).unwrap();
        tab.carry(bulk, &slices, &mut other);
        tab.invariants()?;
    }

    #[test]
    fn a_large_change_given_up_has_changed_nothing(slices in slices(), count in 1..1_200_u64) {
        let mut tab = Tab::new();
        let plain = tab.clone();
        let edits = deals(&tab, 20, count);
        let intent = Intent::new(IntentKind::Import, "Imported");
        let mut bulk = tab.session.begin_bring(intent, parts_of(edits), at(tab.now + 1)).unwrap();
        for (size, _) in slices {
            tab.session.step(&mut bulk, size);
        }
        tab.session.abandon(bulk);
        tab.invariants()?;
        prop_assert_eq!(&tab.session.world().state, &plain.session.world().state);
        prop_assert_eq!(tab.session.undo_label(), plain.session.undo_label());
        // What follows is as if it had never been begun.
        let effects = tab.session.undo(at(tab.now + 2));
        prop_assert_eq!(persisted(&effects).len(), 1);
        prop_assert!(!tab.session.world().state.tables.is_alive(DealId(3).into()));
    }

    #[test]
    fn a_merge_in_slices_is_the_merge_at_once(slices in slices(), count in 1..1_200_u64) {
        let tab = Tab::new();
        let mut file = tab.clone();
        file.session = Session::new(tab.session.world().clone(), Stamp::new(at(1).now, 0, 0), 78);
        file.run(bring(deals(&tab, 20, count)));
        file.run(Command::Delete(vec![DealId(21).into()]));
        let (mut plain, mut sliced) = (tab.clone(), tab);
        for tab in [&mut plain, &mut sliced] {
            tab.now += 3;
            tab.run(Command::EditRecord(vec![Edit::Deal(DealId(22), DealField::Source("Here".into()))]));
        }
        let new = &file.log[2..];
        let (report, _) = plain.session.merge(new, 2);
        let parts: Vec<Change> = file.log.iter().flat_map(wire::encode).map(|w| wire::decode(&w.json).unwrap().change).collect();
        let mut bulk = sliced.session.begin_merge(parts);
        let mut sizes = slices.iter().cycle();
        while !sliced.session.step(&mut bulk, sizes.next().map_or(1, |(size, _)| *size)).finished {}
        let is_new = |stamp: Stamp| new.iter().any(|change| change.stamp == stamp);
        let finished = sliced.session.finish(bulk, is_new);
        prop_assert_eq!(finished.report, report);
        sliced.log.extend_from_slice(new);
        sliced.invariants()?;
        prop_assert_eq!(&sliced.session.world().state, &plain.session.world().state);
    }
}
