//! Bringing records of older versions up to date, one version at a time, on raw JSON:
//! never on today's types, which change.

use super::wire::{VERSION, WireError};
use serde_json::Value;

/// One step: from version `n + 1` (its place in [`STEPS`]) to the next.
type Step = fn(Value) -> Result<Value, WireError>;

/// The steps, in order. Version 1 is the first there ever was, so there are none yet; the
/// length is tied to [`VERSION`], so a new version does not compile without its step.
const STEPS: [Step; VERSION as usize - 1] = [];

/// The record's text in the present version.
///
/// # Errors
/// [`WireError`] when it is no JSON, or of a version that never was.
pub fn to_current(json: &str, version: u32) -> Result<String, WireError> {
    if version == 0 {
        return Err(WireError::sense("there never was a format 0"));
    }
    let mut value: Value = serde_json::from_str(json).map_err(|e| WireError::json(&e))?;
    for step in STEPS.iter().skip(version as usize - 1) {
        value = step(value)?;
    }
    Ok(value.to_string())
}
