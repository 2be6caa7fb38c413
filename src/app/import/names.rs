//! Who is called what: records here, in the files, and made because a row mentions them.

use super::near::fold;
use crate::domain::ids::{ContactId, Id, IdSource, OrgId};
use crate::domain::order::Order;
use std::collections::HashMap;

/// Where a record comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// It was here before.
    Here,
    /// A row of the files is about it; the row's line.
    Listed(u32),
    /// It was made because a row mentions it.
    Mentioned,
}

/// Records of one kind by name and by the other system's id.
#[derive(Debug)]
pub(super) struct Names<I> {
    by_name: HashMap<String, I>,
    by_external: HashMap<String, I>,
    origins: HashMap<u64, Origin>,
}

impl<I> Default for Names<I> {
    fn default() -> Self {
        Self {
            by_name: HashMap::new(),
            by_external: HashMap::new(),
            origins: HashMap::new(),
        }
    }
}

/// What a row is about.
pub(super) struct Claim<I> {
    pub(super) id: I,
    /// False when the record was here before.
    pub(super) is_new: bool,
    /// The line of an earlier row about the same record.
    pub(super) earlier: Option<u32>,
}

impl<I: Id> Names<I> {
    /// Notes a record that is here. Of several with the same name the one with the
    /// smallest id is meant by it.
    pub(super) fn here(&mut self, id: I, name: &str, external: &str) {
        let slot = self.by_name.entry(fold(name)).or_insert(id);
        *slot = (*slot).min(id);
        if !external.is_empty() {
            self.by_external.insert(external.to_owned(), id);
        }
        self.origins.insert(id.raw(), Origin::Here);
    }

    /// The record of this name.
    pub(super) fn get(&self, name: &str) -> Option<I> {
        self.by_name.get(&fold(name)).copied()
    }

    /// Finds or registers the record a row is about: by the other system's id where the
    /// row has one, else by name. A record of the same name with another id of that
    /// system is another record.
    pub(super) fn claim(
        &mut self,
        name: &str,
        external: &str,
        external_of: impl Fn(I) -> bool,
        line: u32,
        ids: &mut IdSource,
    ) -> Claim<I> {
        let known = match external {
            "" => self.get(name),
            external => self
                .by_external
                .get(external)
                .copied()
                .or_else(|| self.get(name).filter(|id| !external_of(*id))),
        };
        let origin = known.and_then(|id| self.origins.get(&id.raw()).copied());
        let id = known.unwrap_or_else(|| ids.fresh());
        self.by_name.entry(fold(name)).or_insert(id);
        if !external.is_empty() {
            self.by_external.insert(external.to_owned(), id);
        }
        let earlier = match origin {
            Some(Origin::Listed(line)) => Some(line),
            _ => None,
        };
        if origin.is_none() {
            self.origins.insert(id.raw(), Origin::Listed(line));
        }
        Claim {
            id,
            is_new: origin != Some(Origin::Here),
            earlier,
        }
    }

    /// Registers a record that is only mentioned.
    pub(super) fn mention(&mut self, name: &str, ids: &mut IdSource) -> I {
        let id: I = ids.fresh();
        self.by_name.insert(fold(name), id);
        self.origins.insert(id.raw(), Origin::Mentioned);
        id
    }
}

/// Contacts: by id, by e-mail, and by name together with where they work, since two
/// people may have one name.
#[derive(Debug, Default)]
pub(super) struct ContactBook {
    by_external: HashMap<String, ContactId>,
    by_email: HashMap<String, ContactId>,
    by_name: HashMap<String, Vec<(ContactId, Option<OrgId>)>>,
    new: std::collections::HashSet<ContactId>,
}

impl ContactBook {
    /// Notes a contact.
    pub(super) fn note(
        &mut self,
        id: ContactId,
        name: &str,
        emails: &[String],
        external: &str,
        org: Option<OrgId>,
    ) {
        if !external.is_empty() {
            self.by_external.entry(external.to_owned()).or_insert(id);
        }
        for email in emails {
            self.by_email.entry(fold(email)).or_insert(id);
        }
        let list = self.by_name.entry(fold(name)).or_default();
        if !list.contains(&(id, org)) {
            list.push((id, org));
            list.order();
        }
    }

    /// Notes that a contact comes with this import.
    pub(super) fn note_new(&mut self, id: ContactId) {
        self.new.insert(id);
    }

    /// True when a contact comes with this import.
    pub(super) fn is_new(&self, id: ContactId) -> bool {
        self.new.contains(&id)
    }

    /// The contact meant: by id, else by e-mail, else by name at this organisation, else
    /// by name where nobody else has it or no organisation is named.
    pub(super) fn find(
        &self,
        name: &str,
        emails: &[String],
        external: &str,
        org: Option<OrgId>,
    ) -> Option<ContactId> {
        if let Some(id) = self
            .by_external
            .get(external)
            .filter(|_| !external.is_empty())
        {
            return Some(*id);
        }
        if let Some(id) = emails.iter().find_map(|e| self.by_email.get(&fold(e))) {
            return Some(*id);
        }
        let named = self.by_name.get(&fold(name)).filter(|_| !name.is_empty())?;
        let there = named.iter().find(|(_, at)| org.is_some() && *at == org);
        let fitting = || match named.as_slice() {
            [(id, at)] if at.is_none() || org.is_none() => Some(*id),
            _ => None,
        };
        there.map(|(id, _)| *id).or_else(fitting)
    }
}
