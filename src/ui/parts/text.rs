//! Controls one types into.

use super::boxed::block;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::field::wiring;
use super::icon::{Glyph, Icon};

/// One line of text.
#[component]
pub fn TextInput(
    /// The text shown.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text at each change.
    #[prop(optional, into)]
    on_input: Option<UnsyncCallback<String>>,
    /// Called with the whole text when the person is done: Enter, or leaving a changed control.
    #[prop(optional, into)]
    on_commit: Option<UnsyncCallback<String>>,
    /// Called for each key, before the control acts on it.
    #[prop(optional, into)]
    on_key: Option<UnsyncCallback<KeyboardEvent>>,
    /// The accessible name where no [`Field`](super::Field) gives one.
    #[prop(optional, into)]
    label: Signal<Option<String>>,
    /// An example, shown while empty. Never the only label.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// The native type: text, email, tel, url, search.
    #[prop(default = "text")]
    kind: &'static str,
    /// An icon inside, at the start.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Takes the focus when a dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// The most characters it takes.
    #[prop(optional)]
    max_length: Option<u32>,
    /// More classes for the box around it.
    #[prop(optional)]
    class: &'static str,
    /// The element, for focusing it.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let field = wiring();
    view! {
        <div class=format!("input {class}") class:input--icon=icon.is_some()>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <input
                class="input__text"
                type=kind
                id=field.id.clone()
                node_ref=node_ref
                prop:value=value
                placeholder=move || placeholder.get()
                disabled=disabled
                autofocus=autofocus
                maxlength=max_length.map(|most| most.to_string())
                autocomplete="off"
                aria-label=move || label.get()
                aria-describedby=field.described_by
                aria-invalid=field.aria_invalid()
                aria-required=field.aria_required()
                on:input:target=move |event| run(on_input, event.target().value())
                on:change:target=move |event| run(on_commit, event.target().value())
                on:keydown=move |event| run(on_key, event)
            />
        </div>
    }
}

/// Several lines of text; grows with what is in it.
#[component]
pub fn TextArea(
    /// The text shown.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text at each change.
    #[prop(optional, into)]
    on_input: Option<UnsyncCallback<String>>,
    /// Called with the whole text when the person leaves a changed control.
    #[prop(optional, into)]
    on_commit: Option<UnsyncCallback<String>>,
    /// Called for each key, before the control acts on it.
    #[prop(optional, into)]
    on_key: Option<UnsyncCallback<KeyboardEvent>>,
    /// The accessible name where no [`Field`](super::Field) gives one.
    #[prop(optional, into)]
    label: Signal<Option<String>>,
    /// An example, shown while empty.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// The least number of lines; 3 when not given.
    #[prop(default = 3)]
    rows: u32,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Takes the focus when a dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// The element, for focusing it.
    #[prop(optional)]
    node_ref: NodeRef<html::Textarea>,
) -> impl IntoView {
    let field = wiring();
    // The replica holds the same text in the same grid cell and so gives the height;
    // no script measures anything.
    view! {
        <div class="input input--area">
            <div class="input__replica" aria-hidden="true">{block(move || value.get() + "\n")}</div>
            <textarea
                class="input__text"
                rows=rows.to_string()
                id=field.id.clone()
                node_ref=node_ref
                prop:value=value
                placeholder=move || placeholder.get()
                disabled=disabled
                autofocus=autofocus
                aria-label=move || label.get()
                aria-describedby=field.described_by
                aria-invalid=field.aria_invalid()
                aria-required=field.aria_required()
                on:input:target=move |event| run(on_input, event.target().value())
                on:change:target=move |event| run(on_commit, event.target().value())
                on:keydown=move |event| run(on_key, event)
            ></textarea>
        </div>
    }
}

/// A number, typed as text: the draft stays as typed, the caller parses it.
/// (A native number input drops what it cannot read and turns with the mouse wheel.)
#[component]
pub fn NumberInput(
    /// The text shown.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text at each change.
    #[prop(optional, into)]
    on_input: Option<UnsyncCallback<String>>,
    /// Called with the whole text when the person is done.
    #[prop(optional, into)]
    on_commit: Option<UnsyncCallback<String>>,
    /// Whether the number may have decimals (chooses the keyboard on phones).
    #[prop(optional)]
    decimals: bool,
    /// A unit after the number, such as "%" or "days".
    #[prop(optional, into)]
    unit: Signal<Option<String>>,
    /// The accessible name where no [`Field`](super::Field) gives one.
    #[prop(optional, into)]
    label: Signal<Option<String>>,
    /// An example, shown while empty.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Takes the focus when a dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// The element, for focusing it.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let field = wiring();
    view! {
        <div class="input input--number">
            <input
                class="input__text"
                type="text"
                inputmode=if decimals { "decimal" } else { "numeric" }
                id=field.id.clone()
                node_ref=node_ref
                prop:value=value
                placeholder=move || placeholder.get()
                disabled=disabled
                autofocus=autofocus
                autocomplete="off"
                aria-label=move || label.get()
                aria-describedby=field.described_by
                aria-invalid=field.aria_invalid()
                aria-required=field.aria_required()
                on:input:target=move |event| run(on_input, event.target().value())
                on:change:target=move |event| run(on_commit, event.target().value())
            />
            {block(move || unit.get().map(|unit| view! { <span class="input__unit">{unit}</span> }))}
        </div>
    }
}

/// Calls the callback if there is one and whoever gave it is still there: a browser may
/// report a change while the page is being taken down.
pub(super) fn run<T: 'static>(callback: Option<UnsyncCallback<T>>, with: T) {
    if let Some(callback) = callback {
        callback.try_run(with);
    }
}
