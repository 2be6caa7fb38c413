//! Numbers, money and dates in several locales.

use std::cmp::Ordering;

use chrono::NaiveDate;
use fairlead::shell::intl::{self, MoneyStyle, Plural};
use wasm_bindgen_test::wasm_bindgen_test;

/// Formats in one locale, then goes back to the browser's own. Spaces that do not break, and
/// marks of direction, are made plain so that the tests can be read.
fn within<T>(locale: &str, run: impl FnOnce() -> T) -> T {
    intl::set_locale(Some(locale));
    let result = run();
    intl::set_locale(None);
    result
}

fn plain(text: &str) -> String {
    let text = text.replace(['\u{a0}', '\u{202f}'], " ");
    text.replace(['\u{200e}', '\u{200f}', '\u{61c}'], "")
}

fn money(locale: &str, minor: i64, currency: &str, style: MoneyStyle) -> String {
    within(locale, || plain(&intl::money(minor, currency, style)))
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[wasm_bindgen_test]
fn minor_units_become_exact_decimals() {
    let cases = [
        (0, 2, "0.00"),
        (5, 2, "0.05"),
        (-5, 2, "-0.05"),
        (-1205, 2, "-12.05"),
        (7, 0, "7"),
        (1, 3, "0.001"),
    ];
    for (minor, digits, expected) in cases {
        assert_eq!(intl::decimal_text(minor, digits), expected);
    }
    assert_eq!(intl::decimal_text(i64::MIN, 2), "-92233720368547758.08");
    assert_eq!(intl::decimal_text(i64::MAX, 0), "9223372036854775807");
}

#[wasm_bindgen_test]
fn shares_and_sizes_have_fixed_decimals() {
    let cases = [
        (27.34, 0, "27"),
        (27.5, 0, "28"),
        (512.04, 1, "512.0"),
        (-0.25, 1, "-0.3"),
    ];
    for (value, digits, expected) in cases {
        assert_eq!(intl::fixed(value, digits), expected);
    }
}

#[wasm_bindgen_test]
fn money_has_the_decimals_of_its_currency() {
    assert_eq!(
        ["EUR", "JPY", "KWD"].map(intl::currency_digits),
        [Some(2), Some(0), Some(3)]
    );
    assert_eq!(
        money("en-GB", 148_230_000, "EUR", MoneyStyle::Full),
        "€1,482,300"
    );
    assert_eq!(
        money("en-GB", 148_230_050, "EUR", MoneyStyle::Full),
        "€1,482,300.50"
    );
    assert_eq!(
        money("en-GB", -148_230_050, "EUR", MoneyStyle::Whole),
        "-€1,482,301"
    );
    assert_eq!(
        money("en-GB", 148_230_000, "EUR", MoneyStyle::Compact),
        "€1.48m"
    );
    assert_eq!(
        money("de-DE", 148_230_050, "EUR", MoneyStyle::Full),
        "1.482.300,50 €"
    );
    assert_eq!(
        money("en-IN", 123_456_789, "INR", MoneyStyle::Full),
        "₹12,34,567.89"
    );
    assert_eq!(money("ja-JP", 1_500, "JPY", MoneyStyle::Full), "￥1,500");
    assert_eq!(
        money("en-GB", 1_500_250, "KWD", MoneyStyle::Full),
        "KWD 1,500.250"
    );
    assert_eq!(
        money("ar-EG", 1_250, "EGP", MoneyStyle::Full)
            .matches('٫')
            .count(),
        1
    );
}

#[wasm_bindgen_test]
fn large_money_is_exact_and_bad_currencies_are_shown() {
    assert_eq!(
        money("en-GB", i64::MAX, "USD", MoneyStyle::Full),
        "US$92,233,720,368,547,758.07"
    );
    assert_eq!(
        money("en-GB", 1_205, "EURO", MoneyStyle::Full),
        "12.05 EURO"
    );
    assert_eq!(intl::currency_digits(""), None);
}

#[wasm_bindgen_test]
fn numbers_and_shares_follow_the_locale() {
    assert_eq!(within("de-DE", || intl::number(1_234.567, 1)), "1.234,6");
    assert_eq!(
        within("en-GB", || intl::integer(i64::MIN)),
        "-9,223,372,036,854,775,808"
    );
    assert_eq!(within("de-DE", || plain(&intl::percent(0.273, 0))), "27 %");
    assert_eq!(within("en-GB", || intl::percent(0.2735, 1)), "27.4%");
    assert_eq!(
        within("en-GB", || [
            intl::count(1, "deal", "deals"),
            intl::count(1204, "deal", "deals")
        ]),
        ["1 deal", "1,204 deals"]
    );
    assert_eq!(within("en-GB", intl::separators), (',', '.'));
    assert_eq!(within("de-DE", intl::separators), ('.', ','));
    assert_eq!(within("ar-EG", intl::separators), ('٬', '٫'));
}

#[wasm_bindgen_test]
fn a_civil_date_is_the_same_day_in_every_zone() {
    // The browser's own zone does not come in: the first and last of a year stay in it.
    assert_eq!(
        within("en-GB", || intl::date_medium(day(2026, 1, 1))),
        "1 Jan 2026"
    );
    assert_eq!(
        within("en-GB", || intl::date_medium(day(2026, 12, 31))),
        "31 Dec 2026"
    );
    assert_eq!(
        within("en-GB", || intl::date_medium(day(1969, 7, 20))),
        "20 Jul 1969"
    );
    assert_eq!(
        within("en-GB", || intl::date_short(day(2026, 11, 28))),
        "28 Nov"
    );
    assert_eq!(
        within("en-GB", || intl::date_near(
            day(2027, 1, 5),
            day(2026, 11, 23)
        )),
        "5 Jan 2027"
    );
    assert_eq!(
        within("en-GB", || intl::date_near(
            day(2026, 12, 5),
            day(2026, 11, 23)
        )),
        "5 Dec"
    );
    assert_eq!(
        within("en-GB", || intl::date_long(day(2026, 11, 28))).replace(',', ""),
        "Saturday 28 November 2026"
    );
    assert_eq!(
        within("de-DE", || intl::month(day(2026, 3, 1))),
        "März 2026"
    );
}

#[wasm_bindgen_test]
fn an_instant_is_written_in_the_zone_of_the_browser() {
    let ms = 1_795_433_456_000_i64;
    let date = js_sys::Date::new(&(ms as f64).into());
    let clock = format!("{:02}:{:02}", date.get_hours(), date.get_minutes());
    assert_eq!(within("en-GB", || intl::time(ms)), clock);
    assert!(within("en-GB", || intl::date_time(ms)).ends_with(&clock));
    assert_eq!(
        intl::time(i64::MAX),
        i64::MAX.to_string(),
        "beyond what a date can hold"
    );
}

#[wasm_bindgen_test]
fn days_from_now_and_plural_forms() {
    let say = |days| within("en-GB", || intl::relative_days(days));
    assert_eq!(
        [say(0), say(1), say(-1), say(3), say(-12)],
        ["today", "tomorrow", "yesterday", "in 3 days", "12 days ago"]
    );
    let forms = |locale: &str| within(locale, || [0, 1, 2, 3, 11].map(intl::plural));
    assert_eq!(
        forms("en-GB"),
        [
            Plural::Other,
            Plural::One,
            Plural::Other,
            Plural::Other,
            Plural::Other
        ]
    );
    assert_eq!(
        forms("ar-EG"),
        [
            Plural::Zero,
            Plural::One,
            Plural::Two,
            Plural::Few,
            Plural::Many
        ]
    );
}

#[wasm_bindgen_test]
fn texts_sort_as_the_locale_sorts_them() {
    let sorted = |locale: &str, mut texts: Vec<&'static str>| {
        within(locale, || texts.sort_by(|a, b| intl::compare(a, b)));
        texts
    };
    assert_eq!(
        sorted("en-GB", vec!["Zoë", "deal 10", "deal 2", "ärger", "b"]),
        ["ärger", "b", "deal 2", "deal 10", "Zoë"]
    );
    assert_eq!(
        sorted("sv-SE", vec!["ärger", "z", "b"]),
        ["b", "z", "ärger"]
    );
    assert_eq!(intl::compare("same", "same"), Ordering::Equal);
}

#[wasm_bindgen_test]
fn an_unknown_locale_falls_back() {
    let own = intl::locale();
    assert_eq!(within("not a locale", intl::locale), own);
    assert!(!within("not a locale", || intl::integer(5)).is_empty());
    assert_eq!(within("de-DE", intl::locale), "de-DE");
}
