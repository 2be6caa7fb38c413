//! The first step: which files, what they hold, how they are cut into cells.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::wizard::{EntryState, Wizard};
use crate::app::import::source::Choices;
use crate::app::import::{FilePlan, Holds, grouped};
use crate::codec::csv::Encoding;
use crate::shell::file;
use crate::ui::frame::bytes_text;
use crate::ui::parts::{Button, Choice, Field, Glyph, Icon, IconButton, Select};

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
    let ids = Memo::new(move |_| {
        wizard
            .entries
            .with(|list| list.iter().map(|e| e.id).collect::<Vec<_>>())
    });
    view! {
        <div class="import-drop" class:import-drop--small=move || !is_empty.get()>
            <Icon glyph=Glyph::Upload/>
            <p class="import-drop__text">
                <b>"Drop CSV files here"</b>
                <span>"Deals, organisations, contacts, products, team members, activities: several at once, joined by name."</span>
            </p>
            <Button icon=Glyph::File on_click=choose>"Choose files…"</Button>
        </div>
        <ul class="import-files" aria-label="Files">
            <For each=move || ids.get() key=|id| *id let:id>
                <FileCard wizard id/>
            </For>
        </ul>
    }
}

/// A card stays while its file is read anew, and with it the focus.
#[component]
fn FileCard(wizard: Wizard, id: u32) -> impl IntoView {
    let entry = move || {
        wizard
            .entries
            .with(|list| list.iter().find(|e| e.id == id).cloned())
    };
    let name = wizard
        .entries
        .with_untracked(|list| list.iter().find(|e| e.id == id).map(|e| e.name.clone()))
        .unwrap_or_default();
    let size = move || entry().map(|e| bytes_text(e.bytes.len() as u64));
    let bad = move || {
        entry().and_then(|e| match e.state {
            EntryState::Bad(why) => Some(why),
            EntryState::Reading | EntryState::Ready(..) => None,
        })
    };
    // Whatever could be read once can be read in another way.
    let has_choices = Memo::new(move |_| {
        entry().is_some_and(|e| e.is_ready() || e.choices != Choices::default())
    });
    let reading =
        Memo::new(move |_| entry().is_some_and(|e| matches!(e.state, EntryState::Reading)));
    view! {
        <li class="import-file">
            <div class="import-file__head">
                <Icon glyph=Glyph::Table/>
                <b>{name.clone()}</b>
                <span class="import-file__size">{size}</span>
                <IconButton label=format!("Take {name} out") glyph=Glyph::Close on_click=move |_| wizard.remove(id)/>
            </div>
            {move || reading.get().then(|| view! { <p class="data-quiet">"Reading…"</p> })}
            {move || bad().map(|why| view! {
                <p class="import-file__bad" role="alert"><Icon glyph=Glyph::Warning/>{why}</p>
            })}
            {move || has_choices.get().then(|| view! { <FileChoices wizard id/> })}
            <Notes wizard id/>
        </li>
    }
}

/// What was odd about the file as a whole.
#[component]
fn Notes(wizard: Wizard, id: u32) -> impl IntoView {
    let notes = move || {
        let at = wizard.ready_place(id)?;
        let notes = wizard.plan.with(|plan| {
            let file = plan.files.get(at);
            file.map(|f| {
                f.source
                    .notes
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default()
        });
        (!notes.is_empty()).then_some(notes)
    };
    move || {
        notes().map(|notes| view! {
            <ul class="import-file__notes">
                {notes.into_iter().map(|note| view! { <li><Icon glyph=Glyph::Info/>{note}</li> }).collect_view()}
            </ul>
        })
    }
}

/// What was read, and the choices about it.
#[component]
fn FileChoices(wizard: Wizard, id: u32) -> impl IntoView {
    let read = move |read: fn(&FilePlan) -> String| {
        Memo::new(move |_| {
            let at = wizard.ready_place(id)?;
            wizard.plan.with(|plan| plan.files.get(at).map(read))
        })
    };
    let facts = read(|file| {
        let (rows, columns) = (file.source.table.len(), file.columns.len());
        let rows = format!(
            "{} {}",
            grouped(rows),
            if rows == 1 { "row" } else { "rows" }
        );
        format!(
            "{rows}, {columns} {}",
            if columns == 1 { "column" } else { "columns" }
        )
    });
    let holds = read(|file| file.holds.code().to_owned());
    let kinds: Vec<Choice> = Holds::ALL
        .iter()
        .map(|h| Choice::new(h.code(), h.label()))
        .collect();
    let set = move |code: String| {
        if let (Some(holds), Some(at)) =
            (Holds::from_code(&code), untrack(|| wizard.ready_place(id)))
        {
            wizard.change(|plan| plan.set_holds(at, holds));
        }
    };
    view! {
        <div class="import-file__body">
            <p class="import-file__facts">{facts}</p>
            <Field label="Holds">
                <Select options=kinds value=Signal::derive(move || holds.get().unwrap_or_default()) on_change=set/>
            </Field>
            <Cutting wizard id/>
        </div>
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

/// How the file is cut into cells; right mostly.
#[component]
fn Cutting(wizard: Wizard, id: u32) -> impl IntoView {
    let entry = move || {
        wizard
            .entries
            .with(|list| list.iter().find(|e| e.id == id).cloned())
    };
    let as_read = move || {
        entry().and_then(|e| match e.state {
            EntryState::Ready(encoding, dialect) => Some((encoding, dialect)),
            EntryState::Reading | EntryState::Bad(_) => None,
        })
    };
    let choices = move || untrack(entry).map(|e| e.choices).unwrap_or_default();
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
    let encoding = move || {
        let chosen = as_read()
            .map(|(encoding, _)| encoding)
            .or_else(|| choices().encoding);
        chosen.map_or("", Encoding::label).to_owned()
    };
    let separator = move || {
        let chosen = as_read()
            .map(|(_, dialect)| dialect.delimiter)
            .or_else(|| choices().delimiter);
        chosen.map(|byte| byte.to_string()).unwrap_or_default()
    };
    let header = move || {
        let names = as_read().is_none_or(|(_, dialect)| dialect.has_header);
        if names { "yes" } else { "no" }.to_owned()
    };
    let set_encoding = move |label: String| {
        let encoding = ENCODINGS.into_iter().find(|e| e.label() == label);
        wizard.reopen(
            id,
            Choices {
                encoding,
                ..choices()
            },
        );
    };
    let set_separator = move |byte: String| {
        wizard.reopen(
            id,
            Choices {
                delimiter: byte.parse().ok(),
                ..choices()
            },
        );
    };
    let set_header = move |yes: String| {
        wizard.reopen(
            id,
            Choices {
                has_header: Some(yes == "yes"),
                ..choices()
            },
        );
    };
    view! {
        <Field label="Separator">
            <Select options=separators value=Signal::derive(separator) on_change=set_separator/>
        </Field>
        <Field label="Encoding">
            <Select options=encodings value=Signal::derive(encoding) on_change=set_encoding/>
        </Field>
        <Field label="First row">
            <Select options=headers value=Signal::derive(header) on_change=set_header/>
        </Field>
    }
}
