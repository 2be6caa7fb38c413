//! Columns that fill own fields: which field, and what a new one is to be.

use leptos::prelude::*;

use super::wizard::Wizard;
use crate::app::import::{FilePlan, Holds, Own, own};
use crate::domain::custom::FieldKind;
use crate::ui::parts::{Button, ButtonSize, Choice, Glyph, Select, TextInput};

/// In front of the id of an own field in the choices of a column.
const HERE: &str = "own:";
/// The choice that makes a new field.
const NEW: &str = "own:new";

/// What the choices of a column offer besides what is built in.
pub(super) fn choices(file: &FilePlan) -> Vec<Choice> {
    if own::home(file.holds).is_none() {
        return Vec::new();
    }
    let here = file.own_fields().filter_map(|own| {
        let id = own.field?;
        Some(Choice::new(
            format!("{HERE}{id}"),
            format!("Field: {}", own.name),
        ))
    });
    let new = std::iter::once(Choice::new(NEW, "New field…"));
    here.chain(new).collect()
}

/// The choice a column stands at.
pub(super) fn code(own: &Own) -> String {
    match own.field {
        Some(id) => format!("{HERE}{id}"),
        None => NEW.to_owned(),
    }
}

/// Takes a choice for a column; false when it is none of an own field.
pub(super) fn choose(wizard: Wizard, file: usize, column: usize, code: &str) -> bool {
    if !code.starts_with(HERE) {
        return false;
    }
    let own = wizard.plan.with_untracked(|plan| {
        let plan = plan.files.get(file)?;
        if code != NEW {
            return plan
                .own_fields()
                .find(|own| self::code(own) == code)
                .cloned();
        }
        // What the heading suggests, as a new field even where it is all blank.
        let guessed = plan.own_of(column).filter(|own| own.field.is_none());
        Some(guessed.unwrap_or_else(|| Own {
            field: None,
            name: plan.heading(column).trim().to_owned(),
            kind: FieldKind::Text,
        }))
    });
    if let Some(own) = own {
        wizard.remap(|plan| plan.set_own(file, column, Some(own)));
    }
    true
}

/// Name and kind of a new field.
#[component]
pub(super) fn NewField(
    /// The import.
    wizard: Wizard,
    /// Which file.
    file: usize,
    /// Which column.
    column: usize,
    /// The field as it is to be.
    own: Signal<Option<Own>>,
) -> impl IntoView {
    let set = move |change: &dyn Fn(&mut Own)| {
        if let Some(mut now) = own.get_untracked() {
            change(&mut now);
            wizard.remap(|plan| plan.set_own(file, column, Some(now.clone())));
        }
    };
    let kinds: Vec<Choice> = FieldKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), kind.label()))
        .collect();
    let name = move || own.with(|own| own.as_ref().map(|o| o.name.clone()).unwrap_or_default());
    let kind = move || own.with(|own| own.as_ref().map_or("", |o| o.kind.code()).to_owned());
    let set_kind = move |code: String| {
        if let Some(kind) = FieldKind::from_code(&code) {
            set(&|own| own.kind = kind);
        }
    };
    let heading = wizard.plan.with_untracked(|plan| {
        let file = plan.files.get(file);
        file.map(|f| f.heading(column).to_owned())
            .unwrap_or_default()
    });
    view! {
        <TextInput
            value=Signal::derive(name)
            on_commit=move |text: String| set(&|own| text.trim().clone_into(&mut own.name))
            label=format!("Name of the new field of column {heading}")
        />
        <Select options=kinds value=Signal::derive(kind) on_change=set_kind label=format!("Kind of the new field of column {heading}")/>
    }
}

/// Makes fields of all columns that are left, while there are some.
#[component]
pub(super) fn KeepOthers(wizard: Wizard, file: usize) -> impl IntoView {
    let any = Memo::new(move |_| {
        wizard.plan.with(|plan| {
            let plan = plan.files.get(file);
            plan.is_some_and(|f| f.holds != Holds::Nothing && f.has_unread())
        })
    });
    move || {
        any.get().then(|| {
            view! {
                <Button size=ButtonSize::Small icon=Glyph::Plus on_click=move |_| wizard.remap(|plan| plan.keep_others(file))>
                    "Keep all other columns as own fields"
                </Button>
            }
        })
    }
}
