//! Rows of the state as bytes, for the snapshot. A cache, not a format to keep: when
//! [`VERSION`] or the checksum does not fit, the snapshot is built anew from the log.
//!
//! A chunk is: version, the stamps that occur (each once), then the rows. Numbers are
//! LEB128, signed ones zigzag.

use crate::domain::change::{EntityRef, Kept, Kind};
use crate::domain::entity::MAP_BASE;
use crate::domain::ids::{DealId, StageId};
use crate::domain::stamp::Stamp;
use crate::domain::state::{StageEntry, State};
use crate::domain::value::Value;
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;

/// Of the packed rows; to be raised with any change of fields that is not an addition at
/// the end, or of the packing, and with the version of the wire format.
///
/// The latter because a snapshot stands for the log before it: an older page that could
/// still read one would never see the newer records behind it, and go on writing. This way
/// it throws the snapshot away, reads the log, and stops at the first of them.
pub const VERSION: u8 = 2;

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
        for kept in &fields {
            body.push(kept.key);
            if kept.key >= MAP_BASE {
                body.extend(kept.sub.to_le_bytes());
            }
            put_len(&mut body, stamps.index(kept.stamp));
            put_value(&mut body, &kept.value);
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

/// What a chunk says it holds: how many rows, and of which kind the first is. None when it is
/// empty or cannot be read.
#[must_use]
pub fn census(bytes: &[u8]) -> Option<(Kind, usize)> {
    let mut input = Input(bytes);
    if input.byte().ok()? != VERSION {
        return None;
    }
    let stamps = input.len().ok()?.checked_mul(16)?;
    input.take(stamps).ok()?;
    let rows = input.len().ok()?;
    let kind = *Kind::ALL.get(input.byte().ok()? as usize)?;
    // A row takes more than ten bytes, whatever the number says.
    Some((kind, rows.min(bytes.len() / 10)))
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
            list.push(Kept {
                key,
                sub: if key >= MAP_BASE { input.u64()? } else { 0 },
                stamp: stamp(input.len()?)?,
                value: input.value(0)?,
            });
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
        let (first, rest) = self.0.split_first().ok_or(Unreadable)?;
        self.0 = rest;
        Ok(*first)
    }
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        self.take(N)?.try_into().map_err(|_| Unreadable)
    }
    fn u64(&mut self) -> Result<u64, Unreadable> {
        self.array().map(u64::from_le_bytes)
    }
    fn varint(&mut self) -> Result<u64, Unreadable> {
        // Nearly all numbers are of one byte: keys, places in lists, lengths of names.
        let first = self.byte()?;
        if first < 0x80 {
            return Ok(u64::from(first));
        }
        let mut n = u64::from(first & 0x7f);
        for shift in (7..64).step_by(7) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Edit, Intent, IntentKind};
    use crate::domain::deal::{DealField, Placement};
    use crate::domain::party::OrgField;

    fn state() -> State {
        let mut state = State::default();
        let placed = |since| {
            let stage = StageId(7);
            DealField::Placement(Placement { stage, since })
        };
        for (time, fields) in [
            (5, vec![DealField::Title("Möbel".into()), placed(i64::MIN)]),
            (9, vec![placed(i64::MAX), DealField::Created(-1)]),
        ] {
            state.apply(&Change {
                stamp: Stamp::new(time, 3, u64::MAX),
                intent: Intent::new(IntentKind::Import, ""),
                author: None,
                edits: fields
                    .into_iter()
                    .map(|f| Edit::Deal(DealId(u64::MAX), f))
                    .collect(),
                before: Vec::new(),
                undoes: (time == 9).then_some(Stamp::new(5, 3, u64::MAX)),
            });
        }
        state
    }

    fn unpacked(bytes: &[u8]) -> Result<State, Unreadable> {
        let mut state = State::default();
        unpack(bytes, &mut state).map(|_| state)
    }

    #[test]
    fn a_row_keeps_its_stamps_and_all_its_stage_entries() {
        let state = state();
        let bytes = pack(&state, &state.tables.refs());
        let again = unpacked(&bytes).unwrap();
        assert_eq!(again, state);
        assert_eq!(again.raw_entries(DealId(u64::MAX)).len(), 2);
        assert_eq!(census(&bytes), Some((Kind::Deal, 1)));
    }

    #[test]
    fn numbers_of_every_size_come_back() {
        for n in [0, 1, 127, 128, 16_383, 16_384, u64::MAX - 1, u64::MAX] {
            let mut out = Vec::new();
            put_varint(&mut out, n);
            assert_eq!(Input(&out).varint(), Ok(n));
            assert!(Input(&out[..out.len() - 1]).varint().is_err());
        }
        for n in [0, -1, 1, i64::MIN, i64::MAX] {
            let mut out = Vec::new();
            put_int(&mut out, n);
            assert_eq!(Input(&out).int(), Ok(n));
        }
        assert!(Input(&[0xff; 11]).varint().is_err(), "it has to end");
    }

    #[test]
    fn every_shape_of_value_comes_back_and_a_tower_of_lists_does_not() {
        let day = |n| NaiveDate::from_num_days_from_ce_opt(n).unwrap();
        let values = [
            Value::Null,
            Value::Bool(true),
            Value::Bool(false),
            Value::Int(i64::MIN),
            Value::Id(u64::MAX),
            Value::Date(day(0)),
            Value::Date(NaiveDate::MAX),
            Value::Text("“\u{0}\u{1F6CB}".into()),
            Value::Map(vec![(String::new(), Value::List(Vec::new()))]),
        ];
        let mut out = Vec::new();
        values.iter().for_each(|value| put_value(&mut out, value));
        let mut input = Input(&out);
        for value in &values {
            assert_eq!(input.value(0).as_ref(), Ok(value));
        }
        assert!(input.0.is_empty());
        assert!(Input(&[7, 1].repeat(1_000)).value(0).is_err());
    }

    #[test]
    fn whatever_is_not_a_whole_chunk_of_this_version_is_refused() {
        let state = state();
        let bytes = pack(&state, &state.tables.refs());
        for end in 0..bytes.len() {
            assert!(unpacked(&bytes[..end]).is_err(), "{end}");
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(unpacked(&longer).is_err());
        for version in [0, VERSION - 1, VERSION + 1] {
            let mut other = bytes.clone();
            other[0] = version;
            assert!(unpacked(&other).is_err(), "{version}");
        }
        // Lengths that no memory could hold.
        let giant = [&[VERSION][..], &[0xff; 9], &[1]].concat();
        assert!(unpacked(&giant).is_err());
        let mut many_rows = vec![VERSION, 0];
        put_varint(&mut many_rows, u64::MAX >> 1);
        assert!(unpacked(&many_rows).is_err());
        assert_eq!(census(&giant), None);
        assert_eq!(census(&many_rows), None);
        many_rows.push(0);
        assert_eq!(census(&many_rows), Some((Kind::Workspace, 1)));
    }

    #[test]
    fn a_field_that_this_version_does_not_know_makes_the_chunk_unreadable() {
        let mut state = State::default();
        let org = crate::domain::ids::OrgId(1);
        state.apply(&Change {
            stamp: Stamp::new(1, 0, 1),
            intent: Intent::new(IntentKind::Import, ""),
            author: None,
            edits: vec![Edit::Organisation(org, OrgField::Name("Acme".into()))],
            before: Vec::new(),
            undoes: None,
        });
        let bytes = pack(&state, &[org.into()]);
        // Version, one stamp of 16 bytes, one row: kind, id, born, one field, its key.
        let key = 2 + 16 + 1 + 1 + 8 + 1 + 1;
        assert_eq!(bytes[key], 1, "the name");
        let mut other = bytes.clone();
        other[key] = 200;
        assert!(unpacked(&other).is_err());
    }
}
