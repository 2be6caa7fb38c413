//! Numbers and names as charts are given them.

use fairlead::chart::bar::{Amount, Said};
use proptest::prelude::*;

/// Cents as euros with grouping, exact at any size.
pub fn euros(minor: i128) -> String {
    let digits = (minor.unsigned_abs() / 100).to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{}€{text}", if minor < 0 { "−" } else { "" })
}

/// The same in thousands, millions and so on.
pub fn short(minor: i128) -> String {
    let units = ["", "k", "M", "B", "T"];
    let mut rest = minor.unsigned_abs() / 100;
    let mut unit = 0;
    while rest >= 10_000 && unit + 1 < units.len() {
        rest /= 1_000;
        unit += 1;
    }
    let sign = if minor < 0 { "−" } else { "" };
    format!("{sign}€{rest}{}", units[unit])
}

pub fn amount(minor: i128) -> Amount {
    let said = Said {
        full: euros(minor),
        short: short(minor),
    };
    Amount { minor, said }
}

/// Names that are long, wide, written from right to left or put together from many signs.
pub const NAMES: [&str; 9] = [
    "Waiting for the legal department's answer to our redlines, third round",
    "Unternehmensbewertungsgesprächsvereinbarung",
    "商談・見積もり提出済み・稟議承認待ち",
    "Согласование договора с юридическим отделом",
    "التفاوض على الشروط النهائية للعقد",
    "משא ומתן על תנאי החוזה",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦👨\u{200d}👩\u{200d}👧\u{200d}👦🇩🇪🇫🇷👍🏽",
    "WWWWWWWWWWWWWWWWWWWWWWWWW@@@@@@@@@",
    "<script>&\"'\u{0}\u{7}\nZ\u{300}\u{301}\u{302}",
];

pub fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(NAMES.to_vec()).prop_map(String::from),
        "\\PC{0,30}",
        "[A-Za-z ]{0,60}",
    ]
}

pub fn minor() -> impl Strategy<Value = i128> {
    prop_oneof![
        Just(0),
        -1_000_i128..1_000,
        -1_000_000_000_000_000_i128..=1_000_000_000_000_000,
        0..=100_000_000_i128,
        any::<i128>(),
    ]
}
