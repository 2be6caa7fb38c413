//! The open pipeline at the end of each month, stage by stage.

use crate::chart::scene::{Room, Scene};
use crate::chart::stack::{Part, Stack, Stacks, stacked};
use crate::chart::value::{About, Amount, Said};
use crate::domain::ids::DealId;
use crate::domain::insight::period::{Cut, Period};
use crate::domain::insight::stood::{Course, DayEnd, Means, Stood, open_at, valued_at};
use crate::domain::money::{Currency, Money};
use crate::domain::order::Order;
use crate::domain::stage::StageKind;
use crate::shell::clock::Pace;
use crate::shell::intl;
use crate::ui::charts::{amount_axis, count_axis};
use crate::ui::fmt;
use crate::ui::insight::reading::{Reading, use_reading};
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::insight::section::Section;
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// The most months that are shown, the one that runs included.
const MOST: usize = 13;
/// Deals between two looks at the clock.
const SOME: usize = 64;

/// What is shown.
#[derive(Clone, PartialEq)]
struct Shown {
    course: Course,
    currency: Currency,
    /// The currencies there are sums in; more than one where some stay apart.
    currencies: Vec<Currency>,
    /// The stages that are open, by number, with their names.
    stages: Vec<(u16, String)>,
}

const VALUE: &str = "value";
const WEIGHTED: &str = "weighted";
const COUNT: &str = "count";

/// The ends of the months of the page's time, the last one today where it still runs.
fn ends(reading: Reading) -> Vec<DayEnd> {
    let (store, lens) = (reading.insight.store, reading.insight.lens.get());
    let today = store.moment().today;
    let Some(time) = lens.period.within(Period::until(today)) else {
        return Vec::new();
    };
    let months = Cut::Month.pieces(time, MOST).into_iter();
    let days = months.map(|month| month.to().min(time.to()));
    days.map(|day| DayEnd {
        day,
        at: store.end_of(day),
    })
    .collect()
}

/// Reads with the currency chosen, or the one sums are usually shown in.
fn means<R>(
    reading: Reading,
    chosen: Option<Currency>,
    read: impl FnOnce(&Means<'_>) -> R,
) -> Option<R> {
    let told = reading.insight.trails.get_untracked()?;
    let facts = reading.insight.facts.get_untracked();
    let exchange = reading.insight.exchange.get_untracked();
    let home = reading.insight.home.get_untracked();
    reading.insight.store.with(|s| {
        Some(read(&Means {
            state: &s.world().state,
            trails: &told.0,
            stages: &facts.0.stages,
            exchange: &exchange,
            currency: chosen.or(exchange.reporting).unwrap_or(home),
        }))
    })
}

fn deals(reading: Reading) -> Vec<DealId> {
    let facts = reading.insight.facts.get_untracked();
    reading.of.get_untracked().deals(&facts.0)
}

/// Counts, a slice at a time; none where nobody waits any more.
async fn count(
    reading: Reading,
    chosen: Option<Currency>,
    ends: Vec<DayEnd>,
    alive: impl Fn() -> bool,
) -> Option<Shown> {
    let mut shown = means(reading, chosen, |means| {
        let pipeline = reading.insight.lens.get_untracked().pipeline;
        let stages = (0..).zip(&means.stages.list);
        let open = stages.filter(|(_, s)| s.kind == StageKind::Open);
        let of = open.filter(|(_, s)| pipeline.is_none_or(|p| p == s.pipeline));
        let name = |id| means.state.name_of(id);
        Shown {
            course: Course::new(ends, means.stages),
            currency: means.currency,
            currencies: Vec::new(),
            stages: of.map(|(n, s)| (n, name(s.id.into()))).collect(),
        }
    })?;
    let mut pace = Pace::begin();
    for some in deals(reading).chunks(SOME) {
        means(reading, chosen, |means| {
            for deal in some {
                shown.course.add(means, *deal);
            }
        })?;
        pace.breathe().await;
        if !alive() {
            return None;
        }
    }
    shown.currencies = shown.course.apart.keys().copied().collect();
    shown.currencies.push(shown.currency);
    shown.currencies.order();
    Some(shown)
}

fn amount(shown: &Shown, what: &str, stood: Stood) -> Amount {
    let minor = match what {
        COUNT => i128::from(stood.count),
        WEIGHTED => stood.weighted(),
        _ => stood.minor,
    };
    // Where currencies stay apart a sum is told of the deals it is made of.
    let n = match shown.currencies.len() > 1 && what != COUNT {
        true => stood.valued,
        false => stood.count,
    };
    let deals = intl::count(n as usize, "deal", "deals");
    let said = match what {
        COUNT => Said {
            full: deals,
            short: intl::integer(stood.count as i64),
        },
        _ => {
            let money = Money::clamped(minor, shown.currency);
            Said {
                full: format!("{} · {deals}", fmt::money(money)),
                short: fmt::money_compact(money),
            }
        }
    };
    Amount { minor, said }
}

fn chart(shown: &Shown, what: &str) -> Stacks {
    let many = shown.stages.len() as u64;
    let row = |(n, end): (usize, &DayEnd)| {
        let part = |(at, (stage, _)): (usize, &(u16, String))| Part {
            key: Some(n as u64 * many + at as u64),
            amount: amount(shown, what, shown.course.of(n, *stage)),
        };
        let stages = shown.stages.iter().map(|(stage, _)| *stage);
        let sum = shown.course.sum(n, stages);
        Stack {
            key: None,
            label: fmt::date(end.day),
            parts: shown.stages.iter().enumerate().map(part).collect(),
            total: amount(shown, what, sum).said,
        }
    };
    let alone = shown.currencies.len() < 2 || what == COUNT;
    let measure = match what {
        COUNT => count_axis("Open deals"),
        WEIGHTED => amount_axis("Weighted", shown.currency),
        _ => amount_axis("Open", shown.currency),
    };
    Stacks {
        about: About {
            title: match alone {
                true => format!("{} at the end of each month", measure.name),
                false => format!(
                    "{} in {} at the end of each month",
                    measure.name, shown.currency
                ),
            },
            summary: "What stood open at the end of each month, stage by stage.".into(),
            nothing: "Nothing stood open at these ends of months.".into(),
        },
        label: "End of".into(),
        total: "All".into(),
        measure,
        series: shown.stages.iter().map(|(_, name)| name.clone()).collect(),
        rows: shown.course.ends.iter().enumerate().map(row).collect(),
        upright: true,
    }
}

/// The part of the page.
#[component]
pub(super) fn OverTime() -> impl IntoView {
    let (reading, rows) = (use_reading(), use_rows());
    let what = RwSignal::new(VALUE.to_owned());
    let shown = RwSignal::new(None::<Shown>);
    let chosen = RwSignal::new(None::<Currency>);
    let runs = Latest::idle();
    Effect::new(move |_| {
        reading.insight.trails.track();
        reading.of.track();
        reading.insight.exchange.track();
        let _ = reading.insight.facts.version();
        let ends = ends(reading);
        let (alive, chosen) = (runs.begin(), chosen.get());
        leptos::task::spawn_local(async move {
            if let Some(now) = count(reading, chosen, ends, &alive).await
                && alive()
            {
                shown.try_set(Some(now));
            }
        });
    });
    let draw = Callback::new(move |room: Room| -> Scene {
        let what = what.get();
        shown.with(|shown| match shown {
            Some(shown) => stacked(&chart(shown, &what), room),
            None => stacked(&Stacks::default(), room),
        })
    });
    let pick = move |key: u64| {
        let what = what.get_untracked();
        let Some((end, stage, name, stood, in_one)) = shown.with_untracked(|shown| {
            let shown = shown.as_ref()?;
            let many = shown.stages.len().max(1);
            let (n, at) = (key as usize / many, key as usize % many);
            let (stage, name) = shown.stages.get(at)?;
            let end = shown.course.ends.get(n)?;
            let alone = shown.currencies.len() < 2 || what == COUNT;
            let told = if what == COUNT && shown.currencies.len() > 1 {
                COUNT
            } else {
                VALUE
            };
            let stood = amount(shown, told, shown.course.of(n, *stage));
            let in_one = (!alone).then_some(shown.currency);
            Some((*end, *stage, name.clone(), stood.said.full, in_one))
        }) else {
            return;
        };
        let all = deals(reading);
        let found = means(reading, in_one, |means| match in_one {
            Some(_) => valued_at(means, &all, end, stage),
            None => open_at(means, &all, end.at, Some(stage)),
        });
        rows.open(Behind {
            title: format!("{name}, {}: {stood}", fmt::date(end.day)),
            sentence:
                "Deals that stood open in the stage at the end of that day, as they are today."
                    .into(),
            deals: Arc::new(found.unwrap_or_default()),
        });
    };
    let currencies = Memo::new(move |_| {
        shown.with(|s| s.as_ref().map_or_else(Vec::new, |s| s.currencies.clone()))
    });
    let apart = move || {
        (currencies.with(Vec::len) > 1).then(|| view! { <Apart reading currencies chosen shown/> })
    };
    let choices = [(VALUE, "Value"), (WEIGHTED, "Weighted"), (COUNT, "Deals")];
    let choices: Vec<Choice> = choices.map(|(code, label)| Choice::new(code, label)).into();
    let tools: Children = Box::new(move || {
        view! { <Segmented label="What is shown" options=Signal::stored(choices) value=what on_change=move |code| what.set(code)/> }.into_any()
    });
    let how: ChildrenFn = Arc::new(|| {
        view! {
            <p><code>"Σ value of the deals that stood open at the end of the day"</code>", each with the stage, value and status it had then, read off its history, and converted by the rate of that day. Weighted: each value times the probability it had, or that its stage has today."</p>
            <p>"Of the deals the page looks at: whose they are today decides. A deal counts from the day it was made, also where it was written down later."</p>
        }
        .into_any()
    });
    let waits = Memo::new(move |_| shown.with(Option::is_none));
    view! {
        <Section title="Pipeline over time" lead=Some(String::from("What stood open at the end of each month of the chosen time.")) how tools>
            {block(move || if waits.get() {
                view! { <p class="part__lead" role="status">"Reading the history …"</p> }.into_any()
            } else {
                view! { <ChartView draw on_pick=pick file_name=String::from("pipeline-over-time")/> }.into_any()
            })}
            {block(apart)}
        </Section>
    }
}

/// Which currency is shown where some stay apart, and why they do.
#[component]
fn Apart(
    /// Whose rates.
    reading: Reading,
    /// The currencies there are sums in.
    currencies: Memo<Vec<Currency>>,
    /// The one asked for.
    chosen: RwSignal<Option<Currency>>,
    /// What is shown.
    shown: RwSignal<Option<Shown>>,
) -> impl IntoView {
    let why = move || {
        let codes: Vec<String> =
            currencies.with(|all| all.iter().map(Currency::to_string).collect());
        match reading.insight.exchange.get().reporting {
            None => format!(
                "{} stay apart: no reporting currency is set.",
                codes.join(" and ")
            ),
            Some(to) => {
                let other: Vec<String> = codes.into_iter().filter(|c| c != to.as_str()).collect();
                format!(
                    "{} stay apart: there is no rate to {to} for these days.",
                    other.join(" and ")
                )
            }
        }
    };
    let options = Signal::derive(move || {
        currencies.with(|all| {
            all.iter()
                .map(|c| Choice::new(c.as_str(), c.as_str()))
                .collect()
        })
    });
    let value = move || {
        shown
            .with(|s| s.as_ref().map(|s| s.currency.to_string()))
            .unwrap_or_default()
    };
    view! {
        <div class="part__apart">
            <Segmented
                label="Currency shown"
                options
                value=Signal::derive(value)
                on_change=move |code: String| chosen.set(Currency::parse(&code).ok())
            />
            <p class="part__small">{why}</p>
        </div>
    }
}
