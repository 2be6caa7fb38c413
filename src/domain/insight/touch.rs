//! What kind of touch goes ahead of an advance.
//!
//! Deals that stand long get many touches, and deals that were touched had to stand until then. So
//! touches are counted in the first days of a stay only, of deals that still stand there at their
//! end, and what is compared is what comes after (a landmark analysis: Anderson, Cain and Gelber
//! 1983). That a touch goes ahead of an advance does not say that it brings it about.

use super::facts::{Day, Facts, day_of};
use super::select::Selection;
use super::stats::binomial::difference;
use super::stats::test::{holm, two_shares};
use super::stats::{Interval, Rate};
use crate::domain::activity::{ActivityKind, ActivityOutcome};
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::order::Order;
use crate::domain::query::idle::activities;
use crate::domain::stage::StageKind;
use crate::domain::world::World;
use std::collections::BTreeMap;

/// Touches count in so many days from the day a deal came into a stage.
pub const FIRST: Day = 7;
/// A deal has advanced when it comes into a later stage, or is won, within so many days after.
pub const WITHIN: Day = 30;
/// Fewer stays on either side are not compared.
pub const FEW: u64 = 10;

/// A kind of touch, with an outcome or with any.
pub type Touch = (ActivityKind, Option<ActivityOutcome>);

/// Stays with a touch beside those without it.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Which.
    pub touch: Touch,
    /// Of stays with it, how many went on.
    pub with: Rate,
    /// Of stays without it, how many went on.
    pub without: Rate,
    /// How much more with it, and the 95 % interval of that (Newcombe).
    pub difference: Option<(f64, Interval)>,
    /// How often chance alone gives as much, corrected for the number of comparisons (Holm).
    pub p: f64,
    /// The deals with it.
    pub deals: Vec<DealId>,
}

/// What touches do, in one stage or in all; the most frequent first. Only of the time up to today.
#[must_use]
pub fn touches(
    world: &World,
    facts: &Facts,
    of: &Selection,
    stage: Option<u16>,
    today: Day,
) -> Vec<Effect> {
    let mut all = Rate::default();
    let mut with: BTreeMap<Touch, (Rate, Vec<DealId>)> = BTreeMap::new();
    for row in of.rows() {
        let entries = facts.entries.of(row);
        let stays: Vec<(Day, bool)> = (entries.iter().enumerate())
            .filter(|(_, entry)| stage.is_none_or(|s| s == entry.stage))
            .filter_map(|(at, entry)| Some((entry.day, went_on(facts, row, at, today)?)))
            .collect();
        if stays.is_empty() {
            continue;
        }
        let Some(deal) = world.state.tables.deals.get(facts.ids[row]) else {
            continue;
        };
        let done: Vec<(Day, Touch)> = activities(world, deal)
            .filter(|a| a.kind != ActivityKind::Note)
            .filter_map(|a| Some((day_of(a.done?), (a.kind, a.outcome))))
            .collect();
        for (begin, went) in stays {
            all.n += 1;
            all.part += u64::from(went);
            let mut here: Vec<Touch> = Vec::new();
            for (_, (kind, outcome)) in done
                .iter()
                .filter(|(d, _)| (begin..begin + FIRST).contains(d))
            {
                here.push((*kind, None));
                here.extend(outcome.map(|o| (*kind, Some(o))));
            }
            here.order();
            here.dedup();
            for touch in here {
                let (rate, deals) = with.entry(touch).or_default();
                rate.n += 1;
                rate.part += u64::from(went);
                deals.push(deal.id);
            }
        }
    }
    let mut found: Vec<Effect> = with
        .into_iter()
        .filter_map(|(touch, (with, mut deals))| {
            let without = Rate::new(all.part - with.part, all.n - with.n);
            if with.n < FEW || without.n < FEW {
                return None;
            }
            deals.order();
            deals.dedup();
            Some(Effect {
                touch,
                with,
                without,
                difference: difference(with, without),
                p: two_shares(with, without).map_or(1.0, |test| test.p),
                deals,
            })
        })
        .collect();
    let p: Vec<f64> = found.iter().map(|e| e.p).collect();
    for (effect, p) in found.iter_mut().zip(holm(&p)) {
        effect.p = p;
    }
    found.order_by_key(|e| (std::cmp::Reverse(e.with.n), e.touch));
    found
}

/// Whether a deal went on within the days after the first ones of a stay. None where it no longer
/// stood there then, the stage is not an open one, or that is not known yet.
fn went_on(facts: &Facts, row: usize, at: usize, today: Day) -> Option<bool> {
    let entries = facts.entries.of(row);
    let (here, next) = (entries[at], entries.get(at + 1));
    let stage = facts
        .stages
        .get(here.stage)
        .filter(|s| s.kind == StageKind::Open)?;
    let closed = match facts.status[row] {
        Status::Open => None,
        status => Some((facts.closed[row], status)),
    };
    let later = next.map(|next| {
        let to = facts.stages.get(next.stage);
        let on = to.is_some_and(|to| {
            to.in_pipeline == stage.in_pipeline
                && to.place > stage.place
                && matches!(to.kind, StageKind::Open | StageKind::Won)
        });
        (next.day, on)
    });
    let end = later.or(closed.map(|(day, status)| (day, status == Status::Won)));
    let mark = here.day + FIRST;
    match end {
        Some((day, _)) if day < mark => None,
        Some((day, on)) if day <= mark + WITHIN => Some(on),
        _ => (mark + WITHIN <= today).then_some(false),
    }
}
