//! What forms offer to choose from.

use crate::domain::deal::Status;
use crate::domain::ids::{DealId, StageId};
use crate::domain::order::Order;
use crate::domain::stage::{Pipeline, Stage};
use crate::domain::world::World;
use std::collections::HashMap;

/// Currencies offered beside those in use, most traded first (BIS Triennial Survey 2022).
const COMMON: [&str; 18] = [
    "USD", "EUR", "JPY", "GBP", "CNY", "AUD", "CAD", "CHF", "HKD", "SGD", "SEK", "KRW", "NOK",
    "NZD", "INR", "MXN", "PLN", "DKK",
];

/// Currency codes for a list: the workspace's, then those deals have values in, then the
/// most traded ones.
#[must_use]
pub fn currencies(world: &World) -> Vec<String> {
    let mut codes = vec![world.state.workspace().currency.to_string()];
    let mut add = |code: String| {
        if !codes.contains(&code) {
            codes.push(code);
        }
    };
    for status in Status::ALL {
        for (currency, _) in world.board.totals(*status).value.iter() {
            add(currency.to_string());
        }
    }
    for code in COMMON {
        add(code.to_owned());
    }
    codes
}

/// The pipelines with their stages, both in order; pipelines without stages left out.
#[must_use]
pub fn stages_by_pipeline(world: &World) -> Vec<(&Pipeline, Vec<&Stage>)> {
    let pipelines = world.state.pipelines().into_iter();
    pipelines
        .map(|pipeline| (pipeline, world.state.stages(pipeline.id)))
        .filter(|(_, stages)| !stages.is_empty())
        .collect()
}

/// Sources to choose from: the workspace's list, then those deals name, most used first.
#[must_use]
pub fn sources(world: &World) -> Vec<String> {
    let used = world.state.tables.deals.iter().map(|d| d.source.as_str());
    merged(world.state.workspace().sources, used)
}

/// Labels deals bear, most used first.
#[must_use]
pub fn tags(world: &World) -> Vec<String> {
    let deals = world.state.tables.deals.iter();
    merged(
        Vec::new(),
        deals.flat_map(|d| d.tags.iter().map(String::as_str)),
    )
}

/// Competitors to choose from: the workspace's list, then those closures name.
#[must_use]
pub fn competitors(world: &World) -> Vec<String> {
    let deals = world.state.tables.deals.iter();
    let used = deals.filter_map(|d| d.outcome.closure().map(|c| c.competitor.as_str()));
    merged(world.state.workspace().competitors, used)
}

/// Reasons to choose from for a status a deal may be closed with; none for open.
#[must_use]
pub fn reasons(world: &World, status: Status) -> Vec<String> {
    let workspace = world.state.workspace();
    match status {
        Status::Open => Vec::new(),
        Status::Won => workspace.won_reasons,
        Status::Lost => workspace.lost_reasons,
        Status::OnHold => workspace.hold_reasons,
    }
}

fn merged<'a>(first: Vec<String>, used: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for text in used.filter(|text| !text.trim().is_empty()) {
        *count.entry(text).or_default() += 1;
    }
    for text in &first {
        count.remove(text.as_str());
    }
    let mut more: Vec<(&str, usize)> = count.into_iter().collect();
    more.order_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let more = more.into_iter().map(|(text, _)| text.to_owned());
    first.into_iter().chain(more).collect()
}

/// Where a deal stands in its column: the deals of its stage and status in their order,
/// and its place among them, from 0.
#[must_use]
pub fn neighbours(world: &World, deal: DealId) -> Option<(&[DealId], usize)> {
    let deal = world.state.tables.deals.get(deal)?;
    let stage: StageId = world.state.standing(deal.placement.stage)?;
    let column = world.board.column(stage, deal.outcome.status())?;
    let at = column.deals.iter().position(|id| *id == deal.id)?;
    Some((&column.deals, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form::fixture;

    #[test]
    fn the_workspaces_currency_comes_first_and_none_twice() {
        let shop = fixture::shop();
        let codes = currencies(shop.session.world());
        assert_eq!(codes[..2], ["EUR".to_owned(), "CHF".to_owned()]);
        let mut seen = std::collections::HashSet::new();
        assert!(codes.iter().all(|code| seen.insert(code)));
    }

    #[test]
    fn what_is_used_most_is_offered_first() {
        let used = ["b", "a", "a", " ", "", "c", "b", "a"];
        assert_eq!(
            merged(vec!["c".into()], used.into_iter()),
            ["c", "a", "b"].map(String::from)
        );
    }

    #[test]
    fn neighbours_are_those_of_the_same_column_in_order() {
        let shop = fixture::shop();
        let world = shop.session.world();
        let (column, at) = neighbours(world, shop.deal).unwrap();
        assert_eq!(column[at], shop.deal);
        let stage = world
            .state
            .tables
            .deals
            .get(shop.deal)
            .unwrap()
            .placement
            .stage;
        for id in column {
            assert_eq!(
                world.state.tables.deals.get(*id).unwrap().placement.stage,
                stage
            );
        }
        assert!(neighbours(world, DealId(1)).is_none());
    }
}
