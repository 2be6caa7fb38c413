//! What was noted when deals were closed.

use super::Page;
use crate::app::route::Route;
use crate::domain::ids::DealId;
use crate::domain::insight::win_loss::noted;
use crate::shell::intl;
use crate::ui::deal::StatusChip;
use crate::ui::fmt;
use crate::ui::insight::part::{Count, Nothing, Part};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// So many are shown before all are asked for.
const FIRST: usize = 6;
/// And so many more with each press.
const MORE: usize = 30;

/// The part.
#[component]
pub(super) fn NotesPart(page: Page) -> impl IntoView {
    let found = Memo::new(move |_| page.ask(noted));
    let most = RwSignal::new(FIRST);
    let explain: ChildrenFn = Arc::new(|| {
        view! { <p>"What was written down when deals were won or lost in the time, the latest first."</p> }.into_any()
    });
    let item = move |id: DealId| {
        page.insight.store.with(|s| {
            let state = &s.world().state;
            let deal = state.tables.deals.get(id)?;
            let closure = deal.outcome.closure()?;
            let said = match closure.reason.trim() {
                "" => fmt::date(closure.on),
                reason => format!("{}, {reason}", fmt::date(closure.on)),
            };
            let (title, note) = (deal.title.clone(), closure.note.clone());
            let status = deal.outcome.status();
            Some(view! {
                <li class="noted__one">
                    <p class="noted__head"><a href=Route::Deal(id).print()>{title}</a> <StatusChip status/> <span class="part__small">{said}</span></p>
                    <p class="noted__text">{note}</p>
                </li>
            })
        })
    };
    let body = move || {
        found.with(|found| {
            let shown = found.len().min(most.get());
            let left = found.len() - shown;
            view! {
                <p class="part__lead"><Count text=intl::count(found.len(), "closed deal", "closed deals") what="Closing notes" sentence="Deals closed in the time with something noted." deals=found.clone()/>" with a note."</p>
                <ul class="noted">{found.iter().take(shown).map(|id| item(*id)).collect_view()}</ul>
                {(left > 0).then(|| view! { <div><Button kind=ButtonKind::Ghost size=ButtonSize::Small on_click=move |_| most.update(|n| *n += MORE)>{format!("Show {} more", left.min(MORE))}</Button></div> })}
            }
        })
    };
    view! {
        <Part title="Closing notes" explain>
            {block(move || if found.with(Vec::is_empty) {
                view! { <Nothing text="Nothing was noted for the deals closed in this time. The dialog that closes a deal has a field for it."/> }.into_any()
            } else {
                body().into_any()
            })}
        </Part>
    }
}
