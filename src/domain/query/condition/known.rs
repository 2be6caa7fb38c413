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
use chrono::NaiveDate;

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
        if let Some(known) = KNOWN.iter().find(|known| known.what == what) {
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

/// Whole days since a time in milliseconds.
fn days_since(subject: &Subject, then: i64, give: Give<'_, '_>) {
    count(subject.now.saturating_sub(then).max(0) / DAY, give);
}

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
}

use FieldType::{
    Choice, Choices as Several, Date, Money as Amount, Number, Presence, Record, Records, Text,
    Texts, YesNo,
};

/// The built-in fields, those of one home together, in the order they are offered.
pub(super) static KNOWN: &[Known] = &[
    known(
        "deal.stage",
        "Stage",
        Record(Kind::Stage),
        of!(deal, s, give, d => {
            if let Some(stage) = s.world.state.stage_of(d) { give(Atom::Id(stage.id.0)) }
        }),
    ),
    known(
        "deal.pipeline",
        "Pipeline",
        Record(Kind::Pipeline),
        of!(deal, s, give, d => {
            if let Some(stage) = s.world.state.stage_of(d) { give(Atom::Id(stage.pipeline.0)) }
        }),
    ),
    known(
        "deal.status",
        "Status",
        Choice(Choices::Status),
        of!(deal, s, give, d => give(Atom::Code(d.outcome.status().code()))),
    ),
    known(
        "deal.value",
        "Value",
        Amount,
        of!(deal, s, give, d => d.value.into_iter().for_each(|m| give(Atom::Money(m)))),
    ),
    known(
        "deal.close",
        "Expected close",
        Date,
        of!(deal, s, give, d => d.close.into_iter().for_each(|on| give(Atom::Date(on)))),
    ),
    known(
        "deal.probability",
        "Probability",
        Number,
        of!(deal, s, give, d => count(s.world.state.probability(d), give)),
    )
    .unit("%"),
    known(
        "deal.category",
        "Forecast category",
        Choice(Choices::Category),
        of!(deal, s, give, d => d.category.into_iter().for_each(|c| give(Atom::Code(c.code())))),
    ),
    known(
        "deal.kind",
        "Kind of sale",
        Choice(Choices::DealKind),
        of!(deal, s, give, d => give(Atom::Code(d.kind.code()))),
    ),
    known(
        "deal.owner",
        "Owner",
        Record(Kind::Person),
        of!(deal, s, give, d => d.owner.into_iter().for_each(|id| give(Atom::Id(id.0)))),
    ),
    known(
        "deal.source",
        "Source",
        Text,
        of!(deal, s, give, d => text(&d.source, give)),
    ),
    known(
        "deal.tags",
        "Tags",
        Texts,
        of!(deal, s, give, d => texts(&d.tags, give)),
    ),
    known(
        "deal.title",
        "Title",
        Text,
        of!(deal, s, give, d => text(&d.title, give)),
    ),
    known(
        "deal.description",
        "Description",
        Text,
        of!(deal, s, give, d => text(&d.description, give)),
    ),
    known(
        "deal.products",
        "Products",
        Records(Kind::Product),
        of!(deal, s, give, d => {
            let t = &s.world.state.tables.products;
            d.products.iter().filter(|id| t.get(**id).is_some()).for_each(|id| give(Atom::Id(id.0)));
        }),
    ),
    known(
        "deal.organisation",
        "Organisation",
        Presence,
        of!(org, s, give, _o => give(Atom::Present)),
    ),
    known(
        "deal.contact_count",
        "Number of contacts",
        Number,
        of!(deal, s, give, _d => count(contacts(s).count(), give)),
    ),
    known(
        "deal.roles",
        "Buying roles",
        Several(Choices::Role),
        of!(deal, s, give, d => {
            let t = &s.world.state.tables.contacts;
            d.contacts.iter().filter(|c| t.get(c.contact).is_some()).for_each(|c| give(Atom::Code(c.role.code())));
        }),
    ),
    known(
        "deal.next_step",
        "Next step",
        Presence,
        of!(deal, s, give, d => {
            if next_step(s.world, d).is_some() { give(Atom::Present) }
        }),
    ),
    known(
        "deal.next_due",
        "Next step due",
        Date,
        of!(deal, s, give, d => {
            next_step(s.world, d).and_then(|a| a.due).into_iter().for_each(|on| give(Atom::Date(on)));
        }),
    ),
    known(
        "deal.idle_days",
        "Idle for",
        Number,
        of!(deal, s, give, d => count(idle(s.world, d, s.now, s.today).days, give)),
    )
    .unit("days"),
    known(
        "deal.days_in_stage",
        "In its stage for",
        Number,
        of!(deal, s, give, d => days_since(s, d.placement.since, give)),
    )
    .unit("days"),
    known(
        "deal.age_days",
        "Age",
        Number,
        of!(deal, s, give, d => days_since(s, d.created, give)),
    )
    .unit("days"),
    known(
        "deal.renewal",
        "Renewal",
        Date,
        of!(deal, s, give, d => d.renewal.into_iter().for_each(|on| give(Atom::Date(on)))),
    ),
    known(
        "deal.competitor",
        "Competitor",
        Text,
        of!(deal, s, give, d => d.outcome.closure().into_iter().for_each(|c| text(&c.competitor, give))),
    ),
    known(
        "deal.reason",
        "Reason won or lost",
        Text,
        of!(deal, s, give, d => d.outcome.closure().into_iter().for_each(|c| text(&c.reason, give))),
    ),
    known(
        "organisation.name",
        "Name",
        Text,
        of!(org, s, give, o => text(&o.name, give)),
    ),
    known(
        "organisation.industry",
        "Industry",
        Text,
        of!(org, s, give, o => text(&o.industry, give)),
    ),
    known(
        "organisation.employees",
        "Employees",
        Number,
        of!(org, s, give, o => o.employees.into_iter().for_each(|n| count(n, give))),
    ),
    known(
        "organisation.revenue",
        "Annual revenue",
        Amount,
        of!(org, s, give, o => o.revenue.into_iter().for_each(|m| give(Atom::Money(m)))),
    ),
    known(
        "organisation.budget",
        "Annual budget",
        Amount,
        of!(org, s, give, o => o.budget.into_iter().for_each(|m| give(Atom::Money(m)))),
    ),
    known(
        "organisation.founded",
        "Founded",
        Number,
        of!(org, s, give, o => o.founded.into_iter().for_each(|n| count(n, give))),
    ),
    known(
        "organisation.location",
        "Location",
        Text,
        of!(org, s, give, o => text(&o.location, give)),
    ),
    known(
        "organisation.website",
        "Website",
        Text,
        of!(org, s, give, o => text(&o.website, give)),
    ),
    known(
        "organisation.territory",
        "Territory",
        Record(Kind::Territory),
        of!(org, s, give, o => {
            o.territory.filter(|id| s.world.state.tables.territories.get(*id).is_some()).into_iter().for_each(|id| give(Atom::Id(id.0)));
        }),
    ),
    known(
        "organisation.owner",
        "Owner",
        Record(Kind::Person),
        of!(org, s, give, o => o.owner.into_iter().for_each(|id| give(Atom::Id(id.0)))),
    ),
    known(
        "organisation.parent",
        "Parent organisation",
        Presence,
        of!(org, s, give, o => {
            if o.parent.is_some() { give(Atom::Present) }
        }),
    ),
    known(
        "organisation.tags",
        "Tags",
        Texts,
        of!(org, s, give, o => texts(&o.tags, give)),
    ),
    known(
        "organisation.pains",
        "Pain points",
        Text,
        of!(org, s, give, o => text(&o.pains, give)),
    ),
    known(
        "organisation.decision",
        "Decision process",
        Text,
        of!(org, s, give, o => text(&o.decision, give)),
    ),
    known(
        "organisation.health",
        "Health",
        Choice(Choices::Health),
        of!(org, s, give, o => o.health.into_iter().for_each(|h| give(Atom::Code(h.code())))),
    ),
    known(
        "contact.title",
        "Job title",
        Text,
        of!(contact, s, give, c => text(&c.title, give)),
    ),
    known(
        "contact.role",
        "Usual buying role",
        Choice(Choices::Role),
        of!(contact, s, give, c => give(Atom::Code(c.role.code()))),
    ),
    known(
        "contact.persona",
        "Persona",
        Record(Kind::Persona),
        of!(contact, s, give, c => c.persona.into_iter().for_each(|id| give(Atom::Id(id.0)))),
    ),
    known(
        "contact.name",
        "Name",
        Text,
        of!(contact, s, give, c => text(&c.name, give)),
    ),
    known(
        "contact.email",
        "E-mail address",
        Text,
        of!(contact, s, give, c => texts(&c.emails, give)),
    ),
    known(
        "contact.phone",
        "Telephone number",
        Text,
        of!(contact, s, give, c => texts(&c.phones, give)),
    ),
    known(
        "contact.tags",
        "Tags",
        Texts,
        of!(contact, s, give, c => texts(&c.tags, give)),
    ),
    known(
        "contact.do_not_contact",
        "Do not contact",
        YesNo,
        of!(contact, s, give, c => give(Atom::Flag(c.do_not_contact))),
    ),
];
