//! Regular looks at the pipeline.

use crate::domain::ids::ReviewId;
use crate::ui::frame::TopBar;
use leptos::prelude::*;

/// All reviews.
#[component]
pub fn ReviewsView() -> impl IntoView {
    view! { <TopBar title="Reviews"/> }
}

/// A review.
#[component]
pub fn ReviewView(
    /// Which.
    id: ReviewId,
) -> impl IntoView {
    let _ = id;
    view! { <TopBar title="Review"/> }
}
