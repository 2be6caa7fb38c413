//! A scene in the making.

use super::path::Path;
use super::scene::{Anchor, Frame, Id, Look, Mark, Point, Run, Tag, Tip};
use super::text;

/// Gathers marks, the lowest first.
pub(super) struct Sketch {
    /// The size of the text in CSS pixels.
    pub em: f64,
    /// What has been drawn.
    pub marks: Vec<Mark>,
}

/// A mark that means nothing when picked.
fn plain(part: &'static str, number: usize, look: Look) -> Tag {
    Tag {
        id: Id { part, number },
        look,
        key: None,
        tip: None,
    }
}

/// A piece of text; `gap` in CSS pixels before it.
pub(super) fn run(text: impl Into<String>, look: Look, gap: f64) -> Run {
    Run {
        text: text.into(),
        look,
        gap,
    }
}

impl Sketch {
    /// An empty one.
    pub fn new(em: f64) -> Self {
        Self {
            em,
            marks: Vec::new(),
        }
    }

    /// How wide a text comes out, in CSS pixels.
    pub fn width(&self, words: &str) -> f64 {
        text::width(words, self.em)
    }

    /// The area of a bar that can be pointed at and picked.
    pub fn hit(&mut self, number: usize, frame: Frame, key: Option<u64>, tip: Tip) {
        let tag = Tag {
            key,
            tip: Some(tip),
            ..plain("hit", number, Look::Hit)
        };
        self.marks.push(Mark::Rect {
            tag,
            frame,
            radius: 4.0,
        });
    }

    /// A rectangle.
    pub fn rect(&mut self, part: &'static str, number: usize, look: Look, frame: Frame) {
        self.marks.push(Mark::Rect {
            tag: plain(part, number, look),
            frame,
            radius: 2.0,
        });
    }

    /// A shape.
    pub fn path(&mut self, part: &'static str, number: usize, look: Look, path: Path) {
        let tag = plain(part, number, look);
        self.marks.push(Mark::Path { tag, path });
    }

    /// A line.
    pub fn rule(&mut self, part: &'static str, number: usize, look: Look, from: Point, to: Point) {
        let tag = plain(part, number, look);
        self.marks.push(Mark::Rule { tag, from, to });
    }

    /// A text of pieces; the first piece says what it is.
    pub fn text(
        &mut self,
        part: &'static str,
        number: usize,
        at: Point,
        anchor: Anchor,
        runs: Vec<Run>,
    ) {
        let look = runs.first().map_or(Look::Note, |run| run.look);
        let tag = plain(part, number, look);
        self.marks.push(Mark::text(tag, at, anchor, runs, self.em));
    }
}
