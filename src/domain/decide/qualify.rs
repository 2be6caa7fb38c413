//! Deciding commands about qualification: criteria of stages, frameworks, answers, scoring rules.

use super::{clean_name, decision, gates, rules};
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind};
use crate::domain::command::qualify::{GateEdit, QualifyCommand};
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::deal::DealField;
use crate::domain::gate::{CriterionField, GateSide};
use crate::domain::ids::{CriterionId, DealId, FrameworkId, PipelineId, StageId};
use crate::domain::query::condition::field;
use crate::domain::query::gate::{criteria, what_of};
use crate::domain::rank::Rank;
use crate::domain::stage::{PipelineField, StageField};
use crate::domain::world::World;
use chrono::NaiveDate;

pub(super) fn decide(
    world: &World,
    command: QualifyCommand,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {
        QualifyCommand::Tick {
            deal,
            criterion,
            evidence,
            on,
        } => tick(world, deal, criterion, evidence.map(|text| (text, on)), ctx),
        QualifyCommand::Answer {
            deal,
            question,
            answer,
        } => {
            let name = world.state.name_of(question.into());
            let title = world.state.name_of(EntityRef::from(deal));
            let (edit, verb) = match answer {
                Some(draft) => (
                    gates::answer(world, deal, question, &draft, ctx)?,
                    "Answered",
                ),
                None => (
                    Edit::Deal(deal, DealField::Answer(question, None)),
                    "Took back the answer to",
                ),
            };
            let text = format!("{verb} {name} on {title}");
            Ok(qualified(text, vec![edit], deal))
        }
        QualifyCommand::Pass {
            command,
            fill,
            reason,
        } => gates::pass(world, *command, *fill, reason.as_deref(), ctx),
        QualifyCommand::SaveCriterion {
            id,
            stage,
            side,
            text,
            evidence,
        } => save_criterion(world, id, (stage, side), &text, evidence, ctx),
        QualifyCommand::EditGate { stage, edit } => edit_gate(world, stage, edit),
        QualifyCommand::ChooseFramework {
            pipeline,
            framework,
        } => choose(world, pipeline, framework),
        other => rules::decide(world, other, ctx),
    }
}

fn qualified(text: String, edits: Vec<Edit>, deal: DealId) -> Decision {
    decision(
        Intent::new(IntentKind::Qualify, text),
        edits,
        Some(deal.into()),
    )
}

fn tick(
    world: &World,
    deal: DealId,
    criterion: CriterionId,
    evidence: Option<(String, Option<NaiveDate>)>,
    ctx: &Ctx,
) -> Result<Decision, Refusal> {
    let known = world.state.tables.deals.get(deal);
    known.ok_or(Refusal::Gone("The deal"))?;
    let text = world.state.name_of(criterion.into());
    let title = world.state.name_of(deal.into());
    let (edit, verb) = match evidence {
        Some((evidence, on)) => (
            gates::check(world, deal, criterion, &evidence, on, ctx)?,
            "Ticked off",
        ),
        None => {
            let edit = Edit::Deal(deal, DealField::Check(criterion, None));
            (edit, "Took back the tick of")
        }
    };
    Ok(qualified(
        format!("{verb} “{text}” on {title}"),
        vec![edit],
        deal,
    ))
}

fn save_criterion(
    world: &World,
    id: Option<CriterionId>,
    (stage, side): (StageId, GateSide),
    text: &str,
    evidence: bool,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let state = &world.state;
    let known = state
        .tables
        .stages
        .get(stage)
        .ok_or(Refusal::Gone("The stage"))?;
    let text = clean_name("text", "A criterion", text)?;
    let siblings = criteria(state, stage, side);
    if siblings
        .iter()
        .any(|c| Some(c.id) != id && c.text.to_lowercase() == text.to_lowercase())
    {
        return Err(Refusal::field(
            "text",
            "This criterion is in the list already.",
        ));
    }
    let mut fields = vec![
        CriterionField::Text(text),
        CriterionField::Evidence(evidence),
    ];
    let old = match id {
        Some(id) => Some(
            state
                .tables
                .criteria
                .get(id)
                .ok_or(Refusal::Gone("The criterion"))?,
        ),
        None => None,
    };
    if old.is_none_or(|c| (c.stage, c.side) != (stage, side)) {
        fields.insert(0, CriterionField::Stage(stage));
        fields.insert(1, CriterionField::Side(side));
        let last = siblings.last().map(|c| &c.rank);
        fields.push(CriterionField::Rank(Rank::between(last, None)));
    }
    let id = id.unwrap_or_else(|| ctx.ids.fresh());
    let verb = if old.is_some() { "Changed" } else { "Added" };
    let edits = fields.into_iter().map(|f| Edit::Criterion(id, f)).collect();
    let text = format!("{verb} a criterion of {}", known.name);
    Ok(decision(
        Intent::new(IntentKind::EditStages, text),
        edits,
        Some(stage.into()),
    ))
}

fn edit_gate(world: &World, stage: StageId, edit: GateEdit) -> Result<Decision, Refusal> {
    let state = &world.state;
    let known = state
        .tables
        .stages
        .get(stage)
        .ok_or(Refusal::Gone("The stage"))?;
    let mut fields = Vec::new();
    fields.extend(edit.mode.map(StageField::Gate));
    if let Some(required) = edit.required {
        let mut all: Vec<String> = Vec::new();
        for name in required {
            // A field that was removed meanwhile drops out by itself.
            if field(state, &what_of(&name)).is_some() && !all.contains(&name) {
                all.push(name);
            }
        }
        fields.push(StageField::Required(all));
    }
    if edit.qualified.is_some_and(|percent| percent > 100) {
        return Err(Refusal::field(
            "qualified",
            "A percentage lies between 0 and 100.",
        ));
    }
    if edit.contacts.is_some_and(|contacts| contacts > 20) {
        return Err(Refusal::field("contacts", "Ask for 20 contacts at most."));
    }
    fields.extend(edit.contacts.map(StageField::Contacts));
    fields.extend(edit.qualified.map(StageField::Qualified));
    fields.extend(edit.reask.map(StageField::Reask));
    let edits = fields.into_iter().map(|f| Edit::Stage(stage, f)).collect();
    let text = format!("Changed what {} asks for", known.name);
    Ok(decision(
        Intent::new(IntentKind::EditStages, text),
        edits,
        Some(stage.into()),
    ))
}

fn choose(
    world: &World,
    pipeline: PipelineId,
    framework: Option<FrameworkId>,
) -> Result<Decision, Refusal> {
    let t = &world.state.tables;
    let known = t
        .pipelines
        .get(pipeline)
        .ok_or(Refusal::Gone("The pipeline"))?;
    let text = match framework {
        Some(id) => {
            let framework = t.frameworks.get(id).ok_or(Refusal::Gone("The framework"))?;
            format!("Qualify {} by {}", known.name, framework.name)
        }
        None => format!("Qualify {} no longer", known.name),
    };
    let edits = vec![Edit::Pipeline(
        pipeline,
        PipelineField::Framework(framework),
    )];
    Ok(decision(
        Intent::new(IntentKind::EditRules, text),
        edits,
        Some(pipeline.into()),
    ))
}
