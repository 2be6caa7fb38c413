//! A quota from history, step by step: each step is shown, and can be changed before it is kept.

use super::{Holder, Till};
use crate::domain::deal::Status;
use crate::domain::insight::exchange::Exchange;
use crate::domain::insight::facts::{Day, Facts, NEVER};
use crate::domain::insight::period::Period;
use crate::domain::insight::quotas::pace::History;
use crate::domain::insight::select::Selection;
use crate::domain::insight::win_loss::date_of;
use crate::domain::money::{Currency, in_whole_units};
use crate::domain::quota::{QuotaFactor, Span};
use crate::domain::world::World;
use chrono::Datelike;

/// A step: a share per mille, with why.
pub type Step = QuotaFactor;

/// What history suggests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestion {
    /// Deals a week × weeks × win rate × mean value, minor units.
    pub base: i128,
    /// What raises or lowers it.
    pub steps: Vec<Step>,
}

impl Suggestion {
    /// The base times all steps, rounded to whole units of the currency.
    #[must_use]
    pub fn amount(&self, currency: Currency) -> i128 {
        apply(self.base, &self.steps, currency)
    }
}

/// A base times steps, one after the other in whole minor units; the result is rounded to whole
/// units of the currency.
#[must_use]
pub fn apply(base: i128, steps: &[Step], currency: Currency) -> i128 {
    let minor = steps.iter().fold(base, |amount, step| {
        amount * i128::from(step.factor.max(0)) / 1_000
    });
    in_whole_units(minor, currency)
}

/// A quota for a holder and a period from history. None where the history says too little.
#[must_use]
#[allow(clippy::too_many_arguments)]
pub fn suggest(
    world: &World,
    facts: &Facts,
    exchange: &Exchange,
    of: &Selection,
    holder: &Holder,
    history: &History,
    (period, span): (Period, Span),
    (currency, today): (Currency, Day),
) -> Option<Suggestion> {
    let rate = history.win.value().filter(|_| history.is_enough())?;
    let weeks = f64::from(period.days()) / 7.0;
    let wins = history.created_per_week() * weeks * rate;
    // A number of deals times whole minor units: counted in thousandths of a deal.
    let base = (wins * 1_000.0).round() as i128 * history.value / 1_000;
    let mut steps = Vec::new();
    steps.extend(capacity(world, holder, history));
    steps.extend(start(world, holder, period));
    steps.extend(potential(world, holder, history, exchange, currency, today));
    steps.extend(seasonality(
        facts, exchange, of, span, period, currency, today,
    ));
    steps.extend(market(world, holder, period));
    Some(Suggestion { base, steps })
}

fn step(name: &str, factor: f64, note: String) -> Step {
    Step {
        name: name.to_owned(),
        factor: (factor * 1_000.0).round().clamp(0.0, 10_000.0) as i64,
        note,
    }
}

/// Who has more open deals than they can work on well will not win as before.
fn capacity(world: &World, holder: &Holder, history: &History) -> Option<Step> {
    let people = holder.people(world)?;
    let mut all = 0_u64;
    for id in people {
        // One without a capacity leaves the sum unknown.
        all += u64::from(world.state.tables.people.get(id)?.capacity?);
    }
    let note = format!("{} open deals; capacity {all}.", history.open);
    let share = if history.open > all {
        all as f64 / history.open as f64
    } else {
        1.0
    };
    Some(step("Capacity", share.max(0.5), note))
}

/// Days until somebody new sells as others do: a rule of thumb.
const RAMP: f64 = 180.0;

fn start(world: &World, holder: &Holder, period: Period) -> Option<Step> {
    let person = world.state.tables.people.get(holder.person?)?;
    let started = person.started?.to_epoch_days();
    let (from, to) = period.range();
    let there = f64::from((from + to) / 2 - started);
    (there < RAMP).then(|| {
        let share = (there / RAMP).clamp(0.25, 1.0);
        step(
            "Start",
            share,
            format!(
                "Began on {}; half a year is reckoned until somebody new sells as others do.",
                person.started.unwrap_or_default()
            ),
        )
    })
}

/// How much of what a territory could buy in a year is sold already: above four fifths there is
/// little left, below a fifth there is room. Rules of thumb, to be changed by hand.
fn potential(
    world: &World,
    holder: &Holder,
    history: &History,
    exchange: &Exchange,
    currency: Currency,
    today: Day,
) -> Option<Step> {
    let territory = holder
        .territory
        .or_else(|| world.state.tables.people.get(holder.person?)?.territory)?;
    let territory = world.state.tables.territories.get(territory)?;
    let potential = exchange.convert(territory.potential?, currency, date_of(today))?;
    if potential.minor <= 0 {
        return None;
    }
    let sold = history.won_per_day * 365.0 / potential.minor as f64;
    let factor = match sold {
        s if s > 0.8 => 0.9,
        s if s < 0.2 => 1.1,
        _ => 1.0,
    };
    let percent = (sold * 100.0).round();
    Some(step(
        "Territory",
        factor,
        format!(
            "{percent} % of the potential of {} was sold in the last twelve months.",
            territory.name
        ),
    ))
}

/// Wins that stand for “no season” in the mean: few wins move it little.
const CALM: f64 = 30.0;

/// How much more or less was won in such months than in others: for a month by its place in the
/// quarter, for a quarter by the quarter; drawn to 1 the fewer wins there are.
fn seasonality(
    facts: &Facts,
    exchange: &Exchange,
    of: &Selection,
    span: Span,
    period: Period,
    currency: Currency,
    today: Day,
) -> Option<Step> {
    let (parts, place): (usize, fn(chrono::NaiveDate) -> usize) = match span {
        Span::Month => (3, |d| (d.month0() % 3) as usize),
        Span::Quarter => (4, |d| (d.month0() / 3) as usize),
        Span::Year => return None,
    };
    // Whole years only, else the seasons that were seen twice would count double.
    let first = of.rows().map(|row| facts.created[row]).min()?;
    let years = ((today - first) / 365).min(5);
    if years < 1 {
        return None;
    }
    let till = Till {
        facts,
        exchange,
        currency,
    };
    let mut sums = vec![0_i128; parts];
    let mut wins = 0_u32;
    for row in of.rows() {
        let closed = facts.closed[row];
        if facts.status[row] == Status::Won
            && closed != NEVER
            && (today - years * 365..today).contains(&closed)
        {
            sums[place(date_of(closed))] += till.minor(row, closed).unwrap_or(0);
            wins += 1;
        }
    }
    let all: i128 = sums.iter().sum();
    if all <= 0 {
        return None;
    }
    let at = place(period.from());
    let seen = sums[at] as f64 * parts as f64 / all as f64;
    let n = f64::from(wins);
    let drawn = (n * seen + CALM) / (n + CALM);
    let which = match span {
        Span::Month => format!("month {} of quarters", at + 1),
        _ => format!("calendar quarter {}", at + 1),
    };
    Some(step(
        "Season",
        drawn,
        format!(
            "{} % of the mean was won in {which}, over {wins} wins; drawn to 100 %.",
            (seen * 100.0).round()
        ),
    ))
}

/// What is known from outside, by how much of the period it touches.
fn market(world: &World, holder: &Holder, period: Period) -> Vec<Step> {
    let of = holder
        .territory
        .or_else(|| world.state.tables.people.get(holder.person?)?.territory);
    let mut steps = Vec::new();
    for factor in world.state.tables.factors.iter() {
        if factor.territory.is_some() && factor.territory != of {
            continue;
        }
        let from = factor.from.unwrap_or(period.from());
        let to = factor.to.unwrap_or(period.to());
        if from > to {
            continue;
        }
        let Some(both) = period.within(Period::new(from, to)) else {
            continue;
        };
        let part = f64::from(both.days()) / f64::from(period.days());
        let effect = 1.0 + (factor.effect as f64 / 1_000.0 - 1.0) * part;
        let mut note = format!("{} of {} days.", both.days(), period.days());
        if !factor.note.trim().is_empty() {
            note = format!("{note} {}", factor.note.trim());
        }
        steps.push(step(&factor.name, effect, note));
    }
    steps
}

/// By how much what is known from outside raises or lowers what a holder sells in a time, per
/// mille, with the names of it; a step that has the same name stands for it. None where nothing is
/// known.
#[must_use]
pub fn outside(
    world: &World,
    holder: &Holder,
    time: Period,
    steps: &[Step],
) -> Option<(i64, Vec<String>)> {
    let known = market(world, holder, time);
    let names: Vec<String> = known.iter().map(|s| s.name.clone()).collect();
    let kept = |s: &Step| steps.iter().find(|k| k.name == s.name).map(|k| k.factor);
    let factor = known.iter().fold(1_000, |all, step| {
        all * kept(step).unwrap_or(step.factor).max(0) / 1_000
    });
    (!names.is_empty()).then_some((factor, names))
}
