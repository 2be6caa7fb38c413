//! What the page asks before a field is added or deleted.

use super::{Asked, Editor};
use crate::domain::command::fields::{FieldCommand, FieldDraft};
use crate::domain::command::{Command, Refusal};
use crate::domain::custom::{CustomField, FieldHome, FieldKind};
use crate::domain::ids::FieldId;
use crate::domain::query::fields;
use crate::shell::intl;
use crate::ui::nav;
use crate::ui::parts::{
    Button, ButtonKind, Choice, Dialog, DialogKind, Field, Select, TextArea, TextInput,
};
use crate::ui::store::Store;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The dialog that was asked for, if one was.
#[component]
pub(super) fn Dialogs(
    /// The page.
    editor: Editor,
) -> impl IntoView {
    move || {
        editor.asked.get().map(|asked| match asked {
            Asked::Add(home) => view! { <Add editor home/> }.into_any(),
            Asked::Delete(field) => view! { <Delete editor field/> }.into_any(),
        })
    }
}

fn close(editor: Editor) {
    editor.asked.set(None);
    nav::rescue_focus();
}

/// What kinds are for, in a few words.
fn about(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "One line, up to 300 characters.",
        FieldKind::LongText => "Text of any length, with lines.",
        FieldKind::Number => "A number with up to six decimals.",
        FieldKind::Money => "An amount with its currency.",
        FieldKind::Date => "A day of the calendar.",
        FieldKind::YesNo => "Yes, no, or not set.",
        FieldKind::Choice => "One of your options.",
        FieldKind::Choices => "Any of your options.",
        FieldKind::Link => "An address on the web, or of a mailbox.",
    }
}

/// A new field.
#[component]
fn Add(editor: Editor, home: FieldHome) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let kind = RwSignal::new(FieldKind::Text);
    let options = RwSignal::new(String::new());
    let hint = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<Refusal>);
    let kinds = FieldKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), kind.label()));
    let kinds = Signal::stored(kinds.collect::<Vec<_>>());
    let error = move |of: &'static str| {
        Signal::derive(move || {
            refused.with(|refused| match refused {
                Some(Refusal::Field { field, message }) if *field == of => Some(message.clone()),
                Some(Refusal::Field { .. }) | None => None,
                Some(other) => (of == "name").then(|| other.to_string()),
            })
        })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let draft = FieldDraft {
            options: options.with_untracked(|text| text.lines().map(str::to_owned).collect()),
            hint: hint.get_untracked(),
            ..FieldDraft::new(home, kind.get_untracked(), name.get_untracked())
        };
        let command = Command::Fields(FieldCommand::Add(draft));
        match editor.store.run(command) {
            Ok(_) | Err(Refusal::Nothing) => close(editor),
            Err(refusal) => refused.set(Some(refusal)),
        }
    };
    let put = move |signal: RwSignal<String>| {
        move |text: String| {
            refused.set(None);
            signal.set(text);
        }
    };
    let change = move |code: String| {
        refused.set(None);
        kind.set(FieldKind::from_code(&code).unwrap_or(FieldKind::Text));
    };
    let footer = move || {
        view! {
            <Button on_click=move |_| close(editor)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary submit=true attr:form="own-form">"Add field"</Button>
        }
    };
    view! {
        <Dialog
            open=true
            on_close=move |()| close(editor)
            title=format!("New field of {}", home.counted(2))
            kind=DialogKind::Small
            footer
        >
            <form class="stages-form" id="own-form" prop:noValidate=true on:submit=submit>
                <Field label="Name" error=error("name") required=true>
                    <TextInput value=name on_input=put(name) autofocus=true/>
                </Field>
                <Field label="Kind" hint=Signal::derive(move || Some(about(kind.get()).to_owned()))>
                    <Select options=kinds value=Signal::derive(move || kind.get().code().to_owned()) on_change=change/>
                </Field>
                {move || kind.get().has_options().then(|| view! {
                    <Field label="Options" hint=Some("One on each line.".to_owned()) error=error("options") required=true>
                        <TextArea value=options on_input=put(options) rows=4/>
                    </Field>
                })}
                <Field label="Hint" error=error("hint")>
                    <TextInput value=hint on_input=put(hint) placeholder="A few words on what to enter"/>
                </Field>
            </form>
        </Dialog>
    }
}

/// Whether a field may go.
#[component]
fn Delete(editor: Editor, field: FieldId) -> impl IntoView {
    let store = editor.store;
    let found = store.with(|s| s.world().state.tables.custom_fields.get(field).cloned());
    let name = found.as_ref().map(|f| f.name.clone()).unwrap_or_default();
    let text = found.map(|f| what_happens(store, &f)).unwrap_or_default();
    let delete = move |_| {
        store.dispatch(Command::Fields(FieldCommand::Delete(field)));
        close(editor);
    };
    let footer = move || {
        view! {
            <Button attr:autofocus="" on_click=move |_| close(editor)>"Cancel"</Button>
            <Button kind=ButtonKind::Danger on_click=delete>"Delete field"</Button>
        }
    };
    view! {
        <Dialog
            open=true
            on_close=move |()| close(editor)
            title=format!("Delete field {name}?")
            kind=DialogKind::Small
            footer
        >
            <p>{text.clone()}</p>
        </Dialog>
    }
}

fn what_happens(store: Store, field: &CustomField) -> String {
    let home = field.home;
    match store.with(|s| fields::holders(&s.world().state, field)) {
        0 => format!(
            "No {} holds a value in it. Undo brings it back.",
            home.counted(1)
        ),
        n => format!(
            "{} {} {} a value in it. The values are hidden, not lost: Undo brings the field back with them.",
            intl::integer(n as i64),
            home.counted(n),
            if n == 1 { "holds" } else { "hold" }
        ),
    }
}
