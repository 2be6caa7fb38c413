//! The dashboards to begin with.

use super::panel::Panel;
use super::times::{Coming, Time};
use super::{ListKind, TileView, list_code};
use crate::domain::command::insight::{InsightCommand, TileDraft};
use crate::domain::ids::PersonId;
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::slice::Dimension;
use crate::domain::insight::when::When;
use crate::words;

words! {
    /// A dashboard to begin with.
    Preset: "a dashboard to begin with" {
        /// For who sells.
        Seller = "seller",
        /// For who leads a team.
        Manager = "manager",
        /// For who leads all of it.
        Founder = "founder",
    }
}

impl Preset {
    /// The name of the dashboard.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Seller => "Seller",
            Self::Manager => "Manager",
            Self::Founder => "Founder",
        }
    }

    /// What the button that adds it says.
    #[must_use]
    pub fn action(self) -> &'static str {
        match self {
            Self::Seller => "Add the seller’s dashboard",
            Self::Manager => "Add the manager’s dashboard",
            Self::Founder => "Add the founder’s dashboard",
        }
    }

    /// What it is for, in a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Seller => "My open deals, what comes next, what closes soon and what rots.",
            Self::Manager => {
                "The team’s pipeline, win rates, where deals stand still and what is put off."
            }
            Self::Founder => {
                "What was won and what will be, where it comes from and how long it takes."
            }
        }
    }

    /// Its tiles; those of the seller are of the person, where it is known who that is.
    #[must_use]
    pub fn tiles(self, me: Option<PersonId>) -> Vec<TileDraft> {
        let figure =
            |metric: Metric, view: TileView, by: Option<Dimension>, width, height| TileDraft {
                metric: metric.code().into(),
                view: view.code().into(),
                by: by.map(Dimension::code).unwrap_or_default(),
                width,
                height,
                ..TileDraft::default()
            };
        let number = |metric| figure(metric, TileView::Number, None, 3, 1);
        let line = |metric| figure(metric, TileView::Line, None, 6, 2);
        let bar = |metric, by| figure(metric, TileView::Bar, Some(by), 6, 2);
        let list = |list: ListKind, when: Option<Time>| TileDraft {
            metric: list_code(list),
            view: TileView::List.code().into(),
            period: when.map(|w| w.code().to_owned()).unwrap_or_default(),
            width: 6,
            height: 2,
            ..TileDraft::default()
        };
        let panel = |panel: Panel| TileDraft {
            metric: panel.tile_code(),
            view: TileView::Panel.code().into(),
            period: panel
                .usual_time()
                .map(|t| t.code().to_owned())
                .unwrap_or_default(),
            width: 6,
            height: 2,
            ..TileDraft::default()
        };
        match self {
            Self::Seller => {
                let mut all = vec![
                    number(Metric::Open),
                    number(Metric::Weighted),
                    number(Metric::WinRate),
                    number(Metric::Rotting),
                    list(ListKind::NextSteps, None),
                    list(ListKind::Closing, Some(Time::Coming(Coming::Days30))),
                    list(ListKind::NoStep, None),
                    line(Metric::Won),
                ];
                if let Some(me) = me {
                    for tile in &mut all {
                        tile.filters = vec![format!("{}={me}", Dimension::Owner.code())];
                    }
                }
                all
            }
            Self::Manager => vec![
                number(Metric::Open),
                number(Metric::Coverage),
                number(Metric::WinRate),
                number(Metric::Velocity),
                bar(Metric::Open, Dimension::Owner),
                bar(Metric::WinRate, Dimension::Owner),
                figure(
                    Metric::Conversion,
                    TileView::Table,
                    Some(Dimension::Stage),
                    6,
                    2,
                ),
                list(ListKind::Rotting, None),
                list(ListKind::Closing, Some(Time::Coming(Coming::Days30))),
                bar(Metric::Slips, Dimension::Owner),
                panel(Panel::Bottlenecks),
                panel(Panel::LossReasons),
            ],
            Self::Founder => vec![
                number(Metric::Won),
                number(Metric::Open),
                number(Metric::WinRate),
                number(Metric::CycleWon),
                panel(Panel::Forecast),
                panel(Panel::Quota),
                line(Metric::Won),
                line(Metric::Creation),
                bar(Metric::Won, Dimension::Source),
                bar(Metric::WinRate, Dimension::Source),
                list(ListKind::Largest, None),
                list(ListKind::Wins, None),
            ],
        }
    }

    /// The command that adds it.
    #[must_use]
    pub fn command(self, me: Option<PersonId>) -> InsightCommand {
        InsightCommand::AddDashboard {
            name: self.label().into(),
            preset: self.code().into(),
            period: When::Months12.code().into(),
            tiles: self.tiles(me),
        }
    }
}
