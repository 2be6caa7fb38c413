//! What colours, dashes and shapes stand for: a line or more above the drawing.

use super::look::series;
use super::path;
use super::scene::{Anchor, Frame, Look, Point, Tip};
use super::sketch::Sketch;
use super::text;

/// What stands beside a name.
#[derive(Clone, Copy)]
pub(super) enum Swatch {
    /// A square of an area with the hatching of a series.
    Area(Look, u8),
    /// A piece of a line.
    Line(Look),
    /// A point of a series.
    Dot(u8),
}

/// One name.
pub(super) struct Entry {
    pub name: String,
    pub swatch: Swatch,
    /// What picking it means and says, if anything.
    pub pick: Option<(u64, Tip)>,
}

impl Entry {
    /// A name that cannot be picked.
    pub fn new(name: &str, swatch: Swatch) -> Self {
        Self {
            name: text::one_line(name),
            swatch,
            pick: None,
        }
    }
}

/// The height of a line of names, in em.
const ROW: f64 = 1.8;

/// Draws names from left to right, in as many lines as they need, from `y` down. Their height.
pub(super) fn legend(sketch: &mut Sketch, entries: &[Entry], width: f64, y: f64) -> f64 {
    let em = sketch.em;
    let (mut x, mut row) = (0.0, 0.0);
    for (n, entry) in entries.iter().enumerate() {
        let square = match entry.swatch {
            Swatch::Line(_) => 1.8 * em,
            Swatch::Area(..) | Swatch::Dot(_) => 0.8 * em,
        };
        let before = square + 0.4 * em;
        let name = text::fit(&entry.name, em, width - before).unwrap_or_default();
        let taken = before + sketch.width(&name);
        if x > 0.0 && x + taken > width {
            x = 0.0;
            row += 1.0;
        }
        let top = y + row * ROW * em;
        if let Some((key, tip)) = &entry.pick {
            let frame = Frame::new(x, top, taken.min(width - x), 1.6 * em);
            sketch.hit_of("key", n, frame, Some(*key), tip.clone());
        }
        let middle = top + 0.8 * em;
        match entry.swatch {
            Swatch::Area(look, hatch) => {
                let frame = Frame::new(x, middle - 0.4 * em, square, square);
                sketch.rect("swatch", n, look, frame);
                let lines = path::hatch(frame, series(hatch));
                if !lines.is_empty() {
                    sketch.path("swatch-hatch", n, Look::Hatch, lines);
                }
            }
            Swatch::Line(look) => sketch.rule(
                "swatch",
                n,
                look,
                Point::new(x, middle),
                Point::new(x + square, middle),
            ),
            Swatch::Dot(series) => {
                let at = Point::new(x + 0.4 * em, middle);
                sketch.dot(("swatch", n), series, at, 0.35 * em);
            }
        }
        let at = Point::new(x + before, top + 1.1 * em);
        sketch.words(
            ("head", n),
            at,
            Anchor::Start,
            (&name, Look::Head),
            width - x - before,
        );
        x += taken + 1.2 * em;
    }
    if entries.is_empty() {
        0.0
    } else {
        (row + 1.0) * ROW * em
    }
}
