//! Organisations, contacts, people, products, settings.

use super::{clean_name, counted, decision};
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind, Kind};
use crate::domain::command::{Decision, Refusal};
use crate::domain::order::Order;
use crate::domain::party::{ContactField, OrgField, PersonField, ProductField};
use crate::domain::workspace::{WORKSPACE, WorkspaceField};
use crate::domain::world::World;

pub(super) fn delete(world: &World, entities: &[EntityRef]) -> Result<Decision, Refusal> {
    let alive: Vec<EntityRef> = entities
        .iter()
        .copied()
        .filter(|e| world.is_alive(*e))
        .collect();
    let Some(first) = alive.first() else {
        return Err(Refusal::Gone("That record"));
    };
    if alive
        .iter()
        .any(|e| matches!(e.kind, Kind::Stage | Kind::Pipeline | Kind::Workspace))
    {
        return Err(Refusal::Impossible(
            "Stages and pipelines are deleted in their editor, where their deals find a new place."
                .into(),
        ));
    }
    if alive.iter().any(|e| e.kind == Kind::Call) {
        return Err(Refusal::Impossible(
            "What was said of a forecast stays: it is compared with what came.".into(),
        ));
    }
    let text = match alive.as_slice() {
        [one] => format!("Deleted {}", world.state.name_of(*one)),
        many if many.iter().all(|e| e.kind == Kind::Deal) => {
            format!("Deleted {}", counted(many.len(), "deal", "deals"))
        }
        many => format!("Deleted {}", counted(many.len(), "record", "records")),
    };
    let edits = alive.iter().map(|e| Edit::deleted(*e, true)).collect();
    Ok(decision(
        Intent::new(IntentKind::Delete, text),
        edits,
        Some(*first),
    ))
}

pub(super) fn edit(world: &World, mut edits: Vec<Edit>) -> Result<Decision, Refusal> {
    for edit in &mut edits {
        check_record(world, edit)?;
    }
    let Some(first) = edits.first().map(Edit::entity) else {
        return Err(Refusal::Nothing);
    };
    let name = edits
        .iter()
        .find_map(|e| match e {
            Edit::Organisation(_, OrgField::Name(n))
            | Edit::Contact(_, ContactField::Name(n))
            | Edit::Person(_, PersonField::Name(n))
            | Edit::Product(_, ProductField::Name(n)) => Some(n.clone()),
            _ => None,
        })
        .unwrap_or_else(|| world.state.name_of(first));
    let text = if world.state.tables.knows(first) {
        super::customer::check::said_of(&edits, &name)
    } else {
        format!("Added {name}")
    };
    Ok(decision(
        Intent::new(IntentKind::EditRecord, text),
        edits,
        Some(first),
    ))
}

fn check_record(world: &World, edit: &mut Edit) -> Result<(), Refusal> {
    match edit {
        Edit::Organisation(id, OrgField::Custom(field, value)) => {
            *value = super::fields::checked(world, (*id).into(), *field, value.take())?;
        }
        Edit::Contact(id, ContactField::Custom(field, value)) => {
            *value = super::fields::checked(world, (*id).into(), *field, value.take())?;
        }
        Edit::Organisation(..) | Edit::Contact(..) | Edit::Person(..) => {
            super::customer::check::record(world, edit)?;
        }
        Edit::Product(_, ProductField::Name(name)) => {
            *name = clean_name("name", "A product", name)?
        }
        Edit::Product(_, ProductField::Price(Some(price))) if price.minor < 0 => {
            return Err(Refusal::field("price", "A price cannot be below nothing."));
        }
        Edit::Deal(..)
        | Edit::Stage(..)
        | Edit::Pipeline(..)
        | Edit::Workspace(..)
        | Edit::Activity(..)
        | Edit::CustomField(..)
        | Edit::Criterion(..)
        | Edit::Framework(..)
        | Edit::Question(..)
        | Edit::ScoreRule(..)
        | Edit::IcpCriterion(..)
        | Edit::Persona(..)
        | Edit::Team(..)
        | Edit::Territory(..)
        | Edit::Cadence(..)
        | Edit::CadenceStep(..)
        | Edit::Template(..)
        | Edit::Automation(..)
        | Edit::RuleRun(..)
        | Edit::Campaign(..)
        | Edit::Interview(..)
        | Edit::Rate(..)
        | Edit::Review(..)
        | Edit::Coaching(..)
        | Edit::Practice(..)
        | Edit::Feedback(..)
        | Edit::Dashboard(..)
        | Edit::Quota(..)
        | Edit::ExternalFactor(..)
        | Edit::Call(..)
        | Edit::Experiment(..) => {
            return Err(Refusal::Impossible(
                "This kind of record has an editor of its own.".into(),
            ));
        }
        _ => {}
    }
    Ok(())
}

pub(super) fn edit_workspace(fields: Vec<WorkspaceField>) -> Result<Decision, Refusal> {
    let mut edits = Vec::new();
    for field in fields {
        let field = match field {
            WorkspaceField::Name(name) => {
                WorkspaceField::Name(clean_name("name", "The workspace", &name)?)
            }
            WorkspaceField::Sample(_) | WorkspaceField::Deleted(_) => {
                return Err(Refusal::Impossible("This is not a setting.".into()));
            }
            WorkspaceField::LostReasons(list) => WorkspaceField::LostReasons(tidy(list)),
            WorkspaceField::WonReasons(list) => WorkspaceField::WonReasons(tidy(list)),
            WorkspaceField::HoldReasons(list) => WorkspaceField::HoldReasons(tidy(list)),
            WorkspaceField::Sources(list) => WorkspaceField::Sources(tidy(list)),
            WorkspaceField::Competitors(list) => WorkspaceField::Competitors(tidy(list)),
            WorkspaceField::WorkingDays(days) if days & 0x7f == 0 => {
                return Err(Refusal::field(
                    "working_days",
                    "Choose at least one working day.",
                ));
            }
            WorkspaceField::FitGrades(points) | WorkspaceField::EngagementGrades(points)
                if points.len() != 3 || !points.is_sorted_by(|a, b| a > b) =>
            {
                return Err(Refusal::field(
                    "grades",
                    "Each grade needs fewer points than the one above it.",
                ));
            }
            WorkspaceField::TouchLimit(Some(0)) => {
                return Err(Refusal::field(
                    "touch_limit",
                    "Allow at least one touch a week, or leave it empty for no limit.",
                ));
            }
            WorkspaceField::Holidays(mut days) => {
                days.order();
                days.dedup();
                WorkspaceField::Holidays(days)
            }
            WorkspaceField::FiscalMonth(month) if !(1..=12).contains(&month) => {
                return Err(Refusal::field("fiscal_month", "Choose a month."));
            }
            other @ (WorkspaceField::Currency(_)
            | WorkspaceField::ReasonsRequired(_)
            | WorkspaceField::Reporting(_)
            | WorkspaceField::FiscalMonth(_)
            | WorkspaceField::WorkingDays(_)
            | WorkspaceField::TouchLimit(_)
            | WorkspaceField::FitGrades(_)
            | WorkspaceField::EngagementGrades(_)) => other,
        };
        edits.push(Edit::Workspace(WORKSPACE, field));
    }
    Ok(decision(
        Intent::new(IntentKind::EditWorkspace, "Changed the settings"),
        edits,
        None,
    ))
}

fn tidy(list: Vec<String>) -> Vec<String> {
    let mut tidy: Vec<String> = Vec::new();
    for item in list {
        let item = item.trim();
        if !item.is_empty() && !tidy.iter().any(|t| t == item) {
            tidy.push(item.to_owned());
        }
    }
    tidy
}
