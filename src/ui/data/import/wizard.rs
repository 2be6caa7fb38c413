//! The state of an import, and the work behind its steps, in slices that leave the page
//! alive.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::import::source::Choices;
use crate::app::import::{Foundation, Holds, Plan, Prepared, Setting, Survey};
use crate::app::session::Session;
use crate::codec::csv::{Dialect, Encoding};
use crate::domain::state::State;
use crate::shell::clock;
use crate::shell::entropy::random_u64;
use crate::shell::file::Cancel;
use crate::ui::start::currency;
use crate::ui::store::Store;

/// Rows between two looks at the clock.
pub(super) const ROWS: usize = 200;

/// Where in the import one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Files,
    Mapping,
    Check,
    Done,
}

impl Step {
    pub(super) const ALL: [Self; 4] = [Self::Files, Self::Mapping, Self::Check, Self::Done];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Files => "Files",
            Self::Mapping => "Mapping",
            Self::Check => "Check",
            Self::Done => "Done",
        }
    }
}

/// A file that was chosen.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) id: u32,
    pub(super) name: String,
    pub(super) bytes: Arc<Vec<u8>>,
    pub(super) choices: Choices,
    pub(super) state: EntryState,
}

/// What became of it.
#[derive(Clone)]
pub(super) enum EntryState {
    Reading,
    /// It cannot be read; why, as a sentence.
    Bad(String),
    Ready(Encoding, Dialect),
}

impl Entry {
    pub(super) fn is_ready(&self) -> bool {
        matches!(self.state, EntryState::Ready(..))
    }
}

/// What is being worked on.
#[derive(Clone)]
pub(super) struct Busy {
    pub(super) what: &'static str,
    pub(super) share: f64,
}

/// The import; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Wizard {
    pub(super) store: Store,
    pub(super) step: RwSignal<Step>,
    pub(super) entries: RwSignal<Vec<Entry>>,
    /// Its files are the entries that are ready, in their order.
    pub(super) plan: RwSignal<Plan>,
    /// What the files say, once all were gone through with the present mapping.
    pub(super) survey: RwSignal<Option<Arc<Survey>>>,
    pub(super) prepared: RwSignal<Option<Arc<Prepared>>>,
    pub(super) busy: RwSignal<Option<Busy>>,
    /// The import itself is under way; it goes on where the page is left.
    pub(super) importing: RwSignal<bool>,
    pub(super) error: RwSignal<String>,
    /// What was imported.
    pub(super) done: RwSignal<Option<Arc<Prepared>>>,
    seed: StoredValue<u64>,
    pub(super) next_id: StoredValue<u32>,
    task: StoredValue<Task, LocalStorage>,
}

/// A piece of work under way. A later one takes its place.
#[derive(Clone, Default)]
pub(super) struct Task {
    number: u32,
    pub(super) cancel: Cancel,
}

impl Wizard {
    pub(super) fn new(store: Store) -> Self {
        let wizard = Self {
            store,
            step: RwSignal::new(Step::Files),
            entries: RwSignal::new(Vec::new()),
            plan: RwSignal::new(Plan::default()),
            survey: RwSignal::new(None),
            prepared: RwSignal::new(None),
            busy: RwSignal::new(None),
            importing: RwSignal::new(false),
            error: RwSignal::new(String::new()),
            done: RwSignal::new(None),
            seed: StoredValue::new(seed(store)),
            next_id: StoredValue::new(0),
            task: StoredValue::new_local(Task::default()),
        };
        // What was checked against data that has changed since has to be checked again.
        Effect::new(move |before: Option<()>| {
            store.track_all();
            if before.is_some() && wizard.step.get_untracked() == Step::Check {
                wizard.prepared.set(None);
                wizard.check();
            }
        });
        wizard
    }

    pub(super) fn setting(self) -> Setting {
        let moment = self.store.moment();
        Setting {
            now: moment.now,
            today: moment.today,
            me: self.store.with(Session::me),
            seed: self.seed.get_value(),
            offset: clock::utc_offset_minutes,
        }
    }

    /// Reads the state to import into: the one here, or what a beginning would make.
    pub(super) fn with_state<R>(self, read: impl FnOnce(&State) -> R) -> R {
        let foundation = self.foundation();
        self.store
            .with(|s| read(foundation.state(&s.world().state)))
    }

    pub(super) fn foundation(self) -> Foundation {
        let setting = self.setting();
        self.store
            .with(|s| Foundation::under(&s.world().state, currency::likely(), &setting))
    }

    /// Stops what is being worked on.
    pub(super) fn cancel(self) {
        self.task.with_value(|task| task.cancel.cancel());
    }

    pub(super) fn begin(self, what: &'static str) -> Task {
        self.cancel();
        let number = self.task.with_value(|task| task.number) + 1;
        let task = Task {
            number,
            cancel: Cancel::default(),
        };
        self.task.set_value(task.clone());
        self.busy.set(Some(Busy { what, share: 0.0 }));
        task
    }

    /// Takes the progress away, unless later work has begun or the view is gone. Says
    /// whether it did.
    pub(super) fn end(self, task: &Task) -> bool {
        let is_last = self.task.try_with_value(|last| last.number == task.number);
        is_last == Some(true) && self.busy.try_set(None).is_none()
    }

    pub(super) fn show(self, done: usize, total: usize) {
        let share = done as f64 / total.max(1) as f64;
        self.busy.try_update(|busy| {
            if let Some(busy) = busy {
                busy.share = share;
            }
        });
    }

    /// Whether a step can be gone to now.
    pub(super) fn may_go(self, step: Step) -> bool {
        let works = self.busy.with(Option::is_some) || self.importing.get();
        if works || self.step.get() == Step::Done {
            return false;
        }
        match step {
            Step::Files => true,
            Step::Mapping => self.plan.with(|p| !p.files.is_empty()),
            Step::Check => self
                .plan
                .with(|p| !p.files.is_empty() && p.blockers().is_empty()),
            Step::Done => false,
        }
    }

    /// Goes to a step.
    pub(super) fn go(self, step: Step) {
        if !untrack(|| self.may_go(step)) {
            return;
        }
        self.error.set(String::new());
        self.step.set(step);
        match step {
            Step::Mapping => self.look(),
            Step::Check => self.check(),
            Step::Files | Step::Done => {}
        }
        crate::ui::nav::focus_heading();
    }

    pub(super) fn entry(self, id: u32) -> Option<Entry> {
        self.entries
            .with_untracked(|list| list.iter().find(|e| e.id == id).cloned())
    }

    pub(super) fn set_entry(self, id: u32, change: impl FnOnce(&mut Entry)) {
        self.entries
            .try_update(|list| list.iter_mut().find(|e| e.id == id).map(change));
    }

    /// How many ready entries stand before this one: its place in the plan.
    pub(super) fn place_of(self, id: u32) -> usize {
        self.entries.with_untracked(|list| {
            list.iter()
                .take_while(|e| e.id != id)
                .filter(|e| e.is_ready())
                .count()
        })
    }

    /// The place in the plan of an entry that is ready. Reactive.
    pub(super) fn ready_place(self, id: u32) -> Option<usize> {
        self.entries.with(|list| {
            let at = list.iter().position(|e| e.id == id)?;
            list[at]
                .is_ready()
                .then(|| list[..at].iter().filter(|e| e.is_ready()).count())
        })
    }

    /// Takes a file out.
    pub(super) fn remove(self, id: u32) {
        let Some(entry) = self.entry(id) else { return };
        if entry.is_ready() {
            let at = self.place_of(id);
            self.plan.update(|plan| {
                plan.files.remove(at);
            });
        }
        self.entries.update(|list| list.retain(|e| e.id != id));
    }

    /// Whether the check found anything to bring in.
    pub(super) fn has_anything(self) -> bool {
        self.prepared
            .with(|p| p.as_ref().is_some_and(|p| !p.edits.is_empty()))
    }

    /// “Import 8,800 deals”.
    pub(super) fn import_label(self) -> String {
        self.prepared.with(|prepared| {
            let Some(prepared) = prepared else {
                return "Import".to_owned();
            };
            let tally = |holds| {
                let tally = prepared.report.tally(holds);
                tally.created + tally.updated
            };
            let main = [
                Holds::Deals,
                Holds::Organisations,
                Holds::Contacts,
                Holds::Activities,
                Holds::People,
                Holds::Products,
            ];
            match main.into_iter().find(|h| tally(*h) > 0) {
                Some(holds) => format!("Import {}", holds.counted(tally(holds))),
                None => "Nothing to import".to_owned(),
            }
        })
    }

    /// Forgets everything, for other files.
    pub(super) fn start_over(self) {
        self.cancel();
        self.entries.set(Vec::new());
        self.plan.set(Plan::default());
        self.survey.set(None);
        self.prepared.set(None);
        self.done.set(None);
        self.error.set(String::new());
        // The same ids twice would be the same records.
        self.seed.set_value(seed(self.store));
        self.step.set(Step::Files);
    }

    /// Changes the plan; what was checked no longer holds.
    pub(super) fn change(self, change: impl FnOnce(&mut Plan)) {
        self.plan.update(change);
        self.prepared.set(None);
    }

    /// Changes what columns mean, which changes what the files say.
    pub(super) fn remap(self, change: impl FnOnce(&mut Plan)) {
        self.change(change);
        self.look();
    }
}

/// 64 bits for the ids of one import.
fn seed(store: Store) -> u64 {
    random_u64().unwrap_or_else(|_| store.runtime().with_mut(Session::entropy))
}
