//! From lead to customer.

use leptos::prelude::*;

/// From lead to customer.
#[component]
pub fn FunnelPage() -> impl IntoView {
    view! { <section class="insight__page"></section> }
}
