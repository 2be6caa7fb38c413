//! The lines themselves, what they lie in, and what is written at them.

use super::super::look::nth;
use super::super::panel::Panel;
use super::super::path::{self, Path};
use super::super::scene::{Anchor, Frame, Look, Point};
use super::super::sketch::Sketch;
use super::{DOTTED, Lines, Series};
use crate::domain::order::Order;

/// Each place reacts from half way to the one before to half way to the next.
pub(super) fn hits(data: &Lines, sketch: &mut Sketch, panel: &Panel, xs: &[f64], height: f64) {
    let (top, mut from) = (panel.top, panel.left);
    for (n, x) in xs.iter().enumerate() {
        let to = xs.get(n + 1).map_or(panel.right, |next| (next + x) / 2.0);
        // Of places closer than a pointer tells apart, the last speaks.
        if to - from < 3.0 && n + 1 < xs.len() {
            continue;
        }
        let frame = Frame::new(from, top, (to - from).max(0.0), height - top - 0.5);
        sketch.hit(n, frame, data.places[n].key, data.tip(n));
        from = to;
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

/// A series: its band, its line, and its points where they are few or alone.
pub(super) fn series(
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
pub(in super::super) fn along(path: Path, points: impl Iterator<Item = Point>) -> Path {
    points.enumerate().fold(path, |path, (n, point)| {
        if n == 0 {
            path.move_to(point)
        } else {
            path.line_to(point)
        }
    })
}

/// The names at the ends of the lines, pushed apart so that each is legible.
pub(super) fn ends(data: &Lines, sketch: &mut Sketch, panel: &Panel, width: f64) {
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
fn apart(mut places: Vec<(usize, f64)>, gap: f64, (top, bottom): (f64, f64)) -> Vec<(usize, f64)> {
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
pub(super) fn extras(data: &Lines, sketch: &mut Sketch, panel: &Panel, xs: &[f64]) {
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
                (words, Look::Callout),
                area,
                &[],
            )
        });
    }
    for (n, pin) in data.pins() {
        let (x, y) = (xs[pin.place], panel.y(pin.amount.minor));
        let r = 0.5 * em;
        let r = r.min(x).min(y);
        sketch.path("pin", n, Look::Marker, path::sign(Point::new(x, y), r, 4));
        let places = around(Point::new(x, y), r, em);
        sketch.where_free(
            ("pin-name", n),
            &places,
            (&pin.label, Look::Callout),
            area,
            &[],
        );
    }
}

/// Where the name of a point of radius `r` may stand: right, left, above, below.
pub(in super::super) fn around(at: Point, r: f64, em: f64) -> [(Point, Anchor); 4] {
    let aside = r + 0.35 * em;
    [
        (Point::new(at.x + aside, at.y + 0.35 * em), Anchor::Start),
        (Point::new(at.x - aside, at.y + 0.35 * em), Anchor::End),
        (Point::new(at.x, at.y - r - 0.4 * em), Anchor::Middle),
        (Point::new(at.x, at.y + r + 1.1 * em), Anchor::Middle),
    ]
}
