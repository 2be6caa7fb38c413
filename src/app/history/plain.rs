//! Fields and values in words where no wording of their own is needed: read off the names and
//! the neutral trees that files have too.

use super::text::Format;
use crate::domain::change::{Edit, EntityRef, Kind};
use crate::domain::custom::{CustomFieldField, CustomValue};
use crate::domain::deal::DealField;
use crate::domain::money::Money;
use crate::domain::party::{ContactField, OrgField};
use crate::domain::state::State;
use crate::domain::value::{Field, Value};
use std::borrow::Cow;

/// A name in files as people write it: `half_life` becomes “Half life”.
pub(super) fn label(name: &'static str) -> Cow<'static, str> {
    let mut letters = name.chars();
    let Some(first) = letters.next() else {
        return Cow::Borrowed("Field");
    };
    Cow::Owned(
        first
            .to_uppercase()
            .chain(letters)
            .collect::<String>()
            .replace('_', " "),
    )
}

/// What an entry is called: the team's own field, the criterion, the question.
pub(super) fn entry_label(state: &State, edit: &Edit) -> Option<String> {
    let of = |id: EntityRef| state.name_of(id);
    Some(match edit {
        Edit::Deal(_, DealField::Custom(id, _))
        | Edit::Organisation(_, OrgField::Custom(id, _))
        | Edit::Contact(_, ContactField::Custom(id, _)) => of((*id).into()),
        Edit::Deal(_, DealField::Check(id, _)) => format!("Criterion “{}”", of((*id).into())),
        Edit::Deal(_, DealField::Answer(id, _)) => of((*id).into()),
        Edit::Deal(_, DealField::Cadence(id, _)) => format!("Cadence {}", of((*id).into())),
        Edit::Organisation(_, OrgField::Distinct(id, _)) => differs(of((*id).into())),
        Edit::Contact(_, ContactField::Distinct(id, _)) => differs(of((*id).into())),
        Edit::Deal(_, DealField::Line(..)) => String::from("Line"),
        Edit::Deal(_, DealField::Override(..)) => String::from("Moved past criteria"),
        Edit::CustomField(_, CustomFieldField::Home(_)) => String::from("Field of"),
        _ => return None,
    })
}

fn differs(name: String) -> String {
    format!("Not the same as {name}")
}

/// A value in words; none when it is empty.
pub(super) fn value(state: &State, edit: &Edit, format: &impl Format) -> Option<String> {
    match edit {
        Edit::Deal(_, DealField::Custom(_, value))
        | Edit::Organisation(_, OrgField::Custom(_, value))
        | Edit::Contact(_, ContactField::Custom(_, value)) => {
            value.as_ref().map(|v| custom(v, format))
        }
        Edit::CustomField(_, CustomFieldField::Kind(kind)) => Some(kind.label().to_owned()),
        Edit::CustomField(_, CustomFieldField::Home(home)) => Some(home.label().to_lowercase()),
        Edit::Deal(_, DealField::Check(_, check)) => check.as_ref().map(|check| {
            let met = format!("met on {}", format.date(check.on));
            said(met, &check.evidence)
        }),
        Edit::Deal(_, DealField::Answer(_, answer)) => answer.as_ref().map(|answer| {
            let full = crate::domain::qualify::FULL_SCORE;
            said(format!("{} of {full}", answer.score), &answer.evidence)
        }),
        Edit::Deal(_, DealField::Line(_, line)) => line.as_ref().map(|line| {
            let name = match line.product {
                Some(id) if line.text.is_empty() => state.name_of(id.into()),
                _ => line.text.clone(),
            };
            let count = crate::domain::custom::Decimal(line.quantity.saturating_mul(1_000));
            let mut text = format!("{count} × {name} at {}", format.money(line.price));
            if let Some(period) = line.period {
                text.push_str(&format!(" {}, {} times", period.label(), line.periods));
            }
            if line.discount > 0 {
                let percent = crate::app::form::line::print_discount(line.discount);
                text.push_str(&format!(", {percent}% off"));
            }
            text
        }),
        Edit::Deal(_, DealField::Override(_, over)) => {
            over.as_ref().map(|o| said(o.missing.join(", "), &o.reason))
        }
        Edit::Deal(_, DealField::Cadence(_, run)) => run.as_ref().map(|run| {
            let why = run.why.map(|why| plain_code(why.code()));
            said(run.state.code().to_owned(), &why.unwrap_or_default())
        }),
        other => tree(
            state,
            other.slot().name(),
            edit.entity().kind,
            &other.value(),
            format,
        ),
    }
}

fn said(what: String, more: &str) -> String {
    match more.trim() {
        "" => what,
        more => format!("{what}: {more}"),
    }
}

fn custom(value: &CustomValue, format: &impl Format) -> String {
    match value {
        CustomValue::Text(text) => text.clone(),
        CustomValue::Number(n) => n.to_string(),
        CustomValue::Money(money) => format.money(*money),
        CustomValue::Date(date) => format.date(*date),
        CustomValue::Flag(yes) => String::from(if *yes { "yes" } else { "no" }),
        CustomValue::List(list) => list.join(", "),
    }
}

fn plain_code(code: &str) -> String {
    code.replace('_', " ")
}

/// What a field's ids name, told by the field's name.
fn target(name: &str, of: Kind) -> Option<Kind> {
    Some(match name {
        "owner" | "lead" | "manager" | "people" => Kind::Person,
        "organisation" => Kind::Organisation,
        "contact" => Kind::Contact,
        "deal" | "origin" => Kind::Deal,
        "stage" | "successor" => Kind::Stage,
        "pipeline" => Kind::Pipeline,
        "team" => Kind::Team,
        "territory" => Kind::Territory,
        "persona" => Kind::Persona,
        "framework" => Kind::Framework,
        "cadence" => Kind::Cadence,
        "step" => Kind::CadenceStep,
        "template" => Kind::Template,
        "automation" => Kind::Automation,
        "product" | "products" => Kind::Product,
        // A parent, or what a record was merged into, is of its own kind.
        "parent" | "merged" => of,
        _ => return None,
    })
}

/// Fields that are times in milliseconds since 1970.
const MOMENTS: [&str; 3] = ["at", "since", "created"];

fn tree(
    state: &State,
    name: &str,
    of: Kind,
    value: &Value,
    format: &impl Format,
) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::Bool(yes) => String::from(if *yes { "yes" } else { "no" }),
        Value::Int(0) if MOMENTS.contains(&name) => return None,
        Value::Int(ms) if MOMENTS.contains(&name) => format.moment(*ms),
        Value::Int(n) => n.to_string(),
        Value::Id(0) => return None,
        Value::Id(id) => match target(name, of) {
            Some(kind) => state.name_of(EntityRef { kind, id: *id }),
            None => return None,
        },
        Value::Date(date) => format.date(*date),
        // A long line of lower-case letters and underscores is a word of the file format.
        Value::Text(text) if is_code(text) => plain_code(text),
        Value::Text(text) => text.clone(),
        Value::List(parts) => match Money::from_value(value.clone()) {
            Ok(money) => format.money(money),
            Err(_) => {
                let parts = parts.iter();
                let parts = parts.filter_map(|part| tree(state, name, of, part, format));
                parts.collect::<Vec<_>>().join(", ")
            }
        },
        Value::Map(parts) => {
            let parts = parts.iter();
            let parts = parts.filter_map(|(name, part)| tree(state, name, of, part, format));
            parts.collect::<Vec<_>>().join(" ")
        }
    };
    (!text.trim().is_empty()).then_some(text)
}

fn is_code(text: &str) -> bool {
    text.contains('_') && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}
