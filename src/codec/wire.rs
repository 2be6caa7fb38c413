//! A change as it is written: in the log, in exported files, between tabs.
//!
//! This is the compatibility surface. Version 2:
//! `{"v":2,"at":stamp,"part":[0,1],"do":[intent,sentence],"by":person,"undoes":stamp,`
//! `"set":[["deal:0…",field,value,field,value,…],…],"was":[…]}`.
//! `by`, `undoes`, `part` and `was` are left out when there is nothing to say. An entry of a
//! field with entries is named with its key, `custom.00000000000000f1`; a value of `null`
//! removes it. A change of many edits is written in parts that each stand for themselves: all
//! edits of an entity are in one part, so applying parts in any order gives the whole.
//!
//! Version 1 has the same shape and fewer words: nine kinds, and no entries. The number was
//! raised so that a page which knows only those calls a record newer, and not nonsense.

mod read;

pub use crate::domain::divide::PART;
use crate::domain::order::Order;
pub use read::decode;

use super::json::Out;
use super::place;
use crate::domain::change::{Change, Edit};
use crate::domain::divide::Parts;
use crate::domain::stamp::Stamp;
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, SerializeTuple, Serializer};
use std::collections::{HashMap, HashSet};

/// The version written now.
pub const VERSION: u32 = 2;

/// The oldest version whose records are of the shape of today, so that they are read without
/// being brought up to date first.
const SAME_SHAPE: u32 = 1;

/// Why a record cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Written by a newer Fairlead.
    #[error(
        "This was written by a newer Fairlead (format {found}; this page knows up to {VERSION}). Reload the page to get the newest one."
    )]
    Newer {
        /// The version found.
        found: u32,
    },
    /// Not JSON, or JSON of another shape.
    #[error("{message} (line {line}, column {column})")]
    Json {
        /// What is wrong.
        message: String,
        /// Line in the text, from 1.
        line: usize,
        /// Column in the line, from 1.
        column: usize,
        /// The text stopped before its end.
        cut: bool,
    },
    /// JSON of the right shape with something in it that makes no sense.
    #[error("{message}")]
    Sense {
        /// What is wrong, without full stop.
        message: String,
        /// The byte of the text it stands at.
        at: usize,
    },
}

impl WireError {
    /// From the JSON reader's error.
    #[must_use]
    pub fn json(error: &serde_json::Error) -> Self {
        Self::Json {
            message: place::plain(error),
            line: error.line(),
            column: error.column(),
            cut: error.is_eof(),
        }
    }

    /// Something that makes no sense, at the beginning of the text.
    #[must_use]
    pub fn sense(message: impl Into<String>) -> Self {
        Self::Sense {
            message: message.into(),
            at: 0,
        }
    }
}

/// One part of a change as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The change, with this part's edits only.
    pub change: Change,
    /// Which part, from 0.
    pub index: u32,
    /// Of how many.
    pub of: u32,
}

/// A part ready to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The change's stamp.
    pub stamp: String,
    /// Which part, from 0.
    pub part: u32,
    /// The entities it touches, as `deal:0…`.
    pub entities: Vec<String>,
    /// The JSON text, one line.
    pub json: String,
}

/// Writes a change, in as many parts as it needs.
#[must_use]
pub fn encode(change: &Change) -> Vec<Written> {
    let parts = split(change);
    let of = parts.len() as u32;
    parts
        .into_iter()
        .zip(0_u32..)
        .map(|(change, index)| Part { change, index, of }.encode())
        .collect()
}

impl Part {
    /// Writes the part as it is.
    #[must_use]
    pub fn encode(&self) -> Written {
        let record = OutRecord {
            change: &self.change,
            index: self.index,
            of: self.of,
        };
        // Writing plain data to memory cannot fail.
        self.written_as(serde_json::to_string(&record).unwrap_or_default())
    }

    /// The part with a text that says the same: the one it was read from.
    #[must_use]
    pub fn written_as(&self, json: String) -> Written {
        let entities = self.change.entities();
        Written {
            stamp: self.change.stamp.to_string(),
            part: self.index,
            entities: entities.iter().map(ToString::to_string).collect(),
            json,
        }
    }
}

/// Splits a change so that all edits of an entity stay together.
fn split(change: &Change) -> Vec<Change> {
    if change.edits.len() <= PART {
        return vec![change.clone()];
    }
    let parts: Parts = change.edits.iter().cloned().collect();
    let before = parts.along(&change.before);
    parts
        .into_iter()
        .zip(before)
        .map(|(edits, before)| Change {
            edits,
            before,
            ..change.bare()
        })
        .collect()
}

struct OutRecord<'a> {
    change: &'a Change,
    index: u32,
    of: u32,
}

impl Serialize for OutRecord<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let c = self.change;
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("v", &VERSION)?;
        map.serialize_entry("at", &c.stamp.to_string())?;
        if self.of > 1 {
            map.serialize_entry("part", &[self.index, self.of])?;
        }
        map.serialize_entry("do", &[c.intent.kind.code(), &c.intent.text])?;
        if let Some(author) = c.author {
            map.serialize_entry("by", &author.to_string())?;
        }
        if let Some(undoes) = c.undoes {
            map.serialize_entry("undoes", &undoes.to_string())?;
        }
        map.serialize_entry("set", &OutEdits(&c.edits))?;
        if !c.before.is_empty() {
            map.serialize_entry("was", &OutEdits(&c.before))?;
        }
        map.end()
    }
}

/// Edits with runs of the same entity drawn together.
struct OutEdits<'a>(&'a [Edit]);

impl Serialize for OutEdits<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut seq = s.serialize_seq(None)?;
        for run in self.0.chunk_by(|a, b| a.entity() == b.entity()) {
            seq.serialize_element(&OutRun(run))?;
        }
        seq.end()
    }
}

struct OutRun<'a>(&'a [Edit]);

impl Serialize for OutRun<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut seq = s.serialize_tuple(1 + 2 * self.0.len())?;
        if let Some(first) = self.0.first() {
            seq.serialize_element(&first.entity().to_string())?;
        }
        for edit in self.0 {
            seq.serialize_element(&*edit.code())?;
            seq.serialize_element(&Out(&edit.value()))?;
        }
        seq.end()
    }
}

/// One change of its parts, in their order; none of none.
#[must_use]
pub fn joined(parts: Vec<Change>) -> Option<Change> {
    let mut all = parts.into_iter();
    let mut whole = all.next()?;
    for part in all {
        whole.edits.extend(part.edits);
        whole.before.extend(part.before);
    }
    Some(whole)
}

/// The first change of which parts are missing, if there is one.
#[must_use]
pub fn lacking(parts: &[Part]) -> Option<&Change> {
    let mut found: HashMap<Stamp, HashSet<u32>> = HashMap::new();
    for part in parts.iter().filter(|part| part.of > 1) {
        let indices = found.entry(part.change.stamp).or_default();
        indices.extend((part.index < part.of).then_some(part.index));
    }
    let lacks = |part: &&Part| {
        let indices = found.get(&part.change.stamp).map_or(1, HashSet::len);
        indices != part.of as usize
    };
    parts.iter().find(lacks).map(|part| &part.change)
}

/// Puts parts of the same change together, in order of first mention. Says which stamps
/// lack parts.
#[must_use]
pub fn assemble(parts: Vec<Part>) -> (Vec<Change>, Vec<Stamp>) {
    let mut order: Vec<Stamp> = Vec::new();
    let mut found: HashMap<Stamp, Vec<Part>> = HashMap::new();
    for part in parts {
        let stamp = part.change.stamp;
        let list = found.entry(stamp).or_default();
        if list.is_empty() {
            order.push(stamp);
        }
        if !list.iter().any(|p| p.index == part.index) {
            list.push(part);
        }
    }
    let mut incomplete = Vec::new();
    let changes = order
        .into_iter()
        .filter_map(|stamp| {
            let mut list = found.remove(&stamp)?;
            list.order_by_key(|p| p.index);
            let fits = |(n, part): (usize, &Part)| {
                part.index as usize == n && part.of as usize == list.len()
            };
            if !list.iter().enumerate().all(fits) {
                incomplete.push(stamp);
            }
            joined(list.into_iter().map(|p| p.change).collect())
        })
        .collect();
    (changes, incomplete)
}
