//! A deal on the board.

use super::actions::landed;
use super::face::{self, Day, Face, Step};
use super::state::{Board, use_board};
use crate::app::route::Route;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::query::idle::Idle;
use crate::ui::parts::{Glyph, Icon, block, hue_of, initials_of};
use crate::ui::qualify::{GradeChip, QualifiedMark};
use leptos::prelude::*;

/// The id of the text that says which keys cards take.
pub(super) const KEYS_HINT: &str = "board-keys";

/// How many labels a card shows.
const TAGS: usize = 2;

/// A card in its place in a column.
///
/// What takes the focus is the link that is its title; the link covers the card. The rest
/// of the card describes it.
#[component]
pub(super) fn Card(
    /// Which deal.
    deal: DealId,
    /// Its place there, from 0.
    at: RwSignal<usize>,
    /// The card of the column that Tab leads to.
    stop: Memo<Option<DealId>>,
    /// How many cards the column has.
    count: Memo<usize>,
) -> impl IntoView {
    let board = use_board();
    let store = board.store;
    let title = move || {
        store.track(deal);
        board.title(deal)
    };
    let tab = move || if stop.get() == Some(deal) { "0" } else { "-1" };
    let facts = format!("facts-{deal}");
    let described = format!("{facts} {KEYS_HINT}");
    view! {
        <li
            class=move || classes(board, deal)
            data-deal=deal.to_string()
            style:--at=move || at.get().to_string()
            aria-setsize=move || count.get().to_string()
            aria-posinset=move || (at.get() + 1).to_string()
            on:animationend=move |_| landed(deal)
        >
            <div class="board-card">
                <a
                    class="board-card__link"
                    href=Route::Deal(deal).print()
                    tabindex=tab
                    draggable="false"
                    title=title
                    aria-describedby=described
                >
                    {title}
                </a>
                <div class="board-card__facts" id=facts>
                    {block(move || is_selected(board, deal).then(|| view! { <span class="visually-hidden">"Selected. "</span> }))}
                    {block(move || face::read(store, deal).map(facts_view))}
                </div>
                <button
                    type="button"
                    class="board-card__menu"
                    tabindex=tab
                    aria-haspopup="menu"
                    aria-label=move || format!("Actions for {}", title())
                    on:click=move |_| board.open_menu_at_card(deal)
                >
                    <Icon glyph=Glyph::Dots/>
                </button>
            </div>
        </li>
    }
}

fn is_selected(board: Board, deal: DealId) -> bool {
    board.selected.with(|all| all.contains(&deal))
}

fn classes(board: Board, deal: DealId) -> String {
    let mut classes = "board-slot".to_owned();
    if is_selected(board, deal) {
        classes.push_str(" board-slot--selected");
    }
    if board.lift.with(|lift| lift.is_some_and(|l| l.deal == deal)) {
        classes.push_str(" board-slot--lifted");
    }
    if board
        .drag
        .load
        .with(|load| load.as_ref().is_some_and(|l| l.deals.contains(&deal)))
    {
        classes.push_str(" board-slot--dragged");
    }
    classes
}

/// All of a card but its title. Also the look of what is dragged.
pub(super) fn facts_view(face: Face) -> AnyView {
    let Face {
        organisation,
        value,
        close,
        idle,
        step,
        owner,
        status,
        tags,
        grade,
        qualified,
    } = face;
    view! {
        <div class="board-card__row">
            <span class="board-card__organisation">
                // By key the card's menu leads there.
                {organisation.map(|(id, name)| view! {
                    <a href=Route::Organisation(id).print() tabindex="-1" draggable="false">{name}</a>
                })}
            </span>
            {status.map(status_chip)}
            {tags.into_iter().take(TAGS).map(|tag| view! {
                <span class="board-card__tag" data-hue=hue_of(&tag)>{tag.clone()}</span>
            }).collect_view()}
            {qualified.map(|percent| view! { <QualifiedMark percent/> })}
            {grade.map(|grade| view! { <GradeChip grade/> })}
        </div>
        <div class="board-card__row">
            {match value {
                Some(value) => view! { <b class="board-card__value">{value}</b> }.into_any(),
                None => view! { <span class="board-card__value board-card__value--none">"No value"</span> }.into_any(),
            }}
            {close.map(|day| day_view(day, "board-card__close"))}
        </div>
        <div class="board-card__row board-card__foot">
            <span class="board-card__step">{step.map(step_view)}</span>
            {idle.map(idle_view)}
            {owner.map(|name| view! {
                <span class="avatar" data-hue=hue_of(&name) role="img" aria-label=format!("Owner {name}") title=name.clone()>
                    {initials_of(&name)}
                </span>
            })}
        </div>
    }
    .into_any()
}

fn status_chip(status: Status) -> impl IntoView {
    let tone = match status {
        Status::Open => "info",
        Status::Won => "success",
        Status::Lost => "danger",
        Status::OnHold => "warn",
    };
    view! { <span class="chip" data-tone=tone>{status.label()}</span> }
}

fn day_view(day: Day, class: &'static str) -> impl IntoView {
    let Day { text, what, late } = day;
    let tip = format!("{what} {text}");
    let class = if late {
        format!("{class} board-card__late")
    } else {
        class.to_owned()
    };
    view! {
        <span class=class title=tip>
            <span class="visually-hidden">{what} " "</span>
            {late.then(|| view! { <Icon glyph=Glyph::Clock/> })}
            {text}
        </span>
    }
}

fn step_view(step: Step) -> AnyView {
    match step {
        Step::None => view! { <span class="board-card__late">"No next step"</span> }.into_any(),
        Step::Planned { due, subject } => view! {
            {due.map(|day| view! { {day_view(day, "board-card__due")} " " })}
            <span title=subject.clone()>{subject.clone()}</span>
        }
        .into_any(),
    }
}

fn idle_view(idle: Idle) -> impl IntoView {
    let Idle {
        days,
        rotting,
        warning,
        ..
    } = idle;
    let (class, note, glyph) = if rotting {
        (
            "board-card__idle board-card__idle--rotting",
            ", neglected",
            Some(Glyph::Warning),
        )
    } else if warning {
        (
            "board-card__idle board-card__idle--warning",
            ", going quiet",
            Some(Glyph::Clock),
        )
    } else {
        ("board-card__idle", "", None)
    };
    let unit = if days == 1 { "day" } else { "days" };
    let words = format!("Nothing happened for {days} {unit}{note}");
    view! {
        <span class=class title=words.clone()>
            <span class="visually-hidden">{words.clone()}</span>
            {glyph.map(|glyph| view! { <Icon glyph/> })}
            <span aria-hidden="true">{format!("{days}d")}</span>
        </span>
    }
}
