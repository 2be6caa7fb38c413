//! Something that is on or off.

use super::boxed::block;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::html;
use leptos::prelude::*;

use super::dom::unique_id;

/// A native checkbox with its label beside it; the whole line can be pressed.
#[component]
pub fn Checkbox(
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the new state.
    #[prop(into)]
    on_change: UnsyncCallback<bool>,
    /// What is on or off.
    #[prop(into)]
    label: Signal<String>,
    /// Keeps the label for assistive technology only (a row of a table).
    #[prop(optional)]
    label_hidden: bool,
    /// A short help below the label.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// Neither on nor off: some of what it stands for are on.
    #[prop(optional, into)]
    mixed: Signal<bool>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Drawn as a switch: for settings that take effect at once.
    #[prop(optional)]
    switch: bool,
) -> impl IntoView {
    let id = unique_id("check");
    let hint_id = format!("{id}-hint");
    let described_by = {
        let hint_id = hint_id.clone();
        move || hint.get().map(|_| hint_id.clone())
    };
    let input = NodeRef::<html::Input>::new();
    view! {
        <div class="check" class:check--switch=switch>
            <input
                class="check__box"
                type="checkbox"
                role=switch.then_some("switch")
                id=id.clone()
                node_ref=input
                prop:checked=checked
                prop:indeterminate=mixed
                disabled=disabled
                aria-describedby=described_by
                on:change:target=move |event| {
                    on_change.run(event.target().checked());
                    // Whoever holds the state may have refused.
                    if let Some(input) = input.get_untracked() {
                        input.set_checked(checked.get_untracked());
                    }
                }
            />
            <label class="check__label" class:visually-hidden=label_hidden for=id>{label}</label>
            {block(move || hint.get().map(|hint| view! { <p class="check__hint" id=hint_id.clone()>{hint}</p> }))}
        </div>
    }
}
