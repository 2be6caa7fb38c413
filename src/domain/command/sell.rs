//! Commands about what is sold: lines, products, renewals, further sales.

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SellCommand {}
