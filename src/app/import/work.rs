//! What grows while rows are read: edits, who is called what, and the counts.

use super::activities::{ActivityKey, DealBook};
use super::cells::Cells;
use super::choice::{Domain, Missing};
use super::holds::Holds;
use super::names::{ContactBook, Names};
use super::own::Filled;
use super::report::Tally;
use super::settle::Stages;
use super::target::Target;
use super::what::What;
use crate::domain::change::{Edit, EntityRef};
use crate::domain::deal::{DealField, Status};
use crate::domain::divide::Parts;
use crate::domain::ids::{ContactId, DealId, IdMap, IdSource, OrgId, PersonId, ProductId, StageId};
use crate::domain::money::{Money, Sums};
use crate::domain::party::{ContactField, OrgField, PersonField, ProductField};
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A deal that needs a place in its column.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) deal: DealId,
    pub(super) stage: StageId,
    pub(super) is_open: bool,
    /// The place the file gives.
    pub(super) place: Option<i64>,
    /// Since when it stands there.
    pub(super) when: Millis,
}

/// A row's record, registered before its fields are read.
#[derive(Clone, Debug)]
pub(super) struct Claimed {
    pub(super) raw: u64,
    pub(super) is_new: bool,
    pub(super) earlier: Option<u32>,
    pub(super) name: String,
}

/// Everything that grows while rows are read.
#[derive(Debug, Default)]
pub(super) struct Work {
    pub(super) ids: Ids,
    pub(super) edits: Parts,
    pub(super) people: Names<PersonId>,
    pub(super) organisations: Names<OrgId>,
    pub(super) products: Names<ProductId>,
    pub(super) contacts: ContactBook,
    pub(super) deals: DealBook,
    pub(super) activities: HashSet<ActivityKey>,
    pub(super) stages: Stages,
    pub(super) own: Filled,
    pub(super) waiting: Vec<Waiting>,
    pub(super) tallies: BTreeMap<Holds, Tally>,
    pub(super) totals: BTreeMap<(StageId, Status), (usize, Sums)>,
    /// Names given and values set by this import, which the state does not know yet.
    names: HashMap<EntityRef, String>,
    values: IdMap<DealId, Money>,
    organisations_of: IdMap<DealId, OrgId>,
}

/// The source of ids; a type of its own so that [`Work`] has a default.
#[derive(Debug)]
pub(super) struct Ids(pub(super) IdSource);

impl Default for Ids {
    fn default() -> Self {
        Self(IdSource::new(0))
    }
}

impl std::ops::Deref for Ids {
    type Target = IdSource;
    fn deref(&self) -> &IdSource {
        &self.0
    }
}

impl std::ops::DerefMut for Ids {
    fn deref_mut(&mut self) -> &mut IdSource {
        &mut self.0
    }
}

impl Work {
    /// Nothing done yet.
    pub(super) fn new(ids: IdSource, stages: Stages) -> Self {
        let edits = stages.edits.iter().cloned().collect();
        Self {
            ids: Ids(ids),
            stages,
            edits,
            ..Self::default()
        }
    }

    pub(super) fn tally(&mut self, holds: Holds) -> &mut Tally {
        self.tallies.entry(holds).or_default()
    }

    /// Adds an edit unless everything is so already.
    pub(super) fn set(&mut self, state: &State, edit: Edit) {
        match &edit {
            Edit::Person(_, PersonField::Name(name))
            | Edit::Organisation(_, OrgField::Name(name))
            | Edit::Product(_, ProductField::Name(name)) => {
                self.names.insert(edit.entity(), name.clone());
            }
            Edit::Deal(id, DealField::Value(Some(value))) => {
                self.values.insert(*id, *value);
            }
            Edit::Deal(id, DealField::Organisation(Some(org))) => {
                self.organisations_of.insert(*id, *org);
            }
            _ => {}
        }
        if state.tables.present(edit.slot()) != edit {
            self.edits.push(edit);
        }
    }

    /// Adds what the row says of a record's own fields.
    pub(super) fn set_own(
        &mut self,
        state: &State,
        c: &mut Cells<'_>,
        record: impl Into<EntityRef>,
    ) {
        for edit in self.own.row(c, state, record) {
            self.set(state, edit);
        }
    }

    /// What an entity is called after the import.
    pub(super) fn name_of(&self, state: &State, entity: EntityRef) -> String {
        self.names
            .get(&entity)
            .cloned()
            .unwrap_or_else(|| state.name_of(entity))
    }

    /// What a deal is worth after the import.
    pub(super) fn value_of(&self, state: &State, deal: DealId) -> Option<Money> {
        let here = || state.tables.deals.get(deal).and_then(|d| d.value);
        self.values.get(&deal).copied().or_else(here)
    }

    /// Whom a deal is with after the import.
    pub(super) fn organisation_of(&self, state: &State, deal: DealId) -> Option<OrgId> {
        let here = || state.tables.deals.get(deal).and_then(|d| d.organisation);
        self.organisations_of.get(&deal).copied().or_else(here)
    }

    /// Counts a deal where it comes to stand.
    pub(super) fn count(&mut self, stage: StageId, status: Status, value: Option<Money>) {
        let (count, sums) = self.totals.entry((stage, status)).or_default();
        *count += 1;
        if let Some(money) = value {
            sums.add(money.currency, i128::from(money.minor));
        }
    }

    /// The person of a name; made when the plan says so.
    pub(super) fn person(
        &mut self,
        c: &mut Cells<'_>,
        target: Target,
        text: &str,
    ) -> Option<PersonId> {
        let name = c.plan.meant(Domain::Person, text);
        if let Some(id) = self.people.get(name) {
            return Some(id);
        }
        self.may_make(c, target, text, Domain::Person).then(|| {
            let id = self.people.mention(name, &mut self.ids.0);
            self.made(
                Holds::People,
                Edit::Person(id, PersonField::Name(name.to_owned())),
                name,
            );
            id
        })
    }

    /// The organisation of a name; made when the plan says so.
    pub(super) fn organisation(
        &mut self,
        c: &mut Cells<'_>,
        target: Target,
        text: &str,
    ) -> Option<OrgId> {
        let name = c.plan.meant(Domain::Organisation, text);
        if let Some(id) = self.organisations.get(name) {
            return Some(id);
        }
        self.may_make(c, target, text, Domain::Organisation)
            .then(|| {
                let id = self.organisations.mention(name, &mut self.ids.0);
                self.made(
                    Holds::Organisations,
                    Edit::Organisation(id, OrgField::Name(name.to_owned())),
                    name,
                );
                id
            })
    }

    /// The product of a name; made when the plan says so.
    pub(super) fn product(
        &mut self,
        c: &mut Cells<'_>,
        target: Target,
        text: &str,
    ) -> Option<ProductId> {
        let name = c.plan.meant(Domain::Product, text);
        if let Some(id) = self.products.get(name) {
            return Some(id);
        }
        self.may_make(c, target, text, Domain::Product).then(|| {
            let id = self.products.mention(name, &mut self.ids.0);
            self.made(
                Holds::Products,
                Edit::Product(id, ProductField::Name(name.to_owned())),
                name,
            );
            id
        })
    }

    fn may_make(&self, c: &mut Cells<'_>, target: Target, text: &str, domain: Domain) -> bool {
        let make = c.plan.missing(domain) == Missing::Create;
        let what = if make {
            What::Made(domain)
        } else {
            What::NotFound(domain)
        };
        c.note_at(target, text, what);
        make
    }

    fn made(&mut self, holds: Holds, edit: Edit, name: &str) {
        self.names.insert(edit.entity(), name.to_owned());
        self.edits.push(edit);
        let tally = self.tally(holds);
        tally.created += 1;
        tally.mentioned += 1;
    }

    /// The contact of a name at an organisation; made when there is none.
    pub(super) fn contact(
        &mut self,
        state: &State,
        name: &str,
        emails: &[String],
        org: Option<OrgId>,
    ) -> ContactId {
        if let Some(id) = self.contacts.find(name, emails, "", org) {
            return id;
        }
        let id: ContactId = self.ids.fresh();
        self.edits
            .push(Edit::Contact(id, ContactField::Name(name.to_owned())));
        self.set(state, Edit::Contact(id, ContactField::Organisation(org)));
        self.set(
            state,
            Edit::Contact(id, ContactField::Emails(emails.to_vec())),
        );
        self.contacts.note(id, name, emails, "", org);
        self.contacts.note_new(id);
        let tally = self.tally(Holds::Contacts);
        tally.created += 1;
        tally.mentioned += 1;
        id
    }
}
