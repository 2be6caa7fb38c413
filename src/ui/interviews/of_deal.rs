//! The interviews about one deal.

use super::{InterviewCard, InterviewDialog};
use crate::app::form::insight::InterviewForm;
use crate::domain::change::Kind;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, InterviewId};
use crate::domain::order::Order;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// A group beside the deal: what was said after it was won or lost, and writing more of it down.
/// Nothing while the deal was never closed.
#[component]
pub fn DealInterviews(
    /// Of which deal.
    deal: DealId,
) -> impl IntoView {
    let store = use_store();
    let form = RwSignal::new(None::<InterviewForm>);
    let all = Memo::new(move |_| {
        store.track_kind(Kind::Interview);
        store.with(|s| {
            let interviews = s.world().state.tables.interviews.iter();
            let mut mine: Vec<_> = interviews.filter(|i| i.deal == Some(deal)).collect();
            mine.order_by_key(|i| (std::cmp::Reverse(i.on), i.id));
            mine.into_iter().map(|i| i.id).collect::<Vec<InterviewId>>()
        })
    });
    let closed = Memo::new(move |_| {
        store.track(deal);
        store.with(|s| {
            let deal = s.world().state.tables.deals.get(deal);
            deal.is_some_and(|d| matches!(d.outcome.status(), Status::Won | Status::Lost))
        })
    });
    let begin = move |_| {
        let (me, today) = (store.with(|s| s.me()), store.moment().today);
        form.set(Some(InterviewForm::blank(deal, me, today)));
    };
    let heading = StoredValue::new(unique_id("group"));
    move || {
        (closed.get() || all.with(|all| !all.is_empty())).then(|| view! {
            <section class="deal-group" aria-labelledby=heading.get_value()>
                <h2 class="deal-section" id=heading.get_value()>"Interviews"</h2>
                <ul class="interviews">
                    <For each=move || all.get() key=|id| *id let(id)>
                        <InterviewCard id form/>
                    </For>
                </ul>
                {move || closed.get().then(|| view! {
                    <Button size=ButtonSize::Small icon=Glyph::Plus on_click=begin>"Add interview"</Button>
                })}
                <InterviewDialog form/>
            </section>
        })
    }
}
