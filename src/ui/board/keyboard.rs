//! Walking the board by key, and carrying a card: Space lifts, arrows carry, Space or Enter
//! sets down, Escape puts back. Each step is announced.

use super::drag::{closest, deal_at};
use super::lane::Lane;
use super::state::{Board, Lift};
use crate::app::route::Route;
use crate::domain::ids::{DealId, StageId};
use crate::ui::keys::{Group, keys, on};
use crate::ui::nav;
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;

impl Board {
    /// Registers the board's keys, as long as the present owner lives.
    pub fn take_keys(self) {
        let group = Group::Board;
        on("X", "Select the card", group, move || {
            self.at_card(Self::toggle_selected)
        });
        on("E", "Edit the deal", group, move || {
            self.at_card(|_, deal| nav::go(Route::EditDeal(deal)))
        });
        on("M", "Move the card to…", group, move || {
            self.at_card(Self::open_spots_at_card)
        });
        for (text, label) in [
            ("Up", "Card above"),
            ("Down", "Card below"),
            ("Left", "Column before"),
            ("Right", "Column after"),
            ("Enter", "Open the deal"),
            (
                "Space",
                "Lift the card; arrows carry it, Space sets it down, Escape puts it back",
            ),
            ("Shift+Down", "Select from card to card"),
            ("Shift+F10", "Actions for the card"),
            ("Del", "Delete the card"),
        ] {
            keys(text, label, group).listed_only();
        }
        // The lifted card may be on its way from one column's list to another's, and the
        // focus nowhere for a moment: keys are caught at the window.
        let carry = window_event_listener(ev::keydown, move |event| {
            if let Some(lift) = self
                .lift
                .get_untracked()
                .filter(|_| !event.default_prevented())
            {
                self.carry_key(lift, &event);
            }
        });
        on_cleanup(move || carry.remove());
    }

    /// Acts on the card that has the focus, if one has.
    fn at_card(self, act: impl FnOnce(Self, DealId)) {
        let focused = web_sys::window()
            .and_then(|w| w.document())
            .and_then(|d| d.active_element());
        let card = focused.and_then(|e| e.closest("[data-deal]").ok().flatten());
        let deal = card
            .and_then(|card| card.get_attribute("data-deal"))
            .and_then(|id| id.parse().ok());
        if let Some(deal) = deal {
            act(self, deal);
        }
    }

    /// A key on a card.
    pub fn key_down(self, event: &KeyboardEvent) {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if !plain || self.drag.is_on() || self.lift.with_untracked(Option::is_some) {
            return;
        }
        if closest(event, ".board-card__link").is_none() {
            return;
        }
        let Some((deal, (lane, at))) =
            deal_at(event).and_then(|deal| Some((deal, self.find(deal)?)))
        else {
            return;
        };
        let page = self.page(lane);
        match event.key().as_str() {
            "ArrowDown" if event.shift_key() => self.select_along(lane, at, at + 1),
            "ArrowUp" if event.shift_key() => self.select_along(lane, at, at.saturating_sub(1)),
            "ArrowDown" => self.walk(lane, at + 1),
            "ArrowUp" => self.walk(lane, at.saturating_sub(1)),
            "PageDown" => self.walk(lane, at + page),
            "PageUp" => self.walk(lane, at.saturating_sub(page)),
            "Home" => self.walk(lane, 0),
            "End" => self.walk(lane, usize::MAX),
            "ArrowRight" => self.walk_across(lane, at, 1),
            "ArrowLeft" => self.walk_across(lane, at, -1),
            " " => self.pick_up(deal, lane, at),
            "Delete" => self.delete(self.group_of(deal)),
            "ContextMenu" => self.open_menu_at_card(deal),
            "F10" if event.shift_key() => self.open_menu_at_card(deal),
            "Escape" if self.selected.with_untracked(|all| !all.is_empty()) => {
                self.clear_selection()
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn walk(self, lane: Lane, at: usize) {
        if let Some(deal) = lane.card(at) {
            self.focus_card(deal, None);
        }
    }

    /// How many cards a column shows at a time.
    fn page(self, lane: Lane) -> usize {
        let row = self.row.get_untracked();
        let height = lane.list().map_or(0, |scroller| scroller.client_height());
        if row > 0.0 {
            ((f64::from(height) / row).floor() as usize).max(1)
        } else {
            1
        }
    }

    /// To the card beside, in the next column that shows any.
    fn walk_across(self, lane: Lane, at: usize, by: isize) {
        let mut stage = lane.stage;
        while let Some(next) = self.beside(stage, by) {
            if next.len() > 0 && next.list().is_some() {
                return self.walk(next, self.level(lane, at, next));
            }
            stage = next.stage;
        }
    }

    /// The place in another column that is at the same height of the window.
    fn level(self, lane: Lane, at: usize, other: Lane) -> usize {
        let row = self.row.get_untracked();
        if row <= 0.0 {
            return at;
        }
        let top = at as f64 * row - lane.scrolled.get_untracked() + other.scrolled.get_untracked();
        // Never negative.
        (top / row).round().max(0.0) as usize
    }

    fn pick_up(self, deal: DealId, lane: Lane, at: usize) {
        self.lift.set(Some(Lift {
            deal,
            from: lane.stage,
            from_at: at,
            stage: lane.stage,
            at,
        }));
        let name = self.name_all(&self.group_of(deal));
        self.store.announce(format!(
            "Lifted {name} from {}, position {} of {}. Arrow keys carry it, Space sets it down, Escape puts it back.",
            self.stage_name(lane.stage),
            at + 1,
            lane.len()
        ));
    }

    fn carry_key(self, lift: Lift, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        // Not counting itself.
        let others = |stage: StageId| self.lane(stage).len() - usize::from(stage == lift.stage);
        match event.key().as_str() {
            "ArrowDown" => self.carry(lift, lift.stage, (lift.at + 1).min(others(lift.stage))),
            "ArrowUp" => self.carry(lift, lift.stage, lift.at.saturating_sub(1)),
            "Home" => self.carry(lift, lift.stage, 0),
            "End" => self.carry(lift, lift.stage, others(lift.stage)),
            key @ ("ArrowLeft" | "ArrowRight") => {
                let mut stage = lift.stage;
                let by = if key == "ArrowLeft" { -1 } else { 1 };
                while let Some(next) = self.beside(stage, by) {
                    stage = next.stage;
                    if next.list().is_some() {
                        let at = self.level(self.lane(lift.stage), lift.at, next);
                        self.carry(lift, stage, at.min(others(stage)));
                        break;
                    }
                }
            }
            " " | "Enter" => self.set_down(lift),
            "Escape" => self.put_back(),
            "Tab" => {}
            _ => return,
        }
        event.prevent_default();
    }

    fn carry(self, lift: Lift, stage: StageId, at: usize) {
        self.lift.set(Some(Lift { stage, at, ..lift }));
        let lane = self.lane(stage);
        self.store.announce(format!(
            "{}, position {} of {}",
            self.stage_name(stage),
            at + 1,
            lane.len()
        ));
        self.focus_card(lift.deal, None);
    }

    fn set_down(self, lift: Lift) {
        if (lift.stage, lift.at) == (lift.from, lift.from_at) {
            return self.put_back();
        }
        let deals = self.group_of(lift.deal);
        let place = self.lane(lift.stage).place(lift.at, &deals);
        self.lift.set(None);
        self.move_to(deals, lift.stage, place, None);
    }

    /// Puts a lifted card back where it was.
    pub fn put_back(self) {
        let Some(lift) = self.lift.get_untracked() else {
            return;
        };
        self.lift.set(None);
        if let Some((lane, at)) = self.find(lift.deal) {
            self.store.announce(format!(
                "Put back. {}",
                self.whereabouts(&[lift.deal], lane, at)
            ));
        }
        self.focus_card(lift.deal, None);
    }
}
