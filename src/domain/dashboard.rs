//! Pages of numbers of one's own choice.

use super::ids::{DashboardId, PersonId, TileId};
use super::order::Order;
use super::rank::Rank;
use super::state::State;
use crate::{entity, record};

record! {
    /// One number or chart on a dashboard.
    Tile {
        /// Its place.
        rank: Rank,
        /// What it shows, by the code of the catalogue of metrics.
        metric: String,
        /// As what: `number`, `bar`, `line`, …
        view: String,
        /// By which dimension, by its code; empty for none.
        by: String,
        /// Of which time, by its code; empty for the dashboard's.
        period: String,
        /// Whose, which pipeline and more: `dimension=value`, all of which hold.
        filters: Vec<String>,
        /// A heading of its own, or empty.
        title: String,
        /// How many of twelve columns wide.
        width: u8,
        /// How many rows high.
        height: u8,
    }
}

entity! {
    /// A page of numbers.
    Dashboard(DashboardId) sets DashboardField {
        /// Its name.
        name / Name: String = String::new(),
        /// Place among the dashboards.
        rank / Rank: Rank = Rank::default(),
        /// Who made it.
        owner / Owner: Option<PersonId> = None,
        /// The time its numbers are of, by its code.
        period / Period: String = String::new(),
        /// The preset it was made from, or empty.
        preset / Preset: String = String::new(),
    }
    with entries {
        /// What is on it.
        tiles / Tile: TileId => Box<Tile>,
    }
}

impl Dashboard {
    /// Its tiles in their order.
    #[must_use]
    pub fn in_order(&self) -> Vec<(TileId, &Tile)> {
        let mut all: Vec<(TileId, &Tile)> = self.tiles.iter().collect();
        all.order_by_key(|(id, tile)| (tile.rank.clone(), *id));
        all
    }
}

/// All dashboards in their order.
#[must_use]
pub fn dashboards(state: &State) -> Vec<&Dashboard> {
    let mut all: Vec<&Dashboard> = state.tables.dashboards.iter().collect();
    all.order_by_key(|d| (d.rank.clone(), d.id));
    all
}
