//! What those who win more do differently. It says what goes together, not what causes what.

use super::Standings;
use crate::domain::activity::ActivityKind;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::insight::cycle::closed_deals;
use crate::domain::insight::facts::Facts;
use crate::domain::insight::legs::legs;
use crate::domain::insight::period::Period;
use crate::domain::insight::stats::pool::{self, Prior};
use crate::domain::insight::stats::sample::Sample;
use crate::domain::insight::stats::test::{holm, welch};
use crate::domain::insight::stats::{Interval, Rate};
use crate::domain::order::Order;
use crate::domain::query::gate::contact_count;
use crate::domain::query::qualify::qualification;
use crate::domain::world::World;

/// Something that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// Done activities of a kind per closed deal.
    Activities(ActivityKind),
    /// Contacts per closed deal.
    Contacts,
    /// Qualification of closed deals, in percent.
    Qualified,
    /// Days of deals won, from creation.
    Cycle,
    /// Days in a stage, by its number in the facts, of stays that ended.
    Stage(u16),
}

/// One comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Of what.
    pub habit: Habit,
    /// Of those who win more.
    pub top: Sample,
    /// Of the others.
    pub rest: Sample,
    /// How likely so large a difference is where there is none, corrected for how many are compared
    /// at once (Holm 1979); none below two of either.
    pub p: Option<f64>,
}

impl Compared {
    /// The difference of the means, top less rest, with its 95 % interval.
    #[must_use]
    pub fn difference(&self) -> Option<(f64, Interval)> {
        mean_difference(&self.top, &self.rest)
    }

    /// Whether it is more than chance gives, with all that is compared beside it.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.p.is_some_and(|p| p < 0.05)
    }
}

/// Why nobody can be called better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alike {
    /// There are not three people with [`super::FEW`] closed deals and more.
    Few,
    /// Their win rates are no further apart than chance alone makes them.
    Chance,
}

/// Who is compared with whom, and in what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Better {
    /// The names of those who win more.
    pub top: Vec<String>,
    /// The names of the others.
    pub rest: Vec<String>,
    /// Closed deals of the first.
    pub top_deals: u64,
    /// Closed deals of the others.
    pub rest_deals: u64,
    /// What is compared.
    pub habits: Vec<Compared>,
    /// The closed deals of the first, in order of ids.
    pub top_behind: Vec<DealId>,
    /// Those of the others.
    pub rest_behind: Vec<DealId>,
}

/// Welch's t of two means, also where neither spreads: there any difference is a sure one.
fn compared(a: &Sample, b: &Sample) -> Option<(f64, Interval, f64)> {
    let still = || {
        let by = (a.len() > 1 && b.len() > 1).then_some(a.mean()? - b.mean()?)?;
        let p = if by == 0.0 { 1.0 } else { 0.0 };
        Some((by, Interval { low: by, high: by }, p))
    };
    welch(a, b).or_else(still)
}

/// The difference `a − b` of two means with its 95 % interval by Welch's t. None below two of
/// either.
#[must_use]
pub fn mean_difference(a: &Sample, b: &Sample) -> Option<(f64, Interval)> {
    compared(a, b).map(|(by, interval, _)| (by, interval))
}

/// How likely so large a difference of two means is where there is none: Welch's t, two-sided. None
/// below two of either.
#[must_use]
pub fn mean_test(a: &Sample, b: &Sample) -> Option<f64> {
    compared(a, b).map(|(.., p)| p)
}

/// Compares the upper third by the drawn win rate, of those with [`super::FEW`] closed deals and more,
/// with the others of them. Not below three such people: one is then compared with one, which
/// says something of two people and nothing of a way to sell. Nor where nobody is better beyond
/// chance: the rates spread no more than it alone makes them, or all lie within its limits.
///
/// # Errors
/// Why nobody can be called better.
pub fn better(
    world: &World,
    facts: &Facts,
    standings: &Standings,
    period: Period,
) -> Result<Better, Alike> {
    let mut known: Vec<_> = standings.known().collect();
    if known.len() < 3 {
        return Err(Alike::Few);
    }
    let rates: Vec<Rate> = known.iter().map(|s| s.rate).collect();
    let spreads = |prior: Option<Prior>| prior.is_some_and(|p| p.strength.is_finite());
    let spread = spreads(standings.prior) && spreads(pool::prior(&rates));
    if !spread || standings.strays().is_empty() {
        return Err(Alike::Chance);
    }
    known.order_by(|a, b| {
        let drawn = |s: &super::Standing| s.compared().unwrap_or_default();
        let plain = |s: &super::Standing| s.rate.value().unwrap_or_default();
        // Where two are drawn to the same rate, the plain one decides.
        let by_drawn = drawn(b).total_cmp(&drawn(a));
        let by_plain = plain(b).total_cmp(&plain(a));
        by_drawn.then(by_plain).then_with(|| a.key.cmp(&b.key))
    });
    let most = known.len().div_ceil(3);
    let (top, rest) = known.split_at(most);
    let mut found = Better {
        top: top.iter().map(|s| s.name.clone()).collect(),
        rest: rest.iter().map(|s| s.name.clone()).collect(),
        top_deals: top.iter().map(|s| s.rate.n).sum(),
        rest_deals: rest.iter().map(|s| s.rate.n).sum(),
        habits: Vec::new(),
        top_behind: closed(facts, top, period),
        rest_behind: closed(facts, rest, period),
    };
    let mut all: Vec<Habit> = ActivityKind::ALL
        .iter()
        .copied()
        .map(Habit::Activities)
        .collect();
    all.extend([Habit::Contacts, Habit::Qualified, Habit::Cycle]);
    let open = |n: &u16| {
        let stage = facts.stages.get(*n);
        stage.is_some_and(|s| s.kind == crate::domain::stage::StageKind::Open)
    };
    let stages = 0..u16::try_from(facts.stages.len()).unwrap_or(u16::MAX);
    all.extend(stages.filter(open).map(Habit::Stage));
    for habit in all {
        let compared = Compared {
            habit,
            top: sample(world, facts, top, period, habit),
            rest: sample(world, facts, rest, period, habit),
            p: None,
        };
        if !compared.top.is_empty() && !compared.rest.is_empty() {
            found.habits.push(compared);
        }
    }
    correct(&mut found.habits);
    Ok(found)
}

/// Of many things compared at once, some differ by chance.
fn correct(all: &mut [Compared]) {
    let alone: Vec<Option<f64>> = all.iter().map(|c| mean_test(&c.top, &c.rest)).collect();
    let tested: Vec<f64> = alone.iter().copied().flatten().collect();
    let mut corrected = holm(&tested).into_iter();
    for (compared, alone) in all.iter_mut().zip(alone) {
        compared.p = alone.and_then(|_| corrected.next());
    }
}

/// The deals of some people that were closed in the time.
fn closed(facts: &Facts, of: &[&super::Standing], period: Period) -> Vec<DealId> {
    let mut deals = Vec::new();
    for standing in of {
        for status in [Status::Won, Status::Lost] {
            deals.extend(closed_deals(facts, &standing.deals, period, status));
        }
    }
    deals.order();
    deals.dedup();
    deals
}

fn sample(
    world: &World,
    facts: &Facts,
    of: &[&super::Standing],
    period: Period,
    habit: Habit,
) -> Sample {
    let mut sample = Sample::default();
    for row in of.iter().flat_map(|s| s.deals.rows()) {
        let decided = matches!(facts.status[row], Status::Won | Status::Lost);
        if !decided || !period.holds(facts.closed[row]) {
            continue;
        }
        let deal = || world.state.tables.deals.get(facts.ids[row]);
        match habit {
            Habit::Activities(kind) => sample.add(facts.done[row][kind as usize].into()),
            Habit::Contacts => {
                let count = deal().map(|d| contact_count(world, d));
                sample.add(u32::try_from(count.unwrap_or(0)).unwrap_or(u32::MAX));
            }
            Habit::Qualified => {
                let known = deal().and_then(|d| qualification(&world.state, d));
                // A framework that was never asked says nothing of how one asks.
                if let Some(known) = known.filter(|_| deal().is_some_and(|d| !d.answers.is_empty()))
                {
                    sample.add(known.percent.into());
                }
            }
            Habit::Cycle if facts.status[row] == Status::Won => {
                let days = facts.closed[row] - facts.created[row];
                sample.add(u32::try_from(days).unwrap_or(0));
            }
            Habit::Cycle => {}
            Habit::Stage(stage) => {
                for leg in legs(facts, row).filter(|leg| leg.stage == stage) {
                    if let Some(left) = leg.left() {
                        sample.add(u32::try_from(left - leg.entered).unwrap_or(0));
                    }
                }
            }
        }
    }
    sample
}
