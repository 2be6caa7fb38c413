//! The contrast of every pair of colours that may meet, read from the style sheet itself.

use std::collections::HashMap;

use wasm_bindgen_test::wasm_bindgen_test;

/// A colour as red, green and blue from 0 to 1.
type Rgb = [f64; 3];

fn rgb(hex: &str) -> Rgb {
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0)
}

/// Relative luminance, WCAG 2.2.
fn luminance(colour: Rgb) -> f64 {
    let linear = colour.map(|c| {
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// Contrast ratio, WCAG 2.2.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The tokens that are `light-dark(#rrggbb, #rrggbb)`, by name.
fn tokens() -> HashMap<String, [Rgb; 2]> {
    let css = include_str!("../../style/tokens.css");
    let lines = css.lines().filter_map(|line| {
        let (name, value) = line
            .trim()
            .strip_prefix("--")?
            .split_once(": light-dark(#")?;
        let (light, rest) = value.split_once(", #")?;
        let dark = rest.strip_suffix(");")?;
        (light.len() == 6 && dark.len() == 6).then(|| (String::from(name), [rgb(light), rgb(dark)]))
    });
    // The first of a name is the usual one; later ones are for `prefers-contrast`.
    lines.fold(HashMap::new(), |mut all, (name, pair)| {
        all.entry(name).or_insert(pair);
        all
    })
}

const SURFACES: [&str; 5] = ["bg", "sunk", "panel", "raised", "hover"];
const HUES: [&str; 10] = [
    "teal", "blue", "indigo", "violet", "pink", "red", "orange", "amber", "green", "slate",
];

fn too_low(front: &str, backs: &[&str], least: f64) -> Vec<String> {
    let tokens = tokens();
    let of = |name: &str| {
        *tokens
            .get(name)
            .unwrap_or_else(|| panic!("no token --{name}"))
    };
    let mut low = Vec::new();
    for back in backs {
        for (theme, name) in ["light", "dark"].into_iter().enumerate() {
            let ratio = contrast(of(front)[theme], of(back)[theme]);
            if ratio < least {
                low.push(format!("--{front} on --{back}, {name}: {ratio:.2}"));
            }
        }
    }
    low
}

#[wasm_bindgen_test]
fn every_text_can_be_read_on_every_ground_in_both_themes() {
    let mut low = Vec::new();
    for text in ["ink", "mute", "accent", "accent-strong"] {
        low.extend(too_low(text, &SURFACES, 4.5));
        low.extend(too_low(text, &["tint", "tint-strong"], 4.5));
    }
    for text in ["ink", "mute"] {
        low.extend(too_low(text, &["pressed"], 4.5));
    }
    for meaning in ["warn", "danger", "success", "info"] {
        let tint = format!("{meaning}-tint");
        low.extend(too_low(meaning, &SURFACES, 4.5));
        low.extend(too_low(meaning, &[&tint], 4.5));
        low.extend(too_low("ink", &[&tint], 4.5));
    }
    low.extend(too_low("on-accent", &["accent", "accent-strong"], 4.5));
    low.extend(too_low("on-danger", &["danger", "danger-strong"], 4.5));
    low.extend(too_low("toast-ink", &["toast-bg"], 4.5));
    low.extend(too_low("toast-accent", &["toast-bg"], 4.5));
    for hue in HUES {
        let (ink, tint) = (format!("hue-{hue}-ink"), format!("hue-{hue}-tint"));
        low.extend(too_low(&ink, &SURFACES, 4.5));
        low.extend(too_low(&ink, &[&tint], 4.5));
    }
    assert!(low.is_empty(), "{low:#?}");
}

#[wasm_bindgen_test]
fn every_mark_and_meaningful_border_can_be_seen() {
    let mut low = too_low("edge", &SURFACES, 3.0);
    for hue in HUES {
        low.extend(too_low(
            &format!("hue-{hue}"),
            &["bg", "sunk", "panel"],
            3.0,
        ));
    }
    for series in 1..=8 {
        low.extend(too_low(
            &format!("series-{series}"),
            &["bg", "sunk", "panel"],
            3.0,
        ));
    }
    assert!(low.is_empty(), "{low:#?}");
}

#[wasm_bindgen_test]
fn the_ratio_is_that_of_the_standard() {
    // Black on white is 21 : 1; #767676 is the lightest grey that passes on white.
    assert!((contrast(rgb("000000"), rgb("ffffff")) - 21.0).abs() < 1e-9);
    assert!(contrast(rgb("767676"), rgb("ffffff")) >= 4.5);
    assert!(contrast(rgb("777777"), rgb("ffffff")) < 4.5);
}
