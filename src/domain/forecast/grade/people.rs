//! How true it was what people said: chances of their own, and calls.

use super::report::{Bin, bins};
use crate::domain::deal::Status;
use crate::domain::forecast::life::{Life, Lives, Step};

/// The last step of a life on which it was open, before it was closed; none while it is open.
fn last_open(life: &Life) -> Option<(&Step, bool)> {
    let end = life.steps.last().filter(|s| !s.gone)?;
    let won = match end.status {
        Status::Won => true,
        Status::Lost => false,
        Status::Open | Status::OnHold => return None,
    };
    let before = life.steps.iter().rev().find(|s| s.is_open())?;
    Some((before, won))
}

/// Chances that people gave deals of their own, as they stood before the deals were closed, and how
/// many were won: one for each deal.
#[must_use]
pub fn own_chances(lives: &Lives) -> Vec<Bin> {
    let closed = lives.lives.iter().filter_map(last_open);
    bins(closed.filter_map(|(step, won)| Some((f64::from(step.chance?) / 100.0, won))))
}

/// A call and what came, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallCame {
    /// What was said.
    pub said: i128,
    /// What came.
    pub came: i128,
}

/// How far off calls were: how many, the mean of said less came, and of how far off either way.
#[must_use]
pub fn calls_off(calls: &[CallCame]) -> Option<(u64, i128, i128)> {
    let n = i128::try_from(calls.len()).ok().filter(|n| *n > 0)?;
    let off = || calls.iter().map(|c| c.said - c.came);
    let bias = off().sum::<i128>() / n;
    let error = off().map(i128::abs).sum::<i128>() / n;
    Some((calls.len() as u64, bias, error))
}
