//! Numbers, money, dates and text order as the person's locale writes them.
//!
//! All of it is the browser's `Intl` (ECMA-402). Making a formatter costs about as much as a
//! thousand uses of it, so each is made once and kept until the locale changes.

mod make;

use make::{construct, flag, make, resolved, text};
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use chrono::NaiveDate;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// How an amount of money is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MoneyStyle {
    /// To the last minor unit, which is left out where it is nothing: €1,200 and €1,200.50.
    #[default]
    Full,
    /// Rounded to whole units, for totals: €1,201.
    Whole,
    /// Shortened to three digits that count: €1.48M.
    Compact,
}

/// Which plural form a number takes (Unicode CLDR's categories).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// None at all, where the language has a form for it.
    Zero,
    /// The singular.
    One,
    /// The dual.
    Two,
    /// The paucal.
    Few,
    /// The plural of large numbers.
    Many,
    /// The plural of everything else.
    Other,
}

/// What a kept formatter was made for.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    /// Currency, style, and the fixed number of decimals (none for the currency's own).
    Money(String, MoneyStyle, Option<u8>),
    /// At most so many decimals.
    Number(u8),
    /// So many decimals.
    Percent(u8),
    Date(DateForm),
    Relative,
    Collator,
    Plural,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum DateForm {
    DayMonth,
    DayMonthYear,
    Long,
    MonthYear,
    MonthYearLong,
    Weekday,
    Instant,
    Time,
}

/// One method of one `Intl` object, ready to be called.
struct Formatter {
    this: JsValue,
    method: Function,
}

thread_local! {
    static LOCALE: RefCell<Option<String>> = const { RefCell::new(None) };
    static FORMATTERS: RefCell<HashMap<Key, Option<Rc<Formatter>>>> = RefCell::new(HashMap::new());
    static DIGITS: RefCell<HashMap<String, Option<u8>>> = RefCell::new(HashMap::new());
    static EXACT: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Writes everything in this locale from now on ("de-DE"); in the browser's own when none,
/// or when the browser does not know it. Text already on the page stays as it is.
pub fn set_locale(tag: Option<&str>) {
    LOCALE.with_borrow_mut(|locale| *locale = tag.map(String::from));
    FORMATTERS.with_borrow_mut(HashMap::clear);
}

/// The locale in use, as the browser resolved it.
#[must_use]
pub fn locale() -> String {
    construct("NumberFormat", &[])
        .and_then(|format| resolved(&format, "locale")?.as_string())
        .unwrap_or_else(|| String::from("en"))
}

/// An amount in minor units (cents) with its currency's sign, in the locale's way.
///
/// A currency the browser refuses (not three letters) is written after the number, with two decimals.
#[must_use]
pub fn money(minor: i64, currency: &str, style: MoneyStyle) -> String {
    let Some(digits) = currency_digits(currency) else {
        return format!("{} {currency}", decimal_text(minor, 2));
    };
    let whole = minor
        .unsigned_abs()
        .is_multiple_of(10_u64.pow(u32::from(digits)));
    let fixed = match style {
        MoneyStyle::Full if whole => Some(0),
        MoneyStyle::Whole => Some(0),
        MoneyStyle::Full | MoneyStyle::Compact => None,
    };
    let text = decimal_text(minor, digits);
    write(
        Key::Money(String::from(currency), style, fixed),
        &exact(&text),
    )
    .unwrap_or(text)
}

/// How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217, from
/// `resolvedOptions`). None for a code the browser refuses.
#[must_use]
pub fn currency_digits(currency: &str) -> Option<u8> {
    DIGITS.with_borrow_mut(|known| {
        *known.entry(String::from(currency)).or_insert_with(|| {
            let options = [text("style", "currency"), text("currency", currency)];
            let format = construct("NumberFormat", &options)?;
            // 0 to 20 by ECMA-402; money in minor units needs it to fit 10^digits in 64 bits.
            let digits = resolved(&format, "maximumFractionDigits")?.as_f64()?;
            (0.0..=18.0).contains(&digits).then_some(digits as u8)
        })
    })
}

/// Minor units as an exact decimal number: (-1205, 2) is "-12.05". Plain digits and a full
/// stop, as `Intl` and number parsers read it, whatever the locale.
#[must_use]
pub fn decimal_text(minor: i64, digits: u8) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let digits = usize::from(digits);
    let plain = format!("{:0>width$}", minor.unsigned_abs(), width = digits + 1);
    let (units, rest) = plain.split_at(plain.len() - digits);
    let point = if digits == 0 { "" } else { "." };
    format!("{sign}{units}{point}{rest}")
}

/// A number with at most `digits` decimals and the locale's grouping.
#[must_use]
pub fn number(value: f64, digits: u8) -> String {
    write(Key::Number(digits), &JsValue::from_f64(value)).unwrap_or_else(|| value.to_string())
}

/// A whole number with the locale's grouping.
#[must_use]
pub fn integer(value: i64) -> String {
    let text = value.to_string();
    write(Key::Number(0), &exact(&text)).unwrap_or(text)
}

/// A share as a percentage with `digits` decimals: 0.273 is "27 %" or "27%".
#[must_use]
pub fn percent(share: f64, digits: u8) -> String {
    write(Key::Percent(digits), &JsValue::from_f64(share))
        .unwrap_or_else(|| format!("{}%", fixed(share * 100.0, digits)))
}

/// A number with so many decimals and a point, whatever the locale. By whole numbers: the
/// standard library's way of it is several kilobytes of program, for a text rarely seen.
#[must_use]
pub fn fixed(value: f64, digits: u8) -> String {
    let scale = 10_f64.powi(i32::from(digits));
    decimal_text((value * scale).round() as i64, digits)
}

/// A number and its noun, in English: "1 deal", "1,204 deals".
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    let noun = if n == 1 { one } else { many };
    format!("{} {noun}", number(n as f64, 0))
}

/// Which plural form the locale gives a number.
#[must_use]
pub fn plural(n: i64) -> Plural {
    let rule = write(Key::Plural, &JsValue::from_f64(n as f64));
    match rule.as_deref() {
        Some("zero") => Plural::Zero,
        Some("one") => Plural::One,
        Some("two") => Plural::Two,
        Some("few") => Plural::Few,
        Some("many") => Plural::Many,
        _ => Plural::Other,
    }
}

/// The locale's grouping and decimal separators, for reading numbers people type.
#[must_use]
pub fn separators() -> (char, char) {
    let sample = write(Key::Number(1), &JsValue::from_f64(1_234_567.5)).unwrap_or_default();
    let marks: Vec<char> = sample.chars().filter(|c| !c.is_numeric()).collect();
    match marks[..] {
        [group, .., decimal] => (group, decimal),
        [decimal] => ('\'', decimal),
        [] => (',', '.'),
    }
}

/// The decimal sign people here type: a comma or a point.
#[must_use]
pub fn decimal() -> char {
    if separators().1 == ',' { ',' } else { '.' }
}

/// A civil date without its year: "28 Nov".
#[must_use]
pub fn date_short(date: NaiveDate) -> String {
    civil(DateForm::DayMonth, date)
}

/// A civil date with its year: "28 Nov 2026".
#[must_use]
pub fn date_medium(date: NaiveDate) -> String {
    civil(DateForm::DayMonthYear, date)
}

/// A civil date, with its year only where that is not the year of `today`.
#[must_use]
pub fn date_near(date: NaiveDate, today: NaiveDate) -> String {
    use chrono::Datelike;
    if date.year() == today.year() {
        date_short(date)
    } else {
        date_medium(date)
    }
}

/// A civil date in full, with its weekday: "Saturday, 28 November 2026".
#[must_use]
pub fn date_long(date: NaiveDate) -> String {
    civil(DateForm::Long, date)
}

/// The month of a civil date: "Nov 2026".
#[must_use]
pub fn month(date: NaiveDate) -> String {
    civil(DateForm::MonthYear, date)
}

/// A point in time (milliseconds since 1970) as day and time in the person's own time zone.
#[must_use]
pub fn date_time(ms: i64) -> String {
    instant(DateForm::Instant, ms)
}

/// The time of day of a point in time (milliseconds since 1970), in the person's own time zone.
#[must_use]
pub fn time(ms: i64) -> String {
    instant(DateForm::Time, ms)
}

/// Days from today: "today", "tomorrow", "in 3 days", "12 days ago".
#[must_use]
pub fn relative_days(days: i64) -> String {
    let arguments = Array::of2(&JsValue::from_f64(days as f64), &JsValue::from_str("day"));
    formatter(Key::Relative)
        .and_then(|format| format.call(&arguments)?.as_string())
        .unwrap_or_else(|| format!("{days} d"))
}

/// The month of a civil date in full: "November 2026".
#[must_use]
pub fn month_long(date: NaiveDate) -> String {
    civil(DateForm::MonthYearLong, date)
}

/// The weekday of a civil date, shortened: "Sat".
#[must_use]
pub fn weekday(date: NaiveDate) -> String {
    civil(DateForm::Weekday, date)
}

/// The order of two texts as the locale sorts them; digits count as numbers ("2" before "10").
///
/// Each call crosses into JavaScript (some 0.5 µs): fine for a table, too slow inside a hot loop.
#[must_use]
pub fn compare(a: &str, b: &str) -> Ordering {
    let arguments = Array::of2(&JsValue::from_str(a), &JsValue::from_str(b));
    formatter(Key::Collator)
        .and_then(|collator| collator.call(&arguments)?.as_f64())
        .and_then(|order| order.partial_cmp(&0.0))
        .unwrap_or_else(|| a.cmp(b))
}

/// A civil date has no zone: it is midnight UTC, written as of UTC.
fn civil(form: DateForm, date: NaiveDate) -> String {
    let days = date.signed_duration_since(NaiveDate::default()).num_days();
    write(
        Key::Date(form),
        &JsValue::from_f64(days as f64 * 86_400_000.0),
    )
    .unwrap_or_else(|| date.to_string())
}

fn instant(form: DateForm, ms: i64) -> String {
    // A time beyond what a JavaScript date can hold (±8.64e15 ms) is written as its number.
    write(Key::Date(form), &JsValue::from_f64(ms as f64)).unwrap_or_else(|| ms.to_string())
}

/// A decimal as a string where `Intl` takes strings exactly (`Intl.NumberFormat` v3), else as
/// the nearest double: right up to 2^53, close beyond.
fn exact(decimal: &str) -> JsValue {
    let takes_text = EXACT.get().unwrap_or_else(|| {
        let beyond_doubles = "9007199254740993";
        let format = construct(
            "NumberFormat",
            &[flag("useGrouping", false), text("numberingSystem", "latn")],
        )
        .and_then(|object| Formatter::new(object, "format"));
        let written = format.and_then(|f| f.call(&Array::of1(&beyond_doubles.into()))?.as_string());
        let takes_text = written.as_deref() == Some(beyond_doubles);
        EXACT.set(Some(takes_text));
        takes_text
    });
    if takes_text {
        JsValue::from_str(decimal)
    } else {
        // Read by the browser: the same in Rust is as large as a small view.
        JsValue::from_f64(js_sys::Number::parse_float(decimal))
    }
}

/// Calls the formatter for `key` with one argument.
fn write(key: Key, argument: &JsValue) -> Option<String> {
    formatter(key)?.call(&Array::of1(argument))?.as_string()
}

/// The kept formatter for `key`, made at its first use. None when the browser refuses it.
fn formatter(key: Key) -> Option<Rc<Formatter>> {
    let kept = FORMATTERS.with_borrow(|all| all.get(&key).cloned());
    kept.unwrap_or_else(|| {
        let made = make(&key).map(Rc::new);
        FORMATTERS.with_borrow_mut(|all| all.insert(key, made.clone()));
        made
    })
}

impl Formatter {
    fn new(this: JsValue, method: &str) -> Option<Self> {
        let method = Reflect::get(&this, &JsValue::from_str(method))
            .ok()?
            .dyn_into()
            .ok()?;
        Some(Self { this, method })
    }

    fn call(&self, arguments: &Array) -> Option<JsValue> {
        Reflect::apply(&self.method, &self.this, arguments).ok()
    }
}
