//! The fields of the organisation.

use super::*;
use FieldType::{Choice, Money as Amount, Number, Presence, Record, Text, Texts};

pub(super) static FIELDS: &[Known] = &[
    known(
        "organisation.fit",
        "Fit with the ideal customer",
        Number,
        of!(org, s, give, _o => {
            s.world.rules.profile.fit(s).into_iter().for_each(|fit| count(fit.percent, give));
        }),
    )
    .unit("%")
    .scored(),
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
        "Number of employees",
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
];
