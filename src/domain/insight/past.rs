//! The data as it was at a time, so that no later event shows.
//!
//! A fact counts from when it happened (see [`trail`](super::trail)). What a file, the sample or
//! the beginning of the workspace brought without saying since when (stages, people,
//! organisations) is taken to have been there before.
//!
//! A person who looks back does so with the means of today ([`Rewind::with_means_of_today`]): the
//! dashboards, the rates and the currency that sums are shown in are what one looks with, not what
//! one looks at. A rate says itself from which day on it holds.

use super::trail::{Undone, happened, noon};
use crate::domain::activity::ActivityField;
use crate::domain::change::{Change, Edit, EntityRef, IntentKind, Kind, RefMap};
use crate::domain::deal::DealField;
use crate::domain::order::Order;
use crate::domain::stamp::{Millis, Stamp};
use crate::domain::state::State;
use crate::domain::workspace::WorkspaceField;
use crate::domain::world::World;

/// The key number of the field that removes an entity: the first of every kind.
const REMOVED: u8 = 0;

/// Where an entity comes from.
#[derive(Clone, Copy, Debug)]
struct Birth {
    /// The change that first named it.
    stamp: Stamp,
    /// Since when it is there, in milliseconds since 1970; before everything where nobody says.
    since: Millis,
}

/// Going through a log up to a time, a slice at a time.
#[derive(Debug)]
pub struct Rewind {
    log: std::vec::IntoIter<Change>,
    total: usize,
    until: Millis,
    undone: Undone,
    births: RefMap<Birth>,
    state: State,
    kept: Vec<Change>,
    means: bool,
}

/// Whether an edit says what is looked with: dashboards, rates, the currency of sums.
fn is_means(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::Dashboard(..) | Edit::Rate(..) | Edit::Workspace(_, WorkspaceField::Reporting(_))
    )
}

impl Rewind {
    /// Prepares to go through this log, in any order, up to the time, everything of that time
    /// included.
    #[must_use]
    pub fn new(mut log: Vec<Change>, until: Millis) -> Self {
        log.order_by_key(|change| change.stamp);
        // What was taken back later still stood then.
        let undone = Undone::read(&log).by(until);
        let births = births(&log);
        let total = log.len();
        Self {
            log: log.into_iter(),
            total,
            until,
            undone,
            births,
            state: State::default(),
            kept: Vec::new(),
            means: false,
        }
    }

    /// Shows dashboards, rates and the reporting currency as the whole log leaves them, whenever
    /// they were written down. The log given at the end stays without them.
    #[must_use]
    pub fn with_means_of_today(mut self) -> Self {
        self.means = true;
        self
    }

    /// Goes on by one change; says whether there are more.
    pub fn step(&mut self) -> bool {
        let Some(mut change) = self.log.next() else {
            return false;
        };
        let (stamp, intent) = (change.stamp, change.intent.kind);
        let (births, undone, until) = (&self.births, &self.undone, self.until);
        let means: Vec<Edit> = match self.means {
            true => change.edits.extract_if(.., |edit| is_means(edit)).collect(),
            false => Vec::new(),
        };
        if !means.is_empty() {
            // All that was ever said of them, what was taken back and the taking back included:
            // together that is how they are now.
            self.state.apply(&Change {
                edits: means,
                before: Vec::new(),
                ..change.clone()
            });
        }
        change.edits.retain(|edit| {
            let birth = births.get(&edit.entity());
            undone.counts(stamp, edit.slot().key == REMOVED)
                && when(edit, stamp, intent, birth) <= until
                && birth.is_none_or(|birth| birth.since <= until)
        });
        if !change.edits.is_empty() {
            change.edits.order_by_key(|edit| since(edit, stamp, intent));
            // To the data of then it is a change like any other.
            change.undoes = None;
            self.state.apply(&change);
            self.kept.push(change);
        }
        true
    }

    /// How many changes have been gone through, and of how many.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.total - self.log.len(), self.total)
    }

    /// Goes through the rest, and gives the data as it was, with the log of it: its changes as
    /// far as they tell of that time.
    #[must_use]
    pub fn finish(mut self) -> (World, Vec<Change>) {
        while self.step() {}
        (World::over(self.state), self.kept)
    }
}

/// Since when every entity is there, and which change brought it.
fn births(log: &[Change]) -> RefMap<Birth> {
    let mut births: RefMap<Birth> = RefMap::default();
    for change in log {
        let before = matches!(
            change.intent.kind,
            IntentKind::Import | IntentKind::LoadSample | IntentKind::Setup
        );
        for edit in &change.edits {
            let birth = births.entry(edit.entity()).or_insert_with(|| Birth {
                stamp: change.stamp,
                since: match edit.entity().kind {
                    Kind::Deal | Kind::Activity => change.stamp.ms(),
                    _ if before => Millis::MIN,
                    _ => change.stamp.ms(),
                },
            });
            if birth.stamp == change.stamp
                && let Some(at) = created(edit).filter(|at| *at > 0)
            {
                birth.since = at;
            }
        }
    }
    births
}

/// When an entity came into the world, where the edit says so.
fn created(edit: &Edit) -> Option<Millis> {
    match edit {
        Edit::Deal(_, DealField::Created(at)) | Edit::Activity(_, ActivityField::Created(at)) => {
            Some(*at)
        }
        _ => None,
    }
}

/// When what the edit says happened, where it says so itself.
fn told(edit: &Edit, stamp: Stamp, intent: IntentKind) -> Option<Millis> {
    let at = match edit {
        Edit::Deal(_, DealField::Check(_, Some(check))) => noon(check.on),
        Edit::Deal(_, DealField::Answer(_, Some(answer))) => noon(answer.on),
        Edit::Deal(_, DealField::Override(_, Some(past))) => past.at,
        Edit::Deal(_, DealField::Cadence(_, Some(run))) => noon(run.started),
        Edit::Deal(_, field) => return happened(field, stamp, intent),
        Edit::Activity(_, ActivityField::Done(Some(at))) => *at,
        _ => return None,
    };
    Some(at)
}

fn when(edit: &Edit, stamp: Stamp, intent: IntentKind, birth: Option<&Birth>) -> Millis {
    told(edit, stamp, intent).unwrap_or_else(|| match birth {
        // What it came with, it had from the beginning.
        Some(birth) if birth.stamp == stamp => birth.since,
        _ => stamp.ms(),
    })
}

/// Of several settings of one field in one change the one that happened last has to stand.
fn since(edit: &Edit, stamp: Stamp, intent: IntentKind) -> Millis {
    match edit {
        Edit::Deal(_, DealField::Placement(_) | DealField::Outcome(_)) => {
            told(edit, stamp, intent).unwrap_or(Millis::MIN)
        }
        _ => Millis::MIN,
    }
}

/// The data as it was at a time.
#[must_use]
pub fn world_at(log: Vec<Change>, until: Millis) -> World {
    Rewind::new(log, until).finish().0
}

/// The entities that a log names but that were not there at a time: what a test looks for.
#[must_use]
pub fn not_yet(log: &[Change], until: Millis) -> Vec<EntityRef> {
    let births = births(log);
    let later = births.iter().filter(|(_, birth)| birth.since > until);
    later.map(|(entity, _)| *entity).collect()
}
