//! Figures for the oracle: computes them here and writes them to `target/oracle`, with the data
//! they are of. `oracle.py` computes the same from that data with pandas, scipy and lifelines and
//! compares; `scripts/test` runs it after these tests.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod amounts;
mod figures;
mod generate;
mod learned;
mod maven;
mod parts;
mod reached;
mod reasons;
mod statistics;

use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// What was found, by name; the oracle has the same names.
pub type Found = Map<String, Value>;

/// Writes a file for the oracle.
pub fn put(name: &str, text: &str) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/oracle");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), text).unwrap();
}

/// Writes figures for the oracle.
pub fn put_found(name: &str, found: Found) {
    let text = serde_json::to_string_pretty(&Value::Object(found)).unwrap();
    assert!(!text.contains("NaN"), "{name}");
    put(name, &text);
}

/// Removes what an earlier run wrote, where this one has nothing to write.
pub fn drop_file(name: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("target/oracle")
        .join(name);
    let _ = std::fs::remove_file(file);
}

/// Both ends of an interval.
pub fn ends(interval: Option<fairlead::domain::insight::stats::Interval>) -> Value {
    interval.map_or(Value::Null, |i| json!([i.low, i.high]))
}
