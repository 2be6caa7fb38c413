//! After the sale: when a won deal is up for renewal, and the deal that renews it.

use super::deals::deal;
use super::decision;
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind};
use crate::domain::command::sell::RenewalDate;
use crate::domain::command::{Command, Ctx, Decision, Refusal};
use crate::domain::deal::{Deal, DealField, DealKind, Outcome, Placement};
use crate::domain::ids::{DealId, Id, LineId};
use crate::domain::line::LineItem;
use crate::domain::query::{customers, lines};
use crate::domain::stage::{Stage, StageKind};
use crate::domain::world::World;
use chrono::NaiveDate;

/// Wins deals as `closing` says, and sets when they are up for renewal in the same change.
pub(super) fn win(
    world: &World,
    closing: Command,
    date: RenewalDate,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    if !matches!(closing, Command::Move { .. } | Command::SetStatus { .. }) {
        return Err(Refusal::Impossible(
            "Only moving a deal or setting its status wins it.".into(),
        ));
    }
    // Gates and reasons are asked once, of the whole decision.
    let mut decided = super::one(world, closing, ctx)?;
    let won: Vec<(DealId, NaiveDate)> = decided
        .edits
        .iter()
        .filter_map(|edit| match edit {
            Edit::Deal(id, DealField::Outcome(Outcome::Won(closure))) => Some((*id, closure.on)),
            _ => None,
        })
        .collect();
    for (id, on) in won {
        let renewal = match date {
            RenewalDate::On(date) => date,
            RenewalDate::Suggested => {
                let deal = deal(world, id)?;
                deal.renewal
                    .or_else(|| lines::renewal_date(&world.state, deal, on))
            }
        };
        check(on, renewal)?;
        decided
            .edits
            .push(Edit::Deal(id, DealField::Renewal(renewal)));
    }
    Ok(decided)
}

fn check(won: NaiveDate, renewal: Option<NaiveDate>) -> Result<(), Refusal> {
    if renewal.is_some_and(|on| on <= won) {
        return Err(Refusal::field(
            "renewal",
            "The renewal comes after the day the deal was won.",
        ));
    }
    Ok(())
}

fn won(world: &World, id: DealId) -> Result<(&Deal, NaiveDate), Refusal> {
    let deal = deal(world, id)?;
    let closure = customers::won(deal).ok_or_else(|| {
        Refusal::Impossible("Only a won deal can be renewed. Win this one first.".into())
    })?;
    Ok((deal, closure.on))
}

pub(super) fn set(
    world: &World,
    id: DealId,
    renewal: Option<NaiveDate>,
) -> Result<Decision, Refusal> {
    let (deal, on) = won(world, id)?;
    check(on, renewal)?;
    let text = match renewal {
        Some(_) => format!("Set the renewal of {}", deal.title),
        None => format!("Took the renewal date off {}", deal.title),
    };
    Ok(decision(
        Intent::new(IntentKind::EditDeal, text),
        vec![Edit::Deal(id, DealField::Renewal(renewal))],
        Some(id.into()),
    ))
}

/// An id that follows from another one, the same for everybody: two people who renew the same
/// deal at once make the same deal, not two. (The finalizer of splitmix64 over both numbers.)
fn derived(from: u64, salt: u64) -> u64 {
    let mut x = from ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Marks ids of renewals.
const RENEWAL: u64 = 0x7265_6e65_7761_6c31;

/// The title of a renewal: with the year, and without that of the one before.
fn title(deal: &Deal, on: NaiveDate) -> String {
    let base = deal.title.strip_prefix("Renewal ").and_then(|rest| {
        let (year, base) = rest.split_once(": ")?;
        year.parse::<u16>().ok().map(|_| base)
    });
    let base = base.unwrap_or(&deal.title);
    let title = format!("Renewal {}: {base}", on.format("%Y"));
    title.chars().take(300).collect()
}

/// What is renewed: the recurring lines, or all where none recurs. What is paid once, such as
/// an installation, is not sold again.
fn renewed_lines(deal: &Deal, salt: u64) -> Vec<(LineId, LineItem)> {
    let all = lines::ordered(deal);
    let any = all.iter().any(|(_, line)| line.period.is_some());
    all.into_iter()
        .filter(|(_, line)| !any || line.period.is_some())
        .map(|(id, line)| (LineId(derived(id.raw(), salt)), line.clone()))
        .collect()
}

pub(super) fn renew(world: &World, id: DealId, ctx: &mut Ctx) -> Result<Decision, Refusal> {
    let (origin, won_on) = won(world, id)?;
    if customers::renewals(&world.state).contains_key(&id) {
        return Err(Refusal::Impossible(format!(
            "{} has its renewal deal already.",
            origin.title
        )));
    }
    let on = origin
        .renewal
        .or_else(|| lines::renewal_date(&world.state, origin, won_on))
        .ok_or_else(|| Refusal::field("renewal", "Say first when this deal is up for renewal."))?;
    let stage = first_open(world, origin).ok_or(Refusal::Gone("The stage"))?;
    let new = DealId(derived(id.raw(), RENEWAL));
    let items = renewed_lines(origin, RENEWAL);
    let sum = lines::value(items.iter().map(|(_, line)| line));
    let owner = origin.owner.filter(|owner| world.state.is_here(*owner));
    let rank = world.board.top(stage.id, new, ctx.ids.next_u64());
    let title = title(origin, on);
    let products = match items.is_empty() {
        true => origin.products.clone(),
        false => {
            let mut all = Vec::new();
            for product in items.iter().filter_map(|(_, line)| line.product) {
                if !all.contains(&product) {
                    all.push(product);
                }
            }
            all
        }
    };
    let mut fields = vec![
        // Brought back, should it have been made and deleted before.
        DealField::Deleted(false),
        DealField::Title(title.clone()),
        DealField::Placement(Placement {
            stage: stage.id,
            since: ctx.now,
        }),
        DealField::Rank(rank),
        DealField::Outcome(Outcome::Open),
        DealField::Organisation(origin.organisation),
        DealField::Contacts(origin.contacts.clone()),
        DealField::Owner(owner.or(ctx.me)),
        DealField::Value(sum.or(origin.value)),
        DealField::Priced(sum.is_some()),
        DealField::Close(Some(on)),
        DealField::Products(products),
        DealField::Created(ctx.now),
        DealField::Kind(DealKind::Renewal),
        DealField::Origin(Some(id)),
    ];
    if let Some(row) = world.state.tables.deals.row(new) {
        let stale = row.entity.lines.iter().map(|(line, _)| line);
        let stale = stale.filter(|line| !items.iter().any(|(id, _)| id == line));
        fields.extend(stale.map(|line| DealField::Line(line, None)));
    }
    fields.extend(
        items
            .into_iter()
            .map(|(id, line)| DealField::Line(id, Some(Box::new(line)))),
    );
    let mut edits: Vec<Edit> = fields.into_iter().map(|f| Edit::Deal(new, f)).collect();
    if origin.renewal.is_none() {
        edits.push(Edit::Deal(id, DealField::Renewal(Some(on))));
    }
    let text = format!("Added {title}");
    Ok(decision(
        Intent::new(IntentKind::CreateDeal, text),
        edits,
        Some(EntityRef::from(new)),
    ))
}

/// Where a further deal begins: the first open stage of the pipeline of the one before.
fn first_open<'w>(world: &'w World, origin: &Deal) -> Option<&'w Stage> {
    let state = &world.state;
    let home = state.stage_of(origin).map(|s| s.pipeline);
    let pipelines = home
        .into_iter()
        .chain(state.pipelines().into_iter().map(|p| p.id));
    pipelines
        .filter_map(|p| state.first_of_kind(p, StageKind::Open))
        .next()
}
