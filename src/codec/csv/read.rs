//! The reader: a text becomes a [`Table`], a slice of rows at a time.
//!
//! RFC 4180 with what exports really hold: any of CRLF, CR and LF ends a line; blank lines are
//! skipped; rows may be too short or too long; a quote inside an unquoted cell is a
//! character; text after a closing quote belongs to the cell. Nothing is dropped in silence:
//! each departure is a [`Problem`] of the table.

use super::problem::{Problem, ProblemKind};
use super::sniff::{Dialect, declared};
use super::table::Table;
use super::write::guard_length;

/// The most that is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text; values from 2 GB up are taken as just under 2 GB.
    pub bytes: usize,
    /// Rows, the header not counted.
    pub rows: usize,
    /// Bytes of one cell.
    pub cell_bytes: usize,
    /// Cells of one row.
    pub columns: usize,
    /// Cells of the whole table, which take eight bytes each.
    pub cells: usize,
}

impl Default for Limits {
    /// 200 MB, 2,000,000 rows, 1 MB a cell, 1,000 columns, 50,000,000 cells.
    fn default() -> Self {
        Self {
            bytes: 200_000_000,
            rows: 2_000_000,
            cell_bytes: 1_000_000,
            columns: 1_000,
            cells: 50_000_000,
        }
    }
}

/// How far a [`Reader`] has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of text that have been read.
    pub done_bytes: usize,
    /// Bytes of text in all.
    pub total_bytes: usize,
    /// Rows so far, the header not counted.
    pub rows: usize,
    /// Whether the table is complete.
    pub finished: bool,
}

/// Reads a text in slices; between two calls of [`Reader::step`] the page can draw a frame.
///
/// The table does not depend on the sizes of the slices.
#[derive(Debug)]
pub struct Reader {
    table: Table,
    dialect: Dialect,
    limits: Limits,
    classes: [Class; 256],
    at: usize,
    /// The physical line at `at`, counted from 1.
    line: u32,
    named: bool,
    failed: Option<Problem>,
}

/// What a byte means outside quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Plain,
    Delimiter,
    LineBreak,
}

/// What stands after a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Cell,
    LineBreak,
    Nothing,
}

/// Reads a whole text at once.
///
/// # Errors
/// As [`Reader::new`] and [`Reader::step`].
pub fn read(text: String, dialect: Dialect) -> Result<Table, Problem> {
    Reader::new(text, dialect)?.finish()
}

impl Reader {
    /// Gets ready to read `text`.
    ///
    /// # Errors
    /// `TooLarge` for a text over 200 MB.
    pub fn new(text: String, dialect: Dialect) -> Result<Self, Problem> {
        Self::with_limits(text, dialect, Limits::default())
    }

    /// Gets ready to read `text` with limits other than the usual ones.
    ///
    /// # Errors
    /// `TooLarge` for a text over `limits.bytes`.
    pub fn with_limits(text: String, dialect: Dialect, limits: Limits) -> Result<Self, Problem> {
        // Offsets are kept in 31 bits.
        let limit = limits.bytes.min(i32::MAX as usize);
        if text.len() > limit {
            let bytes = text.len();
            return Err(Problem::new(ProblemKind::TooLarge { bytes, limit }));
        }
        let mut classes = [Class::Plain; 256];
        // A byte that is not ASCII is part of a character and separates nothing.
        if dialect.delimiter.is_ascii() {
            classes[usize::from(dialect.delimiter)] = Class::Delimiter;
        }
        classes[usize::from(b'\n')] = Class::LineBreak;
        classes[usize::from(b'\r')] = Class::LineBreak;
        let (at, line) = declared(&text).map_or((0, 1), |(_, next)| (next, 2));
        let table = Table::over(text);
        Ok(Self {
            table,
            dialect,
            limits,
            classes,
            at,
            line,
            named: false,
            failed: None,
        })
    }

    /// Reads at most `max_rows` more rows, but at least one; the header and blank lines count.
    ///
    /// # Errors
    /// When a limit is passed; every later call then fails in the same way.
    pub fn step(&mut self, max_rows: usize) -> Result<Progress, Problem> {
        if let Some(problem) = &self.failed {
            return Err(problem.clone());
        }
        for _ in 0..max_rows.max(1) {
            if self.at >= self.table.text().len() {
                break;
            }
            if let Err(problem) = self.row() {
                self.failed = Some(problem.clone());
                return Err(problem);
            }
        }
        Ok(self.progress())
    }

    /// What has been read so far.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Reads the rest.
    ///
    /// # Errors
    /// As [`Reader::step`].
    pub fn finish(mut self) -> Result<Table, Problem> {
        while !self.step(usize::MAX)?.finished {}
        Ok(self.table)
    }

    fn progress(&self) -> Progress {
        let total_bytes = self.table.text().len();
        Progress {
            done_bytes: self.at,
            total_bytes,
            rows: self.table.len(),
            finished: self.at >= total_bytes,
        }
    }

    fn row(&mut self) -> Result<(), Problem> {
        let (start, line) = (self.at, self.line);
        let first_span = self.table.span_count();
        loop {
            let column = self.table.span_count() - first_span;
            if column == self.limits.columns {
                let limit = self.limits.columns;
                return Err(Problem::on_line(
                    line,
                    ProblemKind::TooManyColumns { limit },
                ));
            }
            match self.cell(column)? {
                After::Cell => {}
                After::LineBreak | After::Nothing => break,
            }
        }
        let found = self.table.span_count() - first_span;
        if found == 1 && self.is_blank(start) {
            self.table.drop_blank(first_span);
            return Ok(());
        }
        self.end_row(first_span, found, line)
    }

    fn end_row(&mut self, first_span: usize, found: usize, line: u32) -> Result<(), Problem> {
        if !self.named {
            self.named = true;
            if self.dialect.has_header {
                self.table.take_header(first_span, line);
                return Ok(());
            }
            self.table.number_columns(found);
        }
        if self.table.len() == self.limits.rows {
            let limit = self.limits.rows;
            return Err(Problem::on_line(line, ProblemKind::TooManyRows { limit }));
        }
        if self.table.span_count() > self.limits.cells {
            let limit = self.limits.cells;
            return Err(Problem::on_line(line, ProblemKind::TooManyCells { limit }));
        }
        let expected = self.table.columns();
        if found != expected {
            let kind = ProblemKind::Ragged { expected, found };
            self.table.report(Problem::on_line(line, kind));
        }
        self.table.end_row(first_span, line);
        Ok(())
    }

    /// Whether the line from `start` to here holds white space only. (A cell of white space
    /// in quotes is a cell.)
    fn is_blank(&self, start: usize) -> bool {
        let line = self.table.text().get(start..self.at).unwrap_or_default();
        line.trim().is_empty()
    }

    fn cell(&mut self, column: usize) -> Result<After, Problem> {
        if self.table.text().as_bytes().get(self.at) == Some(&b'"') {
            return self.quoted_cell(column);
        }
        let end = self.plain_end(self.at);
        self.check_length(end - self.at, column, false)?;
        self.push(self.at, end);
        Ok(self.pass(end))
    }

    fn quoted_cell(&mut self, column: usize) -> Result<After, Problem> {
        let opened = self.at;
        let inside = opened + 1;
        let Some((close, has_doubled)) = self.closing_quote(inside, column)? else {
            let kind = ProblemKind::UnclosedQuote;
            self.table.report(Problem::in_cell(self.line, column, kind));
            let end = self.plain_end(opened);
            self.push(opened, end);
            return Ok(self.pass(end));
        };
        let end = self.plain_end(close + 1);
        // The closing quote itself is no part of the cell.
        self.check_length(end - inside - 1, column, false)?;
        if end > close + 1 {
            let kind = ProblemKind::TextAfterQuote;
            self.table.report(Problem::in_cell(self.line, column, kind));
        }
        let content = self.table.text().get(inside..close).unwrap_or_default();
        let breaks = line_breaks(content);
        if has_doubled || end > close + 1 {
            let mut cell = content.replace("\"\"", "\"");
            cell.push_str(self.table.text().get(close + 1..end).unwrap_or_default());
            let guard = self.guard(&cell);
            self.table.push_copy(cell.get(guard..).unwrap_or_default());
        } else {
            self.push(inside, close);
        }
        self.line += breaks;
        Ok(self.pass(end))
    }

    /// Position of the quote that closes a cell whose content starts at `from`, and whether
    /// there are doubled quotes before it; `None` when there is no such quote.
    fn closing_quote(&self, from: usize, column: usize) -> Result<Option<(usize, bool)>, Problem> {
        let bytes = self.table.text().as_bytes();
        let (mut at, mut has_doubled) = (from, false);
        // The search ends where the cell would be too long, so that a quote that is never
        // closed costs no more than that.
        let window_end = bytes.len().min(from + self.limits.cell_bytes + 1);
        loop {
            let window = bytes.get(at..window_end).unwrap_or_default();
            let Some(offset) = window.iter().position(|byte| *byte == b'"') else {
                break;
            };
            if bytes.get(at + offset + 1) != Some(&b'"') {
                return Ok(Some((at + offset, has_doubled)));
            }
            has_doubled = true;
            at += offset + 2;
        }
        if window_end < bytes.len() {
            self.check_length(window_end - from, column, true)?;
        }
        Ok(None)
    }

    /// Where the unquoted text starting at `from` ends.
    fn plain_end(&self, from: usize) -> usize {
        let bytes = self.table.text().as_bytes();
        let rest = bytes.get(from..).unwrap_or_default();
        let length = rest
            .iter()
            .position(|byte| self.classes[usize::from(*byte)] != Class::Plain);
        length.map_or(bytes.len(), |length| from + length)
    }

    fn check_length(&self, length: usize, column: usize, in_quotes: bool) -> Result<(), Problem> {
        let limit = self.limits.cell_bytes;
        if length <= limit {
            return Ok(());
        }
        let kind = ProblemKind::CellTooLarge { limit, in_quotes };
        Err(Problem::in_cell(self.line, column, kind))
    }

    fn push(&mut self, start: usize, end: usize) {
        let guard = self.guard(self.table.text().get(start..end).unwrap_or_default());
        self.table.push_text(start + guard, end);
    }

    fn guard(&self, cell: &str) -> usize {
        if self.dialect.strip_guard {
            guard_length(cell)
        } else {
            0
        }
    }

    /// Steps over what ends a cell.
    fn pass(&mut self, end: usize) -> After {
        let bytes = self.table.text().as_bytes();
        let Some(byte) = bytes.get(end) else {
            self.at = end;
            return After::Nothing;
        };
        self.at = end + 1;
        if self.classes[usize::from(*byte)] == Class::Delimiter {
            return After::Cell;
        }
        if *byte == b'\r' && bytes.get(self.at) == Some(&b'\n') {
            self.at += 1;
        }
        self.line += 1;
        After::LineBreak
    }
}

/// Line breaks in a text: each of CRLF, CR and LF is one.
fn line_breaks(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let ends = |index: usize, byte: u8| match byte {
        b'\n' => true,
        b'\r' => bytes.get(index + 1) != Some(&b'\n'),
        _ => false,
    };
    let breaks = bytes
        .iter()
        .enumerate()
        .filter(|(index, byte)| ends(*index, **byte));
    u32::try_from(breaks.count()).unwrap_or(u32::MAX)
}
