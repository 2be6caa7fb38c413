//! The frame of a table: caption, head that stays in view, sorting.

use super::boxed::block;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::popup::Align;

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortDir {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// One column of a [`Table`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What the callbacks speak of; never shown.
    pub key: String,
    /// The heading.
    pub label: String,
    /// Numbers stand at the end, everything else at the start.
    pub align: Align,
    /// Whether its heading sorts.
    pub sortable: bool,
    /// The least width in CSS pixels, if it needs one.
    pub width: Option<u32>,
    /// Keeps the heading for assistive technology only (checkboxes, menus).
    pub label_hidden: bool,
}

impl Column {
    /// A sortable column of text.
    pub fn new(key: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            align: Align::Start,
            sortable: true,
            width: None,
            label_hidden: false,
        }
    }

    /// The same for numbers, which stand at the end. (Give its cells the class `num`.)
    #[must_use]
    pub fn numeric(mut self) -> Self {
        self.align = Align::End;
        self
    }

    /// The same, at least so many CSS pixels wide.
    #[must_use]
    pub fn width(mut self, px: u32) -> Self {
        self.width = Some(px);
        self
    }

    /// The same, not sortable.
    #[must_use]
    pub fn fixed(mut self) -> Self {
        self.sortable = false;
        self
    }

    /// The same, not sortable, with its heading for assistive technology only.
    #[must_use]
    pub fn unlabelled(mut self) -> Self {
        self.label_hidden = true;
        self.fixed()
    }
}

/// A semantic table in a box that scrolls by itself. The rows (`tr` with `td`, the first
/// telling cell a `th scope="row"`) are the caller's, and so is the sorting.
#[component]
pub fn Table(
    /// What the table holds, for assistive technology.
    #[prop(into)]
    caption: Signal<String>,
    /// The columns, in order.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
    /// The key of the column sorted by, and which way.
    #[prop(optional, into)]
    sort: Signal<Option<(String, SortDir)>>,
    /// Called with the key of the column whose heading was pressed.
    #[prop(optional, into)]
    on_sort: Option<UnsyncCallback<String>>,
    /// How many rows there are in all, when only some are in the page.
    #[prop(optional, into)]
    row_count: Signal<Option<usize>>,
    /// More classes for the box.
    #[prop(optional)]
    class: &'static str,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let head = move |column: Column| view! { <Head column sort on_sort/> };
    // Reachable by Tab, so that the arrow keys scroll it (WCAG 2.1.1).
    view! {
        <div class=format!("table {class}") role="region" aria-label=caption tabindex="0">
            <table class="table__grid" aria-rowcount=move || row_count.get().map(|count| (count + 1).to_string())>
                <caption class="visually-hidden">{caption}</caption>
                <thead class="table__head">
                    <tr>{block(move || columns.get().into_iter().map(head).collect_view())}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// One heading.
#[component]
fn Head(
    /// Its column.
    column: Column,
    /// The key of the column sorted by, and which way.
    sort: Signal<Option<(String, SortDir)>>,
    /// Called with its key when pressed.
    on_sort: Option<UnsyncCallback<String>>,
) -> impl IntoView {
    let Column {
        key,
        label,
        align,
        sortable,
        width,
        label_hidden,
    } = column;
    let key = StoredValue::new(key);
    let dir = move || {
        let (by, dir) = sort.get()?;
        key.with_value(|key| *key == by).then_some(dir)
    };
    let aria_sort = move || match dir() {
        Some(SortDir::Ascending) => Some("ascending"),
        Some(SortDir::Descending) => Some("descending"),
        None => sortable.then_some("none"),
    };
    let arrow = move || match dir() {
        Some(SortDir::Ascending) => Glyph::ArrowUp,
        Some(SortDir::Descending) => Glyph::ArrowDown,
        None => Glyph::Sort,
    };
    let content = match on_sort.filter(|_| sortable) {
        Some(on_sort) => view! {
            <button type="button" class="table__sort" on:click=move |_| on_sort.run(key.get_value())>
                <span>{label}</span>
                {block(move || view! { <Icon glyph=arrow()/> })}
            </button>
        }
        .into_any(),
        None => view! { <span class:visually-hidden=label_hidden>{label}</span> }.into_any(),
    };
    view! {
        <th
            scope="col"
            class:num=align == Align::End
            aria-sort=aria_sort
            style:min-width=width.map(|px| format!("{px}px"))
        >
            {content}
        </th>
    }
}
