//! Questions to the state. Pure: the time they ask about comes in as data.

pub mod agenda;
pub mod board;
pub mod fields;
pub mod cadence;
pub mod duplicates;
pub mod idle;
pub mod parties;
mod spots;
pub mod words;
