//! When an activity is to be done, or was done.

use super::composer::error_of;
use super::more::due_picks;
use crate::app::form::activity::ActivityForm;
use crate::app::form::{FieldError, field};
use crate::shell::clock;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use chrono::{Days, NaiveDate};
use leptos::prelude::*;

/// The moment of a day and a minute after midnight where the person is. Of a day without a time
/// its noon, of today without a time the present.
pub(super) fn instant(day: NaiveDate, minute: Option<u16>) -> i64 {
    let now = clock::now_ms();
    match minute {
        None if day == clock::today() => now,
        None => clock::instant(day, 12 * 60),
        // What is shown as this minute is this moment.
        Some(minute) => {
            let at = clock::instant(day, minute);
            if (at..at + 60_000).contains(&now) {
                now
            } else {
                at
            }
        }
    }
}

/// Day and time, and whether it was done already.
#[component]
pub(super) fn When(
    /// What was typed.
    form: RwSignal<ActivityForm>,
    /// What is wrong with it.
    errors: RwSignal<Vec<FieldError>>,
    /// To be planned, never done.
    next_step: bool,
) -> impl IntoView {
    let store = use_store();
    let done = Memo::new(move |_| form.with(|f| f.done));
    let states = vec![Choice::new("plan", "To do"), Choice::new("done", "Done")];
    let set = move |value: String| {
        form.update(|f| match &*value {
            "done" => f.set_done(store.moment().today, clock::minute_of_day()),
            _ => f.done = false,
        });
    };
    view! {
        <div class="deal-composer__when">
            {(!next_step).then(|| view! {
                <Segmented
                    options=Signal::stored(states)
                    value=move || if done.get() { "done" } else { "plan" }.to_owned()
                    on_change=set
                    label="Whether it is done"
                />
            })}
            {move || if done.get() {
                view! { <Done form errors/> }.into_any()
            } else {
                view! { <Due form errors next_step/> }.into_any()
            }}
        </div>
    }
}

/// A text of the form that follows it.
fn text(form: RwSignal<ActivityForm>, read: fn(&ActivityForm) -> &String) -> Memo<String> {
    Memo::new(move |_| form.with(|f| read(f).clone()))
}

#[component]
fn Due(
    form: RwSignal<ActivityForm>,
    errors: RwSignal<Vec<FieldError>>,
    next_step: bool,
) -> impl IntoView {
    let (due, time) = (text(form, |f| &f.due), text(form, |f| &f.time));
    let picks = Signal::stored(due_picks(use_store().moment().today));
    view! {
        <Field label="Due" label_hidden=!next_step error=error_of(errors, field::DUE) class="deal-composer__due">
            <DateField value=due on_change=move |due| form.update(|f| f.due = due) picks/>
        </Field>
        {move || (!due.with(String::is_empty) || !time.with(String::is_empty)).then(|| view! {
            <Field label="Time" label_hidden=!next_step error=error_of(errors, field::TIME) class="deal-composer__time">
                <TextInput kind="time" value=time on_input=move |time| form.update(|f| f.time = time)/>
            </Field>
        })}
    }
}

/// When it was done: today and now unless something else is said.
#[component]
fn Done(form: RwSignal<ActivityForm>, errors: RwSignal<Vec<FieldError>>) -> impl IntoView {
    let (day, time) = (text(form, |f| &f.done_on), text(form, |f| &f.done_time));
    let today = use_store().moment().today;
    let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    let picks = vec![
        DatePick::new("Today", today),
        DatePick::new("Yesterday", yesterday),
    ];
    let clear = move |name: &'static str| errors.update(|all| all.retain(|e| e.field != name));
    let set_day = move |day| {
        clear(field::DONE);
        form.update(|f| f.done_on = day);
    };
    let set_time = move |time| {
        clear(field::DONE);
        clear(field::DONE_TIME);
        form.update(|f| f.done_time = time);
    };
    view! {
        <Field label="Done on" label_hidden=true error=error_of(errors, field::DONE) class="deal-composer__due">
            <DateField value=day on_change=set_day picks=Signal::stored(picks) max=Some(today.to_string())/>
        </Field>
        <Field label="Done at" label_hidden=true error=error_of(errors, field::DONE_TIME) class="deal-composer__time">
            <TextInput kind="time" value=time on_input=set_time/>
        </Field>
    }
}
