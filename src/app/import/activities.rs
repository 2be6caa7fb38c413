//! A row of calls, meetings, tasks and notes.

use super::alias::plain;
use super::cells::Cells;
use super::deals::cut;
use super::holds::Holds;
use super::near::fold;
use super::target::Target;
use super::what::What;
use super::work::Work;
use crate::codec::csv::parse_moment;
use crate::domain::activity::{Activity, ActivityField, ActivityKind};
use crate::domain::change::Edit;
use crate::domain::ids::{ActivityId, DealId, OrgId};
use crate::domain::state::State;
use chrono::{NaiveDate, Timelike};
use std::collections::{HashMap, HashSet};

/// What makes an activity the same one when a file is imported again.
pub(super) type ActivityKey = (ActivityKind, String, Option<DealId>, Option<NaiveDate>);

pub(super) fn key_of(activity: &Activity) -> ActivityKey {
    (
        activity.kind,
        fold(&activity.subject),
        activity.deal,
        activity.due,
    )
}

/// Deals by the names activities call them.
#[derive(Debug, Default)]
pub(super) struct DealBook {
    here: HashMap<String, DealId>,
    seen: HashMap<String, u32>,
    by_external: HashMap<String, DealId>,
    /// Folded titles and organisations of the deals here.
    twins: HashSet<(String, Option<OrgId>)>,
    /// Folded titles; `None` where several deals have it.
    by_title: HashMap<String, Option<DealId>>,
    /// Whether anything will ask for titles.
    pub(super) keeps_titles: bool,
}

impl DealBook {
    /// Notes the deals that are here.
    pub(super) fn load(&mut self, state: &State) {
        for deal in state.tables.deals.iter() {
            if !deal.external.is_empty() {
                let slot = self.here.entry(deal.external.clone()).or_insert(deal.id);
                *slot = (*slot).min(deal.id);
            }
            self.twins.insert((fold(&deal.title), deal.organisation));
            self.note(deal.id, &deal.title, &deal.external);
        }
    }

    /// True when a deal of this title with this organisation was here before.
    pub(super) fn has_twin(&self, title: &str, organisation: Option<OrgId>) -> bool {
        self.twins.contains(&(fold(title), organisation))
    }

    /// The deal here with this id of the other system.
    pub(super) fn here(&self, external: &str) -> Option<DealId> {
        self.here.get(external).copied()
    }

    /// The line of an earlier row about the same deal; notes this one otherwise.
    pub(super) fn repeated(
        &mut self,
        own: Option<DealId>,
        external: &str,
        line: u32,
    ) -> Option<u32> {
        let key = match (own, external) {
            (Some(id), _) => format!("#{id}"),
            (None, "") => return None,
            (None, external) => external.to_owned(),
        };
        match self.seen.entry(key) {
            std::collections::hash_map::Entry::Occupied(known) => Some(*known.get()),
            std::collections::hash_map::Entry::Vacant(slot) => {
                slot.insert(line);
                None
            }
        }
    }

    /// Notes what a deal is called.
    pub(super) fn note(&mut self, id: DealId, title: &str, external: &str) {
        if !self.keeps_titles {
            return;
        }
        if !external.is_empty() {
            self.by_external.insert(external.to_owned(), id);
        }
        let slot = self.by_title.entry(fold(title)).or_insert(Some(id));
        if *slot != Some(id) {
            *slot = None;
        }
    }

    /// The deal meant; `Err(true)` when several have the name, `Err(false)` when none has.
    fn find(&self, text: &str) -> Result<DealId, bool> {
        if let Some(id) = self.by_external.get(text) {
            return Ok(*id);
        }
        match self.by_title.get(&fold(text)) {
            Some(Some(id)) => Ok(*id),
            Some(None) => Err(true),
            None => text.parse().map_err(|_| false),
        }
    }
}

fn kind_of(c: &mut Cells<'_>) -> ActivityKind {
    let Some(text) = c.text(Target::Kind) else {
        return ActivityKind::Task;
    };
    let words = plain(text);
    let has = |list: &[&str]| words.split(' ').any(|w| list.contains(&w));
    if has(&["call", "phone", "telephone"]) {
        ActivityKind::Call
    } else if has(&["email", "mail", "e"]) {
        ActivityKind::Email
    } else if has(&["meeting", "demo", "lunch", "appointment", "event", "visit"]) {
        ActivityKind::Meeting
    } else if has(&["note", "comment"]) {
        ActivityKind::Note
    } else {
        if !has(&["task", "todo", "to", "deadline", "follow"]) {
            c.note_at(
                Target::Kind,
                text,
                What::UnknownWord(Target::Kind, "taken for a task"),
            );
        }
        ActivityKind::Task
    }
}

/// Imports one row.
pub(super) fn row(work: &mut Work, state: &State, c: &mut Cells<'_>) {
    work.tally(Holds::Activities).rows += 1;
    let body = c.joined(Target::Description, "\n\n").unwrap_or_default();
    let subject = match c.text(Target::Title) {
        Some(text) => cut(c, Target::Title, text),
        None => body
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(120)
            .collect(),
    };
    if subject.is_empty() {
        c.note_at(Target::Title, "", What::NoName);
        work.tally(Holds::Activities).skipped += 1;
        return;
    }
    let kind = kind_of(c);
    let deal = deal(work, c);
    let due_moment = c.moment(Target::Due);
    let due = due_moment
        .map(|m| m.date)
        .filter(|_| kind != ActivityKind::Note);
    let key = (kind, fold(&subject), deal, due);
    if !work.activities.insert(key) {
        work.tally(Holds::Activities).unchanged += 1;
        return;
    }
    let created = c.past(Target::Created);
    let done = done(c, kind, due_moment.map(|m| c.setting.millis(m)).or(created));
    let minute = due_minute(c, due_moment.and_then(|m| m.time)).filter(|_| due.is_some());
    let owner = c
        .text(Target::Owner)
        .and_then(|name| work.person(c, Target::Owner, name));
    let organisation = deal.and_then(|d| work.organisation_of(state, d));
    let contact = c
        .text(Target::Contacts)
        .map(|name| work.contact(state, name, &[], organisation));
    let id: ActivityId = work.ids.fresh();
    let fields = [
        ActivityField::Kind(kind),
        ActivityField::Subject(subject),
        ActivityField::Body(body),
        ActivityField::Deal(deal),
        ActivityField::Contact(contact),
        ActivityField::Owner(owner),
        ActivityField::Due(due),
        ActivityField::DueMinute(minute),
        ActivityField::Done(done),
        ActivityField::Created(created.or(done).unwrap_or(c.setting.now)),
    ];
    work.edits.push(Edit::Activity(id, fields[0].clone()));
    for field in fields.into_iter().skip(1) {
        work.set(state, Edit::Activity(id, field));
    }
    work.tally(Holds::Activities).created += 1;
}

fn deal(work: &Work, c: &mut Cells<'_>) -> Option<DealId> {
    let text = c.expected(Target::Deal)?;
    match work.deals.find(text) {
        Ok(id) => Some(id),
        Err(several) => {
            let what = if several {
                What::Ambiguous
            } else {
                What::UnknownWord(Target::Deal, "not linked")
            };
            c.note_at(Target::Deal, text, what);
            None
        }
    }
}

/// When it was done: the time given, or else when it was due, if it is done at all.
fn done(c: &mut Cells<'_>, kind: ActivityKind, planned: Option<i64>) -> Option<i64> {
    if kind == ActivityKind::Note {
        return None;
    }
    let at = c.past(Target::DoneOn);
    let is_done = c.yes(Target::Done).unwrap_or(at.is_some());
    let now = c.setting.now;
    is_done.then(|| at.or(planned).unwrap_or(now).min(now))
}

fn due_minute(c: &mut Cells<'_>, with_date: Option<chrono::NaiveTime>) -> Option<u16> {
    let own = c.filled(Target::DueTime).next().and_then(|(column, text)| {
        // A time is read by putting a day before it.
        let order = c.file.columns[column].dates;
        match parse_moment(&format!("2000-01-01 {text}"), order) {
            Ok(moment) => moment.time,
            Err(_) => {
                let reason = format!("“{text}” is not a time of day.");
                c.note(column, text, What::Unreadable(Target::DueTime, reason));
                None
            }
        }
    });
    let time = own.or(with_date)?;
    u16::try_from(time.hour() * 60 + time.minute()).ok()
}
