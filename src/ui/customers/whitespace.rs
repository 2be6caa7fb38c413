//! Who could buy what: organisations by products.

use super::distinct;
use super::spots::{At, Spots};
use crate::app::form::sale::Further;
use crate::domain::change::Kind;
use crate::domain::deal::DealKind;
use crate::domain::ids::DealId;
use crate::domain::order::Order;
use crate::domain::query::whitespace::{
    Whitespace as Facts, WhitespaceFilter, deals_behind, last_won, whitespace,
};
use crate::domain::state::State;
use crate::ui::customers::DealsDialog;
use crate::ui::deal::further_deal;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;
use std::cell::RefCell;

thread_local! {
    /// The filter as it was left.
    static LEFT: RefCell<Option<WhitespaceFilter>> = const { RefCell::new(None) };
}

/// The table with its filters.
#[component]
pub(super) fn Whitespace() -> impl IntoView {
    let store = use_store();
    let begin = LEFT.with_borrow(Clone::clone);
    let filter = RwSignal::new(begin.unwrap_or(WhitespaceFilter {
        customers: true,
        ..WhitespaceFilter::default()
    }));
    on_cleanup(move || {
        LEFT.with_borrow_mut(|left| *left = filter.try_get_untracked());
    });
    let facts = Memo::new(move |_| {
        for kind in [Kind::Deal, Kind::Organisation, Kind::Product] {
            store.track_kind(kind);
        }
        filter.with(|filter| store.with(|s| whitespace(&s.world().state, filter)))
    });
    let behind = RwSignal::new(None::<(String, Vec<DealId>)>);
    let at = RwSignal::new(None::<At>);
    let sell = move |here: At| {
        let origin = store.with(|s| last_won(&s.world().state, here.org));
        further_deal(Further {
            organisation: Some(here.org),
            origin,
            // Without a sale before there is nothing to cross.
            kind: origin.map_or(DealKind::New, |_| DealKind::CrossSell),
            product: Some(here.product),
        });
    };
    let press = move |here: At| {
        let (deals, title) = store.with(|s| {
            let state = &s.world().state;
            let title = format!(
                "{} at {}",
                state.name_of(here.product.into()),
                state.name_of(here.org.into())
            );
            (deals_behind(state, here.org, here.product), title)
        });
        if deals.is_empty() {
            return sell(here);
        }
        at.set(Some(here));
        behind.set(Some((title, deals)));
    };
    let more = move || {
        view! {
            <Button
                icon=Glyph::Plus
                class="push"
                on_click=move |_| {
                    behind.set(None);
                    if let Some(here) = at.get_untracked() {
                        sell(here);
                    }
                }
            >
                "New deal with this product"
            </Button>
        }
    };
    view! {
        <div class="list-view__body">
            <Filters filter facts/>
            {move || if facts.with(|f| f.rows.is_empty() || f.products.is_empty()) {
                view! {
                    <Empty glyph=Glyph::Table title="Nothing to show" text="No organisation and product are left by these filters. Products come from the catalogue."/>
                }.into_any()
            } else {
                view! { <Spots facts on_press=press/> }.into_any()
            }}
            <DealsDialog what=behind footer=more/>
        </div>
    }
}

/// Names to choose from, by id.
fn named<T>(all: impl Iterator<Item = T>, get: impl Fn(&T) -> (String, String)) -> Vec<Choice> {
    let mut all: Vec<(String, String)> = all.map(|one| get(&one)).collect();
    all.order_by_key(|(name, id)| (name.to_lowercase(), id.clone()));
    let all = all.into_iter();
    all.map(|(name, id)| Choice::new(id, name)).collect()
}

fn territories(state: &State) -> Vec<Choice> {
    named(state.tables.territories.iter(), |t| {
        (t.name.clone(), t.id.to_string())
    })
}

fn owners(state: &State) -> Vec<Choice> {
    let used = |id| {
        state
            .tables
            .organisations
            .iter()
            .any(|o| o.owner == Some(id))
    };
    let people = state.tables.people.iter().filter(|p| used(p.id));
    named(people, |p| (p.name.clone(), p.id.to_string()))
}

fn texts(all: Vec<String>) -> Vec<Choice> {
    all.into_iter().map(|t| Choice::new(t.clone(), t)).collect()
}

fn industries(state: &State) -> Vec<Choice> {
    let orgs = state.tables.organisations.iter();
    texts(distinct(orgs.map(|o| o.industry.clone())))
}

/// Search, and who and what is shown. Choices of which there are none are left out.
#[component]
fn Filters(filter: RwSignal<WhitespaceFilter>, facts: Memo<Facts>) -> impl IntoView {
    let store = use_store();
    let lists = Memo::new(move |_| {
        for kind in [
            Kind::Organisation,
            Kind::Product,
            Kind::Person,
            Kind::Territory,
        ] {
            store.track_kind(kind);
        }
        store.with(|s| {
            let state = &s.world().state;
            [
                territories(state),
                owners(state),
                industries(state),
                texts(super::series(state)),
            ]
        })
    });
    let value = move |which: usize| {
        filter.with(|f| match which {
            0 => f.territory.map(|id| id.to_string()).unwrap_or_default(),
            1 => f.owner.map(|id| id.to_string()).unwrap_or_default(),
            2 => f.industry.clone(),
            _ => f.series.clone(),
        })
    };
    let set = move |which: usize, text: String| {
        filter.update(|f| match which {
            0 => f.territory = text.parse().ok(),
            1 => f.owner = text.parse().ok(),
            2 => f.industry = text,
            _ => f.series = text,
        });
    };
    let select = move |which: usize, label: &'static str, any: &'static str| {
        let some = Memo::new(move |_| lists.with(|l| !l[which].is_empty()));
        move || {
            some.get().then(|| {
                view! {
                    <Select
                        class="list-tools__filter"
                        label
                        options=Signal::derive(move || lists.with(|l| l[which].clone()))
                        value=Signal::derive(move || value(which))
                        on_change=move |text| set(which, text)
                        placeholder=any
                    />
                }
            })
        }
    };
    let count = move || {
        let n = facts.with(|f| f.rows.len());
        crate::shell::intl::count(n, "organisation", "organisations")
    };
    view! {
        <div class="list-tools">
            <TextInput
                class="list-tools__search"
                kind="search"
                icon=Glyph::Search
                label=String::from("Search organisations")
                placeholder=String::from("Search organisations")
                value=Signal::derive(move || filter.with(|f| f.text.clone()))
                on_input=move |text| filter.update(|f| f.text = text)
            />
            {select(0, "Territory", "All territories")}
            {select(1, "Owner", "All owners")}
            {select(2, "Industry", "All industries")}
            {select(3, "Series", "All series")}
            <Checkbox label="Customers only" checked=Signal::derive(move || filter.with(|f| f.customers)) on_change=move |on| filter.update(|f| f.customers = on)/>
            <p class="list-tools__count" role="status">{count}</p>
        </div>
    }
}
