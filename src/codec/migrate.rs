//! Bringing records of older versions up to date, one version at a time, on raw JSON:
//! never on today's types, which change.

use super::wire::{VERSION, WireError};
use serde_json::Value;

/// One step: from version `n + 1` (its place in [`STEPS`]) to the next.
type Step = fn(Value) -> Result<Value, WireError>;

/// The steps, in order. The length is tied to [`VERSION`], so a new version does not compile
/// without its step.
const STEPS: [Step; VERSION as usize - 1] = [first_to_second];

/// Version 2 only knows more words: whatever version 1 says, it says in the same way.
fn first_to_second(record: Value) -> Result<Value, WireError> {
    Ok(record)
}

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
    if let Some(v) = value.get_mut("v") {
        *v = VERSION.into();
    }
    Ok(value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_version_is_the_first_with_another_number() {
        let text = r#"{"at":"x","set":[["deal:1","title","a",null,[9007199254740993]]],"v":1}"#;
        let second = text.replace("\"v\":1", "\"v\":2");
        assert_eq!(to_current(text, 1), Ok(second.clone()));
        assert_eq!(to_current(&second, 2), Ok(second));
    }
}
