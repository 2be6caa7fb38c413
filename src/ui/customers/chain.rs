//! A customer's deals over time: first sales with what followed from them.

use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::ids::OrgId;
use crate::domain::query::customers::{Link, chain};
use crate::shell::clock;
use crate::ui::deal::StatusChip;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The deals of an organisation in order of time, those that followed from another below it.
#[component]
pub fn Chain(
    /// Whose.
    org: OrgId,
) -> impl IntoView {
    let store = use_store();
    let links = Memo::new(move |_| {
        store.track_kind(Kind::Deal);
        store.with(|s| chain(s.world(), org))
    });
    let one = move |link: Link| {
        store.with(|s| {
            let state = &s.world().state;
            let deal = state.tables.deals.get(link.deal)?;
            let day = |ms: i64| clock::civil_date(ms).map(fmt::date).unwrap_or_default();
            let began = day(deal.created);
            let closed = deal.outcome.closure().map(|c| fmt::date(c.on));
            let when = match closed {
                Some(closed) => format!("{began} to {closed}"),
                None => format!("since {began}"),
            };
            let renewal = deal.renewal.map(|on| format!("up for renewal {}", fmt::date(on)));
            let under: Vec<String> = std::iter::once(when).chain(renewal).collect();
            let (title, kind) = (deal.title.clone(), deal.kind);
            let (value, status) = (deal.value.map(fmt::money), deal.outcome.status());
            // Deeper than this nothing is gained from more room at the side.
            let depth = link.depth.min(6);
            Some(view! {
                <li class="chain__deal" class:chain__deal--next={depth > 0} style:--depth=depth.to_string()>
                    <span class="chain__kind">{kind.label()}</span>
                    <a class="chain__title" href=Route::Deal(link.deal).print()>{title}</a>
                    <span class="chain__value">{value}</span>
                    <span class="chain__under">{under.join(" · ")}" "<StatusChip status/></span>
                </li>
            })
        })
    };
    view! {
        {move || links.with(Vec::is_empty).then(|| view! { <p class="list__mute">"No deals yet."</p> })}
        <ol class="chain">{move || links.get().into_iter().filter_map(one).collect_view()}</ol>
    }
}

/// The same in a sheet at the side, while there is somebody to show.
#[component]
pub(super) fn ChainSheet(
    /// Whose deals; none while closed. Emptied when it is closed.
    of: RwSignal<Option<OrgId>>,
) -> impl IntoView {
    let store = use_store();
    let open = Memo::new(move |_| of.with(Option::is_some));
    let title = Memo::new(move |before: Option<&String>| {
        let now = of.get().map(|org| {
            let name = store.with(|s| s.world().state.name_of(org.into()));
            format!("{name}: deals over time")
        });
        now.or(before.cloned()).unwrap_or_default()
    });
    // Following a link leads away from this page, and takes the sheet with it.
    view! {
        <Dialog open title kind=DialogKind::Sheet on_close=move |()| of.set(None)>
            {move || of.get().map(|org| view! { <Chain org/> })}
        </Dialog>
    }
}
