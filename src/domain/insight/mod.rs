//! What the pipeline says about itself: figures, each with how many deals it rests on and how far
//! it can be trusted.
//!
//! Rates and days are floats here; money never is ([`Sums`](crate::domain::money::Sums)). Every
//! figure can be empty, and says so with `None`: there is no NaN.

pub mod agenda_review;
pub mod moves;
pub mod scope;
pub mod stats;
