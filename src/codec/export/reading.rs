//! Reading an exported file: step by step, and with a place for whatever is wrong.

use crate::codec::place::{self, Place};
use crate::codec::wire::{self, Part, VERSION, WireError, Written};
use crate::domain::change::Change;
use serde::Deserialize;

/// How each record begins that this version has written. A line of version 1 is written anew
/// on its way into the log, though it could be read there as it is: then whatever this page
/// writes is of its own version, and an older page beside it stops at the first record it
/// comes to. Taken over, a line that says 1 and has later words in it, as no page has written
/// it but a person may, would be nonsense to that page instead.
const BEGINNING: &str = "{\"v\":2,\"at\":";

/// The largest file taken, in bytes.
pub const MAX_BYTES: usize = 512 * 1024 * 1024;

/// Why a file cannot be taken. Nothing has been taken from it then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing in it.
    #[error("The file is empty.")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("The file is larger than 512 MB, which no Fairlead file is.")]
    TooLarge,
    /// Something else altogether.
    #[error("This is {0}, not a Fairlead file.")]
    Other(&'static str),
    /// JSON, but not ours.
    #[error(
        "This is a JSON file, but not one that Fairlead exported: its first part should say \"format\":\"fairlead\"."
    )]
    NotOurs,
    /// Not UTF-8.
    #[error(
        "The file is not UTF-8 text (line {line}, column {column}). Fairlead files always are."
    )]
    NotText {
        /// From 1.
        line: usize,
        /// In characters, from 1.
        column: usize,
    },
    /// From a newer Fairlead.
    #[error(
        "This file was written by a newer Fairlead (format {0}; this page knows up to {VERSION}). Reload the page to get the newest one."
    )]
    Newer(u32),
    /// Stops before its end.
    #[error(
        "The file ends in the middle (line {line}, column {column}). It may not have been copied whole."
    )]
    Cut {
        /// From 1.
        line: usize,
        /// In characters, from 1.
        column: usize,
    },
    /// Broken.
    #[error("The file is damaged at line {line}, column {column}: {message}.")]
    Broken {
        /// From 1.
        line: usize,
        /// In characters, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// A change of several parts lacks some.
    #[error("The file lacks parts of {0}. It may not have been copied whole.")]
    Missing(String),
}

/// A file being read, step by step.
#[derive(Debug)]
pub struct Reading {
    text: String,
    /// The byte to go on from.
    at: usize,
    parts: Vec<Part>,
    /// The records as the log keeps them, when they are asked for.
    records: Option<Vec<Written>>,
    layout: Layout,
}

/// How the records lie in the file.
#[derive(Debug)]
enum Layout {
    /// Each on a line of its own, as this program writes them.
    Lines,
    /// Anyhow, as another program has laid them out: where each begins and ends, the last
    /// one first.
    Anyhow(Vec<(usize, usize)>),
}

/// How far a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read.
    pub done: usize,
    /// Bytes in all.
    pub total: usize,
    /// Nothing left to read.
    pub finished: bool,
}

#[derive(Deserialize)]
struct Head {
    format: Option<String>,
    version: Option<u32>,
}

impl Head {
    /// The version, when the file is one of ours.
    fn ours(self) -> Option<u32> {
        self.version
            .filter(|_| self.format.as_deref() == Some("fairlead"))
    }
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Whole<'a> {
    #[serde(borrow)]
    changes: Vec<&'a serde_json::value::RawValue>,
}

impl Reading {
    /// Looks at a file's bytes: is it one of ours, of a version we know?
    ///
    /// # Errors
    /// [`ImportError`] when not.
    pub fn begin(bytes: Vec<u8>) -> Result<Self, ImportError> {
        if bytes.len() > MAX_BYTES {
            return Err(ImportError::TooLarge);
        }
        if let Some(kind) = other_kind(&bytes) {
            return Err(ImportError::Other(kind));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let cut = error.utf8_error().error_len().is_none();
            let good = String::from_utf8_lossy(&error.as_bytes()[..at]);
            let Place { line, column } = Place::of(&good, at);
            match cut {
                true => ImportError::Cut { line, column },
                false => ImportError::NotText { line, column },
            }
        })?;
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        if text.trim().is_empty() {
            return Err(ImportError::Empty);
        }
        let (at, layout) = match first_line(&text) {
            Some(version) => {
                known(version)?;
                let end = text.find('\n').map_or(text.len(), |n| n + 1);
                (end, Layout::Lines)
            }
            None => (0, Layout::Anyhow(records(&text)?)),
        };
        Ok(Self {
            text,
            at,
            parts: Vec::new(),
            records: None,
            layout,
        })
    }

    /// Also prepares the records for the log while reading; see [`Reading::finish_for_log`].
    #[must_use]
    pub fn for_log(mut self) -> Self {
        self.records = Some(Vec::new());
        self
    }

    /// Reads on, about `budget` bytes.
    ///
    /// # Errors
    /// [`ImportError`] says what is wrong and where.
    pub fn step(&mut self, budget: usize) -> Result<Progress, ImportError> {
        let stop = self.at.saturating_add(budget);
        while self.at < stop {
            let finished = match self.layout {
                Layout::Lines => self.read_line()?,
                Layout::Anyhow(_) => self.read_next()?,
            };
            if finished {
                return Ok(self.progress(true));
            }
        }
        Ok(self.progress(false))
    }

    /// Reads a line; says whether it was the last.
    fn read_line(&mut self) -> Result<bool, ImportError> {
        let Some(rest) = self.text.get(self.at..).filter(|rest| !rest.is_empty()) else {
            let Place { line, column } = Place::of(&self.text, self.text.len());
            return Err(ImportError::Cut { line, column });
        };
        let end = rest.find('\n').unwrap_or(rest.len());
        let line = rest[..end].trim_end();
        let after = rest[end..].trim_start();
        if line == "]}" {
            if after.is_empty() {
                return Ok(true);
            }
            let more = self.text.len() - after.len();
            return Err(broken(&self.text, more, "there is more after the end"));
        }
        if !line.is_empty() {
            let record = line.strip_suffix(',').unwrap_or(line);
            let part = wire::decode(record).map_err(|error| match error {
                WireError::Json {
                    line,
                    column,
                    cut: true,
                    ..
                } if !after.is_empty() => {
                    let at = self.at + place::offset(record, line, column);
                    broken(&self.text, at, "the line ends in the middle of a change")
                }
                error => located(error, &self.text, self.at, record),
            })?;
            if let Some(records) = &mut self.records {
                // A line that this version has written goes into the log as it is.
                records.push(match record.starts_with(BEGINNING) {
                    true => part.written_as(record.to_owned()),
                    false => part.encode(),
                });
            }
            self.parts.push(part);
        }
        self.at += end + 1;
        Ok(false)
    }

    /// Reads the next record wherever it lies; says whether there was none left.
    fn read_next(&mut self) -> Result<bool, ImportError> {
        let Layout::Anyhow(rest) = &mut self.layout else {
            return Ok(true);
        };
        let Some((begin, end)) = rest.pop() else {
            self.at = self.text.len();
            return Ok(true);
        };
        let record = &self.text[begin..end];
        let part = wire::decode(record).map_err(|e| located(e, &self.text, begin, record))?;
        if let Some(records) = &mut self.records {
            records.push(part.encode());
        }
        self.parts.push(part);
        self.at = end;
        Ok(false)
    }

    fn progress(&self, finished: bool) -> Progress {
        Progress {
            done: self.at.min(self.text.len()),
            total: self.text.len(),
            finished,
        }
    }

    /// The parts read so far.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The changes of a file read to its end.
    ///
    /// # Errors
    /// [`ImportError::Missing`] when a change lacks parts.
    pub fn finish(self) -> Result<Vec<Change>, ImportError> {
        self.check()?;
        Ok(wire::assemble(self.parts).0)
    }

    /// The parts of the changes as they are in the file, and their records as the log keeps
    /// them, when [`Reading::for_log`] asked for those.
    ///
    /// # Errors
    /// As [`Reading::finish`].
    pub fn finish_for_log(self) -> Result<(Vec<Change>, Vec<Written>), ImportError> {
        self.check()?;
        let parts = self.parts.into_iter().map(|part| part.change).collect();
        Ok((parts, self.records.unwrap_or_default()))
    }

    fn check(&self) -> Result<(), ImportError> {
        match wire::lacking(&self.parts) {
            Some(change) => {
                let name = format!("“{}”", change.intent.text);
                Err(ImportError::Missing(name))
            }
            None => Ok(()),
        }
    }
}

/// Reads a whole file at once.
///
/// # Errors
/// [`ImportError`] says what is wrong and where.
pub fn read(bytes: Vec<u8>) -> Result<Vec<Change>, ImportError> {
    let mut reading = Reading::begin(bytes)?;
    while !reading.step(1 << 20)?.finished {}
    reading.finish()
}

/// The version of a file with its head as this program writes it: all on the first line, up
/// to the list of changes.
fn first_line(text: &str) -> Option<u32> {
    let first = text.lines().next()?;
    if !first.ends_with('[') {
        return None;
    }
    let head: Head = serde_json::from_str(&format!("{first}]}}")).ok()?;
    head.ours()
}

/// Where the records of a file lie that is laid out differently, the last one first.
fn records(text: &str) -> Result<Vec<(usize, usize)>, ImportError> {
    let start = text.trim_start();
    if !start.starts_with('{') {
        return Err(match start.chars().next() {
            Some('[') => ImportError::NotOurs,
            Some('<') => ImportError::Other("a web page"),
            _ => ImportError::Other("plain text, perhaps a table"),
        });
    }
    let head: Head = match serde_json::from_str(text) {
        Ok(head) => head,
        Err(error) if error.is_data() => return Err(ImportError::NotOurs),
        Err(error) => return Err(located(WireError::json(&error), text, 0, text)),
    };
    known(head.ours().ok_or(ImportError::NotOurs)?)?;
    let whole: Whole<'_> = serde_json::from_str(text)
        .map_err(|error| located(WireError::json(&error), text, 0, text))?;
    let span = |raw: &&serde_json::value::RawValue| {
        let begin = raw.get().as_ptr() as usize - text.as_ptr() as usize;
        (begin, begin + raw.get().len())
    };
    Ok(whole.changes.iter().rev().map(span).collect())
}

fn known(version: u32) -> Result<(), ImportError> {
    match version {
        0 => Err(ImportError::Broken {
            line: 1,
            column: 1,
            message: "there never was a format 0".to_owned(),
        }),
        1..=VERSION => Ok(()),
        newer => Err(ImportError::Newer(newer)),
    }
}

fn broken(text: &str, at: usize, message: &str) -> ImportError {
    let Place { line, column } = Place::of(text, at);
    ImportError::Broken {
        line,
        column,
        message: message.to_owned(),
    }
}

/// What is wrong with the record that begins at byte `begin` of the text.
fn located(error: WireError, text: &str, begin: usize, record: &str) -> ImportError {
    match error {
        WireError::Newer { found } => ImportError::Newer(found),
        WireError::Json {
            message,
            line,
            column,
            cut,
        } => {
            let at = begin + place::offset(record, line, column);
            if cut {
                let Place { line, column } = Place::of(text, at);
                ImportError::Cut { line, column }
            } else {
                broken(text, at, &message)
            }
        }
        WireError::Sense { message, at } => broken(text, begin + at, &message),
    }
}

/// Recognises well-known files of other kinds by their first bytes.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") {
        Some("a ZIP archive or an Office document")
    } else if starts(b"%PDF") {
        Some("a PDF document")
    } else if starts(b"\x1f\x8b") {
        Some("a gzip archive")
    } else if starts(b"\x89PNG") || starts(b"\xff\xd8\xff") || starts(b"GIF8") {
        Some("a picture")
    } else if starts(b"SQLite format 3") {
        Some("a database")
    } else {
        None
    }
}
