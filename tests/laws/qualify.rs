//! Gates and scores as laws: a move is refused exactly when something is missing, an override
//! always goes through and is kept, and every score is the sum of its reasons.

use crate::work::at;
use fairlead::app::session::Session;
use fairlead::domain::activity::{ActivityField, ActivityKind, ActivityOutcome};
use fairlead::domain::change::{Change, Edit, Intent, IntentKind};
use fairlead::domain::command::qualify::{Fill, QualifyCommand};
use fairlead::domain::command::{Command, Refusal};
use fairlead::domain::deal::DealField;
use fairlead::domain::gate::{Check, CriterionField, GateMode, GateSide};
use fairlead::domain::ids::{ActivityId, CriterionId, DealId, ScoreRuleId, StageId};
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::query::board::Place;
use fairlead::domain::query::condition::Subject;
use fairlead::domain::query::gate::missing;
use fairlead::domain::query::score::{Score, faded, grade_of};
use fairlead::domain::rank::Rank;
use fairlead::domain::rule::{Condition, Op};
use fairlead::domain::scoring::{Axis, ScoreRuleField, Signal};
use fairlead::domain::stage::StageField;
use fairlead::domain::stamp::Stamp;
use fairlead::domain::workspace::WorkspaceField;
use fairlead::domain::world::World;
use proptest::prelude::*;

/// A stage's gate, its criteria, whether it requires a value and how many contacts.
type Stage = (u8, Vec<(bool, bool)>, bool, u8);

fn stages() -> impl Strategy<Value = Vec<Stage>> {
    let criteria = prop::collection::vec((any::<bool>(), any::<bool>()), 0..3);
    prop::collection::vec((0_u8..3, criteria, any::<bool>(), 0_u8..2), 7)
}

/// The usual pipeline with these gates and one deal in stage `from`.
fn pipeline(gates: &[Stage], from: usize, valued: bool) -> (Session, Vec<StageId>, DealId) {
    let mut session = Session::new(World::default(), Stamp::ZERO, 1);
    let setup = Command::Setup {
        name: "x".into(),
        currency: Currency::EUR,
    };
    session.command(setup, at(0)).unwrap();
    // Reasons are another law's.
    let silent = Command::EditWorkspace(vec![WorkspaceField::ReasonsRequired(false)]);
    session.command(silent, at(0)).unwrap();
    let state = &session.world().state;
    let stages: Vec<StageId> = state
        .stages(state.pipelines()[0].id)
        .iter()
        .map(|s| s.id)
        .collect();
    let add = Command::QuickAdd {
        stage: stages[from],
        title: "Deal".into(),
    };
    let deal = DealId(session.command(add, at(1)).unwrap().focus.unwrap().id);
    let mut edits = Vec::new();
    if valued {
        let value = Some(Money::new(100, Currency::EUR));
        edits.push(Edit::Deal(deal, DealField::Value(value)));
    }
    let mut next = 1;
    for (stage, (gate, criteria, required, contacts)) in stages.iter().zip(gates) {
        let required = if *required {
            vec!["value".to_owned()]
        } else {
            Vec::new()
        };
        for field in [
            StageField::Gate(GateMode::ALL[usize::from(*gate)]),
            StageField::Required(required),
            StageField::Contacts(*contacts),
        ] {
            edits.push(Edit::Stage(*stage, field));
        }
        for (ticked, entry) in criteria {
            let id = CriterionId(next);
            next += 1;
            let side = if *entry {
                GateSide::Entry
            } else {
                GateSide::Exit
            };
            for field in [
                CriterionField::Stage(*stage),
                CriterionField::Side(side),
                CriterionField::Text(format!("Criterion {next}")),
            ] {
                edits.push(Edit::Criterion(id, field));
            }
            if *ticked {
                let check = Check {
                    evidence: String::new(),
                    on: at(1).today,
                    by: None,
                };
                edits.push(Edit::Deal(
                    deal,
                    DealField::Check(id, Some(Box::new(check))),
                ));
            }
        }
    }
    let intent = Intent::new(IntentKind::Import, "Gates");
    session
        .command(Command::Bring { intent, edits }, at(2))
        .unwrap();
    (session, stages, deal)
}

fn score(world: &World) -> Option<Score> {
    let deal = world.state.tables.deals.get(DealId(1)).unwrap();
    let now = at(0);
    world
        .rules
        .scores
        .score(&Subject::deal(world, deal, now.now, now.today))
}

/// Axis, points, half-life, cap, kind of signal, whether it asks for a condition that holds.
type Rule = (bool, i64, Option<u16>, Option<u32>, u8, bool);

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let rule = (
        any::<bool>(),
        -1_000_i64..1_000,
        prop::option::of(1_u16..400),
        prop::option::of(1_u32..500),
        0_u8..6,
        any::<bool>(),
    );
    prop::collection::vec(rule, 0..8)
}

fn world(rules: &[Rule], done: &[(u8, i64)], ranks: &[Rank]) -> World {
    let mut edits = vec![Edit::Deal(DealId(1), DealField::Title("x".into()))];
    for (n, ((engagement, points, half_life, cap, signal, holds), rank)) in
        rules.iter().zip(ranks).enumerate()
    {
        let signal = (*signal > 0).then(|| Signal {
            kind: ActivityKind::ALL.get(usize::from(*signal) - 1).copied(),
            direction: None,
            outcome: None,
        });
        let conditions = vec![Condition {
            what: "deal.title".into(),
            op: if *holds { Op::Set } else { Op::Empty },
            with: Vec::new(),
        }];
        for field in [
            ScoreRuleField::Axis(if *engagement {
                Axis::Engagement
            } else {
                Axis::Fit
            }),
            ScoreRuleField::Points(*points),
            ScoreRuleField::HalfLife(*half_life),
            ScoreRuleField::Cap(*cap),
            ScoreRuleField::Signal(signal),
            ScoreRuleField::Conditions(conditions),
            ScoreRuleField::Rank(rank.clone()),
        ] {
            edits.push(Edit::ScoreRule(ScoreRuleId(n as u64 + 1), field));
        }
    }
    for (n, (kind, days)) in done.iter().enumerate() {
        for field in [
            ActivityField::Kind(ActivityKind::ALL[usize::from(*kind) % 5]),
            ActivityField::Deal(Some(DealId(1))),
            ActivityField::Outcome(Some(ActivityOutcome::Held)),
            ActivityField::Done(Some(at(0).now - days * 86_400_000)),
        ] {
            edits.push(Edit::Activity(ActivityId(n as u64 + 1), field));
        }
    }
    let mut world = World::default();
    world.apply(&Change {
        stamp: Stamp::new(1, 0, 1),
        intent: Intent::new(IntentKind::Import, "x"),
        author: None,
        edits,
        before: Vec::new(),
        undoes: None,
    });
    world
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_move_is_refused_exactly_when_something_is_missing(
        gates in stages(), from in 0_usize..7, to in 0_usize..7, valued in any::<bool>(),
    ) {
        let (mut session, stages, deal) = pipeline(&gates, from, valued);
        let world = session.world();
        let known = world.state.tables.deals.get(deal).unwrap();
        let gap = missing(world, known, Some(stages[from]), stages[to]);
        prop_assert!(to > from || gap.is_none(), "only forward");
        let blocks = gap.as_ref().is_some_and(|g| g.mode() == GateMode::Block);
        let go = Command::Move { deals: vec![deal], stage: stages[to], place: Place::Top, closure: None };
        let before = session.world().state.clone();
        match session.clone().command(go.clone(), at(3)) {
            Err(Refusal::Gated(gaps)) => {
                prop_assert!(blocks);
                prop_assert_eq!(Some(&gaps[0]), gap.as_ref());
            }
            Ok(_) => prop_assert!(!blocks),
            Err(Refusal::Nothing) => prop_assert_eq!(from, to),
            Err(other) => prop_assert!(false, "{:?}", other),
        }
        prop_assert_eq!(&before, &session.world().state);
        // An override goes through whatever is missing, and says what that was.
        let pass = Command::Qualify(QualifyCommand::Pass {
            command: Box::new(go),
            fill: Box::new(Fill::default()),
            reason: Some("because".into()),
        });
        let done = session.command(pass, at(4));
        prop_assert!(done.is_ok() || done == Err(Refusal::Nothing));
        let after = session.world().state.tables.deals.get(deal).unwrap();
        prop_assert_eq!(after.placement.stage, stages[to]);
        let kept: Vec<_> = after.overrides.iter().map(|(_, o)| o.missing.clone()).collect();
        prop_assert_eq!(kept, gap.iter().map(|g| g.texts()).collect::<Vec<_>>());
    }

    #[test]
    fn a_score_is_the_sum_of_its_reasons_in_any_order(
        rules in rules(), done in prop::collection::vec((0_u8..5, 0_i64..900), 0..6),
    ) {
        let ranks = Rank::spread(rules.len());
        let mut back = ranks.clone();
        back.reverse();
        let first = score(&world(&rules, &done, &ranks));
        let second = score(&world(&rules, &done, &back));
        let points = |s: &Option<Score>| s.as_ref().map(|s| (s.fit.points, s.engagement.points, s.grade));
        prop_assert_eq!(points(&first), points(&second));
        for axis in first.iter().flat_map(|s| [&s.fit, &s.engagement]) {
            prop_assert_eq!(axis.points, axis.reasons.iter().map(|r| r.points).sum::<i64>());
            for reason in axis.reasons.iter().filter(|r| !r.capped && !r.hits.is_empty()) {
                let hits: i64 = reason.hits.iter().map(|h| h.hundredths).sum();
                prop_assert_eq!(reason.points, hits / 100);
            }
        }
    }

    #[test]
    fn caps_bound_and_days_only_take_away(rules in rules(), done in prop::collection::vec((0_u8..5, 0_i64..900), 1..6), more in 0_i64..400) {
        let ranks = Rank::spread(rules.len());
        let now = score(&world(&rules, &done, &ranks));
        let older: Vec<(u8, i64)> = done.iter().map(|(kind, days)| (*kind, days + more)).collect();
        let later = score(&world(&rules, &older, &ranks));
        let reasons = |s: &Option<Score>| s.iter().flat_map(|s| s.engagement.reasons.clone()).map(|r| (r.rule, r.points)).collect::<Vec<_>>();
        for (rule, points) in reasons(&now) {
            let (_, _, _, cap, signal, _) = &rules[rule.0 as usize - 1];
            if let Some(cap) = cap {
                prop_assert!(points.abs() <= i64::from(*cap));
            }
            let after = reasons(&later).iter().find(|r| r.0 == rule).map_or(0, |r| r.1);
            prop_assert!(after.abs() <= points.abs());
            prop_assert!(*signal > 0 || after == points);
        }
    }

    #[test]
    fn what_fades_never_grows_and_halves_at_each_half_life(
        full in -100_000_i64..100_000, half in 1_u16..4_000, days in 0_i64..100_000, more in 0_i64..10_000,
    ) {
        let at = |days| faded(full, days, Some(half));
        prop_assert!(at(days + more).abs() <= at(days).abs());
        prop_assert!(at(days).signum() * full.signum() >= 0);
        prop_assert_eq!(at(0), full);
        prop_assert_eq!(at(i64::from(half)), full / 2);
        prop_assert_eq!(faded(full, days, None), full);
    }

    #[test]
    fn more_points_never_give_a_worse_grade(points in -200_i64..200, more in 0_i64..100, limits in prop::collection::vec(-100_i64..150, 0..5)) {
        let mut limits = limits;
        limits.sort_by(|a, b| b.cmp(a));
        prop_assert!(grade_of(points + more, &limits) <= grade_of(points, &limits));
    }
}
