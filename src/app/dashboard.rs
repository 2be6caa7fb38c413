//! Dashboards without a browser: what tiles can show and as what, what they are called, and the
//! dashboards to begin with.

pub mod filters;

use crate::domain::command::insight::{InsightCommand, TileDraft};
use crate::domain::dashboard::Tile;
use crate::domain::ids::PersonId;
use crate::domain::insight::answer::Question;
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::slice::Dimension;
use crate::domain::insight::when::When;
use crate::domain::world::World;
use crate::words;

words! {
    /// As what a tile shows something.
    TileView: "a kind of tile" {
        /// One number.
        Number = "number",
        /// Month by month.
        Line = "line",
        /// By a dimension, as bars.
        Bar = "bar",
        /// By a dimension, as a table.
        Table = "table",
        /// Deals one by one.
        List = "list",
    }
}

impl TileView {
    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Number => "One number",
            Self::Line => "Month by month",
            Self::Bar => "Bars by a dimension",
            Self::Table => "Table by a dimension",
            Self::List => "List of deals",
        }
    }

    /// Whether it tells deals apart by a dimension.
    #[must_use]
    pub fn is_split(self) -> bool {
        matches!(self, Self::Bar | Self::Table)
    }
}

words! {
    /// A list of deals on a tile.
    ListKind: "a list of deals" {
        /// Open deals with something planned, the next first.
        NextSteps = "next_steps",
        /// Open deals with nothing planned.
        NoStep = "no_step",
        /// Open deals expected to close in the time.
        Closing = "closing",
        /// Rotting deals.
        Rotting = "rotting",
        /// The open deals with the largest values.
        Largest = "largest",
        /// Deals won in the time, the latest first.
        Wins = "wins",
    }
}

impl ListKind {
    /// The words shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NextSteps => "Next steps",
            Self::NoStep => "Without a next step",
            Self::Closing => "Expected to close",
            Self::Rotting => "Rotting deals",
            Self::Largest => "Largest open deals",
            Self::Wins => "Latest wins",
        }
    }

    /// What it lists, in a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NextSteps => "Open deals with something planned from today on, the next first.",
            Self::NoStep => {
                "Open deals for which nothing is planned from today on, the most valuable first."
            }
            Self::Closing => {
                "Open deals whose expected close lies in the time of the tile, the nearest first."
            }
            Self::Rotting => {
                "Open deals idle for as long as their stage allows, with nothing planned in time; the longest first."
            }
            Self::Largest => "Open deals by their value, the largest first.",
            Self::Wins => "Deals won in the time of the tile, the latest first.",
        }
    }

    /// Whether the time of the tile matters.
    #[must_use]
    pub fn has_period(self) -> bool {
        matches!(self, Self::Closing | Self::Wins)
    }
}

/// What stands before the code of a list where figures are named by theirs.
const LIST: &str = "list.";

/// What a tile shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A figure of the catalogue.
    Figure(Metric, TileView),
    /// Deals one by one.
    List(ListKind),
}

impl Shown {
    /// Reads it off a tile; none where a newer page made it and this one does not know it.
    #[must_use]
    pub fn of(metric: &str, view: &str) -> Option<Self> {
        if let Some(list) = metric.strip_prefix(LIST) {
            return ListKind::from_code(list).map(Self::List);
        }
        let metric = Metric::from_code(metric)?;
        let view = TileView::from_code(view)?;
        views(metric)
            .contains(&view)
            .then_some(Self::Figure(metric, view))
    }
}

/// The code of a list as tiles name it.
#[must_use]
pub fn list_code(list: ListKind) -> String {
    format!("{LIST}{}", list.code())
}

/// As what a figure can be shown.
#[must_use]
pub fn views(metric: Metric) -> Vec<TileView> {
    if metric == Metric::Bottleneck {
        return Vec::new();
    }
    let mut all = vec![TileView::Number];
    if Question::has_course(metric) {
        all.push(TileView::Line);
    }
    if metric != Metric::Coverage {
        all.extend([TileView::Bar, TileView::Table]);
    }
    all
}

/// The filters of a tile that this page knows: a dimension, and the keys of which one must be had.
#[must_use]
pub fn filters(all: &[String]) -> Vec<(Dimension, Vec<String>)> {
    let one = |text: &String| {
        let (by, key) = text.split_once('=')?;
        Some((Dimension::from_code(by)?, vec![key.to_owned()]))
    };
    all.iter().filter_map(one).collect()
}

/// The heading of a tile: its own, else what it shows.
#[must_use]
pub fn title(tile: &Tile, world: &World) -> String {
    if !tile.title.is_empty() {
        return tile.title.clone();
    }
    match Shown::of(&tile.metric, &tile.view) {
        None => "Unknown".into(),
        Some(Shown::List(list)) => list.label().into(),
        Some(Shown::Figure(metric, view)) => {
            let by = Dimension::from_code(&tile.by).filter(|_| view.is_split());
            match by {
                Some(by) => format!("{} by {}", metric.label(), by.label(world).to_lowercase()),
                None if view == TileView::Line => format!("{}, month by month", metric.label()),
                None => metric.label().into(),
            }
        }
    }
}

/// The form of a tile that is there.
#[must_use]
pub fn draft(tile: &Tile) -> TileDraft {
    TileDraft {
        metric: tile.metric.clone(),
        view: tile.view.clone(),
        by: tile.by.clone(),
        period: tile.period.clone(),
        filters: tile.filters.clone(),
        title: tile.title.clone(),
        width: tile.width,
        height: tile.height,
    }
}

/// A tile that shows the open value, to begin a form with.
#[must_use]
pub fn blank() -> TileDraft {
    TileDraft {
        metric: Metric::Open.code().into(),
        view: TileView::Number.code().into(),
        width: 3,
        height: 1,
        ..TileDraft::default()
    }
}

/// The draft with another figure or list; what it cannot be shown as becomes what it can.
#[must_use]
pub fn with_metric(mut draft: TileDraft, metric: &str) -> TileDraft {
    draft.metric = metric.to_owned();
    if metric.starts_with(LIST) {
        draft.view = TileView::List.code().into();
        draft.width = draft.width.max(4);
        draft.height = draft.height.max(2);
        return draft;
    }
    let possible = Metric::from_code(metric).map(views).unwrap_or_default();
    let now = TileView::from_code(&draft.view);
    if !now.is_some_and(|view| possible.contains(&view)) {
        let first = possible.first().copied().unwrap_or(TileView::Number);
        draft = with_view(draft, first);
    }
    draft
}

/// The draft shown as something else; charts and tables have room from 4 columns and 2 rows on.
#[must_use]
pub fn with_view(mut draft: TileDraft, view: TileView) -> TileDraft {
    draft.view = view.code().into();
    if view != TileView::Number {
        draft.width = draft.width.max(4);
        draft.height = draft.height.max(2);
    }
    if view.is_split() && draft.by.is_empty() {
        draft.by = Dimension::Owner.code();
    }
    draft
}

/// Widths a person chooses from, of twelve columns.
pub const WIDTHS: [u8; 4] = [3, 4, 6, 12];
/// Heights a person chooses from, in rows.
pub const HEIGHTS: [u8; 3] = [1, 2, 3];

/// The next larger or smaller of some sizes; none at the end.
#[must_use]
pub fn resized(sizes: &[u8], now: u8, up: bool) -> Option<u8> {
    if up {
        sizes.iter().copied().find(|size| *size > now)
    } else {
        sizes.iter().rev().copied().find(|size| *size < now)
    }
}

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
        let list = |list: ListKind, when: Option<When>| TileDraft {
            metric: list_code(list),
            view: TileView::List.code().into(),
            period: when.map(|w| w.code().to_owned()).unwrap_or_default(),
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
                    list(ListKind::Closing, Some(When::ThisMonth)),
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
                list(ListKind::Closing, Some(When::ThisMonth)),
                bar(Metric::Slips, Dimension::Owner),
            ],
            Self::Founder => vec![
                number(Metric::Won),
                number(Metric::Open),
                number(Metric::WinRate),
                number(Metric::CycleWon),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tile_of_every_preset_can_be_shown() {
        for preset in Preset::ALL {
            let me = Some(PersonId(7));
            for tile in preset.tiles(me) {
                assert!(Shown::of(&tile.metric, &tile.view).is_some(), "{tile:?}");
                assert!(WIDTHS.contains(&tile.width) && HEIGHTS.contains(&tile.height));
                assert!(tile.period.is_empty() || When::from_code(&tile.period).is_some());
                assert_eq!(filters(&tile.filters).len(), tile.filters.len());
                let split = TileView::from_code(&tile.view).is_some_and(TileView::is_split);
                assert_eq!(Dimension::from_code(&tile.by).is_some(), split);
            }
            let filtered = preset.tiles(me).iter().all(|t| !t.filters.is_empty());
            assert_eq!(filtered, *preset == Preset::Seller);
            assert!(preset.meaning().ends_with('.'));
        }
    }

    #[test]
    fn another_figure_is_shown_as_what_it_can_be() {
        let line = with_view(with_metric(blank(), Metric::Won.code()), TileView::Line);
        assert_eq!((line.width, line.height), (4, 2));
        let open = with_metric(line.clone(), Metric::Open.code());
        assert_eq!(open.view, "number", "what stands now has no months");
        let list = with_metric(line, &list_code(ListKind::Rotting));
        assert_eq!(list.view, "list");
        assert_eq!(
            Shown::of(&list.metric, &list.view),
            Some(Shown::List(ListKind::Rotting))
        );
        for metric in Metric::ALL {
            let draft = with_metric(blank(), metric.code());
            let known = Shown::of(&draft.metric, &draft.view).is_some();
            assert_eq!(known, *metric != Metric::Bottleneck);
        }
    }

    #[test]
    fn sizes_go_step_by_step_and_end() {
        assert_eq!(resized(&WIDTHS, 3, true), Some(4));
        assert_eq!(resized(&WIDTHS, 12, true), None);
        assert_eq!(resized(&WIDTHS, 5, false), Some(4));
        assert_eq!(resized(&HEIGHTS, 1, false), None);
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        assert_eq!(Shown::of("from_the_future", "number"), None);
        assert_eq!(Shown::of("open", "hologram"), None);
        assert_eq!(Shown::of("open", "line"), None);
        let texts = ["owner=1", "height=tall", "nonsense", "source="].map(String::from);
        assert_eq!(
            filters(&texts),
            [
                (Dimension::Owner, vec!["1".to_owned()]),
                (Dimension::Source, vec![String::new()])
            ]
        );
    }
}
