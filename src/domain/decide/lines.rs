//! The lines of a deal: checked, placed, and what follows from them for its value and products.

use super::deals::{MAX_MINOR, deal};
use super::links::{Pool, settle};
use crate::domain::change::Edit;
use crate::domain::command::sell::{LineDraft, SaleDraft};
use crate::domain::command::{Ctx, OrNew, Refusal};
use crate::domain::deal::{Deal, DealField};
use crate::domain::ids::{DealId, LineId, ProductId};
use crate::domain::line::LineItem;
use crate::domain::money::{Currency, Money};
use crate::domain::party::ProductField;
use crate::domain::query::lines;
use crate::domain::rank::Rank;
use crate::domain::world::World;

/// The most a line may have of a thing, in thousandths: a million pieces.
pub const MAX_QUANTITY: i64 = 1_000_000_000;
/// The longest term of a line, in months.
pub const MAX_MONTHS: u32 = 1_200;
/// The most lines of a deal.
const MAX_LINES: usize = 500;

fn check(draft: &LineDraft) -> Result<(), Refusal> {
    let refuse = |field, message: &str| Err(Refusal::field(field, message));
    if draft.quantity <= 0 {
        return refuse("quantity", "The quantity must be more than nothing.");
    }
    if draft.quantity > MAX_QUANTITY {
        return refuse("quantity", "The quantity can be a million at most.");
    }
    if draft.price.minor < 0 {
        return refuse("price", "A price cannot be below nothing.");
    }
    if draft.price.minor > MAX_MINOR {
        return refuse(
            "price",
            "That is more than ten billion; please check the price.",
        );
    }
    if draft.discount > lines::DISCOUNT_SCALE {
        return refuse("discount", "A discount lies between 0 and 100 percent.");
    }
    if draft.period.is_some() && draft.periods == 0 {
        return refuse("periods", "At least one period is needed.");
    }
    let months = draft.period.map_or(0, |p| u32::from(p.months())) * u32::from(draft.periods);
    if months > MAX_MONTHS {
        return refuse("periods", "A term can be 100 years at most.");
    }
    Ok(())
}

/// The line a form means. `made` takes the edits that add a product to the catalogue.
pub(super) fn item(
    world: &World,
    before: Option<&LineItem>,
    draft: LineDraft,
    rank: Rank,
    ctx: &mut Ctx,
    made: &mut Vec<Edit>,
) -> Result<LineItem, Refusal> {
    if let Some(line) = before.filter(|line| LineDraft::of(line) == draft) {
        // What stays as it is stays, also when its product was deleted since.
        return Ok(LineItem {
            rank,
            ..line.clone()
        });
    }
    check(&draft)?;
    let known = made.len();
    let kept = before.and_then(|line| line.product);
    let product = match draft.product {
        Some(OrNew::Known(id)) if kept == Some(id) => kept,
        Some(choice) => settle(
            &Pool {
                table: &world.state.tables.products,
                held: &[],
            },
            choice,
            |p| &p.name,
            |id, name| Edit::Product(id, ProductField::Name(name)),
            "The product",
            ctx,
            made,
        )?,
        None => None,
    };
    if let Some(product) = product.filter(|_| made.len() > known) {
        // What is new in the catalogue costs there what it costs here.
        made.push(Edit::Product(
            product,
            ProductField::Price(Some(draft.price)),
        ));
        made.push(Edit::Product(product, ProductField::Period(draft.period)));
    }
    let text = draft.text.trim().to_owned();
    if product.is_none() && text.is_empty() {
        return Err(Refusal::field(
            "product",
            "Choose a product, or write what is sold.",
        ));
    }
    if text.chars().count() > 300 {
        return Err(Refusal::field(
            "product",
            "A line can have a name of at most 300 characters.",
        ));
    }
    Ok(LineItem {
        product,
        text,
        quantity: draft.quantity,
        price: draft.price,
        discount: draft.discount,
        period: draft.period,
        periods: draft.period.map_or(1, |_| draft.periods.max(1)),
        rank,
    })
}

/// What of a deal its lines decide.
pub(super) struct Frame<'a> {
    /// The deal as it is; none for a new one.
    pub before: Option<&'a Deal>,
    /// Its id.
    pub id: DealId,
    /// Whether its value is the sum of the lines from now on.
    pub priced: bool,
    /// What it is worth by hand, where that is not the sum of the lines.
    pub value: Option<Money>,
    /// What else the customer may buy.
    pub products: Vec<ProductId>,
}

impl Frame<'_> {
    /// The frame of a deal that is there, as it is.
    pub fn of(deal: &Deal) -> Frame<'_> {
        Frame {
            before: Some(deal),
            id: deal.id,
            priced: deal.priced,
            value: deal.value,
            products: deal.products.clone(),
        }
    }

    /// The edits that give the deal these lines, and what follows from them: its value, where
    /// that is their sum, and its products.
    pub fn with(self, target: &[(LineId, LineItem)]) -> Result<Vec<Edit>, Refusal> {
        if target.len() > MAX_LINES {
            return Err(Refusal::Impossible(format!(
                "A deal can have {MAX_LINES} lines at most."
            )));
        }
        let id = self.id;
        let was = |line: LineId| self.before.and_then(|d| d.lines.get(line));
        let mut edits = Vec::new();
        let mut set = |field: DealField| edits.push(Edit::Deal(id, field));
        if let Some(before) = self.before {
            for (line, _) in before.lines.iter() {
                if !target.iter().any(|(id, _)| *id == line) {
                    set(DealField::Line(line, None));
                }
            }
        }
        for (line, item) in target {
            if was(*line) != Some(item) {
                set(DealField::Line(*line, Some(Box::new(item.clone()))));
            }
        }
        let value = self.value_of(target)?;
        set(DealField::Value(value));
        set(DealField::Priced(self.priced));
        let products = |line: &LineItem| line.product;
        let had: Vec<ProductId> = match self.before {
            Some(deal) => deal.lines.iter().filter_map(|(_, l)| products(l)).collect(),
            None => Vec::new(),
        };
        let has: Vec<ProductId> = target.iter().filter_map(|(_, l)| products(l)).collect();
        let mut all = self.products;
        all.retain(|p| !had.contains(p) || has.contains(p));
        for product in has {
            if !all.contains(&product) {
                all.push(product);
            }
        }
        set(DealField::Products(all));
        Ok(edits)
    }

    /// What the deal is worth with these lines.
    fn value_of(&self, target: &[(LineId, LineItem)]) -> Result<Option<Money>, Refusal> {
        let items = || target.iter().map(|(_, item)| item);
        let mut currencies: Vec<Currency> = Vec::new();
        // The currency most lines have had the longest: that of the first.
        for item in items() {
            if !currencies.contains(&item.price.currency) {
                currencies.push(item.price.currency);
            }
        }
        let by_hand = self.value.filter(|_| !self.priced);
        let home = by_hand.map(|v| v.currency).or(currencies.first().copied());
        let lines_stay = self.before.is_some_and(|d| {
            d.lines.len() == target.len()
                && target.iter().all(|(id, l)| d.lines.get(*id) == Some(l))
        });
        let currency = |money: Option<Money>| money.map(|m| m.currency);
        let value_stays = currency(self.before.and_then(|d| d.value)) == currency(self.value);
        // What two people wrote at once may differ; it must not be in the way of anything else.
        let as_before = lines_stay && value_stays;
        if let Some(home) = home.filter(|_| !as_before)
            && let Some(other) = currencies.iter().find(|c| **c != home)
        {
            return Err(if lines_stay {
                let message =
                    format!("The lines of this deal are in {other}. Enter the value in {other}.");
                Refusal::field("value", message)
            } else {
                let message = format!("This deal is in {home}. Enter the price in {home}.");
                Refusal::field("price", message)
            });
        }
        if !self.priced {
            return Ok(self.value);
        }
        let sum = match lines::value(items()) {
            Some(sum) => sum,
            // The sum of no lines.
            None if target.is_empty() => return Ok(self.value.map(|v| Money::new(0, v.currency))),
            // Mixed currencies, which only merged work can leave, have no sum.
            None if as_before => return Ok(self.value),
            None => Money::new(i64::MAX, Currency::EUR),
        };
        if sum.minor > MAX_MINOR {
            return Err(Refusal::field(
                "price",
                "That makes the deal worth more than ten billion; please check quantity and price.",
            ));
        }
        Ok(Some(sum))
    }
}

/// The lines a form lists, with the edits that add products to the catalogue.
pub(super) fn listed(
    world: &World,
    before: Option<&Deal>,
    drafts: Vec<(Option<LineId>, LineDraft)>,
    ctx: &mut Ctx,
    made: &mut Vec<Edit>,
) -> Result<Vec<(LineId, LineItem)>, Refusal> {
    let known = |id: Option<LineId>| Some((id?, before?.lines.get(id?)?));
    let ranks: Vec<Option<Rank>> = drafts
        .iter()
        .map(|(id, _)| known(*id).map(|(_, line)| line.rank.clone()))
        .collect();
    let fixed: Vec<&Rank> = ranks.iter().flatten().collect();
    let in_order = fixed.windows(2).all(|pair| pair[0] < pair[1]);
    // Lines that keep their order keep their ranks; new ones come after the one before them.
    let ranks = if in_order {
        let mut last: Option<Rank> = None;
        let mut placed = Vec::with_capacity(ranks.len());
        for (at, rank) in ranks.iter().enumerate() {
            let rank = rank.clone().unwrap_or_else(|| {
                let next = ranks[at..].iter().flatten().next();
                Rank::between(last.as_ref(), next)
            });
            last = Some(rank.clone());
            placed.push(rank);
        }
        placed
    } else {
        Rank::spread(drafts.len())
    };
    let mut lines = Vec::with_capacity(drafts.len());
    for ((id, draft), rank) in drafts.into_iter().zip(ranks) {
        let line = known(id);
        let item = item(world, line.map(|(_, l)| l), draft, rank, ctx, made)?;
        lines.push((line.map_or_else(|| ctx.ids.fresh(), |(id, _)| id), item));
    }
    Ok(lines)
}

/// The edits of what a form says about lines and the kind of sale; value and products go
/// with the lines.
pub(super) fn sale(
    world: &World,
    existing: Option<&Deal>,
    id: DealId,
    sale: SaleDraft,
    value: Option<Money>,
    products: Vec<ProductId>,
    ctx: &mut Ctx,
) -> Result<Vec<Edit>, Refusal> {
    let mut edits = Vec::new();
    let kept = || {
        let lines = existing.map(|d| d.lines.iter()).into_iter().flatten();
        lines.map(|(id, line)| (id, line.clone())).collect()
    };
    let lines = match sale.lines {
        Some(drafts) => listed(world, existing, drafts, ctx, &mut edits)?,
        None => kept(),
    };
    let frame = Frame {
        before: existing,
        id,
        priced: sale.priced.unwrap_or(existing.is_some_and(|d| d.priced)),
        value,
        products,
    };
    edits.extend(frame.with(&lines)?);
    let mut set = |field: DealField| edits.push(Edit::Deal(id, field));
    if let Some(kind) = sale.kind {
        set(DealField::Kind(kind));
    }
    if let Some(origin) = sale.origin {
        if origin == Some(id) {
            return Err(Refusal::field(
                "origin",
                "A deal cannot follow from itself.",
            ));
        }
        if let Some(origin) = origin {
            deal(world, origin)?;
        }
        set(DealField::Origin(origin));
    }
    if let Some(renewal) = sale.renewal {
        set(DealField::Renewal(renewal));
    }
    Ok(edits)
}
