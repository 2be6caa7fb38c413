//! How far something has come.

use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;

use super::button::{Button, ButtonKind, ButtonSize};
use super::dom::{decimal, unique_id};

/// A bar with a label, what is done in words, and a button to stop it.
#[component]
pub fn Progress(
    /// What is being done: "Reading deals.csv".
    #[prop(into)]
    label: Signal<String>,
    /// How much is done, from 0 to `max`; none while that is not known.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// How much there is; 1 when not given.
    #[prop(default = Signal::stored(1.0), into)]
    max: Signal<f64>,
    /// What is done in words: "4,200 of 8,800 rows". The percentage when not given.
    #[prop(optional, into)]
    text: Signal<Option<String>>,
    /// Gives it a button to stop the work.
    #[prop(optional, into)]
    on_cancel: Option<UnsyncCallback<()>>,
) -> impl IntoView {
    let id = unique_id("progress");
    let share = move || {
        let (value, max) = (value.get()?, max.get());
        (max > 0.0).then(|| (value / max).clamp(0.0, 1.0))
    };
    let words = move || {
        text.get()
            .or_else(|| share().map(|share| format!("{} %", (share * 100.0) as u8)))
            .unwrap_or_default()
    };
    view! {
        <div class="progress">
            <span class="progress__label" id=id.clone()>{label}</span>
            <span class="progress__text">{words}</span>
            <progress
                class="progress__bar"
                aria-labelledby=id
                max="1"
                value=move || share().map(decimal)
            ></progress>
            {on_cancel.map(|on_cancel| view! {
                <Button kind=ButtonKind::Ghost size=ButtonSize::Small on_click=move |_| on_cancel.run(())>"Cancel"</Button>
            })}
        </div>
    }
}
