//! Something that hangs from something else, above the rest of the page.

use super::boxed::{block, effect};
use leptos::callback::{Callable, UnsyncCallback};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::dom::{Listener, happened_in, px, viewport};

/// What a pop-up hangs from.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchor {
    /// An element: below it, or above it where there is more room.
    Element(HtmlElement),
    /// A point of the window, in CSS pixels: where a context menu was asked for.
    Point {
        /// From the left.
        x: f64,
        /// From the top.
        y: f64,
    },
}

impl Anchor {
    /// Left, top, right and bottom in the window.
    fn edges(&self) -> [f64; 4] {
        match self {
            Self::Element(element) => {
                let rect = element.get_bounding_client_rect();
                [rect.left(), rect.top(), rect.right(), rect.bottom()]
            }
            Self::Point { x, y } => [*x, *y, *x, *y],
        }
    }
}

/// Which edges of the anchor and the pop-up meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// The left edges.
    #[default]
    Start,
    /// The right edges.
    End,
}

/// Between the pop-up and its anchor, CSS pixels.
const GAP: f64 = 4.0;
/// Between the pop-up and the window's edge, CSS pixels.
const MARGIN: f64 = 8.0;

/// Places the pop-up: below the anchor unless it fits only above, and inside the window.
fn place(popup: &HtmlElement, anchor: &Anchor, align: Align, match_width: bool) {
    let [left, top, right, bottom] = anchor.edges();
    let (width, height) = viewport();
    let style = popup.style();
    // Setting a custom property fails only for a malformed name.
    let set = |name: &str, value: f64| drop(style.set_property(name, &px(value)));
    if match_width {
        set("--pop-least", right - left);
    }
    // Measured without the limit of the last placing.
    let _ = style.remove_property("--pop-most");
    let size = popup.get_bounding_client_rect();
    let (below, above) = (height - bottom - GAP - MARGIN, top - GAP - MARGIN);
    let under = size.height() <= below || below >= above;
    let x = match align {
        Align::Start => left,
        Align::End => right - size.width(),
    };
    set("--pop-x", x.min(width - size.width() - MARGIN).max(MARGIN));
    // Above, its lower edge is what stays put when its content grows or shrinks.
    let _ = popup.set_attribute("data-side", if under { "below" } else { "above" });
    set(
        "--pop-y",
        if under {
            bottom + GAP
        } else {
            height - top + GAP
        },
    );
    set("--pop-most", if under { below } else { above }.max(0.0));
}

/// A box in the browser's top layer that hangs from an anchor while there is one.
///
/// It follows the anchor when something scrolls, and reports a press outside of both.
/// It does not move the focus: what stands in it decides that.
#[component]
pub fn Popup(
    /// What it hangs from; none while closed.
    #[prop(into)]
    anchor: Signal<Option<Anchor>, LocalStorage>,
    /// Called when the person presses outside of it and its anchor.
    #[prop(into)]
    on_outside: UnsyncCallback<()>,
    /// Which edges meet.
    #[prop(optional)]
    align: Align,
    /// Never narrower than the anchor.
    #[prop(optional)]
    match_width: bool,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// Made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    block(move || {
        anchor.get().map(|anchor| {
            let popup = NodeRef::<html::Div>::new();
            hang(popup, anchor, align, match_width, on_outside);
            view! {
                <div class=format!("pop {class}") popover="manual" node_ref=popup>
                    {children.with_value(|children| children())}
                </div>
            }
        })
    })
}

/// Shows the pop-up once it stands in the page, keeps it in place, and watches for presses outside.
fn hang(
    popup: NodeRef<html::Div>,
    anchor: Anchor,
    align: Align,
    match_width: bool,
    on_outside: UnsyncCallback<()>,
) {
    let listeners = StoredValue::new_local(Vec::new());
    effect(move || {
        let (Some(popup), Some(window)) = (popup.get(), web_sys::window()) else {
            return;
        };
        let popup: HtmlElement = popup.unchecked_into();
        // Fails only when it is shown already.
        let _ = popup.show_popover();
        place(&popup, &anchor, align, match_width);
        let again = {
            let (popup, anchor) = (popup.clone(), anchor.clone());
            move |event: web_sys::Event| {
                // Its own scrolling does not move it.
                if !happened_in(&event, popup.unchecked_ref::<Element>()) {
                    place(&popup, &anchor, align, match_width);
                }
            }
        };
        let outside = {
            let (popup, anchor) = (popup.clone(), anchor.clone());
            move |event: web_sys::Event| {
                let in_anchor = match &anchor {
                    Anchor::Element(element) => happened_in(&event, element),
                    Anchor::Point { .. } => false,
                };
                if !in_anchor && !happened_in(&event, popup.unchecked_ref::<Element>()) {
                    on_outside.run(());
                }
            }
        };
        listeners.set_value(vec![
            Listener::capture(&window, "scroll", again.clone()),
            Listener::capture(&window, "resize", again),
            Listener::capture(&window, "pointerdown", outside),
        ]);
    });
}
