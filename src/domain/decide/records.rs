//! Organisations, contacts, people, products, activities, settings.

use super::{clean_name, counted, decision};
use crate::domain::activity::{ActivityField, ActivityKind};
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind, Kind};
use crate::domain::command::{ActivityDraft, Ctx, Decision, Refusal};
use crate::domain::ids::ActivityId;
use crate::domain::party::{ContactField, OrgField, PersonField, ProductField};
use crate::domain::workspace::{WORKSPACE, WorkspaceField};
use crate::domain::world::World;

pub(super) fn delete(world: &World, entities: &[EntityRef]) -> Result<Decision, Refusal> {
    let alive: Vec<EntityRef> = entities
        .iter()
        .copied()
        .filter(|e| world.is_alive(*e))
        .collect();
    let Some(first) = alive.first() else {
        return Err(Refusal::Gone("That record"));
    };
    if alive
        .iter()
        .any(|e| matches!(e.kind, Kind::Stage | Kind::Pipeline | Kind::Workspace))
    {
        return Err(Refusal::Impossible(
            "Stages and pipelines are deleted in their editor, where their deals find a new place."
                .into(),
        ));
    }
    let text = match alive.as_slice() {
        [one] => format!("Deleted {}", world.state.name_of(*one)),
        many if many.iter().all(|e| e.kind == Kind::Deal) => {
            format!("Deleted {}", counted(many.len(), "deal", "deals"))
        }
        many => format!("Deleted {}", counted(many.len(), "record", "records")),
    };
    let edits = alive.iter().map(|e| Edit::deleted(*e, true)).collect();
    Ok(decision(
        Intent::new(IntentKind::Delete, text),
        edits,
        Some(*first),
    ))
}

pub(super) fn edit(world: &World, mut edits: Vec<Edit>) -> Result<Decision, Refusal> {
    for edit in &mut edits {
        check_record(world, edit)?;
    }
    let Some(first) = edits.first().map(Edit::entity) else {
        return Err(Refusal::Nothing);
    };
    let name = edits
        .iter()
        .find_map(|e| match e {
            Edit::Organisation(_, OrgField::Name(n))
            | Edit::Contact(_, ContactField::Name(n))
            | Edit::Person(_, PersonField::Name(n))
            | Edit::Product(_, ProductField::Name(n)) => Some(n.clone()),
            _ => None,
        })
        .unwrap_or_else(|| world.state.name_of(first));
    let verb = if world.state.tables.knows(first) {
        "Changed"
    } else {
        "Added"
    };
    Ok(decision(
        Intent::new(IntentKind::EditRecord, format!("{verb} {name}")),
        edits,
        Some(first),
    ))
}

fn check_record(world: &World, edit: &mut Edit) -> Result<(), Refusal> {
    match edit {
        Edit::Organisation(..) | Edit::Contact(..) | Edit::Person(..) => {
            super::customer::check::record(world, edit)?;
        }
        Edit::Product(_, ProductField::Name(name)) => {
            *name = clean_name("name", "A product", name)?
        }
        Edit::Product(_, ProductField::Price(Some(price))) if price.minor < 0 => {
            return Err(Refusal::field("price", "A price cannot be below nothing."));
        }
        Edit::Deal(..)
        | Edit::Stage(..)
        | Edit::Pipeline(..)
        | Edit::Workspace(..)
        | Edit::Activity(..)
        | Edit::CustomField(..)
        | Edit::Criterion(..)
        | Edit::Framework(..)
        | Edit::Question(..)
        | Edit::ScoreRule(..)
        | Edit::IcpCriterion(..)
        | Edit::Persona(..)
        | Edit::Team(..)
        | Edit::Territory(..)
        | Edit::Cadence(..)
        | Edit::CadenceStep(..)
        | Edit::Template(..)
        | Edit::Automation(..)
        | Edit::RuleRun(..) => {
            return Err(Refusal::Impossible(
                "This kind of record has an editor of its own.".into(),
            ));
        }
        _ => {}
    }
    Ok(())
}

pub(super) fn save_activity(
    world: &World,
    id: Option<ActivityId>,
    draft: ActivityDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let subject = draft.subject.trim().to_owned();
    let body = draft.body.trim_end().to_owned();
    if subject.is_empty() && body.trim().is_empty() {
        return Err(Refusal::field("subject", "Please write a few words."));
    }
    if draft.due_minute.is_some_and(|m| m >= 24 * 60) {
        return Err(Refusal::field(
            "due_minute",
            "A time lies between 00:00 and 23:59.",
        ));
    }
    let deal = match draft.deal {
        Some(deal) => Some(
            world
                .state
                .tables
                .deals
                .get(deal)
                .ok_or(Refusal::Gone("The deal"))?,
        ),
        None => None,
    };
    let existing = match id {
        Some(id) => Some(
            world
                .state
                .tables
                .activities
                .get(id)
                .ok_or(Refusal::Gone("The activity"))?,
        ),
        None => None,
    };
    let note = draft.kind == ActivityKind::Note;
    let done = (draft.done && !note).then(|| existing.and_then(|a| a.done).unwrap_or(ctx.now));
    let new = existing.is_none();
    let id = id.unwrap_or_else(|| ctx.ids.fresh());
    let mut fields = vec![
        ActivityField::Kind(draft.kind),
        ActivityField::Subject(subject.clone()),
        ActivityField::Body(body),
        ActivityField::Deal(draft.deal),
        ActivityField::Due(draft.due.filter(|_| !note)),
        ActivityField::DueMinute(draft.due_minute.filter(|_| !note && draft.due.is_some())),
        ActivityField::Done(done),
    ];
    if new {
        fields.push(ActivityField::Created(ctx.now));
        fields.push(ActivityField::Owner(
            ctx.me.or_else(|| deal.and_then(|d| d.owner)),
        ));
    }
    let edits = fields.into_iter().map(|f| Edit::Activity(id, f)).collect();
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
        Intent::new(IntentKind::LogActivity, format!("{verb} {what}")),
        edits,
        Some(focus),
    ))
}

pub(super) fn set_done(
    world: &World,
    id: ActivityId,
    done: bool,
    ctx: &Ctx,
) -> Result<Decision, Refusal> {
    let activity = world
        .state
        .tables
        .activities
        .get(id)
        .ok_or(Refusal::Gone("The activity"))?;
    let name = world.state.name_of(id.into());
    let text = if done {
        format!("Done: {name}")
    } else {
        format!("Not done after all: {name}")
    };
    let when = done.then(|| activity.done.unwrap_or(ctx.now));
    let edits = vec![Edit::Activity(id, ActivityField::Done(when))];
    Ok(decision(
        Intent::new(IntentKind::CompleteActivity, text),
        edits,
        activity.deal.map(EntityRef::from),
    ))
}

pub(super) fn edit_workspace(fields: Vec<WorkspaceField>) -> Result<Decision, Refusal> {
    let mut edits = Vec::new();
    for field in fields {
        let field = match field {
            WorkspaceField::Name(name) => {
                WorkspaceField::Name(clean_name("name", "The workspace", &name)?)
            }
            WorkspaceField::Sample(_) | WorkspaceField::Deleted(_) => {
                return Err(Refusal::Impossible("This is not a setting.".into()));
            }
            WorkspaceField::LostReasons(list) => WorkspaceField::LostReasons(tidy(list)),
            WorkspaceField::WonReasons(list) => WorkspaceField::WonReasons(tidy(list)),
            WorkspaceField::HoldReasons(list) => WorkspaceField::HoldReasons(tidy(list)),
            WorkspaceField::Sources(list) => WorkspaceField::Sources(tidy(list)),
            WorkspaceField::Competitors(list) => WorkspaceField::Competitors(tidy(list)),
            WorkspaceField::WorkingDays(days) if days & 0x7f == 0 => {
                return Err(Refusal::field(
                    "working_days",
                    "Choose at least one working day.",
                ));
            }
            WorkspaceField::FitGrades(points) | WorkspaceField::EngagementGrades(points)
                if points.len() != 3 || !points.is_sorted_by(|a, b| a > b) =>
            {
                return Err(Refusal::field(
                    "grades",
                    "Each grade needs fewer points than the one above it.",
                ));
            }
            other @ (WorkspaceField::Currency(_)
            | WorkspaceField::WorkingDays(_)
            | WorkspaceField::Holidays(_)
            | WorkspaceField::TouchLimit(_)
            | WorkspaceField::FitGrades(_)
            | WorkspaceField::EngagementGrades(_)) => other,
        };
        edits.push(Edit::Workspace(WORKSPACE, field));
    }
    Ok(decision(
        Intent::new(IntentKind::EditWorkspace, "Changed the settings"),
        edits,
        None,
    ))
}

fn tidy(list: Vec<String>) -> Vec<String> {
    let mut tidy: Vec<String> = Vec::new();
    for item in list {
        let item = item.trim();
        if !item.is_empty() && !tidy.iter().any(|t| t == item) {
            tidy.push(item.to_owned());
        }
    }
    tidy
}
