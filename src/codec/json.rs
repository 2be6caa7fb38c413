//! The neutral tree as JSON, both ways, without a second tree in between.

use crate::domain::value::Value;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;

/// A tree about to be written.
pub struct Out<'a>(pub &'a Value);

impl Serialize for Out<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => s.serialize_unit(),
            Value::Bool(b) => s.serialize_bool(*b),
            Value::Int(n) => s.serialize_i64(*n),
            Value::Id(raw) => s.collect_str(&format_args!("{raw:016x}")),
            Value::Date(date) => s.collect_str(date),
            Value::Text(text) => s.serialize_str(text),
            Value::List(parts) => {
                let mut seq = s.serialize_seq(Some(parts.len()))?;
                for part in parts {
                    seq.serialize_element(&Out(part))?;
                }
                seq.end()
            }
            Value::Map(parts) => {
                let mut map = s.serialize_map(Some(parts.len()))?;
                for (name, part) in parts {
                    map.serialize_entry(name, &Out(part))?;
                }
                map.end()
            }
        }
    }
}

/// A tree as read. Ids and dates come back as texts; their fields accept that.
pub struct In(pub Value);

impl<'de> Deserialize<'de> for In {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(TreeVisitor).map(In)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E: de::Error>(self, b: bool) -> Result<Value, E> {
        Ok(Value::Bool(b))
    }
    fn visit_i64<E: de::Error>(self, n: i64) -> Result<Value, E> {
        Ok(Value::Int(n))
    }
    fn visit_u64<E: de::Error>(self, n: u64) -> Result<Value, E> {
        i64::try_from(n)
            .map(Value::Int)
            .map_err(|_| E::custom("the number is too large"))
    }
    fn visit_f64<E: de::Error>(self, n: f64) -> Result<Value, E> {
        // 2^63: the first whole number that does not fit.
        Err(if n.abs() >= 9_223_372_036_854_775_808.0 {
            E::custom("the number is too large")
        } else if n.fract() == 0.0 {
            E::custom("whole numbers are written without a point and without an exponent")
        } else {
            // As a number of JSON: printing it by Rust's own way would be the only place that does.
            let n = serde_json::Number::from_f64(n).map_or_else(String::new, |n| n.to_string());
            E::custom(format_args!(
                "{n} is not a whole number; amounts are kept in whole minor units"
            ))
        })
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }
    fn visit_string<E: de::Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut parts = Vec::new();
        while let Some(In(part)) = seq.next_element()? {
            parts.push(part);
        }
        Ok(Value::List(parts))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut parts = Vec::new();
        while let Some((name, In(part))) = map.next_entry::<String, In>()? {
            parts.push((name, part));
        }
        Ok(Value::Map(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn writes_plain_json_and_reads_it_back() {
        let tree = Value::Map(vec![
            (
                "a".into(),
                Value::List(vec![Value::Null, Value::Bool(true), Value::Int(i64::MIN)]),
            ),
            ("id".into(), Value::Id(255)),
            (
                "day".into(),
                Value::Date(NaiveDate::from_ymd_opt(2026, 2, 28).unwrap()),
            ),
            ("t".into(), Value::Text("“\n\u{1F600}".into())),
        ]);
        let text = serde_json::to_string(&Out(&tree)).unwrap();
        assert!(
            text.contains(r#""id":"00000000000000ff","day":"2026-02-28""#),
            "{text}"
        );
        let In(back) = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&Out(&back)).unwrap(), text);
    }

    #[test]
    fn fractions_and_giants_are_refused() {
        for text in ["1.5", "1e3", "18446744073709551615"] {
            assert!(serde_json::from_str::<In>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn whatever_a_field_holds_is_read_back() {
        use crate::domain::value::Field;
        fn again<T: Field + PartialEq + fmt::Debug>(value: T) {
            let text = serde_json::to_string(&Out(&value.to_value())).unwrap();
            let In(tree) = serde_json::from_str(&text).unwrap();
            assert_eq!(T::from_value(tree), Ok(value), "{text}");
        }
        for date in [NaiveDate::MIN, NaiveDate::MAX] {
            again(date);
        }
        for (year, month, day) in [(-1, 1, 1), (0, 2, 29), (999, 12, 31), (10_000, 1, 1)] {
            again(NaiveDate::from_ymd_opt(year, month, day).unwrap());
        }
        for n in [i64::MIN, -1, 0, i64::MAX] {
            again(n);
            again(Some(n));
        }
        for text in [
            "",
            "\0\u{1}\u{7f}\u{80}",
            "\r\n\t",
            "\"\\/",
            "\u{feff}\u{2028}\u{10ffff}",
        ] {
            again(text.to_owned());
            again(vec![text.to_owned(); 3]);
        }
        again(None::<String>);
        again(Some(String::new()));
    }
}
