//! A decision of a review, among what happened on a deal.

use super::activities::ago;
use super::page::use_page;
use crate::app::review::decision;
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::ids::ReviewId;
use crate::domain::stamp::Millis;
use crate::ui::fmt;
use crate::ui::parts::*;
use leptos::prelude::*;

/// What was decided, by whom, with the way to the review.
#[component]
pub(super) fn DecidedItem(
    /// In which review.
    review: ReviewId,
    /// When.
    at: Millis,
) -> impl IntoView {
    let page = use_page();
    let told = Memo::new(move |_| {
        page.store.track(review);
        page.store.track_kind(Kind::Person);
        page.store.with(|s| {
            let state = &s.world().state;
            let found = decision(state.tables.reviews.get(review)?, page.id)?;
            let lead = found.lead.map(|id| state.name_of(id.into()));
            Some((found.name, lead, found.text))
        })
    });
    view! {
        <li class="deal-event deal-event--activity" data-review=review.to_string()>
            {move || told.get().map(|(name, lead, text)| view! {
                <span class="deal-event__icon"><Icon glyph=Glyph::Flag/></span>
                <div class="deal-event__body">
                    <p class="deal-event__head">
                        <span>"Decided in "<a href=Route::Review(review).print()>{name}</a></span>
                        {lead.map(|name| view! { <Avatar name/> })}
                    </p>
                    <p class="deal-said__body">{text}</p>
                </div>
                <time class="deal-event__time" title=fmt::time(at)>{ago(at)}</time>
            })}
        </li>
    }
}
