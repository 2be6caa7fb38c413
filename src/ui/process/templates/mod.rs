//! Templates: a page of the process.

mod edit;
mod preview;

use self::edit::Editor;
use crate::domain::cadence::TemplateKind;
use crate::domain::change::{EntityRef, Kind};
use crate::domain::command::Command;
use crate::domain::command::follow::FollowCommand;
use crate::domain::ids::TemplateId;
use crate::domain::order::Order;
use crate::ui::parts::*;
use crate::ui::stages::Draft;
use crate::ui::store::{Store, use_store};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The page: the list, and the one chosen.
#[component]
pub(super) fn Templates() -> impl IntoView {
    let store = use_store();
    let all = Memo::new(move |_| {
        store.track_kind(Kind::Template);
        store.with(|s| {
            let mut all: Vec<_> = s.world().state.tables.templates.iter().collect();
            all.order_by(|a, b| (a.kind, &a.rank, a.id).cmp(&(b.kind, &b.rank, b.id)));
            all.into_iter()
                .map(|t| (t.id, t.kind, t.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let chosen = RwSignal::new(None::<TemplateId>);
    let shown = Memo::new(move |_| {
        let known = |id: &TemplateId| all.with(|all| all.iter().any(|(other, ..)| other == id));
        chosen
            .get()
            .filter(known)
            .or_else(|| all.with(|all| all.first().map(|(id, ..)| *id)))
    });
    let row = move |(id, kind, name): (TemplateId, TemplateKind, String)| {
        let here = move || (shown.get() == Some(id)).then_some("true");
        view! {
            <li>
                <button type="button" class="template-list__item" aria-current=here on:click=move |_| chosen.set(Some(id))>
                    <Icon glyph=glyph(kind)/>
                    <span>{name}</span>
                    <span class="visually-hidden">", "{kind.label()}</span>
                </button>
            </li>
        }
    };
    view! {
        <p class="page__lead">
            "Texts to begin with. Fields in double braces, such as {{contact.first_name}}, are filled in for each deal; a text with a field left open cannot be sent."
        </p>
        <div class="templates">
            <div class="template-list">
                <ul aria-label="Templates">{move || all.get().into_iter().map(row).collect_view()}</ul>
                <AddTemplate store chosen/>
            </div>
            <div class="template-edit">
                {move || shown.get().map(|id| view! { <Editor store id/> })}
            </div>
        </div>
    }
}

fn glyph(kind: TemplateKind) -> Glyph {
    match kind {
        TemplateKind::Email => Glyph::Mail,
        TemplateKind::Call => Glyph::Phone,
        TemplateKind::Meeting => Glyph::People,
    }
}

/// The kinds as choices.
fn kinds() -> Vec<Choice> {
    TemplateKind::ALL
        .iter()
        .map(|k| Choice::new(k.code(), k.label()))
        .collect()
}

#[component]
fn AddTemplate(store: Store, chosen: RwSignal<Option<TemplateId>>) -> impl IntoView {
    let draft = Draft::new();
    let name = draft.or(String::new);
    let kind = RwSignal::new(TemplateKind::Email.code().to_owned());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let kind = TemplateKind::from_code(&kind.get_untracked()).unwrap_or(TemplateKind::Email);
        let added = store.run(Command::Follow(FollowCommand::AddTemplate {
            kind,
            name: name.get_untracked(),
        }));
        if let Ok(Some(EntityRef { id, .. })) = added {
            chosen.set(Some(TemplateId(id)));
        }
        draft.settle(added);
    };
    view! {
        <form class="process-add process-add--narrow" aria-label="Add a template" on:submit=submit>
            <Field label="Name of a new template" error=draft.error()>
                <TextInput value=name on_input=move |text| draft.typed(text) placeholder="First contact"/>
            </Field>
            <Field label="Kind">
                <Select options=Signal::stored(kinds()) value=kind on_change=move |code| kind.set(code)/>
            </Field>
            <Button submit=true icon=Glyph::Plus>"Add"</Button>
        </form>
    }
}
