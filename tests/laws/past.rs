//! The past: what the log says of a time, and of what happened between two.

use super::work::{FREE_WORK, Op, Team, ops};
use fairlead::domain::change::{Change, Edit, EntityRef, Kind, Slot, Tables};
use fairlead::domain::deal::{DealField, Status};
use fairlead::domain::entity::MAP_BASE;
use fairlead::domain::ids::DealId;
use fairlead::domain::insight::exchange::Exchange;
use fairlead::domain::insight::facts::Facts;
use fairlead::domain::insight::past::{Rewind, not_yet, world_at};
use fairlead::domain::insight::stood::{Course, DayEnd, Means, open_at};
use fairlead::domain::insight::trail::Trails;
use fairlead::domain::insight::waterfall::{Look, StepKind, Window, waterfall};
use fairlead::domain::money::{Currency, Sums, percent_of};
use fairlead::domain::world::World;
use proptest::prelude::*;

/// The work of one person alone, with commands only: what two write at the same time has no one
/// order, and what a file brings may be older than it is known.
fn alone() -> impl Strategy<Value = Vec<Op>> {
    let mine = |op: &Op| (false, op.1 % FREE_WORK, op.2, op.3);
    ops().prop_map(move |ops| ops.iter().map(mine).collect())
}

/// Every field of everything that is there, as a person sees it.
fn seen(world: &World) -> Vec<Edit> {
    let tables = &world.state.tables;
    let mut alive: Vec<EntityRef> = tables.alive().into_iter().map(|(e, _)| e).collect();
    alive.sort();
    let mut all = Vec::new();
    for entity in alive {
        let plain = Tables::keys(entity.kind).into_iter();
        let plain = plain.filter(|key| *key < MAP_BASE).map(|key| (key, 0));
        let entries = tables.fields(entity).into_iter();
        let entries = entries
            .filter(|kept| kept.key >= MAP_BASE)
            .map(|kept| (kept.key, kept.sub));
        for (key, sub) in plain.chain(entries) {
            all.push(tables.present(Slot { entity, key, sub }));
        }
    }
    all.retain(|edit| edit.value() != fairlead::domain::value::Value::Null);
    all
}

/// The first thing one shows and the other does not.
fn parting(a: &World, b: &World) -> Option<Edit> {
    let (a, b) = (seen(a), seen(b));
    let other = |one: &[Edit], two: &[Edit]| one.iter().find(|e| !two.contains(e)).cloned();
    other(&a, &b).or_else(|| other(&b, &a))
}

fn middle(log: &[Change]) -> i64 {
    log.get(log.len() / 2).map_or(0, |change| change.stamp.ms())
}

fn deals(world: &World) -> Vec<DealId> {
    world.state.tables.deals.rows().map(|(id, _)| id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_past_until_now_is_the_present(ops in alone()) {
        let team = Team::after(&ops);
        let past = world_at(team.log(0).to_vec(), i64::MAX);
        prop_assert_eq!(parting(&past, team.session(0).world()), None);
    }

    #[test]
    fn nothing_later_shows(ops in alone()) {
        let team = Team::after(&ops);
        let log = team.log(0);
        let then = middle(log);
        let known: Vec<Change> = log.iter().filter(|c| c.stamp.ms() <= then).cloned().collect();
        prop_assert_eq!(parting(&world_at(log.to_vec(), then), &world_at(known, then)), None);
        let past = world_at(log.to_vec(), then);
        for entity in not_yet(log, then) {
            prop_assert!(!past.is_alive(entity), "{}", entity);
        }
    }

    #[test]
    fn who_looks_back_has_the_dashboards_and_rates_of_today(ops in alone()) {
        let team = Team::after(&ops);
        let (log, now) = (team.log(0), team.session(0).world());
        let then = middle(log);
        let (past, kept) = Rewind::new(log.to_vec(), then).with_means_of_today().finish();
        let means = |world: &World| -> Vec<Edit> {
            let of = |edit: &Edit| matches!(edit.entity().kind, Kind::Dashboard | Kind::Rate);
            seen(world).into_iter().filter(of).collect()
        };
        prop_assert_eq!(means(&past), means(now));
        prop_assert_eq!(Exchange::read(&past.state), Exchange::read(&now.state));
        // Everything else is that of the day, also in the log of it.
        let plain = world_at(log.to_vec(), then);
        let rest = |world: &World| {
            let other = |edit: &Edit| !matches!(edit.entity().kind, Kind::Dashboard | Kind::Rate | Kind::Workspace);
            seen(world).into_iter().filter(other).collect::<Vec<_>>()
        };
        prop_assert_eq!(rest(&past), rest(&plain));
        prop_assert!(kept.iter().all(|change| change.stamp.ms() <= then));
    }

    #[test]
    fn a_trail_ends_where_the_deal_stands(ops in alone()) {
        let team = Team::after(&ops);
        let world = team.session(0).world();
        let trails = Trails::read(team.log(0));
        for id in deals(world) {
            let standing = trails.of(id).at(i64::MAX);
            prop_assert_eq!(trails.pushes(id), trails.of(id).pushes());
            for time in [middle(team.log(0)), i64::MAX] {
                prop_assert_eq!(trails.at(id, time), trails.of(id).at(time));
            }
            let deal = world.state.tables.deals.get(id);
            prop_assert_eq!(standing.is_some(), deal.is_some());
            if let (Some(s), Some(deal)) = (standing, deal) {
                prop_assert_eq!(s.value, deal.value);
                prop_assert_eq!(s.close, deal.close);
                prop_assert_eq!(s.owner, deal.owner);
                prop_assert_eq!(s.category, deal.category);
            }
        }
    }

    #[test]
    fn trails_heard_one_by_one_are_those_read_at_once(ops in ops(), seed in any::<u64>()) {
        let team = Team::after(&ops);
        let whole = Trails::read(team.log(0));
        let mut heard = Trails::default();
        for change in &super::work::shuffled(team.log(0), seed) {
            heard.hear(change);
        }
        for id in deals(team.session(0).world()) {
            prop_assert_eq!(heard.of(id), whole.of(id));
            prop_assert_eq!(heard.pushes(id), whole.of(id).pushes());
            let time = middle(team.log(0));
            prop_assert_eq!(heard.at(id, time), whole.of(id).at(time));
        }
    }

    #[test]
    fn what_stood_open_ends_with_what_is_open(ops in alone()) {
        let team = Team::after(&ops);
        let (log, world) = (team.log(0), team.session(0).world());
        let (trails, facts) = (Trails::read(log), Facts::over(world, &|_| 0));
        let exchange = Exchange::read(&world.state);
        let means = Means {
            state: &world.state,
            trails: &trails,
            stages: &facts.stages,
            exchange: &exchange,
            currency: Currency::EUR,
        };
        let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let ends = [middle(log), i64::MAX].map(|at| DayEnd { day, at });
        let mut course = Course::new(ends.to_vec(), &facts.stages);
        let all = deals(world);
        for id in &all {
            course.add(&means, *id);
        }
        for stage in 0..facts.stages.len() as u16 {
            let now = |row: &usize| facts.status[*row] == Status::Open && facts.stage[*row] == stage;
            let rows: Vec<usize> = (0..facts.len()).filter(now).collect();
            let found = course.of(1, stage);
            prop_assert_eq!(found.count, rows.len() as u64);
            let minor = |row: &usize| facts.money(*row).filter(|m| m.currency == Currency::EUR).map_or(0, |m| i128::from(m.minor));
            prop_assert_eq!(found.minor, rows.iter().map(minor).sum::<i128>());
            let weighted = rows.iter().map(|row| minor(row) * i128::from(facts.probability[*row])).sum();
            prop_assert_eq!(found.weighted(), percent_of(weighted));
            for (n, end) in ends.iter().enumerate() {
                let named = open_at(&means, &all, end.at, Some(stage));
                prop_assert_eq!(course.of(n, stage).count, named.len() as u64);
            }
        }
        for (n, end) in ends.iter().enumerate() {
            prop_assert_eq!(course.sum(n, 0..facts.stages.len() as u16).count, open_at(&means, &all, end.at, None).len() as u64);
        }
    }

    #[test]
    fn a_waterfall_sums_exactly((free, ops) in prop_oneof![ops().prop_map(|ops| (true, ops)), alone().prop_map(|ops| (false, ops))], narrow in any::<bool>(), mine in any::<bool>()) {
        let team = Team::after(&ops);
        let (log, world) = (team.log(0), team.session(0).world());
        let trails = Trails::read(log);
        let day = |n: i64| chrono::NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + chrono::Days::new(u64::try_from(n).unwrap());
        let window = Window {
            from: middle(log),
            to: i64::MAX,
            closing: narrow.then(|| (day(0), day(40))),
        };
        let belongs = |id: DealId, _: &_| !mine || id.0.is_multiple_of(2);
        let look = Look { belongs: &belongs, worth: &|money| money };
        let fall = waterfall(&trails, deals(world), window, &look);
        let mut sum = fall.start.clone();
        for step in &fall.steps {
            if let Some(money) = step.amount {
                sum.add(money.currency, i128::from(money.minor));
                // Work with commands gives no deal a negative value.
                let comes = step.kind <= StepKind::Increased;
                prop_assert!(free || money.minor == 0 || (money.minor > 0) == comes);
            }
        }
        let flat = |sums: &Sums| sums.iter().filter(|(_, n)| *n != 0).collect::<Vec<_>>();
        prop_assert_eq!(flat(&sum), flat(&fall.end));
        if !narrow && !mine {
            let open = |deal: &&fairlead::domain::deal::Deal| deal.outcome.status() == Status::Open;
            prop_assert_eq!(fall.ended.len(), world.state.tables.deals.iter().filter(open).count());
        }
    }
}

#[test]
fn a_deal_that_a_file_brings_is_there_since_it_was_made_and_closed_when_it_was() {
    use fairlead::domain::change::{Intent, IntentKind};
    use fairlead::domain::deal::{Closure, Outcome, Placement};
    use fairlead::domain::ids::StageId;
    use fairlead::domain::stamp::Stamp;
    let on = |m, d| chrono::NaiveDate::from_ymd_opt(2025, m, d).unwrap();
    let noon = fairlead::domain::insight::trail::noon;
    let id = DealId(1);
    let set = |field| Edit::Deal(id, field);
    let (lead, won) = (StageId(1), StageId(2));
    let at = |stage, day| Placement {
        stage,
        since: noon(day),
    };
    let change = Change {
        stamp: Stamp::new(noon(on(12, 1)), 0, 1),
        intent: Intent::new(IntentKind::Import, "Imported"),
        author: None,
        edits: vec![
            set(DealField::Title("Old".into())),
            set(DealField::Placement(at(won, on(6, 1)))),
            set(DealField::Placement(at(lead, on(3, 1)))),
            set(DealField::Outcome(Outcome::Won(Box::new(Closure::on(on(
                6, 1,
            )))))),
            set(DealField::Created(noon(on(2, 1)))),
        ],
        before: Vec::new(),
        undoes: None,
    };
    let world = |day| world_at(vec![change.clone()], noon(day));
    assert!(world(on(1, 31)).state.tables.deals.get(id).is_none());
    let spring = world(on(4, 1));
    let deal = spring.state.tables.deals.get(id).unwrap();
    assert_eq!(
        (deal.placement.stage, deal.outcome.status()),
        (lead, Status::Open)
    );
    let summer = world(on(7, 1));
    let deal = summer.state.tables.deals.get(id).unwrap();
    assert_eq!(
        (deal.placement.stage, deal.outcome.status()),
        (won, Status::Won)
    );
    let trail = Trails::read([&change]).of(id);
    assert_eq!(trail.created, noon(on(2, 1)));
    assert_eq!(trail.at(noon(on(4, 1))).unwrap().stage, Some(lead));
    assert_eq!(trail.at(noon(on(6, 1))).unwrap().status(), Status::Won);
    assert_eq!(trail.at(noon(on(1, 1))), None);
}
