//! The learned score of a deal with its reasons, beside what people think.

use super::{follow, verdict_title, verdict_words};
use crate::app::route::{ForecastPage, Route};
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::insight::learned::{Reason, Score, Verdict};
use crate::shell::intl;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// Reasons shown at first.
const FEW: usize = 5;
/// With more deals it is learned only when asked for.
const MANY: usize = 2_000;

/// Log-odds with their sign.
#[must_use]
pub fn signed(log_odds: f64) -> String {
    let size = intl::fixed(log_odds.abs(), 2);
    if log_odds < 0.0 {
        format!("−{size}")
    } else {
        format!("+{size}")
    }
}

/// The card; only of open deals.
#[component]
pub fn LearnedCard(
    /// Of which deal.
    deal: DealId,
) -> impl IntoView {
    let store = use_store();
    let open = Memo::new(move |_| {
        store.track(deal);
        store.with(|s| {
            s.world()
                .state
                .tables
                .deals
                .get(deal)
                .is_some_and(|d| d.outcome.status() == Status::Open)
        })
    });
    let few = store.with(|s| s.world().state.tables.deals.len() <= MANY);
    let asked = RwSignal::new(few);
    let told = follow(store, move || open.get() && asked.get());
    let id = unique_id("learned");
    block(move || {
        let id = id.clone();
        open.get().then(|| view! {
            <section class="deal-group learned" aria-labelledby=id.clone()>
                <h2 class="deal-section" id=id.clone()>
                    "Learned score "
                    <Explain title="Learned score">
                        <p>"A chance to win that is learned from your own won and lost deals. It stands beside your own probability and never changes it."</p>
                        <p><code>"log-odds = average deal + Σ what each factor adds"</code>"; the chance is 1 ÷ (1 + e"<sup>"−log-odds"</sup>")."</p>
                        <p>"Logistic regression with a ridge: what few deals have is drawn to the mean. How far apart scores are is set by Platt's slope (1999) on the newer deals. The value, the competitor and the stage are not looked at: they are often known only at the end."</p>
                    </Explain>
                </h2>
                {block(move || match told.get() {
                    None if !asked.get() => view! { <Button size=ButtonSize::Small on_click=move |_| asked.set(true)>"Learn from all deals"</Button> }.into_any(),
                    None => view! { <p class="learned__wait" role="status">"Learning from your closed deals…"</p> }.into_any(),
                    Some(told) => match &*told.learned {
                        Err(few) => view! { <p class="learned__words">{few.words()}</p> }.into_any(),
                        Ok(learned) => {
                            let verdict = learned.grade.as_ref().map(|g| g.verdict());
                            let base = learned.model.learned.value().unwrap_or(0.0);
                            match told.facts.row(deal) {
                                Some(row) => view! { <Told score=learned.score(row) base verdict/> }.into_any(),
                                None => ().into_any(),
                            }
                        }
                    },
                })}
            </section>
        })
    })
}

#[component]
fn Told(
    /// What is said.
    score: Score,
    /// The plain win rate.
    base: f64,
    /// How good such scores are.
    verdict: Option<Verdict>,
) -> impl IntoView {
    let good = verdict == Some(Verdict::Better);
    let words = verdict.map_or(
        "It could not be graded: the later deals were all won or all lost.",
        verdict_words,
    );
    let title = verdict.map_or("Not graded", verdict_title);
    let row = |reason: &Reason| {
        let up = reason.log_odds >= 0.0;
        let rate = format!(
            "{} of {} won",
            intl::integer(reason.rate.part as i64),
            intl::integer(reason.rate.n as i64)
        );
        view! {
            <li class="learned__reason">
                <span class="learned__what"><b>{reason.factor.clone()}</b>" "{reason.level.clone()}</span>
                <span class="learned__adds" data-up=if up { "yes" } else { "no" }>{signed(reason.log_odds)}</span>
                <span class="learned__rate">{rate}</span>
            </li>
        }
    };
    let reasons: Vec<Reason> = score
        .reasons
        .into_iter()
        .filter(|r| r.log_odds.abs() >= 0.005)
        .collect();
    let first = reasons.iter().take(FEW).map(row).collect_view();
    let more: Vec<_> = reasons.iter().skip(FEW).map(row).collect();
    let many = more.len();
    view! {
        <p class="learned__score" class:learned__score--weak=!good>
            <b>{intl::percent(score.chance, 0)}</b>
            <span>{format!("the plain win rate is {}", intl::percent(base, 0))}</span>
        </p>
        <p class="learned__words"><b>{title}</b>". "{words}" "<a href=Route::Forecast(ForecastPage::Score).print()>"How good it is"</a></p>
        {if reasons.is_empty() {
            view! { <p class="learned__words">"Nothing about this deal tells it from the average one."</p> }.into_any()
        } else {
            view! {
                <p class="learned__base">{format!("Average deal: log-odds {}. Added to it:", signed(score.base))}</p>
                <ul class="learned__reasons">{first}</ul>
                {(many > 0).then(|| view! {
                    <details class="learned__more">
                        <summary>{format!("{} more", intl::count(many, "factor", "factors"))}</summary>
                        <ul class="learned__reasons">{more}</ul>
                    </details>
                })}
            }.into_any()
        }}
    }
}
