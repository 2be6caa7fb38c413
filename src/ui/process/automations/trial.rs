//! Trying a rule on the past: which deals it would have worked on.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Desk;
use super::list::words;
use crate::app::route::Route;
use crate::domain::automate::{DryRun, Would};
use crate::domain::ids::AutomationId;
use crate::domain::order::Order;
use crate::shell::clock::{Pace, breathe, now_ms, utc_offset_minutes};
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::parts::{Button, Dialog, DialogKind, Empty, Glyph, Progress};
use crate::ui::store::{Store, use_store};

/// How many results are shown.
const SHOWN: usize = 200;

#[derive(Clone)]
enum State {
    Working(usize, usize),
    Done(Vec<Would>),
    Failed(String),
}

/// Runs the trial, giving the page a turn between slices; stops when the dialog is gone.
fn begin(store: Store, id: AutomationId) -> (RwSignal<State>, RwSignal<bool>) {
    let state = RwSignal::new(State::Working(0, 0));
    let gone = RwSignal::new(false);
    let rule = store.with(|s| s.world().state.tables.automations.get(id).cloned());
    spawn_local(async move {
        let Some(rule) = rule else {
            return state.set(State::Failed(String::from(
                "The automation is no longer there.",
            )));
        };
        let log = match store.recent_log(u32::MAX).await {
            Ok(log) => log,
            Err(error) => return state.set(State::Failed(error)),
        };
        let mut run = DryRun::new(&rule, log, now_ms(), utc_offset_minutes);
        loop {
            let pace = Pace::begin();
            while pace.has_time() {
                if !run.step() {
                    return state.set(State::Done(run.found().to_vec()));
                }
            }
            if gone.try_get_untracked().unwrap_or(true) {
                return;
            }
            let (done, total) = run.progress();
            state.set(State::Working(done, total));
            breathe().await;
        }
    });
    (state, gone)
}

/// The dialog.
#[component]
pub(super) fn Trial(desk: Desk, id: AutomationId) -> impl IntoView {
    let store = use_store();
    let (state, gone) = begin(store, id);
    let close = move || {
        gone.set(true);
        desk.close();
    };
    let rule = store.with(|s| s.world().state.tables.automations.get(id).cloned());
    let says = rule.as_ref().map(|rule| words(store, rule));
    let body = move || {
        match state.get() {
        State::Working(done, total) => view! {
            <Progress
                label="Going through the history"
                value=Some(done as f64)
                max=total.max(1) as f64
                on_cancel=move |()| close()
            />
        }
        .into_any(),
        State::Failed(why) => view! { <p role="alert">{why}</p> }.into_any(),
        State::Done(found) if found.is_empty() => view! {
            <Empty glyph=Glyph::History title="It would not have worked on any deal" text="Nothing in the history of this workspace would have set it off."/>
        }
        .into_any(),
        State::Done(found) => view! { <Found store found/> }.into_any(),
    }
    };
    view! {
        <Dialog
            open=true
            on_close=move |()| close()
            title="What it would have done"
            kind=DialogKind::Large
            footer=move || view! { <Button on_click=move |_| close()>"Close"</Button> }
        >
            <p class="rule__words">{says.clone()}</p>
            <p class="trial__note">"Tried on everything that has happened in this workspace, each time on the deal as it was then. Nothing is changed."</p>
            {body}
        </Dialog>
    }
}

#[component]
fn Found(store: Store, found: Vec<Would>) -> impl IntoView {
    let deals: std::collections::HashSet<_> = found.iter().map(|w| w.firing.deal).collect();
    let count = |n: usize, one: &str, many: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{} {many}", intl::integer(n as i64)),
    };
    let summary = format!(
        "It would have worked {} on {}.",
        count(found.len(), "time", "times"),
        count(deals.len(), "deal", "deals")
    );
    let more = found.len().saturating_sub(SHOWN);
    // The latest first: those one remembers.
    let mut found = found;
    found.order_by_key(|would| std::cmp::Reverse(would.at));
    let rows = found.into_iter().take(SHOWN).map(|would| {
        let deal = would.firing.deal;
        let name = store.with(|s| s.world().state.name_of(deal.into()));
        let did = would.did.join(". ");
        let failed = (!would.failed.is_empty()).then(|| would.failed.join(". "));
        view! {
            <tr role="row">
                <td role="cell">{fmt::time(would.at)}</td>
                <td role="cell"><a href=Route::Deal(deal).print()>{name}</a></td>
                <td role="cell">{would.firing.cause}</td>
                <td role="cell">{did}{failed.map(|text| view! { <span class="trial__failed">{text}</span> })}</td>
            </tr>
        }
    });
    view! {
        <p class="trial__sum" role="status">{summary}</p>
        <div class="trial__scroll" tabindex="0" role="region" aria-label="What it would have done">
            // Said once more, for on a phone the cells of a row stand below each other.
            <table class="trial" role="table">
                <thead role="rowgroup">
                    <tr role="row">{["When", "Deal", "Why", "What"].map(|head| view! { <th role="columnheader" scope="col">{head}</th> })}</tr>
                </thead>
                <tbody role="rowgroup">{rows.collect_view()}</tbody>
            </table>
        </div>
        {(more > 0).then(|| view! { <p class="trial__note">{format!("{} earlier ones are not shown.", intl::integer(more as i64))}</p> })}
    }
}
