//! A civil date.

use super::boxed::{block, effect};
use leptos::callback::{Callable, UnsyncCallback};
use leptos::html;
use leptos::prelude::*;

use super::dom::{UNSETTLED, focus, guard_forms, has_bad_input, leaving};
use super::field::{OwnError, wiring};
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

/// What is said of half a date.
const INCOMPLETE: &str = "This date is not complete.";

/// A native date input, with a button that empties it and dates to be had with one press.
///
/// Dates are civil, "2027-03-31": no time, no zone. While the person is still typing one
/// (half a date, or a year of fewer than four digits) nothing is reported; left so, it says that
/// the date is not complete, and no form is sent past it.
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
    guard_forms();
    let own_error = field.own_error;
    let is_in_field = field.is_in_field();
    let look = move || {
        let input = input.get_untracked()?;
        let date = input.value();
        let unfinished = match date.is_empty() {
            true => has_bad_input(&input),
            false => date.starts_with('0'),
        };
        // Fails only for a name that is none.
        let _ = match unfinished {
            true => input.set_attribute(UNSETTLED, ""),
            false => input.remove_attribute(UNSETTLED),
        };
        (!unfinished).then_some(date)
    };
    let changed = move || {
        let Some(date) = look() else { return };
        own_error.set(None);
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
    let leave = move |_| {
        let unfinished = look().is_none();
        own_error.set(unfinished.then_some(INCOMPLETE));
    };
    // A date that comes from elsewhere takes the place of half of one.
    effect(move || {
        value.track();
        own_error.set(None);
        look();
    });
    let clear = move |_| {
        on_change.run(String::new());
        if let Some(input) = input.get_untracked() {
            // Also what the browser could not read as a date.
            input.set_value("");
            look();
            own_error.set(None);
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
                    on:input=move |_| changed()
                    on:blur=leaving(leave)
                />
                {block(move || (!lasting && !disabled.get() && (own_error.with(Option::is_some) || value.with(|value| !value.is_empty()))).then(|| view! {
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
            <OwnError error=own_error shown=!is_in_field/>
        </div>
    }
}
