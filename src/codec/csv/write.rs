//! The writer: rows out, as RFC 4180 has them, safe to open in a spreadsheet.
//!
//! A spreadsheet runs text that begins with `=`, `+`, `-`, `@`, a tab or a line break as a
//! formula, so such text gets a `'` in front (OWASP, "CSV Injection"; ASVS 1.2.10). Text that
//! itself looks guarded gets another one, so that the reader can take off exactly one and
//! nothing is lost. Numbers and dates are written by functions of their own and stay as they
//! are, negative ones too.

use std::fmt::{Display, Write as _};

use chrono::NaiveDate;

use super::number::Decimal;

/// How a file is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteStyle {
    /// The ASCII character between two cells.
    pub delimiter: u8,
    /// Whether to keep spreadsheets from running text as formulas.
    pub guard: bool,
    /// Whether to begin with a byte order mark, without which Excel does not see that the
    /// file is UTF-8.
    pub bom: bool,
}

impl Default for WriteStyle {
    /// Commas, guarded, with a byte order mark.
    fn default() -> Self {
        Self {
            delimiter: b',',
            guard: true,
            bom: true,
        }
    }
}

/// Writes cells from left to right and rows from top to bottom.
///
/// A row without cells cannot be told from a blank line and is left out.
#[derive(Debug)]
pub struct Writer {
    out: String,
    style: WriteStyle,
    row_start: usize,
    cells: usize,
}

impl Writer {
    /// An empty file.
    pub fn new(style: WriteStyle) -> Self {
        let out = String::from(if style.bom { "\u{feff}" } else { "" });
        Self {
            row_start: out.len(),
            out,
            style,
            cells: 0,
        }
    }

    /// A cell of text, guarded if the style says so.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.separate();
        let guarded = self.style.guard && looks_runnable(text);
        let quoted = guarded || self.needs_quotes(text);
        if quoted {
            self.out.push('"');
        }
        if guarded {
            self.out.push('\'');
        }
        for (index, part) in text.split('"').enumerate() {
            if index > 0 {
                self.out.push_str("\"\"");
            }
            self.out.push_str(part);
        }
        if quoted {
            self.out.push('"');
        }
        self
    }

    /// A cell with a decimal number, with a decimal point.
    pub fn decimal(&mut self, value: Decimal) -> &mut Self {
        self.plain(value)
    }

    /// A cell with a whole number.
    pub fn int(&mut self, value: i64) -> &mut Self {
        self.plain(value)
    }

    /// A cell with a date as `YYYY-MM-DD`.
    pub fn date(&mut self, date: NaiveDate) -> &mut Self {
        self.plain(date)
    }

    /// A cell with nothing in it.
    pub fn empty(&mut self) -> &mut Self {
        self.plain("")
    }

    /// Ends the row.
    pub fn end_row(&mut self) -> &mut Self {
        if self.cells == 0 {
            return self;
        }
        if self.out.len() == self.row_start {
            // One empty cell; without quotes it would be a blank line.
            self.out.push_str("\"\"");
        }
        self.out.push_str("\r\n");
        self.row_start = self.out.len();
        self.cells = 0;
        self
    }

    /// Bytes so far.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether there is no cell yet.
    pub fn is_empty(&self) -> bool {
        self.row_start <= '\u{feff}'.len_utf8() && self.cells == 0
    }

    /// The whole file; a row that was not ended is ended.
    pub fn finish(mut self) -> String {
        self.end_row();
        self.out
    }

    fn plain(&mut self, value: impl Display) -> &mut Self {
        self.separate();
        // Writing to a string cannot fail.
        let _ = write!(self.out, "{value}");
        self
    }

    fn separate(&mut self) {
        if self.cells > 0 {
            self.out.push(char::from(self.style.delimiter));
        }
        self.cells += 1;
    }

    fn needs_quotes(&self, text: &str) -> bool {
        let delimiter = self.style.delimiter;
        let special = |byte: u8| matches!(byte, b'"' | b'\r' | b'\n') || byte == delimiter;
        // At the start of a file these would name the separator or the encoding.
        let head = text.get(..4).unwrap_or_default();
        let declares = head.eq_ignore_ascii_case("sep=") || text.starts_with('\u{feff}');
        // Other programs trim cells.
        let has_edges = text.trim().len() < text.len();
        text.bytes().any(special) || has_edges || declares
    }
}

/// Characters that other programs and we put before a formula to disarm it.
const GUARDS: [char; 2] = ['\'', '\u{200d}'];

/// Whether a spreadsheet may run the text as a formula, or the reader would take it for
/// guarded.
fn looks_runnable(text: &str) -> bool {
    let bare = text.trim_start_matches(GUARDS);
    // The full-width forms are what some input methods and spreadsheets take for the same.
    matches!(
        bare.chars().next(),
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    )
}

/// Bytes of the guard in front of a cell, 0 if there is none.
pub(super) fn guard_length(cell: &str) -> usize {
    match cell.chars().next() {
        Some(first) if GUARDS.contains(&first) && looks_runnable(cell) => first.len_utf8(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare() -> WriteStyle {
        WriteStyle {
            bom: false,
            ..WriteStyle::default()
        }
    }

    #[test]
    fn only_what_needs_quotes_gets_them() {
        let mut writer = Writer::new(bare());
        writer
            .text("plain")
            .text("a,b")
            .text("say \"hi\"")
            .end_row();
        writer.text("two\nlines").text(" edge").text("").end_row();
        writer.text("").end_row();
        writer.end_row();
        assert_eq!(
            writer.finish(),
            "plain,\"a,b\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",\" edge\",\r\n\"\"\r\n"
        );
    }

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        let mut writer = Writer::new(bare());
        writer
            .text("=1+1")
            .text("-5")
            .text("'=x")
            .text("it's")
            .end_row();
        writer.int(-5).decimal(Decimal {
            units: -1250,
            scale: 2,
        });
        writer
            .date(NaiveDate::from_ymd_opt(2026, 3, 1).unwrap())
            .empty();
        assert_eq!(
            writer.finish(),
            "\"'=1+1\",\"'-5\",\"''=x\",it's\r\n-5,-12.50,2026-03-01,\r\n"
        );
    }

    #[test]
    fn the_mark_and_the_delimiter_are_as_asked() {
        let mut writer = Writer::new(WriteStyle {
            delimiter: b';',
            guard: false,
            bom: true,
        });
        assert!(writer.is_empty());
        writer.text("a,b").text("c;d").text("=x");
        assert!(!writer.is_empty());
        assert_eq!(writer.finish(), "\u{feff}a,b;\"c;d\";=x\r\n");
    }

    #[test]
    fn guards_are_measured_only_before_a_formula() {
        assert_eq!(guard_length("'=x"), 1);
        assert_eq!(guard_length("''-x"), 1);
        assert_eq!(guard_length("\u{200d}@x"), 3);
        assert_eq!(guard_length("'tis"), 0);
        assert_eq!(guard_length("=x"), 0);
        assert_eq!(guard_length("'"), 0);
    }
}
