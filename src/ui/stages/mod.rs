//! The stage editor: pipelines, and the stages of one of them in their order.

mod dialogs;
mod draft;
mod drag;
mod fate;
mod gate;
mod hue;
mod leave;
mod pipelines;
mod playbook;
mod retype;
mod row;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

pub use draft::Draft;
pub use hue::hue_name;

use self::dialogs::Dialogs;
use self::drag::Dragging;
use self::pipelines::Pipelines;
use self::row::StageRow;
use super::frame::TopBar;
use super::keys::{self, Group};
use super::parts::{Button, Glyph};
use super::store::{Store, use_store};
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::ids::{PipelineId, StageId};
use crate::domain::stage::StageKind;

/// A dialog of the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// For a new stage at a place of the pipeline.
    AddStage(usize),
    /// How to work a deal in a stage.
    Playbook(StageId),
    /// Whether a stage is to have another type.
    Retype(StageId, StageKind),
    /// Which stage one is merged into.
    Merge(StageId),
    /// Where a stage's deals go when it is deleted.
    Delete(StageId),
    AddPipeline,
    RenamePipeline(PipelineId),
    DeletePipeline(PipelineId),
}

/// What the parts of the editor share.
#[derive(Clone, Copy)]
struct Editor {
    store: Store,
    /// The pipeline shown.
    pipeline: Memo<Option<PipelineId>>,
    /// Its stages in order.
    stages: Memo<Vec<StageId>>,
    dragging: Dragging,
    asked: RwSignal<Option<Asked>>,
}

impl Editor {
    fn new(store: Store, wanted: Option<PipelineId>, list: NodeRef<html::Ol>) -> Self {
        let pipeline = Memo::new(move |_| {
            store.track_kind(Kind::Pipeline);
            let last = store.prefs().with_untracked(|prefs| prefs.pipeline.clone());
            store.with(|session| {
                let all = session.world().state.pipelines();
                let shown_last = last.and_then(|id| id.parse().ok());
                let known = |id: &PipelineId| all.iter().any(|pipeline| pipeline.id == *id);
                wanted
                    .or(shown_last)
                    .filter(known)
                    .or_else(|| all.first().map(|pipeline| pipeline.id))
            })
        });
        let stages = Memo::new(move |_| {
            store.track_kind(Kind::Stage);
            let Some(pipeline) = pipeline.get() else {
                return Vec::new();
            };
            store.with(|session| {
                session
                    .world()
                    .state
                    .stages(pipeline)
                    .iter()
                    .map(|stage| stage.id)
                    .collect()
            })
        });
        Self {
            store,
            pipeline,
            stages,
            dragging: Dragging::new(list),
            asked: RwSignal::new(None),
        }
    }

    /// The place of a stage in the list, from 0.
    fn place_of(self, id: StageId) -> usize {
        self.stages.with(|stages| {
            stages
                .iter()
                .position(|stage| *stage == id)
                .unwrap_or_default()
        })
    }

    /// Moves the stage at one place to another.
    fn move_from_to(self, from: usize, to: usize) {
        if let Some(id) = self
            .stages
            .with_untracked(|stages| stages.get(from).copied())
        {
            self.move_to(id, to);
        }
    }

    /// Moves a stage up or down.
    fn move_by(self, id: StageId, step: isize) {
        let (at, count) = (
            untrack(|| self.place_of(id)),
            self.stages.with_untracked(Vec::len),
        );
        match at.checked_add_signed(step).filter(|to| *to < count) {
            Some(to) => self.move_to(id, to),
            None => self.store.announce(if step < 0 {
                "It is the first stage"
            } else {
                "It is the last stage"
            }),
        }
    }

    fn move_to(self, id: StageId, to: usize) {
        // Moving its row in the page would lose the focus.
        let focused = document()
            .active_element()
            .and_then(|e| e.dyn_into::<HtmlElement>().ok());
        self.store.dispatch(Command::ReorderStage {
            stage: id,
            index: to,
        });
        let (name, place, count) = self.store.with(|session| {
            let state = &session.world().state;
            let stages = self
                .pipeline
                .get_untracked()
                .map(|pipeline| state.stages(pipeline))
                .unwrap_or_default();
            let place = stages
                .iter()
                .position(|stage| stage.id == id)
                .unwrap_or_default();
            (state.name_of(id.into()), place + 1, stages.len())
        });
        self.store
            .announce(format!("{name}: place {place} of {count}"));
        request_animation_frame(move || {
            if let Some(element) = focused {
                // It had the focus before, so it takes it again.
                let _ = element.focus();
            }
        });
    }
}

/// The stage editor. Shows the pipeline given, else the one shown last, else the first.
#[component]
pub fn StagesView(
    /// Which pipeline.
    pipeline: Option<PipelineId>,
) -> impl IntoView {
    let list = NodeRef::<html::Ol>::new();
    let editor = Editor::new(use_store(), pipeline, list);
    keys::keys("Alt+Up", "Move the stage up", Group::Lists).listed_only();
    keys::keys("Alt+Down", "Move the stage down", Group::Lists).listed_only();
    let add_last = move |_| {
        editor.asked.set(Some(Asked::AddStage(
            editor.stages.with_untracked(Vec::len),
        )))
    };
    view! {
        <TopBar title="Stages"/>
        <div class="page stages">
            <p class="page__lead">
                "Stages are the columns of the board, from left to right. The type says what standing in a stage means; the name is yours. Whatever you change, the history of your deals stays."
            </p>
            <Pipelines editor/>
            <div class="stages-head" aria-hidden="true">
                <span class="stages-head__name">"Name"</span>
                <span>"Type"</span>
                <span>"Probability"</span>
                <span>"Rots after"</span>
                <span class="stages-head__deals">"Deals"</span>
            </div>
            <ol class="stages-list" class:stages-list--dragging=move || editor.dragging.is_on() node_ref=list aria-label="Stages in order">
                <For each=move || editor.stages.get() key=|id| *id let(id)>
                    <StageRow editor id/>
                </For>
            </ol>
            <p class="visually-hidden" id="stages-how">
                "Drag it, or press the up and down arrow keys."
            </p>
            <Button icon=Glyph::Plus on_click=add_last>"Add a stage"</Button>
        </div>
        <Dialogs editor/>
    }
}
