//! Importing spreadsheets: choose files, say what they mean, see what would come in, done.

mod again;
mod check;
mod columns;
mod done;
mod files;
mod mapping;
mod names;
mod own;
mod preview;
mod problems;
mod reading;
mod stages;
mod wizard;
mod working;

use leptos::prelude::*;

use self::check::CheckStep;
use self::done::DoneStep;
use self::files::FilesStep;
use self::mapping::MappingStep;
use self::wizard::{Step, Wizard};
use super::inbox;
use super::present::OnlyToday;
use crate::ui::frame::{TopBar, WorkProgress};
use crate::ui::parts::{Banner, Button, ButtonKind, Glyph, Icon, Progress, Tone};
use crate::ui::store::use_store;

/// The page that imports spreadsheets.
#[component]
pub fn ImportView() -> impl IntoView {
    let store = use_store();
    let wizard = Wizard::new(store);
    on_cleanup(move || wizard.cancel());
    // Files dropped on the page, or chosen before it was opened.
    Effect::new(move |_| {
        inbox::track();
        let files = inbox::take_spreadsheets();
        if !files.is_empty() {
            wizard.add(files);
        }
    });
    let step = Memo::new(move |_| wizard.step.get());
    view! {
        <TopBar title="Import spreadsheets"/>
        <div class="page import">
            <OnlyToday text="Nothing can be brought in meanwhile."/>
            <Steps wizard/>
            {move || (!wizard.error.with(String::is_empty)).then(|| view! {
                <Banner
                    tone=Tone::Danger
                    title="That did not work."
                    text=Signal::derive(move || Some(wizard.error.get()))
                    on_dismiss=move |()| wizard.error.set(String::new())
                />
            })}
            <div class="import-body">
                {move || match step.get() {
                    Step::Files => view! { <FilesStep wizard/> }.into_any(),
                    Step::Mapping => view! { <MappingStep wizard/> }.into_any(),
                    Step::Check => view! { <CheckStep wizard/> }.into_any(),
                    Step::Done => view! { <DoneStep wizard/> }.into_any(),
                }}
            </div>
            <Foot wizard/>
        </div>
    }
}

/// The four steps; those that can be gone to are buttons.
#[component]
fn Steps(
    /// The import.
    wizard: Wizard,
) -> impl IntoView {
    let item = move |(at, step): (usize, Step)| {
        let is_now = move || wizard.step.get() == step;
        let is_past = move || wizard.step.get() > step;
        let closed = move || !wizard.may_go(step);
        view! {
            <li class="import-steps__step" class:import-steps__step--past=is_past>
                <button
                    type="button"
                    disabled=closed
                    aria-current=move || is_now().then_some("step")
                    on:click=move |_| wizard.go(step)
                >
                    <span class="import-steps__number">
                        {move || if is_past() {
                            view! { <Icon glyph=Glyph::Check/> }.into_any()
                        } else {
                            view! { <span>{at + 1}</span> }.into_any()
                        }}
                    </span>
                    {step.label()}
                </button>
            </li>
        }
    };
    view! {
        <ol class="import-steps" aria-label="Steps">
            {Step::ALL.into_iter().enumerate().map(item).collect_view()}
        </ol>
    }
}

/// What is being worked on, or the way on and back.
#[component]
fn Foot(
    /// The import.
    wizard: Wizard,
) -> impl IntoView {
    let working = Memo::new(move |_| wizard.busy.with(Option::is_some));
    move || {
        if wizard.importing.get() {
            return view! { <div class="import-foot"><WorkProgress/></div> }.into_any();
        }
        if working.get() {
            let label = move || wizard.busy.with(|b| b.as_ref().map_or("", |b| b.what));
            let share = move || wizard.busy.with(|b| b.as_ref().map(|b| b.share));
            return view! {
                <div class="import-foot">
                    <Progress
                        label=Signal::derive(move || label().to_owned())
                        value=Signal::derive(share)
                        on_cancel=move |()| wizard.cancel()
                    />
                </div>
            }
            .into_any();
        }
        match wizard.step.get() {
            Step::Done => ().into_any(),
            step => view! { <Ways wizard step/> }.into_any(),
        }
    }
}

/// Back and on.
#[component]
fn Ways(
    /// The import.
    wizard: Wizard,
    /// The present step.
    step: Step,
) -> impl IntoView {
    let label = move || match step {
        Step::Files => "Go on to mapping".to_owned(),
        Step::Mapping => "Check".to_owned(),
        Step::Check | Step::Done => wizard.import_label(),
    };
    let store = use_store();
    // Nothing is prepared that would be refused in the end.
    let looks_back = move || store.past().get().is_some();
    let closed = move || {
        looks_back()
            || match step {
                Step::Files => wizard.plan.with(|p| p.files.is_empty()),
                Step::Mapping => !wizard.may_go(Step::Check),
                Step::Check | Step::Done => !wizard.has_anything(),
            }
    };
    let on = move |_| match step {
        Step::Files => wizard.go(Step::Mapping),
        Step::Mapping => wizard.go(Step::Check),
        Step::Check | Step::Done => wizard.carry_out(),
    };
    let back = move |_| match step {
        Step::Check => wizard.go(Step::Mapping),
        _ => wizard.go(Step::Files),
    };
    view! {
        <div class="import-foot import-foot--ways">
            {(step != Step::Files).then(|| view! {
                <Button icon=Glyph::ChevronLeft on_click=back>"Back"</Button>
            })}
            <Button kind=ButtonKind::Primary class="import-foot__on" disabled=Signal::derive(closed) on_click=on>
                {label}
            </Button>
        </div>
    }
}
