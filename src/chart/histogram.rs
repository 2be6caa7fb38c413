//! A histogram: how many fall into each of some ranges.

use super::panel::{self, Panel};
use super::scale::Band;
use super::scene::{Anchor, Frame, Head, Look, Point, Room, Scene, Table, Tip};
use super::sketch::{Sketch, run};
use super::value::{About, Amount, Measure, Said, span};
use super::{names, path, text};

/// One range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bin {
    /// What picking it means.
    pub key: Option<u64>,
    /// Its name: "30 to 39 days", shortly "30–39".
    pub label: Said,
    /// Where it begins.
    pub from: i128,
    /// Where it ends, no longer in it.
    pub to: i128,
    /// How many fall into it.
    pub count: Amount,
}

/// A value on the axis to be pointed out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its name: "Median".
    pub label: String,
    /// Where it is, in the unit of the ranges.
    pub amount: Amount,
}

/// A histogram.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// What it is about.
    pub about: About,
    /// What the ranges are of: "Days to close".
    pub label: String,
    /// What is counted.
    pub measure: Measure,
    /// The ranges, ascending and side by side. Each is drawn equally broad: they should be
    /// equally long but for an open one at an end.
    pub bins: Vec<Bin>,
    /// Values pointed out.
    pub lines: Vec<Line>,
}

impl Histogram {
    fn table(&self) -> Table {
        let head = |label: &String, numeric| Head {
            label: label.clone(),
            numeric,
        };
        let bins = self
            .bins
            .iter()
            .map(|bin| (&bin.label.full, &bin.count.said.full));
        let lines = self
            .lines
            .iter()
            .map(|line| (&line.label, &line.amount.said.full));
        // The values pointed out are on the other axis and say so with their unit.
        let row = |(name, value): (&String, &String)| vec![text::one_line(name), value.clone()];
        Table {
            heads: vec![head(&self.label, false), head(&self.measure.name, true)],
            rows: bins.chain(lines).map(row).collect(),
        }
    }

    /// Where a value is: in its range, as far as it is in it.
    fn place(&self, band: &Band, minor: i128) -> f64 {
        let after = self.bins.iter().position(|bin| minor < bin.to);
        let n = after.unwrap_or(self.bins.len() - 1);
        let bin = &self.bins[n];
        let scale =
            super::scale::Linear::new((bin.from, bin.to), (band.start(n), band.start(n + 1)));
        if bin.to <= bin.from {
            band.middle(n)
        } else {
            scale.place(minor)
        }
    }
}

/// Draws a histogram. Counts stand above the bars when all have room; the names of ranges are
/// left out at even distances where they have not.
#[must_use]
pub fn histogram(data: &Histogram, room: Room) -> Scene {
    let room = Room::new(room.width, room.em);
    let (em, width) = (room.em, room.width);
    let mut sketch = Sketch::new(em);
    if data.bins.iter().all(|bin| bin.count.minor == 0) {
        return sketch.nothing(&data.about, width, data.table());
    }
    // Two lines for the names of the values pointed out.
    let top = data.lines.len().min(2) as f64 * 1.4 * em;
    let bottom = top + panel::height(room);
    let amounts = || data.bins.iter().map(|bin| bin.count.minor);
    let ends = span(amounts(), true);
    let below = ends.0 < 0;
    let numbers: Vec<String> = data
        .bins
        .iter()
        .map(|bin| text::one_line(&bin.count.said.short))
        .collect();
    let widest = numbers.iter().map(|n| sketch.width(n)).fold(0.0, f64::max);
    let plan = |pad: f64| {
        let lower = if below { bottom - pad } else { bottom };
        let panel = Panel::new(&data.measure, ends, (top + pad, lower), width, em);
        let band = Band::new(data.bins.len(), (panel.left, panel.right), 0.94);
        (panel, band)
    };
    let (mut panel, mut band) = plan(1.5 * em);
    let numbered = widest <= band.step() - 0.3 * em;
    if !numbered {
        (panel, band) = plan(0.8 * em);
    }
    let height = bottom + panel::NAMES * em;
    for (n, bin) in data.bins.iter().enumerate() {
        let tip = Tip {
            title: text::one_line(&bin.label.full),
            lines: vec![(data.measure.name.clone(), bin.count.said.full.clone())],
        };
        let frame = Frame::new(band.start(n), top + 0.5, band.step(), height - top - 1.0);
        sketch.hit(n, frame, bin.key, tip);
    }
    panel.draw(&mut sketch);
    draw_bars(data, &mut sketch, &panel, &band);
    draw_lines(data, &mut sketch, &panel, &band, (width, top));
    for (n, bin) in data.bins.iter().enumerate().filter(|_| numbered) {
        let y = panel.y(bin.count.minor);
        let y = if bin.count.minor < 0 {
            y + 1.1 * em
        } else {
            y - 0.4 * em
        };
        let at = Point::new(band.middle(n), y);
        // A line may run through it.
        let runs = vec![run(&numbers[n], Look::Callout, 0.0)];
        sketch.text("number", n, at, Anchor::Middle, runs);
    }
    let labels: Vec<(f64, &str)> = data
        .bins
        .iter()
        .enumerate()
        .map(|(n, bin)| (band.middle(n), bin.label.short.as_str()))
        .collect();
    let sides = (panel.left, width);
    names::below(
        &mut sketch,
        ("label", Look::Tick),
        &labels,
        sides,
        height - 0.5 * em,
    );
    sketch.scene(&data.about, (width, height), data.table())
}

fn draw_bars(data: &Histogram, sketch: &mut Sketch, panel: &Panel, band: &Band) {
    let zero = panel.y(0);
    for (n, bin) in data.bins.iter().enumerate() {
        if bin.count.minor == 0 {
            continue;
        }
        let length = (panel.y(bin.count.minor) - zero).abs();
        let length = length.max(super::bar::LEAST_LENGTH);
        let from = if bin.count.minor > 0 {
            zero - length
        } else {
            zero
        };
        let frame = Frame::new(band.bar(n), from, band.breadth(), length);
        sketch.path("bar", n, Look::Fill(1), path::rect(frame));
    }
}

/// The values pointed out, with their names above; what finds no room stands in the table.
fn draw_lines(
    data: &Histogram,
    sketch: &mut Sketch,
    panel: &Panel,
    band: &Band,
    (width, top): (f64, f64),
) {
    let em = sketch.em;
    for (n, line) in data.lines.iter().enumerate() {
        let x = data.place(band, line.amount.minor);
        let (from, to) = (Point::new(x, top), Point::new(x, panel.bottom));
        sketch.rule("marker", n, Look::Marker, from, to);
        let words = format!("{} {}", line.label, line.amount.said.short);
        // Across its line, or pushed inwards at an end of the axis.
        let place = |words: &str, y: f64| {
            let half = text::width(words, em) / 2.0;
            let middle = x.min(width - half - 0.5).max(half);
            (Point::new(middle, y), Anchor::Middle)
        };
        let area = Frame::new(0.0, 0.0, width, top);
        for words in [&words, &line.label] {
            let words = text::one_line(words);
            let places = [0.4, 1.75].map(|up| place(&words, top - up * em));
            let name = (words.as_str(), Look::Label);
            if sketch.where_free(("marker-name", n), &places, name, area, &[]) {
                break;
            }
        }
    }
}
