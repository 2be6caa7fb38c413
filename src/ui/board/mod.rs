//! The board: a pipeline's deals in columns by stage.
//!
//! `state` holds what the board knows besides the data, `lane` one column's data. Cards are
//! moved in three ways, by `drag`, `keyboard` and `card_menu`, which all end in `actions`.

mod actions;
mod bulk;
mod card;
mod card_menu;
mod chart;
mod close_dialog;
mod column;
mod drag;
mod face;
mod header;
mod keyboard;
mod lane;
mod overlay;
mod picker;
mod quick_add;
mod sheet;
mod state;
mod totals;
mod virtual_list;

use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::ids::PipelineId;
use crate::domain::query::board::StatusFilter;
use crate::ui::deal::new_deal_in;
use crate::ui::lazy::{self, Part};
use crate::ui::nav;
use crate::ui::parts::{Button, ButtonKind, Empty, Glyph, block, effect};
use crate::ui::store::{Store, use_store};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use state::{Board, use_board};

pub use bulk::BulkBar;
pub use card_menu::CardMenus;
pub use close_dialog::Closings;
pub use sheet::BoardSheet;

/// The board of a pipeline, of the one shown last when none is named.
#[component]
pub fn BoardView(
    /// The pipeline the address names.
    pipeline: Signal<Option<PipelineId>>,
) -> impl IntoView {
    let store = use_store();
    let shown = Memo::new(move |_| shown_pipeline(store, pipeline.get()));
    let stages = Memo::new(move |_| {
        store.track_kind(Kind::Stage);
        let stages = |p| {
            store.with(|s| {
                s.world()
                    .state
                    .stages(p)
                    .iter()
                    .map(|stage| stage.id)
                    .collect()
            })
        };
        shown.get().map(stages).unwrap_or_default()
    });
    let board = Board::new(store, shown, stages);
    provide_context(board);
    board.take_keys();
    board.watch_drag();
    // The next visit without a name comes back here.
    effect(move || {
        if let Some(named) = pipeline.get().filter(|named| shown.get() == Some(*named)) {
            let named = named.to_string();
            if store
                .prefs()
                .with_untracked(|p| p.pipeline.as_ref() != Some(&named))
            {
                store.prefs().update(|p| p.pipeline = Some(named));
            }
        }
    });
    view! {
        <div class="board">
            <header::Header/>
            <totals::TotalsStrip/>
            <picker::StagePicker/>
            <div class="board-main">
                <Columns/>
                <Nothing/>
                <overlay::DragOverlay/>
            </div>
            <Paper/>
            {lazy::over(move || board.selected.with(|all| !all.is_empty()), Part::BulkBar, move |()| board.clear_selection())}
            {lazy::over(move || board.menu_is_open(), Part::CardMenus, move |()| board.close_menus())}
            {lazy::over(move || board.closing.with(Option::is_some), Part::Closings, move |()| board.leave_open())}
            <p id=card::KEYS_HINT hidden>"Space lifts the card to move it by arrow keys. Shift+F10 opens its actions."</p>
        </div>
    }
}

/// The pipeline named, else the one shown last, else the first; of those there are.
fn shown_pipeline(store: Store, named: Option<PipelineId>) -> Option<PipelineId> {
    store.track_kind(Kind::Pipeline);
    let last = store
        .prefs()
        .with(|p| p.pipeline.as_deref().and_then(|id| id.parse().ok()));
    store.with(|s| {
        let all: Vec<PipelineId> = s.world().state.pipelines().iter().map(|p| p.id).collect();
        [named, last]
            .into_iter()
            .flatten()
            .find(|id| all.contains(id))
            .or(all.first().copied())
    })
}

/// What is printed in place of the columns; there only while the page is printed.
#[component]
fn Paper() -> impl IntoView {
    let printing = RwSignal::new(false);
    let listeners = [
        window_event_listener(ev::beforeprint, move |_| printing.set(true)),
        window_event_listener(ev::afterprint, move |_| printing.set(false)),
    ];
    on_cleanup(move || {
        for listener in listeners {
            listener.remove();
        }
    });
    block(move || printing.get().then(|| lazy::piece(Part::BoardSheet)))
}

/// The columns side by side. All presses, moves and keys on cards arrive here.
#[component]
fn Columns() -> impl IntoView {
    let board = use_board();
    let probe = NodeRef::<html::Div>::new();
    crate::ui::parts::observe_height(probe, board.row);
    view! {
        <div
            class="board-cols"
            class:board-cols--dragging=move || board.drag.load.with(Option::is_some)
            node_ref=board.drag.root
            on:pointerdown=move |event| {
                board.put_back();
                board.pointer_down(&event);
            }
            on:pointermove=move |event| board.pointer_move(&event)
            on:pointerup=move |event| board.pointer_up(&event)
            on:pointercancel=move |_| board.cancel_drag()
            // A finger that stops a column still rolling cannot drag: the browser keeps it.
            on:touchstart=move |event| if !event.cancelable() { board.cancel_drag() }
            // Not passive: the only way to keep a finger that drags from scrolling.
            on:touchmove=move |event| if board.drag.is_on() && event.cancelable() { event.prevent_default() }
            on:dragstart=|event| event.prevent_default()
            on:contextmenu=move |event| board.context_menu(&event)
            on:click=move |event| board.click(&event)
            on:scroll=move |_| board.note_seen()
            on:keydown=move |event| board.key_down(&event)
            on:focusin=move |event| {
                if let Some(deal) = drag::deal_at(&event) {
                    board.cursor.set(Some(deal));
                }
            }
        >
            <div class="board-probe" node_ref=probe aria-hidden="true"></div>
            <For each=move || board.stages.get() key=|stage| *stage let:stage>
                <column::ColumnView stage/>
            </For>
        </div>
    }
}

/// Says so when there is nothing to show, and what to do about it.
#[component]
fn Nothing() -> impl IntoView {
    let board = use_board();
    let shown = Memo::new(move |_| {
        board
            .lanes()
            .into_iter()
            .any(|lane| lane.view.with(|c| !c.deals.is_empty()))
    });
    let any = Memo::new(move |_| board.count_all(StatusFilter::All) > 0);
    let new_deal = move |_| {
        // In the pipeline shown, not in the usual one.
        if let Some(stage) = board
            .stages
            .with_untracked(|stages| stages.first().copied())
        {
            new_deal_in(stage);
        }
    };
    block(move || {
        if shown.get() {
            ().into_any()
        } else if board.stages.with(Vec::is_empty) {
            view! {
                <div class="board-nothing">
                    <Empty glyph=Glyph::Columns title="No stages yet" text="A pipeline needs stages before it can hold deals.">
                        <Button kind=ButtonKind::Primary on_click=move |_| nav::go(Route::Stages(board.pipeline.get_untracked()))>
                            "Add stages"
                        </Button>
                    </Empty>
                </div>
            }
            .into_any()
        } else if any.get() {
            view! {
                <div class="board-nothing">
                    <Empty glyph=Glyph::Filter title="No deals match" text="Other deals are there; the filter leaves them out.">
                        <Button on_click=move |_| board.clear_filter()>"Clear filters"</Button>
                    </Empty>
                </div>
            }
            .into_any()
        } else {
            view! {
                <div class="board-nothing">
                    <Empty glyph=Glyph::Board title="No deals in this pipeline yet" text="Add the first one, or bring them in from a spreadsheet.">
                        <Button kind=ButtonKind::Primary on_click=new_deal>"New deal"</Button>
                        <Button icon=Glyph::Upload on_click=|_| nav::go(Route::Import)>"Import"</Button>
                    </Empty>
                </div>
            }
            .into_any()
        }
    })
}
