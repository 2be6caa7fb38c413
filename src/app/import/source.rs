//! From the bytes of a file to its cells, a slice at a time.

use super::plan::Source;
use crate::codec::csv::{
    self, Dialect, Encoding, Problem, Progress, Reader, check, decode, decode_as, sniff,
};
use std::sync::Arc;

/// What a person chose where our guess was wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// The character between two cells.
    pub delimiter: Option<u8>,
    /// Whether the first row names the columns.
    pub has_header: Option<bool>,
}

/// A file being read.
#[derive(Debug)]
pub struct Opening {
    name: String,
    reader: Reader,
    notes: Vec<Problem>,
    encoding: Encoding,
    dialect: Dialect,
}

impl Opening {
    /// Decodes the bytes and finds out how they are cut into cells.
    ///
    /// # Errors
    /// [`Problem`] says in a sentence why the file cannot be read at all.
    pub fn begin(name: &str, bytes: Vec<u8>, choices: Choices) -> Result<Self, Problem> {
        let decoded = match choices.encoding {
            Some(encoding) => decode_as(bytes, encoding)?,
            None => decode(bytes)?,
        };
        let mut notes: Vec<Problem> = decoded.note.into_iter().collect();
        let sniffed = sniff(&decoded.text);
        let mut dialect = sniffed.dialect;
        dialect.has_header = choices.has_header.unwrap_or(dialect.has_header);
        match choices.delimiter {
            Some(delimiter) => {
                dialect.delimiter = delimiter;
                notes.extend(check(&decoded.text, dialect));
            }
            None => notes.extend(sniffed.problems),
        }
        let reader = Reader::new(decoded.text, dialect)?;
        Ok(Self {
            name: name.to_owned(),
            reader,
            notes,
            encoding: decoded.encoding,
            dialect,
        })
    }

    /// Reads some more rows.
    ///
    /// # Errors
    /// [`Problem`] when the file has more than can be taken.
    pub fn step(&mut self, rows: usize) -> Result<Progress, Problem> {
        self.reader.step(rows)
    }

    /// What the bytes were read as.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How the text is cut into cells.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Reads the rest.
    ///
    /// # Errors
    /// As [`Opening::step`].
    pub fn finish(self) -> Result<Source, Problem> {
        let table = self.reader.finish()?;
        Ok(Source {
            name: self.name,
            table: Arc::new(table),
            notes: self.notes,
        })
    }
}

/// Reads a whole file at once.
///
/// # Errors
/// [`csv::Problem`] says in a sentence why it cannot be read.
pub fn read(name: &str, bytes: Vec<u8>) -> Result<Source, csv::Problem> {
    Opening::begin(name, bytes, Choices::default())?.finish()
}
