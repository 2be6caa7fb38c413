//! Lines over an ordered row of places or days, with bands, lines of reference and markers.

use super::legend::{Entry, Swatch, legend};
use super::look::nth;
use super::panel::{self, Panel};
use super::path::Path;
use super::scale::Time;
use super::scene::{Anchor, Frame, Head, Look, Point, Room, Scene, Table, Tip};
use super::sketch::Sketch;
use super::value::{About, Amount, Interval, Measure, Said, span};
use super::{names, text};
use crate::domain::order::Order;
use chrono::NaiveDate;

/// A place on the axis from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// What picking it means.
    pub key: Option<u64>,
    /// Its name: "Week of 3 March", shortly "3 Mar".
    pub label: Said,
    /// Its day. When all places have one, they stand as far apart as their days.
    pub day: Option<NaiveDate>,
}

/// What a series has at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// How much.
    pub amount: Amount,
    /// Between which amounts it lies.
    pub band: Option<Interval>,
    /// From how many: "n 45".
    pub n: Option<String>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// For each place what it has there; a gap where it has nothing.
    pub values: Vec<Option<Value>>,
}

/// A level line to compare with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// What it is: "Quota".
    pub label: String,
    /// Where it is.
    pub amount: Amount,
}

/// A single point to be pointed out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pin {
    /// At which place, counted from 0.
    pub place: usize,
    /// What it is: "Best week".
    pub label: String,
    /// Where it is.
    pub amount: Amount,
}

/// A chart of lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// What it is about.
    pub about: About,
    /// What a place is: "Week".
    pub label: String,
    /// What is measured.
    pub measure: Measure,
    /// The places, from left to right.
    pub places: Vec<Place>,
    /// The lines.
    pub series: Vec<Series>,
    /// Lines to compare with.
    pub references: Vec<Reference>,
    /// Points to be pointed out.
    pub pins: Vec<Pin>,
}

/// Points are marked one by one up to so many places; beyond they would hide their line.
const DOTTED: usize = 32;

impl Lines {
    fn value<'a>(&self, series: &'a Series, place: usize) -> Option<&'a Value> {
        series
            .values
            .get(place)
            .and_then(Option::as_ref)
            .filter(|_| place < self.places.len())
    }

    /// The pins at places that there are.
    fn pins(&self) -> impl Iterator<Item = (usize, &Pin)> {
        let pins = self.pins.iter().enumerate();
        pins.filter(|(_, pin)| pin.place < self.places.len())
    }

    fn span(&self) -> (i128, i128) {
        let values = self.series.iter().flat_map(|s| s.values.iter().flatten());
        let ends = values.flat_map(|value| {
            let band = value.band.as_ref();
            let band = band.map_or([value.amount.minor; 2], |band| [band.low, band.high]);
            [value.amount.minor, band[0], band[1]]
        });
        let references = self.references.iter().map(|r| r.amount.minor);
        let pins = self.pins().map(|(_, pin)| pin.amount.minor);
        span(ends.chain(references).chain(pins), self.measure.from_zero)
    }

    fn tip(&self, place: usize) -> Tip {
        let mut lines = Vec::new();
        for series in &self.series {
            let Some(value) = self.value(series, place) else {
                continue;
            };
            let mut words = value.amount.said.full.clone();
            if let Some(band) = &value.band {
                words = format!("{words} ({})", band.said);
            }
            if let Some(n) = &value.n {
                words = format!("{words}, {n}");
            }
            lines.push((text::one_line(&series.name), words));
        }
        if lines.is_empty() {
            lines.push((self.measure.name.clone(), "none".into()));
        }
        let pins = self.pins.iter().filter(|pin| pin.place == place);
        let pins = pins.map(|pin| (&pin.label, &pin.amount));
        let more = pins.chain(self.references.iter().map(|r| (&r.label, &r.amount)));
        lines.extend(more.map(|(label, amount)| (text::one_line(label), amount.said.full.clone())));
        Tip {
            title: text::one_line(&self.places[place].label.full),
            lines,
        }
    }

    fn table(&self) -> Table {
        let head = |label: String, numeric| Head { label, numeric };
        let mut heads = vec![head(self.label.clone(), false)];
        let banded = |s: &Series| s.values.iter().flatten().any(|v| v.band.is_some());
        let counted = |s: &Series| s.values.iter().flatten().any(|v| v.n.is_some());
        for series in &self.series {
            heads.push(head(series.name.clone(), true));
            if banded(series) {
                heads.push(head(format!("{}, interval", series.name), true));
            }
            if counted(series) {
                heads.push(head(format!("{}, n", series.name), true));
            }
        }
        heads.extend(self.references.iter().map(|r| head(r.label.clone(), true)));
        let row = |(place, at): (usize, &Place)| {
            let mut cells = vec![text::one_line(&at.label.full)];
            for series in &self.series {
                let value = self.value(series, place);
                cells.push(
                    value
                        .map(|v| v.amount.said.full.clone())
                        .unwrap_or_default(),
                );
                if banded(series) {
                    let band = value.and_then(|v| v.band.as_ref());
                    cells.push(band.map(|b| b.said.clone()).unwrap_or_default());
                }
                if counted(series) {
                    cells.push(value.and_then(|v| v.n.clone()).unwrap_or_default());
                }
            }
            cells.extend(self.references.iter().map(|r| r.amount.said.full.clone()));
            cells
        };
        Table {
            heads,
            rows: self.places.iter().enumerate().map(row).collect(),
        }
    }

    /// Where each place is between two sides, never further left than the one before.
    fn places(&self, (left, right): (f64, f64)) -> Vec<f64> {
        let days: Option<Vec<NaiveDate>> = self.places.iter().map(|place| place.day).collect();
        let count = self.places.len();
        if let Some(days) = days.filter(|days| days.len() > 1)
            && let (Some(first), Some(last)) = (days.iter().min(), days.iter().max())
            && first < last
        {
            let time = Time::new(*first, *last, (left, right));
            let mut so_far = left;
            return days
                .iter()
                .map(|day| {
                    so_far = time.place(*day).max(so_far);
                    so_far
                })
                .collect();
        }
        let step = (right - left) / (count.max(2) - 1) as f64;
        let start = if count == 1 {
            (left + right) / 2.0
        } else {
            left
        };
        (0..count).map(|n| start + step * n as f64).collect()
    }
}

/// Draws lines. A value missing leaves a gap. The names of the series stand at the ends of
/// their lines where there is room, else above; lines differ in dashes, points in shape.
#[must_use]
pub fn line(data: &Lines, room: Room) -> Scene {
    let room = Room::new(room.width, room.em);
    let (em, width) = (room.em, room.width);
    let mut sketch = Sketch::new(em);
    let any = data
        .series
        .iter()
        .any(|s| (0..data.places.len()).any(|n| data.value(s, n).is_some()));
    if !any {
        return sketch.nothing(&data.about, width, data.table());
    }
    let widest = data
        .series
        .iter()
        .map(|s| sketch.width(&text::one_line(&s.name)));
    let aside = widest.fold(0.0, f64::max) + 1.2 * em;
    let plot = panel::height(room);
    let direct = aside <= 0.25 * width && (data.series.len() as f64) * 1.3 * em <= plot;
    let mut top = 0.0;
    if !direct {
        let entry =
            |(n, s): (usize, &Series)| Entry::new(&s.name, Swatch::Line(Look::Line(nth(n))));
        let entries: Vec<Entry> = data.series.iter().enumerate().map(entry).collect();
        top = legend(&mut sketch, &entries, width, 0.0);
    }
    let bottom = top + plot;
    let right = if direct { width - aside } else { width };
    let panel = Panel::new(
        &data.measure,
        data.span(),
        (top + 0.8 * em, bottom),
        right,
        em,
    );
    let height = bottom + panel::NAMES * em;
    let pad = (0.6 * em).min(0.1 * panel.frame().width);
    let xs = data.places((panel.left + pad, panel.right - pad));
    hits(data, &mut sketch, &panel, &xs, height);
    panel.draw(&mut sketch);
    for (n, series) in data.series.iter().enumerate() {
        draw(data, &mut sketch, &panel, &xs, (n, series));
    }
    if direct {
        ends(data, &mut sketch, &panel, width);
    }
    extras(data, &mut sketch, &panel, &xs);
    let labels: Vec<(f64, &str)> = shown(data, &xs, em);
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

/// The places whose names may be written: those at which a month or so begins where days are
/// many, else all.
fn shown<'a>(data: &'a Lines, xs: &[f64], em: f64) -> Vec<(f64, &'a str)> {
    let all = |n: usize| (xs[n], data.places[n].label.short.as_str());
    let count = data.places.len();
    let days: Option<Vec<NaiveDate>> = data.places.iter().map(|place| place.day).collect();
    let room = (xs[count - 1] - xs[0]) / (5.0 * em);
    if let Some(days) = days.filter(|_| count as f64 > 2.0 * room)
        && let (Some(first), Some(last)) = (days.first(), days.last())
    {
        let ticks = super::ticks::dates(*first, *last, (room as usize).max(2));
        let found: Vec<usize> = ticks
            .iter()
            .filter_map(|tick| days.iter().position(|d| d == tick))
            .collect();
        if found.len() == ticks.len() && found.len() > 1 {
            return found.into_iter().map(all).collect();
        }
    }
    (0..count).map(all).collect()
}

/// Each place reacts from half way to the one before to half way to the next.
fn hits(data: &Lines, sketch: &mut Sketch, panel: &Panel, xs: &[f64], height: f64) {
    for (n, x) in xs.iter().enumerate() {
        let from = n.checked_sub(1).map_or(panel.left, |n| (xs[n] + x) / 2.0);
        let to = xs.get(n + 1).map_or(panel.right, |next| (next + x) / 2.0);
        let top = panel.top;
        let frame = Frame::new(from, top, (to - from).max(0.0), height - top - 0.5);
        sketch.hit(n, frame, data.places[n].key, data.tip(n));
    }
}

/// The runs of places at which something is there.
fn runs<T>(values: Vec<Option<T>>) -> Vec<Vec<T>> {
    let mut runs: Vec<Vec<T>> = Vec::new();
    let mut broken = true;
    for value in values {
        match (value, runs.last_mut()) {
            (Some(value), Some(run)) if !broken => run.push(value),
            (Some(value), _) => {
                runs.push(vec![value]);
                broken = false;
            }
            (None, _) => broken = true,
        }
    }
    runs
}

fn draw(
    data: &Lines,
    sketch: &mut Sketch,
    panel: &Panel,
    xs: &[f64],
    (n, series): (usize, &Series),
) {
    let colour = nth(n);
    let band = |place: usize| {
        let band = data.value(series, place)?.band.as_ref()?;
        Some((
            xs[place],
            panel.y(band.low.max(band.high)),
            panel.y(band.low.min(band.high)),
        ))
    };
    let mut area = Path::default();
    for mut run in runs((0..xs.len()).map(band).collect()) {
        if let [(x, top, low)] = run[..] {
            // One alone would have no breadth.
            let half = 2.0_f64.min(x - panel.left).min(panel.right - x).max(0.0);
            run = vec![(x - half, top, low), (x + half, top, low)];
        }
        let there = run.iter().map(|(x, top, _)| Point::new(*x, *top));
        let back = run.iter().rev().map(|(x, _, low)| Point::new(*x, *low));
        area = along(area, there.chain(back)).close();
    }
    if !area.is_empty() {
        sketch.path("band", n, Look::Band(colour), area);
    }
    let point = |place: usize| {
        let value = data.value(series, place)?;
        Some((place, Point::new(xs[place], panel.y(value.amount.minor))))
    };
    let dotted = xs.len() <= DOTTED;
    let (mut drawn, mut dots) = (Path::default(), Vec::new());
    for run in runs((0..xs.len()).map(point).collect()) {
        if dotted || run.len() == 1 {
            dots.extend(run.iter().copied());
        }
        if run.len() > 1 {
            drawn = along(drawn, run.into_iter().map(|(_, point)| point));
        }
    }
    if !drawn.is_empty() {
        sketch.path("line", n, Look::Line(colour), drawn);
    }
    for (place, at) in dots {
        sketch.dot(("dot", n * xs.len() + place), colour, at, 0.3 * sketch.em);
    }
}

/// A pen put down at the first point and drawn along the others.
pub(super) fn along(path: Path, points: impl Iterator<Item = Point>) -> Path {
    points.enumerate().fold(path, |path, (n, point)| {
        if n == 0 {
            path.move_to(point)
        } else {
            path.line_to(point)
        }
    })
}

/// The names at the ends of the lines, pushed apart so that each is legible.
fn ends(data: &Lines, sketch: &mut Sketch, panel: &Panel, width: f64) {
    let last = |s: &Series| {
        s.values
            .iter()
            .take(data.places.len())
            .flatten()
            .last()
            .map(|v| panel.y(v.amount.minor))
    };
    let found = data.series.iter().enumerate();
    let places: Vec<(usize, f64)> = found.filter_map(|(n, s)| last(s).map(|y| (n, y))).collect();
    let x = panel.right + 0.7 * sketch.em;
    for (n, y) in apart(places, 1.3 * sketch.em, (panel.top, panel.bottom)) {
        let at = Point::new(x, y + 0.35 * sketch.em);
        let name = (data.series[n].name.as_str(), Look::Label);
        sketch.words(("end", n), at, Anchor::Start, name, width - x);
    }
}

/// Places at least `gap` apart, near to where they were, between two ends with room for all.
pub(super) fn apart(
    mut places: Vec<(usize, f64)>,
    gap: f64,
    (top, bottom): (f64, f64),
) -> Vec<(usize, f64)> {
    places.order_by(|a, b| a.1.total_cmp(&b.1));
    let mut least = top;
    for place in &mut places {
        place.1 = place.1.max(least);
        least = place.1 + gap;
    }
    let mut most = bottom;
    for place in places.iter_mut().rev() {
        place.1 = place.1.min(most);
        most = place.1 - gap;
    }
    places
}

/// Lines of reference and pins, with their names where these stand free.
fn extras(data: &Lines, sketch: &mut Sketch, panel: &Panel, xs: &[f64]) {
    let em = sketch.em;
    let area = panel.frame();
    for (n, reference) in data.references.iter().enumerate() {
        let y = panel.y(reference.amount.minor);
        let (from, to) = (Point::new(panel.left, y), Point::new(panel.right, y));
        sketch.rule("reference", n, Look::Reference, from, to);
        let words = format!("{} {}", reference.label, reference.amount.said.short);
        let at = |x: f64, up: bool| Point::new(x, if up { y - 0.4 * em } else { y + 1.05 * em });
        let (left, right) = (panel.left + 0.3 * em, panel.right - 0.3 * em);
        let places = [
            (at(right, true), Anchor::End),
            (at(right, false), Anchor::End),
            (at(left, true), Anchor::Start),
            (at(left, false), Anchor::Start),
        ];
        let words = [words.as_str(), reference.label.as_str()];
        words.iter().any(|words| {
            sketch.where_free(
                ("reference-name", n),
                &places,
                (words, Look::Note),
                area,
                &[],
            )
        });
    }
    for (n, pin) in data.pins() {
        let (x, y) = (xs[pin.place], panel.y(pin.amount.minor));
        let r = 0.5 * em;
        let r = r.min(x).min(y);
        sketch.path(
            "pin",
            n,
            Look::Marker,
            super::path::sign(Point::new(x, y), r, 4),
        );
        let places = around(Point::new(x, y), r, em);
        sketch.where_free(
            ("pin-name", n),
            &places,
            (&pin.label, Look::Label),
            area,
            &[],
        );
    }
}

/// Where the name of a point of radius `r` may stand: right, left, above, below.
pub(super) fn around(at: Point, r: f64, em: f64) -> [(Point, Anchor); 4] {
    let aside = r + 0.35 * em;
    [
        (Point::new(at.x + aside, at.y + 0.35 * em), Anchor::Start),
        (Point::new(at.x - aside, at.y + 0.35 * em), Anchor::End),
        (Point::new(at.x, at.y - r - 0.4 * em), Anchor::Middle),
        (Point::new(at.x, at.y + r + 1.1 * em), Anchor::Middle),
    ]
}
