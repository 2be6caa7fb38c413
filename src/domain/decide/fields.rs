//! Deciding commands about fields that a team adds to its records.

use super::{clean_name, counted, decision};
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind, Kind};
use crate::domain::command::fields::{FieldCommand, FieldDraft, FieldEdit};
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::custom::check;
use crate::domain::custom::{
    CustomField, CustomFieldField as F, CustomValue, FieldHome, FieldKind,
};
use crate::domain::ids::FieldId;
use crate::domain::query::fields;
use crate::domain::rank::Rank;
use crate::domain::world::World;

pub(super) fn decide(
    world: &World,
    command: FieldCommand,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {
        FieldCommand::Add(draft) => add(world, draft, ctx),
        FieldCommand::Edit { field, edit } => change(world, field, edit),
        FieldCommand::Reorder { field, index } => reorder(world, field, index),
        FieldCommand::Delete(field) => delete(world, field),
        FieldCommand::RenameOption { field, from, to } => rename_option(world, field, &from, &to),
        FieldCommand::Set { record, values } => set(world, record, values),
    }
}

fn field(world: &World, id: FieldId) -> Result<&CustomField, Refusal> {
    let found = world.state.tables.custom_fields.get(id);
    found.ok_or(Refusal::Gone("The field"))
}

fn rules(text: String, edits: Vec<Edit>, focus: FieldId) -> Decision {
    let intent = Intent::new(IntentKind::EditRules, text);
    decision(intent, edits, Some(focus.into()))
}

/// A name no other field of these records has.
fn free_name(
    world: &World,
    home: FieldHome,
    own: Option<FieldId>,
    name: &str,
) -> Result<String, Refusal> {
    let name = clean_name("name", "A field", name)?;
    if name.chars().count() > check::NAME_LIMIT {
        let message = format!(
            "A field can have a name of at most {} characters.",
            check::NAME_LIMIT
        );
        return Err(Refusal::field("name", message));
    }
    match fields::named(&world.state, home, &name) {
        Some(other) if Some(other.id) != own => Err(Refusal::field(
            "name",
            format!("There is a field “{}” already.", other.name),
        )),
        _ => Ok(name),
    }
}

fn hint(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > check::HINT_LIMIT {
        let message = format!("A hint has at most {} characters.", check::HINT_LIMIT);
        return Err(Refusal::field("hint", message));
    }
    Ok(text.to_owned())
}

fn options(list: &[String]) -> Result<Vec<String>, Refusal> {
    check::options(list).map_err(|message| Refusal::field("options", message))
}

fn add(world: &World, draft: FieldDraft, ctx: &mut Ctx) -> Result<Decision, Refusal> {
    let name = free_name(world, draft.home, None, &draft.name)?;
    let mut set = vec![
        F::Name(name.clone()),
        F::Home(draft.home),
        F::Kind(draft.kind),
    ];
    if draft.kind.has_options() {
        set.push(F::Options(options(&draft.options)?));
    }
    let hint = hint(&draft.hint)?;
    if !hint.is_empty() {
        set.push(F::Hint(hint));
    }
    let last = fields::of_home(&world.state, draft.home).pop();
    set.push(F::Rank(Rank::between(last.map(|f| &f.rank), None)));
    let id: FieldId = ctx.ids.fresh();
    let edits = set.into_iter().map(|f| Edit::CustomField(id, f)).collect();
    Ok(rules(format!("Added field {name}"), edits, id))
}

fn change(world: &World, id: FieldId, edit: FieldEdit) -> Result<Decision, Refusal> {
    let field = field(world, id)?;
    let mut edits = Vec::new();
    let mut set = |f: F| edits.push(Edit::CustomField(id, f));
    let mut text = format!("Changed field {}", field.name);
    if let Some(name) = edit.name {
        let name = free_name(world, field.home, Some(id), &name)?;
        if name != field.name {
            text = format!("Renamed field {} to {name}", field.name);
        }
        set(F::Name(name));
    }
    let kind = edit.kind.unwrap_or(field.kind);
    if kind != field.kind {
        let widens = field.kind == FieldKind::Text && kind == FieldKind::LongText;
        if !widens && fields::is_held(&world.state, field) {
            return Err(Refusal::field(
                "kind",
                "There are values already. The kind can only change while there are none, or from text to long text.",
            ));
        }
        set(F::Kind(kind));
    }
    if kind.has_options() && (edit.options.is_some() || kind != field.kind) {
        let list = edit.options.unwrap_or_else(|| field.options.clone());
        set(F::Options(options(&list)?));
    }
    if let Some(text) = edit.hint {
        set(F::Hint(hint(&text)?));
    }
    Ok(rules(text, edits, id))
}

fn reorder(world: &World, id: FieldId, index: usize) -> Result<Decision, Refusal> {
    let moving = field(world, id)?;
    let all = fields::of_home(&world.state, moving.home);
    let index = index.min(all.len() - 1);
    if all.iter().position(|f| f.id == id) == Some(index) {
        return Err(Refusal::Nothing);
    }
    let mut others: Vec<&CustomField> = all.into_iter().filter(|f| f.id != id).collect();
    let low = index.checked_sub(1).and_then(|at| others.get(at));
    let high = others.get(index);
    let (low, high) = (low.map(|f| &f.rank), high.map(|f| &f.rank));
    let rank = Rank::between(low, high);
    let fits = high.is_none_or(|high| rank < *high) && !rank.is_long();
    let edits = if fits {
        vec![Edit::CustomField(id, F::Rank(rank))]
    } else {
        // Two had one rank: all get new ones.
        others.insert(index, moving);
        let ranks = Rank::spread(others.len());
        let ranked = others.iter().zip(ranks);
        ranked
            .map(|(f, rank)| Edit::CustomField(f.id, F::Rank(rank)))
            .collect()
    };
    Ok(rules(format!("Moved field {}", moving.name), edits, id))
}

fn delete(world: &World, id: FieldId) -> Result<Decision, Refusal> {
    let field = field(world, id)?;
    let edits = vec![Edit::deleted(id.into(), true)];
    Ok(rules(format!("Deleted field {}", field.name), edits, id))
}

fn rename_option(world: &World, id: FieldId, from: &str, to: &str) -> Result<Decision, Refusal> {
    let field = field(world, id)?;
    let at = field.options.iter().position(|o| o == from);
    let at = at.ok_or(Refusal::Gone("The option"))?;
    let to = to.trim();
    if to.is_empty() {
        return Err(Refusal::field("options", "Give the option a name."));
    }
    let mut list = field.options.clone();
    to.clone_into(&mut list[at]);
    let list = options(&list)?;
    let to = list[at].clone();
    if to == from {
        return Err(Refusal::Nothing);
    }
    let mut edits = vec![Edit::CustomField(id, F::Options(list))];
    let renamed = |text: &String| {
        if text == from {
            to.clone()
        } else {
            text.clone()
        }
    };
    for (record, value) in fields::all_values(&world.state, field) {
        let new = match &value {
            CustomValue::Text(text) => CustomValue::Text(renamed(text)),
            CustomValue::List(chosen) => CustomValue::List(chosen.iter().map(renamed).collect()),
            _ => continue,
        };
        if new != value {
            edits.extend(fields::edit(record, id, Some(new)));
        }
    }
    let held = edits.len() - 1;
    let text = match held {
        0 => format!("Renamed option {from} to {to}"),
        n => format!(
            "Renamed option {from} to {to} in {}",
            counted(n, field.home.counted(1), field.home.counted(2))
        ),
    };
    Ok(rules(text, edits, id))
}

/// A value for a record as its field keeps it.
pub(super) fn checked(
    world: &World,
    record: EntityRef,
    id: FieldId,
    value: Option<CustomValue>,
) -> Result<Option<CustomValue>, Refusal> {
    let field = field(world, id)?;
    if FieldHome::of(record.kind) != Some(field.home) {
        return Err(Refusal::Impossible(format!(
            "The field {} belongs to {}.",
            field.name,
            field.home.counted(2)
        )));
    }
    let now = fields::value(&world.state, record, id);
    let Some(value) = value else { return Ok(None) };
    check::value(field, value, now)
        .map_err(|message| Refusal::field("custom", format!("{}: {message}", field.name)))
}

fn set(
    world: &World,
    record: EntityRef,
    values: Vec<(FieldId, Option<CustomValue>)>,
) -> Result<Decision, Refusal> {
    if !world.is_alive(record) {
        return Err(Refusal::Gone(match record.kind {
            Kind::Deal => "The deal",
            Kind::Organisation => "The organisation",
            Kind::Contact => "The contact",
            _ => "That record",
        }));
    }
    let mut edits = Vec::new();
    let mut names = Vec::new();
    for (id, value) in values {
        let value = checked(world, record, id, value)?;
        names.push(world.state.name_of(id.into()));
        edits.extend(fields::edit(record, id, value));
    }
    let kind = match record.kind {
        Kind::Deal => IntentKind::EditDeal,
        _ => IntentKind::EditRecord,
    };
    let what = match names.as_slice() {
        [one] => one.clone(),
        many => counted(many.len(), "field", "fields"),
    };
    let text = format!("Changed {what} of {}", world.state.name_of(record));
    Ok(decision(Intent::new(kind, text), edits, Some(record)))
}
