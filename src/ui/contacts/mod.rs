//! Contacts: the list, and the page of one.

use leptos::prelude::*;

use crate::domain::ids::ContactId;
use crate::ui::frame::TopBar;

/// The list.
#[component]
pub fn ContactsView() -> impl IntoView {
    view! {
        <TopBar title="Contacts"/>
        <div class="page"></div>
    }
}

/// The page of one.
#[component]
pub fn ContactPage(
    /// Which.
    id: ContactId,
) -> impl IntoView {
    let _ = id;
    view! {
        <TopBar title="Contact"/>
        <div class="page"></div>
    }
}
