//! Dragging cards with mouse, pen or finger: one implementation over pointer events.
//!
//! A mouse or pen begins after a few pixels; a finger after a long press, so that a swipe
//! still scrolls. The board itself captures the pointer: cards come and go under it as
//! columns scroll.

use super::actions::card_element;
use super::state::Board;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, StageId};
use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, Event, MouseEvent, PointerEvent};

/// How far a mouse moves before it drags, CSS pixels.
const SLACK: f64 = 4.0;
/// How far a finger may tremble during the long press, CSS pixels.
const TREMBLE: f64 = 8.0;
/// How long a finger presses before it drags.
const LONG_PRESS: Duration = Duration::from_millis(350);
/// How near an edge scrolling begins, and how fast it gets, CSS pixels (per frame).
const EDGE: f64 = 56.0;
const FASTEST: f64 = 18.0;

/// A press that may become a drag.
#[derive(Clone, Debug)]
struct Press {
    deal: DealId,
    pointer: i32,
    finger: bool,
    start: (f64, f64),
    timer: Option<TimeoutHandle>,
}

/// What is being dragged.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Load {
    /// Which deals; the one under the pointer is among them.
    pub deals: Arc<[DealId]>,
    /// The one under the pointer.
    pub held: DealId,
    /// Width of its card, CSS pixels.
    pub width: f64,
    /// From the card's corner to the pointer, CSS pixels.
    pub grip: (f64, f64),
    pointer: i32,
}

/// Where a drop would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// Into a column, above the card with this number (their count for below all).
    Gap(StageId, usize),
    /// Onto the zone of a status.
    Zone(Status),
}

/// The state of dragging; part of [`Board`].
#[derive(Clone, Copy, Default)]
pub(super) struct Drag {
    press: StoredValue<Option<Press>, LocalStorage>,
    /// A click that ends a drag is none.
    no_click: StoredValue<bool>,
    /// The card pressed: its column keeps it in the page.
    pub held: RwSignal<Option<DealId>>,
    /// What is being dragged.
    pub load: RwSignal<Option<Load>>,
    /// Where the pointer is in the window.
    pub at: RwSignal<(f64, f64)>,
    /// Where a drop would go.
    pub over: RwSignal<Option<Over>>,
    /// The element that holds the columns.
    pub root: NodeRef<leptos::html::Div>,
}

impl Drag {
    /// Whether something is being dragged. Not reactive.
    pub fn is_on(self) -> bool {
        self.load.with_untracked(Option::is_some)
    }

    /// Forgets the press and the drag, if any.
    fn reset(self) {
        let press = self.press.try_update_value(Option::take).flatten();
        if let Some(timer) = press.and_then(|press| press.timer) {
            timer.clear();
        }
        if let (Some(load), Some(root)) = (self.load.get_untracked(), self.root.get_untracked()) {
            // Not held any more when the pointer is gone.
            let _ = root.release_pointer_capture(load.pointer);
        }
        self.load.set(None);
        self.over.set(None);
        self.held.set(None);
    }
}

/// The element the event is about, or one around it, that the selector names.
pub(super) fn closest(event: &Event, selector: &str) -> Option<Element> {
    event
        .target()?
        .dyn_into::<Element>()
        .ok()?
        .closest(selector)
        .ok()?
}

/// The deal whose card the event is about.
pub(super) fn deal_at(event: &Event) -> Option<DealId> {
    closest(event, "[data-deal]")?
        .get_attribute("data-deal")?
        .parse()
        .ok()
}

fn point(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

impl Board {
    /// A press on the board.
    pub fn pointer_down(self, event: &PointerEvent) {
        let drag = self.drag;
        drag.no_click.set_value(false);
        if drag.is_on() || !event.is_primary() || event.button() != 0 {
            return;
        }
        if event.ctrl_key()
            || event.shift_key()
            || event.meta_key()
            || closest(event, "button, input").is_some()
        {
            return;
        }
        let Some(deal) = deal_at(event) else { return };
        drag.reset();
        let finger = event.pointer_type() == "touch";
        let pointer = event.pointer_id();
        let start = point(event);
        let timer = finger
            .then(|| set_timeout_with_handle(move || self.begin_drag(start), LONG_PRESS).ok())
            .flatten();
        drag.held.set(Some(deal));
        drag.press.set_value(Some(Press {
            deal,
            pointer,
            finger,
            start,
            timer,
        }));
    }

    /// The pointer moves.
    pub fn pointer_move(self, event: &PointerEvent) {
        let drag = self.drag;
        if let Some(load) = drag.load.get_untracked() {
            if load.pointer == event.pointer_id() {
                drag.at.set(point(event));
            }
            return;
        }
        let Some(press) = drag
            .press
            .get_value()
            .filter(|p| p.pointer == event.pointer_id())
        else {
            return;
        };
        let (x, y) = point(event);
        let far = (x - press.start.0).hypot(y - press.start.1);
        // Let go outside of the window, or a finger that scrolls.
        if event.buttons() == 0 || (press.finger && far > TREMBLE) {
            drag.reset();
        } else if !press.finger && far >= SLACK {
            self.begin_drag((x, y));
        }
    }

    fn begin_drag(self, at: (f64, f64)) {
        let drag = self.drag;
        let Some(press) = drag.press.try_update_value(Option::take).flatten() else {
            return;
        };
        let (Some(root), Some(card)) = (drag.root.get_untracked(), card_element(press.deal)) else {
            drag.reset();
            return;
        };
        // Fails when the pointer is gone already; then there is nothing to drag with.
        if root.set_pointer_capture(press.pointer).is_err() {
            drag.reset();
            return;
        }
        self.lift.set(None);
        let rect = card.get_bounding_client_rect();
        let deals: Arc<[DealId]> = self.group_of(press.deal).into();
        self.store.announce(format!(
            "Dragging {}. Escape puts it back.",
            self.name_all(&deals)
        ));
        drag.at.set(at);
        drag.load.set(Some(Load {
            deals,
            held: press.deal,
            width: rect.width(),
            grip: (press.start.0 - rect.left(), press.start.1 - rect.top()),
            pointer: press.pointer,
        }));
        self.drag_frame();
    }

    /// Each frame of a drag: scrolls near edges and finds what is under the pointer.
    fn drag_frame(self) {
        request_animation_frame(move || {
            // The board may be gone by now.
            if !self
                .drag
                .load
                .try_with_untracked(Option::is_some)
                .unwrap_or(false)
            {
                return;
            }
            let over = self.aim();
            if self.drag.over.get_untracked() != over {
                self.drag.over.set(over);
            }
            self.drag_frame();
        });
    }

    fn aim(self) -> Option<Over> {
        let at = self.drag.at.get_untracked();
        let root = self.drag.root.get_untracked()?;
        // The zones stand beside the columns, above their lower edge.
        let zones = root
            .parent_element()
            .map(|around| all(&around, "[data-zone]"))
            .unwrap_or_default();
        if let Some(zone) = under(&zones, at) {
            return zone
                .get_attribute("data-zone")
                .and_then(|code| Status::from_code(&code))
                .map(Over::Zone);
        }
        let frame = root.get_bounding_client_rect();
        root.set_scroll_left(root.scroll_left() + pull(at.0, frame.left(), frame.right()));
        let column = under(&all(&root, "[data-stage]"), at)?;
        let lane = self.lane(column.get_attribute("data-stage")?.parse().ok()?);
        let Some(scroller) = lane.list() else {
            // Folded: onto the top.
            return Some(Over::Gap(lane.stage, 0));
        };
        let rect = scroller.get_bounding_client_rect();
        scroller.set_scroll_top(scroller.scroll_top() + pull(at.1, rect.top(), rect.bottom()));
        let row = self.row.get_untracked();
        if row <= 0.0 {
            return None;
        }
        let gap = ((at.1 - rect.top() + f64::from(scroller.scroll_top())) / row).round();
        // Clamped, so nothing is lost.
        Some(Over::Gap(
            lane.stage,
            (gap.max(0.0) as usize).min(lane.len()),
        ))
    }

    /// The pointer is let go.
    pub fn pointer_up(self, event: &PointerEvent) {
        let drag = self.drag;
        let Some(load) = drag
            .load
            .get_untracked()
            .filter(|load| load.pointer == event.pointer_id())
        else {
            if !drag.is_on() {
                drag.reset();
            }
            return;
        };
        drag.at.set(point(event));
        let over = self.aim();
        drag.no_click.set_value(true);
        drag.reset();
        let (x, y) = point(event);
        let from = Some((x - load.grip.0, y - load.grip.1));
        match over {
            Some(Over::Zone(status)) => self.set_status(load.deals.to_vec(), status, from),
            Some(Over::Gap(stage, gap)) if !self.is_where_it_was(&load, stage, gap) => {
                let place = self.lane(stage).place(gap, &load.deals);
                self.move_to(load.deals.to_vec(), stage, place, from);
            }
            _ => self.focus_card(load.held, from),
        }
    }

    /// Whether a drop there would change nothing.
    pub fn is_where_it_was(self, load: &Load, stage: StageId, gap: usize) -> bool {
        let at = self.lane(stage).position(load.held);
        load.deals.len() == 1 && at.is_some_and(|at| gap == at || gap == at + 1)
    }

    /// Puts back what is being dragged.
    pub fn cancel_drag(self) {
        if self.drag.is_on() {
            self.drag.no_click.set_value(true);
            let held = self.drag.held.get_untracked();
            self.store.announce("Put back");
            self.drag.reset();
            if let Some(held) = held {
                self.focus_card(held, None);
            }
        } else {
            self.drag.reset();
        }
    }

    /// Whether a click only ends a drag; asked once for each click.
    pub fn ends_drag(self) -> bool {
        self.drag
            .no_click
            .try_update_value(std::mem::take)
            .unwrap_or(false)
    }

    /// Escape and leaving the window end a drag.
    pub fn watch_drag(self) {
        let keys = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && self.drag.is_on() {
                event.prevent_default();
                self.cancel_drag();
            }
        });
        let blur = window_event_listener(ev::blur, move |_| self.cancel_drag());
        on_cleanup(move || {
            keys.remove();
            blur.remove();
        });
    }

    /// Whether a finger is pressing a card or dragging it: the browser's own reactions to a
    /// long press (a menu, selecting text) are not wanted then.
    pub fn finger_holds(self) -> bool {
        self.drag.is_on()
            || self
                .drag
                .press
                .with_value(|p| p.as_ref().is_some_and(|p| p.finger))
    }
}

/// How far to scroll this frame: the nearer the edge, the faster.
fn pull(at: f64, low: f64, high: f64) -> i32 {
    let edge = EDGE.min((high - low) / 4.0);
    let speed = |depth: f64| (depth / edge).clamp(0.0, 1.0) * FASTEST;
    // At most FASTEST in size.
    (speed(at - (high - edge)) - speed(low + edge - at)).round() as i32
}

fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|n| list.item(n)?.dyn_into().ok())
        .collect()
}

/// The element the point is in.
fn under(elements: &[Element], (x, y): (f64, f64)) -> Option<Element> {
    let inside = |r: &DomRect| x >= r.left() && x < r.right() && y >= r.top() && y < r.bottom();
    elements
        .iter()
        .find(|e| inside(&e.get_bounding_client_rect()))
        .cloned()
}
