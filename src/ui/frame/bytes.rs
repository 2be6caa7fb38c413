//! Sizes of files.

use crate::shell::intl;

/// A number of bytes as people read it: "840 kB", "1.2 MB" (decimal, as browsers count).
#[must_use]
pub fn bytes_text(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["bytes", "kB", "MB", "GB"];
    let mut size = bytes as f64;
    let mut unit = 0;
    while size >= 1_000.0 && unit + 1 < UNITS.len() {
        size /= 1_000.0;
        unit += 1;
    }
    let digits = u8::from(unit > 1 && size < 100.0);
    format!("{} {}", intl::number(size, digits), UNITS[unit])
}
