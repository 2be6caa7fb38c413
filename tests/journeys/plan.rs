//! Quotas, what works from outside, and experiments.

use crate::desk::{Desk, moved, today};
use fairlead::domain::change::{EntityRef, Kind};
use fairlead::domain::command::experiment::{EndDraft, ExperimentCommand, ExperimentDraft};
use fairlead::domain::command::plan::{CallDraft, FactorDraft, PlanCommand, QuotaDraft};
use fairlead::domain::command::{Command, Refusal};
use fairlead::domain::experiment::{Arm, Assignment, ExperimentState};
use fairlead::domain::ids::{DealId, ExperimentId, QuotaId};
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::query::board::Place;
use fairlead::domain::quota::{QuotaFactor, Span};

fn field(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Field { field, .. } => field,
        other => panic!("{other}"),
    }
}

fn quota() -> QuotaDraft {
    QuotaDraft {
        person: None,
        team: None,
        territory: None,
        pipeline: None,
        from: "2026-10-01".parse().unwrap(),
        span: Span::Quarter,
        amount: Some(Money::new(5_000_000, Currency::EUR)),
        base: Some(Money::new(4_500_000, Currency::EUR)),
        factors: vec![QuotaFactor {
            name: "Season".into(),
            factor: 1_100,
            note: "Always so".into(),
        }],
        note: String::new(),
    }
}

fn save(id: Option<QuotaId>, draft: QuotaDraft) -> Command {
    Command::Plan(PlanCommand::Quota {
        id,
        draft: Box::new(draft),
    })
}

#[test]
fn a_quota_keeps_its_steps_and_there_is_one_for_each_period() {
    let mut desk = Desk::new();
    let Some(EntityRef {
        kind: Kind::Quota,
        id,
    }) = desk.run(save(None, quota()))
    else {
        panic!()
    };
    let id = QuotaId(id);
    let kept = desk
        .session
        .world()
        .state
        .tables
        .quotas
        .get(id)
        .unwrap()
        .clone();
    assert_eq!(
        (kept.factors[0].factor, kept.amount),
        (1_100, quota().amount)
    );
    assert_eq!(field(desk.refused(save(None, quota()))), "from");
    let wrong = [
        (
            QuotaDraft {
                amount: None,
                ..quota()
            },
            "amount",
        ),
        (
            QuotaDraft {
                amount: Some(Money::new(0, Currency::EUR)),
                ..quota()
            },
            "amount",
        ),
        (
            QuotaDraft {
                from: "2026-10-02".parse().unwrap(),
                ..quota()
            },
            "from",
        ),
        (
            QuotaDraft {
                factors: vec![QuotaFactor {
                    factor: -1,
                    ..quota().factors[0].clone()
                }],
                ..quota()
            },
            "factors",
        ),
    ];
    for (draft, at) in wrong {
        assert_eq!(field(desk.refused(save(None, draft))), at);
    }
    desk.run(save(
        Some(id),
        QuotaDraft {
            amount: Some(Money::new(6_000_000, Currency::EUR)),
            ..quota()
        },
    ));
    // The same for a month is another quota.
    desk.run(save(
        None,
        QuotaDraft {
            span: Span::Month,
            ..quota()
        },
    ));
    desk.run(Command::Delete(vec![id.into()]));
    desk.run(save(None, quota()));
    let factor = |effect, to: &str| {
        Command::Plan(PlanCommand::Factor {
            id: None,
            draft: Box::new(FactorDraft {
                name: "Trade fair".into(),
                from: Some("2026-11-01".parse().unwrap()),
                to: Some(to.parse().unwrap()),
                effect,
                territory: None,
                note: String::new(),
            }),
        })
    };
    assert_eq!(field(desk.refused(factor(1_200, "2026-10-01"))), "to");
    assert_eq!(field(desk.refused(factor(99_999, "2026-11-08"))), "effect");
    desk.run(factor(1_200, "2026-11-08"));
}

fn arm(name: &str, tag: &str) -> Arm {
    Arm {
        name: name.into(),
        text: format!("Do {name}"),
        tag: tag.into(),
        weight: 1,
    }
}

fn draft() -> ExperimentDraft {
    ExperimentDraft {
        name: "Call first".into(),
        hypothesis: "Calling first wins more".into(),
        arms: vec![arm("Mail first", ""), arm("Call first", "")],
        assignment: Assignment::Alternating,
        metric: "won".into(),
        minimum: 100,
        power: 80,
        alpha: 5,
        stage: None,
        pipeline: None,
        owner: None,
    }
}

fn prepare(desk: &mut Desk, draft: ExperimentDraft) -> ExperimentId {
    let command = Command::Experiment(ExperimentCommand::Save {
        id: None,
        draft: Box::new(draft),
    });
    ExperimentId(desk.run(command).unwrap().id)
}

fn arm_of(desk: &Desk, deal: DealId, of: ExperimentId) -> Option<i64> {
    desk.session
        .world()
        .state
        .tables
        .deals
        .get(deal)
        .unwrap()
        .arms
        .get(of)
        .copied()
}

#[test]
fn new_deals_get_their_arm_in_the_change_that_makes_them() {
    let mut desk = Desk::new();
    let before = desk.add("Old", "Prospecting");
    let id = prepare(&mut desk, draft());
    let early = desk.add("Too early", "Prospecting");
    desk.run(Command::Experiment(ExperimentCommand::Start(id)));
    let deals: Vec<DealId> = (0..4)
        .map(|n| desk.add(&format!("New {n}"), "Prospecting"))
        .collect();
    let arms: Vec<_> = deals.iter().map(|d| arm_of(&desk, *d, id)).collect();
    assert_eq!(arms, [Some(0), Some(1), Some(0), Some(1)]);
    assert_eq!(
        (arm_of(&desk, before, id), arm_of(&desk, early, id)),
        (None, None)
    );
    // One undo takes the deal and its arm; moving it on changes no arm.
    let stage = desk.stage("Qualification");
    desk.run(moved(&deals[..1], stage, Place::Top));
    assert_eq!(arm_of(&desk, deals[0], id), Some(0));
    // What has begun stays as it is.
    let change = Command::Experiment(ExperimentCommand::Save {
        id: Some(id),
        draft: Box::new(draft()),
    });
    assert!(matches!(desk.refused(change), Refusal::Impossible(_)));
}

#[test]
fn deals_entering_a_stage_take_part_by_chance_or_by_tag() {
    let mut desk = Desk::new();
    let stage = desk.stage("Qualification");
    let by_chance = ExperimentDraft {
        stage: Some(stage),
        assignment: Assignment::Random,
        ..draft()
    };
    let chance = prepare(&mut desk, by_chance);
    let tagged = ExperimentDraft {
        stage: Some(stage),
        assignment: Assignment::Tag,
        arms: vec![arm("Mail first", "mail"), arm("Call first", "call")],
        ..draft()
    };
    let tag = prepare(&mut desk, tagged);
    for id in [chance, tag] {
        desk.run(Command::Experiment(ExperimentCommand::Start(id)));
    }
    let deals: Vec<DealId> = (0..40)
        .map(|n| desk.add(&format!("Deal {n}"), "Prospecting"))
        .collect();
    assert!(deals.iter().all(|d| arm_of(&desk, *d, chance).is_none()));
    desk.run(moved(&deals, stage, Place::Top));
    let second = deals
        .iter()
        .filter(|d| arm_of(&desk, **d, chance) == Some(1))
        .count();
    assert!((10..=30).contains(&second), "{second}");
    assert!(
        deals
            .iter()
            .all(|d| arm_of(&desk, *d, chance).is_some() && arm_of(&desk, *d, tag).is_none())
    );
}

#[test]
fn ending_early_asks_why_and_the_chosen_way_becomes_a_practice() {
    let mut desk = Desk::new();
    let id = prepare(&mut desk, draft());
    let end = |early: &str, outcome: &str| {
        Command::Experiment(ExperimentCommand::End {
            id,
            draft: Box::new(EndDraft {
                outcome: outcome.into(),
                chosen: Some(1),
                early: early.into(),
                share: true,
            }),
        })
    };
    assert!(matches!(desk.refused(end("", "x")), Refusal::Impossible(_)));
    desk.run(Command::Experiment(ExperimentCommand::Start(id)));
    assert_eq!(field(desk.refused(end("Budget is cut", " "))), "outcome");
    assert_eq!(field(desk.refused(end(" ", "Calls win"))), "early");
    desk.run(end("Budget is cut", "Calls win"));
    let tables = &desk.session.world().state.tables;
    let kept = tables.experiments.get(id).unwrap();
    assert_eq!(
        (kept.state, kept.ended, kept.chosen),
        (ExperimentState::Ended, Some(today()), Some(1))
    );
    assert_eq!(kept.early, "Budget is cut");
    let practice = tables.practices.iter().next().unwrap();
    assert_eq!(
        (practice.title.as_str(), practice.experiment),
        ("Call first", Some(id))
    );
    desk.undo();
    assert_eq!(
        desk.session.world().state.tables.practices.iter().count(),
        0
    );
    let wrong = [
        (
            ExperimentDraft {
                hypothesis: " ".into(),
                ..draft()
            },
            "hypothesis",
        ),
        (
            ExperimentDraft {
                arms: vec![arm("A", "")],
                ..draft()
            },
            "arms",
        ),
        (
            ExperimentDraft {
                arms: vec![arm("A", ""), arm("a", "")],
                ..draft()
            },
            "arms",
        ),
        (
            ExperimentDraft {
                assignment: Assignment::Tag,
                ..draft()
            },
            "arms",
        ),
        (
            ExperimentDraft {
                minimum: 0,
                ..draft()
            },
            "minimum",
        ),
        (
            ExperimentDraft {
                power: 10,
                ..draft()
            },
            "power",
        ),
        (
            ExperimentDraft {
                alpha: 50,
                ..draft()
            },
            "alpha",
        ),
        (
            ExperimentDraft {
                metric: "luck".into(),
                ..draft()
            },
            "metric",
        ),
    ];
    for (draft, at) in wrong {
        let command = Command::Experiment(ExperimentCommand::Save {
            id: None,
            draft: Box::new(draft),
        });
        assert_eq!(field(desk.refused(command)), at);
    }
}

#[test]
fn a_call_stays_as_it_was_said() {
    let mut desk = Desk::new();
    desk.add("Crane", "Prospecting");
    let call = |amount| {
        Command::Plan(PlanCommand::Call(Box::new(CallDraft {
            person: None,
            team: None,
            from: "2026-10-01".parse().unwrap(),
            span: Span::Quarter,
            amount: Some(Money::new(amount, Currency::EUR)),
            best: None,
            commit: None,
            note: String::new(),
            won: None,
            weighted: None,
        })))
    };
    let told = desk.told(call(5_000_000));
    assert!(
        told.text.contains("A call stays as it was said"),
        "{told:?}"
    );
    assert!(!told.undo);
    let calls = |desk: &Desk| desk.state().tables.calls.iter().count();
    // Undo says so, once, and then goes on with what came before.
    let told = desk.undo();
    assert_eq!(
        told.text,
        "A call stays as it was said; submit another to correct it"
    );
    assert_eq!(calls(&desk), 1);
    assert_eq!(desk.undo().text, "Undid: Added Crane");
    assert_eq!(calls(&desk), 1);
    // Nor is it reverted from the history; another one stands beside it.
    desk.run(call(4_000_000));
    let said = desk.log.last().unwrap().clone();
    let effects = desk.session.revert(&said, desk.at());
    assert!(desk.carry_out(effects).unwrap().text.contains("stays"));
    assert_eq!(calls(&desk), 2);
    // A quota is no call.
    desk.run(save(None, quota()));
    assert!(desk.undo().text.starts_with("Undid: "));
    assert_eq!(desk.state().tables.quotas.iter().count(), 0);
}

#[test]
fn uneven_parts_are_kept_when_deals_are_assigned_and_in_the_sizes() {
    use fairlead::domain::insight::trial::findings;
    let mut desk = Desk::new();
    let mut uneven = draft();
    uneven.arms[0].weight = 3;
    let in_turn = prepare(&mut desk, uneven.clone());
    let by_chance = prepare(
        &mut desk,
        ExperimentDraft {
            assignment: Assignment::Random,
            ..uneven
        },
    );
    let even = prepare(&mut desk, draft());
    for id in [in_turn, by_chance] {
        desk.run(Command::Experiment(ExperimentCommand::Start(id)));
    }
    let deals: Vec<DealId> = (0..200)
        .map(|n| desk.add(&format!("Deal {n}"), "Prospecting"))
        .collect();
    let first = |of| {
        let arms = deals.iter().map(|deal| arm_of(&desk, *deal, of));
        arms.filter(|arm| *arm == Some(0)).count()
    };
    assert_eq!(first(in_turn), 150);
    // 150 give or take three standard deviations of 6.1.
    assert!(
        (131..=169).contains(&first(by_chance)),
        "{}",
        first(by_chance)
    );
    let needed = |of| {
        let world = desk.session.world();
        let experiment = world.state.tables.experiments.get(of).unwrap();
        findings(world, experiment, desk.now).needed.unwrap()
    };
    let (uneven, even) = (needed(in_turn), needed(even));
    assert_eq!(even[0], even[1]);
    assert!(uneven[0] > even[0] && uneven[1] < even[1], "{uneven:?}");
    assert!(uneven[0].abs_diff(3 * uneven[1]) <= 3, "{uneven:?}");
}
