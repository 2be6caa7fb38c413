//! A funnel: how many come into each stage, and how many of them go on.

use super::path::Path;
use super::rows::{Rows, lines};
use super::scale::Linear;
use super::scene::{Anchor, Frame, Head, Look, Point, Room, Scene, Table, Tip};
use super::sketch::Sketch;
use super::text;
use super::value::{About, Amount, Said, bare, kept};

/// From a stage to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// What picking it means.
    pub key: Option<u64>,
    /// How many go on: "62 %".
    pub rate: Said,
    /// From how many: "n 45".
    pub n: String,
    /// Between which rates it lies: "48 % to 74 %".
    pub interval: String,
}

/// One stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// What picking it means.
    pub key: Option<u64>,
    /// Its name.
    pub label: String,
    /// How many, which is how broad it is. Below zero counts as nothing.
    pub count: Amount,
    /// What they are worth.
    pub value: Option<Said>,
    /// How many go on to the next; that of the last is not drawn.
    pub next: Option<Passage>,
}

/// A funnel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Funnel {
    /// What it is about.
    pub about: About,
    /// What a level is: "Stage".
    pub label: String,
    /// What is counted: "Deals".
    pub count: String,
    /// What the values are: "Value". None without values.
    pub value: Option<String>,
    /// What the rates are: "Conversion".
    pub rate: String,
    /// The levels, the first at the top.
    pub levels: Vec<Level>,
}

impl Funnel {
    /// The passage after a level, unless it is the last.
    fn next(&self, n: usize) -> Option<&Passage> {
        let level = self.levels.get(n)?;
        level.next.as_ref().filter(|_| n + 1 < self.levels.len())
    }

    fn tip(&self, level: &Level) -> Tip {
        let mut lines = vec![(self.count.clone(), level.count.said.full.clone())];
        if let (Some(name), Some(value)) = (&self.value, &level.value) {
            lines.push((name.clone(), value.full.clone()));
        }
        Tip {
            title: text::one_line(&level.label),
            lines,
        }
    }

    fn passage_tip(&self, n: usize, passage: &Passage) -> Tip {
        let name = |n: usize| text::one_line(&self.levels[n].label);
        Tip {
            title: format!("{} to {}", name(n), name(n + 1)),
            lines: vec![
                (self.rate.clone(), passage.rate.full.clone()),
                ("Interval".into(), passage.interval.clone()),
                ("n".into(), bare(&passage.n)),
            ],
        }
    }

    fn table(&self) -> Table {
        let head = |label: &str, numeric| Head {
            label: label.to_owned(),
            numeric,
        };
        let mut heads = vec![head(&self.label, false), head(&self.count, true)];
        heads.extend(self.value.as_ref().map(|name| head(name, true)));
        heads.extend([
            head(&self.rate, true),
            head("Interval", true),
            head("n", true),
        ]);
        let row = |(n, level): (usize, &Level)| {
            let mut cells = vec![text::one_line(&level.label), level.count.said.full.clone()];
            let value = level.value.as_ref().map(|v| v.full.clone());
            cells.extend(self.value.as_ref().map(|_| value.unwrap_or_default()));
            let next = self.next(n);
            cells.push(next.map(|p| p.rate.full.clone()).unwrap_or_default());
            cells.push(next.map(|p| p.interval.clone()).unwrap_or_default());
            cells.push(next.map(|p| bare(&p.n)).unwrap_or_default());
            cells
        };
        Table {
            heads,
            rows: self.levels.iter().enumerate().map(row).collect(),
        }
    }
}

/// The height of a passage, in em.
const PASSAGE: f64 = 1.9;

/// Draws a funnel. All levels are equally high, so that areas are as the counts are. Where room
/// is short, a passage shows its rate and n, or its rate alone; the tip and the table have all.
#[must_use]
pub fn funnel(data: &Funnel, room: Room) -> Scene {
    let room = Room::new(room.width, room.em);
    let (em, width) = (room.em, room.width);
    let mut sketch = Sketch::new(em);
    if data.levels.is_empty() || data.levels.iter().all(|level| level.count.minor <= 0) {
        return sketch.nothing(&data.about, width, data.table());
    }
    let labels = lines(data.levels.iter().map(|level| &level.label));
    let number = |level: &Level| {
        let value = level.value.as_ref().filter(|_| data.value.is_some());
        let value = value.map(|v| format!(" · {}", v.short)).unwrap_or_default();
        text::one_line(&format!("{}{value}", level.count.said.short))
    };
    let numbers: Vec<String> = data.levels.iter().map(number).collect();
    let layout = Rows::new(&sketch, (&labels, &numbers), width, (0.0, PASSAGE * em));
    let most = data
        .levels
        .iter()
        .map(|level| kept(level.count.minor))
        .max();
    let reach = layout.plot.1 - layout.plot.0;
    let scale = Linear::new((0, most.unwrap_or(1)), (0.0, reach));
    let middle = (layout.plot.0 + layout.plot.1) / 2.0;
    let half = |n: usize| {
        let length = scale.place(data.levels[n].count.minor);
        // Something is never shown as nothing.
        let least = if data.levels[n].count.minor > 0 {
            super::bar::LEAST_LENGTH
        } else {
            0.0
        };
        length.max(least) / 2.0
    };
    let level_height = layout.row - PASSAGE * em;
    for (n, level) in data.levels.iter().enumerate() {
        sketch.hit(n, layout.hit(n, level_height), level.key, data.tip(level));
        if let Some(passage) = data.next(n) {
            let y = layout.y(n) + level_height;
            let frame = Frame::new(layout.plot.0, y, reach, PASSAGE * em);
            sketch.hit_of(
                "passage",
                n,
                frame,
                passage.key,
                data.passage_tip(n, passage),
            );
        }
    }
    for n in 0..data.levels.len() {
        let y = layout.y(n) + layout.bar.0;
        if half(n) > 0.0 {
            let frame = Frame::new(middle - half(n), y, 2.0 * half(n), layout.bar.1);
            sketch.path("level", n, Look::Fill(1), super::path::rect(frame));
        }
        layout.words(&mut sketch, n, &labels[n], &numbers[n]);
        if n + 1 == data.levels.len() {
            continue;
        }
        let until = layout.y(n + 1) + layout.bar.0;
        let from = y + layout.bar.1;
        let sides = Path::default()
            .move_to(Point::new(middle - half(n), from))
            .line_to(Point::new(middle + half(n), from))
            .line_to(Point::new(middle + half(n + 1), until))
            .line_to(Point::new(middle - half(n + 1), until))
            .close();
        sketch.path("between", n, Look::Band(1), sides);
        if let Some(passage) = data.next(n) {
            let baseline = layout.y(n) + level_height + (PASSAGE / 2.0 + 0.35) * em;
            passage_words(&mut sketch, n, passage, Point::new(middle, baseline), reach);
        }
    }
    let height = layout.y(data.levels.len()) - PASSAGE * em + 0.4 * em;
    sketch.scene(&data.about, (width, height), data.table())
}

fn passage_words(sketch: &mut Sketch, n: usize, passage: &Passage, at: Point, room: f64) {
    let Passage {
        rate,
        n: of,
        interval,
        ..
    } = passage;
    let words = [
        format!("↓ {} ({interval}), {of}", rate.short),
        format!("↓ {}, {of}", rate.short),
        format!("↓ {}", rate.short),
    ];
    let fits = words.iter().find(|words| sketch.width(words) <= room);
    if let Some(words) = fits {
        sketch.words(("rate", n), at, Anchor::Middle, (words, Look::Label), room);
    }
}
