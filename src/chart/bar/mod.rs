//! Bars: one amount for each of some things, or an amount and a part of it.

mod horizontal;
mod vertical;

pub use horizontal::horizontal;
pub use vertical::vertical;

pub use super::value::{Amount, Interval, Said};

use super::path::{self, End};
use super::scale::Linear;
use super::scene::{Anchor, Frame, Head, Look, Point, Scene, Size, Table, Tip};
use super::sketch::{Sketch, run};
use super::text;

/// One bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// What picking it means.
    pub key: Option<u64>,
    /// Its name.
    pub label: String,
    /// Something small beside the name, such as how many deals stand behind it.
    pub note: Option<Said>,
    /// How long it is.
    pub whole: Amount,
    /// What is drawn inside it.
    pub part: Option<Amount>,
    /// Between which amounts its true length lies; drawn as a whisker where bars lie.
    pub interval: Option<Interval>,
    /// It rests on too few to be relied on, and is drawn fainter.
    pub few: bool,
}

/// What the columns of numbers are called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// What the bars are: "Stage".
    pub label: String,
    /// What the notes are: "Deals".
    pub note: Option<String>,
    /// What the amounts are: "Value".
    pub whole: String,
    /// What the parts are: "Weighted". None for single bars.
    pub part: Option<String>,
}

/// A chart of bars.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bars {
    /// What it shows.
    pub title: String,
    /// What can be seen in it, in a sentence or two.
    pub summary: String,
    /// What the numbers are called.
    pub names: Names,
    /// The bars, in order.
    pub bars: Vec<Bar>,
    /// The least step of the axis: 1 for counts, 100 for cents shown in whole units.
    pub least_step: i128,
}

/// A bar of something is at least this long, in CSS pixels, so that it is not taken for none.
pub const LEAST_LENGTH: f64 = 1.0;

/// What intervals are called.
const INTERVAL: &str = "95 % interval";

/// How round the far end of a bar is, in CSS pixels.
const RADIUS: f64 = 2.5;

impl Bars {
    /// The least and the greatest amount, zero among them.
    fn span(&self) -> (i128, i128) {
        let ends = |bar: &Bar| bar.interval.as_ref().map(|i| [i.low, i.high]);
        let amounts = self.bars.iter().flat_map(|bar| {
            let both = [Some(bar.whole.minor), self.part(bar).map(|p| p.minor)];
            let ends = ends(bar).into_iter().flatten();
            both.into_iter().flatten().chain(ends).collect::<Vec<_>>()
        });
        amounts.fold((0, 0), |(low, high), n| (low.min(n), high.max(n)))
    }

    /// What is drawn inside a bar: nothing in a chart of single bars.
    fn part<'a>(&self, bar: &'a Bar) -> Option<&'a Amount> {
        bar.part.as_ref().filter(|_| self.names.part.is_some())
    }

    /// Whether any bar has an interval: then there is a column for it.
    fn is_sure(&self) -> bool {
        self.bars.iter().any(|bar| bar.interval.is_some())
    }

    /// How the whole bar looks: a tint when there is something to draw inside it, or when it rests
    /// on few.
    fn whole_look(&self, bar: &Bar) -> Look {
        if self.names.part.is_some() || bar.few {
            Look::Whole(1)
        } else {
            Look::Fill(1)
        }
    }

    /// What is said of a bar.
    fn tip(&self, bar: &Bar) -> Tip {
        let mut lines = vec![(self.names.whole.clone(), bar.whole.said.full.clone())];
        if let (Some(name), Some(part)) = (&self.names.part, &bar.part) {
            lines.push((name.clone(), part.said.full.clone()));
        }
        if let Some(interval) = &bar.interval {
            lines.push((INTERVAL.to_owned(), interval.said.clone()));
        }
        if let (Some(name), Some(note)) = (&self.names.note, &bar.note) {
            lines.push((name.clone(), note.full.clone()));
        }
        Tip {
            title: text::one_line(&bar.label),
            lines,
        }
    }

    /// The numbers as text, at length.
    fn table(&self) -> Table {
        let head = |label: &String, numeric| Head {
            label: label.clone(),
            numeric,
        };
        let names = &self.names;
        let mut heads = vec![head(&names.label, false)];
        heads.extend(names.note.as_ref().map(|name| head(name, true)));
        heads.push(head(&names.whole, true));
        heads.extend(names.part.as_ref().map(|name| head(name, true)));
        let sure = self.is_sure();
        heads.extend(sure.then(|| head(&INTERVAL.to_owned(), true)));
        let row = |bar: &Bar| {
            let said = |said: Option<&Said>| said.map(|s| s.full.clone()).unwrap_or_default();
            let mut row = vec![text::one_line(&bar.label)];
            row.extend(names.note.as_ref().map(|_| said(bar.note.as_ref())));
            row.push(bar.whole.said.full.clone());
            let part = bar.part.as_ref().map(|part| &part.said);
            row.extend(names.part.as_ref().map(|_| said(part)));
            let interval = bar.interval.as_ref().map(|i| i.said.clone());
            row.extend(sure.then(|| interval.unwrap_or_default()));
            row
        };
        Table {
            heads,
            rows: self.bars.iter().map(row).collect(),
        }
    }

    fn scene(&self, sketch: Sketch, width: f64, height: f64) -> Scene {
        Scene {
            size: Size { width, height },
            em: sketch.em,
            marks: sketch.marks,
            title: self.title.clone(),
            summary: self.summary.clone(),
            table: self.table(),
        }
    }
}

/// How wide the square of a colour is, in em.
const SWATCH: f64 = 0.75;
/// From the name of a series to its square, in em.
const SWATCH_GAP: f64 = 0.35;
/// The height of the line that names the series, in em.
const HEADS: f64 = 1.9;

/// The name of a series, cut to the room it has, and the width of name and square.
fn head(sketch: &Sketch, name: &str, room: f64) -> (String, f64) {
    let square = (SWATCH + SWATCH_GAP) * sketch.em;
    let name = text::fit(&text::one_line(name), sketch.em, room - square).unwrap_or_default();
    let width = sketch.width(&name) + square;
    (name, width)
}

/// Draws the name of a series so that its square ends at `right`; the line begins at 0.
fn draw_head(sketch: &mut Sketch, number: usize, look: Look, name: String, right: f64) {
    let em = sketch.em;
    let (side, baseline) = (SWATCH * em, 1.1 * em);
    let x = right - side;
    let square = Frame::new(x, baseline - side, side, side);
    sketch.rect("swatch", number, look, square);
    let at = Point::new(x - SWATCH_GAP * em, baseline);
    sketch.text(
        "head",
        number,
        at,
        Anchor::End,
        vec![run(name, Look::Head, 0.0)],
    );
}

/// The shape of one amount: from zero to its place along the axis, across from `start` to
/// `start + breadth`.
fn shape(
    scale: &Linear,
    amount: i128,
    (start, breadth): (f64, f64),
    upright: bool,
) -> Option<path::Path> {
    if amount == 0 {
        return None;
    }
    let (zero, place) = (scale.place(0), scale.place(amount));
    // Upright axes run upwards, towards smaller places.
    let ahead = (amount > 0) != upright;
    let length = (place - zero).abs().max(LEAST_LENGTH);
    let from = if ahead { zero } else { zero - length };
    let (frame, end) = match (upright, amount > 0) {
        (false, true) => (Frame::new(from, start, length, breadth), End::Right),
        (false, false) => (Frame::new(from, start, length, breadth), End::Left),
        (true, true) => (Frame::new(start, from, breadth, length), End::Top),
        (true, false) => (Frame::new(start, from, breadth, length), End::Bottom),
    };
    Some(path::bar(frame, end, RADIUS))
}
