//! Choosing one of a list, natively.

use super::boxed::block;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;

use super::choice::Choice;
use super::field::wiring;
use super::icon::{Glyph, Icon};

/// A native `select`. Good up to some thirty options; more want a [`Combobox`](super::Combobox).
#[component]
pub fn Select(
    /// The options, in order.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// The value chosen; "" or one not among the options shows the placeholder.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value the person chose ("" for the placeholder).
    #[prop(into)]
    on_change: UnsyncCallback<String>,
    /// The text of the empty option. Without one, the empty option cannot be chosen by hand.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// The accessible name where no [`Field`](super::Field) gives one.
    #[prop(optional, into)]
    label: Signal<Option<String>>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// More classes for the box around it.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let field = wiring();
    let known = move || {
        value.with(|value| options.with(|all| all.iter().any(|option| option.value == *value)))
    };
    let row = move |option: Choice| {
        let own = option.value.clone();
        view! {
            <option
                value=option.value
                disabled=option.disabled
                prop:selected=move || value.with(|value| *value == own)
            >
                {option.label}
            </option>
        }
    };
    view! {
        <div class=format!("input input--select {class}")>
            <select
                class="input__text"
                id=field.id.clone()
                disabled=disabled
                aria-label=move || label.get()
                aria-describedby=field.described_by
                aria-invalid=field.aria_invalid()
                aria-required=field.aria_required()
                on:change:target=move |event| on_change.run(event.target().value())
            >
                <option value="" hidden=move || placeholder.with(Option::is_none) prop:selected=move || !known()>
                    {block(move || placeholder.get())}
                </option>
                {block(move || options.get().into_iter().map(row).collect_view())}
            </select>
            <Icon glyph=Glyph::ChevronDown/>
        </div>
    }
}
