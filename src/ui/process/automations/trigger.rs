//! What sets a rule off: the kind, and what belongs to it.

use leptos::prelude::*;

use super::editor::Form;
use crate::app::form::lists;
use crate::domain::automate::settable;
use crate::domain::automation::{Trigger, TriggerKind};
use crate::domain::custom::FieldKind;
use crate::domain::decide::{Part, Spot};
use crate::domain::scoring::Axis;
use crate::ui::parts::{Choice, Field, NumberInput, Segmented, Select};
use crate::ui::store::{Store, use_store};

/// Stages to choose from, with their pipeline where there are several.
pub(super) fn stages(store: Store) -> Vec<Choice> {
    store.with(|session| {
        let groups = lists::stages_by_pipeline(session.world());
        let several = groups.len() > 1;
        let mut all = Vec::new();
        for (pipeline, stages) in groups {
            for stage in stages {
                let label = match several {
                    true => format!("{} › {}", pipeline.name, stage.name),
                    false => stage.name.clone(),
                };
                all.push(Choice::new(stage.id.to_string(), label));
            }
        }
        all
    })
}

/// A text box for a whole number that may be typed in pieces.
#[component]
pub(super) fn Whole(
    /// What it is called.
    label: &'static str,
    /// The unit after it.
    unit: &'static str,
    /// The number at first.
    begin: i64,
    /// What is wrong with the number.
    error: Signal<Option<String>>,
    /// Called with each number typed.
    #[prop(into)]
    on_change: leptos::callback::UnsyncCallback<i64>,
) -> impl IntoView {
    use leptos::callback::Callable;
    let text = RwSignal::new(begin.to_string());
    let bad = RwSignal::new(false);
    let typed = move |typed: String| {
        let number = typed.trim().parse::<i64>();
        bad.set(number.is_err());
        // What is no number must not be saved as the one before it: this one is always refused.
        on_change.run(number.unwrap_or(i64::MIN));
        text.set(typed);
    };
    let wrong = move || match bad.get() {
        true => Some(String::from("Write a whole number.")),
        false => error.get(),
    };
    view! {
        <Field label error=Signal::derive(wrong)>
            <NumberInput value=text on_input=typed unit/>
        </Field>
    }
}

/// The fields.
#[component]
pub(super) fn TriggerFields(form: Form) -> impl IntoView {
    let kind = Memo::new(move |_| form.draft.with(|d| d.trigger.kind));
    let kinds = TriggerKind::ALL
        .iter()
        .map(|k| Choice::new(k.code(), k.label()));
    let kinds: Vec<Choice> = kinds.collect();
    let choose = move |code: String| {
        if let Some(kind) = TriggerKind::from_code(&code) {
            form.set(|d| d.trigger = begin(kind));
        }
    };
    view! {
        <div class="rule-form__row">
            <Field label="What happens" class="rule-form__kind">
                <Select options=Signal::stored(kinds) value=Signal::derive(move || kind.get().code().to_owned()) on_change=choose/>
            </Field>
            {move || parts(form, kind.get())}
        </div>
    }
}

/// A trigger of a kind with sensible parts.
fn begin(kind: TriggerKind) -> Trigger {
    Trigger {
        kind,
        stage: None,
        field: match kind {
            TriggerKind::Date => String::from("deal.close"),
            TriggerKind::Changed => String::from("deal.value"),
            _ => String::new(),
        },
        days: match kind {
            TriggerKind::Idle => 14,
            TriggerKind::Date => -7,
            _ => 0,
        },
        axis: (kind == TriggerKind::Score).then_some(Axis::Engagement),
        score: if kind == TriggerKind::Score { 50 } else { 0 },
    }
}

/// Whose date it is that counts.
fn whose(field: &str) -> String {
    let deals = match field {
        "deal.close" => "Only deals that are open",
        "deal.renewal" => "Only deals that are won",
        _ => "All deals but lost ones",
    };
    format!("{deals}, unless a condition asks for a status.")
}

fn parts(form: Form, kind: TriggerKind) -> AnyView {
    let store = use_store();
    let error = |part| form.at(Spot::Trigger(part));
    let field = move || form.draft.with(|d| d.trigger.field.clone());
    let days = form.draft.with_untracked(|d| d.trigger.days);
    match kind {
        TriggerKind::Created => ().into_any(),
        TriggerKind::Entered => {
            let chosen = move || form.draft.with(|d| d.trigger.stage.map(|s| s.to_string()).unwrap_or_default());
            view! {
                <Field label="Stage" error=error(Part::Stage)>
                    <Select options=Signal::stored(stages(store)) value=Signal::derive(chosen) placeholder="Any stage" on_change=move |id: String| form.set(|d| d.trigger.stage = id.parse().ok())/>
                </Field>
            }
            .into_any()
        }
        TriggerKind::Changed => view! {
            <Field label="Field" error=error(Part::Field)>
                <Select options=Signal::stored(fields(store, false)) value=Signal::derive(field) on_change=move |code: String| form.set(|d| d.trigger.field = code)/>
            </Field>
        }
        .into_any(),
        TriggerKind::Idle => view! {
            <Whole label="For how long" unit="days" begin=days error=error(Part::Days) on_change=move |n| form.set(|d| d.trigger.days = n)/>
        }
        .into_any(),
        TriggerKind::Date => view! {
            <Field label="Date" error=error(Part::Field) hint=Signal::derive(move || Some(whose(&field())))>
                <Select options=Signal::stored(fields(store, true)) value=Signal::derive(field) on_change=move |code: String| form.set(|d| d.trigger.field = code)/>
            </Field>
            <Before form days/>
        }
        .into_any(),
        TriggerKind::Score => {
            let axis = move || form.draft.with(|d| d.trigger.axis.map(|a| a.code().to_owned()).unwrap_or_default());
            let axes = Axis::ALL.iter().map(|a| Choice::new(a.code(), a.label()));
            let axes: Vec<Choice> = axes.collect();
            let score = form.draft.with_untracked(|d| d.trigger.score);
            view! {
                <Field label="Score" error=error(Part::Axis)>
                    <Segmented options=Signal::stored(axes) value=Signal::derive(axis) on_change=move |code: String| form.set(|d| d.trigger.axis = Axis::from_code(&code))/>
                </Field>
                <Whole label="Reaches" unit="points" begin=score error=error(Part::Points) on_change=move |n| form.set(|d| d.trigger.score = n)/>
            }
            .into_any()
        }
    }
}

/// So many days before or after a date.
#[component]
fn Before(form: Form, days: i64) -> impl IntoView {
    let after = RwSignal::new(days > 0);
    let count = RwSignal::new(days.saturating_abs());
    let put = move || {
        let n = count.get_untracked();
        let days = match after.get_untracked() {
            _ if n < 0 => i64::MIN,
            true => n,
            false => -n,
        };
        form.set(|d| d.trigger.days = days);
    };
    let ways = vec![
        Choice::new("before", "Before"),
        Choice::new("after", "After"),
    ];
    let way = move || String::from(if after.get() { "after" } else { "before" });
    view! {
        <Whole label="How many days" unit="days" begin=days.saturating_abs() error=form.at(Spot::Trigger(Part::Days)) on_change=move |n| { count.set(n); put(); }/>
        <Field label="Before or after">
            <Segmented options=Signal::stored(ways) value=Signal::derive(way) on_change=move |way: String| { after.set(way == "after"); put(); }/>
        </Field>
    }
}

/// The fields of a deal, or only those with dates.
pub(super) fn fields(store: Store, dates: bool) -> Vec<Choice> {
    let all = store.with(|s| settable(s.world()));
    let wanted = all
        .into_iter()
        .filter(|f| !dates || f.kind == FieldKind::Date);
    let mut choices: Vec<Choice> = wanted.map(|f| Choice::new(f.code, f.label)).collect();
    if dates {
        choices.push(Choice::new("deal.created", "The day it was added"));
    }
    choices
}
