//! A sparkline: a tiny line or tiny bars, without axes, that stand in a line of text.

use super::line::along;
use super::path::{self, Path};
use super::scale::{Band, Linear};
use super::scene::{Frame, Head, Look, Point, Room, Scene, Table};
use super::sketch::Sketch;
use super::text;
use super::value::{About, Amount, span};

/// A sparkline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spark {
    /// What it is about. The summary should say what one sees: "Won per week: 2, 5, 3".
    pub about: About,
    /// What a value is of: "Week", for the table.
    pub label: String,
    /// What is measured: "Won".
    pub value: String,
    /// Its values in order, each with the name of its place; a gap where there is none.
    pub values: Vec<(String, Option<Amount>)>,
    /// Bars instead of a line.
    pub bars: bool,
}

impl Spark {
    fn table(&self) -> Table {
        let head = |label: &String, numeric| Head {
            label: label.clone(),
            numeric,
        };
        let row = |(name, amount): &(String, Option<Amount>)| {
            let amount = amount.as_ref().map(|amount| amount.said.full.clone());
            vec![text::one_line(name), amount.unwrap_or_default()]
        };
        Table {
            heads: vec![head(&self.label, false), head(&self.value, true)],
            rows: self.values.iter().map(row).collect(),
        }
    }
}

/// Draws a sparkline in exactly the width of the room, however small, and two lines of text
/// high. The last value has a dot. A line takes the whole height from its least to its
/// greatest value; bars stand on zero. It says nothing by itself when pointed at.
#[must_use]
pub fn sparkline(data: &Spark, room: Room) -> Scene {
    let em = Room::new(room.width, room.em).em;
    let width = if room.width.is_finite() {
        room.width.clamp(2.0 * em, 10_000.0)
    } else {
        8.0 * em
    };
    let height = 2.0 * em;
    let mut sketch = Sketch::new(em);
    let amounts = || data.values.iter().filter_map(|(_, amount)| amount.as_ref());
    let minors = || amounts().map(|amount| amount.minor);
    let pad = 0.25 * em;
    let (low, high) = span(minors(), data.bars);
    let scale = Linear::new((low, high), (height - pad, pad));
    let y = |minor: i128| {
        if low == high {
            height / 2.0
        } else {
            scale.place(minor)
        }
    };
    if minors().next().is_none() {
        // A line of nothing: the same place, and one sees that it is empty.
        let (from, to) = (
            Point::new(0.0, height / 2.0),
            Point::new(width, height / 2.0),
        );
        sketch.rule("none", 0, Look::Grid, from, to);
        let mut scene = sketch.scene(&data.about, (width, height), data.table());
        if scene.summary.is_empty() {
            let nothing = &data.about.nothing;
            scene.summary = if nothing.is_empty() {
                super::value::NOTHING.into()
            } else {
                nothing.clone()
            };
        }
        return scene;
    }
    if data.bars {
        let step = width / data.values.len() as f64;
        let share = 0.8_f64.min(2.0 * em / step);
        let band = Band::new(data.values.len(), (0.0, width), share);
        let zero = if low == high {
            height - pad
        } else {
            scale.place(0)
        };
        sketch.rule(
            "zero",
            0,
            Look::Zero,
            Point::new(0.0, zero),
            Point::new(width, zero),
        );
        // One shape for all: a page of sparklines should not be a page of elements.
        let (mut above, mut below) = (Path::default(), Path::default());
        for (n, (_, amount)) in data.values.iter().enumerate() {
            let minor = amount.as_ref().map_or(0, |amount| amount.minor);
            if minor == 0 {
                continue;
            }
            let length = (scale.place(minor) - zero)
                .abs()
                .max(super::bar::LEAST_LENGTH);
            let (shape, from) = if minor > 0 {
                (&mut above, zero - length)
            } else {
                (&mut below, zero)
            };
            let frame = Frame::new(band.bar(n), from, band.breadth(), length);
            *shape = path::outlined(std::mem::take(shape), frame);
        }
        for (part, look, shape) in [
            ("above", Look::Fill(1), above),
            ("below", Look::Loss, below),
        ] {
            if !shape.is_empty() {
                sketch.path(part, 0, look, shape);
            }
        }
        return sketch.scene(&data.about, (width, height), data.table());
    }
    let step = (width - 2.0 * pad) / (data.values.len().max(2) - 1) as f64;
    let mut line = Path::default();
    let mut run: Vec<Point> = Vec::new();
    let mut last = None;
    for n in 0..=data.values.len() {
        let amount = data.values.get(n).and_then(|(_, amount)| amount.as_ref());
        if let Some(amount) = amount {
            let at = Point::new(pad + step * n as f64, y(amount.minor));
            run.push(at);
            last = Some(at);
        } else if let [at] = run[..] {
            // One alone: a short stroke.
            let from = Point::new((at.x - pad / 2.0).max(0.0), at.y);
            line = line
                .move_to(from)
                .line_to(Point::new(at.x + pad / 2.0, at.y));
            run.clear();
        } else {
            line = along(line, run.drain(..));
        }
    }
    if !line.is_empty() {
        sketch.path("line", 0, Look::Line(1), line);
    }
    if let Some(at) = last {
        sketch.dot(("last", 0), 1, at, pad);
    }
    sketch.scene(&data.about, (width, height), data.table())
}
