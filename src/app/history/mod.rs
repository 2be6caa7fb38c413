//! The history in words: what a change set, from what to what.
//!
//! Nothing is recorded for it: everything here is read off the log's changes. Names are
//! those of today, also of things removed since, so that an old line says which stage or
//! person it was.

mod plain;
mod setup;
mod text;
mod timeline;

use crate::domain::order::Order;
pub use text::Format;
pub use timeline::{Event, TimelineItem, timeline};

use crate::domain::activity::ActivityField;
use crate::domain::change::{Change, Edit, EntityRef, IntentKind, Kind, Slot, Tables};
use crate::domain::ids::{ActivityId, DealId};
use crate::domain::stamp::Stamp;
use crate::domain::state::State;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// One thing a change did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whose field it is, in words; empty for the entity the history is about.
    pub of: String,
    /// Which field, as forms name it.
    pub field: Cow<'static, str>,
    /// What it held; none for nothing.
    pub from: Option<String>,
    /// What it was set to; none for nothing.
    pub to: Option<String>,
}

/// A change to more entities than this is told as counts, not field by field.
pub const MANY: usize = 20;

/// What a change did: record by record as they were touched, field by field as forms have them.
///
/// With `about`, only what concerns that entity (and, for a deal, its activities).
/// Without, everything; of a large change (more than [`MANY`] entities, or the beginning of
/// the workspace) one line for each kind of record, with how many were added, changed and
/// deleted. Places in a column and fields set to what they held are left out.
#[must_use]
pub fn lines(
    state: &State,
    change: &Change,
    about: Option<EntityRef>,
    format: &impl Format,
) -> Vec<Line> {
    // What every workspace begins with is no news field by field either.
    let in_counts = change.intent.kind == IntentKind::Setup || change.entities().len() > MANY;
    if about.is_none() && in_counts {
        return counts(state, change, format);
    }
    let mut held: HashMap<Slot, &Edit> = change.before.iter().map(|e| (e.slot(), e)).collect();
    let born = born(state, change);
    let mut told: HashSet<EntityRef> = HashSet::new();
    let mut order: HashMap<EntityRef, usize> = HashMap::new();
    let mut lines: Vec<((usize, u8), Line)> = Vec::new();
    for edit in &change.edits {
        let entity = edit.entity();
        if about.is_some_and(|about| !concerns(state, entity, about)) {
            continue;
        }
        let is_new = born.contains(&entity);
        let next = order.len();
        let place = (*order.entry(entity).or_insert(next), edit.slot().key);
        if let Edit::Activity(id, _) = edit
            && is_new
        {
            // A new activity is one line: what it is about and when it is due.
            if told.insert(entity) {
                lines.push((place, new_activity(change, *id, about, format)));
            }
            continue;
        }
        let blank = Tables::default().present(edit.slot());
        let from = held.insert(edit.slot(), edit);
        let from = from.cloned().unwrap_or(blank);
        if from == *edit {
            continue;
        }
        let Some(field) = text::label(state, edit) else {
            continue;
        };
        let to = text::value(state, edit, &from, Some(change.stamp.ms()), format);
        let from = text::value(state, &from, edit, None, format);
        // What is empty on a new record goes without saying, and so does its time.
        if (is_new && (to.is_none() || text::is_birth(edit, change.stamp.ms()))) || from == to {
            continue;
        }
        let of = if about == Some(entity) {
            String::new()
        } else {
            name(state, entity)
        };
        let from = from.filter(|_| !is_new);
        let line = Line {
            of,
            field,
            from,
            to,
        };
        lines.push((place, line));
    }
    // Stable: several settings of one field stay in their order.
    lines.order_by_key(|(place, _)| *place);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// What a field is called where its record is shown; none for those that say nothing to people.
#[must_use]
pub fn field_name(state: &State, edit: &Edit) -> Option<Cow<'static, str>> {
    text::label(state, edit)
}

/// What a field holds, in words; none when it is empty.
#[must_use]
pub fn field_words(state: &State, edit: &Edit, format: &impl Format) -> Option<String> {
    text::value(state, edit, edit, None, format)
}

/// A field with its record: “Deal Site survey: Owner”.
#[must_use]
pub fn field_of_record(state: &State, slot: Slot) -> Option<String> {
    let field = text::label(state, &state.tables.present(slot))?;
    Some(format!("{}: {field}", name(state, slot.entity)))
}

/// A change of an entity's own fields, or of an activity on it.
fn concerns(state: &State, entity: EntityRef, about: EntityRef) -> bool {
    entity == about
        || (about.kind == Kind::Deal
            && entity.kind == Kind::Activity
            && activity_of(state, ActivityId(entity.id)) == Some(DealId(about.id)))
}

fn activity_of(state: &State, activity: ActivityId) -> Option<DealId> {
    state
        .tables
        .activities
        .row(activity)
        .and_then(|row| row.entity.deal)
}

/// The activities ever written down on a deal, removed ones included, in no order.
#[must_use]
pub fn activities_ever(state: &State, deal: DealId) -> Vec<ActivityId> {
    let rows = state.tables.activities.rows();
    rows.filter(|(_, row)| row.entity.deal == Some(deal))
        .map(|(id, _)| id)
        .collect()
}

/// The entities the change made.
fn born(state: &State, change: &Change) -> HashSet<EntityRef> {
    let before: HashSet<EntityRef> = change.before.iter().map(Edit::entity).collect();
    let all = change.entities().into_iter();
    all.filter(|e| !before.contains(e) && state.tables.born(*e) == change.stamp)
        .collect()
}

/// An entity by kind and name: “Deal Site survey”; the workspace goes by its name alone.
fn name(state: &State, entity: EntityRef) -> String {
    let name = state.name_of(entity);
    match entity.kind {
        Kind::Activity => text::activity_name(state, ActivityId(entity.id)),
        Kind::Workspace => name,
        kind => format!("{} {name}", text::kind_name(kind, 1)),
    }
}

fn new_activity(
    change: &Change,
    id: ActivityId,
    about: Option<EntityRef>,
    format: &impl Format,
) -> Line {
    let own = change.edits.iter().filter_map(|edit| match edit {
        Edit::Activity(other, field) if *other == id => Some(field.clone()),
        _ => None,
    });
    let (field, to) = text::new_activity(own.collect::<Vec<ActivityField>>(), format);
    let of = if about.is_some() {
        String::new()
    } else {
        String::from("Activity")
    };
    Line {
        of,
        field: field.into(),
        from: None,
        to: Some(to),
    }
}

/// Added, changed and deleted, by kind of record.
fn counts(state: &State, change: &Change, format: &impl Format) -> Vec<Line> {
    let mut gone: HashMap<EntityRef, bool> = HashMap::new();
    for edit in &change.edits {
        if let Some(deleted) = text::deletion(edit) {
            gone.insert(edit.entity(), deleted);
        }
    }
    let born = born(state, change);
    let mut found: HashMap<Kind, [usize; 4]> = HashMap::new();
    // The settings are not counted among the records.
    let entities = change.entities().into_iter();
    for entity in entities.filter(|e| e.kind != Kind::Workspace) {
        let what = match gone.get(&entity) {
            _ if born.contains(&entity) => 0,
            Some(true) => 2,
            Some(false) => 3,
            None => 1,
        };
        found.entry(entity.kind).or_default()[what] += 1;
    }
    let told = |numbers: [usize; 4]| {
        let words = ["added", "changed", "deleted", "brought back"];
        let parts = numbers.into_iter().zip(words).filter(|(n, _)| *n > 0);
        let parts: Vec<String> = parts
            .map(|(n, word)| format!("{} {word}", format.count(n)))
            .collect();
        parts.join(", ")
    };
    Kind::ALL
        .iter()
        .filter_map(|kind| Some((*kind, *found.get(kind)?)))
        .map(|(kind, numbers)| Line {
            of: String::new(),
            field: text::kind_name(kind, 2).into(),
            from: None,
            to: Some(told(numbers)),
        })
        .collect()
}

/// How much a change touched, for a change of several records: “8,800 deals,
/// 85 organisations”. None for a change of one record.
#[must_use]
pub fn extent(change: &Change, format: &impl Format) -> Option<String> {
    let entities = change.entities();
    if entities.len() < 2 {
        return None;
    }
    let parts = Kind::ALL.iter().filter_map(|kind| {
        let n = entities.iter().filter(|e| e.kind == *kind).count();
        let noun = text::kind_name(*kind, n).to_lowercase();
        match (kind, n) {
            (_, 0) => None,
            (Kind::Workspace, _) => Some(noun),
            (_, n) => Some(format!("{} {noun}", format.count(n))),
        }
    });
    Some(parts.collect::<Vec<_>>().join(", "))
}

/// The changes among these that are taken back at present: an undo takes a change back,
/// the undo of that (a redo) takes the undo back. Of each change its stamp and the stamp
/// of what it takes back; in any order.
#[must_use]
pub fn undone(changes: impl IntoIterator<Item = (Stamp, Option<Stamp>)>) -> HashSet<Stamp> {
    let takers = changes
        .into_iter()
        .filter_map(|(own, undoes)| Some((own, undoes?)));
    let mut takers: Vec<(Stamp, Stamp)> = takers.collect();
    takers.order_by(|a, b| b.cmp(a));
    let mut undone = HashSet::new();
    for (taker, taken) in takers {
        if !undone.contains(&taker) {
            undone.insert(taken);
        }
    }
    undone
}

/// What a change says about itself in a sentence without full stop.
#[must_use]
pub fn sentence(change: &Change) -> &str {
    match change.intent.text.trim() {
        "" => title(change.intent.kind),
        text => text,
    }
}

/// What kind of change it was, in words.
#[must_use]
pub fn title(kind: IntentKind) -> &'static str {
    match kind {
        IntentKind::Setup => "Workspace begun",
        IntentKind::CreateDeal => "Deal added",
        IntentKind::EditDeal => "Deal changed",
        IntentKind::MoveDeal => "Deal moved",
        IntentKind::CloseDeal => "Deal closed",
        IntentKind::ReopenDeal => "Deal reopened",
        IntentKind::Delete => "Records deleted",
        IntentKind::EditRecord => "Record changed",
        IntentKind::LogActivity => "Activity written down",
        IntentKind::CompleteActivity => "Activity done",
        IntentKind::EditStages => "Stages changed",
        IntentKind::MergeStages => "Stages merged",
        IntentKind::DeleteStage => "Stage deleted",
        IntentKind::EditWorkspace => "Settings changed",
        IntentKind::Import => "File imported",
        IntentKind::LoadSample => "Sample loaded",
        IntentKind::RemoveSample => "Sample removed",
        IntentKind::Undo => "Change taken back",
        IntentKind::Redo => "Change done again",
        IntentKind::MergeRecords => "Records merged",
        IntentKind::Qualify => "Deal qualified",
        IntentKind::RunCadence => "Cadence changed",
        IntentKind::Automate => "Automation worked",
        IntentKind::EditRules => "Rules changed",
    }
}

/// Kinds of changes people look for together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Deals added, changed, moved, closed.
    Deals,
    /// Activities.
    Activities,
    /// Customers, contacts, people and products; anything deleted.
    Records,
    /// Pipelines, stages, settings.
    Setup,
    /// Imports and the sample.
    Files,
    /// What automations did.
    Automation,
    /// Undo and redo.
    Undo,
}

impl Group {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::Deals,
        Self::Activities,
        Self::Records,
        Self::Setup,
        Self::Files,
        Self::Automation,
        Self::Undo,
    ];

    /// The group a change belongs to.
    #[must_use]
    pub fn of(kind: IntentKind) -> Self {
        match kind {
            IntentKind::CreateDeal
            | IntentKind::EditDeal
            | IntentKind::MoveDeal
            | IntentKind::CloseDeal
            | IntentKind::ReopenDeal => Self::Deals,
            IntentKind::LogActivity | IntentKind::CompleteActivity => Self::Activities,
            IntentKind::EditRecord | IntentKind::Delete => Self::Records,
            IntentKind::Setup
            | IntentKind::EditStages
            | IntentKind::MergeStages
            | IntentKind::DeleteStage
            | IntentKind::EditWorkspace => Self::Setup,
            IntentKind::Qualify => Self::Deals,
            IntentKind::RunCadence => Self::Activities,
            IntentKind::MergeRecords => Self::Records,
            IntentKind::EditRules => Self::Setup,
            IntentKind::Automate => Self::Automation,
            IntentKind::Import | IntentKind::LoadSample | IntentKind::RemoveSample => Self::Files,
            IntentKind::Undo | IntentKind::Redo => Self::Undo,
        }
    }

    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Deals => "Deals",
            Self::Activities => "Activities",
            Self::Records => "Records and deletions",
            Self::Setup => "Stages and settings",
            Self::Files => "Imports and sample",
            Self::Automation => "Automations",
            Self::Undo => "Undo and redo",
        }
    }

    /// Its name in addresses and lists.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::Activities => "activities",
            Self::Records => "records",
            Self::Setup => "setup",
            Self::Files => "files",
            Self::Automation => "automation",
            Self::Undo => "undo",
        }
    }
}

#[cfg(test)]
mod tests;
