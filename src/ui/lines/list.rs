//! The list of lines, and the box that adds to it.

use crate::app::form::line::LineForm;
use crate::app::form::lists;
use crate::domain::change::Kind;
use crate::domain::command::OrNew;
use crate::domain::ids::ProductId;
use crate::domain::money::Currency;
use crate::domain::order::Order;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A line as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRow {
    /// Tells the lines apart; the same as long as it is the same line.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// How it is priced, in words.
    pub how: String,
    /// What it comes to.
    pub total: String,
}

/// The lines in a table: what, how priced, total. A press on the name opens a line; its buttons,
/// or Alt with the arrow keys on the name, move it.
#[component]
pub fn LineList(
    /// The lines, in order.
    #[prop(into)]
    lines: Signal<Vec<LineRow>>,
    /// Called with the key of the line to be opened.
    #[prop(into)]
    on_open: UnsyncCallback<String>,
    /// Called with the key of a line and its new place, from 0.
    #[prop(into)]
    on_move: UnsyncCallback<(String, usize)>,
    /// Called with the key of the line to be taken out.
    #[prop(into)]
    on_remove: UnsyncCallback<String>,
) -> impl IntoView {
    let store = use_store();
    let body = NodeRef::<html::Tbody>::new();
    let shift = move |key: String, by: isize| {
        let found = lines.with_untracked(|all| {
            let at = all.iter().position(|l| l.key == key)?;
            let to = at.checked_add_signed(by).filter(|to| *to < all.len())?;
            Some((to, all[at].name.clone(), all.len()))
        });
        let Some((to, name, count)) = found else {
            return;
        };
        on_move.run((key, to));
        store.announce(format!("{name}: now line {} of {count}", to + 1));
        focus_line(body, to, by);
    };
    let remove = move |key: String| {
        on_remove.run(key);
        crate::ui::nav::rescue_focus();
    };
    view! {
        <table class="lines">
            <caption class="visually-hidden">"Lines"</caption>
            <thead class="visually-hidden">
                <tr><th scope="col">"What"</th><th scope="col">"Total"</th><th scope="col">"Actions"</th></tr>
            </thead>
            <tbody node_ref=body>
                <For each=move || lines.get() key=|line| line.key.clone() let:line>
                    <Line
                        key=line.key
                        lines
                        on_open
                        shift=move |(key, by)| shift(key, by)
                        on_remove=remove
                    />
                </For>
            </tbody>
        </table>
    }
}

/// One line.
#[component]
fn Line(
    /// Which.
    key: String,
    /// All of them.
    lines: Signal<Vec<LineRow>>,
    /// Called with its key to open it.
    on_open: UnsyncCallback<String>,
    /// Called with its key to move it by so many places.
    #[prop(into)]
    shift: UnsyncCallback<(String, isize)>,
    /// Called with its key to take it out.
    #[prop(into)]
    on_remove: UnsyncCallback<String>,
) -> impl IntoView {
    let key = StoredValue::new(key);
    // Its place, how many there are, and itself; kept while it goes.
    let here = Memo::new(move |before: Option<&(usize, usize, LineRow)>| {
        let found = lines.with(|all| {
            let at = all
                .iter()
                .position(|l| key.with_value(|key| l.key == *key))?;
            Some((at, all.len(), all[at].clone()))
        });
        let blank = || LineRow {
            key: key.get_value(),
            name: String::new(),
            how: String::new(),
            total: String::new(),
        };
        found.or(before.cloned()).unwrap_or_else(|| (0, 1, blank()))
    });
    let name = move || here.with(|(_, _, line)| line.name.clone());
    let step = move |by: isize| shift.run((key.get_value(), by));
    let on_key = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => -1,
            "ArrowDown" if event.alt_key() => 1,
            _ => return,
        };
        event.prevent_default();
        step(by);
    };
    view! {
        <tr class="lines__line" data-line=key.get_value()>
            <th scope="row" class="lines__what">
                <button
                    type="button"
                    class="lines__name"
                    title="Change this line"
                    aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                    on:click=move |_| on_open.run(key.get_value())
                    on:keydown=on_key
                >
                    {name}
                </button>
                <span class="lines__how">{move || here.with(|(_, _, line)| line.how.clone())}</span>
            </th>
            <td class="lines__total">{move || here.with(|(_, _, line)| line.total.clone())}</td>
            <td class="lines__actions">
                <IconButton label=move || format!("Move {} up", name()) glyph=Glyph::ChevronUp size=ButtonSize::Small class="lines__up" disabled=move || here.with(|(at, ..)| *at == 0) on_click=move |_| step(-1)/>
                <IconButton label=move || format!("Move {} down", name()) glyph=Glyph::ChevronDown size=ButtonSize::Small class="lines__down" disabled=move || here.with(|(at, all, _)| at + 1 >= *all) on_click=move |_| step(1)/>
                <IconButton label=move || format!("Remove {}", name()) glyph=Glyph::Trash size=ButtonSize::Small on_click=move |_| on_remove.run(key.get_value())/>
            </td>
        </tr>
    }
}

/// Gives a line moved to this place the focus again, which the browser takes from what is moved: to the
/// button that was used where that still works, else to its name.
fn focus_line(body: NodeRef<html::Tbody>, place: usize, by: isize) {
    let active = document().active_element();
    let by_button = active.is_some_and(|e| !e.class_list().contains("lines__name"));
    let button = match (by_button, by < 0) {
        (false, _) => ".lines__name",
        (true, true) => ".lines__up:not(:disabled)",
        (true, false) => ".lines__down:not(:disabled)",
    };
    let row = format!("tr:nth-child({})", place + 1);
    request_animation_frame(move || {
        let Some(body) = body.try_get_untracked().flatten() else {
            return;
        };
        let find = |what: &str| {
            let found = body.query_selector(&format!("{row} {what}")).ok()??;
            found.dyn_into::<HtmlElement>().ok()
        };
        if let Some(element) = find(button).or_else(|| find(".lines__name")) {
            // Fails only for an element that is gone.
            let _ = element.focus();
        }
    });
}

/// The products that can be offered, with `chosen` among them.
pub(super) fn products(
    store: Store,
    chosen: impl Fn() -> Option<OrNew<ProductId>> + Send + Sync + 'static,
) -> Memo<Vec<ComboOption>> {
    Memo::new(move |_| {
        store.track_kind(Kind::Product);
        let chosen = chosen();
        store.with(|s| {
            let state = &s.world().state;
            let is_chosen = |id: ProductId| chosen == Some(OrNew::Known(id));
            let table = state.tables.products.iter();
            let mut all: Vec<_> = table.filter(|p| !p.retired || is_chosen(p.id)).collect();
            all.order_by_key(|p| (p.name.to_lowercase(), p.id));
            let mut options: Vec<ComboOption> = Vec::with_capacity(all.len() + 1);
            match &chosen {
                Some(OrNew::New(name)) => options.push(ComboOption {
                    id: format!("+{name}"),
                    label: name.clone(),
                    detail: "new".into(),
                }),
                // One that was deleted since keeps its name here.
                Some(OrNew::Known(id)) if state.tables.products.get(*id).is_none() => {
                    options.push(ComboOption {
                        id: id.to_string(),
                        label: state.name_of((*id).into()),
                        detail: "deleted".into(),
                    });
                }
                _ => {}
            }
            options.extend(all.into_iter().map(|p| {
                let price = p.price.map(|price| match p.period {
                    Some(period) => format!("{} {}", fmt::money(price), period.label()),
                    None => fmt::money(price),
                });
                let parts = [Some(p.code.clone()), Some(p.series.clone()), price];
                let parts: Vec<String> = parts
                    .into_iter()
                    .flatten()
                    .filter(|t| !t.is_empty())
                    .collect();
                ComboOption {
                    id: p.id.to_string(),
                    label: p.name.clone(),
                    detail: parts.join(" · "),
                }
            }));
            options
        })
    })
}

/// A box to add a line by typing: a product of the catalogue, one to be added to it, or
/// something of its own.
#[component]
pub fn AddLine(
    /// The currency of the deal.
    #[prop(into)]
    currency: Signal<Currency>,
    /// Called with the form of the line to be added.
    #[prop(into)]
    on_add: UnsyncCallback<LineForm>,
) -> impl IntoView {
    let store = use_store();
    let options = products(store, || None);
    let begin = move |product: Option<OrNew<ProductId>>| {
        let mut form = LineForm::blank(currency.get_untracked());
        store.with(|s| form.choose(s.world(), product));
        on_add.run(form);
    };
    view! {
        <div class="lines-add">
            <Combobox
                options
                value=""
                label="Add a product"
                placeholder="Add a product: search or create"
                on_pick=move |id: String| begin(id.parse().ok().map(OrNew::Known))
                on_create=move |name| begin(Some(OrNew::New(name)))
            />
            <Button icon=Glyph::Plus on_click=move |_| begin(None)>"Something else"</Button>
        </div>
    }
}

/// Currency codes to choose from.
pub(super) fn currencies(store: Store) -> Vec<String> {
    store.with(|s| lists::currencies(s.world()))
}
