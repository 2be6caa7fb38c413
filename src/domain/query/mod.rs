//! Questions to the state. Pure: the time they ask about comes in as data.

pub mod agenda;
pub mod board;
pub mod cadence;
pub mod duplicates;
pub mod idle;
mod spots;
pub mod words;
