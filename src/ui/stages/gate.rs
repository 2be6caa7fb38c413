//! What a stage asks for before a deal enters or leaves it.

use super::draft::Draft;
use crate::app::form::parse_percent;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::qualify::{GateEdit, QualifyCommand};
use crate::domain::gate::{Criterion, GateMode, GateSide};
use crate::domain::ids::{CriterionId, StageId};
use crate::domain::query::condition::Home;
use crate::domain::query::gate::{criteria, requirable, required_name};
use crate::domain::stage::{Stage, StageKind};
use crate::ui::parts::{
    Button, ButtonSize, Checkbox, Choice, ComboOption, Field, Glyph, NumberInput, Segmented,
    TextInput,
};
use crate::ui::process::{PickMany, RowButtons};
use crate::ui::store::{Store, use_store};
use leptos::html;
use leptos::prelude::*;

/// What the parts share.
#[derive(Clone, Copy)]
struct Gate {
    store: Store,
    id: StageId,
    stage: Memo<Option<Stage>>,
}

impl Gate {
    fn read<T: Default>(self, read: impl FnOnce(&Stage) -> T) -> T {
        self.stage
            .with(|s| s.as_ref().map(read).unwrap_or_default())
    }

    fn edit(self, draft: Draft, edit: GateEdit) {
        draft.settle(self.store.run(Command::Qualify(QualifyCommand::EditGate {
            stage: self.id,
            edit,
        })));
    }

    fn list(self, side: GateSide) -> Memo<Vec<Criterion>> {
        let Self { store, id, .. } = self;
        Memo::new(move |_| {
            store.track_kind(Kind::Criterion);
            store.with(|s| {
                criteria(&s.world().state, id, side)
                    .into_iter()
                    .cloned()
                    .collect()
            })
        })
    }
}

/// A part of the stage's row that opens.
#[component]
pub(super) fn GatePart(
    /// Which stage.
    id: StageId,
) -> impl IntoView {
    let store = use_store();
    let stage = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.stages.get(id).cloned())
    });
    let gate = Gate { store, id, stage };
    let open = RwSignal::new(false);
    let entry = gate.list(GateSide::Entry);
    let exit = gate.list(GateSide::Exit);
    let kind = Memo::new(move |_| stage.with(|s| s.as_ref().map_or(StageKind::Lost, |s| s.kind)));
    let summary = move || {
        let count = entry.with(Vec::len) + exit.with(Vec::len) + gate.read(|s| s.required.len());
        let mode = stage.with(|s| s.as_ref().map_or(GateMode::Off, |s| s.gate));
        match (count, mode) {
            (0, _) => String::from("none"),
            (n, GateMode::Off) => format!("{n}, for information"),
            (n, GateMode::Warn) => format!("{n}, a move past them warns"),
            (n, GateMode::Block) => format!("{n}, a move past them is blocked"),
        }
    };
    move || {
        // Losing a deal or putting it aside asks for nothing.
        matches!(kind.get(), StageKind::Open | StageKind::Won).then(|| view! {
            <details class="gate-editor" prop:open=open on:toggle:target=move |event| open.set(event.target().open())>
                <summary class="gate-editor__summary">
                    "Criteria"
                    <span class="visually-hidden">{move || format!(" of {}", gate.read(|s| s.name.clone()))}</span>
                    <span class="gate-editor__count">{summary}</span>
                </summary>
                {move || open.get().then(|| view! {
                    <div class="gate-editor__body">
                        <Mode gate/>
                        <div class="gate-editor__sides">
                            <List gate side=GateSide::Entry list=entry/>
                            {(kind.get() == StageKind::Open).then(|| view! { <List gate side=GateSide::Exit list=exit/> })}
                        </div>
                        {(kind.get() == StageKind::Open).then(|| view! { <Needs gate/> })}
                    </div>
                })}
            </details>
        })
    }
}

#[component]
fn Mode(gate: Gate) -> impl IntoView {
    let options: Vec<Choice> = GateMode::ALL
        .iter()
        .map(|m| Choice::new(m.code(), m.label()))
        .collect();
    let value = Signal::derive(move || {
        gate.stage
            .with(|s| s.as_ref().map_or("", |s| s.gate.code()).to_owned())
    });
    let hint = move || {
        Some(String::from(match value.get().as_str() {
            "warn" => "A move past what is missing shows it; the person may go on.",
            "block" => {
                "A move past what is missing needs it filled in, or a reason for going on without."
            }
            _ => "The criteria are only shown.",
        }))
    };
    let draft = Draft::new();
    view! {
        <Field label="A move past unmet criteria" hint=Signal::derive(hint) error=draft.error()>
            <Segmented options value on_change=move |code: String| gate.edit(draft, GateEdit { mode: GateMode::from_code(&code), ..GateEdit::default() })/>
        </Field>
    }
}

/// The criteria of one side, with a box to add one.
#[component]
fn List(gate: Gate, side: GateSide, list: Memo<Vec<Criterion>>) -> impl IntoView {
    let title = match side {
        GateSide::Entry => "Before entering",
        GateSide::Exit => "Before leaving",
    };
    let ids = Memo::new(move |_| list.with(|all| all.iter().map(|c| c.id).collect::<Vec<_>>()));
    let draft = Draft::new();
    let text = draft.or(String::new);
    let input = NodeRef::<html::Input>::new();
    let add = move || {
        let typed = text.get_untracked();
        if typed.trim().is_empty() {
            return;
        }
        draft.settle(
            gate.store
                .run(Command::Qualify(QualifyCommand::SaveCriterion {
                    id: None,
                    stage: gate.id,
                    side,
                    text: typed,
                    evidence: false,
                })),
        );
        if let Some(input) = input.get_untracked() {
            // A control in the page takes the focus.
            let _ = input.focus();
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            add();
        }
    };
    view! {
        <div class="gate-editor__side">
            <h3 class="gate-editor__title">{title}</h3>
            <ul class="gate-editor__list">
                <For each=move || ids.get() key=|id| *id let(id)>
                    <CriterionRow gate side list id/>
                </For>
            </ul>
            <div class="gate-editor__add" data-add="">
                <Field label=format!("New criterion: {}", title.to_lowercase()) label_hidden=true error=draft.error()>
                    <TextInput value=text placeholder="What has to hold" node_ref=input on_input=move |text| draft.typed(text) on_key=on_key/>
                </Field>
                <Button size=ButtonSize::Small icon=Glyph::Plus on_click=move |_| add()>"Add"</Button>
            </div>
        </div>
    }
}

#[component]
fn CriterionRow(
    gate: Gate,
    side: GateSide,
    list: Memo<Vec<Criterion>>,
    id: CriterionId,
) -> impl IntoView {
    let own = Memo::new(move |_| list.with(|all| all.iter().find(|c| c.id == id).cloned()));
    let text = Signal::derive(move || {
        own.with(|c| c.as_ref().map(|c| c.text.clone()).unwrap_or_default())
    });
    let evidence = Signal::derive(move || own.with(|c| c.as_ref().is_some_and(|c| c.evidence)));
    let at = Signal::derive(move || {
        list.with(|all| all.iter().position(|c| c.id == id).unwrap_or_default())
    });
    let count = Signal::derive(move || list.with(Vec::len));
    let draft = Draft::new();
    let save = move |text: String, evidence: bool| {
        draft.settle(
            gate.store
                .run(Command::Qualify(QualifyCommand::SaveCriterion {
                    id: Some(id),
                    stage: gate.id,
                    side,
                    text,
                    evidence,
                })),
        );
    };
    view! {
        <li class="gate-editor__row">
            <Field label=Signal::derive(move || format!("Criterion {}", at.get() + 1)) label_hidden=true error=draft.error()>
                <TextInput
                    value=draft.or(move || text.get())
                    on_input=move |text| draft.typed(text)
                    on_commit=move |text| save(text, evidence.get_untracked())
                    on_key=move |event| super::row::drop_on_escape(draft, &event)
                />
            </Field>
            <Checkbox checked=evidence label="Evidence needed" on_change=move |on| save(text.get_untracked(), on)/>
            <RowButtons store=gate.store what=id.into() name=text at count/>
        </li>
    }
}

/// Required fields, contacts, qualification, asking again.
#[component]
fn Needs(gate: Gate) -> impl IntoView {
    let store = gate.store;
    let options = Memo::new(move |_| {
        store.track_kind(Kind::CustomField);
        let all = store.with(|s| requirable(&s.world().state));
        let option = |f: crate::domain::query::condition::FieldInfo| ComboOption {
            id: required_name(&f),
            detail: if f.home == Home::Deal {
                String::new()
            } else {
                f.home.label().to_owned()
            },
            label: f.label,
        };
        all.into_iter().map(option).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || gate.read(|s| s.required.clone()));
    let fields = Draft::new();
    view! {
        <div class="gate-editor__needs">
            <Field label="Fields needed before leaving" error=fields.error() class="gate-editor__fields">
                <PickMany options chosen on_change=move |all| gate.edit(fields, GateEdit { required: Some(all), ..GateEdit::default() }) placeholder="Add a field"/>
            </Field>
            <ContactsField gate/>
            <QualifiedField gate/>
            <Reask gate/>
        </div>
    }
}

#[component]
fn ContactsField(gate: Gate) -> impl IntoView {
    let draft = Draft::new();
    let shown = move || match gate.read(|s| s.contacts) {
        0 => String::new(),
        n => n.to_string(),
    };
    let commit = move |text: String| match text.trim() {
        "" => gate.edit(
            draft,
            GateEdit {
                contacts: Some(0),
                ..GateEdit::default()
            },
        ),
        text => match text.parse() {
            Ok(n) => gate.edit(
                draft,
                GateEdit {
                    contacts: Some(n),
                    ..GateEdit::default()
                },
            ),
            Err(_) => draft.refuse("Give a whole number, or leave it empty."),
        },
    };
    view! {
        <Field label="Contacts it should have" hint="Fewer is a warning" error=draft.error()>
            <NumberInput value=draft.or(shown) on_input=move |text| draft.typed(text) on_commit=commit placeholder="any"/>
        </Field>
    }
}

#[component]
fn QualifiedField(gate: Gate) -> impl IntoView {
    let draft = Draft::new();
    let shown = move || match gate.read(|s| s.qualified) {
        0 => String::new(),
        n => n.to_string(),
    };
    let commit = move |text: String| match parse_percent(&text) {
        Ok(percent) => gate.edit(
            draft,
            GateEdit {
                qualified: Some(percent.unwrap_or(0)),
                ..GateEdit::default()
            },
        ),
        Err(_) => draft.refuse("Give a whole number from 0 to 100, or leave it empty."),
    };
    view! {
        <Field label="Qualified at least" hint="By the framework of the pipeline" error=draft.error()>
            <NumberInput value=draft.or(shown) on_input=move |text| draft.typed(text) on_commit=commit unit="%" placeholder="any"/>
        </Field>
    }
}

#[component]
fn Reask(gate: Gate) -> impl IntoView {
    let draft = Draft::new();
    view! {
        <Checkbox
            switch=true
            checked=Signal::derive(move || gate.read(|s| s.reask))
            label="Ask again here"
            hint="Answers given in earlier stages have to be confirmed"
            on_change=move |on| gate.edit(draft, GateEdit { reask: Some(on), ..GateEdit::default() })
        />
    }
}
