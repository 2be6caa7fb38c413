//! The catalogue.

use leptos::prelude::*;

use crate::ui::frame::TopBar;

/// The view.
#[component]
pub fn ProductsView() -> impl IntoView {
    view! {
        <TopBar title="Products"/>
        <div class="page"></div>
    }
}
