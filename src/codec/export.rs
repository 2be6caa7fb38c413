//! The exported file: the whole log as one JSON document, one record a line, so that it
//! can be written and read piece by piece, compared and kept in version control.

use super::wire::{self, Part, VERSION, WireError};
use crate::domain::change::Change;
use serde::Deserialize;

/// The first line of a file, with the time of export as ISO 8601 text.
#[must_use]
pub fn header(exported: &str) -> String {
    let time = exported.replace(['"', '\\'], "");
    format!(
        "{{\"format\":\"fairlead\",\"version\":{VERSION},\"exported\":\"{time}\",\"changes\":[\n"
    )
}

/// The last line of a file.
pub const FOOTER: &str = "\n]}\n";

/// Lines of a file for these records' JSON, header and footer included.
pub fn lines<'a>(exported: &str, records: impl Iterator<Item = &'a str>) -> String {
    let mut text = header(exported);
    for (n, record) in records.enumerate() {
        if n > 0 {
            text.push_str(",\n");
        }
        text.push_str(record);
    }
    text.push_str(FOOTER);
    text
}

/// A file of these changes.
#[must_use]
pub fn write(exported: &str, changes: &[Change]) -> String {
    let records: Vec<String> = changes
        .iter()
        .flat_map(wire::encode)
        .map(|w| w.json)
        .collect();
    lines(exported, records.iter().map(String::as_str))
}

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
        /// In bytes, from 1.
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
        /// From 1.
        column: usize,
    },
    /// Broken.
    #[error("The file is damaged at line {line}, column {column}: {message}.")]
    Broken {
        /// From 1.
        line: usize,
        /// From 1; 0 when the whole line is meant.
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
    at: usize,
    line: usize,
    parts: Vec<Part>,
    /// Every record on a line of its own, as this program writes it.
    by_line: bool,
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

#[derive(Deserialize)]
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
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.iter().filter(|b| **b == b'\n').count() + 1;
            let column = good.iter().rev().take_while(|b| **b != b'\n').count() + 1;
            ImportError::NotText { line, column }
        })?;
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        if text.trim().is_empty() {
            return Err(ImportError::Empty);
        }
        let first = text.lines().next().unwrap_or("");
        let closed = format!("{first}]}}");
        if let Ok(Head {
            format: Some(format),
            version: Some(version),
        }) = serde_json::from_str::<Head>(&closed)
            && format == "fairlead"
            && first.ends_with('[')
        {
            known(version)?;
            let at = first.len() + 1;
            return Ok(Self {
                at: at.min(text.len()),
                line: 2,
                text,
                parts: Vec::new(),
                by_line: true,
            });
        }
        if !text.trim_start().starts_with(['{', '[']) {
            return Err(ImportError::Other("not JSON"));
        }
        let head: Head = match serde_json::from_str(&text) {
            Ok(head) => head,
            Err(error) if error.is_data() => return Err(ImportError::NotOurs),
            Err(error) => return Err(located(WireError::json(&error), 0)),
        };
        match (head.format.as_deref(), head.version) {
            (Some("fairlead"), Some(version)) => known(version)?,
            _ => return Err(ImportError::NotOurs),
        }
        Ok(Self {
            at: 0,
            line: 1,
            text,
            parts: Vec::new(),
            by_line: false,
        })
    }

    /// Reads on, about `budget` bytes.
    ///
    /// # Errors
    /// [`ImportError`] says what is wrong and where.
    pub fn step(&mut self, budget: usize) -> Result<Progress, ImportError> {
        if !self.by_line {
            self.read_whole()?;
            return Ok(self.progress(true));
        }
        let stop = self.at.saturating_add(budget);
        while self.at < stop {
            if self.at >= self.text.len() {
                return Err(ImportError::Cut {
                    line: self.line,
                    column: 1,
                });
            }
            let rest = &self.text[self.at..];
            let end = rest.find('\n').unwrap_or(rest.len());
            let line = rest[..end].trim_end();
            if line == "]}" {
                return if rest[end..].trim().is_empty() {
                    Ok(self.progress(true))
                } else {
                    Err(self.broken("there is more after the end"))
                };
            }
            if !line.is_empty() {
                let record = line.strip_suffix(',').unwrap_or(line);
                let part = wire::decode(record).map_err(|e| located(e, self.line - 1))?;
                self.parts.push(part);
            }
            self.at += end + 1;
            self.line += 1;
        }
        Ok(self.progress(false))
    }

    fn read_whole(&mut self) -> Result<(), ImportError> {
        let whole: Whole<'_> =
            serde_json::from_str(&self.text).map_err(|e| located(WireError::json(&e), 0))?;
        for raw in whole.changes {
            let before = raw.get().as_ptr() as usize - self.text.as_ptr() as usize;
            let line = self.text[..before].matches('\n').count();
            self.parts
                .push(wire::decode(raw.get()).map_err(|e| located(e, line))?);
        }
        self.at = self.text.len();
        Ok(())
    }

    fn broken(&self, message: &str) -> ImportError {
        ImportError::Broken {
            line: self.line,
            column: 1,
            message: message.to_owned(),
        }
    }

    fn progress(&self, finished: bool) -> Progress {
        Progress {
            done: self.at.min(self.text.len()),
            total: self.text.len(),
            finished,
        }
    }

    /// The changes of a file read to its end.
    ///
    /// # Errors
    /// [`ImportError::Missing`] when a change lacks parts.
    pub fn finish(self) -> Result<Vec<Change>, ImportError> {
        let (changes, incomplete) = wire::assemble(self.parts);
        match incomplete.first() {
            Some(stamp) => {
                let name = changes
                    .iter()
                    .find(|c| c.stamp == *stamp)
                    .map_or("a change", |c| &c.intent.text);
                Err(ImportError::Missing(format!("“{name}”")))
            }
            None => Ok(changes),
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

fn known(version: u32) -> Result<(), ImportError> {
    if version > VERSION {
        Err(ImportError::Newer(version))
    } else {
        Ok(())
    }
}

fn located(error: WireError, lines_before: usize) -> ImportError {
    match error {
        WireError::Newer { found } => ImportError::Newer(found),
        WireError::Json {
            line,
            column,
            cut: true,
            ..
        } => ImportError::Cut {
            line: line + lines_before,
            column,
        },
        WireError::Json {
            message,
            line,
            column,
            ..
        } => ImportError::Broken {
            line: line + lines_before,
            column,
            message,
        },
        WireError::Sense(message) => ImportError::Broken {
            line: lines_before + 1,
            column: 1,
            message: message.trim_end_matches('.').to_owned(),
        },
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
