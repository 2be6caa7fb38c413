//! Where every open deal stands.

use leptos::prelude::*;

/// Where every open deal stands.
#[component]
pub fn PipelinePage() -> impl IntoView {
    view! { <section class="insight__page"></section> }
}
