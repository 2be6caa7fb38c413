//! The outline of a shape, as SVG's `d` attribute writes it.

use super::scene::{Frame, Point};
use std::fmt;

/// One step of a pen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Move(Point),
    Line(Point),
    /// A quadratic curve: its control point and its end.
    Curve(Point, Point),
    Close,
}

/// A shape of lines and curves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path(Vec<Step>);

impl Path {
    /// Lifts the pen and begins at a point.
    #[must_use]
    pub fn move_to(mut self, to: Point) -> Self {
        self.0.push(Step::Move(to));
        self
    }

    /// Draws a straight line.
    #[must_use]
    pub fn line_to(mut self, to: Point) -> Self {
        self.0.push(Step::Line(to));
        self
    }

    /// Draws a curve that leaves towards `by` and arrives from there.
    #[must_use]
    pub fn curve_to(mut self, by: Point, to: Point) -> Self {
        self.0.push(Step::Curve(by, to));
        self
    }

    /// Goes back to where the pen was last put down.
    #[must_use]
    pub fn close(mut self) -> Self {
        self.0.push(Step::Close);
        self
    }

    /// The rectangle that holds all points, control points included. `None` without any.
    #[must_use]
    pub fn bounds(&self) -> Option<Frame> {
        let points = self.0.iter().flat_map(|step| match *step {
            Step::Move(p) | Step::Line(p) => vec![p],
            Step::Curve(by, to) => vec![by, to],
            Step::Close => Vec::new(),
        });
        points.fold(None, |frame: Option<Frame>, p| {
            let (x0, x1, y0, y1) = match frame {
                None => (p.x, p.x, p.y, p.y),
                Some(f) => (
                    f.x.min(p.x),
                    f.right().max(p.x),
                    f.y.min(p.y),
                    f.bottom().max(p.y),
                ),
            };
            Some(Frame::new(x0, y0, x1 - x0, y1 - y0))
        })
    }
}

/// Which side of a bar is its far end, away from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Right.
    Right,
    /// Left.
    Left,
    /// Up.
    Top,
    /// Down.
    Bottom,
}

/// A bar: square where it stands on zero, rounded at its far end. The radius shrinks with
/// bars too small for it.
#[must_use]
pub fn bar(frame: Frame, end: End, radius: f64) -> Path {
    let Frame {
        x,
        y,
        width,
        height,
    } = frame;
    let (length, breadth) = match end {
        End::Right | End::Left => (width, height),
        End::Top | End::Bottom => (height, width),
    };
    let r = radius.min(length).min(breadth / 2.0).max(0.0);
    // Along from zero, across from one long side to the other.
    let at = |along: f64, across: f64| match end {
        End::Right => Point::new(x + along, y + across),
        End::Left => Point::new(x + width - along, y + across),
        End::Top => Point::new(x + across, y + height - along),
        End::Bottom => Point::new(x + across, y + along),
    };
    Path::default()
        .move_to(at(0.0, 0.0))
        .line_to(at(length - r, 0.0))
        .curve_to(at(length, 0.0), at(length, r))
        .line_to(at(length, breadth - r))
        .curve_to(at(length, breadth), at(length - r, breadth))
        .line_to(at(0.0, breadth))
        .close()
}

/// The value of the `d` attribute, to a hundredth of a pixel.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.0 {
            match step {
                Step::Move(p) => write!(f, "M{p}")?,
                Step::Line(p) => write!(f, "L{p}")?,
                Step::Curve(by, to) => write!(f, "Q{by} {to}")?,
                Step::Close => f.write_str("Z")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_fills_its_frame_and_is_round_at_the_far_end_only() {
        let frame = Frame::new(10.0, 20.0, 100.0, 12.0);
        for end in [End::Right, End::Left, End::Top, End::Bottom] {
            assert_eq!(bar(frame, end, 3.0).bounds(), Some(frame), "{end:?}");
        }
        assert_eq!(
            bar(frame, End::Right, 3.0).to_string(),
            "M10 20L107 20Q110 20 110 23L110 29Q110 32 107 32L10 32Z"
        );
        assert!(
            bar(frame, End::Left, 3.0)
                .to_string()
                .starts_with("M110 20L13 20")
        );
    }

    #[test]
    fn a_tiny_bar_is_not_turned_inside_out() {
        let sliver = Frame::new(0.0, 0.0, 1.0, 12.0);
        assert_eq!(bar(sliver, End::Right, 3.0).bounds(), Some(sliver));
        let nothing = Frame::new(5.0, 5.0, 0.0, 0.0);
        assert_eq!(bar(nothing, End::Top, 3.0).bounds(), Some(nothing));
        assert_eq!(Path::default().bounds(), None);
    }
}
