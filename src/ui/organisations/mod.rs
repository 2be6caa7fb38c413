//! Organisations: the list, and the page of one.

use leptos::prelude::*;

use crate::domain::ids::OrgId;
use crate::ui::frame::TopBar;

/// The list.
#[component]
pub fn OrganisationsView() -> impl IntoView {
    view! {
        <TopBar title="Organisations"/>
        <div class="page"></div>
    }
}

/// The page of one.
#[component]
pub fn OrganisationPage(
    /// Which.
    id: OrgId,
) -> impl IntoView {
    let _ = id;
    view! {
        <TopBar title="Organisation"/>
        <div class="page"></div>
    }
}
