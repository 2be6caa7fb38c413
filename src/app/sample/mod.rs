//! The sample workspace that a first visit can load: invented, realistic, the same each time.

mod base;
mod customers;
mod fields;
mod follow;
mod generate;
mod lived;
pub mod parties;
mod plan;
mod qualify;
mod sell;
pub mod words;

pub use generate::{DEALS, sample};
pub use lived::{Later, Story, lived};
