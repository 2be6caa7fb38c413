//! The ground of a drawing with an upright axis: its lines and the labels at its left.

use super::axis::Axis;
use super::scale::Linear;
use super::scene::{Anchor, Frame, Look, Point, Room};
use super::sketch::{Sketch, run};
use super::text;
use super::value::Measure;

/// Where a drawing has its place.
pub(super) struct Panel {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    axis: Axis,
    /// Whether the labels of the axis have room.
    labelled: bool,
    em: f64,
}

/// Below a drawing, for one line of names, in em.
pub(super) const NAMES: f64 = 1.75;

/// How high a drawing with an upright axis is, without what stands above and below it.
pub(super) fn height(room: Room) -> f64 {
    (0.42 * room.width).clamp(14.0 * room.em, 18.0 * room.em)
}

impl Panel {
    /// From `top` to `bottom` and between the labels of the axis and `right`, for amounts of
    /// `span`. The labels go when they would take more than a third.
    pub fn new(
        measure: &Measure,
        span: (i128, i128),
        (top, bottom): (f64, f64),
        right: f64,
        em: f64,
    ) -> Self {
        let write = |n| measure.write.of(n);
        let axis = Axis::upright(span, measure.least_step, (bottom, top), (em, 1.9), &write);
        let widest = axis.labels.iter().map(|label| text::width(&label.1, em));
        let gutter = widest.fold(0.0, f64::max) + 0.6 * em;
        let labelled = gutter <= right / 3.0;
        Self {
            left: if labelled { gutter } else { 1.0 },
            right: right - 1.0,
            top,
            bottom,
            axis,
            labelled,
            em,
        }
    }

    /// Where an amount is.
    pub fn y(&self, minor: i128) -> f64 {
        self.axis.scale.place(minor)
    }

    /// From amounts to places.
    pub fn scale(&self) -> &Linear {
        &self.axis.scale
    }

    /// Its rectangle.
    pub fn frame(&self) -> Frame {
        let (width, height) = (self.right - self.left, self.bottom - self.top);
        Frame::new(self.left, self.top, width.max(0.0), height)
    }

    /// Draws lines and labels.
    pub fn draw(&self, sketch: &mut Sketch) {
        for (n, tick) in self.axis.ticks.iter().enumerate() {
            let y = self.y(*tick);
            let (look, part) = if *tick == 0 {
                (Look::Zero, "zero")
            } else {
                (Look::Grid, "grid")
            };
            sketch.rule(
                part,
                n,
                look,
                Point::new(self.left, y),
                Point::new(self.right, y),
            );
        }
        if !self.labelled {
            return;
        }
        for (n, (y, label)) in self.axis.labels.iter().enumerate() {
            let at = Point::new(self.left - 0.6 * self.em, y + 0.35 * self.em);
            sketch.text(
                "tick",
                n,
                at,
                Anchor::End,
                vec![run(label, Look::Tick, 0.0)],
            );
        }
    }

    /// Draws what the axis measures, above it. The caller leaves 1.6 em for it.
    pub fn name(&self, sketch: &mut Sketch, measure: &Measure) {
        let at = Point::new(0.0, self.top - 0.9 * self.em);
        sketch.words(
            ("axis", 0),
            at,
            Anchor::Start,
            (&measure.name, Look::Head),
            self.right,
        );
    }
}
