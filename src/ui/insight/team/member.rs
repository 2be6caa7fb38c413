//! What the data says of a member of the team, and what was said to them.

use super::table::{deals, number, worked};
use super::{follow_everybody, follow_work};
use crate::app::route::{InsightPage, Route};
use crate::domain::activity::ActivityKind;
use crate::domain::change::Kind;
use crate::domain::deal::Status;
use crate::domain::ids::PersonId;
use crate::domain::insight::exchange::Total;
use crate::domain::insight::facts::StageFact;
use crate::domain::insight::open::{Due, open_deals};
use crate::domain::insight::select::Selection;
use crate::domain::insight::stay::{StageTime, StageTimes, stayed};
use crate::domain::insight::team::{Standing, Standings, Works};
use crate::shell::intl;
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
    // It is of this person, whoever is chosen on the other pages, against everybody else.
    let people = follow_everybody();
    let own = Memo::new(move |_| {
        let key = id.to_string();
        people.with(|p| p.all.iter().find(|s| s.key == key).cloned())
    });
    view! {
        <div class="insight">
            <TopBar title=name/>
            <p class="member__back"><a href=Route::Insight(InsightPage::Team).print()><Icon glyph=Glyph::ArrowLeft/>"All of the team"</a></p>
            <ScopeBar one_person=true/>
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
    // Of no amounts there is no sum; that there are none is said instead.
    let sum = |total: &Total| match total.n {
        0 => String::new(),
        _ => insight.sum_compact(total),
    };
    let value = FigureData::new(sum(&own.won_value), won.clone(), "Deals won in the time.");
    let cycle = FigureData::new(
        own.cycle
            .median()
            .map(|d| intl::count(d.round() as usize, "day", "days"))
            .unwrap_or_default(),
        won,
        "Deals won in the time, from creation to the win.",
    );
    let weighted = FigureData::new(sum(&own.weighted), open, "What is open now.");
    let (won_how, open_how) = (
        insight.how_summed(&own.won_value),
        insight.how_summed(&own.weighted),
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
            <Figure label="Won value" data=value><p><code>"Σ value of deals won in the time"</code></p><p>{won_how.clone()}</p></Figure>
            <Figure label="Cycle, median" data=cycle><p>"Half of their wins took no longer, from creation to the win."</p></Figure>
            <Figure label="Open, weighted" data=weighted><p><code>"Σ value × chance to win"</code></p><p>{open_how.clone()}</p></Figure>
        </div>
        <Week id works/>
        <Stages own/>
    }
}

/// How many things were done, and how many a week that is; where none, nothing is behind it.
fn a_week(
    rows: Rows,
    done: u64,
    rate: Option<f64>,
    behind: impl Fn() -> Behind + 'static,
) -> AnyView {
    match rate.map(|rate| intl::number(rate, 1)) {
        Some(text) if done > 0 => number(rows, text, behind),
        Some(text) => text.into_any(),
        None => view! { <span class="team-range">"nobody to compare with"</span> }.into_any(),
    }
}

/// What they do a week.
#[component]
fn Week(
    /// Who.
    id: PersonId,
    /// What everybody does.
    works: Memo<Arc<Works>>,
) -> impl IntoView {
    let (insight, all) = (use_insight(), use_rows());
    let none = Memo::new(move |_| works.with(|works| works.weeks <= 0.0));
    let row = move |works: &Works, kind: ActivityKind| {
        let own = works.people.get(&id).cloned().unwrap_or_default();
        let others = works.people.iter().filter(|(p, _)| **p != id);
        let others: Vec<u64> = others.map(|(_, w)| w.kinds[kind as usize]).collect();
        let theirs: u64 = others.iter().sum();
        let mean = (!others.is_empty() && works.weeks > 0.0)
            .then(|| theirs as f64 / others.len() as f64 / works.weeks);
        let done = own.kinds[kind as usize];
        let mine = a_week(all, done, own.per_week(kind, works.weeks), move || Behind {
            title: format!("{} of theirs", kind.label()),
            sentence: "Deals for which they did such a thing in the time.".to_owned(),
            deals: Arc::new(worked(insight, Some(kind), |who| who == id)),
        });
        let rest = a_week(all, theirs, mean, move || {
            Behind {
            title: format!("{} of the others", kind.label()),
            sentence: "Deals for which anybody else did such a thing in the time; the number is the mean of those who did anything.".to_owned(),
            deals: Arc::new(worked(insight, Some(kind), |who| who != id)),
        }
        });
        view! {
            <tr>
                <th scope="row">{kind.label()}</th>
                <td class="num">{mine}</td>
                <td class="num">{rest}</td>
            </tr>
        }
    };
    let rows = move || {
        let kinds = ActivityKind::ALL.iter();
        works.with(|works| kinds.map(|kind| row(works, *kind)).collect_view())
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
                    <p>"By who did it, else by whose deal it is. The weeks begin with the first thing that anybody did. The mean is of the others who did anything in the time."</p>
                </Explain>
            </h2>
            {move || if none.get() {
                view! { <p class="team-part__words">"Nobody did anything in this time."</p> }.into_any()
            } else {
                view! { <Table caption="What they do" columns=Signal::stored(columns.clone()) class="team-table">{rows}</Table> }.into_any()
            }}
        </section>
    }
}

/// The stays in one stage: how long half of them last, in words, and how many there are.
type Stay = (Option<String>, u64);

/// How long their deals stay in stages, against those of the others.
#[component]
fn Stages(
    /// How they do.
    own: Standing,
) -> impl IntoView {
    let (insight, all_rows) = (use_insight(), use_rows());
    let own = StoredValue::new(own.deals);
    let rows = Memo::new(move |_| {
        let Snapshot(facts) = insight.facts.get();
        let lens = insight.lens.get();
        insight.store.track_kind(Kind::Stage);
        let today = insight.store.tick().today.to_epoch_days();
        let (own, others) = parted(insight, own);
        insight.store.with(|s| {
            let state = &s.world().state;
            let mine = StageTimes::of(&facts, &own, lens.period, today);
            let theirs = StageTimes::of(&facts, &others, lens.period, today);
            let text = |time: &StageTime| -> Stay {
                let median = time.curve().median();
                let days = median.map(|d| intl::count(d as usize, "day", "days"));
                (days, time.n())
            };
            let of = |(at, stage): (usize, &StageFact)| {
                let (mine, theirs) = (text(mine.stages.get(at)?), text(theirs.stages.get(at)?));
                (mine.1 > 0).then(|| (at, state.name_of(stage.id.into()), mine, theirs))
            };
            let stages = facts.stages.list.iter().enumerate();
            stages.filter_map(of).collect::<Vec<_>>()
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
    let cell = move |at: usize, stage: &str, whose: &'static str, (days, n): Stay| {
        if n == 0 {
            return view! { <span class="team-range">"no stays"</span> }.into_any();
        }
        let text = days.unwrap_or_else(|| String::from("not yet half"));
        let title = format!("Time in {stage}, {whose}: {text}");
        let behind = move || {
            let (mine, rest) = parted(insight, own);
            let of = if whose == THEIRS { mine } else { rest };
            let Snapshot(facts) = insight.facts.get_untracked();
            let period = insight.lens.get_untracked().period;
            Behind {
                title: title.clone(),
                sentence: "Deals that came into the stage in the time; those still there count for as long as they are there.".to_owned(),
                deals: Arc::new(stayed(&facts, &of, period, at)),
            }
        };
        view! {
            {number(all_rows, text, behind)}
            <span class="team-range">{intl::count(n as usize, "stay", "stays")}</span>
        }
        .into_any()
    };
    let row = move |(at, stage, mine, theirs): (usize, String, Stay, Stay)| {
        let (mine, theirs) = (
            cell(at, &stage, THEIRS, mine),
            cell(at, &stage, OTHERS, theirs),
        );
        view! { <tr><th scope="row">{stage}</th><td class="num">{mine}</td><td class="num">{theirs}</td></tr> }
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
                {move || rows.get().into_iter().map(row).collect_view()}
            </Table>
        </section>
    }
}

const THEIRS: &str = "theirs";
const OTHERS: &str = "the others";

/// The deals of a member, and those of all others the page looks at. Not tracked.
fn parted(insight: Insight, own: StoredValue<Selection>) -> (Selection, Selection) {
    let Snapshot(facts) = insight.facts.get_untracked();
    let lens = insight.lens.get_untracked();
    let own = own.get_value();
    let all = lens.of_everybody();
    let all = insight.store.with(|s| all.select(&facts, s.world()));
    let others = all.and(|row| !own.holds(row));
    (own, others)
}
