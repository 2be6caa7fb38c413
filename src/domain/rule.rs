//! Conditions on a record, as the ideal customer profile, scoring rules and automations have
//! them. What they mean is in `query::condition`.

use crate::{record, words};

words! {
    /// How a condition compares.
    Op: "a comparison" {
        /// Equals one of the values; texts in any case.
        Is = "is",
        /// Equals none of the values.
        IsNot = "is_not",
        /// The text contains one of the values, or the list has one of them.
        Contains = "contains",
        /// Contains none of the values.
        Lacks = "lacks",
        /// Not less than the value.
        AtLeast = "at_least",
        /// Not more than the value.
        AtMost = "at_most",
        /// Before the date.
        Before = "before",
        /// After the date.
        After = "after",
        /// In the next so many days, today included.
        Within = "within",
        /// More than so many days ago.
        Older = "older",
        /// Something is there.
        Set = "set",
        /// Nothing is there.
        Empty = "empty",
    }
}

impl Op {
    /// The words shown to people, between field and value.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::IsNot => "is not",
            Self::Contains => "contains",
            Self::Lacks => "does not contain",
            Self::AtLeast => "is at least",
            Self::AtMost => "is at most",
            Self::Before => "is before",
            Self::After => "is after",
            Self::Within => "is in the next",
            Self::Older => "is longer ago than",
            Self::Set => "is filled in",
            Self::Empty => "is empty",
        }
    }

    /// Whether it needs a value to compare with.
    #[must_use]
    pub fn needs_value(self) -> bool {
        !matches!(self, Self::Set | Self::Empty)
    }
}

record! {
    /// One condition: a field, a comparison, and what to compare with.
    Condition {
        /// Which field: `deal.value`, `organisation.industry`, `contact.title`,
        /// `deal.custom.00000000000000f1`.
        what: String,
        /// How.
        op: Op,
        /// With what, in plain form: texts as they are, numbers with a point, dates as
        /// `2026-03-31`, amounts as `1200.00 EUR`, ids as their 16 digits.
        with: Vec<String>
    }
}
