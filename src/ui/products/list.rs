//! The list of products.

use crate::app::list::{Sort, SortKey};
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, IdMap, ProductId};
use crate::domain::order::Order;
use crate::domain::party::Product;
use crate::domain::query::lines;
use crate::domain::query::words::fold;
use crate::ui::customers::DealsDialog;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;

const COLUMNS: [ListColumn; 7] = [
    ListColumn::new("name", "Name", "minmax(12rem, 2.2fr)"),
    ListColumn::new("code", "Code", "minmax(5rem, .8fr)").corner(Corner::BottomStart),
    ListColumn::new("series", "Series", "minmax(6rem, 1fr)").wide(),
    ListColumn::new("price", "List price", "minmax(6rem, .8fr)")
        .numeric()
        .corner(Corner::TopEnd),
    ListColumn::new("period", "Paid", "minmax(5.5rem, .7fr)").corner(Corner::BottomEnd),
    ListColumn::new("deals", "Deals", "4.5rem").numeric(),
    ListColumn::new("state", "Offered", "minmax(4.5rem, .5fr)").wide(),
];

/// How many deals have a product.
fn used(store: Store) -> Memo<IdMap<ProductId, i64>> {
    Memo::new(move |_| {
        store.track_kind(Kind::Deal);
        store.with(|s| {
            let mut count: IdMap<ProductId, i64> = IdMap::default();
            for deal in s.world().state.tables.deals.iter() {
                for product in lines::products(deal) {
                    *count.entry(product).or_default() += 1;
                }
            }
            count
        })
    })
}

/// The deals with a product, open ones first.
fn deals_with(store: Store, product: ProductId) -> Vec<DealId> {
    store.with(|s| {
        let deals = s.world().state.tables.deals.iter();
        let mut all: Vec<_> = deals
            .filter(|d| lines::products(d).contains(&product))
            .collect();
        all.order_by_key(|d| {
            let open = d.outcome.status() == Status::Open;
            (!open, std::cmp::Reverse(d.created), d.id)
        });
        all.into_iter().map(|d| d.id).collect()
    })
}

/// The list.
#[component]
pub(super) fn ProductList() -> impl IntoView {
    let store = use_store();
    let used = used(store);
    let retired = RwSignal::new(false);
    let series = RwSignal::new(String::new());
    let product = move |id: u64| {
        store.with(|s| {
            let products = &s.world().state.tables.products;
            products.get(ProductId(id)).cloned()
        })
    };
    let rows = move || {
        store.track_kind(Kind::Product);
        store.with(|s| {
            let products = s.world().state.tables.products.iter();
            let mut all: Vec<(u64, String)> = products
                .map(|p| {
                    let text = format!("{}\n{}\n{}", p.name, p.code, p.series);
                    (p.id.0, fold(&text))
                })
                .collect();
            all.order_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
            all
        })
    };
    let keys = move |by: &'static str, ids: &[u64]| {
        let key = |id: &u64| {
            let Some(p) = product(*id) else {
                return SortKey::Nothing;
            };
            match by {
                "code" => SortKey::text(&p.code),
                "series" => SortKey::text(&p.series),
                "price" => SortKey::number(p.price.map(|m| m.minor)),
                "period" => SortKey::Number(p.period.map_or(0, |p| p.months().into())),
                "deals" => SortKey::Number(used.with(|u| u.get(&p.id).copied().unwrap_or(0))),
                "state" => SortKey::Number(i64::from(p.retired)),
                _ => SortKey::text(&p.name),
            }
        };
        ids.iter().map(key).collect()
    };
    let keep = move || -> Option<Keep> {
        store.track_kind(Kind::Product);
        let (all, series) = (retired.get(), series.get());
        Some(Box::new(move |id| {
            product(id)
                .is_some_and(|p| (all || !p.retired) && (series.is_empty() || p.series == series))
        }))
    };
    let model = use_list(
        "products",
        Sort::up("name"),
        ListData {
            rows: Box::new(rows),
            keys: Box::new(keys),
            keep: Box::new(keep),
        },
    );
    let behind = RwSignal::new(None::<(String, Vec<DealId>)>);
    let row = move |id: u64| {
        store.track(ProductId(id));
        let count = used.with(|u| u.get(&ProductId(id)).copied().unwrap_or(0));
        let cells = product(id).map(|p| cells(store, model, p, count, behind));
        ListRow {
            href: Route::Products(Some(ProductId(id))).print(),
            cells: cells.unwrap_or_default(),
        }
    };
    let all_series = Memo::new(move |_| {
        store.track_kind(Kind::Product);
        store.with(|s| crate::ui::customers::series(&s.world().state))
    });
    let options = move || {
        let all = all_series.get().into_iter();
        all.map(|s| Choice::new(s.clone(), s)).collect::<Vec<_>>()
    };
    view! {
        <div class="list-view__body">
            <ListTools model columns=COLUMNS.to_vec() nouns=("product", "products")>
                <Select class="list-tools__filter" label="Series" options=Signal::derive(options) value=series on_change=move |s| series.set(s) placeholder="All series"/>
                <Checkbox label="Show retired" checked=retired on_change=move |on| retired.set(on)/>
            </ListTools>
            <List
                model
                label="Products"
                columns=COLUMNS.to_vec()
                row
                empty=|| view! { <Empty glyph=Glyph::Search title="No products found" text="Other products are there; search and filters leave them out."/> }
            />
            <DealsDialog what=behind/>
        </div>
    }
}

fn cells(
    store: Store,
    model: ListModel,
    p: Product,
    count: i64,
    behind: RwSignal<Option<(String, Vec<DealId>)>>,
) -> Vec<AnyView> {
    let price = p.price.map(fmt::money).unwrap_or_default();
    let period = p.period.map_or("once", |p| p.label());
    let (id, name) = (p.id, p.name.clone());
    let retired = p.retired;
    let deals = if count == 0 {
        view! { <span class="list__mute">"0"</span> }.into_any()
    } else {
        let label = format!("Deals with {name}: {count}");
        view! {
            <button type="button" class="sell-count" tabindex=move || if model.is_current(id.0) { "0" } else { "-1" } aria-label=label on:click=move |_| behind.set(Some((format!("Deals with {name}"), deals_with(store, id))))>
                {count}
            </button>
        }
        .into_any()
    };
    vec![
        view! {
            <span>{p.name}</span>
            {retired.then(|| view! { <Chip tone=Tone::Warn>"Retired"</Chip> })}
        }
        .into_any(),
        view! { <span class="list__mute">{p.code}</span> }.into_any(),
        p.series.into_any(),
        price.into_any(),
        view! { <span class="list__mute">{period}</span> }.into_any(),
        deals,
        if retired { "no" } else { "yes" }.into_any(),
    ]
}
