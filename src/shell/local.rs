//! localStorage: preferences, and the sentinel. Never data: after a crash of the browser the
//! last seconds of localStorage are lost (measured, 5 of 5 runs).

use serde::{Deserialize, Serialize};
use web_sys::Storage;

use super::error::StoreError;

const PREFS: &str = "fairlead.prefs";
const REMINDED: &str = "fairlead.reminded";
const SENTINEL: &str = "fairlead.sentinel";

/// What the database is expected to hold: kept outside of it, to notice when it opens empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentinel {
    /// Counts restores and wipes.
    pub generation: u64,
    /// Records in the log.
    pub changes: u64,
    /// Deals in the state.
    pub deals: u64,
    /// When it was written, ms since 1970 UTC.
    pub saved_at: i64,
}

/// The preferences as one JSON text; `None` when there are none yet.
///
/// # Errors
/// `Unavailable` when the browser refuses storage.
pub fn read_prefs() -> Result<Option<String>, StoreError> {
    Ok(storage()?.get_item(PREFS)?)
}

/// Keeps the preferences.
///
/// # Errors
/// `Unavailable`, or `Quota`.
pub fn write_prefs(json: &str) -> Result<(), StoreError> {
    Ok(storage()?.set_item(PREFS, json)?)
}

/// The sentinel; `None` when nothing was ever saved here.
///
/// # Errors
/// `Corrupt` when its text cannot be read; treat that as "there was data".
pub fn read_sentinel() -> Result<Option<Sentinel>, StoreError> {
    let Some(text) = storage()?.get_item(SENTINEL)? else {
        return Ok(None);
    };
    serde_json::from_str(&text)
        .map(Some)
        .map_err(|error| StoreError::Corrupt(format!("the note of what was saved, {error}")))
}

/// Keeps the sentinel.
///
/// # Errors
/// `Unavailable`, or `Quota`.
pub fn write_sentinel(sentinel: &Sentinel) -> Result<(), StoreError> {
    let text =
        serde_json::to_string(sentinel).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(storage()?.set_item(SENTINEL, &text)?)
}

/// Forgets the sentinel: after the user has wiped the data on purpose.
///
/// # Errors
/// `Unavailable` when the browser refuses storage.
pub fn clear_sentinel() -> Result<(), StoreError> {
    Ok(storage()?.remove_item(SENTINEL)?)
}

/// What was reminded of already; nothing where the browser refuses storage.
pub fn read_reminded() -> Vec<String> {
    let text = storage()
        .ok()
        .and_then(|s| s.get_item(REMINDED).ok().flatten());
    text.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Notes what was reminded of. Without storage a reload may remind once more.
pub fn write_reminded(shown: &[String]) {
    if let (Ok(storage), Ok(text)) = (storage(), serde_json::to_string(shown)) {
        let _ = storage.set_item(REMINDED, &text);
    }
}

fn storage() -> Result<Storage, StoreError> {
    let missing = || {
        StoreError::Unavailable(
            "This browser does not let the page remember settings, as in some private windows."
                .to_owned(),
        )
    };
    let window = web_sys::window().ok_or_else(missing)?;
    window.local_storage().ok().flatten().ok_or_else(missing)
}
