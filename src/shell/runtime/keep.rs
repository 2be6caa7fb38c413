//! Snapshots and backups: kept by one tab at a time.

use super::Runtime;
use crate::codec::export;
use crate::codec::snapshot::Manifest;
use crate::codec::wire::{self, WireError};
use crate::shell::clock::{now_ms, sleep};
use crate::shell::error::StoreError;
use crate::shell::opfs::{Backup, Backups};
use crate::shell::tabs::Election;
use wasm_bindgen_futures::spawn_local;

/// Records after which the snapshot is brought up to date.
const TAIL: usize = 400;

/// How often a backup is made while the page is used.
const BACKUP_EVERY_MS: i32 = 15 * 60 * 1_000;

impl Runtime {
    /// Takes over the keeping of snapshots and backups once no other tab does it.
    pub(super) fn lead_when_alone(&self) {
        let runtime = self.clone();
        spawn_local(async move {
            match Election::try_lead("fairlead-snapshot").await {
                Ok(election) => {
                    // Led until the tab closes: the lock goes with the page.
                    std::mem::forget(election);
                    runtime.0.leads.set(true);
                }
                // Without locks every tab keeps; the writes are whole and idempotent.
                Err(_) => runtime.0.leads.set(true),
            }
            runtime.snapshot_soon();
            let ruled = runtime.clone();
            spawn_local(async move { ruled.run_rules_now_and_then().await });
            runtime.backup_now_and_then().await;
        });
    }

    async fn backup_now_and_then(&self) {
        loop {
            sleep(BACKUP_EVERY_MS).await;
            if self.0.changed_since_backup.get()
                && let Err(error) = self.backup("regular").await
            {
                leptos::logging::warn!("no backup could be made: {error}");
            }
        }
    }

    /// Brings the snapshot up to date when enough has changed, without holding up the page.
    pub(super) fn snapshot_soon(&self) {
        let inner = &self.0;
        let due = inner.leads.get() && inner.tail.get() >= TAIL;
        if !due || inner.busy.get() || inner.stopped.get() {
            return;
        }
        inner.busy.set(true);
        let runtime = self.clone();
        spawn_local(async move {
            // Let the page show the change first.
            sleep(300).await;
            if let Err(error) = runtime.snapshot().await {
                leptos::logging::warn!("the snapshot could not be written: {error}");
            }
            runtime.0.busy.set(false);
        });
    }

    /// Writes what changed since the last snapshot. Leaves it while changes of this tab are
    /// not in the log yet: a snapshot must not know more than the log.
    ///
    /// # Errors
    /// When the log cannot be read or the snapshot not be written; the old one stays.
    pub async fn snapshot(&self) -> Result<(), StoreError> {
        let inner = &self.0;
        let Some(store) = inner.store.clone() else {
            return Ok(());
        };
        self.catch_up().await?;
        let on_disk = store.get_manifest().await?;
        // Nothing is waited for from here to the packing, so nothing comes in between.
        if inner.stopped.get() || inner.writer.waiting() > 0 {
            return Ok(());
        }
        let seq = inner.applied.get();
        let stale = inner.stale.take();
        inner.tail.set(0);
        let plan = self.with(|s| Manifest::plan(&s.present().state, seq, inner.newest.get()));
        // Another tab may have written a snapshot since, or dropped a damaged one: pieces of
        // this tab's would not fit what is there.
        let old = inner.manifest.borrow().clone();
        let old = old.filter(|old| on_disk.as_deref() == Some(old.print().as_str()));
        let (manifest, whole) = match old {
            Some(old) if old.fits(&plan) => (
                Manifest {
                    seq,
                    newest: plan.newest,
                    ..old
                },
                false,
            ),
            _ => (plan, true),
        };
        let chunks = self.with(|s| {
            let state = &s.present().state;
            if whole {
                manifest.pack_all(state)
            } else {
                manifest.pack_some(state, Some(&stale))
            }
        });
        let dropped: Vec<String> = match (whole, store.get_chunk_keys().await) {
            (true, Ok(keys)) => keys
                .into_iter()
                .filter(|k| !chunks.iter().any(|(new, _)| new == k))
                .collect(),
            _ => Vec::new(),
        };
        let written = store
            .put_snapshot(&manifest.print(), &chunks, &dropped)
            .await;
        match written {
            Ok(()) => {
                *inner.manifest.borrow_mut() = Some(manifest);
                Ok(())
            }
            Err(error) => {
                inner.stale.borrow_mut().extend(stale);
                Err(error)
            }
        }
    }

    /// After another tab has written more than it could tell.
    pub(super) fn read_what_others_wrote(&self) {
        let runtime = self.clone();
        spawn_local(async move {
            let inner = &runtime.0;
            let before = inner.applied.get();
            if let Err(error) = runtime.catch_up().await {
                leptos::logging::warn!("what another tab wrote could not be read: {error}");
                return;
            }
            let added = inner.applied.get().saturating_sub(before);
            inner.tail.set(inner.tail.get() + added as usize);
            if let Some(store) = &inner.store
                && let Ok(count) = store.count().await
            {
                inner.records.set(count);
            }
            runtime.snapshot_soon();
        });
    }

    /// Reads and applies what other tabs wrote and this one has not heard of.
    async fn catch_up(&self) -> Result<(), StoreError> {
        let Some(store) = self.0.store.clone() else {
            return Ok(());
        };
        // Few at a time: the records of a large import are large.
        let mut stream = store.stream(self.0.applied.get(), 100);
        while let Some(page) = stream.next().await? {
            let mut changes = Vec::with_capacity(page.len());
            for record in &page {
                match wire::decode(&record.json) {
                    Ok(part) => {
                        self.0
                            .newest
                            .set(self.0.newest.get().max(part.change.stamp));
                        changes.push(part.change);
                    }
                    Err(WireError::Newer { .. }) => {
                        self.stop_for_newer();
                        return Err(StoreError::Version);
                    }
                    // Told of when the log is read at the start; it stays in the log.
                    Err(_) => {}
                }
            }
            let effects = self.0.session.borrow_mut().remote(&changes);
            self.enact(effects);
            if let Some(last) = page.last() {
                self.0.applied.set(last.seq.max(self.0.applied.get()));
            }
        }
        Ok(())
    }

    /// Writes a backup of the whole log.
    ///
    /// # Errors
    /// A sentence when there is no room or no place for one.
    pub async fn backup(&self, reason: &str) -> Result<Option<Backup>, StoreError> {
        let Some(store) = self.0.store.clone() else {
            return Ok(None);
        };
        if self.0.records.get() == 0 {
            return Ok(None);
        }
        let ring = Backups::open().await?;
        let records = sifted(store.read_all_json(|_, _| ()).await?).await;
        let now = now_ms();
        let chunks = pieces(&super::transfer::iso(now), records);
        let backup = ring.write(now, reason, chunks).await?;
        self.0.changed_since_backup.set(false);
        Ok(Some(backup))
    }

    /// The backups there are, newest first.
    ///
    /// # Errors
    /// A sentence where the browser keeps none.
    pub async fn backups(&self) -> Result<Vec<Backup>, StoreError> {
        Backups::open().await?.list().await
    }
}

/// Records for a file: those that can be read, and those that cannot.
pub(super) struct Sifted {
    good: Vec<String>,
    bad: Vec<String>,
}

/// Sets records apart that would make a file unreadable, without holding up the page.
pub(super) async fn sifted(records: Vec<String>) -> Sifted {
    let mut sifted = Sifted {
        good: Vec::with_capacity(records.len()),
        bad: Vec::new(),
    };
    let mut looked_at = 0;
    for record in records {
        looked_at += record.len();
        match wire::decode(&record) {
            Ok(_) => sifted.good.push(record),
            Err(_) => sifted.bad.push(record),
        }
        if looked_at > super::transfer::SLICE {
            looked_at = 0;
            sleep(0).await;
        }
    }
    sifted
}

/// A file in pieces of about a megabyte.
pub(super) fn pieces(exported: &str, records: Sifted) -> impl Iterator<Item = String> + use<> {
    let mut head = Some(export::header_with(exported, &records.bad));
    let mut records = records.good.into_iter();
    let mut first = true;
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let mut piece = head.take().unwrap_or_default();
        for record in records.by_ref() {
            if !first {
                piece.push_str(",\n");
            }
            first = false;
            piece.push_str(&record);
            if piece.len() > 1 << 20 {
                return Some(piece);
            }
        }
        ended = true;
        piece.push_str(export::FOOTER);
        Some(piece)
    })
}
