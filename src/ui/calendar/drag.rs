//! Dragging an activity to another day or hour with a mouse or pen. A finger scrolls; for it
//! there is the menu.

use super::day::minute_of;
use chrono::NaiveDate;
use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, PointerEvent};

/// How far the pointer moves before a press becomes a drag, in pixels.
const SLACK: f64 = 5.0;

/// Where something was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drop {
    /// Above the hours of a day: no time of day.
    Day(NaiveDate),
    /// On a day of the month: the time of day stays.
    Cell(NaiveDate),
    /// On an hour.
    Hour(NaiveDate, u16),
}

/// A press on an activity, and what becomes of it.
#[derive(Clone, Copy)]
pub(super) struct Dragged {
    node: NodeRef<html::Button>,
    /// Where the press began, and how far below the upper edge of the activity.
    from: StoredValue<Option<(f64, f64, f64)>>,
    /// How far it was dragged.
    pub(super) shift: RwSignal<Option<(f64, f64)>>,
    /// The last press was a drag: the click that follows means nothing.
    moved: StoredValue<bool>,
}

impl Dragged {
    pub(super) fn new(node: NodeRef<html::Button>) -> Self {
        Self {
            node,
            from: StoredValue::new(None),
            shift: RwSignal::new(None),
            moved: StoredValue::new(false),
        }
    }

    pub(super) fn press(self, event: &PointerEvent) {
        self.moved.set_value(false);
        if event.button() != 0 || event.pointer_type() == "touch" {
            return;
        }
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        if let Some(node) = self.node.get_untracked() {
            let below = y - node.get_bounding_client_rect().top();
            self.from.set_value(Some((x, y, below)));
            // Fails only for a pointer that is gone.
            let _ = node.set_pointer_capture(event.pointer_id());
        }
    }

    /// Moves it along; the day it is over.
    pub(super) fn follow(self, event: &PointerEvent) -> Option<NaiveDate> {
        let (x0, y0, _) = self.from.get_value()?;
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let shift = (x - x0, y - y0);
        if self.shift.get_untracked().is_none() && shift.0.hypot(shift.1) < SLACK {
            return None;
        }
        self.shift.set(Some(shift));
        self.moved.set_value(true);
        day_at(x, y).map(|(day, _)| day)
    }

    /// Where it was dropped, when it was dragged over a day.
    pub(super) fn end(self, event: &PointerEvent) -> Option<Drop> {
        let from = self.from.get_value();
        let dragged = self.shift.get_untracked().is_some();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        // While it is dragged it lets the pointer through to what lies below.
        let found = dragged.then(|| day_at(x, y)).flatten();
        self.cancel();
        let (day, below) = found?;
        let hours = below.closest("[data-hours]").ok().flatten();
        if let Some(hours) = hours {
            let top = y - from.map_or(0.0, |(.., below)| below);
            return minute_of(&hours, top, 15).map(|minute| Drop::Hour(day, minute));
        }
        let cell = below.closest(".cal-cell").ok().flatten();
        Some(if cell.is_some() {
            Drop::Cell(day)
        } else {
            Drop::Day(day)
        })
    }

    pub(super) fn cancel(self) {
        self.from.set_value(None);
        self.shift.set(None);
    }

    pub(super) fn was_moved(self) -> bool {
        self.moved.get_value()
    }
}

/// The day below a point of the page, and the element there.
fn day_at(x: f64, y: f64) -> Option<(NaiveDate, Element)> {
    let below = document().element_from_point(x as f32, y as f32)?;
    let day = below.closest("[data-day]").ok().flatten()?;
    let date = day.get_attribute("data-day")?.parse().ok()?;
    Some((date, below))
}
