//! The exported file: the whole log as one JSON document, one record a line, so that it
//! can be written and read piece by piece, compared and kept in version control.

mod content;
mod reading;

pub use content::Content;
pub use reading::{ImportError, MAX_BYTES, Progress, Reading, read};

use super::wire::{self, VERSION};
use crate::domain::change::Change;

/// The first line of a file, with the time of export as ISO 8601 text.
#[must_use]
pub fn header(exported: &str) -> String {
    header_with(exported, &[])
}

/// The first line of a file that also keeps records which cannot be read, each as a text:
/// nobody has to do without them, and they do not make the file unreadable.
#[must_use]
pub fn header_with(exported: &str, unreadable: &[String]) -> String {
    let time: String = exported
        .chars()
        .filter(|c| !matches!(c, '"' | '\\') && !c.is_control())
        .collect();
    // Writing texts to memory cannot fail.
    let kept = match unreadable {
        [] => String::new(),
        some => format!(
            "\"unreadable\":{},",
            serde_json::to_string(some).unwrap_or_default()
        ),
    };
    format!(
        "{{\"format\":\"fairlead\",\"version\":{VERSION},\"exported\":\"{time}\",{kept}\"changes\":[\n"
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
