//! Open deals for which nothing is planned.

use super::state::{Item, Mode, use_today};
use super::{FEW, ShowMore};
use crate::app::form::activity::ActivityForm;
use crate::app::route::Route;
use crate::app::today::BareOrder;
use crate::domain::activity::ActivityKind;
use crate::domain::ids::DealId;
use crate::domain::query::idle::idle;
use crate::shell::intl;
use crate::ui::deal::Composer;
use crate::ui::fmt;
use crate::ui::parts::*;
use leptos::prelude::*;

/// The list.
#[component]
pub(super) fn Bare() -> impl IntoView {
    let today = use_today();
    let deals = Memo::new(move |_| today.agenda.with(|a| a.bare.clone()));
    let count = Memo::new(move |_| deals.with(Vec::len));
    let most = RwSignal::new(FEW);
    let shown = move || deals.with(|all| all.iter().take(most.get()).copied().collect::<Vec<_>>());
    let orders = vec![
        Choice::new("value", "Most valuable"),
        Choice::new("oldest", "Longest quiet"),
    ];
    let value = move || match today.order.get() {
        BareOrder::Value => "value".to_owned(),
        BareOrder::Oldest => "oldest".to_owned(),
    };
    let set = move |value: String| {
        today.order.set(if value == "oldest" {
            BareOrder::Oldest
        } else {
            BareOrder::Value
        });
    };
    let any = Memo::new(move |_| count.get() > 0);
    move || {
        let orders = orders.clone();
        any.get().then(|| view! {
            <section class="today__list" aria-labelledby="today-bare">
                <div class="today__head">
                    <h2 class="today__title" id="today-bare">
                        "Open deals without a next step"
                        <Badge text=Signal::derive(move || intl::integer(count.get() as i64)) tone=Tone::Warn/>
                    </h2>
                    <Segmented options=Signal::stored(orders) value=Signal::derive(value) on_change=set label="Order"/>
                </div>
                <ul class="today__rows">
                    <For each=shown key=|id| *id children=|id| view! { <BareRow id/> }/>
                </ul>
                <ShowMore count most/>
            </section>
        })
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Face {
    title: String,
    organisation: Option<String>,
    stage: Option<(String, &'static str)>,
    value: Option<String>,
    quiet: u32,
    owner: Option<String>,
}

/// A deal, and the box in which its next step is planned.
#[component]
fn BareRow(
    /// Which.
    id: DealId,
) -> impl IntoView {
    let today = use_today();
    let store = today.store;
    let item = Item::Deal(id);
    let face = Memo::new(move |_| {
        store.track(id);
        let at = store.tick();
        store.with(|s| {
            let world = s.world();
            let deal = world.state.tables.deals.get(id)?;
            let name = |entity| world.state.name_of(entity);
            Some(Face {
                title: deal.title.clone(),
                organisation: deal.organisation.map(|id| name(id.into())),
                stage: world
                    .state
                    .stage_of(deal)
                    .map(|s| (s.name.clone(), s.hue.code())),
                value: deal.value.map(fmt::money_compact),
                quiet: idle(world, deal, at.now, at.today).days,
                owner: deal
                    .owner
                    .filter(|o| Some(*o) != s.me())
                    .map(|id| name(id.into())),
            })
        })
    });
    let planning = Memo::new(move |_| today.mode.get() == Some((item, Mode::Plan)));
    view! {
        <li class="today-row" data-item=item.code() data-kind="deal">
            {move || face.get().map(|face| view! {
                <div class="today-row__line">
                    <span class="today-row__kind"><Icon glyph=Glyph::Warning/></span>
                    <div class="today-row__what">
                        <a class="today-row__title" data-main href=Route::Deal(id).print()>{face.title}</a>
                        <p class="today-row__for">
                            {face.organisation.map(|name| view! { <span>{name}</span> })}
                            {face.stage.map(|(name, hue)| view! { <Chip hue=Some(hue.to_owned())>{name}</Chip> })}
                        </p>
                    </div>
                    <span class="today-row__value">{face.value}</span>
                    <span class="today-row__due">
                        <Chip title=Some("Without any sign of life".to_owned())>{format!("quiet {}", intl::count(face.quiet as usize, "day", "days"))}</Chip>
                    </span>
                    {face.owner.map(|name| view! { <Avatar name/> })}
                    <span class="today-row__actions">
                        <Button size=ButtonSize::Small icon=Glyph::Plus kbd="N" on_click=move |_| today.begin(item, Mode::Plan)>"Plan"</Button>
                    </span>
                </div>
            })}
            {move || planning.get().then(|| {
                let begin = ActivityForm::blank(id, ActivityKind::Task);
                view! { <Composer begin next_step=true autofocus=true on_done=move |()| today.over()/> }
            })}
        </li>
    }
}
