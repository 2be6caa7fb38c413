//! Owns the session and carries out its effects: the one place where the pure
//! application meets the browser.

mod boot;
mod bulk;
mod keep;
mod rules;
mod transfer;

use crate::domain::order::Order;
pub use boot::{Boot, Missing, boot};
pub use bulk::{BulkError, Work};
pub use transfer::{Imported, Parsed, TransferError};

use super::clock::{self, Pace};
use super::error::StoreError;
use super::file::Cancel;
use super::local;
use super::log_store::{Appended, Durability, LogStore, Lost, Record};
use super::tabs::{TabMessage, Tabs};
use super::turns::Turns;
use super::writer::{Target, WriteState, Writer};
use crate::app::sample::Story;
use crate::app::session::{Effect, Moment, Notice, Safety, Session, Then};
use crate::codec::snapshot::Manifest;
use crate::codec::wire::{self, WireError};
use crate::domain::change::{Change, EntityRef, RefSet};
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::StageId;
use crate::domain::stamp::Stamp;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What the page has to know of.
#[derive(Clone, Debug)]
pub enum News {
    /// These entities and columns look different now.
    Touched(Vec<EntityRef>, Vec<StageId>),
    /// A message for the person.
    Say(Notice),
    /// How saving goes.
    Saving(WriteState),
    /// How a large change goes; none when there is none under way.
    Working(Option<Work>),
    /// This page may not write any more; the sentence says why.
    Stopped(String),
    /// The data was replaced in another tab: the page has to be loaded anew.
    Replaced,
}

/// Bytes and counts kept outside the session.
pub(super) struct Inner {
    session: RefCell<Session>,
    store: Option<LogStore>,
    writer: Writer<Target>,
    tabs: RefCell<Option<Tabs>>,
    news: RefCell<Rc<dyn Fn(News)>>,
    /// Records of the log up to here are in the session.
    applied: Cell<u64>,
    /// How many records the log holds, as far as this tab knows.
    records: Cell<u64>,
    /// Entities changed since the snapshot on disk; none when too many to tell them apart.
    stale: RefCell<Option<RefSet>>,
    /// Records since the snapshot on disk.
    tail: Cell<usize>,
    manifest: RefCell<Option<Manifest>>,
    /// This tab writes snapshots and backups.
    leads: Cell<bool>,
    busy: Cell<bool>,
    changed_since_backup: Cell<bool>,
    /// The data on disk is no longer this tab's: it writes nothing any more.
    stopped: Cell<bool>,
    newest: Cell<Stamp>,
    /// Large changes come one at a time, and so does what reads the log's end.
    turns: Turns,
    /// As do undo and redo while one of them is large.
    taking_back: Turns,
    /// Stops the large change that is under way.
    cancel: RefCell<Cancel>,
}

/// A change to more entities than this makes the whole snapshot stale.
const MANY: usize = 10_000;

/// Changes of more bytes than this are not sent to the other tabs.
const TOLD_BYTES: usize = 1 << 20;

/// A handle on the running application; clones share it.
#[derive(Clone)]
pub struct Runtime(Rc<Inner>);

/// The present moment.
#[must_use]
pub fn moment() -> Moment {
    Moment {
        now: clock::now_ms(),
        today: clock::today(),
    }
}

impl Runtime {
    /// Reads the session.
    pub fn with<R>(&self, read: impl FnOnce(&Session) -> R) -> R {
        read(&self.0.session.borrow())
    }

    /// For the few things that change the session without changing data.
    pub fn with_mut<R>(&self, change: impl FnOnce(&mut Session) -> R) -> R {
        change(&mut self.0.session.borrow_mut())
    }

    /// Sends news to this listener from now on.
    pub fn listen(&self, news: impl Fn(News) + 'static) {
        *self.0.news.borrow_mut() = Rc::new(news);
    }

    /// Carries out a command.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub fn run(&self, command: Command) -> Result<Option<EntityRef>, Refusal> {
        let done = self.0.session.borrow_mut().command(command, moment())?;
        self.enact(done.effects);
        Ok(done.focus)
    }

    /// Brings the sample as it was lived.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub fn bring_story(&self, story: Story) -> Result<(), Refusal> {
        let done = self.0.session.borrow_mut().bring_story(story, moment())?;
        self.enact(done.effects);
        Ok(())
    }

    /// Takes back this tab's last change; a large one takes a while.
    pub fn undo(&self) {
        self.take_back_last(Then::Undo);
    }

    /// Does again what was last taken back; a large change takes a while.
    pub fn redo(&self) {
        self.take_back_last(Then::Redo);
    }

    fn enact(&self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Touched(entities) => self.touched(entities),
                Effect::Persist { changes, safety } => self.persist(&changes, safety),
                Effect::Say(notice) => self.tell(News::Say(notice)),
            }
        }
    }

    fn tell(&self, news: News) {
        let listener = self.0.news.borrow().clone();
        listener(news);
    }

    fn touched(&self, entities: Vec<EntityRef>) {
        let mut stale = self.0.stale.borrow_mut();
        match &mut *stale {
            Some(few) if entities.len() < MANY => few.extend(entities.iter().copied()),
            _ => *stale = None,
        }
        drop(stale);
        let columns = self.0.session.borrow_mut().take_changed_columns();
        self.tell(News::Touched(entities, columns));
    }

    fn persist(&self, changes: &[Change], safety: Safety) {
        let durability = match safety {
            Safety::Relaxed => Durability::Relaxed,
            Safety::Strict => Durability::Strict,
        };
        // One action is one transaction: what came of it is there with it or not at all, and the
        // hundreds of changes that tell the sample are written at once.
        let mut all = Vec::new();
        for change in changes {
            self.0.newest.set(self.0.newest.get().max(change.stamp));
            all.extend(records(change));
        }
        self.0.writer.push(all, durability);
    }

    /// After the browser has committed some of this tab's records.
    fn written(&self, records: &[Record], appended: &Appended) {
        let inner = &self.0;
        inner
            .records
            .set(inner.records.get() + appended.added() as u64);
        inner.tail.set(inner.tail.get() + appended.added());
        inner.changed_since_backup.set(true);
        for seq in appended.seqs.iter().flatten() {
            // Only without a gap: in a gap there are another tab's records still to be read.
            if *seq == inner.applied.get() + 1 {
                inner.applied.set(*seq);
            }
        }
        let bytes: usize = records.iter().map(|r| r.json.len()).sum();
        // Much of it the other tabs read from the log; no texts say that.
        let told = if bytes > TOLD_BYTES { &[] } else { records };
        let texts = told.iter().map(|r| r.json.clone()).collect();
        self.send(&TabMessage::Changes(texts));
        self.note_sentinel();
        self.snapshot_soon();
    }

    fn send(&self, message: &TabMessage) {
        // A tab that cannot be told catches up from the log when it next needs it.
        if let Some(tabs) = self.0.tabs.borrow().as_ref()
            && let Err(error) = tabs.send(message)
        {
            leptos::logging::warn!("another tab could not be told: {error}");
        }
    }

    fn note_sentinel(&self) {
        let deals = self.with(|s| s.present().board.deal_count());
        let sentinel = local::Sentinel {
            generation: 1,
            changes: self.0.records.get(),
            deals: deals as u64,
            saved_at: clock::now_ms(),
        };
        if let Err(error) = local::write_sentinel(&sentinel) {
            leptos::logging::warn!("the sentinel could not be written: {error}");
        }
    }

    /// A message from another tab.
    fn heard(&self, message: TabMessage) {
        match message {
            TabMessage::Changes(texts) if texts.is_empty() => self.read_what_others_wrote(),
            TabMessage::Changes(texts) => {
                let mut changes = Vec::with_capacity(texts.len());
                for text in &texts {
                    match wire::decode(text) {
                        Ok(part) => changes.push(part.change),
                        Err(WireError::Newer { .. }) => return self.stop_for_newer(),
                        Err(error) => leptos::logging::warn!(
                            "another tab's change was not understood: {error}"
                        ),
                    }
                }
                self.0
                    .records
                    .set(self.0.records.get() + changes.len() as u64);
                self.0.tail.set(self.0.tail.get() + changes.len());
                for change in &changes {
                    self.0.newest.set(self.0.newest.get().max(change.stamp));
                }
                let effects = self.0.session.borrow_mut().remote(&changes);
                self.enact(effects);
            }
            TabMessage::Hello { schema } if schema > wire::VERSION => self.stop_for_newer(),
            TabMessage::Hello { schema } if schema < wire::VERSION => {
                self.send(&TabMessage::NewerSchema)
            }
            TabMessage::Hello { .. } => {}
            TabMessage::NewerSchema => self.stop_for_newer(),
            TabMessage::Cleared => {
                self.stop_writing();
                self.tell(News::Replaced);
            }
            TabMessage::Unreadable(_) => self.stop_for_newer(),
        }
    }

    fn stop_for_newer(&self) {
        self.stop("A newer Fairlead is open in another tab. Reload this page; until then nothing is saved here.");
    }

    fn stop_writing(&self) {
        self.0.stopped.set(true);
        self.0.writer.stop();
    }

    fn stop(&self, why: &str) {
        self.stop_writing();
        self.tell(News::Stopped(why.to_owned()));
    }

    fn lost(&self, lost: Lost) {
        match lost {
            Lost::NewerVersion => self.stop_for_newer(),
            Lost::Deleted => self.stop("The data of this site was deleted in the browser while the page was open. Export what you see, then reload."),
            Lost::Closed => self.stop("The browser closed the database. Export what you see, then reload."),
        }
    }

    /// Tries at once to write what is waiting.
    pub fn retry_now(&self) {
        self.0.writer.retry_now();
    }

    /// How saving goes.
    #[must_use]
    pub fn write_state(&self) -> WriteState {
        self.0.writer.state()
    }

    /// The changes that touch an entity, oldest first, those still waiting included. Of a
    /// large change only the part with the entity.
    ///
    /// # Errors
    /// A sentence when the log cannot be read.
    pub async fn log_of(&self, entity: EntityRef) -> Result<Vec<Change>, StoreError> {
        let key = entity.to_string();
        let mut records = match &self.0.store {
            Some(store) => store.read_entity(&key).await?,
            None => Vec::new(),
        };
        records.extend(
            self.0
                .writer
                .pending()
                .into_iter()
                .filter(|r| r.entities.contains(&key)),
        );
        let mut changes = changes_of(&records);
        changes.order_by_key(|c| c.stamp);
        Ok(changes)
    }

    /// The changes in the last `limit` records of the log, newest first. Of the oldest one parts
    /// may be missing.
    ///
    /// # Errors
    /// A sentence when the log cannot be read.
    pub async fn recent_log(&self, limit: u32) -> Result<Vec<Change>, StoreError> {
        self.recent(limit).await.map(|(changes, ..)| changes)
    }

    /// The same with every change whole, and whether there may be older ones.
    ///
    /// # Errors
    /// A sentence when the log cannot be read.
    pub async fn recent_page(&self, limit: u32) -> Result<(Vec<Change>, bool), StoreError> {
        let (mut changes, incomplete, has_more) = self.recent(limit).await?;
        // The oldest one may have begun before the records read.
        for change in &mut changes {
            if incomplete.contains(&change.stamp) {
                *change = self.whole(change).await?;
            }
        }
        Ok((changes, has_more))
    }

    /// Changes, those that lack parts, and whether there may be older ones.
    async fn recent(&self, limit: u32) -> Result<(Vec<Change>, Vec<Stamp>, bool), StoreError> {
        let mut records = match &self.0.store {
            Some(store) => store.read_last(limit).await?,
            None => Vec::new(),
        };
        let has_more = records.len() >= limit as usize;
        records.extend(self.0.writer.pending());
        // A whole log is long, and the page goes on meanwhile.
        let (mut parts, mut pace) = (Vec::with_capacity(records.len()), Pace::begin());
        for record in records {
            parts.extend(wire::decode(&record.json).ok());
            pace.breathe().await;
        }
        let (mut changes, incomplete) = wire::assemble(parts);
        changes.order_by_key(|c| std::cmp::Reverse(c.stamp));
        Ok((changes, incomplete, has_more))
    }

    /// All parts of a change, put together from the log.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn whole(&self, change: &Change) -> Result<Change, StoreError> {
        match self.parts_of(change.stamp, None).await {
            Ok(parts) => Ok(wire::joined(parts).unwrap_or_else(|| change.clone())),
            Err(BulkError::Store(error)) if !matches!(error, StoreError::Corrupt(_)) => Err(error),
            // What is left of it is better than nothing.
            Err(_) => Ok(change.clone()),
        }
    }
}

/// A change as records of the log.
fn records(change: &Change) -> Vec<Record> {
    wire::encode(change).into_iter().map(record).collect()
}

fn record(written: wire::Written) -> Record {
    Record {
        seq: 0,
        stamp: written.stamp,
        part: written.part,
        entities: written.entities,
        json: written.json,
    }
}

/// The changes in some records, parts of one put together.
fn changes_of(records: &[Record]) -> Vec<Change> {
    let parts = records.iter().map(|r| wire::decode(&r.json));
    wire::assemble(parts.filter_map(Result::ok).collect()).0
}
