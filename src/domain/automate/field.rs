//! The fields rules read dates from and set.

use super::words::day_words;
use super::zone::{Zone, day};
use crate::domain::custom::{CustomValue, Decimal, FieldHome, FieldKind};
use crate::domain::deal::{Deal, DealField, ForecastCategory};
use crate::domain::ids::{FieldId, PersonId};
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;
use crate::domain::query::customers;
use crate::domain::value::parse_date;
use crate::domain::world::World;
use chrono::{Days, NaiveDate};

/// A field that a rule can set, or wait for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settable {
    /// As in conditions: `deal.close`.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// What can be chosen, where it has options: code and label.
    pub options: Vec<(String, String)>,
}

/// The fields of a deal that a rule can set, or whose change it can wait for; the team's own
/// fields last.
#[must_use]
pub fn settable(world: &World) -> Vec<Settable> {
    let field = |code: &str, label: &str, kind| Settable {
        code: format!("deal.{code}"),
        label: label.to_owned(),
        kind,
        options: Vec::new(),
    };
    let mut people: Vec<_> = world
        .state
        .tables
        .people
        .iter()
        .filter(|p| !p.left)
        .collect();
    people.order_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    let categories = ForecastCategory::ALL.iter();
    let mut all = vec![
        field("title", "Title", FieldKind::Text),
        field("value", "Value", FieldKind::Money),
        field("close", "Expected close", FieldKind::Date),
        field("probability", "Probability", FieldKind::Number),
        Settable {
            options: categories
                .map(|c| (c.code().to_owned(), c.label().to_owned()))
                .collect(),
            ..field("category", "Forecast category", FieldKind::Choice)
        },
        Settable {
            options: people
                .iter()
                .map(|p| (p.id.to_string(), p.name.clone()))
                .collect(),
            ..field("owner", "Owner", FieldKind::Choice)
        },
        field("source", "Source", FieldKind::Text),
        field("description", "Description", FieldKind::LongText),
        field("renewal", "Renewal", FieldKind::Date),
    ];
    let own = world.state.tables.custom_fields.iter();
    let mut own: Vec<_> = own.filter(|f| f.home == FieldHome::Deal).collect();
    own.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
    all.extend(own.into_iter().map(|f| Settable {
        code: format!("deal.custom.{}", f.id),
        label: f.name.clone(),
        kind: f.kind,
        options: f.options.iter().map(|o| (o.clone(), o.clone())).collect(),
    }));
    all
}

/// What a field is called.
pub(super) fn label(world: &World, code: &str) -> String {
    if code == "deal.created" {
        return String::from("The day it was added");
    }
    let all = settable(world);
    let found = all.into_iter().find(|f| f.code == code);
    found.map_or_else(|| String::from("A field"), |f| f.label)
}

/// The own field a code names.
fn custom(code: &str) -> Option<FieldId> {
    code.strip_prefix("deal.custom.")?.parse().ok()
}

/// The date a field of a deal holds.
pub(super) fn date_of(world: &World, deal: &Deal, code: &str, zone: Zone) -> Option<NaiveDate> {
    match code {
        "deal.close" => deal.close,
        "deal.renewal" => deal.renewal,
        "deal.created" => day(deal.created, zone).filter(|_| deal.created != 0),
        _ => {
            let id = custom(code)?;
            world.state.tables.custom_fields.get(id)?;
            match deal.custom.get(id) {
                Some(CustomValue::Date(date)) => Some(*date),
                _ => None,
            }
        }
    }
}

/// The setting of a field from a text as rules have it: dates as `2026-03-31` or as days from
/// today (`+14`), amounts as `1200.00 EUR`, several choices separated by commas; an empty text
/// empties the field.
///
/// # Errors
/// A sentence without full stop.
pub(super) fn setting(
    world: &World,
    code: &str,
    text: &str,
    today: NaiveDate,
) -> Result<DealField, String> {
    let all = settable(world);
    let field = all
        .iter()
        .find(|f| f.code == code)
        .ok_or("The field is no longer there")?;
    let text = text.trim();
    let value = match text {
        "" => None,
        text => Some(read(field, text, today)?),
    };
    if let Some(id) = custom(code) {
        return Ok(DealField::Custom(id, value));
    }
    let words = || match &value {
        Some(CustomValue::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let date = match &value {
        Some(CustomValue::Date(date)) => Some(*date),
        _ => None,
    };
    Ok(match code {
        "deal.title" if text.is_empty() => return Err(String::from("A deal needs a title")),
        "deal.title" => DealField::Title(words()),
        "deal.source" => DealField::Source(words()),
        "deal.description" => DealField::Description(words()),
        "deal.close" => DealField::Close(date),
        "deal.renewal" => DealField::Renewal(date),
        "deal.category" => DealField::Category(ForecastCategory::from_code(&words())),
        "deal.owner" => DealField::Owner(words().parse::<PersonId>().ok()),
        "deal.value" => DealField::Value(match value {
            Some(CustomValue::Money(money)) => Some(money),
            _ => None,
        }),
        "deal.probability" => DealField::Probability(match value {
            Some(CustomValue::Number(n)) => Some(percent(n)?),
            _ => None,
        }),
        _ => return Err(format!("{} cannot be set by a rule", field.label)),
    })
}

fn percent(n: Decimal) -> Result<u8, String> {
    let whole = n.0 / Decimal::ONE;
    match u8::try_from(whole) {
        Ok(percent) if percent <= 100 && n.0 % Decimal::ONE == 0 => Ok(percent),
        _ => Err(String::from(
            "A probability is a whole number from 0 to 100",
        )),
    }
}

fn read(field: &Settable, text: &str, today: NaiveDate) -> Result<CustomValue, String> {
    let name = &field.label;
    let option = |text: &str| {
        let found = field.options.iter().find(|(code, _)| code == text);
        found
            .map(|(code, _)| code.clone())
            .ok_or_else(|| format!("“{text}” is no option of {name}"))
    };
    match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Link => {
            Ok(CustomValue::Text(text.to_owned()))
        }
        FieldKind::Number => Decimal::parse_plain(text)
            .map(CustomValue::Number)
            .ok_or_else(|| format!("“{text}” is no number for {name}")),
        FieldKind::YesNo => match text {
            "yes" => Ok(CustomValue::Flag(true)),
            "no" => Ok(CustomValue::Flag(false)),
            _ => Err(format!("{name} is yes or no")),
        },
        FieldKind::Date => date(text, today)
            .map(CustomValue::Date)
            .ok_or_else(|| format!("“{text}” is no date for {name}")),
        FieldKind::Money => money(text)
            .map(CustomValue::Money)
            .ok_or_else(|| format!("“{text}” is no amount for {name}; write it as 1200.00 EUR")),
        FieldKind::Choice => option(text).map(CustomValue::Text),
        FieldKind::Choices => text
            .split(',')
            .map(|part| option(part.trim()))
            .collect::<Result<Vec<_>, _>>()
            .map(CustomValue::List),
    }
}

fn date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text.strip_prefix('+') {
        Some(days) => today.checked_add_days(Days::new(days.trim().parse().ok()?)),
        None => parse_date(text),
    }
}

fn money(text: &str) -> Option<Money> {
    let (amount, currency) = text.rsplit_once(' ')?;
    let currency = Currency::parse(currency).ok()?;
    Money::parse(amount, currency).ok().filter(|m| m.minor >= 0)
}

/// What a field is set to, in words: dates as people write them, options by their name.
pub(super) fn readable(world: &World, code: &str, text: &str, today: NaiveDate) -> String {
    let text = text.trim();
    let Some(field) = settable(world).into_iter().find(|f| f.code == code) else {
        return text.to_owned();
    };
    if field.kind == FieldKind::Date
        && let Some(date) = date(text, today)
    {
        return day_words(date);
    }
    let found = field.options.into_iter().find(|(code, _)| code == text);
    found.map_or_else(|| text.to_owned(), |(_, label)| label)
}

/// Why a deal may not have this setting, as its own form would refuse it.
pub(super) fn refusal(deal: &Deal, set: &DealField) -> Option<String> {
    match set {
        DealField::Value(_) if deal.priced => Some(String::from(
            "Value is the sum of the lines of this deal and was not set",
        )),
        DealField::Value(Some(value)) => {
            let mut lines = deal.lines.iter().map(|(_, line)| line.price.currency);
            let other = lines.find(|currency| *currency != value.currency)?;
            let here = value.currency;
            Some(format!(
                "The lines of this deal are in {other}, so its value was not set in {here}"
            ))
        }
        DealField::Renewal(Some(on)) => {
            let won = customers::won(deal)?;
            (*on <= won.on).then(|| {
                String::from("The renewal comes after the day the deal was won and was not set")
            })
        }
        _ => None,
    }
}

/// Whether a rule could set the field to this text.
///
/// # Errors
/// A sentence without full stop.
pub fn check_setting(world: &World, code: &str, text: &str) -> Result<(), String> {
    if code.is_empty() {
        return Err(String::from("Choose the field to set"));
    }
    // Any day will do: what is checked is the text.
    let someday = NaiveDate::default();
    setting(world, code, text, someday).map(|_| ())
}
