//! The ideal customer profile: its criteria, and how the organisations fit.

use super::conditions::Conditions;
use super::order::RowButtons;
use super::wording::Local;
use crate::app::form::rules::{IcpForm, field};
use crate::app::form::{FieldError, field as any_field};
use crate::domain::change::Kind;
use crate::domain::command::Refusal;
use crate::domain::ids::IcpId;
use crate::domain::query::condition::{Scope, sentence};
use crate::domain::query::fit::in_order;
use crate::domain::rule::Condition;
use crate::domain::scoring::{IcpCriterion, IcpPart};
use crate::ui::parts::ButtonSize;
use crate::ui::parts::{
    Button, ButtonKind, Choice, Dialog, DialogKind, Empty, Field, Glyph, IconButton, NumberInput,
    Segmented, TextInput,
};
use crate::ui::store::{Store, use_store};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The page.
#[component]
pub(super) fn Profile() -> impl IntoView {
    let store = use_store();
    let editing = RwSignal::new(None::<IcpForm>);
    let all = Memo::new(move |_| {
        store.track_kind(Kind::IcpCriterion);
        store.track_kind(Kind::CustomField);
        store.with(|s| {
            in_order(&s.world().state)
                .into_iter()
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let ids = Memo::new(move |_| all.with(|all| all.iter().map(|c| c.id).collect::<Vec<_>>()));
    let any = Memo::new(move |_| all.with(|all| !all.is_empty()));
    let add = move |_| editing.set(Some(IcpForm::blank()));
    view! {
        <p class="page__lead">
            "Who buys most easily and stays longest? Each criterion says something about an organisation; together they give its fit, from 0 to 100."
        </p>
        {move || if any.get() {
            view! {
                <div class="score-rules">
                    <ul class="score-rules__list" aria-label="Criteria">
                        <For each=move || ids.get() key=|id| *id let(id)>
                            <Criterion store all id editing/>
                        </For>
                    </ul>
                    <div data-add=""><Button icon=Glyph::Plus on_click=add>"Add a criterion"</Button></div>
                </div>
                <super::fit_preview::Preview/>
            }.into_any()
        } else {
            view! {
                <Empty glyph=Glyph::Target title="No profile yet" text="Begin with what your best customers have in common: their industry, their size, where they are.">
                    <Button kind=ButtonKind::Primary icon=Glyph::Plus on_click=add>"Add a criterion"</Button>
                </Empty>
            }.into_any()
        }}
        <Edit store editing/>
    }
}

#[component]
fn Criterion(
    store: Store,
    all: Memo<Vec<IcpCriterion>>,
    id: IcpId,
    editing: RwSignal<Option<IcpForm>>,
) -> impl IntoView {
    let own = Memo::new(move |_| all.with(|all| all.iter().find(|c| c.id == id).cloned()));
    let says = Signal::derive(move || {
        own.with(|c| {
            c.as_ref()
                .map(|c| store.with(|s| sentence(&s.world().state, &c.condition, &Local)))
                .unwrap_or_default()
        })
    });
    let name = Signal::derive(move || {
        let name = own.with(|c| c.as_ref().map(|c| c.name.clone()).unwrap_or_default());
        if name.is_empty() { says.get() } else { name }
    });
    let named = move || own.with(|c| c.as_ref().is_some_and(|c| !c.name.is_empty()));
    let part = move || own.with(|c| c.as_ref().map_or(IcpPart::Scored, |c| c.part));
    let weight = move || own.with(|c| c.as_ref().map_or(0, |c| c.weight));
    let total = move || {
        all.with(|all| {
            let scored = all.iter().filter(|c| c.part == IcpPart::Scored);
            scored.map(|c| u32::from(c.weight)).sum::<u32>().max(1)
        })
    };
    let share = move || u32::from(weight()) * 100 / total();
    let edit = move |_| {
        if let Some(c) = own.get_untracked() {
            editing.set(Some(IcpForm::from_criterion(&c)));
        }
    };
    let at = Signal::derive(move || {
        all.with(|all| all.iter().position(|c| c.id == id).unwrap_or_default())
    });
    view! {
        <li class="score-rule">
            <div class="score-rule__text">
                <p class="score-rule__name">{name}</p>
                {move || named().then(|| view! { <p class="score-rule__says">{says}</p> })}
            </div>
            {move || match part() {
                IcpPart::Scored => view! {
                    <span class="score-rule__weight" style:--share=move || format!("{}%", share())>
                        <span class="score-rule__bar" aria-hidden="true"></span>
                        <span>{move || format!("weight {}", weight())}</span>
                    </span>
                }.into_any(),
                other => view! { <span class="chip" data-tone=if other == IcpPart::Must { "info" } else { "warn" }>{other.label()}</span> }.into_any(),
            }}
            <span class="score-rule__buttons">
                <IconButton label=Signal::derive(move || format!("Change: {}", name.get())) glyph=Glyph::Pencil size=ButtonSize::Small on_click=edit/>
                <RowButtons store what=id.into() name at count=Signal::derive(move || all.with(Vec::len))/>
            </span>
        </li>
    }
}

/// The form of a criterion, while one is edited.
#[component]
fn Edit(store: Store, editing: RwSignal<Option<IcpForm>>) -> impl IntoView {
    move || {
        editing.get().map(|form| {
            let (form, errors) = (RwSignal::new(form), RwSignal::new(Vec::<FieldError>::new()));
            view! { <EditForm store form errors close=move || editing.set(None)/> }
        })
    }
}

#[component]
fn EditForm<C>(
    store: Store,
    form: RwSignal<IcpForm>,
    errors: RwSignal<Vec<FieldError>>,
    close: C,
) -> impl IntoView
where
    C: Fn() + Copy + Send + Sync + 'static,
{
    let new = form.with_untracked(|f| f.id.is_none());
    let tried = RwSignal::new(false);
    let save = move || {
        let command = store.with(|s| form.with_untracked(|f| f.command(&s.world().state)));
        match command.map(|command| store.run(command)) {
            Ok(Ok(_) | Err(Refusal::Nothing)) => close(),
            Ok(Err(refusal)) => errors.set(vec![FieldError::from_refusal(&refusal)]),
            Err(found) => {
                errors.set(found);
                tried.set(true);
            }
        }
    };
    let error = move |name: &'static str| {
        Signal::derive(move || {
            errors.with(|all| {
                all.iter()
                    .find(|e| e.field == name)
                    .map(|e| e.message.clone())
            })
        })
    };
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| close()>"Cancel"</Button>
            <Button kind=ButtonKind::Primary kbd="Mod+Enter" on_click=move |_| save()>{if new { "Add" } else { "Save" }}</Button>
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            save();
        }
    };
    let set_condition = move |all: Vec<Condition>| {
        if let Some(one) = all.into_iter().next() {
            form.update(|f| f.condition = one);
        }
    };
    let parts: Signal<Vec<Choice>> = Signal::stored(
        IcpPart::ALL
            .iter()
            .map(|p| Choice::new(p.code(), p.label()))
            .collect(),
    );
    let part = Signal::derive(move || form.with(|f| f.part.code().to_owned()));
    let scored = move || form.with(|f| f.part == IcpPart::Scored);
    view! {
        <Dialog open=true on_close=move |()| close() title=if new { "New criterion" } else { "Change the criterion" } backdrop_closes=false kind=DialogKind::Medium footer>
            <div class="rule-form" on:keydown=on_key>
                <fieldset class="rule-form__part">
                    <legend>"What has to hold of the organisation"</legend>
                    <Conditions
                        scope=Scope::Organisation
                        single=true
                        conditions=Signal::derive(move || form.with(|f| vec![f.condition.clone()]))
                        on_change=set_condition
                        show_errors=tried
                    />
                </fieldset>
                <Field label="What it does">
                    <Segmented options=parts value=part on_change=move |code: String| form.update(|f| f.part = IcpPart::from_code(&code).unwrap_or(f.part))/>
                </Field>
                {move || scored().then(|| view! {
                    <Field label="Weight" hint="1 to 100, against the weights of the others" error=error(field::WEIGHT) class="rule-form__short">
                        <NumberInput value=Signal::derive(move || form.with(|f| f.weight.clone())) on_input=move |text| form.update(|f| f.weight = text)/>
                    </Field>
                })}
                <Field label="Name" hint="Not needed: the condition says it" error=error(field::NAME)>
                    <TextInput value=Signal::derive(move || form.with(|f| f.name.clone())) on_input=move |text| form.update(|f| f.name = text)/>
                </Field>
                {move || error(any_field::FORM).get().map(|why| view! { <p class="rule-form__error" role="alert">{why}</p> })}
            </div>
        </Dialog>
    }
}
