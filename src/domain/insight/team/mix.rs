//! What makes deals easy or hard, so that people with other deals can be compared.

use crate::domain::deal::{DealKind, Status};
use crate::domain::insight::facts::{Facts, NONE};
use crate::domain::insight::period::Period;
use crate::domain::insight::select::Selection;
use crate::domain::insight::stats::Rate;
use crate::domain::order::Order;
use std::collections::BTreeMap;

/// Win rates of all deals by what makes them easy or hard: a third by size among those of its
/// currency, and whether they are to somebody new.
pub(super) struct Mix {
    /// By currency: the sizes at which the middle and the upper third begin.
    thirds: BTreeMap<u32, (i64, i64)>,
    rates: BTreeMap<(u8, bool), Rate>,
}

impl Mix {
    pub(super) fn over(facts: &Facts, of: &Selection, period: Period) -> Self {
        let mut values: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
        let rows = || {
            of.rows().filter(|row| {
                period.holds(facts.closed[*row])
                    && matches!(facts.status[*row], Status::Won | Status::Lost)
            })
        };
        for row in rows().filter(|row| facts.currency[*row] != NONE) {
            let same = values.entry(facts.currency[row]).or_default();
            same.push(facts.value[row]);
        }
        let thirds = values
            .into_iter()
            .map(|(currency, mut all)| {
                all.order();
                let at = |n: usize| all[(all.len() * n / 3).min(all.len() - 1)];
                (currency, (at(1), at(2)))
            })
            .collect();
        let mut mix = Self {
            thirds,
            rates: BTreeMap::new(),
        };
        for row in rows() {
            let rate = mix.rates.entry(mix.part(facts, row)).or_default();
            rate.n += 1;
            rate.part += u64::from(facts.status[row] == Status::Won);
        }
        mix
    }

    fn part(&self, facts: &Facts, row: usize) -> (u8, bool) {
        let size = match self.thirds.get(&facts.currency[row]) {
            None => 3,
            Some((middle, upper)) if facts.value[row] >= *upper && upper > middle => 2,
            Some((middle, _)) => u8::from(facts.value[row] >= *middle),
        };
        let new = facts.kind[row] == DealKind::New;
        (size, new)
    }

    /// Σ over closed deals of the rate of their part; none of none.
    pub(super) fn expected(&self, facts: &Facts, of: &Selection, period: Period) -> Option<f64> {
        let rows = of.rows().filter(|row| {
            period.holds(facts.closed[*row])
                && matches!(facts.status[*row], Status::Won | Status::Lost)
        });
        let rate = |row| {
            self.rates
                .get(&self.part(facts, row))
                .and_then(|r| r.value())
        };
        let found: Vec<f64> = rows.filter_map(rate).collect();
        (!found.is_empty()).then(|| found.iter().sum())
    }
}
