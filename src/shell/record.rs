//! One record of the log, in Rust and as IndexedDB holds it.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::error::StoreError;

/// One record of the log as stored: the wire text of one change, or of one part of a big one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Order of arrival in this browser, from 1; 0 = not stored yet.
    pub seq: u64,
    /// The change's stamp; with `part` the identity of the record.
    pub stamp: String,
    /// Number of the part, from 0.
    pub part: u32,
    /// The entities it touches, such as `deal:00ab…`.
    pub entities: Vec<String>,
    /// The wire text.
    pub json: String,
}

#[wasm_bindgen]
extern "C" {
    /// A record as IndexedDB holds it. Getters give `JsValue`: what is stored may be damaged.
    #[wasm_bindgen(extends = Object)]
    pub(super) type Stored;
    #[wasm_bindgen(method, getter)]
    fn seq(this: &Stored) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn stamp(this: &Stored) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_stamp(this: &Stored, value: &str);
    #[wasm_bindgen(method, getter)]
    fn part(this: &Stored) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_part(this: &Stored, value: u32);
    #[wasm_bindgen(method, getter)]
    fn entities(this: &Stored) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_entities(this: &Stored, value: &Array);
    #[wasm_bindgen(method, getter)]
    fn json(this: &Stored) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_json(this: &Stored, value: &str);
}

/// The object to store; `seq` is given by the database.
pub(super) fn stored(record: &Record) -> Stored {
    let object: Stored = Object::new().unchecked_into();
    object.set_stamp(&record.stamp);
    object.set_part(record.part);
    let entities: Array = record.entities.iter().map(JsValue::from).collect();
    object.set_entities(&entities);
    object.set_json(&record.json);
    object
}

pub(super) fn records_of(found: &JsValue) -> Result<Vec<Record>, StoreError> {
    let found: &Array = found.unchecked_ref();
    found
        .iter()
        .map(|value| {
            let object: &Stored = value.unchecked_ref();
            record_of(object)
                .ok_or_else(|| StoreError::Corrupt("a record has lost its shape".to_owned()))
        })
        .collect()
}

fn record_of(object: &Stored) -> Option<Record> {
    let entities = object.entities();
    let entities = entities.dyn_ref::<Array>()?.iter();
    Some(Record {
        seq: object.seq().as_f64()? as u64,
        stamp: object.stamp().as_string()?,
        part: object.part().as_f64()? as u32,
        entities: entities
            .map(|e| e.as_string())
            .collect::<Option<Vec<_>>>()?,
        json: object.json().as_string()?,
    })
}
