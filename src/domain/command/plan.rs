//! Commands about quotas, external factors and calls.

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanCommand {}
