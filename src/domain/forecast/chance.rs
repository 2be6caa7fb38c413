//! The chance of each open deal to be won by the end of each month ahead.

use super::NEVER;
use super::book::{Book, OpenDeal};
use super::model::{AGES, Model, age_of};
use super::months::Months;
use super::what_if::{Fate, WhatIf};

/// Below so many closed deals the stages' own chances stand for the history's.
pub const LEAST: u32 = 20;

/// Where the chance that a deal is won comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whether {
    /// Its own.
    Own,
    /// From how deals in its stage ended: so many.
    History(u32),
    /// The stage's, for want of a history.
    Stage,
    /// Chosen in a what-if.
    Chosen,
}

/// Where the time that a deal is won in comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The day expected, put off as others were.
    Expected,
    /// As long as others in its stage took.
    Lag,
}

/// The chances of one deal.
#[derive(Clone, Debug, PartialEq)]
pub struct Chance {
    /// To be won by the end of each month, as the own history has it.
    pub historic: Vec<f64>,
    /// To be won by the end of each month, as it is played: whether by its own chance or history,
    /// when by the day expected.
    pub played: Vec<f64>,
    /// To be won in the end.
    pub ever: f64,
    /// Where that is from.
    pub whether: Whether,
    /// Where the months are from.
    pub when: When,
}

/// What all deals of a stage and time in it share.
struct Shared {
    by_month: Vec<f64>,
    ever: f64,
}

/// The chances of all open deals, in their order.
#[must_use]
pub fn chances(model: &Model, book: &Book, months: &Months, what_if: &WhatIf) -> Vec<Chance> {
    let days: Vec<i32> = months.ends.iter().map(|end| end - months.from).collect();
    let shared: Vec<[Shared; AGES]> = model
        .hazards
        .iter()
        .map(|cells| {
            std::array::from_fn(|age| {
                let (hazards, mut by_month) = (&cells[age], Vec::new());
                // Later by some days: what would be won by a day is won by so many days before.
                let days: Vec<i32> = days.iter().map(|d| d - what_if.slip).collect();
                hazards.won_by(&days, |week| model.season_of(week), &mut by_month);
                Shared {
                    by_month,
                    ever: hazards.won_ever(),
                }
            })
        })
        .collect();
    let one = |open| one(model, open, months, &days, &shared, what_if);
    book.open.iter().map(one).collect()
}

fn one(
    model: &Model,
    open: &OpenDeal,
    months: &Months,
    days: &[i32],
    shared: &[[Shared; AGES]],
    what_if: &WhatIf,
) -> Chance {
    let stage = open.step.stage.map_or(0, usize::from);
    let Some(own) = shared
        .get(stage)
        .map(|c| &c[age_of(open.step.age(model.until))])
    else {
        return never(days.len());
    };
    let fate = what_if.deals.get(&open.deal).copied();
    let scaled = |p: f64| (p * f64::from(what_if.chances) / 100.0).clamp(0.0, 1.0);
    let closed = model.closed.0 + model.closed.1;
    let (ever, whether) = match (fate, open.step.chance) {
        (Some(Fate::Won), _) => (1.0, Whether::Chosen),
        (Some(Fate::Out), _) => (0.0, Whether::Chosen),
        (_, Some(own)) => (scaled(f64::from(own) / 100.0), Whether::Own),
        _ if closed >= LEAST => {
            let n = model.stage_deals.get(stage).copied().unwrap_or(0);
            (scaled(own.ever), Whether::History(n))
        }
        _ => (scaled(f64::from(open.percent) / 100.0), Whether::Stage),
    };
    let close = match fate {
        Some(Fate::On(day)) => day,
        _ => open.step.close,
    };
    let ahead = (close != NEVER).then(|| close.saturating_sub(months.from));
    let (played, when) = match (fate, ahead) {
        (Some(Fate::Won), _) => (sure(months, close), When::Expected),
        (_, Some(ahead)) => match slipped(model, ahead, days, what_if.slip) {
            Some(shares) => (shares.iter().map(|s| ever * s).collect(), When::Expected),
            None => (lagged(own, ever), When::Lag),
        },
        _ => (lagged(own, ever), When::Lag),
    };
    let historic = match fate {
        Some(Fate::Won) => sure(months, close),
        Some(Fate::Out) => vec![0.0; days.len()],
        _ => own.by_month.iter().map(|p| scaled(*p)).collect(),
    };
    Chance {
        historic,
        played,
        ever,
        whether,
        when,
    }
}

fn never(months: usize) -> Chance {
    Chance {
        historic: vec![0.0; months],
        played: vec![0.0; months],
        ever: 0.0,
        whether: Whether::Stage,
        when: When::Lag,
    }
}

/// Won for sure in the month of a day; in the first where it is past or not known.
fn sure(months: &Months, close: i32) -> Vec<f64> {
    let ends = months.ends.iter();
    ends.map(|end| if close <= *end { 1.0 } else { 0.0 })
        .collect()
}

fn slipped(model: &Model, ahead: i32, days: &[i32], put_off: i32) -> Option<Vec<f64>> {
    let share = |day: &i32| model.slips.won_by(ahead, *day, put_off);
    days.iter().map(share).collect()
}

/// As long as others took, of those that were won.
fn lagged(own: &Shared, ever: f64) -> Vec<f64> {
    let whole = own.ever.max(1e-9);
    let by = own.by_month.iter();
    by.map(|p| ever * (p / whole).clamp(0.0, 1.0)).collect()
}

/// How many new deals will be won in each month ahead, in the mean.
#[must_use]
pub fn arrivals(model: &Model, months: &Months, what_if: &WhatIf) -> Vec<f64> {
    let mut won = vec![0.0; months.len()];
    let fresh = &model.fresh;
    let Some(last) = months.ends.last() else {
        return won;
    };
    if fresh.values.is_empty() {
        return won;
    }
    let per_week = fresh.per_week * f64::from(what_if.arrivals) / 100.0;
    // One by one the weeks in which deals are won, and how many weeks ago they can have come.
    let weeks = ((last - months.from) / 7 + 1) as usize;
    let mut by_lag = Vec::new();
    let ends: Vec<i32> = (1..=weeks as i32).map(|w| 7 * w).collect();
    fresh.hazards.won_by(&ends, |_| 1.0, &mut by_lag);
    for day in months.from + 1..=*last {
        let Some(month) = months.of(day) else {
            continue;
        };
        let ahead = day - months.from - what_if.slip;
        if ahead <= 0 {
            continue;
        }
        // Those that came on any day since then and are won by now, less those won the day before.
        let week = (ahead / 7) as usize;
        let before = week.checked_sub(1).and_then(|w| by_lag.get(w));
        let (low, high) = (before.copied().unwrap_or(0.0), by_lag.get(week));
        let high = high.or(by_lag.last()).copied().unwrap_or(0.0);
        let by = low + (high - low) * f64::from(ahead % 7) / 7.0;
        let chance = by * f64::from(what_if.chances) / 100.0;
        won[month] += per_week / 7.0 * chance.min(1.0) * model.season_of((ahead / 7) as usize);
    }
    won
}
