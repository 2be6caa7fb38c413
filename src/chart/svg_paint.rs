//! How each look is written into an SVG file: what `style/charts.css` says for the page, in
//! the colours of the light theme.

use super::look::{Look, series};
use super::svg::{EDGE, GROUND, INK, LINE, MUTE, SERIES};

/// How much of a series' colour is in the tint of a whole bar, the rest being ground; as
/// `color-mix` has it in `style/charts.css`.
const TINT: f64 = 0.18;

/// How much of a colour a band and a flow have.
const BAND: f64 = 0.2;
const FLOW: f64 = 0.35;

/// The dashes of the lines of series 1 to 8.
const DASHES: [&str; 8] = [
    "",
    "7 3",
    "2 3",
    "10 3 2 3",
    "14 4",
    "4 2",
    "1 4",
    "8 2 2 2 2 2",
];

/// How much of the first series' colour is in a step of heat, in hundredths.
pub(super) fn heat(step: u8) -> u32 {
    4 + 7 * u32::from(step.min(8))
}

/// The presentation attributes of a look.
pub(super) fn paint(look: Look) -> String {
    let stroked = |colour: &str, width: f64, dashes: &str| {
        let dashes = if dashes.is_empty() {
            String::new()
        } else {
            format!(" stroke-dasharray=\"{dashes}\"")
        };
        format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{dashes}")
    };
    let filled = |colour: &str| format!("fill=\"{colour}\"");
    let edged = |colour: &str| format!("fill=\"{colour}\" stroke=\"{GROUND}\"");
    match look {
        Look::Hit => "fill=\"none\"".into(),
        Look::Grid => format!("fill=\"none\" stroke=\"{LINE}\""),
        Look::Zero => format!("fill=\"none\" stroke=\"{EDGE}\""),
        Look::Label | Look::Number => filled(INK),
        Look::Tick | Look::Note | Look::Head | Look::Minor => filled(MUTE),
        Look::Callout => format!(
            "{} stroke=\"{GROUND}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
            filled(INK)
        ),
        Look::Fill(n) => filled(colour(n)),
        Look::Whole(n) => {
            let colour = colour(n);
            format!("fill=\"{}\" stroke=\"{colour}\"", tint(colour, TINT))
        }
        Look::Part(n) | Look::Dot(n) => edged(colour(n)),
        Look::Line(n) => {
            let dashes = DASHES[usize::from(series(n)) - 1];
            format!(
                "{} stroke-linejoin=\"round\"",
                stroked(colour(n), 2.0, dashes)
            )
        }
        Look::Band(n) => format!("{} fill-opacity=\"{BAND}\"", filled(colour(n))),
        Look::Flow(n) => format!("{} fill-opacity=\"{FLOW}\"", filled(colour(n))),
        Look::Heat(n) => edged(&tint(colour(1), f64::from(heat(n)) / 100.0)),
        Look::Missing => format!(
            "{} stroke-dasharray=\"2 2\"",
            edged("none").replace(GROUND, LINE)
        ),
        Look::Hatch => format!("{} stroke-opacity=\"0.6\"", stroked(GROUND, 1.25, "")),
        Look::Won => filled(colour(3)),
        Look::Lost => filled(colour(6)),
        Look::Gain => filled(colour(1)),
        Look::Loss => filled(colour(6)),
        Look::Censor => stroked(INK, 1.0, ""),
        Look::Limit => stroked(MUTE, 1.0, "5 3"),
        Look::Reference => stroked(INK, 1.25, "2 3"),
        Look::Marker => stroked(INK, 1.25, ""),
        Look::Link => stroked(EDGE, 1.0, "2 2"),
    }
}

fn colour(n: u8) -> &'static str {
    SERIES[usize::from(series(n)) - 1]
}

/// A colour (`#rrggbb`) thinned with the white ground. Opaque, so that no line shows through.
fn tint(colour: &str, share: f64) -> String {
    let channel = |at: usize| {
        let value = colour
            .get(at..at + 2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let mixed = 255.0 + (f64::from(value.unwrap_or(255)) - 255.0) * share;
        mixed.round() as u8
    };
    format!("#{:02x}{:02x}{:02x}", channel(1), channel(3), channel(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tint_is_between_its_colour_and_white() {
        assert_eq!(tint("#000000", TINT), "#d1d1d1");
        assert_eq!(tint("#ffffff", TINT), "#ffffff");
    }

    #[test]
    fn dashes_and_tints_are_those_of_the_style_sheet() {
        let sheet = include_str!("../../style/charts.css");
        for (n, dashes) in DASHES.iter().enumerate().skip(1) {
            let rule = format!(
                ".mark--line.mark--series-{} {{ stroke-dasharray: {dashes}; }}",
                n + 1
            );
            assert!(sheet.contains(&rule), "{rule}");
        }
        for step in 0..=8 {
            let rule = format!(
                ".mark--heat-{step} {{ fill: color-mix(in srgb, var(--series-1) {}%, var(--panel)); }}",
                heat(step)
            );
            assert!(sheet.contains(&rule), "{rule}");
        }
        assert!(sheet.contains(&format!("fill-opacity: {BAND};")));
        assert!(sheet.contains(&format!("fill-opacity: {FLOW};")));
    }
}
