//! Deciding on what somebody says will be sold.

use super::super::decision;
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::plan::CallDraft;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::ids::CallId;
use crate::domain::insight::period::Period;
use crate::domain::money::Money;
use crate::domain::quota::CallField;
use crate::domain::world::World;

/// The longest note, in characters.
const NOTE: usize = 2_000;

/// Writes a call down. It is never changed afterwards; a newer one of the same person and period
/// stands beside it.
pub(super) fn call(world: &World, draft: CallDraft, ctx: &mut Ctx) -> Result<Decision, Refusal> {
    let amount = draft
        .amount
        .ok_or_else(|| Refusal::field("amount", "Say how much will be sold in all."))?;
    let state = &world.state;
    let currency = state.workspace().reporting;
    let currency = currency.unwrap_or(state.workspace().currency);
    for (field, money) in [
        ("amount", Some(amount)),
        ("best", draft.best),
        ("commit", draft.commit),
    ] {
        check(field, money, currency)?;
    }
    if draft.best.is_some_and(|best| best.minor < amount.minor) {
        return Err(Refusal::field(
            "best",
            "If all goes well it cannot be less than the call.",
        ));
    }
    if draft.commit.is_some_and(|sure| sure.minor > amount.minor) {
        return Err(Refusal::field(
            "commit",
            "What is certain cannot be more than the call.",
        ));
    }
    if draft.note.chars().count() > NOTE {
        return Err(Refusal::field(
            "note",
            format!("A note has at most {NOTE} characters."),
        ));
    }
    let period = Period::months_from(draft.from, draft.span.months());
    if period.to() < ctx.today {
        return Err(Refusal::field(
            "period",
            "This time is over: what will be sold is said before.",
        ));
    }
    let person = draft.person;
    if person.is_some_and(|id| state.tables.people.get(id).is_none()) {
        return Err(Refusal::Gone("The person"));
    }
    if draft
        .team
        .is_some_and(|id| state.tables.teams.get(id).is_none())
    {
        return Err(Refusal::Gone("The team"));
    }
    let id: CallId = ctx.ids.fresh();
    let fields = [
        CallField::Person(person),
        CallField::Team(draft.team),
        CallField::From(Some(draft.from)),
        CallField::Span(draft.span),
        CallField::Amount(Some(amount)),
        CallField::Best(draft.best),
        CallField::Commit(draft.commit),
        CallField::At(ctx.now),
        CallField::Note(draft.note.trim().to_owned()),
        CallField::Won(draft.won),
        CallField::Weighted(draft.weighted),
    ];
    let who = person.map_or_else(
        || "A call".to_owned(),
        |id| format!("The call of {}", state.name_of(id.into())),
    );
    let text = format!(
        "{who} for the {} from {}",
        draft.span.label().to_lowercase(),
        draft.from
    );
    Ok(decision(
        Intent::new(IntentKind::Plan, text),
        fields.map(|field| Edit::Call(id, field)).to_vec(),
        Some(id.into()),
    ))
}

fn check(
    field: &'static str,
    money: Option<Money>,
    currency: crate::domain::money::Currency,
) -> Result<(), Refusal> {
    let Some(money) = money else { return Ok(()) };
    if money.minor < 0 {
        return Err(Refusal::field(field, "An amount cannot be below nothing."));
    }
    if money.currency != currency {
        return Err(Refusal::field(
            field,
            format!("Calls are in {currency}, as forecasts are."),
        ));
    }
    Ok(())
}
