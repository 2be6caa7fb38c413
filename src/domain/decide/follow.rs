//! Deciding commands about follow-up: cadences, templates, playbooks.

use super::runs::{Runs, can_run};
use super::{activities, clean_name, counted, decision, replan};
use crate::domain::activity::ActivityKind;
use crate::domain::cadence::{
    Cadence, CadenceField, RunState, StepField, StopReason, TemplateField, TemplateKind,
};
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind};
use crate::domain::command::follow::FollowCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::ids::{CadenceId, DealId, StageId, StepId, TemplateId};
use crate::domain::query::cadence::{cadences, next_of, steps};
use crate::domain::rank::Rank;
use crate::domain::stage::StageField;
use crate::domain::world::World;

/// The latest day of a step, in days after the start: two years.
const LATEST: u16 = 730;

pub(super) fn decide(
    world: &World,
    command: FollowCommand,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {
        FollowCommand::Complete { activity, outcome } => {
            activities::complete(world, activity, outcome, ctx)
        }
        FollowCommand::Reschedule {
            activity,
            due,
            minute,
        } => activities::reschedule(world, activity, due, minute),
        FollowCommand::AddCadence { name } => add_cadence(world, &name, ctx),
        FollowCommand::EditCadence(id, field) => edit_cadence(world, id, field),
        FollowCommand::DeleteCadence(id) => delete_cadence(world, id, ctx),
        FollowCommand::AddStep { cadence, kind } => add_step(world, cadence, kind, ctx),
        FollowCommand::EditStep(id, field) => edit_step(world, id, field, ctx),
        FollowCommand::DeleteStep(id) => delete_step(world, id, ctx),
        FollowCommand::Start { deals, cadence } => start(world, &deals, cadence, ctx),
        FollowCommand::Pause { deal, cadence } => {
            steer(world, deal, cadence, "Paused", ctx, |runs, cadence| {
                runs.pause(deal, cadence.id)
            })
        }
        FollowCommand::Resume { deal, cadence } => {
            steer(world, deal, cadence, "Resumed", ctx, |runs, cadence| {
                runs.resume(deal, cadence)
            })
        }
        FollowCommand::Stop { deal, cadence } => {
            steer(world, deal, cadence, "Stopped", ctx, |runs, cadence| {
                runs.stop(deal, cadence.id, StopReason::ByHand)
            })
        }
        FollowCommand::Skip { deal, cadence } => steer(
            world,
            deal,
            cadence,
            "Skipped a step of",
            ctx,
            |runs, cadence| runs.skip(deal, cadence.id),
        ),
        FollowCommand::AddTemplate { kind, name } => add_template(world, kind, &name, ctx),
        FollowCommand::EditTemplate(id, field) => edit_template(world, id, field),
        FollowCommand::EditPlaybook(stage, fields) => edit_playbook(world, stage, fields),
    }
}

fn rules(text: String, edits: Vec<Edit>, focus: impl Into<EntityRef>) -> Decision {
    decision(
        Intent::new(IntentKind::EditRules, text),
        edits,
        Some(focus.into()),
    )
}

fn cadence(world: &World, id: CadenceId) -> Result<&Cadence, Refusal> {
    world
        .state
        .tables
        .cadences
        .get(id)
        .ok_or(Refusal::Gone("The cadence"))
}

fn add_cadence(world: &World, name: &str, ctx: &mut Ctx) -> Result<Decision, Refusal> {
    let name = clean_name("name", "A cadence", name)?;
    let id: CadenceId = ctx.ids.fresh();
    let rank = Rank::between(cadences(&world.state).last().map(|c| &c.rank), None);
    let fields = [CadenceField::Name(name.clone()), CadenceField::Rank(rank)];
    let edits = fields.map(|f| Edit::Cadence(id, f)).into();
    Ok(rules(format!("Added cadence {name}"), edits, id))
}

fn edit_cadence(world: &World, id: CadenceId, field: CadenceField) -> Result<Decision, Refusal> {
    let old = cadence(world, id)?;
    let field = match field {
        CadenceField::Name(name) => CadenceField::Name(clean_name("name", "A cadence", &name)?),
        CadenceField::Stage(Some(stage)) if world.state.tables.stages.get(stage).is_none() => {
            return Err(Refusal::Gone("The stage"));
        }
        CadenceField::Auto(true) if old.stage.is_none() => {
            return Err(Refusal::field(
                "auto",
                "Choose the stage first: a cadence starts by itself when a deal enters it.",
            ));
        }
        CadenceField::Deleted(_) => return Err(Refusal::Nothing),
        other => other,
    };
    let mut edits = vec![Edit::Cadence(id, field.clone())];
    if field == CadenceField::Stage(None) {
        edits.push(Edit::Cadence(id, CadenceField::Auto(false)));
    }
    Ok(rules(format!("Changed cadence {}", old.name), edits, id))
}

/// The deals a cadence is on its way for.
pub(super) fn live_deals(world: &World, id: CadenceId) -> impl Iterator<Item = DealId> {
    let deals = world.state.tables.deals.iter();
    deals
        .filter(move |d| d.cadences.get(id).is_some_and(super::runs::is_live))
        .map(|d| d.id)
}

fn delete_cadence(world: &World, id: CadenceId, ctx: &Ctx) -> Result<Decision, Refusal> {
    let old = cadence(world, id)?;
    let mut runs = Runs::new(world, ctx);
    for deal in live_deals(world, id) {
        runs.stop(deal, id, StopReason::ByHand);
    }
    let mut edits = vec![Edit::deleted(id.into(), true)];
    let own = steps(&world.state, id).into_iter();
    edits.extend(own.map(|step| Edit::deleted(step.id.into(), true)));
    edits.append(&mut runs.edits);
    Ok(rules(format!("Deleted cadence {}", old.name), edits, id))
}

fn add_step(
    world: &World,
    id: CadenceId,
    kind: ActivityKind,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let of = cadence(world, id)?;
    let all = steps(&world.state, id);
    let last = all.last();
    // Two days after the one before is a usual distance.
    let day = last.map_or(0, |step| step.day.saturating_add(2).min(LATEST));
    let step: StepId = ctx.ids.fresh();
    let fields = [
        StepField::Cadence(id),
        StepField::Day(day),
        StepField::Kind(kind),
        StepField::Rank(Rank::between(all.iter().map(|s| &s.rank).max(), None)),
    ];
    let edits = fields.map(|f| Edit::CadenceStep(step, f)).into();
    Ok(rules(
        format!("Added a step to cadence {}", of.name),
        edits,
        step,
    ))
}

fn edit_step(world: &World, id: StepId, field: StepField, ctx: &Ctx) -> Result<Decision, Refusal> {
    let t = &world.state.tables;
    let step = t.steps.get(id).ok_or(Refusal::Gone("The step"))?;
    let field = match field {
        StepField::Day(day) if day > LATEST => {
            return Err(Refusal::field("day", "At most 730 days after the start."));
        }
        StepField::Kind(ActivityKind::Note) => {
            return Err(Refusal::field("kind", "A note cannot be planned."));
        }
        StepField::Template(Some(template)) if t.templates.get(template).is_none() => {
            return Err(Refusal::Gone("The template"));
        }
        StepField::Subject(text) => StepField::Subject(text.trim().to_owned()),
        StepField::Body(text) => StepField::Body(text.trim_end().to_owned()),
        StepField::Deleted(_) | StepField::Cadence(_) => return Err(Refusal::Nothing),
        other => other,
    };
    let name = world.state.name_of(step.cadence.into());
    let mut with_it = replan::step(world, id, &field, ctx);
    let text = format!("Changed a step of cadence {name}{}", with_it.told());
    let mut edits = vec![Edit::CadenceStep(id, field)];
    edits.append(&mut with_it.edits);
    Ok(rules(text, edits, id))
}

fn delete_step(world: &World, id: StepId, ctx: &Ctx) -> Result<Decision, Refusal> {
    let step = world
        .state
        .tables
        .steps
        .get(id)
        .ok_or(Refusal::Gone("The step"))?;
    let all = steps(&world.state, step.cadence);
    let mut runs = Runs::new(world, ctx);
    // Deals for which it comes next go on with the one after it.
    for deal in live_deals(world, step.cadence) {
        let next = runs
            .run(deal, step.cadence)
            .filter(|run| run.state == RunState::Running)
            .and_then(|run| next_of(&all, &run.done));
        if next.is_some_and(|next| next.id == id) {
            runs.skip(deal, step.cadence);
        }
    }
    let mut edits = vec![Edit::deleted(id.into(), true)];
    edits.append(&mut runs.edits);
    let name = world.state.name_of(step.cadence.into());
    Ok(rules(
        format!("Deleted a step of cadence {name}"),
        edits,
        step.cadence,
    ))
}

fn start(world: &World, deals: &[DealId], id: CadenceId, ctx: &Ctx) -> Result<Decision, Refusal> {
    let of = cadence(world, id)?;
    if steps(&world.state, id).is_empty() {
        return Err(Refusal::Impossible(format!(
            "{} has no steps yet. Add some under Process, Cadences.",
            of.name
        )));
    }
    let mut runs = Runs::new(world, ctx);
    let mut started = Vec::new();
    for id in deals {
        let deal = world
            .state
            .tables
            .deals
            .get(*id)
            .ok_or(Refusal::Gone("The deal"))?;
        if can_run(deal.outcome.status()) && runs.start(*id, of) {
            started.push(*id);
        }
    }
    let what = match started.as_slice() {
        [] => {
            return Err(Refusal::Impossible(format!(
                "{} starts only for open and won deals for which it is not on its way already.",
                of.name
            )));
        }
        [one] => world.state.name_of((*one).into()),
        many => counted(many.len(), "deal", "deals"),
    };
    let intent = Intent::new(
        IntentKind::RunCadence,
        format!("Started {} for {what}", of.name),
    );
    Ok(decision(
        intent,
        runs.edits,
        started.first().map(|d| (*d).into()),
    ))
}

fn steer(
    world: &World,
    deal: DealId,
    id: CadenceId,
    verb: &str,
    ctx: &Ctx,
    act: impl FnOnce(&mut Runs<'_>, &Cadence) -> bool,
) -> Result<Decision, Refusal> {
    let of = cadence(world, id)?;
    if world.state.tables.deals.get(deal).is_none() {
        return Err(Refusal::Gone("The deal"));
    }
    let mut runs = Runs::new(world, ctx);
    if !act(&mut runs, of) {
        return Err(Refusal::Nothing);
    }
    let text = format!(
        "{verb} {} for {}",
        of.name,
        world.state.name_of(deal.into())
    );
    Ok(decision(
        Intent::new(IntentKind::RunCadence, text),
        runs.edits,
        Some(deal.into()),
    ))
}

fn add_template(
    world: &World,
    kind: TemplateKind,
    name: &str,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let name = clean_name("name", "A template", name)?;
    let id: TemplateId = ctx.ids.fresh();
    let last = world.state.tables.templates.iter().map(|t| &t.rank).max();
    let fields = [
        TemplateField::Name(name.clone()),
        TemplateField::Kind(kind),
        TemplateField::Minutes((kind == TemplateKind::Meeting).then_some(30)),
        TemplateField::Rank(Rank::between(last, None)),
    ];
    let edits = fields.map(|f| Edit::Template(id, f)).into();
    Ok(rules(format!("Added template {name}"), edits, id))
}

fn edit_template(world: &World, id: TemplateId, field: TemplateField) -> Result<Decision, Refusal> {
    let t = &world.state.tables;
    let old = t.templates.get(id).ok_or(Refusal::Gone("The template"))?;
    let field = match field {
        TemplateField::Name(name) => TemplateField::Name(clean_name("name", "A template", &name)?),
        // A line break in a subject would end the header of an e-mail.
        TemplateField::Subject(text) => {
            TemplateField::Subject(text.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        TemplateField::Body(text) => TemplateField::Body(text.trim_end().to_owned()),
        TemplateField::Minutes(Some(0)) => {
            return Err(Refusal::field("minutes", "Give at least 1 minute."));
        }
        TemplateField::Stage(Some(stage)) if t.stages.get(stage).is_none() => {
            return Err(Refusal::Gone("The stage"));
        }
        TemplateField::Deleted(_) => return Err(Refusal::Nothing),
        other => other,
    };
    let text = format!("Changed template {}", old.name);
    Ok(rules(text, vec![Edit::Template(id, field)], id))
}

fn edit_playbook(world: &World, id: StageId, fields: Vec<StageField>) -> Result<Decision, Refusal> {
    let stage = world
        .state
        .tables
        .stages
        .get(id)
        .ok_or(Refusal::Gone("The stage"))?;
    let mut edits = Vec::new();
    for field in fields {
        let field = match field {
            StageField::Playbook(text) => StageField::Playbook(text.trim_end().to_owned()),
            StageField::ProductNotes(text) => StageField::ProductNotes(text.trim_end().to_owned()),
            StageField::Questions(mut list) => {
                list.iter_mut().for_each(|q| *q = q.trim().to_owned());
                list.retain(|q| !q.is_empty());
                StageField::Questions(list)
            }
            StageField::Objections(mut list) => {
                list.retain(|o| !o.objection.trim().is_empty() || !o.answer.trim().is_empty());
                StageField::Objections(list)
            }
            StageField::Links(mut list) => {
                list.retain(|l| !l.url.trim().is_empty() || !l.title.trim().is_empty());
                for link in &mut list {
                    link.url = web_address(&link.url)?;
                    link.title = link.title.trim().to_owned();
                }
                StageField::Links(list)
            }
            _ => {
                return Err(Refusal::Impossible(
                    "This is not part of the playbook.".into(),
                ));
            }
        };
        edits.push(Edit::Stage(id, field));
    }
    Ok(rules(
        format!("Changed the playbook of {}", stage.name),
        edits,
        id,
    ))
}

/// An address of the web as typed; one without a scheme gets https. Nothing else may become a
/// link: `javascript:` least of all.
fn web_address(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let bad = || {
        Refusal::field(
            "url",
            "A link is an address of the web, like https://example.com.",
        )
    };
    if text.is_empty() || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(bad());
    }
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Ok(text.to_owned());
    }
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    // A colon before the first slash is another scheme, unless a port follows a host.
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    if name.contains('.') && port.bytes().all(|b| b.is_ascii_digit()) && !port.is_empty() {
        Ok(format!("https://{text}"))
    } else {
        Err(bad())
    }
}
