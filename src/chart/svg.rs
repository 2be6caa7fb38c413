//! A scene as an SVG file: for saving, and for tests that compare pictures.
//!
//! The file stands for itself: colours are written out, in the light theme on white, because
//! it goes into documents. They are those of `style/tokens.css`; a test holds them together.

use super::scene::{Frame, Mark, Run, Scene, Tag, px};
use super::svg_paint::paint;
use super::text;
use std::fmt::Write as _;

/// The colours of the series in the light theme, `--series-1` to `--series-8`.
pub const SERIES: [&str; 8] = [
    "#0072b2", "#b87a00", "#00875f", "#b8578a", "#2b8ac2", "#d55e00", "#8a7f00", "#3a3c40",
];
/// `--ink`.
pub const INK: &str = "#1d1e20";
/// `--mute`.
pub const MUTE: &str = "#5f6267";
/// `--line`.
pub const LINE: &str = "#e4e3df";
/// `--edge`.
pub const EDGE: &str = "#85888d";
/// `--panel`.
pub const GROUND: &str = "#ffffff";

/// Room around the drawing, in CSS pixels.
const MARGIN: f64 = 16.0;

/// How markup writes a character that means something to it, between tags and in quotes.
#[must_use]
pub fn entity(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => return None,
    })
}

/// Text as XML holds it. Characters that XML 1.0 knows no way to write are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if let Some(entity) = entity(c) {
            out.push_str(entity);
            continue;
        }
        match c {
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// The scene as a whole SVG file with a title above the drawing. Hit areas are left out,
/// except that what they say becomes the `title` of an invisible rectangle, which browsers
/// show when it is pointed at.
#[must_use]
pub fn svg(scene: &Scene) -> String {
    let heading = scene.em * 2.2;
    let (width, height) = (
        scene.size.width + 2.0 * MARGIN,
        scene.size.height + 2.0 * MARGIN + heading,
    );
    let (w, h, em) = (px(width), px(height), px(scene.em));
    let title = escaped(&scene.title);
    // Strong letters are about an eighth wider than the table says.
    let shown = text::fit(&scene.title, scene.em * 1.125, scene.size.width).unwrap_or_default();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
         role=\"img\" font-family=\"system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif\" \
         font-size=\"{em}\">\n<title>{title}</title>\n<desc>{}</desc>\n\
         <rect width=\"{w}\" height=\"{h}\" fill=\"{GROUND}\"/>\n\
         <text x=\"{}\" y=\"{}\" font-weight=\"600\" fill=\"{INK}\">{}</text>\n\
         <g transform=\"translate({} {})\">\n",
        escaped(&scene.summary),
        px(MARGIN),
        px(MARGIN + scene.em),
        escaped(&shown),
        px(MARGIN),
        px(MARGIN + heading),
    );
    for mark in &scene.marks {
        draw(&mut out, mark);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn draw(out: &mut String, mark: &Mark) {
    let tag = mark.tag();
    let paint = paint(tag.look);
    // Writing to a String cannot fail.
    let _ = match mark {
        Mark::Rect { frame, radius, .. } => shape(out, "rect", &rect(frame, *radius), &paint, tag),
        // What lies above a hit area must not keep the pointer from it.
        Mark::Path { path, .. } if tag.tip.is_none() => {
            writeln!(out, "<path d=\"{path}\" {paint} pointer-events=\"none\"/>")
        }
        Mark::Path { path, .. } => shape(out, "path", &format!("d=\"{path}\""), &paint, tag),
        Mark::Rule { from, to, .. } => writeln!(
            out,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {paint} pointer-events=\"none\"/>",
            px(from.x),
            px(from.y),
            px(to.x),
            px(to.y)
        ),
        Mark::Text {
            at, anchor, runs, ..
        } => {
            let body: String = runs.iter().map(tspan).collect();
            writeln!(
                out,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" pointer-events=\"none\">{body}</text>",
                px(at.x),
                px(at.y),
                anchor.as_str()
            )
        }
    };
}

/// A shape, which may say something when pointed at.
fn shape(out: &mut String, name: &str, place: &str, paint: &str, tag: &Tag) -> std::fmt::Result {
    match &tag.tip {
        None => writeln!(out, "<{name} {place} {paint}/>"),
        Some(tip) => writeln!(
            out,
            "<{name} {place} {paint} pointer-events=\"all\"><title>{}</title></{name}>",
            escaped(&tip.to_string())
        ),
    }
}

fn rect(frame: &Frame, radius: f64) -> String {
    format!(
        "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"",
        px(frame.x),
        px(frame.y),
        px(frame.width),
        px(frame.height),
        px(radius)
    )
}

/// Each piece takes its direction from its own letters, so that a name written from right to
/// left is cut at its left and does not reorder the number after it.
fn tspan(run: &Run) -> String {
    let gap = if run.gap > 0.0 {
        format!(" dx=\"{}\"", px(run.gap))
    } else {
        String::new()
    };
    format!(
        "<tspan{gap} unicode-bidi=\"plaintext\" {}>{}</tspan>",
        paint(run.look),
        escaped(&run.text)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_typed_stays_text() {
        assert_eq!(
            escaped("<b a=\"1\" c='2'>&amp;</b>"),
            "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;"
        );
        assert_eq!(escaped("a\u{0}\u{b}\u{7f}\u{ffff}b\n"), "ab ");
    }

    #[test]
    fn colours_are_those_of_the_style_sheet() {
        let tokens = include_str!("../../style/tokens.css");
        let light = |name: &str| {
            let from = tokens.find(&format!("{name}: light-dark(")).unwrap();
            let rest = tokens[from..].split_once('(').unwrap().1;
            rest.split_once(',').unwrap().0.to_owned()
        };
        for (n, colour) in SERIES.iter().enumerate() {
            assert_eq!(light(&format!("--series-{}", n + 1)), *colour);
        }
        let named = [
            ("--ink", INK),
            ("--mute", MUTE),
            ("--line", LINE),
            ("--edge", EDGE),
            ("--panel", GROUND),
        ];
        for (name, colour) in named {
            assert_eq!(light(name), colour, "{name}");
        }
    }
}
