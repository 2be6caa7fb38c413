//! Snapshots and backups: kept by one tab at a time.

use super::Runtime;
use crate::codec::export;
use crate::codec::snapshot::Manifest;
use crate::codec::wire::{self, WireError};
use crate::domain::change::RefSet;
use crate::domain::stamp::Stamp;
use crate::shell::clock::{Pace, now_ms, sleep};
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
        // Nothing is waited for from here to the copy, so nothing comes in between.
        if inner.stopped.get() || inner.writer.waiting() > 0 {
            return Ok(());
        }
        let seq = inner.applied.get();
        let stale = inner.stale.replace(Some(RefSet::default()));
        let tail = inner.tail.take();
        // A copy that stays as it is while it is packed.
        let state = self.with(|s| s.present().state.clone());
        let plan = Manifest::plan(&state, seq, inner.newest.get());
        // Another tab may have written a snapshot since, or dropped a damaged one: pieces of
        // this tab's would not fit what is there.
        let old = inner.manifest.borrow().clone();
        let old = old.filter(|old| on_disk.as_deref() == Some(old.print().as_str()));
        let (manifest, base) = match old {
            Some(old) if stale.is_some() && old.fits(&plan) => {
                let base = old.print();
                let newest = plan.newest;
                let next = Manifest { seq, newest, ..old };
                (next, Some(base))
            }
            _ => (plan, None),
        };
        let mut packing = manifest.packing(&state, base.as_ref().and(stale.as_ref()));
        let (mut chunks, mut pace) = (Vec::new(), Pace::begin());
        while let Some(chunk) = packing.next_chunk(&state) {
            chunks.push(chunk);
            pace.breathe().await;
        }
        // The data may have become another tab's in between.
        if inner.stopped.get() {
            return Ok(());
        }
        let written = match &base {
            Some(base) => {
                let text = manifest.print();
                store.put_snapshot_over(base, &text, &chunks).await
            }
            None => {
                let keys = store.get_chunk_keys().await.unwrap_or_default();
                let is_gone = |k: &String| !chunks.iter().any(|(new, _)| new == k);
                let dropped: Vec<String> = keys.into_iter().filter(is_gone).collect();
                let text = manifest.print();
                store.put_snapshot(&text, &chunks, &dropped).await
            }
        };
        match written {
            Ok(()) => {
                *inner.manifest.borrow_mut() = Some(manifest);
                Ok(())
            }
            Err(error) => {
                // What has changed meanwhile comes on top.
                let meanwhile = inner.stale.replace(stale);
                match (&mut *inner.stale.borrow_mut(), meanwhile) {
                    (Some(all), Some(more)) => all.extend(more),
                    (all, _) => *all = None,
                }
                inner.tail.set(inner.tail.get() + tail);
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

    /// Reads and applies what other tabs wrote and this one has not heard of. Much of it is
    /// seen at once, when all of it is read.
    async fn catch_up(&self) -> Result<(), StoreError> {
        let Some(store) = self.0.store.clone() else {
            return Ok(());
        };
        let _turn = self.0.turns.take().await;
        let (mut parts, mut last, mut newest) = (Vec::new(), 0, Stamp::ZERO);
        let mut pace = Pace::begin();
        let mut stream = store.stream(self.0.applied.get());
        while let Some(page) = stream.next().await? {
            for record in page {
                last = record.seq;
                match wire::decode(&record.json) {
                    Ok(part) => {
                        newest = newest.max(part.change.stamp);
                        parts.push(part.change);
                    }
                    Err(WireError::Newer { .. }) => {
                        self.stop_for_newer();
                        return Err(StoreError::Version);
                    }
                    // Told of when the log is read at the start; it stays in the log.
                    Err(_) => {}
                }
                pace.breathe().await;
            }
        }
        self.hear(parts).await;
        self.0.newest.set(self.0.newest.get().max(newest));
        self.0.applied.set(last.max(self.0.applied.get()));
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
    let mut pace = Pace::begin();
    for record in records {
        match wire::decode(&record) {
            Ok(_) => sifted.good.push(record),
            Err(_) => sifted.bad.push(record),
        }
        pace.breathe().await;
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
