//! What the board does with deals, whichever way it was asked for: drag, key, menu or bar.

use super::lane::Lane;
use super::state::{Board, Closing, Then};
use crate::domain::command::Command;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, StageId};
use crate::domain::query::board::Place;
use crate::ui::parts::px;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition,
};

impl Board {
    /// Moves deals to a place. A stage that closes deals asks for date and reason first.
    /// `from` is where the card came down in the window, when it was dragged.
    pub fn move_to(
        self,
        deals: Vec<DealId>,
        stage: StageId,
        place: Place,
        from: Option<(f64, f64)>,
    ) {
        if let Some(status) = self.closes(&deals, stage) {
            self.closing.set(Some(Closing {
                deals,
                status,
                then: Then::Move(stage, place),
                from,
            }));
            return;
        }
        let stay = self.stay(&deals);
        let command = Command::Move {
            deals: deals.clone(),
            stage,
            place,
            closure: None,
        };
        let land = move || self.land(&deals, stay, from);
        self.store.dispatch_then(command, land);
    }

    /// The status deals would get by entering a stage, when that asks for date and reason.
    fn closes(self, deals: &[DealId], stage: StageId) -> Option<Status> {
        self.store.with(|s| {
            let state = &s.world().state;
            let status = state.tables.stages.get(stage)?.kind.status();
            let enters = |id: &DealId| {
                state.tables.deals.get(*id).is_some_and(|deal| {
                    state.standing(deal.placement.stage) != Some(stage)
                        && deal.outcome.status() != status
                })
            };
            (status != Status::Open && deals.iter().any(enters)).then_some(status)
        })
    }

    /// Asks for date and reason, then sets the status; takes deals up again at once.
    pub fn set_status(self, deals: Vec<DealId>, status: Status, from: Option<(f64, f64)>) {
        if deals.is_empty() {
            return;
        }
        if status != Status::Open {
            self.closing.set(Some(Closing {
                deals,
                status,
                then: Then::SetStatus,
                from,
            }));
            return;
        }
        let stay = self.stay(&deals);
        let closure = self.closure_today();
        self.store.dispatch(Command::SetStatus {
            deals: deals.clone(),
            status,
            closure,
        });
        self.land(&deals, stay, from);
    }

    /// Removes deals; the toast takes it back.
    pub fn delete(self, deals: Vec<DealId>) {
        let stay = self.stay(&deals);
        self.store.dispatch(Command::Delete(
            deals.iter().map(|id| (*id).into()).collect(),
        ));
        self.selected
            .update(|all| all.retain(|id| !deals.contains(id)));
        self.land(&deals, stay, None);
    }

    /// Moves a card by one place in its column.
    pub fn nudge(self, deal: DealId, down: bool) {
        let Some((lane, at)) = self.find(deal) else {
            return;
        };
        let gap = if down { at + 2 } else { at.wrapping_sub(1) };
        if gap <= lane.len() {
            self.move_to(vec![deal], lane.stage, lane.place(gap, &[deal]), None);
        }
    }

    /// The card that takes the focus when these are not shown any more: the next one of
    /// the column, else the one before.
    pub fn stay(self, deals: &[DealId]) -> Option<DealId> {
        let (lane, at) = deals.first().and_then(|deal| self.find(*deal))?;
        lane.order.with_untracked(|column| {
            let (before, after) = column.deals.split_at(at.min(column.deals.len()));
            let stays = |id: &&DealId| !deals.contains(id);
            after
                .iter()
                .find(stays)
                .or_else(|| before.iter().rev().find(stays))
                .copied()
        })
    }

    /// After an action: says where the card is now and gives it the focus; where it is not
    /// shown any more, `stay` gets it.
    pub fn land(self, deals: &[DealId], stay: Option<DealId>, from: Option<(f64, f64)>) {
        let Some(first) = deals.first().copied() else {
            return;
        };
        match self.find(first) {
            Some((lane, at)) => {
                self.store.announce(self.whereabouts(deals, lane, at));
                self.focus_card(first, from);
            }
            None => {
                if let Some(stay) = stay {
                    self.focus_card(stay, None);
                }
            }
        }
    }

    /// “Pilot: Proposal, position 2 of 12”.
    pub fn whereabouts(self, deals: &[DealId], lane: Lane, at: usize) -> String {
        format!(
            "{}: {}, position {} of {}",
            self.name_all(deals),
            self.stage_name(lane.stage),
            at + 1,
            lane.len()
        )
    }

    /// The card that had the focus has left its column, as by an undo: the focus goes along,
    /// or to the card that has come to its place.
    pub fn follow_focus(self, lane: Lane, deal: DealId, at: usize) {
        if self.cursor.get_untracked() != Some(deal) {
            // Another card is to have it already.
            return;
        }
        let gone = self.find(deal).is_none();
        if let Some(card) = if gone { lane.card(at) } else { Some(deal) } {
            self.focus_card(card, None);
        }
    }

    /// Brings a card into view and gives it the focus, once it is drawn. With `from`, a
    /// point of the window, it glides from there to its place.
    pub fn focus_card(self, deal: DealId, from: Option<(f64, f64)>) {
        // The column keeps this one in the page however far it is scrolled away.
        self.cursor.set(Some(deal));
        request_animation_frame(move || {
            let Some(card) = card_element(deal) else {
                // Its column is folded.
                if let Some(button) = self
                    .find(deal)
                    .and_then(|(lane, _)| fold_button(lane.stage))
                {
                    focus(&button);
                }
                return;
            };
            if let Some(link) = link_of(&card) {
                focus(&link);
            }
            self.reveal(deal, &card);
            if let Some(from) = from {
                glide(&card, from);
            }
        });
    }
}

/// Left above and below a card that is scrolled into view, CSS pixels.
const AIR: f64 = 8.0;

impl Board {
    /// Scrolls column and board just so far that the card is seen. Where it is in its column
    /// is worked out, not measured: it may still be gliding there.
    fn reveal(self, deal: DealId, card: &HtmlElement) {
        if let Some(column) = card.closest("[data-stage]").ok().flatten() {
            reveal(&column);
        }
        let row = self.row.get_untracked();
        let Some((lane, at)) = self.find(deal).filter(|_| row > 0.0) else {
            return;
        };
        let Some(scroller) = lane.list() else {
            return;
        };
        let (now, height) = (
            f64::from(scroller.scroll_top()),
            f64::from(scroller.client_height()),
        );
        let (top, bottom) = (at as f64 * row, (at + 1) as f64 * row + AIR);
        let wanted = now.min(top).max(bottom - height);
        if (wanted - now).abs() > 2.0 * height {
            still(&scroller);
        }
        // Whole pixels are what scrolling has.
        scroller.set_scroll_top(wanted.round() as i32);
    }
}

/// No gliding of cards for a moment: all of them jump with the scroll position.
pub(super) fn still(scroller: &HtmlElement) {
    // Setting an attribute fails only for a malformed name.
    let _ = scroller.set_attribute("data-still", "");
    let scroller = scroller.clone();
    request_animation_frame(move || {
        request_animation_frame(move || {
            let _ = scroller.remove_attribute("data-still");
        });
    });
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The element of a card, while it is in the page.
pub(super) fn card_element(deal: DealId) -> Option<HtmlElement> {
    let found = document()?
        .query_selector(&format!("[data-deal=\"{deal}\"]"))
        .ok()??;
    found.dyn_into().ok()
}

/// A card's link: what takes its focus.
pub(super) fn link_of(card: &Element) -> Option<HtmlElement> {
    card.query_selector(".board-card__link")
        .ok()??
        .dyn_into()
        .ok()
}

fn fold_button(stage: StageId) -> Option<HtmlElement> {
    let found = document()?
        .query_selector(&format!("[data-stage=\"{stage}\"] .board-col__unfold"))
        .ok()??;
    found.dyn_into().ok()
}

/// Focuses without scrolling; what should be seen is scrolled to by [`reveal`].
pub(super) fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // Fails only for an element that cannot take the focus.
    let _ = element.focus_with_options(&options);
}

/// Scrolls whatever is around an element just so far that it is seen.
pub(super) fn reveal(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Starts the card's way from a point of the window to its place; the style sheet says how
/// long it takes, and that it takes no time for those who asked for no motion.
fn glide(card: &HtmlElement, (x, y): (f64, f64)) {
    // Setting an attribute or a property fails only for a malformed name. The first value
    // ends any other motion, so that what is measured is the place it goes to.
    let _ = card.set_attribute("data-landing", "measured");
    let rect = card.get_bounding_client_rect();
    let style = card.style();
    let set = |name: &str, value: f64| drop(style.set_property(name, &px(value)));
    set("--from-x", x - rect.left());
    set("--from-y", y - rect.top());
    let _ = card.set_attribute("data-landing", "on");
}

/// The card has come to its place.
pub(super) fn landed(deal: DealId) {
    if let Some(card) = card_element(deal) {
        // Removing an attribute that is not there is no failure.
        let _ = card.remove_attribute("data-landing");
    }
}
