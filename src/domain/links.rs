//! Who belongs to whom: the records that name an organisation or a contact, kept in step.
//!
//! What a record named before a change is read off the state just before it is applied, so
//! nothing is kept for looking it up.

use super::change::{EntityRef, Kind};
use super::ids::{ActivityId, ContactId, DealId, Id, IdMap, OrgId};
use super::state::State;

/// Records by what they name. Removed records are not among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Deals by their organisation.
    deals_of: IdMap<OrgId, Vec<DealId>>,
    /// Deals by each of their contacts.
    deals_with: IdMap<ContactId, Vec<DealId>>,
    /// Contacts by their organisation.
    contacts_of: IdMap<OrgId, Vec<ContactId>>,
    /// Organisations by the one they belong to.
    children_of: IdMap<OrgId, Vec<OrgId>>,
    /// Activities by the organisation they name themselves.
    activities_of: IdMap<OrgId, Vec<ActivityId>>,
    /// Activities by their contact.
    activities_with: IdMap<ContactId, Vec<ActivityId>>,
}

fn list<K: Id, V>(map: &IdMap<K, Vec<V>>, key: K) -> &[V] {
    map.get(&key).map_or(&[], Vec::as_slice)
}

/// Adds to or takes from the list of a key.
fn put<K: Id, V: Id>(map: &mut IdMap<K, Vec<V>>, key: Option<K>, value: V, add: bool) {
    let Some(key) = key else { return };
    if add {
        map.entry(key).or_default().push(value);
    } else if let Some(list) = map.get_mut(&key) {
        if let Some(at) = list.iter().position(|v| *v == value) {
            list.swap_remove(at);
        }
        if list.is_empty() {
            map.remove(&key);
        }
    }
}

impl Links {
    /// All links of a state.
    #[must_use]
    pub fn over(state: &State) -> Self {
        let mut links = Self::default();
        for entity in Self::all(state) {
            links.file(state, entity, true);
        }
        links
    }

    /// All that may name others, each once, in no order.
    pub(super) fn all(state: &State) -> Vec<EntityRef> {
        let t = &state.tables;
        let mut all: Vec<EntityRef> = Vec::new();
        all.extend(t.deals.iter().map(|d| EntityRef::from(d.id)));
        all.extend(t.contacts.iter().map(|c| EntityRef::from(c.id)));
        all.extend(t.organisations.iter().map(|o| EntityRef::from(o.id)));
        all.extend(t.activities.iter().map(|a| EntityRef::from(a.id)));
        all
    }

    /// Files an entity under what it names in this state, or takes it out from there. One that
    /// is removed or names nothing is filed nowhere.
    pub(super) fn file(&mut self, state: &State, entity: EntityRef, add: bool) {
        let t = &state.tables;
        match entity.kind {
            Kind::Deal => {
                let Some(deal) = t.deals.get(DealId(entity.id)) else {
                    return;
                };
                put(&mut self.deals_of, deal.organisation, deal.id, add);
                for (n, link) in deal.contacts.iter().enumerate() {
                    // Named twice after a merge, it is filed once.
                    let first = !deal.contacts[..n].iter().any(|l| l.contact == link.contact);
                    put(
                        &mut self.deals_with,
                        Some(link.contact).filter(|_| first),
                        deal.id,
                        add,
                    );
                }
            }
            Kind::Contact => {
                if let Some(contact) = t.contacts.get(ContactId(entity.id)) {
                    put(&mut self.contacts_of, contact.organisation, contact.id, add);
                }
            }
            Kind::Organisation => {
                if let Some(org) = t.organisations.get(OrgId(entity.id)) {
                    put(&mut self.children_of, org.parent, org.id, add);
                }
            }
            Kind::Activity => {
                if let Some(activity) = t.activities.get(ActivityId(entity.id)) {
                    put(
                        &mut self.activities_of,
                        activity.organisation,
                        activity.id,
                        add,
                    );
                    put(
                        &mut self.activities_with,
                        activity.contact,
                        activity.id,
                        add,
                    );
                }
            }
            _ => {}
        }
    }

    /// The deals of an organisation, in no order.
    #[must_use]
    pub fn deals_of(&self, org: OrgId) -> &[DealId] {
        list(&self.deals_of, org)
    }

    /// The deals a contact is on, in no order.
    #[must_use]
    pub fn deals_with(&self, contact: ContactId) -> &[DealId] {
        list(&self.deals_with, contact)
    }

    /// The contacts of an organisation, in no order.
    #[must_use]
    pub fn contacts_of(&self, org: OrgId) -> &[ContactId] {
        list(&self.contacts_of, org)
    }

    /// The organisations that belong to one directly, in no order.
    #[must_use]
    pub fn children_of(&self, org: OrgId) -> &[OrgId] {
        list(&self.children_of, org)
    }

    /// The activities that name an organisation themselves, in no order.
    #[must_use]
    pub fn activities_of(&self, org: OrgId) -> &[ActivityId] {
        list(&self.activities_of, org)
    }

    /// The activities with a contact, in no order.
    #[must_use]
    pub fn activities_with(&self, contact: ContactId) -> &[ActivityId] {
        list(&self.activities_with, contact)
    }

    /// The same with every list in order, for comparing.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        fn each<K, V: Ord>(map: &mut IdMap<K, Vec<V>>) {
            use super::order::Order;
            map.values_mut().for_each(|list| list.order());
        }
        each(&mut self.deals_of);
        each(&mut self.deals_with);
        each(&mut self.contacts_of);
        each(&mut self.children_of);
        each(&mut self.activities_of);
        each(&mut self.activities_with);
        self
    }
}
