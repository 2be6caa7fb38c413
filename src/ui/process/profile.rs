//! Ideal customer: a page of the process.

use leptos::prelude::*;

/// The page.
#[component]
pub(super) fn Profile() -> impl IntoView {}
