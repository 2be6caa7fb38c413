//! The catalogue.

mod form;
mod list;

use crate::app::form::line::ProductForm;
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::ids::ProductId;
use crate::ui::frame::TopBar;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The list, and over it the form of the product the address names.
#[component]
pub fn ProductsView() -> impl IntoView {
    let store = use_store();
    let route = nav::use_route();
    // What is being filled in: a new product, or the one the address names.
    let adding = RwSignal::new(false);
    let named = Memo::new(move |_| match route.get() {
        Route::Products(id) => id,
        _ => None,
    });
    let form = Memo::new(move |_| {
        let home = |s: &crate::app::session::Session| s.world().state.workspace().currency;
        if adding.get() {
            return Some(store.with(|s| ProductForm::blank(home(s))));
        }
        let id: ProductId = named.get()?;
        store.with(|s| {
            let product = s.world().state.tables.products.get(id)?;
            Some(ProductForm::of(product, home(s)))
        })
    });
    let gone = Memo::new(move |_| {
        named.get().is_some_and(|id| {
            store.track(id);
            store.with(|s| s.world().state.tables.products.get(id).is_none())
        })
    });
    let none = Memo::new(move |_| {
        store.track_kind(Kind::Product);
        store.with(|s| s.world().state.tables.products.iter().next().is_none())
    });
    let close = move || {
        adding.set(false);
        if named.get_untracked().is_some() {
            nav::back_or(Route::Products(None));
        }
    };
    view! {
        <div class="list-view">
            <TopBar title="Products">
                <Button icon=Glyph::Plus on_click=move |_| adding.set(true)>"Add product"</Button>
            </TopBar>
            {move || gone.get().then(|| view! {
                <Banner title="This product is not there" text="It may have been deleted, here or in another tab. The history can bring it back." on_dismiss=move |()| nav::replace(Route::Products(None))/>
            })}
            {move || if none.get() {
                view! {
                    <Empty glyph=Glyph::Tag title="No products yet" text="What you sell, with prices: lines on deals take both from here.">
                        <Button kind=ButtonKind::Primary icon=Glyph::Plus on_click=move |_| adding.set(true)>"Add product"</Button>
                    </Empty>
                }.into_any()
            } else {
                view! { <list::ProductList/> }.into_any()
            }}
            <form::ProductDialog form on_close=move |()| close()/>
        </div>
    }
}
