//! What was to be sold, how far it got, and what a quota could sensibly be.

mod pace;
mod suggest;

pub use pace::{History, Pace, history, pace};
pub use suggest::{Step, Suggestion, apply, outside, suggest};

use super::exchange::Exchange;
use super::facts::{Facts, NEVER};
use super::period::Period;
use super::select::{Selection, deals};
use super::slice::{Dimension, Sliced};
use super::whose::members;
use super::win_loss::date_of;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, IdSet, PersonId, PipelineId, TeamId, TerritoryId};
use crate::domain::money::Currency;
use crate::domain::quota::{Quota, Span};
use crate::domain::world::World;

/// Whose quota it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// Of one person.
    pub person: Option<PersonId>,
    /// Of a team, with the teams below it.
    pub team: Option<TeamId>,
    /// Of a territory.
    pub territory: Option<TerritoryId>,
    /// In one pipeline; none for all.
    pub pipeline: Option<PipelineId>,
}

impl Holder {
    /// That of a quota.
    #[must_use]
    pub fn of(quota: &Quota) -> Self {
        Self {
            person: quota.person,
            team: quota.team,
            territory: quota.territory,
            pipeline: quota.pipeline,
        }
    }

    /// The people whose load counts: the person, or the team's.
    #[must_use]
    pub fn people(&self, world: &World) -> Option<IdSet<PersonId>> {
        match (self.person, self.team) {
            (Some(person), _) => Some([person].into_iter().collect()),
            (None, Some(team)) => Some(members(&world.state, team)),
            (None, None) => None,
        }
    }

    /// Its deals, whatever their days.
    #[must_use]
    pub fn select(&self, world: &World, facts: &Facts) -> Selection {
        let mut of = Selection::all(facts);
        if let Some(people) = self.people(world) {
            of = of.and(|row| {
                let owner = facts.owners.key(facts.owner[row]);
                owner.is_some_and(|owner| people.contains(owner))
            });
        }
        if let Some(territory) = self.territory {
            let sliced = Sliced::of(world, facts, Dimension::Territory);
            of = match sliced.find(&territory.to_string()) {
                Some(value) => sliced.with(&of, value),
                None => of.and(|_| false),
            };
        }
        if let Some(pipeline) = self.pipeline {
            of = of.and(|row| {
                let stage = facts.stages.get(facts.stage[row]);
                stage.is_some_and(|stage| stage.pipeline == pipeline)
            });
        }
        of
    }
}

/// The days of a quota.
#[must_use]
pub fn period_of(quota: &Quota) -> Option<Period> {
    Some(Period::months_from(quota.from?, quota.span.months()))
}

/// Adds amounts up in one currency.
pub(super) struct Till<'a> {
    pub facts: &'a Facts,
    pub exchange: &'a Exchange,
    pub currency: Currency,
}

impl Till<'_> {
    /// The value of a row in the currency by the rate of a day; none without value or rate.
    pub(super) fn minor(&self, row: usize, day: i32) -> Option<i128> {
        let money = self
            .exchange
            .convert(self.facts.money(row)?, self.currency, date_of(day))?;
        Some(money.minor.into())
    }
}

/// How far a quota got.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attained {
    /// Σ value won in the period, minor units of the quota's currency.
    pub won: i128,
    /// The deals won in it.
    pub won_deals: Vec<DealId>,
    /// Σ value of open deals expected to close in what is left of the period.
    pub open: i128,
    /// The same, each times its chance.
    pub weighted: i128,
    /// These deals.
    pub open_deals: Vec<DealId>,
    /// Deals left out: no value, or no rate to the currency.
    pub apart: u64,
}

impl Attained {
    /// Counts.
    #[must_use]
    pub fn of(
        facts: &Facts,
        exchange: &Exchange,
        of: &Selection,
        period: Period,
        currency: Currency,
        today: i32,
    ) -> Self {
        let till = Till {
            facts,
            exchange,
            currency,
        };
        let mut all = Self::default();
        let (mut won, mut open) = (Vec::new(), Vec::new());
        let mut weighted = 0;
        for row in of.rows() {
            match facts.status[row] {
                Status::Won if period.holds(facts.closed[row]) => {
                    won.push(row);
                    match till.minor(row, facts.closed[row]) {
                        Some(minor) => all.won += minor,
                        None => all.apart += 1,
                    }
                }
                Status::Open
                    if facts.close[row] != NEVER
                        && facts.close[row] >= today
                        && period.holds(facts.close[row]) =>
                {
                    open.push(row);
                    match till.minor(row, today) {
                        Some(minor) => {
                            all.open += minor;
                            weighted += minor * i128::from(facts.probability[row]);
                        }
                        None => all.apart += 1,
                    }
                }
                _ => {}
            }
        }
        all.weighted = crate::domain::money::percent_of(weighted);
        all.won_deals = deals(facts, won.into_iter());
        all.open_deals = deals(facts, open.into_iter());
        all
    }

    /// Won ÷ quota; none without a quota.
    #[must_use]
    pub fn share(&self, quota: i128) -> Option<f64> {
        (quota > 0).then(|| self.won as f64 / quota as f64)
    }

    /// What is still missing, never below 0.
    #[must_use]
    pub fn remaining(&self, quota: i128) -> i128 {
        (quota - self.won).max(0)
    }

    /// Open ÷ remaining; none where nothing is missing any more.
    #[must_use]
    pub fn coverage(&self, quota: i128) -> Option<f64> {
        let remaining = self.remaining(quota);
        (remaining > 0).then(|| self.open as f64 / remaining as f64)
    }
}

/// Why a quota asks much of its people, in sentences; empty where it does not.
#[must_use]
pub fn burden(
    world: &World,
    facts: &Facts,
    holder: &Holder,
    quota: i128,
    span: Span,
    history: &History,
) -> Vec<String> {
    let mut words = Vec::new();
    let people = holder.people(world).unwrap_or_default();
    let mut people: Vec<PersonId> = people.into_iter().collect();
    crate::domain::order::Order::order(&mut people[..]);
    for id in people {
        let Some(person) = world.state.tables.people.get(id) else {
            continue;
        };
        let code = facts.owners.find(&id);
        let open = (0..facts.len())
            .filter(|row| facts.status[*row] == Status::Open && Some(facts.owner[*row]) == code)
            .count();
        if let Some(capacity) = person.capacity.filter(|c| open > usize::from(*c)) {
            words.push(format!(
                "{} has {open} open deals and can work on {capacity} well.",
                person.name
            ));
        }
    }
    let usual = history.won_per_day * f64::from(span.months()) * 30.44;
    if usual > 0.0 && quota as f64 > 1.5 * usual {
        let percent = (quota as f64 / usual * 100.0).round();
        words.push(format!(
            "The quota is {percent} % of what was won in as much time in the last twelve months."
        ));
    }
    words
}

#[cfg(test)]
mod tests;
