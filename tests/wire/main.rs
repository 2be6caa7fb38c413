//! The file format: what is promised to every file ever exported.
//!
//! `fixtures/v1.json` was written once and never changes: the program must go on reading it to
//! the same data. `fixtures/v2.json` is of the version written now: the program must read it to
//! the same data, and write it to the same bytes. `fixtures/names.txt` has all words of it.
//!
//! Where the format is meant to grow (new kinds, fields and words, at the end), tell of them in
//! `later.rs`, or leave that to its last paragraph, and have both files written anew:
//! `FAIRLEAD_BLESS=1 cargo test --test wire`. Then look at the difference: in `v2.json` it may
//! add lines or more on a line, and nothing else.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod case;
mod golden;
mod history;
mod later;
mod names;
mod odd_files;
mod refused;
mod rules;
mod second;
mod taken;

use fairlead::codec::export;
use fairlead::domain::change::Change;
use fairlead::domain::state::State;
use std::sync::LazyLock;

/// The file of version 1 as it was written.
pub const V1: &str = include_str!("../fixtures/v1.json");

/// The file of version 2.
pub static V2: LazyLock<String> =
    LazyLock::new(|| fixture("v2.json", &export::write(EXPORTED, &later::story())));

/// When the files were exported.
pub const EXPORTED: &str = "2026-11-23T12:00:00Z";

/// A file of the fixtures; written as it should be now where that is asked for.
pub fn fixture(name: &str, now: &str) -> String {
    let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    if blessing() {
        std::fs::write(&path, now).unwrap();
    }
    std::fs::read_to_string(&path).unwrap_or_default()
}

/// Whether the fixtures are to be written anew.
pub fn blessing() -> bool {
    std::env::var_os("FAIRLEAD_BLESS").is_some_and(|value| value == "1")
}

/// The changes in a file, read in small steps as the page does.
pub fn read(text: &str) -> Result<Vec<Change>, export::ImportError> {
    let mut reading = export::Reading::begin(text.as_bytes().to_vec())?;
    while !reading.step(1_000)?.finished {}
    reading.finish()
}

/// What these changes amount to.
pub fn state_of(changes: &[Change]) -> State {
    let mut state = State::default();
    for change in changes {
        state.apply(change);
    }
    state
}

/// Says where two texts part instead of printing both.
pub fn assert_same(actual: &str, expected: &str) {
    for (n, (a, e)) in actual.lines().zip(expected.lines()).enumerate() {
        if a != e {
            let at = a.bytes().zip(e.bytes()).take_while(|(a, e)| a == e).count();
            let part = |text: &str| {
                String::from_utf8_lossy(&text.as_bytes()[at.min(text.len())..])
                    .chars()
                    .take(120)
                    .collect::<String>()
            };
            panic!(
                "line {}, byte {}: now “{}”, in the file “{}”",
                n + 1,
                at + 1,
                part(a),
                part(e)
            );
        }
    }
    assert_eq!(actual.len(), expected.len());
}
