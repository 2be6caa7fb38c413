//! People and teams.

use leptos::prelude::*;

/// People and teams.
#[component]
pub fn TeamPage() -> impl IntoView {
    view! { <section class="insight__page"></section> }
}

/// What the data says of a member of the team.
#[component]
pub fn MemberView(
    /// Who.
    id: crate::domain::ids::PersonId,
) -> impl IntoView {
    view! { <section class="insight__page">{id.to_string()}</section> }
}
