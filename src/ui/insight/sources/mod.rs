//! Where deals come from and what that costs.

mod campaigns;
mod cohorts;
mod form;
mod table;

use super::data::{Insight, use_insight};
use crate::domain::insight::select::Selection;
use crate::domain::insight::sources::Query;
use crate::ui::parts::in_turn;
use leptos::prelude::*;
use std::sync::Arc;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    insight: Insight,
    of: Memo<Arc<Selection>>,
}

impl Page {
    /// Works something out over the deals created in the time. Reactive.
    fn ask<R>(self, read: impl FnOnce(Query<'_>) -> R) -> R {
        let period = self.insight.lens.with(|lens| lens.period);
        let (of, facts) = (self.of.get(), self.insight.facts.get());
        let exchange = self.insight.exchange.get();
        self.insight.store.with(|s| {
            read(Query {
                state: &s.world().state,
                facts: &facts.0,
                of: &of,
                period,
                exchange: &exchange,
            })
        })
    }
}

/// The page.
#[component]
pub fn SourcesPage() -> impl IntoView {
    let insight = use_insight();
    let page = Page {
        insight,
        of: insight.selection(),
    };
    view! {
        <div class="insight__page">
            <table::ChannelsPart page/>
            {in_turn(move || view! { <cohorts::CohortsPart page/> })}
            {in_turn(move || view! { <campaigns::CampaignsPart page/> })}
        </div>
    }
}
