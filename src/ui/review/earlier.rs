//! What earlier reviews decided of a deal.

use super::state::use_desk;
use crate::app::review::decisions;
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::ids::DealId;
use crate::shell::intl;
use crate::ui::fmt;
use leptos::prelude::*;

/// Decisions shown at most.
const MOST: usize = 5;

/// The decisions of other reviews, the newest first; nothing where there are none.
#[component]
pub(super) fn Earlier(
    /// Of which deal.
    deal: DealId,
) -> impl IntoView {
    let desk = use_desk();
    let told = Memo::new(move |_| {
        desk.store.track_kind(Kind::Review);
        desk.store.track_kind(Kind::Person);
        desk.store.with(|s| {
            let state = &s.world().state;
            let own = |id| state.tables.reviews.get(id).map_or(0, |r| r.begun);
            let begun = own(desk.id);
            let all = decisions(state, deal).into_iter();
            all.filter(|d| d.review != desk.id && own(d.review) <= begun)
                .map(|d| {
                    let lead = d.lead.map(|id| state.name_of(id.into()));
                    let said = [d.on.map(fmt::date), lead].into_iter().flatten();
                    let said = said.collect::<Vec<_>>().join(", ");
                    (d.review, d.name, said, d.text)
                })
                .collect::<Vec<_>>()
        })
    });
    move || {
        let all = told.get();
        if all.is_empty() {
            return None;
        }
        let more = all.len().saturating_sub(MOST);
        let rows = all.into_iter().take(MOST);
        let row = |(review, name, said, text): (_, String, String, String)| {
            view! {
                <li class="review-earlier__one">
                    <p>{text}</p>
                    <p class="review-earlier__of"><a href=Route::Review(review).print()>{name}</a>{format!(", {said}")}</p>
                </li>
            }
        };
        Some(view! {
            <section class="review-earlier" aria-labelledby="review-earlier">
                <h3 class="review-topic__part" id="review-earlier">"Decided before"</h3>
                <ul>{rows.map(row).collect_view()}</ul>
                {(more > 0).then(|| view! {
                    <p class="review-earlier__of">{format!("And {} on the page of the deal.", intl::count(more, "older one", "older ones"))}</p>
                })}
            </section>
        })
    }
}
