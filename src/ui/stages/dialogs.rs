//! What the editor asks before something is added, merged or deleted.

use crate::domain::order::Order;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::draft::Draft;
use super::row::deals_in;
use super::{Asked, Editor};
use crate::app::route::Route;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::{PipelineId, StageId};
use crate::domain::stage::StageKind;
use crate::shell::intl;
use crate::ui::nav;
use crate::ui::parts::{Button, ButtonKind, Choice, Dialog, DialogKind, Field, Select, TextInput};
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
fn Form(
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
    let choices = || {
        StageKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.code(), kind.label()))
            .collect::<Vec<_>>()
    };
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
                <Select options=Signal::derive(choices) value=kind on_change=move |code| kind.set(code)/>
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
fn finish(editor: Editor, draft: Draft, outcome: Result<(), Refusal>) {
    match outcome {
        Ok(()) | Err(Refusal::Nothing) => {
            editor.asked.set(None);
            nav::rescue_focus();
        }
        Err(refusal) => draft.refuse(refusal.to_string()),
    }
}

/// What leaves, so that its deals have to go elsewhere.
#[derive(Clone, Copy)]
enum Leaving {
    Merged(StageId),
    Deleted(StageId),
    Pipeline(PipelineId),
}

impl Leaving {
    fn name(self, store: Store) -> String {
        store.with(|session| {
            let state = &session.world().state;
            match self {
                Self::Merged(stage) | Self::Deleted(stage) => state.name_of(stage.into()),
                Self::Pipeline(pipeline) => state.name_of(pipeline.into()),
            }
        })
    }

    /// How many deals have to go elsewhere.
    fn deals(self, store: Store) -> usize {
        let stages = match self {
            Self::Merged(stage) | Self::Deleted(stage) => vec![stage],
            Self::Pipeline(pipeline) => store.with(|session| {
                session
                    .world()
                    .state
                    .stages(pipeline)
                    .iter()
                    .map(|stage| stage.id)
                    .collect()
            }),
        };
        stages.into_iter().map(|stage| deals_in(store, stage)).sum()
    }

    /// The stages they may go to; those of the same pipeline first and by their name alone.
    fn targets(self, editor: Editor) -> Vec<Choice> {
        editor.store.with(|session| {
            let state = &session.world().state;
            let shown = editor.pipeline.get_untracked();
            let mut pipelines = state.pipelines();
            pipelines.order_by_key(|pipeline| Some(pipeline.id) != shown);
            let mut choices = Vec::new();
            for pipeline in pipelines {
                for stage in state.stages(pipeline.id) {
                    let leaves = match self {
                        Self::Merged(leaving) | Self::Deleted(leaving) => leaving == stage.id,
                        Self::Pipeline(leaving) => leaving == pipeline.id,
                    };
                    let own = Some(pipeline.id) == shown;
                    let label = if own {
                        stage.name.clone()
                    } else {
                        format!("{} · {}", pipeline.name, stage.name)
                    };
                    if !leaves {
                        choices.push(Choice::new(stage.id.to_string(), label));
                    }
                }
            }
            choices
        })
    }

    fn command(self, to: Option<StageId>) -> Result<Command, Refusal> {
        Ok(match self {
            Self::Merged(from) => {
                let into =
                    to.ok_or_else(|| Refusal::field("into", "Say which stage takes its deals."))?;
                Command::MergeStage { from, into }
            }
            Self::Deleted(stage) => Command::DeleteStage { stage, to },
            Self::Pipeline(pipeline) => Command::DeletePipeline { pipeline, to },
        })
    }
}

#[component]
fn Leave(editor: Editor, leaving: Leaving) -> impl IntoView {
    let store = editor.store;
    let draft = Draft::new();
    let target = draft.or(String::new);
    let name = leaving.name(store);
    let deals = Memo::new(move |_| leaving.deals(store));
    let submit = move |()| {
        let to = target.get_untracked().parse().ok();
        finish(
            editor,
            draft,
            leaving
                .command(to)
                .and_then(|command| store.run(command))
                .map(|_| ()),
        );
    };
    let (title, action, danger) = match leaving {
        Leaving::Merged(_) => (format!("Merge {name}"), "Merge", false),
        Leaving::Deleted(_) => (format!("Delete stage {name}"), "Delete", true),
        Leaving::Pipeline(_) => (format!("Delete pipeline {name}"), "Delete", true),
    };
    let is_merge = matches!(leaving, Leaving::Merged(_));
    let label = if is_merge { "Into" } else { "Its deals go to" };
    let asks = move || is_merge || deals.get() > 0;
    let name = StoredValue::new(name);
    let text = move || name.with_value(|name| what_happens(name, deals.get(), is_merge));
    view! {
        <Form editor title action danger on_submit=submit>
            <p>{text}</p>
            {move || if asks() {
                view! {
                    <Field label error=draft.error() required=true>
                        <Select
                            options=Signal::derive(move || leaving.targets(editor))
                            value=target
                            on_change=move |id| { draft.drop_it(); draft.typed(id); }
                            placeholder="Choose a stage"
                        />
                    </Field>
                }.into_any()
            } else {
                view! { <p class="stages-form__error" role="alert">{draft.error()}</p> }.into_any()
            }}
        </Form>
    }
}

fn what_happens(name: &str, deals: usize, is_merge: bool) -> String {
    let they = match deals {
        0 => String::from("No deal stands there now."),
        1 => String::from("1 deal moves."),
        n => format!("{} move.", intl::count(n, "deal", "deals")),
    };
    let rest = if is_merge {
        format!("{name} is no longer a column; the history of its deals keeps the name.")
    } else {
        String::from("What was there stays in the history, and Undo brings it back.")
    };
    format!("{they} {rest}")
}

fn name_of_pipeline(store: Store, id: PipelineId) -> String {
    store.with(|session| session.world().state.name_of(id.into()))
}
