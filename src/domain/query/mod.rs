//! Questions to the state. Pure: the time they ask about comes in as data.

pub mod board;
pub mod customers;
pub mod duplicates;
pub mod idle;
pub mod lines;
mod spots;
pub mod whitespace;
pub mod words;
