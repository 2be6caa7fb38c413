//! Commands about qualification: criteria of stages, frameworks, answers, scoring rules.

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QualifyCommand {}
