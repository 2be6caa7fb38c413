//! After the sale: customers, renewals, whitespace.

mod chain;
mod deals;
mod health;
mod list;
mod renewals;
mod spots;
mod whitespace;

use crate::app::route::{CustomersPage, Route};
use crate::domain::order::Order;
use crate::domain::state::State;
use crate::ui::frame::TopBar;
use leptos::prelude::*;

pub use chain::Chain;
pub use deals::DealsDialog;
pub use health::{HealthChip, HealthDialog};

/// The view: a page, and the way to the others.
#[component]
pub fn CustomersView(
    /// Which page.
    page: CustomersPage,
) -> impl IntoView {
    let links = CustomersPage::ALL.map(|other| {
        let here = (other == page).then_some("page");
        view! { <li><a class="sell-tabs__tab" href=Route::Customers(other).print() aria-current=here>{other.title()}</a></li> }
    });
    let body = match page {
        CustomersPage::List => view! { <list::CustomerList/> }.into_any(),
        CustomersPage::Renewals => view! { <renewals::Renewals/> }.into_any(),
        CustomersPage::Whitespace => view! { <whitespace::Whitespace/> }.into_any(),
    };
    view! {
        <div class="list-view">
            <TopBar title=page.title()/>
            <nav class="sell-tabs" aria-label="After the sale">
                <ul class="sell-tabs__list">{links.into_iter().collect_view()}</ul>
            </nav>
            {body}
        </div>
    }
}

/// The series there are, in order.
pub fn series(state: &State) -> Vec<String> {
    let all = state.tables.products.iter().map(|p| p.series.clone());
    distinct(all)
}

/// Texts, each once, in order, without empty ones.
fn distinct(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = all.filter(|s| !s.trim().is_empty()).collect();
    all.order();
    all.dedup();
    all
}
