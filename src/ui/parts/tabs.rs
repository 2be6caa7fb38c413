//! Several panels in one place.

use super::boxed::block;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::choice::Choice;
use super::dom::{all_matching, focus, unique_id};
use super::icon::Icon;
use super::strip::show_current;

/// A row of tabs above the panel of the one that is on. Arrow keys, Home and End move and
/// choose; Tab goes on into the panel.
#[component]
pub fn Tabs(
    /// The tabs, in order.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// The value of the tab that is on.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value of the tab the person chose.
    #[prop(into)]
    on_change: UnsyncCallback<String>,
    /// What the tabs are tabs of, for assistive technology.
    #[prop(into)]
    label: Signal<String>,
    /// The panel of the tab that is on; the caller reads the same `value`.
    children: Children,
) -> impl IntoView {
    let base = StoredValue::new(unique_id("tabs"));
    let panel_id = base.with_value(|base| format!("{base}-panel"));
    let tab_id = move |value: &str| base.with_value(|base| format!("{base}-{value}"));
    let list = NodeRef::<html::Div>::new();
    show_current(list, move || value.track());
    let on_key = move |event: KeyboardEvent| {
        let Some(list) = list.get_untracked() else {
            return;
        };
        let tabs = all_matching(list.unchecked_ref(), "[role=tab]:not([disabled])");
        let count = tabs.len();
        let here = tabs
            .iter()
            .position(|tab| tab.tab_index() == 0)
            .unwrap_or_default();
        let at = match event.key().as_str() {
            "ArrowRight" => (here + 1) % count.max(1),
            "ArrowLeft" => (here + count.max(1) - 1) % count.max(1),
            "Home" => 0,
            "End" => count.saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        if let Some(tab) = tabs.get(at) {
            focus(tab);
            tab.click();
        }
    };
    let panel = panel_id.clone();
    let tab = move |option: Choice| {
        let id = tab_id(&option.value);
        let own = StoredValue::new(option.value);
        let is_on = Memo::new(move |_| value.with(|value| own.with_value(|own| own == value)));
        view! {
            <button
                type="button"
                class="tabs__tab"
                role="tab"
                id=id
                aria-selected=move || if is_on.get() { "true" } else { "false" }
                aria-controls=panel.clone()
                tabindex=move || if is_on.get() { "0" } else { "-1" }
                disabled=option.disabled
                on:click=move |_| on_change.run(own.get_value())
            >
                {option.icon.map(|glyph| view! { <Icon glyph/> })}
                {option.label}
                {option.count.map(|count| view! { <span class="tabs__count">{count}</span> })}
            </button>
        }
    };
    view! {
        <div class="tabs">
            <div class="tabs__list" role="tablist" aria-label=label node_ref=list on:keydown=on_key>
                {block(move || options.get().into_iter().map(tab.clone()).collect_view())}
            </div>
            <div class="tabs__panel" role="tabpanel" id=panel_id aria-labelledby=move || value.with(|value| tab_id(value)) tabindex="0">
                {children()}
            </div>
        </div>
    }
}
