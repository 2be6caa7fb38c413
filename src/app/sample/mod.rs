//! The sample workspace that a first visit can load: invented, realistic, the same each time.

mod base;
mod customers;
mod fields;
mod follow;
mod generate;
pub mod parties;
mod qualify;
mod sell;
pub mod words;

pub use generate::{DEALS, sample};
