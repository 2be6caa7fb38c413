//! Bars standing side by side, in a given height.

use super::super::axis::Axis;
use super::super::scale::Band;
use super::super::scene::{Anchor, Frame, Look, Point, Room, Scene};
use super::super::sketch::{Sketch, run};
use super::super::text;
use super::{Bars, HEADS, draw_head, head, shape};

/// The least height anything is laid out for, in em.
const LEAST_HEIGHT: f64 = 10.0;

/// Where everything goes.
struct Layout {
    em: f64,
    width: f64,
    /// Where the bands begin from top to bottom, numbers above bars included.
    top: f64,
    band: Band,
    /// Where the plot begins from left to right.
    left: f64,
    /// Whether every bar has room for its number.
    numbered: bool,
}

/// Draws bars side by side in `height` CSS pixels. `tick` writes an amount of the axis.
///
/// Rules where room is short: numbers at the ends of bars are shown when all of them fit,
/// names are cut with an ellipsis or, in bands too small for that, left out at even
/// distances; the labels of the axis go when they would take more than a third. What is
/// left out stands in the tip and in the table.
#[must_use]
pub fn vertical(bars: &Bars, room: Room, height: f64, tick: &dyn Fn(i128) -> String) -> Scene {
    let room = Room::new(room.width, room.em);
    let (width, em) = (room.width, room.em);
    let height = if height.is_finite() { height } else { 0.0 };
    let height = height.clamp(LEAST_HEIGHT * em, 100_000.0);
    let mut sketch = Sketch::new(em);
    if bars.bars.is_empty() {
        return bars.scene(sketch, width, height);
    }
    let top = if bars.names.part.is_some() {
        HEADS * em
    } else {
        0.0
    };
    let bottom = height - 1.75 * em;
    let short = |bar: &super::Bar| sketch.width(&bar.whole.said.short);
    let widest = bars.bars.iter().map(short).fold(0.0, f64::max);
    // The numbers take height, the height decides the ticks, their labels take width, and the
    // width decides whether there are numbers: first with, then if need be without.
    let plan = |numbered: bool| {
        let pad = |needed: bool| {
            if numbered && needed {
                1.5 * em
            } else {
                0.7 * em
            }
        };
        let above = top + pad(bars.bars.iter().any(|bar| bar.whole.minor >= 0));
        let below = bottom
            - if numbered && bars.span().0 < 0 {
                1.5 * em
            } else {
                0.0
            };
        let axis = Axis::upright(
            bars.span(),
            bars.least_step,
            (below, above),
            (em, 2.5),
            tick,
        );
        let label = |label: &(f64, String)| text::width(&label.1, em);
        let gutter = axis.labels.iter().map(label).fold(0.0, f64::max) + 0.6 * em;
        let left = if gutter > width / 3.0 { 1.0 } else { gutter };
        let band = Band::new(bars.bars.len(), (left, width - 1.0), 0.64);
        let layout = Layout {
            em,
            width,
            top,
            band,
            left,
            numbered,
        };
        (layout, axis)
    };
    let (mut layout, mut axis) = plan(true);
    if widest > layout.band.step() - 0.3 * em {
        (layout, axis) = plan(false);
    }
    draw_hits(&mut sketch, bars, &layout, height);
    draw_axis(&mut sketch, &layout, &axis);
    draw_heads(&mut sketch, bars, width);
    draw_bars(&mut sketch, bars, &layout, &axis);
    draw_names(&mut sketch, bars, &layout, height);
    bars.scene(sketch, width, height)
}

fn draw_hits(sketch: &mut Sketch, bars: &Bars, layout: &Layout, height: f64) {
    let band = layout.band;
    let inset = (band.step() / 4.0).min(0.5);
    for (n, bar) in bars.bars.iter().enumerate() {
        let (x, breadth) = (band.start(n) + inset, band.step() - 2.0 * inset);
        let frame = Frame::new(x, layout.top + 0.5, breadth, height - layout.top - 1.0);
        sketch.hit(n, frame, bar.key, bars.tip(bar));
    }
}

fn draw_axis(sketch: &mut Sketch, layout: &Layout, axis: &Axis) {
    for (n, tick) in axis.ticks.iter().enumerate() {
        let y = axis.scale.place(*tick);
        let (look, part) = if *tick == 0 {
            (Look::Zero, "zero")
        } else {
            (Look::Grid, "grid")
        };
        let (from, to) = (
            Point::new(layout.left, y),
            Point::new(layout.width - 1.0, y),
        );
        sketch.rule(part, n, look, from, to);
    }
    if layout.left <= 1.0 {
        return;
    }
    let right = layout.left - 0.6 * layout.em;
    for (n, (y, label)) in axis.labels.iter().enumerate() {
        let at = Point::new(right, y + 0.35 * layout.em);
        sketch.text(
            "tick",
            n,
            at,
            Anchor::End,
            vec![run(label, Look::Tick, 0.0)],
        );
    }
}

fn draw_heads(sketch: &mut Sketch, bars: &Bars, width: f64) {
    let Some(part) = &bars.names.part else { return };
    let half = (width - sketch.em) / 2.0;
    let (whole, _) = head(sketch, &bars.names.whole, half);
    let (part, taken) = head(sketch, part, half);
    let right = width - taken - sketch.em;
    draw_head(sketch, 0, Look::Whole(1), whole, right);
    draw_head(sketch, 1, Look::Fill(1), part, width);
}

fn draw_bars(sketch: &mut Sketch, bars: &Bars, layout: &Layout, axis: &Axis) {
    let em = layout.em;
    for (n, bar) in bars.bars.iter().enumerate() {
        let across = (layout.band.bar(n), layout.band.breadth());
        if let Some(path) = shape(&axis.scale, bar.whole.minor, across, true) {
            sketch.path("whole", n, bars.whole_look(bar), path);
        }
        let part = bars.part(bar);
        let inner = part.and_then(|part| shape(&axis.scale, part.minor, across, true));
        if let Some(path) = inner {
            sketch.path("part", n, Look::Fill(1), path);
        }
        if layout.numbered {
            // Beyond both, should the part reach further.
            let far = part.map_or(bar.whole.minor, |part| {
                if bar.whole.minor < 0 {
                    part.minor.min(bar.whole.minor)
                } else {
                    part.minor.max(bar.whole.minor)
                }
            });
            let end = axis.scale.place(far);
            let y = if bar.whole.minor < 0 {
                end + 1.1 * em
            } else {
                end - 0.4 * em
            };
            let at = Point::new(layout.band.middle(n), y);
            let runs = vec![run(&bar.whole.said.short, Look::Number, 0.0)];
            sketch.text("number", n, at, Anchor::Middle, runs);
        }
    }
}

fn draw_names(sketch: &mut Sketch, bars: &Bars, layout: &Layout, height: f64) {
    let (em, step) = (layout.em, layout.band.step());
    let gap = 0.4 * em;
    let names: Vec<String> = bars
        .bars
        .iter()
        .map(|bar| text::one_line(&bar.label))
        .collect();
    let widest = names
        .iter()
        .map(|name| sketch.width(name))
        .fold(0.0, f64::max);
    // Every so manieth, when a band is too small even for a name cut short.
    let every = if step >= 4.5 * em || widest <= step - gap {
        1
    } else {
        ((widest.min(8.0 * em) + gap) / step).ceil() as usize
    };
    let room = every as f64 * step - gap;
    let mut free = layout.left;
    for (n, name) in names.iter().enumerate().step_by(every.max(1)) {
        let Some(name) = text::fit(name, em, room.min(layout.width - layout.left)) else {
            continue;
        };
        let half = sketch.width(&name) / 2.0;
        let middle = layout.band.middle(n).clamp(
            layout.left + half,
            (layout.width - half).max(layout.left + half),
        );
        if middle - half < free {
            continue;
        }
        free = middle + half + gap;
        let at = Point::new(middle, height - 0.5 * em);
        sketch.text(
            "label",
            n,
            at,
            Anchor::Middle,
            vec![run(name, Look::Label, 0.0)],
        );
    }
}
