//! What is planned follows the plan: a changed step of a cadence, and a new day off.

use super::follow::live_deals;
use super::runs::Runs;
use crate::domain::activity::{Activity, ActivityField};
use crate::domain::cadence::{CadenceRun, CadenceStep, RunState, StepField};
use crate::domain::change::Edit;
use crate::domain::command::Ctx;
use crate::domain::entity::Entity;
use crate::domain::ids::{DealId, StepId};
use crate::domain::order::Order;
use crate::domain::query::cadence::{
    Touches, WorkCalendar, calendar_of, following, is_touch, next_of, pending, planned, steps,
    week_of,
};
use crate::domain::workspace::WorkspaceField;
use crate::domain::world::World;
use chrono::{DateTime, NaiveDate};

/// What changes with a step: the edits, how many planned activities follow, and how many stay
/// because somebody changed them by hand.
#[derive(Default)]
pub(super) struct Replanned {
    pub(super) edits: Vec<Edit>,
    moved: usize,
    kept: usize,
}

impl Replanned {
    /// What to say of it, behind what was done.
    pub(super) fn told(&self) -> String {
        let activities = |n| super::counted(n, "planned activity", "planned activities");
        let mut said = String::new();
        if self.moved > 0 {
            said += &format!(". Changed {} with it", activities(self.moved));
        }
        if self.kept > 0 {
            said += &format!(". Left {} as changed by hand", activities(self.kept));
        }
        said
    }
}

/// What a setting of a step means for the activities it has planned.
pub(super) fn step(world: &World, id: StepId, field: &StepField, ctx: &Ctx) -> Replanned {
    let state = &world.state;
    let mut all = Replanned::default();
    let Some(old) = state.tables.steps.get(id) else {
        return all;
    };
    let Some(cadence) = state.tables.cadences.get(old.cadence) else {
        return all;
    };
    let mut new = old.clone();
    new.set(field.clone());
    let mut deals: Vec<_> = live_deals(world, cadence.id).collect();
    deals.order();
    let mut runs = Runs::new(world, ctx);
    for deal in deals {
        let run = runs.run(deal, cadence.id);
        let Some(run) = run.filter(|run| run.state == RunState::Running) else {
            continue;
        };
        let waiting = pending(world, deal, cadence.id);
        let Some(activity) = waiting.into_iter().find(|a| a.step == Some(id)) else {
            continue;
        };
        let set = |field| Edit::Activity(activity.id, field);
        let followed = match field {
            StepField::Subject(_) => (activity.subject == old.title())
                .then(|| vec![set(ActivityField::Subject(new.title().to_owned()))]),
            StepField::Kind(kind) => (activity.kind == old.kind).then(|| {
                let mut both = vec![set(ActivityField::Kind(*kind))];
                if activity.subject == old.title() {
                    both.push(set(ActivityField::Subject(new.title().to_owned())));
                }
                both
            }),
            StepField::Body(body) => {
                (activity.body == old.body).then(|| vec![set(ActivityField::Body(body.clone()))])
            }
            StepField::Template(template) => (activity.template == old.template)
                .then(|| vec![set(ActivityField::Template(*template))]),
            StepField::Day(_) => {
                let mut later: Vec<&CadenceStep> = steps(state, cadence.id);
                let days = Days {
                    world,
                    calendar: calendar_of(state, cadence),
                    run: &run,
                    steps: &later.clone(),
                };
                let untouched = days.may_fall(activity, old);
                later.retain(|s| s.id != id);
                later.push(&new);
                later.order_by(|a, b| (a.day, &a.rank, a.id).cmp(&(b.day, &b.rank, b.id)));
                let days = Days {
                    steps: &later,
                    ..days
                };
                // Another step may come next now; then this one comes after it.
                let next = next_of(&later, &run.done).filter(|_| untouched);
                next.map(|next| {
                    let due = days.due(deal, next);
                    let due = due.max(days.calendar.on_or_after(ctx.today));
                    if next.id != id {
                        runs.give_up(deal, cadence.id, None);
                        runs.plan(deal, cadence, &run, next, due);
                        return Vec::new();
                    }
                    let due = runs.room_for(activity, &days.calendar, due);
                    vec![set(ActivityField::Due(Some(due)))]
                })
            }
            _ => continue,
        };
        match followed {
            Some(edits) => {
                all.moved += 1;
                all.edits.extend(edits);
            }
            None => all.kept += 1,
        }
    }
    all.edits.append(&mut runs.edits);
    all
}

/// The days of a run.
struct Days<'d> {
    world: &'d World,
    calendar: WorkCalendar,
    run: &'d CadenceRun,
    steps: &'d [&'d CadenceStep],
}

impl Days<'_> {
    /// On which day a step falls: by plan, and not sooner after the one before than the plan has
    /// between the two.
    fn due(&self, deal: DealId, step: &CadenceStep) -> NaiveDate {
        let plan = planned(&self.calendar, self.run, step);
        let at = self.steps.iter().position(|s| s.id == step.id);
        let before = at.and_then(|at| self.steps.get(at.checked_sub(1)?));
        let Some(before) = before else { return plan };
        let of_deal = self.world.activities.get(&deal).into_iter().flatten();
        let done = of_deal
            .filter_map(|id| self.world.state.tables.activities.get(*id))
            .filter(|a| a.cadence == Some(step.cadence) && a.step == Some(before.id))
            .filter_map(|a| DateTime::from_timestamp_millis(a.done?))
            .map(|at| at.date_naive())
            .max();
        let after = |done| following(&self.calendar, self.run, Some(before), step, done);
        done.map_or(plan, after)
    }

    /// Whether an activity stands on a day on which its step may have been planned: its own, or
    /// the first of a later week, where its own week was full.
    fn may_fall(&self, activity: &Activity, step: &CadenceStep) -> bool {
        let Some(due) = activity.due else {
            return false;
        };
        let own = activity.deal.map(|deal| self.due(deal, step));
        let monday = week_of(due);
        let put_off = is_touch(step.kind) && self.calendar.on_or_after(monday) == due;
        own.is_some_and(|own| due == own || (put_off && due > own))
    }
}

/// What cadences have planned on days that are worked on now and not with these settings goes to
/// the next working day; says how many.
pub(super) fn days_off(world: &World, fields: &[WorkspaceField], ctx: &Ctx) -> Replanned {
    let mut all = Replanned::default();
    let before = world.state.workspace();
    let mut after = before.clone();
    for field in fields {
        after.set(field.clone());
    }
    let (old, new) = (WorkCalendar::of(&before), WorkCalendar::of(&after));
    if old == new {
        return all;
    }
    let t = &world.state.tables;
    let works = |a: &&Activity| {
        let cadence = a.cadence.and_then(|id| t.cadences.get(id));
        a.done.is_none() && cadence.is_some_and(|c| c.working)
    };
    let mut found: Vec<&Activity> = t.activities.iter().filter(works).collect();
    found.order_by_key(|a| (a.due, a.id));
    let mut touches = Touches::of(&world.state, ctx.today);
    for activity in found {
        let Some(due) = activity.due.filter(|d| old.works(*d) && !new.works(*d)) else {
            continue;
        };
        // What is late stays late.
        if due < ctx.today {
            continue;
        }
        let day = new.on_or_after(due);
        let to = touches.move_to(&world.state, activity, &new, after.touch_limit, day);
        all.moved += 1;
        all.edits
            .push(Edit::Activity(activity.id, ActivityField::Due(Some(to))));
    }
    all
}
