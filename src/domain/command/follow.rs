//! Commands about follow-up: cadences, templates, playbooks.

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FollowCommand {}
