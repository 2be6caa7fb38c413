//! Activities by the day they are due, and open deals for which nothing is planned: what the
//! day of a seller is read from, kept in step with every change.

use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::deal::Status;
use crate::domain::ids::{ActivityId, DealId, IdMap, IdSet};
use crate::domain::state::State;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Where an activity stands: its day, its time (0 for none, else minutes after midnight and
/// one), and itself.
type Key = (NaiveDate, u16, ActivityId);

/// The index.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    /// Due and not done.
    open: BTreeSet<Key>,
    /// Due once and done since.
    done: BTreeSet<Key>,
    /// To do, without a day.
    undated: IdSet<ActivityId>,
    /// Where each activity is filed.
    filed: IdMap<ActivityId, Filed>,
    /// Open deals without anything to do.
    bare: IdSet<DealId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filed {
    Open(NaiveDate, u16),
    Done(NaiveDate, u16),
    Undated,
}

/// Something to be done: not done yet, and no note.
#[must_use]
pub fn to_do(activity: &Activity) -> bool {
    activity.done.is_none() && activity.kind != ActivityKind::Note
}

fn place_of(activity: &Activity) -> Option<Filed> {
    if activity.kind == ActivityKind::Note {
        return None;
    }
    let time = activity.due_minute.map_or(0, |m| m.saturating_add(1));
    match (activity.due, activity.done) {
        (Some(day), None) => Some(Filed::Open(day, time)),
        (Some(day), Some(_)) => Some(Filed::Done(day, time)),
        (None, None) => Some(Filed::Undated),
        (None, Some(_)) => None,
    }
}

impl Agenda {
    /// Files an activity anew after it changed.
    pub fn file(&mut self, state: &State, id: ActivityId) {
        match self.filed.remove(&id) {
            Some(Filed::Open(day, time)) => {
                self.open.remove(&(day, time, id));
            }
            Some(Filed::Done(day, time)) => {
                self.done.remove(&(day, time, id));
            }
            Some(Filed::Undated) => {
                self.undated.remove(&id);
            }
            None => {}
        }
        let Some(place) = state.tables.activities.get(id).and_then(place_of) else {
            return;
        };
        self.filed.insert(id, place);
        match place {
            Filed::Open(day, time) => self.open.insert((day, time, id)),
            Filed::Done(day, time) => self.done.insert((day, time, id)),
            Filed::Undated => self.undated.insert(id),
        };
    }

    /// Looks anew whether something is planned for a deal.
    pub fn look(&mut self, state: &State, by_deal: &IdMap<DealId, Vec<ActivityId>>, deal: DealId) {
        let open = state
            .tables
            .deals
            .get(deal)
            .is_some_and(|d| d.outcome.status() == Status::Open);
        let planned = || {
            let all = by_deal.get(&deal).into_iter().flatten();
            all.filter_map(|id| state.tables.activities.get(*id))
                .any(to_do)
        };
        if open && !planned() {
            self.bare.insert(deal);
        } else {
            self.bare.remove(&deal);
        }
    }

    /// What is to be done on these days: earliest first, those without a time of day before
    /// the others.
    pub fn open_on(&self, days: RangeInclusive<NaiveDate>) -> impl Iterator<Item = ActivityId> {
        on(&self.open, days)
    }

    /// What was to be done before a day and is not done yet, longest waiting first.
    pub fn overdue(&self, today: NaiveDate) -> impl Iterator<Item = ActivityId> {
        self.open
            .range(..(today, 0, ActivityId(0)))
            .map(|(_, _, id)| *id)
    }

    /// What was due on these days and is done.
    pub fn done_on(&self, days: RangeInclusive<NaiveDate>) -> impl Iterator<Item = ActivityId> {
        on(&self.done, days)
    }

    /// What is to be done without a day, in no order.
    pub fn undated(&self) -> impl Iterator<Item = ActivityId> {
        self.undated.iter().copied()
    }

    /// Whether a deal is open and nothing is planned for it.
    #[must_use]
    pub fn is_bare(&self, deal: DealId) -> bool {
        self.bare.contains(&deal)
    }

    /// Open deals for which nothing is planned, in no order.
    pub fn without_step(&self) -> impl Iterator<Item = DealId> {
        self.bare.iter().copied()
    }
}

/// An index being built over a whole state. Activities come first, then [`Agenda::look`] at
/// each deal.
#[derive(Debug, Default)]
pub struct Gathering {
    agenda: Agenda,
    open: Vec<Key>,
    done: Vec<Key>,
}

impl Gathering {
    /// Takes an activity in, each once.
    pub fn note(&mut self, state: &State, id: ActivityId) {
        let Some(place) = state.tables.activities.get(id).and_then(place_of) else {
            return;
        };
        self.agenda.filed.insert(id, place);
        match place {
            Filed::Open(day, time) => self.open.push((day, time, id)),
            Filed::Done(day, time) => self.done.push((day, time, id)),
            Filed::Undated => {
                self.agenda.undated.insert(id);
            }
        }
    }

    /// The index of all activities. They were gathered first: a set made of many keys at once
    /// is built in one go.
    #[must_use]
    pub fn finish(self) -> Agenda {
        Agenda {
            open: self.open.into_iter().collect(),
            done: self.done.into_iter().collect(),
            ..self.agenda
        }
    }
}

fn on(set: &BTreeSet<Key>, days: RangeInclusive<NaiveDate>) -> impl Iterator<Item = ActivityId> {
    let (from, to) = days.into_inner();
    // An empty range would make the set panic.
    let to = to.max(from);
    set.range((from, 0, ActivityId(0))..=(to, u16::MAX, ActivityId(u64::MAX)))
        .map(|(_, _, id)| *id)
}
