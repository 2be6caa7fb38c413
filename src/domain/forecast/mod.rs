//! What is to come, and how good it is to say so.
//!
//! [`life::Lives`] is what every deal has been through up to a day, with nothing of any later one;
//! [`model::Model`] learns from it how deals end; [`book::Book`] is what is open and won;
//! [`chance`] gives each open deal its chance for each month; [`plan::Plan`] and
//! [`simulate::Run`] play the months through; [`grade`] does all of that again for days of the
//! past and compares with what came.
//!
//! Money is whole minor units of one currency. Floats are chances only.

pub mod book;
pub mod case;
pub mod chance;
pub mod common;
pub mod ends;
pub mod grade;
pub mod life;
pub mod model;
pub mod months;
pub mod outcome;
pub mod plan;
pub mod random;
pub mod reach;
pub mod shift;
pub mod simulate;
mod standing;
pub mod target;
pub mod what_if;

/// A civil day, as days since 1970-01-01.
pub use crate::domain::insight::facts::{DAY, Day, NEVER, day_of};
