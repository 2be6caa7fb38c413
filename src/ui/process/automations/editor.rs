//! The editor of a rule.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::Desk;
use super::actions::Actions;
use super::trigger::TriggerFields;
use crate::domain::command::automate::{AutomateCommand, RuleDraft};
use crate::domain::command::{Command, Refusal};
use crate::domain::decide::{Spot, faults};
use crate::domain::ids::AutomationId;
use crate::domain::query::condition::Scope;
use crate::ui::parts::{Button, ButtonKind, Choice, Dialog, DialogKind, Field, Select, TextInput};
use crate::ui::process::conditions::Conditions;
use crate::ui::store::{Store, use_store};

/// The rule as typed, and what is wrong with it once one has tried to save it.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub draft: RwSignal<RuleDraft>,
    faults: Memo<Vec<(Spot, String)>>,
    tried: RwSignal<bool>,
    refused: RwSignal<Option<(&'static str, String)>>,
}

impl Form {
    fn new(store: Store, draft: RuleDraft) -> Self {
        let (draft, tried) = (RwSignal::new(draft), RwSignal::new(false));
        let faults = Memo::new(move |_| match tried.get() {
            true => draft.with(|draft| store.with(|s| faults(s.world(), draft))),
            false => Vec::new(),
        });
        Self {
            draft,
            faults,
            tried,
            refused: RwSignal::new(None),
        }
    }

    /// Changes the rule.
    pub fn set(self, change: impl FnOnce(&mut RuleDraft)) {
        self.refused.set(None);
        self.draft.update(change);
    }

    /// What is wrong in a place.
    pub fn at(self, spot: Spot) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.faults.with(|all| {
                let found = all.iter().find(|(at, _)| *at == spot);
                found.map(|(_, why)| why.clone())
            })
        })
    }

    /// What the last try to save was refused for, where that is no fault of a place.
    fn refused(self, part: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.refused.with(|refused| {
                let (at, why) = refused.as_ref()?;
                (*at == part).then(|| why.clone())
            })
        })
    }

    /// Saves it; else says by each place what is wrong, and goes to the first.
    fn save(self, store: Store, id: Option<AutomationId>, desk: Desk) {
        let draft = Box::new(self.draft.get_untracked());
        match store.run(Command::Automate(AutomateCommand::Save { id, draft })) {
            Ok(_) | Err(Refusal::Nothing) => return desk.close(),
            Err(Refusal::Field { field, message }) => self.refused.set(Some((field, message))),
            Err(other) => self.refused.set(Some(("form", other.to_string()))),
        }
        self.tried.set(true);
        request_animation_frame(to_first_fault);
    }
}

/// Focuses the first control with something wrong; where there is no action, what adds one.
fn to_first_fault() {
    const WRONG: &str = "#rule-form [aria-invalid=true], #rule-form .actions:empty + button";
    let found = document().query_selector(WRONG).ok().flatten();
    if let Some(control) = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        // One that cannot take the focus is left alone.
        let _ = control.focus();
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
    let form = Form::new(store, draft);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        form.save(store, id, desk);
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
                <Field label="Name" error=form.refused("name") required=true>
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
                        show_errors=Signal::derive(move || form.at(Spot::Conditions).get().is_some())
                        none="Always: there are no conditions."
                    />
                </fieldset>
                <fieldset class="rule-form__part">
                    <legend>"Then"</legend>
                    <Actions form/>
                    <Wrong error=form.at(Spot::Actions)/>
                </fieldset>
                <Wrong error=form.refused("form")/>
            </form>
        </Dialog>
    }
}

/// What is wrong with a part that is no single control.
#[component]
fn Wrong(error: Signal<Option<String>>) -> impl IntoView {
    view! { <p class="field__error" role="alert" hidden=move || error.get().is_none()>{error}</p> }
}
