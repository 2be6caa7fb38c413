//! After something was done: how did it go, and what comes next.

use super::title_of;
use crate::app::form::activity::ActivityForm;
use crate::domain::activity::{Activity, ActivityKind, ActivityOutcome};
use crate::domain::command::Command;
use crate::domain::command::follow::FollowCommand;
use crate::domain::ids::ActivityId;
use crate::ui::deal::Composer;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The questions in a strip, in the place of what was done. Digits choose an outcome, Escape
/// leaves the questions.
#[component]
pub fn Finish(
    /// What was done.
    id: ActivityId,
    /// Takes the focus: the person works by keyboard.
    #[prop(optional)]
    focused: bool,
    /// Called when it is over.
    #[prop(into)]
    on_over: UnsyncCallback<()>,
) -> impl IntoView {
    let store = use_store();
    let activity = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.activities.get(id).cloned())
    });
    // Taken back, or gone: nothing to ask any more.
    Effect::new(move |_| {
        if activity.with(|a| a.as_ref().is_none_or(|a| a.done.is_none())) {
            on_over.run(());
        }
    });
    let deal = move || activity.with(|a| a.as_ref().and_then(|a| a.deal));
    let bare = Memo::new(move |_| {
        let Some(deal) = deal() else { return false };
        store.track(deal);
        store.with(|s| s.world().agenda.is_bare(deal))
    });
    let strip = NodeRef::<html::Div>::new();
    let chosen = move |outcome: ActivityOutcome| {
        store.dispatch(Command::Follow(FollowCommand::Complete {
            activity: id,
            outcome: Some(outcome),
        }));
        if bare.get_untracked() {
            focus_in(strip, "textarea");
        } else {
            on_over.run(());
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let in_text = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlElement>().ok())
            .is_some_and(|e| matches!(e.tag_name().as_str(), "TEXTAREA" | "INPUT" | "SELECT"));
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            event.stop_propagation();
            return on_over.run(());
        }
        let digit = event.key().parse::<usize>().ok().filter(|_| !in_text);
        let kind = activity.with_untracked(|a| a.as_ref().map(|a| a.kind));
        let wanted = digit
            .zip(kind)
            .and_then(|(digit, kind)| kind.outcomes().get(digit.checked_sub(1)?).copied());
        if let Some(outcome) = wanted {
            event.prevent_default();
            event.stop_propagation();
            chosen(outcome);
        }
    };
    Effect::new(move |_| {
        if strip.get().is_some() && focused {
            focus_in(strip, "button, textarea");
        }
    });
    view! {
        <div class="finish" node_ref=strip on:keydown=on_key role="group" aria-label="After it was done">
            {move || activity.get().map(|activity| view! { <Head activity/> })}
            <div class="finish__row">
                {move || activity.get().map(|a| outcomes(a.kind, a.outcome, chosen))}
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost class="finish__over" on_click=move |_| on_over.run(())>
                    {move || if bare.get() { "Nothing more" } else { "OK" }}
                </Button>
            </div>
            {move || deal().filter(|_| bare.get()).map(|deal| {
                let begin = ActivityForm::blank(deal, ActivityKind::Task);
                view! {
                    <p class="finish__next">"What is next? Nothing is planned for this deal."</p>
                    <Composer begin next_step=true on_done=move |()| on_over.run(())/>
                }
            })}
        </div>
    }
}

/// What was done.
#[component]
fn Head(activity: Activity) -> impl IntoView {
    view! {
        <p class="finish__title">
            <Icon glyph=Glyph::Check/>
            <span>"Done: "{title_of(&activity)}</span>
        </p>
    }
}

fn outcomes(
    kind: ActivityKind,
    now: Option<ActivityOutcome>,
    chosen: impl Fn(ActivityOutcome) + Copy + 'static,
) -> impl IntoView {
    let all = kind.outcomes();
    (!all.is_empty()).then(|| {
        view! {
            <span class="finish__ask">"How did it go?"</span>
            {all.iter().enumerate().map(|(at, outcome)| {
                let outcome = *outcome;
                view! {
                    <button
                        type="button"
                        class="btn btn--secondary btn--sm"
                        aria-pressed=if now == Some(outcome) { "true" } else { "false" }
                        aria-keyshortcuts=(at + 1).to_string()
                        on:click=move |_| chosen(outcome)
                    >
                        <span class="btn__text">{outcome.label()}</span>
                        <Kbd keys=(at + 1).to_string()/>
                    </button>
                }
            }).collect_view()}
        }
    })
}

/// Gives the first such element of the strip the focus, once what is to come stands there.
fn focus_in(strip: NodeRef<html::Div>, selector: &'static str) {
    request_animation_frame(move || {
        let found = strip
            .get_untracked()
            .and_then(|strip| strip.query_selector(selector).ok().flatten());
        if let Some(element) = found.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
            // A control in the page takes the focus.
            let _ = element.focus();
        }
    });
}
