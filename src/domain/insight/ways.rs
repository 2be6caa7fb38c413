//! Other ways to say how many deals go on from a stage. Each counts something else, so none may
//! stand beside another without its name.

use super::facts::Facts;
use super::flow::Flows;
use super::legs::{Fate, Leg, legs};
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
    /// Per deal, from the stage to won.
    ToWon,
    /// Per deal, from the stage to lost.
    ToLost,
    /// Entries of deals that are not lost, against those into the next stage.
    NotLost,
}

impl ConversionRule {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::PerEntry,
        Self::Direct,
        Self::AllStages,
        Self::AnyStage,
        Self::WithoutJumps,
        Self::ToWon,
        Self::ToLost,
        Self::NotLost,
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
            Self::ToWon => "to_won",
            Self::ToLost => "to_lost",
            Self::NotLost => "not_lost",
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
            Self::ToWon => "Won from this stage",
            Self::ToLost => "Lost from this stage",
            Self::NotLost => "Entries of deals not lost",
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
            Self::ToWon => "won ÷ deals that came in",
            Self::ToLost => "lost ÷ deals that came in",
            Self::NotLost => "entries into the next ÷ entries into this, of deals not lost",
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
            Self::ToWon => {
                "Of the deals that came into the stage: the share that has been won by now, whatever way they took. Open ones may still be."
            }
            Self::ToLost => {
                "Of the deals that came into the stage: the share that has been lost by now, wherever they were then. Open ones may still be."
            }
            Self::NotLost => {
                "Times that deals came into the next stage, for each time they came into this one: of the deals created in the period that are not lost. It looks better than it is, because lost deals are left out (survivor bias); who comes in twice counts twice, so it can be above 100 %, and it has no interval."
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
    if rule == ConversionRule::NotLost {
        not_lost(facts, of, period, &stages, &mut rates);
        return stages.into_iter().zip(rates).collect();
    }
    let place = |stage: u16| stages.iter().position(|s| *s == stage);
    for row in of.rows() {
        match rule {
            ConversionRule::ToWon => ended(facts, row, period, &stages, Status::Won, &mut rates),
            ConversionRule::ToLost => ended(facts, row, period, &stages, Status::Lost, &mut rates),
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

/// Counts a deal for each stage it came into, and whether it ended so.
fn ended(
    facts: &Facts,
    row: usize,
    period: Period,
    stages: &[u16],
    end: Status,
    rates: &mut [Rate],
) {
    for (stage, rate) in stages.iter().zip(rates) {
        let came = |leg: Leg| leg.stage == *stage && period.holds(leg.entered);
        if legs(facts, row).any(came) {
            rate.n += 1;
            rate.part += u64::from(facts.status[row] == end);
        }
    }
}

/// Counts each entry of deals that were created in the time and are not lost.
fn not_lost(facts: &Facts, of: &Selection, period: Period, stages: &[u16], rates: &mut [Rate]) {
    let mut counts = vec![0_u64; stages.len() + 1];
    for row in of.rows() {
        if facts.status[row] == Status::Lost || !period.holds(facts.created[row]) {
            continue;
        }
        for entry in facts.entries.of(row) {
            if let Some(at) = stages.iter().position(|s| *s == entry.stage) {
                counts[at] += 1;
            }
        }
        let here = facts.stages.get(facts.stage[row]).map(|s| s.pipeline);
        let own = stages.first().and_then(|s| facts.stages.get(*s));
        let is_here = own.is_some_and(|own| here == Some(own.pipeline));
        counts[stages.len()] += u64::from(is_here && facts.status[row] == Status::Won);
    }
    for (at, rate) in rates.iter_mut().enumerate() {
        *rate = Rate::new(counts[at + 1], counts[at]);
    }
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
