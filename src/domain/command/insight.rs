//! Commands about campaigns, rates, reasons, interviews and dashboards.

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InsightCommand {}
