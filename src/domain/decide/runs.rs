//! How cadences run: what it means that one starts, goes on, waits and stops. What makes them do
//! so without being asked is in `react`.

use crate::domain::activity::{Activity, ActivityField};
use crate::domain::cadence::{Cadence, CadenceRun, CadenceStep, RunState, StopReason};
use crate::domain::change::Edit;
use crate::domain::command::Ctx;
use crate::domain::deal::{Deal, DealField, Status};
use crate::domain::entity::Entity;
use crate::domain::ids::{ActivityId, CadenceId, ContactId, DealId, IdMap, StepId};
use crate::domain::query::cadence::{
    Touches, WorkCalendar, activity_id, calendar_of, contact_of, following, is_touch, next_of,
    pending, planned, steps,
};
use crate::domain::world::World;
use chrono::NaiveDate;

/// Whether a run can still go on.
pub(super) fn is_live(run: &CadenceRun) -> bool {
    matches!(run.state, RunState::Running | RunState::Paused)
}

/// Whether cadences run for deals of a status: those being sold, and those won, for what comes
/// after the sale.
pub(super) fn can_run(status: Status) -> bool {
    matches!(status, Status::Open | Status::Won)
}

/// Runs being changed: the world, and what a decision makes of it so far.
pub(super) struct Runs<'w> {
    pub(super) world: &'w World,
    ctx: &'w Ctx,
    /// Deals as they will be, those looked at.
    deals: IdMap<DealId, Deal>,
    /// Counted when first needed.
    touches: Option<Touches>,
    /// Activities as the decision leaves them, those it does, plans or gives up.
    pub(super) settled: Vec<Activity>,
    /// Activities planned here.
    fresh: Vec<ActivityId>,
    /// What it comes to.
    pub(super) edits: Vec<Edit>,
}

impl<'w> Runs<'w> {
    pub(super) fn new(world: &'w World, ctx: &'w Ctx) -> Self {
        Self {
            world,
            ctx,
            deals: IdMap::default(),
            touches: None,
            settled: Vec::new(),
            fresh: Vec::new(),
            edits: Vec::new(),
        }
    }

    pub(super) fn deal(&mut self, id: DealId) -> &mut Deal {
        let table = &self.world.state.tables.deals;
        self.deals
            .entry(id)
            .or_insert_with(|| table.get(id).cloned().unwrap_or_else(|| Deal::blank(id)))
    }

    /// Where a deal stands in a cadence.
    pub(super) fn run(&mut self, deal: DealId, cadence: CadenceId) -> Option<CadenceRun> {
        self.deal(deal).cadences.get(cadence).cloned()
    }

    fn set(&mut self, deal: DealId, cadence: CadenceId, run: CadenceRun) {
        let field = DealField::Cadence(cadence, Some(Box::new(run)));
        self.deal(deal).set(field.clone());
        // Of two settings in one change only the last one is worth telling.
        self.edits.retain(|e| !matches!(e, Edit::Deal(d, DealField::Cadence(c, _)) if (*d, *c) == (deal, cadence)));
        self.edits.push(Edit::Deal(deal, field));
    }

    /// Begins a cadence today; false where there is no step, or it is on its way already.
    pub(super) fn start(&mut self, deal: DealId, cadence: &Cadence) -> bool {
        let state = &self.world.state;
        let steps = steps(state, cadence.id);
        let live = self.run(deal, cadence.id).is_some_and(|run| is_live(&run));
        let Some(first) = steps.first().filter(|_| !live) else {
            return false;
        };
        let run = CadenceRun {
            started: self.ctx.today,
            state: RunState::Running,
            why: None,
            paused: None,
            done: Vec::new(),
        };
        let due = planned(&calendar_of(state, cadence), &run, first);
        self.plan(deal, cadence, &run, first, due);
        self.set(deal, cadence.id, run);
        true
    }

    /// The touches there are, counted when first needed.
    fn touches(&mut self) -> &mut Touches {
        let (state, today, settled) = (&self.world.state, self.ctx.today, &self.settled);
        self.touches.get_or_insert_with(|| {
            let mut all = Touches::of(state, today);
            for after in settled {
                all.exchange(state, after);
            }
            all
        })
    }

    /// The day, or the next one in a week with room, for something planned already.
    pub(super) fn room_for(
        &mut self,
        activity: &Activity,
        calendar: &WorkCalendar,
        day: NaiveDate,
    ) -> NaiveDate {
        let state = &self.world.state;
        let limit = state.workspace().touch_limit;
        self.touches()
            .move_to(state, activity, calendar, limit, day)
    }

    /// Makes the activity of a step.
    pub(super) fn plan(
        &mut self,
        deal: DealId,
        cadence: &Cadence,
        run: &CadenceRun,
        step: &CadenceStep,
        due: NaiveDate,
    ) {
        let (world, now, me) = (self.world, self.ctx.now, self.ctx.me);
        let calendar = calendar_of(&world.state, cadence);
        let limit = world.state.workspace().touch_limit;
        let target = self.deal(deal).clone();
        // A contact that the same change makes is not in the tables yet.
        let is_new = |id: &ContactId| world.state.tables.contacts.row(*id).is_none();
        let contact = contact_of(&world.state, &target)
            .or_else(|| target.contacts.iter().map(|c| c.contact).find(is_new));
        let touches = self.touches();
        let mut due = due;
        if is_touch(step.kind) {
            due = touches.allowed(&calendar, contact, limit, due);
            touches.note(contact, Some(due));
        }
        let id = self.activity(deal, cadence.id, run.started, step.id);
        let subject = step.title();
        let mut fields = vec![
            ActivityField::Kind(step.kind),
            ActivityField::Subject(subject.to_owned()),
            ActivityField::Body(step.body.clone()),
            ActivityField::Deal(Some(deal)),
            ActivityField::Contact(contact),
            ActivityField::Owner(target.owner.or(me)),
            ActivityField::Due(Some(due)),
            ActivityField::Created(now),
            ActivityField::Template(step.template),
            ActivityField::Cadence(Some(cadence.id)),
            ActivityField::Step(Some(step.id)),
        ];
        if world.state.tables.activities.row(id).is_some() {
            fields.push(ActivityField::Deleted(false));
        }
        self.fresh.push(id);
        self.edits
            .extend(fields.into_iter().map(|f| Edit::Activity(id, f)));
    }

    /// The activity a step becomes: the first of its ids that was not done in an earlier run
    /// begun on the same day.
    fn activity(
        &self,
        deal: DealId,
        cadence: CadenceId,
        started: NaiveDate,
        step: StepId,
    ) -> ActivityId {
        let table = &self.world.state.tables.activities;
        let used = |id: &ActivityId| table.row(*id).is_some_and(|row| row.entity.done.is_some());
        let id = |again| activity_id(deal, cadence, started, step, again);
        // A thousand runs begun on one day are more than anybody makes.
        let free = (0..1_000).map(id).find(|id| !used(id));
        free.unwrap_or_else(|| id(1_000))
    }

    /// Takes away what a cadence has planned and is not done.
    pub(super) fn give_up(&mut self, deal: DealId, cadence: CadenceId, but: Option<ActivityId>) {
        for activity in pending(self.world, deal, cadence) {
            if Some(activity.id) == but || self.fresh.contains(&activity.id) {
                continue;
            }
            // What the same change says was done is no plan any more.
            let is_done = |a: &Activity| a.id == activity.id && a.done.is_some();
            if self.settled.iter().any(is_done) {
                continue;
            }
            let given_up = Activity {
                deleted: true,
                ..activity.clone()
            };
            match &mut self.touches {
                Some(touches) => touches.exchange(&self.world.state, &given_up),
                None => self.settled.push(given_up),
            }
            let gone = Edit::Activity(activity.id, ActivityField::Deleted(true));
            if !self.edits.contains(&gone) {
                self.edits.push(gone);
            }
        }
        let fresh = std::mem::take(&mut self.fresh);
        let of_this = |id: &ActivityId| {
            self.edits.iter().any(|e| matches!(e, Edit::Activity(a, ActivityField::Deal(Some(d))) if a == id && *d == deal))
                && self.edits.iter().any(|e| matches!(e, Edit::Activity(a, ActivityField::Cadence(Some(c))) if a == id && *c == cadence))
        };
        let (gone, kept): (Vec<_>, Vec<_>) = fresh.into_iter().partition(of_this);
        self.fresh = kept;
        self.edits
            .retain(|e| !gone.iter().any(|id| e.entity() == (*id).into()));
    }

    /// A step is done or skipped: plans the next one, or ends. `plan` false ends nothing and
    /// plans nothing, for a cadence about to stop anyway.
    pub(super) fn advance(&mut self, deal: DealId, cadence: CadenceId, step: StepId, plan: bool) {
        let state = &self.world.state;
        let Some(mut run) = self
            .run(deal, cadence)
            .filter(|run| run.state == RunState::Running && !run.done.contains(&step))
        else {
            return;
        };
        run.done.push(step);
        let Some(cadence) = state.tables.cadences.get(cadence) else {
            return;
        };
        if plan {
            let steps = steps(state, cadence.id);
            let before = steps.iter().find(|s| s.id == step).copied();
            match next_of(&steps, &run.done) {
                Some(next) => {
                    let calendar = calendar_of(state, cadence);
                    let due = following(&calendar, &run, before, next, self.ctx.today);
                    self.plan(deal, cadence, &run, next, due);
                }
                None => run.state = RunState::Finished,
            }
        }
        self.set(deal, cadence.id, run);
    }

    /// A step was not done after all: what was planned after it is given up.
    pub(super) fn retreat(
        &mut self,
        deal: DealId,
        cadence: CadenceId,
        step: StepId,
        of: ActivityId,
    ) {
        let Some(mut run) = self.run(deal, cadence).filter(|run| {
            matches!(run.state, RunState::Running | RunState::Finished)
                && run.done.last() == Some(&step)
        }) else {
            return;
        };
        run.done.pop();
        run.state = RunState::Running;
        self.give_up(deal, cadence, Some(of));
        self.set(deal, cadence, run);
    }

    /// Leaves the next step out.
    pub(super) fn skip(&mut self, deal: DealId, cadence: CadenceId) -> bool {
        let steps = steps(&self.world.state, cadence);
        let next = self
            .run(deal, cadence)
            .filter(|run| run.state == RunState::Running)
            .and_then(|run| next_of(&steps, &run.done));
        let Some(next) = next else { return false };
        self.give_up(deal, cadence, None);
        self.advance(deal, cadence, next.id, true);
        true
    }

    /// Ends a run early.
    pub(super) fn stop(&mut self, deal: DealId, cadence: CadenceId, why: StopReason) -> bool {
        let Some(mut run) = self.run(deal, cadence).filter(is_live) else {
            return false;
        };
        run.state = RunState::Stopped;
        run.why = Some(why);
        run.paused = None;
        self.give_up(deal, cadence, None);
        self.set(deal, cadence, run);
        true
    }

    /// Lets a run wait; what is planned goes until it goes on.
    pub(super) fn pause(&mut self, deal: DealId, cadence: CadenceId) -> bool {
        let running = |run: &CadenceRun| run.state == RunState::Running;
        let Some(mut run) = self.run(deal, cadence).filter(running) else {
            return false;
        };
        run.state = RunState::Paused;
        run.paused = Some(self.ctx.today);
        self.give_up(deal, cadence, None);
        self.set(deal, cadence, run);
        true
    }

    /// Lets a run go on: all that is to come moves on by the days it waited.
    pub(super) fn resume(&mut self, deal: DealId, cadence: &Cadence) -> bool {
        let (state, today) = (&self.world.state, self.ctx.today);
        let paused = |run: &CadenceRun| run.state == RunState::Paused;
        let Some(mut run) = self.run(deal, cadence.id).filter(paused) else {
            return false;
        };
        let calendar = calendar_of(state, cadence);
        let waited = calendar.between(run.paused.unwrap_or(today), today);
        let steps = steps(state, cadence.id);
        let next = next_of(&steps, &run.done);
        // Where the step stood when the wait began; it may have been moved by hand or late.
        let stood = next.and_then(|step| {
            let id = self.activity(deal, cadence.id, run.started, step.id);
            state.tables.activities.row(id)?.entity.due
        });
        if waited > 0 {
            run.started = calendar.add(run.started, waited);
        }
        run.paused = None;
        run.state = match next {
            Some(step) => {
                let due = match stood {
                    Some(stood) if waited == 0 => stood,
                    Some(stood) => calendar.add(stood, waited),
                    None => planned(&calendar, &run, step),
                };
                self.plan(
                    deal,
                    cadence,
                    &run,
                    step,
                    due.max(calendar.on_or_after(today)),
                );
                RunState::Running
            }
            None => RunState::Finished,
        };
        self.set(deal, cadence.id, run);
        true
    }

    /// Ends all live runs of a deal for which `ends` holds.
    pub(super) fn stop_where(
        &mut self,
        deal: DealId,
        why: StopReason,
        ends: impl Fn(CadenceId) -> bool,
    ) {
        let live: Vec<CadenceId> = self
            .deal(deal)
            .cadences
            .iter()
            .filter(|(id, run)| is_live(run) && ends(*id))
            .map(|(id, _)| id)
            .collect();
        for cadence in live {
            self.stop(deal, cadence, why);
        }
    }
}
