//! Commands about customers: profile, personas, teams, territories, duplicates.

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomerCommand {}
