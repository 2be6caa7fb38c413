//! Where the pipeline is narrow: stages in which much is lost, and in which deals stand longer
//! than winners do.

use super::exchange::{Exchange, Total};
use super::facts::{Facts, Now};
use super::legs::{Fate, Leg};
use super::period::Period;
use super::select::Selection;
use super::stats::sample::Sample;
use super::stay::{LEARN_FROM, p75};
use super::win_loss::date_of;
use crate::domain::ids::{DealId, PipelineId, StageId};
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;

/// Fewer losses than this in a stage are no pattern.
pub const LOST_FROM: u64 = 5;

/// What the shares of the losses are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LossBy {
    /// Their values, all in one currency.
    Value,
    /// Their number: none of them has a value.
    #[default]
    Count,
    /// Their number: their values stay in several currencies for want of a rate.
    Apart,
}

/// One stage, with what speaks for calling it narrow.
#[derive(Clone, Debug, PartialEq)]
pub struct Narrow {
    /// Which.
    pub stage: StageId,
    /// How many times a deal was lost out of it in the time.
    pub lost: u64,
    /// Σ value of these, each by the rate of the day it was lost.
    pub lost_value: Total,
    /// Its share of the value lost in the pipeline, or of the number of losses; 0 without any.
    pub lost_share: f64,
    /// Which of these.
    pub by: LossBy,
    /// The days within which three of four stays of winners ended; none where they are too few.
    pub limit: Option<f64>,
    /// How many stays of winners it is learned from, whenever they were.
    pub winners: u64,
    /// Days spent beyond the limit by the stays that ended in the time, and by all deals that are
    /// there now, until today.
    pub beyond: f64,
    /// Its share of such days in the pipeline; 0 without any.
    pub beyond_share: f64,
    /// What it is ranked by: the mean of its two shares, or the one there is.
    pub weight: f64,
    /// What that is a share of, in words.
    pub weight_of: &'static str,
    /// Open deals beyond the limit, whenever they came, longest first.
    pub waiting: Vec<DealId>,
    /// Deals lost out of it, the most valuable first; the last first where values stay apart.
    pub lost_deals: Vec<DealId>,
}

/// "3 deals", "1 deal".
fn many(n: u64, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

impl Narrow {
    /// Whether there is enough to say anything.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.lost >= LOST_FROM || self.limit.is_some()
    }

    /// Why it is narrow, in sentences. `name` is the stage's, `money` writes an amount.
    #[must_use]
    pub fn because(&self, name: &str, money: &dyn Fn(Currency, i128) -> String) -> String {
        let stays = match self.limit {
            Some(limit) => self.stays(limit),
            None => self.too_few(),
        };
        format!("{} {stays}", self.losses(name, money))
    }

    fn losses(&self, name: &str, money: &dyn Fn(Currency, i128) -> String) -> String {
        let lost = many(self.lost, "deal was", "deals were");
        if self.lost < LOST_FROM {
            return format!(
                "{lost} lost in {name}: too few to call it a pattern (from {LOST_FROM} on)."
            );
        }
        let values = self.lost_value.sums.iter();
        let worth: Vec<String> = values.map(|(c, n)| money(c, n)).collect();
        let worth = match worth.as_slice() {
            [] => String::new(),
            all => format!(", worth {}", all.join(" and ")),
        };
        let of = match self.by {
            LossBy::Value => "of the value lost in this pipeline.",
            LossBy::Count => "of the deals lost in this pipeline.",
            LossBy::Apart => {
                "of the deals lost in this pipeline. They are counted, for their values stay in several currencies."
            }
        };
        format!(
            "{lost} lost in {name}{worth}: {} % {of}",
            percent(self.lost_share)
        )
    }

    fn stays(&self, limit: f64) -> String {
        let waiting = self.waiting.len();
        let share = match self.beyond > 0.0 {
            true => format!(", {} % of such days", percent(self.beyond_share)),
            false => String::new(),
        };
        format!(
            "Three of four stays of deals that were won ended there within {limit:.0} days; deals that left since or are there now spent {:.0} days beyond that{share}, and {waiting} of them {} there now.",
            self.beyond,
            if waiting == 1 { "stands" } else { "stand" },
        )
    }

    fn too_few(&self) -> String {
        let begin = match self.winners {
            0 => "No deal that was won stayed there".to_owned(),
            n => format!(
                "Only {} there",
                many(
                    n,
                    "deal that was won stayed",
                    "stays of deals that were won"
                )
            ),
        };
        format!("{begin}: too few to say how long is too long (from {LEARN_FROM} on).")
    }
}

fn percent(share: f64) -> u32 {
    (share * 100.0).round() as u32
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct NarrowQuery<'a> {
    /// In which pipeline.
    pub pipeline: PipelineId,
    /// Deals lost, and stays ended, in which time.
    pub period: Period,
    /// The rates that values are added up with.
    pub exchange: &'a Exchange,
    /// The present.
    pub now: Now,
}

/// What is gathered of one stage.
#[derive(Clone, Debug, Default)]
struct Tally {
    value: Total,
    lost: Vec<(i64, Option<Money>, DealId)>,
    stays: Sample,
    waiting: Vec<(i64, DealId)>,
}

impl Tally {
    fn note(
        &mut self,
        facts: &Facts,
        row: usize,
        leg: &Leg,
        limit: Option<f64>,
        query: &NarrowQuery<'_>,
    ) {
        let days = leg.days(query.now.today);
        let Some(left) = leg.left() else {
            self.stays.add(days);
            if limit.is_some_and(|limit| f64::from(days) > limit) {
                self.waiting.push((days.into(), facts.ids[row]));
            }
            return;
        };
        if !query.period.holds(left) {
            return;
        }
        self.stays.add(days);
        if leg.fate == Fate::Lost {
            let on = date_of(left);
            let worth = facts.money(row);
            if let Some(money) = worth {
                self.value.add(query.exchange, money, on);
            }
            let shown = worth.map(|money| query.exchange.shown(money, on).0);
            self.lost.push((left.into(), shown, facts.ids[row]));
        }
    }

    /// The deals lost: the most valuable first where values compare, else the last first.
    fn lost_first(&mut self, by: LossBy) -> Vec<DealId> {
        let all = std::mem::take(&mut self.lost).into_iter();
        most_first(
            all.map(|(day, worth, id)| match by {
                LossBy::Value => (worth.map_or(0, |money| money.minor), id),
                _ => (day, id),
            })
            .collect(),
        )
    }
}

fn most_first(mut list: Vec<(i64, DealId)>) -> Vec<DealId> {
    list.order_by_key(|(n, id)| (std::cmp::Reverse(*n), *id));
    list.into_iter().map(|(_, id)| id).collect()
}

/// The open stages of a pipeline, the narrowest first: by the mean of their share of what is lost
/// and their share of the days beyond what winners need. What winners need is learned from all of
/// them; deals that stand open count whenever they came.
#[must_use]
pub fn bottlenecks(facts: &Facts, of: &Selection, query: &NarrowQuery<'_>) -> Vec<Narrow> {
    let limits: Vec<Option<f64>> = facts.winners.iter().map(p75).collect();
    let mut tallies = vec![Tally::default(); facts.stages.len()];
    of.each(|row| {
        for leg in facts.legs.of(row) {
            let at = usize::from(leg.stage);
            tallies[at].note(facts, row, leg, limits[at], query);
        }
    });
    let open: Vec<usize> = facts
        .stages
        .open_of(query.pipeline)
        .map(usize::from)
        .collect();
    let mut all = Total::default();
    for at in &open {
        all.merge(&tallies[*at].value);
    }
    let sums: Vec<i128> = all.sums.iter().map(|(_, minor)| minor).collect();
    let by = match sums.as_slice() {
        [one] if *one > 0 => LossBy::Value,
        [] | [_] => LossBy::Count,
        _ => LossBy::Apart,
    };
    let narrow = |at: usize| {
        let tally = &mut tallies[at];
        Narrow {
            stage: facts.stages.list[at].id,
            lost: tally.lost.len() as u64,
            lost_deals: tally.lost_first(by),
            lost_value: std::mem::take(&mut tally.value),
            lost_share: 0.0,
            by,
            limit: limits[at],
            winners: facts.winners[at].len(),
            beyond: limits[at].map_or(0.0, |limit| tally.stays.beyond(limit)),
            beyond_share: 0.0,
            weight: 0.0,
            weight_of: "",
            waiting: most_first(std::mem::take(&mut tally.waiting)),
        }
    };
    let mut stages: Vec<Narrow> = open.into_iter().map(narrow).collect();
    share(&mut stages);
    stages.order_by(|a, b| b.weight.total_cmp(&a.weight));
    stages
}

/// How much of the losses a stage is, in the unit of its shares.
fn loss(stage: &Narrow) -> f64 {
    match stage.by {
        LossBy::Value => stage
            .lost_value
            .sums
            .iter()
            .map(|(_, n)| n)
            .sum::<i128>()
            .max(0) as f64,
        LossBy::Count | LossBy::Apart => stage.lost as f64,
    }
}

fn share(stages: &mut [Narrow]) {
    let all_lost: f64 = stages.iter().map(loss).sum();
    let all_beyond: f64 = stages.iter().map(|s| s.beyond).sum();
    let part = |n: f64, all: f64| if all > 0.0 { n / all } else { 0.0 };
    for stage in stages {
        stage.lost_share = part(loss(stage), all_lost);
        stage.beyond_share = part(stage.beyond, all_beyond);
        // Half of nothing would make the other share look half as large as it is.
        (stage.weight, stage.weight_of) = match (all_lost > 0.0, all_beyond > 0.0) {
            (true, true) => (
                f64::midpoint(stage.lost_share, stage.beyond_share),
                "of what is lost and waited for",
            ),
            (_, false) => (stage.lost_share, "of what is lost"),
            (false, true) => (stage.beyond_share, "of what is waited for"),
        };
    }
}
