//! Deciding commands about what is sold: lines, products, renewals, further sales.

use super::deals::{MAX_MINOR, deal};
use super::{clean_name, decision, lines, renewal};
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::sell::{LineDraft, ProductDraft, SellCommand};
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::deal::Deal;
use crate::domain::ids::{DealId, LineId, OrgId, ProductId};
use crate::domain::line::LineItem;
use crate::domain::party::{Health, OrgField, Product, ProductField};
use crate::domain::query::lines as query;
use crate::domain::rank::Rank;
use crate::domain::world::World;

pub(super) fn decide(
    world: &World,
    command: SellCommand,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {
        SellCommand::SaveProduct { id, draft } => save_product(world, id, *draft, ctx),
        SellCommand::RetireProduct { product, retired } => retire(world, product, retired),
        SellCommand::SaveLine { deal, line, draft } => save_line(world, deal, line, *draft, ctx),
        SellCommand::RemoveLine { deal, line } => remove_line(world, deal, line),
        SellCommand::MoveLine { deal, line, index } => move_line(world, deal, line, index, ctx),
        SellCommand::SetPriced { deal, priced } => set_priced(world, deal, priced),
        SellCommand::Win {
            closing,
            renewal: date,
        } => renewal::win(world, *closing, date, ctx),
        SellCommand::SetRenewal { deal, on } => renewal::set(world, deal, on),
        SellCommand::Renew { deal } => renewal::renew(world, deal, ctx),
        SellCommand::SetHealth {
            organisation,
            health,
            note,
        } => set_health(world, organisation, health, &note),
    }
}

fn product(world: &World, id: ProductId) -> Result<&Product, Refusal> {
    let table = &world.state.tables.products;
    table.get(id).ok_or(Refusal::Gone("The product"))
}

/// A text of a product, trimmed, of at most 300 characters.
fn short(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > 300 {
        return Err(Refusal::field(
            field,
            "This can have 300 characters at most.",
        ));
    }
    Ok(text.to_owned())
}

fn save_product(
    world: &World,
    id: Option<ProductId>,
    draft: ProductDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let existing = id.map(|id| product(world, id)).transpose()?;
    let name = clean_name("name", "A product", &draft.name)?;
    let series = short("series", &draft.series)?;
    let code = short("code", &draft.code)?;
    let others = || {
        let products = world.state.tables.products.iter();
        products.filter(|p| existing.is_none_or(|e| e.id != p.id))
    };
    let changed = |was: fn(&Product) -> &String, now: &str| existing.is_none_or(|e| was(e) != now);
    let lower = |text: &str| text.to_lowercase();
    if changed(|p| &p.name, &name) && others().any(|p| lower(&p.name) == lower(&name)) {
        return Err(Refusal::field(
            "name",
            "There is a product of this name already.",
        ));
    }
    if !code.is_empty() && changed(|p| &p.code, &code) {
        let same = others().find(|p| lower(&p.code) == lower(&code));
        if let Some(same) = same {
            return Err(Refusal::field(
                "code",
                format!("{} has this code already.", same.name),
            ));
        }
    }
    if draft.price.is_some_and(|p| p.minor < 0) {
        return Err(Refusal::field("price", "A price cannot be below nothing."));
    }
    if draft.price.is_some_and(|p| p.minor > MAX_MINOR) {
        return Err(Refusal::field(
            "price",
            "That is more than ten billion; please check the price.",
        ));
    }
    let id = existing.map_or_else(|| ctx.ids.fresh(), |p| p.id);
    let fields = [
        ProductField::Name(name.clone()),
        ProductField::Series(series),
        ProductField::Price(draft.price),
        ProductField::Code(code),
        ProductField::Description(draft.description.trim_end().to_owned()),
        ProductField::Period(draft.period),
    ];
    let verb = if existing.is_some() {
        "Changed"
    } else {
        "Added"
    };
    Ok(decision(
        Intent::new(IntentKind::EditRecord, format!("{verb} {name}")),
        fields.map(|f| Edit::Product(id, f)).into(),
        Some(id.into()),
    ))
}

fn retire(world: &World, id: ProductId, retired: bool) -> Result<Decision, Refusal> {
    let name = &product(world, id)?.name;
    let text = if retired {
        format!("Retired {name}")
    } else {
        format!("Offered {name} again")
    };
    Ok(decision(
        Intent::new(IntentKind::EditRecord, text),
        vec![Edit::Product(id, ProductField::Retired(retired))],
        Some(id.into()),
    ))
}

/// The lines of a deal in their order, to be changed.
fn lines_of(deal: &Deal) -> Vec<(LineId, LineItem)> {
    let lines = query::ordered(deal).into_iter();
    lines.map(|(id, line)| (id, line.clone())).collect()
}

fn changed(deal: &Deal, what: String, edits: Vec<Edit>) -> Decision {
    decision(
        Intent::new(IntentKind::EditDeal, what),
        edits,
        Some(deal.id.into()),
    )
}

fn save_line(
    world: &World,
    of: DealId,
    line: Option<LineId>,
    draft: LineDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let deal = deal(world, of)?;
    let mut all = lines_of(deal);
    let place = match line {
        Some(id) => Some(
            all.iter()
                .position(|(other, _)| *other == id)
                .ok_or(Refusal::Gone("The line"))?,
        ),
        None => None,
    };
    let before = place.map(|at| all[at].1.clone());
    let rank = match &before {
        Some(line) => line.rank.clone(),
        None => {
            let last = all.last().map(|(_, l)| &l.rank);
            Rank::between(last, None).jittered(None, ctx.ids.next_u64())
        }
    };
    let mut edits = Vec::new();
    let item = lines::item(world, before.as_ref(), draft, rank, ctx, &mut edits)?;
    // The product may be one that these edits make.
    let name = query::name(&world.state, &item);
    let made = edits.iter().find_map(|e| match e {
        Edit::Product(id, ProductField::Name(name)) if Some(*id) == item.product => Some(name),
        _ => None,
    });
    let name = made
        .cloned()
        .filter(|_| item.text.is_empty())
        .unwrap_or(name);
    match place {
        Some(at) => all[at].1 = item,
        None => all.push((ctx.ids.fresh(), item)),
    }
    let mut frame = lines::Frame::of(deal);
    // A deal nobody has said a value of is worth what its first line is.
    frame.priced |= deal.lines.is_empty() && deal.value.is_none();
    edits.extend(frame.with(&all)?);
    let what = match line {
        Some(_) => format!("Changed {name} of {}", deal.title),
        None => format!("Added {name} to {}", deal.title),
    };
    Ok(changed(deal, what, edits))
}

fn remove_line(world: &World, of: DealId, line: LineId) -> Result<Decision, Refusal> {
    let deal = deal(world, of)?;
    let gone = deal.lines.get(line).ok_or(Refusal::Gone("The line"))?;
    let mut all = lines_of(deal);
    all.retain(|(id, _)| *id != line);
    let edits = lines::Frame::of(deal).with(&all)?;
    let name = query::name(&world.state, gone);
    Ok(changed(
        deal,
        format!("Removed {name} from {}", deal.title),
        edits,
    ))
}

fn move_line(
    world: &World,
    of: DealId,
    line: LineId,
    index: usize,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let deal = deal(world, of)?;
    let mut all = lines_of(deal);
    let at = all
        .iter()
        .position(|(id, _)| *id == line)
        .ok_or(Refusal::Gone("The line"))?;
    let moved = all.remove(at);
    let index = index.min(all.len());
    if at == index {
        return Err(Refusal::Nothing);
    }
    let rank_at = |n: usize| all.get(n).map(|(_, l)| l.rank.clone());
    let low = index.checked_sub(1).and_then(rank_at);
    let high = rank_at(index);
    let rank = Rank::between(low.as_ref(), high.as_ref());
    let fits = high.as_ref().is_none_or(|high| rank < *high) && !rank.is_long();
    let rank = rank.jittered(high.as_ref(), ctx.ids.next_u64());
    let name = query::name(&world.state, &moved.1);
    all.insert(index, moved);
    if fits {
        all[index].1.rank = rank;
    } else {
        let ranks = Rank::spread(all.len());
        for ((_, line), rank) in all.iter_mut().zip(ranks) {
            line.rank = rank;
        }
    }
    let edits = lines::Frame::of(deal).with(&all)?;
    Ok(changed(
        deal,
        format!("Reordered {name} of {}", deal.title),
        edits,
    ))
}

fn set_priced(world: &World, of: DealId, priced: bool) -> Result<Decision, Refusal> {
    let deal = deal(world, of)?;
    if priced && deal.lines.is_empty() {
        return Err(Refusal::field("priced", "Add a line first."));
    }
    if priced && query::value(deal.lines.iter().map(|(_, l)| l)).is_none() {
        return Err(Refusal::field(
            "priced",
            "The lines are in several currencies, which have no sum. Bring them to one currency first.",
        ));
    }
    let mut frame = lines::Frame::of(deal);
    frame.priced = priced;
    let edits = frame.with(&lines_of(deal))?;
    let text = if priced {
        format!("Took the value of {} from its lines", deal.title)
    } else {
        format!("Kept the value of {} apart from its lines", deal.title)
    };
    Ok(changed(deal, text, edits))
}

fn set_health(
    world: &World,
    id: OrgId,
    health: Option<Health>,
    note: &str,
) -> Result<Decision, Refusal> {
    let table = &world.state.tables.organisations;
    let org = table.get(id).ok_or(Refusal::Gone("The organisation"))?;
    let note = note.trim();
    if note.chars().count() > 5_000 {
        return Err(Refusal::field(
            "health_note",
            "This can have 5,000 characters at most.",
        ));
    }
    let text = match health {
        Some(health) => format!("Health of {}: {}", org.name, health.label().to_lowercase()),
        None => format!("Health of {} not known", org.name),
    };
    let fields = [OrgField::Health(health), OrgField::HealthNote(note.into())];
    Ok(decision(
        Intent::new(IntentKind::EditRecord, text),
        fields.map(|f| Edit::Organisation(id, f)).into(),
        Some(id.into()),
    ))
}
