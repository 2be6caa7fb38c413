//! What must stay reachable above any modal dialog.
//!
//! While a modal dialog is open, everything outside of it is inert: toasts could be seen but
//! not pressed, and a screen reader would not speak what is announced. So the toast region and
//! the live region travel: into the dialog opened last, and home when none is open.

use std::cell::RefCell;

use web_sys::{HtmlDialogElement, HtmlElement};

/// An element that travels, and where it belongs.
struct Traveller {
    element: HtmlElement,
    home: HtmlElement,
}

#[derive(Default)]
struct Above {
    /// Open modal dialogs with the ids of their headings, the one opened last at the end.
    dialogs: Vec<(String, HtmlDialogElement)>,
    travellers: Vec<Traveller>,
}

thread_local! {
    static ABOVE: RefCell<Above> = RefCell::default();
}

/// Lets an element travel. One whose home has left the page is forgotten at the next move.
pub(super) fn register(element: HtmlElement, home: HtmlElement) {
    ABOVE.with_borrow_mut(|above| above.travellers.push(Traveller { element, home }));
    gather();
}

/// A modal dialog has opened.
pub(super) fn entered(id: &str, dialog: &HtmlDialogElement) {
    ABOVE.with_borrow_mut(|above| {
        above.dialogs.retain(|(other, _)| other != id);
        above.dialogs.push((String::from(id), dialog.clone()));
    });
    gather();
}

/// A modal dialog is about to close, or was taken down.
pub(super) fn left(id: &str) {
    let was_open = ABOVE.with_borrow_mut(|above| {
        let before = above.dialogs.len();
        above.dialogs.retain(|(other, _)| other != id);
        above.dialogs.len() < before
    });
    if was_open {
        gather();
    }
}

/// Brings every traveller to where it can be reached now.
fn gather() {
    let moves = ABOVE.with_borrow_mut(|above| {
        above.travellers.retain(|t| t.home.is_connected());
        let top = above.dialogs.last().map(|(_, dialog)| dialog.clone());
        let moved = above.travellers.iter().map(|t| {
            let place = top
                .clone()
                .map_or_else(|| t.home.clone(), HtmlElement::from);
            (t.element.clone(), place, top.is_none())
        });
        moved.collect::<Vec<_>>()
    });
    // Outside of the borrow: moving an element that has the focus sets off listeners.
    for (element, place, is_home) in moves {
        if element.parent_element().as_ref() != Some(place.as_ref()) {
            // Fails only for a place inside the element itself.
            let _ = place.append_child(&element);
        }
        if element.popover().is_some() {
            // Shown anew, so that it stands in front of what opened since. In a dialog it stands
            // in line with the rest instead: in front it would cover what is to be pressed.
            let _ = element.hide_popover();
            if is_home {
                let _ = element.show_popover();
            }
        }
    }
}
