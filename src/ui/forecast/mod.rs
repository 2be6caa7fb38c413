//! What is to come: forecast, its track record, quotas, the learned score, experiments.

use crate::app::route::{ForecastPage, Route};
use crate::ui::frame::TopBar;
use leptos::prelude::*;

/// The frame of a page: the way to the others, and the page.
#[component]
pub fn ForecastView(
    /// Which page.
    page: ForecastPage,
) -> impl IntoView {
    let links = ForecastPage::ALL.iter().map(|other| {
        let here = (*other == page).then_some("page");
        view! { <li><a class="sell-tabs__tab" href=Route::Forecast(*other).print() aria-current=here>{other.title()}</a></li> }
    });
    view! {
        <div class="insight">
            <TopBar title=page.title()/>
            <nav class="sell-tabs" aria-label="Forecast">
                <ul class="sell-tabs__list">{links.collect_view()}</ul>
            </nav>
        </div>
    }
}
