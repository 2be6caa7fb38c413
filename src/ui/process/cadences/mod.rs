//! Cadences: a page of the process.

mod step;

use self::step::StepRow;
use crate::domain::activity::ActivityKind;
use crate::domain::cadence::{Cadence, CadenceField, CadenceRun, RunState};
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::follow::FollowCommand;
use crate::domain::ids::{CadenceId, StepId};
use crate::domain::query::cadence::{cadences, calendar_of, planned, steps};
use crate::shell::intl;
use crate::ui::deal::glyph_of;
use crate::ui::fmt;
use crate::ui::parts::*;
use crate::ui::stages::Draft;
use crate::ui::store::{Store, use_store};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The page.
#[component]
pub(super) fn Cadences() -> impl IntoView {
    let store = use_store();
    let ids = Memo::new(move |_| {
        store.track_kind(Kind::Cadence);
        store.with(|s| {
            let all = cadences(&s.world().state).into_iter();
            all.map(|c| c.id).collect::<Vec<CadenceId>>()
        })
    });
    view! {
        <p class="page__lead">
            "A cadence is a series of calls, e-mails and meetings. For each deal it plans one step at a time; it stops when they reply, when the deal leaves its stage, or when it is won, lost or put on hold. One for a stage of won deals is for what comes after the sale: onboarding and check-ins."
        </p>
        <ul class="cadences" aria-label="Cadences">
            <For each=move || ids.get() key=|id| *id children=move |id| view! { <CadenceCard store id/> }/>
        </ul>
        <AddCadence store/>
    }
}

#[component]
fn AddCadence(store: Store) -> impl IntoView {
    let draft = Draft::new();
    let name = draft.or(String::new);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        draft.settle(store.run(Command::Follow(FollowCommand::AddCadence {
            name: name.get_untracked(),
        })));
    };
    view! {
        <form class="process-add" aria-label="Add a cadence" on:submit=submit>
            <Field label="Name of a new cadence" error=draft.error()>
                <TextInput value=name on_input=move |text| draft.typed(text) placeholder="After the proposal"/>
            </Field>
            <Button submit=true icon=Glyph::Plus>"Add a cadence"</Button>
        </form>
    }
}

/// A cadence with its steps, changed in place.
#[component]
fn CadenceCard(store: Store, id: CadenceId) -> impl IntoView {
    let cadence = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.cadences.get(id).cloned())
    });
    let rows = Memo::new(move |_| {
        store.track_kind(Kind::CadenceStep);
        store.with(|s| {
            let all = steps(&s.world().state, id).into_iter();
            all.map(|step| step.id).collect::<Vec<StepId>>()
        })
    });
    let name = move || cadence.with(|c| c.as_ref().map(|c| c.name.clone()).unwrap_or_default());
    view! {
        <li class="cadence" data-cadence=id.to_string()>
            <fieldset class="cadence__fields">
                <legend class="visually-hidden">{name}</legend>
                <Head store id cadence/>
                <ol class="cadence__steps" aria-label="Steps">
                    <For each=move || rows.get() key=|id| *id children=move |step| view! { <StepRow store id=step/> }/>
                </ol>
                {move || rows.with(Vec::is_empty).then(|| view! { <p class="cadence__none">"No steps yet. The first one mostly has day 0: the day it starts."</p> })}
                <div class="cadence__foot">
                    <AddStep store id/>
                    <Dates store id/>
                </div>
            </fieldset>
        </li>
    }
}

/// Name, stage and how it counts.
#[component]
fn Head(store: Store, id: CadenceId, cadence: Memo<Option<Cadence>>) -> impl IntoView {
    let (name, auto) = (Draft::new(), Draft::new());
    let edit = move |field| store.run(Command::Follow(FollowCommand::EditCadence(id, field)));
    let read = move |read: fn(&Cadence) -> bool| cadence.with(|c| c.as_ref().is_some_and(read));
    let stages = Memo::new(move |_| {
        store.track_kind(Kind::Stage);
        store.track_kind(Kind::Pipeline);
        store.with(|s| stage_choices(s.world()))
    });
    let running = Memo::new(move |_| {
        store.track_kind(Kind::Deal);
        let on = |run: &CadenceRun| matches!(run.state, RunState::Running | RunState::Paused);
        store.with(|s| {
            let deals = s.world().state.tables.deals.iter();
            deals.filter(|d| d.cadences.get(id).is_some_and(on)).count()
        })
    });
    let stage = move || {
        cadence.with(|c| {
            c.as_ref()
                .and_then(|c| c.stage)
                .map(|s| s.to_string())
                .unwrap_or_default()
        })
    };
    let delete = move |_| {
        store.dispatch(Command::Follow(FollowCommand::DeleteCadence(id)));
        crate::ui::nav::rescue_focus();
    };
    view! {
        <div class="cadence__head">
            <Field label="Name" error=name.error() class="cadence__name">
                <TextInput
                    value=name.or(move || cadence.with(|c| c.as_ref().map(|c| c.name.clone()).unwrap_or_default()))
                    on_input=move |text| name.typed(text)
                    on_commit=move |text| name.settle(edit(CadenceField::Name(text)))
                />
            </Field>
            <Field label="Stage" class="cadence__stage">
                <Select
                    options=stages
                    value=Signal::derive(stage)
                    placeholder="Any stage"
                    on_change=move |code: String| auto.settle(edit(CadenceField::Stage(code.parse().ok())))
                />
            </Field>
            <IconButton label=Signal::derive(move || format!("Delete cadence {}", cadence.with(|c| c.as_ref().map(|c| c.name.clone()).unwrap_or_default()))) glyph=Glyph::Trash on_click=delete/>
        </div>
        <div class="cadence__switches">
            <Checkbox
                switch=true
                label="Starts when a deal enters the stage"
                checked=Signal::derive(move || read(|c| c.auto))
                disabled=Signal::derive(move || read(|c| c.stage.is_none()))
                on_change=move |on| auto.settle(edit(CadenceField::Auto(on)))
            />
            <Checkbox
                switch=true
                label="Working days only"
                checked=Signal::derive(move || read(|c| c.working))
                on_change=move |on| auto.settle(edit(CadenceField::Working(on)))
            />
            <p class="cadence__running">
                {move || match running.get() {
                    0 => String::from("Not running for any deal"),
                    n => format!("Running for {}", intl::count(n, "deal", "deals")),
                }}
            </p>
        </div>
        {move || auto.error().get().map(|why| view! { <p class="field__error" role="alert">{why}</p> })}
    }
}

/// Stages to choose from; with the pipeline's name where there are several.
pub(in crate::ui) fn stage_choices(world: &crate::domain::world::World) -> Vec<Choice> {
    let pipelines = world.state.pipelines();
    let several = pipelines.len() > 1;
    let of = |p: &&crate::domain::stage::Pipeline| {
        let name = p.name.clone();
        let stages = world.state.stages(p.id);
        stages
            .into_iter()
            .map(move |s| {
                let label = if several {
                    format!("{name}: {}", s.name)
                } else {
                    s.name.clone()
                };
                Choice::new(s.id.to_string(), label)
            })
            .collect::<Vec<_>>()
    };
    pipelines.iter().flat_map(of).collect()
}

#[component]
fn AddStep(store: Store, id: CadenceId) -> impl IntoView {
    let kinds = ActivityKind::ALL
        .iter()
        .filter(|k| **k != ActivityKind::Note)
        .map(|k| MenuItem::new(*k, k.label()).icon(glyph_of(*k)).into())
        .collect::<Vec<MenuEntry<ActivityKind>>>();
    view! {
        <Menu
            label="Add a step"
            icon=Glyph::Plus
            size=ButtonSize::Small
            entries=Signal::stored(kinds)
            on_pick=move |kind| store.dispatch(Command::Follow(FollowCommand::AddStep { cadence: id, kind }))
        />
    }
}

/// On which days the steps of a run begun today would fall.
#[component]
fn Dates(store: Store, id: CadenceId) -> impl IntoView {
    let words = Memo::new(move |_| {
        store.track(id);
        store.track_kind(Kind::CadenceStep);
        store.track(crate::domain::workspace::WORKSPACE);
        let today = store.tick().today;
        store.with(|s| {
            let state = &s.world().state;
            let cadence = state.tables.cadences.get(id)?;
            let calendar = calendar_of(state, cadence);
            let run = CadenceRun {
                started: today,
                state: RunState::Running,
                why: None,
                paused: None,
                done: Vec::new(),
            };
            let days = steps(state, id).into_iter();
            let days: Vec<String> = days
                .map(|step| fmt::day_month(planned(&calendar, &run, step)))
                .collect();
            (!days.is_empty()).then(|| days.join(", "))
        })
    });
    move || {
        words
            .get()
            .map(|days| view! { <p class="cadence__dates">"Started today: "{days}</p> })
    }
}
