//! Deciding commands about campaigns, rates, reasons, interviews and dashboards.

mod campaigns;
mod dashboards;
mod interviews;
mod rates;
mod reasons;

use crate::domain::command::insight::InsightCommand;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::world::World;

pub(super) use reasons::{asks_for_reasons, require_reasons};

/// The longest free text, in characters.
const LONGEST: usize = 50_000;

pub(super) fn decide(
    world: &World,
    command: InsightCommand,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {
        InsightCommand::SaveCampaign { id, draft } => campaigns::save(world, id, *draft, ctx),
        InsightCommand::SaveRate { id, draft } => rates::save(world, id, *draft, ctx),
        InsightCommand::SaveInterview { id, draft } => interviews::save(world, id, *draft, ctx),
        InsightCommand::AddDashboard {
            name,
            preset,
            period,
            tiles,
        } => dashboards::add(world, &name, preset, period, tiles, ctx),
        InsightCommand::EditDashboard { id, name, period } => {
            dashboards::edit(world, id, &name, period)
        }
        InsightCommand::DuplicateDashboard { id } => dashboards::duplicate(world, id, ctx),
        InsightCommand::DeleteDashboard { id } => dashboards::delete(world, id),
        InsightCommand::SaveTile { id, tile, draft } => {
            dashboards::save_tile(world, id, tile, *draft, ctx)
        }
        InsightCommand::PlaceTile { id, tile, index } => {
            dashboards::place_tile(world, id, tile, index)
        }
        InsightCommand::DuplicateTile { id, tile } => {
            dashboards::duplicate_tile(world, id, tile, ctx)
        }
        InsightCommand::RemoveTile { id, tile } => dashboards::remove_tile(world, id, tile),
    }
}

/// A free text a person typed, without blanks at its end; refused when overlong.
fn long(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim_end();
    if text.chars().count() > LONGEST {
        return Err(Refusal::field(
            field,
            format!("Shorten it to {LONGEST} characters at most."),
        ));
    }
    Ok(text.to_owned())
}

/// A line a person typed, trimmed, of at most 300 characters.
fn short(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > 300 {
        return Err(Refusal::field(
            field,
            "This can have 300 characters at most.",
        ));
    }
    Ok(text.to_owned())
}
