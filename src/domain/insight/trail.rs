//! What each deal has been through: read off the log, in the order in which it happened.
//!
//! The log says when something was *written down*. What it tells of may be older: a file brings
//! deals won long ago. So each fact counts from when it is said to have happened ([`happened`]),
//! and what was taken back did not happen at all ([`Undone`]).

use crate::domain::change::{Change, Edit, IntentKind};
use crate::domain::deal::{DealField, ForecastCategory, Outcome, Status};
use crate::domain::ids::{DealId, IdMap, PersonId, StageId};
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::query::idle::DAY;
use crate::domain::stamp::{Millis, Stamp};
use chrono::{NaiveDate, NaiveTime};
use std::collections::{HashMap, HashSet};

/// Which changes do not count, because they were taken back.
#[derive(Clone, Debug, Default)]
pub struct Undone {
    /// Of each undo and redo: the change it takes back.
    undoes: HashMap<Stamp, Stamp>,
    dropped: HashSet<Stamp>,
    /// No change before this one was taken back or takes anything back: most are, as imports.
    first: Option<Stamp>,
}

impl Undone {
    /// Reads them off a log, in any order.
    #[must_use]
    pub fn read<'c>(log: impl IntoIterator<Item = &'c Change>) -> Self {
        let mut undone = Self::default();
        for change in log {
            undone.note(change);
        }
        undone.settle();
        undone
    }

    /// What was taken back by a time: later corrections are not known yet.
    #[must_use]
    pub fn by(&self, time: Millis) -> Self {
        let mut undone = Self {
            undoes: self.undoes.clone(),
            dropped: HashSet::new(),
            first: None,
        };
        undone.settle_by(time);
        undone
    }

    fn note(&mut self, change: &Change) {
        self.undoes
            .extend(change.undoes.map(|of| (change.stamp, of)));
    }

    /// An undo that is itself taken back takes nothing back: the latest are asked first.
    fn settle(&mut self) {
        self.settle_by(Millis::MAX);
    }

    fn settle_by(&mut self, time: Millis) {
        let known = self.undoes.iter().filter(|(stamp, _)| stamp.ms() <= time);
        let mut all: Vec<(Stamp, Stamp)> = known.map(|(a, b)| (*a, *b)).collect();
        all.order_by_key(|(stamp, _)| std::cmp::Reverse(*stamp));
        self.first = self.undoes.iter().flat_map(|(a, b)| [*a, *b]).min();
        self.dropped.clear();
        for (stamp, of) in all {
            if !self.dropped.contains(&stamp) {
                self.dropped.insert(of);
            }
        }
    }

    /// Whether what an edit of a change says counts. An undo or redo says nothing of its own,
    /// for what it restores was said before; but what it removes is gone, also where others have
    /// written to it since.
    #[must_use]
    pub fn counts(&self, stamp: Stamp, removal: bool) -> bool {
        self.first.is_none_or(|first| stamp < first)
            || !self.dropped.contains(&stamp) && (removal || !self.undoes.contains_key(&stamp))
    }

    fn has(&self, item: &Item) -> bool {
        self.counts(item.stamp, matches!(item.event, Event::Gone(_)))
    }
}

/// When what an edit says of a deal happened, where the edit itself tells: a stage since then,
/// a closing on that day (at noon UTC, which is that day nearly everywhere), but not later on the day than it was
/// written down. Where stages were merged or deleted, their deals keep the time they have stood there, but
/// it is only then that they come to the other stage.
#[must_use]
pub fn happened(field: &DealField, stamp: Stamp, intent: IntentKind) -> Option<Millis> {
    use IntentKind::{DeleteStage, EditStages, MergeStages};
    match field {
        DealField::Placement(_) if matches!(intent, MergeStages | DeleteStage | EditStages) => None,
        DealField::Placement(placement) => Some(placement.since),
        DealField::Outcome(outcome) => {
            let noon = outcome.closure().map(|closure| noon(closure.on));
            noon.map(|noon| match noon - stamp.ms() {
                0..DAY => stamp.ms(),
                _ => noon,
            })
        }
        _ => None,
    }
}

/// Noon of a day, UTC, in milliseconds since 1970.
#[must_use]
pub fn noon(day: NaiveDate) -> Millis {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    day.and_time(noon).and_utc().timestamp_millis()
}

/// One thing that happened to a deal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// It came into a stage.
    Stage(StageId),
    /// It was won, lost, put aside or taken up again.
    Status(Status),
    /// It was worth this much from now on.
    Value(Option<Money>),
    /// It was expected to close on this day from now on.
    Close(Option<NaiveDate>),
    /// It was this person's from now on.
    Owner(Option<PersonId>),
    /// It was called this in the forecast from now on.
    Category(Option<ForecastCategory>),
    /// It had a probability of its own from now on, in percent.
    Probability(Option<u8>),
    /// It was removed, or brought back.
    Gone(bool),
}

#[derive(Clone, Debug)]
struct Item {
    stamp: Stamp,
    /// When it happened, where it says so itself.
    at: Option<Millis>,
    event: Event,
}

#[derive(Clone, Debug, Default)]
struct Told {
    /// The change that first named the deal.
    born: Stamp,
    /// When it came into the world, where that is said, and by which change.
    created: Option<(Stamp, Millis)>,
    items: Vec<Item>,
}

impl Told {
    /// When the deal came into the world.
    fn created(&self) -> Millis {
        let born = self.born.ms();
        let created = self.created.map_or(born, |(_, at)| at);
        if created > 0 { created } else { born }
    }

    /// When something happened to it.
    fn when(&self, item: &Item, created: Millis) -> Millis {
        // What a deal came with, it had from the beginning.
        let came_with = item.stamp == self.born;
        let otherwise = if came_with { created } else { item.stamp.ms() };
        item.at.unwrap_or(otherwise).max(created)
    }
}

/// What all deals have been through.
#[derive(Clone, Debug, Default)]
pub struct Trails {
    deals: IdMap<DealId, Told>,
    undone: Undone,
}

/// What one deal has been through, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// When it came into the world, in milliseconds since 1970.
    pub created: Millis,
    /// What happened, and when. Nothing is before `created`.
    pub events: Vec<(Millis, Event)>,
}

impl Trails {
    /// Reads them off a log, in any order; no change may be in it twice.
    #[must_use]
    pub fn read<'c>(log: impl IntoIterator<Item = &'c Change>) -> Self {
        let mut trails = Self::default();
        for change in log {
            trails.note(change);
            trails.undone.note(change);
        }
        trails.undone.settle();
        trails
    }

    /// Takes one more change in.
    pub fn hear(&mut self, change: &Change) {
        self.note(change);
        if change.undoes.is_some() {
            self.undone.note(change);
            self.undone.settle();
        }
    }

    fn note(&mut self, change: &Change) {
        for edit in &change.edits {
            let Edit::Deal(id, field) = edit else {
                continue;
            };
            let told = self.deals.entry(*id).or_default();
            let stamp = change.stamp;
            if told.born == Stamp::ZERO || stamp < told.born {
                told.born = stamp;
            }
            if let DealField::Created(at) = field
                && told.created.is_none_or(|(said, _)| said <= stamp)
            {
                told.created = Some((stamp, *at));
            }
            if let Some(event) = event(field) {
                let at = happened(field, stamp, change.intent.kind);
                told.items.push(Item { stamp, at, event });
            }
        }
    }

    /// What a deal has been through; nothing where the log never named it.
    #[must_use]
    pub fn of(&self, deal: DealId) -> Trail {
        self.of_given(deal, &self.undone)
    }

    /// How often the expected close of a deal was put off: [`Trail::pushes`], at little cost for the
    /// most deals, whose close was said once.
    #[must_use]
    pub fn pushes(&self, deal: DealId) -> u16 {
        let Some(told) = self.deals.get(&deal) else {
            return 0;
        };
        let close = |i: &&Item| matches!(i.event, Event::Close(_));
        if told.items.iter().filter(close).count() < 2 {
            return 0;
        }
        self.of(deal).pushes()
    }

    /// How a deal stood at a time: [`Trail::at`], without making a trail of a deal whose changes are
    /// in order already.
    #[must_use]
    pub fn at(&self, deal: DealId, time: Millis) -> Option<Standing> {
        let told = self.deals.get(&deal)?;
        let created = told.created();
        if time < created {
            return None;
        }
        let (mut standing, mut gone) = (Standing::default(), false);
        let mut last = (Millis::MIN, Stamp::ZERO);
        for item in &told.items {
            if !self.undone.has(item) {
                continue;
            }
            let at = told.when(item, created);
            if (at, item.stamp) < last {
                return self.of(deal).at(time);
            }
            last = (at, item.stamp);
            if at <= time {
                standing.set(&item.event, &mut gone);
            }
        }
        (!gone).then_some(standing)
    }

    /// What had been taken back by a time, for [`Trails::of_given`].
    #[must_use]
    pub fn undone_by(&self, time: Millis) -> Undone {
        self.undone.by(time)
    }

    /// What a deal has been through, given what was taken back.
    #[must_use]
    pub fn of_given(&self, deal: DealId, undone: &Undone) -> Trail {
        let Some(told) = self.deals.get(&deal) else {
            return Trail::default();
        };
        let created = told.created();
        let mut events: Vec<(Millis, Stamp, usize)> = Vec::with_capacity(told.items.len());
        for (n, item) in told.items.iter().enumerate() {
            if undone.has(item) {
                events.push((told.when(item, created), item.stamp, n));
            }
        }
        events.order();
        let events = events
            .into_iter()
            .map(|(at, _, n)| (at, told.items[n].event.clone()));
        Trail {
            created,
            events: events.collect(),
        }
    }

    /// Which status of a deal was written down before a time, whenever it came about; none where
    /// the deal was not known then.
    #[must_use]
    pub fn known(&self, deal: DealId, time: Millis) -> Option<Status> {
        let told = self.deals.get(&deal)?;
        if told.born.ms() >= time {
            return None;
        }
        let said = |i: &&Item| i.stamp.ms() < time && self.undone.has(i);
        let statuses = told
            .items
            .iter()
            .filter(said)
            .filter_map(|i| match i.event {
                Event::Status(status) => Some((i.stamp, status)),
                _ => None,
            });
        let latest = statuses.max_by_key(|(stamp, _)| *stamp);
        Some(latest.map_or(Status::Open, |(_, status)| status))
    }

    /// The deals that the log has named, by their ids.
    #[must_use]
    pub fn ids(&self) -> Vec<DealId> {
        let mut ids: Vec<DealId> = self.deals.keys().copied().collect();
        ids.order();
        ids
    }

    /// How many deals the log has named.
    #[must_use]
    pub fn len(&self) -> usize {
        self.deals.len()
    }

    /// True when the log named none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.deals.is_empty()
    }
}

fn event(field: &DealField) -> Option<Event> {
    Some(match field {
        DealField::Placement(placement) => Event::Stage(placement.stage),
        DealField::Outcome(outcome) => Event::Status(Outcome::status(outcome)),
        DealField::Value(value) => Event::Value(*value),
        DealField::Close(close) => Event::Close(*close),
        DealField::Owner(owner) => Event::Owner(*owner),
        DealField::Category(category) => Event::Category(*category),
        DealField::Probability(chance) => Event::Probability(*chance),
        DealField::Deleted(gone) => Event::Gone(*gone),
        _ => return None,
    })
}

/// A deal as it was at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// In which stage.
    pub stage: Option<StageId>,
    /// Open, won, lost or on hold; open until something else is said.
    pub status: Option<Status>,
    /// Worth how much.
    pub value: Option<Money>,
    /// Expected to close when.
    pub close: Option<NaiveDate>,
    /// Whose.
    pub owner: Option<PersonId>,
    /// Its category in the forecast.
    pub category: Option<ForecastCategory>,
    /// Its own probability in percent.
    pub probability: Option<u8>,
}

impl Standing {
    /// Its status.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status.unwrap_or(Status::Open)
    }

    fn set(&mut self, event: &Event, gone: &mut bool) {
        match event {
            Event::Stage(stage) => self.stage = Some(*stage),
            Event::Status(status) => self.status = Some(*status),
            Event::Value(value) => self.value = *value,
            Event::Close(close) => self.close = *close,
            Event::Owner(owner) => self.owner = *owner,
            Event::Category(category) => self.category = *category,
            Event::Probability(chance) => self.probability = *chance,
            Event::Gone(was) => *gone = *was,
        }
    }
}

impl Trail {
    /// How the deal stood at a time, everything until then included; none before it came into
    /// the world and while it was removed.
    #[must_use]
    pub fn at(&self, time: Millis) -> Option<Standing> {
        let mut found = None;
        self.at_each(&[time], |_, standing| found = Some(*standing));
        found
    }

    /// How the deal stood at each of some times, ascending: [`Trail::at`], in one go.
    pub fn at_each(&self, times: &[Millis], mut each: impl FnMut(usize, &Standing)) {
        let (mut standing, mut gone) = (Standing::default(), false);
        let mut events = self.events.iter().peekable();
        for (n, time) in times.iter().enumerate() {
            while let Some((_, event)) = events.next_if(|(at, _)| at <= time) {
                standing.set(event, &mut gone);
            }
            if *time >= self.created && !gone {
                each(n, &standing);
            }
        }
    }

    /// Each time the expected close was put to another day: when, from which, to which.
    #[must_use]
    pub fn moves(&self) -> Vec<(Millis, NaiveDate, NaiveDate)> {
        let mut day: Option<NaiveDate> = None;
        let mut moves = Vec::new();
        for (at, event) in &self.events {
            let Event::Close(now) = event else { continue };
            if let (Some(from), Some(to)) = (day, *now)
                && from != to
            {
                moves.push((*at, from, to));
            }
            day = now.or(day);
        }
        moves
    }

    /// How often the expected close was put off: the slip counter.
    #[must_use]
    pub fn pushes(&self) -> u16 {
        let later = self.moves().iter().filter(|(_, a, b)| b > a).count();
        u16::try_from(later).unwrap_or(u16::MAX)
    }
}
