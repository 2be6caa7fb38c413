//! What is up for renewal.

use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::money::Sums;
use crate::domain::query::customers::{Renewal, due};
use crate::shell::intl;
use crate::ui::deal::renew;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;

/// Rows shown at first; more on request.
const PAGE: usize = 100;

/// Far enough to count as all.
const ALL: i64 = 366 * 100;

fn days_of(code: &str) -> i64 {
    match code {
        "overdue" => -1,
        "30" => 30,
        "60" => 60,
        "all" => ALL,
        _ => 90,
    }
}

/// The renewals by date, in the time chosen.
#[component]
pub(super) fn Renewals() -> impl IntoView {
    let store = use_store();
    let all = Memo::new(move |_| {
        for kind in [Kind::Deal, Kind::Organisation, Kind::Person] {
            store.track_kind(kind);
        }
        let today = store.tick().today;
        store.with(|s| due(&s.world().state, today, ALL))
    });
    let span = RwSignal::new(String::from("90"));
    let most = RwSignal::new(PAGE);
    let count = move |days: i64| all.with(|all| all.iter().filter(|r| r.days <= days).count());
    let options = Signal::derive(move || {
        [
            ("overdue", "Overdue"),
            ("30", "30 days"),
            ("60", "60 days"),
            ("90", "90 days"),
            ("all", "All"),
        ]
        .map(|(code, label)| Choice::new(code, label).count(count(days_of(code))))
        .to_vec()
    });
    let shown = Memo::new(move |_| {
        let days = span.with(|span| days_of(span));
        all.with(|all| {
            let rows = all.iter().filter(|r| r.days <= days);
            rows.cloned().collect::<Vec<Renewal>>()
        })
    });
    let sum = Memo::new(move |_| {
        let mut sum = Sums::default();
        shown.with(|rows| rows.iter().for_each(|r| sum.merge(&r.arr)));
        fmt::sums(&sum)
    });
    let columns = vec![
        Column::new("deal", "Won deal").fixed(),
        Column::new("organisation", "Customer").fixed(),
        Column::new("on", "Renewal").fixed(),
        Column::new("arr", "ARR").numeric().fixed(),
        Column::new("owner", "Owner").fixed(),
        Column::new("act", "Renewal deal").unlabelled(),
    ];
    view! {
        <div class="list-view__body">
            <div class="list-tools">
                <Segmented label="Due within" options value=span on_change=move |code| { span.set(code); most.set(PAGE); }/>
                <p class="list-tools__count" role="status">
                    {move || intl::count(shown.with(Vec::len), "renewal", "renewals")}
                    {move || sum.with(|s| !s.is_empty()).then(|| format!(", {} a year", sum.get()))}
                </p>
            </div>
            {move || if shown.with(Vec::is_empty) {
                view! {
                    <Empty glyph=Glyph::Refresh title="Nothing is up for renewal in this time" text="A deal gets its renewal date when it is won, from the terms of its lines; it can be changed on the page of the deal."/>
                }.into_any()
            } else {
                view! {
                    <Table caption="Renewals" columns=Signal::stored(columns.clone()) class="sell-table">
                        {move || shown.get().into_iter().take(most.get()).map(|r| row(store, r)).collect_view()}
                    </Table>
                }.into_any()
            }}
            {move || (shown.with(Vec::len) > most.get()).then(|| view! {
                <Button class="sell-more" on_click=move |_| most.update(|n| *n += PAGE)>"Show more"</Button>
            })}
        </div>
    }
}

fn row(store: Store, renewal: Renewal) -> impl IntoView {
    let Renewal {
        deal,
        on,
        days,
        made,
        arr,
    } = renewal;
    let (title, org, owner) = store.with(|s| {
        let state = &s.world().state;
        let found = state.tables.deals.get(deal);
        let org = found.and_then(|d| d.organisation);
        let owner = found
            .and_then(|d| d.owner)
            .filter(|id| state.tables.people.get(*id).is_some());
        (
            state.name_of(deal.into()),
            org.map(|org| (org, state.name_of(org.into()))),
            owner.map(|id| state.name_of(id.into())),
        )
    });
    let label = format!("Renew {title}");
    let open = format!("Open renewal of {title}");
    let act = match made {
        Some(id) => view! {
            <a class="btn btn--ghost btn--sm" href=Route::Deal(id).print() aria-label=open><span class="btn__text">"Open renewal"</span></a>
        }
        .into_any(),
        None => view! {
            <Button size=ButtonSize::Small icon=Glyph::Refresh attr:aria-label=label on_click=move |_| renew(store, deal)>"Renew"</Button>
        }
        .into_any(),
    };
    view! {
        <tr data-renewal=deal.to_string()>
            <th scope="row"><a class="sell-link" href=Route::Deal(deal).print()>{title}</a></th>
            <td>{org.map(|(id, name)| view! { <a class="sell-link sell-link--quiet" href=Route::Organisation(id).print()>{name}</a> })}</td>
            <td class="sell-when">
                <span>{fmt::day_month(on)}</span>
                <span class=when_class(days)>{if days < 0 { format!("overdue, {}", intl::relative_days(days)) } else { intl::relative_days(days) }}</span>
            </td>
            <td class="num">{fmt::sums(&arr)}</td>
            <td>{owner}</td>
            <td class="sell-act">{act}</td>
        </tr>
    }
}

fn when_class(days: i64) -> &'static str {
    match days {
        ..0 => "sell-late",
        0..=30 => "sell-soon",
        _ => "list__mute",
    }
}
