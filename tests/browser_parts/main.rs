//! The parts in a real browser: keyboard, focus and ARIA through real DOM events, the
//! locale's formats, and the contrast of the colours.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod charts;
mod choices;
mod combobox;
mod contrast;
mod dialog;
mod fields;
mod formats;
mod menu;
mod toast;

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit,
};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A view in a box of its own at the end of the page; gone when dropped.
struct Stage {
    root: HtmlElement,
    _view: UnmountHandle<AnyViewState>,
}

type AnyViewState = <AnyView as Render>::State;

impl Stage {
    async fn new(view: impl FnOnce() -> AnyView + 'static) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let stage = Self {
            _view: mount_to(root.clone(), view),
            root,
        };
        settle().await;
        stage
    }

    /// The one element the selector names.
    fn one(&self, selector: &str) -> HtmlElement {
        self.maybe(selector)
            .unwrap_or_else(|| panic!("no {selector} in {}", self.root.inner_html()))
    }

    fn maybe(&self, selector: &str) -> Option<HtmlElement> {
        let found = self.root.query_selector(selector).unwrap();
        found.map(JsCast::unchecked_into)
    }

    fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let list = self.root.query_selector_all(selector).unwrap();
        (0..list.length())
            .map(|i| list.item(i).unwrap().unchecked_into())
            .collect()
    }

    fn texts(&self, selector: &str) -> Vec<String> {
        let all = self.all(selector);
        all.iter().map(|e| e.text_content().unwrap()).collect()
    }

    fn input(&self, selector: &str) -> HtmlInputElement {
        self.one(selector).unchecked_into()
    }

    async fn click(&self, selector: &str) {
        self.one(selector).click();
        settle().await;
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Lets effects run, and the effects of those.
async fn settle() {
    for _ in 0..4 {
        tick().await;
    }
}

/// Waits until the condition holds; a test that waits in vain fails after two seconds.
async fn until(what: &str, condition: impl Fn() -> bool) {
    let performance = window().performance().unwrap();
    let began = performance.now();
    while !condition() {
        assert!(
            performance.now() - began < 2_000.0,
            "waited in vain for: {what}"
        );
        timers_run().await;
    }
}

/// Lets the browser run the timers that are due.
async fn timers_run() {
    let mut wait = |resolve: js_sys::Function, _| {
        window().set_timeout_with_callback(&resolve).unwrap();
    };
    JsFuture::from(js_sys::Promise::new(&mut wait))
        .await
        .unwrap();
    settle().await;
}

/// Presses a key on an element; answers whether the page prevented the browser's own action.
async fn press(element: &Element, key: &str) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    let prevented = !element.dispatch_event(&event).unwrap();
    settle().await;
    prevented
}

async fn fire(element: &Element, name: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    let event = Event::new_with_event_init_dict(name, &init).unwrap();
    element.dispatch_event(&event).unwrap();
    settle().await;
}

/// Types into a text box: the whole new text at once.
async fn type_in(input: &HtmlInputElement, text: &str) {
    input.set_value(text);
    fire(input, "input").await;
}

fn focused() -> HtmlElement {
    document().active_element().unwrap().unchecked_into()
}

fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

/// A callback that notes what it was given, and the notes.
fn noted<T: Clone + Send + Sync + 'static>() -> (impl Fn(T) + Copy, RwSignal<Vec<T>>) {
    let notes = RwSignal::new(Vec::new());
    (move |note| notes.update(|notes| notes.push(note)), notes)
}

/// What the element's ids in the attribute say, one after the other.
fn described(element: &Element, attribute_name: &str) -> String {
    let ids = attribute(element, attribute_name);
    let texts = ids.split_whitespace().map(|id| {
        let target = document().get_element_by_id(id);
        target
            .unwrap_or_else(|| panic!("{attribute_name} names {id}, which is not there"))
            .text_content()
            .unwrap()
    });
    texts.collect::<Vec<_>>().join(" | ")
}
