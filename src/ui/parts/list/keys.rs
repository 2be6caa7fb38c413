//! Moving in the rows by key, and where the focus is.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::Shared;
use super::rows::link_at;
use crate::ui::parts::dom::{all_matching, focus, focused};

/// The place of the row that Tab leads to: the one that had the focus last, when it is in
/// view, else the first in view.
pub(super) fn stop(shared: Shared) -> Option<usize> {
    let (row, top) = (shared.row.get(), shared.model.scrolled.get());
    let first = if row > 0.0 {
        (top / row).ceil() as usize
    } else {
        0
    };
    let seen = if row > 0.0 {
        ((shared.height.get() - shared.head.get()) / row).floor() as usize
    } else {
        usize::MAX - first
    };
    let cursor = shared.model.cursor.get();
    shared.model.order.with(|order| {
        let end = first.saturating_add(seen).min(order.len());
        let window = order.get(first.min(end)..end)?;
        let own = cursor.and_then(|id| window.iter().position(|other| *other == id));
        Some(own.map_or(first, |n| first + n)).filter(|at| *at < order.len())
    })
}

/// The place of the row that has the focus, or had it before it was scrolled out of the page.
fn here(shared: Shared) -> Option<usize> {
    let scroller = shared.scroller.get_untracked()?;
    let active = focused()?;
    if !scroller.contains(Some(&active)) {
        return None;
    }
    if let Some(row) = active.closest("[data-at]").ok().flatten() {
        return row.get_attribute("data-at")?.parse().ok();
    }
    // The list itself has the focus for a row that has gone.
    let is_list = active.dyn_ref::<Element>() == Some(scroller.unchecked_ref());
    let cursor = shared.model.cursor.get_untracked().filter(|_| is_list)?;
    shared
        .model
        .order
        .with_untracked(|order| order.iter().position(|id| *id == cursor))
}

/// A key was pressed somewhere in the list.
pub(super) fn press(shared: Shared, event: &KeyboardEvent) {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    if modified || event.default_prevented() || is_control(event) {
        return;
    }
    let count = shared.model.order.with_untracked(|order| order.len());
    let Some(last) = count.checked_sub(1) else {
        return;
    };
    let at = here(shared);
    let in_head = at.is_none();
    let page = page_of(shared);
    let next = match (event.key().as_str(), at) {
        ("ArrowDown", Some(at)) => at + 1,
        // From the heads into the rows.
        ("ArrowDown", None) => return into_rows(shared, event),
        ("ArrowUp", Some(0)) => return to_heads(shared, event),
        ("ArrowUp", Some(at)) => at - 1,
        ("PageDown", Some(at)) => at + page,
        ("PageUp", Some(at)) => at.saturating_sub(page),
        ("Home", Some(_)) => 0,
        ("End", Some(_)) => last,
        _ => return,
    };
    if in_head {
        return;
    }
    event.prevent_default();
    go_to(shared, next.min(last));
}

/// Controls in cells keep their keys.
fn is_control(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|e| {
        e.closest("input, select, textarea, [role=menu]")
            .is_ok_and(|found| found.is_some())
    })
}

fn page_of(shared: Shared) -> usize {
    let row = shared.row.get_untracked();
    if row <= 0.0 {
        return 10;
    }
    let seen = shared.height.get_untracked() - shared.head.get_untracked();
    ((seen / row).floor() as usize).saturating_sub(1).max(1)
}

fn into_rows(shared: Shared, event: &KeyboardEvent) {
    event.prevent_default();
    if let Some(at) = untrack(|| stop(shared)) {
        go_to(shared, at);
    }
}

fn to_heads(shared: Shared, event: &KeyboardEvent) {
    let Some(scroller) = shared.scroller.get_untracked() else {
        return;
    };
    let heads = all_matching(scroller.unchecked_ref(), ".list__sort[tabindex='0']");
    if let Some(head) = heads.iter().find(|head| head.offset_width() > 0) {
        event.prevent_default();
        focus(head);
    }
}

/// Scrolls a row into view and gives it the focus.
fn go_to(shared: Shared, at: usize) {
    let id = shared
        .model
        .order
        .with_untracked(|order| order.get(at).copied());
    shared.model.cursor.set(id);
    let row = shared.row.get_untracked();
    if let Some(scroller) = shared.scroller.get_untracked().filter(|_| row > 0.0) {
        let seen = shared.height.get_untracked() - shared.head.get_untracked();
        let (top, begin) = (f64::from(scroller.scroll_top()), at as f64 * row);
        let wanted = if begin < top {
            begin.floor()
        } else if begin + row > top + seen {
            (begin + row - seen).ceil()
        } else {
            top
        };
        if wanted != top {
            scroller.set_scroll_top(wanted as i32);
            shared.model.scrolled.set(f64::from(scroller.scroll_top()));
        }
    }
    // The rows are fitted in a moment.
    request_animation_frame(move || {
        let cursor = shared.model.cursor.try_get_untracked().flatten();
        if cursor == id
            && let Some(link) = link_at(shared, at)
        {
            focus_still(&link);
        }
    });
}

fn focus_still(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // Fails only for an element that is gone.
    let _ = element.focus_with_options(&options);
}

/// Before rows outside of these places are taken away or given another place: a focus on one
/// of them goes to the list itself, where keys go on from the same record.
pub(super) fn let_go(shared: Shared, first: usize, end: usize) {
    let (Some(active), Some(scroller)) = (focused(), shared.scroller.get_untracked()) else {
        return;
    };
    let row = active.closest(".list__row").ok().flatten();
    let Some(row) = row.filter(|row| scroller.contains(Some(row))) else {
        return;
    };
    let at = row
        .get_attribute("data-at")
        .and_then(|at| at.parse::<usize>().ok());
    if at.is_some_and(|at| at < first || at >= end) {
        focus_still(scroller.unchecked_ref());
    }
}

/// After the order has changed: the focus goes with its record, or stays with the list.
pub(super) fn follow_focus(shared: Shared) {
    let Some(Some(scroller)) = shared.scroller.try_get_untracked() else {
        return;
    };
    let Some(active) = focused().filter(|active| {
        scroller.contains(Some(active)) && active.class_list().contains("list__link")
    }) else {
        return;
    };
    let Some(cursor) = shared.model.cursor.get_untracked() else {
        return;
    };
    let now = shared
        .model
        .order
        .with_untracked(|order| order.iter().position(|id| *id == cursor));
    match now.and_then(|at| link_at(shared, at)) {
        Some(link) if link == active => {}
        Some(link) => focus_still(&link),
        None => focus_still(scroller.unchecked_ref()),
    }
}
