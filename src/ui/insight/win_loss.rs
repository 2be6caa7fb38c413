//! Why deals are won and lost.

use leptos::prelude::*;

/// Why deals are won and lost.
#[component]
pub fn WinLossPage() -> impl IntoView {
    view! { <section class="insight__page"></section> }
}
