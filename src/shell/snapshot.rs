//! The snapshot: a cache of the state at some `seq` of the log, in chunks, so that opening does
//! not replay everything and a save writes only the chunks that changed. Never the only copy:
//! whatever is wrong with it, it is dropped and made again from the log.

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::prelude::*;

use super::checksum::xxh64;
use super::error::StoreError;
use super::idb::Durability;
use super::log_store::{CHUNKS, LogStore, META};
use super::tx::{Tx, done};

/// Key of the manifest in `meta`; the sign keeps it apart from the callers' keys.
const MANIFEST: &str = "#snapshot";
/// Chunks are written in slices of about this many bytes, to let the page paint in between.
const SLICE_BYTES: usize = 4 << 20;

/// What reading the snapshot found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SnapshotRead {
    /// There is none.
    Absent,
    /// It is whole.
    Found {
        /// The text given to [`LogStore::put_snapshot`].
        manifest: String,
        /// Key and bytes of every chunk, ascending by key.
        chunks: Vec<(String, Vec<u8>)>,
    },
    /// It was damaged, and has been dropped. Holds what was wrong, for a report.
    Damaged(String),
}

#[wasm_bindgen]
extern "C" {
    /// A chunk, or the manifest with its number of chunks.
    #[wasm_bindgen(extends = Object)]
    type Sealed;
    #[wasm_bindgen(method, getter)]
    fn sum(this: &Sealed) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_sum(this: &Sealed, value: &str);
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &Sealed) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_bytes(this: &Sealed, value: &Uint8Array);
    #[wasm_bindgen(method, getter)]
    fn chunks(this: &Sealed) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_chunks(this: &Sealed, value: f64);
}

impl LogStore {
    /// Writes the changed chunks, removes those of `drop_keys` and replaces the manifest, all in
    /// one transaction. Without an older snapshot `dirty` must be all chunks.
    ///
    /// # Errors
    /// The snapshot is as it was.
    pub async fn put_snapshot(
        &self,
        manifest: &str,
        dirty: &[(String, Vec<u8>)],
        drop_keys: &[String],
    ) -> Result<(), StoreError> {
        self.put_over(None, manifest, dirty, drop_keys).await
    }

    /// As [`Self::put_snapshot`], but only over the snapshot with the manifest `base`: over
    /// any other one these chunks would not make a whole.
    ///
    /// # Errors
    /// The snapshot is as it was; `Corrupt` when it is another one.
    pub async fn put_snapshot_over(
        &self,
        base: &str,
        manifest: &str,
        dirty: &[(String, Vec<u8>)],
    ) -> Result<(), StoreError> {
        self.put_over(Some(base), manifest, dirty, &[]).await
    }

    async fn put_over(
        &self,
        base: Option<&str>,
        manifest: &str,
        dirty: &[(String, Vec<u8>)],
        drop_keys: &[String],
    ) -> Result<(), StoreError> {
        let tx = self.db.write(&[CHUNKS, META], Durability::Relaxed)?;
        let chunks = tx.store(CHUNKS)?;
        if let Some(base) = base {
            let sealed = done(tx.store(META)?.get(&MANIFEST.into())?).await?;
            if unseal(sealed.unchecked_ref()).as_deref() != Some(base.as_bytes()) {
                let why = "the snapshot was replaced meanwhile";
                return Err(StoreError::Corrupt(why.to_owned()));
            }
        }
        let mut issued = 0;
        for (key, bytes) in dirty {
            if issued >= SLICE_BYTES {
                tx.turn(&chunks).await?;
                issued = 0;
            }
            chunks
                .put_with_key(&seal(bytes), &key.into())
                .map_err(|e| tx.failure(&e))?;
            issued += bytes.len();
        }
        for key in drop_keys {
            chunks.delete(&key.into()).map_err(|e| tx.failure(&e))?;
        }
        let count = chunks.count().map_err(|e| tx.failure(&e))?;
        let count = match done(count).await {
            Err(StoreError::Aborted) => return Err(tx.reason()),
            other => other?.as_f64().unwrap_or_default(),
        };
        let sealed = seal(manifest.as_bytes());
        sealed.set_chunks(count);
        tx.store(META)?
            .put_with_key(&sealed, &MANIFEST.into())
            .map_err(|e| tx.failure(&e))?;
        tx.commit().await
    }

    /// Reads the snapshot, verifying every checksum and the number of chunks. A damaged one is
    /// dropped, so that the next [`Self::put_snapshot`] starts from nothing.
    ///
    /// # Errors
    /// When the database cannot be read; damage is not an error.
    pub async fn get_snapshot(&self) -> Result<SnapshotRead, StoreError> {
        let [meta, chunks] = self.db.read_many([META, CHUNKS])?;
        let manifest = done(meta.get(&MANIFEST.into())?);
        let keys = done(chunks.get_all_keys()?);
        let values = done(chunks.get_all()?);
        let (manifest, keys, values) = (manifest.await?, keys.await?, values.await?);
        let (keys, values): (Array, Array) = (keys.unchecked_into(), values.unchecked_into());
        if manifest.is_undefined() && keys.length() == 0 {
            return Ok(SnapshotRead::Absent);
        }
        match verified(manifest.unchecked_ref(), &keys, &values) {
            Ok(found) => Ok(found),
            Err(what) => {
                self.drop_snapshot().await?;
                Ok(SnapshotRead::Damaged(what))
            }
        }
    }

    /// The text given to the last [`Self::put_snapshot`]; none when there is no snapshot, or
    /// one whose note is damaged.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get_manifest(&self) -> Result<Option<String>, StoreError> {
        let sealed = done(self.db.read(META)?.get(&MANIFEST.into())?).await?;
        let text = unseal(sealed.unchecked_ref());
        Ok(text.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    /// Removes the snapshot; the log stays.
    ///
    /// # Errors
    /// Nothing was removed.
    pub async fn drop_snapshot(&self) -> Result<(), StoreError> {
        let tx = self.db.write(&[CHUNKS, META], Durability::Relaxed)?;
        drop_in(&tx)?;
        tx.commit().await
    }
}

/// Removes the snapshot as part of a transaction over `chunks` and `meta`.
pub(super) fn drop_in(tx: &Tx) -> Result<(), StoreError> {
    tx.store(CHUNKS)?.clear()?;
    tx.store(META)?.delete(&MANIFEST.into())?;
    Ok(())
}

fn verified(manifest: &Sealed, keys: &Array, values: &Array) -> Result<SnapshotRead, String> {
    if manifest.is_undefined() {
        return Err("the manifest is missing".to_owned());
    }
    let text = unseal(manifest).ok_or("the manifest does not match its checksum")?;
    let manifest_text = String::from_utf8(text).map_err(|_| "the manifest is not text")?;
    if manifest.chunks().as_f64() != Some(f64::from(keys.length())) {
        return Err(format!("{} chunks, not as many as written", keys.length()));
    }
    let mut chunks = Vec::with_capacity(keys.length() as usize);
    for (key, value) in keys.iter().zip(values.iter()) {
        let key = key.as_string().ok_or("a chunk has no name")?;
        let bytes = unseal(value.unchecked_ref())
            .ok_or_else(|| format!("chunk {key} does not match its checksum"))?;
        chunks.push((key, bytes));
    }
    Ok(SnapshotRead::Found {
        manifest: manifest_text,
        chunks,
    })
}

fn seal(bytes: &[u8]) -> Sealed {
    let sealed: Sealed = Object::new().unchecked_into();
    sealed.set_bytes(&Uint8Array::from(bytes));
    sealed.set_sum(&sum_of(bytes));
    sealed
}

fn unseal(sealed: &Sealed) -> Option<Vec<u8>> {
    if !sealed.is_object() {
        return None;
    }
    let bytes = sealed.bytes().dyn_into::<Uint8Array>().ok()?.to_vec();
    (sealed.sum().as_string()? == sum_of(&bytes)).then_some(bytes)
}

/// As text, since a JavaScript number holds only 53 bits.
fn sum_of(bytes: &[u8]) -> String {
    format!("{:016x}", xxh64(bytes))
}
