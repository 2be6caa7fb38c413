//! Which separator a text uses and whether its first row is a header.

use super::date::{DateOrder, parse_date};
use super::number::{DecimalStyle, parse_decimal};
use super::problem::{Problem, ProblemKind};
use super::read::Reader;
use super::value::is_blank;
use crate::domain::order::Order;

/// How a text is to be cut into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The ASCII character between two cells.
    pub delimiter: u8,
    /// Whether the first row names the columns.
    pub has_header: bool,
    /// Whether to take off the one `'` that [`super::Writer`] puts before text that a
    /// spreadsheet would run as a formula. Cells of other programs are guarded in the same
    /// way, or with a zero-width joiner, and lose that too.
    pub strip_guard: bool,
}

impl Default for Dialect {
    /// Commas, a header, guards taken off.
    fn default() -> Self {
        Self {
            delimiter: b',',
            has_header: true,
            strip_guard: true,
        }
    }
}

/// What [`sniff`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sniffed {
    /// The likeliest way to read the text.
    pub dialect: Dialect,
    /// How many columns most rows of the sample have.
    pub columns: usize,
    /// Doubts about it.
    pub problems: Vec<Problem>,
}

/// Separators that are tried, the commonest first.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Only the start of a text is looked at.
const SAMPLE_BYTES: usize = 256 * 1024;
const SAMPLE_ROWS: usize = 200;

/// Guesses separator and header from the first rows.
///
/// The separator is the one that gives the same number of cells, above one, on most rows,
/// with the first row counting most; quotes are respected. A first line `sep=;`, as Excel
/// writes and reads it, settles the question.
pub fn sniff(text: &str) -> Sniffed {
    let (sample, whole) = sample(text);
    if let Some((delimiter, _)) = declared(text) {
        let shape = Shape::of(sample, whole, delimiter);
        return found(sample, delimiter, shape.columns, Vec::new());
    }
    let mut ranked: Vec<(u8, Shape)> = CANDIDATES
        .iter()
        .map(|delimiter| (*delimiter, Shape::of(sample, whole, *delimiter)))
        .collect();
    ranked.order_by_key(|(_, shape)| std::cmp::Reverse(shape.rank()));
    let mut problems = Vec::new();
    let (delimiter, columns) = match ranked.as_slice() {
        [(best, shape), (next, other), ..] if shape.score > 0 => {
            if other.score * 10 > shape.score * 9 {
                problems.push(Problem::new(ProblemKind::UnsureDelimiter {
                    chosen: char::from(*best),
                    other: char::from(*next),
                }));
            }
            (*best, shape.columns)
        }
        _ => {
            let hint = other_separator(sample, whole);
            problems.push(Problem::new(ProblemKind::OneColumn { hint }));
            (b',', 1)
        }
    };
    found(sample, delimiter, columns, problems)
}

/// What speaks against reading the text with this separator, after a person chose it.
pub fn check(text: &str, dialect: Dialect) -> Vec<Problem> {
    let (sample, whole) = sample(text);
    let chosen = Shape::of(sample, whole, dialect.delimiter);
    let better = CANDIDATES
        .iter()
        .filter(|delimiter| **delimiter != dialect.delimiter)
        .map(|delimiter| (*delimiter, Shape::of(sample, whole, *delimiter)))
        .max_by_key(|(_, shape)| shape.rank())
        .filter(|(_, shape)| shape.score > 2 * chosen.score);
    let kind = match better {
        Some((better, shape)) => ProblemKind::WrongDelimiter {
            chosen: char::from(dialect.delimiter),
            better: char::from(better),
            columns: shape.columns,
        },
        None if chosen.columns == 1 => ProblemKind::OneColumn {
            hint: other_separator(sample, whole),
        },
        None => return Vec::new(),
    };
    vec![Problem::new(kind)]
}

/// The separator named by a first line `sep=…`, and where the next line begins.
pub(super) fn declared(text: &str) -> Option<(u8, usize)> {
    let bytes = text.as_bytes();
    let (head, rest) = bytes.split_at_checked(4)?;
    if !head.eq_ignore_ascii_case(b"sep=") {
        return None;
    }
    let (delimiter, line_end) = rest.split_first()?;
    let separates = delimiter.is_ascii()
        && !delimiter.is_ascii_alphanumeric()
        && !matches!(delimiter, b'"' | b'\r' | b'\n');
    match line_end {
        [b'\r', b'\n', ..] if separates => Some((*delimiter, 7)),
        [b'\r' | b'\n', ..] if separates => Some((*delimiter, 6)),
        _ => None,
    }
}

fn found(sample: &str, delimiter: u8, columns: usize, problems: Vec<Problem>) -> Sniffed {
    let dialect = Dialect {
        delimiter,
        has_header: first_row_is_header(sample, delimiter),
        ..Dialect::default()
    };
    Sniffed {
        dialect,
        columns,
        problems,
    }
}

/// The start of the text, and whether that is all of it.
fn sample(text: &str) -> (&str, bool) {
    let start = declared(text).map_or(0, |(_, next)| next);
    let text = text.get(start..).unwrap_or_default();
    if text.len() <= SAMPLE_BYTES {
        return (text, true);
    }
    let end = text.floor_char_boundary(SAMPLE_BYTES);
    (text.get(..end).unwrap_or_default(), false)
}

/// How regular the rows are when cut by one separator.
struct Shape {
    /// Cells on most rows.
    columns: usize,
    /// Per mille of rows with that many, halved when the first row is not one of them; 0 when
    /// there is one column only.
    score: usize,
}

impl Shape {
    fn of(sample: &str, whole: bool, delimiter: u8) -> Self {
        let widths = widths(sample, whole, delimiter);
        let times = |width: usize| widths.iter().filter(|other| **other == width).count();
        let first = widths.first().copied();
        let columns = widths
            .iter()
            .copied()
            .max_by_key(|width| (times(*width), first == Some(*width), *width))
            .unwrap_or(1);
        let mut score = times(columns) * 1000 / widths.len().max(1);
        if first != Some(columns) {
            score /= 2;
        }
        if columns == 1 {
            score = 0;
        }
        Self { columns, score }
    }

    fn rank(&self) -> (usize, usize) {
        // Small differences in regularity say less than the number of columns.
        (self.score / 50, self.columns)
    }
}

/// Cells of each row that is not blank.
fn widths(sample: &str, whole: bool, delimiter: u8) -> Vec<usize> {
    let mut widths = Vec::new();
    let (mut cells, mut in_quotes, mut at_start, mut row_empty) = (1, false, true, true);
    for byte in sample.bytes() {
        if in_quotes {
            // The second of two quotes opens the same cell again.
            in_quotes = byte != b'"';
            continue;
        }
        match byte {
            b'\r' | b'\n' => {
                if !row_empty {
                    widths.push(cells);
                }
                (cells, at_start, row_empty) = (1, true, true);
                if widths.len() == SAMPLE_ROWS {
                    return widths;
                }
                continue;
            }
            b'"' if at_start => in_quotes = true,
            _ if byte == delimiter => cells += 1,
            _ => {}
        }
        at_start = byte == delimiter || byte == b'"';
        row_empty = false;
    }
    if !row_empty && (whole || widths.is_empty()) {
        widths.push(cells);
    }
    widths
}

/// A character outside the usual separators that stands equally often on every line.
fn other_separator(sample: &str, whole: bool) -> Option<char> {
    const OTHERS: [u8; 8] = [b':', b'^', b'~', b'#', b'\\', b'\x1f', b'\x01', b' '];
    let mut lines: Vec<&str> = sample
        .split(['\n', '\r'])
        .filter(|l| !l.is_empty())
        .collect();
    if !whole {
        lines.pop();
    }
    lines.truncate(SAMPLE_ROWS);
    let (first, rest) = lines.split_first()?;
    let count = |line: &str, c: u8| line.bytes().filter(|byte| *byte == c).count();
    OTHERS
        .into_iter()
        .find(|c| {
            let times = count(first, *c);
            times > 0 && !rest.is_empty() && rest.iter().all(|line| count(line, *c) == times)
        })
        .map(char::from)
}

/// A header has names where the rows below have numbers, dates and addresses; when nothing
/// tells, there is one, as in every export.
fn first_row_is_header(sample: &str, delimiter: u8) -> bool {
    const ROWS: usize = 50;
    let dialect = Dialect {
        delimiter,
        has_header: false,
        strip_guard: true,
    };
    let Ok(mut reader) = Reader::new(sample.to_owned(), dialect) else {
        return true;
    };
    if reader.step(ROWS).is_err() {
        return true;
    }
    let table = reader.table();
    let Some(first) = table.row(0) else {
        return true;
    };
    let filled = first.cells().filter(|cell| !is_blank(cell)).count();
    let typed = first.cells().filter(|cell| is_typed(cell)).count();
    if typed * 2 > filled {
        return false;
    }
    let mut votes = 0_i32;
    for (column, name) in first.cells().enumerate() {
        let below = || table.column(column).skip(1).filter(|cell| !is_blank(cell));
        let count = below().count();
        let typed_below = below().filter(|cell| is_typed(cell)).count() * 10 >= count * 8;
        if count > 0 && typed_below {
            votes += if is_typed(name) { -1 } else { 1 };
        } else if !is_blank(name) && below().any(|cell| cell == name) {
            votes -= 1;
        }
    }
    votes >= 0
}

fn is_typed(cell: &str) -> bool {
    let is_address = cell.contains('@') || cell.contains("://");
    is_address
        || parse_decimal(cell, DecimalStyle::Point).is_ok()
        || parse_decimal(cell, DecimalStyle::Comma).is_ok()
        || parse_date(cell, DateOrder::DayFirst).is_ok()
        || parse_date(cell, DateOrder::MonthFirst).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(text: &str) -> (char, usize) {
        let sniffed = sniff(text);
        (char::from(sniffed.dialect.delimiter), sniffed.columns)
    }

    #[test]
    fn the_four_separators() {
        assert_eq!(delimiter("a,b,c\n1,2,3\n"), (',', 3));
        assert_eq!(delimiter("a\tb\tc\n1,5\t2\t3,5\n"), ('\t', 3));
        assert_eq!(delimiter("a|b\nx|y\n"), ('|', 2));
        assert_eq!(
            delimiter("name;value;date\nA;1,50;1.2.2024\nB;2,25;3.2.2024\n"),
            (';', 3)
        );
    }

    #[test]
    fn quotes_hide_separators() {
        assert_eq!(
            delimiter("a;b\n\"x,y,z\";\"1\n2\"\n\"p,q,r\";2\n"),
            (';', 2)
        );
        assert_eq!(delimiter("a,b\n\"say \"\"hi;\"\" now\",2\n"), (',', 2));
    }

    #[test]
    fn a_few_ragged_rows_do_not_matter() {
        let text = "a,b,c\n1,2,3\n1,2\n1,2,3\n1,2,3\nx;y;z,2,3\n";
        assert_eq!(delimiter(text), (',', 3));
        assert_eq!(delimiter("a,b,c\n1,2,3,4\n"), (',', 3));
    }

    #[test]
    fn excel_says_its_separator() {
        let sniffed = sniff("sep=;\r\na,b;c\r\n1;2\r\n");
        assert_eq!((sniffed.dialect.delimiter, sniffed.columns), (b';', 2));
        assert_eq!(declared("sep=\t\nx"), Some((b'\t', 6)));
        assert_eq!(declared("separate,x\n"), None);
        assert_eq!(declared("sep="), None);
        assert_eq!(declared("sep=a\nx"), None);
    }

    #[test]
    fn one_column_is_doubted() {
        let colon = sniff("name:value\na:1\nb:2\n");
        assert_eq!(
            colon.problems[0].kind,
            ProblemKind::OneColumn { hint: Some(':') }
        );
        let list = sniff("name\nAlpha Beta\nGamma\n");
        assert_eq!(list.problems[0].kind, ProblemKind::OneColumn { hint: None });
        assert_eq!(list.columns, 1);
    }

    #[test]
    fn two_separators_that_fit_are_said() {
        let sniffed = sniff("a|b,c|d\n1|2,3|4\n");
        let kind = ProblemKind::UnsureDelimiter {
            chosen: '|',
            other: ',',
        };
        assert_eq!(sniffed.problems[0].kind, kind);
        assert!(sniff("a,b\n1,2\n").problems.is_empty());
    }

    #[test]
    fn a_wrong_choice_is_said() {
        let chosen = |delimiter| Dialect {
            delimiter,
            ..Dialect::default()
        };
        let text = "a,b,c\n1,2,3\n4,5,6\n";
        let problems = check(text, chosen(b';'));
        assert_eq!(
            problems[0].to_string(),
            "The semicolon does not seem to be the separator of this file; the comma gives 3 columns on every line."
        );
        assert!(check(text, chosen(b',')).is_empty());
        let kind = ProblemKind::OneColumn { hint: None };
        assert_eq!(check("a\nb c\n", chosen(b',')), [Problem::new(kind)]);
    }

    #[test]
    fn headers_are_told_from_rows() {
        let has_header = |text: &str| sniff(text).dialect.has_header;
        assert!(has_header(
            "deal,value,close\nA,100,2024-01-02\nB,200,2024-01-03\n"
        ));
        assert!(!has_header("A,100,2024-01-02\nB,200,2024-01-03\n"));
        assert!(!has_header("Ann,ann@x.org,Sales\nBob,bob@x.org,Sales\n"));
        assert!(has_header("name,team\nAnn,Sales\nBob,Sales\n"));
        assert!(!has_header("Ann,Sales,Berlin\nBob,Sales,Berlin\n"));
        assert!(has_header("name,team\n"));
    }

    #[test]
    fn a_long_text_is_judged_by_its_start() {
        let mut text = String::from("a;b\n");
        while text.len() < 2 * SAMPLE_BYTES {
            text.push_str("ünïcode;2\n");
        }
        assert_eq!(delimiter(&text), (';', 2));
    }
}
