//! Following up: cadences on their way, through everything that advances or ends them.

use crate::desk::{DAY, Desk, MORNING, moved, today};
use chrono::NaiveDate;
use fairlead::app::calendar;
use fairlead::app::today::{BareOrder, agenda};
use fairlead::domain::activity::{Activity, ActivityKind, ActivityOutcome, Direction};
use fairlead::domain::cadence::{CadenceField, CadenceRun, RunState, StepField, StopReason};
use fairlead::domain::change::EntityRef;
use fairlead::domain::command::customer::CustomerCommand;
use fairlead::domain::command::follow::FollowCommand;
use fairlead::domain::command::{ActivityDraft, Command, DealDraft, OrNew, Refusal};
use fairlead::domain::deal::{BuyingRole, Closure, Status};
use fairlead::domain::ids::{CadenceId, DealId, OrgId, StageId, StepId};
use fairlead::domain::party::OrgField;
use fairlead::domain::persona::Link;
use fairlead::domain::query::board::Place;
use fairlead::domain::query::cadence::{pending, steps, week_of};
use fairlead::domain::stage::StageField;
use fairlead::domain::workspace::WorkspaceField;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn follow(command: FollowCommand) -> Command {
    Command::Follow(command)
}

fn id_of(made: Option<EntityRef>) -> u64 {
    made.unwrap().id
}

/// A cadence with calls on these days, for a stage, starting by itself.
fn cadence(desk: &mut Desk, stage: Option<&str>, days: &[u16]) -> CadenceId {
    let id = CadenceId(id_of(desk.run(follow(FollowCommand::AddCadence {
        name: "Outreach".into(),
    }))));
    if let Some(stage) = stage {
        let stage = desk.stage(stage);
        desk.run(follow(FollowCommand::EditCadence(
            id,
            CadenceField::Stage(Some(stage)),
        )));
        desk.run(follow(FollowCommand::EditCadence(
            id,
            CadenceField::Auto(true),
        )));
    }
    for (n, days) in days.iter().enumerate() {
        let step = StepId(id_of(desk.run(follow(FollowCommand::AddStep {
            cadence: id,
            kind: ActivityKind::Call,
        }))));
        for field in [
            StepField::Subject(format!("Touch {}", n + 1)),
            StepField::Day(*days),
        ] {
            // The day a new step is given may be the one wanted.
            let command = follow(FollowCommand::EditStep(step, field));
            match desk.session.command(command, desk.at()) {
                Ok(done) => drop(desk.carry_out(done.effects)),
                Err(refusal) => assert_eq!(refusal, Refusal::Nothing),
            }
        }
    }
    id
}

fn run_of(desk: &Desk, deal: DealId, cadence: CadenceId) -> CadenceRun {
    desk.deal(deal).cadences.get(cadence).unwrap().clone()
}

/// What is planned: subject and day.
fn planned(desk: &Desk, deal: DealId, cadence: CadenceId) -> Vec<(String, NaiveDate)> {
    pending(desk.world(), deal, cadence)
        .into_iter()
        .map(|a| (a.subject.clone(), a.due.unwrap()))
        .collect()
}

fn next(desk: &Desk, deal: DealId, cadence: CadenceId) -> Activity {
    pending(desk.world(), deal, cadence)[0].clone()
}

fn done(desk: &mut Desk, deal: DealId, cadence: CadenceId, outcome: Option<ActivityOutcome>) {
    let activity = next(desk, deal, cadence).id;
    desk.run(follow(FollowCommand::Complete { activity, outcome }));
}

fn wait(desk: &mut Desk, days: i64) {
    desk.now += days * DAY;
}

#[test]
fn starts_with_the_stage_goes_step_by_step_and_ends() {
    let mut desk = Desk::new();
    let cadence = cadence(&mut desk, Some("Prospecting"), &[0, 1, 5]);
    // Monday 23 November 2026.
    let deal = desk.add("Crane", "Prospecting");
    assert_eq!(
        planned(&desk, deal, cadence),
        [("Touch 1".to_owned(), day("2026-11-23"))]
    );
    assert_eq!(run_of(&desk, deal, cadence).state, RunState::Running);
    done(&mut desk, deal, cadence, Some(ActivityOutcome::NoAnswer));
    assert_eq!(
        planned(&desk, deal, cadence),
        [("Touch 2".to_owned(), day("2026-11-24"))]
    );
    // Done three days late, on Friday: the next one keeps its distance of four working days.
    wait(&mut desk, 4);
    done(&mut desk, deal, cadence, None);
    assert_eq!(
        planned(&desk, deal, cadence),
        [("Touch 3".to_owned(), day("2026-12-03"))]
    );
    done(&mut desk, deal, cadence, None);
    let run = run_of(&desk, deal, cadence);
    assert_eq!((run.state, run.done.len()), (RunState::Finished, 3));
    assert!(planned(&desk, deal, cadence).is_empty());
    // One undo takes back the step and what it meant.
    desk.undo();
    assert_eq!(run_of(&desk, deal, cadence).state, RunState::Running);
    assert_eq!(planned(&desk, deal, cadence).len(), 1);
    desk.undo();
    assert_eq!(planned(&desk, deal, cadence)[0].0, "Touch 2");
    desk.redo();
    desk.redo();
    assert_eq!(run_of(&desk, deal, cadence).state, RunState::Finished);
}

#[test]
fn a_step_not_done_after_all_takes_the_next_one_back() {
    let mut desk = Desk::new();
    let cadence = cadence(&mut desk, Some("Prospecting"), &[0, 2]);
    let deal = desk.add("Crane", "Prospecting");
    let first = next(&desk, deal, cadence).id;
    done(&mut desk, deal, cadence, None);
    desk.run(Command::SetDone {
        activity: first,
        done: false,
    });
    assert_eq!(planned(&desk, deal, cadence).len(), 1);
    assert_eq!(next(&desk, deal, cadence).id, first);
    assert!(run_of(&desk, deal, cadence).done.is_empty());
    // And again: the step that was taken back comes again, once.
    done(&mut desk, deal, cadence, None);
    assert_eq!(planned(&desk, deal, cadence)[0].0, "Touch 2");
    assert_eq!(planned(&desk, deal, cadence).len(), 1);
}

#[test]
fn a_reply_a_move_and_the_end_of_a_deal_stop_it_and_say_why() {
    let mut desk = Desk::new();
    let cadence = cadence(&mut desk, Some("Prospecting"), &[0, 2, 4]);
    let stopped = |desk: &Desk, deal, why| {
        let run = run_of(desk, deal, cadence);
        assert_eq!((run.state, run.why), (RunState::Stopped, Some(why)));
        assert!(planned(desk, deal, cadence).is_empty());
    };
    let by_outcome = desk.add("By outcome", "Prospecting");
    done(
        &mut desk,
        by_outcome,
        cadence,
        Some(ActivityOutcome::Replied),
    );
    stopped(&desk, by_outcome, StopReason::Replied);
    assert_eq!(run_of(&desk, by_outcome, cadence).done.len(), 1);
    // The step itself was done, and stays.
    let written = &desk.world().activities[&by_outcome];
    let kept = |id| desk.state().tables.activities.get(id).is_some();
    assert!(written.iter().all(|id| kept(*id)) && written.len() == 1);

    let by_mail = desk.add("By mail", "Prospecting");
    let draft = ActivityDraft {
        subject: "They wrote".into(),
        deal: Some(by_mail),
        done: true,
        direction: Direction::In,
        ..ActivityDraft::new(ActivityKind::Email)
    };
    desk.run(Command::SaveActivity {
        id: None,
        draft: Box::new(draft),
    });
    stopped(&desk, by_mail, StopReason::Replied);

    let by_move = desk.add("By move", "Prospecting");
    desk.move_to(by_move, "Qualification");
    stopped(&desk, by_move, StopReason::StageChanged);
    desk.undo();
    assert_eq!(planned(&desk, by_move, cadence).len(), 1);
    assert_eq!(run_of(&desk, by_move, cadence).state, RunState::Running);
    desk.redo();
    stopped(&desk, by_move, StopReason::StageChanged);

    let by_loss = desk.add("By loss", "Prospecting");
    desk.set_status(by_loss, Status::Lost);
    stopped(&desk, by_loss, StopReason::Closed);
    // Taken up again it begins anew.
    desk.set_status(by_loss, Status::Open);
    assert_eq!(run_of(&desk, by_loss, cadence).state, RunState::Running);
    assert_eq!(planned(&desk, by_loss, cadence)[0].0, "Touch 1");

    let by_hand = desk.add("By hand", "Prospecting");
    desk.run(follow(FollowCommand::Stop {
        deal: by_hand,
        cadence,
    }));
    stopped(&desk, by_hand, StopReason::ByHand);
    // Begun again on the same day, after a step was done: nothing of the first run is lost.
    desk.run(follow(FollowCommand::Start {
        deals: vec![by_hand],
        cadence,
    }));
    done(&mut desk, by_hand, cadence, None);
    desk.run(follow(FollowCommand::Stop {
        deal: by_hand,
        cadence,
    }));
    desk.run(follow(FollowCommand::Start {
        deals: vec![by_hand],
        cadence,
    }));
    assert_eq!(planned(&desk, by_hand, cadence)[0].0, "Touch 1");
    let all = desk.world().activities[&by_hand].iter();
    let done = all.filter(|id| {
        desk.state()
            .tables
            .activities
            .get(**id)
            .unwrap()
            .done
            .is_some()
    });
    assert_eq!(done.count(), 1);
}

#[test]
fn what_comes_after_the_sale_starts_with_winning_and_runs_on_a_won_deal() {
    let mut desk = Desk::new();
    let own: Vec<CadenceId> = desk.state().tables.cadences.iter().map(|c| c.id).collect();
    for id in own {
        desk.run(follow(FollowCommand::DeleteCadence(id)));
    }
    let selling = cadence(&mut desk, Some("Close"), &[0, 2]);
    let after = cadence(&mut desk, Some("Post-Sales"), &[0, 10]);
    let any = cadence(&mut desk, None, &[0, 3]);
    let state_of = |desk: &Desk, deal, cadence| {
        let run = run_of(desk, deal, cadence);
        (run.state, run.why)
    };
    let start = |deal, cadence| {
        follow(FollowCommand::Start {
            deals: vec![deal],
            cadence,
        })
    };
    let deal = desk.add("Crane", "Close");
    desk.run(start(deal, any));
    desk.set_status(deal, Status::Won);
    let stopped = |why| (RunState::Stopped, Some(why));
    assert_eq!(state_of(&desk, deal, selling), stopped(StopReason::Closed));
    assert_eq!(state_of(&desk, deal, any), stopped(StopReason::Closed));
    assert_eq!(state_of(&desk, deal, after), (RunState::Running, None));
    assert_eq!(
        planned(&desk, deal, after),
        [("Touch 1".to_owned(), day("2026-11-23"))]
    );
    // One undo takes back the winning and what it began.
    desk.undo();
    assert!(desk.deal(deal).cadences.get(after).is_none());
    assert_eq!(state_of(&desk, deal, selling), (RunState::Running, None));
    desk.redo();
    // It goes on step by step, and another one can be started by hand.
    done(&mut desk, deal, after, None);
    assert_eq!(planned(&desk, deal, after)[0].0, "Touch 2");
    desk.run(start(deal, any));
    assert_eq!(planned(&desk, deal, any).len(), 1);
    // Another day of closing is no other status.
    desk.run(Command::SetStatus {
        deals: vec![deal],
        status: Status::Won,
        closure: Closure::on(day("2026-11-20")),
    });
    assert_eq!(state_of(&desk, deal, after), (RunState::Running, None));
    // Back in the sale: what comes after it ends, what belongs to the stage begins.
    desk.move_to(deal, "Close");
    assert_eq!(state_of(&desk, deal, after), stopped(StopReason::Closed));
    assert_eq!(state_of(&desk, deal, any), stopped(StopReason::Closed));
    assert_eq!(state_of(&desk, deal, selling), (RunState::Running, None));
    // Moved into the stage it is won as well, and a reply ends it.
    desk.move_to(deal, "Post-Sales");
    assert_eq!(state_of(&desk, deal, after), (RunState::Running, None));
    done(&mut desk, deal, after, Some(ActivityOutcome::Replied));
    assert_eq!(state_of(&desk, deal, after), stopped(StopReason::Replied));
    desk.run(start(deal, after));
    desk.set_status(deal, Status::Lost);
    assert_eq!(state_of(&desk, deal, after), stopped(StopReason::Closed));
    assert!(matches!(
        desk.refused(start(deal, after)),
        Refusal::Impossible(_)
    ));
}

#[test]
fn a_pause_moves_the_rest_on_by_its_working_days() {
    let mut desk = Desk::new();
    let cadence = cadence(&mut desk, None, &[0, 3]);
    let deal = desk.add("Crane", "Proposal");
    desk.run(follow(FollowCommand::Start {
        deals: vec![deal],
        cadence,
    }));
    done(&mut desk, deal, cadence, None);
    assert_eq!(planned(&desk, deal, cadence)[0].1, day("2026-11-26"));
    wait(&mut desk, 1);
    desk.run(follow(FollowCommand::Pause { deal, cadence }));
    assert!(planned(&desk, deal, cadence).is_empty());
    assert!(desk.world().agenda.is_bare(deal));
    wait(&mut desk, 7);
    desk.run(follow(FollowCommand::Resume { deal, cadence }));
    // A week is five working days: Thursday becomes the Thursday after.
    assert_eq!(planned(&desk, deal, cadence)[0].1, day("2026-12-03"));
    assert_eq!(run_of(&desk, deal, cadence).started, day("2026-11-30"));
    assert!(!desk.world().agenda.is_bare(deal));
    desk.run(follow(FollowCommand::Pause { deal, cadence }));
    desk.run(follow(FollowCommand::Resume { deal, cadence }));
    assert_eq!(planned(&desk, deal, cadence)[0].1, day("2026-12-03"));
    assert_eq!(
        desk.refused(follow(FollowCommand::Resume { deal, cadence })),
        Refusal::Nothing
    );
}

#[test]
fn holidays_weekends_and_skipping() {
    let mut desk = Desk::new();
    desk.run(Command::EditWorkspace(vec![WorkspaceField::Holidays(
        vec![day("2026-11-25"), day("2026-11-24")],
    )]));
    let cadence = cadence(&mut desk, None, &[0, 1, 4]);
    let deal = desk.add("Crane", "Proposal");
    desk.run(follow(FollowCommand::Start {
        deals: vec![deal],
        cadence,
    }));
    desk.run(follow(FollowCommand::Skip { deal, cadence }));
    assert_eq!(
        planned(&desk, deal, cadence),
        [("Touch 2".to_owned(), day("2026-11-26"))]
    );
    // Deleting what is planned leaves the step out as well.
    let activity = next(&desk, deal, cadence).id;
    desk.run(Command::Delete(vec![activity.into()]));
    assert_eq!(
        planned(&desk, deal, cadence),
        [("Touch 3".to_owned(), day("2026-12-01"))]
    );
    desk.undo();
    assert_eq!(planned(&desk, deal, cadence)[0].0, "Touch 2");
    assert_eq!(planned(&desk, deal, cadence).len(), 1);
    // So does deleting the step itself.
    let second = steps(desk.state(), cadence)[1].id;
    desk.run(follow(FollowCommand::DeleteStep(second)));
    assert_eq!(planned(&desk, deal, cadence)[0].0, "Touch 3");
    desk.run(follow(FollowCommand::DeleteCadence(cadence)));
    assert!(planned(&desk, deal, cadence).is_empty());
    assert_eq!(run_of(&desk, deal, cadence).state, RunState::Stopped);
}

#[test]
fn nobody_is_touched_more_often_in_a_week_than_allowed() {
    let mut desk = Desk::new();
    desk.run(Command::EditWorkspace(vec![WorkspaceField::TouchLimit(
        Some(2),
    )]));
    let cadence = cadence(&mut desk, Some("Prospecting"), &[0, 1, 2]);
    let stage = desk.stage("Prospecting");
    let deals: Vec<DealId> = (0..5)
        .map(|n| {
            desk.save(DealDraft {
                title: format!("Deal {n}"),
                contacts: vec![(OrNew::New("Ada Park".into()), BuyingRole::Champion)],
                ..DealDraft::new(stage)
            })
        })
        .collect();
    for deal in &deals {
        done(&mut desk, *deal, cadence, None);
    }
    // All five were done on Monday, whatever was planned: this week is full, those to come are not.
    let mut weeks: Vec<NaiveDate> = desk
        .state()
        .tables
        .activities
        .iter()
        .filter(|a| a.cadence == Some(cadence))
        .map(|a| week_of(a.done.map_or(a.due.unwrap(), |_| desk.at().today)))
        .collect();
    weeks.sort();
    assert_eq!(weeks.len(), 10);
    let (this, later) = weeks.split_at(5);
    assert!(this.iter().all(|week| *week == day("2026-11-23")));
    for week in later {
        assert!(*week > day("2026-11-23"));
        assert!(later.iter().filter(|w| *w == week).count() <= 2);
    }
}

/// Something of a contact written down or planned by hand; what was said about it.
fn by_hand(desk: &mut Desk, deal: DealId, kind: ActivityKind, due: &str, done: bool) -> String {
    let contact = desk.deal(deal).contacts[0].contact;
    let draft = ActivityDraft {
        subject: "By hand".into(),
        deal: Some(deal),
        contact: Some(contact),
        due: Some(day(due)),
        done,
        ..ActivityDraft::new(kind)
    };
    desk.told(Command::SaveActivity {
        id: None,
        draft: Box::new(draft),
    })
    .text
}

#[test]
fn touches_by_hand_count_like_those_of_cadences_and_one_too_many_is_told() {
    let mut desk = Desk::new();
    desk.run(Command::EditWorkspace(vec![WorkspaceField::TouchLimit(
        Some(2),
    )]));
    let cadence = cadence(&mut desk, None, &[0, 1]);
    let stage = desk.stage("Prospecting");
    let deal = desk.save(DealDraft {
        title: "Crane".into(),
        contacts: vec![(OrNew::New("Ada Park".into()), BuyingRole::Champion)],
        ..DealDraft::new(stage)
    });
    // Due last week, but done today: it counts for this week. A task and what they did do not.
    by_hand(&mut desk, deal, ActivityKind::Call, "2026-11-16", true);
    by_hand(&mut desk, deal, ActivityKind::Task, "2026-11-24", false);
    let told = by_hand(&mut desk, deal, ActivityKind::Meeting, "2026-11-25", false);
    assert_eq!(told, "Planned By hand");
    desk.run(follow(FollowCommand::Start {
        deals: vec![deal],
        cadence,
    }));
    assert_eq!(planned(&desk, deal, cadence)[0].1, day("2026-11-30"));
    // By hand it is done all the same, and said.
    let full = ". That makes 3 touches of Ada Park in that week; cadences plan at most 2";
    let told = by_hand(&mut desk, deal, ActivityKind::Email, "2026-11-27", false);
    assert_eq!(told, format!("Planned By hand{full}"));
    let step = next(&desk, deal, cadence).id;
    let told = desk.told(follow(FollowCommand::Reschedule {
        activity: step,
        due: day("2026-11-26"),
        minute: None,
    }));
    let four = full.replace("3 touches", "4 touches");
    assert_eq!(told.text, format!("Moved Touch 1 to another day{four}"));
    let told = desk.told(follow(FollowCommand::Reschedule {
        activity: step,
        due: day("2026-12-10"),
        minute: None,
    }));
    assert_eq!(told.text, "Moved Touch 1 to another day");
    // A step left out makes room for the next one.
    desk.run(Command::EditWorkspace(vec![WorkspaceField::TouchLimit(
        Some(1),
    )]));
    desk.run(follow(FollowCommand::Reschedule {
        activity: step,
        due: day("2026-12-03"),
        minute: None,
    }));
    desk.run(follow(FollowCommand::Skip { deal, cadence }));
    assert_eq!(planned(&desk, deal, cadence)[0].1, day("2026-11-30"));
}

#[test]
fn what_is_planned_follows_a_changed_step_and_a_new_holiday() {
    let mut desk = Desk::new();
    let cadence = cadence(&mut desk, None, &[0, 3, 5]);
    let start = |desk: &mut Desk, name: &str| {
        let deal = desk.add(name, "Proposal");
        desk.run(follow(FollowCommand::Start {
            deals: vec![deal],
            cadence,
        }));
        done(desk, deal, cadence, None);
        deal
    };
    let (deal, by_hand) = (start(&mut desk, "Crane"), start(&mut desk, "By hand"));
    let moved = next(&desk, by_hand, cadence).id;
    desk.run(follow(FollowCommand::Reschedule {
        activity: moved,
        due: day("2026-12-15"),
        minute: None,
    }));
    let step = steps(desk.state(), cadence)[1].id;
    let edit = |field| follow(FollowCommand::EditStep(step, field));
    let told = desk.told(edit(StepField::Day(4)));
    assert_eq!(
        told.text,
        "Changed a step of cadence Outreach. Changed 1 planned activity with it. Left 1 planned activity as changed by hand"
    );
    assert_eq!(planned(&desk, deal, cadence)[0].1, day("2026-11-27"));
    assert_eq!(planned(&desk, by_hand, cadence)[0].1, day("2026-12-15"));
    desk.undo();
    assert_eq!(planned(&desk, deal, cadence)[0].1, day("2026-11-26"));
    desk.redo();
    desk.run(edit(StepField::Subject("Ask again".into())));
    assert_eq!(planned(&desk, deal, cadence)[0].0, "Ask again");
    assert_eq!(planned(&desk, by_hand, cadence)[0].0, "Ask again");
    // A day off takes what cadences have planned on it along; it comes back with one undo.
    let off = vec![day("2026-11-27")];
    let told = desk.told(Command::EditWorkspace(vec![WorkspaceField::Holidays(off)]));
    assert_eq!(
        told.text,
        "Changed the settings. Changed 1 planned activity with it"
    );
    assert_eq!(planned(&desk, deal, cadence)[0].1, day("2026-11-30"));
    desk.undo();
    assert_eq!(planned(&desk, deal, cadence)[0].1, day("2026-11-27"));
    // Put behind the one after it, that one is next.
    desk.run(edit(StepField::Day(8)));
    assert_eq!(
        planned(&desk, deal, cadence),
        [("Touch 3".to_owned(), day("2026-11-30"))]
    );
    done(&mut desk, deal, cadence, None);
    assert_eq!(planned(&desk, deal, cadence)[0].0, "Ask again");
    done(&mut desk, deal, cadence, None);
    assert_eq!(run_of(&desk, deal, cadence).state, RunState::Finished);
}

#[test]
fn two_tabs_make_one_step() {
    let mut one = Desk::new();
    let cadence = cadence(&mut one, None, &[0, 2]);
    let deal = one.add("Crane", "Proposal");
    let mut two = one.reopened(2);
    let start = || {
        follow(FollowCommand::Start {
            deals: vec![deal],
            cadence,
        })
    };
    one.run(start());
    two.run(start());
    one.catch_up(&two);
    two.catch_up(&one);
    assert_eq!(one.state(), two.state());
    assert_eq!(planned(&one, deal, cadence).len(), 1);
    // Both tick the same step off.
    done(&mut one, deal, cadence, None);
    done(&mut two, deal, cadence, None);
    one.catch_up(&two);
    two.catch_up(&one);
    assert_eq!(one.state(), two.state());
    assert_eq!(planned(&one, deal, cadence).len(), 1);
    assert_eq!(run_of(&one, deal, cadence).done.len(), 1);
}

#[test]
fn many_deals_at_once_and_what_is_refused() {
    let mut desk = Desk::new();
    let empty = CadenceId(id_of(desk.run(follow(FollowCommand::AddCadence {
        name: "Empty".into(),
    }))));
    let deal = desk.add("Crane", "Proposal");
    let start = |deals: &[DealId], cadence| {
        follow(FollowCommand::Start {
            deals: deals.to_vec(),
            cadence,
        })
    };
    let refused = desk.refused(start(&[deal], empty)).to_string();
    assert!(refused.starts_with("Empty has no steps yet."), "{refused}");
    let refused = desk
        .refused(follow(FollowCommand::EditCadence(
            empty,
            CadenceField::Auto(true),
        )))
        .to_string();
    assert!(refused.starts_with("Choose the stage first"), "{refused}");
    let cadence = cadence(&mut desk, Some("Negotiation"), &[0, 2]);
    let deals: Vec<DealId> = (0..20)
        .map(|n| desk.add(&format!("Deal {n}"), "Proposal"))
        .collect();
    let stage: StageId = desk.stage("Negotiation");
    desk.run(moved(&deals, stage, Place::Top));
    assert!(deals.iter().all(|d| planned(&desk, *d, cadence).len() == 1));
    desk.undo();
    assert!(deals.iter().all(|d| planned(&desk, *d, cadence).is_empty()));
    assert!(desk.deal(deals[0]).cadences.get(cadence).is_none());
    desk.set_status(deals[0], Status::Lost);
    assert!(matches!(
        desk.refused(start(&deals[..1], cadence)),
        Refusal::Impossible(_)
    ));
}

#[test]
fn a_playbook_links_only_to_the_web() {
    let mut desk = Desk::new();
    let stage = desk.stage("Proposal");
    let link = |url: &str| {
        let links = vec![Link {
            title: "x".into(),
            url: url.into(),
        }];
        follow(FollowCommand::EditPlaybook(
            stage,
            vec![StageField::Links(links)],
        ))
    };
    for url in [
        "javascript:alert(1)",
        "JavaScript:alert(1)//x.y",
        "data:text/html,x",
        "mailto:a@b.example",
        "ftp://x.example",
        "two words.example",
        "nonsense",
        "vbscript:x.y",
    ] {
        assert!(
            matches!(desk.refused(link(url)), Refusal::Field { field: "url", .. }),
            "{url}"
        );
    }
    for (typed, kept) in [
        ("guide.example/a", "https://guide.example/a"),
        (" http://guide.example ", "http://guide.example"),
        (
            "host.example:8080/x?y=javascript:z",
            "https://host.example:8080/x?y=javascript:z",
        ),
    ] {
        desk.run(link(typed));
        let stage = desk.state().tables.stages.get(stage).unwrap();
        assert_eq!(stage.links[0].url, kept);
    }
}

#[test]
fn what_is_done_says_when_and_about_what_and_stands_on_its_day() {
    let mut desk = Desk::new();
    let deal = desk.add("Pilot", "Proposal");
    let yesterday = desk.now - DAY;
    let met = ActivityDraft {
        subject: "Went through the plan".into(),
        deal: Some(deal),
        done: true,
        done_at: Some(yesterday),
        ..ActivityDraft::new(ActivityKind::Meeting)
    };
    let save = |id, draft: &ActivityDraft| Command::SaveActivity {
        id,
        draft: Box::new(draft.clone()),
    };
    desk.run(save(None, &met));
    let only = |desk: &Desk| {
        desk.state()
            .tables
            .activities
            .iter()
            .next()
            .unwrap()
            .clone()
    };
    assert_eq!(only(&desk).done, Some(yesterday));
    // In the calendar it stands on that day, though it was never due.
    let dates = [day("2026-11-22"), day("2026-11-23")];
    let midnight = MORNING - MORNING.rem_euclid(DAY);
    let starts = [midnight - DAY, midnight, midnight + DAY];
    let whole = |desk: &Desk| {
        let all = calendar::days(desk.world(), &dates, &starts, None);
        all.into_iter().map(|d| d.whole.len()).collect::<Vec<_>>()
    };
    assert_eq!(whole(&desk), [1, 0]);
    // Changed later; left alone when nothing is said.
    let id = Some(only(&desk).id);
    let later = ActivityDraft {
        done_at: Some(yesterday + DAY),
        ..met.clone()
    };
    desk.run(save(id, &later));
    assert_eq!(whole(&desk), [0, 1]);
    let silent = ActivityDraft {
        done_at: None,
        subject: "Went through it".into(),
        ..met.clone()
    };
    desk.run(save(id, &silent));
    assert_eq!(only(&desk).done, Some(yesterday + DAY));
    // Not in the future, and about something.
    let ahead = ActivityDraft {
        done_at: Some(desk.now + DAY),
        ..met.clone()
    };
    assert!(matches!(
        desk.refused(save(None, &ahead)),
        Refusal::Field { field: "done", .. }
    ));
    for kind in [ActivityKind::Meeting, ActivityKind::Note] {
        let loose = ActivityDraft {
            deal: None,
            kind,
            done: kind != ActivityKind::Note,
            ..met.clone()
        };
        assert!(matches!(
            desk.refused(save(None, &loose)),
            Refusal::Field { field: "about", .. }
        ));
    }
}

#[test]
fn what_is_planned_with_who_is_deleted_is_not_to_be_done() {
    let mut desk = Desk::new();
    let org = desk
        .run(Command::Customer(CustomerCommand::AddOrganisation(vec![
            OrgField::Name("Acme".into()),
        ])))
        .unwrap();
    let call = ActivityDraft {
        subject: "Ring".into(),
        organisation: Some(OrgId(org.id)),
        due: Some(today()),
        ..ActivityDraft::new(ActivityKind::Call)
    };
    desk.run(Command::SaveActivity {
        id: None,
        draft: Box::new(call),
    });
    let shown = |desk: &Desk| {
        agenda(desk.world(), today(), None, BareOrder::Value)
            .today
            .len()
    };
    assert_eq!(shown(&desk), 1);
    desk.run(Command::Delete(vec![org]));
    assert_eq!(shown(&desk), 0);
    desk.undo();
    assert_eq!(shown(&desk), 1);
}

#[test]
fn the_day_is_read_off_the_index_and_the_index_off_the_state() {
    let mut desk = Desk::new();
    let bare = desk.add("Bare", "Proposal");
    let busy = desk.add("Busy", "Proposal");
    let lost = desk.add("Lost", "Proposal");
    desk.set_status(lost, Status::Lost);
    let plan = |desk: &mut Desk, deal, due: Option<&str>, minute| {
        let draft = ActivityDraft {
            subject: "Call".into(),
            deal: Some(deal),
            due: due.map(day),
            due_minute: minute,
            ..ActivityDraft::new(ActivityKind::Call)
        };
        desk.run(Command::SaveActivity {
            id: None,
            draft: Box::new(draft),
        });
    };
    for (due, minute) in [
        (Some("2026-11-20"), None),
        (Some("2026-11-23"), Some(600)),
        (Some("2026-11-23"), None),
        (Some("2026-11-30"), None),
        (Some("2026-12-01"), None),
        (None, None),
    ] {
        plan(&mut desk, busy, due, minute);
    }
    let today = desk.at().today;
    let list = |desk: &Desk| agenda(desk.world(), today, None, BareOrder::Value);
    let now = list(&desk);
    assert_eq!(
        (
            now.overdue.len(),
            now.today.len(),
            now.upcoming.len(),
            now.undated.len()
        ),
        (1, 2, 1, 1)
    );
    // Without a time comes before with one.
    let first = desk.state().tables.activities.get(now.today[0]).unwrap();
    assert_eq!(first.due_minute, None);
    assert_eq!(now.bare, [bare]);
    assert_eq!(list(&desk.reopened(3)), now);

    desk.run(Command::SetDone {
        activity: now.overdue[0],
        done: true,
    });
    desk.run(follow(FollowCommand::Reschedule {
        activity: now.today[0],
        due: day("2026-11-24"),
        minute: None,
    }));
    let later = list(&desk);
    assert_eq!(
        (later.overdue.len(), later.today.len(), later.upcoming.len()),
        (0, 1, 2)
    );
    assert_eq!(list(&desk.reopened(4)), later);
    // What belongs to a deleted deal is not to be done.
    desk.run(Command::Delete(vec![busy.into()]));
    assert!(list(&desk).today.is_empty());
    desk.undo();
    desk.undo();
    desk.undo();
    assert_eq!(list(&desk), now);
    plan(&mut desk, bare, None, None);
    assert!(list(&desk).bare.is_empty());
}
