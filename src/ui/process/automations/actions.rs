//! What a rule does: one row for each action, in order.

use leptos::prelude::*;

use super::editor::Form;
use super::suggestions::action;
use super::trigger::{Whole, fields, stages};
use crate::domain::activity::ActivityKind;
use crate::domain::automate::settable;
use crate::domain::automation::{Action, ActionKind};
use crate::domain::custom::FieldKind;
use crate::domain::decide::{Part, Spot};
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::parts::{
    Button, ButtonKind, ButtonSize, Choice, ComboOption, Field, Glyph, IconButton, Select,
    TextInput,
};
use crate::ui::process::pick_many::PickMany;
use crate::ui::store::{Store, use_store};

/// The rows.
#[component]
pub(super) fn Actions(form: Form) -> impl IntoView {
    let count = Memo::new(move |_| form.draft.with(|d| d.actions.len()));
    // A row taken out makes the rows below it anew: each holds what it began with.
    let version = RwSignal::new(0_u32);
    let add = move |_| form.set(|d| d.actions.push(action(ActionKind::Activity, "")));
    view! {
        <ol class="actions" aria-label="Actions">
            <For each=move || { let v = version.get(); (0..count.get()).map(move |at| (v, at)) } key=|row| *row let((_, at))>
                <Row form at version/>
            </For>
        </ol>
        <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Glyph::Plus on_click=add>"Add an action"</Button>
    }
}

/// One action of the draft, while it is there.
fn read<T>(form: Form, at: usize, get: impl FnOnce(&Action) -> T) -> Option<T> {
    form.draft.with(|d| d.actions.get(at).map(get))
}

fn set(form: Form, at: usize, change: impl FnOnce(&mut Action)) {
    form.set(|d| {
        if let Some(action) = d.actions.get_mut(at) {
            change(action);
        }
    });
}

#[component]
fn Row(form: Form, at: usize, version: RwSignal<u32>) -> impl IntoView {
    let kind = Memo::new(move |_| read(form, at, |a| a.kind));
    let kinds = ActionKind::ALL
        .iter()
        .map(|k| Choice::new(k.code(), k.label()));
    let kinds: Vec<Choice> = kinds.collect();
    let choose = move |code: String| {
        if let Some(kind) = ActionKind::from_code(&code) {
            set(form, at, |a| *a = action(kind, ""));
        }
    };
    let remove = move |_| {
        form.set(|d| {
            if at < d.actions.len() {
                d.actions.remove(at);
            }
        });
        version.update(|v| *v += 1);
        crate::ui::nav::rescue_focus();
    };
    view! {
        <li class="actions__row">
            <div class="rule-form__row">
                <Field label="What to do" class="rule-form__kind">
                    <Select options=Signal::stored(kinds) value=Signal::derive(move || kind.get().map(|k| k.code().to_owned()).unwrap_or_default()) on_change=choose/>
                </Field>
                {move || kind.get().map(|kind| parts(form, at, kind))}
            </div>
            <IconButton size=ButtonSize::Small label=format!("Remove action {}", at + 1) glyph=Glyph::Close on_click=remove/>
        </li>
    }
}

#[component]
fn Text(form: Form, at: usize, label: &'static str) -> impl IntoView {
    let value = move || read(form, at, |a| a.text.clone()).unwrap_or_default();
    view! {
        <Field label class="rule-form__wide" error=form.at(Spot::Action(at, Part::Text))>
            <TextInput value=Signal::derive(value) on_input=move |text| set(form, at, |a| a.text = text)/>
        </Field>
    }
}

fn parts(form: Form, at: usize, kind: ActionKind) -> AnyView {
    let store = use_store();
    let error = move |part| form.at(Spot::Action(at, part));
    match kind {
        ActionKind::Activity => {
            let kinds = ActivityKind::ALL
                .iter()
                .map(|k| Choice::new(k.code(), k.label()));
            let kinds: Vec<Choice> = kinds.collect();
            let chosen = move || {
                let kind = read(form, at, |a| a.activity).flatten();
                kind.unwrap_or(ActivityKind::Task).code().to_owned()
            };
            let days = untrack(|| read(form, at, |a| a.days)).unwrap_or(0);
            view! {
                <Field label="Kind">
                    <Select options=Signal::stored(kinds) value=Signal::derive(chosen) on_change=move |code: String| set(form, at, |a| a.activity = ActivityKind::from_code(&code))/>
                </Field>
                <Whole label="Due in" unit="days" begin=days error=error(Part::Days) on_change=move |n| set(form, at, |a| a.days = n)/>
                <Text form at label="What about"/>
            }
            .into_any()
        }
        ActionKind::SetField => view! { <SetField form at/> }.into_any(),
        ActionKind::Move => {
            let chosen = move || {
                read(form, at, |a| a.stage.map(|s| s.to_string()))
                    .flatten()
                    .unwrap_or_default()
            };
            view! {
                <Field label="To stage" error=error(Part::Stage)>
                    <Select options=Signal::stored(stages(store)) value=Signal::derive(chosen) placeholder="Choose a stage" on_change=move |id: String| set(form, at, |a| a.stage = id.parse().ok())/>
                </Field>
            }
            .into_any()
        }
        ActionKind::Assign => {
            let chosen = move || {
                read(form, at, |a| {
                    a.people.iter().map(ToString::to_string).collect::<Vec<_>>()
                })
                .unwrap_or_default()
            };
            let put = move |ids: Vec<String>| {
                set(form, at, |a| {
                    a.people = ids.iter().filter_map(|id| id.parse().ok()).collect()
                })
            };
            view! {
                <Field label="Who takes turns" class="rule-form__wide" error=error(Part::People)>
                    <PickMany options=Signal::stored(people(store)) chosen=Signal::derive(chosen) on_change=put placeholder="Add a person"/>
                </Field>
            }
            .into_any()
        }
        ActionKind::Tag => view! { <Text form at label="Tag"/> }.into_any(),
        ActionKind::Notify => view! { <Text form at label="Message"/> }.into_any(),
    }
}

/// The team, as people read lists.
fn people(store: Store) -> Vec<ComboOption> {
    let mut all: Vec<ComboOption> = store.with(|session| {
        let people = session
            .world()
            .state
            .tables
            .people
            .iter()
            .filter(|p| !p.left);
        people
            .map(|p| ComboOption {
                id: p.id.to_string(),
                label: p.name.clone(),
                detail: String::new(),
            })
            .collect()
    });
    all.order_by(|a, b| intl::compare(&a.label, &b.label).then(a.id.cmp(&b.id)));
    all
}

/// Which field, and what to set it to.
#[component]
fn SetField(form: Form, at: usize) -> impl IntoView {
    let store = use_store();
    let field = Memo::new(move |_| read(form, at, |a| a.field.clone()).unwrap_or_default());
    let value = move || read(form, at, |a| a.text.clone()).unwrap_or_default();
    let put = move |text: String| set(form, at, |a| a.text = text);
    let control = move || {
        let code = field.get();
        let all = store.with(|s| settable(s.world()));
        let found = all.into_iter().find(|f| f.code == code)?;
        let options: Vec<Choice> = match found.kind {
            FieldKind::YesNo => vec![Choice::new("yes", "Yes"), Choice::new("no", "No")],
            _ => found
                .options
                .iter()
                .map(|(c, l)| Choice::new(c, l))
                .collect(),
        };
        let hint = match found.kind {
            FieldKind::Date => {
                "A date as 2026-03-31, or +14 for days from then. Empty empties the field."
            }
            FieldKind::Money => "An amount with its currency: 1200.00 EUR.",
            FieldKind::Number => "A number with a point: 12.5.",
            FieldKind::Choices => "Options separated by commas.",
            _ => "Empty empties the field.",
        };
        let pick = !options.is_empty() && found.kind != FieldKind::Choices;
        Some(view! {
            <Field label="To" hint class="rule-form__wide" error=form.at(Spot::Action(at, Part::Text))>
                {match pick {
                    true => view! { <Select options=Signal::stored(options) value=Signal::derive(value) placeholder="Empty" on_change=put/> }.into_any(),
                    false => view! { <TextInput value=Signal::derive(value) on_input=put/> }.into_any(),
                }}
            </Field>
        })
    };
    view! {
        <Field label="Field" error=form.at(Spot::Action(at, Part::Field))>
            <Select
                options=Signal::stored(fields(store, false))
                value=field
                placeholder="Choose a field"
                on_change=move |code: String| set(form, at, |a| { a.field = code; a.text.clear(); })
            />
        </Field>
        {control}
    }
}
