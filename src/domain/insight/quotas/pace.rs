//! What the own history says of the way ahead: what must still be created and won.

use super::{Attained, Till};
use crate::domain::deal::Status;
use crate::domain::insight::exchange::Exchange;
use crate::domain::insight::facts::{Facts, NEVER};
use crate::domain::insight::period::Period;
use crate::domain::insight::select::Selection;
use crate::domain::insight::stats::Rate;
use crate::domain::insight::stats::sample::Sample;
use crate::domain::money::Currency;

/// Days looked back.
pub const DAYS: i32 = 365;
/// Fewer wins say too little to reckon with.
pub const LEAST_WON: u64 = 5;

/// How one sells: the twelve months up to yesterday.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Days there are, at most 365: since the first deal was created.
    pub days: i32,
    /// Won of closed.
    pub win: Rate,
    /// Deals created.
    pub created: u64,
    /// The mean value of a won deal, minor units.
    pub value: i128,
    /// The standard deviation of it.
    pub spread: f64,
    /// What was won a day in the mean, in minor units.
    pub won_per_day: f64,
    /// The median of days from creation to the win.
    pub cycle: Option<f64>,
    /// Open deals now.
    pub open: u64,
}

impl History {
    /// Deals created a week.
    #[must_use]
    pub fn created_per_week(&self) -> f64 {
        self.created as f64 * 7.0 / f64::from(self.days.max(1))
    }

    /// Whether it says enough to reckon with.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.win.part >= LEAST_WON && self.value > 0 && self.days >= 28
    }
}

/// Reads the history of some deals.
#[must_use]
pub fn history(
    facts: &Facts,
    exchange: &Exchange,
    of: &Selection,
    currency: Currency,
    today: i32,
) -> History {
    let till = Till {
        facts,
        exchange,
        currency,
    };
    let since = today - DAYS;
    let mut all = History::default();
    let mut first = today;
    let (mut values, mut cycle) = (Vec::new(), Sample::default());
    for row in of.rows() {
        first = first.min(facts.created[row]);
        all.created += u64::from((since..today).contains(&facts.created[row]));
        all.open += u64::from(facts.status[row] == Status::Open);
        let closed = facts.closed[row];
        if closed == NEVER || !(since..today).contains(&closed) {
            continue;
        }
        match facts.status[row] {
            Status::Won => {
                all.win = Rate::new(all.win.part + 1, all.win.n + 1);
                cycle.add(u32::try_from(closed - facts.created[row]).unwrap_or(0));
                values.extend(till.minor(row, closed));
            }
            Status::Lost => all.win.n += 1,
            Status::Open | Status::OnHold => {}
        }
    }
    all.days = (today - first.max(since)).max(0);
    all.cycle = cycle.median();
    let sum: i128 = values.iter().sum();
    if let (n @ 1.., days @ 1..) = (values.len() as i128, all.days) {
        all.value = sum / n;
        all.won_per_day = sum as f64 / f64::from(days);
        let off = values
            .iter()
            .map(|v| (*v as f64 - all.value as f64).powi(2))
            .sum::<f64>();
        all.spread = (off / (n as f64 - 1.0).max(1.0)).sqrt();
    }
    all
}

/// What is still to be done for a quota.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pace {
    /// Weeks left in the period.
    pub weeks: f64,
    /// Deals to win each week, at the own mean value.
    pub wins: f64,
    /// What is missing even if the open deals bring what their chances say, minor units.
    pub gap: i128,
    /// Weeks in which a new deal still comes in time, at the own cycle.
    pub weeks_to_create: f64,
    /// Deals to create in each of these weeks to close the gap; none where no time is left.
    pub create: Option<f64>,
}

/// What is still to be won and created each week. None where the period is over, nothing is
/// missing, or the history says too little.
#[must_use]
pub fn pace(
    quota: i128,
    got: &Attained,
    history: &History,
    period: Period,
    today: i32,
) -> Option<Pace> {
    let remaining = got.remaining(quota);
    let (from, to) = period.range();
    if remaining == 0 || to < today || !history.is_enough() {
        return None;
    }
    let begin = today.max(from);
    let weeks = f64::from(to - begin + 1) / 7.0;
    let cycle = history.cycle.unwrap_or(0.0);
    // New deals may be created before the period begins.
    let weeks_to_create = ((f64::from(to - today + 1) - cycle) / 7.0).max(0.0);
    let gap = (remaining - got.weighted).max(0);
    let rate = history.win.value().unwrap_or(0.0);
    let deals = gap as f64 / (history.value as f64 * rate).max(1.0);
    Some(Pace {
        weeks,
        wins: remaining as f64 / history.value as f64 / weeks,
        gap,
        weeks_to_create,
        create: (weeks_to_create >= 1.0).then(|| deals / weeks_to_create),
    })
}
