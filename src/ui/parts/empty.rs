//! What stands where nothing is yet.

use super::boxed::block;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// An icon, a title, a sentence, and what can be done about it.
#[component]
pub fn Empty(
    /// The icon.
    glyph: Glyph,
    /// What is missing: "No deals yet".
    #[prop(into)]
    title: Signal<String>,
    /// A sentence on why, or what would stand here.
    #[prop(optional, into)]
    text: Signal<Option<String>>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty__icon"><Icon glyph/></span>
            <p class="empty__title">{title}</p>
            {block(move || text.get().map(|text| view! { <p class="empty__text">{text}</p> }))}
            {children.map(|children| view! { <div class="empty__actions">{children()}</div> })}
        </div>
    }
}
