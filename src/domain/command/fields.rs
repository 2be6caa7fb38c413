//! Commands about fields that a team adds to its records.

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldCommand {}
