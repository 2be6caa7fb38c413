//! What moves are missing, asked before they are made, and the fields filled in for them.

use crate::app::form::custom::parse_number;
use crate::app::form::customer::parse_count;
use crate::app::form::{parse_amount, parse_date};
use crate::app::session::{Moment, Session};
use crate::domain::change::Edit;
use crate::domain::command::qualify::{Fill, QualifyCommand};
use crate::domain::command::{Command, Ctx, Refusal};
use crate::domain::custom::{CustomValue, FieldKind};
use crate::domain::deal::{Deal, DealField, ForecastCategory};
use crate::domain::decide;
use crate::domain::ids::{DealId, FieldId, IdSource, OrgId, ProductId};
use crate::domain::money::{Currency, Money};
use crate::domain::party::OrgField;
use crate::domain::query::gate::Gap;
use crate::domain::world::World;

fn ctx(session: &Session, at: Moment) -> Ctx {
    Ctx {
        now: at.now,
        today: at.today,
        me: session.me(),
        // Nothing that is made with these ids is kept.
        ids: IdSource::new(0),
        later: session.later(),
    }
}

/// What deals would be missing for a command, warnings included.
#[must_use]
pub fn gaps(session: &Session, command: &Command, at: Moment) -> Vec<Gap> {
    decide::gaps(session.world(), command, &ctx(session, at))
}

/// What is still missing once this is filled in.
///
/// # Errors
/// [`Refusal`] when the move or what was filled in would be refused for another reason.
pub fn remaining(
    session: &Session,
    command: &Command,
    fill: &Fill,
    at: Moment,
) -> Result<Vec<Gap>, Refusal> {
    let pass = Command::Qualify(QualifyCommand::Pass {
        command: Box::new(command.clone()),
        fill: Box::new(fill.clone()),
        reason: None,
    });
    match decide::decide(session.world(), pass, &mut ctx(session, at)) {
        Ok(_) | Err(Refusal::Nothing) => Ok(Vec::new()),
        Err(Refusal::Gated(gaps)) => Ok(gaps),
        Err(other) => Err(other),
    }
}

/// The edits that fill a required field in, by its name in [`Stage::required`] and what was
/// typed: one text, an amount with its currency last (`1200 EUR`), ids, or an empty text and
/// a name to be made. No edits while nothing was typed.
///
/// [`Stage::required`]: crate::domain::stage::Stage::required
///
/// # Errors
/// A sentence that says what to write instead.
pub fn fill_field(
    world: &World,
    deal: DealId,
    name: &str,
    typed: &[String],
    ids: &mut IdSource,
) -> Result<Vec<Edit>, String> {
    let first = typed.first().map_or("", |t| t.trim());
    if typed.iter().all(|t| t.trim().is_empty()) {
        return Ok(Vec::new());
    }
    let deals = &world.state.tables.deals;
    // One that is about to be made is not there yet.
    let known = deals.get(deal);
    let set = |field| Ok(vec![Edit::Deal(deal, field)]);
    let gone = || String::from("What was chosen is no longer there. Choose again.");
    if let Some(name) = name.strip_prefix("organisation.") {
        let known = known.ok_or("Choose the organisation in the form of the deal.")?;
        return fill_organisation(world, known, name, typed);
    }
    match name {
        "value" => set(DealField::Value(amount(first)?)),
        "close" => set(DealField::Close(parse_date(first)?)),
        "source" => set(DealField::Source(first.to_owned())),
        "description" => set(DealField::Description(first.to_owned())),
        "category" => set(DealField::Category(Some(
            ForecastCategory::from_code(first).ok_or_else(gone)?,
        ))),
        "owner" => set(DealField::Owner(Some(first.parse().map_err(|_| gone())?))),
        "products" => {
            let all: Result<Vec<ProductId>, _> = typed.iter().map(|t| t.parse()).collect();
            set(DealField::Products(all.map_err(|_| gone())?))
        }
        "organisation" => {
            let new = typed.get(1).map_or("", |t| t.trim());
            if new.is_empty() {
                let id: OrgId = first.parse().map_err(|_| gone())?;
                return set(DealField::Organisation(Some(id)));
            }
            let id: OrgId = ids.fresh();
            Ok(vec![
                Edit::Organisation(id, OrgField::Name(new.to_owned())),
                Edit::Deal(deal, DealField::Organisation(Some(id))),
            ])
        }
        other => {
            let id = other.strip_prefix("custom.").and_then(|id| id.parse().ok());
            let id: FieldId = id.ok_or_else(gone)?;
            set(DealField::Custom(id, custom(world, id, typed)?))
        }
    }
}

fn fill_organisation(
    world: &World,
    deal: &Deal,
    name: &str,
    typed: &[String],
) -> Result<Vec<Edit>, String> {
    let first = typed.first().map_or("", |t| t.trim());
    let org = deal.organisation.filter(|id| world.is_alive((*id).into()));
    let org = org.ok_or("Choose an organisation first.")?;
    let text = || first.to_owned();
    let field = match name {
        "industry" => OrgField::Industry(text()),
        "decision" => OrgField::Decision(text()),
        "pains" => OrgField::Pains(text()),
        "revenue" => OrgField::Revenue(amount(first)?),
        "budget" => OrgField::Budget(amount(first)?),
        "employees" => OrgField::Employees(parse_count(first)?),
        other => {
            let id = other.strip_prefix("custom.").and_then(|id| id.parse().ok());
            let id: FieldId = id.ok_or("This field is no longer there.")?;
            OrgField::Custom(id, custom(world, id, typed)?)
        }
    };
    Ok(vec![Edit::Organisation(org, field)])
}

/// An amount with its currency last.
fn amount(text: &str) -> Result<Option<Money>, String> {
    let (amount, code) = text.rsplit_once(' ').unwrap_or((text, "EUR"));
    let currency = Currency::parse(code).map_err(|bad| bad.to_string())?;
    parse_amount(amount, currency)
}

fn custom(world: &World, id: FieldId, typed: &[String]) -> Result<Option<CustomValue>, String> {
    let field = world.state.tables.custom_fields.get(id);
    let field = field.ok_or("This field is no longer there.")?;
    let first = typed.first().map_or("", |t| t.trim());
    Ok(Some(match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Choice | FieldKind::Link => {
            CustomValue::Text(first.to_owned())
        }
        FieldKind::Number => CustomValue::Number(parse_number(first, '.')?),
        FieldKind::Money => match amount(first)? {
            Some(money) => CustomValue::Money(money),
            None => return Ok(None),
        },
        FieldKind::Date => match parse_date(first)? {
            Some(date) => CustomValue::Date(date),
            None => return Ok(None),
        },
        FieldKind::YesNo => CustomValue::Flag(first == "yes"),
        FieldKind::Choices => CustomValue::List(typed.to_vec()),
    }))
}
