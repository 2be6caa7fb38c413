//! Numbers of one's own choice.

use crate::domain::ids::DashboardId;
use crate::ui::frame::TopBar;
use leptos::prelude::*;

/// A dashboard, or the one shown last.
#[component]
pub fn DashboardView(
    /// Which.
    id: Option<DashboardId>,
) -> impl IntoView {
    let _ = id;
    view! { <TopBar title="Dashboard"/> }
}
