//! What changed between two days.

use leptos::prelude::*;

/// What changed between two days.
#[component]
pub fn ChangesPage() -> impl IntoView {
    view! { <section class="insight__page"></section> }
}
