//! A dialog that lists deals.

use crate::app::route::Route;
use crate::domain::ids::DealId;
use crate::ui::deal::StatusChip;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// Deals shown at once; the rest are counted.
const MOST: usize = 100;

/// A heading and the deals below it, each a link; closed while there are none.
#[component]
pub fn DealsDialog(
    /// What is listed; emptied when it is closed.
    what: RwSignal<Option<(String, Vec<DealId>)>>,
    /// More to do, at the foot.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
) -> impl IntoView {
    let open = Memo::new(move |_| what.with(Option::is_some));
    let title = Memo::new(move |before: Option<&String>| {
        let now = what.with(|w| w.as_ref().map(|(title, _)| title.clone()));
        now.or(before.cloned()).unwrap_or_default()
    });
    let footer = StoredValue::new(footer);
    let foot = move || {
        view! {
            {footer.with_value(|f| f.as_ref().map(ViewFn::run))}
            <Button kind=ButtonKind::Primary on_click=move |_| what.set(None)>"Close"</Button>
        }
    };
    view! {
        <Dialog open title on_close=move |()| what.set(None) footer=foot>
            {move || what.get().map(|(_, deals)| view! { <DealList deals on_leave=move |()| what.set(None)/> })}
        </Dialog>
    }
}

/// Deals as links, with organisation, status and value.
#[component]
fn DealList(
    /// Which.
    deals: Vec<DealId>,
    /// Called when one goes to a deal.
    #[prop(into)]
    on_leave: leptos::callback::UnsyncCallback<()>,
) -> impl IntoView {
    let store = use_store();
    let more = deals.len().saturating_sub(MOST);
    let row = move |id: DealId| {
        store.with(|s| {
            let state = &s.world().state;
            let deal = state.tables.deals.get(id)?;
            let org = deal.organisation.map(|org| state.name_of(org.into()));
            let stage = state.stage_of(deal).map(|s| s.name.clone());
            let under: Vec<String> = [org, stage].into_iter().flatten().collect();
            let title = deal.title.clone();
            let value = deal.value.map(fmt::money);
            let status = deal.outcome.status();
            Some(view! {
                <li class="sell-deal">
                    <a class="sell-deal__title" href=Route::Deal(id).print() on:click=move |_| leptos::callback::Callable::run(&on_leave, ())>{title}</a>
                    <span class="sell-deal__value">{value}</span>
                    <span class="sell-deal__under">{under.join(" · ")}</span>
                    <StatusChip status/>
                </li>
            })
        })
    };
    view! {
        <ul class="sell-deals">{deals.into_iter().take(MOST).filter_map(row).collect_view()}</ul>
        {(more > 0).then(|| view! { <p class="list__mute">{format!("and {more} more")}</p> })}
    }
}
