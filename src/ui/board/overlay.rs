//! What shows only while a card is dragged: the card under the pointer, and the zones of
//! the statuses.

use super::card::facts_view;
use super::drag::{Load, Over};
use super::face;
use super::state::{Board, use_board};
use crate::ui::parts::{Icon, block, px};
use leptos::prelude::*;

/// The dragged card and the zones.
#[component]
pub(super) fn DragOverlay() -> impl IntoView {
    let board = use_board();
    block(move || {
        board.drag.load.get().map(|load| {
            let zones = load.deals.to_vec();
            view! {
                <Ghost load/>
                <div class="board-zones" aria-hidden="true">
                    {zone_views(board, &zones)}
                </div>
            }
        })
    })
}

fn zone_views(board: Board, deals: &[crate::domain::ids::DealId]) -> impl IntoView + use<> {
    let zone = move |(status, label, glyph): (crate::domain::deal::Status, &'static str, _)| {
        let over = move || board.drag.over.get() == Some(Over::Zone(status));
        view! {
            <div class="board-zone" class:board-zone--over=over data-zone=status.code()>
                <Icon glyph/>
                {label.trim_end_matches('…')}
            </div>
        }
    };
    board
        .status_items(deals)
        .into_iter()
        .map(zone)
        .collect_view()
}

/// The look of what is dragged, under the pointer.
#[component]
fn Ghost(
    /// What is dragged.
    load: Load,
) -> impl IntoView {
    let board = use_board();
    let (x, y) = load.grip;
    let at = board.drag.at;
    let more = load.deals.len() - 1;
    let face = untrack(|| face::read(board.store, load.held));
    view! {
        <div
            class="board-ghost"
            aria-hidden="true"
            style:--x=move || px(at.get().0 - x)
            style:--y=move || px(at.get().1 - y)
            style:--width=px(load.width)
        >
            <div class="board-card">
                <span class="board-card__link">{board.title(load.held)}</span>
                <div class="board-card__facts">{face.map(facts_view)}</div>
            </div>
            {(more > 0).then(|| view! { <span class="board-ghost__more">{format!("+{more}")}</span> })}
        </div>
    }
}
