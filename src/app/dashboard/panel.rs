//! Small views of whole pages: what tiles show besides figures and lists.

use super::times::{Coming, Time};
use crate::app::route::{ForecastPage, InsightPage, Route};
use crate::domain::insight::when::When;
use crate::words;

words! {
    /// A small view of a page on a tile.
    Panel: "a view of a page" {
        /// How far the quota that runs is reached.
        Quota = "quota",
        /// What is won and expected, by category and weighted.
        Forecast = "forecast",
        /// Why deals were lost.
        LossReasons = "loss_reasons",
        /// The stages where the pipeline is narrow.
        Bottlenecks = "bottlenecks",
        /// What changed in the open pipeline.
        Changes = "changes",
    }
}

/// What stands before the code of a panel where figures are named by theirs.
const PANEL: &str = "panel.";

impl Panel {
    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Quota => "Quota attainment",
            Self::Forecast => "Forecast: commit, best case, weighted",
            Self::LossReasons => "Reasons of losses",
            Self::Bottlenecks => "Bottlenecks",
            Self::Changes => "Changes of the open pipeline",
        }
    }

    /// The heading of its tile.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Forecast => "Forecast",
            other => other.label(),
        }
    }

    /// What it shows, in a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Quota => {
                "The value won in the days of the quota that runs today, against the quota: that of the owner or pipeline the tile is of, else that of all, else those of all people together."
            }
            Self::Forecast => {
                "What is won in the time of the tile, and with it open deals expected from today on in it: those called commit, also those called best case, and all that are not left out by value times chance. Overdue deals are in none."
            }
            Self::LossReasons => {
                "Why deals lost in the time of the tile were lost, the most frequent reason first, with the 95 % Wilson interval of its share."
            }
            Self::Bottlenecks => {
                "The stages where most is lost in the time of the tile, and where deals stand longer than three of four winners did."
            }
            Self::Changes => {
                "What came to the open pipeline in the time of the tile, what grew, shrank and went: from its value at the start to that at the end."
            }
        }
    }

    /// The page that shows all of it.
    #[must_use]
    pub fn route(self) -> Route {
        match self {
            Self::Quota => Route::Forecast(ForecastPage::Quotas),
            Self::Forecast => Route::Forecast(ForecastPage::Forecast),
            Self::LossReasons => Route::Insight(InsightPage::WinLoss),
            Self::Bottlenecks => Route::Insight(InsightPage::Pipeline),
            Self::Changes => Route::Insight(InsightPage::Changes),
        }
    }

    /// The code as tiles name it.
    #[must_use]
    pub fn tile_code(self) -> String {
        format!("{PANEL}{}", self.code())
    }

    /// Reads it off what a tile shows.
    #[must_use]
    pub fn of_tile(metric: &str) -> Option<Self> {
        metric.strip_prefix(PANEL).and_then(Self::from_code)
    }

    /// Whether it is of days to come.
    #[must_use]
    pub fn looks_ahead(self) -> bool {
        self == Self::Forecast
    }

    /// The time it is of where none is chosen; none for that of the dashboard.
    #[must_use]
    pub fn usual_time(self) -> Option<Time> {
        self.looks_ahead().then_some(Time::When(When::ThisQuarter))
    }
}

/// The time that deals expected to close are of where none is chosen.
pub const CLOSING: Time = Time::Coming(Coming::Days30);
