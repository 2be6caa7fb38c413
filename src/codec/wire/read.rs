//! Reading one record, and saying which of its values makes no sense.

use super::{Part, SAME_SHAPE, VERSION, WireError};
use crate::codec::json::In;
use crate::codec::migrate;
use crate::domain::change::{BadEdit, Change, Edit, EntityRef, Intent, IntentKind, Kind};
use crate::domain::ids::BadId;
use crate::domain::stamp::Stamp;
use crate::domain::value::Value;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(expecting = "a change")]
struct Version {
    v: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a change")]
struct InRecord {
    v: u32,
    at: String,
    #[serde(default)]
    part: Option<(u32, u32)>,
    #[serde(rename = "do")]
    intent: (String, String),
    #[serde(default)]
    by: Option<String>,
    #[serde(default)]
    undoes: Option<String>,
    set: Vec<Vec<In>>,
    #[serde(default)]
    was: Vec<Vec<In>>,
}

/// Reads one record of any version up to this one.
///
/// # Errors
/// [`WireError`] says what is wrong; a newer version is always recognised as such.
pub fn decode(json: &str) -> Result<Part, WireError> {
    if json.trim_start().starts_with('[') {
        // The JSON reader would take the values of a list in order.
        return Err(WireError::sense("a change is expected, a list was found"));
    }
    match serde_json::from_str::<InRecord>(json) {
        Ok(record) if (SAME_SHAPE..=VERSION).contains(&record.v) => {
            sense(record).map_err(|nonsense| nonsense.located(json))
        }
        Ok(record) if record.v > VERSION => Err(WireError::Newer { found: record.v }),
        first => {
            // Of another version, then, whose shape may differ: find out which.
            let version = serde_json::from_str::<Version>(json)
                .map_err(|e| WireError::json(&e))?
                .v;
            match first {
                _ if version > VERSION => Err(WireError::Newer { found: version }),
                Err(error) if version >= SAME_SHAPE => Err(WireError::json(&error)),
                _ => older(json, version),
            }
        }
    }
}

/// Reads a record of a version whose shape is another one.
fn older(json: &str, version: u32) -> Result<Part, WireError> {
    let text = migrate::to_current(json, version)?;
    let record = serde_json::from_str::<InRecord>(&text).map_err(|e| WireError::json(&e))?;
    // Places in the migrated text would mean nothing in this one.
    sense(record).map_err(|nonsense| WireError::sense(nonsense.message))
}

/// The latest time a change can have, in milliseconds since 1970: the end of the year 9999.
/// Far below what a stamp can hold, so that a clock which has seen it can still go on.
const LATEST: i64 = 253_402_300_799_999;

/// Which value of a record makes no sense, and why.
struct Nonsense {
    part: &'static str,
    /// In a list of runs: which run, and which of its parts.
    within: (usize, usize),
    message: String,
}

impl Nonsense {
    fn new(part: &'static str, message: impl ToString) -> Self {
        Self {
            part,
            within: (0, 0),
            message: message.to_string(),
        }
    }

    /// Finds its place by reading the record once more.
    fn located(self, json: &str) -> WireError {
        type Raw<'a> = &'a serde_json::value::RawValue;
        let find = || {
            let parts: std::collections::HashMap<&str, Raw<'_>> =
                serde_json::from_str(json).ok()?;
            let whole = *parts.get(self.part)?;
            let runs: Option<Vec<Vec<Raw<'_>>>> = serde_json::from_str(whole.get()).ok();
            let (run, part) = self.within;
            let found = runs.as_ref().and_then(|r| r.get(run)?.get(part));
            Some(found.unwrap_or(&whole).get().as_ptr() as usize - json.as_ptr() as usize)
        };
        WireError::Sense {
            at: find().unwrap_or(0),
            message: self.message,
        }
    }
}

fn sense(record: InRecord) -> Result<Part, Nonsense> {
    let stamp = |part, text: &str| text.parse::<Stamp>().map_err(|e| Nonsense::new(part, e));
    let (code, text) = record.intent;
    let kind = IntentKind::from_code(&code).ok_or_else(|| {
        let code: String = code.chars().take(40).collect();
        Nonsense::new("do", format!("“{code}” is not something Fairlead does"))
    })?;
    let author = match record.by {
        Some(by) => Some(by.parse().map_err(|e: BadId| Nonsense::new("by", e))?),
        None => None,
    };
    let at = stamp("at", &record.at)?;
    if at == Stamp::ZERO {
        return Err(Nonsense::new("at", "a change cannot be without a time"));
    }
    if at.ms() > LATEST {
        let message = "a change cannot be from after the year 9999";
        return Err(Nonsense::new("at", message));
    }
    let undoes = record.undoes.as_deref().map(|text| stamp("undoes", text));
    let change = Change {
        stamp: at,
        intent: Intent::new(kind, text),
        author,
        edits: edits("set", record.set)?,
        before: edits("was", record.was)?,
        undoes: undoes.transpose()?,
    };
    let (index, of) = record.part.unwrap_or((0, 1));
    if index >= of {
        let message = format!("there is no part {} of {of}", u64::from(index) + 1);
        return Err(Nonsense::new("part", message));
    }
    Ok(Part { change, index, of })
}

fn edits(list: &'static str, runs: Vec<Vec<In>>) -> Result<Vec<Edit>, Nonsense> {
    let mut edits = Vec::new();
    for (run, parts) in runs.into_iter().enumerate() {
        let bad = |part, message: String| Nonsense {
            part: list,
            within: (run, part),
            message,
        };
        let mut parts = parts.into_iter().map(|In(value)| value).enumerate();
        let entity = match parts.next() {
            Some((_, Value::Text(text))) => entity(&text).map_err(|m| bad(0, m))?,
            _ => {
                let message = "this should say what the values after it belong to, such as deal:00000000000000d1";
                return Err(bad(0, message.to_owned()));
            }
        };
        while let Some((at, name)) = parts.next() {
            let Value::Text(name) = name else {
                return Err(bad(
                    at,
                    format!("the name of a field is expected, {} was found", name.kind()),
                ));
            };
            let Some((value_at, value)) = parts.next() else {
                return Err(bad(at, format!("the field “{name}” has no value")));
            };
            let edit = Edit::from_parts(entity, &name, value).map_err(|e| match e {
                BadEdit::Field { .. } => bad(at, e.to_string()),
                BadEdit::Value { .. } => bad(value_at, e.to_string()),
            })?;
            edits.push(edit);
        }
    }
    Ok(edits)
}

/// Reads `deal:00000000000000d1`, or says what is wrong with it.
fn entity(text: &str) -> Result<EntityRef, String> {
    text.parse().map_err(|error: BadId| {
        let short = |text: &str| text.chars().take(40).collect::<String>();
        match text.split_once(':') {
            Some((kind, _)) if Kind::from_code(kind).is_none() => {
                format!("Fairlead keeps nothing called “{}”", short(kind))
            }
            Some((_, id)) => BadId(short(id)).to_string(),
            None => error.to_string(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::wire::encode;

    const FIRST: &str = include_str!("../../../tests/fixtures/v1.json");

    #[test]
    fn a_record_brought_up_to_date_says_what_it_said() {
        let records = FIRST.lines().filter(|line| line.starts_with("{\"v\":1,"));
        let mut count = 0;
        for line in records {
            let record = line.strip_suffix(',').unwrap_or(line);
            let direct = decode(record);
            assert!(direct.is_ok(), "{record}");
            assert_eq!(older(record, 1), direct);
            count += 1;
        }
        assert_eq!(count, FIRST.lines().count() - 2);
    }

    #[test]
    fn what_is_wrong_with_an_older_record_is_said_without_a_place_in_it() {
        let record =
            r#"{"v":1,"at":"01a207d92100-0000-000000000000000a","do":["fly",""],"set":[]}"#;
        let message = "“fly” is not something Fairlead does";
        assert_eq!(older(record, 1), Err(WireError::sense(message)));
        let at = record.find(r#"["fly""#).unwrap();
        let message = message.to_owned();
        assert_eq!(decode(record), Err(WireError::Sense { message, at }));
        assert!(matches!(older("{", 1), Err(WireError::Json { .. })));
        let never = WireError::sense("there never was a format 0");
        assert_eq!(decode(&record.replace(":1,", ":0,")), Err(never.clone()));
        assert_eq!(decode(r#"{"v":0,"was":"of another shape"}"#), Err(never));
    }

    #[test]
    fn what_is_read_in_an_older_version_is_written_in_this_one() {
        let line = FIRST.lines().nth(1).unwrap();
        let part = decode(line.strip_suffix(',').unwrap()).unwrap();
        let written = encode(&part.change);
        assert_eq!(written.len(), 1);
        assert!(
            written[0]
                .json
                .starts_with(&format!("{{\"v\":{VERSION},\"at\":"))
        );
        assert_eq!(decode(&written[0].json), Ok(part));
    }
}
