//! The history of one deal.

use super::entry::Entry;
use super::load::{follow, of_deal};
use crate::app::history::undone;
use crate::domain::ids::DealId;
use crate::ui::parts::{Banner, Empty, Glyph, Tone};
use crate::ui::store::use_store;
use leptos::prelude::*;
use std::collections::HashSet;

/// Every change of a deal, newest first: who, when, what was meant, from what to what.
#[component]
pub fn DealHistory(
    /// The deal; removed or not.
    deal: DealId,
) -> impl IntoView {
    let store = use_store();
    let changes = follow(move || {
        store.track(deal);
        of_deal(store, deal)
    });
    move || match changes.get() {
        None => {
            view! { <p class="history-wait" role="status">"Reading the history…"</p> }.into_any()
        }
        Some(Err(error)) => {
            view! { <Banner tone=Tone::Danger title="The history could not be read" text=error/> }
                .into_any()
        }
        Some(Ok(all)) if all.is_empty() => {
            view! { <Empty glyph=Glyph::History title="Nothing is written down about this deal"/> }
                .into_any()
        }
        Some(Ok(all)) => {
            let plain: Vec<_> = all.iter().map(|c| (c.stamp, c.undoes)).collect();
            let gone: HashSet<_> = undone(plain);
            let entries = all.into_iter().map(|change| {
                let undone = gone.contains(&change.stamp);
                view! { <Entry change about=Some(deal.into()) undone with_day=true/> }
            });
            view! { <ol class="history-list">{entries.collect_view()}</ol> }.into_any()
        }
    }
}
