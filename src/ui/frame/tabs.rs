//! The way from one page to those beside it.

use leptos::html;
use leptos::prelude::*;

use crate::ui::parts::show_current;

/// A page among others.
pub struct PageTab {
    /// Its address.
    pub href: String,
    /// What it is called.
    pub title: &'static str,
    /// Whether it is the one shown.
    pub here: bool,
}

/// Links to pages that belong together; the one shown is scrolled into sight where there is no
/// room for all.
#[component]
pub fn PageTabs(
    /// What they are together.
    label: &'static str,
    /// The pages, in their order.
    tabs: Vec<PageTab>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    show_current(list, || ());
    let links = tabs.into_iter().map(|tab| {
        view! { <li><a class="sell-tabs__tab" href=tab.href aria-current=tab.here.then_some("page")>{tab.title}</a></li> }
    });
    view! {
        <nav class="sell-tabs" aria-label=label>
            <ul class="sell-tabs__list" node_ref=list>{links.collect_view()}</ul>
        </nav>
    }
}
