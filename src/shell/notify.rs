//! Messages of the system (`Notification`), shown while the page is open.
//!
//! Asked by name through `Reflect`: a browser may have no such interface at all, and on phones
//! it may refuse to make one from a page.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Whether messages may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// This browser has none.
    Missing,
    /// The person was not asked yet.
    Unasked,
    /// They may.
    Granted,
    /// They may not; only the browser's settings can change that.
    Denied,
}

fn class() -> Option<Function> {
    Reflect::get(&js_sys::global(), &"Notification".into())
        .ok()?
        .dyn_into()
        .ok()
}

/// Whether messages may be shown, as things stand.
#[must_use]
pub fn permission() -> Permission {
    let Some(class) = class() else {
        return Permission::Missing;
    };
    let said = Reflect::get(&class, &"permission".into()).ok();
    match said.and_then(|s| s.as_string()).as_deref() {
        Some("granted") => Permission::Granted,
        Some("denied") => Permission::Denied,
        _ => Permission::Unasked,
    }
}

/// Asks the person. Call it while a click or key press is being handled.
pub async fn ask() -> Permission {
    let asked = class().and_then(|class| {
        let method: Function = Reflect::get(&class, &"requestPermission".into())
            .ok()?
            .dyn_into()
            .ok()?;
        method.call0(&class).ok()?.dyn_into::<Promise>().ok()
    });
    if let Some(asked) = asked {
        // A refusal to ask is a refusal.
        let _ = JsFuture::from(asked).await;
    }
    permission()
}

/// Shows a message; `tag` lets a second one of the same take the place of the first. Says
/// whether it was shown. A click brings the page to the front and calls `on_click`.
pub fn show(title: &str, body: &str, tag: &str, on_click: impl Fn() + 'static) -> bool {
    let Some(class) = class() else { return false };
    let options = Object::new();
    for (name, value) in [("body", body), ("tag", tag)] {
        // Setting a field of a plain object does not fail.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let arguments = js_sys::Array::of2(&title.into(), &options);
    let Ok(message) = Reflect::construct(&class, &arguments) else {
        return false;
    };
    let shown = message.clone();
    let clicked = Closure::once_into_js(move |_event: JsValue| {
        if let Some(window) = web_sys::window() {
            // Refused where the browser does not let a page come to the front.
            let _ = window.focus();
        }
        on_click();
        let close = Reflect::get(&shown, &"close".into()).ok();
        if let Some(close) = close.and_then(|c| c.dyn_into::<Function>().ok()) {
            // A message that is gone already need not be closed.
            let _ = close.call0(&shown);
        }
    });
    Reflect::set(&message, &"onclick".into(), &clicked).is_ok()
}
