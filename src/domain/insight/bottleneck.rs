//! Where the pipeline is narrow: stages in which much is lost, and in which deals stand longer
//! than winners do.

use super::facts::{Facts, Now, Purse};
use super::legs::Fate;
use super::period::Period;
use super::select::Selection;
use super::stay::{LEARN_FROM, StageTimes};
use crate::domain::ids::{DealId, PipelineId, StageId};
use crate::domain::money::{Currency, Sums};
use crate::domain::order::Order;

/// Fewer losses than this in a stage are no pattern.
pub const LOST_FROM: u64 = 5;

/// One stage, with what speaks for calling it narrow.
#[derive(Clone, Debug, PartialEq)]
pub struct Narrow {
    /// Which.
    pub stage: StageId,
    /// How many times a deal was lost out of it.
    pub lost: u64,
    /// Σ value of these.
    pub lost_value: Sums,
    /// Its share of the value lost in the pipeline in the currency asked for; of the losses where
    /// nothing lost has such a value. 0 without any.
    pub lost_share: f64,
    /// The days within which three of four stays of winners ended; none where they are too few.
    pub limit: Option<f64>,
    /// How many stays of winners it is learned from.
    pub winners: u64,
    /// Days spent beyond the limit by all deals, open ones until today.
    pub beyond: f64,
    /// Its share of such days in the pipeline.
    pub beyond_share: f64,
    /// Open deals beyond the limit, longest first.
    pub waiting: Vec<DealId>,
    /// Deals lost out of it, the most valuable first.
    pub lost_deals: Vec<DealId>,
}

impl Narrow {
    /// Whether there is enough to say anything.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.lost >= LOST_FROM || self.limit.is_some()
    }

    /// The mean of its two shares: what it is ranked by.
    #[must_use]
    pub fn weight(&self) -> f64 {
        f64::midpoint(self.lost_share, self.beyond_share)
    }

    /// Why it is narrow, in sentences. `name` is the stage's, `money` writes an amount.
    #[must_use]
    pub fn because(&self, name: &str, money: &dyn Fn(Currency, i128) -> String) -> String {
        let percent = |share: f64| (share * 100.0).round() as u32;
        let deals = |n: u64| {
            if n == 1 {
                "1 deal was".to_owned()
            } else {
                format!("{n} deals were")
            }
        };
        let mut parts = Vec::new();
        if self.lost >= LOST_FROM {
            let worth: Vec<String> = self.lost_value.iter().map(|(c, n)| money(c, n)).collect();
            let worth = match worth.as_slice() {
                [] => String::new(),
                all => format!(", worth {}", all.join(" and ")),
            };
            parts.push(format!(
                "{} lost in {name}{worth}: {} % of all that is lost in this pipeline.",
                deals(self.lost),
                percent(self.lost_share)
            ));
        } else {
            parts.push(format!(
                "{} lost in {name}: too few to call it a pattern (from {LOST_FROM} on).",
                deals(self.lost)
            ));
        }
        parts.push(match self.limit {
            Some(limit) => format!(
                "Three of four stays of deals that were won ended there within {limit:.0} days; all deals together spent {:.0} days beyond that, {} % of such days, and {} of them {} there now.",
                self.beyond,
                percent(self.beyond_share),
                self.waiting.len(),
                if self.waiting.len() == 1 { "stands" } else { "stand" },
            ),
            None => format!(
                "Only {} stays of deals that were won: too few to say how long is too long (from {LEARN_FROM} on).",
                self.winners
            ),
        });
        parts.join(" ")
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct NarrowQuery {
    /// In which pipeline.
    pub pipeline: PipelineId,
    /// Entries made in which time.
    pub period: Period,
    /// The currency whose losses are ranked by.
    pub currency: Currency,
    /// The present.
    pub now: Now,
}

/// The open stages of a pipeline, the narrowest first: by the mean of their share of the value lost
/// and their share of the days beyond what winners need.
#[must_use]
pub fn bottlenecks(facts: &Facts, of: &Selection, query: &NarrowQuery) -> Vec<Narrow> {
    let times = StageTimes::of(facts, of, query.period, query.now.today);
    let limits: Vec<Option<f64>> = times.stages.iter().map(|t| t.winners_p75()).collect();
    let count = facts.stages.len();
    let mut values = vec![Purse::default(); count];
    let (mut lost, mut waiting) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    of.each(|row| {
        for leg in facts.legs.of(row) {
            if !query.period.holds(leg.entered) {
                continue;
            }
            let at = usize::from(leg.stage);
            match leg.fate {
                Fate::Lost => {
                    values[at].add(facts.currency[row], facts.value[row].into());
                    lost[at].push((facts.value[row], facts.ids[row]));
                }
                Fate::Still => {
                    let days = leg.days(query.now.today);
                    if limits[at].is_some_and(|limit| f64::from(days) > limit) {
                        waiting[at].push((i64::from(days), facts.ids[row]));
                    }
                }
                _ => {}
            }
        }
    });
    let most_first = |mut list: Vec<(i64, DealId)>| -> Vec<DealId> {
        list.sort_unstable_by_key(|(n, id)| (std::cmp::Reverse(*n), *id));
        list.into_iter().map(|(_, id)| id).collect()
    };
    let mut stages: Vec<Narrow> = facts
        .stages
        .open_of(query.pipeline)
        .map(|number| {
            let at = usize::from(number);
            let time = &times.stages[at];
            Narrow {
                stage: facts.stages.list[at].id,
                lost: lost[at].len() as u64,
                lost_value: values[at].sums(facts),
                lost_share: 0.0,
                limit: limits[at],
                winners: time.winners.len(),
                beyond: limits[at].map_or(0.0, |limit| time.beyond(limit)),
                beyond_share: 0.0,
                waiting: most_first(std::mem::take(&mut waiting[at])),
                lost_deals: most_first(std::mem::take(&mut lost[at])),
            }
        })
        .collect();
    share(&mut stages, query.currency);
    stages.order_by(|a, b| b.weight().total_cmp(&a.weight()));
    stages
}

fn share(stages: &mut [Narrow], currency: Currency) {
    let value = |s: &Narrow| s.lost_value.of(currency).max(0) as f64;
    let all_value: f64 = stages.iter().map(value).sum();
    let all_lost: u64 = stages.iter().map(|s| s.lost).sum();
    let all_beyond: f64 = stages.iter().map(|s| s.beyond).sum();
    for stage in stages {
        stage.lost_share = if all_value > 0.0 {
            value(stage) / all_value
        } else {
            stage.lost as f64 / all_lost.max(1) as f64
        };
        if all_beyond > 0.0 {
            stage.beyond_share = stage.beyond / all_beyond;
        }
    }
}
