//! Commands about reviews, notes to members, practices and feedback.

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewCommand {}
