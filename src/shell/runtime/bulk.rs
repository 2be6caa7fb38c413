//! Large changes: worked out in slices beside what is shown, written in one transaction, then
//! shown at once. Until the writing begins they can be cancelled.

use super::{News, Runtime, moment, record};
use crate::app::session::{Bulk, Notice, Then};
use crate::codec::wire;
use crate::domain::change::{Change, Intent};
use crate::domain::command::Refusal;
use crate::domain::divide::Parts;
use crate::domain::merge::MergeReport;
use crate::domain::stamp::Stamp;
use crate::domain::world::World;
use crate::shell::clock::Pace;
use crate::shell::error::StoreError;
use crate::shell::file::Cancel;
use crate::shell::log_store::{Appended, Durability, Record};
use crate::shell::turns::Turn;
use std::collections::HashSet;
use wasm_bindgen_futures::spawn_local;

/// What a large change is doing.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// In a few words.
    pub what: &'static str,
    /// How much of that is done, 0 to 1; none where it is not known.
    pub share: Option<f64>,
    /// Whether it can still be cancelled.
    pub can_cancel: bool,
}

/// Why a large change did not come about. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BulkError {
    /// The person stopped it.
    #[error("It was cancelled; nothing was changed.")]
    Cancelled,
    /// The past is looked at.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Edits worth going through in slices: about as many as one slice takes.
pub(super) const LARGE: usize = 10_000;
/// Items between two looks at the clock.
const ITEMS: usize = 500;
/// Records of a large change read at a time.
const PAGE: u32 = 10;

impl Runtime {
    /// Brings in edits as one change.
    ///
    /// # Errors
    /// When it was refused, cancelled or could not be written; the data is as it was.
    pub async fn bring(&self, intent: Intent, edits: Parts) -> Result<(), BulkError> {
        let (_turn, cancel) = self.prepare().await;
        let bulk = self.with_mut(|s| s.begin_bring(intent, edits, moment()))?;
        self.carry(bulk, Vec::new(), &cancel).await.map(drop)
    }

    /// Waits for its turn and makes a backup.
    pub(super) async fn prepare(&self) -> (Turn, Cancel) {
        let turn = self.0.turns.take().await;
        let cancel = self.begin_work();
        self.tell_work("Making a backup", None, true);
        self.backup_before("before import").await;
        (turn, cancel)
    }

    /// Stops the large change that is under way, unless it is being written already.
    pub fn cancel_work(&self) {
        self.0.cancel.borrow().cancel();
    }

    /// A large change begins: whoever cancels from now on means this one.
    fn begin_work(&self) -> Cancel {
        let cancel = Cancel::default();
        *self.0.cancel.borrow_mut() = cancel.clone();
        cancel
    }

    fn tell_work(&self, what: &'static str, share: Option<f64>, can_cancel: bool) {
        self.tell(News::Working(Some(Work {
            what,
            share,
            can_cancel,
        })));
    }

    /// Works a large change through to its end: works it out, writes it with `records`, the
    /// log's form of what comes from elsewhere, and shows it.
    pub(super) async fn carry(
        &self,
        mut bulk: Bulk,
        mut records: Vec<Record>,
        cancel: &Cancel,
    ) -> Result<MergeReport, BulkError> {
        let written = match self.work_out(&mut bulk, Some(cancel)).await {
            Ok(()) => {
                records.extend(bulk.take_written().into_iter().map(record));
                self.write_down(&records).await.map_err(BulkError::from)
            }
            Err(error) => Err(error),
        };
        let appended = match written {
            Ok(appended) => appended,
            Err(error) => {
                let left = self.with_mut(|s| s.abandon(bulk));
                self.tell(News::Working(None));
                shed(left, records).await;
                return Err(error);
            }
        };
        let new = match &appended {
            Some(appended) => {
                let stored = records.iter().zip(&appended.seqs);
                stamps(stored.filter(|(_, seq)| seq.is_some()).map(|(r, _)| r))
            }
            None => self.not_waiting(&records),
        };
        let newest = bulk.newest();
        let finished = self.with_mut(|s| s.finish(bulk, |stamp| new.contains(&stamp)));
        self.0.newest.set(self.0.newest.get().max(newest));
        // After it is shown: what is noted about the data counts what has come.
        match appended {
            Some(appended) => self.written(&records, &appended),
            // Where nothing can be stored, it waits with all that was done here, and is
            // exported with it.
            None => {
                records.retain(|r| r.stamp.parse().is_ok_and(|s| new.contains(&s)));
                let waiting = std::mem::take(&mut records);
                self.0.writer.push(waiting, Durability::Strict);
            }
        }
        self.enact(finished.effects);
        self.tell(News::Working(None));
        spawn_local(shed(finished.old, records));
        Ok(finished.report)
    }

    /// Works a large change out, letting the page react now and then.
    pub(super) async fn work_out(
        &self,
        bulk: &mut Bulk,
        cancel: Option<&Cancel>,
    ) -> Result<(), BulkError> {
        loop {
            let pace = Pace::begin();
            let progress = self.with_mut(|session| {
                loop {
                    let progress = session.step(bulk, ITEMS);
                    if progress.finished || !pace.has_time() {
                        return progress;
                    }
                }
            });
            if let Some(cancel) = cancel {
                let share = progress.done as f64 / progress.total.max(1) as f64;
                self.tell_work(progress.step.label(), Some(share), true);
                crate::shell::clock::breathe().await;
                if cancel.is_cancelled() {
                    return Err(BulkError::Cancelled);
                }
            } else {
                crate::shell::clock::breathe().await;
            }
            if progress.finished {
                return Ok(());
            }
        }
    }

    /// Writes records in one transaction; none where nothing can be stored.
    async fn write_down(&self, records: &[Record]) -> Result<Option<Appended>, StoreError> {
        // The data on disk are another tab's by now.
        if self.0.stopped.get() {
            return Err(StoreError::Version);
        }
        self.tell_work("Saving", Some(0.0), false);
        let Some(store) = &self.0.store else {
            return Ok(None);
        };
        let tell = |done: u64, all: u64| {
            self.tell_work("Saving", Some(done as f64 / all.max(1) as f64), false);
        };
        let appended = store.append_telling(records, Durability::Strict, tell);
        appended.await.map(Some)
    }

    /// The stamps of those records that do not wait to be stored already.
    fn not_waiting(&self, records: &[Record]) -> HashSet<Stamp> {
        let pending = self.0.writer.pending();
        let waiting: HashSet<&str> = pending.iter().map(|r| r.stamp.as_str()).collect();
        let new = |r: &&Record| !waiting.contains(r.stamp.as_str());
        stamps(records.iter().filter(new))
    }

    /// Takes back this tab's last change, or with [`Then::Redo`] does again what was last
    /// taken back.
    pub(super) fn take_back_last(&self, then: Then) {
        let waits = self.0.taking_back.is_busy();
        if !waits && self.stored(then).is_none() {
            return self.take_back_small(then);
        }
        let runtime = self.clone();
        spawn_local(async move {
            // One after the other: the next one is only known when this one is done.
            let _turn = runtime.0.taking_back.take().await;
            match runtime.stored(then) {
                None => runtime.take_back_small(then),
                Some(stamp) => runtime.take_back_stored(stamp, then).await,
            }
        });
    }

    /// Takes back any change of the log, all parts of it.
    pub fn revert(&self, stamp: Stamp) {
        let runtime = self.clone();
        spawn_local(async move { runtime.take_back_stored(stamp, Then::Revert).await });
    }

    /// The stamp of the change to take back, where only the log has its edits.
    fn stored(&self, then: Then) -> Option<Stamp> {
        self.with(|session| match then {
            Then::Redo => session.stored_redo().map(|c| c.stamp),
            Then::Undo | Then::Revert => session.stored_undo().map(|c| c.stamp),
        })
    }

    fn take_back_small(&self, then: Then) {
        let effects = self.with_mut(|session| match then {
            Then::Redo => session.redo(moment()),
            Then::Undo | Then::Revert => session.undo(moment()),
        });
        self.enact(effects);
    }

    async fn take_back_stored(&self, stamp: Stamp, then: Then) {
        let _turn = self.0.turns.take().await;
        let cancel = self.begin_work();
        if let Err(error) = self.try_take_back(stamp, then, &cancel).await {
            self.tell(News::Working(None));
            let text = match error {
                BulkError::Cancelled | BulkError::Refused(_) => error.to_string(),
                BulkError::Store(error) => format!("That could not be taken back: {error}"),
            };
            self.tell(News::Say(Notice::refused(text)));
        }
    }

    async fn try_take_back(
        &self,
        stamp: Stamp,
        then: Then,
        cancel: &Cancel,
    ) -> Result<(), BulkError> {
        let parts = self.parts_of(stamp, Some(cancel)).await?;
        let edits: usize = parts.iter().map(|part| part.edits.len()).sum();
        if then == Then::Revert && edits <= LARGE {
            let whole = wire::joined(parts);
            let revert = |change: Change| self.with_mut(|s| s.revert(&change, moment()));
            self.enact(whole.map(revert).unwrap_or_default());
            return Ok(());
        }
        let bulk = self.with_mut(|s| s.begin_take_back(parts, then, moment()))?;
        self.carry(bulk, Vec::new(), cancel).await.map(drop)
    }

    /// All parts of a change, read from the log.
    pub(super) async fn parts_of(
        &self,
        stamp: Stamp,
        cancel: Option<&Cancel>,
    ) -> Result<Vec<Change>, BulkError> {
        let text = stamp.to_string();
        let mut pace = Pace::begin();
        let (mut parts, mut next, mut of) = (Vec::new(), 0, 1);
        while next < of {
            let mut page = match &self.0.store {
                Some(store) => store.read_parts(&text, next, PAGE).await?,
                None => Vec::new(),
            };
            if page.is_empty() {
                page = self.0.writer.pending_of(&text);
            }
            for record in &page {
                let part = wire::decode(&record.json).map_err(lost)?;
                (next, of) = (part.index + 1, part.of);
                parts.push(part.change);
                if cancel.is_some() {
                    let share = f64::from(next) / f64::from(of.max(1));
                    self.tell_work("Reading the change", Some(share), true);
                }
                pace.breathe().await;
            }
            if cancel.is_some_and(Cancel::is_cancelled) {
                return Err(BulkError::Cancelled);
            }
            if page.is_empty() {
                return Err(lost("parts of it are missing").into());
            }
        }
        Ok(parts)
    }

    /// Applies what other tabs have written; much of it in slices.
    pub(super) async fn hear(&self, parts: Vec<Change>) {
        let edits: usize = parts.iter().map(|part| part.edits.len()).sum();
        if edits <= LARGE {
            let effects = self.with_mut(|s| s.remote(&parts));
            return self.enact(effects);
        }
        let mut bulk = self.with_mut(|s| s.begin_hear(parts));
        // Nobody can cancel it.
        if self.work_out(&mut bulk, None).await.is_ok() {
            let finished = self.with_mut(|s| s.finish(bulk, |_| true));
            self.enact(finished.effects);
            shed(finished.old, Vec::new()).await;
        }
    }
}

/// Lets go of what is not needed any more; there is so much of it that it takes a while.
async fn shed(mut world: World, records: Vec<Record>) {
    let mut pace = Pace::begin();
    while world.shed() {
        pace.breathe().await;
    }
    for record in records {
        drop(record);
        pace.breathe().await;
    }
}

fn stamps<'a>(records: impl Iterator<Item = &'a Record>) -> HashSet<Stamp> {
    records.filter_map(|r| r.stamp.parse().ok()).collect()
}

fn lost(why: impl ToString) -> StoreError {
    StoreError::Corrupt(why.to_string())
}
