//! From nothing to a running session: snapshot, tail of the log, other tabs.

use super::{Inner, News, Runtime};
use crate::app::session::Session;
use crate::codec::snapshot::{Manifest, unpack};
use crate::codec::wire::{self, WireError};
use crate::domain::change::RefSet;
use crate::domain::stamp::Stamp;
use crate::domain::state::State;
use crate::domain::world::World;
use crate::shell::entropy::random_u64;
use crate::shell::error::StoreError;
use crate::shell::local::{self, Sentinel};
use crate::shell::log_store::LogStore;
use crate::shell::opfs::{Backup, Backups};
use crate::shell::snapshot::SnapshotRead;
use crate::shell::tabs::{TabMessage, Tabs};
use crate::shell::turns::Turns;
use crate::shell::writer::{Target, Writer};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

/// Data that should be here and is not.
#[derive(Clone, Debug)]
pub struct Missing {
    /// What the last session noted, if it did.
    pub sentinel: Option<Sentinel>,
    /// Backups found, newest first.
    pub backups: Vec<Backup>,
    /// The browser itself said it had lost the data.
    pub told: bool,
}

/// How starting went.
pub enum Boot {
    /// The application runs; with a sentence for each record that could not be read.
    Ready(Runtime, Vec<String>),
    /// The store opened empty although there was data.
    Missing(Runtime, Missing),
    /// The data was written by a newer page, or cannot be read at all.
    Refused(String),
}

struct Read {
    state: State,
    applied: u64,
    newest: Stamp,
    tail: usize,
    stale: RefSet,
    manifest: Option<Manifest>,
    problems: Vec<String>,
}

/// Starts the application.
pub async fn boot() -> Boot {
    // Listen before loading: what another tab writes meanwhile is either in what is read
    // or in the buffer, and applying it twice does no harm.
    let target: Rc<RefCell<Weak<Inner>>> = Rc::default();
    let early: Rc<RefCell<Vec<TabMessage>>> = Rc::default();
    let (to, buffer) = (target.clone(), early.clone());
    let tabs = Tabs::listen(move |message| match to.borrow().upgrade() {
        Some(inner) => Runtime(inner).heard(message),
        None => buffer.borrow_mut().push(message),
    });
    let seed = random_u64().unwrap_or_else(|_| crate::shell::clock::now_ms() as u64);

    let (store, opened) = match LogStore::open().await {
        Ok((store, opened)) => (Ok(store), Some(opened)),
        Err(StoreError::Version) => {
            return Boot::Refused("The data here was written by a newer Fairlead. Reload the page to get the newest one.".into());
        }
        // Where there was data, an empty page would look as if it were gone.
        Err(error) if there_was_data() => {
            return Boot::Refused(format!(
                "{error} Something was saved here before; it is shown again when the browser lets the page read it."
            ));
        }
        Err(error) => (Err(error), None),
    };
    let read = match &store {
        Ok(store) => match read(store).await {
            Ok(read) => read,
            Err(error) => return Boot::Refused(error),
        },
        Err(_) => Read {
            state: State::default(),
            applied: 0,
            newest: Stamp::ZERO,
            tail: 0,
            stale: RefSet::default(),
            manifest: None,
            problems: Vec::new(),
        },
    };
    let records = match &store {
        Ok(store) => store.count().await.unwrap_or(0),
        Err(_) => 0,
    };
    let opened_store = store.as_ref().ok().cloned();
    let sink = match store {
        Ok(store) => Target::Store(store),
        Err(error) => Target::Nowhere(error),
    };
    let (saving, writing) = (target.clone(), target.clone());
    let writer = Writer::new(
        sink,
        move |state| {
            if let Some(inner) = saving.borrow().upgrade() {
                Runtime(inner).tell(News::Saving(state));
            }
        },
        move |records, appended| {
            if let Some(inner) = writing.borrow().upgrade() {
                Runtime(inner).written(records, appended);
            }
        },
    );
    let runtime = Runtime(Rc::new(Inner {
        session: RefCell::new(Session::new(World::over(read.state), read.newest, seed)),
        store: opened_store.clone(),
        writer,
        tabs: RefCell::new(tabs.ok()),
        news: RefCell::new(Rc::new(|_| ())),
        applied: Cell::new(read.applied),
        records: Cell::new(records),
        stale: RefCell::new(Some(read.stale)),
        tail: Cell::new(read.tail),
        manifest: RefCell::new(read.manifest),
        leads: Cell::new(false),
        busy: Cell::new(false),
        changed_since_backup: Cell::new(read.tail > 0),
        stopped: Cell::new(false),
        newest: Cell::new(read.newest),
        turns: Turns::default(),
        taking_back: Turns::default(),
        cancel: RefCell::default(),
    }));
    *target.borrow_mut() = Rc::downgrade(&runtime.0);
    for message in early.take() {
        runtime.heard(message);
    }
    runtime.send(&TabMessage::Hello {
        schema: wire::VERSION,
    });
    if let Some(store) = &opened_store {
        let to = target.clone();
        store.on_lost(move |lost| {
            if let Some(inner) = to.borrow().upgrade() {
                Runtime(inner).lost(lost);
            }
        });
        runtime.lead_when_alone();
    }
    let told = opened.is_some_and(|o| o.data_loss);
    if opened_store.is_some()
        && records == 0
        && let Some(missing) = missing(told).await
    {
        return Boot::Missing(runtime, missing);
    }
    Boot::Ready(runtime, read.problems)
}

/// Whether the note in localStorage tells of data.
fn there_was_data() -> bool {
    match local::read_sentinel() {
        Ok(note) => note.is_some_and(|note| note.changes > 0),
        // A note that cannot be read was written by someone.
        Err(error) => matches!(error, StoreError::Corrupt(_)),
    }
}

/// What tells that there was data: the note in localStorage, or backups. None after the
/// person has deleted everything, which the note tells too.
async fn missing(told: bool) -> Option<Missing> {
    let note = local::read_sentinel();
    let damaged = matches!(note, Err(StoreError::Corrupt(_)));
    let note = note.ok().flatten();
    if note.as_ref().is_some_and(|note| note.changes == 0) && !told {
        return None;
    }
    let sentinel = note.filter(|note| note.changes > 0);
    let backups = match Backups::open().await {
        Ok(ring) => ring.list().await.unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    (told || damaged || sentinel.is_some() || !backups.is_empty()).then_some(Missing {
        sentinel,
        backups,
        told,
    })
}

async fn read(store: &LogStore) -> Result<Read, String> {
    let mut problems = Vec::new();
    let mut base = None;
    match store.get_snapshot().await {
        Ok(SnapshotRead::Found { manifest, chunks }) => {
            if let Some(manifest) = Manifest::parse(&manifest)
                && let Ok(state) = unpack(chunks.iter().map(|(_, bytes)| bytes.as_slice()))
            {
                base = Some((manifest, state));
            }
        }
        // The snapshot is only a cache: whatever is wrong with it, the log has it all.
        Ok(SnapshotRead::Absent | SnapshotRead::Damaged(_)) | Err(_) => {}
    }
    let (manifest, mut state) = match base {
        Some((manifest, state)) => (Some(manifest), state),
        None => (None, State::default()),
    };
    let mut applied = manifest.as_ref().map_or(0, |m| m.seq);
    let mut newest = manifest
        .as_ref()
        .and_then(|m| m.newest.parse().ok())
        .unwrap_or(Stamp::ZERO);
    let (mut tail, mut stale) = (0, RefSet::default());
    let mut stream = store.stream(applied);
    while let Some(page) = stream.next().await.map_err(|e| e.to_string())? {
        for record in page {
            applied = applied.max(record.seq);
            tail += 1;
            match wire::decode(&record.json) {
                Ok(part) => {
                    newest = newest.max(part.change.stamp);
                    stale.extend(part.change.entities());
                    state.apply(&part.change);
                }
                Err(error @ WireError::Newer { .. }) => return Err(error.to_string()),
                // One bad record must not hide the others; it stays in the log as it is.
                Err(error) => problems.push(format!(
                    "Record {} of the log cannot be read: {error}",
                    record.seq
                )),
            }
        }
    }
    Ok(Read {
        state,
        applied,
        newest,
        tail,
        stale,
        manifest,
        problems,
    })
}
