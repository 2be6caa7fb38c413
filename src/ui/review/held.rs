//! A review being held: the agenda, one deal at a time, and what is kept of it.

use super::agenda::Agenda;
use super::coach::CoachDialog;
use super::decide::{focus_decision, focus_plan};
use super::state::{Desk, use_desk};
use super::topic::Topic;
use crate::domain::command::review::ReviewCommand;
use crate::domain::ids::ReviewId;
use crate::domain::insight::whose::Whose;
use crate::domain::review::ReviewField;
use crate::ui::fmt;
use crate::ui::frame::TopBar;
use crate::ui::keys::{Group, on};
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::records::Group as Part;
use crate::ui::stages::Draft;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The review.
#[component]
pub(super) fn Held(
    /// Which.
    id: ReviewId,
) -> impl IntoView {
    let desk = Desk::new(use_store(), id);
    provide_context(desk);
    let praise = RwSignal::new(None);
    provide_context(super::topic::Praise(praise));
    keys(desk);
    let name = desk.read(|review| review.name.clone());
    let some = Memo::new(move |_| desk.order.with(|all| !all.is_empty()));
    view! {
        <div class="review">
            <TopBar title=name>
                <Progress/>
            </TopBar>
            <About/>
            {move || if some.get() {
                view! {
                    <div class="review__body">
                        <Agenda/>
                        <div class="review__main">
                            <Current/>
                            <Bar/>
                        </div>
                    </div>
                }.into_any()
            } else {
                view! {
                    <Empty glyph=Glyph::Check title="Nothing is on the agenda" text="No deal of this scope was won, lost, moved or forgotten. Write down what was said below, and close the review."/>
                }.into_any()
            }}
            <Wrap/>
            <CoachDialog draft=praise/>
        </div>
    }
}

fn keys(desk: Desk) {
    for (next, before) in [("J", "K"), ("Right", "Left")] {
        on(next, "Next deal", Group::Review, move || desk.step(1));
        on(before, "Deal before", Group::Review, move || desk.step(-1));
    }
    on("X", "Looked at, go on", Group::Review, move || {
        desk.see_and_go_on()
    });
    on("D", "Write down a decision", Group::Review, focus_decision);
    on("T", "Plan a task", Group::Review, focus_plan);
    on("]", "Next heading", Group::Review, move || {
        desk.step_section(1)
    });
    on("[", "Heading before", Group::Review, move || {
        desk.step_section(-1)
    });
}

/// How far the review is.
#[component]
fn Progress() -> impl IntoView {
    let desk = use_desk();
    let place = Memo::new(move |_| desk.current().map(|(at, _)| at + 1));
    let counts = Memo::new(move |_| {
        desk.order
            .with(|all| (all.iter().filter(|e| e.seen).count(), all.len()))
    });
    let words = move || {
        let (seen, all) = counts.get();
        place
            .get()
            .map(|at| format!("{at} of {all} · {seen} looked at"))
    };
    view! {
        <p class="review__count">{words}</p>
        <progress
            class="review__progress"
            aria-label="Deals looked at"
            max=move || counts.get().1.max(1).to_string()
            value=move || counts.get().0.to_string()
        ></progress>
    }
}

/// Whose deals, since when.
#[component]
fn About() -> impl IntoView {
    let desk = use_desk();
    let about = desk.read(|review| Some((Whose::of(review), review.since, review.lead)));
    let words = move || {
        let (whose, since, lead) = about.get()?;
        let state = |get: &dyn Fn(&crate::domain::state::State) -> String| {
            desk.store.with(|s| get(&s.world().state))
        };
        let whose = state(&|s| whose.name(s));
        let since = since.map(|d| format!(" · what changed since {}", fmt::date(d)));
        let lead = lead.map(|id| format!(" · led by {}", state(&|s| s.name_of(id.into()))));
        Some(format!(
            "{whose}{}{}",
            since.unwrap_or_default(),
            lead.unwrap_or_default()
        ))
    };
    view! { <p class="review__about">{words}</p> }
}

/// The deal looked at.
#[component]
fn Current() -> impl IntoView {
    let desk = use_desk();
    let deal = Memo::new(move |_| desk.current().map(|(_, deal)| deal));
    move || deal.get().map(|deal| view! { <Topic deal/> })
}

/// The buttons that lead through the agenda.
#[component]
fn Bar() -> impl IntoView {
    let desk = use_desk();
    let place = Memo::new(move |_| {
        let at = desk.current().map_or(0, |(at, _)| at);
        (at, desk.order.with(Vec::len))
    });
    let seen = Memo::new(move |_| {
        let at = place.get().0;
        desk.order.with(|all| all.get(at).is_some_and(|e| e.seen))
    });
    let last = Memo::new(move |_| place.with(|(at, all)| at + 1 >= *all));
    view! {
        <div class="review__bar no-print">
            <Button icon=Glyph::ChevronUp kbd="K" disabled=move || place.get().0 == 0 on_click=move |_| desk.step(-1)>"Before"</Button>
            {move || if seen.get() && !last.get() {
                view! { <Button kind=ButtonKind::Primary icon=Glyph::ChevronDown kbd="J" on_click=move |_| desk.step(1)>"Next"</Button> }.into_any()
            } else {
                view! {
                    <Button kind=ButtonKind::Primary icon=Glyph::Check kbd="X" disabled=seen on_click=move |_| desk.see_and_go_on()>"Looked at"</Button>
                    <Button icon=Glyph::ChevronDown kbd="J" disabled=last on_click=move |_| desk.step(1)>"Next"</Button>
                }.into_any()
            }}
            {move || (seen.get()).then(|| view! {
                <Button kind=ButtonKind::Ghost on_click=move |_| if let Some((_, deal)) = untrack(|| desk.current()) { desk.see(deal, false) }>"Not looked at"</Button>
            })}
        </div>
    }
}

/// What is kept of the review as a whole, and its end.
#[component]
fn Wrap() -> impl IntoView {
    let desk = use_desk();
    let wins = desk.read(|review| review.wins.clone());
    let notes = desk.read(|review| review.notes.clone());
    let left = Memo::new(move |_| {
        desk.order
            .with(|all| all.iter().filter(|e| !e.seen).count())
    });
    let close = move |_| {
        desk.run(ReviewCommand::Close(desk.id));
        // The minutes are read from their beginning.
        request_animation_frame(|| {
            nav::focus_heading();
            if let Some(body) = document().query_selector(".frame__main").ok().flatten() {
                body.set_scroll_top(0);
            }
        });
    };
    let words = move || match left.get() {
        0 if desk.order.with(Vec::is_empty) => String::from("No deal is on the agenda."),
        0 => String::from("Every deal was looked at."),
        1 => String::from("1 deal was not looked at yet. The review can be closed all the same."),
        n => format!("{n} deals were not looked at yet. The review can be closed all the same."),
    };
    view! {
        <div class="review__wrap">
            <Part title="Of the review as a whole">
                <div class="review__texts">
                    <Text label="To celebrate" hint="Who did what well" value=wins put=ReviewField::Wins/>
                    <Text label="Notes" hint="What holds for more than one deal" value=notes put=ReviewField::Notes/>
                </div>
                <div class="review__end">
                    <p>{words}</p>
                    <Button kind=ButtonKind::Primary icon=Glyph::Flag on_click=close>"Close the review"</Button>
                </div>
            </Part>
        </div>
    }
}

/// A text of the review, kept when it is left.
#[component]
fn Text(
    /// What it is.
    label: &'static str,
    /// A few more words.
    hint: &'static str,
    /// What it says.
    value: Memo<String>,
    /// The field that keeps it.
    put: fn(String) -> ReviewField,
) -> impl IntoView {
    let desk = use_desk();
    let draft = Draft::new();
    let commit = move |text: String| {
        let command = ReviewCommand::Edit(desk.id, put(text));
        let command = crate::domain::command::Command::Review(command);
        draft.settle(desk.store.run(command));
    };
    view! {
        <Field label hint=hint.to_owned() error=draft.error()>
            <TextArea rows=3 value=draft.or(move || value.get()) on_input=move |text| draft.typed(text) on_commit=commit/>
        </Field>
    }
}
