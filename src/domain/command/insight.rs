//! Commands about campaigns, rates, reasons, interviews and dashboards.

use crate::domain::ids::{
    CampaignId, ContactId, DashboardId, DealId, InterviewId, PersonId, RateId, TileId,
};
use crate::domain::money::{Currency, Money};
use chrono::NaiveDate;

/// All the form of a campaign holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CampaignDraft {
    /// Its name.
    pub name: String,
    /// The source it belongs to.
    pub source: String,
    /// Its first day.
    pub from: Option<NaiveDate>,
    /// Its last day.
    pub to: Option<NaiveDate>,
    /// What it cost altogether.
    pub cost: Option<Money>,
    /// What it is.
    pub description: String,
    /// Who runs it.
    pub owner: Option<PersonId>,
}

/// All the form of a rate holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateDraft {
    /// Of which currency.
    pub of: Currency,
    /// In which.
    pub to: Currency,
    /// How much of the other one unit is worth, in millionths.
    pub worth: i64,
    /// From which day on; none for always.
    pub on: Option<NaiveDate>,
    /// Where it is from.
    pub note: String,
}

/// All the form of an interview holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterviewDraft {
    /// About which deal.
    pub deal: DealId,
    /// With whom.
    pub contact: Option<ContactId>,
    /// Who asked.
    pub by: Option<PersonId>,
    /// When; none for today.
    pub on: Option<NaiveDate>,
    /// What decided it.
    pub decided: String,
    /// What we did well.
    pub well: String,
    /// What we should do better.
    pub better: String,
    /// Anything more.
    pub notes: String,
}

impl InterviewDraft {
    /// An empty form about a deal.
    #[must_use]
    pub fn new(deal: DealId) -> Self {
        Self {
            deal,
            contact: None,
            by: None,
            on: None,
            decided: String::new(),
            well: String::new(),
            better: String::new(),
            notes: String::new(),
        }
    }
}

/// All the form of a tile holds; its place is the dashboard's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TileDraft {
    /// What it shows, by the code of the catalogue of figures or of a list.
    pub metric: String,
    /// As what: `number`, `line`, `bar`, `table`, `list`.
    pub view: String,
    /// By which dimension, by its code; empty for none.
    pub by: String,
    /// Of which time, by its code; empty for the dashboard's.
    pub period: String,
    /// Which deals: `dimension=key`, all of which hold.
    pub filters: Vec<String>,
    /// A heading of its own, or empty.
    pub title: String,
    /// How many of twelve columns wide: 3, 4, 6 or 12.
    pub width: u8,
    /// How many rows high: 1 to 3.
    pub height: u8,
}

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InsightCommand {
    /// Make a campaign (`id` none) or change one.
    SaveCampaign {
        /// The campaign, unless new.
        id: Option<CampaignId>,
        /// What it says.
        draft: Box<CampaignDraft>,
    },
    /// Make a rate (`id` none) or change one.
    SaveRate {
        /// The rate, unless new.
        id: Option<RateId>,
        /// What it says.
        draft: Box<RateDraft>,
    },
    /// Write down an interview (`id` none) or change one.
    SaveInterview {
        /// The interview, unless new.
        id: Option<InterviewId>,
        /// What was said.
        draft: Box<InterviewDraft>,
    },
    /// Make a dashboard with tiles on it.
    AddDashboard {
        /// Its name.
        name: String,
        /// The preset it is made from, or empty.
        preset: String,
        /// The time its numbers are of, by its code.
        period: String,
        /// Its tiles in order.
        tiles: Vec<TileDraft>,
    },
    /// Change the name and the time of a dashboard.
    EditDashboard {
        /// Which.
        id: DashboardId,
        /// Its name.
        name: String,
        /// The time its numbers are of, by its code.
        period: String,
    },
    /// Make another one like it.
    DuplicateDashboard {
        /// Which.
        id: DashboardId,
    },
    /// Remove a dashboard.
    DeleteDashboard {
        /// Which.
        id: DashboardId,
    },
    /// Put a tile at the end (`tile` none), or change one.
    SaveTile {
        /// On which dashboard.
        id: DashboardId,
        /// The tile, unless new.
        tile: Option<TileId>,
        /// What it says.
        draft: Box<TileDraft>,
    },
    /// Put a tile at another place.
    PlaceTile {
        /// On which dashboard.
        id: DashboardId,
        /// Which.
        tile: TileId,
        /// Its place among the tiles afterwards, from 0.
        index: usize,
    },
    /// Put another one like it right after a tile.
    DuplicateTile {
        /// On which dashboard.
        id: DashboardId,
        /// Which.
        tile: TileId,
    },
    /// Take a tile off.
    RemoveTile {
        /// On which dashboard.
        id: DashboardId,
        /// Which.
        tile: TileId,
    },
}
