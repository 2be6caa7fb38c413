//! What holds for the whole workspace.

use super::ids::WorkspaceId;
use super::money::Currency;
use super::stamp::Stamp;
use crate::entity;

/// The one workspace.
pub const WORKSPACE: WorkspaceId = WorkspaceId(0);

entity! {
    /// Settings that belong to the data and travel with it.
    Workspace(WorkspaceId) sets WorkspaceField {
        /// Its name.
        name / Name: String = String::new(),
        /// The currency new deals start with.
        currency / Currency: Currency = Currency::EUR,
        /// Reasons for losing a deal to choose from.
        lost_reasons / LostReasons: Vec<String> = Vec::new(),
        /// Reasons for winning a deal to choose from.
        won_reasons / WonReasons: Vec<String> = Vec::new(),
        /// Reasons for putting a deal aside to choose from.
        hold_reasons / HoldReasons: Vec<String> = Vec::new(),
        /// Sources to choose from.
        sources / Sources: Vec<String> = Vec::new(),
        /// Competitors to choose from.
        competitors / Competitors: Vec<String> = Vec::new(),
        /// The change that brought the sample, while the sample is here.
        sample / Sample: Option<Stamp> = None,
    }
}
