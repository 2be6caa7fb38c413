//! Fields that a team adds to its records, and what they hold.

pub mod check;

use super::change::Kind;
use super::ids::FieldId;
use super::money::Money;
use super::rank::Rank;
use super::value::{BadValue, Field, Value};
use crate::{entity, words};
use chrono::NaiveDate;
use std::fmt;

words! {
    /// What a custom field holds.
    FieldKind: "a kind of field" {
        /// A line of text.
        Text = "text",
        /// Text of any length.
        LongText = "long_text",
        /// A number.
        Number = "number",
        /// An amount with its currency.
        Money = "money",
        /// A civil date.
        Date = "date",
        /// Yes or no.
        YesNo = "yes_no",
        /// One of some options.
        Choice = "choice",
        /// Any of some options.
        Choices = "choices",
        /// An address on the web.
        Link = "link",
    }
}

impl FieldKind {
    /// The word shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::LongText => "Long text",
            Self::Number => "Number",
            Self::Money => "Amount of money",
            Self::Date => "Date",
            Self::YesNo => "Yes or no",
            Self::Choice => "One choice",
            Self::Choices => "Several choices",
            Self::Link => "Link",
        }
    }

    /// Whether it has options to choose from.
    #[must_use]
    pub fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }
}

words! {
    /// The records a custom field belongs to.
    FieldHome: "deal, organisation or contact" {
        /// Deals.
        Deal = "deal",
        /// Organisations.
        Organisation = "organisation",
        /// Contacts.
        Contact = "contact",
    }
}

impl FieldHome {
    /// The word shown to people, for several of them.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Deal => "Deals",
            Self::Organisation => "Organisations",
            Self::Contact => "Contacts",
        }
    }

    /// The word shown to people, for `n` of them: “deal”, “deals”.
    #[must_use]
    pub fn counted(self, n: usize) -> &'static str {
        match (self, n) {
            (Self::Deal, 1) => "deal",
            (Self::Deal, _) => "deals",
            (Self::Organisation, 1) => "organisation",
            (Self::Organisation, _) => "organisations",
            (Self::Contact, 1) => "contact",
            (Self::Contact, _) => "contacts",
        }
    }

    /// The home that records of a kind are; none for kinds without own fields.
    #[must_use]
    pub fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Deal => Some(Self::Deal),
            Kind::Organisation => Some(Self::Organisation),
            Kind::Contact => Some(Self::Contact),
            _ => None,
        }
    }

    /// The kind of the records.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Deal => Kind::Deal,
            Self::Organisation => Kind::Organisation,
            Self::Contact => Kind::Contact,
        }
    }
}

entity! {
    /// A field that a team has added to its deals, organisations or contacts.
    CustomField(FieldId) sets CustomFieldField {
        /// What it is called.
        name / Name: String = String::new(),
        /// On which records.
        home / Home: FieldHome = FieldHome::Deal,
        /// What it holds; stays as it is once there are values.
        kind / Kind: FieldKind = FieldKind::Text,
        /// What can be chosen, where it has options.
        options / Options: Vec<String> = Vec::new(),
        /// A few words on what to enter.
        hint / Hint: String = String::new(),
        /// Place among the fields of its records.
        rank / Rank: Rank = Rank::default(),
    }
}

/// A decimal number in millionths: six decimals, up to nine trillion, never a float.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Decimal(pub i64);

impl Decimal {
    /// How many there are to one.
    pub const ONE: i64 = 1_000_000;

    /// A whole number; the nearest possible where it is too large.
    #[must_use]
    pub fn whole(n: i64) -> Self {
        Self(n.saturating_mul(Self::ONE))
    }

    /// Reads `-12.5`: digits with at most one point and six decimals. None otherwise, and
    /// where the number is too large.
    #[must_use]
    pub fn parse_plain(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || !plain(whole) || !plain(part) || part.len() > 6
        {
            return None;
        }
        let whole: i64 = if whole.is_empty() {
            0
        } else {
            whole.parse().ok()?
        };
        let part: i64 = format!("{part:0<6}").parse().ok()?;
        let all = whole.checked_mul(Self::ONE)?.checked_add(part)?;
        Some(Self(if negative { -all } else { all }))
    }
}

impl fmt::Display for Decimal {
    /// As [`Decimal::parse_plain`] reads it, without needless zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, n) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, part) = (n / Self::ONE as u64, n % Self::ONE as u64);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let part = format!("{part:06}");
        write!(f, "{sign}{whole}.{}", part.trim_end_matches('0'))
    }
}

/// What a custom field of a record holds. Never empty: an empty field has no value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CustomValue {
    /// A text, a link, or the one option chosen.
    Text(String),
    /// A number.
    Number(Decimal),
    /// An amount.
    Money(Money),
    /// A civil date.
    Date(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// The options chosen.
    List(Vec<String>),
}

impl CustomValue {
    /// Whether a field of this kind can hold it.
    #[must_use]
    pub fn fits(&self, kind: FieldKind) -> bool {
        match self {
            Self::Text(_) => matches!(
                kind,
                FieldKind::Text | FieldKind::LongText | FieldKind::Choice | FieldKind::Link
            ),
            Self::Number(_) => kind == FieldKind::Number,
            Self::Money(_) => kind == FieldKind::Money,
            Self::Date(_) => kind == FieldKind::Date,
            Self::Flag(_) => kind == FieldKind::YesNo,
            Self::List(_) => kind == FieldKind::Choices,
        }
    }
}

impl Field for CustomValue {
    fn to_value(&self) -> Value {
        let named = |name: &str, value| Value::Map(vec![(name.to_owned(), value)]);
        match self {
            Self::Text(text) => text.to_value(),
            Self::Number(n) => Value::Int(n.0),
            Self::Money(money) => named("money", money.to_value()),
            Self::Date(date) => named("date", date.to_value()),
            Self::Flag(yes) => yes.to_value(),
            Self::List(list) => list.to_value(),
        }
    }
    fn from_value(mut value: Value) -> Result<Self, BadValue> {
        match value {
            Value::Text(text) => Ok(Self::Text(text)),
            Value::Int(n) => Ok(Self::Number(Decimal(n))),
            Value::Bool(yes) => Ok(Self::Flag(yes)),
            Value::List(_) => Vec::from_value(value).map(Self::List),
            Value::Map(_) => match value.take("money") {
                Value::Null => NaiveDate::from_value(value.take("date")).map(Self::Date),
                money => Money::from_value(money).map(Self::Money),
            },
            other => Err(BadValue::new("a value of a custom field", &other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    #[test]
    fn decimals_are_read_and_printed_exactly() {
        for (text, n) in [
            ("0", 0),
            ("-12.5", -12_500_000),
            ("0.000001", 1),
            ("9000000000000", 9_000_000_000_000_000_000),
        ] {
            assert_eq!(Decimal::parse_plain(text), Some(Decimal(n)));
            assert_eq!(Decimal(n).to_string(), text);
        }
        assert_eq!(Decimal::parse_plain(".5"), Some(Decimal(500_000)));
        for text in [
            "",
            ".",
            "-",
            "1,5",
            "1.0000001",
            "99999999999999",
            "1e3",
            "--1",
        ] {
            assert_eq!(Decimal::parse_plain(text), None, "{text}");
        }
        assert_eq!(Decimal(i64::MIN).to_string(), "-9223372036854.775808");
    }

    #[test]
    fn every_shape_of_value_survives_the_tree() {
        let date = NaiveDate::from_ymd_opt(2028, 2, 29).unwrap();
        for value in [
            CustomValue::Text("a".into()),
            CustomValue::Number(Decimal(-5)),
            CustomValue::Money(Money::new(7, Currency::EUR)),
            CustomValue::Date(date),
            CustomValue::Flag(false),
            CustomValue::List(vec!["x".into()]),
        ] {
            assert_eq!(CustomValue::from_value(value.to_value()), Ok(value));
        }
        assert!(CustomValue::from_value(Value::Null).is_err());
        assert!(CustomValue::from_value(Value::Map(Vec::new())).is_err());
    }
}
