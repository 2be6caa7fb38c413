//! How a large change goes: an import, a merge, or an undo of one.

use leptos::prelude::*;

use crate::ui::parts::{Progress, block};
use crate::ui::store::use_store;

/// What is being done and how far it is, with a button to stop it while that is possible. Where
/// a view shows it, the frame does not.
#[component]
pub fn WorkProgress() -> impl IntoView {
    use_store().host_work();
    view! { <Bar/> }
}

/// The same at the lower edge, for work that no view shows.
#[component]
pub(super) fn Work() -> impl IntoView {
    let store = use_store();
    let shown = Memo::new(move |_| store.work().with(Option::is_some) && !store.has_work_host());
    block(move || {
        shown.get().then(|| {
            view! { <div class="work no-print" role="group" aria-label="Under way"><Bar/></div> }
        })
    })
}

#[component]
fn Bar() -> impl IntoView {
    let store = use_store();
    let work = store.work();
    let what = move || work.with(|w| w.as_ref().map_or("Getting ready", |w| w.what).to_owned());
    let label = Signal::derive(what);
    let value = Signal::derive(move || work.with(|w| w.as_ref().and_then(|w| w.share)));
    let can_cancel = Memo::new(move |_| work.with(|w| w.as_ref().is_some_and(|w| w.can_cancel)));
    block(move || match can_cancel.get() {
        true => {
            view! { <Progress label value on_cancel=move |()| store.cancel_work()/> }.into_any()
        }
        false => view! { <Progress label value/> }.into_any(),
    })
}
