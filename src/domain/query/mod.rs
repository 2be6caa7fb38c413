//! Questions to the state. Pure: the time they ask about comes in as data.

mod arrange;
pub mod board;
pub mod idle;
mod spots;

pub use arrange::Arranging;
