//! Files out and in, restoring and wiping.

use super::{Runtime, record, records};
use crate::codec::export::{ImportError, Reading};
use crate::domain::change::Change;
use crate::domain::merge::MergeReport;
use crate::domain::restate::restate;
use crate::domain::stamp::Stamp;
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

/// How many bytes are read before the page gets to breathe: about 15 ms of work. Each breath
/// takes about 4 ms, so many small ones would take longer than the work.
pub(super) const SLICE: usize = 1024 * 1024;

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
        let name = format!("fairlead-{}{kind}.json", crate::shell::clock::today());
        file.save(&name)?;
        Ok(name)
    }

    /// The log as far as it is in memory: what is not written yet, and what the state knows
    /// of all that was.
    fn restated(&self, pending: Vec<Record>) -> Vec<String> {
        let changes = self.with(|s| restate(&s.present().state));
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
        let (changes, records) = self.parse(bytes, &mut progress, cancel).await?;
        self.backup_before("before import").await;
        Ok(self.take_in(changes, records).await?)
    }

    async fn parse(
        &self,
        bytes: Vec<u8>,
        progress: &mut impl FnMut(u64, u64),
        cancel: &Cancel,
    ) -> Result<(Vec<Change>, Vec<Record>), TransferError> {
        let mut reading = Reading::begin(bytes)?.for_log();
        loop {
            let step = reading.step(SLICE)?;
            progress(step.done as u64, step.total as u64);
            if step.finished {
                let (changes, written) = reading.finish_for_log()?;
                return Ok((changes, written.into_iter().map(record).collect()));
            }
            sleep(0).await;
            if cancel.is_cancelled() {
                return Err(FileError::Cancelled.into());
            }
        }
    }

    /// Writes changes from elsewhere to the log first, then shows them: when writing fails
    /// nothing has changed.
    async fn take_in(
        &self,
        changes: Vec<Change>,
        records: Vec<Record>,
    ) -> Result<Imported, StoreError> {
        let appended = match &self.0.store {
            Some(store) => Some(store.append(&records, Durability::Strict).await?),
            None => None,
        };
        // A change counts as known only when every part of it was.
        let new: HashSet<Stamp> = match &appended {
            Some(appended) => {
                let stored = records.iter().zip(&appended.seqs);
                let stored = stored.filter(|(_, seq)| seq.is_some());
                stored.filter_map(|(r, _)| r.stamp.parse().ok()).collect()
            }
            None => self.not_waiting(&records),
        };
        let all = changes.len();
        let mut fresh = changes;
        fresh.retain(|c| new.contains(&c.stamp));
        let known = all - fresh.len();
        let (merge, touched) = self.0.session.borrow_mut().merge(&fresh, known);
        let newest = fresh.iter().map(|c| c.stamp).max();
        self.0
            .newest
            .set(self.0.newest.get().max(newest.unwrap_or(Stamp::ZERO)));
        // After the merge: what is noted about the data counts what has come.
        match appended {
            Some(appended) => self.written(&records, &appended),
            // Where nothing can be stored, it waits with all that was done here, and is
            // exported with it.
            None => {
                let is_new = |r: &Record| r.stamp.parse().is_ok_and(|s| new.contains(&s));
                let waiting = records.into_iter().filter(is_new).collect();
                self.0.writer.push(waiting, Durability::Strict);
            }
        }
        self.touched(touched);
        let deals = self.with(|s| s.present().state.tables.deals.iter().count());
        Ok(Imported { merge, deals })
    }

    /// The stamps of those records that do not wait to be stored already.
    fn not_waiting(&self, records: &[Record]) -> HashSet<Stamp> {
        let pending = self.0.writer.pending();
        let waiting: HashSet<&str> = pending.iter().map(|r| r.stamp.as_str()).collect();
        let new = records
            .iter()
            .filter(|r| !waiting.contains(r.stamp.as_str()));
        new.filter_map(|r| r.stamp.parse().ok()).collect()
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
        let (_, records) = self
            .parse(text.into_bytes(), &mut |_, _| (), &Cancel::default())
            .await?;
        let Some(store) = self.0.store.clone() else {
            return Err(StoreError::Unavailable(
                "There is no storage here to restore into.".into(),
            )
            .into());
        };
        self.backup_before("before restore").await;
        store.replace_all(&records, |_, _| ()).await?;
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
    DateTime::from_timestamp(ms.div_euclid(1000), 0)
        .map(|t| format!("{}T{}Z", t.date_naive(), t.time()))
        .unwrap_or_default()
}
