//! The sample workspace that a first visit can load: invented, realistic, the same each time.

mod base;
mod follow;
mod generate;
pub mod parties;
pub mod words;

pub use generate::{DEALS, sample};
