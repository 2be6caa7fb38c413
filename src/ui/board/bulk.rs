//! Marking several cards, and the bar that acts on them.

use super::actions::focus;
use super::drag::{closest, deal_at};
use super::lane::Lane;
use super::state::{Board, use_board};
use crate::domain::ids::DealId;
use crate::ui::parts::{Button, ButtonKind, Glyph, IconButton, Menu, block};
use leptos::prelude::*;
use std::collections::BTreeSet;
use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

impl Board {
    /// Marks a card, or unmarks it.
    pub fn toggle_selected(self, deal: DealId) {
        self.range_from.set_value(Some(deal));
        self.selected.update(|all| {
            if !all.remove(&deal) {
                all.insert(deal);
            }
        });
        self.tell_selection();
    }

    /// Marks all cards of a column from one place to another.
    fn select_range(self, lane: Lane, a: usize, b: usize) {
        lane.order.with_untracked(|column| {
            let end = (a.max(b) + 1).min(column.deals.len());
            let range = column.deals.get(a.min(b)..end).unwrap_or_default();
            self.selected.update(|all| all.extend(range));
        });
        self.tell_selection();
    }

    /// Marks the card at `at` and goes on to the one at `to`, marking it too.
    pub fn select_along(self, lane: Lane, at: usize, to: usize) {
        self.select_range(lane, at, to);
        if let Some(deal) = lane.card(to) {
            self.focus_card(deal, None);
        }
    }

    /// Unmarks all.
    pub fn clear_selection(self) {
        self.selected.update(BTreeSet::clear);
        self.range_from.set_value(None);
        self.tell_selection();
    }

    fn tell_selection(self) {
        let n = self.selection().len();
        self.store.announce(if n == 1 {
            "1 card selected".to_owned()
        } else {
            format!("{n} cards selected")
        });
    }

    /// A click on the board: one that ends a drag is none; with Ctrl or ⌘ it marks a card,
    /// with Shift all cards from the last one marked.
    pub fn click(self, event: &MouseEvent) {
        if self.ends_drag() {
            event.prevent_default();
            event.stop_propagation();
            return;
        }
        let extend = event.shift_key();
        if !(extend || event.ctrl_key() || event.meta_key()) || closest(event, "button").is_some() {
            return;
        }
        let Some(deal) = deal_at(event) else { return };
        event.prevent_default();
        event.stop_propagation();
        let anchor = self.range_from.get_value().and_then(|from| self.find(from));
        match (anchor.filter(|_| extend), self.find(deal)) {
            (Some((from, a)), Some((lane, b))) if from.stage == lane.stage => {
                self.select_range(lane, a, b)
            }
            _ => self.toggle_selected(deal),
        }
    }
}

/// What can be done with the marked cards, while there are any.
#[component]
pub fn BulkBar() -> impl IntoView {
    let board = use_board();
    // Only what is shown can be acted on.
    let count = Memo::new(move |_| {
        let marked = board.selected.get();
        if marked.is_empty() {
            return 0;
        }
        let shown = |lane: Lane| {
            lane.order
                .with(|c| c.deals.iter().filter(|id| marked.contains(id)).count())
        };
        board.lanes().into_iter().map(shown).sum::<usize>()
    });
    move || (count.get() > 0).then(|| view! { <Bar count/> })
}

#[component]
fn Bar(
    /// How many cards are marked.
    count: Memo<usize>,
) -> impl IntoView {
    let board = use_board();
    let spots = Signal::derive(move || {
        board.selected.track();
        board.spots(&board.selection())
    });
    let statuses = Signal::derive(move || {
        board.selected.track();
        board.store.track_kind(crate::domain::change::Kind::Deal);
        board.status_items(&board.selection())
    });
    let done = move || {
        board.clear_selection();
        if let Some(card) = board.cursor.get_untracked() {
            board.focus_card(card, None);
        }
    };
    view! {
        <div class="board-bulk" role="toolbar" aria-label="Selected cards">
            <span class="board-bulk__count">{block(move || format!("{} selected", count.get()))}</span>
            <Menu
                label="Move to"
                size=crate::ui::parts::ButtonSize::Small
                entries=spots
                on_pick=move |(stage, place)| board.move_to(board.selection(), stage, place, None)
            />
            {block(move || statuses.get().into_iter().map(|(status, label, glyph)| view! {
                <Button
                    kind=ButtonKind::Ghost
                    size=crate::ui::parts::ButtonSize::Small
                    icon=glyph
                    on_click=move |_| board.set_status(board.selection(), status, None)
                >
                    {label}
                </Button>
            }).collect_view())}
            <Button
                kind=ButtonKind::Ghost
                size=crate::ui::parts::ButtonSize::Small
                icon=Glyph::Trash
                on_click=move |_| board.delete(board.selection())
            >
                "Delete"
            </Button>
            <IconButton label="Clear the selection" glyph=Glyph::Close size=crate::ui::parts::ButtonSize::Small on_click=move |_| done()/>
        </div>
    }
}

/// Gives the focus to the first control of a kind inside the board, as when what had it went.
pub(super) fn focus_in(selector: &str) {
    let found = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.query_selector(selector).ok().flatten())
        .and_then(|e| e.dyn_into().ok());
    if let Some(element) = found {
        focus(&element);
    }
}
