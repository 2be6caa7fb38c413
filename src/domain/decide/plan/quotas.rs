//! Deciding on quotas and on what works on sales from outside.

use super::super::{clean_name, decision};
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::plan::{FactorDraft, QuotaDraft};
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::ids::{ExternalFactorId, QuotaId};
use crate::domain::money::Money;
use crate::domain::quota::{ExternalFactorField, QuotaFactor, QuotaField};
use crate::domain::world::World;
use chrono::Datelike;

/// The longest note, in characters.
const NOTE: usize = 2_000;
/// The largest factor: ten times as much.
const MOST: i64 = 10_000;

fn note(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > NOTE {
        return Err(Refusal::field(
            "note",
            format!("A note has at most {NOTE} characters."),
        ));
    }
    Ok(text.to_owned())
}

fn positive(amount: Option<Money>) -> Result<Money, Refusal> {
    match amount {
        None => Err(Refusal::field("amount", "Say how much is to be sold.")),
        Some(money) if money.minor <= 0 => {
            Err(Refusal::field("amount", "A quota is more than nothing."))
        }
        Some(money) => Ok(money),
    }
}

fn check_factors(factors: &[QuotaFactor]) -> Result<(), Refusal> {
    for factor in factors {
        if !(0..=MOST).contains(&factor.factor) {
            return Err(Refusal::field(
                "factors",
                format!("{}: choose between 0 and 1,000 %.", factor.name),
            ));
        }
    }
    Ok(())
}

/// Sets a quota. There is one for each holder, pipeline and period: a second one is refused.
pub(super) fn quota(
    world: &World,
    id: Option<QuotaId>,
    draft: QuotaDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let tables = &world.state.tables;
    if id.is_some_and(|id| tables.quotas.get(id).is_none()) {
        return Err(Refusal::Gone("The quota"));
    }
    let amount = positive(draft.amount)?;
    check_factors(&draft.factors)?;
    if draft.from.day() != 1 {
        return Err(Refusal::field(
            "from",
            "A period begins with the first day of a month.",
        ));
    }
    let named = [
        draft.person.is_some(),
        draft.team.is_some(),
        draft.territory.is_some(),
    ];
    if named.iter().filter(|n| **n).count() > 1 {
        return Err(Refusal::field(
            "holder",
            "A quota is of one person, one team, one territory, or of all.",
        ));
    }
    if draft.person.is_some_and(|p| tables.people.get(p).is_none()) {
        return Err(Refusal::Gone("The person"));
    }
    if draft.team.is_some_and(|t| tables.teams.get(t).is_none()) {
        return Err(Refusal::Gone("The team"));
    }
    if draft
        .territory
        .is_some_and(|t| tables.territories.get(t).is_none())
    {
        return Err(Refusal::Gone("The territory"));
    }
    if draft
        .pipeline
        .is_some_and(|p| tables.pipelines.get(p).is_none())
    {
        return Err(Refusal::Gone("The pipeline"));
    }
    let same = tables.quotas.iter().any(|q| {
        Some(q.id) != id
            && (q.person, q.team, q.territory, q.pipeline)
                == (draft.person, draft.team, draft.territory, draft.pipeline)
            && (q.from, q.span) == (Some(draft.from), draft.span)
    });
    if same {
        return Err(Refusal::field(
            "from",
            "There is a quota for this period already. Change that one.",
        ));
    }
    let who = match (draft.person, draft.team, draft.territory) {
        (Some(id), _, _) => world.state.name_of(id.into()),
        (_, Some(id), _) => world.state.name_of(id.into()),
        (_, _, Some(id)) => world.state.name_of(id.into()),
        _ => "all".to_owned(),
    };
    let verb = if id.is_some() { "Changed" } else { "Set" };
    let id = id.unwrap_or_else(|| ctx.ids.fresh());
    let fields = [
        QuotaField::Person(draft.person),
        QuotaField::Team(draft.team),
        QuotaField::Territory(draft.territory),
        QuotaField::Pipeline(draft.pipeline),
        QuotaField::From(Some(draft.from)),
        QuotaField::Span(draft.span),
        QuotaField::Amount(Some(amount)),
        QuotaField::Base(draft.base),
        QuotaField::Factors(draft.factors),
        QuotaField::Note(note(&draft.note)?),
    ];
    let text = format!(
        "{verb} the quota of {who} for the {} from {}",
        draft.span.label().to_lowercase(),
        draft.from
    );
    Ok(decision(
        Intent::new(IntentKind::Plan, text),
        fields.map(|f| Edit::Quota(id, f)).to_vec(),
        Some(id.into()),
    ))
}

/// Writes down something from outside.
pub(super) fn factor(
    world: &World,
    id: Option<ExternalFactorId>,
    draft: FactorDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let tables = &world.state.tables;
    if id.is_some_and(|id| tables.factors.get(id).is_none()) {
        return Err(Refusal::Gone("The factor"));
    }
    let name = clean_name("name", "A factor", &draft.name)?;
    if !(0..=MOST).contains(&draft.effect) {
        return Err(Refusal::field("effect", "Choose between 0 and 1,000 %."));
    }
    if let (Some(from), Some(to)) = (draft.from, draft.to)
        && to < from
    {
        return Err(Refusal::field("to", "It cannot end before it begins."));
    }
    if draft
        .territory
        .is_some_and(|t| tables.territories.get(t).is_none())
    {
        return Err(Refusal::Gone("The territory"));
    }
    let verb = if id.is_some() { "Changed" } else { "Noted" };
    let id = id.unwrap_or_else(|| ctx.ids.fresh());
    let fields = [
        ExternalFactorField::Name(name.clone()),
        ExternalFactorField::From(draft.from),
        ExternalFactorField::To(draft.to),
        ExternalFactorField::Effect(draft.effect),
        ExternalFactorField::Territory(draft.territory),
        ExternalFactorField::Note(note(&draft.note)?),
    ];
    Ok(decision(
        Intent::new(IntentKind::Plan, format!("{verb} {name}")),
        fields.map(|f| Edit::ExternalFactor(id, f)).to_vec(),
        Some(id.into()),
    ))
}
