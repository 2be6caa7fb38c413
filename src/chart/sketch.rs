//! A scene in the making.

use super::look::series;
use super::path::{self, Path};
use super::scene::{Anchor, Frame, Id, Look, Mark, Point, Run, Scene, Size, Table, Tag, Tip};
use super::text;
use super::value::{About, NOTHING};

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
        self.hit_of("hit", number, frame, key, tip);
    }

    /// The same of another part of the chart.
    pub fn hit_of(
        &mut self,
        part: &'static str,
        number: usize,
        frame: Frame,
        key: Option<u64>,
        tip: Tip,
    ) {
        let tag = Tag {
            key,
            tip: Some(tip),
            ..plain(part, number, Look::Hit)
        };
        self.marks.push(Mark::Rect {
            tag,
            frame,
            radius: 4.0,
        });
    }

    /// A shape that can be pointed at and picked, and can be seen.
    pub fn told(
        &mut self,
        (part, number): (&'static str, usize),
        look: Look,
        path: Path,
        key: Option<u64>,
        tip: Tip,
    ) {
        let tag = Tag {
            key,
            tip: Some(tip),
            ..plain(part, number, look)
        };
        self.marks.push(Mark::Path { tag, path });
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

    /// A text in as much room as there is: cut, or left out when there is too little.
    pub fn words(
        &mut self,
        (part, number): (&'static str, usize),
        at: Point,
        anchor: Anchor,
        (words, look): (&str, Look),
        room: f64,
    ) {
        if let Some(words) = text::fit(&text::one_line(words), self.em, room)
            && !words.is_empty()
        {
            self.text(part, number, at, anchor, vec![run(words, look, 0.0)]);
        }
    }

    /// A text at the first of some places where it stands whole inside of `area` and clear of
    /// all texts so far and of `others`. Whether there was one.
    pub fn where_free(
        &mut self,
        (part, number): (&'static str, usize),
        places: &[(Point, Anchor)],
        (words, look): (&str, Look),
        area: Frame,
        others: &[Frame],
    ) -> bool {
        let words = text::one_line(words);
        if words.is_empty() {
            return false;
        }
        for (at, anchor) in places {
            let runs = vec![run(&words, look, 0.0)];
            let mark = Mark::text(plain(part, number, look), *at, *anchor, runs, self.em);
            let b = mark.bounds();
            let inside = b.x >= area.x
                && b.y >= area.y
                && b.right() <= area.right()
                && b.bottom() <= area.bottom();
            let texts = self.marks.iter().filter(|m| matches!(m, Mark::Text { .. }));
            let mut taken = texts.map(Mark::bounds).chain(others.iter().copied());
            if inside && !taken.any(|other| other.overlaps(&b)) {
                self.marks.push(mark);
                return true;
            }
        }
        false
    }

    /// A point of series `n` in the shape that is its own.
    pub fn dot(&mut self, (part, number): (&'static str, usize), n: u8, at: Point, r: f64) {
        let n = series(n);
        if n == 1 {
            self.marks.push(Mark::Rect {
                tag: plain(part, number, Look::Dot(n)),
                frame: Frame::new(at.x - r, at.y - r, 2.0 * r, 2.0 * r),
                radius: r,
            });
        } else {
            self.path(part, number, Look::Dot(n), path::sign(at, r, n));
        }
    }

    /// An area of series `n` with its hatching.
    pub fn area(
        &mut self,
        (part, hatch): (&'static str, &'static str),
        number: usize,
        look: Look,
        n: u8,
        frame: Frame,
    ) {
        self.path(part, number, look, path::rect(frame));
        let lines = path::hatch(frame, series(n));
        if !lines.is_empty() {
            self.path(hatch, number, Look::Hatch, lines);
        }
    }

    /// The finished chart.
    pub fn scene(self, about: &About, (width, height): (f64, f64), table: Table) -> Scene {
        Scene {
            size: Size { width, height },
            em: self.em,
            marks: self.marks,
            title: about.title.clone(),
            summary: about.summary.clone(),
            table,
        }
    }

    /// A chart of nothing, which says so.
    pub fn nothing(mut self, about: &About, width: f64, table: Table) -> Scene {
        let words = if about.nothing.is_empty() {
            NOTHING
        } else {
            &about.nothing
        };
        let em = self.em;
        let lines = text::wrap(words, em, width);
        for (n, line) in lines.iter().enumerate() {
            let at = Point::new(0.0, (1.6 + 1.4 * n as f64) * em);
            self.words(("nothing", n), at, Anchor::Start, (line, Look::Note), width);
        }
        let height = (1.4 * lines.len() as f64 + 1.2) * em;
        let mut scene = self.scene(about, (width, height), table);
        if scene.summary.is_empty() {
            scene.summary = words.to_owned();
        }
        scene
    }
}
