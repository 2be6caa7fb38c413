//! Questions to the state. Pure: the time they ask about comes in as data.

pub mod board;
pub mod condition;
pub mod idle;
mod spots;
