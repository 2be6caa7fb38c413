//! Survival curves: how many still go on after how long, after Kaplan and Meier (1958).

use super::axis::Axis;
use super::legend::{Entry, Swatch, legend};
use super::line::along;
use super::look::nth;
use super::panel::{self, Panel};
use super::path::Path;
use super::scene::{Anchor, Frame, Head, Look, Point, Room, Scene, Table, Tip};
use super::sketch::Sketch;
use super::text;
use super::value::{About, Amount, Interval, Measure, bare};
use crate::domain::order::Order;

/// Where a curve falls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fall {
    /// After how long.
    pub time: Amount,
    /// How many go on from there, in parts of [`Survival::whole`].
    pub share: Amount,
    /// Between which shares it lies.
    pub band: Option<Interval>,
}

/// One curve.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Curve {
    /// What picking it means.
    pub key: Option<u64>,
    /// Its name.
    pub name: String,
    /// From how many: "n 45".
    pub n: String,
    /// Where it falls, in order of time.
    pub falls: Vec<Fall>,
    /// After how long something still going on was last seen.
    pub censored: Vec<i128>,
    /// After how long half are left, if ever.
    pub median: Option<Amount>,
    /// How long the longest was watched; the curve ends there.
    pub end: i128,
}

/// A chart of survival curves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survival {
    /// What it is about.
    pub about: About,
    /// How long.
    pub time: Measure,
    /// How many still go on.
    pub share: Measure,
    /// The share that is all of them: 100 where shares are in hundredths.
    pub whole: i128,
    /// The curves.
    pub curves: Vec<Curve>,
}

impl Curve {
    /// The share after so long: that of the last fall so far.
    fn at(&self, time: i128) -> Option<&Fall> {
        let after = self.falls.partition_point(|fall| fall.time.minor <= time);
        after.checked_sub(1).and_then(|n| self.falls.get(n))
    }

    fn end(&self) -> i128 {
        let last = self.falls.iter().map(|fall| fall.time.minor);
        last.chain(self.censored.iter().copied())
            .fold(self.end, i128::max)
    }
}

impl Survival {
    /// The times at which any curve falls, ascending, each once, with its words.
    fn times(&self) -> Vec<&Amount> {
        let falls = self.curves.iter().flat_map(|curve| &curve.falls);
        let mut times: Vec<&Amount> = falls.map(|fall| &fall.time).collect();
        times.order_by_key(|time| time.minor);
        times.dedup_by_key(|time| time.minor);
        times
    }

    /// What is said of a curve that ends at `end`.
    fn words(&self, curve: &Curve, end: i128, time: i128) -> String {
        match curve.at(time) {
            _ if time > end => "not watched so long".into(),
            None => self.share.write.of(self.whole),
            Some(Fall {
                share, band: None, ..
            }) => share.said.full.clone(),
            Some(Fall {
                share,
                band: Some(band),
                ..
            }) => format!("{} ({})", share.said.full, band.said),
        }
    }

    fn tip(&self, time: &Amount) -> Tip {
        let line = |curve: &Curve| {
            (
                text::one_line(&curve.name),
                self.words(curve, curve.end(), time.minor),
            )
        };
        Tip {
            title: text::one_line(&time.said.full),
            lines: self.curves.iter().map(line).collect(),
        }
    }

    fn table(&self) -> Table {
        let head = |label: &str, numeric| Head {
            label: label.to_owned(),
            numeric,
        };
        let mut heads = vec![head(&self.time.name, false)];
        heads.extend(
            self.curves
                .iter()
                .map(|curve| head(format!("{} {}", curve.name, curve.n).trim_end(), true)),
        );
        let ends: Vec<i128> = self.curves.iter().map(Curve::end).collect();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for time in self.times() {
            let mut cells = vec![text::one_line(&time.said.full)];
            cells.extend(
                self.curves
                    .iter()
                    .zip(&ends)
                    .map(|(curve, end)| self.words(curve, *end, time.minor)),
            );
            rows.push(cells);
        }
        if self.curves.iter().any(|curve| curve.median.is_some()) {
            let mut cells = vec![String::from("Median")];
            let median = |c: &Curve| c.median.as_ref().map(|m| m.said.full.clone());
            cells.extend(self.curves.iter().map(|c| median(c).unwrap_or_default()));
            rows.push(cells);
        }
        Table { heads, rows }
    }
}

/// Draws survival curves with their bands. Ticks on a curve are cases that still went on when
/// last seen; a line falls from each median. Curves differ in dashes.
#[must_use]
pub fn survival(data: &Survival, room: Room) -> Scene {
    let room = Room::new(room.width, room.em);
    let (em, width) = (room.em, room.width);
    let mut sketch = Sketch::new(em);
    let end = data.curves.iter().map(Curve::end).max().unwrap_or_default();
    if end <= 0 {
        return sketch.nothing(&data.about, width, data.table());
    }
    let entries: Vec<Entry> = data
        .curves
        .iter()
        .enumerate()
        .map(|(n, curve)| entry(n, curve))
        .collect();
    let top = legend(&mut sketch, &entries, width, 0.0) + 2.1 * em;
    let bottom = top + panel::height(room);
    let panel = Panel::new(
        &data.share,
        (0, data.whole.max(1)),
        (top, bottom),
        width,
        em,
    );
    let write = |n| data.time.write.of(n);
    let range = (panel.left, panel.right);
    let axis = Axis::snug((0, end), data.time.least_step, range, width, em, &write);
    let x = |time: i128| axis.scale.place(time);
    let times = data.times();
    let key = match &data.curves[..] {
        [curve] => curve.key,
        _ => None,
    };
    // Times closer than a pointer tells apart share an area: the last of them speaks.
    let (mut from, mut areas) = (panel.left, 0);
    for (n, time) in times.iter().enumerate() {
        let to = times.get(n + 1).map_or(panel.right, |next| x(next.minor));
        if to - from < 6.0 && n + 1 < times.len() {
            continue;
        }
        let frame = Frame::new(from, top, (to - from).max(0.0), bottom - top);
        sketch.hit(areas, frame, key, data.tip(time));
        areas += 1;
        from = to;
    }
    panel.draw(&mut sketch);
    panel.name(&mut sketch, &data.share);
    let baseline = bottom + 1.5 * em;
    for (n, (middle, label)) in axis.labels.iter().enumerate() {
        // Beside the lowest label of the upright axis.
        let half = sketch.width(label) / 2.0;
        let middle = middle.max(panel.left + half).min(width - half);
        let at = Point::new(middle, baseline);
        let free = [(at, Anchor::Middle)];
        let area = Frame::new(0.0, 0.0, width, baseline + em);
        sketch.where_free(("time", n), &free, (label, Look::Tick), area, &[]);
    }
    let at = Point::new(width, baseline + 1.5 * em);
    sketch.words(
        ("axis", 1),
        at,
        Anchor::End,
        (&data.time.name, Look::Head),
        width,
    );
    for (n, curve) in data.curves.iter().enumerate() {
        draw(data, &mut sketch, &panel, &x, (n, curve));
    }
    medians(data, &mut sketch, &panel, &x);
    sketch.scene(&data.about, (width, baseline + 2.0 * em), data.table())
}

fn entry(n: usize, curve: &Curve) -> Entry {
    let mut name = format!("{} {}", curve.name, curve.n);
    if let Some(median) = &curve.median {
        name = format!("{name}, median {}", median.said.short);
    }
    let mut entry = Entry::new(&name, Swatch::Line(Look::Line(nth(n))));
    entry.pick = curve.key.map(|key| {
        let median = curve.median.as_ref();
        let median = median.map_or("not reached".into(), |m| m.said.full.clone());
        let lines = vec![("Median".into(), median), ("n".into(), bare(&curve.n))];
        let title = text::one_line(&curve.name);
        (key, Tip { title, lines })
    });
    entry
}

/// The corners of stairs through some places, level first, to `end`.
fn stairs(start: Point, falls: impl Iterator<Item = Point>, end: f64) -> Vec<Point> {
    let mut points = vec![start];
    let mut y = start.y;
    for fall in falls {
        points.extend([Point::new(fall.x, y), fall]);
        y = fall.y;
    }
    points.push(Point::new(end, y));
    points
}

fn draw(
    data: &Survival,
    sketch: &mut Sketch,
    panel: &Panel,
    x: &dyn Fn(i128) -> f64,
    (n, curve): (usize, &Curve),
) {
    let colour = nth(n);
    let start = Point::new(x(0), panel.y(data.whole));
    let end = x(curve.end());
    let falls = thinned(&curve.falls, x);
    let edge = |of: fn(&Interval) -> i128| {
        let at = |fall: &Fall| {
            Point::new(
                x(fall.time.minor),
                panel.y(fall.band.as_ref().map_or(fall.share.minor, of)),
            )
        };
        stairs(start, falls.iter().copied().map(at), end)
    };
    if curve.falls.iter().any(|fall| fall.band.is_some()) {
        let (above, below) = (edge(|band| band.high), edge(|band| band.low));
        let around = above.into_iter().chain(below.into_iter().rev());
        sketch.path(
            "band",
            n,
            Look::Band(colour),
            along(Path::default(), around).close(),
        );
    }
    let at = |fall: &Fall| Point::new(x(fall.time.minor), panel.y(fall.share.minor));
    let line = stairs(start, falls.iter().copied().map(at), end);
    sketch.path(
        "line",
        n,
        Look::Line(colour),
        along(Path::default(), line.into_iter()),
    );
    let mut ticks = Path::default();
    let mut last = f64::NEG_INFINITY;
    for time in &curve.censored {
        // More to a pixel than one looks the same.
        if (x(*time) - last).abs() < 1.0 {
            continue;
        }
        last = x(*time);
        let y = curve
            .at(*time)
            .map_or(start.y, |fall| panel.y(fall.share.minor));
        let half = 0.35 * sketch.em;
        ticks = ticks
            .move_to(Point::new(x(*time), y - half))
            .line_to(Point::new(x(*time), y + half));
    }
    if !ticks.is_empty() {
        sketch.path("censor", n, Look::Censor, ticks);
    }
}

/// The falls that make a difference to the eye: of those within half a pixel, the last.
fn thinned<'a>(falls: &'a [Fall], x: &dyn Fn(i128) -> f64) -> Vec<&'a Fall> {
    let cell = |fall: &Fall| (x(fall.time.minor) * 2.0).floor();
    let next = falls.iter().skip(1).map(Some).chain([None]);
    let pairs = falls.iter().zip(next);
    let seen = pairs.filter(|(fall, next)| next.is_none_or(|next| cell(next) != cell(fall)));
    seen.map(|(fall, _)| fall).collect()
}

fn medians(data: &Survival, sketch: &mut Sketch, panel: &Panel, x: &dyn Fn(i128) -> f64) {
    let half = panel.y(data.whole / 2);
    for (n, curve) in data.curves.iter().enumerate() {
        let Some(median) = &curve.median else {
            continue;
        };
        let at = x(median.minor);
        let line = Path::default()
            .move_to(Point::new(panel.left, half))
            .line_to(Point::new(at, half))
            .line_to(Point::new(at, panel.bottom));
        sketch.path("median", n, Look::Reference, line);
        let em = sketch.em;
        let words = text::one_line(&median.said.short);
        let y = panel.bottom - 0.5 * em;
        let places = [
            (Point::new(at + 0.4 * em, y), Anchor::Start),
            (Point::new(at - 0.4 * em, y), Anchor::End),
            (Point::new(at + 0.4 * em, y - 1.3 * em), Anchor::Start),
            (Point::new(at - 0.4 * em, y - 1.3 * em), Anchor::End),
        ];
        sketch.where_free(
            ("median-name", n),
            &places,
            (&words, Look::Callout),
            panel.frame(),
            &[],
        );
    }
}
