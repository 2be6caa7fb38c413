//! What stands above a list: search, order, count.

use leptos::prelude::*;

use super::{ListColumn, ListModel};
use crate::shell::intl;
use crate::ui::parts::choice::Choice;
use crate::ui::parts::icon::Glyph;
use crate::ui::parts::select::Select;
use crate::ui::parts::text::TextInput;

/// The search, the view's own filters, the order (in a narrow place, where there are no
/// heads) and how many rows are found.
#[component]
pub fn ListTools(
    /// The list's state.
    model: ListModel,
    /// Its columns.
    columns: Vec<ListColumn>,
    /// What a row is, one and many: ("contact", "contacts").
    nouns: (&'static str, &'static str),
    /// The view's own filters and buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (one, many) = nouns;
    let found = Memo::new(move |_| model.order.with(|order| order.len()));
    let count = move || {
        let (found, total) = (found.get(), model.total.get());
        if found == total {
            intl::count(total, one, many)
        } else {
            let found = intl::integer(i64::try_from(found).unwrap_or(i64::MAX));
            format!("{found} of {}", intl::count(total, one, many))
        }
    };
    let ways = columns.iter().filter(|c| c.sortable).flat_map(|column| {
        let (first, second) = if column.largest_first {
            (true, false)
        } else {
            (false, true)
        };
        let choice = |down: bool| {
            let way = if down { "descending" } else { "ascending" };
            Choice::new(code(column.key, down), format!("{}, {way}", column.label))
        };
        [choice(first), choice(second)]
    });
    let ways: Vec<Choice> = ways.collect();
    let keys: Vec<&'static str> = columns.iter().map(|c| c.key).collect();
    let order = move |chosen: String| {
        let (key, way) = chosen.split_once(' ').unwrap_or((&chosen, ""));
        if let Some(by) = keys.iter().find(|other| **other == key) {
            model.sort.update(|sort| {
                sort.by = by;
                sort.descending = way == "down";
            });
        }
    };
    view! {
        <div class="list-tools">
            <TextInput
                class="list-tools__search"
                kind="search"
                icon=Glyph::Search
                label=format!("Search {many}")
                placeholder=format!("Search {many}")
                value=model.query
                on_input=move |text| model.query.set(text)
            />
            {children.map(|children| children())}
            <div class="list-tools__order">
                <Select
                    label="Order"
                    options=Signal::stored(ways)
                    value=move || { let sort = model.sort.get(); code(sort.by, sort.descending) }
                    on_change=order
                />
            </div>
            <p class="list-tools__count" role="status">{count}</p>
        </div>
    }
}

fn code(key: &str, down: bool) -> String {
    format!("{key} {}", if down { "down" } else { "up" })
}
