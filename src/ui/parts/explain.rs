//! How a number came about.

use super::boxed::effect;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::dom::{focus, focused, unique_id};
use super::icon::{Glyph, Icon};
use super::popup::{Anchor, Popup};

/// A small button beside a number that opens its definition, formula and inputs.
///
/// What stands inside can be selected and pressed; Escape, a press elsewhere or the same
/// button close it.
#[component]
pub fn Explain(
    /// What is explained, as the button's name and the heading: "Win rate".
    #[prop(into)]
    title: Signal<String>,
    /// The explanation: `p`, `dl`, and a `code` for the formula. Made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let id = StoredValue::new(unique_id("explain"));
    let content = StoredValue::new(children);
    let anchor = Signal::derive_local(move || {
        let button = button.get().filter(|_| open.get())?;
        Some(Anchor::Element(button.unchecked_into()))
    });
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            focus(&button);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
    };
    view! {
        <span class="explain" on:keydown=on_key>
            <button
                type="button"
                class="explain__button"
                node_ref=button
                aria-label=move || format!("How {} is computed", title.get())
                title="How is this computed?"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=move || open.get().then(|| id.get_value())
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon glyph=Glyph::Info/>
            </button>
            <Popup anchor on_outside=move |()| open.set(false) class="pop--explain">
                <Content id=id.get_value() title content/>
            </Popup>
        </span>
    }
}

/// The open explanation; takes the focus, so that it is read out and can be scrolled by keys.
#[component]
fn Content(
    /// The id the button points to.
    id: String,
    /// The heading.
    title: Signal<String>,
    /// The explanation.
    content: StoredValue<ChildrenFn>,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    effect(move || {
        // Opened by its button, which has the focus; anything else keeps it.
        if let (Some(root), Some(_)) = (root.get(), focused()) {
            focus(&root);
        }
    });
    view! {
        <div class="explain__content" role="group" aria-label=title id=id node_ref=root tabindex="-1">
            <p class="explain__title">{title}</p>
            {content.with_value(|content| content())}
        </div>
    }
}
