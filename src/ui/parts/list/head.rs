//! The heads of the columns.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{ListColumn, Shared};
use crate::ui::parts::dom::{all_matching, focus};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::popup::Align;

/// The row of heads: one stop for Tab, Left and Right move.
#[component]
pub(super) fn Head(
    /// The list.
    shared: Shared,
) -> impl IntoView {
    // The first one is never hidden for want of room.
    let first = shared.columns.with_value(|all| all.first().map(|c| c.key));
    let stop = RwSignal::new(first);
    let on_key = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" => 1_isize,
            "ArrowLeft" => -1,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let Some(scroller) = shared.scroller.get_untracked() else {
            return;
        };
        let heads = all_matching(scroller.unchecked_ref(), ".list__sort");
        let shown: Vec<_> = heads.iter().filter(|h| h.offset_width() > 0).collect();
        let here = shown.iter().position(|head| head.tab_index() == 0);
        let next = here.unwrap_or(0).saturating_add_signed(step);
        if let Some(head) = shown.get(next) {
            focus(head);
        }
    };
    let columns = shared.columns.get_value();
    let head = move |(at, column): (usize, ListColumn)| {
        let dir = move || shared.model.sort.get();
        let key = column.key;
        let is_by = move || dir().by == key;
        let aria_sort = move || match (is_by(), dir().descending) {
            (true, false) => Some("ascending"),
            (true, true) => Some("descending"),
            (false, _) => column.sortable.then_some("none"),
        };
        let glyph = move || match (is_by(), dir().descending) {
            (true, false) => Glyph::ArrowUp,
            (true, true) => Glyph::ArrowDown,
            (false, _) => Glyph::Sort,
        };
        let is_stop = move || stop.get() == Some(key);
        let content = if column.sortable {
            view! {
                <button
                    type="button"
                    class="list__sort"
                    tabindex=move || if is_stop() { "0" } else { "-1" }
                    on:focus=move |_| stop.set(Some(key))
                    on:click=move |_| shared.model.sort_by(key, column.largest_first)
                >
                    <span class="list__headtext">{column.label}</span>
                    {move || view! { <Icon glyph=glyph()/> }}
                </button>
            }
            .into_any()
        } else {
            view! { <span class="list__headtext list__headtext--plain">{column.label}</span> }
                .into_any()
        };
        view! {
            <div
                class="list__headcell"
                class:num=column.align == Align::End
                role="columnheader"
                data-wide=column.wide.then_some("")
                aria-colindex=(at + 1).to_string()
                aria-sort=aria_sort
            >
                {content}
            </div>
        }
    };
    view! {
        <div class="list__head" role="row" aria-rowindex="1" on:keydown=on_key>
            {columns.into_iter().enumerate().map(head).collect_view()}
        </div>
    }
}
