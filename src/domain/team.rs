//! How the own people are organised.

use super::ids::{PersonId, TeamId, TerritoryId};
use crate::entity;

entity! {
    /// A team of the own people.
    Team(TeamId) sets TeamField {
        /// Its name.
        name / Name: String = String::new(),
        /// Who leads it.
        lead / Lead: Option<PersonId> = None,
        /// The team it belongs to.
        parent / Parent: Option<TeamId> = None,
    }
}

entity! {
    /// A territory: a region, an industry or any other share of the market.
    Territory(TerritoryId) sets TerritoryField {
        /// Its name.
        name / Name: String = String::new(),
        /// What belongs to it.
        description / Description: String = String::new(),
        /// Who is in charge of it.
        owner / Owner: Option<PersonId> = None,
        /// The territory it belongs to.
        parent / Parent: Option<TerritoryId> = None,
    }
}
