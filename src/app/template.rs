//! Templates: texts with fields such as `{{contact.first_name}}` that a deal fills in.
//!
//! A field that cannot be filled in stays in the text as it is, so that a text with a gap is
//! told from a finished one by looking at it alone: nothing can go out with a blank.

use super::history::Format;
use crate::domain::custom::{CustomValue, FieldHome};
use crate::domain::deal::Deal;
use crate::domain::entity::Entries;
use crate::domain::ids::{ContactId, DealId, FieldId, PersonId};
use crate::domain::query::cadence::contact_of;
use crate::domain::state::State;
use std::fmt;

mod mailto;

pub use mailto::{MAILTO_MOST, Mailto, mailto};

/// The fields there are beside those a team has added, with what they hold.
pub const FIELDS: [(&str, &str); 17] = [
    ("deal.title", "What is being sold"),
    ("deal.value", "Its value"),
    ("deal.close", "Expected close"),
    ("deal.stage", "Its stage"),
    ("contact.first_name", "First name of the contact"),
    ("contact.name", "Full name of the contact"),
    ("contact.title", "What the contact does"),
    ("contact.email", "E-mail address of the contact"),
    ("organisation.name", "Name of the organisation"),
    ("organisation.industry", "Its industry"),
    ("organisation.location", "Where it is"),
    ("owner.name", "Who owns the deal"),
    ("owner.first_name", "First name of the owner"),
    ("owner.email", "E-mail address of the owner"),
    ("me.name", "Your name"),
    ("me.first_name", "Your first name"),
    ("me.email", "Your e-mail address"),
];

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece<'t> {
    /// As it stands.
    Text(&'t str),
    /// A field's name, as written, and where it begins in bytes.
    Field(&'t str, usize),
    /// Two braces that nothing closes, and where in bytes.
    Open(usize),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(found) = text[from..].find("{{") {
        let at = from + found;
        if at > from {
            all.push(Piece::Text(&text[from..at]));
        }
        let inside = &text[at + 2..];
        let line = inside.split('\n').next().unwrap_or_default();
        match line.find("}}") {
            // Two braces more before the end: these here were never closed.
            Some(end) if !line[..end].contains("{{") => {
                all.push(Piece::Field(line[..end].trim(), at));
                from = at + 2 + end + 2;
            }
            _ => {
                all.push(Piece::Open(at));
                from = at + 2;
            }
        }
    }
    if from < text.len() {
        all.push(Piece::Text(&text[from..]));
    }
    all
}

/// What is wrong with a template, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// What.
    pub what: What,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// There is no such field; perhaps one with a name like it.
    Unknown(String, Option<String>),
    /// Braces are not closed on their line.
    Open,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}, character {}: ", self.line, self.column)?;
        match &self.what {
            What::Unknown(name, Some(near)) => {
                write!(f, "there is no field “{name}”. Did you mean “{near}”?")
            }
            What::Unknown(name, None) => write!(f, "there is no field “{name}”."),
            What::Open => write!(f, "“{{{{” is not closed by “}}}}” on the same line."),
        }
    }
}

/// Everything wrong with a template, in order.
#[must_use]
pub fn faults(state: &State, text: &str) -> Vec<Fault> {
    let fault = |at: usize, what: What| {
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        Fault {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            what,
        }
    };
    pieces(text)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Field(name, at) if !is_known(state, name) => {
                Some(fault(at, What::Unknown(name.to_owned(), near(state, name))))
            }
            Piece::Open(at) => Some(fault(at, What::Open)),
            _ => None,
        })
        .collect()
}

/// All fields that can be used, with what they hold.
#[must_use]
pub fn all_fields(state: &State) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = FIELDS
        .iter()
        .map(|(name, label)| ((*name).to_owned(), (*label).to_owned()))
        .collect();
    let mut own: Vec<(String, String)> = state
        .tables
        .custom_fields
        .iter()
        .map(|f| {
            (
                format!("{}.custom.{}", home_code(f.home), f.name),
                f.name.clone(),
            )
        })
        .collect();
    crate::domain::order::Order::order(own.as_mut_slice());
    all.extend(own);
    all
}

fn home_code(home: FieldHome) -> &'static str {
    match home {
        FieldHome::Deal => "deal",
        FieldHome::Organisation => "organisation",
        FieldHome::Contact => "contact",
    }
}

/// The team's own field that a name means.
fn own_field(state: &State, name: &str) -> Option<(FieldHome, FieldId)> {
    let (home, field) = name.split_once(".custom.")?;
    let field = field.trim().to_lowercase();
    state
        .tables
        .custom_fields
        .iter()
        .filter(|f| home_code(f.home).eq_ignore_ascii_case(home))
        .filter(|f| f.name.to_lowercase() == field)
        .map(|f| (f.home, f.id))
        .min_by_key(|(_, id)| *id)
}

fn is_known(state: &State, name: &str) -> bool {
    FIELDS
        .iter()
        .any(|(known, _)| known.eq_ignore_ascii_case(name))
        || own_field(state, name).is_some()
}

/// The field whose name differs least, when it differs little.
fn near(state: &State, name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let all = all_fields(state);
    let best = all
        .iter()
        .map(|(known, _)| (distance(&name, &known.to_lowercase()), known))
        .min()?;
    (best.0 <= 4.min(name.chars().count() / 2)).then(|| best.1.clone())
}

/// How many letters have to be put in, taken out or changed (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

/// For whom a template is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whom {
    /// The deal.
    pub deal: DealId,
    /// The contact; the deal's first one when none.
    pub contact: Option<ContactId>,
    /// Who writes.
    pub me: Option<PersonId>,
}

/// Fills a template in. What cannot be, because it is unknown or empty, stays as it is.
#[must_use]
pub fn fill(state: &State, whom: Whom, text: &str, format: &impl Format) -> String {
    let mut filled = String::with_capacity(text.len() + 64);
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Open(_) => filled.push_str("{{"),
            Piece::Field(name, _) => {
                let value = value(state, whom, name, format).unwrap_or_default();
                match value.trim() {
                    "" => {
                        filled.push_str("{{");
                        filled.push_str(name);
                        filled.push_str("}}");
                    }
                    value => filled.push_str(value),
                }
            }
        }
    }
    filled
}

/// The fields still to be filled in, each once, in order. A text with any is not finished.
#[must_use]
pub fn gaps(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for piece in pieces(text) {
        let name = match piece {
            Piece::Field(name, _) => name.to_owned(),
            Piece::Open(_) => String::from("{{"),
            Piece::Text(_) => continue,
        };
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// Why a place of a text is still to be filled in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Lack {
    /// The deal has nothing for this field.
    Empty(String),
    /// There is no field of this name; perhaps one with a name like it.
    Unknown(String, Option<String>),
    /// Two braces that nothing closes, with what follows them on their line.
    Open(String),
}

/// What is still to be filled in, each once, in order, and why.
#[must_use]
pub fn lacks(state: &State, text: &str) -> Vec<Lack> {
    let mut all: Vec<Lack> = Vec::new();
    for piece in pieces(text) {
        let lack = match piece {
            Piece::Field(name, _) if is_known(state, name) => Lack::Empty(name.to_owned()),
            Piece::Field(name, _) => Lack::Unknown(name.to_owned(), near(state, name)),
            Piece::Open(at) => {
                let line = text[at + 2..].lines().next().unwrap_or_default();
                let until = line.find("{{").unwrap_or(line.len());
                Lack::Open(line[..until].trim().to_owned())
            }
            Piece::Text(_) => continue,
        };
        if !all.contains(&lack) {
            all.push(lack);
        }
    }
    all
}

/// Puts braces right that nothing closes: they are closed behind the name of a field, where one
/// follows, else taken away.
#[must_use]
pub fn close_open(state: &State, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for piece in pieces(text) {
        let Piece::Open(at) = piece else { continue };
        out.push_str(&text[from..at]);
        from = at + 2;
        let inside = &text[from..];
        let name = field_at(state, inside);
        if let Some(name) = name {
            out.push_str("{{");
            out.push_str(name);
            out.push_str("}}");
            from += inside.len() - inside.trim_start_matches(' ').len() + name.len();
            // One brace of the two may be there.
            from += usize::from(text[from..].starts_with('}'));
        }
    }
    out.push_str(&text[from..]);
    out
}

/// The known field whose name a text begins with, the longest one.
fn field_at<'t>(state: &State, text: &'t str) -> Option<&'t str> {
    let text = text.trim_start_matches(' ');
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    all_fields(state)
        .iter()
        .filter_map(|(name, _)| {
            let start = text.get(..name.len())?;
            (start.eq_ignore_ascii_case(name) && ends(&text[name.len()..])).then_some(start)
        })
        .max_by_key(|found| found.len())
}

/// Puts a value in all places of a field.
#[must_use]
pub fn put(text: &str, field: &str, value: &str) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Open(_) => String::from("{{"),
            Piece::Field(name, _) if name == field => value.to_owned(),
            Piece::Field(name, _) => format!("{{{{{name}}}}}"),
        })
        .collect()
}

/// What a field holds for a deal; none when there is no such field.
fn value(state: &State, whom: Whom, name: &str, format: &impl Format) -> Option<String> {
    let t = &state.tables;
    let name_lower = name.to_lowercase();
    let deal = t.deals.get(whom.deal);
    let contact = whom
        .contact
        .or_else(|| deal.and_then(|d| contact_of(state, d)))
        .and_then(|id| t.contacts.get(id));
    let org = deal
        .and_then(|d| d.organisation)
        .or_else(|| contact.and_then(|c| c.organisation))
        .and_then(|id| t.organisations.get(id));
    let owner = deal.and_then(|d| d.owner).and_then(|id| t.people.get(id));
    let me = whom.me.and_then(|id| t.people.get(id));
    if let Some((home, field)) = own_field(state, name) {
        let of = |entries: Option<&Entries<FieldId, CustomValue>>| {
            entries
                .and_then(|all| all.get(field))
                .map(|value| custom(value, format))
                .unwrap_or_default()
        };
        return Some(match home {
            FieldHome::Deal => of(deal.map(|d| &d.custom)),
            FieldHome::Organisation => of(org.map(|o| &o.custom)),
            FieldHome::Contact => of(contact.map(|c| &c.custom)),
        });
    }
    let text = match name_lower.as_str() {
        "deal.title" => deal.map(|d| d.title.clone()),
        "deal.value" => deal.and_then(|d| d.value).map(|v| format.money(v)),
        "deal.close" => deal.and_then(|d| d.close).map(|d| format.date(d)),
        "deal.stage" => deal
            .and_then(|d: &Deal| state.stage_of(d))
            .map(|s| s.name.clone()),
        "contact.first_name" => contact.map(|c| first_name(&c.name)),
        "contact.name" => contact.map(|c| c.name.clone()),
        "contact.title" => contact.map(|c| c.title.clone()),
        "contact.email" => contact.and_then(|c| c.emails.first().cloned()),
        "organisation.name" => org.map(|o| o.name.clone()),
        "organisation.industry" => org.map(|o| o.industry.clone()),
        "organisation.location" => org.map(|o| o.location.clone()),
        "owner.name" => owner.map(|p| p.name.clone()),
        "owner.first_name" => owner.map(|p| first_name(&p.name)),
        "owner.email" => owner.map(|p| p.email.clone()),
        "me.name" => me.map(|p| p.name.clone()),
        "me.first_name" => me.map(|p| first_name(&p.name)),
        "me.email" => me.map(|p| p.email.clone()),
        _ => return None,
    };
    Some(text.unwrap_or_default())
}

fn first_name(name: &str) -> String {
    name.split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn custom(value: &CustomValue, format: &impl Format) -> String {
    match value {
        CustomValue::Text(text) => text.clone(),
        CustomValue::Number(n) => n.to_string(),
        CustomValue::Money(money) => format.money(*money),
        CustomValue::Date(date) => format.date(*date),
        CustomValue::Flag(yes) => String::from(if *yes { "yes" } else { "no" }),
        CustomValue::List(list) => list.join(", "),
    }
}
