//! Notes to members, practices to share, feedback on the process.

use super::super::clean_name;
use super::{here, long, said};
use crate::domain::change::Edit;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::ids::{CoachingId, FeedbackId, PersonId, PracticeId, StageId};
use crate::domain::review::{CoachingField, CoachingKind, FeedbackField, PracticeField};
use crate::domain::world::World;

pub(super) fn coach(
    world: &World,
    id: Option<CoachingId>,
    mut fields: Vec<CoachingField>,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let old = match id {
        Some(id) => {
            let note = world.state.tables.coaching.get(id);
            Some(note.ok_or(Refusal::Gone("The note"))?)
        }
        None => None,
    };
    let (mut to, mut kind, mut done) = (old.and_then(|o| o.person), old.map(|o| o.kind), None);
    for field in &mut fields {
        match field {
            CoachingField::Text(text) => *text = required("text", text)?,
            CoachingField::Person(person) => {
                here(world, *person)?;
                to = *person;
            }
            CoachingField::By(by) => here(world, *by)?,
            CoachingField::Deal(deal) => here(world, *deal)?,
            CoachingField::Kind(new) => kind = Some(*new),
            CoachingField::Done(now) => done = Some(*now),
            CoachingField::Deleted(_) => return Err(Refusal::Nothing),
            CoachingField::On(_) | CoachingField::FollowUp(_) => {}
        }
    }
    let says = |f: &CoachingField| matches!(f, CoachingField::Text(_));
    if old.is_none() && !fields.iter().any(says) {
        return Err(Refusal::field("text", "Please write a few words."));
    }
    let Some(to) = to else {
        return Err(Refusal::field("person", "Choose whom it is for."));
    };
    let new = old.is_none();
    let id = id.unwrap_or_else(|| ctx.ids.fresh());
    if new {
        fields.push(CoachingField::On(Some(ctx.today)));
        let by = |f: &CoachingField| matches!(f, CoachingField::By(_));
        if !fields.iter().any(by) {
            fields.push(CoachingField::By(ctx.me));
        }
    }
    let what = kind.unwrap_or(CoachingKind::Coaching).label();
    let name = world.state.name_of(to.into());
    let text = match (new, done) {
        (true, _) => format!("{what} for {name}"),
        (false, Some(true)) => format!("Done: {} for {name}", what.to_lowercase()),
        (false, _) => format!("Changed a note to {name}"),
    };
    let edits = fields.into_iter().map(|f| Edit::Coaching(id, f)).collect();
    Ok(said(text, edits, id))
}

/// A text that has to say something.
fn required(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = long(field, text.trim_start())?;
    if text.is_empty() {
        return Err(Refusal::field(field, "Please write a few words."));
    }
    Ok(text)
}

/// Who said it and when, of what is new.
fn birth(ctx: &Ctx) -> (Option<PersonId>, Option<chrono::NaiveDate>) {
    (ctx.me, Some(ctx.today))
}

pub(super) fn share(
    world: &World,
    id: Option<PracticeId>,
    mut fields: Vec<PracticeField>,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let old = match id {
        Some(id) => {
            let practice = world.state.tables.practices.get(id);
            Some(practice.ok_or(Refusal::Gone("The practice"))?)
        }
        None => None,
    };
    let mut title = old.map(|o| o.title.clone());
    for field in &mut fields {
        match field {
            PracticeField::Title(text) => {
                *text = clean_name("title", "A practice", text)?;
                title = Some(text.clone());
            }
            PracticeField::Text(text) => *text = long("text", text)?,
            PracticeField::By(by) => here(world, *by)?,
            PracticeField::Stage(stage) => here(world, *stage)?,
            PracticeField::Experiment(of) => here(world, *of)?,
            PracticeField::Deleted(_) => return Err(Refusal::Nothing),
            PracticeField::On(_) => {}
        }
    }
    let Some(title) = title else {
        return Err(Refusal::field("title", "A practice needs a name."));
    };
    let verb = if old.is_some() { "Changed" } else { "Shared" };
    let id = id.unwrap_or_else(|| ctx.ids.fresh());
    if old.is_none() {
        let (by, on) = birth(ctx);
        if !fields.iter().any(|f| matches!(f, PracticeField::By(_))) {
            fields.push(PracticeField::By(by));
        }
        fields.push(PracticeField::On(on));
    }
    let edits = fields.into_iter().map(|f| Edit::Practice(id, f)).collect();
    Ok(said(format!("{verb} {title}"), edits, id))
}

pub(super) fn feed(
    world: &World,
    id: Option<FeedbackId>,
    mut fields: Vec<FeedbackField>,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let old = match id {
        Some(id) => {
            let feedback = world.state.tables.feedback.get(id);
            Some(feedback.ok_or(Refusal::Gone("The feedback"))?)
        }
        None => None,
    };
    let mut stage: Option<StageId> = old.and_then(|o| o.stage);
    let mut answered = false;
    for field in &mut fields {
        match field {
            FeedbackField::Text(text) => *text = required("text", text)?,
            FeedbackField::Answer(text) => {
                *text = long("answer", text.trim_start())?;
                answered = !text.is_empty();
            }
            FeedbackField::By(by) => here(world, *by)?,
            FeedbackField::Deal(deal) => here(world, *deal)?,
            FeedbackField::Stage(of) => {
                here(world, *of)?;
                stage = *of;
            }
            FeedbackField::Deleted(_) => return Err(Refusal::Nothing),
            FeedbackField::Kind(_) | FeedbackField::On(_) => {}
        }
    }
    let says = |f: &FeedbackField| matches!(f, FeedbackField::Text(_));
    if old.is_none() && !fields.iter().any(says) {
        return Err(Refusal::field("text", "Please write a few words."));
    }
    let on = stage.map_or_else(
        || String::from("the process"),
        |stage| world.state.name_of(stage.into()),
    );
    let text = match (old.is_none(), answered) {
        (true, _) => format!("Feedback on {on}"),
        (false, true) => format!("Answered feedback on {on}"),
        (false, false) => format!("Changed feedback on {on}"),
    };
    let id = id.unwrap_or_else(|| ctx.ids.fresh());
    if old.is_none() {
        let (by, on) = birth(ctx);
        fields.push(FeedbackField::By(by));
        fields.push(FeedbackField::On(on));
    }
    let edits = fields.into_iter().map(|f| Edit::Feedback(id, f)).collect();
    Ok(said(text, edits, id))
}
