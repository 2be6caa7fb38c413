//! The sample workspace that a first visit can load: invented, realistic, the same each time.

mod base;
mod customers;
mod fields;
mod follow;
mod generate;
mod insight;
mod lived;
pub mod parties;
mod plan;
mod qualify;
mod review;
mod sell;
mod touches;
pub mod words;

pub use generate::{DEALS, sample};
pub use lived::{Later, Story, lived};
