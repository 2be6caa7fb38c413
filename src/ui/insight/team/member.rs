//! What the data says of a member of the team, and what was said to them.

use super::table::{deals, number, worked};
use super::{follow, follow_work};
use crate::app::route::{InsightPage, Route};
use crate::domain::activity::ActivityKind;
use crate::domain::change::Kind;
use crate::domain::deal::Status;
use crate::domain::ids::PersonId;
use crate::domain::insight::open::{Due, open_deals};
use crate::domain::insight::slice::Dimension;
use crate::domain::insight::stay::StageTimes;
use crate::domain::insight::team::{Standing, Standings, Work};
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::frame::TopBar;
use crate::ui::insight::{
    Behind, Figure, FigureData, Insight, Rows, RowsDialog, ScopeBar, Snapshot, share_interval,
    share_text, use_insight, use_rows,
};
use crate::ui::parts::*;
use crate::ui::review::{Notes, PracticesOf};
use crate::ui::store::use_store;
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
#[component]
pub fn MemberView(
    /// Who.
    id: PersonId,
) -> impl IntoView {
    let store = use_store();
    Insight::provide();
    Rows::provide();
    let name = Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.name_of(id.into()))
    });
    let people = follow(Dimension::Owner);
    let own = Memo::new(move |_| {
        let key = id.to_string();
        people.with(|p| p.all.iter().find(|s| s.key == key).cloned())
    });
    view! {
        <div class="insight">
            <TopBar title=name/>
            <p class="member__back"><a href=Route::Insight(InsightPage::Team).print()><Icon glyph=Glyph::ArrowLeft/>"All of the team"</a></p>
            <ScopeBar/>
            <div class="insight__body">
                <div class="insight__page team-page">
                    {move || match own.get() {
                        Some(own) => view! { <Numbers id own people/> }.into_any(),
                        None => view! { <p class="team-part__words">"No deals of theirs are in what the page looks at."</p> }.into_any(),
                    }}
                    <Notes person=id/>
                    <PracticesOf person=id/>
                </div>
            </div>
            <RowsDialog/>
        </div>
    }
}

#[component]
fn Numbers(
    /// Who.
    id: PersonId,
    /// How they do.
    own: Standing,
    /// How all do.
    people: Memo<Arc<Standings>>,
) -> impl IntoView {
    let insight = use_insight();
    let works = follow_work();
    let closed = deals(insight, &own, &[Status::Won, Status::Lost]);
    let won = deals(insight, &own, &[Status::Won]);
    let Snapshot(facts) = insight.facts.get_untracked();
    let open = open_deals(&facts, &own.deals, Due::Any);
    let nouns = ("closed deal", "closed deals");
    let rate = FigureData::share(own.rate, nouns, closed.clone(), "Deals closed in the time.");
    let mut drawn = FigureData::new(
        own.shrunk
            .map(|(rate, _)| share_text(rate))
            .unwrap_or_default(),
        closed.clone(),
        "Deals closed in the time; the rate is drawn towards that of all.",
    );
    drawn.nouns = nouns;
    drawn.interval = own.shrunk.and_then(|(_, i)| i).map(share_interval);
    let expected = FigureData::new(
        own.expected.map(|n| intl::number(n, 1)).unwrap_or_default(),
        closed,
        "Deals closed in the time, each counted at the rate of all for its size and kind.",
    );
    let value = FigureData::new(
        fmt::sums_compact(&own.won_value),
        won.clone(),
        "Deals won in the time.",
    );
    let cycle = FigureData::new(
        own.cycle
            .median()
            .map(|d| intl::count(d.round() as usize, "day", "days"))
            .unwrap_or_default(),
        won,
        "Deals won in the time, from creation to the win.",
    );
    let weighted = FigureData::new(
        fmt::sums_compact(&own.open.weighted),
        open,
        "What is open now.",
    );
    let all = move || people.with(|p| p.rate.value().map(share_text));
    view! {
        <div class="figures">
            <Figure label="Win rate" data=rate>
                <p><code>"won ÷ (won + lost)"</code></p>
                <p>{move || all().map(|all| format!("The rate of all is {all}."))}</p>
            </Figure>
            <Figure label="Drawn to the mean" data=drawn>
                <p>"The rate of few deals says little, so it is drawn towards the rate of all, the more the fewer there are."</p>
                <p><code>"(won + mean × strength) ÷ (closed + strength)"</code>" (beta-binomial, by moments, Kleinman 1973)"</p>
            </Figure>
            <Figure label="Expected wins" data=expected>
                <p>"How many of the same deals would have been won at the rate that all have for deals of that third by size, and of that kind."</p>
            </Figure>
            <Figure label="Won value" data=value><p><code>"Σ value of deals won in the time"</code></p></Figure>
            <Figure label="Cycle, median" data=cycle><p>"Half of their wins took no longer, from creation to the win."</p></Figure>
            <Figure label="Open, weighted" data=weighted><p><code>"Σ value × chance to win"</code></p></Figure>
        </div>
        <Week id works/>
        <Stages own/>
    }
}

/// What they do a week.
#[component]
fn Week(
    /// Who.
    id: PersonId,
    /// What everybody does.
    works: Memo<Arc<crate::domain::insight::team::Works>>,
) -> impl IntoView {
    let (insight, all) = (use_insight(), use_rows());
    let rows = move || {
        works.with(|works| {
            let own = works.people.get(&id).cloned().unwrap_or_default();
            let others: Vec<&Work> = works
                .people
                .iter()
                .filter(|(p, _)| **p != id)
                .map(|(_, w)| w)
                .collect();
            ActivityKind::ALL
                .iter()
                .map(|kind| {
                    let mine = own.per_week(*kind, works.weeks);
                    let theirs: u64 = others.iter().map(|w| w.kinds[*kind as usize]).sum();
                    let mean = (!others.is_empty() && works.weeks > 0.0)
                        .then(|| theirs as f64 / others.len() as f64 / works.weeks);
                    let text = |n: Option<f64>| n.map(|n| intl::number(n, 1)).unwrap_or_default();
                    view! {
                        <tr>
                            <th scope="row">{kind.label()}</th>
                            <td class="num">{number(all, text(mine), {
                                let kind = *kind;
                                move || Behind {
                                    title: format!("{} of theirs", kind.label()),
                                    sentence: "Deals for which they did such a thing in the time.".to_owned(),
                                    deals: Arc::new(worked(insight, id, Some(kind))),
                                }
                            })}</td>
                            <td class="num">{text(mean)}</td>
                        </tr>
                    }
                })
                .collect_view()
        })
    };
    let columns: Vec<Column> = vec![
        Column::new("kind", "Activities a week"),
        Column::new("own", "Theirs").numeric(),
        Column::new("mean", "Mean of the others").numeric(),
    ]
    .into_iter()
    .map(Column::fixed)
    .collect();
    view! {
        <section class="team-part" aria-labelledby="member-week">
            <h2 class="team-part__title" id="member-week">
                "What they do"
                <Explain title="Activities a week">
                    <p><code>"done in the time ÷ weeks of the time"</code></p>
                    <p>"By who did it, else by whose deal it is. The weeks begin with the first thing that anybody did."</p>
                </Explain>
            </h2>
            <Table caption="What they do" columns=Signal::stored(columns) class="team-table">{rows}</Table>
        </section>
    }
}

/// How long their deals stay in stages, against those of the others.
#[component]
fn Stages(
    /// How they do.
    own: Standing,
) -> impl IntoView {
    let insight = use_insight();
    let rows = Memo::new(move |_| {
        let Snapshot(facts) = insight.facts.get();
        let lens = insight.lens.get();
        insight.store.track_kind(Kind::Stage);
        let today = insight.store.tick().today.to_epoch_days();
        insight.store.with(|s| {
            let state = &s.world().state;
            let all = lens.select(&facts, s.world());
            let others = all.and(|row| !own.deals.holds(row));
            let mine = StageTimes::of(&facts, &own.deals, lens.period, today);
            let theirs = StageTimes::of(&facts, &others, lens.period, today);
            let text = |time: &crate::domain::insight::stay::StageTime| {
                let median = time.curve().median();
                let days = median.map(|d| intl::count(d as usize, "day", "days"));
                (days, time.n())
            };
            let of = |(at, stage): (usize, &crate::domain::insight::facts::StageFact)| {
                let (mine, theirs) = (text(mine.stages.get(at)?), text(theirs.stages.get(at)?));
                (mine.1 > 0).then(|| (state.name_of(stage.id.into()), mine, theirs))
            };
            facts
                .stages
                .list
                .iter()
                .enumerate()
                .filter_map(of)
                .collect::<Vec<_>>()
        })
    });
    let columns: Vec<Column> = vec![
        Column::new("stage", "Median time in"),
        Column::new("own", "Theirs").numeric(),
        Column::new("rest", "The others").numeric(),
    ]
    .into_iter()
    .map(Column::fixed)
    .collect();
    let cell = |(days, n): (Option<String>, u64)| {
        view! {
            {days.unwrap_or_else(|| String::from("not yet half"))}
            <span class="team-range">{intl::count(n as usize, "stay", "stays")}</span>
        }
    };
    view! {
        <section class="team-part" aria-labelledby="member-stages">
            <h2 class="team-part__title" id="member-stages">
                "How long deals stay"
                <Explain title="Time in a stage">
                    <p>"Half of the stays are over after so many days. Deals still there count for as long as they are there (Kaplan and Meier 1958)."</p>
                </Explain>
            </h2>
            <Table caption="How long deals stay" columns=Signal::stored(columns) class="team-table">
                {move || rows.get().into_iter().map(|(stage, mine, theirs)| view! {
                    <tr><th scope="row">{stage}</th><td class="num">{cell(mine)}</td><td class="num">{cell(theirs)}</td></tr>
                }).collect_view()}
            </Table>
        </section>
    }
}
