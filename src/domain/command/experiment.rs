//! Commands about experiments.

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExperimentCommand {}
