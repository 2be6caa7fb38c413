//! Making, changing, moving and closing deals.

use super::links::{Pool, settle};
use super::{clean_name, counted, decision, lines};
use crate::domain::activity::{ActivityField, ActivityKind};
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::{Ctx, DealDraft, Decision, OrNew, Refusal};
use crate::domain::deal::{Closure, Deal, DealContact, DealField, Outcome, Placement, Status};
use crate::domain::ids::{ActivityId, ContactId, DealId, StageId};
use crate::domain::party::{ContactField, OrgField, PersonField, ProductField};
use crate::domain::query::board::Place;
use crate::domain::stage::{Stage, StageKind};
use crate::domain::world::World;

/// The largest amount a deal may be worth, in minor units: ten billion of a currency
/// with two decimals.
pub(super) const MAX_MINOR: i64 = 1_000_000_000_000;

fn stage(world: &World, id: StageId) -> Result<&Stage, Refusal> {
    world
        .state
        .tables
        .stages
        .get(id)
        .ok_or(Refusal::Gone("The stage"))
}

pub(super) fn deal(world: &World, id: DealId) -> Result<&Deal, Refusal> {
    world
        .state
        .tables
        .deals
        .get(id)
        .ok_or(Refusal::Gone("The deal"))
}

pub(super) fn quick_add(
    world: &World,
    at: StageId,
    title: &str,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let draft = DealDraft {
        title: title.to_owned(),
        owner: ctx.me.map(OrNew::Known),
        ..DealDraft::new(at)
    };
    save(world, None, draft, ctx)
}

fn check(draft: &DealDraft) -> Result<(), Refusal> {
    if draft.probability.is_some_and(|p| p > 100) {
        return Err(Refusal::field(
            "probability",
            "A probability lies between 0 and 100 percent.",
        ));
    }
    if let Some(money) = draft.value {
        if money.minor < 0 {
            return Err(Refusal::field(
                "value",
                "A deal cannot be worth less than nothing.",
            ));
        }
        if money.minor > MAX_MINOR {
            return Err(Refusal::field(
                "value",
                "That is more than ten billion; please check the amount.",
            ));
        }
    }
    Ok(())
}

pub(super) fn save(
    world: &World,
    id: Option<DealId>,
    draft: DealDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let title = clean_name("title", "A deal", &draft.title)?;
    check(&draft)?;
    let target = stage(world, draft.stage)?;
    let existing = id.map(|id| deal(world, id)).transpose()?;
    let t = &world.state.tables;
    let mut edits = Vec::new();

    let org_held = existing.and_then(|d| d.organisation);
    let organisation = match draft.organisation {
        Some(choice) => settle(
            &Pool {
                table: &t.organisations,
                held: org_held.as_slice(),
            },
            choice,
            |o| &o.name,
            |id, name| Edit::Organisation(id, OrgField::Name(name)),
            "The organisation",
            ctx,
            &mut edits,
        )?,
        None => None,
    };
    let mut contacts: Vec<DealContact> = Vec::new();
    let linked = existing.map_or(&[][..], |d| &d.contacts);
    let contacts_held: Vec<ContactId> = linked.iter().map(|c| c.contact).collect();
    for (choice, role) in draft.contacts {
        let made_before = edits.len();
        let found = settle(
            &Pool {
                table: &t.contacts,
                held: &contacts_held,
            },
            choice,
            |c| &c.name,
            |id, name| Edit::Contact(id, ContactField::Name(name)),
            "The contact",
            ctx,
            &mut edits,
        )?;
        if let Some(contact) = found
            && !contacts.iter().any(|c| c.contact == contact)
        {
            if edits.len() > made_before {
                edits.push(Edit::Contact(
                    contact,
                    ContactField::Organisation(organisation),
                ));
            }
            contacts.push(DealContact { contact, role });
        }
    }
    let owner_held = existing.and_then(|d| d.owner);
    let owner = match draft.owner {
        Some(choice) => settle(
            &Pool {
                table: &t.people,
                held: owner_held.as_slice(),
            },
            choice,
            |p| &p.name,
            |id, name| Edit::Person(id, PersonField::Name(name)),
            "The owner",
            ctx,
            &mut edits,
        )?,
        None => None,
    };
    let mut products = Vec::new();
    for choice in draft.products {
        let found = settle(
            &Pool {
                table: &t.products,
                held: existing.map_or(&[], |d| &d.products),
            },
            choice,
            |p| &p.name,
            |id, name| Edit::Product(id, ProductField::Name(name)),
            "The product",
            ctx,
            &mut edits,
        )?;
        if let Some(product) = found.filter(|p| !products.contains(p)) {
            products.push(product);
        }
    }

    let id = existing.map_or_else(|| ctx.ids.fresh(), |d| d.id);
    edits.extend(lines::sale(
        world,
        existing,
        id,
        draft.sale,
        draft.value,
        products,
        ctx,
    )?);
    let mut set = |field: DealField| edits.push(Edit::Deal(id, field));
    set(DealField::Title(title.clone()));
    set(DealField::Organisation(organisation));
    set(DealField::Contacts(contacts));
    set(DealField::Owner(owner));
    set(DealField::Close(draft.close));
    set(DealField::Probability(draft.probability));
    set(DealField::Category(draft.category));
    set(DealField::Source(draft.source.trim().to_owned()));
    set(DealField::Tags(tidy_tags(draft.tags)));
    set(DealField::Description(
        draft.description.trim_end().to_owned(),
    ));
    for (field, value) in draft.custom {
        let value = super::fields::checked(world, id.into(), field, value)?;
        // A new deal has nothing that could be emptied.
        if existing.is_some() || value.is_some() {
            set(DealField::Custom(field, value));
        }
    }
    let moved = existing.is_none_or(|d| world.state.standing(d.placement.stage) != Some(target.id));
    if existing.is_none() {
        set(DealField::Created(ctx.now));
    }
    if moved {
        let rank = world.board.top(target.id, id, ctx.ids.next_u64());
        edits.extend(enter(existing, id, target, draft.closure, ctx));
        edits.push(Edit::Deal(id, DealField::Rank(rank)));
    }
    if let Some(step) = draft.next_step.filter(|s| !s.subject.trim().is_empty()) {
        let activity: ActivityId = ctx.ids.fresh();
        edits.extend(
            [
                ActivityField::Kind(if step.kind == ActivityKind::Note {
                    ActivityKind::Task
                } else {
                    step.kind
                }),
                ActivityField::Subject(step.subject.trim().to_owned()),
                ActivityField::Deal(Some(id)),
                ActivityField::Owner(owner),
                ActivityField::Due(step.due),
                ActivityField::Created(ctx.now),
            ]
            .map(|f| Edit::Activity(activity, f)),
        );
    }
    let intent = match existing {
        Some(_) => Intent::new(IntentKind::EditDeal, format!("Changed {title}")),
        None => Intent::new(IntentKind::CreateDeal, format!("Added {title}")),
    };
    Ok(decision(intent, edits, Some(id.into())))
}

fn tidy_tags(tags: Vec<String>) -> Vec<String> {
    let mut tidy: Vec<String> = Vec::new();
    for tag in tags {
        let tag = tag.trim();
        if !tag.is_empty() && !tidy.iter().any(|t| t.to_lowercase() == tag.to_lowercase()) {
            tidy.push(tag.to_owned());
        }
    }
    tidy
}

/// The edits of a deal's entry into a stage: where and since when, and the outcome the
/// stage's type means. Within one type the outcome stays: moving a lost deal between
/// open stages does not bring it back, entering a won stage wins it.
fn enter(
    existing: Option<&Deal>,
    id: DealId,
    target: &Stage,
    closure: Option<Closure>,
    ctx: &Ctx,
) -> Vec<Edit> {
    let status = target.kind.status();
    let now = existing.map_or(Status::Open, |d| d.outcome.status());
    let mut edits = vec![Edit::Deal(
        id,
        DealField::Placement(Placement {
            stage: target.id,
            since: ctx.now,
        }),
    )];
    let outcome = if status == now {
        // A date or reason given now still counts.
        closure
            .filter(|_| status != Status::Open)
            .map(|c| Outcome::new(status, c))
    } else if status == Status::Open && now != Status::Won {
        None
    } else {
        Some(Outcome::new(
            status,
            closure.unwrap_or_else(|| Closure::on(ctx.today)),
        ))
    };
    edits.extend(outcome.map(|o| Edit::Deal(id, DealField::Outcome(o))));
    edits
}

pub(super) fn move_to(
    world: &World,
    deals: &[DealId],
    to: StageId,
    place: Place,
    closure: Option<Closure>,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let target = stage(world, to)?;
    let mut edits = Vec::new();
    let mut changed_stage = false;
    let spots = world.board.spots(to, place, deals, ctx.ids.next_u64());
    for (id, rank) in deals.iter().zip(spots.ranks) {
        let moving = deal(world, *id)?;
        if world.state.standing(moving.placement.stage) != Some(to) {
            changed_stage = true;
            edits.extend(enter(Some(moving), *id, target, closure.clone(), ctx));
        }
        edits.push(Edit::Deal(*id, DealField::Rank(rank)));
    }
    edits.extend(
        spots
            .repairs
            .into_iter()
            .map(|(id, rank)| Edit::Deal(id, DealField::Rank(rank))),
    );
    let what = match deals {
        [] => return Err(Refusal::Nothing),
        [one] => deal(world, *one)?.title.clone(),
        many => counted(many.len(), "deal", "deals"),
    };
    let text = if changed_stage {
        format!("Moved {what} to {}", target.name)
    } else {
        format!("Reordered {what}")
    };
    let focus = deals.first().map(|d| (*d).into());
    Ok(decision(
        Intent::new(IntentKind::MoveDeal, text),
        edits,
        focus,
    ))
}

pub(super) fn set_status(
    world: &World,
    deals: &[DealId],
    status: Status,
    closure: Closure,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let mut edits = Vec::new();
    for id in deals {
        let deal = deal(world, *id)?;
        let here = world
            .state
            .stage_of(deal)
            .ok_or(Refusal::Gone("The stage"))?;
        edits.push(Edit::Deal(
            *id,
            DealField::Outcome(Outcome::new(status, closure.clone())),
        ));
        if let Some(target) = destination(world, deal, here, status) {
            let rank = world.board.top(target.id, *id, ctx.ids.next_u64());
            edits.push(Edit::Deal(
                *id,
                DealField::Placement(Placement {
                    stage: target.id,
                    since: ctx.now,
                }),
            ));
            edits.push(Edit::Deal(*id, DealField::Rank(rank)));
        }
    }
    let what = match deals {
        [] => return Err(Refusal::Nothing),
        [one] => deal(world, *one)?.title.clone(),
        many => counted(many.len(), "deal", "deals"),
    };
    let (kind, text) = match status {
        Status::Open => (IntentKind::ReopenDeal, format!("Reopened {what}")),
        Status::Won => (IntentKind::CloseDeal, format!("Won {what}")),
        Status::Lost => (IntentKind::CloseDeal, format!("Marked {what} as lost")),
        Status::OnHold => (IntentKind::CloseDeal, format!("Put {what} on hold")),
    };
    Ok(decision(
        Intent::new(kind, text),
        edits,
        deals.first().map(|d| (*d).into()),
    ))
}

/// Where a change of status takes a deal: into the first stage of that type when the
/// pipeline has one and the deal is not in one already. Where there is none, a deal in an
/// open stage stays (it was lost there), one in a closing stage goes back to the last open
/// stage it was in, as a reopened one does.
fn destination<'w>(
    world: &'w World,
    deal: &Deal,
    here: &Stage,
    status: Status,
) -> Option<&'w Stage> {
    if here.kind.status() == status {
        return None;
    }
    let state = &world.state;
    let kind = match status {
        Status::Open => None,
        Status::Won => Some(StageKind::Won),
        Status::Lost => Some(StageKind::Lost),
        Status::OnHold => Some(StageKind::OnHold),
    };
    let closing = kind.and_then(|k| state.first_of_kind(here.pipeline, k));
    if closing.is_some() || (status != Status::Open && here.kind == StageKind::Open) {
        return closing;
    }
    let open = |id: StageId| {
        state
            .tables
            .stages
            .get(id)
            .filter(|s| s.kind == StageKind::Open && s.pipeline == here.pipeline)
    };
    state
        .stage_entries(deal.id)
        .iter()
        .rev()
        .find_map(|entry| open(entry.stage))
        .or_else(|| state.first_of_kind(here.pipeline, StageKind::Open))
}
