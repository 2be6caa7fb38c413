//! Making the browser's formatters.

use super::{DateForm, Formatter, Key, LOCALE, MoneyStyle};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

pub(super) type Setting<'a> = (&'a str, JsValue);

pub(super) fn text<'a>(name: &'a str, value: &str) -> Setting<'a> {
    (name, JsValue::from_str(value))
}

pub(super) fn digits(name: &str, value: u8) -> Setting<'_> {
    (name, JsValue::from_f64(f64::from(value)))
}

pub(super) fn flag(name: &str, value: bool) -> Setting<'_> {
    (name, JsValue::from_bool(value))
}

pub(super) fn make(key: &Key) -> Option<Formatter> {
    let (kind, method, settings) = match key {
        Key::Money(currency, style, fixed) => {
            let mut settings = vec![text("style", "currency"), text("currency", currency)];
            if let Some(fixed) = fixed {
                settings.extend([
                    digits("minimumFractionDigits", *fixed),
                    digits("maximumFractionDigits", *fixed),
                ]);
            }
            if *style == MoneyStyle::Compact {
                settings.extend([
                    text("notation", "compact"),
                    digits("maximumSignificantDigits", 3),
                ]);
            }
            ("NumberFormat", "format", settings)
        }
        Key::Number(most) => (
            "NumberFormat",
            "format",
            vec![digits("maximumFractionDigits", *most)],
        ),
        Key::Percent(fixed) => {
            let settings = vec![
                text("style", "percent"),
                digits("minimumFractionDigits", *fixed),
                digits("maximumFractionDigits", *fixed),
            ];
            ("NumberFormat", "format", settings)
        }
        Key::Date(form) => ("DateTimeFormat", "format", date_settings(*form)),
        Key::Relative => (
            "RelativeTimeFormat",
            "format",
            vec![text("numeric", "auto")],
        ),
        Key::Collator => ("Collator", "compare", vec![flag("numeric", true)]),
        Key::Plural => ("PluralRules", "select", vec![]),
    };
    Formatter::new(construct(kind, &settings)?, method)
}

fn date_settings(form: DateForm) -> Vec<Setting<'static>> {
    let mut settings = match form {
        DateForm::DayMonth => vec![text("day", "numeric"), text("month", "short")],
        DateForm::DayMonthYear => vec![
            text("day", "numeric"),
            text("month", "short"),
            text("year", "numeric"),
        ],
        DateForm::MonthYear => vec![text("month", "short"), text("year", "numeric")],
        DateForm::MonthYearLong => vec![text("month", "long"), text("year", "numeric")],
        DateForm::Weekday => vec![text("weekday", "short")],
        DateForm::Long => vec![text("dateStyle", "full")],
        DateForm::Instant => return vec![text("dateStyle", "medium"), text("timeStyle", "short")],
        DateForm::Time => return vec![text("timeStyle", "short")],
    };
    settings.push(text("timeZone", "UTC"));
    settings
}

/// `new Intl.kind(locale, settings)`; with the browser's own locale when it refuses the one set.
/// Goes through `Reflect` because js-sys's own constructors let the exception pass.
pub(super) fn construct(kind: &str, settings: &[Setting<'_>]) -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
    let class: Function = Reflect::get(&intl, &JsValue::from_str(kind))
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    for (name, value) in settings {
        Reflect::set(&options, &JsValue::from_str(name), value).ok()?;
    }
    let locale = LOCALE.with_borrow(|locale| locale.as_deref().map(JsValue::from_str));
    let tries = locale.into_iter().chain([JsValue::UNDEFINED]);
    tries
        .into_iter()
        .find_map(|locale| Reflect::construct(&class, &Array::of2(&locale, &options)).ok())
}

/// One of the options an `Intl` object came to.
pub(super) fn resolved(object: &JsValue, name: &str) -> Option<JsValue> {
    let method: Function = Reflect::get(object, &JsValue::from_str("resolvedOptions"))
        .ok()?
        .dyn_into()
        .ok()?;
    Reflect::get(&method.call0(object).ok()?, &JsValue::from_str(name)).ok()
}
