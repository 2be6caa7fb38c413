//! What a deal scores, and the sum of its reasons.

use super::fit_card::FitCard;
use super::grade::GradeChip;
use super::track;
use crate::app::route::{ProcessPage, Route};
use crate::domain::ids::DealId;
use crate::domain::query::condition::Subject;
use crate::domain::query::score::{AxisScore, Grade, HUNDREDTHS, Hit, Score, ScoreReason};
use crate::domain::scoring::Axis;
use crate::shell::intl;
use crate::ui::parts::{Explain, unique_id};
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;

/// The scores of a deal at this moment; none without rules.
pub(crate) fn score_of(store: Store, deal: DealId) -> Option<Score> {
    let at = store.moment();
    store.with(|s| {
        let world = s.world();
        let deal = world.state.tables.deals.get(deal)?;
        let subject = Subject::deal(world, deal, at.now, at.today);
        world.rules.scores.score(&subject)
    })
}

/// Points with a sign.
#[must_use]
pub fn points(n: i64) -> String {
    match n {
        1.. => format!("+{}", intl::integer(n)),
        0 => String::from("0"),
        _ => format!("−{}", intl::integer(n.saturating_neg())),
    }
}

/// Grade and both scores with their reasons, and the fit of the deal's organisation.
#[component]
pub fn ScoreCard(
    /// Of which deal.
    deal: DealId,
) -> impl IntoView {
    let store = use_store();
    let score = Memo::new(move |_| {
        track(store, deal);
        let _ = store.tick();
        score_of(store, deal)
    });
    let organisation = Memo::new(move |_| {
        store.track(deal);
        store.with(|s| {
            s.world()
                .state
                .tables
                .deals
                .get(deal)
                .and_then(|d| d.organisation)
        })
    });
    let id = StoredValue::new(unique_id("score"));
    let axis = move |axis: Axis, score: Score| {
        let of = score.axis(axis).clone();
        let grade = match axis {
            Axis::Fit => Grade::letter(score.grade.fit).to_string(),
            Axis::Engagement => (score.grade.engagement + 1).to_string(),
        };
        let total = intl::integer(of.points);
        view! {
            <div class="deal-pair score__axis">
                <dt>
                    {axis.label()}
                    <Explain title=format!("{} score", axis.label())><ScoreReasons axis=of.clone()/></Explain>
                </dt>
                <dd><b class="score__points">{total}</b>" "<span class="score__grade">{format!("grade {grade}")}</span></dd>
            </div>
        }
    };
    view! {
        {move || score.get().map(|score| view! {
            <section class="deal-group score" aria-labelledby=id.get_value()>
                <h2 class="deal-section score__head" id=id.get_value()>"Score" <GradeChip grade=score.grade/></h2>
                <dl class="deal-pairs">
                    {axis(Axis::Fit, score.clone())}
                    {axis(Axis::Engagement, score.clone())}
                </dl>
                <a class="fit__link" href=Route::Process(ProcessPage::Scoring).print()>"Change the rules"</a>
            </section>
        })}
        <FitCard organisation/>
    }
}

/// Each rule with its points, and the sum.
#[component]
pub fn ScoreReasons(
    /// The score of one axis.
    axis: AxisScore,
) -> impl IntoView {
    let store = use_store();
    let total = intl::integer(axis.points);
    let row = move |reason: ScoreReason| {
        let name = store.with(|s| s.world().state.name_of(reason.rule.into()));
        view! {
            <li class="reasons__row">
                <span class="reasons__name">{name}</span>
                <span class="reasons__points">{points(reason.points)}</span>
                {hits(store, &reason)}
            </li>
        }
    };
    let none = axis.reasons.is_empty();
    view! {
        {none.then(|| view! { <p>"No rule gives or takes points."</p> })}
        <ul class="reasons">{axis.reasons.into_iter().map(row).collect_view()}</ul>
        <p class="reasons__sum"><span>"Sum"</span><b>{total}</b></p>
    }
}

/// Shown at most; the rest as a number.
const MOST_HITS: usize = 4;

fn hits(store: Store, reason: &ScoreReason) -> Option<impl IntoView + use<>> {
    if reason.hits.is_empty() {
        return None;
    }
    let words = |hit: &Hit| {
        let what = store.with(|s| s.world().state.name_of(hit.activity.into()));
        // Only shown: the sum is of whole hundredths.
        let left = intl::number(hit.hundredths as f64 / HUNDREDTHS as f64, 1);
        format!("{what}, {}: {left}", intl::relative_days(-hit.days))
    };
    let mut lines: Vec<String> = reason.hits.iter().take(MOST_HITS).map(words).collect();
    let more = reason.hits.len().saturating_sub(MOST_HITS);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    if reason.capped {
        lines.push(String::from("cut at the rule's limit"));
    }
    Some(view! {
        <ul class="reasons__hits">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
    })
}
