//! Small helpers over the DOM that several parts need.

use std::cell::Cell;

use js_sys::Reflect;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, HtmlElement, HtmlInputElement, Node};

thread_local! {
    static NEXT_ID: Cell<u32> = const { Cell::new(0) };
    static IS_MAC: bool = platform_is_mac();
}

/// An id no other element made by this page has: the prefix and a running number.
#[must_use]
pub fn unique_id(prefix: &str) -> String {
    NEXT_ID.with(|next| {
        let number = next.get();
        next.set(number.wrapping_add(1));
        format!("{prefix}-{number}")
    })
}

/// Whether this is an Apple system, where ⌘ does what Ctrl does elsewhere.
#[must_use]
pub fn is_mac() -> bool {
    IS_MAC.with(|is| *is)
}

fn platform_is_mac() -> bool {
    let Some(navigator) = web_sys::window().map(|w| w.navigator()) else {
        return false;
    };
    let platform = navigator.platform().unwrap_or_default();
    ["Mac", "iPhone", "iPad", "iPod"]
        .iter()
        .any(|apple| platform.starts_with(apple))
}

/// A listener in the capture phase that removes itself when dropped. Needed where leptos's
/// own listeners do not reach: scrolling does not bubble, and a press outside of a pop-up
/// must be seen even if its target stops the event.
pub(super) struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    pub(super) fn capture(
        target: &EventTarget,
        name: &'static str,
        handler: impl FnMut(Event) + 'static,
    ) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(handler);
        // Adding a listener fails only for a target that cannot have any.
        let _ = target.add_event_listener_with_callback_and_bool(
            name,
            closure.as_ref().unchecked_ref(),
            true,
        );
        Self {
            target: target.clone(),
            name,
            closure,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback_and_bool(
            self.name,
            self.closure.as_ref().unchecked_ref(),
            true,
        );
    }
}

/// A listener of `focusout` or `blur`, which every such listener has to go through: a browser tells
/// a control that it lost the focus also when it is taken down with its page, and then the state of
/// whoever listens is gone. The listener is called only while its owner is still there.
pub fn leaving<E>(listener: impl Fn(E) + 'static) -> impl Fn(E) + 'static {
    let owner = StoredValue::new(());
    move |event| {
        if !owner.is_disposed() {
            listener(event);
        }
    }
}

/// Marks a control that holds text it could not take, such as half a date. No form may be sent
/// past it.
pub(super) const UNSETTLED: &str = "data-unsettled";

/// Lets the control that has the focus take what was typed into it, and says whether all controls
/// below `root` hold what they show. Where one does not, it says why and has the focus.
pub fn settled(root: &Element) -> bool {
    let inside = focused().filter(|now| root.contains(Some(now)));
    if let Some(inside) = &inside {
        // Fails only for an element that is gone already.
        let _ = inside.blur();
    }
    let open = all_matching(root, "[data-unsettled]").into_iter().next();
    let is_settled = open.is_none();
    if let Some(control) = open.or(inside) {
        focus(&control);
    }
    is_settled
}

thread_local! {
    static GUARD: Cell<Option<Listener>> = const { Cell::new(None) };
}

/// From now on no form of the page is sent past a control that could not take what was typed into
/// it. Every control that may have such text asks for it.
pub(super) fn guard_forms() {
    let Some(document) = web_sys::window().and_then(|w| w.document()) else {
        return;
    };
    let guard = GUARD.take().unwrap_or_else(|| {
        Listener::capture(&document, "submit", |event| {
            let form = event.target().and_then(|t| t.dyn_into::<Element>().ok());
            if form.is_some_and(|form| !settled(&form)) {
                event.prevent_default();
                event.stop_propagation();
            }
        })
    });
    GUARD.set(Some(guard));
}

/// Whether the event happened inside the element.
pub(super) fn happened_in(event: &Event, element: &Element) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Node>().ok())
        .is_some_and(|node| element.contains(Some(&node)))
}

/// Focuses the element; one that cannot take the focus is left alone.
pub(super) fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// Focuses the first control in `root` once it stands in the page, with its text selected.
pub fn focus_first(root: NodeRef<html::Div>) {
    const TEXTS: &str = "input:not([type=checkbox]), textarea, select, [role=radio][tabindex='0']";
    Effect::new(move |_| {
        let Some(root) = root.get() else { return };
        request_animation_frame(move || {
            let find = |what| root.query_selector(what).ok().flatten();
            let first = find(TEXTS).or_else(|| find("input"));
            let Some(first) = first.and_then(|e| e.dyn_into::<HtmlElement>().ok()) else {
                return;
            };
            focus(&first);
            if let Some(input) = first.dyn_ref::<HtmlInputElement>()
                && matches!(input.type_().as_str(), "text" | "url")
            {
                input.select();
            }
        });
    });
}

/// The element that has the focus now, unless that is the page itself.
pub(super) fn focused() -> Option<HtmlElement> {
    let document = web_sys::window()?.document()?;
    let active = document.active_element()?.dyn_into::<HtmlElement>().ok()?;
    (active.tag_name() != "BODY").then_some(active)
}

/// Every element under `root` that the selector names, in document order.
pub(super) fn all_matching(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|index| list.item(index)?.dyn_into().ok())
        .collect()
}

/// A number as attributes and style sheets read it. Written by the browser: what writes decimal
/// numbers in Rust is as large as a small view.
pub(super) fn decimal(value: f64) -> String {
    let text = js_sys::Number::from(value).to_string_with_radix(10);
    text.map(String::from).unwrap_or_default()
}

/// A length in CSS pixels.
pub(crate) fn px(value: f64) -> String {
    decimal(value) + "px"
}

/// The window's inner width and height in CSS pixels.
pub(super) fn viewport() -> (f64, f64) {
    let size = |value: Option<JsValue>| value.and_then(|v| v.as_f64()).unwrap_or_default();
    let window = web_sys::window();
    (
        size(window.as_ref().and_then(|w| w.inner_width().ok())),
        size(window.as_ref().and_then(|w| w.inner_height().ok())),
    )
}

/// Whether a native control holds text it cannot read as a value, such as half a date.
/// (`ValidityState.badInput`.)
pub(super) fn has_bad_input(control: &Element) -> bool {
    let read = |from: &JsValue, key: &str| Reflect::get(from, &JsValue::from_str(key)).ok();
    read(control, "validity")
        .and_then(|validity| read(&validity, "badInput"))
        .is_some_and(|bad| bad.is_truthy())
}
