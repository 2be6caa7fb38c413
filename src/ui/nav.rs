//! Where the person is: the address, going elsewhere and coming back.
//!
//! The place is the part of the address from `#` on, read with [`Route`]. Each entry of the
//! browser's history that this page made remembers how many of them lie before it, so that
//! "back" never leaves the application, and how far its page was scrolled.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;

use js_sys::Array;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, Window};

use crate::app::route::Route;

/// The id of the element that holds the view and scrolls it.
pub const MAIN: &str = "main";

struct Place {
    route: ArcRwSignal<Route>,
    /// How many entries of the history made by this page lie before the present one.
    depth: Cell<u32>,
    /// How far the page of an entry was scrolled when it was left, by the entry's depth.
    scrolled: RefCell<HashMap<u32, f64>>,
}

thread_local! {
    static PLACE: Place = Place {
        route: ArcRwSignal::new(Route::parse(&hash())),
        depth: Cell::new(0),
        scrolled: RefCell::default(),
    };
}

/// The place the address names now.
#[must_use]
pub fn use_route() -> Signal<Route> {
    Signal::from(PLACE.with(|place| RwSignal::from(place.route.clone())))
}

/// Goes to a place; the browser's back button leads back here.
pub fn go(route: Route) {
    PLACE.with(|place| {
        if place.route.get_untracked() == route {
            return;
        }
        place.leave();
        place.depth.set(place.depth.get() + 1);
        // Wherever it leads, it has not been seen yet.
        place.scrolled.borrow_mut().remove(&place.depth.get());
        if let Some(history) = window().and_then(|w| w.history().ok()) {
            // Refused only for an address of another origin.
            let _ = history.push_state_with_url(&place.note(0.0), "", Some(&route.print()));
        }
        place.route.set(route);
    });
}

/// Goes to a place that takes the present one's entry in the history.
pub fn replace(route: Route) {
    PLACE.with(|place| {
        if let Some(history) = window().and_then(|w| w.history().ok()) {
            // Refused only for an address of another origin.
            let _ = history.replace_state_with_url(&place.note(0.0), "", Some(&route.print()));
        }
        if place.route.get_untracked() != route {
            place.route.set(route);
        }
    });
}

/// Goes back to where the person came from, or to `route` where that was not in this
/// application.
pub fn back_or(route: Route) {
    if PLACE.with(|place| place.depth.get()) == 0 {
        return replace(route);
    }
    if let Some(history) = window().and_then(|w| w.history().ok()) {
        // The address follows in a moment, and `follow` with it.
        let _ = history.back();
    }
}

/// Follows the address from now on, as long as the present owner lives.
pub fn start() {
    PLACE.with(|place| match place.known_entry() {
        // A reload: the entry knows where it stands and how far it was scrolled.
        Some((depth, scrolled)) => {
            place.depth.set(depth);
            place.scrolled.borrow_mut().insert(depth, scrolled);
        }
        None => place.write_down(0.0),
    });
    let listeners = [
        window_event_listener(ev::popstate, |_| PLACE.with(Place::follow)),
        window_event_listener(ev::hashchange, |_| PLACE.with(Place::follow)),
    ];
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
    note_scrolling();
}

/// Keeps the present entry of the history informed of how far the page is scrolled, for a
/// reload; a page that is being left can no longer write it down.
fn note_scrolling() {
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let note = move || PLACE.with(|place| place.write_down(scroll_top()));
    // Scrolling does not bubble, but it can be seen on its way down.
    let listener = Capture::new("scroll", move || {
        let timer = set_timeout_with_handle(note, Duration::from_millis(150)).ok();
        if let Some(Some(before)) =
            pending.try_update_value(|pending| std::mem::replace(pending, timer))
        {
            before.clear();
        }
    });
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || {
        pending.with_value(|timer| timer.iter().for_each(TimeoutHandle::clear));
        drop(listener.try_update_value(Option::take));
    });
}

/// A listener at the window in the capture phase; gone when dropped.
struct Capture {
    name: &'static str,
    closure: Closure<dyn FnMut()>,
}

impl Capture {
    fn new(name: &'static str, handler: impl FnMut() + 'static) -> Self {
        let closure = Closure::<dyn FnMut()>::new(handler);
        if let Some(window) = window() {
            // Fails only for a target that cannot have listeners.
            let _ = window.add_event_listener_with_callback_and_bool(
                name,
                closure.as_ref().unchecked_ref(),
                true,
            );
        }
        Self { name, closure }
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        if let Some(window) = window() {
            let _ = window.remove_event_listener_with_callback_and_bool(
                self.name,
                self.closure.as_ref().unchecked_ref(),
                true,
            );
        }
    }
}

/// After another page has been shown: scrolls it to where it was left, and gives its
/// heading the focus, so that assistive technology reads where one is now.
pub fn settle(move_focus: bool) {
    let top = PLACE.with(|place| {
        let scrolled = place.scrolled.borrow();
        scrolled.get(&place.depth.get()).copied().unwrap_or(0.0)
    });
    request_animation_frame(move || {
        let Some(main) = main_element() else { return };
        if move_focus && let Some(heading) = heading(&main) {
            focus_quietly(&heading);
        }
        main.set_scroll_top(top as i32);
        PLACE.with(|place| place.write_down(scroll_top()));
    });
}

/// Gives the first element of the view that the selector names the focus; says whether there
/// was one.
pub fn focus_in_view(selector: &str) -> bool {
    let found = main_element().and_then(|main| main.query_selector(selector).ok().flatten());
    let element = found.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Gives the view's heading the focus, as when what had it is gone.
pub fn focus_heading() {
    if let Some(heading) = main_element().and_then(|main| heading(&main)) {
        focus_quietly(&heading);
    }
}

/// Gives the heading the focus when, in a moment, nothing has it: what had it is gone.
pub fn rescue_focus() {
    request_animation_frame(|| {
        let active = window()
            .and_then(|w| w.document())
            .and_then(|d| d.active_element());
        if active.is_none_or(|element| element.tag_name() == "BODY") {
            focus_heading();
        }
    });
}

impl Place {
    /// Reads the address after the browser has changed it: a link, back, forward, or the
    /// person's own typing.
    fn follow(&self) {
        let route = Route::parse(&hash());
        match self.known_entry() {
            Some((depth, _)) if depth == self.depth.get() => {}
            Some((depth, _)) => {
                self.leave();
                self.depth.set(depth);
            }
            None => {
                self.leave();
                self.depth.set(self.depth.get() + 1);
                self.scrolled.borrow_mut().remove(&self.depth.get());
                self.write_down(0.0);
            }
        }
        if self.route.get_untracked() != route {
            self.route.set(route);
        }
    }

    /// Remembers how far the page left now is scrolled.
    fn leave(&self) {
        self.scrolled
            .borrow_mut()
            .insert(self.depth.get(), scroll_top());
    }

    /// Depth and scroll position that the present entry of the history notes, if this page
    /// made it.
    fn known_entry(&self) -> Option<(u32, f64)> {
        let state = window()?.history().ok()?.state().ok()?;
        let note = state.dyn_into::<Array>().ok()?;
        Some((note.get(0).as_f64()? as u32, note.get(1).as_f64()?))
    }

    fn note(&self, scrolled: f64) -> JsValue {
        Array::of2(
            &JsValue::from(self.depth.get()),
            &JsValue::from_f64(scrolled),
        )
        .into()
    }

    fn write_down(&self, scrolled: f64) {
        if let Some(history) = window().and_then(|w| w.history().ok()) {
            // Without an address the present one stays.
            let _ = history.replace_state(&self.note(scrolled), "");
        }
    }
}

fn window() -> Option<Window> {
    web_sys::window()
}

fn hash() -> String {
    window()
        .and_then(|w| w.location().hash().ok())
        .unwrap_or_default()
}

fn main_element() -> Option<Element> {
    window()?.document()?.get_element_by_id(MAIN)
}

fn scroll_top() -> f64 {
    main_element().map_or(0.0, |main| f64::from(main.scroll_top()))
}

fn heading(main: &Element) -> Option<HtmlElement> {
    main.query_selector("h1").ok()??.dyn_into().ok()
}

fn focus_quietly(heading: &HtmlElement) {
    if !heading.has_attribute("tabindex") {
        heading.set_tab_index(-1);
    }
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that cannot take the focus is left alone.
    let _ = heading.focus_with_options(&options);
}
