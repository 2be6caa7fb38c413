//! How people and teams do, compared fairly: of many deals and of few, of large ones and small.

pub mod better;
pub mod effort;

use super::cycle::{Cycle, CycleRule};
use super::facts::{Facts, NONE, day_of};
use super::open::{Due, Open};
use super::period::Period;
use super::select::Selection;
use super::slice::{Dimension, Sliced};
use super::stats::pool::{self, Prior};
use super::stats::sample::Sample;
use super::stats::{Interval, Rate};
use crate::domain::activity::ActivityKind;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, IdMap, PersonId};
use crate::domain::money::Sums;
use crate::domain::order::Order;
use crate::domain::query::parties::happened;
use crate::domain::state::State;
use crate::domain::world::World;
use std::collections::BTreeMap;

/// Below this many closed deals one says nothing of a person: a single deal more moves the rate by
/// ten points and more.
pub const FEW: u64 = 10;

/// How a person or a team does.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Its id, as text; empty for deals of nobody or of no team.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Its deals, whatever their days.
    pub deals: Selection,
    /// Won of those closed in the time.
    pub rate: Rate,
    /// The rate drawn towards that of all, with its 95 % interval; none where there is nothing to
    /// draw it towards.
    pub shrunk: Option<(f64, Option<Interval>)>,
    /// How many of its closed deals would be won at the rates that all have for deals of the same
    /// size and kind.
    pub expected: Option<f64>,
    /// Σ value won in the time.
    pub won_value: Sums,
    /// Days that deals won in the time took from their creation.
    pub cycle: Sample,
    /// What is open now.
    pub open: Open,
}

impl Standing {
    /// Whether it rests on too few to say anything of a person.
    #[must_use]
    pub fn is_few(&self) -> bool {
        self.rate.n < FEW
    }

    /// The rate that is compared: the drawn one, else the plain one.
    #[must_use]
    pub fn compared(&self) -> Option<f64> {
        self.shrunk.map(|(rate, _)| rate).or(self.rate.value())
    }
}

/// All of them, with what they have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Standings {
    /// Most closed deals first.
    pub all: Vec<Standing>,
    /// Won of all closed in the time.
    pub rate: Rate,
    /// What they have in common; none below two with closed deals.
    pub prior: Option<Prior>,
}

impl Standings {
    /// Between which rates one with so many closed deals lies when it is like all: `(95 %, 99.8 %)`,
    /// the limits of a funnel plot. None where there is no rate.
    #[must_use]
    pub fn limits(&self, n: u64) -> Option<(Interval, Interval)> {
        let mean = self.rate.value()?;
        Some((pool::funnel(mean, n, 0.025)?, pool::funnel(mean, n, 0.001)?))
    }

    /// Those of whom something can be said: they have a name and [`FEW`] closed deals and more.
    pub fn known(&self) -> impl Iterator<Item = &Standing> {
        let known = |s: &&Standing| !s.key.is_empty() && !s.is_few();
        self.all.iter().filter(known)
    }

    /// Those of them whose count of wins, or one further from the rate of all, chance gives to one
    /// like all in fewer than 1 of 40 cases: outside of the 95 % limits.
    #[must_use]
    pub fn strays(&self) -> Vec<&Standing> {
        let Some(mean) = self.rate.value() else {
            return Vec::new();
        };
        let stray = |s: &&Standing| pool::is_stray(s.rate, mean, 0.025);
        self.known().filter(stray).collect()
    }
}

/// Won of lost and won in a time, of some deals.
fn closed(facts: &Facts, of: &Selection, period: Period) -> Rate {
    let (mut won, mut n) = (0, 0);
    for row in of.rows().filter(|row| period.holds(facts.closed[*row])) {
        match facts.status[row] {
            Status::Won => (won, n) = (won + 1, n + 1),
            Status::Lost => n += 1,
            Status::Open | Status::OnHold => {}
        }
    }
    Rate::new(won, n)
}

/// How the owners of some deals do ([`Dimension::Owner`]), or their teams ([`Dimension::Team`]).
#[must_use]
pub fn standings(
    world: &World,
    facts: &Facts,
    of: &Selection,
    period: Period,
    by: Dimension,
) -> Standings {
    let sliced = Sliced::of(world, facts, by);
    let rate = closed(facts, of, period);
    let mix = Mix::over(facts, of, period);
    let mut all: Vec<Standing> = sliced
        .parts(of)
        .into_iter()
        .map(|(value, deals)| {
            let label = &sliced.labels[value as usize];
            let won =
                |row: &usize| facts.status[*row] == Status::Won && period.holds(facts.closed[*row]);
            let mut won_value = Sums::default();
            for row in deals.rows().filter(won) {
                if let Some(money) = facts.money(row) {
                    won_value.add(money.currency, money.minor.into());
                }
            }
            Standing {
                key: label.key.clone(),
                name: label.name.clone(),
                rate: closed(facts, &deals, period),
                shrunk: None,
                expected: mix.expected(facts, &deals, period),
                won_value,
                cycle: Cycle::of(facts, &deals, period, CycleRule::Creation).won,
                open: Open::of(facts, &deals, Due::Any),
                deals,
            }
        })
        .collect();
    let rates: Vec<Rate> = all.iter().map(|s| s.rate).collect();
    let prior = pool::prior(&rates);
    for standing in &mut all {
        let drawn = |prior: Prior| prior.shrink(standing.rate);
        standing.shrunk = prior.filter(|_| standing.rate.n > 0).map(drawn);
    }
    Standings { all, rate, prior }
}

/// Win rates of all deals by what makes them easy or hard: a third by size among those of its
/// currency, and whether they are to somebody new.
struct Mix {
    /// By currency: the sizes at which the middle and the upper third begin.
    thirds: BTreeMap<u32, (i64, i64)>,
    rates: BTreeMap<(u8, bool), Rate>,
}

impl Mix {
    fn over(facts: &Facts, of: &Selection, period: Period) -> Self {
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
                use crate::domain::order::Order;
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
        let new = facts.kind[row] == crate::domain::deal::DealKind::New;
        (size, new)
    }

    /// Σ over closed deals of the rate of their part; none of none.
    fn expected(&self, facts: &Facts, of: &Selection, period: Period) -> Option<f64> {
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

/// What one person did in a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// How many of each kind, in the order of `ActivityKind::ALL`.
    pub kinds: [u64; 5],
    /// Minutes of those of which it is known how long they took.
    pub minutes: u64,
    /// Of how many that is known.
    pub timed: u64,
}

impl Work {
    /// All kinds together.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.kinds.iter().sum()
    }

    /// How many of a kind a week.
    #[must_use]
    pub fn per_week(&self, kind: ActivityKind, weeks: f64) -> Option<f64> {
        (weeks > 0.0).then(|| self.kinds[kind as usize] as f64 / weeks)
    }

    fn note(&mut self, activity: &crate::domain::activity::Activity) {
        self.kinds[activity.kind as usize] += 1;
        if let Some(minutes) = activity.duration {
            self.minutes += u64::from(minutes);
            self.timed += 1;
        }
    }
}

/// What everybody did in a time, and how many weeks of it there are: from the first thing done, or
/// the beginning of the time, until today or its end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Works {
    /// By the person who did it, else the owner of the deal.
    pub people: IdMap<PersonId, Work>,
    /// How many weeks.
    pub weeks: f64,
}

/// What everybody did in a time up to a day.
#[must_use]
pub fn works(state: &State, period: Period, today: i32) -> Works {
    let mut works = Works::default();
    let mut first = i32::MAX;
    for activity in state.tables.activities.iter() {
        let Some(day) = happened(activity).map(day_of) else {
            continue;
        };
        if !period.holds(day) || day > today {
            continue;
        }
        first = first.min(day);
        let deal = || state.tables.deals.get(activity.deal?)?.owner;
        if let Some(person) = activity.owner.or_else(deal) {
            works.people.entry(person).or_default().note(activity);
        }
    }
    let (from, to) = period.range();
    let (from, to) = (from.max(first), to.min(today));
    if first <= to {
        works.weeks = f64::from(to - from + 1) / 7.0;
    }
    works
}

/// The deals for which people did anything in a time up to a day, in order of ids: of one kind, or
/// of any. By who did it, else by whose deal it is, as in [`works`].
#[must_use]
pub fn worked_on(
    state: &State,
    period: Period,
    today: i32,
    kind: Option<ActivityKind>,
    is_asked: impl Fn(PersonId) -> bool,
) -> Vec<DealId> {
    let mut deals = Vec::new();
    for activity in state.tables.activities.iter() {
        let (Some(id), Some(at)) = (activity.deal, happened(activity)) else {
            continue;
        };
        let day = day_of(at);
        let owner = || state.tables.deals.get(id)?.owner;
        let theirs = activity.owner.or_else(owner).is_some_and(&is_asked);
        let asked = kind.is_none_or(|kind| kind == activity.kind);
        if theirs && asked && period.holds(day) && day <= today {
            deals.push(id);
        }
    }
    deals.order();
    deals.dedup();
    deals
}

#[cfg(test)]
mod tests;
