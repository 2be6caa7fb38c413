//! Where deals come from and what that costs.

use leptos::prelude::*;

/// Where deals come from and what that costs.
#[component]
pub fn SourcesPage() -> impl IntoView {
    view! { <section class="insight__page"></section> }
}
