//! What to do now.

use leptos::prelude::*;

use crate::ui::frame::TopBar;

/// The view.
#[component]
pub fn TodayView() -> impl IntoView {
    view! {
        <TopBar title="Today"/>
        <div class="page"></div>
    }
}
