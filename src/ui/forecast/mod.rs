//! What is to come: forecast, its track record, quotas, the learned score, experiments.

mod calls;
mod chart;
mod data;
mod deals;
mod experiments;
mod figures;
mod grading;
mod grading_tables;
mod learning;
mod play;
mod progress;
mod quotas;
mod rollup;
mod score;
mod view;
mod what_if;

use crate::app::route::{ForecastPage, Route};
use crate::ui::frame::{PageTab, PageTabs, TopBar};
use crate::ui::insight::{Rows, RowsDialog};
use leptos::prelude::*;

/// The frame of a page: the way to the others, and the page.
#[component]
pub fn ForecastView(
    /// Which page.
    page: ForecastPage,
) -> impl IntoView {
    Rows::provide();
    let tabs = ForecastPage::ALL.iter().map(|other| PageTab {
        href: Route::Forecast(*other).print(),
        title: other.title(),
        here: *other == page,
    });
    let body = match page {
        ForecastPage::Forecast => view! { <view::ForecastBody/> }.into_any(),
        ForecastPage::Grading => view! { <grading::GradingBody/> }.into_any(),
        ForecastPage::Quotas => view! { <quotas::QuotasBody/> }.into_any(),
        ForecastPage::Score => view! { <score::ScoreBody/> }.into_any(),
        ForecastPage::Experiments => view! { <experiments::ExperimentsBody/> }.into_any(),
    };
    view! {
        <div class="insight forecast">
            <TopBar title=page.title()/>
            <PageTabs label="Forecast" tabs=tabs.collect()/>
            <div class="insight__body">{body}</div>
            <RowsDialog/>
        </div>
    }
}
