//! What all pages that show figures have in common, whichever is open: the facts and the trails,
//! kept for as long as the page lives and brought up to date after each change.

use crate::domain::change::{Change, EntityRef, Kind};
use crate::domain::ids::DealId;
use crate::domain::insight::facts::{Facts, Kept};
use crate::domain::insight::trail::Trails;
use crate::domain::stamp::Stamp;
use crate::ui::store::{Beside, Store};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

/// Kinds of records that figures depend on.
const KINDS: [Kind; 14] = [
    Kind::Workspace,
    Kind::Pipeline,
    Kind::Stage,
    Kind::Deal,
    Kind::Organisation,
    Kind::Contact,
    Kind::Person,
    Kind::Team,
    Kind::Territory,
    Kind::Product,
    Kind::Activity,
    Kind::Campaign,
    Kind::Rate,
    Kind::Question,
];

/// Reruns the surrounding closure whenever any figure may have changed.
pub(super) fn track(store: Store) {
    for kind in KINDS {
        store.track_kind(kind);
    }
}

/// What is kept.
pub(super) struct Shared {
    kept: RefCell<Kept>,
    /// Counts up when the trails filled in how often deals were put off.
    pushed: RwSignal<u64>,
    /// What deals have been through; none while the log is read for the first time.
    pub(super) trails: RwSignal<Option<Told>>,
    pub(super) log: LogRead,
}

/// How far the log is read.
#[derive(Default)]
pub(super) struct LogRead {
    /// The changes that the trails know.
    pub(super) stamps: RefCell<HashSet<Stamp>>,
    /// The day that was looked at then, as `Store::past` says it.
    pub(super) day: Cell<Option<Option<NaiveDate>>>,
    /// Whether it is being read.
    pub(super) busy: Cell<bool>,
    /// Whether it is to be read once more after that.
    pub(super) again: Cell<bool>,
}

/// Trails at a version of the data.
#[derive(Clone)]
pub struct Told(pub Arc<Trails>);

impl Beside for Shared {
    fn hear(&self, touched: Option<&[EntityRef]>) {
        let mut kept = self.kept.borrow_mut();
        match touched {
            Some(touched) => kept.hear(touched),
            None => kept.hear_all(),
        }
    }
}

impl Shared {
    /// What is kept beside this store.
    pub(super) fn of(store: Store) -> Rc<Self> {
        store.beside(|| Self {
            kept: RefCell::default(),
            pushed: RwSignal::new(0),
            trails: RwSignal::new(None),
            log: LogRead::default(),
        })
    }

    fn read(&self, store: Store) -> (Arc<Facts>, u64) {
        self.trails.with_untracked(|told| {
            let pushes = |id: DealId| told.as_ref().map_or(0, |told| told.0.pushes(id));
            store.with(|s| self.kept.borrow_mut().read(s.world(), &pushes))
        })
    }

    fn fill(&self, trails: &Trails, of: Option<&[DealId]>) {
        let pushes = |id: DealId| trails.pushes(id);
        if self.kept.borrow_mut().read_pushes(&pushes, of) {
            self.pushed.update(|n| *n += 1);
        }
    }

    /// Takes trails that were read anew.
    pub(super) fn put_trails(&self, trails: Trails) {
        self.fill(&trails, None);
        self.trails.set(Some(Told(Arc::new(trails))));
    }

    /// Lets the trails hear of these changes.
    pub(super) fn hear_trails(&self, changes: &[&Change]) {
        // Taken out, so that they are changed in place.
        let told = self.trails.try_update_untracked(Option::take).flatten();
        let Some(Told(mut trails)) = told else {
            return;
        };
        let own = Arc::make_mut(&mut trails);
        let mut deals: Vec<DealId> = Vec::new();
        for change in changes {
            own.hear(change);
            let entities = change.entities().into_iter();
            let own = entities.filter(|e| e.kind == Kind::Deal);
            deals.extend(own.map(|e| DealId(e.id)));
        }
        // What is taken back may have been said of any deal.
        let any = changes.iter().any(|change| change.undoes.is_some());
        self.fill(&trails, (!any).then_some(&deals));
        self.trails.set(Some(Told(trails)));
    }
}

/// The facts as they are now; cheap to copy.
///
/// Nobody should keep what [`LiveFacts::get`] gives beyond the closure it was asked in: facts that
/// somebody keeps are copied with the next change.
#[derive(Clone, Copy)]
pub struct LiveFacts {
    store: Store,
    version: Memo<u64>,
}

/// Facts as they were at a version of the data.
pub struct Snapshot(pub Arc<Facts>);

impl LiveFacts {
    /// The facts of this store, for a view that shows figures of them.
    #[must_use]
    pub fn follow(store: Store) -> Self {
        let version = Memo::new(move |_| {
            let shared = Shared::of(store);
            track(store);
            shared.pushed.track();
            shared.read(store).1
        });
        Self { store, version }
    }

    /// The facts, up to date. Tracked.
    #[must_use]
    pub fn get(self) -> Snapshot {
        self.version.track();
        self.get_untracked()
    }

    /// Counts up whenever anything that figures depend on may have changed. Tracked.
    #[must_use]
    pub fn version(self) -> u64 {
        self.version.get()
    }

    /// The facts, up to date. Not tracked.
    #[must_use]
    pub fn get_untracked(self) -> Snapshot {
        let _ = self.version.get_untracked();
        Snapshot(Shared::of(self.store).read(self.store).0)
    }
}
