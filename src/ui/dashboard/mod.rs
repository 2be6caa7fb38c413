//! Numbers of one's own choice: tiles on a page, to be arranged, kept with the data.

mod content;
mod drag;
mod grid;
mod head;
mod list;
mod name_form;
mod panel;
mod split_tile;
mod start;
mod tile;
mod tile_filters;
mod tile_form;

use crate::app::dashboard::times::Time;
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::insight::InsightCommand;
use crate::domain::dashboard::{Dashboard, Tile, dashboards};
use crate::domain::ids::{DashboardId, TileId};
use crate::domain::insight::when::When;
use crate::ui::frame::TopBar;
use crate::ui::insight::{Insight, Reading, Rows, RowsDialog};
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;

/// What the parts of the view share.
#[derive(Clone, Copy)]
struct Board {
    store: Store,
    /// Which is shown; none without any.
    id: Memo<Option<DashboardId>>,
    /// All there are, in order.
    all: Memo<Vec<(DashboardId, String)>>,
    /// The tiles of the one shown, in order.
    tiles: Memo<Vec<(TileId, Tile)>>,
    /// The tile whose form is open: none for a new one.
    form: RwSignal<Option<Option<TileId>>>,
    /// The name that is being changed or made: none for a new dashboard.
    naming: RwSignal<Option<Option<DashboardId>>>,
}

fn use_board() -> Board {
    expect_context()
}

impl Board {
    fn run(self, command: InsightCommand) {
        self.store.dispatch(Command::Insight(command));
    }

    /// Something of a dashboard. Not tracked.
    fn with<R>(self, id: DashboardId, read: impl FnOnce(&Dashboard) -> R) -> Option<R> {
        self.store
            .with(|s| s.world().state.tables.dashboards.get(id).map(read))
    }

    /// The time of a tile: its own, else what is usual for what it shows, else the dashboard's.
    /// Tracked.
    fn when(self, own: &str, usual: Option<Time>) -> Time {
        let id = self.id.get();
        let common = id.and_then(|id| {
            self.store.track(id);
            self.with(id, |board| board.period.clone())
        });
        let common = common.and_then(|code| When::from_code(&code));
        let own = Time::from_code(own).or(usual);
        own.unwrap_or(Time::When(common.unwrap_or(When::Months12)))
    }

    /// Puts a tile at another place and says so.
    fn place(self, tile: TileId, index: usize) {
        let Some(id) = self.id.get_untracked() else {
            return;
        };
        let count = self.tiles.with_untracked(Vec::len);
        if index >= count {
            return;
        }
        self.run(InsightCommand::PlaceTile { id, tile, index });
        self.store
            .announce(format!("Tile {} of {count}", index + 1));
    }

    fn new(store: Store, asked: Option<DashboardId>) -> Self {
        let all = Memo::new(move |_| {
            store.track_kind(Kind::Dashboard);
            store.with(|s| {
                let all = dashboards(&s.world().state).into_iter();
                all.map(|d| (d.id, d.name.clone())).collect::<Vec<_>>()
            })
        });
        let id = Memo::new(move |_| {
            let last = store.prefs().with(|p| p.dashboard.clone());
            let last = last.and_then(|id| id.parse::<DashboardId>().ok());
            all.with(|all| {
                let known = |id: DashboardId| all.iter().any(|(own, _)| *own == id).then_some(id);
                asked
                    .and_then(known)
                    .or(last.and_then(known))
                    .or(all.first().map(|(id, _)| *id))
            })
        });
        let tiles = Memo::new(move |_| {
            let Some(id) = id.get() else {
                return Vec::new();
            };
            store.track(id);
            store.with(|s| {
                let board = s.world().state.tables.dashboards.get(id);
                let tiles = board.map(Dashboard::in_order).unwrap_or_default();
                let own = tiles.into_iter().map(|(id, tile)| (id, tile.clone()));
                own.collect::<Vec<_>>()
            })
        });
        Self {
            store,
            id,
            all,
            tiles,
            form: RwSignal::new(None),
            naming: RwSignal::new(None),
        }
    }
}

/// A dashboard, or the one shown last.
#[component]
pub fn DashboardView(
    /// Which.
    id: Option<DashboardId>,
) -> impl IntoView {
    let store = use_store();
    Insight::provide();
    Rows::provide();
    Turns::provide();
    Reading::provide();
    let asked = id;
    let board = Board::new(store, asked);
    provide_context(board);
    effect(move || {
        if let Some(asked) = asked.filter(|asked| board.id.get() == Some(*asked)) {
            let code = Some(asked.to_string());
            if store.prefs().with_untracked(|p| p.dashboard != code) {
                store.prefs().update(|p| p.dashboard = code);
            }
        }
    });
    // A memo: an effect that reads both would not hear of a new name (one follows from the other).
    let title = Memo::new(move |_| {
        let id = board.id.get();
        let name = |all: &Vec<(DashboardId, String)>| {
            let own = all.iter().find(|(own, _)| Some(*own) == id);
            own.map(|(_, name)| name.clone())
        };
        board.all.with(name).unwrap_or_else(|| "Dashboard".into())
    });
    let some = Memo::new(move |_| board.id.get().is_some());
    let gone = Memo::new(move |_| asked.is_some() && board.id.get() != asked);
    view! {
        <div class="dash">
            <TopBar title/>
            {block(move || gone.get().then(|| view! { <p class="dash__gone">"That dashboard is not here any more."</p> }))}
            {block(move || if some.get() {
                view! { <head::Head/> <grid::Grid/> }.into_any()
            } else {
                view! { <start::Start/> }.into_any()
            })}
            <tile_form::TileDialog/>
            <name_form::NameDialog/>
            <RowsDialog/>
        </div>
    }
}

/// Shows a dashboard.
fn show(id: DashboardId) {
    nav::go(Route::Dashboard(Some(id)));
}
