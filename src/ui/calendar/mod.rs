//! Activities by week and month.

mod day;
mod drag;
mod item;
mod state;

use leptos::prelude::*;

use self::day::{MonthDay, WeekDay};
use self::item::ItemMenu;
use self::state::{Calendar, use_calendar};
use crate::app::calendar::Span;
use crate::app::form::print_time;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::frame::TopBar;
use crate::ui::keys::{Group, keys, on};
use crate::ui::parts::*;
use crate::ui::store::use_store;
use crate::ui::today::Whose;

/// The view.
#[component]
pub fn CalendarView() -> impl IntoView {
    let store = use_store();
    let calendar = Calendar::new(store);
    provide_context(calendar);
    on("T", "Today", Group::Calendar, move || calendar.go_today());
    on("Left", "Back", Group::Calendar, move || {
        calendar.turn(false)
    });
    on("Right", "On", Group::Calendar, move || calendar.turn(true));
    on("W", "Week", Group::Calendar, move || {
        calendar.show(Span::Week)
    });
    on("M", "Month", Group::Calendar, move || {
        calendar.show(Span::Month)
    });
    for (pressed, label) in [
        ("Alt+Left", "Move the activity a day back"),
        ("Alt+Right", "Move the activity a day on"),
        ("Alt+Up", "Move the activity a week back"),
        ("Alt+Down", "Move the activity a week on"),
    ] {
        keys(pressed, label, Group::Calendar).listed_only();
    }
    view! {
        <TopBar title="Calendar"><Controls/></TopBar>
        <div class="cal">
            <p class="cal__title" aria-live="polite">{move || title(calendar)}</p>
            {move || match calendar.span.get() {
                Span::Week => view! { <Week/> }.into_any(),
                Span::Month => view! { <Month/> }.into_any(),
            }}
            <ItemMenu/>
        </div>
    }
}

fn title(calendar: Calendar) -> String {
    let day = calendar.at.get();
    match calendar.span.get() {
        Span::Month => intl::month_long(day),
        Span::Week => calendar
            .days
            .with(|days| match (days.first(), days.last()) {
                (Some(first), Some(last)) => {
                    format!(
                        "{} – {}",
                        intl::date_short(first.date),
                        fmt::date(last.date)
                    )
                }
                _ => String::new(),
            }),
    }
}

/// Back, today, on; week or month; whose.
#[component]
fn Controls() -> impl IntoView {
    let calendar = use_calendar();
    let spans = vec![Choice::new("week", "Week"), Choice::new("month", "Month")];
    let span = move || match calendar.span.get() {
        Span::Week => "week".to_owned(),
        Span::Month => "month".to_owned(),
    };
    let set = move |value: String| {
        calendar.show(if value == "month" {
            Span::Month
        } else {
            Span::Week
        });
    };
    view! {
        <span class="cal__turn">
            <IconButton label="Back" glyph=Glyph::ChevronLeft kbd="Left" on_click=move |_| calendar.turn(false)/>
            <Button size=ButtonSize::Small on_click=move |_| calendar.go_today()>"Today"</Button>
            <IconButton label="On" glyph=Glyph::ChevronRight kbd="Right" on_click=move |_| calendar.turn(true)/>
        </span>
        <Segmented options=Signal::stored(spans) value=Signal::derive(span) on_change=set label="How much"/>
        <Whose store=calendar.store/>
    }
}

/// Seven days beside each other, with hours; below each other on phones.
#[component]
fn Week() -> impl IntoView {
    let calendar = use_calendar();
    let dates = Memo::new(move |_| calendar.dates());
    let hours = (1..24).map(|hour| {
        view! { <span class="cal-hours__hour" style:--hour=hour.to_string()>{print_time(hour * 60)}</span> }
    });
    let frame = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            // Work begins around seven; earlier hours are a scroll away.
            let height = f64::from(frame.scroll_height());
            frame.set_scroll_top((height * 6.5 / 24.0) as i32);
        }
    });
    view! {
        <div class="cal-week" node_ref=frame tabindex="0" role="region" aria-label="Week">
            <div class="cal-hours" aria-hidden="true">
                <span class="cal-hours__head"></span>
                <span class="cal-hours__whole">"All day"</span>
                <div class="cal-hours__list">{hours.collect_view()}</div>
            </div>
            <For each=move || dates.get() key=|date| *date children=|date| view! { <WeekDay date/> }/>
        </div>
    }
}

/// The weeks of a month.
#[component]
fn Month() -> impl IntoView {
    let calendar = use_calendar();
    let dates = Memo::new(move |_| calendar.dates());
    let heads = move || {
        let names = dates.get().into_iter().take(7);
        names
            .map(|date| view! { <span class="cal-month__head">{intl::weekday(date)}</span> })
            .collect_view()
    };
    view! {
        <div class="cal-month" role="region" aria-label="Month">
            <div class="cal-month__heads" aria-hidden="true">{heads}</div>
            <div class="cal-month__days">
                <For each=move || dates.get() key=|date| *date children=|date| view! { <MonthDay date/> }/>
            </div>
        </div>
    }
}
