//! The main facts of a deal in a strip, each to be changed in place.

use super::composer::Composer;
use super::fields::{CategoryCell, CloseCell, OwnerCell, ProbabilityCell, ValueCell};
use super::inline::Fact;
use super::page::use_page;
use crate::app::form::activity::ActivityForm;
use crate::domain::activity::ActivityKind;
use crate::domain::deal::{Deal, Status};
use crate::domain::money::{Money, percent_of};
use crate::domain::query::idle::next_step;
use crate::domain::world::World;
use crate::ui::fmt;
use crate::ui::parts::Explain;
use chrono::NaiveDate;
use leptos::callback::UnsyncCallback;
use leptos::prelude::*;

/// Value, weighted value, expected close, probability, category, owner and next step.
#[component]
pub(super) fn Facts() -> impl IntoView {
    let page = use_page();
    let value = page.read(|_, deal| deal.value.map(fmt::money));
    let close = page.read(|_, deal| {
        deal.close
            .map(|d| (d, deal.outcome.status() == Status::Open))
    });
    let chance =
        page.read(|world, deal| (world.state.probability(deal), chance_source(world, deal)));
    let category = page.read(|_, deal| deal.category.map(|c| c.label().to_owned()));
    let owner = page.read(|world, deal| {
        let owner = deal.owner.filter(|id| world.is_alive((*id).into()));
        owner.map(|id| world.state.name_of(id.into()))
    });
    let overdue = move || {
        let today = page.store.tick().today;
        close.get().is_some_and(|(date, open)| open && date < today)
    };
    let ahead = move || {
        close
            .get()
            .filter(|(_, open)| *open)
            .map(|(date, _)| from_today(date, page.store.tick().today))
    };
    view! {
        <section class="deal-facts" aria-label="Main facts">
            <Fact label="Value" value=move || value.get() none="No value yet" strong=true editor=|| view! { <ValueCell/> }.into_any()/>
            <Weighted/>
            <Fact label="Expected close" value=move || close.get().map(|(d, _)| fmt::day_month(d)) none="No date yet" note=ahead alarm=overdue editor=|| view! { <CloseCell/> }.into_any()/>
            <Fact label="Probability" value=move || Some(fmt::percent(chance.get().0)) none="" note=move || Some(chance.get().1) editor=|| view! { <ProbabilityCell/> }.into_any()/>
            <Fact label="Category" value=move || category.get() none="Not set" editor=|| view! { <CategoryCell/> }.into_any()/>
            <Fact label="Owner" value=move || owner.get() none="Nobody" avatar=true editor=|| view! { <OwnerCell/> }.into_any()/>
            <NextStep/>
        </section>
    }
}

/// Where the probability comes from, in a few words.
pub(super) fn chance_source(world: &World, deal: &Deal) -> String {
    match (deal.outcome.status(), deal.probability) {
        (Status::Won, _) => String::from("won"),
        (Status::Lost, _) => String::from("lost"),
        (Status::OnHold, _) => String::from("on hold"),
        (Status::Open, Some(_)) => String::from("set by hand"),
        (Status::Open, None) => match world.state.stage_of(deal) {
            Some(stage) => format!("as in {}", stage.name),
            None => String::from("no stage"),
        },
    }
}

/// A date as seen from today.
#[must_use]
pub fn from_today(date: NaiveDate, today: NaiveDate) -> String {
    crate::shell::intl::relative_days((date - today).num_days())
}

/// Value times probability, with how it is computed. Not changed by hand.
#[component]
fn Weighted() -> impl IntoView {
    let page = use_page();
    let parts = page.read(|world, deal| {
        let value = deal.value?;
        let percent = world.state.probability(deal);
        let minor = percent_of(i128::from(value.minor) * i128::from(percent));
        // Never more than the value itself, which fits.
        let weighted = Money::new(i64::try_from(minor).unwrap_or(value.minor), value.currency);
        Some((
            fmt::money(weighted),
            fmt::money(value),
            fmt::percent(percent),
            chance_source(world, deal),
        ))
    });
    let explanation = move || {
        parts.get().map(|(weighted, value, percent, source)| view! {
            <p>"What the deal is worth on average over many like it: its value times its chance to win."</p>
            <p><code>{format!("{value} × {percent} = {weighted}")}</code></p>
            <p>{format!("The probability is {source}.")}</p>
        })
    };
    view! {
        <div class="deal-fact deal-fact--fixed">
            <span class="deal-fact__label">
                "Weighted"
                {move || parts.with(Option::is_some).then(|| view! { <Explain title="Weighted value">{explanation}</Explain> })}
            </span>
            <span class="deal-fact__value" class:deal-fact__value--none=move || parts.with(Option::is_none)>
                {move || parts.get().map_or_else(|| String::from("–"), |(weighted, ..)| weighted)}
            </span>
        </div>
    }
}

/// What to do next; changing it changes the activity, or plans one.
#[component]
fn NextStep() -> impl IntoView {
    let page = use_page();
    let next =
        page.read(|world, deal| next_step(world, deal).map(|a| (a.id, a.subject.clone(), a.due)));
    let open = page.read(|_, deal| deal.outcome.status() == Status::Open);
    let overdue = move || {
        let today = page.store.tick().today;
        next.get()
            .is_some_and(|(_, _, due)| due.is_some_and(|due| due < today))
    };
    let note = move || {
        next.get()?.2.map(|due| {
            format!(
                "{}, {}",
                fmt::day_month(due),
                from_today(due, page.store.tick().today)
            )
        })
    };
    let editor = move |done: UnsyncCallback<()>| {
        let begin = untrack(|| next.get()).and_then(|(id, ..)| {
            page.store
                .with(|s| ActivityForm::from_activity(s.world(), id))
        });
        let begin = begin.unwrap_or_else(|| ActivityForm::blank(page.id, ActivityKind::Task));
        view! { <Composer begin on_done=move |()| leptos::callback::Callable::run(&done, ()) next_step=true/> }.into_any()
    };
    view! {
        <Fact
            label="Next step"
            value=move || next.get().map(|(_, subject, _)| subject)
            none=Signal::derive(move || if open.get() { "No next step" } else { "None" }.to_owned())
            note
            alarm=overdue
            warn=move || open.get() && next.with(Option::is_none)
            wide=true
            own_editor=editor
        />
    }
}
