//! Working days, holidays, and how often somebody is contacted: what cadences count by.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Section;
use super::workspace::follow_workspace;
use crate::app::form::parse_date;
use crate::domain::command::Command;
use crate::domain::workspace::WorkspaceField;
use crate::ui::fmt;
use crate::ui::parts::{Button, Checkbox, Chip, DateField, Field, NumberInput};
use crate::ui::stages::Draft;
use crate::ui::store::use_store;

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// The section.
#[component]
pub(super) fn Working() -> impl IntoView {
    let store = use_store();
    let workspace = follow_workspace(store);
    let (days, limit, holiday) = (Draft::new(), Draft::new(), Draft::new());
    let run = move |field| store.run(Command::EditWorkspace(vec![field]));
    let day = move |(at, name): (usize, &'static str)| {
        let bit = 1_u8 << at;
        let toggle = move |on: bool| {
            let now = workspace.with_untracked(|w| w.working_days);
            let next = if on { now | bit } else { now & !bit };
            days.settle(run(WorkspaceField::WorkingDays(next)));
        };
        view! {
            <Checkbox label=name checked=Signal::derive(move || workspace.with(|w| w.working_days & bit != 0)) on_change=toggle/>
        }
    };
    let typed = holiday.or(String::new);
    let set_holidays =
        move |all: Vec<NaiveDate>| holiday.settle(run(WorkspaceField::Holidays(all)));
    let add = move |_| match parse_date(&typed.get_untracked()) {
        Ok(Some(date)) => {
            let mut all = workspace.with_untracked(|w| w.holidays.clone());
            all.push(date);
            set_holidays(all);
        }
        Ok(None) => holiday.refuse("Choose the day first."),
        Err(why) => holiday.refuse(why),
    };
    let chip = move |date: NaiveDate| {
        let words = fmt::date(date);
        let remove = move |()| {
            let mut all = workspace.with_untracked(|w| w.holidays.clone());
            all.retain(|other| *other != date);
            set_holidays(all);
            crate::ui::nav::rescue_focus();
        };
        view! { <li><Chip remove_label=format!("Remove {words}") on_remove=remove>{words.clone()}</Chip></li> }
    };
    let set_limit = move |text: String| {
        let text = text.trim();
        if text.is_empty() {
            return limit.settle(run(WorkspaceField::TouchLimit(None)));
        }
        match text.parse::<u8>() {
            Ok(most) => limit.settle(run(WorkspaceField::TouchLimit(Some(most)))),
            Err(_) => limit.refuse("Give a whole number, or leave it empty for no limit."),
        }
    };
    view! {
        <Section title="Working time" text="Cadences plan on working days only, and leave people alone for the rest of the week once they were contacted often enough.">
            <fieldset class="working-days">
                <legend class="field__label">"Working days"</legend>
                <div class="working-days__list">{DAYS.into_iter().enumerate().map(day).collect_view()}</div>
                {move || days.error().get().map(|why| view! { <p class="field__error" role="alert">{why}</p> })}
            </fieldset>
            <div class="holidays">
                <Field label="Holidays" error=holiday.error()>
                    <DateField value=typed on_change=move |date| holiday.typed(date)/>
                </Field>
                <Button on_click=add>"Add"</Button>
            </div>
            <ul class="holidays__list" aria-label="Holidays">
                {move || workspace.with(|w| w.holidays.clone()).into_iter().map(chip).collect_view()}
            </ul>
            <Field
                label="Touches a week for one contact"
                hint="Calls, e-mails and meetings from us, done or planned, by whomever. Where a week is full, cadences plan in a later one; you are told when you plan one more by hand. Empty for no limit."
                error=limit.error()
            >
                <NumberInput
                    value=limit.or(move || workspace.with(|w| w.touch_limit.map(|n| n.to_string()).unwrap_or_default()))
                    on_input=move |text| limit.typed(text)
                    on_commit=set_limit
                    placeholder="no limit"
                />
            </Field>
        </Section>
    }
}
