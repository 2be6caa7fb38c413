//! Bars from left to right, one below the other; as high as there are bars.

use super::super::axis::Axis;
use super::super::path::Path;
use super::super::scene::{Anchor, Frame, Look, Point, Room, Scene};
use super::super::sketch::{Sketch, run};
use super::super::text;
use super::{Bar, Bars, HEADS, draw_head, head, shape};

/// The columns of numbers at the right: how wide each is, or none where there is no room.
struct Numbers {
    whole: Option<f64>,
    part: Option<f64>,
}

impl Numbers {
    /// Between columns, in em.
    const GAP: f64 = 1.0;

    /// How much of the right they take, the gap before them included.
    fn room(&self, em: f64) -> f64 {
        let widths = [self.whole, self.part];
        widths
            .into_iter()
            .flatten()
            .map(|w| w + Self::GAP * em)
            .sum()
    }
}

/// Where everything goes.
struct Layout {
    width: f64,
    em: f64,
    /// Names and bars share a line; otherwise bars stand below names.
    wide: bool,
    /// How much a name may take.
    label_room: f64,
    /// From where to where bars reach.
    plot: (f64, f64),
    numbers: Numbers,
    /// Where the first bar's band begins.
    top: f64,
    /// The height of one bar's band.
    row: f64,
    /// Where in its band a bar begins, and how thick it is.
    bar: (f64, f64),
    /// Where in its band the baseline of the text is.
    baseline: f64,
}

impl Layout {
    /// A bar's line where names and bars share it, in em; at least the 24 pixels a finger needs.
    const WIDE: f64 = 2.25;
    /// Where they do not.
    const TALL: f64 = 3.25;

    fn of(bars: &Bars, sketch: &Sketch, width: f64, heads: [f64; 2]) -> Self {
        let em = sketch.em;
        let top = if bars.names.part.is_some() {
            HEADS * em
        } else {
            0.0
        };
        let widest = |texts: &dyn Fn(&Bar) -> Option<f64>| {
            bars.bars.iter().filter_map(texts).fold(0.0, f64::max)
        };
        let whole = widest(&|bar| Some(sketch.width(&bar.whole.said.short)));
        let part = widest(&|bar| bars.part(bar).map(|p| sketch.width(&p.said.short)));
        let paired = bars.names.part.is_some();
        let both = Numbers {
            whole: Some(whole.max(heads[0])),
            part: paired.then(|| part.max(heads[1])),
        };
        let name =
            widest(&|bar| Some(sketch.width(&text::one_line(&bar.label)) + note(sketch, bar)));
        let gutter = name.min(0.4 * width);
        let plot = (gutter + em, width - both.room(em));
        if plot.1 - plot.0 >= (12.0 * em).max(0.3 * width) {
            let row = (Self::WIDE * em).max(24.0);
            let thick = 0.58 * row;
            return Self {
                width,
                em,
                wide: true,
                label_room: gutter,
                plot,
                numbers: both,
                top,
                row,
                bar: ((row - thick) / 2.0, thick),
                baseline: row / 2.0 + 0.35 * em,
            };
        }
        // On a line of their own the names of the series ask no more of the numbers below.
        let both = Numbers {
            whole: Some(whole),
            part: paired.then_some(part),
        };
        // Numbers are never shortened but go: the part's for names to stay whole, within
        // reason, the others only where there would be no name left to speak of.
        let fits = |numbers: &Numbers, name: f64| width - numbers.room(em) >= name;
        let one = Numbers {
            whole: Some(whole),
            part: None,
        };
        let none = Numbers {
            whole: None,
            part: None,
        };
        let numbers = if fits(&both, name.clamp(7.0 * em, 10.0 * em)) {
            both
        } else if fits(&one, 7.0 * em) {
            one
        } else {
            none
        };
        Self {
            width,
            em,
            wide: false,
            label_room: width - numbers.room(em),
            // Half the outline of a bar stands outside of it.
            plot: (1.0, width - 1.0),
            numbers,
            top,
            row: (Self::TALL * em).max(24.0),
            bar: (1.65 * em, 0.95 * em),
            baseline: 1.15 * em,
        }
    }

    /// Where the axis is.
    fn bottom(&self, count: usize) -> f64 {
        self.top + self.row * count as f64
    }
}

/// How far sums of widths may be off, in CSS pixels.
const SLACK: f64 = 0.01;

/// A line along the middle of a bar from end to end, each with a short stroke across.
fn whisker(ends: [f64; 2], (start, breadth): (f64, f64)) -> Path {
    let middle = start + breadth / 2.0;
    let (top, bottom) = (middle - breadth / 4.0, middle + breadth / 4.0);
    let path = Path::default().move_to(Point::new(ends[0], middle));
    let path = path.line_to(Point::new(ends[1], middle));
    ends.into_iter().fold(path, |path, x| {
        let path = path.move_to(Point::new(x, top));
        path.line_to(Point::new(x, bottom))
    })
}

/// Before a note, in em.
const NOTE_GAP: f64 = 0.5;

/// The room a bar's note takes beside its name.
fn note(sketch: &Sketch, bar: &Bar) -> f64 {
    let width = |note: &super::Said| sketch.width(&note.short) + NOTE_GAP * sketch.em;
    bar.note.as_ref().map_or(0.0, width)
}

/// Draws bars from left to right. Where the room is wide, a bar stands between its name and
/// its numbers, otherwise below them. `tick` writes an amount of the axis.
///
/// Rules where room is short: names are cut with an ellipsis, notes go when they would take
/// more than the name, numbers are shown whole or not at all, the part's first. What is left out
/// stands in the tip and in the table.
#[must_use]
pub fn horizontal(bars: &Bars, room: Room, tick: &dyn Fn(i128) -> String) -> Scene {
    let room = Room::new(room.width, room.em);
    let (width, em) = (room.width, room.em);
    let mut sketch = Sketch::new(em);
    if bars.bars.is_empty() {
        return bars.scene(sketch, width, 0.0);
    }
    let half = (width - Numbers::GAP * em) / 2.0;
    let names = [Some(&bars.names.whole), bars.names.part.as_ref()];
    let heads = names.map(|name| name.map(|name| head(&sketch, name, half)));
    let head_widths = [&heads[0], &heads[1]].map(|head| match (&bars.names.part, head) {
        (Some(_), Some((_, width))) => *width,
        _ => 0.0,
    });
    let layout = Layout::of(bars, &sketch, width, head_widths);
    let axis = Axis::across(bars.span(), bars.least_step, layout.plot, width, em, tick);
    for (n, bar) in bars.bars.iter().enumerate() {
        let y = layout.top + layout.row * n as f64;
        let frame = Frame::new(0.5, y + 0.5, width - 1.0, layout.row - 1.0);
        sketch.hit(n, frame, bar.key, bars.tip(bar));
    }
    draw_axis(&mut sketch, &layout, &axis, bars.bars.len());
    if let (Some(_), [Some(whole), Some(part)]) = (&bars.names.part, heads) {
        // Above its column, or next to the other where the columns are narrower than the names.
        let column = layout.numbers.part.filter(|_| layout.wide);
        let right = width - column.unwrap_or(part.1) - Numbers::GAP * em;
        draw_head(&mut sketch, 0, Look::Whole(1), whole.0, right);
        draw_head(&mut sketch, 1, Look::Fill(1), part.0, width);
    }
    for (n, bar) in bars.bars.iter().enumerate() {
        draw_bar(&mut sketch, &layout, &axis, bars, n, bar);
    }
    bars.scene(sketch, width, layout.bottom(bars.bars.len()) + 1.75 * em)
}

fn draw_axis(sketch: &mut Sketch, layout: &Layout, axis: &Axis, count: usize) {
    let bottom = layout.bottom(count);
    for (n, tick) in axis.ticks.iter().enumerate() {
        let x = axis.scale.place(*tick);
        let (look, part) = if *tick == 0 {
            (Look::Zero, "zero")
        } else {
            (Look::Grid, "grid")
        };
        let line = |path: Path, (from, to): (f64, f64)| {
            let path = path.move_to(Point::new(x, from));
            path.line_to(Point::new(x, to))
        };
        let lines = if layout.wide {
            line(Path::default(), (layout.top, bottom))
        } else {
            // Beside the bars only: the names above them stand in the way.
            (0..count).fold(Path::default(), |path, n| {
                let from = layout.top + layout.row * n as f64 + layout.bar.0;
                line(path, (from - 2.0, from + layout.bar.1 + 2.0))
            })
        };
        sketch.path(part, n, look, lines);
    }
    let baseline = bottom + 1.3 * layout.em;
    for (n, (middle, label)) in axis.labels.iter().enumerate() {
        let at = Point::new(*middle, baseline);
        sketch.text(
            "tick",
            n,
            at,
            Anchor::Middle,
            vec![run(label, Look::Tick, 0.0)],
        );
    }
}

fn draw_bar(sketch: &mut Sketch, layout: &Layout, axis: &Axis, bars: &Bars, n: usize, bar: &Bar) {
    let (em, y) = (layout.em, layout.top + layout.row * n as f64);
    let across = (y + layout.bar.0, layout.bar.1);
    if let Some(path) = shape(&axis.scale, bar.whole.minor, across, false) {
        sketch.path("whole", n, bars.whole_look(bar), path);
    }
    let part = bars.part(bar);
    if let Some(path) = part.and_then(|part| shape(&axis.scale, part.minor, across, false)) {
        sketch.path("part", n, Look::Fill(1), path);
    }
    if let Some(interval) = &bar.interval {
        let ends = [interval.low, interval.high].map(|end| axis.scale.place(end));
        sketch.path("whisker", n, Look::Marker, whisker(ends, across));
    }
    let baseline = y + layout.baseline;
    let aside = note(sketch, bar);
    // A short name leaves room for a note that takes more than it does.
    let both = sketch.width(&text::one_line(&bar.label)) + aside;
    let noted =
        aside > 0.0 && (aside <= layout.label_room / 2.0 || both <= layout.label_room + SLACK);
    let room = layout.label_room - if noted { aside } else { 0.0 };
    let name = text::fit(&text::one_line(&bar.label), em, room);
    let mut runs: Vec<_> = name
        .map(|name| run(name, Look::Label, 0.0))
        .into_iter()
        .collect();
    if let Some(note) = bar.note.as_ref().filter(|_| noted) {
        runs.push(run(&note.short, Look::Note, NOTE_GAP * em));
    }
    // Beside the bar a name stands next to it, above the bar it begins with it.
    let (x, anchor) = if layout.wide {
        (layout.label_room, Anchor::End)
    } else {
        (0.0, Anchor::Start)
    };
    if !runs.is_empty() {
        sketch.text("label", n, Point::new(x, baseline), anchor, runs);
    }
    let mut number = |what: &'static str, right: f64, said: &str, look: Look| {
        let at = Point::new(right, baseline);
        sketch.text(what, n, at, Anchor::End, vec![run(said, look, 0.0)]);
    };
    let taken = layout.numbers.part.map_or(0.0, |w| w + Numbers::GAP * em);
    if layout.numbers.whole.is_some() {
        number(
            "number",
            layout.width - taken,
            &bar.whole.said.short,
            Look::Number,
        );
    }
    if let (Some(part), Some(_)) = (part, layout.numbers.part) {
        number("minor", layout.width, &part.said.short, Look::Minor);
    }
}
