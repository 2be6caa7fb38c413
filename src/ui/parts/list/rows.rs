//! The rows in view.
//!
//! A row is bound to a place, not to a record: when other records come to stand there, its
//! content changes and its element stays. Scrolling takes rows off one edge and puts them on
//! at the other, so the elements stand in the order of their places.

use std::collections::VecDeque;

use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Render};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{ListColumn, Shared, keys};
use crate::ui::parts::popup::Align;

/// Rows built beyond each edge of the view, so that scrolling shows no gap.
const MARGIN: usize = 6;
/// Rows shown before anything is measured.
const FIRST: usize = 20;

/// A row in the page.
struct Slot {
    at: RwSignal<usize>,
    state: AnyViewState,
}

/// The rows in the page: those of the places from `first` on.
#[derive(Default)]
struct Slots {
    first: usize,
    shown: VecDeque<Slot>,
}

/// The scrolling rows.
#[component]
pub(super) fn Rows(
    /// The list.
    shared: Shared,
    /// How many rows are found.
    found: Memo<usize>,
) -> impl IntoView {
    let body = NodeRef::<leptos::html::Div>::new();
    let window = Memo::new(move |_| window(shared, found.get()));
    let slots = StoredValue::new_local(Slots::default());
    // They were put in by hand and go by hand: the next list may get the same element.
    on_cleanup(move || {
        slots.update_value(|slots| {
            for mut slot in slots.shown.drain(..) {
                slot.state.unmount();
            }
        });
    });
    // Rows belong to the list, not to the run of the effect that builds them.
    let nursery = StoredValue::new(Owner::new());
    let build = move |at: usize| {
        nursery.with_value(|owner| {
            owner.with(|| {
                let at = RwSignal::new(at);
                let state = view! { <Row shared at/> }.into_any().build();
                Slot { at, state }
            })
        })
    };
    Effect::new(move |_| {
        let Some(body) = body.get() else { return };
        let (first, end) = window.get();
        untrack(|| {
            keys::let_go(shared, first, end);
            slots.update_value(|slots| fit(slots, first, end, &body, build));
        });
    });
    view! { <div class="list__body" role="rowgroup" node_ref=body style:--count=move || found.get().to_string()></div> }
}

/// The places of the first row in the page and of the first one beyond it.
fn window(shared: Shared, found: usize) -> (usize, usize) {
    let (row, top) = (shared.row.get(), shared.model.scrolled.get());
    if row <= 0.0 {
        return (0, FIRST.min(found));
    }
    let seen = (shared.height.get() - shared.head.get()).max(row);
    // Neither is negative, nor beyond what a usize holds.
    let first = ((top / row).floor() as usize).saturating_sub(MARGIN);
    let end = ((top + seen) / row).ceil() as usize + MARGIN;
    let end = end.min(found);
    (first.min(end), end)
}

/// Makes the page hold exactly the rows of these places, in order.
fn fit(slots: &mut Slots, first: usize, end: usize, body: &Element, build: impl Fn(usize) -> Slot) {
    let wanted = end - first;
    let overlap = first < slots.first + slots.shown.len() && slots.first < end;
    if !overlap {
        slots.first = first;
    }
    // Rows that leave at one edge come back at the other.
    while slots.first < first && !slots.shown.is_empty() {
        if let Some(slot) = slots.shown.pop_front() {
            to_the_end(slots, slot, wanted, body);
        }
        slots.first += 1;
    }
    while slots.first > first {
        let mut slot = if slots.shown.len() >= wanted {
            match slots.shown.pop_back() {
                Some(slot) => slot,
                None => break,
            }
        } else {
            build(slots.first - 1)
        };
        let marker = slots
            .shown
            .front()
            .and_then(|s| s.state.elements().into_iter().next());
        slot.state.mount(body, marker.as_deref());
        slots.shown.push_front(slot);
        slots.first -= 1;
    }
    while slots.shown.len() > wanted {
        if let Some(mut slot) = slots.shown.pop_back() {
            slot.state.unmount();
        }
    }
    while slots.shown.len() < wanted {
        let mut slot = build(slots.first + slots.shown.len());
        slot.state.mount(body, None);
        slots.shown.push_back(slot);
    }
    for (n, slot) in slots.shown.iter().enumerate() {
        let at = first + n;
        if slot.at.get_untracked() != at {
            slot.at.set(at);
        }
    }
}

/// Puts a row that left the beginning at the end, where one is still wanted there.
fn to_the_end(slots: &mut Slots, mut slot: Slot, wanted: usize, body: &Element) {
    if slots.shown.len() < wanted {
        slot.state.mount(body, None);
        slots.shown.push_back(slot);
    } else {
        slot.state.unmount();
    }
}

/// The row of a place.
#[component]
fn Row(
    /// The list.
    shared: Shared,
    /// The place.
    at: RwSignal<usize>,
) -> impl IntoView {
    let model = shared.model;
    let id = Memo::new(move |_| model.order.with(|order| order.get(at.get()).copied()));
    let is_stop = Memo::new(move |_| id.get().is_some() && keys::stop(shared) == Some(at.get()));
    let make = shared.make.get_value();
    let content = move || {
        let id = id.get()?;
        let row = make(id);
        let mut cells = row.cells.into_iter();
        let lead = cells.next();
        let rest = shared.columns.with_value(|columns| {
            let rest = columns.iter().enumerate().skip(1).zip(cells);
            rest.map(|((n, column), content)| cell(n, column, content))
                .collect_view()
        });
        Some(view! {
            <div class="list__cell list__cell--lead" role="rowheader" aria-colindex="1" data-corner="top-start">
                <a
                    class="list__link"
                    href=row.href
                    tabindex=move || if is_stop.get() { "0" } else { "-1" }
                    on:focus=move |_| model.cursor.set(Some(id))
                >
                    {lead}
                </a>
            </div>
            {rest}
        })
    };
    view! {
        <div
            class="list__row"
            role="row"
            aria-rowindex=move || (at.get() + 2).to_string()
            data-at=move || at.get().to_string()
            style:--at=move || at.get().to_string()
        >
            {content}
        </div>
    }
}

fn cell(at: usize, column: &ListColumn, content: AnyView) -> impl IntoView + use<> {
    view! {
        <div
            class="list__cell"
            class:num=column.align == Align::End
            role="gridcell"
            aria-colindex=(at + 1).to_string()
            data-wide=column.wide.then_some("")
            data-corner=column.corner.map_or("none", super::Corner::code)
        >
            {content}
        </div>
    }
}

/// Goes back to where the list was left; to the top when something else is looked for or the
/// order is another. The focus stays on its record when that comes to stand elsewhere.
pub(super) fn keep_place(shared: Shared) {
    let model = shared.model;
    let scroll_to = move |top: f64| {
        if let Some(scroller) = shared.scroller.get_untracked() {
            // Whole pixels are what scrolling has.
            scroller.set_scroll_top(top.round() as i32);
            model.scrolled.set(f64::from(scroller.scroll_top()));
        }
    };
    // Once there is something to scroll.
    Effect::new(move |done: Option<bool>| {
        let ready = shared.row.get() > 0.0 && shared.scroller.get().is_some();
        if done != Some(true) && ready {
            let top = model.scrolled.get_untracked();
            request_animation_frame(move || scroll_to(top));
            return true;
        }
        done == Some(true)
    });
    Effect::watch(
        move || (model.query.get(), model.sort.get()),
        move |now, before, _| {
            if before.is_some_and(|before| before != now) {
                scroll_to(0.0);
            }
        },
        false,
    );
    Effect::watch(
        move || model.order.track(),
        move |(), _, _| {
            let shared = shared;
            request_animation_frame(move || keys::follow_focus(shared));
        },
        false,
    );
}

/// The row of a place, when it is in the page.
pub(super) fn link_at(shared: Shared, at: usize) -> Option<web_sys::HtmlElement> {
    let scroller = shared.scroller.try_get_untracked().flatten()?;
    let selector = format!(".list__row[data-at=\"{at}\"] .list__link");
    let found = scroller.query_selector(&selector).ok()??;
    found.dyn_into().ok()
}
