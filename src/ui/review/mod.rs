//! Regular looks at the pipeline: the list of reviews, a review being held deal by deal, and the
//! minutes of one that is closed.

mod agenda;
mod begin;
mod changed;
mod coach;
mod decide;
mod earlier;
mod feedback;
mod held;
mod list;
mod minutes;
mod notes;
mod pick;
mod practices;
mod share;
mod state;
mod topic;

pub use coach::{CoachDialog, CoachDraft};
pub use feedback::{FeedbackDialog, FeedbackDraft, FeedbackList};
pub use list::ReviewsView;
pub use notes::Notes;
pub use practices::{Practices, PracticesAt, PracticesOf, stage_choices};

use self::held::Held;
use self::minutes::MinutesPage;
use crate::app::route::Route;
use crate::domain::ids::ReviewId;
use crate::ui::records::RecordPage;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// A review: held while it is open, read when it is closed.
#[component]
pub fn ReviewView(
    /// Which.
    id: ReviewId,
) -> impl IntoView {
    let here = move || view! { <Here id/> }.into_any();
    view! { <RecordPage entity=id home=Route::Reviews children=here.into()/> }
}

#[component]
fn Here(
    /// Which.
    id: ReviewId,
) -> impl IntoView {
    let store = use_store();
    let closed = Memo::new(move |_| {
        store.track(id);
        store.with(|s| {
            let review = s.world().state.tables.reviews.get(id);
            review.is_some_and(|r| r.closed.is_some())
        })
    });
    move || {
        if closed.get() {
            view! { <MinutesPage id/> }.into_any()
        } else {
            view! { <Held id/> }.into_any()
        }
    }
}
