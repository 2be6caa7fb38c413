//! What the data says: where deals stand, how they come, what changed, why they are won and
//! lost, where they come from, who does well. One page each, with the others beside it.

mod breakdown;
mod changes;
mod data;
mod deals;
mod figure;
mod funnel;
mod part;
mod pipeline;
mod reading;
mod rows;
mod scope;
mod section;
mod shared;
mod sources;
mod split;
mod team;
mod trails;
mod versus;
mod win_loss;
mod write;

pub use breakdown::metrics;
pub use changes::{FallPicture, fall_of};
pub use data::{Insight, day_of, period_words, use_insight};
pub use deals::Deals;
pub use figure::{Delta, Figure, FigureData, few, share_interval, share_text};
pub use part::{Count, Nothing, Part};
pub use reading::{Reading, largest, use_reading};
pub use rows::{Behind, Rows, RowsDialog, number_button, use_rows};
pub use scope::{ScopeBar, dimensions};
pub use section::{Definition, Section, Ways};
pub use shared::{LiveFacts, Snapshot, Told};
pub use split::{Piece, bars, course, few_words, lines, split, sure};
pub use team::MemberView;
pub use trails::trails_now;
pub use write::{amount, currencies, figure, value_text};

use crate::app::route::{InsightPage, Route};
use crate::ui::frame::{PageTab, PageTabs, TopBar};
use crate::ui::parts::Turns;
use leptos::prelude::*;

/// The frame of a page: the way to the others, and the page.
#[component]
pub fn InsightView(
    /// Which page.
    page: InsightPage,
) -> impl IntoView {
    Insight::provide();
    Rows::provide();
    Turns::provide();
    let tabs = InsightPage::ALL.iter().map(|other| PageTab {
        href: Route::Insight(*other).print(),
        title: other.title(),
        here: *other == page,
    });
    let body = match page {
        InsightPage::Pipeline => view! { <pipeline::PipelinePage/> }.into_any(),
        InsightPage::Funnel => view! { <funnel::FunnelPage/> }.into_any(),
        InsightPage::Changes => view! { <changes::ChangesPage/> }.into_any(),
        InsightPage::WinLoss => view! { <win_loss::WinLossPage/> }.into_any(),
        InsightPage::Sources => view! { <sources::SourcesPage/> }.into_any(),
        InsightPage::Team => view! { <team::TeamPage/> }.into_any(),
    };
    view! {
        <div class="insight">
            <TopBar title=page.title()/>
            <PageTabs label="Insight" tabs=tabs.collect()/>
            <ScopeBar comparing=matches!(page, InsightPage::Pipeline | InsightPage::Funnel | InsightPage::WinLoss)/>
            <div class="insight__body">{body}</div>
            <RowsDialog/>
        </div>
    }
}
