//! Questions to the state. Pure: the time they ask about comes in as data.

pub mod agenda;
mod arrange;
pub mod board;
pub mod cadence;
pub mod condition;
pub mod customers;
pub mod duplicates;
pub mod fields;
pub mod fit;
pub mod gate;
pub mod hot;
pub mod idle;
pub mod lines;
pub mod notices;
pub mod parties;
pub mod qualify;
pub mod score;
mod spots;
pub mod whitespace;
pub mod words;

pub use arrange::Arranging;
