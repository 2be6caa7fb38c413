//! How the team sells: profile, personas, qualification, scoring, cadences, templates,
//! automations, teams, own fields. One page each, with the others beside it.

mod automations;
mod cadences;
pub mod conditions;
mod fields;
mod fit_preview;
mod hot;
mod order;
mod personas;
mod pick_many;
mod profile;
mod qualification;
mod score_form;
mod scoring;
mod teams;
mod templates;
pub mod wording;

pub use order::{RowButtons, keep_focus};
pub use pick_many::PickMany;
pub use teams::{HandOver, owns_anything};

use leptos::html;
use leptos::prelude::*;

use super::frame::TopBar;
use super::parts::show_current;
use crate::app::route::{ProcessPage, Route};

/// The frame of a page: the list of all pages, and the page.
#[component]
pub fn ProcessView(
    /// Which page.
    page: ProcessPage,
) -> impl IntoView {
    let links = ProcessPage::ALL.map(|other| {
        let here = (other == page).then_some("page");
        view! {
            <li>
                <a class="process__link" href=Route::Process(other).print() aria-current=here>{other.title()}</a>
            </li>
        }
    });
    let list = NodeRef::<html::Ul>::new();
    show_current(list, || ());
    view! {
        <TopBar title=page.title()/>
        <div class="process">
            <nav class="process__pages" aria-label="Process">
                <ul node_ref=list>{links.into_iter().collect_view()}</ul>
            </nav>
            <div class="process__page">{body(page)}</div>
        </div>
    }
}

fn body(page: ProcessPage) -> AnyView {
    match page {
        ProcessPage::Fields => view! { <fields::Fields/> }.into_any(),
        ProcessPage::Profile => view! { <profile::Profile/> }.into_any(),
        ProcessPage::Personas => view! { <personas::Personas/> }.into_any(),
        ProcessPage::Qualification => view! { <qualification::Qualification/> }.into_any(),
        ProcessPage::Scoring => view! { <scoring::Scoring/> }.into_any(),
        ProcessPage::Cadences => view! { <cadences::Cadences/> }.into_any(),
        ProcessPage::Templates => view! { <templates::Templates/> }.into_any(),
        ProcessPage::Automations => view! { <automations::Automations/> }.into_any(),
        ProcessPage::Teams => view! { <teams::Teams/> }.into_any(),
    }
}
