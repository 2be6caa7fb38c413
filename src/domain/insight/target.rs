//! Which quota the present is measured by.

use super::period::Period;
use crate::domain::ids::{PersonId, PipelineId};
use crate::domain::money::{Currency, Money};
use crate::domain::quota::{Quota, Span};
use crate::domain::state::State;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Whose quota is asked for.
fn is_of(quota: &Quota, owners: Option<&[PersonId]>, parts: bool) -> bool {
    let nobody = quota.person.is_none() && quota.team.is_none() && quota.territory.is_none();
    match owners {
        None if parts => quota.person.is_some(),
        None => nobody,
        Some(owners) => quota.person.is_some_and(|person| owners.contains(&person)),
    }
}

/// The quota of the time that runs today, and its days: that of all, else those of the people added
/// up; with `owners` those of these people. Of several lengths the quarter counts first, then the
/// month, then the year; of several currencies the largest number of quotas, then the first by code.
#[must_use]
pub fn quota(
    state: &State,
    owners: Option<&[PersonId]>,
    pipeline: Option<PipelineId>,
    today: NaiveDate,
) -> Option<(Money, Period)> {
    let fits = |quota: &&Quota| {
        quota.pipeline.is_none() || pipeline.is_none() || quota.pipeline == pipeline
    };
    let runs = |quota: &Quota| {
        let period = Period::months_from(quota.from?, quota.span.months());
        let now = period.from() <= today && today <= period.to();
        Some((period, quota.amount?)).filter(|_| now)
    };
    for span in [Span::Quarter, Span::Month, Span::Year] {
        for parts in [false, true] {
            let all = state.tables.quotas.iter().filter(fits);
            let mine = all.filter(|q| q.span == span && is_of(q, owners, parts));
            let mut sums: BTreeMap<(Currency, NaiveDate), (usize, i64, Period)> = BTreeMap::new();
            for (period, amount) in mine.filter_map(runs) {
                let key = (amount.currency, period.from());
                let sum = sums.entry(key).or_insert((0, 0, period));
                sum.0 += 1;
                sum.1 = sum.1.saturating_add(amount.minor);
            }
            let most = sums.into_iter().rev().max_by_key(|(_, (n, ..))| *n);
            if let Some(((currency, _), (_, minor, period))) = most {
                return Some((Money::new(minor, currency), period));
            }
        }
    }
    None
}
