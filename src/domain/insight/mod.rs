//! What the pipeline says about itself: figures, each with how many deals it rests on and how far
//! it can be trusted.
//!
//! [`facts::Facts`] holds all deals column by column, kept in step with the changes;
//! [`select::Selection`] says which of them are asked for. Every figure is a struct made by a walk
//! through some columns, with its n, its interval and the deals behind it;
//! [`overview::Overview`] makes them all in one walk.
//!
//! Rates and days are floats here; money never is ([`Sums`](crate::domain::money::Sums)). Every
//! figure can be empty, and says so with `None`: there is no NaN.

pub mod agenda_review;
pub mod answer;
pub mod bottleneck;
pub mod catalogue;
pub mod cohort;
pub mod creation;
pub mod cycle;
pub mod exchange;
pub mod facts;
pub mod flow;
pub mod idle;
pub mod lacks;
pub mod learned;
pub mod legs;
pub mod lens;
#[cfg(test)]
mod made;
pub mod mix;
pub mod moves;
pub mod open;
pub mod overview;
pub mod past;
pub mod period;
pub mod quotas;
pub mod select;
pub mod slice;
pub mod slips;
pub mod sources;
pub mod stats;
pub mod stay;
pub mod stood;
pub mod target;
pub mod team;
pub mod touch;
pub mod trail;
pub mod trial;
pub mod velocity;
pub mod waterfall;
pub mod ways;
pub mod when;
pub mod whose;
pub mod win;
pub mod win_loss;
