//! Giving a stage another type: said first what becomes of its deals.

use leptos::prelude::*;

use super::Editor;
use super::dialogs::{Form, finish};
use super::draft::Draft;
use super::fate::{Fate, FateFields, standing};
use crate::domain::command::{Command, StageEdit};
use crate::domain::deal::Status;
use crate::domain::ids::StageId;
use crate::domain::stage::StageKind;
use crate::shell::intl;
use crate::ui::parts::{Choice, Field, Select};

/// All types there are.
pub(super) fn kinds() -> Vec<Choice> {
    let choice = |kind: &StageKind| Choice::new(kind.code(), kind.label());
    StageKind::ALL.iter().map(choice).collect()
}

/// The dialog. The type can still be changed in it, so that arrow keys may pass one by.
#[component]
pub(super) fn Retype(
    /// The editor.
    editor: Editor,
    /// Which stage.
    stage: StageId,
    /// The type chosen.
    kind: StageKind,
) -> impl IntoView {
    let store = editor.store;
    let draft = Draft::new();
    let kind = RwSignal::new(kind);
    let fate = Fate::new(store, move || vec![stage], move || Some(kind.get()));
    let name = store.with(|s| s.world().state.name_of(stage.into()));
    let submit = move |()| {
        let Ok(closure) = fate.closure() else { return };
        let edit = StageEdit {
            kind: Some(kind.get_untracked()),
            closure,
            ..StageEdit::default()
        };
        let done = store.run(Command::EditStage { stage, edit });
        finish(editor, draft, done.map(|_| ()));
    };
    let stay = move || {
        let of = |status: Status| {
            let count = standing(store, stage, status);
            (count > 0).then(|| {
                format!(
                    "{} {}",
                    intl::integer(count as i64),
                    status.label().to_lowercase()
                )
            })
        };
        let all = [Status::Won, Status::Lost, Status::OnHold].into_iter();
        let all: Vec<String> = all.filter_map(of).collect();
        (!all.is_empty()).then(|| format!("What was decided already stays: {}.", all.join(", ")))
    };
    view! {
        <Form editor title=format!("Type of {name}") action="Change type" on_submit=submit>
            <Field label="Type" error=draft.error() hint="What standing there means for a deal.">
                <Select
                    options=Signal::derive(kinds)
                    value=Signal::derive(move || kind.get().code().to_owned())
                    on_change=move |code: String| {
                        draft.drop_it();
                        kind.set(StageKind::from_code(&code).unwrap_or(StageKind::Open));
                    }
                />
            </Field>
            <FateFields fate/>
            <p>{stay}</p>
        </Form>
    }
}
