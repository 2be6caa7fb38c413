//! How idle a deal is and what comes next, case by case.

use crate::desk::{DAY, Desk, today};
use fairlead::domain::activity::{ActivityField, ActivityKind};
use fairlead::domain::change::{Edit, Intent, IntentKind};
use fairlead::domain::command::{Command, StageEdit};
use fairlead::domain::ids::{ActivityId, DealId};
use fairlead::domain::query::idle::{Idle, idle, next_step};
use fairlead::domain::stamp::Millis;

/// One activity of the deal: which kind, written down how many days ago, due in how many days,
/// done how many days ago.
type Doing = (ActivityKind, Millis, Option<i64>, Option<Millis>);

const NOTE: ActivityKind = ActivityKind::Note;
const CALL: ActivityKind = ActivityKind::Call;

/// A deal that entered a stage with this threshold so many days ago, with these activities.
fn deal(threshold: Option<u16>, entered: Millis, doings: &[Doing]) -> (Desk, DealId) {
    let mut desk = Desk::new();
    let stage = desk.stage("Proposal");
    desk.now -= entered * DAY;
    let deal = desk.add("Crane", "Proposal");
    desk.now += entered * DAY;
    let edit = StageEdit {
        rot_days: Some(threshold),
        ..StageEdit::default()
    };
    if desk.state().tables.stages.get(stage).unwrap().rot_days != threshold {
        desk.run(Command::EditStage { stage, edit });
    }
    for (n, (kind, written, due, done)) in doings.iter().enumerate() {
        let id = ActivityId(n as u64 + 1);
        let edits = [
            ActivityField::Kind(*kind),
            ActivityField::Subject(format!("Activity {n}")),
            ActivityField::Deal(Some(deal)),
            ActivityField::Created(desk.now - written * DAY),
            ActivityField::Due(due.map(|days| today() + chrono::Duration::days(days))),
            ActivityField::Done(done.map(|days| desk.now - days * DAY)),
        ];
        let intent = Intent::new(IntentKind::LogActivity, "Wrote down");
        let edits = edits.map(|f| Edit::Activity(id, f)).into();
        desk.run(Command::Bring { intent, edits });
    }
    (desk, deal)
}

fn measured(threshold: Option<u16>, entered: Millis, doings: &[Doing]) -> Idle {
    let (desk, id) = deal(threshold, entered, doings);
    idle(desk.world(), desk.deal(id), desk.now, today())
}

#[test]
fn days_count_from_the_last_sign_of_life() {
    let cases: &[(Millis, &[Doing], u32)] = &[
        (0, &[], 0),
        (5, &[], 5),
        (30, &[(NOTE, 3, None, None)], 3),
        (30, &[(CALL, 9, None, Some(4))], 4),
        (30, &[(CALL, 9, None, Some(4)), (NOTE, 2, None, None)], 2),
        // Written down is not done, due in the past neither.
        (30, &[(CALL, 1, None, None)], 30),
        (30, &[(CALL, 9, Some(-2), None)], 30),
        // Before the deal came to this stage: the entry is younger.
        (3, &[(CALL, 9, None, Some(7))], 3),
        // Done in the future, by a clock that was wrong: never less than nothing.
        (3, &[(CALL, 9, None, Some(-2))], 0),
    ];
    for (entered, doings, days) in cases {
        assert_eq!(
            measured(Some(14), *entered, doings).days,
            *days,
            "{entered} {doings:?}"
        );
    }
}

#[test]
fn a_deal_rots_at_its_threshold_and_warns_at_half_of_it() {
    // threshold, days, warning, rotting
    let cases = [
        (Some(10), 4, false, false),
        (Some(10), 5, true, false),
        (Some(10), 9, true, false),
        (Some(10), 10, true, true),
        (Some(10), 400, true, true),
        (Some(7), 3, false, false),
        (Some(7), 4, true, false),
        (Some(1), 0, false, false),
        (Some(1), 1, true, true),
        (None, 4_000, false, false),
    ];
    for (threshold, days, warning, rotting) in cases {
        let found = measured(threshold, days, &[]);
        assert_eq!(
            (found.warning, found.rotting, found.planned),
            (warning, rotting, false),
            "{threshold:?} {days}"
        );
    }
}

#[test]
fn a_plan_within_the_threshold_pauses_it() {
    // threshold, due in days, planned
    let cases = [
        (Some(10), 0, true),
        (Some(10), 10, true),
        (Some(10), 11, false),
        (Some(10), -1, false),
        (None, 4_000, true),
        (None, -1, false),
    ];
    for (threshold, due, planned) in cases {
        let found = measured(threshold, 50, &[(CALL, 50, Some(due), None)]);
        assert_eq!(found.planned, planned, "{threshold:?} {due}");
        assert_eq!(
            found.rotting,
            !planned && threshold.is_some(),
            "{threshold:?} {due}"
        );
        assert_eq!(found.days, 50, "the days go on counting");
    }
    // Done it is no plan any more, and a note never was one.
    assert!(!measured(Some(10), 50, &[(CALL, 50, Some(3), Some(20))]).planned);
    assert!(!measured(Some(10), 50, &[(NOTE, 50, Some(3), None)]).planned);
}

#[test]
fn the_next_step_is_the_earliest_due_and_one_without_a_date_comes_last() {
    let cases: &[(&[Doing], Option<&str>)] = &[
        (&[], None),
        (&[(NOTE, 1, None, None)], None),
        (&[(CALL, 1, Some(1), Some(0))], None),
        (&[(CALL, 1, None, None)], Some("Activity 0")),
        (
            &[(CALL, 5, None, None), (CALL, 1, Some(300), None)],
            Some("Activity 1"),
        ),
        (
            &[(CALL, 1, Some(2), None), (CALL, 1, Some(-2), None)],
            Some("Activity 1"),
        ),
        (
            &[(CALL, 1, Some(2), None), (CALL, 3, Some(2), None)],
            Some("Activity 1"),
        ),
        (
            &[(CALL, 1, None, None), (CALL, 3, None, None)],
            Some("Activity 1"),
        ),
    ];
    for (doings, expected) in cases {
        let (desk, id) = deal(Some(10), 9, doings);
        let step = next_step(desk.world(), desk.deal(id));
        assert_eq!(step.map(|a| a.subject.as_str()), *expected, "{doings:?}");
    }
}

#[test]
fn of_two_on_one_day_the_earlier_hour_comes_first_and_a_day_without_hour_before_both() {
    let (mut desk, id) = deal(
        Some(10),
        9,
        &[
            (CALL, 1, Some(1), None),
            (CALL, 1, Some(1), None),
            (CALL, 1, Some(1), None),
        ],
    );
    let hours = [(1, Some(600)), (2, Some(540)), (3, None)];
    for (n, minute) in hours.into_iter().filter(|(_, m)| m.is_some()) {
        let edits = vec![Edit::Activity(
            ActivityId(n),
            ActivityField::DueMinute(minute),
        )];
        let intent = Intent::new(IntentKind::LogActivity, "Gave it a time");
        desk.run(Command::Bring { intent, edits });
    }
    let mut order = Vec::new();
    while let Some(step) = next_step(desk.world(), desk.deal(id)).map(|a| a.id) {
        order.push(step.0);
        desk.run(Command::SetDone {
            activity: step,
            done: true,
        });
    }
    assert_eq!(order, [3, 2, 1]);
}

#[test]
fn an_activity_that_is_removed_or_moved_to_another_deal_no_longer_counts() {
    let (mut desk, id) = deal(
        Some(10),
        30,
        &[(NOTE, 2, None, None), (CALL, 1, Some(1), None)],
    );
    let other = desk.add("Lift", "Proposal");
    let days = |desk: &Desk, id| idle(desk.world(), desk.deal(id), desk.now, today()).days;
    assert_eq!(days(&desk, id), 2);
    let edits = vec![Edit::Activity(
        ActivityId(2),
        ActivityField::Deal(Some(other)),
    )];
    let intent = Intent::new(IntentKind::LogActivity, "Moved");
    desk.run(Command::Bring { intent, edits });
    assert!(next_step(desk.world(), desk.deal(id)).is_none());
    assert!(next_step(desk.world(), desk.deal(other)).is_some());
    desk.run(Command::Delete(vec![ActivityId(1).into()]));
    assert_eq!(days(&desk, id), 30);
    desk.undo();
    assert_eq!(days(&desk, id), 2);
}

#[test]
fn times_beyond_all_reason_do_no_harm() {
    let (mut desk, id) = deal(Some(10), 1, &[]);
    for extreme in [Millis::MIN, Millis::MAX] {
        let stage = desk.stage("Proposal");
        let placement = fairlead::domain::deal::Placement {
            stage,
            since: extreme,
        };
        let fields = [
            fairlead::domain::deal::DealField::Placement(placement),
            fairlead::domain::deal::DealField::Created(extreme),
        ];
        let intent = Intent::new(IntentKind::Import, "Imported");
        let edits = fields.map(|f| Edit::Deal(id, f)).into();
        desk.run(Command::Bring { intent, edits });
        let found = idle(desk.world(), desk.deal(id), desk.now, today());
        assert_eq!(found.rotting, extreme == Millis::MIN);
    }
}
