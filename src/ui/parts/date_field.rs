//! A civil date.

use super::boxed::block;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::html;
use leptos::prelude::*;

use super::dom::{focus, has_bad_input};
use super::field::wiring;
use super::icon::{Glyph, Icon};

/// A date to be had with one press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatePick {
    /// What the person reads: "End of quarter".
    pub label: String,
    /// The date, "2027-03-31".
    pub date: String,
}

impl DatePick {
    /// A pick.
    pub fn new(label: impl Into<String>, date: chrono::NaiveDate) -> Self {
        Self {
            label: label.into(),
            date: date.to_string(),
        }
    }
}

/// A native date input, with a button that empties it and dates to be had with one press.
///
/// Dates are civil, "2027-03-31": no time, no zone. While the person is still typing one
/// (half a date, or a year of fewer than four digits) nothing is reported.
#[component]
pub fn DateField(
    /// The date shown; "" for none.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new date; "" when it was emptied.
    #[prop(into)]
    on_change: UnsyncCallback<String>,
    /// Dates to be had with one press.
    #[prop(optional, into)]
    picks: Signal<Vec<DatePick>>,
    /// The first date that can be picked, "2027-01-01".
    #[prop(optional, into)]
    min: Signal<Option<String>>,
    /// The last date that can be picked.
    #[prop(optional, into)]
    max: Signal<Option<String>>,
    /// The accessible name where no [`Field`](super::Field) gives one.
    #[prop(optional, into)]
    label: Signal<Option<String>>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Takes the focus when a dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// There is always a date: it can be set to another, not emptied.
    #[prop(optional)]
    lasting: bool,
) -> impl IntoView {
    let field = wiring();
    let input = NodeRef::<html::Input>::new();
    let changed = move |date: String| {
        let unfinished = match input.get_untracked() {
            Some(input) if date.is_empty() => has_bad_input(&input),
            _ => date.starts_with('0'),
        };
        if unfinished {
            return;
        }
        // What cannot be is told, and the date there is comes back.
        let beyond = max.with_untracked(|max| max.as_ref().is_some_and(|max| date > *max));
        if lasting && (date.is_empty() || beyond) {
            if let Some(input) = input.get_untracked() {
                input.set_value(&value.get_untracked());
            }
            if date.is_empty() {
                return;
            }
        }
        if value.with_untracked(|value| *value != date) {
            on_change.run(date);
        }
    };
    let clear = move |_| {
        on_change.run(String::new());
        if let Some(input) = input.get_untracked() {
            // Also what the browser could not read as a date.
            input.set_value("");
            focus(&input);
        }
    };
    let pick = move |pick: DatePick| {
        let date = pick.date.clone();
        let is_on = move || value.with(|value| *value == date);
        view! {
            <button
                type="button"
                class="date__pick"
                aria-pressed=move || if is_on() { "true" } else { "false" }
                disabled=disabled
                on:click=move |_| on_change.run(pick.date.clone())
            >
                {pick.label}
            </button>
        }
    };
    view! {
        <div class="date">
            <div class="input input--date" class:input--empty=move || value.with(String::is_empty)>
                <input
                    class="input__text"
                    type="date"
                    id=field.id.clone()
                    node_ref=input
                    prop:value=value
                    min=move || min.get()
                    max=move || max.get().unwrap_or_else(|| String::from("9999-12-31"))
                    disabled=disabled
                    autofocus=autofocus
                    aria-label=move || label.get()
                    aria-describedby=field.described_by
                    aria-invalid=field.aria_invalid()
                    aria-required=field.aria_required()
                    on:input:target=move |event| changed(event.target().value())
                />
                {block(move || (!lasting && !disabled.get() && value.with(|value| !value.is_empty())).then(|| view! {
                    <button type="button" class="input__button" aria-label="Clear date" title="Clear date" on:click=clear>
                        <Icon glyph=Glyph::Close/>
                    </button>
                }))}
            </div>
            {block(move || {
                let picks = picks.get();
                (!picks.is_empty()).then(|| view! {
                    <div class="date__picks">{picks.into_iter().map(pick).collect_view()}</div>
                })
            })}
        </div>
    }
}
