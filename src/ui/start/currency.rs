//! Currencies to choose from, and the one a person most likely wants.

use js_sys::{Array, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

use crate::domain::money::Currency;
use crate::ui::parts::Choice;

/// Codes and English names (ISO 4217), in order of the names people look for.
const CURRENCIES: [(&str, &str); 42] = [
    ("EUR", "Euro"),
    ("USD", "US dollar"),
    ("GBP", "Pound sterling"),
    ("CHF", "Swiss franc"),
    ("AED", "UAE dirham"),
    ("ARS", "Argentine peso"),
    ("AUD", "Australian dollar"),
    ("BGN", "Bulgarian lev"),
    ("BRL", "Brazilian real"),
    ("CAD", "Canadian dollar"),
    ("CLP", "Chilean peso"),
    ("CNY", "Chinese yuan"),
    ("COP", "Colombian peso"),
    ("CZK", "Czech koruna"),
    ("DKK", "Danish krone"),
    ("EGP", "Egyptian pound"),
    ("HKD", "Hong Kong dollar"),
    ("HUF", "Hungarian forint"),
    ("IDR", "Indonesian rupiah"),
    ("ILS", "Israeli new shekel"),
    ("INR", "Indian rupee"),
    ("ISK", "Icelandic króna"),
    ("JPY", "Japanese yen"),
    ("KES", "Kenyan shilling"),
    ("KRW", "South Korean won"),
    ("KWD", "Kuwaiti dinar"),
    ("MXN", "Mexican peso"),
    ("MYR", "Malaysian ringgit"),
    ("NGN", "Nigerian naira"),
    ("NOK", "Norwegian krone"),
    ("NZD", "New Zealand dollar"),
    ("PHP", "Philippine peso"),
    ("PLN", "Polish złoty"),
    ("RON", "Romanian leu"),
    ("SAR", "Saudi riyal"),
    ("SEK", "Swedish krona"),
    ("SGD", "Singapore dollar"),
    ("THB", "Thai baht"),
    ("TRY", "Turkish lira"),
    ("TWD", "New Taiwan dollar"),
    ("UAH", "Ukrainian hryvnia"),
    ("ZAR", "South African rand"),
];

/// Regions (ISO 3166) by currency, where that is not the euro.
const REGIONS: [(&str, &str); 40] = [
    ("USD", "US PR EC SV PA"),
    ("GBP", "GB IM JE GG"),
    ("CHF", "CH LI"),
    ("AED", "AE"),
    ("ARS", "AR"),
    ("AUD", "AU"),
    ("BRL", "BR"),
    ("CAD", "CA"),
    ("CLP", "CL"),
    ("CNY", "CN"),
    ("COP", "CO"),
    ("CZK", "CZ"),
    ("DKK", "DK GL FO"),
    ("EGP", "EG"),
    ("HKD", "HK"),
    ("HUF", "HU"),
    ("IDR", "ID"),
    ("ILS", "IL"),
    ("INR", "IN"),
    ("ISK", "IS"),
    ("JPY", "JP"),
    ("KES", "KE"),
    ("KRW", "KR"),
    ("KWD", "KW"),
    ("MXN", "MX"),
    ("MYR", "MY"),
    ("NGN", "NG"),
    ("NOK", "NO SJ"),
    ("NZD", "NZ"),
    ("PHP", "PH"),
    ("PLN", "PL"),
    ("RON", "RO"),
    ("SAR", "SA"),
    ("SEK", "SE"),
    ("SGD", "SG"),
    ("THB", "TH"),
    ("TRY", "TR"),
    ("TWD", "TW"),
    ("UAH", "UA"),
    ("ZAR", "ZA"),
];

/// The currencies as choices; `more` is added where it is not among them.
#[must_use]
pub fn choices(more: Currency) -> Vec<Choice> {
    let mut choices: Vec<Choice> = CURRENCIES
        .iter()
        .map(|(code, name)| Choice::new(*code, format!("{code} – {name}")))
        .collect();
    if !choices.iter().any(|choice| choice.value == more.as_str()) {
        choices.push(Choice::new(more.as_str(), more.as_str()));
    }
    choices
}

/// The currency of the region the browser's language belongs to; the euro where that says
/// nothing.
#[must_use]
pub fn likely() -> Currency {
    region()
        .and_then(|region| {
            let here = |regions: &str| regions.split(' ').any(|known| known == region);
            REGIONS.iter().find(|(_, regions)| here(regions))
        })
        .and_then(|(code, _)| Currency::parse(code).ok())
        .unwrap_or_default()
}

/// The region of the browser's language: "US" for "en-US", and for "en" where most who write
/// so live (`Intl.Locale.prototype.maximize`).
fn region() -> Option<String> {
    let language = window().navigator().language()?;
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
    let locale = Reflect::get(&intl, &JsValue::from_str("Locale")).ok()?;
    let arguments = Array::of1(&JsValue::from_str(&language));
    let make: &js_sys::Function = locale.dyn_ref()?;
    let locale = Reflect::construct(make, &arguments).ok()?;
    let maximize = Reflect::get(&locale, &JsValue::from_str("maximize")).ok()?;
    let whole = maximize
        .dyn_ref::<js_sys::Function>()?
        .call0(&locale)
        .ok()?;
    Reflect::get(&whole, &JsValue::from_str("region"))
        .ok()?
        .as_string()
}
