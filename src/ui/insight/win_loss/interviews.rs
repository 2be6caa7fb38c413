//! What customers said.

use super::Page;
use crate::app::form::insight::InterviewForm;
use crate::domain::change::Kind;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, InterviewId};
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::insight::part::{Nothing, Part};
use crate::ui::interviews::{InterviewCard, InterviewDialog};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// The part.
#[component]
pub(super) fn InterviewsPart(page: Page) -> impl IntoView {
    let store = page.insight.store;
    let form = RwSignal::new(None::<InterviewForm>);
    // Deals that can be spoken about, the latest first.
    let closed = Memo::new(move |_| {
        page.ask(|query| {
            let facts = query.facts;
            let mut rows: Vec<usize> = query.closed(Status::Won).collect();
            rows.extend(query.closed(Status::Lost));
            rows.order_by_key(|row| (std::cmp::Reverse(facts.closed[*row]), facts.ids[*row]));
            rows.into_iter()
                .map(|row| facts.ids[row])
                .collect::<Vec<DealId>>()
        })
    });
    let found = Memo::new(move |_| {
        store.track_kind(Kind::Interview);
        closed.with(|closed| {
            let known: std::collections::HashSet<DealId> = closed.iter().copied().collect();
            store.with(|s| {
                let all = s.world().state.tables.interviews.iter();
                let mut mine: Vec<_> = all
                    .filter(|i| i.deal.is_some_and(|d| known.contains(&d)))
                    .collect();
                mine.order_by_key(|i| (std::cmp::Reverse(i.on), i.id));
                mine.into_iter().map(|i| i.id).collect::<Vec<InterviewId>>()
            })
        })
    });
    let options = Memo::new(move |_| {
        closed.with(|closed| {
            store.with(|s| {
                let state = &s.world().state;
                let option = |id: &DealId| {
                    let deal = state.tables.deals.get(*id)?;
                    Some(ComboOption {
                        id: id.to_string(),
                        label: deal.title.clone(),
                        detail: deal.outcome.status().label().to_owned(),
                    })
                };
                closed.iter().filter_map(option).collect::<Vec<_>>()
            })
        })
    });
    let begin = move |code: String| {
        let Ok(deal) = code.parse() else {
            return;
        };
        let (me, today) = (store.with(|s| s.me()), store.moment().today);
        form.set(Some(InterviewForm::blank(deal, me, today)));
    };
    let explain: ChildrenFn = Arc::new(|| {
        view! { <p>"What customers said after deals that were closed in the time, the latest first. They are written down here or on the page of a deal."</p> }.into_any()
    });
    let count = move || {
        let (n, deals) = (found.with(Vec::len), closed.with(Vec::len));
        format!(
            "{} about the {} of this time.",
            intl::count(n, "interview", "interviews"),
            intl::count(deals, "closed deal", "closed deals")
        )
    };
    view! {
        <Part title="Interviews" explain>
            <div class="part__line">
                <p class="part__lead">{count}</p>
                <Field label="Add an interview about a deal" label_hidden=true>
                    <Combobox options value=Signal::stored(String::new()) on_pick=begin placeholder="Add an interview about…"/>
                </Field>
            </div>
            {block(move || found.with(Vec::is_empty).then(|| view! {
                <Nothing text="None yet. Asking a customer why, a week after the decision, tells more than any reason chosen from a list."/>
            }))}
            <ul class="interviews interviews--wide">
                <For each=move || found.get() key=|id| *id let(id)>
                    <InterviewCard id form deal=true/>
                </For>
            </ul>
            <InterviewDialog form/>
        </Part>
    }
}
