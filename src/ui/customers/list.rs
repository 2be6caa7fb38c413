//! The list of customers.

use super::chain::ChainSheet;
use super::health::{HealthChip, HealthDialog};
use crate::app::list::{Sort, SortKey};
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::ids::{IdMap, OrgId};
use crate::domain::money::Sums;
use crate::domain::order::Order;
use crate::domain::party::Health;
use crate::domain::query::customers::{Customer, customers};
use crate::domain::query::words::fold;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;
use std::sync::Arc;

const COLUMNS: [ListColumn; 9] = [
    ListColumn::new("name", "Customer", "minmax(11rem, 2fr)"),
    ListColumn::new("since", "Since", "minmax(6rem, .8fr)").wide(),
    ListColumn::new("value", "Won", "minmax(5rem, .8fr)")
        .numeric()
        .corner(Corner::TopEnd),
    ListColumn::new("mrr", "MRR", "minmax(5rem, .7fr)").numeric(),
    ListColumn::new("health", "Health", "minmax(8.5rem, .9fr)").corner(Corner::BottomStart),
    ListColumn::new("renewal", "Next renewal", "minmax(7rem, .9fr)").corner(Corner::BottomEnd),
    ListColumn::new("activity", "Last activity", "minmax(7rem, .9fr)")
        .largest_first()
        .wide(),
    ListColumn::new("upsell", "Open upsell", "minmax(6rem, .8fr)").numeric(),
    ListColumn::new("deals", "Deals", "4.5rem").numeric(),
];

/// All customers, by organisation.
type Known = Arc<IdMap<OrgId, Customer>>;

fn follow(store: Store) -> Memo<Known> {
    Memo::new(move |_| {
        for kind in [Kind::Deal, Kind::Organisation, Kind::Activity] {
            store.track_kind(kind);
        }
        let today = store.tick().today;
        let all = store.with(|s| customers(s.world(), today));
        Arc::new(all.into_iter().map(|c| (c.org, c)).collect())
    })
}

/// The largest of a few sums: what sorting goes by where there are several currencies.
fn largest(sums: &Sums) -> SortKey {
    let most = sums.iter().map(|(_, n)| n).max();
    SortKey::number(most.map(|n| i64::try_from(n).unwrap_or(i64::MAX)))
}

fn rank(health: Option<Health>) -> SortKey {
    SortKey::number(health.map(|h| match h {
        Health::Risk => 0,
        Health::Watch => 1,
        Health::Good => 2,
    }))
}

/// The list, searched, sorted and filtered by health.
#[component]
pub(super) fn CustomerList() -> impl IntoView {
    let store = use_store();
    let known = follow(store);
    let shown = RwSignal::new(String::new());
    let health_of =
        move |org: OrgId| store.with(|s| s.world().state.tables.organisations.get(org)?.health);
    let rows = move || {
        let mut all: Vec<(String, u64)> = known.with(|known| {
            store.with(|s| {
                let orgs = &s.world().state.tables.organisations;
                let name = |org: &OrgId| orgs.get(*org).map(|o| (fold(&o.name), o.id.0));
                known.keys().filter_map(name).collect()
            })
        });
        all.order();
        all.into_iter().map(|(name, id)| (id, name)).collect()
    };
    let keys = move |by: &'static str, ids: &[u64]| {
        known.with(|known| {
            let key = |id: &u64| {
                let Some(c) = known.get(&OrgId(*id)) else {
                    return SortKey::Nothing;
                };
                match by {
                    "since" => SortKey::Number(days(c.since)),
                    "value" => largest(&c.value),
                    "mrr" => largest(&c.arr),
                    "health" => rank(health_of(c.org)),
                    "renewal" => SortKey::number(c.renewal.map(|(_, on)| days(on))),
                    "activity" => SortKey::number(c.last_activity),
                    "upsell" => largest(&c.upsell),
                    "deals" => SortKey::number(i64::try_from(c.won).ok()),
                    _ => store.with(|s| SortKey::text(&s.world().state.name_of(c.org.into()))),
                }
            };
            ids.iter().map(key).collect()
        })
    };
    let keep = move || -> Option<Keep> {
        store.track_kind(Kind::Organisation);
        let wanted = Health::from_code(&shown.get())?;
        Some(Box::new(move |id| health_of(OrgId(id)) == Some(wanted)))
    };
    let model = use_list(
        "customers",
        Sort::up("name"),
        ListData {
            rows: Box::new(rows),
            keys: Box::new(keys),
            keep: Box::new(keep),
        },
    );
    let (asking, chain) = (RwSignal::new(None::<OrgId>), RwSignal::new(None::<OrgId>));
    let row = move |id: u64| {
        let org = OrgId(id);
        store.track(org);
        let customer = known.with(|known| known.get(&org).cloned());
        ListRow {
            href: Route::Organisation(org).print(),
            cells: customer
                .map(|c| cells(store, model, &c, asking, chain))
                .unwrap_or_default(),
        }
    };
    let options: Vec<Choice> = Health::ALL
        .iter()
        .map(|h| Choice::new(h.code(), h.label()))
        .collect();
    view! {
        <div class="list-view__body">
            <ListTools model columns=COLUMNS.to_vec() nouns=("customer", "customers")>
                <Select class="list-tools__filter" label="Health" options=Signal::stored(options) value=shown on_change=move |code| shown.set(code) placeholder="Any health"/>
            </ListTools>
            <List
                model
                label="Customers"
                columns=COLUMNS.to_vec()
                row
                empty=move || view! {
                    <Empty glyph=Glyph::Heart title="No customers here" text="An organisation becomes a customer with its first won deal."/>
                }
            />
            <HealthDialog of=asking/>
            <ChainSheet of=chain/>
        </div>
    }
}

fn days(date: chrono::NaiveDate) -> i64 {
    (date - chrono::NaiveDate::default()).num_days()
}

fn cells(
    store: Store,
    model: ListModel,
    c: &Customer,
    asking: RwSignal<Option<OrgId>>,
    chain: RwSignal<Option<OrgId>>,
) -> Vec<AnyView> {
    let org = c.org;
    let (name, health, note) = store.with(|s| {
        let org = s.world().state.tables.organisations.get(org);
        org.map(|o| (o.name.clone(), o.health, o.health_note.clone()))
            .unwrap_or_default()
    });
    let today = store.moment().today;
    let tab = move || if model.is_current(org.0) { "0" } else { "-1" };
    let renewal = c.renewal.map(|(_, on)| (fmt::day_month(on), on < today));
    let upsell = match (c.upsells, c.upsell.iter().next()) {
        (0, _) => String::new(),
        (n, None) => crate::shell::intl::count(n, "deal", "deals"),
        _ => fmt::sums_compact(&c.upsell),
    };
    let won = c.won;
    let (ask_label, chain_label) = (
        format!(
            "Health of {name}: {}",
            health.map_or("not set", Health::label)
        ),
        format!("Deals of {name} over time: {}", c.won),
    );
    vec![
        view! { <span>{name}</span> }.into_any(),
        fmt::date(c.since).into_any(),
        view! { <span title=fmt::sums(&c.value)>{fmt::sums_compact(&c.value)}</span> }.into_any(),
        fmt::sums_compact(&c.mrr()).into_any(),
        view! {
            <button type="button" class="sell-health" tabindex=tab title=note aria-label=ask_label on:click=move |_| asking.set(Some(org))>
                <HealthChip health/>
            </button>
        }
        .into_any(),
        renewal
            .map(|(on, late)| view! { <span class:sell-late=late>{on}{late.then_some(", overdue")}</span> })
            .into_any(),
        view! { <span class="list__mute">{c.last_activity.map(fmt::since)}</span> }.into_any(),
        upsell.into_any(),
        view! {
            <button type="button" class="sell-count" tabindex=tab aria-label=chain_label on:click=move |_| chain.set(Some(org))>{won}</button>
        }
        .into_any(),
    ]
}
