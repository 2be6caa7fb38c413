//! What happened, step by step, with the deals of each.

use super::work::{Fall, status_word};
use crate::app::route::Route;
use crate::domain::insight::trail::Standing;
use crate::domain::insight::waterfall::{Step, StepKind};
use crate::domain::money::{Money, Sums};
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::insight::data::use_insight;
use crate::ui::insight::rows::use_rows;
use crate::ui::parts::*;
use crate::ui::store::Store;
use leptos::prelude::*;
use std::sync::Arc;

/// The most deals listed under a step; all of them are behind its number.
const LISTED: usize = 50;

/// All steps, each one openable.
#[component]
pub(super) fn Steps(
    /// What happened.
    fall: Arc<Fall>,
) -> impl IntoView {
    let (insight, rows) = (use_insight(), use_rows());
    let total = move |sums: &Sums| match sums.is_empty() {
        true => {
            let reporting = insight.exchange.with(|e| e.reporting);
            fmt::money(Money::new(0, reporting.unwrap_or(insight.home.get())))
        }
        false => fmt::sums(sums),
    };
    let ends = [
        (
            super::START,
            "Start",
            fall.waterfall.start.clone(),
            fall.waterfall.began.len(),
        ),
        (
            super::END,
            "End",
            fall.waterfall.end.clone(),
            fall.waterfall.ended.len(),
        ),
    ];
    let end = |(key, label, sums, n): (u64, &'static str, Sums, usize)| {
        let fall = fall.clone();
        view! {
            <div class="changes__end">
                <span class="changes__kind">{label}</span>
                <button type="button" class="changes__open" on:click=move |_| rows.open(super::behind(&fall, key))>
                    {intl::count(n, "deal", "deals")}
                </button>
                <span class="changes__sum">{total(&sums)}</span>
            </div>
        }
    };
    let [start, finish] = ends;
    let kinds = fall.kinds().into_iter();
    let steps = kinds.map(|kind| view! { <One fall=fall.clone() kind/> });
    view! {
        <section class="changes__steps" aria-label="Step by step">
            <h2 class="insight__title">"Step by step"</h2>
            {end(start)}
            {steps.collect_view()}
            {end(finish)}
        </section>
    }
}

/// One kind of step with its deals.
#[component]
fn One(
    /// What happened.
    fall: Arc<Fall>,
    /// Which kind.
    kind: StepKind,
) -> impl IntoView {
    let rows = use_rows();
    let deals = fall.waterfall.deals(kind);
    let n = deals.len();
    let sums = fall.waterfall.total(kind);
    let sign = if sums.iter().all(|(_, minor)| minor > 0) && !sums.is_empty() {
        "+"
    } else {
        ""
    };
    let sum = match sums.is_empty() {
        true => String::from("no value"),
        false => format!("{sign}{}", fmt::sums(&sums)),
    };
    let mut steps: Vec<Step> = fall
        .waterfall
        .steps
        .iter()
        .filter(|s| s.kind == kind)
        .copied()
        .collect();
    steps.order_by_key(|s| {
        (
            std::cmp::Reverse(s.amount.map_or(0, |m| m.minor.abs())),
            s.deal,
        )
    });
    steps.truncate(LISTED);
    let listed = fall.clone();
    let list = move || {
        let line = |step: &Step| view! { <Line fall=listed.clone() step=*step/> };
        let more = (n > LISTED).then(|| {
            let fall = listed.clone();
            view! {
                <li><button type="button" class="changes__open" on:click=move |_| rows.open(super::behind(&fall, kind as u64))>{format!("All {}", intl::count(n, "deal", "deals"))}</button></li>
            }
        });
        view! { <ul class="changes__deals">{steps.iter().map(line).collect_view()} {more}</ul> }
    };
    view! {
        <details class="changes__step" data-kind=kind.code()>
            <summary>
                <Icon glyph=Glyph::ChevronRight/>
                <span class="changes__kind">{kind.label()}</span>
                <span class="changes__n">{intl::count(n, "deal", "deals")}</span>
                <span class="changes__sum">{sum}</span>
            </summary>
            <p class="changes__meaning">{kind.meaning()}</p>
            {list()}
        </details>
    }
}

/// A deal with what it was and what it is.
#[component]
fn Line(
    /// What happened.
    fall: Arc<Fall>,
    /// The step.
    step: Step,
) -> impl IntoView {
    let store = use_insight().store;
    let (then, now) = fall.stood(step.deal);
    let name = store.with(|s| s.world().state.name_of(step.deal.into()));
    let title = match store.with(|s| s.world().is_alive(step.deal.into())) {
        true => view! { <a href=Route::Deal(step.deal).print()>{name}</a> }.into_any(),
        false => view! { <span>{name} " (removed)"</span> }.into_any(),
    };
    let amount = step
        .amount
        .map(fmt::money)
        .unwrap_or_else(|| "No value".to_owned());
    let sign = if step.amount.is_some_and(|m| m.minor > 0) {
        "+"
    } else {
        ""
    };
    view! {
        <li class="changes__deal">
            {title}
            <span class="changes__what">{move || what(store, then, now)}</span>
            <span class="changes__sum">{format!("{sign}{amount}")}</span>
        </li>
    }
}

/// What changed of a deal, in words: value, expected close, stage, status, owner.
fn what(store: Store, then: Option<Standing>, now: Option<Standing>) -> String {
    let name = |s: &Standing| {
        let stage = s
            .stage
            .map(|id| store.with(|s| s.world().state.name_of(id.into())));
        stage.unwrap_or_default()
    };
    let owner = |s: &Standing| {
        let owner = s
            .owner
            .map(|id| store.with(|s| s.world().state.name_of(id.into())));
        owner.unwrap_or_else(|| "nobody".to_owned())
    };
    let (Some(a), Some(b)) = (then, now) else {
        return match now {
            Some(now) => status_word(&now).map_or_else(|| name(&now), str::to_owned),
            None => "Removed".to_owned(),
        };
    };
    let mut parts = Vec::new();
    if a.value != b.value {
        let money = |m: Option<_>| m.map_or_else(|| "no value".to_owned(), fmt::money);
        parts.push(format!("{} → {}", money(a.value), money(b.value)));
    }
    if a.close != b.close {
        let day = |d: Option<_>| d.map_or_else(|| "no date".to_owned(), fmt::date);
        parts.push(format!("closes {} → {}", day(a.close), day(b.close)));
    }
    if a.stage != b.stage {
        parts.push(format!("{} → {}", name(&a), name(&b)));
    }
    if a.owner != b.owner {
        parts.push(format!("{} → {}", owner(&a), owner(&b)));
    }
    if let Some(word) = status_word(&b).filter(|_| a.status() != b.status()) {
        parts.push(word.to_lowercase());
    }
    let mut text = parts.join(", ");
    if let Some(first) = text.get(..1) {
        let upper = first.to_uppercase();
        text.replace_range(..1, &upper);
    }
    text
}
