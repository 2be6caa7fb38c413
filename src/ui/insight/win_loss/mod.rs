//! Why deals are won and lost.

mod course;
mod differences;
mod figures;
mod interviews;
mod notes;
mod reasons;
mod rivals;
mod trend;

use super::data::Insight;
use super::reading::Reading;
use crate::domain::insight::period::Period;
use crate::domain::insight::select::Selection;
use crate::domain::insight::win_loss::Query;
use crate::ui::parts::in_turn;
use leptos::prelude::*;
use std::sync::Arc;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    reading: Reading,
    insight: Insight,
    of: Memo<Arc<Selection>>,
}

impl Page {
    /// Works something out over the deals closed in the time. Reactive.
    fn ask<R>(self, read: impl FnOnce(Query<'_>) -> R) -> R {
        let period = self.insight.lens.with(|lens| lens.period);
        self.ask_in(period, read)
    }

    /// The same in another time.
    fn ask_in<R>(self, period: Period, read: impl FnOnce(Query<'_>) -> R) -> R {
        // The selection speaks of the rows of these very facts: it follows from them.
        let (of, facts) = (self.of.get(), self.insight.facts.get());
        let exchange = self.insight.exchange.get();
        self.insight.store.with(|s| {
            read(Query {
                world: s.world(),
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
pub fn WinLossPage() -> impl IntoView {
    let reading = Reading::provide();
    let page = Page {
        reading,
        insight: reading.insight,
        of: reading.of,
    };
    view! {
        <div class="insight__page">
            <figures::Figures page/>
            {in_turn(move || view! { <reasons::ReasonsPart page/> })}
            {in_turn(move || view! { <rivals::RivalsPart page/> })}
            {in_turn(move || view! { <trend::TrendPart page/> })}
            {in_turn(move || view! { <course::CoursePart page/> })}
            {in_turn(move || view! { <differences::DifferencesPart page/> })}
            {in_turn(move || view! { <notes::NotesPart page/> })}
            {in_turn(move || view! { <interviews::InterviewsPart page/> })}
        </div>
    }
}
