//! Rows with a name, a bar and a number, one below the other: what kinds of bars share.

use super::axis::Axis;
use super::path::Path;
use super::scene::{Anchor, Frame, Look, Point};
use super::sketch::{Sketch, run};
use super::text;

/// Where everything goes.
pub(super) struct Rows {
    pub width: f64,
    pub em: f64,
    /// Names and bars share a line; otherwise bars stand below names.
    pub wide: bool,
    /// From where to where bars reach.
    pub plot: (f64, f64),
    /// Where the first row begins.
    pub top: f64,
    /// The height of a row.
    pub row: f64,
    /// Where in its row a bar begins, and how thick it is.
    pub bar: (f64, f64),
    /// How much a name may take.
    label_room: f64,
    /// Whether numbers have room.
    numbered: bool,
    /// Where in its row the baseline of the text is.
    baseline: f64,
}

impl Rows {
    /// Rows below `top` for names and the numbers beside them, with `between` CSS pixels from
    /// one row to the next.
    pub fn new(
        sketch: &Sketch,
        (names, numbers): (&[String], &[String]),
        width: f64,
        (top, between): (f64, f64),
    ) -> Self {
        let em = sketch.em;
        let widest = |texts: &[String]| {
            let widths = texts.iter().map(|text| sketch.width(text));
            widths.fold(0.0, f64::max)
        };
        let number = match widest(numbers) {
            0.0 => 0.0,
            width => width + em,
        };
        let gutter = widest(names).min(0.4 * width);
        let plot = (gutter + em, width - number - 1.0);
        if plot.1 - plot.0 >= (12.0 * em).max(0.3 * width) {
            let row = (2.25 * em).max(24.0);
            let thick = 0.62 * row;
            return Self {
                width,
                em,
                wide: true,
                plot,
                top,
                row: row + between,
                bar: ((row - thick) / 2.0, thick),
                label_room: gutter,
                numbered: true,
                baseline: row / 2.0 + 0.35 * em,
            };
        }
        let numbered = width - number >= 7.0 * em;
        Self {
            width,
            em,
            wide: false,
            plot: (1.0, width - 1.0),
            top,
            row: (3.25 * em).max(24.0) + between,
            bar: (1.65 * em, 0.95 * em),
            label_room: if numbered { width - number } else { width },
            numbered,
            baseline: 1.15 * em,
        }
    }

    /// Where a row begins.
    pub fn y(&self, n: usize) -> f64 {
        self.top + self.row * n as f64
    }

    /// The rectangle of a row that is pointed at, `height` high.
    pub fn hit(&self, n: usize, height: f64) -> Frame {
        Frame::new(0.5, self.y(n) + 0.5, self.width - 1.0, height - 1.0)
    }

    /// Writes a row's name and number.
    pub fn words(&self, sketch: &mut Sketch, n: usize, name: &str, number: &str) {
        let baseline = self.y(n) + self.baseline;
        // Beside the bar a name stands next to it, above the bar it begins with it.
        let (x, anchor) = if self.wide {
            (self.label_room, Anchor::End)
        } else {
            (0.0, Anchor::Start)
        };
        let at = Point::new(x, baseline);
        sketch.words(
            ("label", n),
            at,
            anchor,
            (name, Look::Label),
            self.label_room,
        );
        if self.numbered && !number.is_empty() {
            let at = Point::new(self.width, baseline);
            sketch.text(
                "number",
                n,
                at,
                Anchor::End,
                vec![run(number, Look::Number, 0.0)],
            );
        }
    }

    /// An axis below `count` rows.
    pub fn axis(&self, span: (i128, i128), measure: &super::value::Measure) -> Axis {
        let write = |n| measure.write.of(n);
        Axis::snug(
            span,
            measure.least_step,
            self.plot,
            self.width,
            self.em,
            &write,
        )
    }

    /// Draws the axis; the height down to its lower edge.
    pub fn draw_axis(&self, sketch: &mut Sketch, axis: &Axis, count: usize) -> f64 {
        let bottom = self.y(count);
        for (n, tick) in axis.ticks.iter().enumerate() {
            let x = axis.scale.place(*tick);
            let (look, part) = if *tick == 0 {
                (Look::Zero, "zero")
            } else {
                (Look::Grid, "grid")
            };
            let line = |path: Path, (from, to): (f64, f64)| {
                path.move_to(Point::new(x, from)).line_to(Point::new(x, to))
            };
            let lines = if self.wide {
                line(Path::default(), (self.top, bottom))
            } else {
                // Beside the bars only: the names above them stand in the way.
                (0..count).fold(Path::default(), |path, n| {
                    let from = self.y(n) + self.bar.0;
                    line(path, (from - 2.0, from + self.bar.1 + 2.0))
                })
            };
            sketch.path(part, n, look, lines);
        }
        for (n, (middle, label)) in axis.labels.iter().enumerate() {
            let at = Point::new(*middle, bottom + 1.3 * self.em);
            sketch.text(
                "tick",
                n,
                at,
                Anchor::Middle,
                vec![run(label, Look::Tick, 0.0)],
            );
        }
        bottom + 1.75 * self.em
    }
}

/// All names on one line each.
pub(super) fn lines<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    names.map(|name| text::one_line(name)).collect()
}
