//! More ways to read the log: from its end, by change, and the keys of the snapshot.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::IdbKeyRange;

use super::error::StoreError;
use super::log_store::{BY_STAMP, CHANGES, CHUNKS, LogStore};
use super::record::{Record, records_of};
use super::tx::done;

impl LogStore {
    /// The last `limit` records by `seq`, ascending.
    ///
    /// # Errors
    /// As [`LogStore::read_since`].
    pub async fn read_last(&self, limit: u32) -> Result<Vec<Record>, StoreError> {
        let mut span = u64::from(limit);
        let last = self.last_seq().await?;
        // `seq` has gaps after a wipe, so a span of the right length may hold too few.
        loop {
            let from = last.saturating_sub(span);
            let mut found = self
                .read_since(from, u32::try_from(span).unwrap_or(u32::MAX))
                .await?;
            if found.len() >= limit as usize || from == 0 {
                let surplus = found.len().saturating_sub(limit as usize);
                found.drain(..surplus);
                return Ok(found);
            }
            span = span.saturating_mul(4);
        }
    }

    /// Parts of the change with this stamp in their order, up to `limit` from part `from` on.
    ///
    /// # Errors
    /// As [`LogStore::read_since`].
    pub async fn read_parts(
        &self,
        stamp: &str,
        from: u32,
        limit: u32,
    ) -> Result<Vec<Record>, StoreError> {
        let key = |part: f64| Array::of2(&stamp.into(), &part.into());
        let parts = IdbKeyRange::bound(&key(f64::from(from)), &key(f64::INFINITY))?;
        let index = self.db.read(CHANGES)?.index(BY_STAMP)?;
        let request = index.get_all_with_key_and_limit(&parts, limit)?;
        records_of(&done(request).await?)
    }

    /// The keys of the snapshot's chunks.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get_chunk_keys(&self) -> Result<Vec<String>, StoreError> {
        let keys: Array = done(self.db.read(CHUNKS)?.get_all_keys()?)
            .await?
            .unchecked_into();
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }
}
