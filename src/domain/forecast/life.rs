//! What every deal has been through up to a day, day by day, with nothing of any later one.

use super::{DAY, Day, NEVER, day_of};
use crate::domain::change::{Change, Edit};
use crate::domain::deal::{ForecastCategory, Status};
use crate::domain::ids::{DealId, IdMap, PersonId, PipelineId, StageId};
use crate::domain::insight::exchange::Exchange;
use crate::domain::insight::trail::{Event, Trail, Trails};
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;
use crate::domain::stage::StageField;
use crate::domain::stamp::{Millis, Stamp};

/// A stage as it was set up at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct StageNow {
    /// Its chance in percent, 0 to 100.
    pub chance: u8,
    /// Of which pipeline.
    pub pipeline: PipelineId,
    /// Set where it was merged into another or deleted.
    pub successor: Option<StageId>,
}

/// How stages were set up at any time: the chance of a stage may have been changed since.
#[derive(Clone, Debug, Default)]
pub struct StageBook(IdMap<StageId, Vec<(Stamp, StageField)>>);

impl StageBook {
    /// Reads it off a log, in any order.
    #[must_use]
    pub fn read<'c>(log: impl IntoIterator<Item = &'c Change>) -> Self {
        let mut book = Self::default();
        for change in log {
            for edit in &change.edits {
                if let Edit::Stage(id, field) = edit
                    && matches!(
                        field,
                        StageField::Probability(_)
                            | StageField::Pipeline(_)
                            | StageField::Successor(_)
                    )
                {
                    let said = book.0.entry(*id).or_default();
                    said.push((change.stamp, field.clone()));
                }
            }
        }
        for said in book.0.values_mut() {
            said.order_by_key(|(stamp, _)| *stamp);
        }
        book
    }

    /// How a stage was set up at a time. One that was written down only later counts as it was
    /// first written: a file says nothing of before.
    #[must_use]
    pub fn at(&self, stage: StageId, time: Millis) -> StageNow {
        let mut now = StageNow::default();
        let said = self.0.get(&stage).map(Vec::as_slice).unwrap_or_default();
        let born = said.first().map_or(Stamp::ZERO, |(stamp, _)| *stamp);
        for (_, field) in said
            .iter()
            .filter(|(stamp, _)| stamp.ms() <= time || *stamp == born)
        {
            match field {
                StageField::Probability(chance) => now.chance = (*chance).min(100),
                StageField::Pipeline(pipeline) => now.pipeline = *pipeline,
                StageField::Successor(next) => now.successor = *next,
                _ => {}
            }
        }
        now
    }
}

/// How a deal stood from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The day.
    pub on: Day,
    /// In which stage, as a number of [`Lives::stages`].
    pub stage: Option<u16>,
    /// Since which day it is there.
    pub since: Day,
    /// Open, won, lost or on hold.
    pub status: Status,
    /// Whether it was removed.
    pub gone: bool,
    /// Worth how much, as it was said.
    pub value: Option<Money>,
    /// Expected to close when; [`NEVER`] where nothing is expected.
    pub close: Day,
    /// Its own chance in percent.
    pub chance: Option<u8>,
    /// Its category.
    pub category: Option<ForecastCategory>,
    /// Whose.
    pub owner: Option<PersonId>,
}

impl Step {
    /// Whether it is being worked on.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status == Status::Open && !self.gone && self.stage.is_some()
    }

    /// For how many days it is in its stage.
    #[must_use]
    pub fn age(&self, on: Day) -> i32 {
        (on - self.since).max(0)
    }
}

/// What a deal went through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// Which deal.
    pub deal: DealId,
    /// The day it came into the world.
    pub created: Day,
    /// How it stood, by day, the first day first; never empty.
    pub steps: Vec<Step>,
}

/// How a stretch of a life ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Won on a day; `usize` is the step.
    Won(Day, usize),
    /// Lost on a day.
    Lost(Day),
    /// Nothing yet, and nothing is known after this day.
    Going(Day),
}

impl Life {
    /// How it stood at the end of a day.
    #[must_use]
    pub fn at(&self, day: Day) -> Option<&Step> {
        self.steps.iter().rev().find(|step| step.on <= day)
    }

    /// How it ends after a step; `last` is the last day of which anything is known.
    #[must_use]
    pub fn end_after(&self, step: usize, last: Day) -> End {
        for (n, next) in self.steps.iter().enumerate().skip(step + 1) {
            match next.status {
                _ if next.gone => return End::Going(next.on),
                Status::Won => return End::Won(next.on, n),
                Status::Lost => return End::Lost(next.on),
                Status::Open | Status::OnHold => {}
            }
        }
        End::Going(last)
    }
}

/// What is the same for all days that are looked at.
#[derive(Clone, Debug)]
pub struct Ground {
    /// How stages were set up.
    pub stages: StageBook,
    /// The rates.
    pub exchange: Exchange,
    /// The currency that amounts are forecast in.
    pub currency: Currency,
    /// The month the fiscal year begins with, 1 to 12.
    pub fiscal_month: u8,
}

impl Ground {
    /// An amount in the currency of the forecast by the rate of a day, in minor units; none where
    /// there is no rate.
    #[must_use]
    pub fn minor(&self, money: Option<Money>, on: Day) -> Option<i64> {
        let on = super::months::date(on);
        let money = self.exchange.convert(money?, self.currency, on)?;
        Some(money.minor)
    }
}

/// All lives up to a day.
#[derive(Clone, Debug)]
pub struct Lives {
    /// The last day of which anything is known.
    pub until: Day,
    /// The lives, by the ids of their deals.
    pub lives: Vec<Life>,
    /// The stages that are named in them.
    pub stages: Vec<(StageId, StageNow)>,
}

/// Makes [`Lives`] a few at a time.
#[derive(Clone, Debug)]
pub struct Reading {
    until: Day,
    time: Millis,
    undone: crate::domain::insight::trail::Undone,
    ids: std::vec::IntoIter<DealId>,
    total: usize,
    numbers: IdMap<StageId, u16>,
    done: Lives,
}

impl Reading {
    /// Up to the end of a day, UTC, or up to `now` where that is earlier. What was taken back
    /// later still stood then.
    #[must_use]
    pub fn new(trails: &Trails, until: Day, now: Millis) -> Self {
        let time = ((Millis::from(until) + 1) * DAY - 1).min(now);
        Self {
            until,
            time,
            undone: trails.undone_by(time),
            ids: trails.ids().into_iter(),
            total: trails.len(),
            numbers: IdMap::default(),
            done: Lives {
                until,
                lives: Vec::new(),
                stages: Vec::new(),
            },
        }
    }

    /// Reads one more; says whether there are more.
    pub fn step(&mut self, trails: &Trails, book: &StageBook) -> bool {
        let Some(id) = self.ids.next() else {
            return false;
        };
        let trail = trails.of_given(id, &self.undone);
        if trail.created <= self.time {
            let life = self.life(id, &trail, book);
            self.done.lives.push(life);
        }
        true
    }

    fn number(&mut self, mut stage: StageId, book: &StageBook) -> u16 {
        // A stage that was merged hands its deals on; rings are cut.
        for _ in 0..8 {
            match book.at(stage, self.time).successor {
                Some(next) => stage = next,
                None => break,
            }
        }
        let (stages, time) = (&mut self.done.stages, self.time);
        *self.numbers.entry(stage).or_insert_with(|| {
            stages.push((stage, book.at(stage, time)));
            u16::try_from(stages.len() - 1).unwrap_or(u16::MAX)
        })
    }

    fn life(&mut self, deal: DealId, trail: &Trail, book: &StageBook) -> Life {
        let created = day_of(trail.created);
        let mut now = Step {
            on: created,
            stage: None,
            since: created,
            status: Status::Open,
            gone: false,
            value: None,
            close: NEVER,
            chance: None,
            category: None,
            owner: None,
        };
        let mut steps = vec![now];
        let time = self.time;
        let known = trail.events.iter().take_while(|(at, _)| *at <= time);
        for (at, event) in known {
            now.on = day_of(*at).min(self.until);
            match event {
                Event::Stage(stage) => {
                    now.stage = Some(self.number(*stage, book));
                    now.since = now.on;
                }
                Event::Status(status) => now.status = *status,
                Event::Value(value) => now.value = *value,
                Event::Close(close) => now.close = close.map_or(NEVER, |d| d.to_epoch_days()),
                Event::Owner(owner) => now.owner = *owner,
                Event::Category(category) => now.category = *category,
                Event::Probability(chance) => now.chance = *chance,
                Event::Gone(gone) => now.gone = *gone,
            }
            match steps.last_mut() {
                Some(last) if last.on == now.on => *last = now,
                _ => steps.push(now),
            }
        }
        Life {
            deal,
            created,
            steps,
        }
    }

    /// How many are read, and of how many.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.total - self.ids.len(), self.total)
    }

    /// Reads the rest.
    #[must_use]
    pub fn finish(mut self, trails: &Trails, book: &StageBook) -> Lives {
        while self.step(trails, book) {}
        self.done
    }
}

impl Lives {
    /// All of them at once.
    #[must_use]
    pub fn read(trails: &Trails, book: &StageBook, until: Day, now: Millis) -> Self {
        Reading::new(trails, until, now).finish(trails, book)
    }

    /// The chance of a stage in percent.
    #[must_use]
    pub fn stage_chance(&self, stage: Option<u16>) -> u8 {
        let stage = stage.and_then(|n| self.stages.get(usize::from(n)));
        stage.map_or(0, |(_, now)| now.chance)
    }
}
