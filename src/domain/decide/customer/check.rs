//! What a field of a customer record may hold.

use crate::domain::change::{Edit, EntityRef, IntentKind, Kind};
use crate::domain::command::Refusal;
use crate::domain::decide::clean_name;
use crate::domain::party::{ContactField, OrgField, PersonField};
use crate::domain::persona::PersonaField;
use crate::domain::team::{TeamField, TerritoryField};
use crate::domain::world::World;
use std::cell::Cell;

/// Levels of parents beyond which something is wrong; no concern has as many.
const LEVELS: usize = 64;
/// The longest text of a field, in characters.
const TEXT: usize = 20_000;
/// The longest address, number or label, in characters.
const LINE: usize = 300;

/// Checks one setting and tidies what it sets.
///
/// # Errors
/// [`Refusal`] says what is wrong with it.
pub(in crate::domain::decide) fn record(world: &World, edit: &mut Edit) -> Result<(), Refusal> {
    let entity = edit.entity();
    if let Some(name) = name_mut(edit) {
        *name = clean_name("name", article(entity.kind), name)?;
        return unlike_others(world, entity, name);
    }
    references(world, edit)?;
    match edit {
        Edit::Organisation(_, field) => organisation(field),
        Edit::Contact(_, field) => contact(field),
        Edit::Person(_, PersonField::Email(address)) => email("email", address),
        Edit::Person(_, PersonField::Office(text) | PersonField::Role(text)) => {
            *text = line("role", text)?;
            Ok(())
        }
        Edit::Persona(_, field) => persona(field),
        Edit::Territory(_, TerritoryField::Description(text)) => long("description", text),
        Edit::Person(..) | Edit::Team(..) | Edit::Territory(..) => Ok(()),
        _ => Err(Refusal::Impossible(
            "This kind of record has an editor of its own.".into(),
        )),
    }
}

/// Members, teams, territories and personas are chosen by their names, in lists and in files: no
/// two may have the same. Organisations and contacts may; the list of duplicates looks after them.
fn unlike_others(world: &World, entity: EntityRef, name: &str) -> Result<(), Refusal> {
    let t = &world.state.tables;
    let lower = name.to_lowercase();
    let same = |id: u64, other: &str| id != entity.id && other.to_lowercase() == lower;
    let (taken, what) = match entity.kind {
        Kind::Person => (
            t.people.iter().any(|p| same(p.id.0, &p.name)),
            "member of this name already. Tell them apart, as by the office: Ada Ames (Leeds)",
        ),
        Kind::Team => (
            t.teams.iter().any(|x| same(x.id.0, &x.name)),
            "team of this name already",
        ),
        Kind::Territory => (
            t.territories.iter().any(|x| same(x.id.0, &x.name)),
            "territory of this name already",
        ),
        Kind::Persona => (
            t.personas.iter().any(|p| same(p.id.0, &p.name)),
            "persona of this name already",
        ),
        _ => return Ok(()),
    };
    // What was called so before, as after two files were merged, may stay.
    let unchanged = world.state.tables.knows(entity)
        && world.state.name_of(entity).trim().to_lowercase() == lower;
    match taken && !unchanged {
        true => Err(Refusal::field("name", format!("There is a {what}."))),
        false => Ok(()),
    }
}

/// What a change of these settings is called, where that is more than a change: that somebody left.
pub(in crate::domain::decide) fn said_of(edits: &[Edit], name: &str) -> String {
    let left = edits.iter().find_map(|edit| match edit {
        Edit::Person(_, PersonField::Left(left)) => Some(*left),
        _ => None,
    });
    match left {
        Some(true) => format!("{name} is no longer here"),
        Some(false) => format!("{name} is here again"),
        None => format!("Changed {name}"),
    }
}

/// “An organisation”, as a sentence begins with it.
fn article(kind: Kind) -> &'static str {
    match kind {
        Kind::Organisation => "An organisation",
        Kind::Contact => "A contact",
        Kind::Persona => "A persona",
        Kind::Team => "A team",
        Kind::Territory => "A territory",
        _ => "A person",
    }
}

/// The refusal of a record without a name.
pub(super) fn nameless(kind: Kind) -> Refusal {
    Refusal::field("name", format!("{} needs a name.", article(kind)))
}

/// What changing a record of this kind is meant as.
pub(super) fn intent_of(kind: Kind) -> IntentKind {
    match kind {
        Kind::Persona | Kind::Team | Kind::Territory => IntentKind::EditRules,
        _ => IntentKind::EditRecord,
    }
}

fn name_mut(edit: &mut Edit) -> Option<&mut String> {
    match edit {
        Edit::Organisation(_, OrgField::Name(name))
        | Edit::Contact(_, ContactField::Name(name))
        | Edit::Person(_, PersonField::Name(name))
        | Edit::Persona(_, PersonaField::Name(name))
        | Edit::Team(_, TeamField::Name(name))
        | Edit::Territory(_, TerritoryField::Name(name)) => Some(name),
        _ => None,
    }
}

/// The name these edits give, when they do.
pub(super) fn name_in(edits: &[Edit]) -> Option<String> {
    edits
        .iter()
        .cloned()
        .find_map(|mut edit| name_mut(&mut edit).cloned())
}

/// What a record names must be there, and no record may belong to itself.
fn references(world: &World, edit: &Edit) -> Result<(), Refusal> {
    let t = &world.state.tables;
    let alive = |named: Option<EntityRef>, what: &'static str| match named {
        Some(named) if !t.is_alive(named) => Err(Refusal::Gone(what)),
        _ => Ok(()),
    };
    match edit {
        Edit::Organisation(_, OrgField::Owner(id))
        | Edit::Contact(_, ContactField::Owner(id))
        | Edit::Team(_, TeamField::Lead(id))
        | Edit::Territory(_, TerritoryField::Owner(id)) => {
            alive(id.map(EntityRef::from), "That person")
        }
        Edit::Organisation(_, OrgField::Territory(id))
        | Edit::Person(_, PersonField::Territory(id)) => {
            alive(id.map(EntityRef::from), "The territory")
        }
        Edit::Person(_, PersonField::Team(id)) => alive(id.map(EntityRef::from), "The team"),
        Edit::Contact(_, ContactField::Persona(id)) => {
            alive(id.map(EntityRef::from), "The persona")
        }
        Edit::Contact(_, ContactField::Organisation(id)) => {
            alive(id.map(EntityRef::from), "The organisation")
        }
        Edit::Organisation(id, OrgField::Parent(parent)) => {
            alive(parent.map(EntityRef::from), "The organisation")?;
            let up = |id| t.organisations.get(id).and_then(|o| o.parent);
            no_ring("parent", "An organisation", *id, *parent, up)
        }
        Edit::Person(id, PersonField::Manager(manager)) => {
            alive(manager.map(EntityRef::from), "That person")?;
            let up = |id| t.people.get(id).and_then(|p| p.manager);
            no_ring("manager", "A person", *id, *manager, up)
        }
        Edit::Team(id, TeamField::Parent(parent)) => {
            alive(parent.map(EntityRef::from), "The team")?;
            let up = |id| t.teams.get(id).and_then(|x| x.parent);
            no_ring("parent", "A team", *id, *parent, up)
        }
        Edit::Territory(id, TerritoryField::Parent(parent)) => {
            alive(parent.map(EntityRef::from), "The territory")?;
            let up = |id| t.territories.get(id).and_then(|x| x.parent);
            no_ring("parent", "A territory", *id, *parent, up)
        }
        _ => Ok(()),
    }
}

fn no_ring<I: Copy + PartialEq>(
    field: &'static str,
    what: &str,
    own: I,
    parent: Option<I>,
    up: impl Fn(I) -> Option<I>,
) -> Result<(), Refusal> {
    let at = Cell::new(parent);
    for _ in 0..LEVELS {
        match at.get() {
            Some(id) if id == own => {
                let verb = if field == "manager" {
                    "report to themselves"
                } else {
                    "belong to itself"
                };
                return Err(Refusal::field(
                    field,
                    format!("{what} cannot {verb}, not even through others."),
                ));
            }
            Some(id) => at.set(up(id)),
            None => break,
        }
    }
    Ok(())
}

fn organisation(field: &mut OrgField) -> Result<(), Refusal> {
    match field {
        OrgField::Website(text) => {
            *text = line("website", text)?;
            if !text.is_empty() && !is_site(text) {
                return Err(Refusal::field(
                    "website",
                    format!("“{text}” is no web address. Write it like example.com."),
                ));
            }
        }
        OrgField::Industry(text) | OrgField::Location(text) => *text = line("industry", text)?,
        OrgField::Revenue(Some(money)) if money.minor < 0 => {
            return Err(Refusal::field(
                "revenue",
                "Revenue cannot be below nothing.",
            ));
        }
        OrgField::Budget(Some(money)) if money.minor < 0 => {
            return Err(Refusal::field(
                "budget",
                "A budget cannot be below nothing.",
            ));
        }
        OrgField::Founded(Some(year)) if !(1000..=2199).contains(year) => {
            return Err(Refusal::field(
                "founded",
                "Write the year with four digits, like 1987.",
            ));
        }
        OrgField::Description(text)
        | OrgField::Decision(text)
        | OrgField::Pains(text)
        | OrgField::HealthNote(text) => long("description", text)?,
        OrgField::Tags(tags) => *tags = tidy("tags", tags)?,
        OrgField::Merged(_) => return Err(merged_by_hand()),
        _ => {}
    }
    Ok(())
}

/// Whether a text is the address of a site: a host with a dot in it, perhaps after `http://` or
/// `https://`, with a port and a path.
fn is_site(text: &str) -> bool {
    let scheme = |s: &str| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https");
    let rest = match text.split_once("://") {
        Some((before, rest)) if scheme(before) => rest,
        Some(_) => return false,
        None => text,
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = &rest[..end];
    let (host, port) = host.split_once(':').unwrap_or((host, "0"));
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    host.contains('.')
        && host.split('.').all(label)
        && !port.is_empty()
        && port.bytes().all(|b| b.is_ascii_digit())
        && !text.contains(char::is_whitespace)
}

fn contact(field: &mut ContactField) -> Result<(), Refusal> {
    match field {
        ContactField::Title(text) => *text = line("title", text)?,
        ContactField::Emails(list) => {
            *list = tidy("emails", list)?;
            for address in list {
                email("emails", address)?;
            }
        }
        ContactField::Phones(list) => {
            *list = tidy("phones", list)?;
            if let Some(bad) = list.iter().find(|n| !n.chars().any(char::is_numeric)) {
                return Err(Refusal::field(
                    "phones",
                    format!("“{bad}” has no digit in it."),
                ));
            }
        }
        ContactField::Description(text) => long("description", text)?,
        ContactField::Tags(tags) => *tags = tidy("tags", tags)?,
        ContactField::Merged(_) => return Err(merged_by_hand()),
        _ => {}
    }
    Ok(())
}

fn persona(field: &mut PersonaField) -> Result<(), Refusal> {
    match field {
        PersonaField::Titles(list) => *list = tidy("titles", list)?,
        PersonaField::Channels(list) => *list = tidy("channels", list)?,
        PersonaField::Demographics(text)
        | PersonaField::Behaviours(text)
        | PersonaField::Motivations(text)
        | PersonaField::Messages(text) => long("messages", text)?,
        PersonaField::Objections(list) => {
            for entry in list.iter_mut() {
                long("objections", &mut entry.objection)?;
                long("objections", &mut entry.answer)?;
            }
            list.retain(|e| !e.objection.is_empty() || !e.answer.is_empty());
        }
        _ => {}
    }
    Ok(())
}

fn merged_by_hand() -> Refusal {
    Refusal::Impossible("Records are merged from the list of duplicates.".into())
}

/// Whether a text is written like one e-mail address.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let parts: Vec<&str> = text.split('@').collect();
    let good = match parts.as_slice() {
        [name, host] => {
            let dots = host.split('.').all(|part| !part.is_empty());
            !name.is_empty() && dots && host.contains('.')
        }
        _ => false,
    };
    good && !text.contains(char::is_whitespace)
}

/// An address has something before and a domain after its one `@`, and no blanks. Empty is none.
///
/// # Errors
/// [`Refusal`] says how to write it.
pub(super) fn email(field: &'static str, address: &mut String) -> Result<(), Refusal> {
    *address = line(field, address)?;
    if address.is_empty() {
        return Ok(());
    }
    if is_email(address) {
        Ok(())
    } else {
        Err(Refusal::field(
            field,
            format!("“{address}” is no e-mail address. Write it like name@example.com."),
        ))
    }
}

fn line(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > LINE {
        return Err(Refusal::field(
            field,
            format!("That is too long. {LINE} characters are the most."),
        ));
    }
    Ok(text.to_owned())
}

fn long(field: &'static str, text: &mut String) -> Result<(), Refusal> {
    if text.chars().count() > TEXT {
        return Err(Refusal::field(
            field,
            format!("That is too long. {TEXT} characters are the most."),
        ));
    }
    text.truncate(text.trim_end().len());
    Ok(())
}

/// A list without blanks and repetitions, whatever their case.
fn tidy(field: &'static str, list: &[String]) -> Result<Vec<String>, Refusal> {
    let mut tidy: Vec<String> = Vec::new();
    for item in list {
        let item = line(field, item)?;
        let lower = item.to_lowercase();
        if !item.is_empty() && !tidy.iter().any(|known| known.to_lowercase() == lower) {
            tidy.push(item);
        }
    }
    Ok(tidy)
}

#[cfg(test)]
mod tests {
    use super::is_site;

    #[test]
    fn a_site_has_a_host_with_a_dot_and_no_other_scheme() {
        for good in [
            "example.com",
            "www.example.com/a",
            "https://Bücher.example/path?x=1#y",
            "HTTP://example.com:8080",
            "example.com.",
            "192.0.2.1:80/x",
            "example.com/javascript:alert(1)",
        ] {
            assert!(is_site(good), "{good}");
        }
        for bad in [
            "foo",
            "@@@",
            "http//acme",
            "http://acme",
            "javascript:alert(1)",
            "javascript://x.y",
            "ftp://example.com",
            "no site.com",
            ".com",
            "a..b",
            "example.com:",
            "-a.com",
            "a@b.example",
        ] {
            assert!(!is_site(bad), "{bad}");
        }
    }
}
