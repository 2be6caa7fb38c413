//! How each field is read off the world.

use super::Subject;
use super::catalogue::{Choices, FieldType, Home};
use crate::domain::change::Kind;
use crate::domain::custom::{CustomValue, Decimal};
use crate::domain::entity::Entries;
use crate::domain::ids::FieldId;
use crate::domain::money::Money;
use crate::domain::party::Contact;
use crate::domain::query::idle::{DAY, idle, next_step};
use crate::domain::query::qualify::qualification;
use crate::domain::scoring::Axis;
use chrono::NaiveDate;

macro_rules! of {
    (deal, $s:ident, $give:ident, $it:ident => $body:expr) => {
        |$s, $give| {
            if let Some($it) = $s.deal {
                $body
            }
        }
    };
    (org, $s:ident, $give:ident, $it:ident => $body:expr) => {
        |$s, $give| {
            if let Some($it) = $s.organisation {
                $body
            }
        }
    };
    (contact, $s:ident, $give:ident, $it:ident => $body:expr) => {
        |$s, $give| {
            for $it in contacts($s) {
                $body
            }
        }
    };
}

mod contact;
mod deal;
mod organisation;

/// One thing a field holds. A field that holds none is empty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Atom<'w> {
    Text(&'w str),
    Number(Decimal),
    Money(Money),
    Date(NaiveDate),
    Flag(bool),
    /// A word of the file format.
    Code(&'static str),
    Id(u64),
    /// Something, whatever it is.
    Present,
}

type Give<'g, 'w> = &'g mut dyn FnMut(Atom<'w>);

/// A built-in field.
pub(super) struct Known {
    pub what: &'static str,
    pub label: &'static str,
    pub kind: FieldType,
    pub unit: &'static str,
    pub scored: bool,
    read: for<'w> fn(&Subject<'w>, Give<'_, 'w>),
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.what)
    }
}

impl Known {
    pub fn home(&self) -> Home {
        match self.what.split_once('.') {
            Some(("organisation", _)) => Home::Organisation,
            Some(("contact", _)) => Home::Contact,
            _ => Home::Deal,
        }
    }
}

/// Where the values of a condition's field come from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    Known(&'static Known),
    Custom(Home, FieldId),
}

impl Source {
    /// By the field's name in conditions.
    pub fn find(what: &str) -> Option<Self> {
        if let Some(known) = all().find(|known| known.what == what) {
            return Some(Self::Known(known));
        }
        let (home, rest) = what.split_once('.')?;
        let id = rest.strip_prefix("custom.")?.parse().ok()?;
        let home = match home {
            "deal" => Home::Deal,
            "organisation" => Home::Organisation,
            "contact" => Home::Contact,
            _ => return None,
        };
        Some(Self::Custom(home, id))
    }

    /// Hands out what the field holds.
    pub fn read<'w>(&self, subject: &Subject<'w>, give: Give<'_, 'w>) {
        match self {
            Self::Known(known) => (known.read)(subject, give),
            Self::Custom(home, id) => custom(subject, *home, *id, give),
        }
    }
}

fn custom<'w>(subject: &Subject<'w>, home: Home, id: FieldId, give: Give<'_, 'w>) {
    let mut hand = |entries: &'w Entries<FieldId, CustomValue>| match entries.get(id) {
        None => {}
        Some(CustomValue::Text(t)) => text(t, give),
        Some(CustomValue::Number(n)) => give(Atom::Number(*n)),
        Some(CustomValue::Money(m)) => give(Atom::Money(*m)),
        Some(CustomValue::Date(d)) => give(Atom::Date(*d)),
        Some(CustomValue::Flag(f)) => give(Atom::Flag(*f)),
        Some(CustomValue::List(all)) => texts(all, give),
    };
    match home {
        Home::Deal => subject.deal.into_iter().for_each(|d| hand(&d.custom)),
        Home::Organisation => subject
            .organisation
            .into_iter()
            .for_each(|o| hand(&o.custom)),
        Home::Contact => contacts(subject).for_each(|c| hand(&c.custom)),
    }
}

/// The deal's contacts that are not removed.
fn contacts<'w>(subject: &Subject<'w>) -> impl Iterator<Item = &'w Contact> {
    let table = &subject.world.state.tables.contacts;
    let links = subject
        .deal
        .map(|d| d.contacts.as_slice())
        .unwrap_or_default();
    links.iter().filter_map(|link| table.get(link.contact))
}

fn text<'w>(text: &'w str, give: Give<'_, 'w>) {
    let text = text.trim();
    if !text.is_empty() {
        give(Atom::Text(text));
    }
}

fn texts<'w>(all: &'w [String], give: Give<'_, 'w>) {
    for one in all {
        text(one, give);
    }
}

fn count(n: impl TryInto<i64>, give: Give<'_, '_>) {
    give(Atom::Number(Decimal::whole(
        n.try_into().unwrap_or(i64::MAX),
    )));
}

/// The points of one axis; nothing while there are no rules.
fn axis(subject: &Subject, axis: Axis, give: Give<'_, '_>) {
    let rules = &subject.world.rules.scores;
    if !rules.is_empty() {
        count(rules.axis(subject, axis).points, give);
    }
}

/// Whole days since a time in milliseconds.
fn days_since(subject: &Subject, then: i64, give: Give<'_, '_>) {
    count(subject.now.saturating_sub(then).max(0) / DAY, give);
}

const fn known(
    what: &'static str,
    label: &'static str,
    kind: FieldType,
    read: for<'w> fn(&Subject<'w>, Give<'_, 'w>),
) -> Known {
    Known {
        what,
        label,
        kind,
        unit: "",
        scored: false,
        read,
    }
}

impl Known {
    const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// Worked out from scores, the profile or the framework.
    const fn scored(mut self) -> Self {
        self.scored = true;
        self
    }
}

/// The built-in fields, those of one home together, in the order they are offered.
pub(super) fn all() -> impl Iterator<Item = &'static Known> {
    [deal::FIELDS, organisation::FIELDS, contact::FIELDS]
        .into_iter()
        .flatten()
}
