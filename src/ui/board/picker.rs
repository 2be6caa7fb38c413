//! The stages as a row of buttons, on screens that show one column at a time.

use super::actions::reveal;
use super::state::{Board, use_board};
use crate::domain::ids::StageId;
use crate::shell::intl;
use crate::ui::parts::{block, effect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

impl Board {
    /// Notes which column the board is scrolled to.
    pub fn note_seen(self) {
        let now = self.column_in_view();
        if self.seen.get_untracked() != now {
            self.seen.set(now);
        }
    }

    fn column_in_view(self) -> Option<StageId> {
        let root = self.drag.root.get_untracked()?;
        let middle = {
            let frame = root.get_bounding_client_rect();
            frame.left() + frame.width() / 2.0
        };
        let columns = root.query_selector_all("[data-stage]").ok()?;
        let column = |n| columns.item(n)?.dyn_into::<Element>().ok();
        let off = |column: &Element| {
            let rect = column.get_bounding_client_rect();
            (rect.left() + rect.width() / 2.0 - middle).abs()
        };
        (0..columns.length())
            .filter_map(column)
            .min_by(|a, b| off(a).total_cmp(&off(b)))
            .and_then(|column| column.get_attribute("data-stage")?.parse().ok())
    }

    /// Scrolls the board to a column.
    pub(super) fn show_column(self, stage: StageId) {
        let root = self.drag.root.get_untracked();
        let column = root.and_then(|root| {
            root.query_selector(&format!("[data-stage=\"{stage}\"]"))
                .ok()
                .flatten()
        });
        if let Some(column) = column {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            options.set_inline(ScrollLogicalPosition::Center);
            column.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
}

/// A button for each stage; it brings the stage's column into view.
#[component]
pub(super) fn StagePicker() -> impl IntoView {
    let board = use_board();
    let current = Memo::new(move |_| {
        board
            .seen
            .get()
            .or_else(|| board.stages.with(|s| s.first().copied()))
    });
    view! {
        <nav class="board-picker" aria-label="Stages">
            <For each=move || board.stages.get() key=|stage| *stage let:stage>
                <PickerButton stage current/>
            </For>
        </nav>
    }
}

#[component]
fn PickerButton(
    /// The stage it shows.
    stage: StageId,
    /// The stage in view.
    current: Memo<Option<StageId>>,
) -> impl IntoView {
    let board = use_board();
    let button = NodeRef::<leptos::html::Button>::new();
    let is_current = Memo::new(move |_| current.get() == Some(stage));
    effect(move || {
        // The row scrolls along with the board.
        if let Some(button) = button.get().filter(|_| is_current.get()) {
            reveal(&button);
        }
    });
    view! {
        <button
            type="button"
            class="board-picker__stage"
            node_ref=button
            aria-current=move || is_current.get().then_some("true")
            on:click=move |_| board.show_column(stage)
        >
            {block(move || {
                board.store.track(stage);
                board.stage_name(stage)
            })}
            <span class="board-col__count">{block(move || board.lane(stage).view.with(|c| intl::integer(c.totals.count as i64)))}</span>
        </button>
    }
}
