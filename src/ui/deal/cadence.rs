//! A deal's cadences: where it stands in each, and starting one.

use super::facts::from_today;
use super::more::glyph_of;
use super::page::{Page, use_page};
use crate::domain::activity::ActivityKind;
use crate::domain::cadence::{RunState, StopReason};
use crate::domain::change::Kind;
use crate::domain::command::Command;
use crate::domain::command::follow::FollowCommand;
use crate::domain::deal::{Deal, Status};
use crate::domain::ids::CadenceId;
use crate::domain::order::Order;
use crate::domain::query::cadence::{cadences, pending, steps};
use crate::domain::world::World;
use crate::shell::clock;
use crate::ui::fmt;
use crate::ui::parts::*;
use chrono::NaiveDate;
use leptos::prelude::*;

/// A run as it is shown.
#[derive(Clone, Debug, PartialEq)]
struct Run {
    cadence: CadenceId,
    name: String,
    state: RunState,
    why: Option<StopReason>,
    started: NaiveDate,
    paused: Option<NaiveDate>,
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq)]
struct Step {
    kind: ActivityKind,
    subject: String,
    done: bool,
    /// When it was done, or is due; none for what is still to be planned.
    on: Option<NaiveDate>,
    next: bool,
    skipped: bool,
}

fn runs(world: &World, deal: &Deal) -> Vec<Run> {
    let state = &world.state;
    let mut all: Vec<Run> = Vec::new();
    for cadence in cadences(state) {
        let Some(run) = deal.cadences.get(cadence.id) else {
            continue;
        };
        let waiting = pending(world, deal.id, cadence.id);
        let activities = || {
            let ids = world.activities.get(&deal.id).into_iter().flatten();
            ids.filter_map(|id| state.tables.activities.get(*id))
        };
        let steps = steps(state, cadence.id)
            .into_iter()
            .map(|step| {
                let done = run.done.contains(&step.id);
                let next = waiting.iter().find(|a| a.step == Some(step.id));
                let when = activities()
                    .filter(|a| a.cadence == Some(cadence.id) && a.step == Some(step.id))
                    .filter_map(|a| a.done)
                    .max();
                let subject = match step.subject.trim() {
                    "" => step.kind.label().to_owned(),
                    subject => subject.to_owned(),
                };
                Step {
                    kind: step.kind,
                    subject,
                    done,
                    on: match (done, next) {
                        (true, _) => when.and_then(clock::civil_date),
                        (false, next) => next.and_then(|a| a.due),
                    },
                    next: !done && next.is_some(),
                    skipped: done && when.is_none(),
                }
            })
            .collect();
        all.push(Run {
            cadence: cadence.id,
            name: cadence.name.clone(),
            state: run.state,
            why: run.why,
            started: run.started,
            paused: run.paused,
            steps,
        });
    }
    all
}

impl Run {
    fn is_live(&self) -> bool {
        matches!(self.state, RunState::Running | RunState::Paused)
    }

    /// How it stands, in words.
    fn words(&self) -> String {
        let done = self.steps.iter().filter(|s| s.done).count();
        match self.state {
            RunState::Running => format!("{done} of {} steps done", self.steps.len()),
            RunState::Paused => match self.paused {
                Some(on) => format!("Paused since {}", fmt::day_month(on)),
                None => String::from("Paused"),
            },
            RunState::Finished => String::from("All steps done"),
            RunState::Stopped => String::from(match self.why {
                Some(StopReason::Replied) => "Stopped: they replied",
                Some(StopReason::StageChanged) => "Stopped: the deal left the stage",
                Some(StopReason::Closed) => {
                    "Stopped: the deal was won, lost, put on hold or reopened"
                }
                Some(StopReason::ByHand) | None => "Stopped by hand",
            }),
        }
    }
}

/// The deal's cadences, and a menu that starts one. Nothing while there are none at all.
#[component]
pub(super) fn Cadences() -> impl IntoView {
    let page = use_page();
    let shown = Memo::new(move |_| {
        page.track();
        page.store.track_kind(Kind::Cadence);
        page.store.track_kind(Kind::CadenceStep);
        page.now(runs)
    });
    let startable = Memo::new(move |_| {
        page.track();
        page.store.track_kind(Kind::Cadence);
        page.store.track_kind(Kind::CadenceStep);
        page.now(|world, deal| {
            if !matches!(deal.outcome.status(), Status::Open | Status::Won) {
                return Vec::new();
            }
            let here = world.state.stage_of(deal).map(|s| s.id);
            let mut all: Vec<(bool, CadenceId, String)> = cadences(&world.state)
                .into_iter()
                .filter(|c| !steps(&world.state, c.id).is_empty())
                .filter(|c| {
                    let run = deal.cadences.get(c.id);
                    !run.is_some_and(|r| matches!(r.state, RunState::Running | RunState::Paused))
                })
                .map(|c| (c.stage.is_some() && c.stage != here, c.id, c.name.clone()))
                .collect();
            // Those for this stage and for any stage come first.
            all.order_by_key(|(elsewhere, ..)| *elsewhere);
            all
        })
    });
    let start = move |cadence: CadenceId| {
        page.store.dispatch(Command::Follow(FollowCommand::Start {
            deals: vec![page.id],
            cadence,
        }));
    };
    let entries = move || {
        startable
            .get()
            .into_iter()
            .map(|(_, id, name)| MenuItem::new(id, name).icon(Glyph::Refresh).into())
            .collect::<Vec<_>>()
    };
    let can_start = Memo::new(move |_| startable.with(|all| !all.is_empty()));
    let any = Memo::new(move |_| can_start.get() || shown.with(|all| !all.is_empty()));
    move || {
        any.get().then(|| view! {
            <section class="deal-group" aria-labelledby="deal-cadences">
                <div class="deal-group__head">
                    <h2 class="deal-section" id="deal-cadences">"Cadences"</h2>
                    {move || can_start.get().then(|| view! {
                        <Menu
                            label="Start a cadence"
                            kind=ButtonKind::Ghost
                            size=ButtonSize::Small
                            align=Align::End
                            entries=Signal::derive(entries)
                            on_pick=start
                        />
                    })}
                </div>
                {move || shown.with(Vec::is_empty).then(|| view! { <p class="deal-group__known">"None was started for this deal."</p> })}
                {move || shown.get().into_iter().map(|run| view! { <RunView page run/> }).collect_view()}
            </section>
        })
    }
}

/// One run: its steps, and what can be done with it.
#[component]
fn RunView(page: Page, run: Run) -> impl IntoView {
    let (deal, cadence, name) = (page.id, run.cadence, run.name.clone());
    let act = move |command: FollowCommand| page.store.dispatch(Command::Follow(command));
    let words = run.words();
    let title = format!("Since {}", fmt::date(run.started));
    let buttons = match run.state {
        RunState::Running => view! {
            <IconButton label=format!("Skip the next step of {name}") glyph=Glyph::ArrowRight size=ButtonSize::Small on_click=move |_| act(FollowCommand::Skip { deal, cadence })/>
            <IconButton label=format!("Pause {name}") glyph=Glyph::Pause size=ButtonSize::Small on_click=move |_| act(FollowCommand::Pause { deal, cadence })/>
            <IconButton label=format!("Stop {name}") glyph=Glyph::Close size=ButtonSize::Small on_click=move |_| act(FollowCommand::Stop { deal, cadence })/>
        }
        .into_any(),
        RunState::Paused => view! {
            <IconButton label=format!("Resume {name}") glyph=Glyph::Play size=ButtonSize::Small on_click=move |_| act(FollowCommand::Resume { deal, cadence })/>
            <IconButton label=format!("Stop {name}") glyph=Glyph::Close size=ButtonSize::Small on_click=move |_| act(FollowCommand::Stop { deal, cadence })/>
        }
        .into_any(),
        RunState::Finished | RunState::Stopped => ().into_any(),
    };
    let live = run.is_live();
    let steps = run.steps.into_iter().map(|step| step_view(page, step));
    view! {
        <div class="run" class:run--over=!live role="group" aria-label=name.clone()>
            <div class="run__head">
                <p class="run__name" title=title>{name.clone()}</p>
                <span class="run__buttons">{buttons}</span>
            </div>
            <p class="deal-group__known">{words}</p>
            {live.then(|| view! { <ol class="run__steps">{steps.collect_view()}</ol> })}
        </div>
    }
}

fn step_view(page: Page, step: Step) -> impl IntoView {
    let Step {
        kind,
        subject,
        done,
        on,
        next,
        skipped,
    } = step;
    let glyph = if done && !skipped {
        Glyph::Check
    } else {
        glyph_of(kind)
    };
    let state = match (done, skipped, next) {
        (_, true, _) => Some("skipped"),
        (true, ..) => Some("done"),
        (_, _, true) => Some("next"),
        _ => None,
    };
    let day = on.map(|on| {
        let words = if next {
            from_today(on, page.store.moment().today)
        } else {
            fmt::day_month(on)
        };
        view! { <time class="run__day" title=fmt::date(on)>{words}</time> }
    });
    view! {
        <li class="run__step" class:run__step--done=done class:run__step--next=next aria-current=next.then_some("step")>
            <Icon glyph/>
            <span class="run__what">
                {state.map(|word| view! { <span class="visually-hidden">{word}": "</span> })}
                {subject}
            </span>
            {match day {
                Some(day) => day.into_any(),
                None => skipped.then(|| view! { <span class="run__day">"skipped"</span> }).into_any(),
            }}
        </li>
    }
}
