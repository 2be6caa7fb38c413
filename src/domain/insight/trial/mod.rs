//! Experiments: which deals take part, and what came of each arm.

pub mod evidence;

use self::evidence::{Belief, belief, evidence, sizes};
use super::facts::{DAY, Day, day_of};
use super::stats::{Interval, Rate};
use crate::domain::activity::{Activity, ActivityKind, ActivityOutcome, Direction};
use crate::domain::deal::{Deal, Status};
use crate::domain::experiment::{Arm, Assignment, Experiment};
use crate::domain::ids::{DealId, ExperimentId, IdSource};
use crate::domain::order::Order;
use crate::domain::query::idle::activities;
use crate::domain::stage::StageKind;
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use crate::domain::world::World;

/// A deal that has neither advanced nor been answered counts as not, after so many days.
pub const PATIENCE: Day = 30;
/// Fewer closed deals of before say nothing about the rate today; then one half is taken, which
/// needs the most deals.
pub const HISTORY: u64 = 20;

/// What can be measured: its code in files, and its name.
pub const METRICS: [(&str, &str); 3] = [
    ("won", "Deals won"),
    ("advanced", "Deals that went on to a later stage"),
    ("replied", "Deals with an answer from the customer"),
];

/// The name of a metric; one of another version is won deals.
#[must_use]
pub fn metric_name(code: &str) -> &'static str {
    METRICS
        .iter()
        .find(|(c, _)| *c == code)
        .map_or(METRICS[0].1, |(_, name)| name)
}

/// How many parts of the deals an arm gets, beside the other arms. Where tags decide all count as
/// alike: how many come to each is not known before.
#[must_use]
pub fn parts(experiment: &Experiment, arm: usize) -> u64 {
    let weight = |arm: &Arm| arm.weight.max(0) as u64;
    match experiment.assignment {
        Assignment::Tag => 1,
        _ => experiment.arms.get(arm).map_or(0, weight),
    }
}

/// The arm a deal comes to, from 0; none where tags decide and it has none of them. `before` says
/// how many were assigned before it.
#[must_use]
pub fn assign(experiment: &Experiment, deal: &Deal, before: u64) -> Option<usize> {
    let arms = &experiment.arms;
    let weight = |at: usize| parts(experiment, at);
    let all: u64 = (0..arms.len()).map(weight).sum();
    let within = |mut place: u64| {
        (0..arms.len()).find(|at| {
            let here = place < weight(*at);
            place = place.saturating_sub(weight(*at));
            here
        })
    };
    match experiment.assignment {
        Assignment::Tag => arms.iter().position(|arm| {
            !arm.tag.is_empty()
                && deal
                    .tags
                    .iter()
                    .any(|tag| tag.eq_ignore_ascii_case(&arm.tag))
        }),
        _ if all == 0 => None,
        Assignment::Random => {
            // The same deal in the same experiment is in the same arm, whoever brings it in.
            let mut chance = IdSource::new(experiment.seed as u64 ^ deal.id.0.rotate_left(17));
            chance.next_u64();
            within(chance.below(all))
        }
        Assignment::Alternating => within(before % all),
    }
}

/// How many deals are in an experiment.
#[must_use]
pub fn assigned(state: &State, of: ExperimentId) -> u64 {
    let deals = state.tables.deals.iter();
    deals.filter(|deal| deal.arms.get(of).is_some()).count() as u64
}

/// What came of one arm.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArmResult {
    /// How many deals are in it.
    pub assigned: u64,
    /// Of how many it is known, and how many of them did what is measured.
    pub rate: Rate,
    /// The 95 % interval of that share, for one look (Wilson).
    pub interval: Option<Interval>,
    /// The deals in it.
    pub deals: Vec<DealId>,
    /// What is believed of it against the first arm; none of the first.
    pub belief: Option<Belief>,
    /// How strongly it speaks against “no difference” to the first arm; none of the first.
    pub evidence: Option<f64>,
}

/// What came of an experiment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Arm by arm.
    pub arms: Vec<ArmResult>,
    /// How many deals with a known result each arm needs, arm by arm.
    pub needed: Option<Vec<u64>>,
    /// The rate today, that the size is worked out from; none where too little is known.
    pub base: Option<Rate>,
    /// The evidence that is needed: 1 ÷ α, times the number of comparisons.
    pub bound: f64,
}

/// What one may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// An arm is different from the first, and higher (by its number).
    Higher(usize),
    /// An arm is different from the first, and lower.
    Lower(usize),
    /// Every arm has its size, and no difference was seen.
    NoDifference,
    /// Not enough is known yet.
    TooEarly,
}

impl Findings {
    /// Whether every arm has the number of results it needs.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let Some(needed) = &self.needed else {
            return false;
        };
        let mut arms = self.arms.iter().zip(needed);
        !self.arms.is_empty() && arms.all(|(arm, needed)| arm.rate.n >= *needed)
    }

    /// What one may say by the test that bears being looked at at any time.
    #[must_use]
    pub fn says(&self) -> Says {
        let first = self
            .arms
            .first()
            .and_then(|arm| arm.rate.value())
            .unwrap_or(0.0);
        let mut clear: Vec<(usize, f64)> = (self.arms.iter().enumerate())
            .filter(|(_, arm)| arm.evidence.is_some_and(|e| e >= self.bound))
            .filter_map(|(at, arm)| Some((at, arm.rate.value()? - first)))
            .collect();
        clear.order_by(|a, b| b.1.total_cmp(&a.1));
        match clear.first() {
            Some((at, by)) if *by > 0.0 => Says::Higher(*at),
            Some((at, _)) => Says::Lower(*at),
            None if self.is_full() => Says::NoDifference,
            None => Says::TooEarly,
        }
    }
}

/// When a deal came to where the experiment begins.
fn entered(state: &State, experiment: &Experiment, deal: &Deal) -> Millis {
    let Some(stage) = experiment.stage else {
        return deal.created;
    };
    let entries = state.stage_entries(deal.id);
    let first = entries.iter().find(|entry| entry.stage == stage);
    first.map_or(deal.created, |entry| entry.since)
}

/// Whether something done is a sign of life from the customer.
#[must_use]
pub fn is_answer(activity: &Activity) -> bool {
    let theirs =
        activity.direction == Direction::In || activity.outcome == Some(ActivityOutcome::Replied);
    theirs && activity.done.is_some() && activity.kind != ActivityKind::Note
}

/// Whether a deal did what is measured; none while that is open.
fn result(world: &World, experiment: &Experiment, deal: &Deal, today: Day) -> Option<bool> {
    let state = &world.state;
    let status = deal.outcome.status();
    let since = entered(state, experiment, deal);
    let late = i64::from(today) - since.div_euclid(DAY) > i64::from(PATIENCE);
    match experiment.metric.as_str() {
        "advanced" => {
            let place = |stage| {
                state
                    .tables
                    .stages
                    .get(stage)
                    .map(|s| (s.rank.clone(), s.pipeline, s.kind))
            };
            let entries = state.stage_entries(deal.id);
            let from = experiment
                .stage
                .or_else(|| entries.first().map(|entry| entry.stage));
            let from = from.and_then(place);
            let later = entries.iter().filter(|e| e.since > since).any(|entry| {
                let to = place(entry.stage);
                match (&from, to) {
                    (Some((rank, pipeline, _)), Some((to, of, kind))) => {
                        of == *pipeline
                            && to > *rank
                            && kind != StageKind::Lost
                            && kind != StageKind::OnHold
                    }
                    _ => false,
                }
            });
            match (
                later || status == Status::Won,
                status == Status::Lost || late,
            ) {
                (true, _) => Some(true),
                (false, true) => Some(false),
                (false, false) => None,
            }
        }
        "replied" => {
            let answered = activities(world, deal)
                .any(|a| is_answer(a) && a.done.is_some_and(|at| at >= since));
            let over = matches!(status, Status::Won | Status::Lost) || late;
            match (answered, over) {
                (true, _) => Some(true),
                (false, true) => Some(false),
                (false, false) => None,
            }
        }
        _ => match status {
            Status::Won => Some(true),
            Status::Lost => Some(false),
            Status::Open | Status::OnHold => None,
        },
    }
}

/// The rate today: of deals of the pipeline won among those closed before the experiment began.
/// Only for won deals; for other metrics none.
fn base(state: &State, experiment: &Experiment, today: Day) -> Option<Rate> {
    if matches!(experiment.metric.as_str(), "advanced" | "replied") {
        return None;
    }
    let until = experiment.begun.map_or(today, |d| d.to_epoch_days());
    let mut rate = Rate::default();
    for deal in state.tables.deals.iter() {
        let of = || state.stage_of(deal).map(|s| s.pipeline);
        let Some(closure) = deal.outcome.closure() else {
            continue;
        };
        if closure.on.to_epoch_days() > until
            || experiment.pipeline.is_some_and(|p| of() != Some(p))
        {
            continue;
        }
        match deal.outcome.status() {
            Status::Won => rate = Rate::new(rate.part + 1, rate.n + 1),
            Status::Lost => rate.n += 1,
            Status::Open | Status::OnHold => {}
        }
    }
    (rate.n >= HISTORY).then_some(rate)
}

/// How many results each arm needs, and the rate today that is worked out from. Each further arm is
/// compared with the first; the first needs what the most demanding comparison asks of it.
#[must_use]
pub fn needed(
    state: &State,
    experiment: &Experiment,
    today: Day,
) -> (Option<Vec<u64>>, Option<Rate>) {
    let base = base(state, experiment, today);
    let rate = base.and_then(Rate::value).unwrap_or(0.5);
    let alpha = f64::from(experiment.alpha) / 100.0 / comparisons(experiment);
    let minimum = experiment.minimum as f64 / 1_000.0;
    let power = f64::from(experiment.power) / 100.0;
    let first = parts(experiment, 0).max(1) as f64;
    let pairs = (1..experiment.arms.len()).map(|at| {
        let ratio = parts(experiment, at) as f64 / first;
        sizes(rate, minimum, alpha, power, ratio)
    });
    let pairs: Option<Vec<[u64; 2]>> = pairs.collect();
    let needed = pairs.map(|pairs| {
        let first = pairs.iter().map(|[first, _]| *first).max().unwrap_or(0);
        let others = pairs.iter().map(|[_, other]| *other);
        [first].into_iter().chain(others).collect()
    });
    (needed, base)
}

/// Each further arm is compared with the first (Bonferroni).
fn comparisons(experiment: &Experiment) -> f64 {
    experiment.arms.len().saturating_sub(1).max(1) as f64
}

/// What came of an experiment up to now.
#[must_use]
pub fn findings(world: &World, experiment: &Experiment, now: Millis) -> Findings {
    let (state, today) = (&world.state, day_of(now));
    let mut arms = vec![ArmResult::default(); experiment.arms.len()];
    for deal in state.tables.deals.iter() {
        let arm = deal
            .arms
            .get(experiment.id)
            .and_then(|arm| usize::try_from(*arm).ok());
        let Some(arm) = arm.and_then(|at| arms.get_mut(at)) else {
            continue;
        };
        arm.assigned += 1;
        arm.deals.push(deal.id);
        if let Some(done) = result(world, experiment, deal, today) {
            arm.rate.n += 1;
            arm.rate.part += u64::from(done);
        }
    }
    let weight = |at: usize| parts(experiment, at) as f64;
    let minimum = experiment.minimum as f64 / 1_000.0;
    let first = arms.first().map(|arm| arm.rate).unwrap_or_default();
    for (at, arm) in arms.iter_mut().enumerate() {
        arm.interval = arm.rate.interval();
        arm.deals.order();
        if at > 0 {
            let share = weight(at) / (weight(at) + weight(0)).max(1.0);
            arm.belief = Some(belief(first, arm.rate));
            arm.evidence = Some(evidence(first, arm.rate, share, minimum));
        }
    }
    let (needed, base) = needed(state, experiment, today);
    Findings {
        arms,
        needed,
        base,
        bound: comparisons(experiment) / (f64::from(experiment.alpha.clamp(1, 50)) / 100.0),
    }
}
