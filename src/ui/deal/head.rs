//! The head of a deal's page: its name, what can be done with it, and where it stands.

use super::page::use_page;
use crate::app::form::lists::{neighbours, stages_by_pipeline};
use crate::app::route::Route;
use crate::domain::command::Command;
use crate::domain::deal::Status;
use crate::domain::ids::StageId;
use crate::domain::stage::StageKind;
use crate::ui::fmt;
use crate::ui::frame::TopBar;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::qualify::DealGrade;
use leptos::prelude::*;

/// Heading, organisation, status and actions.
#[component]
pub(super) fn Head(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// The deal is there, and things can be done with it.
    #[prop(optional)]
    here: bool,
) -> impl IntoView {
    view! {
        <TopBar title/>
        {here.then(|| view! {
            <div class="deal-head">
                <Under/>
                <Actions/>
            </div>
        })}
    }
}

/// Organisation, and the status of a deal that is not open.
#[component]
fn Under() -> impl IntoView {
    let page = use_page();
    let organisation = page.read(|world, deal| {
        let org = deal.organisation.filter(|id| world.is_alive((*id).into()));
        org.map(|id| (id, world.state.name_of(id.into())))
    });
    let status = page.read(|_, deal| Some(deal.outcome.status()));
    view! {
        <div class="deal-head__under">
            {move || organisation.get().map(|(id, name)| view! {
                <a class="deal-head__org" href=Route::Organisation(id).print()><Icon glyph=Glyph::Building/>{name}</a>
            })}
            {move || status.get().map(|status| view! { <StatusChip status/> })}
            <DealGrade deal=page.id/>
            <Stepping/>
        </div>
    }
}

/// A status as a chip.
#[component]
pub fn StatusChip(
    /// The status.
    status: Status,
) -> impl IntoView {
    let (tone, icon) = match status {
        Status::Open => (Tone::Accent, None),
        Status::Won => (Tone::Success, Some(Glyph::Trophy)),
        Status::Lost => (Tone::Danger, Some(Glyph::Close)),
        Status::OnHold => (Tone::Warn, Some(Glyph::Pause)),
    };
    match icon {
        Some(icon) => view! { <Chip tone icon>{status.label()}</Chip> }.into_any(),
        None => view! { <Chip tone>{status.label()}</Chip> }.into_any(),
    }
}

/// The deals before and after this one in its column.
#[component]
fn Stepping() -> impl IntoView {
    let page = use_page();
    let place = Memo::new(move |_| {
        page.track();
        // Where it stands also changes when its neighbours do.
        if let Some(stage) = page.now(|world, deal| world.state.standing(deal.placement.stage)) {
            page.store.track_board(stage);
        }
        page.store
            .with(|s| neighbours(s.world(), page.id).map(|(column, at)| (at, column.len())))
    });
    let at_start = move || place.get().is_none_or(|(at, _)| at == 0);
    let at_end = move || place.get().is_none_or(|(at, all)| at + 1 >= all);
    view! {
        <span class="deal-head__step">
        <span class="deal-head__place" title="Place in its column">
            {move || place.get().map(|(at, all)| format!("{} of {all}", at + 1))}
        </span>
        <IconButton label="Previous deal of the column" glyph=Glyph::ChevronUp size=ButtonSize::Small kbd="K" disabled=at_start on_click=move |_| page.step(-1)/>
        <IconButton label="Next deal of the column" glyph=Glyph::ChevronDown size=ButtonSize::Small kbd="J" disabled=at_end on_click=move |_| page.step(1)/>
        </span>
    }
}

/// What the menu of further actions does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Status(Status),
    Delete,
}

/// The buttons of the deal.
#[component]
fn Actions() -> impl IntoView {
    let page = use_page();
    let status = page.read(|_, deal| Some(deal.outcome.status()));
    let entries = Signal::derive(move || {
        let now = status.get();
        let item = |to: Status, label: &str, icon: Glyph| {
            MenuEntry::from(MenuItem::new(Act::Status(to), label).icon(icon))
        };
        let all = [
            item(Status::Won, "Mark as won…", Glyph::Trophy),
            item(Status::Lost, "Mark as lost…", Glyph::Close),
            item(Status::OnHold, "Put on hold…", Glyph::Pause),
        ];
        let of = [Status::Won, Status::Lost, Status::OnHold];
        // Won and lost have buttons of their own while the deal is open.
        let shown =
            |to: Status| Some(to) != now && (now != Some(Status::Open) || to == Status::OnHold);
        let mut entries: Vec<MenuEntry<Act>> = all
            .into_iter()
            .zip(of)
            .filter(|(_, to)| shown(*to))
            .map(|(entry, _)| entry)
            .collect();
        entries.push(MenuEntry::Separator);
        entries.push(
            MenuItem::new(Act::Delete, "Delete")
                .icon(Glyph::Trash)
                .danger()
                .into(),
        );
        entries
    });
    let act = move |act| match act {
        Act::Status(status) => page.set_status(status),
        Act::Delete => page.store.dispatch(Command::Delete(vec![page.id.into()])),
    };
    view! {
        <div class="deal-head__actions no-print">
            {move || match status.get() {
                Some(Status::Open) => view! {
                    <Button icon=Glyph::Trophy on_click=move |_| page.set_status(Status::Won)>"Won"</Button>
                    <Button icon=Glyph::Close on_click=move |_| page.set_status(Status::Lost)>"Lost"</Button>
                }.into_any(),
                _ => view! {
                    <Button icon=Glyph::Refresh on_click=move |_| page.set_status(Status::Open)>"Reopen"</Button>
                }.into_any(),
            }}
            <MoveMenu/>
            <Button icon=Glyph::Pencil kbd="E" on_click=move |_| nav::go(Route::EditDeal(page.id))>"Edit"</Button>
            <Menu label="More actions" icon=Glyph::Dots icon_only=true align=Align::End entries on_pick=act/>
        </div>
    }
}

/// All stages to move the deal to, by pipeline.
#[component]
pub(super) fn MoveMenu(
    /// Its button is a small one.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let size = if small {
        ButtonSize::Small
    } else {
        ButtonSize::Medium
    };
    let page = use_page();
    let entries = Signal::derive(move || {
        page.track();
        let here = page.now(|world, deal| world.state.standing(deal.placement.stage));
        page.store.with(|s| {
            let groups = stages_by_pipeline(s.world());
            let single = groups.len() == 1;
            let mut entries: Vec<MenuEntry<StageId>> = Vec::new();
            for (pipeline, stages) in groups {
                if !single {
                    entries.push(MenuEntry::Heading(pipeline.name.clone()));
                }
                entries.extend(stages.into_iter().map(|stage| {
                    let is_here = here == Some(stage.id);
                    MenuItem::new(stage.id, stage.name.clone())
                        .checked(is_here)
                        .disabled(is_here)
                        .into()
                }));
            }
            entries
        })
    });
    view! { <Menu label="Move to" size icon=Glyph::ArrowRight entries on_pick=move |stage| page.move_to(stage)/> }
}

/// A stage as a step.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    id: StageId,
    name: String,
    kind: StageKind,
    hue: &'static str,
    /// Before the stage the deal stands in.
    passed: bool,
    here: bool,
}

/// The stages of the pipeline in a row; a press moves the deal.
#[component]
pub(super) fn Steps() -> impl IntoView {
    let page = use_page();
    let steps = page.read(|world, deal| {
        let Some(here) = world.state.stage_of(deal) else {
            return Vec::new();
        };
        let stages = world.state.stages(here.pipeline);
        let at = stages.iter().position(|s| s.id == here.id).unwrap_or(0);
        let step = |(n, s): (usize, &crate::domain::stage::Stage)| Step {
            id: s.id,
            name: s.name.clone(),
            kind: s.kind,
            hue: s.hue.code(),
            passed: n < at,
            here: n == at,
        };
        stages.into_iter().enumerate().map(step).collect::<Vec<_>>()
    });
    let one = move |step: Step| {
        let id = step.id;
        let title = if step.here {
            format!("Stands in {}", step.name)
        } else {
            format!("Move to {}", step.name)
        };
        view! {
            <li
                class="deal-step"
                class:deal-step--passed=step.passed
                class:deal-step--here=step.here
                class:deal-step--end=step.kind != StageKind::Open
                data-hue=step.hue
            >
                <button
                    type="button"
                    class="deal-step__button"
                    data-stage=id.to_string()
                    title=title
                    aria-current=step.here.then_some("step")
                    on:click=move |_| {
                        if !step.here {
                            page.move_to(id);
                        }
                    }
                >
                    <span class="deal-step__name">{step.name}</span>
                </button>
            </li>
        }
    };
    let list = NodeRef::<leptos::html::Ol>::new();
    show_current(list, move || steps.track());
    view! {
        <nav class="deal-steps" aria-label="Stage">
            <ol class="deal-steps__list" node_ref=list>{move || steps.get().into_iter().map(one).collect_view()}</ol>
        </nav>
    }
}

/// When and why the deal was won, lost or put on hold.
#[component]
pub(super) fn Closed() -> impl IntoView {
    let page = use_page();
    let told = page.read(|_, deal| {
        let closure = deal.outcome.closure()?;
        Some((deal.outcome.status(), closure.clone()))
    });
    move || {
        told.get().map(|(status, closure)| {
            let on = fmt::date(closure.on);
            let (tone, title) = match status {
                Status::Lost => (Tone::Danger, format!("Lost on {on}")),
                Status::OnHold => (Tone::Warn, format!("On hold since {on}")),
                _ => (Tone::Success, format!("Won on {on}")),
            };
            let against = (!closure.competitor.is_empty()).then(|| format!("against {}", closure.competitor));
            let more = [Some(closure.reason), against, Some(closure.note)];
            let more: Vec<String> = more.into_iter().flatten().filter(|t| !t.trim().is_empty()).collect();
            let tone = match tone {
                Tone::Danger => "danger",
                Tone::Warn => "warn",
                _ => "success",
            };
            view! {
                <div class="deal-closed" data-tone=tone>
                    <p class="deal-closed__text">
                        <strong>{title}</strong>
                        {(!more.is_empty()).then(|| format!(" · {}", more.join(" · ")))}
                    </p>
                    <Button kind=ButtonKind::Ghost size=ButtonSize::Small icon=Glyph::Pencil on_click=move |_| page.set_status(status)>
                        "Change"
                    </Button>
                </div>
            }
        })
    }
}
