//! Rates of exchange.

use super::super::decision;
use super::short;
use crate::domain::campaign::RateField;
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::insight::RateDraft;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::ids::RateId;
use crate::domain::insight::exchange::MOST;
use crate::domain::world::World;

pub(super) fn save(
    world: &World,
    id: Option<RateId>,
    draft: RateDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let t = &world.state.tables;
    let known = |id| t.rates.get(id).ok_or(Refusal::Gone("The rate"));
    let existing = id.map(known).transpose()?;
    let RateDraft {
        of,
        to,
        worth,
        on,
        note,
    } = draft;
    if of == to {
        return Err(Refusal::field(
            "in_currency",
            "Choose another currency: one in itself is always 1.",
        ));
    }
    if worth <= 0 {
        return Err(Refusal::field("worth", "A rate is more than nothing."));
    }
    if worth > MOST {
        return Err(Refusal::field(
            "worth",
            "That is more than a million for one; please check the rate.",
        ));
    }
    let same = |r: &crate::domain::campaign::Rate| {
        existing.is_none_or(|e| e.id != r.id) && (r.of, r.in_currency, r.on) == (of, to, on)
    };
    let moved = existing.is_none_or(|e| (e.of, e.in_currency, e.on) != (of, to, on));
    if moved && t.rates.iter().any(same) {
        return Err(Refusal::field(
            "on",
            "There is a rate of these currencies for that day already.",
        ));
    }
    let fields = [
        RateField::Of(of),
        RateField::In(to),
        RateField::Worth(worth),
        RateField::On(on),
        RateField::Note(short("note", &note)?),
    ];
    let verb = if existing.is_some() {
        "Changed"
    } else {
        "Added"
    };
    let id = existing.map_or_else(|| ctx.ids.fresh(), |e| e.id);
    Ok(decision(
        Intent::new(
            IntentKind::EditInsight,
            format!("{verb} the rate of {of} in {to}"),
        ),
        fields.map(|f| Edit::Rate(id, f)).into(),
        Some(id.into()),
    ))
}
