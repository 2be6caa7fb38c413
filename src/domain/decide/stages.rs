//! The stage editor: pipelines and stages come, change and go; deals always find a place
//! and history keeps its names.

use super::setup::pipeline_edits;
use super::{clean_name, decision};
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::{Ctx, Decision, Refusal, StageEdit};
use crate::domain::deal::{Closure, Deal, DealField, Outcome, Placement, Status};
use crate::domain::ids::{PipelineId, StageId};
use crate::domain::rank::Rank;
use crate::domain::stage::{Hue, Pipeline, PipelineField, Stage, StageField, StageKind};
use crate::domain::world::World;

fn stage(world: &World, id: StageId) -> Result<&Stage, Refusal> {
    world
        .state
        .tables
        .stages
        .get(id)
        .ok_or(Refusal::Gone("The stage"))
}

fn pipeline(world: &World, id: PipelineId) -> Result<&Pipeline, Refusal> {
    world
        .state
        .tables
        .pipelines
        .get(id)
        .ok_or(Refusal::Gone("The pipeline"))
}

/// All deals standing in a stage, whatever their status.
fn deals_in(world: &World, at: StageId) -> impl Iterator<Item = &Deal> {
    world
        .state
        .tables
        .deals
        .iter()
        .filter(move |d| world.state.standing(d.placement.stage) == Some(at))
}

/// The rank for place `index` in an order from which the thing to be placed is left out, and
/// the ranks of the others where they have to make room: when two have the same, or when
/// ranks have grown long by much sorting.
pub(super) fn rank_at(others: &[&Rank], index: usize) -> (Rank, Vec<Rank>) {
    let at = index.min(others.len());
    let low = at.checked_sub(1).map(|n| others[n]);
    let high = others.get(at).copied();
    let rank = Rank::between(low, high);
    if !rank.is_long() && high.is_none_or(|high| rank < *high) {
        return (rank, Vec::new());
    }
    let mut all = Rank::spread(others.len() + 1);
    (all.remove(at), all)
}

pub(super) fn add_pipeline(world: &World, name: &str, ctx: &mut Ctx) -> Result<Decision, Refusal> {
    let name = clean_name("name", "A pipeline", name)?;
    if world
        .state
        .pipelines()
        .iter()
        .any(|p| p.name.to_lowercase() == name.to_lowercase())
    {
        return Err(Refusal::field(
            "name",
            format!("There is a pipeline called {name} already."),
        ));
    }
    let rank = Rank::between(world.state.pipelines().last().map(|p| &p.rank), None);
    let (id, edits) = pipeline_edits(&name, rank, ctx);
    let intent = Intent::new(IntentKind::EditStages, format!("Added pipeline {name}"));
    Ok(decision(intent, edits, Some(id.into())))
}

pub(super) fn rename_pipeline(
    world: &World,
    id: PipelineId,
    name: &str,
) -> Result<Decision, Refusal> {
    let old = pipeline(world, id)?;
    let name = clean_name("name", "A pipeline", name)?;
    let intent = Intent::new(
        IntentKind::EditStages,
        format!("Renamed pipeline {} to {name}", old.name),
    );
    Ok(decision(
        intent,
        vec![Edit::Pipeline(id, PipelineField::Name(name))],
        Some(id.into()),
    ))
}

pub(super) fn reorder_pipeline(
    world: &World,
    id: PipelineId,
    index: usize,
) -> Result<Decision, Refusal> {
    let moving = pipeline(world, id)?;
    let all = world.state.pipelines();
    let others: Vec<&&Pipeline> = all.iter().filter(|p| p.id != id).collect();
    let ranks: Vec<&Rank> = others.iter().map(|p| &p.rank).collect();
    let intent = Intent::new(
        IntentKind::EditStages,
        format!("Moved pipeline {}", moving.name),
    );
    let (rank, anew) = rank_at(&ranks, index);
    let mut edits = vec![Edit::Pipeline(id, PipelineField::Rank(rank))];
    let anew = others.iter().zip(anew);
    edits.extend(anew.map(|(p, rank)| Edit::Pipeline(p.id, PipelineField::Rank(rank))));
    Ok(decision(intent, edits, Some(id.into())))
}

pub(super) fn delete_pipeline(
    world: &World,
    id: PipelineId,
    to: Option<StageId>,
    closure: Option<&Closure>,
    ctx: &Ctx,
) -> Result<Decision, Refusal> {
    let going = pipeline(world, id)?;
    if world.state.pipelines().len() < 2 {
        return Err(Refusal::Impossible(
            "The last pipeline cannot be deleted.".into(),
        ));
    }
    let target = to.map(|to| stage(world, to)).transpose()?;
    if target.is_some_and(|t| t.pipeline == id) {
        return Err(Refusal::field(
            "to",
            "Its deals have to go to a stage of another pipeline.",
        ));
    }
    let mut edits = vec![Edit::deleted(id.into(), true)];
    for stage in world.state.stages(id) {
        edits.extend(retire(world, stage, target, closure, ctx)?);
    }
    let intent = Intent::new(
        IntentKind::DeleteStage,
        format!("Deleted pipeline {}", going.name),
    );
    Ok(decision(intent, edits, target.map(|t| t.pipeline.into())))
}

pub(super) fn add(
    world: &World,
    into: PipelineId,
    name: &str,
    kind: StageKind,
    index: usize,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    pipeline(world, into)?;
    let name = clean_name("name", "A stage", name)?;
    let stages = world.state.stages(into);
    unique(&stages, None, &name)?;
    let ranks: Vec<&Rank> = stages.iter().map(|s| &s.rank).collect();
    let (rank, anew) = rank_at(&ranks, index);
    let id: StageId = ctx.ids.fresh();
    let fields = [
        StageField::Pipeline(into),
        StageField::Name(name.clone()),
        StageField::Rank(rank),
        StageField::Kind(kind),
        StageField::Probability(probability_between(&stages, index, kind)),
        StageField::RotDays(Some(14).filter(|_| kind == StageKind::Open)),
        StageField::Hue(Hue::ALL[stages.len() % Hue::ALL.len()]),
    ];
    let mut edits: Vec<Edit> = fields.map(|f| Edit::Stage(id, f)).into();
    edits.extend(ranked_anew(&stages, anew));
    Ok(decision(
        Intent::new(IntentKind::EditStages, format!("Added stage {name}")),
        edits,
        Some(id.into()),
    ))
}

fn ranked_anew(stages: &[&Stage], ranks: Vec<Rank>) -> impl Iterator<Item = Edit> {
    let pairs = stages.iter().zip(ranks);
    pairs.map(|(stage, rank)| Edit::Stage(stage.id, StageField::Rank(rank)))
}

/// A first guess for a new stage: halfway between the open ones beside it.
fn probability_between(stages: &[&Stage], index: usize, kind: StageKind) -> u8 {
    match kind {
        StageKind::Won => 100,
        StageKind::Lost | StageKind::OnHold => 0,
        StageKind::Open => {
            let (before, after) = stages.split_at(index.min(stages.len()));
            let is_open = |s: &&&Stage| s.kind == StageKind::Open;
            let low = before.iter().rfind(is_open).map_or(0, |s| s.probability);
            let high = after.iter().find(is_open).map_or(100, |s| s.probability);
            u8::midpoint(low, high.max(low))
        }
    }
}

fn unique(stages: &[&Stage], but: Option<StageId>, name: &str) -> Result<(), Refusal> {
    let taken = stages
        .iter()
        .any(|s| Some(s.id) != but && s.name.to_lowercase() == name.to_lowercase());
    if taken {
        Err(Refusal::field(
            "name",
            format!("There is a stage called {name} already."),
        ))
    } else {
        Ok(())
    }
}

pub(super) fn edit(
    world: &World,
    id: StageId,
    edit: StageEdit,
    ctx: &Ctx,
) -> Result<Decision, Refusal> {
    let old = stage(world, id)?;
    let mut fields = Vec::new();
    let mut edits = Vec::new();
    if let Some(name) = edit.name {
        let name = clean_name("name", "A stage", &name)?;
        unique(&world.state.stages(old.pipeline), Some(id), &name)?;
        fields.push(StageField::Name(name));
    }
    let kind = edit.kind.filter(|kind| *kind != old.kind);
    let guess = || kind.map(|kind| probability_as(world, old, kind));
    if let Some(percent) = edit.probability.or_else(guess) {
        if percent > 100 {
            return Err(Refusal::field(
                "probability",
                "A probability lies between 0 and 100 percent.",
            ));
        }
        fields.push(StageField::Probability(percent));
    }
    if let Some(days) = edit.rot_days {
        if days == Some(0) {
            return Err(Refusal::field(
                "rot_days",
                "Give at least 1 day, or leave it empty for never.",
            ));
        }
        fields.push(StageField::RotDays(days));
    }
    fields.extend(edit.hue.map(StageField::Hue));
    fields.extend(
        edit.purpose
            .map(|p| StageField::Purpose(p.trim_end().to_owned())),
    );
    if let Some(kind) = kind {
        fields.push(StageField::Kind(kind));
        let leaves_open = world
            .state
            .stages(old.pipeline)
            .iter()
            .any(|s| s.id != id && s.kind == StageKind::Open);
        if kind != StageKind::Open && !leaves_open {
            return Err(Refusal::field(
                "kind",
                "A pipeline needs at least one open stage.",
            ));
        }
        let closure = edit.closure.as_ref();
        edits.extend(deals_in(world, id).filter_map(|deal| take_on(deal, kind, closure, ctx)));
    }
    let text = format!("Changed stage {}", old.name);
    edits.splice(0..0, fields.into_iter().map(|f| Edit::Stage(id, f)));
    Ok(decision(
        Intent::new(IntentKind::EditStages, text),
        edits,
        Some(id.into()),
    ))
}

/// The chance of a stage that gets another type.
fn probability_as(world: &World, stage: &Stage, kind: StageKind) -> u8 {
    let mut stages = world.state.stages(stage.pipeline);
    let at = stages.iter().position(|s| s.id == stage.id);
    at.map(|at| stages.remove(at));
    probability_between(&stages, at.unwrap_or_default(), kind)
}

/// What a deal takes on from the type of the stage it now stands in. Only an open one does: what
/// was decided of the others, when and why, stays as it was.
fn take_on(deal: &Deal, kind: StageKind, closure: Option<&Closure>, ctx: &Ctx) -> Option<Edit> {
    if kind == StageKind::Open || deal.outcome.status() != Status::Open {
        return None;
    }
    let closure = closure.cloned().unwrap_or_else(|| Closure::on(ctx.today));
    let outcome = Outcome::new(kind.status(), closure);
    Some(Edit::Deal(deal.id, DealField::Outcome(outcome)))
}

pub(super) fn reorder(world: &World, id: StageId, index: usize) -> Result<Decision, Refusal> {
    let moving = stage(world, id)?;
    let all = world.state.stages(moving.pipeline);
    if all.iter().position(|s| s.id == id) == Some(index.min(all.len() - 1)) {
        return Err(Refusal::Nothing);
    }
    let others: Vec<&Stage> = all.into_iter().filter(|s| s.id != id).collect();
    let ranks: Vec<&Rank> = others.iter().map(|s| &s.rank).collect();
    let (rank, anew) = rank_at(&ranks, index);
    let mut edits = vec![Edit::Stage(id, StageField::Rank(rank))];
    edits.extend(ranked_anew(&others, anew));
    let intent = Intent::new(
        IntentKind::EditStages,
        format!("Moved stage {}", moving.name),
    );
    Ok(decision(intent, edits, Some(id.into())))
}

/// The edits that take a stage away: its deals move to `target`, and a successor is noted for
/// deals that others still put into it. They keep the time they have stood there: nothing happened
/// to them.
fn retire(
    world: &World,
    going: &Stage,
    target: Option<&Stage>,
    closure: Option<&Closure>,
    ctx: &Ctx,
) -> Result<Vec<Edit>, Refusal> {
    let mut edits = vec![Edit::deleted(going.id.into(), true)];
    edits.extend(target.map(|t| Edit::Stage(going.id, StageField::Successor(Some(t.id)))));
    for deal in deals_in(world, going.id) {
        let Some(target) = target else {
            return Err(Refusal::field(
                "to",
                format!(
                    "{} still has deals. Say which stage they go to.",
                    going.name
                ),
            ));
        };
        edits.push(Edit::Deal(
            deal.id,
            DealField::Placement(Placement {
                stage: target.id,
                since: deal.placement.since,
            }),
        ));
        edits.extend(take_on(deal, target.kind, closure, ctx));
    }
    Ok(edits)
}

pub(super) fn merge(
    world: &World,
    from: StageId,
    into: StageId,
    closure: Option<&Closure>,
    ctx: &Ctx,
) -> Result<Decision, Refusal> {
    let (going, target) = (stage(world, from)?, stage(world, into)?);
    if from == into {
        return Err(Refusal::field(
            "into",
            "A stage cannot be merged into itself.",
        ));
    }
    keep_one_open(world, going)?;
    let edits = retire(world, going, Some(target), closure, ctx)?;
    let intent = Intent::new(
        IntentKind::MergeStages,
        format!("Merged stage {} into {}", going.name, target.name),
    );
    Ok(decision(intent, edits, Some(into.into())))
}

pub(super) fn delete(
    world: &World,
    id: StageId,
    to: Option<StageId>,
    closure: Option<&Closure>,
    ctx: &Ctx,
) -> Result<Decision, Refusal> {
    let going = stage(world, id)?;
    if to == Some(id) {
        return Err(Refusal::field(
            "to",
            "Its deals have to go to another stage.",
        ));
    }
    keep_one_open(world, going)?;
    let target = to.map(|to| stage(world, to)).transpose()?;
    let edits = retire(world, going, target, closure, ctx)?;
    Ok(decision(
        Intent::new(
            IntentKind::DeleteStage,
            format!("Deleted stage {}", going.name),
        ),
        edits,
        to.map(Into::into),
    ))
}

fn keep_one_open(world: &World, going: &Stage) -> Result<(), Refusal> {
    let open = |s: &&&Stage| s.id != going.id && s.kind == StageKind::Open;
    if world
        .state
        .stages(going.pipeline)
        .iter()
        .filter(open)
        .count()
        == 0
    {
        return Err(Refusal::Impossible(
            "A pipeline needs at least one open stage.".into(),
        ));
    }
    Ok(())
}
