//! How components read and change the data.
//!
//! No copy of the data is kept for the page: the session is read inside reactive closures,
//! which first say what they depend on. Each entity and column gets a trigger when it is
//! first tracked, so a change costs as much as the few views that show it.

mod beside;
mod past;
mod work;

pub use beside::Beside;

use super::qualify::Gated;
use crate::app::gates;
use crate::app::prefs::Prefs;
use crate::app::session::{Moment, Notice, Session, Tone};
use crate::domain::change::{EntityRef, Kind, RefMap};
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::StageId;
use crate::domain::stamp::Stamp;
use crate::shell::local;
use crate::shell::runtime::{News, Runtime, Work, moment};
use crate::shell::writer::WriteState;
use chrono::NaiveDate;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// A toast on show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Counts up, so that the same text twice is two toasts.
    pub number: u32,
    /// What it says.
    pub notice: Notice,
}

/// What is dangerous enough to stay on screen until it is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// This page may not write any more; why.
    Stopped(String),
    /// The data was replaced in another tab.
    Replaced,
}

#[derive(Default)]
struct Triggers {
    entities: RefMap<ArcTrigger>,
    kinds: HashMap<Kind, ArcTrigger>,
    columns: HashMap<StageId, ArcTrigger>,
}

/// Entity triggers are dropped all at once beyond this many; whoever is on screen then
/// makes new ones.
const MANY: usize = 20_000;

struct Inner {
    runtime: Runtime,
    triggers: RefCell<Triggers>,
    beside: RefCell<Vec<Rc<dyn Beside>>>,
    /// Whoever made the store: what is kept beside it lives as long.
    owner: Option<Owner>,
}

/// The way to the data; cheap to copy, found with [`use_store`].
#[derive(Clone, Copy)]
pub struct Store {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    all: Trigger,
    toasts: RwSignal<Vec<Shown>>,
    announcement: RwSignal<String>,
    saving: RwSignal<WriteState>,
    work: RwSignal<Option<Work>>,
    /// How many views show the work.
    work_hosts: RwSignal<u32>,
    standing: RwSignal<Option<Standing>>,
    prefs: RwSignal<Prefs>,
    minute: RwSignal<i64>,
    gated: RwSignal<Option<Gated>, LocalStorage>,
    past: RwSignal<Option<NaiveDate>>,
    turning: RwSignal<Option<(usize, usize)>>,
}

/// The store of this page.
#[must_use]
pub fn use_store() -> Store {
    expect_context()
}

impl Store {
    /// A store over a running application; makes it the listener for its news.
    #[must_use]
    pub fn new(runtime: Runtime) -> Self {
        let stored = local::read_prefs()
            .ok()
            .flatten()
            .map(|text| Prefs::parse(&text))
            .unwrap_or_default();
        let saving = RwSignal::new(runtime.write_state());
        let store = Self {
            inner: StoredValue::new_local(Rc::new(Inner {
                runtime: runtime.clone(),
                triggers: RefCell::default(),
                beside: RefCell::default(),
                owner: Owner::current(),
            })),
            all: Trigger::new(),
            toasts: RwSignal::new(Vec::new()),
            announcement: RwSignal::new(String::new()),
            saving,
            work: RwSignal::new(None),
            work_hosts: RwSignal::new(0),
            standing: RwSignal::new(None),
            prefs: RwSignal::new(stored.clone()),
            minute: RwSignal::new(moment().now / 60_000),
            gated: RwSignal::new_local(None),
            past: RwSignal::new(None),
            turning: RwSignal::new(None),
        };
        runtime.with_mut(|s| s.set_me(me(&stored)));
        runtime.listen(move |news| store.hear(news));
        Effect::new(move |before: Option<Prefs>| {
            let prefs = store.prefs.get();
            if before.as_ref().is_some_and(|b| *b != prefs) {
                store.runtime().with_mut(|s| s.set_me(me(&prefs)));
                if let Err(error) = local::write_prefs(&prefs.print()) {
                    store.say(
                        format!("Your preferences could not be kept: {error}"),
                        Tone::Refused,
                    );
                }
            }
            prefs
        });
        if let Ok(handle) = set_interval_with_handle(
            move || store.minute.set(moment().now / 60_000),
            std::time::Duration::from_secs(20),
        ) {
            on_cleanup(move || handle.clear());
        }
        store
    }

    /// The running application, for the few views that deal with files and storage.
    #[must_use]
    pub fn runtime(self) -> Runtime {
        self.inner.with_value(|inner| inner.runtime.clone())
    }

    fn hear(self, news: News) {
        match news {
            News::Touched(entities, columns) => self.touched(&entities, &columns),
            News::Say(notice) => self.show(notice),
            News::Saving(state) => self.saving.set(state),
            News::Working(work) => self.work.set(work),
            News::Stopped(why) => self.standing.set(Some(Standing::Stopped(why))),
            News::Replaced => self.standing.set(Some(Standing::Replaced)),
        }
    }

    fn touched(self, entities: &[EntityRef], columns: &[StageId]) {
        self.tell_beside(Some(entities));
        let mut hit: Vec<ArcTrigger> = Vec::new();
        self.inner.with_value(|inner| {
            let mut triggers = inner.triggers.borrow_mut();
            let of = |kind: &&Kind| entities.iter().any(|e| e.kind == **kind);
            let kinds = Kind::ALL.iter().filter(of);
            hit.extend(kinds.filter_map(|k| triggers.kinds.get(k)).cloned());
            hit.extend(
                columns
                    .iter()
                    .filter_map(|c| triggers.columns.get(c))
                    .cloned(),
            );
            if triggers.entities.len() > MANY {
                hit.extend(triggers.entities.drain().map(|(_, t)| t));
            } else if entities.len() > MANY {
                // Quicker than to look which of the few on screen are among so many.
                hit.extend(triggers.entities.values().cloned());
            } else {
                hit.extend(
                    entities
                        .iter()
                        .filter_map(|e| triggers.entities.get(e))
                        .cloned(),
                );
            }
        });
        // Outside the borrow: what reruns may track again.
        for trigger in hit {
            trigger.notify();
        }
        self.all.notify();
    }

    /// Reads the session. Not reactive: track first what the result depends on.
    pub fn with<R>(self, read: impl FnOnce(&Session) -> R) -> R {
        self.inner.with_value(|inner| inner.runtime.with(read))
    }

    /// Reruns the surrounding closure when this entity changes.
    pub fn track(self, entity: impl Into<EntityRef>) {
        let entity = entity.into();
        let trigger = self.inner.with_value(|inner| {
            inner
                .triggers
                .borrow_mut()
                .entities
                .entry(entity)
                .or_default()
                .clone()
        });
        trigger.track();
    }

    /// Reruns when any entity of the kind changes, comes or goes.
    pub fn track_kind(self, kind: Kind) {
        let trigger = self.inner.with_value(|inner| {
            inner
                .triggers
                .borrow_mut()
                .kinds
                .entry(kind)
                .or_default()
                .clone()
        });
        trigger.track();
    }

    /// Reruns when a column's deals or totals may have changed.
    pub fn track_board(self, stage: StageId) {
        let trigger = self.inner.with_value(|inner| {
            inner
                .triggers
                .borrow_mut()
                .columns
                .entry(stage)
                .or_default()
                .clone()
        });
        trigger.track();
    }

    /// Reruns on every change.
    pub fn track_all(self) {
        self.all.track();
    }

    /// Makes sure every deal can be found by its words.
    pub fn prepare_search(self) {
        self.runtime().with_mut(Session::prepare_search);
    }

    /// Carries out a command of a form: the refusal is the caller's to show. A move past
    /// unmet criteria opens the dialog that shows what is missing, whoever asked for it.
    ///
    /// # Errors
    /// [`Refusal`] says why nothing was done; [`Refusal::Gated`] that the dialog is open, see
    /// [`Store::after_gate`].
    pub fn run(self, command: Command) -> Result<Option<EntityRef>, Refusal> {
        if self.past.get_untracked().is_some() {
            // Said before any question about it.
            return self.runtime().run(command);
        }
        let gaps = self.with(|s| gates::gaps(s, &command, moment()));
        if !gaps.is_empty() {
            self.gated.set(Some(Gated::new(command, gaps.clone())));
            return Err(Refusal::Gated(gaps));
        }
        let done = self.runtime().run(command);
        if let Err(refusal @ Refusal::Gated(_)) = &done
            && !self.is_gated()
        {
            // Callers rely on the dialog to say it.
            self.say(refusal.to_string(), Tone::Refused);
        }
        done
    }

    /// The move that waits for what it is missing.
    #[must_use]
    pub fn gated(self) -> RwSignal<Option<Gated>, LocalStorage> {
        self.gated
    }

    /// Whether a move waits for what it is missing. Not reactive.
    #[must_use]
    pub fn is_gated(self) -> bool {
        self.gated.with_untracked(Option::is_some)
    }

    /// What to do once the move that waits was made; not called when it is given up.
    pub fn after_gate(self, then: impl Fn() + 'static) {
        self.gated.update(|gated| {
            if let Some(gated) = gated {
                gated.then = Some(Rc::new(then));
            }
        });
    }

    /// Carries out a command of a button, and then does the rest; where the command waits for
    /// what it is missing, once it was made.
    pub fn dispatch_then(self, command: Command, then: impl Fn() + 'static) {
        match self.run(command) {
            Err(Refusal::Gated(_)) => self.after_gate(then),
            Err(refusal) if refusal != Refusal::Nothing => {
                self.say(refusal.to_string(), Tone::Refused);
                then();
            }
            _ => then(),
        }
    }

    /// Carries out a command of a button: a refusal becomes a toast.
    pub fn dispatch(self, command: Command) {
        match self.run(command) {
            Ok(_) | Err(Refusal::Nothing | Refusal::Gated(_)) => {}
            Err(refusal) => self.say(refusal.to_string(), Tone::Refused),
        }
    }

    /// Takes back this tab's last change.
    pub fn undo(self) {
        self.runtime().undo();
    }

    /// Does again what was last taken back.
    pub fn redo(self) {
        self.runtime().redo();
    }

    /// Takes back any change of the history, all of it.
    pub fn revert(self, change: Stamp) {
        self.runtime().revert(change);
    }

    /// Shows a toast.
    pub fn say(self, text: impl Into<String>, tone: Tone) {
        self.show(Notice {
            text: text.into(),
            tone,
            undo: false,
        });
    }

    fn show(self, notice: Notice) {
        self.toasts.update(|list| {
            let number = list.last().map_or(0, |s| s.number + 1);
            // One message at a time: the newest says what can be undone.
            list.clear();
            list.push(Shown { number, notice });
        });
    }

    /// The toasts on show.
    #[must_use]
    pub fn toasts(self) -> RwSignal<Vec<Shown>> {
        self.toasts
    }

    /// Says something to people who listen to the page, without showing it.
    pub fn announce(self, text: impl Into<String>) {
        // The same text again would not be read again without a difference.
        let (text, last) = (text.into(), self.announcement.get_untracked());
        self.announcement.set(if text == last {
            format!("{text}\u{a0}")
        } else {
            text
        });
    }

    /// What was said last.
    #[must_use]
    pub fn announcement(self) -> RwSignal<String> {
        self.announcement
    }

    /// The present moment, or the end of the day that is looked at. Not reactive.
    #[must_use]
    pub fn moment(self) -> Moment {
        match self.past.get_untracked() {
            Some(day) => past::end_of(day),
            None => moment(),
        }
    }

    /// The same; reruns each minute.
    #[must_use]
    pub fn tick(self) -> Moment {
        self.minute.track();
        self.past.track();
        self.moment()
    }

    /// This browser's preferences; kept by themselves.
    #[must_use]
    pub fn prefs(self) -> RwSignal<Prefs> {
        self.prefs
    }

    /// How saving goes.
    #[must_use]
    pub fn save_state(self) -> Signal<WriteState> {
        self.saving.into()
    }

    /// Why this page no longer saves, when it does not.
    #[must_use]
    pub fn standing(self) -> Signal<Option<Standing>> {
        self.standing.into()
    }
}

fn me(prefs: &Prefs) -> Option<crate::domain::ids::PersonId> {
    prefs.me.as_deref().and_then(|id| id.parse().ok())
}
