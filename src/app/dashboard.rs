//! Dashboards without a browser: what tiles can show and as what, what they are called, and the
//! dashboards to begin with.

pub mod filters;
pub mod panel;
mod presets;
pub mod times;

pub use presets::Preset;

use self::panel::Panel;
use self::times::Time;
use crate::domain::command::insight::TileDraft;
use crate::domain::dashboard::Tile;
use crate::domain::insight::answer::Question;
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::slice::Dimension;
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
        /// A page in small.
        Panel = "panel",
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
            Self::Panel => "A page in small",
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
    /// A page in small.
    Panel(Panel),
}

impl Shown {
    /// Reads it off a tile; none where a newer page made it and this one does not know it.
    #[must_use]
    pub fn of(metric: &str, view: &str) -> Option<Self> {
        if let Some(list) = metric.strip_prefix(LIST) {
            return ListKind::from_code(list).map(Self::List);
        }
        if let Some(panel) = Panel::of_tile(metric) {
            return Some(Self::Panel(panel));
        }
        let metric = Metric::from_code(metric)?;
        let view = TileView::from_code(view)?;
        views(metric)
            .contains(&view)
            .then_some(Self::Figure(metric, view))
    }

    /// Whether it is of days to come, so that other times are offered.
    #[must_use]
    pub fn looks_ahead(self) -> bool {
        match self {
            Self::List(list) => list == ListKind::Closing,
            Self::Panel(panel) => panel.looks_ahead(),
            Self::Figure(..) => false,
        }
    }

    /// The time it is of where its tile names none; none for that of the dashboard.
    #[must_use]
    pub fn usual_time(self) -> Option<Time> {
        match self {
            Self::List(ListKind::Closing) => Some(panel::CLOSING),
            Self::Panel(panel) => panel.usual_time(),
            _ => None,
        }
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
        Some(Shown::Panel(panel)) => panel.title().into(),
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
    let panel = Panel::of_tile(metric).is_some();
    if panel || metric.starts_with(LIST) {
        let view = if panel {
            TileView::Panel
        } else {
            TileView::List
        };
        draft.view = view.code().into();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PersonId;

    #[test]
    fn pages_in_small_are_tiles_like_others() {
        for panel in Panel::ALL {
            let draft = with_metric(blank(), &panel.tile_code());
            assert_eq!((draft.width, draft.height), (4, 2));
            let shown = Shown::of(&draft.metric, &draft.view).unwrap();
            assert_eq!(shown, Shown::Panel(*panel));
            assert_eq!(shown.looks_ahead(), shown.usual_time().is_some());
            assert!(panel.meaning().ends_with('.') && !panel.title().is_empty());
            let back = with_metric(draft, Metric::Open.code());
            assert_eq!(back.view, "number");
        }
        assert_eq!(Shown::of("panel.tomorrow", "panel"), None);
    }

    #[test]
    fn every_tile_of_every_preset_can_be_shown() {
        for preset in Preset::ALL {
            let me = Some(PersonId(7));
            for tile in preset.tiles(me) {
                assert!(Shown::of(&tile.metric, &tile.view).is_some(), "{tile:?}");
                assert!(WIDTHS.contains(&tile.width) && HEIGHTS.contains(&tile.height));
                assert!(tile.period.is_empty() || Time::from_code(&tile.period).is_some());
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
