//! The sample workspace that a first visit can load: invented, realistic, the same each time.

mod base;
mod fields;
mod generate;
pub mod parties;
mod sell;
mod qualify;
pub mod words;

pub use generate::{DEALS, sample};
