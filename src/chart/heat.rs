//! A heat map: a number for each pair of a row and a column.

use super::scene::{Anchor, Frame, Head, Look, Point, Room, Scene, Table, Tip};
use super::sketch::Sketch;
use super::value::{About, Amount, Said, kept, span};
use super::{names, path, text};

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What picking it means.
    pub key: Option<u64>,
    /// How much.
    pub amount: Amount,
    /// What else is said of it: name and value, such as n and an interval.
    pub more: Vec<(String, String)>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeatRow {
    /// Its name.
    pub label: String,
    /// Its cells, one for each column. An empty one has no number, which is not zero.
    pub cells: Vec<Option<Cell>>,
}

/// A heat map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heat {
    /// What it is about.
    pub about: About,
    /// What a row is: "Owner".
    pub label: String,
    /// What a number is: "Win rate".
    pub value: String,
    /// The names of the columns: at length and shortly.
    pub columns: Vec<Said>,
    /// The rows.
    pub rows: Vec<HeatRow>,
}

impl Cell {
    /// All that is said of it, for the table.
    fn at_length(&self) -> String {
        let more = self
            .more
            .iter()
            .map(|(name, value)| format!("{name} {value}"));
        let more: Vec<String> = more.collect();
        if more.is_empty() {
            return self.amount.said.full.clone();
        }
        format!("{} ({})", self.amount.said.full, more.join(", "))
    }
}

impl Heat {
    fn cells(&self) -> impl Iterator<Item = (usize, usize, &Cell)> {
        self.rows.iter().enumerate().flat_map(|(y, row)| {
            let cells = row.cells.iter().take(self.columns.len()).enumerate();
            cells.filter_map(move |(x, cell)| cell.as_ref().map(|cell| (y, x, cell)))
        })
    }

    /// The cells with the least and the greatest amount.
    fn ends(&self) -> Option<(&Cell, &Cell)> {
        let cells = || self.cells().map(|(_, _, cell)| cell);
        let low = cells().min_by_key(|cell| cell.amount.minor)?;
        let high = cells().max_by_key(|cell| cell.amount.minor)?;
        Some((low, high))
    }

    fn tip(&self, row: &HeatRow, column: usize, cell: &Cell) -> Tip {
        let mut lines = vec![(self.value.clone(), cell.amount.said.full.clone())];
        lines.extend(cell.more.iter().cloned());
        let column = text::one_line(&self.columns[column].full);
        Tip {
            title: format!("{}, {column}", text::one_line(&row.label)),
            lines,
        }
    }

    fn table(&self) -> Table {
        let head = |label: &String, numeric| Head {
            label: label.clone(),
            numeric,
        };
        let mut heads = vec![head(&self.label, false)];
        heads.extend(self.columns.iter().map(|column| head(&column.full, true)));
        let row = |row: &HeatRow| {
            let mut cells = vec![text::one_line(&row.label)];
            let cell = |n: usize| row.cells.get(n).and_then(Option::as_ref);
            let words = |n: usize| cell(n).map(Cell::at_length);
            cells.extend((0..self.columns.len()).map(|n| words(n).unwrap_or_default()));
            cells
        };
        Table {
            heads,
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

/// The step of the colour scale, 0 to 8, of an amount between the ends. The scale begins at
/// zero, or below it at the least amount.
fn step(minor: i128, (low, high): (i128, i128)) -> u8 {
    let (low, high) = (kept(low), kept(high));
    if low >= high {
        return 0;
    }
    // The limit times eight is far below 128 bits.
    ((kept(minor) - low) * 8 / (high - low)).clamp(0, 8) as u8
}

/// Draws a heat map. Numbers are written in the cells when all of them have room; where not,
/// they stand in the tips and the table.
#[must_use]
pub fn heat(data: &Heat, room: Room) -> Scene {
    let room = Room::new(room.width, room.em);
    let (em, width) = (room.em, room.width);
    let mut sketch = Sketch::new(em);
    let Some((least, most)) = data.ends() else {
        return sketch.nothing(&data.about, width, data.table());
    };
    let ends = span([least.amount.minor, most.amount.minor].into_iter(), true);
    let label = data
        .rows
        .iter()
        .map(|row| sketch.width(&text::one_line(&row.label)));
    let gutter = label.fold(0.0, f64::max).min(0.32 * width) + 0.7 * em;
    let count = data.columns.len();
    // Few columns do not become broad slabs.
    let breadth = ((width - gutter - 1.0) / count as f64).min(9.0 * em);
    let (top, row) = (1.9 * em, (2.1 * em).max(24.0));
    let frame = |y: usize, x: usize| {
        Frame::new(
            gutter + breadth * x as f64,
            top + row * y as f64,
            breadth,
            row,
        )
    };
    let room_of = breadth - 0.4 * em;
    let written = data
        .cells()
        .all(|(_, _, cell)| sketch.width(&text::one_line(&cell.amount.said.short)) <= room_of);
    // Without room for the beginnings of all names, they are numbered and told below.
    let numbers: Vec<String> = (1..=count).map(|n| n.to_string()).collect();
    let short = |n: usize| data.columns[n].short.as_str();
    let is_cut = |n: usize| sketch.width(&text::one_line(short(n))) > room_of;
    let numbered = breadth < LEAST_NAME * em && (0..count).any(is_cut);
    let name = |n: usize| {
        if numbered {
            numbers[n].as_str()
        } else {
            short(n)
        }
    };
    let middle = |n: usize| (gutter + breadth * (n as f64 + 0.5), name(n));
    let middles: Vec<(f64, &str)> = (0..count).map(middle).collect();
    let right = width.min(gutter + breadth * count as f64 + 2.0 * em);
    names::below(
        &mut sketch,
        ("column", Look::Head),
        &middles,
        (gutter, right),
        1.2 * em,
    );
    for (y, line) in data.rows.iter().enumerate() {
        let at = Point::new(gutter - 0.7 * em, frame(y, 0).y + row / 2.0 + 0.35 * em);
        sketch.words(
            ("label", y),
            at,
            Anchor::End,
            (&line.label, Look::Label),
            gutter - 0.7 * em,
        );
        for x in 0..count {
            let (number, place) = (y * count + x, frame(y, x));
            let Some(cell) = line.cells.get(x).and_then(Option::as_ref) else {
                sketch.path("missing", number, Look::Missing, path::rect(inner(place)));
                continue;
            };
            let look = Look::Heat(step(cell.amount.minor, ends));
            sketch.told(
                ("cell", number),
                look,
                path::rect(place),
                cell.key,
                data.tip(line, x, cell),
            );
            if written {
                let at = Point::new(place.x + breadth / 2.0, place.y + row / 2.0 + 0.35 * em);
                let words = (cell.amount.said.short.as_str(), Look::Number);
                sketch.words(("number", number), at, Anchor::Middle, words, room_of);
            }
        }
    }
    let y = top + row * data.rows.len() as f64 + 0.8 * em;
    let map = (gutter + breadth * count as f64).max(width.min(20.0 * em));
    scale(&mut sketch, (least, most), map.min(width), y);
    let mut end = y + 1.5 * em;
    if numbered {
        end = told_below(&mut sketch, &data.columns, end);
    }
    sketch.scene(&data.about, (width, end), data.table())
}

/// Columns narrower than this, in em, are numbered where their names are too long.
const LEAST_NAME: f64 = 4.5;

/// What the numbers over the columns stand for, one below the other; returns where it ends.
fn told_below(sketch: &mut Sketch, columns: &[Said], from: f64) -> f64 {
    let em = sketch.em;
    let mut y = from;
    for (n, column) in columns.iter().enumerate() {
        y += 1.4 * em;
        let words = format!("{}  {}", n + 1, text::one_line(&column.full));
        let room = sketch.width(&words);
        let at = Point::new(0.0, y);
        sketch.words(("told", n), at, Anchor::Start, (&words, Look::Label), room);
    }
    y + 0.6 * em
}

/// A cell without its edge; never less than nothing.
fn inner(frame: Frame) -> Frame {
    let by = 1.5_f64.min(frame.width / 2.0).min(frame.height / 2.0);
    Frame::new(
        frame.x + by,
        frame.y + by,
        frame.width - 2.0 * by,
        frame.height - 2.0 * by,
    )
}

/// What the colours mean: nine squares between the least and the greatest amount.
fn scale(sketch: &mut Sketch, (least, most): (&Cell, &Cell), width: f64, y: f64) {
    let em = sketch.em;
    let side = 0.9 * em;
    let squares = 9.0 * side;
    let (low, high) = (
        least.amount.minor.min(0) == least.amount.minor,
        most.amount.minor >= 0,
    );
    // The scale begins at zero when all amounts are above it, and ends there when below.
    let low = if low {
        text::one_line(&least.amount.said.short)
    } else {
        "0".into()
    };
    let high = if high {
        text::one_line(&most.amount.said.short)
    } else {
        "0".into()
    };
    let (before, after) = (sketch.width(&low), sketch.width(&high));
    if before + after + squares + em > width {
        return;
    }
    let right = width - after - 0.5 * em;
    let left = right - squares;
    for n in 0..9_u8 {
        let frame = Frame::new(left + side * f64::from(n), y, side, side);
        sketch.path("step", usize::from(n), Look::Heat(n), path::rect(frame));
    }
    let baseline = y + 0.85 * em;
    let at = Point::new(left - 0.5 * em, baseline);
    sketch.words(("least", 0), at, Anchor::End, (&low, Look::Tick), before);
    let at = Point::new(width, baseline);
    sketch.words(("most", 0), at, Anchor::End, (&high, Look::Tick), after);
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn the_scale_has_nine_steps_from_end_to_end() {
        assert_eq!((step(0, (0, 100)), step(100, (0, 100))), (0, 8));
        assert_eq!((step(-50, (-50, 50)), step(0, (-50, 50))), (0, 4));
        assert_eq!(step(0, (0, 0)), 0);
        assert_eq!(step(i128::MAX, (i128::MIN, i128::MAX)), 8);
    }
}
