//! The file format: what is promised to every file ever exported.
//!
//! `fixtures/v1.json` was written once and never changes. The program must go on reading it
//! to the same data and, as long as 1 is the version written, writing it to the same bytes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod case;
mod golden;
mod history;
mod names;
mod odd_files;
mod refused;
mod taken;

use fairlead::codec::export;
use fairlead::domain::change::Change;
use fairlead::domain::state::State;

/// The file of version 1 as it was written.
pub const V1: &str = include_str!("../fixtures/v1.json");

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
