//! The fields of the deal.

use super::*;
use FieldType::{
    Choice, Choices as Several, Date, Money as Amount, Number, Presence, Record, Records, Text,
    Texts,
};

pub(super) static FIELDS: &[Known] = &[
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
        "deal.qualified",
        "Qualified",
        Number,
        of!(deal, s, give, d => {
            qualification(&s.world.state, d).into_iter().for_each(|q| count(q.percent, give));
        }),
    )
    .unit("%"),
    known(
        "deal.fit",
        "Fit score",
        Number,
        of!(deal, s, give, _d => axis(s, Axis::Fit, give)),
    )
    .unit("points")
    .scored(),
    known(
        "deal.engagement",
        "Engagement score",
        Number,
        of!(deal, s, give, _d => axis(s, Axis::Engagement, give)),
    )
    .unit("points")
    .scored(),
];
