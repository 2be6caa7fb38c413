//! Activities by week and month.

use leptos::prelude::*;

use crate::ui::frame::TopBar;

/// The view.
#[component]
pub fn CalendarView() -> impl IntoView {
    view! {
        <TopBar title="Calendar"/>
        <div class="page"></div>
    }
}
