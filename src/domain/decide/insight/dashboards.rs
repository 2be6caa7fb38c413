//! Dashboards and what is on them.

use super::super::{clean_name, decision};
use super::short;
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::insight::TileDraft;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::dashboard::{Dashboard, DashboardField, Tile, dashboards};
use crate::domain::ids::{DashboardId, TileId};
use crate::domain::rank::Rank;
use crate::domain::world::World;

/// The most tiles of a dashboard: more cannot be looked at.
const MOST: usize = 60;
/// The widths of tiles, of twelve columns.
pub const WIDTHS: [u8; 4] = [3, 4, 6, 12];
/// The heights of tiles, in rows.
pub const HEIGHTS: [u8; 3] = [1, 2, 3];
/// As what tiles can show something.
pub const VIEWS: [&str; 6] = ["number", "line", "bar", "table", "list", "panel"];

fn found(world: &World, id: DashboardId) -> Result<&Dashboard, Refusal> {
    let board = world.state.tables.dashboards.get(id);
    board.ok_or(Refusal::Gone("The dashboard"))
}

fn tile_of(board: &Dashboard, tile: TileId) -> Result<&Tile, Refusal> {
    board.tiles.get(tile).ok_or(Refusal::Gone("The tile"))
}

fn done(words: String, edits: Vec<Edit>, id: DashboardId) -> Decision {
    let intent = Intent::new(IntentKind::EditInsight, words);
    decision(intent, edits, Some(id.into()))
}

fn put(id: DashboardId, tile: TileId, value: Option<Tile>) -> Edit {
    Edit::Dashboard(id, DashboardField::Tile(tile, value.map(Box::new)))
}

fn checked(draft: TileDraft, rank: Rank) -> Result<Tile, Refusal> {
    if draft.metric.trim().is_empty() {
        return Err(Refusal::field("metric", "Choose what the tile shows."));
    }
    if !VIEWS.contains(&draft.view.as_str()) {
        return Err(Refusal::field("view", "Choose how the tile shows it."));
    }
    if !WIDTHS.contains(&draft.width) {
        return Err(Refusal::field("width", "Choose a width."));
    }
    if !HEIGHTS.contains(&draft.height) {
        return Err(Refusal::field("height", "Choose a height."));
    }
    Ok(Tile {
        rank,
        metric: draft.metric,
        view: draft.view,
        by: draft.by,
        period: draft.period,
        filters: draft.filters,
        title: short("title", &draft.title)?,
        width: draft.width,
        height: draft.height,
    })
}

fn last_rank(world: &World) -> Rank {
    let all = dashboards(&world.state);
    Rank::between(all.last().map(|board| &board.rank), None)
}

pub(super) fn add(
    world: &World,
    name: &str,
    preset: String,
    period: String,
    tiles: Vec<TileDraft>,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let name = clean_name("name", "A dashboard", name)?;
    if tiles.len() > MOST {
        return Err(too_many());
    }
    let id: DashboardId = ctx.ids.fresh();
    let mut edits = vec![
        Edit::Dashboard(id, DashboardField::Name(name.clone())),
        Edit::Dashboard(id, DashboardField::Rank(last_rank(world))),
        Edit::Dashboard(id, DashboardField::Owner(ctx.me)),
        Edit::Dashboard(id, DashboardField::Period(period)),
        Edit::Dashboard(id, DashboardField::Preset(preset)),
    ];
    let ranks = Rank::spread(tiles.len());
    for (draft, rank) in tiles.into_iter().zip(ranks) {
        edits.push(put(id, ctx.ids.fresh(), Some(checked(draft, rank)?)));
    }
    Ok(done(format!("Added the dashboard {name}"), edits, id))
}

fn too_many() -> Refusal {
    Refusal::Impossible(format!(
        "A dashboard can have {MOST} tiles at most. Take one off, or make another dashboard."
    ))
}

pub(super) fn edit(
    world: &World,
    id: DashboardId,
    name: &str,
    period: String,
) -> Result<Decision, Refusal> {
    found(world, id)?;
    let name = clean_name("name", "A dashboard", name)?;
    let edits = vec![
        Edit::Dashboard(id, DashboardField::Name(name.clone())),
        Edit::Dashboard(id, DashboardField::Period(period)),
    ];
    Ok(done(format!("Changed the dashboard {name}"), edits, id))
}

pub(super) fn duplicate(
    world: &World,
    id: DashboardId,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let board = found(world, id)?;
    let name: String = format!("{}, copy", board.name).chars().take(200).collect();
    let copy: DashboardId = ctx.ids.fresh();
    let mut edits = vec![
        Edit::Dashboard(copy, DashboardField::Name(name.clone())),
        Edit::Dashboard(copy, DashboardField::Rank(last_rank(world))),
        Edit::Dashboard(copy, DashboardField::Owner(ctx.me)),
        Edit::Dashboard(copy, DashboardField::Period(board.period.clone())),
        Edit::Dashboard(copy, DashboardField::Preset(board.preset.clone())),
    ];
    for (_, tile) in board.in_order() {
        edits.push(put(copy, ctx.ids.fresh(), Some(tile.clone())));
    }
    Ok(done(format!("Added the dashboard {name}"), edits, copy))
}

pub(super) fn delete(world: &World, id: DashboardId) -> Result<Decision, Refusal> {
    let board = found(world, id)?;
    let edits = vec![Edit::Dashboard(id, DashboardField::Deleted(true))];
    Ok(done(
        format!("Deleted the dashboard {}", board.name),
        edits,
        id,
    ))
}

pub(super) fn save_tile(
    world: &World,
    id: DashboardId,
    tile: Option<TileId>,
    draft: TileDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let board = found(world, id)?;
    if let Some(tile) = tile {
        let value = checked(draft, tile_of(board, tile)?.rank.clone())?;
        let words = format!("Changed a tile of {}", board.name);
        return Ok(done(words, vec![put(id, tile, Some(value))], id));
    }
    if board.tiles.len() >= MOST {
        return Err(too_many());
    }
    let last = board.in_order().last().map(|(_, tile)| tile.rank.clone());
    let value = checked(draft, Rank::between(last.as_ref(), None))?;
    let words = format!("Added a tile to {}", board.name);
    Ok(done(words, vec![put(id, ctx.ids.fresh(), Some(value))], id))
}

/// The edits that bring a tile between others; all get new ranks where there is no room between.
fn between(
    id: DashboardId,
    others: &[(TileId, &Tile)],
    tile: (TileId, Tile),
    index: usize,
) -> Vec<Edit> {
    let index = index.min(others.len());
    let low = index.checked_sub(1).map(|at| &others[at].1.rank);
    let high = others.get(index).map(|(_, tile)| &tile.rank);
    let rank = Rank::between(low, high);
    let fits = low.is_none_or(|low| *low < rank) && high.is_none_or(|high| rank < *high);
    if fits && !rank.is_long() {
        return vec![put(id, tile.0, Some(Tile { rank, ..tile.1 }))];
    }
    let mut all: Vec<(TileId, Tile)> = others.iter().map(|(t, v)| (*t, (*v).clone())).collect();
    all.insert(index, tile);
    let ranks = Rank::spread(all.len());
    let moved = all.into_iter().zip(ranks);
    moved
        .map(|((tile, value), rank)| put(id, tile, Some(Tile { rank, ..value })))
        .collect()
}

pub(super) fn place_tile(
    world: &World,
    id: DashboardId,
    tile: TileId,
    index: usize,
) -> Result<Decision, Refusal> {
    let board = found(world, id)?;
    let value = tile_of(board, tile)?.clone();
    let all = board.in_order();
    let at = all.iter().position(|(other, _)| *other == tile);
    if at == Some(index.min(all.len() - 1)) {
        return Err(Refusal::Nothing);
    }
    let others: Vec<_> = all
        .into_iter()
        .filter(|(other, _)| *other != tile)
        .collect();
    let edits = between(id, &others, (tile, value), index);
    Ok(done(format!("Moved a tile of {}", board.name), edits, id))
}

pub(super) fn duplicate_tile(
    world: &World,
    id: DashboardId,
    tile: TileId,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let board = found(world, id)?;
    let value = tile_of(board, tile)?.clone();
    if board.tiles.len() >= MOST {
        return Err(too_many());
    }
    let all = board.in_order();
    let at = all.iter().position(|(other, _)| *other == tile);
    let index = at.map_or(all.len(), |at| at + 1);
    let edits = between(id, &all, (ctx.ids.fresh(), value), index);
    Ok(done(format!("Added a tile to {}", board.name), edits, id))
}

pub(super) fn remove_tile(
    world: &World,
    id: DashboardId,
    tile: TileId,
) -> Result<Decision, Refusal> {
    let board = found(world, id)?;
    tile_of(board, tile)?;
    let words = format!("Took a tile off {}", board.name);
    Ok(done(words, vec![put(id, tile, None)], id))
}
