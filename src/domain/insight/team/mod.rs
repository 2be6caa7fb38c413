//! How people and teams do, compared fairly: of many deals and of few, of large ones and small.

pub mod better;
pub mod effort;
mod mix;

use self::mix::Mix;
use super::answer::{Question, Rules};
use super::catalogue::Metric;
use super::cycle::{Cycle, CycleRule};
use super::exchange::{Exchange, Total};
use super::facts::{Facts, Now, day_of};
use super::period::Period;
use super::select::Selection;
use super::slice::{Dimension, Sliced};
use super::stats::pool::{self, Prior};
use super::stats::sample::Sample;
use super::stats::{Interval, Rate};
use crate::domain::activity::ActivityKind;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, IdMap, PersonId};
use crate::domain::order::Order;
use crate::domain::query::parties::happened;
use crate::domain::state::State;
use crate::domain::world::World;

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
    /// Σ value won in the time, each by the rate of the day it was won.
    pub won_value: Total,
    /// Days that deals won in the time took from their creation.
    pub cycle: Sample,
    /// How many are open now.
    pub open: u64,
    /// Σ value × chance to win of these, by the rates of today.
    pub weighted: Total,
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

/// Those asked for, with what everybody has in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Standings {
    /// Those asked for, most deals first.
    pub all: Vec<Standing>,
    /// Won of all that anybody closed in the time.
    pub rate: Rate,
    /// What everybody has in common; none below two with closed deals.
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

/// What is asked for: deals, of which days, held against which, and how values are added up.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// All that is known.
    pub world: &'a World,
    /// The deals column by column.
    pub facts: &'a Facts,
    /// Those of whom is asked for.
    pub of: &'a Selection,
    /// Those of everybody: what is compared with.
    pub everybody: &'a Selection,
    /// Closed, or worked on, in this time.
    pub period: Period,
    /// How values are added up.
    pub exchange: &'a Exchange,
    /// The day whose rates open deals are added up by.
    pub today: i32,
}

impl<'a> Ask<'a> {
    fn question(self) -> Question<'a> {
        Question {
            facts: self.facts,
            exchange: self.exchange,
            period: self.period,
            now: Now {
                ms: 0,
                today: self.today,
            },
            rules: Rules::default(),
            pipeline: None,
            quota: None,
        }
    }

    /// Σ value of those won in the time.
    fn won_value(self, of: &Selection) -> Total {
        let asked = self.question();
        asked.total(&asked.rows(Metric::Won, of))
    }

    /// How many are open, and Σ value × chance to win.
    fn weighted(self, of: &Selection) -> (u64, Total) {
        let asked = self.question();
        let open = asked.rows(Metric::Open, of);
        (open.count() as u64, asked.weighted(&open))
    }
}

/// How the owners of some deals do ([`Dimension::Owner`]), or their teams ([`Dimension::Team`]).
/// They are held against everybody, also those that are not asked for.
#[must_use]
pub fn standings(ask: Ask<'_>, by: Dimension) -> Standings {
    let Ask { facts, period, .. } = ask;
    let sliced = Sliced::of(ask.world, facts, by);
    let mix = Mix::over(facts, ask.everybody, period);
    let rates: Vec<Rate> = sliced
        .parts(ask.everybody)
        .iter()
        .map(|(_, deals)| closed(facts, deals, period))
        .collect();
    let prior = pool::prior(&rates);
    let whole = closed(facts, ask.everybody, period);
    // Where all were won, or all lost, all are as all.
    let several = rates.iter().filter(|r| r.n > 0).count() > 1;
    let same = whole.value().filter(|_| several && prior.is_none());
    let one = |(value, deals): (u32, Selection)| {
        let label = &sliced.labels[value as usize];
        let rate = closed(facts, &deals, period);
        let (open, weighted) = ask.weighted(&deals);
        Standing {
            key: label.key.clone(),
            name: label.name.clone(),
            rate,
            shrunk: prior
                .map(|prior| prior.shrink(rate))
                .or(same.map(|mean| (mean, None)))
                .filter(|_| rate.n > 0),
            expected: mix.expected(facts, &deals, period),
            won_value: ask.won_value(&deals),
            cycle: Cycle::of(facts, &deals, period, CycleRule::Creation).won,
            open,
            weighted,
            deals,
        }
    };
    Standings {
        all: sliced.parts(ask.of).into_iter().map(one).collect(),
        rate: whole,
        prior,
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
