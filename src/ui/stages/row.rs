//! One stage of the list: everything about it is changed in place.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::draft::Draft;
use super::gate::GatePart;
use super::hue::HuePicker;
use super::retype::kinds;
use super::{Asked, Editor};
use crate::domain::command::{Command, StageEdit};
use crate::domain::deal::Status;
use crate::domain::ids::StageId;
use crate::domain::stage::{Stage, StageKind};
use crate::shell::intl;
use crate::ui::parts::{
    ButtonKind, ButtonSize, Field, Glyph, Icon, Menu, MenuEntry, MenuItem, NumberInput, Select,
    TextArea, TextInput, effect,
};
use crate::ui::store::Store;

/// What the menu of a stage offers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pick {
    Up,
    Down,
    AddAbove,
    AddBelow,
    Playbook,
    Merge,
    Delete,
}

/// A stage as its row shows it.
#[derive(Clone, Copy)]
struct Row {
    editor: Editor,
    id: StageId,
    stage: Memo<Option<Stage>>,
}

impl Row {
    fn read<T: Default>(self, read: impl FnOnce(&Stage) -> T) -> T {
        self.stage
            .with(|stage| stage.as_ref().map(read).unwrap_or_default())
    }

    fn is_open(self) -> bool {
        self.stage.with(|stage| {
            stage
                .as_ref()
                .is_some_and(|stage| stage.kind == StageKind::Open)
        })
    }

    fn edit(self, draft: Draft, edit: StageEdit) {
        draft.settle(self.editor.store.run(Command::EditStage {
            stage: self.id,
            edit,
        }));
    }
}

/// The row of a stage.
#[component]
pub(super) fn StageRow(
    /// The editor it belongs to.
    editor: Editor,
    /// Which stage.
    id: StageId,
) -> impl IntoView {
    let store = editor.store;
    let stage = Memo::new(move |_| {
        store.track(id);
        store.with(|session| session.world().state.tables.stages.get(id).cloned())
    });
    let row = Row { editor, id, stage };
    let at = Memo::new(move |_| editor.place_of(id));
    let name = move || row.read(|stage| stage.name.clone());
    let dragging = editor.dragging;
    view! {
        <li
            class="stages-row"
            class:stages-row--dragged=move || dragging.is_dragged(at.get())
            style:--shift=move || dragging.shift(at.get())
            data-stage=id.to_string()
            on:keydown=move |event| row_key(editor, id, &event)
        >
            <fieldset class="stages-row__fields">
                <legend class="visually-hidden">{name}</legend>
                <Handle row at/>
                <HuePicker
                    of=Signal::derive(name)
                    value=Signal::derive(move || stage.with(|s| s.as_ref().map_or(crate::domain::stage::Hue::Slate, |s| s.hue)))
                    on_change=move |hue| row.editor.store.dispatch(Command::EditStage {
                        stage: id,
                        edit: StageEdit { hue: Some(hue), ..StageEdit::default() },
                    })
                />
                <NameField row/>
                <KindField row/>
                <ChanceField row/>
                <RotField row/>
                <p class="stages-row__deals">{move || intl::count(deals_in(store, id), "deal", "deals")}</p>
                <RowMenu row at/>
                <PurposeField row/>
            </fieldset>
            <GatePart id/>
        </li>
    }
}

/// Alt with an arrow key moves the stage, wherever in its row the focus is.
fn row_key(editor: Editor, id: StageId, event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowUp" => -1,
        "ArrowDown" => 1,
        _ => return,
    };
    if event.alt_key() && !event.ctrl_key() && !event.meta_key() {
        event.prevent_default();
        event.stop_propagation();
        editor.move_by(id, step);
    }
}

/// How many deals stand in a stage, whatever their status. Tracks the column.
pub(super) fn deals_in(store: Store, id: StageId) -> usize {
    store.track_board(id);
    store.with(|session| {
        let board = &session.world().board;
        Status::ALL
            .iter()
            .filter_map(|status| board.column(id, *status))
            .map(|column| column.deals.len())
            .sum()
    })
}

#[component]
fn Handle(row: Row, at: Memo<usize>) -> impl IntoView {
    let Editor { dragging, .. } = row.editor;
    let set_down = move |_| {
        if let Some((from, to)) = dragging.end() {
            row.editor.move_from_to(from, to);
        }
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" if dragging.cancel() => event.stop_propagation(),
        "ArrowUp" | "ArrowDown" if !event.alt_key() => {
            event.prevent_default();
            row.editor
                .move_by(row.id, if event.key() == "ArrowUp" { -1 } else { 1 });
        }
        _ => {}
    };
    view! {
        <button
            type="button"
            class="stages-row__handle"
            aria-label=move || format!("Move {}", row.read(|stage| stage.name.clone()))
            aria-describedby="stages-how"
            title="Drag to another place"
            on:pointerdown=move |event| dragging.press(&event, at.get_untracked())
            on:pointermove=move |event| dragging.follow(&event)
            on:pointerup=set_down
            on:pointercancel=move |_| { dragging.cancel(); }
            on:keydown=on_key
        >
            <Icon glyph=Glyph::Grip/>
        </button>
    }
}

#[component]
fn NameField(row: Row) -> impl IntoView {
    let draft = Draft::new();
    view! {
        <Field label="Name" error=draft.error() class="stages-row__name">
            <TextInput
                value=draft.or(move || row.read(|stage| stage.name.clone()))
                on_input=move |text| draft.typed(text)
                on_commit=move |text| row.edit(draft, StageEdit { name: Some(text), ..StageEdit::default() })
                on_key=move |event| drop_on_escape(draft, &event)
            />
        </Field>
    }
}

/// Escape gives up what was typed.
pub(super) fn drop_on_escape(draft: Draft, event: &KeyboardEvent) {
    if event.key() == "Escape" {
        draft.drop_it();
    }
}

#[component]
fn KindField(row: Row) -> impl IntoView {
    let draft = Draft::new();
    let asked = row.editor.asked;
    // Nothing changes before it was said what becomes of the deals.
    let ask = move |code: String| {
        let kind = StageKind::from_code(&code);
        draft.typed(code);
        asked.set(kind.map(|kind| Asked::Retype(row.id, kind)));
    };
    effect(move || {
        if asked.with(Option::is_none) {
            draft.drop_it();
        }
    });
    view! {
        <Field label="Type" error=draft.error() class="stages-row__kind">
            <Select
                options=Signal::derive(kinds)
                value=draft.or(move || row.stage.with(|s| s.as_ref().map_or("", |s| s.kind.code()).to_owned()))
                on_change=ask
            />
        </Field>
    }
}

#[component]
fn ChanceField(row: Row) -> impl IntoView {
    let draft = Draft::new();
    let commit = move |text: String| match text.trim().trim_end_matches('%').trim().parse::<u8>() {
        Ok(percent) => row.edit(
            draft,
            StageEdit {
                probability: Some(percent),
                ..StageEdit::default()
            },
        ),
        Err(_) => draft.refuse("Give a whole number from 0 to 100."),
    };
    view! {
        <Field label="Probability" error=draft.error() class="stages-row__chance">
            <NumberInput
                value=draft.or(move || row.read(|stage| stage.probability.to_string()))
                on_input=move |text| draft.typed(text)
                on_commit=commit
                unit="%"
                disabled=Signal::derive(move || !row.is_open())
            />
        </Field>
    }
}

#[component]
fn RotField(row: Row) -> impl IntoView {
    let draft = Draft::new();
    let commit = move |text: String| {
        let text = text.trim();
        let days = match text.parse::<u16>() {
            _ if text.is_empty() => None,
            Ok(days) => Some(days),
            Err(_) => {
                return draft.refuse("Give a whole number of days, or leave it empty for never.");
            }
        };
        row.edit(
            draft,
            StageEdit {
                rot_days: Some(days),
                ..StageEdit::default()
            },
        );
    };
    view! {
        <Field label="Rots after" error=draft.error() class="stages-row__rot">
            <NumberInput
                value=draft.or(move || row.read(|stage| stage.rot_days.map(|days| days.to_string()).unwrap_or_default()))
                on_input=move |text| draft.typed(text)
                on_commit=commit
                unit=Signal::derive(move || {
                    let never = row.stage.with(|stage| stage.as_ref().is_none_or(|stage| stage.rot_days.is_none()));
                    (!never).then(|| String::from("days"))
                })
                placeholder="never"
                disabled=Signal::derive(move || !row.is_open())
            />
        </Field>
    }
}

#[component]
fn PurposeField(row: Row) -> impl IntoView {
    let draft = Draft::new();
    view! {
        <Field label="What it is for" error=draft.error() class="stages-row__purpose">
            <TextArea
                rows=1
                value=draft.or(move || row.read(|stage| stage.purpose.clone()))
                on_input=move |text| draft.typed(text)
                on_commit=move |text| row.edit(draft, StageEdit { purpose: Some(text), ..StageEdit::default() })
                on_key=move |event| drop_on_escape(draft, &event)
                placeholder="What has to be true for a deal to stand here"
            />
        </Field>
    }
}

#[component]
fn RowMenu(row: Row, at: Memo<usize>) -> impl IntoView {
    let editor = row.editor;
    let entries = move || {
        let (at, count) = (at.get(), editor.stages.with(Vec::len));
        vec![
            MenuItem::new(Pick::Up, "Move up")
                .icon(Glyph::ArrowUp)
                .kbd("Alt+Up")
                .disabled(at == 0)
                .into(),
            MenuItem::new(Pick::Down, "Move down")
                .icon(Glyph::ArrowDown)
                .kbd("Alt+Down")
                .disabled(at + 1 >= count)
                .into(),
            MenuEntry::Separator,
            MenuItem::new(Pick::AddAbove, "Add a stage above…")
                .icon(Glyph::Plus)
                .into(),
            MenuItem::new(Pick::AddBelow, "Add a stage below…")
                .icon(Glyph::Plus)
                .into(),
            MenuEntry::Separator,
            MenuItem::new(Pick::Playbook, "Playbook…")
                .icon(Glyph::Note)
                .into(),
            MenuItem::new(Pick::Merge, "Merge into…")
                .icon(Glyph::Merge)
                .into(),
            MenuItem::new(Pick::Delete, "Delete…")
                .icon(Glyph::Trash)
                .danger()
                .into(),
        ]
    };
    let pick = move |pick: Pick| match pick {
        Pick::Up => editor.move_by(row.id, -1),
        Pick::Down => editor.move_by(row.id, 1),
        Pick::AddAbove => editor.asked.set(Some(Asked::AddStage(at.get_untracked()))),
        Pick::AddBelow => editor
            .asked
            .set(Some(Asked::AddStage(at.get_untracked() + 1))),
        Pick::Playbook => editor.asked.set(Some(Asked::Playbook(row.id))),
        Pick::Merge => editor.asked.set(Some(Asked::Merge(row.id))),
        Pick::Delete => editor.asked.set(Some(Asked::Delete(row.id))),
    };
    view! {
        <div class="stages-row__menu">
            <Menu
                label=Signal::derive(move || format!("Actions for {}", row.read(|stage| stage.name.clone())))
                icon=Glyph::Dots
                icon_only=true
                kind=ButtonKind::Ghost
                size=ButtonSize::Small
                align=crate::ui::parts::Align::End
                entries=Signal::derive(entries)
                on_pick=pick
            />
        </div>
    }
}
