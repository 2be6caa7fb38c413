//! Trying a rule on the past finds what it does when it works: for every kind of rule.

use crate::automate::{action, entering, rule, tag, trigger};
use crate::desk::{DAY, Desk, MORNING, UTC};
use crate::rules::{fits, people};
use chrono::Duration;
use fairlead::domain::automate::dry_run;
use fairlead::domain::automation::{Action, ActionKind, Trigger, TriggerKind};
use fairlead::domain::change::{Edit, Intent, IntentKind};
use fairlead::domain::command::automate::AutomateCommand;
use fairlead::domain::command::{ActivityDraft, Command};
use fairlead::domain::deal::{Closure, DealField, Status};
use fairlead::domain::ids::{AutomationId, DealId, OrgId, PersonId};
use fairlead::domain::party::OrgField;
use fairlead::domain::scoring::Axis;
use proptest::prelude::*;

const STAGES: [&str; 4] = ["Prospecting", "Qualification", "Proposal", "Negotiation"];

/// Sets fields, also to what they hold.
fn bring(desk: &mut Desk, edits: Vec<Edit>) {
    let intent = Intent::new(IntentKind::EditDeal, "Edited");
    desk.now += 1_000;
    let bring = Command::Bring { intent, edits };
    if let Ok(done) = desk.session.command(bring, desk.at()) {
        desk.carry_out(done.effects);
    }
}

/// A team, two customers, and what makes a deal fit.
fn begun() -> Desk {
    let mut desk = Desk::new();
    people(&mut desk, &["Ada", "Bo", "Cy"]);
    fits(&mut desk, 5, "deal.source", "Fair", 25);
    fits(&mut desk, 6, "organisation.industry", "Ports", 25);
    for (id, name) in [(7, "Harbour"), (8, "Yard")] {
        let name = OrgField::Name(name.into());
        bring(&mut desk, vec![Edit::Organisation(OrgId(id), name)]);
    }
    desk
}

/// A rule of any kind. What it does is no occasion of its own, for that is not tried.
fn any_rule(desk: &mut Desk, kind: usize, act: usize, n: i64) -> AutomationId {
    let date = |field: &str, days| Trigger {
        field: field.into(),
        days,
        ..trigger(TriggerKind::Date)
    };
    let set_off = match kind % 8 {
        0 => trigger(TriggerKind::Created),
        1 => entering(desk, STAGES[n as usize % 4]),
        2 => trigger(TriggerKind::Entered),
        3 => Trigger {
            field: ["deal.close", "deal.source"][n as usize % 2].into(),
            ..trigger(TriggerKind::Changed)
        },
        4 => Trigger {
            days: 1 + n % 3,
            ..trigger(TriggerKind::Idle)
        },
        5 => date("deal.close", n % 5 - 2),
        6 => date("deal.created", n % 4),
        _ => Trigger {
            axis: Some(Axis::Fit),
            score: 20 * (1 + n % 2),
            ..trigger(TriggerKind::Score)
        },
    };
    let say = Action {
        text: "Look".into(),
        ..action(ActionKind::Notify)
    };
    let act = match act % 4 {
        0 => tag("met"),
        1 => Action {
            text: "Do it".into(),
            ..action(ActionKind::Activity)
        },
        2 => Action {
            people: (1..=3).map(PersonId).collect(),
            ..action(ActionKind::Assign)
        },
        _ => say.clone(),
    };
    rule(desk, "Rule", set_off, vec![act, say])
}

/// A day in the life of a deal, out of numbers.
fn work(desk: &mut Desk, deals: &mut Vec<DealId>, (what, which, n): (u8, usize, i64)) {
    let of = deals.get(which % deals.len().max(1)).copied();
    let stage = STAGES[n as usize % 4];
    // Never over when it is said: rules that were there count what was over before them.
    let close = desk.at().today + Duration::days(4 + n % 4);
    match (what, of) {
        (0, _) | (_, None) => {
            let deal = desk.add(&format!("Deal {}", deals.len()), stage);
            let org = OrgId(7 + n as u64 % 2);
            let more = [
                DealField::Organisation(Some(org)),
                DealField::Close(Some(close)),
            ];
            bring(desk, more.map(|f| Edit::Deal(deal, f)).into());
            deals.push(deal);
        }
        (1, Some(deal)) if desk.deal(deal).placement.stage != desk.stage(stage) => {
            desk.move_to(deal, stage);
        }
        (2, Some(deal)) => {
            let source = DealField::Source(["Fair", "Web"][n as usize % 2].into());
            bring(desk, vec![Edit::Deal(deal, source)]);
        }
        (3, Some(deal)) => {
            desk.run(Command::SaveActivity {
                id: None,
                draft: Box::new(ActivityDraft {
                    subject: "Talked".into(),
                    deal: Some(deal),
                    ..ActivityDraft::new(fairlead::domain::activity::ActivityKind::Note)
                }),
            });
        }
        (4, Some(deal)) => bring(desk, vec![Edit::Deal(deal, DealField::Close(Some(close)))]),
        (5, _) => {
            let industry = OrgField::Industry(["Ports", "Mills"][n as usize % 2].into());
            let org = OrgId(7 + which as u64 % 2);
            bring(desk, vec![Edit::Organisation(org, industry)]);
        }
        (6, Some(deal)) => {
            let status = match desk.deal(deal).outcome.status() {
                Status::Open => Status::Lost,
                _ => Status::Open,
            };
            let closure = Closure::on(desk.at().today);
            desk.run(Command::SetStatus {
                deals: vec![deal],
                status,
                closure,
            });
        }
        _ => {}
    }
}

/// The last second of a day, at which a trial looks at rules that wait for time.
fn evening(desk: &mut Desk) {
    let midnight = MORNING - 10 * 3_600_000;
    let days = (desk.now - midnight).div_euclid(DAY);
    desk.now = midnight + (days + 1) * DAY - 1_000;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// Trying a rule on the log of work done without it finds just what it does when the same
    /// work is done with it, on a page that is looked at every evening.
    #[test]
    fn trying_a_rule_finds_what_it_would_do(
        (kind, act, n) in (0_usize..8, 0_usize..4, 0_i64..12),
        days in prop::collection::vec(prop::collection::vec((0_u8..7, 0_usize..5, 0_i64..8), 0..4), 1..14),
    ) {
        let (mut with, mut without) = (begun(), begun());
        let id = any_rule(&mut with, kind, act, n);
        // The same clock and the same ids.
        any_rule(&mut without, kind, act, n);
        without.run(Command::Automate(AutomateCommand::SetOn { rule: id, on: false }));
        let automation = with.state().tables.automations.get(id).unwrap().clone();
        let (mut a, mut b) = (Vec::new(), Vec::new());
        with.now = without.now;
        for steps in days {
            for step in steps {
                work(&mut with, &mut a, step);
                work(&mut without, &mut b, step);
                without.now = with.now;
            }
            evening(&mut with);
            with.open();
            without.now = with.now;
            with.now += 3_600_000;
            without.now = with.now;
        }
        evening(&mut with);
        with.open();
        let found = dry_run(&automation, without.log.clone(), with.now, UTC);
        let mut tried: Vec<_> = found.iter().map(|w| {
            (w.at, without.deal(w.firing.deal).title.clone(), w.firing.cause.clone(), w.did.clone())
        }).collect();
        let mut real: Vec<_> = with.state().tables.runs.iter().map(|run| {
            prop_assert!(run.failed.is_empty(), "{:?}", run.failed);
            Ok((run.at, with.deal(run.deal).title.clone(), run.cause.clone(), run.did.clone()))
        }).collect::<Result<_, _>>()?;
        tried.sort();
        real.sort();
        prop_assert_eq!(tried, real);
    }
}
