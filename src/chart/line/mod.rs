//! Lines over an ordered row of places or days, with bands, lines of reference and markers.

mod draw;

pub(super) use draw::{along, around};

use super::legend::{Entry, Swatch, legend};
use super::look::nth;
use super::panel::{self, Panel};
use super::scale::Time;
use super::scene::{Head, Look, Room, Scene, Table, Tip};
use super::sketch::Sketch;
use super::value::{About, Amount, Interval, Measure, Said, span};
use super::{names, text};
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
        let pinned = self.pins().next().is_some();
        heads.extend(pinned.then(|| head("Pointed out".into(), false)));
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
            let pins = self.pins().filter(|(_, pin)| pin.place == place);
            let pins = pins.map(|(_, pin)| format!("{} {}", pin.label, pin.amount.said.full));
            let pins: Vec<String> = pins.collect();
            cells.extend(pinned.then(|| text::one_line(&pins.join(", "))));
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
    draw::hits(data, &mut sketch, &panel, &xs, height);
    panel.draw(&mut sketch);
    for (n, series) in data.series.iter().enumerate() {
        draw::series(data, &mut sketch, &panel, &xs, (n, series));
    }
    if direct {
        draw::ends(data, &mut sketch, &panel, width);
    }
    draw::extras(data, &mut sketch, &panel, &xs);
    let labels: Vec<(f64, &str)> = shown(data, &xs, em);
    // The names at the ends of lines may stand as low.
    let sides = (panel.left, if direct { right } else { width });
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
