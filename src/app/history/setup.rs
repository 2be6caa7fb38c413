//! Values of stages and settings in words.

use super::plain;
use super::text::{Format, list, text};
use crate::domain::change::Edit;
use crate::domain::stage::StageField;
use crate::domain::state::State;
use crate::domain::workspace::WorkspaceField;

pub(super) fn stage(
    state: &State,
    edit: &Edit,
    field: &StageField,
    format: &impl Format,
) -> Option<String> {
    match field {
        StageField::Pipeline(id) => Some(state.name_of((*id).into())),
        StageField::Name(t) | StageField::Purpose(t) => text(t),
        StageField::Kind(kind) => Some(kind.label().to_owned()),
        StageField::Probability(own) => Some(format.percent(*own)),
        StageField::RotDays(days) => Some(match days {
            None => String::from("never"),
            Some(1) => String::from("1 day"),
            Some(days) => format!("{days} days"),
        }),
        StageField::Hue(hue) => Some(hue.code().to_owned()),
        StageField::Successor(id) => id.map(|id| state.name_of(id.into())),
        StageField::Rank(_) | StageField::Deleted(_) => None,
        _ => plain::value(state, edit, format),
    }
}

pub(super) fn workspace(
    state: &State,
    edit: &Edit,
    field: &WorkspaceField,
    format: &impl Format,
) -> Option<String> {
    match field {
        WorkspaceField::Name(t) => text(t),
        WorkspaceField::Currency(currency) => Some(currency.to_string()),
        WorkspaceField::LostReasons(all)
        | WorkspaceField::WonReasons(all)
        | WorkspaceField::HoldReasons(all)
        | WorkspaceField::Sources(all)
        | WorkspaceField::Competitors(all) => list(all),
        WorkspaceField::Sample(_) | WorkspaceField::Deleted(_) => None,
        _ => plain::value(state, edit, format),
    }
}
