//! On which day a cadence's next step falls. Civil dates throughout, so that no change of
//! clocks can move one.

use crate::domain::activity::{Activity, ActivityKind, Direction};
use crate::domain::cadence::{Cadence, CadenceRun, CadenceStep};
use crate::domain::deal::Deal;
use crate::domain::ids::{ActivityId, CadenceId, ContactId, DealId, StepId};
use crate::domain::order::Order;
use crate::domain::query::qualify::day_of;
use crate::domain::state::State;
use crate::domain::workspace::Workspace;
use crate::domain::world::World;
use chrono::{Datelike, Days, NaiveDate};
use std::collections::HashMap;

/// The longest row of days without work that is looked through, in days. Whoever has more
/// holidays than that in a row gets the day after them, working or not.
const FURTHEST: u32 = 800;

/// Which days are worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkCalendar {
    /// Days of the week as bits: 1 Monday, 2 Tuesday, … 64 Sunday.
    days: u8,
    /// Days without work, in order.
    holidays: Vec<NaiveDate>,
}

impl WorkCalendar {
    /// The calendar of a mask of weekdays and a list of holidays. A mask without any day
    /// counts as one with all.
    #[must_use]
    pub fn new(days: u8, holidays: &[NaiveDate]) -> Self {
        let mut holidays = holidays.to_vec();
        holidays.order();
        holidays.dedup();
        let days = if days & 0x7f == 0 { 0x7f } else { days & 0x7f };
        Self { days, holidays }
    }

    /// The calendar of a workspace.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        Self::new(workspace.working_days, &workspace.holidays)
    }

    /// Every day of the year.
    #[must_use]
    pub fn every_day() -> Self {
        Self::new(0x7f, &[])
    }

    /// Whether it is a working day.
    #[must_use]
    pub fn works(&self, day: NaiveDate) -> bool {
        let bit = 1 << day.weekday().num_days_from_monday();
        self.days & bit != 0 && self.holidays.binary_search(&day).is_err()
    }

    /// The day itself, or the first working day after it.
    #[must_use]
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        let mut at = day;
        for _ in 0..FURTHEST {
            if self.works(at) {
                return at;
            }
            at = next(at);
        }
        at
    }

    /// The `n`th working day after the first one that is not before `day`.
    #[must_use]
    pub fn add(&self, day: NaiveDate, n: u16) -> NaiveDate {
        let mut at = self.on_or_after(day);
        for _ in 0..n {
            at = self.on_or_after(next(at));
        }
        at
    }

    /// How many working days lie from one day up to, without, another; 0 when it is not later.
    #[must_use]
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> u16 {
        let mut at = from;
        let mut count: u16 = 0;
        while at < to && count < u16::MAX {
            count += u16::from(self.works(at));
            at = next(at);
        }
        count
    }
}

/// The day after; the last day there is has none and stays.
fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// The Monday of a day's week.
#[must_use]
pub fn week_of(day: NaiveDate) -> NaiveDate {
    let back = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(back)).unwrap_or(day)
}

/// The steps of a cadence in order.
#[must_use]
pub fn steps(state: &State, cadence: CadenceId) -> Vec<&CadenceStep> {
    let mut all: Vec<&CadenceStep> = state
        .tables
        .steps
        .iter()
        .filter(|step| step.cadence == cadence)
        .collect();
    all.order_by(|a, b| (a.day, &a.rank, a.id).cmp(&(b.day, &b.rank, b.id)));
    all
}

/// The cadences in order.
#[must_use]
pub fn cadences(state: &State) -> Vec<&Cadence> {
    let mut all: Vec<&Cadence> = state.tables.cadences.iter().collect();
    all.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
    all
}

/// The calendar a cadence counts by.
#[must_use]
pub fn calendar_of(state: &State, cadence: &Cadence) -> WorkCalendar {
    if cadence.working {
        WorkCalendar::of(&state.workspace())
    } else {
        WorkCalendar::every_day()
    }
}

/// The step to come: the first one after the last that was done or skipped. A step added
/// before that is not caught up on.
#[must_use]
pub fn next_of<'s>(steps: &[&'s CadenceStep], done: &[StepId]) -> Option<&'s CadenceStep> {
    let last = steps.iter().rposition(|step| done.contains(&step.id));
    steps.get(last.map_or(0, |at| at + 1)).copied()
}

/// When a step falls by plan: its day, counted from the day the run began.
#[must_use]
pub fn planned(calendar: &WorkCalendar, run: &CadenceRun, step: &CadenceStep) -> NaiveDate {
    calendar.add(run.started, step.day)
}

/// When the step after another falls: by plan, but never sooner after the one before than the
/// plan has between the two. So a step done late moves those after it on.
#[must_use]
pub fn following(
    calendar: &WorkCalendar,
    run: &CadenceRun,
    before: Option<&CadenceStep>,
    step: &CadenceStep,
    today: NaiveDate,
) -> NaiveDate {
    let gap = before.map_or(0, |before| step.day.saturating_sub(before.day));
    planned(calendar, run, step).max(calendar.add(today, gap))
}

/// Whether an activity of this kind reaches out to somebody, and so counts for the limit.
#[must_use]
pub fn is_touch(kind: ActivityKind) -> bool {
    matches!(
        kind,
        ActivityKind::Call | ActivityKind::Email | ActivityKind::Meeting
    )
}

/// Whom an activity reaches out to, and on which day: that on which it was done, else that for
/// which it is planned. None for what reaches out to nobody, or was begun by them. One of a deal
/// that names no contact counts for whom the deal's cadences write to.
#[must_use]
pub fn touch_of(state: &State, activity: &Activity) -> Option<(ContactId, NaiveDate)> {
    if activity.direction == Direction::In || !is_touch(activity.kind) {
        return None;
    }
    let day = activity.done.map(day_of).or(activity.due)?;
    let usual = || contact_of(state, state.tables.deals.get(activity.deal?)?);
    Some((activity.contact.or_else(usual)?, day))
}

/// How many touches there are, by contact and week: those done and those planned, by cadences,
/// by hand and by rules.
#[derive(Clone, Debug, Default)]
pub struct Touches(HashMap<(ContactId, NaiveDate), u32>);

impl Touches {
    /// Counts those of all deals, from the week of a day on.
    #[must_use]
    pub fn of(state: &State, from: NaiveDate) -> Self {
        let mut all = Self::default();
        let from = week_of(from);
        for activity in state.tables.activities.iter() {
            // Looked at first: most of what there is lies in the past.
            if activity.done.map(day_of).or(activity.due) < Some(from) {
                continue;
            }
            if let Some((contact, day)) = touch_of(state, activity) {
                all.note(Some(contact), Some(day));
            }
        }
        all
    }

    /// Counts one more.
    pub fn note(&mut self, contact: Option<ContactId>, due: Option<NaiveDate>) {
        if let (Some(contact), Some(due)) = (contact, due) {
            *self.0.entry((contact, week_of(due))).or_default() += 1;
        }
    }

    /// One less: it was given up.
    pub fn forget(&mut self, contact: Option<ContactId>, due: Option<NaiveDate>) {
        if let (Some(contact), Some(due)) = (contact, due)
            && let Some(n) = self.0.get_mut(&(contact, week_of(due)))
        {
            *n = n.saturating_sub(1);
        }
    }

    /// Counts an activity as a decision leaves it, and no more as it was.
    pub fn exchange(&mut self, state: &State, after: &Activity) {
        if let Some(before) = state.tables.activities.get(after.id)
            && let Some((contact, day)) = touch_of(state, before)
        {
            self.forget(Some(contact), Some(day));
        }
        if let Some((contact, day)) = touch_of(state, after).filter(|_| !after.deleted) {
            self.note(Some(contact), Some(day));
        }
    }

    /// The day, or the first of a later week with room, for something planned already; it counts
    /// there from now on.
    pub fn move_to(
        &mut self,
        state: &State,
        activity: &Activity,
        calendar: &WorkCalendar,
        limit: Option<u8>,
        day: NaiveDate,
    ) -> NaiveDate {
        let Some((contact, before)) = touch_of(state, activity) else {
            return day;
        };
        self.forget(Some(contact), Some(before));
        let day = self.allowed(calendar, Some(contact), limit, day);
        self.note(Some(contact), Some(day));
        day
    }

    /// How many a contact has in the week of a day.
    #[must_use]
    pub fn in_week(&self, contact: ContactId, day: NaiveDate) -> u32 {
        self.0
            .get(&(contact, week_of(day)))
            .copied()
            .unwrap_or_default()
    }

    /// The day itself, or the first day of a later week in which one more touch is allowed.
    #[must_use]
    pub fn allowed(
        &self,
        calendar: &WorkCalendar,
        contact: Option<ContactId>,
        limit: Option<u8>,
        day: NaiveDate,
    ) -> NaiveDate {
        let (Some(contact), Some(limit)) = (contact, limit) else {
            return day;
        };
        let mut at = day;
        // Each turn leads to a later week, and only so many weeks can be full.
        for _ in 0..=self.0.len() {
            if self.in_week(contact, at) < u32::from(limit.max(1)) {
                break;
            }
            let monday = week_of(at).checked_add_days(Days::new(7)).unwrap_or(at);
            at = calendar.on_or_after(monday);
        }
        at
    }
}

/// The id of the activity a step becomes: the same in every tab, so that two of them plan it
/// once. `again` tells a run begun anew on the same day from the one before.
#[must_use]
pub fn activity_id(
    deal: DealId,
    cadence: CadenceId,
    started: NaiveDate,
    step: StepId,
    again: u64,
) -> ActivityId {
    let parts = [
        deal.0,
        cadence.0,
        u64::from(started.num_days_from_ce().unsigned_abs()),
        step.0,
        again,
    ];
    let mut hash = 0x5851_F42D_4C95_7F2D_u64;
    for part in parts {
        // The finaliser of SplitMix64 over what came before and the part.
        let mut z = (hash ^ part).wrapping_add(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        hash = z ^ (z >> 31);
    }
    ActivityId(hash)
}

/// What a cadence has planned for a deal and is still to be done, the earliest first.
#[must_use]
pub fn pending(world: &World, deal: DealId, cadence: CadenceId) -> Vec<&Activity> {
    let all = world.activities.get(&deal).into_iter().flatten();
    let mut found: Vec<&Activity> = all
        .filter_map(|id| world.state.tables.activities.get(*id))
        .filter(|a| a.cadence == Some(cadence) && a.done.is_none())
        .collect();
    found.order_by_key(|a| (a.due, a.id));
    found
}

/// Whom a step of a deal's cadence is for: the first of its contacts who may be contacted.
#[must_use]
pub fn contact_of(state: &State, deal: &Deal) -> Option<ContactId> {
    deal.contacts
        .iter()
        .filter_map(|link| state.tables.contacts.get(link.contact))
        .find(|contact| !contact.do_not_contact)
        .map(|contact| contact.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn counts_working_days_over_weekends_holidays_and_a_leap_day() {
        let calendar = WorkCalendar::new(0b001_1111, &[day("2028-03-01")]);
        // A Saturday begins on Monday.
        assert_eq!(calendar.add(day("2028-02-26"), 0), day("2028-02-28"));
        // 29 February exists in 2028; 1 March is off.
        assert_eq!(calendar.add(day("2028-02-28"), 1), day("2028-02-29"));
        assert_eq!(calendar.add(day("2028-02-28"), 2), day("2028-03-02"));
        assert_eq!(calendar.between(day("2028-02-25"), day("2028-03-03")), 4);
        assert_eq!(
            WorkCalendar::every_day().add(day("2027-02-28"), 1),
            day("2027-03-01")
        );
    }

    #[test]
    fn a_mask_without_days_means_all_and_endless_holidays_end() {
        assert!(WorkCalendar::new(0, &[]).works(day("2028-02-26")));
        let all: Vec<NaiveDate> = day("2028-01-01").iter_days().take(2_000).collect();
        let end = WorkCalendar::new(0x7f, &all).on_or_after(day("2028-01-01"));
        assert!(end > day("2030-01-01"));
    }

    #[test]
    fn a_full_week_pushes_to_the_next_one() {
        let calendar = WorkCalendar::new(0b001_1111, &[day("2026-11-30")]);
        let ada = ContactId(1);
        let mut touches = Touches::default();
        touches.note(Some(ada), Some(day("2026-11-23")));
        touches.note(Some(ada), Some(day("2026-11-27")));
        let on = day("2026-11-25");
        assert_eq!(touches.allowed(&calendar, Some(ada), Some(3), on), on);
        // Monday the 30th is a holiday.
        assert_eq!(
            touches.allowed(&calendar, Some(ada), Some(2), on),
            day("2026-12-01")
        );
        assert_eq!(
            touches.allowed(&calendar, Some(ContactId(2)), Some(2), on),
            on
        );
        assert_eq!(touches.allowed(&calendar, Some(ada), None, on), on);
    }

    #[test]
    fn a_step_s_activity_has_the_same_id_everywhere() {
        let id = |step, again| {
            activity_id(
                DealId(1),
                CadenceId(2),
                day("2026-11-23"),
                StepId(step),
                again,
            )
        };
        assert_eq!(id(3, 0), id(3, 0));
        assert_ne!(id(3, 0), id(4, 0));
        assert_ne!(id(3, 0), id(3, 1));
    }
}
