//! Changing a template: name, what for, subject, text with fields, and what is wrong with it.

use super::kinds;
use super::preview::Preview;
use crate::app::form::parse_duration;
use crate::app::template::{all_fields, faults};
use crate::domain::cadence::{Template, TemplateField, TemplateKind};
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::follow::FollowCommand;
use crate::domain::ids::TemplateId;
use crate::ui::parts::*;
use crate::ui::process::cadences::stage_choices;
use crate::ui::stages::Draft;
use crate::ui::store::Store;
use leptos::html;
use leptos::prelude::*;

/// The editor of one template.
#[component]
pub(super) fn Editor(store: Store, id: TemplateId) -> impl IntoView {
    let template = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.templates.get(id).cloned())
    });
    let text = move |read: fn(&Template) -> String| {
        move || template.with(|t| t.as_ref().map(read).unwrap_or_default())
    };
    let edit = move |field| store.run(Command::Follow(FollowCommand::EditTemplate(id, field)));
    let (name, subject, body, minutes) = (Draft::new(), Draft::new(), Draft::new(), Draft::new());
    let kind = Memo::new(move |_| template.with(|t| t.as_ref().map(|t| t.kind)));
    let (subject_text, body_text) = (
        subject.or(text(|t| t.subject.clone())),
        body.or(text(|t| t.body.clone())),
    );
    let area = NodeRef::<html::Textarea>::new();
    let insert = move |field: String| {
        let Some(area) = area.get_untracked() else {
            return;
        };
        // Takes the place of what is selected; fails only for a box that is gone.
        let _ = area.set_range_text(&format!("{{{{{field}}}}}"));
        let _ = area.focus();
        let whole = area.value();
        body.typed(whole.clone());
        body.settle(edit(TemplateField::Body(whole)));
    };
    let set_minutes = move |typed: String| match parse_duration(&typed) {
        Ok(length) => minutes.settle(edit(TemplateField::Minutes(length))),
        Err(why) => minutes.refuse(why),
    };
    let delete = move |_| {
        store.dispatch(Command::Delete(vec![id.into()]));
        crate::ui::nav::rescue_focus();
    };
    view! {
        <div class="template-edit__head">
            <Field label="Name" error=name.error()>
                <TextInput value=name.or(text(|t| t.name.clone())) on_input=move |t| name.typed(t) on_commit=move |t| name.settle(edit(TemplateField::Name(t)))/>
            </Field>
            <Field label="Kind">
                <Select
                    options=Signal::stored(kinds())
                    value=Signal::derive(text(|t| t.kind.code().to_owned()))
                    on_change=move |code: String| {
                        if let Some(kind) = TemplateKind::from_code(&code) {
                            name.settle(edit(TemplateField::Kind(kind)));
                        }
                    }
                />
            </Field>
            <StageField store value=Signal::derive(text(|t| t.stage.map(|s| s.to_string()).unwrap_or_default())) set=move |code: String| name.settle(edit(TemplateField::Stage(code.parse().ok())))/>
            <IconButton label="Delete template" glyph=Glyph::Trash on_click=delete/>
        </div>
        {move || (kind.get() != Some(TemplateKind::Call)).then(|| view! {
            <Field label="Subject" error=subject.error()>
                <TextInput value=subject_text on_input=move |t| subject.typed(t) on_commit=move |t| subject.settle(edit(TemplateField::Subject(t)))/>
            </Field>
        })}
        <Faults store text=subject_text of="subject"/>
        {move || (kind.get() == Some(TemplateKind::Meeting)).then(|| view! {
            <Field label="Duration" error=minutes.error()>
                <TextInput value=minutes.or(text(|t| t.minutes.map(|m| m.to_string()).unwrap_or_default())) on_input=move |t| minutes.typed(t) on_commit=set_minutes placeholder="30 or 1:30"/>
            </Field>
        })}
        <Field label="Text" error=body.error()>
            <TextArea value=body_text on_input=move |t| body.typed(t) on_commit=move |t| body.settle(edit(TemplateField::Body(t))) rows=8 node_ref=area/>
        </Field>
        <Faults store text=body_text of="text"/>
        <FieldMenu store insert/>
        <Preview store subject=subject_text body=body_text/>
    }
}

#[component]
fn StageField(
    store: Store,
    value: Signal<String>,
    #[prop(into)] set: leptos::callback::UnsyncCallback<String>,
) -> impl IntoView {
    use leptos::callback::Callable;
    let stages = Memo::new(move |_| {
        store.track_kind(Kind::Stage);
        store.track_kind(Kind::Pipeline);
        store.with(|s| stage_choices(s.world()))
    });
    view! {
        <Field label="Stage">
            <Select options=stages value placeholder="Any stage" on_change=move |code| set.run(code)/>
        </Field>
    }
}

/// Fields to put into the text.
#[component]
fn FieldMenu(
    store: Store,
    #[prop(into)] insert: leptos::callback::UnsyncCallback<String>,
) -> impl IntoView {
    use leptos::callback::Callable;
    let entries = Memo::new(move |_| {
        store.track_kind(Kind::CustomField);
        let all = store.with(|s| all_fields(&s.world().state));
        let mut entries: Vec<MenuEntry<String>> = Vec::new();
        let mut group = String::new();
        for (name, label) in all {
            let of = name.split('.').next().unwrap_or_default().to_owned();
            if of != group && !name.contains(".custom.") {
                let mut letters = of.chars();
                let first: String = letters
                    .next()
                    .into_iter()
                    .flat_map(char::to_uppercase)
                    .collect();
                entries.push(MenuEntry::Heading(first + letters.as_str()));
                group = of;
            }
            entries.push(MenuItem::new(name.clone(), format!("{label} ({name})")).into());
        }
        entries
    });
    view! {
        <div>
            <Menu label="Insert a field" icon=Glyph::Plus size=ButtonSize::Small entries on_pick=move |name| insert.run(name)/>
        </div>
    }
}

/// What is wrong with a text, and where.
#[component]
fn Faults(store: Store, text: Signal<String>, of: &'static str) -> impl IntoView {
    let all = Memo::new(move |_| {
        store.track_kind(Kind::CustomField);
        store.with(|s| text.with(|text| faults(&s.world().state, text)))
    });
    let row = |fault: crate::app::template::Fault| view! { <li>{fault.to_string()}</li> };
    view! {
        <div aria-live="polite">
            {move || all.with(|all| !all.is_empty()).then(|| view! {
                <div class="template-faults" role="group" aria-label=format!("Problems of the {of}")>
                    <Icon glyph=Glyph::Warning/>
                    <ul>{all.get().into_iter().map(row).collect_view()}</ul>
                </div>
            })}
        </div>
    }
}
