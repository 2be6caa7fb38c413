//! The table of organisations by products, each spot a button.

use crate::app::route::Route;
use crate::domain::ids::{OrgId, ProductId};
use crate::domain::query::whitespace::{Spot, Whitespace as Facts};
use crate::shell::intl;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Rows in the page at first; more on request, so that thousands cost nothing.
const PAGE: usize = 60;
/// Columns in the page; a series is chosen to see others.
const WIDE: usize = 40;

/// A spot of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At {
    /// Whose.
    pub org: OrgId,
    /// Of what.
    pub product: ProductId,
}

/// The table. One Tab leads to the spots; there the arrow keys, Home, End, Page Up and Page
/// Down move, and Enter opens.
#[component]
pub(super) fn Spots(
    /// What it shows.
    facts: Memo<Facts>,
    /// Called with the spot pressed.
    #[prop(into)]
    on_press: UnsyncCallback<At>,
) -> impl IntoView {
    let store = use_store();
    let most = RwSignal::new(PAGE);
    let table = NodeRef::<html::Table>::new();
    // The spot Tab leads to: row and column.
    let stop = RwSignal::new((0_usize, 0_usize));
    Effect::watch(
        move || facts.with(|f| (f.rows.len(), f.products.len())),
        move |(rows, columns), _, _| {
            let (row, column) = stop.get_untracked();
            let kept = (
                row.min(rows.saturating_sub(1)),
                column.min(columns.saturating_sub(1)),
            );
            stop.set(kept);
        },
        false,
    );
    let name = move |product: ProductId| store.with(|s| s.world().state.name_of(product.into()));
    let heads = move || {
        facts.with(|f| {
            let all = f.products.iter().take(WIDE);
            all.map(|id| {
                let name = name(*id);
                view! { <th scope="col" class="spots__product"><span title=name.clone()>{name.clone()}</span></th> }
            })
            .collect_view()
        })
    };
    let totals = move || {
        facts.with(|f| {
            let all = f.totals.iter().take(WIDE);
            all.map(|(won, open)| view! { <td class="spots__total"><strong>{*won}</strong><span>{format!("{open} open")}</span></td> })
                .collect_view()
        })
    };
    let row = move |(n, org, spots): (usize, OrgId, Vec<Spot>)| {
        let org_name = store.with(|s| s.world().state.name_of(org.into()));
        let products = facts.with(|f| f.products.clone());
        let cells = spots.into_iter().zip(products).take(WIDE).enumerate();
        let cells = cells.map(|(column, (spot, product))| {
            let here = At { org, product };
            let is_stop = move || stop.get() == (n, column);
            let label = format!("{}, {}: {}", org_name, name(product), words(spot));
            view! {
                <td class="spots__cell">
                    <button
                        type="button"
                        class=class_of(spot)
                        data-row=n.to_string()
                        data-column=column.to_string()
                        tabindex=move || if is_stop() { "0" } else { "-1" }
                        aria-label=label.clone()
                        title=label
                        on:focus=move |_| stop.set((n, column))
                        on:click=move |_| on_press.run(here)
                    >
                        {face(spot)}
                    </button>
                </td>
            }
        });
        let cells = cells.collect_view();
        view! {
            <tr>
                <th scope="row" class="spots__org"><a class="sell-link" href=Route::Organisation(org).print() tabindex="-1">{org_name.clone()}</a></th>
                {cells}
            </tr>
        }
    };
    let rows = move || {
        facts.with(|f| {
            let all = f.rows.iter().take(most.get()).enumerate();
            all.map(|(n, (org, spots))| (n, *org, spots.clone()))
                .collect::<Vec<_>>()
        })
    };
    let left = move || facts.with(|f| f.rows.len()).saturating_sub(most.get());
    let hidden = move || facts.with(|f| f.products.len()).saturating_sub(WIDE);
    view! {
        <p class="spots-key">
            <span><span class="spot spot--won"><Icon glyph=Glyph::Check/></span>"bought"</span>
            <span><span class="spot spot--open"><Icon glyph=Glyph::Clock/></span>"in an open deal"</span>
            <span><span class="spot spot--white"><Icon glyph=Glyph::Plus/></span>"room for more"</span>
        </p>
        <div class="spots" role="region" aria-label="Whitespace" on:keydown=move |event| key(table, stop, &event)>
            <table class="spots__table" node_ref=table>
                <caption class="visually-hidden">"Organisations by products: bought, in an open deal, or neither"</caption>
                <thead>
                    <tr>
                        <th scope="col" class="spots__corner">"Organisation"</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{move || rows().into_iter().map(row).collect_view()}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row" class="spots__corner">"Bought by"</th>
                        {totals}
                    </tr>
                </tfoot>
            </table>
        </div>
        {move || (left() > 0).then(|| view! {
            <Button class="sell-more" on_click=move |_| most.update(|n| *n += PAGE)>
                {format!("Show more organisations ({} left)", left())}
            </Button>
        })}
        {move || (hidden() > 0).then(|| view! {
            <p class="list__mute">{format!("{} are not shown. Choose a series to see others.", intl::count(hidden(), "more product", "more products"))}</p>
        })}
    }
}

fn words(spot: Spot) -> String {
    let deals = |n: u32| intl::count(n as usize, "deal", "deals");
    match (spot.won, spot.open) {
        (0, 0) => String::from("nothing yet, start a deal"),
        (won, 0) => format!("bought, {}", deals(won)),
        (0, open) => format!("{} open", deals(open)),
        (won, open) => format!("bought, {}, and {} open", deals(won), deals(open)),
    }
}

fn class_of(spot: Spot) -> &'static str {
    match (spot.won > 0, spot.open > 0) {
        (true, true) => "spot spot--won spot--both",
        (true, false) => "spot spot--won",
        (false, true) => "spot spot--open",
        (false, false) => "spot spot--white",
    }
}

fn face(spot: Spot) -> impl IntoView {
    let glyph = match (spot.won > 0, spot.open > 0) {
        (true, _) => Glyph::Check,
        (false, true) => Glyph::Clock,
        (false, false) => Glyph::Plus,
    };
    // What its name says too.
    let count = if spot.won > 0 { spot.won } else { spot.open };
    view! {
        <Icon glyph/>
        {(count > 1).then(|| view! { <span>{count}</span> })}
    }
}

/// Moves among the spots.
fn key(table: NodeRef<html::Table>, stop: RwSignal<(usize, usize)>, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    if !target.is_some_and(|t| t.has_attribute("data-column")) {
        return;
    }
    let (row, column) = stop.get_untracked();
    let next = match event.key().as_str() {
        "ArrowRight" => (row, column + 1),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "ArrowDown" => (row + 1, column),
        "ArrowUp" => (row.saturating_sub(1), column),
        "PageDown" => (row + 10, column),
        "PageUp" => (row.saturating_sub(10), column),
        "Home" => (row, 0),
        "End" => (row, usize::MAX),
        _ => return,
    };
    event.prevent_default();
    let Some(table) = table.get_untracked() else {
        return;
    };
    let rows = table.rows().length() as usize;
    let columns = table
        .query_selector_all("thead .spots__product")
        .map_or(0, |all| all.length() as usize);
    // Without head and foot.
    let next = (
        next.0.min(rows.saturating_sub(3)),
        next.1.min(columns.saturating_sub(1)),
    );
    let selector = format!("[data-row=\"{}\"][data-column=\"{}\"]", next.0, next.1);
    let found = table.query_selector(&selector).ok().flatten();
    if let Some(button) = found.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        // Fails only for an element that is gone.
        let _ = button.focus();
    }
}
