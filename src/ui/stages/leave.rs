//! What is asked before a stage or a pipeline goes: where its deals go, and what becomes of them.

use leptos::prelude::*;

use super::Editor;
use super::dialogs::{Form, finish};
use super::draft::Draft;
use super::fate::{Fate, FateFields};
use super::row::deals_in;
use crate::domain::command::{Command, Refusal};
use crate::domain::deal::Closure;
use crate::domain::ids::{PipelineId, StageId};
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::parts::{Choice, Field, Select};
use crate::ui::store::Store;

/// What leaves, so that its deals have to go elsewhere.
#[derive(Clone, Copy)]
pub(super) enum Leaving {
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

    /// The stages that go.
    fn stages(self, store: Store) -> Vec<StageId> {
        match self {
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
        }
    }

    /// How many deals have to go elsewhere.
    fn deals(self, store: Store) -> usize {
        let stages = self.stages(store).into_iter();
        stages.map(|stage| deals_in(store, stage)).sum()
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

    fn command(self, to: Option<StageId>, closure: Option<Closure>) -> Result<Command, Refusal> {
        Ok(match self {
            Self::Merged(from) => {
                let into =
                    to.ok_or_else(|| Refusal::field("into", "Say which stage takes its deals."))?;
                Command::MergeStage {
                    from,
                    into,
                    closure,
                }
            }
            Self::Deleted(stage) => Command::DeleteStage { stage, to, closure },
            Self::Pipeline(pipeline) => Command::DeletePipeline {
                pipeline,
                to,
                closure,
            },
        })
    }
}

/// The dialog.
#[component]
pub(super) fn Leave(
    /// The editor.
    editor: Editor,
    /// What goes.
    leaving: Leaving,
) -> impl IntoView {
    let store = editor.store;
    let draft = Draft::new();
    let target = draft.or(String::new);
    let name = leaving.name(store);
    let deals = Memo::new(move |_| leaving.deals(store));
    let fate = Fate::new(
        store,
        move || leaving.stages(store),
        move || {
            let to: StageId = target.get().parse().ok()?;
            store.with(|s| s.world().state.tables.stages.get(to).map(|s| s.kind))
        },
    );
    let submit = move |()| {
        let Ok(closure) = fate.closure() else { return };
        let to = target.get_untracked().parse().ok();
        let command = leaving.command(to, closure);
        let done = command.and_then(|command| store.run(command));
        finish(editor, draft, done.map(|_| ()));
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
                    <FateFields fate/>
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
