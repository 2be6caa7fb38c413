//! The log of changes in IndexedDB: `changes` is appended to, in the order of arrival (`seq`);
//! `chunks` is a cache of the state (see `snapshot.rs`); `meta` holds a few strings.
//! Records are opaque here: the wire text of a change, with the keys it is found by.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{
    DomException, Event, IdbCursorDirection, IdbDatabase, IdbIndexParameters, IdbKeyRange,
    IdbObjectStoreParameters, IdbRequest,
};

use super::clock::Pace;
use super::error::StoreError;
use super::idb::{self, Connection};
pub use super::idb::{Durability, Lost, Opened};
pub use super::record::Record;
use super::record::{records_of, stored};
use super::tx::{Tx, done};

/// Name of the database.
pub const DATABASE: &str = "fairlead";
/// Version of the database's layout. A page that knows less must not write.
pub const SCHEMA: u32 = 1;

pub(super) const CHANGES: &str = "changes";
pub(super) const CHUNKS: &str = "chunks";
pub(super) const META: &str = "meta";
pub(super) const BY_STAMP: &str = "stamp";
const BY_ENTITY: &str = "entities";

/// Records are written and read in slices of at most this many, so that no slice keeps the
/// page from painting.
const SLICE_RECORDS: usize = 500;
/// About how many bytes are read at a time: a few milliseconds of work.
const SLICE_BYTES: usize = 1 << 20;
/// How many records are read before it is known how large they are.
const FIRST_PAGE: u32 = 20;

/// What an append stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Appended {
    /// Per record its `seq`, or `None` if the log had it already.
    pub seqs: Vec<Option<u64>>,
}

impl Appended {
    /// The highest `seq` of the stored records.
    pub fn last_seq(&self) -> Option<u64> {
        self.seqs.iter().copied().flatten().max()
    }

    /// How many records were new.
    pub fn added(&self) -> usize {
        self.seqs.iter().flatten().count()
    }
}

/// A handle on the open database; clones share it.
#[derive(Clone)]
pub struct LogStore {
    pub(super) db: Rc<Connection>,
}

impl LogStore {
    /// Opens the page's database, making it if there is none.
    ///
    /// # Errors
    /// See [`idb::open`].
    pub async fn open() -> Result<(Self, Opened), StoreError> {
        Self::open_named(DATABASE).await
    }

    /// Opens a database of another name with the same layout.
    ///
    /// # Errors
    /// See [`idb::open`].
    pub async fn open_named(name: &str) -> Result<(Self, Opened), StoreError> {
        let (db, opened) = idb::open(name, SCHEMA, upgrade).await?;
        Ok((Self { db: Rc::new(db) }, opened))
    }

    /// Calls `listener` once the connection is gone; it is closed by then and every further
    /// call fails with `Closed`.
    pub fn on_lost(&self, listener: impl Fn(Lost) + 'static) {
        self.db.on_lost(listener);
    }

    /// Appends `records` in one transaction: all are stored, or none. A record whose stamp and
    /// part are in the log already is left out.
    ///
    /// # Errors
    /// Nothing was stored. `Ok` comes only after the browser has committed.
    pub async fn append(
        &self,
        records: &[Record],
        durability: Durability,
    ) -> Result<Appended, StoreError> {
        self.append_telling(records, durability, |_, _| ()).await
    }

    /// As [`Self::append`] and tells how far it is: `progress(issued, total)`.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub async fn append_telling(
        &self,
        records: &[Record],
        durability: Durability,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Appended, StoreError> {
        if records.is_empty() {
            return Ok(Appended::default());
        }
        // Most appends hold new records only, and an explicit commit does not wait for a busy
        // page. But it lets no error pass, so an append with known records takes a second try.
        match self.append_new(records, durability, &mut progress).await {
            Err(error) if error.is_constraint() => {
                self.append_unknown(records, durability, progress).await
            }
            other => other,
        }
    }

    async fn append_new(
        &self,
        records: &[Record],
        durability: Durability,
        progress: impl FnMut(u64, u64),
    ) -> Result<Appended, StoreError> {
        let tx = self.db.write(&[CHANGES], durability)?;
        let requests = add_all(&tx, records, None, progress).await?;
        tx.commit().await?;
        let seqs = requests.iter().map(seq_of).collect::<Result<_, _>>()?;
        Ok(Appended { seqs })
    }

    async fn append_unknown(
        &self,
        records: &[Record],
        durability: Durability,
        progress: impl FnMut(u64, u64),
    ) -> Result<Appended, StoreError> {
        let pardon = pardon_known();
        let tx = self.db.write(&[CHANGES], durability)?;
        let requests = add_all(&tx, records, Some(&pardon), progress).await?;
        tx.complete().await?;
        let seqs = requests.iter().map(seq_of).collect::<Result<_, _>>()?;
        Ok(Appended { seqs })
    }

    /// Up to `limit` records with a `seq` above the given one, ascending.
    ///
    /// # Errors
    /// When the database cannot be read, or a record has lost its shape (`Corrupt`).
    pub async fn read_since(&self, seq: u64, limit: u32) -> Result<Vec<Record>, StoreError> {
        let after = IdbKeyRange::lower_bound_with_open(&JsValue::from_f64(seq as f64), true)?;
        let request = self
            .db
            .read(CHANGES)?
            .get_all_with_key_and_limit(&after, limit)?;
        records_of(&done(request).await?)
    }

    /// All records after `after_seq`, in pages that do not hold up the page: few at a time of
    /// the large records of an import, many of small ones.
    pub fn stream(&self, after_seq: u64) -> RecordStream {
        RecordStream {
            store: self.clone(),
            after: after_seq,
            page: FIRST_PAGE,
        }
    }

    /// The records that touch one entity, ascending by `seq`.
    ///
    /// # Errors
    /// As [`Self::read_since`].
    pub async fn read_entity(&self, entity: &str) -> Result<Vec<Record>, StoreError> {
        let index = self.db.read(CHANGES)?.index(BY_ENTITY)?;
        let request = index.get_all_with_key(&JsValue::from_str(entity))?;
        records_of(&done(request).await?)
    }

    /// The wire text of every record, ascending by `seq`; `progress(read, total)`.
    ///
    /// # Errors
    /// As [`Self::read_since`].
    pub async fn read_all_json(
        &self,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Vec<String>, StoreError> {
        let total = self.count().await?;
        let mut all = Vec::with_capacity(total as usize);
        let mut pages = self.stream(0);
        while let Some(page) = pages.next().await? {
            all.extend(page.into_iter().map(|record| record.json));
            progress(all.len() as u64, total.max(all.len() as u64));
        }
        Ok(all)
    }

    /// Number of records in the log.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn count(&self) -> Result<u64, StoreError> {
        let count = done(self.db.read(CHANGES)?.count()?).await?;
        Ok(count.as_f64().unwrap_or_default() as u64)
    }

    /// The highest `seq`, 0 when the log is empty.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn last_seq(&self) -> Result<u64, StoreError> {
        let request = self
            .db
            .read(CHANGES)?
            .open_key_cursor_with_range_and_direction(
                &JsValue::UNDEFINED,
                IdbCursorDirection::Prev,
            )?;
        let cursor = done(request).await?;
        match cursor.dyn_ref::<web_sys::IdbCursor>() {
            Some(cursor) => Ok(cursor.key()?.as_f64().unwrap_or_default() as u64),
            None => Ok(0),
        }
    }

    /// Whether any part of the change with this stamp is in the log.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn has(&self, stamp: &str) -> Result<bool, StoreError> {
        let key = |part: f64| Array::of2(&stamp.into(), &part.into());
        let parts = IdbKeyRange::bound(&key(0.0), &key(f64::INFINITY))?;
        let index = self.db.read(CHANGES)?.index(BY_STAMP)?;
        let found = done(index.get_key(&parts)?).await?;
        Ok(!found.is_undefined())
    }

    /// A string kept under `key`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get_meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        let request = self.db.read(META)?.get(&JsValue::from_str(key))?;
        Ok(done(request).await?.as_string())
    }

    /// Keeps `value` under `key`.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn put_meta(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let tx = self.db.write(&[META], Durability::Relaxed)?;
        tx.store(META)?.put_with_key(&value.into(), &key.into())?;
        tx.commit().await
    }

    /// Removes everything in one strict transaction. `seq` goes on counting, so that other
    /// tabs cannot mistake new records for those they know.
    ///
    /// # Errors
    /// Nothing was removed.
    pub async fn clear_all(&self) -> Result<(), StoreError> {
        let all = [CHANGES, CHUNKS, META];
        let tx = self.db.write(&all, Durability::Strict)?;
        for store in all {
            tx.store(store)?.clear()?;
        }
        tx.commit().await
    }

    /// Puts `records` in place of the whole log in one strict transaction, and drops the
    /// snapshot; the strings of `meta` stay. `progress(issued, total)`.
    ///
    /// # Errors
    /// The log is as it was.
    pub async fn replace_all(
        &self,
        records: &[Record],
        progress: impl FnMut(u64, u64),
    ) -> Result<(), StoreError> {
        let pardon = pardon_known();
        let tx = self
            .db
            .write(&[CHANGES, CHUNKS, META], Durability::Strict)?;
        tx.store(CHANGES)?.clear()?;
        super::snapshot::drop_in(&tx)?;
        add_all(&tx, records, Some(&pardon), progress).await?;
        tx.complete().await
    }

    /// Closes the connection for all clones of this handle; running transactions still finish.
    pub fn close(&self) {
        self.db.close();
    }
}

/// Pages of the log; see [`LogStore::stream`].
pub struct RecordStream {
    store: LogStore,
    after: u64,
    page: u32,
}

impl RecordStream {
    /// The next page, never empty; `None` at the end of the log.
    ///
    /// # Errors
    /// As [`LogStore::read_since`].
    pub async fn next(&mut self) -> Result<Option<Vec<Record>>, StoreError> {
        let page = self.store.read_since(self.after, self.page).await?;
        match page.last() {
            Some(last) => {
                self.after = last.seq;
                let bytes: usize = page.iter().map(|record| record.json.len()).sum();
                let each = (bytes / page.len()).max(1);
                self.page = (SLICE_BYTES / each).clamp(1, SLICE_RECORDS) as u32;
                Ok(Some(page))
            }
            None => Ok(None),
        }
    }
}

fn upgrade(db: &IdbDatabase, old_version: u32) -> Result<(), JsValue> {
    if old_version < 1 {
        let keyed = IdbObjectStoreParameters::new();
        keyed.set_key_path(&"seq".into());
        keyed.set_auto_increment(true);
        let changes = db.create_object_store_with_optional_parameters(CHANGES, &keyed)?;
        let unique = IdbIndexParameters::new();
        unique.set_unique(true);
        let stamp_and_part = Array::of2(&"stamp".into(), &"part".into());
        changes.create_index_with_str_sequence_and_optional_parameters(
            BY_STAMP,
            &stamp_and_part,
            &unique,
        )?;
        let each = IdbIndexParameters::new();
        each.set_multi_entry(true);
        changes.create_index_with_str_and_optional_parameters(BY_ENTITY, "entities", &each)?;
        db.create_object_store(CHUNKS)?;
        db.create_object_store(META)?;
    }
    Ok(())
}

/// Handler for `add` requests: that a record is known already is no reason to roll back.
fn pardon_known() -> Closure<dyn FnMut(Event)> {
    Closure::new(|event: Event| {
        let request = event.target().and_then(|t| t.dyn_into::<IdbRequest>().ok());
        let error = request.and_then(|r| r.error().ok().flatten());
        if error.is_some_and(|e: DomException| e.name() == "ConstraintError") {
            event.prevent_default();
            event.stop_propagation();
        }
    })
}

/// Issues an `add` per record, slice by slice, and returns the requests.
async fn add_all(
    tx: &Tx,
    records: &[Record],
    on_error: Option<&Closure<dyn FnMut(Event)>>,
    mut progress: impl FnMut(u64, u64),
) -> Result<Vec<IdbRequest>, StoreError> {
    let store = tx.store(CHANGES)?;
    let mut requests = Vec::with_capacity(records.len());
    let (mut issued, mut pace) = (0, Pace::begin());
    for record in records {
        if issued == SLICE_RECORDS || !pace.has_time() {
            tx.turn(&store).await?;
            progress(requests.len() as u64, records.len() as u64);
            (issued, pace) = (0, Pace::begin());
        }
        let request = store.add(&stored(record)).map_err(|e| tx.failure(&e))?;
        if let Some(handler) = on_error {
            request.set_onerror(Some(handler.as_ref().unchecked_ref()));
        }
        requests.push(request);
        issued += 1;
    }
    progress(records.len() as u64, records.len() as u64);
    Ok(requests)
}

fn seq_of(request: &IdbRequest) -> Result<Option<u64>, StoreError> {
    if request.error()?.is_some() {
        return Ok(None);
    }
    Ok(request.result()?.as_f64().map(|seq| seq as u64))
}
