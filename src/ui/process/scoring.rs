//! Scoring: the rules of both axes, the limits of the grades, and the hottest deals.

use super::order::RowButtons;
use super::score_form::EditForm;
use super::wording::Local;
use crate::app::form::rules::RuleForm;
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::qualify::{QualifyCommand, RuleDraft};
use crate::domain::ids::ScoreRuleId;
use crate::domain::query::condition::sentence;
use crate::domain::query::score::{Grade, in_order};
use crate::domain::scoring::{Axis, ScoreRule};
use crate::domain::workspace::{WORKSPACE, WorkspaceField};
use crate::shell::intl;
use crate::ui::parts::{
    Button, ButtonSize, Checkbox, Choice, Field, Glyph, IconButton, NumberInput, Tabs,
};
use crate::ui::qualify::points;
use crate::ui::stages::Draft;
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;

/// The page.
#[component]
pub(super) fn Scoring() -> impl IntoView {
    let store = use_store();
    let editing = RwSignal::new(None::<RuleForm>);
    let tab = RwSignal::new(String::from("rules"));
    let tabs = vec![
        Choice::new("rules", "Rules").icon(Glyph::Settings),
        Choice::new("hot", "Hot list").icon(Glyph::Star),
    ];
    view! {
        <p class="page__lead">
            "Two questions, two scores: do they fit (A to D), and do they want it (1 to 4)? A1 is the best there is. Every score is the sum of the rules that hold."
        </p>
        <Tabs options=Signal::stored(tabs) value=tab on_change=move |value| tab.set(value) label="Scoring">
            {move || match tab.get().as_str() {
                "hot" => view! { <super::hot::HotList/> }.into_any(),
                _ => view! {
                    <RuleList store axis=Axis::Fit editing/>
                    <RuleList store axis=Axis::Engagement editing/>
                }.into_any(),
            }}
        </Tabs>
        {move || editing.get().map(|form| view! { <EditForm store form close=move || editing.set(None)/> })}
    }
}

/// The rules of one axis with the limits of its grades.
#[component]
fn RuleList(store: Store, axis: Axis, editing: RwSignal<Option<RuleForm>>) -> impl IntoView {
    let all = Memo::new(move |_| {
        store.track_kind(Kind::ScoreRule);
        store.track_kind(Kind::CustomField);
        store.with(|s| {
            in_order(&s.world().state, axis)
                .into_iter()
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let ids = Memo::new(move |_| all.with(|all| all.iter().map(|r| r.id).collect::<Vec<_>>()));
    let (id, lead) = match axis {
        Axis::Fit => (
            "fit-rules",
            "Who they are. Does not change by what happens.",
        ),
        Axis::Engagement => (
            "engagement-rules",
            "What they do: each activity counts, and fades with time.",
        ),
    };
    view! {
        <section class="score-rules" aria-labelledby=id>
            <h2 class="score-rules__title" id=id>{axis.label()}</h2>
            <p class="score-rules__lead">{lead}</p>
            <ul class="score-rules__list" aria-label=format!("{} rules", axis.label())>
                <For each=move || ids.get() key=|id| *id let(id)>
                    <Rule store all id editing/>
                </For>
            </ul>
            <div data-add="">
                <Button size=ButtonSize::Small icon=Glyph::Plus on_click=move |_| editing.set(Some(RuleForm::blank(axis)))>
                    {format!("Add a rule for {}", axis.label().to_lowercase())}
                </Button>
            </div>
            <Grades store axis/>
        </section>
    }
}

/// What a rule asks for, in words.
fn says(store: Store, rule: &ScoreRule) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(signal) = &rule.signal {
        let kind = signal.kind.map_or("Any activity", |k| k.label());
        let from = signal.direction.map(|d| d.label().to_lowercase());
        let how = signal.outcome.map(|o| o.label().to_lowercase());
        let words: Vec<String> = std::iter::once(kind.to_owned())
            .chain(from)
            .chain(how)
            .collect();
        parts.push(format!("each: {}", words.join(", ")));
    }
    store.with(|s| {
        let all = rule.conditions.iter();
        parts.extend(all.map(|c| sentence(&s.world().state, c, &Local)));
    });
    if let Some(days) = rule.half_life {
        parts.push(format!(
            "half after {}",
            intl::count(days.into(), "day", "days")
        ));
    }
    if let Some(cap) = rule.cap {
        parts.push(format!(
            "at most {}",
            intl::count(cap as usize, "point", "points")
        ));
    }
    parts.join("; ")
}

#[component]
fn Rule(
    store: Store,
    all: Memo<Vec<ScoreRule>>,
    id: ScoreRuleId,
    editing: RwSignal<Option<RuleForm>>,
) -> impl IntoView {
    let own = Memo::new(move |_| all.with(|all| all.iter().find(|r| r.id == id).cloned()));
    let name = Signal::derive(move || {
        own.with(|r| r.as_ref().map(|r| r.name.clone()).unwrap_or_default())
    });
    let text = move || own.with(|r| r.as_ref().map(|r| says(store, r)).unwrap_or_default());
    let worth = move || own.with(|r| r.as_ref().map_or(0, |r| r.points));
    let on = Signal::derive(move || own.with(|r| r.as_ref().is_some_and(|r| r.on)));
    let edit = move |_| {
        if let Some(r) = own.get_untracked() {
            editing.set(Some(RuleForm::from_rule(&r)));
        }
    };
    let switch = move |on: bool| {
        let Some(r) = own.get_untracked() else { return };
        store.dispatch(Command::Qualify(QualifyCommand::SaveRule {
            id: Some(id),
            draft: Box::new(RuleDraft {
                name: r.name,
                axis: r.axis,
                on,
                conditions: r.conditions,
                signal: r.signal,
                points: r.points,
                half_life: r.half_life,
                cap: r.cap,
            }),
        }));
    };
    let at = Signal::derive(move || {
        all.with(|all| all.iter().position(|r| r.id == id).unwrap_or_default())
    });
    view! {
        <li class="score-rule" class:score-rule--off=move || !on.get()>
            <b class="score-rule__points" class:score-rule__points--minus=move || { worth() < 0 }>{move || points(worth())}</b>
            <div class="score-rule__text">
                <p class="score-rule__name">{name}</p>
                <p class="score-rule__says">{text}</p>
            </div>
            <Checkbox switch=true checked=on label=Signal::derive(move || format!("{} counts", name.get())) label_hidden=true on_change=switch/>
            <span class="score-rule__buttons">
                <IconButton label=Signal::derive(move || format!("Change: {}", name.get())) glyph=Glyph::Pencil size=ButtonSize::Small on_click=edit/>
                <RowButtons store what=id.into() name at count=Signal::derive(move || all.with(Vec::len))/>
            </span>
        </li>
    }
}

/// From how many points on it is which grade.
#[component]
fn Grades(store: Store, axis: Axis) -> impl IntoView {
    let limits = Memo::new(move |_| {
        store.track(WORKSPACE);
        let workspace = store.with(|s| s.world().state.workspace());
        match axis {
            Axis::Fit => workspace.fit_grades,
            Axis::Engagement => workspace.engagement_grades,
        }
    });
    let name = move |at: u8| match axis {
        Axis::Fit => Grade::letter(at).to_string(),
        Axis::Engagement => (at + 1).to_string(),
    };
    let field = move |at: u8| {
        let draft = Draft::new();
        let shown = move || {
            limits.with(|l| {
                l.get(usize::from(at))
                    .map(i64::to_string)
                    .unwrap_or_default()
            })
        };
        let commit = move |text: String| {
            let Ok(n) = text.trim().replace('−', "-").parse::<i64>() else {
                return draft.refuse("Give a whole number.");
            };
            let mut all = limits.get_untracked();
            all.resize(3, 0);
            all[usize::from(at)] = n;
            let field = match axis {
                Axis::Fit => WorkspaceField::FitGrades(all),
                Axis::Engagement => WorkspaceField::EngagementGrades(all),
            };
            draft.settle(store.run(Command::EditWorkspace(vec![field])));
        };
        view! {
            <Field label=format!("{} from", name(at)) error=draft.error() class="grades__limit">
                <NumberInput value=draft.or(shown) on_input=move |t| draft.typed(t) on_commit=commit/>
            </Field>
        }
    };
    view! {
        <fieldset class="grades">
            <legend>{format!("Grades of {}", axis.label().to_lowercase())}</legend>
            <div class="grades__limits">
                {(0..3).map(field).collect_view()}
                <p class="grades__rest">{format!("else {}", name(3))}</p>
            </div>
        </fieldset>
    }
}
