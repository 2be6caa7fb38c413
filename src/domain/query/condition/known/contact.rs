//! The fields of the contacts.

use super::*;
use FieldType::{Choice, Record, Text, Texts, YesNo};

pub(super) static FIELDS: &[Known] = &[
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
