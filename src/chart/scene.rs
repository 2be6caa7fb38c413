//! A finished chart as data: marks with places, what each is, what it means when picked, and
//! the same numbers as words and as a table.

use super::path::Path;
use super::text;
use std::fmt;

pub use super::look::Look;

/// What there is to draw in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Width in CSS pixels.
    pub width: f64,
    /// Size of the text in CSS pixels.
    pub em: f64,
}

impl Room {
    /// The least width anything is laid out for, CSS pixels; a narrower place scrolls or cuts.
    pub const LEAST: f64 = 160.0;

    /// A room with usable numbers: a width of at least [`Room::LEAST`], text of 6 to 48 pixels,
    /// and something sensible where a number is none.
    #[must_use]
    pub fn new(width: f64, em: f64) -> Self {
        let or = |value: f64, other: f64| if value.is_finite() { value } else { other };
        Self {
            width: or(width, 600.0).clamp(Self::LEAST, 100_000.0),
            em: or(em, 12.0).clamp(6.0, 48.0),
        }
    }
}

/// A size in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// A place: CSS pixels right of and below the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl Point {
    /// A place.
    #[must_use]
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", px(self.x), px(self.y))
    }
}

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// The width, not negative.
    pub width: f64,
    /// The height, not negative.
    pub height: f64,
}

impl Frame {
    /// A rectangle.
    #[must_use]
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// The right edge.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The lower edge.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Whether two rectangles share more than an edge.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }
}

/// What keeps a mark the same mark when the numbers change; no two of a scene share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    /// Which part of the chart.
    pub part: &'static str,
    /// The how manieth of its kind, from 0.
    pub number: usize,
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.part, self.number)
    }
}

/// What is said of a mark when it is pointed at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tip {
    /// What it is.
    pub title: String,
    /// Its numbers: name and value.
    pub lines: Vec<(String, String)>,
}

/// All in one sentence, for those who listen.
impl fmt::Display for Tip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)?;
        for (n, (name, value)) in self.lines.iter().enumerate() {
            write!(f, "{}{name} {value}", if n == 0 { ": " } else { ", " })?;
        }
        Ok(())
    }
}

/// What all marks have.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Which mark it is.
    pub id: Id,
    /// What it looks like.
    pub look: Look,
    /// What picking it means, in the caller's numbers.
    pub key: Option<u64>,
    /// What is said of it when pointed at.
    pub tip: Option<Tip>,
}

/// To which side of its place a text reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It stands across it.
    Middle,
    /// It ends there.
    End,
}

impl Anchor {
    /// The value of SVG's `text-anchor`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A piece of a text with a look of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Their look.
    pub look: Look,
    /// Room before it, in CSS pixels.
    pub gap: f64,
}

/// One thing drawn. Those later in a scene lie above those before.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A rectangle with rounded corners.
    Rect {
        /// What it is.
        tag: Tag,
        /// Where.
        frame: Frame,
        /// Of its corners, in CSS pixels.
        radius: f64,
    },
    /// A filled shape.
    Path {
        /// What it is.
        tag: Tag,
        /// Its outline.
        path: Path,
    },
    /// One line of text.
    Text {
        /// What it is.
        tag: Tag,
        /// The place on the baseline that `anchor` speaks of.
        at: Point,
        /// To which side it reaches.
        anchor: Anchor,
        /// What it says, piece after piece.
        runs: Vec<Run>,
        /// The room it takes by the table of widths; see [`text`].
        frame: Frame,
    },
    /// A straight line.
    Rule {
        /// What it is.
        tag: Tag,
        /// From here.
        from: Point,
        /// To there.
        to: Point,
    },
}

impl Mark {
    /// A text of several pieces in a font size of `em` pixels.
    #[must_use]
    pub fn text(tag: Tag, at: Point, anchor: Anchor, runs: Vec<Run>, em: f64) -> Self {
        let width: f64 = runs.iter().map(|r| r.gap + text::width(&r.text, em)).sum();
        let x = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - width / 2.0,
            Anchor::End => at.x - width,
        };
        let (above, height) = (text::ASCENT * em, (text::ASCENT + text::DESCENT) * em);
        Self::Text {
            tag,
            at,
            anchor,
            runs,
            frame: Frame::new(x, at.y - above, width, height),
        }
    }

    /// What it is.
    #[must_use]
    pub fn tag(&self) -> &Tag {
        match self {
            Self::Rect { tag, .. }
            | Self::Path { tag, .. }
            | Self::Text { tag, .. }
            | Self::Rule { tag, .. } => tag,
        }
    }

    /// The room it takes, without the breadth of its outline.
    #[must_use]
    pub fn bounds(&self) -> Frame {
        match self {
            Self::Rect { frame, .. } | Self::Text { frame, .. } => *frame,
            Self::Path { path, .. } => path.bounds().unwrap_or(Frame::new(0.0, 0.0, 0.0, 0.0)),
            Self::Rule { from, to, .. } => Frame::new(
                from.x.min(to.x),
                from.y.min(to.y),
                (from.x - to.x).abs(),
                (from.y - to.y).abs(),
            ),
        }
    }
}

/// One column of a [`Table`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its heading.
    pub label: String,
    /// Whether it holds numbers.
    pub numeric: bool,
}

/// The numbers of a chart as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns; the first names the row.
    pub heads: Vec<Head>,
    /// The rows, each as long as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// How large it came out.
    pub size: Size,
    /// The size of its text in CSS pixels.
    pub em: f64,
    /// What is drawn, the lowest first.
    pub marks: Vec<Mark>,
    /// What it shows.
    pub title: String,
    /// What can be seen in it, in a sentence or two.
    pub summary: String,
    /// The same numbers as text.
    pub table: Table,
}

impl Scene {
    /// The mark with an id.
    #[must_use]
    pub fn mark(&self, id: Id) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.tag().id == id)
    }

    /// The marks that say something when pointed at, in their order.
    pub fn told(&self) -> impl DoubleEndedIterator<Item = (Id, &Mark)> {
        let told = self.marks.iter().filter(|mark| mark.tag().tip.is_some());
        told.map(|mark| (mark.tag().id, mark))
    }
}

/// A length for an attribute: to a hundredth of a pixel, without needless zeros.
#[must_use]
pub fn px(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    // Adding nothing turns a negative zero into zero.
    (rounded + 0.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short() {
        assert_eq!(px(1.0), "1");
        assert_eq!(px(-0.001), "0");
        assert_eq!(px(2.0 / 3.0), "0.67");
    }

    #[test]
    fn a_text_takes_room_on_the_side_it_is_anchored_to() {
        let tag = || Tag {
            id: Id {
                part: "tick",
                number: 0,
            },
            look: Look::Tick,
            key: None,
            tip: None,
        };
        let run = || Run {
            text: "abc".into(),
            look: Look::Tick,
            gap: 0.0,
        };
        let place =
            |anchor| Mark::text(tag(), Point::new(50.0, 20.0), anchor, vec![run()], 10.0).bounds();
        let width = text::width("abc", 10.0);
        assert_eq!(place(Anchor::Start).x, 50.0);
        assert_eq!(place(Anchor::End).right(), 50.0);
        assert_eq!(place(Anchor::Middle).x, 50.0 - width / 2.0);
        assert!(place(Anchor::Start).y < 20.0 && place(Anchor::Start).bottom() > 20.0);
    }

    #[test]
    fn a_room_is_usable_whatever_is_measured() {
        assert_eq!(Room::new(f64::NAN, f64::INFINITY), Room::new(600.0, 12.0));
        assert_eq!(Room::new(-4.0, 0.0).width, Room::LEAST);
    }

    #[test]
    fn a_tip_reads_as_a_sentence() {
        let tip = Tip {
            title: "Proposal".into(),
            lines: vec![("Value".into(), "€5".into()), ("Deals".into(), "2".into())],
        };
        assert_eq!(tip.to_string(), "Proposal: Value €5, Deals 2");
    }

    #[test]
    fn there_are_eight_colours() {
        assert_eq!(Look::Fill(9), Look::Fill(9));
        assert_eq!(Look::Fill(9).class(), Look::Fill(1).class());
        assert_eq!(Look::Whole(0).class(), Look::Whole(1).class());
        assert_ne!(Look::Fill(2).class(), Look::Whole(2).class());
    }
}
