//! Commands about rules that do work by themselves.

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AutomateCommand {}
