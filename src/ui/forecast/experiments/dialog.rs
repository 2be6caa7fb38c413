//! The form of an experiment.

use crate::app::form::experiment::{ArmForm, ExperimentForm};
use crate::app::form::field;
use crate::domain::command::Command;
use crate::domain::experiment::Assignment;
use crate::domain::insight::trial::METRICS;
use crate::ui::drafted::{Drafted, FormDialog};
use crate::ui::insight::share_text;
use crate::ui::parts::*;
use crate::ui::review::stage_choices;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The most ways.
const WAYS: usize = 6;

/// The dialog, open while there is a form to fill in.
#[component]
pub(super) fn ExperimentDialog(
    /// The form as it is opened; none while closed.
    form: RwSignal<Option<ExperimentForm>>,
) -> impl IntoView {
    let fields = move |opened, element| view! { <Fields opened element close=form/> }.into_any();
    view! { <FormDialog form title="Prepare an experiment" save="Save as draft" kind=DialogKind::Large fields/> }
}

#[component]
fn Fields(
    /// The form as it is opened.
    opened: ExperimentForm,
    /// The id of the element, for the button outside of it.
    element: String,
    /// Set to none when it is saved.
    close: RwSignal<Option<ExperimentForm>>,
) -> impl IntoView {
    let store = use_store();
    let draft = Drafted::new(opened);
    let submit = move || {
        let command = draft.form.with_untracked(ExperimentForm::submit);
        if draft.save(store, command.map(Command::Experiment)) {
            close.set(None);
        }
    };
    let other = draft.other(&[
        field::NAME,
        "hypothesis",
        "arms",
        "minimum",
        "power",
        "alpha",
        "metric",
    ]);
    let metrics: Vec<Choice> = METRICS
        .iter()
        .map(|(code, name)| Choice::new(*code, *name))
        .collect();
    let ways: Vec<Choice> = Assignment::ALL
        .iter()
        .map(|a| Choice::new(a.code(), a.label()))
        .collect();
    let count = Memo::new(move |_| draft.form.with(|f| f.arms.len()));
    let shares = move || {
        let shares = draft.form.with(ExperimentForm::shares)?;
        let told: Vec<String> = shares.iter().copied().map(share_text).collect();
        let mut text = format!("Of the deals that take part they get {}.", told.join(", "));
        if shares.windows(2).any(|pair| pair[0] != pair[1]) {
            text.push_str(" Uneven parts need more results in all.");
        }
        Some(text)
    };
    let add = move |_| draft.form.update(|f| f.arms.push(ArmForm::default()));
    view! {
        <form class="line-form" id=element novalidate on:submit=move |event| { event.prevent_default(); submit(); }>
            <div class="line-form__wide">
                <Field label="Name" required=true error=draft.error(field::NAME)>
                    <TextInput value=draft.text(|f| &f.name) on_input=draft.put(|f| &mut f.name) autofocus=true/>
                </Field>
            </div>
            <div class="line-form__wide">
                <Field label="What you believe" required=true hint="So that the result can show it wrong" error=draft.error("hypothesis")>
                    <TextArea value=draft.text(|f| &f.hypothesis) on_input=draft.put(|f| &mut f.hypothesis) rows=2/>
                </Field>
            </div>
            <Field label="Which deals take part">
                <Select options=Signal::stored(stage_choices(store)) value=draft.text(|f| &f.stage) on_change=draft.put(|f| &mut f.stage) placeholder="New deals"/>
            </Field>
            <Field label="How they are assigned">
                <Select options=Signal::stored(ways) value=draft.text(|f| &f.assignment) on_change=draft.put(|f| &mut f.assignment)/>
            </Field>
            <fieldset class="line-form__wide experiment__ways">
                <legend>"Ways, the first as it is done today"</legend>
                {block(move || (0..count.get()).map(|at| view! { <Way form=draft.form at/> }).collect_view())}
                {block(move || shares().map(|text| view! { <p class="experiment__shares">{text}</p> }))}
                {block(move || draft.error("arms")().map(|why| view! { <p class="line-form__error" role="alert">{why}</p> }))}
                {block(move || (count.get() < WAYS).then(|| view! { <Button size=ButtonSize::Small icon=Glyph::Plus on_click=add>"Add a way"</Button> }))}
            </fieldset>
            <Field label="What is measured" error=draft.error("metric")>
                <Select options=Signal::stored(metrics) value=draft.text(|f| &f.metric) on_change=draft.put(|f| &mut f.metric)/>
            </Field>
            <Field label="Least difference worth knowing of" hint="In percent points" error=draft.error("minimum")>
                <NumberInput value=draft.text(|f| &f.minimum) on_input=draft.put(|f| &mut f.minimum)/>
            </Field>
            <Field label="Power" hint="The chance to see it if it is there, in percent" error=draft.error("power")>
                <NumberInput value=draft.text(|f| &f.power) on_input=draft.put(|f| &mut f.power)/>
            </Field>
            <Field label="False alarms" hint="The chance to see one that is not there, in percent" error=draft.error("alpha")>
                <NumberInput value=draft.text(|f| &f.alpha) on_input=draft.put(|f| &mut f.alpha)/>
            </Field>
            {block(move || other().map(|why| view! { <p class="line-form__error" role="alert">{why}</p> }))}
        </form>
    }
}

#[component]
fn Way(
    /// The form.
    form: RwSignal<ExperimentForm>,
    /// Which.
    at: usize,
) -> impl IntoView {
    let text = move |get: fn(&ArmForm) -> &String| {
        Memo::new(move |_| {
            form.with(|f| f.arms.get(at).map(|a| get(a).clone()).unwrap_or_default())
        })
    };
    let put = move |get: fn(&mut ArmForm) -> &mut String| {
        move |text: String| {
            form.update(|f| {
                if let Some(arm) = f.arms.get_mut(at) {
                    *get(arm) = text;
                }
            })
        }
    };
    let tagged = Memo::new(move |_| form.with(|f| f.assignment == Assignment::Tag.code()));
    let more = Memo::new(move |_| form.with(|f| f.arms.len() > 2));
    let n = at + 1;
    let remove = move |_| {
        form.update(|f| {
            f.arms.remove(at);
        })
    };
    view! {
        <div class="experiment__way">
            <TextInput label=format!("Name of way {n}") placeholder="Name" value=text(|a| &a.name) on_input=put(|a| &mut a.name)/>
            <TextInput label=format!("What is done in way {n}") placeholder="What is done" value=text(|a| &a.text) on_input=put(|a| &mut a.text)/>
            {block(move || if tagged.get() {
                view! { <TextInput label=format!("Tag of way {n}") placeholder="Tag" value=text(|a| &a.tag) on_input=put(|a| &mut a.tag)/> }.into_any()
            } else {
                view! { <NumberInput label=format!("Parts of way {n}") unit="parts" value=text(|a| &a.parts) on_input=put(|a| &mut a.parts)/> }.into_any()
            })}
            {block(move || more.get().then(|| view! { <IconButton label=format!("Remove way {n}") glyph=Glyph::Trash size=ButtonSize::Small on_click=remove/> }))}
        </div>
    }
}
