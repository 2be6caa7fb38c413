//! Comma-separated values, both ways, with every doubt said aloud.
//!
//! The way in: bytes → [`decode`] (which encoding) → [`sniff`] (which delimiter, is there a
//! header) → [`Reader`] (rows, a slice at a time) → [`Table`] → the `parse_*` functions, one
//! cell at a time, each of which says in a sentence why a cell cannot be read. The way out:
//! [`Writer`]. `Writer` then `Reader` gives back the same cells, whatever they hold.
//!
//! Why the parser is our own and not the `csv` crate: a file is read in slices between
//! frames, so the state must be resumable; every problem must name the physical line where a
//! row began (also after cells with line breaks in them) and where a quote was opened; a quote
//! that is never closed must cost one cell and not the rest of the file; and cells should stay
//! ranges of the text that is in memory anyway. `csv-core` offers the first of these only.
//!
//! Nothing here knows what a deal is.

mod currency;
mod date;
mod decode;
mod number;
mod problem;
mod read;
mod sniff;
mod table;
mod value;
mod write;

pub use currency::CurrencyMark;
pub use date::{DateGuess, DateOrder, Moment, guess_date_order, parse_date, parse_moment};
pub use decode::{Decoded, Encoding, decode, decode_as};
pub use number::{
    Amount, Decimal, DecimalGuess, DecimalStyle, Rounding, guess_decimal_style, parse_amount,
    parse_decimal, to_minor,
};
pub use problem::{FileKind, Place, Problem, ProblemKind, Severity};
pub use read::{Limits, Progress, Reader, read};
pub use sniff::{Dialect, Sniffed, check, sniff};
pub use table::{Row, Table};
pub use value::{PercentScale, guess_percent_scale, is_blank, parse_bool, parse_percent};
pub use write::{WriteStyle, Writer};

/// How a cell is quoted inside a sentence: shortened, with line breaks made visible.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = text.chars().take(LONGEST).map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}

/// Control characters would break the sentence they are shown in.
fn visible(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// `1 row`, `2 rows`, `2,000,000 rows`.
fn counted(count: usize, thing: &str) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let plural = if count == 1 { "" } else { "s" };
    format!("{grouped} {thing}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_as_english() {
        assert_eq!(counted(1, "row"), "1 row");
        assert_eq!(counted(999, "row"), "999 rows");
        assert_eq!(counted(2_000_000, "row"), "2,000,000 rows");
    }

    #[test]
    fn long_cells_are_shortened_in_sentences() {
        assert_eq!(quoted("a\nb"), "“a b”");
        assert_eq!(quoted(&"x".repeat(41)).chars().count(), 43);
    }
}
