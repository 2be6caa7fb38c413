//! Putting an activity on another day.

use super::state::{Item, Mode, use_today};
use crate::domain::command::Command;
use crate::domain::command::follow::FollowCommand;
use crate::domain::query::cadence::WorkCalendar;
use crate::ui::fmt;
use crate::ui::parts::*;
use chrono::{Datelike, Days, NaiveDate};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What the menu offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pick {
    On(NaiveDate),
    Choose,
}

/// Days things are mostly put off to.
fn days(today: NaiveDate, calendar: &WorkCalendar) -> Vec<(&'static str, NaiveDate)> {
    let ahead = |days: u64| today.checked_add_days(Days::new(days)).unwrap_or(today);
    let monday = ahead(7 - u64::from(today.weekday().num_days_from_monday()));
    let next = calendar.on_or_after(ahead(1));
    let tomorrow = if next == ahead(1) {
        "Tomorrow"
    } else {
        "Next working day"
    };
    let mut all = vec![
        (tomorrow, next),
        ("Next week", calendar.on_or_after(monday)),
    ];
    all.push(("In 2 weeks", calendar.on_or_after(ahead(14))));
    all.dedup_by_key(|(_, day)| *day);
    all
}

/// The one menu of all rows; hangs from the row that asked.
#[component]
pub(super) fn SnoozeMenu() -> impl IntoView {
    let today = use_today();
    let store = today.store;
    let anchor = RwSignal::new_local(None::<Anchor>);
    let of = StoredValue::new(None);
    Effect::new(move |_| {
        let Some(id) = today.snoozing.get() else {
            return;
        };
        of.set_value(Some(id));
        let selector = format!("[data-item=\"{}\"]", Item::Activity(id).code());
        let row = document().query_selector(&selector).ok().flatten();
        let button = row
            .as_ref()
            .and_then(|row| row.query_selector("[data-snooze]").ok().flatten())
            .or(row);
        anchor.set(button.map(|e| Anchor::Element(e.unchecked_into::<HtmlElement>())));
        today.snoozing.set(None);
    });
    let entries = move || {
        let day = store.moment().today;
        let calendar = store.with(|s| WorkCalendar::of(&s.world().state.workspace()));
        let mut all: Vec<MenuEntry<Pick>> = days(day, &calendar)
            .into_iter()
            .map(|(label, on)| {
                MenuItem::new(Pick::On(on), format!("{label}, {}", fmt::day_month(on))).into()
            })
            .collect();
        all.push(MenuEntry::Separator);
        all.push(
            MenuItem::new(Pick::Choose, "Choose a day…")
                .icon(Glyph::Calendar)
                .into(),
        );
        all
    };
    let pick = move |pick: Pick| {
        let Some(id) = of.get_value() else { return };
        let item = Item::Activity(id);
        match pick {
            Pick::On(due) => today.and_go_on(item, || {
                store.dispatch(Command::Follow(FollowCommand::Reschedule {
                    activity: id,
                    due,
                    minute: None,
                }));
            }),
            Pick::Choose => today.begin(item, Mode::Date),
        }
    };
    view! {
        <MenuPopup anchor label="Put on another day" entries=Signal::derive(entries) on_pick=pick align=Align::End/>
    }
}

/// The box in which a day is chosen, in the row.
#[component]
pub(super) fn ChooseDay(
    /// For which activity.
    id: crate::domain::ids::ActivityId,
) -> impl IntoView {
    let today = use_today();
    let store = today.store;
    let begin = store.with(|s| {
        let activity = s.world().state.tables.activities.get(id);
        crate::app::form::print_date(activity.and_then(|a| a.due))
    });
    let day = RwSignal::new(begin);
    let frame = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let input = frame
            .get()
            .and_then(|f| f.query_selector("input").ok().flatten());
        if let Some(input) = input.and_then(|i| i.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A control in the page takes the focus.
            let _ = input.focus();
        }
    });
    let save = move || {
        if let Ok(Some(due)) = crate::app::form::parse_date(&day.get_untracked()) {
            store.dispatch(Command::Follow(FollowCommand::Reschedule {
                activity: id,
                due,
                minute: None,
            }));
            today.over();
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            save();
        }
        "Escape" => {
            event.stop_propagation();
            today.over();
        }
        _ => {}
    };
    view! {
        <div class="today-row__box" node_ref=frame on:keydown=on_key>
            <Field label="Day">
                <DateField value=day on_change=move |to| day.set(to) picks=Signal::stored(crate::ui::deal::due_picks(store.moment().today))/>
            </Field>
            <div class="today-row__foot">
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost on_click=move |_| today.over()>"Cancel"</Button>
                <Button size=ButtonSize::Small kind=ButtonKind::Primary on_click=move |_| save()>"Move"</Button>
            </div>
        </div>
    }
}
