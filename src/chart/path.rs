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

    /// Whether nothing is drawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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

/// A rectangle.
#[must_use]
pub fn rect(frame: Frame) -> Path {
    outlined(Path::default(), frame)
}

/// The same added to a path.
#[must_use]
pub fn outlined(path: Path, frame: Frame) -> Path {
    path.move_to(Point::new(frame.x, frame.y))
        .line_to(Point::new(frame.right(), frame.y))
        .line_to(Point::new(frame.right(), frame.bottom()))
        .line_to(Point::new(frame.x, frame.bottom()))
        .close()
}

/// What flows through some gates from left to right: out of the right side of the first, through
/// those between, into the left side of the last. Without two gates there is nothing.
#[must_use]
pub fn stream(gates: &[Frame]) -> Path {
    let mut path = Path::default();
    let Some((first, rest)) = gates.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return path;
    };
    let bend = |path: Path, from: Point, to: Point| {
        let (near, far) = (from.x * 0.75 + to.x * 0.25, from.x * 0.25 + to.x * 0.75);
        let middle = Point::new((from.x + to.x) / 2.0, (from.y + to.y) / 2.0);
        path.curve_to(Point::new(near, from.y), middle)
            .curve_to(Point::new(far, to.y), to)
    };
    let mut at = Point::new(first.right(), first.y);
    path = path.move_to(at);
    for (n, gate) in rest.iter().enumerate() {
        path = bend(path, at, Point::new(gate.x, gate.y));
        if n + 1 < rest.len() {
            at = Point::new(gate.right(), gate.y);
            path = path.line_to(at);
        }
    }
    let Some(last) = rest.last() else { return path };
    at = Point::new(last.x, last.bottom());
    path = path.line_to(at);
    for (n, gate) in gates.iter().enumerate().rev().skip(1) {
        path = bend(path, at, Point::new(gate.right(), gate.bottom()));
        if n > 0 {
            at = Point::new(gate.x, gate.bottom());
            path = path.line_to(at);
        }
    }
    path.close()
}

/// The shape that stands for series `n` (1 to 8) at a point: square, triangle, diamond and so
/// on, within `r` pixels. The first series has a disc, which is a rectangle with round corners
/// and not drawn here.
#[must_use]
pub fn sign(at: Point, r: f64, n: u8) -> Path {
    let corners: &[(f64, f64)] = match n {
        2 => &[(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)],
        3 => &[(0.0, -1.0), (1.0, 0.8), (-1.0, 0.8)],
        5 => &[(-1.0, -0.8), (1.0, -0.8), (0.0, 1.0)],
        6 => &[
            (-0.35, -1.0),
            (0.35, -1.0),
            (0.35, -0.35),
            (1.0, -0.35),
            (1.0, 0.35),
            (0.35, 0.35),
            (0.35, 1.0),
            (-0.35, 1.0),
            (-0.35, 0.35),
            (-1.0, 0.35),
            (-1.0, -0.35),
            (-0.35, -0.35),
        ],
        7 => &[(-1.0, -0.5), (1.0, -0.5), (1.0, 0.5), (-1.0, 0.5)],
        8 => &[(-0.5, -1.0), (0.5, -1.0), (0.5, 1.0), (-0.5, 1.0)],
        _ => &[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)],
    };
    let mut path = Path::default();
    for (n, (x, y)) in corners.iter().enumerate() {
        let point = Point::new(at.x + x * r, at.y + y * r);
        path = if n == 0 {
            path.move_to(point)
        } else {
            path.line_to(point)
        };
    }
    path.close()
}

/// How far apart the lines of a hatching are, in CSS pixels.
const HATCH: f64 = 6.0;

/// The hatching that tells the areas of series `n` (1 to 8) apart: the first has none. A
/// rectangle smaller than the distance of the lines may come out without.
#[must_use]
pub fn hatch(frame: Frame, n: u8) -> Path {
    let path = Path::default();
    match n {
        2 => rising(path, frame, HATCH),
        3 => falling(path, frame, HATCH),
        4 => upright(path, frame, HATCH),
        5 => level(path, frame, HATCH),
        6 => falling(rising(path, frame, HATCH), frame, HATCH),
        7 => level(upright(path, frame, HATCH), frame, HATCH),
        8 => rising(path, frame, HATCH / 2.0),
        _ => path,
    }
}

/// The multiples of a step strictly between two places, so that areas side by side go on
/// with each other's pattern. Never more than a thousand.
fn between(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let step = step.max((to - from) / 1_000.0);
    let first = (from / step).floor() + 1.0;
    (0..1_000_u32)
        .map(move |n| (first + f64::from(n)) * step)
        .take_while(move |at| *at < to)
}

fn rising(path: Path, f: Frame, step: f64) -> Path {
    between(f.x + f.y, f.right() + f.bottom(), step).fold(path, |path, sum| {
        let (x0, x1) = (f.x.max(sum - f.bottom()), f.right().min(sum - f.y));
        path.move_to(Point::new(x0, sum - x0))
            .line_to(Point::new(x1, sum - x1))
    })
}

fn falling(path: Path, f: Frame, step: f64) -> Path {
    between(f.x - f.bottom(), f.right() - f.y, step).fold(path, |path, difference| {
        let (x0, x1) = (
            f.x.max(difference + f.y),
            f.right().min(difference + f.bottom()),
        );
        path.move_to(Point::new(x0, x0 - difference))
            .line_to(Point::new(x1, x1 - difference))
    })
}

fn upright(path: Path, f: Frame, step: f64) -> Path {
    between(f.x, f.right(), step).fold(path, |path, x| {
        path.move_to(Point::new(x, f.y))
            .line_to(Point::new(x, f.bottom()))
    })
}

fn level(path: Path, f: Frame, step: f64) -> Path {
    between(f.y, f.bottom(), step).fold(path, |path, y| {
        path.move_to(Point::new(f.x, y))
            .line_to(Point::new(f.right(), y))
    })
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
    fn a_hatching_stays_in_its_frame_and_each_series_has_its_own() {
        let frame = Frame::new(3.0, 5.0, 40.0, 11.0);
        let mut seen = Vec::new();
        for n in 2..=8 {
            let path = hatch(frame, n);
            let b = path.bounds().unwrap();
            assert!(
                b.x >= frame.x - 1e-9 && b.right() <= frame.right() + 1e-9,
                "{n}: {b:?}"
            );
            assert!(
                b.y >= frame.y - 1e-9 && b.bottom() <= frame.bottom() + 1e-9,
                "{n}: {b:?}"
            );
            assert!(!seen.contains(&path));
            seen.push(path);
        }
        assert!(hatch(frame, 1).is_empty());
        assert!(hatch(Frame::new(1.0, 1.0, 0.0, 0.0), 6).is_empty());
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
