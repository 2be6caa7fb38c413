//! A day of the week with its hours, and a day of the month.

use super::item::{Item, MarkerView};
use super::state::{Calendar, use_calendar};
use crate::app::calendar::{Block, Span};
use crate::shell::intl;
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Activities of a day of the month shown; the rest is behind a button.
const FEW: usize = 4;
/// Markers of a day of the month shown.
const FEW_MARKERS: usize = 2;

/// A day of the week.
#[component]
pub(super) fn WeekDay(
    /// Which.
    date: NaiveDate,
) -> impl IntoView {
    let calendar = use_calendar();
    let day = calendar.day(date);
    let is_today = move || calendar.today.get() == date;
    let is_over = move || calendar.over.get() == Some(date);
    let plan_at = move |event: web_sys::MouseEvent| {
        if let Some(minute) = minute_at(&event) {
            calendar.plan(date, Some(minute));
        }
    };
    let plan = move |event: web_sys::MouseEvent| {
        if ground(&event).is_some() {
            calendar.plan(date, None);
        }
    };
    let name = Calendar::label(date);
    let whole = move || day.with(|d| d.whole.clone());
    let markers = move || day.with(|d| d.markers.clone());
    let timed = move || day.with(|d| d.timed.clone());
    view! {
        <section class="cal-day" class:cal-day--today=is_today class:cal-day--over=is_over data-day=date.to_string() aria-label=intl::date_long(date)>
            <button type="button" class="cal-day__head" title=format!("Plan something on {name}") on:click=move |_| calendar.plan(date, None)>
                <span class="cal-day__name">{intl::weekday(date)}</span>
                <span class="cal-day__number">{date.day()}</span>
                <span class="visually-hidden">", plan something"</span>
            </button>
            // A press on the empty ground plans; the button above does the same by key.
            <div class="cal-day__whole" on:click=plan>
                <For each=markers key=|m| *m children=|(marker, deal)| view! { <MarkerView marker deal/> }/>
                <For each=whole key=|id| *id children=|id| view! { <Item id/> }/>
            </div>
            <div class="cal-day__hours" data-hours on:click=plan_at>
                <Now date/>
                <For each=timed key=|b| *b children=|block: Block| view! { <Item id=block.id block/> }/>
            </div>
        </section>
    }
}

/// The line of the present time.
#[component]
fn Now(date: NaiveDate) -> impl IntoView {
    let calendar = use_calendar();
    let minute = move || {
        let today = calendar.store.tick().today;
        (today == date).then(crate::shell::clock::minute_of_day)
    };
    move || {
        minute()
            .map(|minute| view! { <span class="cal-now" style:--from=minute.to_string()></span> })
    }
}

/// The ground a press met, not something that stands on it.
fn ground(event: &web_sys::MouseEvent) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let is_ground = target.matches(".cal-day__whole, .cal-day__hours, .cal-cell");
    is_ground.unwrap_or(false).then_some(target)
}

/// The time of day a press on the ground of the hours means, to the half hour.
fn minute_at(event: &web_sys::MouseEvent) -> Option<u16> {
    minute_of(&ground(event)?, f64::from(event.client_y()), 30)
}

/// The time of day at a height of the page over the hours of a day, down to a full `step`.
pub(super) fn minute_of(hours: &Element, y: f64, step: u16) -> Option<u16> {
    let rect = hours.get_bounding_client_rect();
    if rect.height() <= 0.0 {
        return None;
    }
    let share = ((y - rect.top()) / rect.height()).clamp(0.0, 1.0);
    let minute = (share * 1_440.0) as u16 / step * step;
    Some(minute.min(1_440 - step))
}

/// A day of the month.
#[component]
pub(super) fn MonthDay(
    /// Which.
    date: NaiveDate,
) -> impl IntoView {
    let calendar = use_calendar();
    let day = calendar.day(date);
    let all = Memo::new(move |_| {
        day.with(|d| {
            let timed = d.timed.iter().map(|b| b.id);
            d.whole.iter().copied().chain(timed).collect::<Vec<_>>()
        })
    });
    let shown = move || all.with(|all| all.iter().take(FEW).copied().collect::<Vec<_>>());
    let markers = move || {
        day.with(|d| {
            d.markers
                .iter()
                .take(FEW_MARKERS)
                .copied()
                .collect::<Vec<_>>()
        })
    };
    let hidden = move || {
        let more = day.with(|d| d.markers.len().saturating_sub(FEW_MARKERS));
        all.with(Vec::len).saturating_sub(FEW) + more
    };
    let count = move || all.with(Vec::len) + day.with(|d| d.markers.len());
    let to_week = move || {
        calendar.at.set(date);
        calendar.show(Span::Week);
    };
    // On phones a day has room for a number only: it leads to its week.
    let press = move |_| {
        if is_narrow() && count() > 0 {
            to_week();
        } else {
            calendar.plan(date, None);
        }
    };
    let plan = move |event: web_sys::MouseEvent| {
        if ground(&event).is_some() {
            calendar.plan(date, None);
        }
    };
    let name = Calendar::label(date);
    let more = move || match count() {
        0 => String::from(", plan something"),
        1 => String::from(" entry, plan something"),
        _ => String::from(" entries, plan something"),
    };
    view! {
        <section
            class="cal-cell"
            class:cal-cell--today=move || calendar.today.get() == date
            class:cal-cell--outside=move || !calendar.is_inside(date)
            class:cal-cell--over=move || calendar.over.get() == Some(date)
            data-day=date.to_string()
            aria-label=intl::date_long(date)
            on:click=plan
        >
            <button type="button" class="cal-cell__number" title=format!("Plan something on {name}") on:click=press>
                {date.day()}
                <span class="cal-cell__count">{move || (count() > 0).then(count)}</span>
                <span class="visually-hidden">{more}</span>
            </button>
            <For each=markers key=|m| *m children=|(marker, deal)| view! { <MarkerView marker deal/> }/>
            <For each=shown key=|id| *id children=|id| view! { <Item id/> }/>
            {move || (hidden() > 0).then(|| view! {
                <button type="button" class="cal-cell__more" on:click=move |_| to_week()>{format!("{} more", hidden())}</button>
            })}
        </section>
    }
}

fn is_narrow() -> bool {
    let query = window().match_media("(max-width: 640px)").ok().flatten();
    query.is_some_and(|q| q.matches())
}
