//! What is to be reached in a period.

use super::life::Ground;
use crate::domain::ids::{PersonId, PipelineId};
use crate::domain::insight::period::Period;
use crate::domain::quota::{Quota, Span};
use crate::domain::state::State;

/// The quota of a period, in minor units of the currency of the forecast: of a person, where one is
/// asked for; else that of all, or where there is none those of all people together. None where
/// nothing was set.
#[must_use]
pub fn quota(
    state: &State,
    ground: &Ground,
    period: Period,
    span: Span,
    person: Option<PersonId>,
    pipeline: Option<PipelineId>,
) -> Option<i128> {
    let of_period = |q: &&Quota| {
        q.from == Some(period.from())
            && q.span == span
            && q.pipeline == pipeline
            && q.team.is_none()
    };
    let sum = |keep: &dyn Fn(&Quota) -> bool| {
        let mut sum = None;
        for quota in state.tables.quotas.iter().filter(of_period) {
            if let (true, Some(minor)) = (
                keep(quota),
                ground.minor(quota.amount, period.from().to_epoch_days()),
            ) {
                sum = Some(sum.unwrap_or(0) + i128::from(minor));
            }
        }
        sum
    };
    match person {
        Some(id) => sum(&|q| q.person == Some(id)),
        None => sum(&|q| q.person.is_none() && q.territory.is_none())
            .or_else(|| sum(&|q| q.person.is_some())),
    }
}
