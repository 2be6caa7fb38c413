//! A neutral tree every field can turn into and come back from. The codec writes it as
//! JSON or packed bytes; the domain itself knows neither.

use super::money::{Currency, Money};
use super::rank::Rank;
use super::stamp::Stamp;
use chrono::NaiveDate;

/// The tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing there.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// An id; as text its 16 hex digits.
    Id(u64),
    /// A civil date; as text ISO 8601.
    Date(NaiveDate),
    /// A text.
    Text(String),
    /// Values in order.
    List(Vec<Value>),
    /// Values by name, in a fixed order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// What kind it is, in words for error messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "yes or no",
            Self::Int(_) => "a number",
            Self::Id(_) => "an id",
            Self::Date(_) => "a date",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "an object",
        }
    }

    /// Takes a named part out of a map; [`Value::Null`] when absent or no map.
    pub fn take(&mut self, name: &str) -> Value {
        match self {
            Self::Map(parts) => match parts.iter().position(|(n, _)| n == name) {
                Some(at) => parts.swap_remove(at).1,
                None => Self::Null,
            },
            _ => Self::Null,
        }
    }
}

/// A value that is not what its field wants.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{wanted} is expected, {found} was found")]
pub struct BadValue {
    /// What the field wants, in words.
    pub wanted: &'static str,
    /// What was there.
    pub found: String,
}

impl BadValue {
    /// The error for a value of the wrong kind.
    #[must_use]
    pub fn new(wanted: &'static str, found: &Value) -> Self {
        let found = match found {
            Value::Text(text) => format!("“{}”", text.chars().take(40).collect::<String>()),
            Value::Int(n) => n.to_string(),
            other => other.kind().to_owned(),
        };
        Self { wanted, found }
    }
}

/// A type that fields are made of.
pub trait Field: Sized {
    /// As a tree.
    fn to_value(&self) -> Value;
    /// Back from a tree.
    ///
    /// # Errors
    /// [`BadValue`] when the tree is of another shape or out of range.
    fn from_value(value: Value) -> Result<Self, BadValue>;
}

impl Field for bool {
    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
    fn from_value(value: Value) -> Result<Self, BadValue> {
        match value {
            Value::Bool(b) => Ok(b),
            other => Err(BadValue::new("yes or no", &other)),
        }
    }
}

impl Field for i64 {
    fn to_value(&self) -> Value {
        Value::Int(*self)
    }
    fn from_value(value: Value) -> Result<Self, BadValue> {
        match value {
            Value::Int(n) => Ok(n),
            other => Err(BadValue::new("a whole number", &other)),
        }
    }
}

macro_rules! small_int {
    ($($kind:ty: $wanted:literal),*) => {$(
        impl Field for $kind {
            fn to_value(&self) -> Value {
                Value::Int(i64::from(*self))
            }
            fn from_value(value: Value) -> Result<Self, BadValue> {
                match &value {
                    Value::Int(n) => <$kind>::try_from(*n).map_err(|_| BadValue::new($wanted, &value)),
                    other => Err(BadValue::new($wanted, other)),
                }
            }
        }
    )*};
}
small_int!(u8: "a whole number from 0 to 255", u16: "a whole number from 0 to 65535", u32: "a whole number not below 0");

impl Field for String {
    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
    fn from_value(value: Value) -> Result<Self, BadValue> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(BadValue::new("a text", &other)),
        }
    }
}

/// Reads `2026-03-31`; years beyond four digits carry a sign, as they are printed. Written out
/// here because a parser of patterns is a large part of a page that reads one pattern.
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let number = |text: &str, most: usize| {
        let is_plain = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_plain.then(|| text.parse::<i32>().ok()).flatten()
    };
    let (rest, day) = text.rsplit_once('-')?;
    let (year, month) = rest.rsplit_once('-')?;
    let year = match year.as_bytes().first()? {
        b'-' => -number(&year[1..], 6)?,
        b'+' => number(&year[1..], 6)?,
        _ => number(year, 4)?,
    };
    let (month, day) = (number(month, 2)?, number(day, 2)?);
    NaiveDate::from_ymd_opt(year, month.unsigned_abs(), day.unsigned_abs())
}

impl Field for NaiveDate {
    fn to_value(&self) -> Value {
        Value::Date(*self)
    }
    fn from_value(value: Value) -> Result<Self, BadValue> {
        let wanted = "a date such as 2026-03-31";
        match &value {
            Value::Date(date) => Ok(*date),
            Value::Text(text) => parse_date(text).ok_or_else(|| BadValue::new(wanted, &value)),
            other => Err(BadValue::new(wanted, other)),
        }
    }
}

impl Field for Currency {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }
    fn from_value(value: Value) -> Result<Self, BadValue> {
        match &value {
            Value::Text(text) => {
                Currency::parse(text).map_err(|_| BadValue::new("a currency code", &value))
            }
            other => Err(BadValue::new("a currency code", other)),
        }
    }
}

impl Field for Money {
    fn to_value(&self) -> Value {
        Value::List(vec![Value::Int(self.minor), self.currency.to_value()])
    }
    fn from_value(value: Value) -> Result<Self, BadValue> {
        match value {
            Value::List(parts) => match <[Value; 2]>::try_from(parts) {
                Ok([minor, currency]) => Ok(Money::new(
                    i64::from_value(minor)?,
                    Currency::from_value(currency)?,
                )),
                Err(parts) => Err(BadValue::new(
                    "[minor units, currency]",
                    &Value::List(parts),
                )),
            },
            other => Err(BadValue::new("[minor units, currency]", &other)),
        }
    }
}

impl Field for Rank {
    fn to_value(&self) -> Value {
        Value::Text(self.as_str().to_owned())
    }
    fn from_value(value: Value) -> Result<Self, BadValue> {
        match &value {
            Value::Text(text) => Rank::parse(text).map_err(|_| BadValue::new("a rank", &value)),
            other => Err(BadValue::new("a rank", other)),
        }
    }
}

impl Field for Stamp {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }
    fn from_value(value: Value) -> Result<Self, BadValue> {
        match &value {
            Value::Text(text) => text.parse().map_err(|_| BadValue::new("a stamp", &value)),
            other => Err(BadValue::new("a stamp", other)),
        }
    }
}

impl<T: Field> Field for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Field::to_value)
    }
    fn from_value(value: Value) -> Result<Self, BadValue> {
        match value {
            Value::Null => Ok(None),
            some => T::from_value(some).map(Some),
        }
    }
}

impl<T: Field> Field for Vec<T> {
    fn to_value(&self) -> Value {
        Value::List(self.iter().map(Field::to_value).collect())
    }
    fn from_value(value: Value) -> Result<Self, BadValue> {
        match value {
            Value::List(parts) => parts.into_iter().map(T::from_value).collect(),
            other => Err(BadValue::new("a list", &other)),
        }
    }
}

impl<T: Field> Field for Box<T> {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
    fn from_value(value: Value) -> Result<Self, BadValue> {
        T::from_value(value).map(Box::new)
    }
}

/// Declares an enum of plain words with its wire codes, and makes it a [`Field`].
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $wanted:literal { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word used in files.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The one with this word.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }
        }

        impl $crate::domain::value::Field for $name {
            fn to_value(&self) -> $crate::domain::value::Value {
                $crate::domain::value::Value::Text(self.code().to_owned())
            }
            fn from_value(value: $crate::domain::value::Value) -> Result<Self, $crate::domain::value::BadValue> {
                match &value {
                    $crate::domain::value::Value::Text(text) => Self::from_code(text),
                    _ => None,
                }
                .ok_or_else(|| $crate::domain::value::BadValue::new($wanted, &value))
            }
        }
    };
}

/// Declares a plain struct whose parts are [`Field`]s, and makes it one.
#[macro_export]
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub struct $name { $($(#[$fdoc])* pub $field: $kind),* }

        impl $crate::domain::value::Field for $name {
            fn to_value(&self) -> $crate::domain::value::Value {
                $crate::domain::value::Value::Map(vec![
                    $((stringify!($field).to_owned(), $crate::domain::value::Field::to_value(&self.$field))),*
                ])
            }
            fn from_value(mut value: $crate::domain::value::Value) -> Result<Self, $crate::domain::value::BadValue> {
                match value {
                    $crate::domain::value::Value::Map(_) => Ok(Self {
                        $($field: <$kind as $crate::domain::value::Field>::from_value(value.take(stringify!($field)))?),*
                    }),
                    other => Err($crate::domain::value::BadValue::new("an object", &other)),
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_they_are_printed() {
        for (year, month, day) in [
            (2026, 3, 31),
            (1970, 1, 1),
            (7, 12, 9),
            (-44, 3, 15),
            (12_026, 2, 28),
        ] {
            let date = NaiveDate::from_ymd_opt(year, month, day);
            assert!(date.is_some());
            assert_eq!(date.and_then(|date| parse_date(&date.to_string())), date);
        }
        assert_eq!(
            parse_date("2026-3-1"),
            NaiveDate::from_ymd_opt(2026, 3, 1),
            "zeros may be left out"
        );
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "-",
            "--",
            "2026",
            "2026-03",
            "2026-02-30",
            "2026-13-01",
            "2026-00-10",
            "2026-03-31T00:00",
            "2026-03-031",
            "12026-01-01",
            "2026-+3-01",
            "2026- 3-01",
            " 2026-03-01",
            "2026-03-01 ",
            "+-2026-03-01",
            "２０２６-03-01",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
