//! On which days cadences plan, whatever the calendar.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use fairlead::domain::activity::ActivityKind;
use fairlead::domain::cadence::{CadenceRun, CadenceStep, RunState};
use fairlead::domain::entity::Entity;
use fairlead::domain::ids::{ContactId, StepId};
use fairlead::domain::query::cadence::{
    Touches, WorkCalendar, following, next_of, planned, week_of,
};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Days around two leap years and a century that is none.
fn some_day() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![
        (0_u64..1_200).prop_map(|n| day("2027-06-01") + Days::new(n)),
        (0_u64..800).prop_map(|n| day("2099-06-01") + Days::new(n)),
    ]
}

fn calendar() -> impl Strategy<Value = WorkCalendar> {
    let holidays = prop::collection::vec(some_day(), 0..40);
    (1_u8..128, holidays).prop_map(|(days, holidays)| WorkCalendar::new(days, &holidays))
}

fn run(started: NaiveDate) -> CadenceRun {
    CadenceRun {
        started,
        state: RunState::Running,
        why: None,
        paused: None,
        done: Vec::new(),
    }
}

fn step(id: u64, day: u16) -> CadenceStep {
    CadenceStep {
        day,
        kind: ActivityKind::Call,
        ..CadenceStep::blank(StepId(id))
    }
}

proptest! {
    #[test]
    fn never_on_a_day_off(calendar in calendar(), start in some_day(), n in 0_u16..60) {
        prop_assert!(calendar.works(calendar.add(start, n)));
    }

    #[test]
    fn later_steps_are_never_earlier(calendar in calendar(), start in some_day(), a in 0_u16..50, b in 0_u16..50) {
        let (first, last) = (a.min(b), a.max(b));
        prop_assert!(calendar.add(start, first) <= calendar.add(start, last));
        if first < last {
            prop_assert!(calendar.add(start, first) < calendar.add(start, last));
        }
    }

    #[test]
    fn days_add_up(calendar in calendar(), start in some_day(), a in 0_u16..30, b in 0_u16..30) {
        prop_assert_eq!(calendar.add(calendar.add(start, a), b), calendar.add(start, a + b));
        let from = calendar.on_or_after(start);
        prop_assert_eq!(calendar.between(from, calendar.add(from, a)), a);
    }

    #[test]
    fn without_working_days_a_step_falls_exactly_so_many_days_later(start in some_day(), n in 0_u16..400) {
        let calendar = WorkCalendar::every_day();
        prop_assert_eq!(calendar.add(start, n), start + Days::new(u64::from(n)));
    }

    #[test]
    fn a_step_on_time_keeps_to_the_plan_and_one_late_moves_the_next_on(
        calendar in calendar(), start in some_day(), a in 0_u16..20, gap in 0_u16..20, late in 0_u64..30,
    ) {
        let (one, two) = (step(1, a), step(2, a + gap));
        let run = run(start);
        let due = planned(&calendar, &run, &one);
        let plan = planned(&calendar, &run, &two);
        prop_assert_eq!(following(&calendar, &run, Some(&one), &two, due), plan);
        let done = due + Days::new(late);
        let next = following(&calendar, &run, Some(&one), &two, done);
        prop_assert!(next >= plan && next >= done);
        prop_assert!(calendar.works(next));
        prop_assert_eq!(next, plan.max(calendar.add(done, gap)));
    }

    #[test]
    fn the_limit_of_a_week_is_never_exceeded(
        calendar in calendar(), limit in 1_u8..5, wishes in prop::collection::vec((0_u64..3, some_day()), 1..60),
    ) {
        let mut touches = Touches::default();
        let mut all = Vec::new();
        for (who, wish) in wishes {
            let contact = Some(ContactId(who));
            let wish = calendar.on_or_after(wish);
            let due = touches.allowed(&calendar, contact, Some(limit), wish);
            prop_assert!(due >= wish && calendar.works(due));
            touches.note(contact, Some(due));
            all.push((who, week_of(due)));
        }
        for entry in &all {
            let count = all.iter().filter(|other| *other == entry).count();
            prop_assert!(count <= usize::from(limit), "{count} in a week");
        }
    }
}

#[test]
fn a_leap_day_is_a_day_like_others() {
    let calendar = WorkCalendar::new(0b001_1111, &[]);
    // 29 February 2028 is a Tuesday.
    assert_eq!(day("2028-02-29").weekday(), Weekday::Tue);
    assert_eq!(calendar.add(day("2028-02-28"), 1), day("2028-02-29"));
    assert_eq!(calendar.add(day("2028-02-29"), 1), day("2028-03-01"));
    assert_eq!(
        WorkCalendar::every_day().add(day("2028-02-29"), 365),
        day("2029-02-28")
    );
    // 2100 has none.
    assert_eq!(
        WorkCalendar::every_day().add(day("2100-02-28"), 1),
        day("2100-03-01")
    );
}

#[test]
fn weeks_begin_on_monday_also_over_the_new_year() {
    assert_eq!(week_of(day("2027-01-01")), day("2026-12-28"));
    assert_eq!(week_of(day("2026-12-28")), day("2026-12-28"));
    assert_eq!(week_of(day("2027-01-03")), day("2026-12-28"));
}

#[test]
fn a_step_put_in_before_those_done_is_not_caught_up_on() {
    let steps = [step(1, 0), step(2, 2), step(3, 5), step(4, 9)];
    let all: Vec<&CadenceStep> = steps.iter().collect();
    assert_eq!(next_of(&all, &[]).unwrap().id, StepId(1));
    assert_eq!(
        next_of(&all, &[StepId(1), StepId(3)]).unwrap().id,
        StepId(4)
    );
    assert!(next_of(&all, &[StepId(4)]).is_none());
    assert!(next_of(&[], &[]).is_none());
}
