//! All figures at once, kept in step: a deal that changed is taken out as it was and counted
//! again as it is.

use super::creation::{Creation, CreationTally, fitted};
use super::cycle::{Cycle, CycleRule};
use super::facts::{Facts, Now, Pushes};
use super::flow::Flows;
use super::idle::{IdleQuery, IdleRule, IdleStage, idle_stages, thresholds};
use super::mix::Mix;
use super::open::{Coverage, CoverageRule, Open, OpenTally};
use super::period::{Cut, Period};
use super::select::Selection;
use super::slips::Slips;
use super::stay::StageTimes;
use super::velocity::Velocity;
use super::win::{WinBy, WinPart, WinQuery, WinRate, WinRule, WinTally};
use crate::domain::change::{EntityRef, Kind};
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::money::Money;
use crate::domain::world::World;

/// What an overview is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// Of which time.
    pub period: Period,
    /// The pieces of the series of new deals.
    pub cut: Cut,
    /// How the win rate is counted; cohorts are asked of [`WinRate`] itself.
    pub win: WinRule,
    /// From when cycles count.
    pub cycle: CycleRule,
    /// The present.
    pub now: Now,
}

/// The figures of some deals in a time.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    win: WinTally,
    /// Conversion of the entries made in the time.
    pub flows: Flows,
    /// Stays in stages that began in the time.
    pub times: StageTimes,
    /// Cycles of deals closed in the time.
    pub cycle: Cycle,
    /// Slips of open deals and those closed in the time.
    pub slips: Slips,
    /// Activities of deals closed in the time.
    pub mix: Mix,
    open: OpenTally,
    due: OpenTally,
    creation: CreationTally,
}

impl Overview {
    /// Counts everything.
    #[must_use]
    pub fn of(facts: &Facts, of: &Selection, ask: &Ask) -> Self {
        let span = fitted(facts, of, ask.period, ask.now.today);
        let mut all = Self {
            flows: Flows::new(facts),
            times: StageTimes::new(facts),
            creation: CreationTally::new(ask.period, span, ask.cut),
            ..Self::default()
        };
        of.each(|row| all.note(facts, row, ask, 1));
        all
    }

    fn note(&mut self, facts: &Facts, row: usize, ask: &Ask, sign: i32) {
        let range @ (from, to) = ask.period.range();
        let within = |day: i32| from <= day && day <= to;
        let query = win_query(ask);
        if let Some(part) = query.part(facts, row)
            && part != WinPart::Undecided
        {
            self.win.note(facts, row, part, sign);
        }
        let status = facts.status[row];
        if status == Status::Open {
            self.open.note(facts, row, sign);
            if within(facts.close[row]) {
                self.due.note(facts, row, sign);
            }
        } else if within(facts.closed[row]) {
            self.cycle.note(facts, row, ask.cycle, sign);
            self.mix.note(facts, row, sign);
        }
        self.slips.note(facts, row, range, sign);
        self.creation.note(facts, row, sign);
        for leg in facts.legs.of(row) {
            if within(leg.entered) {
                self.flows.note(leg.stage, leg.fate, sign);
                self.times.note(status, leg, ask.now.today, sign);
            }
        }
    }

    /// The win rate by close date.
    #[must_use]
    pub fn win(&self, facts: &Facts) -> WinRate {
        self.win.read(facts)
    }

    /// All open deals.
    #[must_use]
    pub fn open(&self, facts: &Facts) -> Open {
        self.open.read(facts)
    }

    /// The open deals expected to close in the time.
    #[must_use]
    pub fn due(&self, facts: &Facts) -> Open {
        self.due.read(facts)
    }

    /// New deals, piece by piece.
    #[must_use]
    pub fn creation(&self, facts: &Facts, now: Now) -> Creation {
        self.creation.read(facts, now.today)
    }

    /// The speed of the pipeline.
    #[must_use]
    pub fn velocity(&self, facts: &Facts) -> Velocity {
        let win = self.win(facts);
        Velocity {
            open: self.open.counts(facts),
            win: win.rate(),
            won_value: win.won_value,
            won_valued: win.won_valued,
            cycle_days: self.cycle.won.sum(),
            cycle_n: self.cycle.won.len(),
        }
    }

    /// How far the open deals of the time cover a quota; only the currency of the quota counts.
    #[must_use]
    pub fn coverage(&self, facts: &Facts, quota: Money, rule: CoverageRule) -> Coverage {
        let win = self.win(facts);
        Coverage {
            quota,
            won: win.won_value.of(quota.currency),
            open: self.due(facts),
            apart: 0,
            win: win.rate(),
            rule,
        }
    }

    /// How idle the open deals are, by stage; with what winners teach where a stage has no
    /// threshold of its own. A walk through the open deals, for it depends on all winners.
    #[must_use]
    pub fn idle(&self, facts: &Facts, of: &Selection, now: Now) -> Vec<IdleStage> {
        let thresholds = thresholds(facts, Some(&self.times));
        let query = IdleQuery {
            thresholds: &thresholds,
            rule: IdleRule::Touch,
            now,
        };
        idle_stages(facts, of, &query)
    }
}

fn win_query(ask: &Ask) -> WinQuery {
    WinQuery {
        period: ask.period,
        by: WinBy::Close,
        rule: ask.win,
        now: ask.now,
    }
}

/// Facts and an overview of all deals that follow the changes together.
#[derive(Clone, Debug)]
pub struct Live {
    /// The facts.
    pub facts: Facts,
    /// The figures.
    pub overview: Overview,
    /// What was asked for.
    pub ask: Ask,
}

impl Live {
    /// Reads everything.
    #[must_use]
    pub fn over(world: &World, pushes: Pushes<'_>, ask: Ask) -> Self {
        let facts = Facts::over(world, pushes);
        let overview = Overview::of(&facts, &Selection::all(&facts), &ask);
        Self {
            facts,
            overview,
            ask,
        }
    }

    /// Asks for something else.
    pub fn ask(&mut self, ask: Ask) {
        self.ask = ask;
        self.overview = Overview::of(&self.facts, &Selection::all(&self.facts), &ask);
    }

    /// Follows a change; `touched` is what [`World::apply`] said.
    pub fn refresh(&mut self, world: &World, pushes: Pushes<'_>, touched: &[EntityRef]) {
        if Facts::is_all_new(touched) {
            *self = Self::over(world, pushes, self.ask);
            return;
        }
        for entity in touched.iter().filter(|e| e.kind == Kind::Deal) {
            let id = DealId(entity.id);
            if let Some(row) = self.facts.row(id) {
                self.overview.note(&self.facts, row, &self.ask, -1);
            }
            self.facts.update(world, pushes, id);
            if let Some(row) = self.facts.row(id) {
                self.overview.note(&self.facts, row, &self.ask, 1);
            }
        }
    }
}
