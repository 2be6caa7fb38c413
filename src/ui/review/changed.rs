//! What changed on a deal since the last time, from what to what.

use super::state::use_desk;
use crate::app::history::{Line, lines, undone};
use crate::domain::change::{Change, IntentKind};
use crate::domain::ids::DealId;
use crate::domain::stamp::Millis;
use crate::domain::state::State;
use crate::shell::clock::instant;
use crate::ui::fmt;
use crate::ui::history::Local;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;

/// Lines shown at most.
const MOST: usize = 12;

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    at: Millis,
    line: Line,
}

/// The list.
#[component]
pub(super) fn Changed(
    /// Of which deal.
    deal: DealId,
) -> impl IntoView {
    let desk = use_desk();
    let since = desk.read(|review| review.since);
    let logged = RwSignal::new(None::<Vec<Change>>);
    Effect::new(move |_| {
        desk.store.track(deal);
        spawn_local(async move {
            let found = desk.store.log_of(deal.into()).await.unwrap_or_default();
            // None when the deal has been left meanwhile.
            let _ = logged.try_set(Some(found));
        });
    });
    let steps = Memo::new(move |_| {
        let from = since.get().map_or(Millis::MIN, |day| instant(day, 0));
        logged.with(|log| {
            let log = log.as_ref()?;
            let state =
                |get: &dyn Fn(&State) -> Vec<Step>| desk.store.with(|s| get(&s.world().state));
            Some(state(&|s| steps(s, deal, log, from)))
        })
    });
    let title = move || {
        since.get().map_or_else(
            || String::from("What changed"),
            |day| format!("What changed since {}", fmt::date(day)),
        )
    };
    let row = |step: Step| {
        let Line {
            field, from, to, ..
        } = step.line;
        let none = || String::from("nothing");
        view! {
            <li class="review-changed__step">
                <span class="review-changed__field">{field.into_owned()}</span>
                <span class="review-changed__what">
                    {from.map(|from| view! { <s>{from}</s><span aria-hidden="true">" → "</span><span class="visually-hidden">" to "</span> })}
                    {to.unwrap_or_else(none)}
                </span>
                <span class="review-changed__when">{fmt::time(step.at)}</span>
            </li>
        }
    };
    view! {
        <section class="review-changed" aria-labelledby="review-changed">
            <h3 class="review-topic__part" id="review-changed">{title}</h3>
            {move || match steps.get() {
                None => view! { <p class="review-changed__none" role="status">"Reading the history…"</p> }.into_any(),
                Some(all) if all.is_empty() => view! { <p class="review-changed__none">"Nothing of the deal itself was changed."</p> }.into_any(),
                Some(all) => {
                    let more = all.len().saturating_sub(MOST);
                    view! {
                        <ul>{all.into_iter().take(MOST).map(row).collect_view()}</ul>
                        {(more > 0).then(|| view! { <p class="review-changed__none">{format!("And {more} more on the page of the deal, under History.")}</p> })}
                    }.into_any()
                }
            }}
        </section>
    }
}

/// The newest first: fields from the log, stages from when the deal entered them.
fn steps(state: &State, deal: DealId, log: &[Change], from: Millis) -> Vec<Step> {
    use crate::domain::order::Order;
    let gone: HashSet<_> = undone(log.iter().map(|c| (c.stamp, c.undoes)).collect::<Vec<_>>());
    // What a file or the sample brought did not change here.
    let brought = |kind| matches!(kind, IntentKind::Import | IntentKind::LoadSample);
    let mut all = Vec::new();
    for change in log {
        let counts = change.stamp.ms() >= from
            && change.undoes.is_none()
            && !gone.contains(&change.stamp)
            && !brought(change.intent.kind);
        if !counts {
            continue;
        }
        let said = lines(state, change, Some(deal.into()), &Local);
        let own = said
            .into_iter()
            .filter(|l| l.of.is_empty() && l.field != "Stage");
        all.extend(own.map(|line| Step {
            at: change.stamp.ms(),
            line,
        }));
    }
    let entries = state.stage_entries(deal);
    for (at, entry) in entries.iter().enumerate() {
        if entry.since < from {
            continue;
        }
        let before = at.checked_sub(1).map(|at| entries[at].stage);
        all.push(Step {
            at: entry.since,
            line: Line {
                of: String::new(),
                field: "Stage".into(),
                from: before.map(|id| state.name_of(id.into())),
                to: Some(state.name_of(entry.stage.into())),
            },
        });
    }
    all.order_by_key(|step| std::cmp::Reverse(step.at));
    all
}
