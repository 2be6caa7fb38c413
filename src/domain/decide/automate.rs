//! Deciding commands about rules that do work by themselves.

use super::faults::faults;
use super::{clean_name, counted, decision};
use crate::domain::automation::{Automation, AutomationField, RunField};
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::automate::{AutomateCommand, RuleDraft};
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::ids::{AutomationId, RunId};
use crate::domain::order::Order;
use crate::domain::rank::Rank;
use crate::domain::world::World;

pub(super) fn decide(
    world: &World,
    command: AutomateCommand,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {
        AutomateCommand::Save { id, draft } => save(world, id, *draft, ctx),
        AutomateCommand::SetOn { rule, on } => set_on(world, rule, on, ctx),
        AutomateCommand::Reorder { rule, index } => reorder(world, rule, index),
        AutomateCommand::Seen(runs) => seen(world, &runs),
    }
}

fn rule(world: &World, id: AutomationId) -> Result<&Automation, Refusal> {
    let found = world.state.tables.automations.get(id);
    found.ok_or(Refusal::Gone("The automation"))
}

fn in_order(world: &World) -> Vec<&Automation> {
    let mut all: Vec<&Automation> = world.state.tables.automations.iter().collect();
    all.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
    all
}

fn save(
    world: &World,
    id: Option<AutomationId>,
    draft: RuleDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let name = clean_name("name", "An automation", &draft.name)?;
    let existing = id.map(|id| rule(world, id)).transpose()?;
    if let Some((spot, why)) = faults(world, &draft).into_iter().next() {
        return Err(Refusal::field(spot.name(), why));
    }
    if let Some(pipeline) = draft.pipeline {
        let found = world.state.tables.pipelines.get(pipeline);
        found.ok_or(Refusal::Gone("The pipeline"))?;
    }
    let id = existing.map_or_else(|| ctx.ids.fresh(), |rule| rule.id);
    let mut fields = vec![
        AutomationField::Name(name.clone()),
        AutomationField::Trigger(Box::new(draft.trigger)),
        AutomationField::Conditions(draft.conditions),
        AutomationField::Actions(draft.actions),
        AutomationField::Pipeline(draft.pipeline),
    ];
    if existing.is_none() {
        let last = in_order(world).last().map(|rule| rule.rank.clone());
        fields.push(AutomationField::Rank(Rank::between(last.as_ref(), None)));
    }
    let verb = if existing.is_some() {
        "Changed"
    } else {
        "Added"
    };
    Ok(decision(
        Intent::new(IntentKind::EditRules, format!("{verb} automation {name}")),
        fields
            .into_iter()
            .map(|f| Edit::Automation(id, f))
            .collect(),
        Some(id.into()),
    ))
}

fn set_on(world: &World, id: AutomationId, on: bool, ctx: &Ctx) -> Result<Decision, Refusal> {
    let rule = rule(world, id)?;
    if rule.on == on {
        return Err(Refusal::Nothing);
    }
    let mut edits = vec![Edit::Automation(id, AutomationField::On(on))];
    if on {
        edits.push(Edit::Automation(id, AutomationField::Since(ctx.now)));
    }
    let verb = if on { "Switched on" } else { "Switched off" };
    let text = format!("{verb} automation {}", rule.name);
    Ok(decision(
        Intent::new(IntentKind::EditRules, text),
        edits,
        Some(id.into()),
    ))
}

fn reorder(world: &World, id: AutomationId, index: usize) -> Result<Decision, Refusal> {
    let moving = rule(world, id)?;
    let others: Vec<&Automation> = in_order(world).into_iter().filter(|r| r.id != id).collect();
    let index = index.min(others.len());
    let above = index.checked_sub(1).map(|at| &others[at].rank);
    let below = others.get(index).map(|rule| &rule.rank);
    let rank = Rank::between(above, below);
    let text = format!("Moved automation {} to place {}", moving.name, index + 1);
    Ok(decision(
        Intent::new(IntentKind::EditRules, text),
        vec![Edit::Automation(id, AutomationField::Rank(rank))],
        Some(id.into()),
    ))
}

fn seen(world: &World, runs: &[RunId]) -> Result<Decision, Refusal> {
    let t = &world.state.tables;
    let edits: Vec<Edit> = runs
        .iter()
        .filter(|id| t.runs.get(**id).is_some_and(|run| !run.seen))
        .map(|id| Edit::RuleRun(*id, RunField::Seen(true)))
        .collect();
    let text = format!("Read {}", counted(edits.len(), "notice", "notices"));
    Ok(decision(
        Intent::new(IntentKind::EditRules, text),
        edits,
        None,
    ))
}
