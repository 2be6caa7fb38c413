//! Rows of tabs that may have no room for all.

use super::boxed::effect;
use super::measure::observe_height;
use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// How much of the neighbour is to be seen beside the one shown, in CSS pixels.
const PEEK: f64 = 24.0;

/// Scrolls a row of tabs sideways so that the current one can be seen: once it stands, when its
/// height changes (as when its styles arrive), and when `changed` says so. The page itself is
/// never scrolled.
pub fn show_current<E>(list: NodeRef<E>, changed: impl Fn() + 'static)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    let height = RwSignal::new(0.0);
    observe_height(list, height);
    effect(move || {
        height.track();
        changed();
        let Some(list) = list.get() else { return };
        let list: Element = list.unchecked_into();
        // What marks the new one is set in the same turn, perhaps after this.
        request_animation_frame(move || {
            let current = "[aria-current], [aria-selected=true]";
            if let Some(tab) = list.query_selector(current).ok().flatten() {
                reveal(&tab);
            }
        });
    });
}

/// Scrolls what is around a tab sideways, where it is cut off.
fn reveal(tab: &Element) {
    let mut around = tab.parent_element();
    // The item, the list, and the box around it.
    for _ in 0..3 {
        let Some(strip) = around else { return };
        if strip.scroll_width() > strip.client_width() {
            let (tab, room) = (
                tab.get_bounding_client_rect(),
                strip.get_bounding_client_rect(),
            );
            let past = (tab.right() + PEEK - room.right()).max(0.0);
            let before = (tab.left() - PEEK - room.left()).min(0.0);
            let by = if past > 0.0 { past } else { before };
            if by != 0.0 {
                // Whole pixels are enough here, and what the page takes.
                #[allow(clippy::cast_possible_truncation)]
                strip.set_scroll_left(strip.scroll_left() + by.round() as i32);
            }
        }
        around = strip.parent_element();
    }
}
