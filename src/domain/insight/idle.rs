//! Deals on which nothing happens.

use super::facts::{DAY, Facts, Now, Purse};
use super::select::{Selection, deals};
use super::stats::sample::Sample;
use super::stay::{StageTimes, p75};
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, StageId};
use crate::domain::money::Sums;
use crate::domain::stage::StageKind;

/// What counts as a sign of life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IdleRule {
    /// Something done, a note or a stage; something planned pauses it.
    #[default]
    Touch,
    /// Any field of the deal written; nothing pauses it.
    Update,
    /// Only its creation: how old it is.
    Age,
}

impl IdleRule {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Touch, Self::Update, Self::Age];

    /// The word for it in saved dashboards.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Touch => "touch",
            Self::Update => "update",
            Self::Age => "age",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Touch => "Since something was done",
            Self::Update => "Since the last update",
            Self::Age => "Since creation",
        }
    }

    /// How it is computed.
    #[must_use]
    pub fn formula(self) -> &'static str {
        match self {
            Self::Touch => "now − latest of done activity, note, stage",
            Self::Update => "now − latest writing to a field of the deal",
            Self::Age => "today − creation day",
        }
    }

    /// What it says, in a sentence.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::Touch => {
                "Days since the latest done activity, note or stage; paused while something is planned within the stage's threshold."
            }
            Self::Update => {
                "Days since any field of the deal was last written, also by an import. Notes and activities are not fields of the deal; something planned does not pause it."
            }
            Self::Age => {
                "Days since the deal was created, whatever was done for it since: nothing starts it again, and something planned does not pause it."
            }
        }
    }
}

/// From when on a deal in a stage counts as rotting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Threshold {
    /// As set for the stage, in days.
    Own(u16),
    /// Learned: the days within which three of four stays of winners ended, of so many.
    Learned {
        /// Days, rounded up, at least 1.
        days: u32,
        /// How many stays of winners.
        n: u64,
    },
}

impl Threshold {
    /// Days.
    #[must_use]
    pub fn days(self) -> u32 {
        match self {
            Self::Own(days) => days.into(),
            Self::Learned { days, .. } => days,
        }
    }
}

/// The thresholds of all stages by number: their own, and with `learned`, where they have none, what
/// their winners teach; none where there is neither.
#[must_use]
pub fn thresholds(facts: &Facts, learned: Option<&StageTimes>) -> Vec<Option<Threshold>> {
    found(facts, &|number| Some(&learned?.stages.get(number)?.winners))
}

/// The same with what all winners of the facts teach.
#[must_use]
pub fn taught(facts: &Facts) -> Vec<Option<Threshold>> {
    found(facts, &|number| facts.winners.get(number))
}

fn found<'s>(
    facts: &Facts,
    winners: &dyn Fn(usize) -> Option<&'s Sample>,
) -> Vec<Option<Threshold>> {
    let stages = facts.stages.list.iter().enumerate();
    stages
        .map(|(number, stage)| {
            let own = stage.rot_days.map(Threshold::Own);
            own.or_else(|| {
                let winners = winners(number).filter(|_| stage.kind == StageKind::Open)?;
                Some(Threshold::Learned {
                    days: (p75(winners)?.ceil() as u32).max(1),
                    n: winners.len(),
                })
            })
        })
        .collect()
}

/// How an open deal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleDeal {
    /// Whole days without a sign of life.
    pub days: u32,
    /// Something is planned within the threshold.
    pub planned: bool,
    /// The threshold is reached, and nothing pauses it.
    pub rotting: bool,
    /// Half of it is.
    pub warning: bool,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct IdleQuery<'a> {
    /// By the number of the stage.
    pub thresholds: &'a [Option<Threshold>],
    /// What counts.
    pub rule: IdleRule,
    /// The present.
    pub now: Now,
}

impl IdleQuery<'_> {
    /// How a row stands, whatever its status. The same as `query::idle`.
    #[must_use]
    #[inline(always)]
    pub fn deal(&self, facts: &Facts, row: usize) -> IdleDeal {
        let threshold = self
            .thresholds
            .get(usize::from(facts.stage[row]))
            .and_then(|t| t.map(Threshold::days));
        let (last, planned) = match self.rule {
            IdleRule::Touch => {
                let limit = threshold.map_or(i64::MAX, i64::from);
                let ahead = |day: &i32| i64::from(*day) - i64::from(self.now.today);
                let planned = facts.planned.of(row).iter().map(ahead);
                let planned = planned.into_iter().any(|d| (0..=limit).contains(&d));
                (facts.touched[row], planned)
            }
            IdleRule::Update => (facts.updated[row], false),
            IdleRule::Age => {
                // By civil days, as ages are told elsewhere.
                let days = i64::from(self.now.today) - i64::from(facts.created[row]);
                (self.now.ms.saturating_sub(days.max(0) * DAY), false)
            }
        };
        let days = self.now.ms.saturating_sub(last).max(0) / DAY;
        let days = u32::try_from(days).unwrap_or(u32::MAX);
        let past = |limit: Option<u32>| !planned && limit.is_some_and(|limit| days >= limit);
        IdleDeal {
            days,
            planned,
            rotting: past(threshold),
            warning: past(threshold.map(|t| t.div_ceil(2).max(1))),
        }
    }

    /// The rotting deals, longest first.
    #[must_use]
    pub fn rotting(&self, facts: &Facts, of: &Selection, stage: Option<StageId>) -> Vec<DealId> {
        let stage = stage.map(|id| facts.stages.find(id));
        let hit = |row: &usize| {
            facts.status[*row] == Status::Open
                && stage.is_none_or(|s| s == Some(facts.stage[*row]))
                && self.deal(facts, *row).rotting
        };
        let mut found = deals(facts, of.rows().filter(hit));
        let days = |id: &DealId| facts.row(*id).map_or(0, |row| self.deal(facts, row).days);
        found.sort_by_cached_key(|id| std::cmp::Reverse(days(id)));
        found
    }
}

/// How the open deals of a stage stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdleStage {
    /// How many are open in it.
    pub open: u64,
    /// How many of them rot.
    pub rotting: u64,
    /// How many have half of the threshold behind them and do not rot yet.
    pub warning: u64,
    /// For how many something is planned in time.
    pub planned: u64,
    /// Their days without a sign of life.
    pub days: Sample,
    /// Σ value of those that rot.
    pub value: Sums,
}

/// How the open deals stand, by the number of the stage.
#[must_use]
pub fn idle_stages(facts: &Facts, of: &Selection, query: &IdleQuery<'_>) -> Vec<IdleStage> {
    let mut stages = vec![IdleStage::default(); facts.stages.len()];
    let mut values = vec![Purse::default(); facts.stages.len()];
    of.each(|row| {
        let number = usize::from(facts.stage[row]);
        if facts.status[row] != Status::Open || number >= stages.len() {
            return;
        }
        let (stage, deal) = (&mut stages[number], query.deal(facts, row));
        stage.open += 1;
        stage.planned += u64::from(deal.planned);
        stage.rotting += u64::from(deal.rotting);
        stage.warning += u64::from(deal.warning && !deal.rotting);
        stage.days.add(deal.days);
        if deal.rotting {
            values[number].add(facts.currency[row], facts.value[row].into());
        }
    });
    for (stage, value) in stages.iter_mut().zip(&values) {
        stage.value = value.sums(facts);
    }
    stages
}
