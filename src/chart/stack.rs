//! Stacked bars: an amount made up of parts, for each of some things.

use super::axis::Axis;
use super::legend::{Entry, Swatch, legend};
use super::look::nth;
use super::panel::{self, Panel};
use super::rows::{Rows, lines};
use super::scale::{Band, Linear};
use super::scene::{Anchor, Frame, Head, Look, Point, Room, Scene, Table, Tip};
use super::sketch::{Sketch, run};
use super::value::{About, Amount, Measure, Said, kept, span};
use super::{names, text};

/// A part of a bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What picking it means; without one it is picked with its bar.
    pub key: Option<u64>,
    /// How long it is. Parts below zero go the other way.
    pub amount: Amount,
}

/// One bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// What picking it means.
    pub key: Option<u64>,
    /// Its name.
    pub label: String,
    /// Its parts, as many as there are series and in their order.
    pub parts: Vec<Part>,
    /// All of it in words.
    pub total: Said,
}

/// Stacked bars.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stacks {
    /// What they are about.
    pub about: About,
    /// What a bar is: "Stage".
    pub label: String,
    /// What the totals are: "All".
    pub total: String,
    /// What is measured.
    pub measure: Measure,
    /// The names of the series, in order.
    pub series: Vec<String>,
    /// The bars, in order.
    pub rows: Vec<Stack>,
    /// Bars stand side by side instead of one below the other.
    pub upright: bool,
}

/// A piece of a bar: which series, and from where to where.
type Piece = (usize, i128, i128);

impl Stacks {
    /// Where the parts of a bar lie: those above zero upwards, the others downwards.
    fn pieces(&self, row: &Stack) -> Vec<Piece> {
        let (mut up, mut down) = (0_i128, 0_i128);
        let mut piece = |(n, part): (usize, &Part)| {
            let minor = kept(part.amount.minor);
            let end = if minor < 0 { &mut down } else { &mut up };
            let from = *end;
            *end = kept(from + minor);
            (n, from, *end)
        };
        let parts = row.parts.iter().take(self.series.len()).enumerate();
        parts
            .map(&mut piece)
            .filter(|(_, from, to)| from != to)
            .collect()
    }

    fn span(&self) -> (i128, i128) {
        let ends = self.rows.iter().flat_map(|row| self.pieces(row));
        span(ends.map(|(_, _, to)| to), true)
    }

    fn tip(&self, row: &Stack) -> Tip {
        let parts = self.series.iter().zip(&row.parts);
        let mut lines: Vec<_> = parts
            .map(|(name, part)| (text::one_line(name), part.amount.said.full.clone()))
            .collect();
        lines.push((self.total.clone(), row.total.full.clone()));
        Tip {
            title: text::one_line(&row.label),
            lines,
        }
    }

    fn table(&self) -> Table {
        let head = |label: &String, numeric| Head {
            label: label.clone(),
            numeric,
        };
        let mut heads = vec![head(&self.label, false)];
        heads.extend(self.series.iter().map(|name| head(name, true)));
        heads.push(head(&self.total, true));
        let row = |row: &Stack| {
            let mut cells = vec![text::one_line(&row.label)];
            let part = |n: usize| row.parts.get(n).map(|part| part.amount.said.full.clone());
            cells.extend((0..self.series.len()).map(|n| part(n).unwrap_or_default()));
            cells.push(row.total.full.clone());
            cells
        };
        Table {
            heads,
            rows: self.rows.iter().map(row).collect(),
        }
    }

    /// The areas to point at: the bar, and those of its parts that mean something of their own.
    fn hits(&self, sketch: &mut Sketch, n: usize, frame: Frame, scale: &Linear) {
        let row = &self.rows[n];
        sketch.hit(n, frame, row.key, self.tip(row));
        for (series, from, to) in self.pieces(row) {
            let part = &row.parts[series];
            if part.key.is_none() {
                continue;
            }
            let tip = Tip {
                title: format!(
                    "{}, {}",
                    text::one_line(&row.label),
                    text::one_line(&self.series[series])
                ),
                lines: vec![(self.measure.name.clone(), part.amount.said.full.clone())],
            };
            let (a, b) = (scale.place(from), scale.place(to));
            let (start, length) = (a.min(b), (a - b).abs());
            let frame = if self.upright {
                Frame::new(frame.x, start, frame.width, length)
            } else {
                Frame::new(start, frame.y, length, frame.height)
            };
            sketch.hit_of(
                "part-hit",
                n * self.series.len() + series,
                frame,
                part.key,
                tip,
            );
        }
    }

    /// Draws the parts of a bar, `across` from where and how thick.
    fn draw(&self, sketch: &mut Sketch, n: usize, across: (f64, f64), scale: &Linear) {
        for (series, from, to) in self.pieces(&self.rows[n]) {
            let (a, b) = (scale.place(from), scale.place(to));
            let (start, length) = (a.min(b), (a - b).abs());
            let frame = if self.upright {
                Frame::new(across.0, start, across.1, length)
            } else {
                Frame::new(start, across.0, length, across.1)
            };
            let colour = nth(series);
            let number = n * self.series.len() + series;
            // A seam around a sliver would be all there is of it.
            let look = if length < 3.0 {
                Look::Fill(colour)
            } else {
                Look::Part(colour)
            };
            sketch.area(("part", "hatch"), number, look, colour, frame);
        }
    }

    fn legend(&self, sketch: &mut Sketch, width: f64) -> f64 {
        let entry = |(n, name): (usize, &String)| {
            Entry::new(name, Swatch::Area(Look::Part(nth(n)), nth(n)))
        };
        let entries: Vec<Entry> = self.series.iter().enumerate().map(entry).collect();
        legend(sketch, &entries, width, 0.0)
    }
}

/// Draws stacked bars. Series are told apart by hatching besides colour. Names are cut where
/// room is short, totals shown whole or not at all; all of it stands in the tips and the table.
#[must_use]
pub fn stacked(data: &Stacks, room: Room) -> Scene {
    let room = Room::new(room.width, room.em);
    let mut sketch = Sketch::new(room.em);
    if data.rows.is_empty() || data.series.is_empty() {
        return sketch.nothing(&data.about, room.width, data.table());
    }
    let top = data.legend(&mut sketch, room.width);
    let height = if data.upright {
        columns(data, &mut sketch, room, top)
    } else {
        rows(data, &mut sketch, room, top)
    };
    sketch.scene(&data.about, (room.width, height), data.table())
}

fn rows(data: &Stacks, sketch: &mut Sketch, room: Room, top: f64) -> f64 {
    let labels = lines(data.rows.iter().map(|row| &row.label));
    let totals = lines(data.rows.iter().map(|row| &row.total.short));
    let layout = Rows::new(sketch, (&labels, &totals), room.width, (top, 0.0));
    let axis: Axis = layout.axis(data.span(), &data.measure);
    for n in 0..labels.len() {
        data.hits(sketch, n, layout.hit(n, layout.row), &axis.scale);
    }
    let height = layout.draw_axis(sketch, &axis, labels.len());
    for n in 0..labels.len() {
        data.draw(
            sketch,
            n,
            (layout.y(n) + layout.bar.0, layout.bar.1),
            &axis.scale,
        );
        layout.words(sketch, n, &labels[n], &totals[n]);
    }
    height
}

fn columns(data: &Stacks, sketch: &mut Sketch, room: Room, top: f64) -> f64 {
    let (em, width) = (room.em, room.width);
    let bottom = top + panel::height(room);
    // A bar with nothing above zero has its total below.
    let sinks = |row: &Stack| span(data.pieces(row).iter().map(|piece| piece.2), true).1 == 0;
    let below = data.span().0 < 0 && data.rows.iter().any(sinks);
    let ground = |pad: f64| {
        let lower = if below { bottom - pad } else { bottom };
        Panel::new(&data.measure, data.span(), (top + pad, lower), width, em)
    };
    let totals = lines(data.rows.iter().map(|row| &row.total.short));
    let widest = totals.iter().map(|t| sketch.width(t)).fold(0.0, f64::max);
    let band_of = |ground: &Panel| {
        let count = data.rows.len();
        let step = (ground.right - ground.left) / count as f64;
        // Few bars do not become slabs.
        let share = 0.64_f64.min(7.0 * em / step);
        Band::new(count, (ground.left, ground.right), share)
    };
    let mut panel = ground(1.5 * em);
    let numbered = widest <= band_of(&panel).step() - 0.3 * em;
    if !numbered {
        panel = ground(0.7 * em);
    }
    let band = band_of(&panel);
    let height = bottom + panel::NAMES * em;
    let inset = (band.step() / 4.0).min(0.5);
    for n in 0..data.rows.len() {
        let breadth = band.step() - 2.0 * inset;
        let frame = Frame::new(
            band.start(n) + inset,
            top + 0.5,
            breadth,
            height - top - 1.0,
        );
        data.hits(sketch, n, frame, panel.scale());
    }
    panel.draw(sketch);
    for (n, row) in data.rows.iter().enumerate() {
        data.draw(sketch, n, (band.bar(n), band.breadth()), panel.scale());
        let ends = span(data.pieces(row).iter().map(|piece| piece.2), true);
        let y = if ends.1 == 0 && ends.0 < 0 {
            panel.y(ends.0) + 1.1 * em
        } else {
            panel.y(ends.1) - 0.4 * em
        };
        if numbered {
            let at = Point::new(band.middle(n), y);
            sketch.text(
                "number",
                n,
                at,
                Anchor::Middle,
                vec![run(&totals[n], Look::Number, 0.0)],
            );
        }
    }
    let labels: Vec<(f64, &str)> = (0..data.rows.len())
        .map(|n| (band.middle(n), data.rows[n].label.as_str()))
        .collect();
    let sides = (panel.left, width);
    names::below(
        sketch,
        ("label", Look::Label),
        &labels,
        sides,
        height - 0.5 * em,
    );
    height
}
