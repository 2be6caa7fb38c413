//! Where the work goes, and where the value is.

use super::{Ask, Work};
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, IdMap};
use crate::domain::insight::exchange::Total;
use crate::domain::insight::facts::day_of;
use crate::domain::insight::open::{Due, open_deals};
use crate::domain::insight::slice::{Dimension, Sliced};
use crate::domain::query::parties::happened;

/// One part of the open pipeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// What was done for its open deals in the time.
    pub work: Work,
    /// How many open deals it has.
    pub open: u64,
    /// Σ value × chance to win of these, by the rates of today.
    pub weighted: Total,
    /// These deals, in order of their ids.
    pub deals: Vec<DealId>,
    /// Its share of all that was done for open deals.
    pub effort: Option<f64>,
    /// Its share of the weighted value; none where amounts of several currencies stay apart.
    pub value: Option<f64>,
}

impl Part {
    /// By how much more of the effort it has than of the value; none where either is not known.
    #[must_use]
    pub fn surplus(&self) -> Option<f64> {
        Some(self.effort? - self.value?)
    }
}

/// The open deals in parts, with what was done for them in a time, in the order of the parts'
/// names for stages: that of the pipeline; else most deals first.
#[must_use]
pub fn effort(ask: Ask<'_>, by: Dimension) -> Vec<Part> {
    let Ask {
        world,
        facts,
        of,
        period,
        ..
    } = ask;
    let open = of.and(|row| facts.status[row] == Status::Open);
    let sliced = Sliced::of(world, facts, by);
    let mut work: IdMap<DealId, Work> = IdMap::default();
    for activity in world.state.tables.activities.iter() {
        let (Some(deal), Some(at)) = (activity.deal, happened(activity)) else {
            continue;
        };
        if period.holds(day_of(at)) && facts.row(deal).is_some_and(|row| open.holds(row)) {
            work.entry(deal).or_default().note(activity);
        }
    }
    let all: u64 = work.values().map(Work::count).sum();
    // A share of one sum: what stays apart has none, and so has nothing else.
    let whole = ask.weighted(&open).1.one(facts.home);
    let whole = whole.filter(|(_, minor)| *minor > 0);
    let mut parts: Vec<(u16, Part)> = sliced
        .parts(&open)
        .into_iter()
        .map(|(value, selection)| {
            let mut own = Work::default();
            let mut place = u16::MAX;
            for row in selection.rows() {
                if let Some(done) = work.get(&facts.ids[row]) {
                    own.merge(done);
                }
                place = place.min(facts.stage[row]);
            }
            let (open, weighted) = ask.weighted(&selection);
            let share = whole.map(|(currency, whole)| {
                let own = weighted.sums.of(currency);
                own as f64 / whole as f64
            });
            let part = Part {
                name: sliced.labels[value as usize].name.clone(),
                effort: (all > 0).then(|| own.count() as f64 / all as f64),
                value: share,
                work: own,
                open,
                weighted,
                deals: open_deals(facts, &selection, Due::Any),
            };
            (place, part)
        })
        .collect();
    if by == Dimension::Stage {
        use crate::domain::order::Order;
        parts.order_by_key(|(place, _)| *place);
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

impl Work {
    fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.kinds.iter_mut().zip(other.kinds) {
            *mine += theirs;
        }
        self.minutes += other.minutes;
        self.timed += other.timed;
    }
}

/// The part with most more of the effort than of the value, and the one with most less; none where
/// they are no ten points apart.
#[must_use]
pub fn mismatch(parts: &[Part]) -> Option<(&Part, &Part)> {
    let surplus = |p: &&Part| p.surplus();
    let most = parts
        .iter()
        .filter(|p| surplus(p).is_some())
        .max_by(|a, b| {
            a.surplus()
                .partial_cmp(&b.surplus())
                .unwrap_or(std::cmp::Ordering::Equal)
        })?;
    let least = parts
        .iter()
        .filter(|p| surplus(p).is_some())
        .min_by(|a, b| {
            a.surplus()
                .partial_cmp(&b.surplus())
                .unwrap_or(std::cmp::Ordering::Equal)
        })?;
    let apart = most.surplus()? >= 0.1 || least.surplus()? <= -0.1;
    apart.then_some((most, least))
}
