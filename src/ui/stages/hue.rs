//! Choosing the colour of a stage.

use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::domain::stage::Hue;
use crate::ui::parts::{Anchor, Glyph, Icon, Popup};

/// The colour's name as people read it.
#[must_use]
pub fn hue_name(hue: Hue) -> String {
    let mut letters = hue.code().chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A button in the colour that opens a list of all of them, each with its name.
#[component]
pub(super) fn HuePicker(
    /// Whose colour: "Proposal".
    #[prop(into)]
    of: Signal<String>,
    /// The colour.
    #[prop(into)]
    value: Signal<Hue>,
    /// Called with the colour chosen.
    on_change: impl Fn(Hue) + Copy + 'static,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let anchor = RwSignal::new_local(None::<Anchor>);
    let close = move |give_focus_back: bool| {
        anchor.set(None);
        if let Some(button) = button.get_untracked().filter(|_| give_focus_back) {
            // A button in the page takes the focus.
            let _ = button.focus();
        }
    };
    let toggle = move |_| match anchor.get_untracked() {
        Some(_) => close(true),
        None => anchor.set(
            button
                .get_untracked()
                .map(|button| Anchor::Element(button.unchecked_into())),
        ),
    };
    let choose = UnsyncCallback::new(move |hue: Hue| {
        close(true);
        if hue != value.get_untracked() {
            on_change(hue);
        }
    });
    let name = move || format!("Colour of {}: {}", of.get(), hue_name(value.get()));
    view! {
        <button
            type="button"
            class="hue-button"
            node_ref=button
            data-hue=move || value.get().code()
            aria-haspopup="dialog"
            aria-expanded=move || if anchor.with(Option::is_some) { "true" } else { "false" }
            aria-label=name
            title=name
            on:click=toggle
        >
            <span class="hue-button__mark"></span>
            <Icon glyph=Glyph::ChevronDown/>
        </button>
        <Popup anchor on_outside=move |()| close(false)>
            <Hues value choose close=UnsyncCallback::new(move |()| close(true))/>
        </Popup>
    }
}

/// The open list: a radio group. Arrow keys move, Enter and Space choose, Escape leaves.
#[component]
fn Hues(
    value: Signal<Hue>,
    choose: UnsyncCallback<Hue>,
    close: UnsyncCallback<()>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let items = move || -> Vec<web_sys::HtmlElement> {
        let Some(found) = list
            .get_untracked()
            .and_then(|list| list.query_selector_all("[role=radio]").ok())
        else {
            return Vec::new();
        };
        (0..found.length())
            .filter_map(|at| found.item(at)?.dyn_into().ok())
            .collect()
    };
    let focus_at = move |at: usize| {
        if let Some(item) = items().get(at) {
            // A button in the page takes the focus.
            let _ = item.focus();
        }
    };
    Effect::new(move |_| {
        if list.get().is_some() {
            focus_at(
                Hue::ALL
                    .iter()
                    .position(|hue| *hue == value.get_untracked())
                    .unwrap_or(0),
            );
        }
    });
    let on_key = move |event: KeyboardEvent| {
        let count = Hue::ALL.len();
        let active = document().active_element();
        let at = items()
            .iter()
            .position(|item| active.as_ref() == Some(item.as_ref()))
            .unwrap_or(0);
        match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => focus_at((at + 1) % count),
            "ArrowLeft" | "ArrowUp" => focus_at((at + count - 1) % count),
            "Home" => focus_at(0),
            "End" => focus_at(count - 1),
            "Escape" | "Tab" => close.run(()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let option = move |hue: Hue| {
        let is_on = move || value.get() == hue;
        view! {
            <button
                type="button"
                class="hues__item"
                role="radio"
                data-hue=hue.code()
                aria-checked=move || if is_on() { "true" } else { "false" }
                tabindex="-1"
                on:click=move |_| choose.run(hue)
            >
                <span class="hue-button__mark"></span>
                <span>{hue_name(hue)}</span>
                {move || is_on().then(|| view! { <Icon glyph=Glyph::Check/> })}
            </button>
        }
    };
    view! {
        <div class="hues" role="radiogroup" aria-label="Colour" node_ref=list on:keydown=on_key>
            {Hue::ALL.iter().map(|hue| option(*hue)).collect_view()}
        </div>
    }
}
