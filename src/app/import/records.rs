//! Rows of people, organisations, products and contacts.

use super::cells::Cells;
use super::choice::Domain;
use super::deals::cut;
use super::holds::Holds;
use super::survey::record_name;
use super::target::Target;
use super::what::What;
use super::work::{Claimed, Work};
use crate::codec::csv::Row;
use crate::domain::change::Edit;
use crate::domain::ids::{ContactId, Id, OrgId, PersonId, ProductId};
use crate::domain::line::Period;
use crate::domain::party::{ContactField, OrgField, PersonField, ProductField};
use crate::domain::state::State;

/// The most revenue or price that is kept, in minor units: a hundred million million of a
/// currency with two decimals, more than any company earns.
const MOST: i64 = 10_000_000_000_000_000;

/// Registers the record a row is about, so that rows before it can refer to it.
pub(super) fn claim(
    work: &mut Work,
    state: &State,
    c: &Cells<'_>,
    row: Row<'_>,
) -> Option<Claimed> {
    let name = record_name(c.file, row);
    let external = c.text(Target::ExternalId).unwrap_or_default();
    let (line, ids) = (c.line(), &mut work.ids);
    let t = &state.tables;
    macro_rules! claimed {
        ($names:expr, $domain:expr, $has_external:expr) => {{
            let name = c.plan.meant($domain, &name);
            let claim = $names.claim(name, external, $has_external, line, ids);
            Some(Claimed {
                raw: claim.id.raw(),
                is_new: claim.is_new,
                earlier: claim.earlier,
                name: name.to_owned(),
            })
        }};
    }
    if name.is_empty() {
        return None;
    }
    match c.file.holds {
        Holds::People => claimed!(work.people, Domain::Person, |_| false),
        Holds::Organisations => {
            let has = |id| {
                t.organisations
                    .get(id)
                    .is_some_and(|o| !o.external.is_empty())
            };
            claimed!(work.organisations, Domain::Organisation, has)
        }
        Holds::Products => claimed!(work.products, Domain::Product, |_| false),
        _ => None,
    }
}

/// Imports one row about a record registered before.
pub(super) fn row(work: &mut Work, state: &State, c: &mut Cells<'_>, claimed: Option<Claimed>) {
    let holds = c.file.holds;
    work.tally(holds).rows += 1;
    let Some(claimed) = claimed else {
        c.note_at(Target::Name, "", What::NoName);
        work.tally(holds).skipped += 1;
        return;
    };
    if let Some(line) = claimed.earlier {
        c.note_at(
            Target::Name,
            &claimed.name,
            What::Repeated { line, kept: true },
        );
    }
    let name = cut(c, Target::Name, &claimed.name);
    let edits = match holds {
        Holds::People => person(work, c, PersonId::from_raw(claimed.raw), name),
        Holds::Organisations => organisation(work, c, OrgId::from_raw(claimed.raw), name),
        _ => product(c, ProductId::from_raw(claimed.raw), name),
    };
    let before = work.edits.len();
    for edit in edits {
        work.set(state, edit);
    }
    if holds == Holds::Organisations {
        work.set_own(state, c, OrgId::from_raw(claimed.raw));
    }
    let changed = work.edits.len() > before;
    let tally = work.tally(holds);
    match (claimed.is_new, claimed.earlier) {
        (_, Some(_)) => {}
        (true, None) => tally.created += 1,
        (false, None) if changed => tally.updated += 1,
        (false, None) => tally.unchanged += 1,
    }
}

fn person(work: &mut Work, c: &mut Cells<'_>, id: PersonId, name: String) -> Vec<Edit> {
    let manager = c
        .text(Target::Manager)
        .and_then(|m| work.person(c, Target::Manager, m));
    // Nobody leads themselves.
    let manager = manager.filter(|m| *m != id);
    let mut list = vec![PersonField::Name(name)];
    list.extend(
        c.text(Target::Emails)
            .map(|e| PersonField::Email(e.to_owned())),
    );
    list.extend(manager.map(|m| PersonField::Manager(Some(m))));
    list.extend(word(c, Target::Office).map(PersonField::Office));
    list.into_iter().map(|f| Edit::Person(id, f)).collect()
}

fn organisation(work: &mut Work, c: &mut Cells<'_>, id: OrgId, name: String) -> Vec<Edit> {
    let parent = c
        .text(Target::Parent)
        .and_then(|p| work.organisation(c, Target::Parent, p));
    let parent = parent.filter(|p| *p != id);
    let mut list = vec![OrgField::Name(name)];
    list.extend(
        c.text(Target::Website)
            .map(|w| OrgField::Website(w.to_owned())),
    );
    list.extend(word(c, Target::Industry).map(OrgField::Industry));
    let heads = c.whole(Target::Employees, 0, i64::from(u32::MAX));
    list.extend(
        heads
            .and_then(|n| u32::try_from(n).ok())
            .map(|n| OrgField::Employees(Some(n))),
    );
    list.extend(
        c.money(Target::Revenue, MOST)
            .map(|m| OrgField::Revenue(Some(m))),
    );
    let year = c.whole(Target::Founded, 800, 2_199);
    list.extend(
        year.and_then(|n| u16::try_from(n).ok())
            .map(|n| OrgField::Founded(Some(n))),
    );
    // Several columns are street, city, country; one is a word that can be misspelt.
    let place = c
        .filled(Target::Location)
        .map(|(_, text)| c.plan.meant(Domain::Word(Target::Location), text));
    let place = place.collect::<Vec<_>>().join(", ");
    list.extend((!place.is_empty()).then_some(OrgField::Location(place)));
    list.extend(parent.map(|p| OrgField::Parent(Some(p))));
    list.extend(
        c.joined(Target::Description, "\n\n")
            .map(OrgField::Description),
    );
    list.extend(
        c.text(Target::ExternalId)
            .map(|e| OrgField::External(e.to_owned())),
    );
    list.into_iter()
        .map(|f| Edit::Organisation(id, f))
        .collect()
}

fn product(c: &mut Cells<'_>, id: ProductId, name: String) -> Vec<Edit> {
    let mut list = vec![ProductField::Name(name)];
    list.extend(word(c, Target::Series).map(ProductField::Series));
    list.extend(
        c.money(Target::Price, MOST)
            .map(|m| ProductField::Price(Some(m))),
    );
    list.extend(
        c.text(Target::Code)
            .map(|code| ProductField::Code(code.to_owned())),
    );
    list.extend(period(c).map(ProductField::Period));
    list.into_iter().map(|f| Edit::Product(id, f)).collect()
}

/// How often a price recurs; none where the cell does not say.
fn period(c: &mut Cells<'_>) -> Option<Option<Period>> {
    let text = c.text(Target::Period)?;
    let found = match super::alias::plain(text).as_str() {
        "once" | "one time" | "none" | "no" => Some(None),
        "per month" | "month" | "monthly" => Some(Some(Period::Month)),
        "per quarter" | "quarter" | "quarterly" => Some(Some(Period::Quarter)),
        "per year" | "year" | "yearly" | "annually" | "annual" => Some(Some(Period::Year)),
        _ => None,
    };
    if found.is_none() {
        c.note_at(
            Target::Period,
            text,
            What::UnknownWord(Target::Period, "left out"),
        );
    }
    found
}

/// A word, or what is meant by it.
fn word(c: &Cells<'_>, target: Target) -> Option<String> {
    c.text(target)
        .map(|text| c.plan.meant(Domain::Word(target), text).to_owned())
}

/// Imports one row about a contact.
pub(super) fn contact(work: &mut Work, state: &State, c: &mut Cells<'_>, row: Row<'_>) {
    work.tally(Holds::Contacts).rows += 1;
    let name = record_name(c.file, row);
    if name.is_empty() {
        c.note_at(Target::Name, "", What::NoName);
        work.tally(Holds::Contacts).skipped += 1;
        return;
    }
    let name = cut(c, Target::Name, &name);
    let external = c.text(Target::ExternalId).unwrap_or_default();
    let organisation = c
        .text(Target::Organisation)
        .and_then(|o| work.organisation(c, Target::Organisation, o));
    let separators = [';', ',', ' ', '\n'];
    let emails = c.values(Target::Emails, &separators);
    let phones = c.values(Target::Phones, &[';', '\n']);
    let found = work.contacts.find(&name, &emails, external, organisation);
    let is_new = found.is_none();
    let id: ContactId = found.unwrap_or_else(|| work.ids.fresh());
    let known = state.tables.contacts.get(id);
    let mut list = vec![ContactField::Name(name.clone())];
    list.extend(
        c.text(Target::JobTitle)
            .map(|t| ContactField::Title(t.to_owned())),
    );
    list.extend(organisation.map(|o| ContactField::Organisation(Some(o))));
    let add = |old: Option<&Vec<String>>, new: Vec<String>| {
        let mut all = old.cloned().unwrap_or_default();
        all.extend(
            new.into_iter()
                .filter(|n| old.is_none_or(|o| !o.contains(n))),
        );
        all
    };
    list.push(ContactField::Emails(add(
        known.map(|k| &k.emails),
        emails.clone(),
    )));
    list.push(ContactField::Phones(add(known.map(|k| &k.phones), phones)));
    list.extend(
        c.joined(Target::Description, "\n\n")
            .map(ContactField::Description),
    );
    list.extend((!external.is_empty()).then(|| ContactField::External(external.to_owned())));
    let before = work.edits.len();
    for field in list {
        work.set(state, Edit::Contact(id, field));
    }
    work.set_own(state, c, id);
    let changed = work.edits.len() > before;
    work.contacts
        .note(id, &name, &emails, external, organisation);
    let again = work.contacts.is_new(id);
    let tally = work.tally(Holds::Contacts);
    match (is_new, again) {
        (true, _) => tally.created += 1,
        (false, true) => {}
        (false, false) if changed => tally.updated += 1,
        (false, false) => tally.unchanged += 1,
    }
    if is_new {
        work.contacts.note_new(id);
    }
}
