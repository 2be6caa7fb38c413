//! The cells of a file, kept as ranges of its text.

use super::problem::{Problem, ProblemKind};

/// Rows and columns of text.
///
/// A cell costs eight bytes beside the text it points into; only cells with doubled quotes
/// are copied.
#[derive(Debug, Default)]
pub struct Table {
    /// The text of the file.
    text: String,
    /// Cells that do not stand in the text as such.
    arena: String,
    header: Vec<String>,
    spans: Vec<Span>,
    rows: Vec<RowStart>,
    blank_lines: usize,
    problems: Vec<Problem>,
    problem_count: usize,
}

/// Where a cell's text is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// Byte offset; with [`IN_ARENA`] set it counts from the start of the arena.
    start: u32,
    length: u32,
}

/// Texts are shorter than 2 GB (see `Reader::with_limits`), so the highest bit is free.
const IN_ARENA: u32 = 1 << 31;

#[derive(Debug, Clone, Copy)]
struct RowStart {
    /// Index of its first span.
    span: u32,
    line: u32,
}

/// One row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    spans: &'a [Span],
    line: u32,
}

impl Table {
    /// Problems beyond this number are only counted.
    const KEPT_PROBLEMS: usize = 1_000;

    /// Names of the columns: trimmed, none empty, no two alike. Without a header in the
    /// file they are `Column 1`, `Column 2` and so on.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Number of columns of the header; single rows may have more or fewer.
    pub fn columns(&self) -> usize {
        self.header.len()
    }

    /// Number of rows, the header not counted.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row below the header.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at this index, counted from 0 below the header.
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        let start = self.rows.get(index)?;
        let end = match self.rows.get(index + 1) {
            Some(next) => next.span as usize,
            None => self.spans.len(),
        };
        Some(Row {
            table: self,
            spans: self.spans.get(start.span as usize..end)?,
            line: start.line,
        })
    }

    /// All rows in the order of the file.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = Row<'_>> + ExactSizeIterator {
        (0..self.rows.len()).map(|index| {
            // `index` is below `rows.len()`, so the fallback is never taken.
            self.row(index).unwrap_or(Row {
                table: self,
                spans: &[],
                line: 0,
            })
        })
    }

    /// One cell; `None` where the row is missing or too short.
    pub fn cell(&self, row: usize, column: usize) -> Option<&str> {
        self.row(row)?.get(column)
    }

    /// One column from top to bottom, with `""` where a row is too short.
    pub fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows()
            .map(move |row| row.get(column).unwrap_or_default())
    }

    /// Index of the column with exactly this name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|other| other == name)
    }

    /// Lines that hold nothing and were skipped.
    pub fn blank_lines(&self) -> usize {
        self.blank_lines
    }

    /// What is odd about the file, in its order; the first 1,000 at most.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How many problems there are, including those beyond the first 1,000.
    pub fn problem_count(&self) -> usize {
        self.problem_count
    }

    /// No rows yet, over this text.
    pub(super) fn over(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn report(&mut self, problem: Problem) {
        self.problem_count += 1;
        if self.problems.len() < Self::KEPT_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Cells so far, including those of a row that is being read.
    pub(super) fn span_count(&self) -> usize {
        self.spans.len()
    }

    pub(super) fn push_text(&mut self, start: usize, end: usize) {
        self.spans.push(Span::new(start, end - start, 0));
    }

    pub(super) fn push_copy(&mut self, cell: &str) {
        self.spans
            .push(Span::new(self.arena.len(), cell.len(), IN_ARENA));
        self.arena.push_str(cell);
    }

    /// Makes the cells from `first_span` on a row.
    pub(super) fn end_row(&mut self, first_span: usize, line: u32) {
        let span = u32::try_from(first_span).unwrap_or(u32::MAX);
        self.rows.push(RowStart { span, line });
    }

    /// Forgets the cells from `first_span` on: the line was blank.
    pub(super) fn drop_blank(&mut self, first_span: usize) {
        self.spans.truncate(first_span);
        self.blank_lines += 1;
    }

    /// Makes the cells from `first_span` on the header.
    pub(super) fn take_header(&mut self, first_span: usize, line: u32) {
        let names: Vec<String> = self
            .spans
            .drain(first_span..)
            .collect::<Vec<_>>()
            .into_iter()
            .map(|span| self.resolve(span).trim().to_owned())
            .collect();
        for (column, name) in names.into_iter().enumerate() {
            let given = self.unused_name(&name, column);
            if name.is_empty() {
                let given = given.clone();
                let kind = ProblemKind::EmptyName { given };
                self.report(Problem::in_cell(line, column, kind));
            } else if given != name {
                let given = given.clone();
                let kind = ProblemKind::DuplicateName { name, given };
                self.report(Problem::in_cell(line, column, kind));
            }
            self.header.push(given);
        }
    }

    /// Names the columns of a file without a header after its first row.
    pub(super) fn number_columns(&mut self, columns: usize) {
        self.header = (1..=columns).map(|n| format!("Column {n}")).collect();
    }

    fn unused_name(&self, name: &str, column: usize) -> String {
        let name = match name {
            "" => format!("Column {}", column + 1),
            name => name.to_owned(),
        };
        if self.find(&name).is_none() {
            return name;
        }
        // At most as many names are taken as there are columns before this one.
        (2..=column + 2)
            .map(|n| format!("{name} ({n})"))
            .find(|candidate| self.find(candidate).is_none())
            .unwrap_or(name)
    }

    fn resolve(&self, span: Span) -> &str {
        let (store, start) = match span.start & IN_ARENA {
            0 => (&self.text, span.start),
            _ => (&self.arena, span.start & !IN_ARENA),
        };
        let start = start as usize;
        // Spans are only made by the reader, at ASCII bytes of the same text.
        store
            .get(start..start + span.length as usize)
            .unwrap_or_default()
    }
}

impl Span {
    fn new(start: usize, length: usize, flag: u32) -> Self {
        // Both fit: the reader refuses texts of 2 GB and more, and copies are not longer.
        let fit = |n: usize| u32::try_from(n).unwrap_or(0);
        Self {
            start: fit(start) | flag,
            length: fit(length),
        }
    }
}

impl<'a> Row<'a> {
    /// The physical line on which the row starts, counted from 1.
    pub fn line(self) -> u32 {
        self.line
    }

    /// Number of cells, which may differ from the number of columns.
    pub fn width(self) -> usize {
        self.spans.len()
    }

    /// Whether all its cells are blank.
    pub fn is_blank(self) -> bool {
        self.cells().all(|cell| cell.trim().is_empty())
    }

    /// One cell, as it stands in the file; `None` when the row is too short.
    pub fn get(self, column: usize) -> Option<&'a str> {
        self.spans.get(column).map(|span| self.table.resolve(*span))
    }

    /// Its cells from left to right.
    pub fn cells(self) -> impl DoubleEndedIterator<Item = &'a str> + ExactSizeIterator {
        self.spans.iter().map(move |span| self.table.resolve(*span))
    }
}
