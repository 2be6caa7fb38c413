//! The editor of a rule.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::Desk;
use super::actions::Actions;
use super::trigger::TriggerFields;
use crate::domain::command::automate::{AutomateCommand, RuleDraft};
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::AutomationId;
use crate::domain::query::condition::Scope;
use crate::ui::parts::{Button, ButtonKind, Choice, Dialog, DialogKind, Field, Select, TextInput};
use crate::ui::process::conditions::Conditions;
use crate::ui::store::use_store;

/// The rule as typed, and what the last try to save was refused for.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub draft: RwSignal<RuleDraft>,
    refused: RwSignal<Option<(&'static str, String)>>,
}

impl Form {
    /// Changes the rule.
    pub fn set(self, change: impl FnOnce(&mut RuleDraft)) {
        self.refused.set(None);
        self.draft.update(change);
    }

    /// What is wrong with a part.
    pub fn error(self, part: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.refused.with(|refused| {
                let (at, why) = refused.as_ref()?;
                (*at == part).then(|| why.clone())
            })
        })
    }
}

/// The dialog.
#[component]
pub(super) fn Editor(
    desk: Desk,
    /// The rule, unless new.
    id: Option<AutomationId>,
    /// What it begins with.
    draft: RuleDraft,
) -> impl IntoView {
    let store = use_store();
    let form = Form {
        draft: RwSignal::new(draft),
        refused: RwSignal::new(None),
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let draft = Box::new(form.draft.get_untracked());
        match store.run(Command::Automate(AutomateCommand::Save { id, draft })) {
            Ok(_) | Err(Refusal::Nothing) => desk.close(),
            Err(Refusal::Field { field, message }) => form.refused.set(Some((field, message))),
            Err(other) => form.refused.set(Some(("form", other.to_string()))),
        }
    };
    let title = if id.is_some() {
        "Edit automation"
    } else {
        "New automation"
    };
    let pipelines = move || {
        store.with(|s| {
            let all = s.world().state.pipelines();
            all.iter()
                .map(|p| Choice::new(p.id.to_string(), &p.name))
                .collect::<Vec<_>>()
        })
    };
    let several = store.with(|s| s.world().state.pipelines().len() > 1);
    let name = Signal::derive(move || form.draft.with(|d| d.name.clone()));
    let pipeline = move || {
        form.draft
            .with(|d| d.pipeline.map(|p| p.to_string()).unwrap_or_default())
    };
    view! {
        <Dialog
            open=true
            on_close=move |()| desk.close()
            title
            kind=DialogKind::Large
            backdrop_closes=false
            footer=move || view! {
                <Button on_click=move |_| desk.close()>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true attr:form="rule-form">"Save"</Button>
            }
        >
            <form class="rule-form" id="rule-form" prop:noValidate=true on:submit=save>
                <Field label="Name" error=form.error("name") required=true>
                    <TextInput value=name on_input=move |text| form.set(|d| d.name = text) autofocus=true/>
                </Field>
                <fieldset class="rule-form__part">
                    <legend>"When"</legend>
                    <TriggerFields form/>
                </fieldset>
                <fieldset class="rule-form__part">
                    <legend>"Only if"</legend>
                    {several.then(|| view! {
                        <Field label="Pipeline">
                            <Select options=Signal::derive(pipelines) value=Signal::derive(pipeline) placeholder="Any pipeline" on_change=move |id: String| form.set(|d| d.pipeline = id.parse().ok())/>
                        </Field>
                    })}
                    <Conditions
                        scope=Scope::All
                        conditions=Signal::derive(move || form.draft.with(|d| d.conditions.clone()))
                        on_change=move |all| form.set(|d| d.conditions = all)
                        show_errors=Signal::derive(move || form.error("conditions").get().is_some())
                        none="Always: there are no conditions."
                    />
                    <Wrong form part="conditions"/>
                </fieldset>
                <fieldset class="rule-form__part">
                    <legend>"Then"</legend>
                    <Actions form/>
                    <Wrong form part="actions"/>
                </fieldset>
                <Wrong form part="form"/>
            </form>
        </Dialog>
    }
}

/// What is wrong with a part that is no single control.
#[component]
pub(super) fn Wrong(form: Form, part: &'static str) -> impl IntoView {
    let error = form.error(part);
    view! { <p class="field__error" role="alert" hidden=move || error.get().is_none()>{error}</p> }
}
