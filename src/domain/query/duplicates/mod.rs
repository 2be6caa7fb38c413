//! Records that seem to mean the same: a proposal, never done by itself.
//!
//! Records are brought together by keys (see [`keys`]), so a hundred thousand of them need
//! no comparison of each with each. Within the few that share a key all pairs are looked at;
//! where many do, each only with the one before it and the first, which finds the same
//! groups unless somebody said of just those pairs that they differ.

pub mod keys;
mod united;

pub use united::united;

use crate::domain::change::{EntityRef, Kind};
use crate::domain::entity::Entries;
use crate::domain::ids::{ContactId, Id, OrgId};
use crate::domain::order::Order;
use crate::domain::party::{Contact, Organisation};
use crate::domain::state::State;
use crate::domain::world::World;
use std::collections::HashMap;

/// What two records have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// An e-mail address.
    Email(String),
    /// An internet domain that is nobody else's.
    Domain(String),
    /// A telephone number; its last digits.
    Phone(String),
    /// The name, apart from case, accents, punctuation and legal form.
    Name,
    /// The name alone: of one of the two nothing says where they work. Weaker than the others.
    NameAlone,
}

/// Two records that share something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The one with the smaller id.
    pub a: u64,
    /// The other.
    pub b: u64,
    /// What they share.
    pub reason: Reason,
}

/// Records that seem to mean the same, directly or through others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The records, in order of their ids; at least two.
    pub members: Vec<u64>,
    /// Why: each reason once for two records.
    pub pairs: Vec<Pair>,
}

impl Group {
    /// Each reason once, in order.
    #[must_use]
    pub fn reasons(&self) -> Vec<Reason> {
        let mut all: Vec<Reason> = self.pairs.iter().map(|p| p.reason.clone()).collect();
        all.order();
        all.dedup();
        all
    }
}

/// Records that share a key up to this number are compared each with each.
const ALL_PAIRS: usize = 48;

/// The groups among all organisations or contacts, the largest first; nothing for other kinds.
#[must_use]
pub fn groups(world: &World, kind: Kind) -> Vec<Group> {
    let Some(side) = Side::of(kind) else {
        return Vec::new();
    };
    let mut blocks: HashMap<(Reason, String), Vec<u64>> = HashMap::new();
    for id in side.all(&world.state) {
        for key in side.keys(world, id) {
            blocks.entry(key).or_default().push(id);
        }
    }
    let mut pairs: Vec<Pair> = Vec::new();
    for ((reason, _), mut ids) in blocks {
        if ids.len() < 2 {
            continue;
        }
        ids.order();
        ids.dedup();
        if reason == Reason::NameAlone && !side.is_one_placed(&world.state, &ids) {
            continue;
        }
        let mut look = |a: u64, b: u64| {
            if a != b && side.may_match(&world.state, a, b, &reason) {
                let reason = reason.clone();
                pairs.push(Pair { a, b, reason });
            }
        };
        if ids.len() <= ALL_PAIRS {
            for (n, a) in ids.iter().enumerate() {
                ids[n + 1..].iter().for_each(|b| look(*a, *b));
            }
        } else {
            for two in ids.windows(2) {
                look(two[0], two[1]);
                if two[0] != ids[0] {
                    look(ids[0], two[1]);
                }
            }
        }
    }
    gathered(pairs)
}

/// What two records have in common; empty when they do not seem to mean the same, when they
/// are one, or when somebody said that they differ.
#[must_use]
pub fn why(world: &World, a: EntityRef, b: EntityRef) -> Vec<Reason> {
    let Some(side) = Side::of(a.kind).filter(|_| a.kind == b.kind && a.id != b.id) else {
        return Vec::new();
    };
    let (a, b) = (a.id.min(b.id), a.id.max(b.id));
    let theirs = side.keys(world, b);
    let with = |key: &(Reason, String)| {
        let mut all = side.all(&world.state);
        all.retain(|id| side.keys(world, *id).contains(key));
        all
    };
    let mut found: Vec<Reason> = side
        .keys(world, a)
        .into_iter()
        .filter(|key| theirs.contains(key))
        .filter(|key| key.0 != Reason::NameAlone || side.is_one_placed(&world.state, &with(key)))
        .map(|(reason, _)| reason)
        .filter(|reason| side.may_match(&world.state, a, b, reason))
        .collect();
    found.order();
    found.dedup();
    found
}

/// How many groups there are.
#[must_use]
pub fn count(world: &World, kind: Kind) -> usize {
    groups(world, kind).len()
}

/// Brings pairs together to groups: a forest of members, each with the one it hangs on.
fn gathered(mut pairs: Vec<Pair>) -> Vec<Group> {
    pairs.order_by(|x, y| (x.a, x.b, &x.reason).cmp(&(y.a, y.b, &y.reason)));
    pairs.dedup();
    let mut above: HashMap<u64, u64> = HashMap::new();
    fn root(above: &mut HashMap<u64, u64>, id: u64) -> u64 {
        let mut top = id;
        while let Some(next) = above.get(&top).copied().filter(|next| *next != top) {
            top = next;
        }
        let mut at = id;
        while at != top {
            at = above.insert(at, top).unwrap_or(top);
        }
        top
    }
    for pair in &pairs {
        let (a, b) = (root(&mut above, pair.a), root(&mut above, pair.b));
        above.insert(a.max(b), a.min(b));
        above.entry(a.min(b)).or_insert(a.min(b));
    }
    let mut groups: HashMap<u64, Group> = HashMap::new();
    for pair in pairs {
        let top = root(&mut above, pair.a);
        let group = groups.entry(top).or_insert_with(|| Group {
            members: Vec::new(),
            pairs: Vec::new(),
        });
        group.members.extend([pair.a, pair.b]);
        group.pairs.push(pair);
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    for group in &mut groups {
        group.members.order();
        group.members.dedup();
    }
    groups.order_by(|x, y| (y.members.len(), &x.members).cmp(&(x.members.len(), &y.members)));
    groups
}

/// Which records are looked at.
#[derive(Clone, Copy)]
enum Side {
    Organisations,
    Contacts,
}

impl Side {
    fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Organisation => Some(Self::Organisations),
            Kind::Contact => Some(Self::Contacts),
            _ => None,
        }
    }

    fn all(self, state: &State) -> Vec<u64> {
        let t = &state.tables;
        match self {
            Self::Organisations => t.organisations.iter().map(|o| o.id.0).collect(),
            Self::Contacts => t.contacts.iter().map(|c| c.id.0).collect(),
        }
    }

    fn keys(self, world: &World, id: u64) -> Vec<(Reason, String)> {
        let t = &world.state.tables;
        let found = match self {
            Self::Organisations => t
                .organisations
                .get(OrgId(id))
                .map(|org| organisation_keys(world, org)),
            Self::Contacts => t.contacts.get(ContactId(id)).map(contact_keys),
        };
        found.unwrap_or_default()
    }

    /// Whether only of one of these it is known where they work. Else nothing says which of them
    /// is meant.
    fn is_one_placed(self, state: &State, ids: &[u64]) -> bool {
        let contacts = &state.tables.contacts;
        let all = ids.iter().filter_map(|id| contacts.get(ContactId(*id)));
        all.filter(|c| is_placed(c)).take(2).count() == 1
    }

    /// Whether two records that share a key may be the same.
    fn may_match(self, state: &State, a: u64, b: u64, reason: &Reason) -> bool {
        let t = &state.tables;
        match self {
            Self::Organisations => {
                let (Some(a), Some(b)) =
                    (t.organisations.get(OrgId(a)), t.organisations.get(OrgId(b)))
                else {
                    return false;
                };
                // A concern's parts have one site and are not one.
                let akin = a.parent == Some(b.id)
                    || b.parent == Some(a.id)
                    || (a.parent.is_some() && a.parent == b.parent);
                let told = akin && matches!(reason, Reason::Domain(_) | Reason::Email(_));
                !told && !differ(&a.distinct, a.id, &b.distinct, b.id)
            }
            Self::Contacts => {
                let (Some(a), Some(b)) =
                    (t.contacts.get(ContactId(a)), t.contacts.get(ContactId(b)))
                else {
                    return false;
                };
                // A switchboard's number is everybody's there.
                let alike =
                    !matches!(reason, Reason::Phone(_)) || keys::share_a_word(&a.name, &b.name);
                let alone = *reason == Reason::NameAlone;
                let weak = !alone || is_placed(a) != is_placed(b);
                alike && weak && !differ(&a.distinct, a.id, &b.distinct, b.id)
            }
        }
    }
}

/// Whether somebody said that the two are not the same.
fn differ<I: Id>(of_a: &Entries<I, bool>, a: I, of_b: &Entries<I, bool>, b: I) -> bool {
    of_a.get(b) == Some(&true) || of_b.get(a) == Some(&true)
}

fn organisation_keys(world: &World, org: &Organisation) -> Vec<(Reason, String)> {
    let mut found = Vec::new();
    found.extend(keys::company(&org.name).map(|name| (Reason::Name, name)));
    let mut sites: Vec<String> = keys::domain(&org.website).into_iter().collect();
    let addresses = addresses_of(world, org);
    sites.extend(domain_of_people(&addresses));
    sites.dedup();
    found.extend(
        sites
            .into_iter()
            .map(|site| (Reason::Domain(site.clone()), site)),
    );
    // The same person at both.
    found.extend(
        addresses
            .into_iter()
            .map(|(address, _)| (Reason::Email(address.clone()), address)),
    );
    found
}

/// The e-mail addresses of an organisation's contacts with their domains, but for those of
/// providers for everybody.
fn addresses_of(world: &World, org: &Organisation) -> Vec<(String, String)> {
    let contacts = world.links.contacts_of(org.id).iter();
    let contacts = contacts.filter_map(|id| world.state.tables.contacts.get(*id));
    let addresses = contacts.flat_map(|c| &c.emails);
    let own = addresses.filter_map(|a| Some((keys::email(a)?, keys::mail_domain(a)?)));
    own.collect()
}

/// The domain that more than half of the addresses have.
fn domain_of_people(addresses: &[(String, String)]) -> Option<String> {
    // Only the candidate of a vote in one pass can have the majority (Boyer and Moore, 1991).
    let (mut leader, mut lead) = (None, 0_usize);
    for (_, domain) in addresses {
        if lead == 0 {
            leader = Some(domain);
        }
        if leader == Some(domain) {
            lead += 1;
        } else {
            lead -= 1;
        }
    }
    let leader = leader?;
    let votes = addresses.iter().filter(|(_, d)| d == leader).count();
    (votes * 2 > addresses.len()).then(|| leader.clone())
}

/// Where a contact works, as far as it is known: domains of e-mail, and the organisation.
fn places(contact: &Contact) -> Vec<String> {
    let domains = contact.emails.iter().filter_map(|e| keys::mail_domain(e));
    let at = contact.organisation.map(|org| org.to_string());
    domains.chain(at).collect()
}

fn is_placed(contact: &Contact) -> bool {
    contact.organisation.is_some()
        || contact
            .emails
            .iter()
            .any(|e| keys::mail_domain(e).is_some())
}

/// A contact is known by e-mail addresses and numbers; by name only together with where they
/// work, since many people share one, or where of one of the two nothing says that.
fn contact_keys(contact: &Contact) -> Vec<(Reason, String)> {
    let mut found: Vec<(Reason, String)> = Vec::new();
    for address in contact.emails.iter().filter_map(|e| keys::email(e)) {
        found.push((Reason::Email(address.clone()), address));
    }
    for number in contact.phones.iter().filter_map(|p| keys::phone(p)) {
        found.push((Reason::Phone(number.clone()), number));
    }
    if let Some(name) = keys::person(&contact.name) {
        let mut places = places(contact);
        found.push((Reason::NameAlone, name.clone()));
        if places.is_empty() {
            // Nothing says where they work: alike are those of whom nothing says so either.
            places.push(String::new());
        }
        found.extend(
            places
                .into_iter()
                .map(|at| (Reason::Name, format!("{name}\n{at}"))),
        );
    }
    found
}

#[cfg(test)]
mod tests;
