//! Questions to the state. Pure: the time they ask about comes in as data.

pub mod board;
pub mod condition;
pub mod fit;
pub mod gate;
pub mod hot;
pub mod idle;
pub mod qualify;
pub mod score;
mod spots;
