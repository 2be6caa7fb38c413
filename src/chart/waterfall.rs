//! A waterfall: from one amount to another, step by step.

use super::path::{self, Path};
use super::rows::{Rows, lines};
use super::scale::Linear;
use super::scene::{Frame, Head, Look, Point, Room, Scene, Table, Tip};
use super::sketch::Sketch;
use super::text;
use super::value::{About, Amount, Measure, Said, kept, span};

/// A bar: where it starts, what changes it, or where it ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What picking it means.
    pub key: Option<u64>,
    /// Its name.
    pub label: String,
    /// How much; of a step, how much more or less, with its sign in its words: "+€12k".
    pub amount: Amount,
    /// What it takes away was won: it is no loss.
    pub won: bool,
}

/// A waterfall.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waterfall {
    /// What it is about.
    pub about: About,
    /// What a bar is: "Reason".
    pub label: String,
    /// What is measured.
    pub measure: Measure,
    /// From where.
    pub start: Step,
    /// What changes it, in order.
    pub steps: Vec<Step>,
    /// To where.
    pub end: Step,
    /// What it is called that the steps do not explain, such as "Other". It is a bar of its
    /// own, only there when start and steps do not sum to the end.
    pub rest: String,
}

impl Waterfall {
    /// What the end comes to: the start and all steps, exactly.
    #[must_use]
    pub fn sum(&self) -> i128 {
        let steps = self.steps.iter().map(|step| kept(step.amount.minor));
        steps.fold(kept(self.start.amount.minor), i128::saturating_add)
    }

    /// The steps, none beyond the limit, with what they do not explain.
    fn all(&self) -> Vec<Step> {
        let mut steps = self.steps.clone();
        for step in &mut steps {
            step.amount.minor = kept(step.amount.minor);
        }
        let rest = kept(self.end.amount.minor).saturating_sub(self.sum());
        if rest != 0 {
            let words = self.measure.write.of(rest);
            let words = if rest > 0 { format!("+{words}") } else { words };
            steps.push(Step {
                key: None,
                label: self.rest.clone(),
                amount: Amount {
                    minor: rest,
                    said: Said::plain(words),
                },
                won: false,
            });
        }
        steps
    }
}

/// Draws a waterfall in rows from the start to the end. What is taken away is hatched besides
/// having another colour, unless it was won, and its number has a minus.
#[must_use]
pub fn waterfall(data: &Waterfall, room: Room) -> Scene {
    let room = Room::new(room.width, room.em);
    let mut sketch = Sketch::new(room.em);
    let steps = data.all();
    let mut bars: Vec<(&Step, i128, i128)> = vec![(&data.start, 0, kept(data.start.amount.minor))];
    let mut level = kept(data.start.amount.minor);
    for step in &steps {
        let from = level;
        level = level.saturating_add(step.amount.minor);
        bars.push((step, from, level));
    }
    bars.push((&data.end, 0, kept(data.end.amount.minor)));
    let table = table(data, &bars);
    if steps.is_empty() && data.start.amount.minor == 0 && data.end.amount.minor == 0 {
        return sketch.nothing(&data.about, room.width, table);
    }
    let labels = lines(bars.iter().map(|(step, ..)| &step.label));
    let numbers = lines(bars.iter().map(|(step, ..)| &step.amount.said.short));
    let layout = Rows::new(&sketch, (&labels, &numbers), room.width, (0.0, 0.0));
    let ends = span(bars.iter().flat_map(|(_, from, to)| [*from, *to]), true);
    let axis = layout.axis(ends, &data.measure);
    for (n, (step, ..)) in bars.iter().enumerate() {
        let tip = Tip {
            title: labels[n].clone(),
            lines: vec![(data.measure.name.clone(), step.amount.said.full.clone())],
        };
        sketch.hit(n, layout.hit(n, layout.row), step.key, tip);
    }
    let height = layout.draw_axis(&mut sketch, &axis, bars.len());
    for (n, (step, from, to)) in bars.iter().enumerate() {
        let y = layout.y(n) + layout.bar.0;
        // In a narrow room the words stand between two bars.
        if n + 1 < bars.len() && layout.wide {
            let x = axis.scale.place(*to);
            let next = layout.y(n + 1) + layout.bar.0;
            let link = Path::default()
                .move_to(Point::new(x, y))
                .line_to(Point::new(x, next + layout.bar.1));
            sketch.path("link", n, Look::Link, link);
        }
        let look = match (n > 0 && n + 1 < bars.len(), step.won, to > from) {
            (false, ..) => Look::Whole(8),
            (true, true, _) => Look::Won,
            (true, false, true) => Look::Gain,
            (true, false, false) => Look::Loss,
        };
        let across = (y, layout.bar.1);
        draw(&mut sketch, n, (*from, *to), across, &axis.scale, look);
        layout.words(&mut sketch, n, &labels[n], &numbers[n]);
    }
    sketch.scene(&data.about, (room.width, height), table)
}

fn draw(
    sketch: &mut Sketch,
    n: usize,
    (from, to): (i128, i128),
    (y, thick): (f64, f64),
    scale: &Linear,
    look: Look,
) {
    if from == to {
        return;
    }
    let (a, b) = (scale.place(from), scale.place(to));
    let length = (a - b).abs().max(super::bar::LEAST_LENGTH);
    let x = if to > from { a } else { a - length };
    let frame = Frame::new(x, y, length, thick);
    sketch.path("bar", n, look, path::rect(frame));
    if look == Look::Loss {
        let lines = path::hatch(frame, 2);
        if !lines.is_empty() {
            sketch.path("hatch", n, Look::Hatch, lines);
        }
    }
}

fn table(data: &Waterfall, bars: &[(&Step, i128, i128)]) -> Table {
    let head = |label: &String, numeric| Head {
        label: label.clone(),
        numeric,
    };
    let row = |(step, ..): &(&Step, i128, i128)| {
        vec![text::one_line(&step.label), step.amount.said.full.clone()]
    };
    Table {
        heads: vec![head(&data.label, false), head(&data.measure.name, true)],
        rows: bars.iter().map(row).collect(),
    }
}
