//! One field of the list: everything about it is changed in place.

use super::{Asked, Editor};
use crate::domain::change::Kind;
use crate::domain::command::fields::{FieldCommand, FieldEdit};
use crate::domain::command::{Command, Refusal};
use crate::domain::custom::{CustomField, FieldHome, FieldKind};
use crate::domain::ids::FieldId;
use crate::domain::query::fields;
use crate::shell::intl;
use crate::ui::parts::{
    Align, ButtonKind, ButtonSize, Choice, Field, Glyph, Menu, MenuEntry, MenuItem, Select,
    TextInput,
};
use crate::ui::settings::TextList;
use crate::ui::stages::Draft;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// What the menu of a field offers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pick {
    Up,
    Down,
    Delete,
}

/// A field as its row shows it.
#[derive(Clone, Copy)]
struct Row {
    editor: Editor,
    all: Memo<Vec<FieldId>>,
    id: FieldId,
    field: Memo<Option<CustomField>>,
    /// How many records hold a value.
    holders: Memo<usize>,
}

impl Row {
    fn read<T: Default>(self, read: impl FnOnce(&CustomField) -> T) -> T {
        self.field
            .with(|field| field.as_ref().map(read).unwrap_or_default())
    }

    fn edit(self, draft: Draft, edit: FieldEdit) {
        let command = FieldCommand::Edit {
            field: self.id,
            edit,
        };
        draft.settle(self.editor.store.run(Command::Fields(command)));
    }
}

/// The row of a field.
#[component]
pub(super) fn FieldRow(
    /// The page it belongs to.
    editor: Editor,
    /// Whose field it is.
    home: FieldHome,
    /// All fields of these records in order.
    all: Memo<Vec<FieldId>>,
    /// Which field.
    id: FieldId,
) -> impl IntoView {
    let store = editor.store;
    let field = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.custom_fields.get(id).cloned())
    });
    let holders = Memo::new(move |_| {
        store.track_kind(home.kind());
        store.track_kind(Kind::CustomField);
        let count = |f: &CustomField| store.with(|s| fields::holders(&s.world().state, f));
        field.with(|f| f.as_ref().map(count).unwrap_or_default())
    });
    let row = Row {
        editor,
        all,
        id,
        field,
        holders,
    };
    let name = move || row.read(|f| f.name.clone());
    let count = move || match holders.get() {
        0 => String::from("not used yet"),
        n => format!("{} {}", intl::integer(n as i64), home.counted(n)),
    };
    let has_options = Memo::new(move |_| row.read(|f| f.kind.has_options()));
    let on_key = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowUp" => -1,
            "ArrowDown" => 1,
            _ => return,
        };
        // In the list of options the same keys move an option.
        if event.alt_key() && !event.ctrl_key() && !event.meta_key() && !event.default_prevented() {
            event.prevent_default();
            editor.move_by(all, id, step);
        }
    };
    view! {
        <li class="own-row" data-custom=id.to_string() on:keydown=on_key>
            <fieldset class="own-row__fields">
                <legend class="visually-hidden">{name}</legend>
                <NameCell row/>
                <KindCell row/>
                <HintCell row/>
                <p class="own-row__count">{count}</p>
                <RowMenu row/>
                {move || has_options.get().then(|| view! { <Options row/> })}
            </fieldset>
        </li>
    }
}

#[component]
fn NameCell(row: Row) -> impl IntoView {
    let draft = Draft::new();
    let commit = move |text| {
        row.edit(
            draft,
            FieldEdit {
                name: Some(text),
                ..FieldEdit::default()
            },
        )
    };
    view! {
        <Field label="Name" error=draft.error() class="own-row__name">
            <TextInput
                value=draft.or(move || row.read(|f| f.name.clone()))
                on_input=move |text| draft.typed(text)
                on_commit=commit
                on_key=move |event| drop_on_escape(draft, &event)
            />
        </Field>
    }
}

/// Escape gives up what was typed.
fn drop_on_escape(draft: Draft, event: &KeyboardEvent) {
    if event.key() == "Escape" {
        draft.drop_it();
    }
}

/// The kinds a field can be given: all while nothing holds a value, else the few that keep
/// every value as it is.
fn kinds(now: FieldKind, held: bool) -> Vec<Choice> {
    let fits = |kind: FieldKind| {
        let widens = now == FieldKind::Text && kind == FieldKind::LongText;
        // Options are given with the field; a kind that needs some cannot come later.
        let same_options = kind.has_options() == now.has_options() || !kind.has_options();
        kind == now || widens || (!held && same_options)
    };
    let all = FieldKind::ALL.iter().filter(|kind| fits(**kind));
    all.map(|kind| Choice::new(kind.code(), kind.label()))
        .collect()
}

#[component]
fn KindCell(row: Row) -> impl IntoView {
    let draft = Draft::new();
    let options = Memo::new(move |_| {
        // Values of removed records count too: they may come back.
        row.holders.track();
        let store = row.editor.store;
        row.field.with(|f| {
            f.as_ref().map_or_else(Vec::new, |f| {
                let held = store.with(|s| fields::is_held(&s.world().state, f));
                kinds(f.kind, held)
            })
        })
    });
    let change = move |code: String| {
        let kind = FieldKind::from_code(&code);
        row.edit(
            draft,
            FieldEdit {
                kind,
                ..FieldEdit::default()
            },
        );
    };
    let fixed = Memo::new(move |_| options.with(|all| all.len() < 2));
    let label = move || {
        row.field
            .with(|f| f.as_ref().map_or("", |f| f.kind.label()))
    };
    let code = move || {
        row.field
            .with(|f| f.as_ref().map_or("", |f| f.kind.code()).to_owned())
    };
    move || {
        if fixed.get() {
            view! {
                <p class="own-row__kind own-row__fixed" title="The kind stays while there are values">
                    <span class="visually-hidden">"Kind: "</span>
                    {label}
                </p>
            }
            .into_any()
        } else {
            view! {
                <Field label="Kind" error=draft.error() class="own-row__kind">
                    <Select options value=draft.or(code) on_change=change/>
                </Field>
            }
            .into_any()
        }
    }
}

#[component]
fn HintCell(row: Row) -> impl IntoView {
    let draft = Draft::new();
    let commit = move |text| {
        row.edit(
            draft,
            FieldEdit {
                hint: Some(text),
                ..FieldEdit::default()
            },
        )
    };
    view! {
        <Field label="Hint" error=draft.error() class="own-row__hint">
            <TextInput
                value=draft.or(move || row.read(|f| f.hint.clone()))
                on_input=move |text| draft.typed(text)
                on_commit=commit
                on_key=move |event| drop_on_escape(draft, &event)
                placeholder="A few words on what to enter"
            />
        </Field>
    }
}

/// The options, folded up.
#[component]
fn Options(row: Row) -> impl IntoView {
    let store = row.editor.store;
    let items = Memo::new(move |_| row.read(|f| f.options.clone()));
    // A line changed in place is a rename and goes to the records; anything else is a list.
    let save = move |list: Vec<String>| -> Result<Option<_>, Refusal> {
        let before = items.get_untracked();
        let mut differ = before.iter().zip(&list).filter(|(a, b)| a != b);
        let command = match (differ.next(), differ.next()) {
            (Some((from, to)), None) if before.len() == list.len() => FieldCommand::RenameOption {
                field: row.id,
                from: from.clone(),
                to: to.clone(),
            },
            _ => FieldCommand::Edit {
                field: row.id,
                edit: FieldEdit {
                    options: Some(list),
                    ..FieldEdit::default()
                },
            },
        };
        store.run(Command::Fields(command))
    };
    let summary = move || {
        items.with(|all| {
            format!(
                "{}: {}",
                intl::count(all.len(), "option", "options"),
                all.join(", ")
            )
        })
    };
    view! {
        <details class="own-row__options">
            <summary>{summary}</summary>
            <TextList title="Options" one="option" items save/>
            <p class="own-row__note">
                "A new name is given to all records that have the option. An option taken out stays on the records that have it, but is offered no more."
            </p>
        </details>
    }
}

#[component]
fn RowMenu(row: Row) -> impl IntoView {
    let at = move || {
        let at = row.all.with(|all| all.iter().position(|f| *f == row.id));
        (at.unwrap_or_default(), row.all.with(Vec::len))
    };
    let entries = move || {
        let (at, count) = at();
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
            MenuItem::new(Pick::Delete, "Delete…")
                .icon(Glyph::Trash)
                .danger()
                .into(),
        ]
    };
    let pick = move |pick: Pick| match pick {
        Pick::Up => row.editor.move_by(row.all, row.id, -1),
        Pick::Down => row.editor.move_by(row.all, row.id, 1),
        Pick::Delete => row.editor.asked.set(Some(Asked::Delete(row.id))),
    };
    view! {
        <div class="own-row__menu">
            <Menu
                label=Signal::derive(move || format!("Actions for {}", row.read(|f| f.name.clone())))
                icon=Glyph::Dots
                icon_only=true
                kind=ButtonKind::Ghost
                size=ButtonSize::Small
                align=Align::End
                entries=Signal::derive(entries)
                on_pick=pick
            />
        </div>
    }
}
