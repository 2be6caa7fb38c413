//! What customers said after deals were won or lost.

use super::super::deals::deal;
use super::super::decision;
use super::{long, short};
use crate::domain::campaign::InterviewField;
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::insight::InterviewDraft;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::deal::Status;
use crate::domain::ids::InterviewId;
use crate::domain::world::World;

pub(super) fn save(
    world: &World,
    id: Option<InterviewId>,
    draft: InterviewDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let t = &world.state.tables;
    let known = |id| t.interviews.get(id).ok_or(Refusal::Gone("The interview"));
    let existing = id.map(known).transpose()?;
    let about = deal(world, draft.deal)?;
    let closed = matches!(about.outcome.status(), Status::Won | Status::Lost);
    if existing.is_none() && !closed {
        return Err(Refusal::Impossible(
            "Interviews are held after a deal was won or lost.".into(),
        ));
    }
    let decided = short("decided", &draft.decided)?;
    let texts = [&decided, &draft.well, &draft.better, &draft.notes];
    if texts.iter().all(|text| text.trim().is_empty()) {
        return Err(Refusal::field(
            "decided",
            "Write down what was said: what decided it, at least.",
        ));
    }
    let on = draft.on.unwrap_or(ctx.today);
    if on > ctx.today {
        return Err(Refusal::field(
            "on",
            "That day is still to come. Choose today or earlier.",
        ));
    }
    let held_contact = existing.and_then(|e| e.contact);
    if let Some(contact) = draft.contact
        && held_contact != Some(contact)
        && t.contacts.get(contact).is_none()
    {
        return Err(Refusal::Gone("The contact"));
    }
    let held_by = existing.and_then(|e| e.by);
    if let Some(by) = draft.by
        && held_by != Some(by)
        && t.people.get(by).is_none()
    {
        return Err(Refusal::Gone("The member of the team"));
    }
    let fields = [
        InterviewField::Deal(Some(about.id)),
        InterviewField::Contact(draft.contact),
        InterviewField::By(draft.by),
        InterviewField::On(Some(on)),
        InterviewField::Decided(decided),
        InterviewField::Well(long("well", &draft.well)?),
        InterviewField::Better(long("better", &draft.better)?),
        InterviewField::Notes(long("notes", &draft.notes)?),
    ];
    let verb = if existing.is_some() {
        "Changed"
    } else {
        "Wrote down"
    };
    let id = existing.map_or_else(|| ctx.ids.fresh(), |e| e.id);
    Ok(decision(
        Intent::new(
            IntentKind::EditInsight,
            format!("{verb} an interview about {}", about.title),
        ),
        fields.map(|f| Edit::Interview(id, f)).into(),
        Some(id.into()),
    ))
}
