//! Choosing one of a few that all stand in view.

use super::boxed::block;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::choice::Choice;
use super::dom::{all_matching, focus};
use super::field::wiring;
use super::icon::Icon;

/// A row of choices, one of them on: a radio group. Arrow keys move and choose, Tab leaves.
#[component]
pub fn Segmented(
    /// The choices, in order.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// The value that is on.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value the person chose.
    #[prop(into)]
    on_change: UnsyncCallback<String>,
    /// The accessible name where no [`Field`](super::Field) gives one.
    #[prop(optional, into)]
    label: Signal<Option<String>>,
    /// Shows only the icons; the labels become tooltips and accessible names.
    #[prop(optional)]
    icons_only: bool,
) -> impl IntoView {
    let field = wiring();
    let labelled_by = field.label_id.clone();
    let group = NodeRef::<html::Div>::new();
    let on_key = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => 1,
            "ArrowLeft" | "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        let Some(group) = group.get_untracked() else {
            return;
        };
        let radios = all_matching(group.unchecked_ref(), "[role=radio]:not([disabled])");
        let at = radios.iter().position(|radio| radio.tab_index() == 0);
        let count = radios.len() as isize;
        let next = (at.map_or(0, |at| at as isize + step) + count) % count.max(1);
        if let Some(radio) = radios.get(next as usize) {
            focus(radio);
            radio.click();
        }
    };
    let row = move |(index, option): (usize, Choice)| {
        let own = StoredValue::new(option.value);
        let is_on = move || value.with(|value| own.with_value(|own| own == value));
        // When nothing is on, the first choice is where Tab arrives.
        let none_on = move || {
            value.with(|value| options.with(|all| !all.iter().any(|other| other.value == *value)))
        };
        let tab = move || {
            if is_on() || (index == 0 && none_on()) {
                "0"
            } else {
                "-1"
            }
        };
        let label = option.label.clone();
        view! {
            <button
                type="button"
                class="segmented__item"
                role="radio"
                aria-checked=move || if is_on() { "true" } else { "false" }
                aria-label=icons_only.then(|| label.clone())
                title=icons_only.then_some(label)
                tabindex=tab
                disabled=option.disabled
                on:click=move |_| on_change.run(own.get_value())
            >
                {option.icon.map(|glyph| view! { <Icon glyph/> })}
                {(!icons_only).then_some(option.label)}
                {option.count.map(|count| view! { <span class="segmented__count">{count}</span> })}
            </button>
        }
    };
    view! {
        <div
            class="segmented"
            role="radiogroup"
            node_ref=group
            id=field.id.clone()
            aria-label=move || label.get()
            aria-labelledby=(!labelled_by.is_empty()).then_some(labelled_by)
            aria-describedby=field.described_by
            on:keydown=on_key
        >
            {block(move || options.get().into_iter().enumerate().map(row).collect_view())}
        </div>
    }
}
