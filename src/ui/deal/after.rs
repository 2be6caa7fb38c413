//! What comes after the sale: the renewal of a won deal, further deals, and where a deal
//! came from.

use super::form::further_deal;
use super::head::StatusChip;
use super::page::use_page;
use super::side::Group;
use crate::app::form::sale::Further;
use crate::app::form::{parse_date, print_date};
use crate::app::route::Route;
use crate::app::session::Tone as News;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::sell::SellCommand;
use crate::domain::deal::{DealKind, Status};
use crate::domain::ids::DealId;
use crate::domain::query::customers;
use crate::domain::world::World;
use crate::ui::fmt;
use crate::ui::nav;
use crate::ui::parts::*;
use leptos::prelude::*;

/// A deal that this one comes from or leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Linked {
    id: DealId,
    title: String,
    kind: DealKind,
    status: Status,
    value: Option<String>,
}

fn linked(world: &World, id: DealId) -> Option<Linked> {
    let deal = world.state.tables.deals.get(id)?;
    Some(Linked {
        id,
        title: deal.title.clone(),
        kind: deal.kind,
        status: deal.outcome.status(),
        value: deal.value.map(fmt::money_compact),
    })
}

fn item(deal: Linked) -> impl IntoView {
    view! {
        <li class="deal-other">
            <a class="deal-other__title" href=Route::Deal(deal.id).print()>{deal.title}</a>
            <span class="deal-other__value">{deal.value}</span>
            <span class="deal-other__where">{deal.kind.label()}" "<StatusChip status=deal.status/></span>
        </li>
    }
}

/// The group at the side, while there is anything to say.
#[component]
pub(super) fn AfterSale() -> impl IntoView {
    let page = use_page();
    let won = page.read(|_, deal| customers::won(deal).is_some());
    let origin = Memo::new(move |_| {
        page.store.track_kind(Kind::Deal);
        page.now(|world, deal| deal.origin.and_then(|id| linked(world, id)))
    });
    let next = Memo::new(move |_| {
        page.store.track_kind(Kind::Deal);
        page.now(|world, deal| {
            let all = customers::follow_ups(&world.state, deal.id).into_iter();
            all.filter_map(|id| linked(world, id)).collect::<Vec<_>>()
        })
    });
    let any = move || won.get() || origin.with(Option::is_some) || next.with(|n| !n.is_empty());
    move || {
        any().then(|| view! {
            <Group title="Sale and follow-up">
                {move || origin.get().map(|deal| view! {
                    <h3 class="deal-group__sub">"Comes from"</h3>
                    <ul class="deal-others">{item(deal)}</ul>
                })}
                {move || won.get().then(|| view! { <Renewal/> })}
                {move || next.with(|all| !all.is_empty()).then(|| view! {
                    <h3 class="deal-group__sub">"Follow-up deals"</h3>
                    <ul class="deal-others">{next.get().into_iter().map(item).collect_view()}</ul>
                })}
                {move || won.get().then(|| view! { <More/> })}
            </Group>
        })
    }
}

/// When the deal is up for renewal, and the deal that renews it.
#[component]
fn Renewal() -> impl IntoView {
    let page = use_page();
    let on = page.read(|_, deal| deal.renewal);
    let made = Memo::new(move |_| {
        page.store.track_kind(Kind::Deal);
        page.store.with(|s| {
            let all = customers::renewals(&s.world().state);
            all.get(&page.id).copied()
        })
    });
    let error = RwSignal::new(None::<String>);
    let set = move |text: String| {
        let Ok(on) = parse_date(&text) else {
            return error.set(parse_date(&text).err());
        };
        let deal = page.id;
        let command = Command::Sell(SellCommand::SetRenewal { deal, on });
        match page.store.run(command) {
            Err(refusal) if refusal != crate::domain::command::Refusal::Nothing => {
                error.set(Some(refusal.to_string()));
            }
            _ => error.set(None),
        }
    };
    let renew = move |_| renew(page.store, page.id);
    let ahead = move || {
        on.get()
            .map(|on| super::facts::from_today(on, page.store.tick().today))
    };
    view! {
        <div class="deal-renewal">
            <Field label="Up for renewal on" hint=ahead error=move || error.get()>
                <DateField value=move || print_date(on.get()) on_change=set/>
            </Field>
            {move || match made.get() {
                Some(deal) => view! {
                    <Button icon=Glyph::ArrowRight on_click=move |_| nav::go(Route::Deal(deal))>"Open the renewal deal"</Button>
                }.into_any(),
                None => view! {
                    <Button icon=Glyph::Refresh on_click=renew disabled=Signal::derive(move || on.get().is_none())>"Make the renewal deal"</Button>
                }.into_any(),
            }}
        </div>
    }
}

/// Makes the renewal deal and opens it; says why not where that cannot be.
pub(crate) fn renew(store: crate::ui::store::Store, deal: DealId) {
    match store.run(Command::Sell(SellCommand::Renew { deal })) {
        Ok(Some(made)) => nav::go(Route::Deal(DealId(made.id))),
        Ok(None) => {}
        Err(refusal) => store.say(refusal.to_string(), News::Refused),
    }
}

/// Further deals with the same customer.
#[component]
fn More() -> impl IntoView {
    let page = use_page();
    let open = move |kind: DealKind| {
        let organisation = page.now(|_, deal| deal.organisation);
        further_deal(Further {
            organisation,
            origin: Some(page.id),
            kind,
            product: None,
        });
    };
    view! {
        <div class="deal-more">
            <Button size=ButtonSize::Small icon=Glyph::Plus on_click=move |_| open(DealKind::Upsell)>"New upsell deal"</Button>
            <Button size=ButtonSize::Small icon=Glyph::Plus on_click=move |_| open(DealKind::CrossSell)>"New cross-sell deal"</Button>
        </div>
    }
}
