//! Small worlds for tests, deal by deal.

use super::answer::{Question, Rules};
use super::exchange::Exchange;
use super::facts::{Facts, Now, day_of};
use super::period::Period;
use super::select::Selection;
use crate::domain::change::{Change, Edit, Intent, IntentKind};
use crate::domain::deal::{Closure, DealField, Outcome, Placement};
use crate::domain::ids::{DealId, PipelineId, StageId};
use crate::domain::money::{Currency, Money};
use crate::domain::rank::Rank;
use crate::domain::stage::{PipelineField, StageField};
use crate::domain::stamp::Stamp;
use crate::domain::world::World;
use chrono::{Days, NaiveDate};

/// The day of the year 2026 with this number, from 0.
pub(in crate::domain::insight) fn on(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(n)
}

/// Noon of it.
pub(in crate::domain::insight) fn noon(n: u64) -> i64 {
    on(n)
        .and_hms_opt(12, 0, 0)
        .unwrap()
        .and_utc()
        .timestamp_millis()
}

/// Today is day 100.
pub(in crate::domain::insight) const TODAY: u64 = 100;

/// The stages of the one pipeline: 10, 20 and 40 percent.
pub(in crate::domain::insight) const STAGES: [StageId; 3] = [StageId(1), StageId(2), StageId(3)];

/// A world and its next stamp.
pub(in crate::domain::insight) struct Made {
    pub world: World,
    at: i64,
    deals: u64,
}

/// How a deal went.
#[derive(Clone, Copy)]
pub(in crate::domain::insight) enum End {
    Open,
    Won(u64),
    Lost(u64),
}

impl Made {
    pub fn new() -> Self {
        let mut made = Self {
            world: World::default(),
            at: 0,
            deals: 0,
        };
        let mut edits = vec![Edit::Pipeline(
            PipelineId(1),
            PipelineField::Name("Sales".into()),
        )];
        let chances = [10, 20, 40];
        for ((id, rank), chance) in STAGES.into_iter().zip(Rank::spread(3)).zip(chances) {
            let fields = [
                StageField::Pipeline(PipelineId(1)),
                StageField::Name(format!("Stage {}", id.0)),
                StageField::Rank(rank),
                StageField::Probability(chance),
            ];
            edits.extend(fields.map(|f| Edit::Stage(id, f)));
        }
        made.apply(edits);
        made
    }

    pub fn apply(&mut self, edits: Vec<Edit>) {
        self.at += 1;
        self.world.apply(&Change {
            stamp: Stamp::new(self.at, 0, 1),
            intent: Intent::new(IntentKind::Import, ""),
            author: None,
            edits,
            before: Vec::new(),
            undoes: None,
        });
    }

    /// A deal with the stages it came into, each with its day; created on the first of these.
    pub fn deal(&mut self, euros: Option<i64>, stages: &[(usize, u64)], end: End) -> DealId {
        self.deals += 1;
        let id = DealId(self.deals);
        let outcome = match end {
            End::Open => Outcome::Open,
            End::Won(day) => Outcome::Won(Box::new(Closure::on(on(day)))),
            End::Lost(day) => Outcome::Lost(Box::new(Closure::on(on(day)))),
        };
        let fields = [
            DealField::Title(format!("Deal {}", id.0)),
            DealField::Created(noon(stages[0].1)),
            DealField::Value(euros.map(|n| Money::new(n * 100, Currency::EUR))),
        ];
        self.apply(fields.map(|f| Edit::Deal(id, f)).into());
        for (stage, day) in stages {
            self.set(
                id,
                DealField::Placement(Placement {
                    stage: STAGES[*stage],
                    since: noon(*day),
                }),
            );
        }
        self.set(id, DealField::Outcome(outcome));
        id
    }

    pub fn set(&mut self, id: DealId, field: DealField) {
        self.apply(vec![Edit::Deal(id, field)]);
    }

    /// Asks something of all deals in some days.
    pub fn ask<R>(
        &self,
        days: (u64, u64),
        rules: Rules,
        read: impl FnOnce(&Question<'_>, &Selection) -> R,
    ) -> R {
        let facts = Facts::over(&self.world, &|_| 0);
        let exchange = Exchange::read(&self.world.state);
        let question = Question {
            facts: &facts,
            exchange: &exchange,
            period: Period::new(on(days.0), on(days.1)),
            now: Now {
                ms: noon(TODAY),
                today: day_of(noon(TODAY)),
            },
            rules,
            pipeline: None,
            quota: None,
        };
        read(&question, &Selection::all(&facts))
    }
}
