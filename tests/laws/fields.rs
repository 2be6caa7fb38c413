//! Random work on own fields: defining them, and filling them in.

use fairlead::domain::command::Command;
use fairlead::domain::command::fields::{FieldCommand, FieldDraft, FieldEdit};
use fairlead::domain::custom::{CustomField, CustomValue, Decimal, FieldHome, FieldKind};
use fairlead::domain::ids::DealId;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::world::World;

/// How many things can be done here.
pub const STEPS: u8 = 6;

/// The command of a step, where there is something to do.
pub fn command(world: &World, what: u8, deal: Option<DealId>, a: u16, b: u16) -> Option<Command> {
    let mut all: Vec<&CustomField> = world.state.tables.custom_fields.iter().collect();
    all.sort_by_key(|f| f.id);
    let field = all.get(usize::from(b) % all.len().max(1)).copied();
    let command = match (what, field) {
        (0, _) => {
            let kind = FieldKind::ALL[usize::from(a) % FieldKind::ALL.len()];
            let home = FieldHome::ALL[usize::from(b / 7) % 2];
            FieldCommand::Add(FieldDraft {
                options: ["a", "b", "c"].map(String::from).into(),
                ..FieldDraft::new(home, kind, format!("Field {}", b % 9))
            })
        }
        (1, Some(field)) if a.is_multiple_of(5) => FieldCommand::Delete(field.id),
        (1, Some(field)) => FieldCommand::Reorder {
            field: field.id,
            index: usize::from(a) % 4,
        },
        (2, Some(field)) => FieldCommand::RenameOption {
            field: field.id,
            from: field.options.first().cloned().unwrap_or_default(),
            to: format!("r{}", a % 7),
        },
        (3, Some(field)) => FieldCommand::Edit {
            field: field.id,
            edit: FieldEdit {
                name: a.is_multiple_of(2).then(|| format!("Field {}", a % 9)),
                kind: a
                    .is_multiple_of(3)
                    .then(|| FieldKind::ALL[usize::from(a) % FieldKind::ALL.len()]),
                ..FieldEdit::default()
            },
        },
        (4 | 5, Some(field)) => FieldCommand::Set {
            record: deal?.into(),
            values: vec![(field.id, (!a.is_multiple_of(6)).then(|| value(field, a)))],
        },
        _ => return None,
    };
    Some(Command::Fields(command))
}

fn value(field: &CustomField, a: u16) -> CustomValue {
    let option = |n: u16| {
        let at = usize::from(n) % field.options.len().max(1);
        field.options.get(at).cloned().unwrap_or_default()
    };
    match field.kind {
        FieldKind::Text | FieldKind::LongText => CustomValue::Text(format!("text {a}")),
        FieldKind::Number => CustomValue::Number(Decimal(i64::from(a) * 12_345 - 90_000_000)),
        FieldKind::Money => CustomValue::Money(Money::new(i64::from(a), Currency::EUR)),
        FieldKind::Date => {
            let date = crate::work::at(0).today + chrono::Duration::days(i64::from(a % 900));
            CustomValue::Date(date)
        }
        FieldKind::YesNo => CustomValue::Flag(a.is_multiple_of(2)),
        FieldKind::Choice => CustomValue::Text(option(a)),
        FieldKind::Choices => CustomValue::List(vec![option(a), option(a / 2)]),
        FieldKind::Link => CustomValue::Text(format!("https://example.com/{a}")),
    }
}
