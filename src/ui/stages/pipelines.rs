//! The pipelines, as tabs above the stages.

use leptos::prelude::*;

use super::{Asked, Editor};
use crate::app::route::Route;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::ids::PipelineId;
use crate::ui::parts::{
    Button, ButtonKind, ButtonSize, Glyph, Menu, MenuEntry, MenuItem, show_current,
};

/// What the menu of a pipeline offers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pick {
    Rename,
    Left,
    Right,
    Delete,
}

/// A tab for each pipeline, the menu of the one shown, and the button for another one.
#[component]
pub(super) fn Pipelines(
    /// The editor.
    editor: Editor,
) -> impl IntoView {
    let store = editor.store;
    let all = Memo::new(move |_| {
        store.track_kind(Kind::Pipeline);
        store.with(|session| {
            let pipelines = session.world().state.pipelines();
            pipelines
                .iter()
                .map(|p| (p.id, p.name.clone()))
                .collect::<Vec<(PipelineId, String)>>()
        })
    });
    let tab = move |(id, name): (PipelineId, String)| {
        let here = move || (editor.pipeline.get() == Some(id)).then_some("page");
        view! {
            <li>
                <a class="stages-tabs__tab" href=Route::Stages(Some(id)).print() aria-current=here>{name}</a>
            </li>
        }
    };
    let list = NodeRef::<leptos::html::Ul>::new();
    show_current(list, move || editor.pipeline.track());
    view! {
        <nav class="stages-tabs" aria-label="Pipelines">
            <ul class="stages-tabs__list" node_ref=list>{move || all.get().into_iter().map(tab).collect_view()}</ul>
            <PipelineMenu editor all/>
            <Button
                kind=ButtonKind::Ghost
                size=ButtonSize::Small
                icon=Glyph::Plus
                on_click=move |_| editor.asked.set(Some(Asked::AddPipeline))
            >
                "Add a pipeline"
            </Button>
        </nav>
    }
}

#[component]
fn PipelineMenu(editor: Editor, all: Memo<Vec<(PipelineId, String)>>) -> impl IntoView {
    let shown = move || {
        let id = editor.pipeline.get()?;
        all.with(|all| {
            all.iter()
                .position(|(other, _)| *other == id)
                .map(|at| (id, at, all.len()))
        })
    };
    let name = move || {
        let at = shown().map(|(_, at, _)| at);
        let name = at.and_then(|at| all.with(|all| all.get(at).map(|(_, name)| name.clone())));
        format!("Actions for pipeline {}", name.unwrap_or_default())
    };
    let entries = move || {
        let (at, count) = shown().map_or((0, 1), |(_, at, count)| (at, count));
        vec![
            MenuItem::new(Pick::Rename, "Rename…")
                .icon(Glyph::Pencil)
                .into(),
            MenuItem::new(Pick::Left, "Move left")
                .icon(Glyph::ArrowLeft)
                .disabled(at == 0)
                .into(),
            MenuItem::new(Pick::Right, "Move right")
                .icon(Glyph::ArrowRight)
                .disabled(at + 1 >= count)
                .into(),
            MenuEntry::Separator,
            MenuItem::new(Pick::Delete, "Delete…")
                .icon(Glyph::Trash)
                .danger()
                .disabled(count < 2)
                .into(),
        ]
    };
    let pick = move |pick: Pick| {
        let Some((pipeline, at, _)) = untrack(shown) else {
            return;
        };
        match pick {
            Pick::Rename => editor.asked.set(Some(Asked::RenamePipeline(pipeline))),
            Pick::Left => editor.store.dispatch(Command::ReorderPipeline {
                pipeline,
                index: at.saturating_sub(1),
            }),
            Pick::Right => editor.store.dispatch(Command::ReorderPipeline {
                pipeline,
                index: at + 1,
            }),
            Pick::Delete => editor.asked.set(Some(Asked::DeletePipeline(pipeline))),
        }
    };
    view! {
        <Menu
            label=Signal::derive(name)
            icon=Glyph::Dots
            icon_only=true
            kind=ButtonKind::Ghost
            size=ButtonSize::Small
            entries=Signal::derive(entries)
            on_pick=pick
        />
    }
}
