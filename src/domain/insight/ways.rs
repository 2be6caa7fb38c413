//! Other ways to say how many deals go on from a stage. Each counts something else, so none may
//! stand beside another without its name.

use super::facts::Facts;
use super::flow::Flows;
use super::legs::{Fate, legs};
use super::period::Period;
use super::select::Selection;
use super::stats::Rate;
use crate::domain::deal::Status;
use crate::domain::ids::PipelineId;
use crate::domain::stage::StageKind;

/// How stage conversion is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConversionRule {
    /// Per entry.
    #[default]
    PerEntry,
    /// Per deal, by its last way forward, moves to the very next stage only.
    Direct,
    /// Per deal, of those that were in every stage before.
    AllStages,
    /// Per deal, of those that were in the stage at all.
    AnyStage,
    /// Per entry, without jumps over a stage.
    WithoutJumps,
}

impl ConversionRule {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::PerEntry,
        Self::Direct,
        Self::AllStages,
        Self::AnyStage,
        Self::WithoutJumps,
    ];

    /// The word for it in saved dashboards.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::PerEntry => "per_entry",
            Self::Direct => "direct",
            Self::AllStages => "all_stages",
            Self::AnyStage => "any_stage",
            Self::WithoutJumps => "without_jumps",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::PerEntry => "Per entry",
            Self::Direct => "Direct moves",
            Self::AllStages => "In every stage before",
            Self::AnyStage => "In this stage at all",
            Self::WithoutJumps => "Without jumps",
        }
    }

    /// How it is computed.
    #[must_use]
    pub fn formula(self) -> &'static str {
        match self {
            Self::PerEntry => "advanced ÷ entries",
            Self::Direct => {
                "went straight to the next ÷ (went straight to the next + did not go on)"
            }
            Self::AllStages => "in the next too ÷ in this and all before",
            Self::AnyStage => "ever in the next ÷ ever in this",
            Self::WithoutJumps => "went to the next ÷ (entries − jumps)",
        }
    }

    /// What it says, in a sentence.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::PerEntry => {
                "Of all times a deal came into the stage: the share that went to a later stage or was won."
            }
            Self::Direct => {
                "Of the deals in the stage: the share that went straight to the next one. Deals that skipped it are left out, and a move back takes away what was reached before."
            }
            Self::AllStages => {
                "Of the deals that were in this stage and in every one before it: the share that was also in the next one."
            }
            Self::AnyStage => {
                "Of the deals that were ever in this stage: the share that was ever in the next one."
            }
            Self::WithoutJumps => {
                "Of all times a deal came into the stage, except those that then skipped the next one: the share that went to the next one."
            }
        }
    }
}

/// Conversion from each open stage of a pipeline to the next, the last to won, by a rule, of the
/// deals that first came into that pipeline in the period (per-entry rules: of the entries made in
/// it). In order of the stages, each with its number.
#[must_use]
pub fn conversion(
    facts: &Facts,
    of: &Selection,
    period: Period,
    pipeline: PipelineId,
    rule: ConversionRule,
) -> Vec<(u16, Rate)> {
    let stages: Vec<u16> = facts.stages.open_of(pipeline).collect();
    if rule == ConversionRule::PerEntry {
        let flows = Flows::of(facts, of, period);
        return stages
            .iter()
            .map(|s| (*s, flows.stages[usize::from(*s)].advanced()))
            .collect();
    }
    let mut rates = vec![Rate::default(); stages.len()];
    let place = |stage: u16| stages.iter().position(|s| *s == stage);
    for row in of.rows() {
        match rule {
            ConversionRule::WithoutJumps => without_jumps(facts, row, period, &place, &mut rates),
            _ => {
                let way = Way::of(facts, row, &place, stages.len());
                if way.begun.is_some_and(|day| period.holds(day)) {
                    way.count(rule, &mut rates);
                }
            }
        }
    }
    stages.into_iter().zip(rates).collect()
}

fn without_jumps(
    facts: &Facts,
    row: usize,
    period: Period,
    place: &dyn Fn(u16) -> Option<usize>,
    rates: &mut [Rate],
) {
    for leg in legs(facts, row).filter(|leg| period.holds(leg.entered)) {
        let Some(here) = place(leg.stage) else {
            continue;
        };
        // Into won, or won where it stood, is the place after the last.
        let after = leg.next().and_then(place);
        let to = (leg.fate == Fate::Advanced).then(|| after.unwrap_or(rates.len()));
        match to {
            Some(to) if to > here + 1 => {}
            _ => {
                rates[here].n += 1;
                rates[here].part += u64::from(to.is_some());
            }
        }
    }
}

/// Which places of a pipeline a deal was in; won is the place after the last.
struct Way {
    begun: Option<i32>,
    touched: Vec<bool>,
    /// Ever further; what a move back voids is taken off.
    forward: Vec<usize>,
}

impl Way {
    fn of(facts: &Facts, row: usize, place: &dyn Fn(u16) -> Option<usize>, places: usize) -> Self {
        let mut way = Self {
            begun: None,
            touched: vec![false; places + 1],
            forward: Vec::new(),
        };
        for entry in facts.entries.of(row) {
            if let Some(at) = place(entry.stage) {
                way.begun.get_or_insert(entry.day);
                way.reach(at);
            } else if facts
                .stages
                .get(entry.stage)
                .is_some_and(|s| s.kind == StageKind::Won)
            {
                way.reach(places);
            }
        }
        if facts.status[row] == Status::Won {
            way.reach(places);
        }
        way
    }

    fn reach(&mut self, at: usize) {
        self.touched[at] = true;
        while self.forward.last().is_some_and(|last| *last >= at) {
            self.forward.pop();
        }
        self.forward.push(at);
    }

    fn count(&self, rule: ConversionRule, rates: &mut [Rate]) {
        let mut note = |at: usize, onward: bool| {
            rates[at].n += 1;
            rates[at].part += u64::from(onward);
        };
        let last = self.touched.len() - 1;
        match rule {
            ConversionRule::Direct => {
                for (n, at) in self
                    .forward
                    .iter()
                    .enumerate()
                    .filter(|(_, at)| **at < last)
                {
                    match self.forward.get(n + 1) {
                        Some(next) if *next > at + 1 => {}
                        next => note(*at, next.is_some()),
                    }
                }
            }
            ConversionRule::AllStages => {
                let unbroken = self.touched.iter().take_while(|t| **t).count();
                for at in 0..unbroken.min(last) {
                    note(at, at + 1 < unbroken);
                }
            }
            _ => {
                for at in (0..last).filter(|at| self.touched[*at]) {
                    note(at, self.touched[at + 1]);
                }
            }
        }
    }
}
