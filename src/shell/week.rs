//! The week of the person's locale.

use super::intl::locale;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The day a week begins with where the locale is spoken: 0 for Monday to 6 for Sunday.
/// Monday (ISO 8601) where the browser does not know (`Intl.Locale`, week info).
#[must_use]
pub fn first_weekday() -> u32 {
    let info = || {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let class: Function = Reflect::get(&intl, &"Locale".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let tag = JsValue::from_str(&locale());
        let locale = Reflect::construct(&class, &Array::of1(&tag)).ok()?;
        // A method in newer browsers, a property in older ones.
        let method = Reflect::get(&locale, &"getWeekInfo".into()).ok()?;
        let info = match method.dyn_into::<Function>() {
            Ok(method) => method.call0(&locale).ok()?,
            Err(_) => Reflect::get(&locale, &"weekInfo".into()).ok()?,
        };
        Reflect::get(&info, &"firstDay".into()).ok()?.as_f64()
    };
    match info() {
        Some(day) if (1.0..=7.0).contains(&day) => day as u32 - 1,
        _ => 0,
    }
}
