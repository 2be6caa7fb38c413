//! Lists of records that become one.

use super::keys;
use crate::domain::value::Value;

/// Lists one after the other, each entry once: addresses and tags whatever their case, telephone
/// numbers however they are written. Of the same number the fuller one is kept, at the place of
/// the first. `name` is the field's.
#[must_use]
pub fn united(name: &str, lists: impl Iterator<Item = Value>) -> Value {
    let mut seen: Vec<String> = Vec::new();
    let mut all: Vec<Value> = Vec::new();
    for list in lists {
        let Value::List(entries) = list else { continue };
        for entry in entries {
            let Value::Text(text) = &entry else { continue };
            let plain = || text.trim().to_lowercase();
            let known = match name {
                "phones" => keys::phone(text).unwrap_or_else(plain),
                _ => plain(),
            };
            match seen.iter().position(|other| *other == known) {
                None => {
                    seen.push(known);
                    all.push(entry);
                }
                Some(at) if name == "phones" => {
                    if matches!(&all[at], Value::Text(kept) if fullness(text) > fullness(kept)) {
                        all[at] = entry;
                    }
                }
                Some(_) => {}
            }
        }
    }
    Value::List(all)
}

/// How much a written number says: the digits that are no dialling prefix, extension included.
fn fullness(number: &str) -> usize {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').len()
}
