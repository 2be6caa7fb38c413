//! Rows of the state as bytes, for the snapshot. A cache, not a format to keep: when
//! [`VERSION`] or the checksum does not fit, the snapshot is built anew from the log.
//!
//! A chunk is: version, the stamps that occur (each once), then the rows. Numbers are
//! LEB128, signed ones zigzag.

use crate::domain::change::{EntityRef, Kind};
use crate::domain::ids::{DealId, StageId};
use crate::domain::stamp::Stamp;
use crate::domain::state::{StageEntry, State};
use crate::domain::value::Value;
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;

/// Of the packed rows; to be raised with any change of fields that is not an addition at
/// the end, or of the packing.
pub const VERSION: u8 = 1;

/// A chunk that cannot be read: damaged, or of another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the snapshot cannot be read")]
pub struct Unreadable;

/// Packs rows into a chunk.
#[must_use]
pub fn pack(state: &State, rows: &[EntityRef]) -> Vec<u8> {
    let mut stamps = Dictionary::default();
    let mut body = Vec::with_capacity(rows.len() * 160);
    put_len(&mut body, rows.len());
    for entity in rows {
        body.push(kind_number(entity.kind));
        body.extend(entity.id.to_le_bytes());
        put_len(&mut body, stamps.index(state.tables.born(*entity)));
        let fields = state.tables.fields(*entity);
        put_len(&mut body, fields.len());
        for (key, stamp, value) in &fields {
            body.push(*key);
            put_len(&mut body, stamps.index(*stamp));
            put_value(&mut body, value);
        }
        if entity.kind == Kind::Deal {
            let entries = state.raw_entries(DealId(entity.id));
            put_len(&mut body, entries.len());
            for entry in entries {
                put_int(&mut body, entry.since);
                put_len(&mut body, stamps.index(entry.stamp));
                body.extend(entry.stage.0.to_le_bytes());
                put_len(&mut body, stamps.index(entry.undoes));
            }
        }
    }
    let mut chunk = vec![VERSION];
    put_len(&mut chunk, stamps.list.len());
    for stamp in &stamps.list {
        let (time, node) = stamp.to_raw();
        chunk.extend(time.to_le_bytes());
        chunk.extend(node.to_le_bytes());
    }
    chunk.extend(body);
    chunk
}

/// Puts the rows of a chunk into a state. Returns how many there were.
///
/// # Errors
/// [`Unreadable`]; the state may hold some of the rows then and is to be thrown away.
pub fn unpack(bytes: &[u8], state: &mut State) -> Result<usize, Unreadable> {
    let mut input = Input(bytes);
    if input.byte()? != VERSION {
        return Err(Unreadable);
    }
    let count = input.len()?;
    let mut stamps = Vec::with_capacity(count.min(bytes.len() / 16));
    for _ in 0..count {
        stamps.push(Stamp::from_raw(input.u64()?, input.u64()?));
    }
    let stamp = |n: usize| stamps.get(n).copied().ok_or(Unreadable);
    let rows = input.len()?;
    for _ in 0..rows {
        let kind = *Kind::ALL.get(input.byte()? as usize).ok_or(Unreadable)?;
        let entity = EntityRef {
            kind,
            id: input.u64()?,
        };
        let born = stamp(input.len()?)?;
        let fields = input.len()?;
        let mut list = Vec::with_capacity(fields.min(64));
        for _ in 0..fields {
            let key = input.byte()?;
            list.push((key, stamp(input.len()?)?, input.value(0)?));
        }
        state
            .tables
            .restore(entity, born, list)
            .map_err(|_| Unreadable)?;
        if kind == Kind::Deal {
            for _ in 0..input.len()? {
                let entry = StageEntry {
                    since: input.int()?,
                    stamp: stamp(input.len()?)?,
                    stage: StageId(input.u64()?),
                    undoes: stamp(input.len()?)?,
                };
                state.restore_entry(DealId(entity.id), entry);
            }
        }
    }
    if input.0.is_empty() {
        Ok(rows)
    } else {
        Err(Unreadable)
    }
}

fn kind_number(kind: Kind) -> u8 {
    Kind::ALL.iter().position(|k| *k == kind).unwrap_or(0) as u8
}

#[derive(Default)]
struct Dictionary {
    list: Vec<Stamp>,
    known: HashMap<Stamp, usize>,
}

impl Dictionary {
    fn index(&mut self, stamp: Stamp) -> usize {
        *self.known.entry(stamp).or_insert_with(|| {
            self.list.push(stamp);
            self.list.len() - 1
        })
    }
}

fn put_len(out: &mut Vec<u8>, n: usize) {
    put_varint(out, n as u64);
}

fn put_varint(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push((n as u8) | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn put_int(out: &mut Vec<u8>, n: i64) {
    put_varint(out, ((n << 1) ^ (n >> 63)) as u64);
}

fn put_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.push(0),
        Value::Bool(false) => out.push(1),
        Value::Bool(true) => out.push(2),
        Value::Int(n) => {
            out.push(3);
            out.extend(n.to_le_bytes());
        }
        Value::Id(raw) => {
            out.push(4);
            out.extend(raw.to_le_bytes());
        }
        Value::Date(date) => {
            out.push(5);
            out.extend(date.num_days_from_ce().to_le_bytes());
        }
        Value::Text(text) => {
            out.push(6);
            put_len(out, text.len());
            out.extend(text.as_bytes());
        }
        Value::List(parts) => {
            out.push(7);
            put_len(out, parts.len());
            parts.iter().for_each(|part| put_value(out, part));
        }
        Value::Map(parts) => {
            out.push(8);
            put_len(out, parts.len());
            for (name, part) in parts {
                put_len(out, name.len());
                out.extend(name.as_bytes());
                put_value(out, part);
            }
        }
    }
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], Unreadable> {
        let (head, rest) = self.0.split_at_checked(n).ok_or(Unreadable)?;
        self.0 = rest;
        Ok(head)
    }
    fn byte(&mut self) -> Result<u8, Unreadable> {
        self.take(1).map(|b| b[0])
    }
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        self.take(N)?.try_into().map_err(|_| Unreadable)
    }
    fn u64(&mut self) -> Result<u64, Unreadable> {
        self.array().map(u64::from_le_bytes)
    }
    fn varint(&mut self) -> Result<u64, Unreadable> {
        let mut n = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(n);
            }
        }
        Err(Unreadable)
    }
    fn len(&mut self) -> Result<usize, Unreadable> {
        usize::try_from(self.varint()?).map_err(|_| Unreadable)
    }
    fn int(&mut self) -> Result<i64, Unreadable> {
        let n = self.varint()?;
        Ok(((n >> 1) as i64) ^ -((n & 1) as i64))
    }
    fn text(&mut self) -> Result<String, Unreadable> {
        let len = self.len()?;
        std::str::from_utf8(self.take(len)?)
            .map(str::to_owned)
            .map_err(|_| Unreadable)
    }
    fn value(&mut self, depth: u32) -> Result<Value, Unreadable> {
        if depth > 32 {
            return Err(Unreadable);
        }
        Ok(match self.byte()? {
            0 => Value::Null,
            1 => Value::Bool(false),
            2 => Value::Bool(true),
            3 => Value::Int(i64::from_le_bytes(self.array()?)),
            4 => Value::Id(self.u64()?),
            5 => {
                let days = i32::from_le_bytes(self.array()?);
                Value::Date(NaiveDate::from_num_days_from_ce_opt(days).ok_or(Unreadable)?)
            }
            6 => Value::Text(self.text()?),
            7 => {
                let n = self.len()?;
                let mut parts = Vec::with_capacity(n.min(64));
                for _ in 0..n {
                    parts.push(self.value(depth + 1)?);
                }
                Value::List(parts)
            }
            8 => {
                let n = self.len()?;
                let mut parts = Vec::with_capacity(n.min(64));
                for _ in 0..n {
                    parts.push((self.text()?, self.value(depth + 1)?));
                }
                Value::Map(parts)
            }
            _ => return Err(Unreadable),
        })
    }
}
