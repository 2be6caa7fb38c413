//! The grade of a deal beside its name.

use super::grade::GradeChip;
use super::scores::score_of;
use super::track;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The grade of an open deal; nothing while there are no scoring rules.
#[component]
pub fn DealGrade(
    /// Which deal.
    deal: DealId,
) -> impl IntoView {
    let store = use_store();
    let grade = Memo::new(move |_| {
        track(store, deal);
        let _ = store.tick();
        let open = store.with(|s| {
            let deal = s.world().state.tables.deals.get(deal);
            deal.is_some_and(|d| d.outcome.status() == Status::Open)
        });
        score_of(store, deal).filter(|_| open).map(|s| s.grade)
    });
    move || grade.get().map(|grade| view! { <GradeChip grade/> })
}
