//! How much room a chart has, kept up to date.

use super::super::boxed::effect;
use super::super::dom::Listener;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

use crate::chart::scene::Room;

/// An observer and what it calls; the one must not outlive the other. And what listens for printing.
type Watch = (ResizeObserver, Closure<dyn FnMut()>, [Listener; 2]);

/// The most a chart is wide on paper, CSS pixels: wider ones would be made smaller there, letters
/// and all.
const PAPER: f64 = 640.0;

/// Sets `room` to the width and text size of an element, now and whenever they change, as
/// long as the present owner lives; while the page is printed, to what paper has room for. An
/// element that is not shown changes nothing.
pub(super) fn observe(node: NodeRef<html::Div>, room: RwSignal<Room>) {
    let observer = StoredValue::new_local(None::<Watch>);
    effect(move || {
        let Some(element) = node.get() else { return };
        let element: Element = element.unchecked_into();
        let read = {
            let element = element.clone();
            move || {
                let now = measured(&element);
                let before = room.try_get_untracked();
                if let (Some(now), Some(before)) = (now, before)
                    && now != before
                {
                    room.set(now);
                }
            }
        };
        // At once: the first picture should be whole already.
        read();
        let narrow = move |_| {
            if let Some(now) = room.try_get_untracked().filter(|now| now.width > PAPER) {
                room.set(Room::new(PAPER, now.em));
            }
        };
        let back = {
            let read = read.clone();
            move |_| read()
        };
        let closure = Closure::<dyn FnMut()>::new(read);
        if let (Some(window), Ok(watch)) = (
            web_sys::window(),
            ResizeObserver::new(closure.as_ref().unchecked_ref()),
        ) {
            watch.observe(&element);
            stop(observer);
            let printing = [
                Listener::capture(&window, "beforeprint", narrow),
                Listener::capture(&window, "afterprint", back),
            ];
            observer.set_value(Some((watch, closure, printing)));
        }
    });
    on_cleanup(move || stop(observer));
}

fn measured(element: &Element) -> Option<Room> {
    // Rounded down, or the last fraction of a pixel would make it scroll.
    let width = element.get_bounding_client_rect().width().floor();
    let style = web_sys::window()?.get_computed_style(element).ok()??;
    let size = style.get_property_value("font-size").ok()?;
    let em: f64 = size.strip_suffix("px")?.parse().ok()?;
    (width > 0.0).then(|| Room::new(width, em))
}

fn stop(observer: StoredValue<Option<Watch>, LocalStorage>) {
    if let Some((watch, ..)) = observer.try_update_value(Option::take).flatten() {
        watch.disconnect();
    }
}
