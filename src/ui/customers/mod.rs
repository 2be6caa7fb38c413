//! After the sale: customers, renewals, whitespace.

use leptos::prelude::*;

use crate::ui::frame::TopBar;

/// The view.
#[component]
pub fn CustomersView() -> impl IntoView {
    view! {
        <TopBar title="Customers"/>
        <div class="page"></div>
    }
}
