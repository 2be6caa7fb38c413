//! The first step: which files, what they hold, how they are cut into cells.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::wizard::{Entry, EntryState, Wizard};
use crate::app::import::{Holds, grouped};
use crate::codec::csv::{Dialect, Encoding};
use crate::shell::file;
use crate::ui::frame::bytes_text;
use crate::ui::parts::{
    Button, ButtonKind, Chip, Choice, Field, Glyph, Icon, IconButton, Select, Tone,
};

/// The files chosen, and room for more.
#[component]
pub(super) fn FilesStep(
    /// The import.
    wizard: Wizard,
) -> impl IntoView {
    let choose = move |_| {
        spawn_local(async move {
            match file::pick(
                ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain",
                true,
            )
            .await
            {
                Ok(files) if files.is_empty() => {}
                Ok(files) => wizard.add(files),
                Err(error) => wizard.error.set(error.to_string()),
            }
        });
    };
    let is_empty = Memo::new(move |_| wizard.entries.with(Vec::is_empty));
    view! {
        <div class="import-drop" class:import-drop--small=move || !is_empty.get()>
            <Icon glyph=Glyph::Upload/>
            <p class="import-drop__text">
                <b>"Drop CSV files here"</b>
                <span>"Deals, organisations, contacts, products, team members, activities: several at once, joined by name."</span>
            </p>
            <Button kind=ButtonKind::Secondary icon=Glyph::File on_click=choose>"Choose files…"</Button>
        </div>
        <ul class="import-files" aria-label="Files">
            <For each=move || wizard.entries.get() key=|e| (e.id, state_key(e)) let:entry>
                <FileCard wizard entry/>
            </For>
        </ul>
    }
}

/// A card is made anew when its file was read anew.
fn state_key(entry: &Entry) -> (u8, usize) {
    let state = match entry.state {
        EntryState::Reading => 0,
        EntryState::Bad(_) => 1,
        EntryState::Ready(..) => 2,
    };
    let choices = entry.choices;
    let delimiter = choices.delimiter.map_or(0, usize::from);
    let encoding = choices.encoding.map_or(0, |e| e as usize + 1);
    let header = choices.has_header.map_or(0, |h| usize::from(h) + 1);
    (state, delimiter + 256 * (encoding + 16 * header))
}

#[component]
fn FileCard(wizard: Wizard, entry: Entry) -> impl IntoView {
    let id = entry.id;
    let name = entry.name.clone();
    let size = bytes_text(entry.bytes.len() as u64);
    let body = match entry.state.clone() {
        EntryState::Reading => view! { <p class="data-quiet">"Reading…"</p> }.into_any(),
        EntryState::Bad(why) => {
            view! { <p class="import-file__bad"><Icon glyph=Glyph::Warning/>{why}</p> }.into_any()
        }
        EntryState::Ready(encoding, dialect) => {
            view! { <ReadyFile wizard entry=entry.clone() encoding dialect/> }.into_any()
        }
    };
    view! {
        <li class="import-file">
            <div class="import-file__head">
                <Icon glyph=Glyph::Table/>
                <b>{entry.name}</b>
                <span class="import-file__size">{size}</span>
                <IconButton label=format!("Take {name} out") glyph=Glyph::Close on_click=move |_| wizard.remove(id)/>
            </div>
            {body}
        </li>
    }
}

/// What was read, and the choices about it.
#[component]
fn ReadyFile(wizard: Wizard, entry: Entry, encoding: Encoding, dialect: Dialect) -> impl IntoView {
    let at = move || wizard.place_of(entry.id);
    let facts = wizard.plan.with_untracked(|plan| {
        plan.files.get(at()).map(|file| {
            let rows = file.source.table.len();
            let columns = file.columns.len();
            let rows = format!(
                "{} {}",
                grouped(rows),
                if rows == 1 { "row" } else { "rows" }
            );
            format!(
                "{rows}, {columns} {}",
                if columns == 1 { "column" } else { "columns" }
            )
        })
    });
    let notes: Vec<String> = wizard.plan.with_untracked(|plan| {
        let file = plan.files.get(at());
        file.map(|f| f.source.notes.iter().map(ToString::to_string).collect())
            .unwrap_or_default()
    });
    let holds = Memo::new(move |_| {
        wizard
            .plan
            .with(|plan| plan.files.get(at()).map_or(Holds::Nothing, |f| f.holds))
    });
    let kinds: Vec<Choice> = Holds::ALL
        .iter()
        .map(|h| Choice::new(h.code(), h.label()))
        .collect();
    let set = move |code: String| {
        if let Some(holds) = Holds::from_code(&code) {
            wizard.change(|plan| plan.set_holds(at(), holds));
        }
    };
    view! {
        <div class="import-file__body">
            <p class="import-file__facts">{facts}</p>
            {move || (holds.get() == Holds::Nothing).then(|| view! { <Chip tone=Tone::Warn>"Not imported"</Chip> })}
            <Field label="Holds">
                <Select options=kinds value=Signal::derive(move || holds.get().code().to_owned()) on_change=set/>
            </Field>
            <Cutting wizard entry=entry.clone() encoding dialect/>
        </div>
        {(!notes.is_empty()).then(|| view! {
            <ul class="import-file__notes">
                {notes.into_iter().map(|note| view! { <li><Icon glyph=Glyph::Info/>{note}</li> }).collect_view()}
            </ul>
        })}
    }
}

const ENCODINGS: [Encoding; 5] = [
    Encoding::Utf8,
    Encoding::Utf8Bom,
    Encoding::Utf16Le,
    Encoding::Utf16Be,
    Encoding::Windows1252,
];
const DELIMITERS: [(u8, &str); 4] = [
    (b',', "Comma"),
    (b';', "Semicolon"),
    (b'\t', "Tab"),
    (b'|', "Vertical bar"),
];

/// How the file is cut into cells; right mostly, so out of the way.
#[component]
fn Cutting(wizard: Wizard, entry: Entry, encoding: Encoding, dialect: Dialect) -> impl IntoView {
    let id = entry.id;
    let choices = entry.choices;
    let encodings: Vec<Choice> = ENCODINGS
        .iter()
        .map(|e| Choice::new(e.label(), e.label()))
        .collect();
    let separators: Vec<Choice> = DELIMITERS
        .iter()
        .map(|(byte, name)| Choice::new(byte.to_string(), *name))
        .collect();
    let headers = vec![
        Choice::new("yes", "Column names"),
        Choice::new("no", "Values"),
    ];
    let set_encoding = move |label: String| {
        let encoding = ENCODINGS.into_iter().find(|e| e.label() == label);
        wizard.reopen(
            id,
            crate::app::import::source::Choices {
                encoding,
                ..choices
            },
        );
    };
    let set_separator = move |byte: String| {
        wizard.reopen(
            id,
            crate::app::import::source::Choices {
                delimiter: byte.parse().ok(),
                ..choices
            },
        );
    };
    let set_header = move |yes: String| {
        let has_header = Some(yes == "yes");
        wizard.reopen(
            id,
            crate::app::import::source::Choices {
                has_header,
                ..choices
            },
        );
    };
    view! {
        <Field label="Separator">
            <Select options=separators value=dialect.delimiter.to_string() on_change=set_separator/>
        </Field>
        <Field label="Encoding">
            <Select options=encodings value=encoding.label() on_change=set_encoding/>
        </Field>
        <Field label="First row">
            <Select options=headers value=if dialect.has_header { "yes" } else { "no" } on_change=set_header/>
        </Field>
    }
}
