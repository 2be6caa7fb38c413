//! What the editor asks before something is added, merged or deleted.

use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::draft::Draft;
use super::leave::{Leave, Leaving};
use super::retype::{Retype, kinds};
use super::{Asked, Editor};
use crate::app::route::Route;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::PipelineId;
use crate::domain::stage::StageKind;
use crate::ui::nav;
use crate::ui::parts::{Button, ButtonKind, Dialog, DialogKind, Field, Select, TextInput};
use crate::ui::store::Store;

/// The dialog that was asked for, if one was.
#[component]
pub(super) fn Dialogs(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    move || {
        editor.asked.get().map(|asked| match asked {
            Asked::AddStage(index) => view! { <AddStage editor index/> }.into_any(),
            Asked::Playbook(stage) => {
                view! { <super::playbook::PlaybookDialog editor stage/> }.into_any()
            }
            Asked::Retype(stage, kind) => view! { <Retype editor stage kind/> }.into_any(),
            Asked::Merge(stage) => {
                view! { <Leave editor leaving=Leaving::Merged(stage)/> }.into_any()
            }
            Asked::Delete(stage) => {
                view! { <Leave editor leaving=Leaving::Deleted(stage)/> }.into_any()
            }
            Asked::DeletePipeline(pipeline) => {
                view! { <Leave editor leaving=Leaving::Pipeline(pipeline)/> }.into_any()
            }
            Asked::AddPipeline => view! { <NamePipeline editor known=None/> }.into_any(),
            Asked::RenamePipeline(pipeline) => {
                view! { <NamePipeline editor known=Some(pipeline)/> }.into_any()
            }
        })
    }
}

/// A small form: some fields, "Cancel", and the button that does it.
#[component]
pub(super) fn Form(
    /// The editor.
    editor: Editor,
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// What the button says.
    action: &'static str,
    /// Whether it destroys something.
    #[prop(optional)]
    danger: bool,
    /// Does it.
    #[prop(into)]
    on_submit: UnsyncCallback<()>,
    /// The fields.
    children: ChildrenFn,
) -> impl IntoView {
    let close = move || editor.asked.set(None);
    let children = StoredValue::new(children);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    let kind = if danger {
        ButtonKind::Danger
    } else {
        ButtonKind::Primary
    };
    view! {
        <Dialog
            open=true
            on_close=move |()| close()
            title
            kind=DialogKind::Small
            footer=move || view! {
                <Button on_click=move |_| close()>"Cancel"</Button>
                <Button kind submit=true attr:form="stages-form">{action}</Button>
            }
        >
            <form class="stages-form" id="stages-form" prop:noValidate=true on:submit=submit>{children.with_value(|children| children())}</form>
        </Dialog>
    }
}

#[component]
fn AddStage(editor: Editor, index: usize) -> impl IntoView {
    let draft = Draft::new();
    let name = draft.or(String::new);
    let kind = RwSignal::new(StageKind::Open.code().to_owned());
    let submit = move |()| {
        let Some(pipeline) = editor.pipeline.get_untracked() else {
            return;
        };
        let kind = StageKind::from_code(&kind.get_untracked()).unwrap_or(StageKind::Open);
        let added = editor.store.run(Command::AddStage {
            pipeline,
            name: name.get_untracked(),
            kind,
            index,
        });
        finish(editor, draft, added.map(|_| ()));
    };
    view! {
        <Form editor title="Add a stage" action="Add" on_submit=submit>
            <Field label="Name" error=draft.error() required=true>
                <TextInput value=name on_input=move |text| draft.typed(text) autofocus=true/>
            </Field>
            <Field label="Type" hint="What standing there means for a deal.">
                <Select options=Signal::derive(kinds) value=kind on_change=move |code| kind.set(code)/>
            </Field>
        </Form>
    }
}

#[component]
fn NamePipeline(editor: Editor, known: Option<PipelineId>) -> impl IntoView {
    let store = editor.store;
    let draft = Draft::new();
    let name = draft.or(move || known.map_or_else(String::new, |id| name_of_pipeline(store, id)));
    let submit = move |()| {
        let name = name.get_untracked();
        let done = match known {
            Some(pipeline) => store.run(Command::RenamePipeline { pipeline, name }),
            None => store.run(Command::AddPipeline { name }),
        };
        let made = done
            .as_ref()
            .ok()
            .and_then(|focus| *focus)
            .map(|focus| PipelineId(focus.id));
        finish(editor, draft, done.map(|_| ()));
        if let Some(made) = made.filter(|_| known.is_none()) {
            nav::go(Route::Stages(Some(made)));
        }
    };
    let (title, action) = match known {
        Some(_) => ("Rename the pipeline", "Rename"),
        None => ("Add a pipeline", "Add"),
    };
    view! {
        <Form editor title action on_submit=submit>
            <Field
                label="Name"
                error=draft.error()
                required=true
                hint=known.is_none().then(|| String::from("It begins with the usual seven stages."))
            >
                <TextInput value=name on_input=move |text| draft.typed(text) autofocus=true/>
            </Field>
        </Form>
    }
}

/// Closes the dialog when it was carried out or there was nothing to do; says why otherwise.
pub(super) fn finish(editor: Editor, draft: Draft, outcome: Result<(), Refusal>) {
    match outcome {
        Ok(()) | Err(Refusal::Nothing) => {
            editor.asked.set(None);
            nav::rescue_focus();
        }
        Err(refusal) => draft.refuse(refusal.to_string()),
    }
}

fn name_of_pipeline(store: Store, id: PipelineId) -> String {
    store.with(|session| session.world().state.name_of(id.into()))
}
