//! Going to an earlier day.

use crate::shell::clock;
use crate::ui::frame::look_at;
use crate::ui::insight::data::use_insight;
use crate::ui::parts::*;
use chrono::{Days, NaiveDate};
use leptos::prelude::*;

/// A date to go to, with days one often wants.
#[component]
pub(super) fn LookBack() -> impl IntoView {
    let insight = use_insight();
    let store = insight.store;
    let day = RwSignal::new(String::new());
    let picks = move || {
        let today = clock::today();
        let back = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let first = insight.lens.with(|lens| lens.period.from());
        let mut picks = vec![
            DatePick::new("A week ago", back(7)),
            DatePick::new("A month ago", back(30)),
            DatePick::new("A quarter ago", back(91)),
        ];
        if first != NaiveDate::MIN && first < today {
            picks.push(DatePick::new("Start of this time", first));
        }
        picks
    };
    let go = move || {
        let date = day.get_untracked();
        if !date.is_empty() {
            look_at(store, &date);
        }
    };
    view! {
        <form
            class="changes__back"
            // A day to come is told in words of our own.
            novalidate
            on:submit=move |event: leptos::ev::SubmitEvent| {
                event.prevent_default();
                go();
            }
        >
            <Field label="See everything as of">
                <DateField
                    value=day
                    on_change=move |date: String| day.set(date)
                    picks=Signal::derive(picks)
                    max=Some(clock::today().to_string())
                />
            </Field>
            <Button submit=true icon=Glyph::History disabled=Signal::derive(move || day.with(String::is_empty))>"Look back"</Button>
        </form>
    }
}
