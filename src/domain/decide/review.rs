//! Deciding commands about reviews, notes to members, practices and feedback.

mod notes;

use super::{activities, clean_name, decision};
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind, Kind};
use crate::domain::command::review::{ReviewCommand, ReviewDraft};
use crate::domain::command::{ActivityDraft, Ctx, Decision, Refusal};
use crate::domain::ids::{DealId, ReviewId};
use crate::domain::review::{Review, ReviewField, ReviewItem};
use crate::domain::world::World;

/// The longest text kept, in characters.
const LONGEST: usize = 5_000;

pub(super) fn decide(
    world: &World,
    command: ReviewCommand,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {
        ReviewCommand::Begin(draft) => begin(world, *draft, ctx),
        ReviewCommand::See {
            review,
            deals,
            seen,
        } => see(world, review, &deals, seen, ctx),
        ReviewCommand::Decide {
            review,
            deal,
            decision,
        } => write_decision(world, review, deal, &decision, ctx),
        ReviewCommand::Plan {
            review,
            deal,
            draft,
        } => plan(world, review, deal, *draft, ctx),
        ReviewCommand::Edit(id, field) => edit(world, id, field),
        ReviewCommand::Close(id) => close(world, id, ctx),
        ReviewCommand::Reopen(id) => reopen(world, id),
        ReviewCommand::Coach { id, fields } => notes::coach(world, id, fields, ctx),
        ReviewCommand::Share { id, fields } => notes::share(world, id, fields, ctx),
        ReviewCommand::Feed { id, fields } => notes::feed(world, id, fields, ctx),
    }
}

fn said(text: impl Into<String>, edits: Vec<Edit>, focus: impl Into<EntityRef>) -> Decision {
    decision(
        Intent::new(IntentKind::Review, text),
        edits,
        Some(focus.into()),
    )
}

/// A review that is there, closed or not.
fn known(world: &World, id: ReviewId) -> Result<&Review, Refusal> {
    let review = world.state.tables.reviews.get(id);
    review.ok_or(Refusal::Gone("The review"))
}

/// A review that is going on.
fn going(world: &World, id: ReviewId) -> Result<&Review, Refusal> {
    let review = known(world, id)?;
    if review.closed.is_some() {
        return Err(Refusal::Impossible(
            "This review is closed. Open it again to change it.".into(),
        ));
    }
    Ok(review)
}

/// What is said of a deal, to be changed; a deal that was not on the agenda comes last.
fn item(review: &Review, deal: DealId) -> ReviewItem {
    let last = || review.items.iter().map(|(_, item)| item.place).max();
    let known = review.items.get(deal).cloned();
    known.unwrap_or_else(|| ReviewItem {
        seen: 0,
        why: Vec::new(),
        decision: String::new(),
        tasks: Vec::new(),
        place: last().map_or(0, |place| place.saturating_add(1)),
        section: String::new(),
    })
}

fn set(review: ReviewId, deal: DealId, item: ReviewItem) -> Edit {
    Edit::Review(review, ReviewField::Item(deal, Some(Box::new(item))))
}

/// A text, trimmed at its end.
fn long(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim_end();
    if text.chars().count() > LONGEST {
        return Err(Refusal::field(
            field,
            "This can have 5,000 characters at most.",
        ));
    }
    Ok(text.to_owned())
}

fn here(world: &World, entity: Option<impl Into<EntityRef>>) -> Result<(), Refusal> {
    let Some(entity) = entity.map(Into::into) else {
        return Ok(());
    };
    if world.is_alive(entity) {
        return Ok(());
    }
    Err(Refusal::Gone(match entity.kind {
        Kind::Person => "The member",
        Kind::Team => "The team",
        Kind::Pipeline => "The pipeline",
        Kind::Stage => "The stage",
        Kind::Experiment => "The experiment",
        _ => "The deal",
    }))
}

fn begin(world: &World, draft: ReviewDraft, ctx: &mut Ctx) -> Result<Decision, Refusal> {
    let name = clean_name("name", "A review", &draft.name)?;
    let whose = draft.whose;
    here(world, whose.person)?;
    here(world, whose.team)?;
    here(world, whose.pipeline)?;
    if draft.since > ctx.today {
        return Err(Refusal::field(
            "since",
            "Choose today or a day before: later ones have no changes yet.",
        ));
    }
    let id: ReviewId = ctx.ids.fresh();
    let fields = [
        ReviewField::Name(name.clone()),
        ReviewField::On(Some(ctx.today)),
        ReviewField::Since(Some(draft.since)),
        ReviewField::Person(whose.person),
        ReviewField::Team(whose.team.filter(|_| whose.person.is_none())),
        ReviewField::Pipeline(whose.pipeline),
        ReviewField::Lead(draft.lead.or(ctx.me)),
        ReviewField::Begun(ctx.now),
    ];
    let mut edits: Vec<Edit> = fields.map(|f| Edit::Review(id, f)).into();
    for (place, found) in (0_u32..).zip(draft.deals) {
        here(world, Some(found.deal))?;
        let item = ReviewItem {
            seen: 0,
            why: found.why,
            decision: String::new(),
            tasks: Vec::new(),
            place,
            section: found.section,
        };
        edits.push(set(id, found.deal, item));
    }
    Ok(said(format!("Began {name}"), edits, id))
}

fn see(
    world: &World,
    id: ReviewId,
    deals: &[DealId],
    seen: bool,
    ctx: &Ctx,
) -> Result<Decision, Refusal> {
    let review = going(world, id)?;
    let mut edits = Vec::new();
    for deal in deals {
        let mut item = item(review, *deal);
        if (item.seen != 0) != seen {
            item.seen = if seen { ctx.now } else { 0 };
            edits.push(set(id, *deal, item));
        }
    }
    let name = match deals {
        [one] => world.state.name_of((*one).into()),
        many => super::counted(many.len(), "deal", "deals"),
    };
    let text = if seen {
        format!("Looked at {name}")
    } else {
        format!("Not looked at {name} yet")
    };
    Ok(said(text, edits, id))
}

fn write_decision(
    world: &World,
    id: ReviewId,
    deal: DealId,
    text: &str,
    ctx: &Ctx,
) -> Result<Decision, Refusal> {
    let review = going(world, id)?;
    let mut item = item(review, deal);
    item.decision = long("decision", text.trim_start())?;
    if item.seen == 0 && !item.decision.is_empty() {
        item.seen = ctx.now;
    }
    let name = world.state.name_of(deal.into());
    let text = if item.decision.is_empty() {
        format!("Took the decision on {name} back")
    } else {
        format!("Decided on {name}")
    };
    Ok(said(text, vec![set(id, deal, item)], id))
}

fn plan(
    world: &World,
    id: ReviewId,
    deal: DealId,
    mut draft: ActivityDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let review = going(world, id)?;
    draft.deal = Some(deal);
    let mut planned = activities::save(world, None, draft, ctx)?;
    let made = planned.edits.iter().find_map(|edit| match edit {
        Edit::Activity(id, _) => Some(*id),
        _ => None,
    });
    let mut item = item(review, deal);
    item.tasks.extend(made);
    if item.seen == 0 {
        item.seen = ctx.now;
    }
    planned.edits.push(set(id, deal, item));
    Ok(planned)
}

fn edit(world: &World, id: ReviewId, field: ReviewField) -> Result<Decision, Refusal> {
    let review = going(world, id)?;
    let field = match field {
        ReviewField::Name(name) => ReviewField::Name(clean_name("name", "A review", &name)?),
        ReviewField::Notes(text) => ReviewField::Notes(long("notes", &text)?),
        ReviewField::Wins(text) => ReviewField::Wins(long("wins", &text)?),
        ReviewField::Lead(lead) => {
            here(world, lead)?;
            ReviewField::Lead(lead)
        }
        _ => return Err(Refusal::Nothing),
    };
    let text = format!("Changed {}", review.name);
    Ok(said(text, vec![Edit::Review(id, field)], id))
}

fn close(world: &World, id: ReviewId, ctx: &Ctx) -> Result<Decision, Refusal> {
    let review = going(world, id)?;
    let edits = vec![Edit::Review(id, ReviewField::Closed(Some(ctx.now)))];
    Ok(said(format!("Closed {}", review.name), edits, id))
}

fn reopen(world: &World, id: ReviewId) -> Result<Decision, Refusal> {
    let review = known(world, id)?;
    let edits = vec![Edit::Review(id, ReviewField::Closed(None))];
    Ok(said(format!("Opened {} again", review.name), edits, id))
}
