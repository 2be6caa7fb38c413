//! What changed in the open pipeline, on a tile.

use super::super::content::Look;
use crate::domain::ids::{DealId, IdSet};
use crate::ui::insight::{FallPicture, fall_of};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// The picture.
#[component]
pub(super) fn Changes(
    /// What the tile looks at.
    look: Look,
) -> impl IntoView {
    let fall = Memo::new(move |_| {
        let (of, period) = (look.of.get(), look.days.get().0);
        let narrowed = look.tile.with(|tile| !tile.filters.is_empty());
        let only = narrowed.then(|| {
            let facts = look.reading.facts();
            of.deals(&facts).into_iter().collect::<IdSet<DealId>>()
        });
        fall_of(look.reading.insight, period, only.as_ref()).map(Arc::new)
    });
    let body = move || match fall.get() {
        None => view! { <p class="tile__none">"Reading the history…"</p> }.into_any(),
        Some(fall) if fall.is_empty() => {
            view! { <p class="tile__none">"Nothing was open in this time."</p> }.into_any()
        }
        Some(fall) => {
            let period = look.days.get().0;
            view! { <div class="tile__chart"><FallPicture fall period/></div> }.into_any()
        }
    };
    block(body)
}
