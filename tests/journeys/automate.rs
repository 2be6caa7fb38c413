//! Rules that do work by themselves: set off, undone, tried on the past, and never in circles.

use crate::desk::{DAY, Desk, UTC};
use fairlead::app::session::Effect;
use fairlead::domain::activity::ActivityKind;
use fairlead::domain::automate::{dry_run, due};
use fairlead::domain::automation::{Action, ActionKind, Trigger, TriggerKind};
use fairlead::domain::change::{Edit, IntentKind};
use fairlead::domain::command::automate::{AutomateCommand, RuleDraft};
use fairlead::domain::command::{Command, DealDraft, Refusal};
use fairlead::domain::deal::DealField;
use fairlead::domain::ids::PersonId;
use fairlead::domain::ids::{AutomationId, DealId};
use fairlead::domain::party::PersonField;
use fairlead::domain::query::notices::{newest, unread};
use fairlead::domain::rule::{Condition, Op};
use fairlead::domain::scoring::Axis;
use proptest::prelude::*;

pub fn action(kind: ActionKind) -> Action {
    Action {
        kind,
        text: String::new(),
        field: String::new(),
        activity: None,
        days: 0,
        stage: None,
        people: Vec::new(),
    }
}

pub fn trigger(kind: TriggerKind) -> Trigger {
    Trigger {
        kind,
        ..RuleDraft::blank().trigger
    }
}

pub fn tag(text: &str) -> Action {
    Action {
        text: text.into(),
        ..action(ActionKind::Tag)
    }
}

/// Adds a rule and lets it work.
pub fn rule(desk: &mut Desk, name: &str, trigger: Trigger, actions: Vec<Action>) -> AutomationId {
    let draft = RuleDraft {
        name: name.into(),
        trigger,
        actions,
        ..RuleDraft::blank()
    };
    let made = desk.run(Command::Automate(AutomateCommand::Save {
        id: None,
        draft: Box::new(draft),
    }));
    let rule = AutomationId(made.unwrap().id);
    desk.run(Command::Automate(AutomateCommand::SetOn { rule, on: true }));
    rule
}

pub fn entering(desk: &Desk, stage: &str) -> Trigger {
    Trigger {
        stage: Some(desk.stage(stage)),
        ..trigger(TriggerKind::Entered)
    }
}

fn call(desk: &mut Desk) -> AutomationId {
    let trigger = entering(desk, "Proposal");
    let plan = Action {
        text: "Ask what they think".into(),
        activity: Some(ActivityKind::Call),
        days: 3,
        ..action(ActionKind::Activity)
    };
    rule(
        desk,
        "Call after the proposal",
        trigger,
        vec![plan, tag("warm")],
    )
}

pub fn calls(desk: &Desk, deal: DealId) -> usize {
    let all = desk.state().tables.activities.iter();
    all.filter(|a| a.deal == Some(deal)).count()
}

#[test]
fn entering_a_stage_plans_a_call_and_one_undo_takes_both_back() {
    let mut desk = Desk::new();
    let rule = call(&mut desk);
    let deal = desk.add("Crane", "Prospecting");
    assert_eq!(calls(&desk, deal), 0);
    desk.move_to(deal, "Proposal");
    let activity = desk
        .state()
        .tables
        .activities
        .iter()
        .next()
        .unwrap()
        .clone();
    assert_eq!(activity.subject, "Ask what they think");
    assert_eq!(
        activity.due,
        Some(crate::desk::today() + chrono::Duration::days(3))
    );
    assert_eq!(activity.automation, Some(rule));
    assert_eq!(desk.deal(deal).tags, ["warm"]);
    let run = desk.state().tables.runs.iter().next().unwrap().clone();
    assert_eq!((run.automation, run.deal), (rule, deal));
    assert_eq!(run.cause, "The deal entered Proposal");
    assert_eq!(run.did.len(), 2);
    assert_eq!(desk.log.last().unwrap().intent.kind, IntentKind::Automate);

    let shown = desk.shown();
    let said = desk.undo();
    assert!(said.text.starts_with("Undid: Moved Crane"), "{}", said.text);
    assert_eq!(desk.path(deal), ["Prospecting"]);
    assert_eq!((calls(&desk, deal), desk.deal(deal).tags.len()), (0, 0));
    assert_eq!(desk.state().tables.runs.iter().count(), 0);
    let said = desk.redo();
    assert!(said.text.starts_with("Redid: Moved Crane"), "{}", said.text);
    assert_eq!(desk.shown(), shown);
    assert_eq!(desk.reopened(9).state(), desk.state());
}

#[test]
fn a_rule_that_rests_and_one_whose_conditions_do_not_hold_do_nothing() {
    let mut desk = Desk::new();
    let id = call(&mut desk);
    desk.run(Command::Automate(AutomateCommand::Save {
        id: Some(id),
        draft: Box::new(RuleDraft {
            conditions: vec![Condition {
                what: "deal.tags".into(),
                op: Op::Contains,
                with: vec!["big".into()],
            }],
            ..RuleDraft::of(desk.state().tables.automations.get(id).unwrap())
        }),
    }));
    let small = desk.add("Small", "Prospecting");
    desk.move_to(small, "Proposal");
    assert_eq!(calls(&desk, small), 0);
    let mut draft = DealDraft::new(desk.stage("Prospecting"));
    (draft.title, draft.tags) = ("Large".into(), vec!["big".into()]);
    let large = desk.save(draft);
    desk.move_to(large, "Proposal");
    assert_eq!(calls(&desk, large), 1);
    desk.run(Command::Automate(AutomateCommand::SetOn {
        rule: id,
        on: false,
    }));
    desk.move_to(large, "Prospecting");
    desk.move_to(large, "Proposal");
    assert_eq!(calls(&desk, large), 1);
}

#[test]
fn rules_that_chase_each_other_stop_and_say_so() {
    let mut desk = Desk::new();
    for (from, to) in [("Proposal", "Negotiation"), ("Negotiation", "Proposal")] {
        let go = Action {
            stage: Some(desk.stage(to)),
            ..action(ActionKind::Move)
        };
        let trigger = entering(&desk, from);
        rule(&mut desk, &format!("From {from}"), trigger, vec![go]);
    }
    let deal = desk.add("Crane", "Prospecting");
    desk.move_to(deal, "Proposal");
    assert_eq!(
        desk.path(deal),
        ["Prospecting", "Proposal", "Negotiation", "Proposal"]
    );
    let failed: Vec<String> = desk
        .state()
        .tables
        .runs
        .iter()
        .flat_map(|r| r.failed.clone())
        .collect();
    assert_eq!(
        failed,
        ["“From Proposal” was not set off again: that would not end"]
    );
    desk.undo();
    assert_eq!(desk.path(deal), ["Prospecting"]);
}

#[test]
fn idle_deals_are_met_once_and_two_tabs_plan_one_activity() {
    let mut desk = Desk::new();
    let wait = Trigger {
        days: 14,
        ..trigger(TriggerKind::Idle)
    };
    let plan = Action {
        text: "Ask again".into(),
        ..action(ActionKind::Activity)
    };
    rule(&mut desk, "Chase", wait, vec![plan]);
    let deal = desk.add("Crane", "Prospecting");
    desk.now += 13 * DAY;
    assert!(desk.session.run_due(desk.at(), UTC).0.is_empty());
    desk.now += 2 * DAY;
    let mut other = desk.reopened(77);
    let effects = desk.session.run_due(desk.at(), UTC).0;
    let said = desk.carry_out(effects).unwrap();
    assert_eq!(
        said.text,
        "Chase: Planned the task “Ask again” for 8 Dec 2026"
    );
    let effects = other.session.run_due(other.at(), UTC).0;
    other.carry_out(effects);
    desk.catch_up(&other);
    other.catch_up(&desk);
    for one in [&desk, &other] {
        assert_eq!(calls(one, deal), 1);
        assert_eq!(one.state().tables.runs.iter().count(), 1);
    }
    assert_eq!(desk.state(), other.state());
    assert!(desk.session.run_due(desk.at(), UTC).0.is_empty());
    // What came with time is not what Ctrl+Z takes back: that is what the person did.
    assert_eq!(desk.session.undo_label(), Some("Added Crane"));
}

#[test]
fn a_date_is_met_on_its_day_and_not_after_it_moved() {
    let mut desk = Desk::new();
    let before = Trigger {
        field: "deal.close".into(),
        days: -7,
        ..trigger(TriggerKind::Date)
    };
    let say = Action {
        text: "Closes in a week".into(),
        ..action(ActionKind::Notify)
    };
    rule(&mut desk, "Heads up", before, vec![say]);
    let mut draft = DealDraft::new(desk.stage("Proposal"));
    draft.title = "Crane".into();
    draft.close = Some(crate::desk::today() + chrono::Duration::days(10));
    desk.save(draft);
    let count = |desk: &Desk| due(desk.world(), desk.when()).len();
    assert_eq!(count(&desk), 0);
    desk.now += 3 * DAY;
    assert_eq!(count(&desk), 1);
    let effects = desk.session.run_due(desk.at(), UTC).0;
    assert_eq!(desk.carry_out(effects).unwrap().text, "Closes in a week");
    assert_eq!(count(&desk), 0);
    let run = desk.state().tables.runs.iter().next().unwrap();
    assert_eq!((run.notice.as_str(), run.seen), ("Closes in a week", false));
    let id = run.id;
    // Reading it is kept, and told to the other tabs; but it is no work: nothing is said of it and
    // undo passes over it.
    assert_eq!(unread(desk.state()), 1);
    let before = desk.session.undo_label().map(str::to_owned);
    let seen = Command::Automate(AutomateCommand::Seen(vec![id]));
    let done = desk.session.command(seen.clone(), desk.at()).unwrap();
    let written = |e: &Effect| matches!(e, Effect::Persist { changes, .. } if changes.len() == 1);
    assert!(done.effects.iter().any(written));
    assert!(!done.effects.iter().any(|e| matches!(e, Effect::Say(_))));
    assert!(desk.state().tables.runs.get(id).unwrap().seen);
    assert_eq!(unread(desk.state()), 0);
    assert_eq!(desk.session.undo_label().map(str::to_owned), before);
    assert_eq!(desk.session.command(seen, desk.at()), Err(Refusal::Nothing));
    // What is read stays in the list.
    assert_eq!(newest(desk.state(), false).len(), 1);
}

#[test]
fn people_take_turns_and_those_who_left_are_passed_over() {
    let mut desk = Desk::new();
    let people = [PersonId(1), PersonId(2), PersonId(3)];
    for (id, name) in people.iter().zip(["Ada", "Bo", "Cy"]) {
        desk.run(Command::EditRecord(vec![Edit::Person(
            *id,
            PersonField::Name(name.into()),
        )]));
    }
    desk.run(Command::EditRecord(vec![Edit::Person(
        people[1],
        PersonField::Left(true),
    )]));
    let give = Action {
        people: people.to_vec(),
        ..action(ActionKind::Assign)
    };
    rule(
        &mut desk,
        "Turns",
        trigger(TriggerKind::Created),
        vec![give],
    );
    let owners: Vec<Option<PersonId>> = (0..4)
        .map(|n| {
            let deal = desk.add(&format!("Deal {n}"), "Prospecting");
            desk.deal(deal).owner
        })
        .collect();
    assert_eq!(
        owners,
        [people[0], people[2], people[0], people[2]].map(Some)
    );
}

#[test]
fn all_that_a_rule_did_goes_back_in_one_action_and_later_work_stays() {
    let mut desk = Desk::new();
    let id = call(&mut desk);
    let deals: Vec<DealId> = (0..3)
        .map(|n| {
            let deal = desk.add(&format!("Deal {n}"), "Prospecting");
            desk.move_to(deal, "Proposal");
            deal
        })
        .collect();
    let mut draft = DealDraft::new(desk.stage("Proposal"));
    (draft.title, draft.tags) = ("Deal 0".into(), vec!["warm".into(), "mine".into()]);
    desk.run(Command::SaveDeal {
        id: Some(deals[0]),
        draft: Box::new(draft),
    });
    let done: Vec<_> = desk
        .log
        .iter()
        .filter(|c| c.intent.kind == IntentKind::Automate)
        .cloned()
        .collect();
    assert_eq!(done.len(), 3);
    let before = desk.shown();
    let effects = desk
        .session
        .revert_all(&done, "Took back what the rule did", desk.at());
    desk.carry_out(effects);
    assert!(deals.iter().all(|deal| calls(&desk, *deal) == 0));
    assert_eq!(desk.deal(deals[0]).tags, ["warm", "mine"]);
    assert!(desk.deal(deals[1]).tags.is_empty());
    assert!(
        deals
            .iter()
            .all(|deal| desk.path(*deal) == ["Prospecting", "Proposal"])
    );
    desk.undo();
    assert_eq!(desk.shown(), before);
    assert!(desk.state().tables.automations.get(id).is_some());
}

#[test]
fn what_makes_no_sense_is_refused_by_its_part() {
    let mut desk = Desk::new();
    let save = |trigger: Trigger, actions: Vec<Action>, conditions: Vec<Condition>| {
        Command::Automate(AutomateCommand::Save {
            id: None,
            draft: Box::new(RuleDraft {
                name: "Rule".into(),
                trigger,
                actions,
                conditions,
                pipeline: None,
            }),
        })
    };
    let created = || trigger(TriggerKind::Created);
    let nonsense = Condition {
        what: "deal.nothing".into(),
        op: Op::Is,
        with: vec!["x".into()],
    };
    let set = |field: &str, text: &str| Action {
        field: field.into(),
        text: text.into(),
        ..action(ActionKind::SetField)
    };
    for (command, part) in [
        (save(created(), vec![], vec![]), "actions"),
        (save(created(), vec![tag(" ")], vec![]), "actions"),
        (
            save(created(), vec![set("deal.close", "soon")], vec![]),
            "actions",
        ),
        (
            save(created(), vec![set("deal.probability", "130")], vec![]),
            "actions",
        ),
        (
            save(created(), vec![action(ActionKind::Move)], vec![]),
            "actions",
        ),
        (
            save(trigger(TriggerKind::Idle), vec![tag("x")], vec![]),
            "trigger",
        ),
        (
            save(trigger(TriggerKind::Date), vec![tag("x")], vec![]),
            "trigger",
        ),
        (
            save(trigger(TriggerKind::Score), vec![tag("x")], vec![]),
            "trigger",
        ),
        (
            save(created(), vec![tag("x")], vec![nonsense]),
            "conditions",
        ),
    ] {
        match desk.refused(command) {
            Refusal::Field { field, .. } => assert_eq!(field, part),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn fields_are_set_from_plain_texts() {
    let mut desk = Desk::new();
    let set = |field: &str, text: &str| Action {
        field: format!("deal.{field}"),
        text: text.into(),
        ..action(ActionKind::SetField)
    };
    let actions = vec![
        set("close", "+14"),
        set("probability", "35"),
        set("category", "commit"),
        set("value", "1200.50 EUR"),
        set("source", "Fair"),
    ];
    rule(&mut desk, "Fill in", trigger(TriggerKind::Created), actions);
    let id = desk.add("Crane", "Prospecting");
    let deal = desk.deal(id);
    assert_eq!(
        deal.close,
        Some(crate::desk::today() + chrono::Duration::days(14))
    );
    assert_eq!((deal.probability, deal.source.as_str()), (Some(35), "Fair"));
    assert_eq!(deal.value.map(|v| v.minor), Some(120_050));
    assert_eq!(deal.category.map(|c| c.code()), Some("commit"));
}

/// A rule of any kind, out of numbers.
fn any_rule(desk: &mut Desk, n: u8) -> AutomationId {
    let stages = ["Prospecting", "Qualification", "Proposal", "Negotiation"];
    let stage = |n: u8| stages[usize::from(n) % stages.len()];
    let set_off = match n % 7 {
        0 => trigger(TriggerKind::Created),
        1 => entering(desk, stage(n / 4)),
        2 => trigger(TriggerKind::Entered),
        3 => Trigger {
            days: 1 + i64::from(n / 7 % 3),
            ..trigger(TriggerKind::Idle)
        },
        4 => Trigger {
            field: "deal.created".into(),
            ..trigger(TriggerKind::Date)
        },
        5 => Trigger {
            axis: Some(Axis::Fit),
            score: 10 * i64::from(n / 7 % 4),
            ..trigger(TriggerKind::Score)
        },
        _ => Trigger {
            field: ["deal.value", "deal.source", "deal.title"][usize::from(n / 4) % 3].into(),
            ..trigger(TriggerKind::Changed)
        },
    };
    let act = match n / 8 % 5 {
        4 => Action {
            people: vec![PersonId(1), PersonId(2)],
            ..action(ActionKind::Assign)
        },
        0 => Action {
            stage: Some(desk.stage(stage(n / 3))),
            ..action(ActionKind::Move)
        },
        1 => Action {
            field: "deal.source".into(),
            text: format!("Rule {n}"),
            ..action(ActionKind::SetField)
        },
        2 => tag(&format!("t{n}")),
        _ => Action {
            text: format!("Do {n}"),
            ..action(ActionKind::Activity)
        },
    };
    rule(desk, &format!("Rule {n}"), set_off, vec![act])
}

/// Work of a person, out of numbers.
fn work(desk: &mut Desk, deals: &mut Vec<DealId>, n: u8) {
    let stages = ["Prospecting", "Qualification", "Proposal", "Negotiation"];
    let stage = stages[usize::from(n / 3) % stages.len()];
    match (
        n % 3,
        deals.get(usize::from(n / 7) % deals.len().max(1)).copied(),
    ) {
        (0, _) | (_, None) => {
            let title = format!("Deal {}", deals.len());
            deals.push(desk.add(&title, stage));
        }
        (1, Some(deal)) => {
            let to = desk.stage(stage);
            if desk.deal(deal).placement.stage != to {
                desk.move_to(deal, stage);
            }
        }
        (_, Some(deal)) => {
            let edit = DealField::Source(format!("Source {n}"));
            if desk.deal(deal).source != format!("Source {n}") {
                let draft = DealDraft {
                    source: format!("Source {n}"),
                    title: desk.deal(deal).title.clone(),
                    tags: desk.deal(deal).tags.clone(),
                    ..DealDraft::new(desk.deal(deal).placement.stage)
                };
                let _ = edit;
                desk.run(Command::SaveDeal {
                    id: Some(deal),
                    draft: Box::new(draft),
                });
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever rules there are, they come to an end, replaying gives the same, and undoing
    /// everything leaves what there was before.
    #[test]
    fn any_rules_terminate_and_go_back(rules in prop::collection::vec(any::<u8>(), 1..6), steps in prop::collection::vec(any::<u8>(), 1..12)) {
        let mut desk = Desk::new();
        crate::rules::people(&mut desk, &["Ada", "Bo"]);
        // What rules set and what people set lifts and lowers the score.
        crate::rules::fits(&mut desk, 5, "deal.source", "Source 35", 20);
        let sources: std::collections::BTreeSet<u8> = rules.iter().copied().collect();
        for n in sources {
            let (id, source) = (6 + u64::from(n), format!("Rule {n}"));
            crate::rules::fits(&mut desk, id, "deal.source", &source, 20);
        }
        for n in &rules {
            any_rule(&mut desk, *n);
        }
        let begin = desk.shown();
        let mut deals = Vec::new();
        let mut done = 0;
        for n in &steps {
            let before = desk.log.len();
            work(&mut desk, &mut deals, *n);
            done += usize::from(desk.log.len() > before);
            prop_assert!(desk.log.len() - before < 200, "they do not come to an end");
        }
        let reopened = desk.reopened(3);
        prop_assert_eq!(reopened.state(), desk.state());
        for _ in 0..done {
            desk.undo();
        }
        prop_assert_eq!(desk.shown(), begin);
    }
}

#[test]
fn what_a_file_says_of_the_past_is_tried_too() {
    let mut desk = Desk::new();
    let deal = desk.add("Crane", "Prospecting");
    let stage = desk.stage("Proposal");
    let since = desk.now - 40 * DAY;
    desk.run(Command::Bring {
        intent: fairlead::domain::change::Intent::new(IntentKind::Import, "Imported"),
        edits: vec![Edit::Deal(
            deal,
            DealField::Placement(fairlead::domain::deal::Placement { stage, since }),
        )],
    });
    let id = call(&mut desk);
    assert_eq!(calls(&desk, deal), 0, "a file sets nothing off");
    let rule = desk.state().tables.automations.get(id).unwrap().clone();
    let found = dry_run(&rule, desk.log.clone(), desk.now, UTC);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].at, found[0].firing.deal), (since, deal));
}

#[test]
fn a_score_that_is_reached_sets_a_rule_off_once() {
    use fairlead::domain::change::Intent;
    use fairlead::domain::ids::ScoreRuleId;
    use fairlead::domain::scoring::{ScoreRuleField, Signal};
    let mut desk = Desk::new();
    let replies = Signal {
        kind: Some(ActivityKind::Call),
        direction: None,
        outcome: None,
    };
    let fields = [
        ScoreRuleField::Name("Calls".into()),
        ScoreRuleField::Axis(Axis::Engagement),
        ScoreRuleField::Signal(Some(replies)),
        ScoreRuleField::Points(30),
    ];
    desk.run(Command::Bring {
        intent: Intent::new(IntentKind::EditRules, "Rules"),
        edits: fields.map(|f| Edit::ScoreRule(ScoreRuleId(5), f)).into(),
    });
    let reached = Trigger {
        axis: Some(Axis::Engagement),
        score: 50,
        ..trigger(TriggerKind::Score)
    };
    rule(&mut desk, "Hot", reached, vec![tag("hot")]);
    let deal = desk.add("Crane", "Prospecting");
    for n in 1..=3 {
        desk.run(Command::SaveActivity {
            id: None,
            draft: Box::new(fairlead::domain::command::ActivityDraft {
                subject: format!("Call {n}"),
                deal: Some(deal),
                done: true,
                ..fairlead::domain::command::ActivityDraft::new(ActivityKind::Call)
            }),
        });
        let tags = if n < 2 { 0 } else { 1 };
        assert_eq!(desk.deal(deal).tags.len(), tags, "after {n} calls");
    }
    assert_eq!(desk.state().tables.runs.iter().count(), 1);
}
