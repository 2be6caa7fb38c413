//! Deals of an organisation or a contact, one line each.

use leptos::prelude::*;

use crate::app::route::Route;
use crate::domain::deal::{BuyingRole, Status};
use crate::domain::ids::{ContactId, DealId};
use crate::domain::world::World;
use crate::ui::deal::StatusChip;
use crate::ui::fmt;
use crate::ui::parts::*;

/// A deal as a line shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealLine {
    /// Which.
    pub id: DealId,
    title: String,
    stage: String,
    hue: &'static str,
    status: Status,
    value: Option<String>,
    when: Option<String>,
    owner: Option<String>,
    role: Option<BuyingRole>,
}

/// A deal, and the role of a contact on it.
#[must_use]
pub fn deal_line(world: &World, id: DealId, of: Option<ContactId>) -> Option<DealLine> {
    let deal = world.state.tables.deals.get(id)?;
    let stage = world.state.stage_of(deal);
    let when = match deal.outcome.closure() {
        Some(closure) => Some(fmt::date(closure.on)),
        None => deal
            .close
            .map(|on| format!("closes {}", fmt::day_month(on))),
    };
    let owner = deal.owner.and_then(|id| world.state.tables.people.get(id));
    let link = of.and_then(|of| deal.contacts.iter().find(|link| link.contact == of));
    Some(DealLine {
        id,
        title: deal.title.clone(),
        stage: stage.map(|s| s.name.clone()).unwrap_or_default(),
        hue: stage.map_or("slate", |s| s.hue.code()),
        status: deal.outcome.status(),
        value: deal.value.map(fmt::money),
        when,
        owner: owner.map(|p| p.name.clone()),
        role: link.map(|link| link.role),
    })
}

/// Closed deals shown before one asks for the rest.
const FEW: usize = 8;

/// The lines: open deals, then the others.
#[component]
pub fn DealLines(
    /// The deals, open ones first.
    #[prop(into)]
    lines: Signal<Vec<DealLine>>,
    /// What stands there while there is none.
    none: &'static str,
) -> impl IntoView {
    let all = RwSignal::new(false);
    let shown = move || {
        lines.with(|lines| {
            let open = lines.iter().filter(|l| l.status == Status::Open).count();
            let most = if all.get() { usize::MAX } else { open + FEW };
            lines.iter().take(most).cloned().collect::<Vec<_>>()
        })
    };
    let hidden = move || lines.with(Vec::len).saturating_sub(shown().len());
    view! {
        {move || if lines.with(Vec::is_empty) {
            view! { <p class="record-none">{none}</p> }.into_any()
        } else {
            view! { <ul class="record-deals">{shown().into_iter().map(line).collect_view()}</ul> }.into_any()
        }}
        {move || (hidden() > 0).then(|| view! {
            <Button kind=ButtonKind::Ghost size=ButtonSize::Small on_click=move |_| all.set(true)>
                {format!("Show {} more", hidden())}
            </Button>
        })}
    }
}

fn line(deal: DealLine) -> impl IntoView {
    let role = deal.role.filter(|role| *role != BuyingRole::Unknown);
    view! {
        <li class="record-deal" data-hue=deal.hue data-deal-line=deal.id.to_string()>
            <span class="record-deal__mark" aria-hidden="true"></span>
            <a class="record-deal__title" href=Route::Deal(deal.id).print()>{deal.title}</a>
            <span class="record-deal__more">
                {role.map(|role| view! { <Chip tone=Tone::Accent>{role.label()}</Chip> })}
                {match deal.status {
                    Status::Open => view! { <span>{deal.stage}</span> }.into_any(),
                    status => view! { <StatusChip status/> }.into_any(),
                }}
                {deal.when.map(|when| view! { <span>{when}</span> })}
                {deal.owner.map(|name| view! { <Avatar name/> })}
            </span>
            <span class="record-deal__value">{deal.value}</span>
        </li>
    }
}
