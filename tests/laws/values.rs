//! Edits of every field of every kind, with the values that `fixtures/v2.json` has for them and
//! others of the same shape. Fields added to the format take part as soon as they are in that
//! file.

use fairlead::codec::export;
use fairlead::domain::change::{Edit, EntityRef, Kind};
use fairlead::domain::entity::MAP_BASE;
use fairlead::domain::ids::IdSource;
use fairlead::domain::value::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A field of a kind, by key number.
pub type FieldKey = (Kind, u8);

/// The values told of in the file, by field.
pub static TOLD: LazyLock<BTreeMap<FieldKey, Vec<Value>>> = LazyLock::new(|| {
    let file = include_str!("../fixtures/v2.json");
    let changes = export::read(file.into()).unwrap();
    let mut told: BTreeMap<FieldKey, Vec<Value>> = BTreeMap::new();
    for edit in changes.iter().flat_map(|change| &change.edits) {
        let slot = edit.slot();
        let values = told.entry((slot.entity.kind, slot.key)).or_default();
        if !values.contains(&edit.value()) {
            values.push(edit.value());
        }
    }
    told
});

/// Those that no decision watches over: random work may set them to anything, also with
/// entities and entries that are not there.
pub static FREE: LazyLock<Vec<FieldKey>> = LazyLock::new(|| {
    let decided: &[(Kind, &[&str])] = &[
        (Kind::Workspace, &["deleted", "sample"]),
        (Kind::Pipeline, &["deleted", "name", "rank"]),
        (
            Kind::Stage,
            &[
                "deleted",
                "pipeline",
                "name",
                "rank",
                "kind",
                "probability",
                "successor",
            ],
        ),
        (
            Kind::Deal,
            &[
                "deleted",
                "title",
                "placement",
                "rank",
                "outcome",
                "probability",
            ],
        ),
    ];
    let is_free = |(kind, key): &FieldKey| {
        let name = Edit::name_of(*kind, *key);
        !decided
            .iter()
            .any(|(k, names)| k == kind && names.contains(&name))
    };
    TOLD.keys().copied().filter(is_free).collect()
});

/// Of those, the fields with entries.
pub static WITH_ENTRIES: LazyLock<Vec<FieldKey>> = LazyLock::new(|| {
    let has_entries = |(_, key): &FieldKey| *key >= MAP_BASE;
    FREE.iter().copied().filter(has_entries).collect()
});

/// One edit: of the `pick`th of these fields, of one of these entities where there are any of its
/// kind, else of one of a few others. Often the same few, so that two people meet.
pub fn edit(
    fields: &[FieldKey],
    pick: u16,
    alive: &[EntityRef],
    rng: &mut IdSource,
) -> Option<Edit> {
    let (kind, key) = fields[usize::from(pick) % fields.len()];
    let mut known: Vec<EntityRef> = alive.iter().copied().filter(|e| e.kind == kind).collect();
    known.sort();
    let entity = match kind {
        // Nothing but a decision makes these.
        Kind::Workspace | Kind::Pipeline | Kind::Stage | Kind::Deal => {
            *known.get(rng.below(known.len() as u64) as usize)?
        }
        _ => EntityRef {
            kind,
            id: 1 + rng.below(3),
        },
    };
    let name = Edit::name_of(kind, key);
    let code = match key >= MAP_BASE {
        true => format!("{name}.{:016x}", 1 + rng.below(3)),
        false => name.to_owned(),
    };
    let told = &TOLD[&(kind, key)];
    let plain = told[rng.below(told.len() as u64) as usize].clone();
    let value = match rng.below(4) {
        // An entry is removed, a field that may be empty is emptied.
        0 => Value::Null,
        1 => plain.clone(),
        _ => varied(plain.clone(), rng),
    };
    let made = Edit::from_parts(entity, &code, value);
    made.or_else(|_| Edit::from_parts(entity, &code, plain))
        .ok()
}

/// A value of the same shape with something else in it. It may be one that the field refuses.
fn varied(value: Value, rng: &mut IdSource) -> Value {
    match value {
        Value::Bool(yes) => Value::Bool(yes ^ (rng.below(2) == 0)),
        Value::Int(_) => Value::Int(match rng.below(4) {
            0 => 0,
            1 => rng.below(256) as i64,
            2 => -(rng.below(1 << 20) as i64),
            _ => rng.next_u64() as i64,
        }),
        Value::Id(_) => Value::Id(1 + rng.below(3)),
        Value::Text(text) => Value::Text(match rng.below(4) {
            0 => String::new(),
            1 => format!("{text}\u{0}\u{2028}\u{1F6CB}“\\\"\n"),
            2 => text.chars().rev().collect(),
            _ => text,
        }),
        Value::List(mut parts) => {
            match rng.below(3) {
                0 => parts.truncate(1),
                1 => parts.extend(parts.clone()),
                _ => {}
            }
            Value::List(parts.into_iter().map(|part| varied(part, rng)).collect())
        }
        Value::Map(parts) => {
            let vary = |(name, part)| (name, varied(part, &mut *rng));
            Value::Map(parts.into_iter().map(vary).collect())
        }
        other => other,
    }
}
