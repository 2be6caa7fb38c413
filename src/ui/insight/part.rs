//! A part of a page, and a number in it that opens its deals.

use super::rows::use_rows;
use crate::domain::ids::DealId;
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// A part of a page under a heading, with how it is computed.
#[component]
pub fn Part(
    /// The heading.
    title: &'static str,
    /// How it is computed: paragraphs and a `code` for the formula.
    explain: ChildrenFn,
    /// Choices beside the heading.
    #[prop(optional, into)]
    tools: Option<ViewFn>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let id = unique_id("part");
    let explain = StoredValue::new(explain);
    view! {
        <section class="part" aria-labelledby=id.clone()>
            <div class="part__head">
                <h2 class="part__title" id=id.clone()>{title}</h2>
                <Explain title>{explain.with_value(|e| e())}</Explain>
                {tools.map(|tools| view! { <div class="part__tools">{tools.run()}</div> })}
            </div>
            {children()}
        </section>
    }
}

/// A number in a table; pressing it opens its deals. Nothing is only text.
#[component]
pub fn Count(
    /// The number as text.
    #[prop(into)]
    text: String,
    /// What it is, for the title of the dialog and for who listens: "Lost for Price".
    #[prop(into)]
    what: String,
    /// How the deals were found, in a sentence.
    #[prop(into)]
    sentence: String,
    /// The deals.
    deals: Vec<DealId>,
) -> impl IntoView {
    let rows = use_rows();
    if deals.is_empty() {
        return view! { <span class="count count--none">{text}</span> }.into_any();
    }
    let label = format!("{what}: {text}");
    let open = rows.opener(label.clone(), sentence, Arc::new(deals));
    view! { <button type="button" class="count" aria-label=label on:click=open>{text}</button> }
        .into_any()
}

/// What is said where nothing can be shown.
#[component]
pub fn Nothing(
    /// Why, and what would help.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <p class="part__none">{text}</p> }
}
