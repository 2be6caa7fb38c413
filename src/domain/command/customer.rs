//! Commands about customers: profile, personas, teams, territories, duplicates.

use crate::domain::change::{Edit, EntityRef, Slot};
use crate::domain::deal::BuyingRole;
use crate::domain::ids::{ContactId, DealId, OrgId, PersonId};
use crate::domain::party::{ContactField, OrgField, PersonField};
use crate::domain::persona::PersonaField;
use crate::domain::team::{TeamField, TerritoryField};

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomerCommand {
    /// Make an organisation; it belongs to whoever makes it unless the fields say otherwise.
    AddOrganisation(Vec<OrgField>),
    /// Make a contact; it belongs to whoever makes it unless the fields say otherwise.
    AddContact(Vec<ContactField>),
    /// Make a member of the team.
    AddPerson(Vec<PersonField>),
    /// Make a persona, last in the list.
    AddPersona(Vec<PersonaField>),
    /// Make a team.
    AddTeam(Vec<TeamField>),
    /// Make a territory.
    AddTerritory(Vec<TerritoryField>),
    /// Change fields of organisations, contacts, people, personas, teams and territories.
    Edit(Vec<Edit>),
    /// Say in which role a contact is on a deal.
    SetRole {
        /// The deal.
        deal: DealId,
        /// The contact, on it already or not.
        contact: ContactId,
        /// The role; none takes the contact off the deal.
        role: Option<BuyingRole>,
    },
    /// Merge records that mean the same into one of them.
    Merge(Merge),
    /// Say that records that look the same are not, each two of them; or take that back.
    SetDistinct {
        /// The records, all organisations or all contacts.
        records: Vec<EntityRef>,
        /// They are not the same.
        distinct: bool,
    },
    /// Hand over what is a member's to another one, and say what becomes of them.
    HandOver {
        /// Whose.
        from: PersonId,
        /// To whom; none leaves it without an owner.
        to: Option<PersonId>,
        /// What becomes of them.
        then: Leaving,
    },
}

/// What becomes of a member of the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// Stays.
    Stays,
    /// No longer there: keeps what is closed, is offered no more.
    Left,
    /// Deleted.
    Deleted,
}

/// Which records become one, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The one that stays: an organisation or a contact.
    pub keep: EntityRef,
    /// Those that go into it.
    pub gone: Vec<EntityRef>,
    /// Fields of those that go whose value the one that stays takes over. Where a field is not
    /// among them, it keeps its own, or takes the first there is when it has none; lists are
    /// brought together.
    pub take: Vec<Slot>,
}

impl Merge {
    /// Merges these organisations.
    #[must_use]
    pub fn organisations(keep: OrgId, gone: &[OrgId]) -> Self {
        Self {
            keep: keep.into(),
            gone: gone.iter().map(|id| (*id).into()).collect(),
            take: Vec::new(),
        }
    }

    /// Merges these contacts.
    #[must_use]
    pub fn contacts(keep: ContactId, gone: &[ContactId]) -> Self {
        Self {
            keep: keep.into(),
            gone: gone.iter().map(|id| (*id).into()).collect(),
            take: Vec::new(),
        }
    }
}
