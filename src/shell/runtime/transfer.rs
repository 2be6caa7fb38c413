//! Files out and in, restoring and wiping.

use super::{Runtime, records};
use crate::codec::export::{ImportError, Reading};
use crate::domain::change::Change;
use crate::domain::merge::MergeReport;
use crate::domain::restate::restate;
use crate::shell::clock::{now_ms, sleep};
use crate::shell::error::StoreError;
use crate::shell::file::{Cancel, Download, FileError, read};
use crate::shell::local;
use crate::shell::log_store::{Durability, Record};
use crate::shell::opfs::Backups;
use crate::shell::tabs::TabMessage;
use chrono::DateTime;
use std::collections::HashSet;

/// Why a file did not get in or out. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransferError {
    /// The file itself.
    #[error(transparent)]
    File(#[from] FileError),
    /// What is in it.
    #[error(transparent)]
    Content(#[from] ImportError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What an import of a Fairlead file did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Changes added, known, superseded.
    pub merge: MergeReport,
    /// Deals here now.
    pub deals: usize,
}

/// How many bytes are read before the page gets to breathe: about 10 ms of work.
const SLICE: usize = 256 * 1024;

impl Runtime {
    /// Downloads the whole log as a file; where the log cannot be read any more, what the
    /// page shows. Returns the file's name.
    ///
    /// # Errors
    /// A sentence when the file cannot be made.
    pub async fn export_json(&self) -> Result<String, TransferError> {
        let read = match &self.0.store {
            Some(store) => store.read_all_json(|_, _| ()).await,
            None => Ok(Vec::new()),
        };
        // What could not be written yet is the very thing a person wants to save.
        let pending = self.0.writer.pending().into_iter();
        let (texts, kind) = match read {
            Ok(mut texts) => {
                texts.extend(pending.map(|r| r.json));
                (texts, "")
            }
            Err(_) => (self.restated(pending.collect()), "-without-history"),
        };
        let now = now_ms();
        let mut file = Download::new("application/json");
        for piece in super::keep::pieces(&iso(now), super::keep::sifted(texts).await) {
            file.text(&piece)?;
        }
        let name = format!(
            "fairlead-{}{kind}.json",
            crate::shell::clock::today().format("%Y-%m-%d")
        );
        file.save(&name)?;
        Ok(name)
    }

    /// The log as far as it is in memory: what is not written yet, and what the state knows
    /// of all that was.
    fn restated(&self, pending: Vec<Record>) -> Vec<String> {
        let changes = self.with(|s| restate(&s.world().state));
        let told = changes.iter().flat_map(records);
        let known: HashSet<String> = pending.iter().map(|r| r.stamp.clone()).collect();
        let told = told.filter(|r| !known.contains(&r.stamp));
        let mut texts: Vec<String> = told.map(|r| r.json).collect();
        texts.extend(pending.into_iter().map(|r| r.json));
        texts
    }

    /// Merges an exported file. `progress` gets bytes done and in all.
    ///
    /// # Errors
    /// A sentence that says what is wrong and where; the data is as it was.
    pub async fn import_json(
        &self,
        file: &web_sys::File,
        mut progress: impl FnMut(u64, u64),
        cancel: &Cancel,
    ) -> Result<Imported, TransferError> {
        let limit = crate::codec::export::MAX_BYTES as u64;
        let bytes = read(file, limit, cancel, |done, all| progress(done / 10, all)).await?;
        let changes = self.parse(bytes, &mut progress, cancel).await?;
        self.backup_before("before import").await;
        Ok(self.take_in(changes).await?)
    }

    async fn parse(
        &self,
        bytes: Vec<u8>,
        progress: &mut impl FnMut(u64, u64),
        cancel: &Cancel,
    ) -> Result<Vec<Change>, TransferError> {
        let mut reading = Reading::begin(bytes)?;
        loop {
            let step = reading.step(SLICE)?;
            progress(step.done as u64, step.total as u64);
            if step.finished {
                return Ok(reading.finish()?);
            }
            sleep(0).await;
            if cancel.is_cancelled() {
                return Err(FileError::Cancelled.into());
            }
        }
    }

    /// Writes changes from elsewhere to the log first, then shows them: when writing fails
    /// nothing has changed.
    async fn take_in(&self, changes: Vec<Change>) -> Result<Imported, StoreError> {
        let all: Vec<Vec<Record>> = changes.iter().map(records).collect();
        let flat: Vec<Record> = all.iter().flatten().cloned().collect();
        let (is_new, appended) = match &self.0.store {
            Some(store) => {
                let appended = store.append(&flat, Durability::Strict).await?;
                let mut seqs = appended.seqs.iter();
                // A change counts as known only when every part of it was.
                let is_new = |parts: &Vec<Record>| {
                    let parts = seqs.by_ref().take(parts.len());
                    parts.filter(|seq| seq.is_some()).count() > 0
                };
                (all.iter().map(is_new).collect(), Some(appended))
            }
            None => (self.keep_waiting(&all), None),
        };
        let known = is_new.iter().filter(|new| !**new).count();
        let fresh: Vec<Change> = changes
            .into_iter()
            .zip(is_new)
            .filter_map(|(c, new)| new.then_some(c))
            .collect();
        let (merge, touched) = self.0.session.borrow_mut().merge(&fresh, known);
        for change in &fresh {
            self.0.newest.set(self.0.newest.get().max(change.stamp));
        }
        // After the merge: what is noted about the data counts what has come.
        if let Some(appended) = appended {
            self.written(&flat, &appended);
        }
        self.touched(touched);
        let deals = self.with(|s| s.world().state.tables.deals.iter().count());
        Ok(Imported { merge, deals })
    }

    /// Where nothing can be stored, what comes in waits with all that was done here, and is
    /// exported with it. Says of each change whether it is new.
    fn keep_waiting(&self, all: &[Vec<Record>]) -> Vec<bool> {
        let pending = self.0.writer.pending();
        let waiting: HashSet<&str> = pending.iter().map(|r| r.stamp.as_str()).collect();
        let is_new =
            |parts: &Vec<Record>| !parts.iter().any(|r| waiting.contains(r.stamp.as_str()));
        let is_new: Vec<bool> = all.iter().map(is_new).collect();
        let new = all.iter().zip(&is_new).filter(|(_, new)| **new);
        let records = new.flat_map(|(parts, _)| parts.iter().cloned()).collect();
        self.0.writer.push(records, Durability::Strict);
        is_new
    }

    /// A backup before something large. That there is no room for one must not keep a
    /// person from working, so a failure is only noted.
    pub async fn backup_before(&self, reason: &str) {
        if let Err(error) = self.backup(reason).await {
            leptos::logging::warn!("no backup could be made: {error}");
        }
    }

    /// The text of a backup.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn read_backup(&self, name: &str) -> Result<String, StoreError> {
        Backups::open().await?.read(name).await
    }

    /// Replaces the data by a backup. The page is loaded anew afterwards.
    ///
    /// # Errors
    /// When the backup is damaged or cannot be written; the data is as it was.
    pub async fn restore_backup(&self, name: &str) -> Result<(), TransferError> {
        let text = self.read_backup(name).await?;
        let changes = self
            .parse(text.into_bytes(), &mut |_, _| (), &Cancel::default())
            .await?;
        let Some(store) = self.0.store.clone() else {
            return Err(StoreError::Unavailable(
                "There is no storage here to restore into.".into(),
            )
            .into());
        };
        self.backup_before("before restore").await;
        let flat: Vec<Record> = changes.iter().flat_map(records).collect();
        store.replace_all(&flat, |_, _| ()).await?;
        // What this tab shows is not what is stored any more.
        self.stop_writing();
        self.send(&TabMessage::Cleared);
        Ok(())
    }

    /// Deletes everything: log, snapshot, note. Backups stay. The page is loaded anew
    /// afterwards.
    ///
    /// # Errors
    /// When the store refuses; the data is as it was.
    pub async fn wipe(&self) -> Result<(), TransferError> {
        if let Some(store) = self.0.store.clone() {
            self.backup_before("before deleting everything").await;
            store.clear_all().await?;
        }
        self.stop_writing();
        // Nothing is missed from now on: that nothing is there is noted as well.
        let nothing = local::Sentinel {
            generation: 1,
            changes: 0,
            deals: 0,
            saved_at: now_ms(),
        };
        if let Err(error) = local::write_sentinel(&nothing) {
            leptos::logging::warn!("the sentinel could not be written: {error}");
        }
        self.send(&TabMessage::Cleared);
        Ok(())
    }
}

/// A time as ISO 8601 in UTC, to the second.
pub(super) fn iso(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms)
        .map(|t| t.format("%Y-%m-%dT%H:%M:%SZ").to_string())
        .unwrap_or_default()
}
