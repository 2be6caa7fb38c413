//! A set of short texts.

use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::avatar::hue_of;
use super::chip::Chip;
use super::dom::{focus, leaving, unique_id};
use super::field::wiring;
use super::matching::fold;

/// Tags as chips with a text box after them. Enter or a comma adds what was typed, leaving
/// the box adds it too, Backspace in the empty box takes the last one back to be changed.
#[component]
pub fn TagInput(
    /// The tags, in order.
    #[prop(into)]
    tags: Signal<Vec<String>>,
    /// Called with the tags as they should be now: trimmed, each once whatever its case.
    #[prop(into)]
    on_change: UnsyncCallback<Vec<String>>,
    /// Tags in use elsewhere, offered while typing.
    #[prop(optional, into)]
    suggestions: Signal<Vec<String>>,
    /// The accessible name where no [`Field`](super::Field) gives one.
    #[prop(optional, into)]
    label: Signal<Option<String>>,
    /// Shown while there is no tag.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let field = wiring();
    let list = unique_id("tags");
    let input = NodeRef::<html::Input>::new();
    let draft = RwSignal::new(String::new());
    let commit = move || {
        // None when the box lost the focus because it was taken down.
        let Some(typed) = draft.try_get_untracked() else {
            return;
        };
        draft.set(String::new());
        let before = tags.get_untracked();
        let after = with_added(&before, &typed);
        if after != before {
            on_change.run(after);
        }
    };
    let remove = move |tag: &str| {
        let left = tags.with_untracked(|tags| tags.iter().filter(|t| *t != tag).cloned().collect());
        on_change.run(left);
        if let Some(input) = input.get_untracked() {
            focus(&input);
        }
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" | ","
            if draft.with_untracked(|d| !d.trim().is_empty()) && !event.is_composing() =>
        {
            event.prevent_default();
            commit();
        }
        "Backspace" if draft.with_untracked(String::is_empty) => {
            if let Some(last) = tags.with_untracked(|tags| tags.last().cloned()) {
                event.prevent_default();
                draft.set(last.clone());
                remove(&last);
            }
        }
        _ => {}
    };
    let chip = move |tag: String| {
        let (text, hue, own) = (tag.clone(), hue_of(&tag), tag.clone());
        let remove_label = format!("Remove {tag}");
        let on_remove = move |()| remove(&own);
        view! {
            <li>
                <Chip hue remove_label on_remove>{text}</Chip>
            </li>
        }
    };
    let unused = move || {
        let tags = tags.get();
        let all = suggestions
            .get()
            .into_iter()
            .filter(|known| !tags.contains(known));
        all.map(|known| view! { <option value=known></option> })
            .collect_view()
    };
    view! {
        <div class="input input--tags">
            <ul class="tags" aria-label="Chosen">
                <For each=move || tags.get() key=Clone::clone children=chip/>
            </ul>
            <input
                class="input__text"
                type="text"
                id=field.id.clone()
                list=list.clone()
                node_ref=input
                prop:value=draft
                placeholder=move || placeholder.get().filter(|_| tags.with(Vec::is_empty))
                disabled=disabled
                autocomplete="off"
                aria-label=move || label.get()
                aria-describedby=field.described_by
                aria-invalid=field.aria_invalid()
                on:input:target=move |event| draft.set(event.target().value())
                on:keydown=on_key
                on:blur=leaving(move |_| commit())
            />
            <datalist id=list>{unused}</datalist>
        </div>
    }
}

/// The tags with those typed, split at commas, after them; each once whatever its case.
fn with_added(tags: &[String], typed: &str) -> Vec<String> {
    let mut all = tags.to_vec();
    for tag in typed
        .split(',')
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
    {
        if !all.iter().any(|known| fold(known) == fold(tag)) {
            all.push(String::from(tag));
        }
    }
    all
}
