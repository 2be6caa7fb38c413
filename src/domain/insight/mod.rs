//! What the pipeline says about itself: how it was at any time, what changed, and how well the
//! selling goes; figures, each with how many deals it rests on and how far it can be trusted.
//!
//! [`facts::Facts`] holds all deals column by column, kept in step with the changes;
//! [`select::Selection`] says which of them are asked for. Every figure is a struct made by a walk
//! through some columns, with its n, its interval and the deals behind it.
//!
//! Rates and days are floats here; money never is ([`Sums`](crate::domain::money::Sums)). Every
//! figure can be empty, and says so with `None`: there is no NaN.

pub mod agenda_review;
pub mod facts;
pub mod moves;
pub mod past;
pub mod period;
pub mod select;
pub mod stats;
pub mod trail;
pub mod waterfall;
pub mod whose;
pub mod win;
