//! Writing down, planning and doing activities.

use super::decision;
use crate::domain::activity::{Activity, ActivityField, ActivityKind, ActivityOutcome};
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind};
use crate::domain::command::{ActivityDraft, Ctx, Decision, Refusal};
use crate::domain::entity::{Entity, FieldSet};
use crate::domain::ids::ActivityId;
use crate::domain::query::cadence::{Touches, touch_of};
use crate::domain::stamp::Millis;
use crate::domain::world::World;
use chrono::NaiveDate;

/// The longest an activity may take, in minutes: a week.
const LONGEST: u16 = 7 * 24 * 60;

fn activity(world: &World, id: ActivityId) -> Result<&Activity, Refusal> {
    world
        .state
        .tables
        .activities
        .get(id)
        .ok_or(Refusal::Gone("The activity"))
}

/// How far a clock may be ahead before what is done lies in the future.
const TOLERANCE: Millis = 60_000;

fn check(world: &World, draft: &ActivityDraft, new: bool, ctx: &Ctx) -> Result<(), Refusal> {
    let t = &world.state.tables;
    let over = draft.done || draft.kind == ActivityKind::Note;
    let about = (draft.deal, draft.contact, draft.organisation);
    if new && over && about == (None, None, None) {
        // It would be found nowhere.
        return Err(Refusal::field(
            "about",
            "Say what it was about: a deal, an organisation or a contact.",
        ));
    }
    if draft.done && draft.done_at.is_some_and(|at| at > ctx.now + TOLERANCE) {
        return Err(Refusal::field(
            "done",
            "What is done lies in the past. Choose an earlier day or time.",
        ));
    }
    if draft.subject.trim().is_empty() && draft.body.trim().is_empty() {
        return Err(Refusal::field("subject", "Please write a few words."));
    }
    if draft.due_minute.is_some_and(|m| m >= 24 * 60) {
        return Err(Refusal::field(
            "due_minute",
            "A time lies between 00:00 and 23:59.",
        ));
    }
    if draft.duration.is_some_and(|m| m == 0 || m > LONGEST) {
        return Err(Refusal::field(
            "duration",
            "A duration lies between 1 minute and 7 days.",
        ));
    }
    let gone = |here: bool, what| {
        if here {
            Ok(())
        } else {
            Err(Refusal::Gone(what))
        }
    };
    gone(
        draft.deal.is_none_or(|id| t.deals.get(id).is_some()),
        "The deal",
    )?;
    gone(
        draft.owner.is_none_or(|id| t.people.get(id).is_some()),
        "The member of the team",
    )?;
    gone(
        draft.contact.is_none_or(|id| t.contacts.get(id).is_some()),
        "The contact",
    )?;
    gone(
        draft
            .organisation
            .is_none_or(|id| t.organisations.get(id).is_some()),
        "The organisation",
    )
}

pub(super) fn save(
    world: &World,
    id: Option<ActivityId>,
    draft: ActivityDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let existing = id.map(|id| activity(world, id)).transpose()?;
    check(world, &draft, existing.is_none(), ctx)?;
    let deal = draft.deal.and_then(|id| world.state.tables.deals.get(id));
    let subject = draft.subject.trim().to_owned();
    let note = draft.kind == ActivityKind::Note;
    let when = || draft.done_at.or(existing.and_then(|a| a.done));
    let done = (draft.done && !note).then(|| when().unwrap_or(ctx.now));
    let due = draft.due.filter(|_| !note);
    let minute = draft.due_minute.filter(|_| due.is_some());
    let new = existing.is_none();
    let id = existing.map_or_else(|| ctx.ids.fresh(), |a| a.id);
    let mut fields = vec![
        ActivityField::Kind(draft.kind),
        ActivityField::Subject(subject.clone()),
        ActivityField::Body(draft.body.trim_end().to_owned()),
        ActivityField::Deal(draft.deal),
        ActivityField::Due(due),
        ActivityField::DueMinute(minute),
        ActivityField::Done(done),
    ];
    let more = [
        ActivityField::Contact(draft.contact),
        ActivityField::Organisation(draft.organisation),
        ActivityField::Direction(draft.direction),
        ActivityField::Outcome(draft.outcome.filter(|_| done.is_some())),
        ActivityField::Duration(draft.duration.filter(|_| !note)),
        ActivityField::Location(draft.location.trim().to_owned()),
        ActivityField::Remind(draft.remind.filter(|_| minute.is_some())),
        ActivityField::Template(draft.template),
    ];
    // What a new activity leaves at its default need not be said.
    let blank = Activity::blank(id);
    fields.extend(
        more.into_iter()
            .filter(|field| !new || blank.get(field.key(), 0) != *field),
    );
    if new {
        fields.push(ActivityField::Created(ctx.now));
        let usual = || ctx.me.or_else(|| deal.and_then(|d| d.owner));
        fields.push(ActivityField::Owner(draft.owner.or_else(usual)));
    } else if draft.owner.is_some() {
        fields.push(ActivityField::Owner(draft.owner));
    }
    let edits: Vec<Edit> = fields.into_iter().map(|f| Edit::Activity(id, f)).collect();
    let moved = existing.is_none_or(|a| (a.due, a.contact) != (due, draft.contact));
    let note_too_many = match moved {
        true => crowded(world, id, &edits),
        false => String::new(),
    };
    let what = if subject.is_empty() {
        draft.kind.label().to_lowercase()
    } else {
        subject
    };
    let verb = match (new, draft.done || note) {
        (true, true) => "Logged",
        (true, false) => "Planned",
        (false, _) => "Changed",
    };
    let focus = draft.deal.map_or(EntityRef::from(id), EntityRef::from);
    Ok(decision(
        Intent::new(
            IntentKind::LogActivity,
            format!("{verb} {what}{note_too_many}"),
        ),
        edits,
        Some(focus),
    ))
}

/// What to say where something planned by hand makes more touches of a contact in a week than
/// cadences plan; else nothing. A person may do so: they know why.
fn crowded(world: &World, id: ActivityId, edits: &[Edit]) -> String {
    let state = &world.state;
    let Some(limit) = state.workspace().touch_limit else {
        return String::new();
    };
    let before = state.tables.activities.get(id);
    let mut after = before.cloned().unwrap_or_else(|| Activity::blank(id));
    for edit in edits {
        if let Edit::Activity(of, field) = edit
            && *of == id
        {
            after.set(field.clone());
        }
    }
    let Some((contact, day)) = touch_of(state, &after).filter(|_| after.done.is_none()) else {
        return String::new();
    };
    let mut touches = Touches::of(state, day);
    touches.exchange(state, &after);
    let count = touches.in_week(contact, day);
    // A contact that the same change makes is touched for the first time.
    let name = state.tables.contacts.get(contact).map(|c| c.name.as_str());
    match name.filter(|_| count > u32::from(limit)) {
        Some(name) => format!(
            ". That makes {count} touches of {name} in that week; cadences plan at most {limit}"
        ),
        None => String::new(),
    }
}

pub(super) fn set_done(
    world: &World,
    id: ActivityId,
    done: bool,
    ctx: &Ctx,
) -> Result<Decision, Refusal> {
    let activity = activity(world, id)?;
    let name = world.state.name_of(id.into());
    let text = if done {
        format!("Done: {name}")
    } else {
        format!("Not done after all: {name}")
    };
    let when = done.then(|| activity.done.unwrap_or(ctx.now));
    let mut edits = vec![Edit::Activity(id, ActivityField::Done(when))];
    if !done {
        edits.push(Edit::Activity(id, ActivityField::Outcome(None)));
    }
    Ok(decision(
        Intent::new(IntentKind::CompleteActivity, text),
        edits,
        activity.deal.map(EntityRef::from),
    ))
}

pub(super) fn complete(
    world: &World,
    id: ActivityId,
    outcome: Option<ActivityOutcome>,
    ctx: &Ctx,
) -> Result<Decision, Refusal> {
    let mut done = set_done(world, id, true, ctx)?;
    if let Some(outcome) = outcome {
        done.intent.text = format!("{}, {}", done.intent.text, outcome.label().to_lowercase());
    }
    done.edits
        .push(Edit::Activity(id, ActivityField::Outcome(outcome)));
    Ok(done)
}

pub(super) fn reschedule(
    world: &World,
    id: ActivityId,
    due: NaiveDate,
    minute: Option<Option<u16>>,
) -> Result<Decision, Refusal> {
    let activity = activity(world, id)?;
    if minute.flatten().is_some_and(|m| m >= 24 * 60) {
        return Err(Refusal::field(
            "due_minute",
            "A time lies between 00:00 and 23:59.",
        ));
    }
    let mut edits = vec![Edit::Activity(id, ActivityField::Due(Some(due)))];
    edits.extend(minute.map(|m| Edit::Activity(id, ActivityField::DueMinute(m))));
    let mut text = format!("Moved {} to another day", world.state.name_of(id.into()));
    if activity.due != Some(due) {
        text.push_str(&crowded(world, id, &edits));
    }
    Ok(decision(
        Intent::new(IntentKind::LogActivity, text),
        edits,
        activity.deal.map(EntityRef::from),
    ))
}
