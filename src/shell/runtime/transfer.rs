//! Files out and in, restoring and wiping.

use super::bulk::BulkError;
use super::{Runtime, record, records};
use crate::codec::export::{Content, ImportError, Reading};
use crate::domain::change::Change;
use crate::domain::command::Refusal;
use crate::domain::merge::MergeReport;
use crate::domain::restate::restate;
use crate::shell::clock::{Pace, now_ms};
use crate::shell::error::StoreError;
use crate::shell::file::{Cancel, Download, FileError, read};
use crate::shell::local;
use crate::shell::log_store::Record;
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
    /// It was cancelled, or could not be written.
    #[error(transparent)]
    Bulk(#[from] BulkError),
    /// An earlier day is looked at.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// What an import of a Fairlead file did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Changes added, known, superseded.
    pub merge: MergeReport,
    /// Deals here now.
    pub deals: usize,
}

/// A Fairlead file that was read, ready to be taken in.
pub struct Parsed {
    /// Changes, or parts of them.
    parts: Vec<Change>,
    /// The same for the log.
    records: Vec<Record>,
    /// What it holds.
    pub content: Content,
}

/// How many bytes are read between two looks at the clock: a few milliseconds of work.
const SLICE: usize = 128 * 1024;

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
        let mut pace = Pace::begin();
        for piece in super::keep::pieces(&iso(now), super::keep::sifted(texts).await) {
            file.text(&piece)?;
            pace.breathe().await;
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

    /// Reads an exported file. `progress` gets bytes done and in all.
    ///
    /// # Errors
    /// A sentence that says what is wrong and where.
    pub async fn read_json(
        &self,
        file: &web_sys::File,
        mut progress: impl FnMut(u64, u64),
        cancel: &Cancel,
    ) -> Result<Parsed, TransferError> {
        let limit = crate::codec::export::MAX_BYTES as u64;
        let bytes = read(file, limit, cancel, |done, all| progress(done / 10, all)).await?;
        self.parse(bytes, &mut progress, cancel).await
    }

    async fn parse(
        &self,
        bytes: Vec<u8>,
        progress: &mut impl FnMut(u64, u64),
        cancel: &Cancel,
    ) -> Result<Parsed, TransferError> {
        let mut reading = Reading::begin(bytes)?.for_log();
        let (mut content, mut counted, mut pace) = (Content::default(), 0, Pace::begin());
        loop {
            let step = reading.step(SLICE)?;
            reading.parts()[counted..]
                .iter()
                .for_each(|part| content.add(part));
            counted = reading.parts().len();
            progress(step.done as u64, step.total as u64);
            if step.finished {
                let (parts, written) = reading.finish_for_log()?;
                return Ok(Parsed {
                    parts,
                    records: written.into_iter().map(record).collect(),
                    content,
                });
            }
            pace.breathe().await;
            if cancel.is_cancelled() {
                return Err(FileError::Cancelled.into());
            }
        }
    }

    /// Merges a file that was read.
    ///
    /// # Errors
    /// When it was cancelled or cannot be written; the data is as it was.
    pub async fn take_in(&self, parsed: Parsed) -> Result<Imported, TransferError> {
        let (_turn, cancel) = self.prepare().await;
        let bulk = self.with_mut(|s| s.begin_merge(parsed.parts));
        let merge = self.carry(bulk, parsed.records, &cancel).await?;
        let deals = self.with(|s| s.present().board.deal_count());
        Ok(Imported { merge, deals })
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
    /// When the backup is damaged or cannot be written, or an earlier day is looked at; the data
    /// is as it was.
    pub async fn restore_backup(&self, name: &str) -> Result<(), TransferError> {
        self.with(|session| session.stay_in_the_past())?;
        let text = self.read_backup(name).await?;
        let parsed = self
            .parse(text.into_bytes(), &mut |_, _| (), &Cancel::default())
            .await?;
        let Some(store) = self.0.store.clone() else {
            return Err(StoreError::Unavailable(
                "There is no storage here to restore into.".into(),
            )
            .into());
        };
        // Not in the middle of a large change.
        let _turn = self.0.turns.take().await;
        self.backup_before("before restore").await;
        store.replace_all(&parsed.records, |_, _| ()).await?;
        // What this tab shows is not what is stored any more.
        self.stop_writing();
        self.send(&TabMessage::Cleared);
        Ok(())
    }

    /// Deletes everything: log, snapshot, note. Backups stay. The page is loaded anew
    /// afterwards.
    ///
    /// # Errors
    /// When the store refuses, or an earlier day is looked at; the data is as it was.
    pub async fn wipe(&self) -> Result<(), TransferError> {
        self.with(|session| session.stay_in_the_past())?;
        if let Some(store) = self.0.store.clone() {
            // Not in the middle of a large change.
            let _turn = self.0.turns.take().await;
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
