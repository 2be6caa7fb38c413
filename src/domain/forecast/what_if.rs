//! What would be if things went otherwise.

use super::Day;
use crate::domain::ids::{DealId, IdMap};

/// What becomes of one deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is won for sure, on the day expected, or this month where that is past or not known.
    Won,
    /// It is not won.
    Out,
    /// It is expected on this day instead.
    On(Day),
}

/// By how much things go otherwise; as it stands they go as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhatIf {
    /// Chances, in percent of what they are.
    pub chances: u32,
    /// Days by which everything comes later, or earlier where below 0.
    pub slip: i32,
    /// Values, in percent.
    pub values: u32,
    /// New deals, in percent.
    pub arrivals: u32,
    /// Single deals.
    pub deals: IdMap<DealId, Fate>,
}

impl Default for WhatIf {
    fn default() -> Self {
        Self {
            chances: 100,
            slip: 0,
            values: 100,
            arrivals: 100,
            deals: IdMap::default(),
        }
    }
}

impl WhatIf {
    /// Whether anything goes otherwise.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}
