//! Putting a list in order by dragging its lines, with mouse, pen or finger.

use std::cmp::Ordering;
use std::sync::Arc;

use leptos::ev::PointerEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::ui::nav;
use crate::ui::parts::px;

/// How far the pointer goes, in CSS pixels, before a press becomes a drag.
const SLOP: f64 = 4.0;
/// How near to the upper or lower edge of the view, in CSS pixels, a drag scrolls it.
const EDGE: f64 = 48.0;

/// A line on its way.
#[derive(Clone, PartialEq)]
struct Drag {
    from: usize,
    over: usize,
    /// How far the line has come, in CSS pixels.
    by: f64,
    /// Where the press began, with the view's scroll position added.
    start: f64,
    /// Top and height of each line before anything moved, with the scroll position added.
    lines: Arc<[(f64, f64)]>,
    begun: bool,
}

/// Dragging in one list.
#[derive(Clone, Copy)]
pub(super) struct Dragging {
    list: NodeRef<html::Ol>,
    drag: RwSignal<Option<Drag>>,
}

impl Dragging {
    pub(super) fn new(list: NodeRef<html::Ol>) -> Self {
        Self {
            list,
            drag: RwSignal::new(None),
        }
    }

    /// A press on the handle of the line at this place.
    pub(super) fn press(self, event: &PointerEvent, at: usize) {
        let Some(list) = self
            .list
            .get_untracked()
            .filter(|_| event.button() == 0 && event.is_primary())
        else {
            return;
        };
        if let Some(handle) = event
            .current_target()
            .and_then(|t| t.dyn_into::<Element>().ok())
        {
            // Refused only for a pointer that is up again.
            let _ = handle.set_pointer_capture(event.pointer_id());
        }
        let scrolled = scrolled();
        let children = list.children();
        let lines = (0..children.length())
            .filter_map(|n| children.item(n))
            .map(|line| {
                let rect = line.get_bounding_client_rect();
                (rect.top() + scrolled, rect.height())
            });
        let start = f64::from(event.client_y()) + scrolled;
        self.drag.set(Some(Drag {
            from: at,
            over: at,
            by: 0.0,
            start,
            lines: lines.collect(),
            begun: false,
        }));
    }

    /// The pointer moved.
    pub(super) fn follow(self, event: &PointerEvent) {
        if self.drag.with_untracked(Option::is_none) {
            return;
        }
        scroll_at_edge(f64::from(event.client_y()));
        let y = f64::from(event.client_y()) + scrolled();
        self.drag.update(|drag| {
            if let Some(drag) = drag {
                drag.by = y - drag.start;
                drag.begun |= drag.by.abs() > SLOP;
                drag.over = drag.place();
            }
        });
    }

    /// The pointer is up: where the line went, from and to, if it went anywhere.
    pub(super) fn end(self) -> Option<(usize, usize)> {
        let drag = self.drag.try_update(Option::take)??;
        (drag.begun && drag.over != drag.from).then_some((drag.from, drag.over))
    }

    /// Gives up; says whether there was a drag.
    pub(super) fn cancel(self) -> bool {
        let drag = self.drag.try_update(Option::take).flatten();
        drag.is_some_and(|drag| drag.begun)
    }

    /// Whether the line at this place is the one on its way.
    pub(super) fn is_dragged(self, at: usize) -> bool {
        self.drag.with(|drag| {
            drag.as_ref()
                .is_some_and(|drag| drag.begun && drag.from == at)
        })
    }

    /// Whether anything is on its way.
    pub(super) fn is_on(self) -> bool {
        self.drag
            .with(|drag| drag.as_ref().is_some_and(|drag| drag.begun))
    }

    /// How far the line at this place is out of its place now, as a CSS length.
    pub(super) fn shift(self, at: usize) -> String {
        let by = self.drag.with(|drag| {
            drag.as_ref()
                .filter(|drag| drag.begun)
                .map_or(0.0, |drag| drag.shift(at))
        });
        px(by)
    }
}

impl Drag {
    /// The place the dragged line would take: another line makes way once the dragged one
    /// reaches its middle.
    fn place(&self) -> usize {
        let Some((top, height)) = self.lines.get(self.from) else {
            return self.from;
        };
        let (upper, lower) = (top + self.by, top + height + self.by);
        let stays_before = |(at, (top, height)): &(usize, &(f64, f64))| {
            let middle = top + height / 2.0;
            match at.cmp(&self.from) {
                Ordering::Less => middle < upper,
                Ordering::Equal => false,
                Ordering::Greater => middle < lower,
            }
        };
        self.lines.iter().enumerate().filter(stays_before).count()
    }

    fn shift(&self, at: usize) -> f64 {
        let height = self.lines.get(self.from).map_or(0.0, |(_, height)| *height);
        if at == self.from {
            self.by
        } else if self.from < at && at <= self.over {
            -height
        } else if self.over <= at && at < self.from {
            height
        } else {
            0.0
        }
    }
}

fn view() -> Option<Element> {
    document().get_element_by_id(nav::MAIN)
}

fn scrolled() -> f64 {
    view().map_or(0.0, |view| f64::from(view.scroll_top()))
}

fn scroll_at_edge(y: f64) {
    let Some(view) = view() else { return };
    let rect = view.get_bounding_client_rect();
    let by = if y < rect.top() + EDGE {
        -12
    } else if y > rect.bottom() - EDGE {
        12
    } else {
        return;
    };
    view.set_scroll_top(view.scroll_top() + by);
}
