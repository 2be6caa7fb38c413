//! People or teams in rows, each number with the deals behind it.

use crate::app::route::Route;
use crate::domain::activity::ActivityKind;
use crate::domain::deal::Status;
use crate::domain::ids::{DealId, PersonId};
use crate::domain::insight::cycle::closed_deals;
use crate::domain::insight::open::{Due, open_deals};
use crate::domain::insight::team::{FEW, Standing, Standings, Work, Works, worked_on};
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::insight::{
    Behind, Insight, Rows, number_button, share_interval, share_text, use_insight, use_rows,
};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// A number that opens the deals behind it; where there is none, that is said.
pub(super) fn number(rows: Rows, text: String, behind: impl Fn() -> Behind + 'static) -> AnyView {
    if text.is_empty() {
        return view! { <span class="team-range">"none"</span> }.into_any();
    }
    number_button(text, move |_| rows.open(behind()))
}

/// The deals that people worked on in the time.
pub(super) fn worked(
    insight: Insight,
    kind: Option<ActivityKind>,
    is_asked: impl Fn(PersonId) -> bool,
) -> Vec<DealId> {
    let period = insight.lens.get_untracked().period;
    let today = insight.store.moment().today.to_epoch_days();
    insight
        .store
        .with(|s| worked_on(&s.world().state, period, today, kind, is_asked))
}

/// The deals of a row closed in the time, or open now.
pub(super) fn deals(insight: Insight, of: &Standing, which: &[Status]) -> Vec<DealId> {
    let facts = insight.facts.get_untracked().0;
    let period = insight.lens.get_untracked().period;
    let mut all = Vec::new();
    for status in which {
        all.extend(match status {
            Status::Open => open_deals(&facts, &of.deals, Due::Any),
            status => closed_deals(&facts, &of.deals, period, *status),
        });
    }
    all.order();
    all
}

/// The rows.
#[component]
pub(super) fn StandingsTable(
    /// What they are.
    title: &'static str,
    /// How they do.
    of: Memo<Arc<Standings>>,
    /// What people did; none for teams.
    #[prop(optional, into)]
    work: Option<Memo<Arc<Works>>>,
) -> impl IntoView {
    let mut columns = vec![
        Column::new(
            "name",
            title.trim_end_matches('s').replace("People", "Person"),
        ),
        Column::new("won", "Won").numeric(),
        Column::new("rate", "Win rate").numeric(),
        Column::new("drawn", "Drawn to the mean").numeric(),
        Column::new("expected", "Expected wins").numeric(),
        Column::new("value", "Won value").numeric(),
        Column::new("cycle", "Cycle").numeric(),
        Column::new("open", "Open, weighted").numeric(),
    ];
    if work.is_some() {
        columns.push(Column::new("work", "A week").numeric());
    }
    let columns: Vec<Column> = columns.into_iter().map(Column::fixed).collect();
    let heading = unique_id("standings");
    let rows = move || {
        let works = work.map(|w| w.get());
        of.with(|all| {
            all.all
                .iter()
                .map(|one| view! { <Row one=one.clone() works=works.clone()/> })
                .collect_view()
        })
    };
    view! {
        <section class="team-part" aria-labelledby=heading.clone()>
            <h2 class="team-part__title" id=heading.clone()>{title}<Legend/></h2>
            <Table caption=title columns=Signal::stored(columns) class="team-table">{rows}</Table>
        </section>
    }
}

/// How each column is made.
#[component]
fn Legend() -> impl IntoView {
    view! {
        <Explain title="How these numbers are made">
            <p><b>"Win rate: "</b><code>"won ÷ (won + lost)"</code>" of the deals closed in the time, with the range that holds the true rate with 95 % (Wilson 1927)."</p>
            <p><b>"Drawn to the mean: "</b>"the rate of few deals says little, so it is drawn towards the rate of all, the more the fewer there are (beta-binomial, by moments, Kleinman 1973)."</p>
            <p><b>"Expected wins: "</b>"how many of the same deals would have been won at the rate that all have for deals of that third by size in their currency, and of that kind (new or to a customer). All are everybody, whoever is chosen above."</p>
            <p><b>"Cycle: "</b>"the median of days from creation to the win."</p>
            <p><b>"Open, weighted: "</b><code>"Σ value × chance to win"</code>" of what is open now, by the rates of today."</p>
            <p>"Amounts are added up in the reporting currency, those won by the rate of the day they were won; without a rate they stand side by side."</p>
            <p><b>"A week: "</b>"what was done, of all kinds, divided by the weeks of the time since the first thing was done."</p>
        </Explain>
    }
}

#[component]
fn Row(
    /// Who.
    one: Standing,
    /// What people did.
    works: Option<Arc<Works>>,
) -> impl IntoView {
    let (insight, rows) = (use_insight(), use_rows());
    let person = one.key.parse::<PersonId>().ok().filter(|_| works.is_some());
    let name = match person {
        Some(id) => {
            view! { <a class="team-name" href=Route::Member(id).print()>{one.name.clone()}</a> }
                .into_any()
        }
        None => one.name.clone().into_any(),
    };
    let few = one.is_few();
    let shared = Arc::new(one);
    let behind = |title: &'static str, sentence: &'static str, which: &'static [Status]| {
        let one = shared.clone();
        move || Behind {
            title: format!("{title}: {}", one.name),
            sentence: sentence.to_owned(),
            deals: Arc::new(deals(insight, &one, which)),
        }
    };
    let closed: &'static [Status] = &[Status::Won, Status::Lost];
    let one = &shared;
    let won = format!(
        "{} of {}",
        intl::integer(one.rate.part as i64),
        intl::integer(one.rate.n as i64)
    );
    let rate = one.rate.value().map(|rate| {
        let range = one.rate.interval().map(share_interval);
        view! {
            {number(rows, share_text(rate), behind("Win rate", "Deals closed in the time.", closed))}
            <span class="team-range">{range}</span>
        }
    });
    let drawn = one.shrunk.map(|(rate, interval)| {
        view! {
            {number(rows, share_text(rate), behind("Win rate, drawn to the mean", "Deals closed in the time.", closed))}
            <span class="team-range">{interval.map_or_else(|| String::from("as all: apart by chance"), share_interval)}</span>
        }
    });
    let expected = one.expected.map(|n| {
        number(
            rows,
            intl::number(n, 1),
            behind(
                "Expected wins",
                "Deals closed in the time, each counted at the rate of its size and kind.",
                closed,
            ),
        )
    });
    let value = number(
        rows,
        insight.sum_compact(&one.won_value),
        behind("Won value", "Deals won in the time.", &[Status::Won]),
    );
    let cycle = one.cycle.median().map(|days| {
        let text = format!("{} days", intl::number(days, 0));
        number(
            rows,
            text,
            behind(
                "Cycle",
                "Deals won in the time, from creation to the win.",
                &[Status::Won],
            ),
        )
    });
    let open = match one.open {
        0 => String::new(),
        n => format!(
            "{} · {}",
            intl::integer(n as i64),
            insight.sum_compact(&one.weighted)
        ),
    };
    let work = works.map(|works| {
        let own = person
            .and_then(|id| works.people.get(&id).cloned())
            .unwrap_or_default();
        let name = shared.name.clone();
        let behind = move || Behind {
            title: format!("Worked on: {name}"),
            sentence: "Deals for which they did anything in the time.".to_owned(),
            deals: Arc::new(person.map(|id| worked(insight, None, |who| who == id)).unwrap_or_default()),
        };
        view! { <td class="num"><Weekly own weeks=works.weeks behind=Callback::new(move |()| rows.open(behind()))/></td> }
    });
    view! {
        <tr class:team-row--few=few>
            <th scope="row">
                {name}
                {few.then(|| view! { <span class="team-few">{format!("fewer than {FEW} closed deals")}</span> })}
            </th>
            <td class="num">{number(rows, won, behind("Won", "Deals closed in the time.", closed))}</td>
            <td class="num">{rate}</td>
            <td class="num">{drawn}</td>
            <td class="num">{expected}</td>
            <td class="num">{(one.won_value.n > 0).then_some(value)}</td>
            <td class="num">{cycle}</td>
            <td class="num">{number(rows, open, behind("Open", "What is open now.", &[Status::Open]))}</td>
            {work}
        </tr>
    }
}

/// What somebody does a week; by kind on demand.
#[component]
fn Weekly(
    /// What they did.
    own: Work,
    /// In how many weeks.
    weeks: f64,
    /// Opens the deals it was done for.
    behind: Callback<()>,
) -> impl IntoView {
    if weeks <= 0.0 {
        return ().into_any();
    }
    let all = intl::number(own.count() as f64 / weeks, 1);
    let kinds: Vec<(ActivityKind, String)> = ActivityKind::ALL
        .iter()
        .filter_map(|kind| Some((*kind, intl::number(own.per_week(*kind, weeks)?, 1))))
        .collect();
    let count = intl::integer(own.count() as i64);
    let lines = StoredValue::new((kinds, count));
    let lines = move || {
        let (kinds, count) = lines.get_value();
        let row = |(kind, n): (ActivityKind, String)| view! { <div class="team-week"><dt>{kind.label()}</dt><dd>{n}</dd></div> };
        view! {
            <p>{format!("{count} in {} weeks, a week:", intl::number(weeks, 1))}</p>
            <dl>{kinds.into_iter().map(row).collect_view()}</dl>
        }
    };
    view! {
        <button type="button" class="team-number" on:click=move |_| behind.run(())>{all}<span class="visually-hidden">" activities a week, show the deals"</span></button>
        " "
        <Explain title="Activities a week">{lines}</Explain>
    }
    .into_any()
}
