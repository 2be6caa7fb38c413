//! The numbers at the top: how much is open, how fast it goes, how much of it is won.

use crate::domain::deal::Status;
use crate::domain::insight::answer::{Answer, Value};
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::exchange::Total;
use crate::domain::insight::open::WeightRule;
use crate::domain::insight::velocity::Velocity;
use crate::domain::money::{Money, Sums, percent_of};
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::insight::data::period_words;
use crate::ui::insight::figure::{Figure, FigureData};
use crate::ui::insight::reading::{Reading, use_reading};
use crate::ui::insight::section::{Definition, MetricFigure, ShownFigure};
use crate::ui::insight::write;
use crate::ui::parts::*;
use chrono::NaiveDate;
use leptos::prelude::*;

/// What stood open at the end of a day, of the deals looked at now.
#[derive(Clone, Debug, Default, PartialEq)]
struct Then {
    count: u64,
    /// How many, by the currency they count for.
    by_currency: Sums,
    value: Total,
    weighted: Total,
}

fn then(reading: Reading, day: NaiveDate) -> Option<Then> {
    let told = reading.insight.trails.get()?;
    let (facts, of) = (reading.facts(), reading.of.get());
    let exchange = reading.insight.exchange.get();
    let rule = reading.rules.get().weight;
    let store = reading.insight.store;
    let at = store.end_of(day);
    let (mut then, mut weighted) = (Then::default(), Sums::default());
    store.with(|s| {
        let stages = &s.world().state.tables.stages;
        for row in of.rows() {
            let Some(standing) = told.0.at(facts.ids[row], at) else {
                continue;
            };
            if standing.status() != Status::Open {
                continue;
            }
            then.count += 1;
            let currency = standing.value.map_or(facts.home, |value| value.currency);
            then.by_currency.add(currency, 1);
            let Some(value) = standing.value else {
                continue;
            };
            then.value.add(&exchange, value, day);
            let stage = standing.stage.and_then(|id| stages.row(id));
            let usual = stage.map_or(0, |row| row.entity.probability);
            let percent = match rule {
                WeightRule::Stage => usual,
                _ => standing.probability.unwrap_or(usual),
            };
            let (shown, ..) = exchange.shown(value, day);
            weighted.add(
                shown.currency,
                i128::from(shown.minor) * i128::from(percent),
            );
        }
    });
    for (currency, sum) in weighted.iter() {
        then.weighted.sums.add(currency, percent_of(sum));
    }
    Some(then)
}

/// The figures.
#[component]
pub(super) fn Figures() -> impl IntoView {
    let reading = use_reading();
    let insight = reading.insight;
    let before = Memo::new(move |_| {
        let day = insight.lens.get().before?.to();
        then(reading, day)
    });
    let standing = move |metric: Metric, of: fn(&Then) -> Value| {
        Memo::new(move |_| {
            let (now, _) = reading.both(metric);
            // What was won by then is not part of how it stood.
            let with_won = reading.rules.get().weight == WeightRule::WithWon;
            let like = !(metric == Metric::Weighted && with_won);
            let before = before.get().filter(|_| like).map(|then| Answer {
                value: of(&then),
                ..Answer::default()
            });
            reading.figure(metric, now, before.as_ref())
        })
    };
    let open = standing(Metric::Open, |then| Value::Money(then.value.clone()));
    let weighted = standing(Metric::Weighted, |then| Value::Money(then.weighted.clone()));
    let count = standing(Metric::OpenCount, |then| Value::Count(then.count));
    let velocity = Memo::new(move |_| {
        let (now, of) = (reading.both(Metric::Velocity).0, reading.of.get());
        // What was open when that time ended, with the win rate and the cycle of it.
        let speed = before.get().and_then(|then| {
            let drivers = reading.then(|q| q.velocity(&of))?;
            let then = Velocity {
                open: then.by_currency,
                ..drivers
            };
            Some(Answer {
                value: Value::PerDay(then.all()),
                ..Answer::default()
            })
        });
        reading.figure(Metric::Velocity, now, speed.as_ref())
    });
    let rotting = Memo::new(move |_| {
        let (now, _) = reading.both(Metric::Rotting);
        FigureData {
            beside: reading.as_of_today(),
            ..reading.figure(Metric::Rotting, now, None)
        }
    });
    let how = move || {
        let of = reading.of.get();
        let total = reading.ask(insight.lens.get().period, |q| {
            q.total(&q.rows(Metric::Open, &of))
        });
        insight.how_summed(&total)
    };
    view! {
        <div class="figures" role="group" aria-label="Figures">
            <Figure label="Open pipeline" data=open>
                <Definition metric=Metric::Open/>
                <p>{how}</p>
            </Figure>
            <ShownFigure metric=Metric::Weighted data=weighted/>
            <ShownFigure metric=Metric::OpenCount data=count/>
            <Coverage/>
            <MetricFigure metric=Metric::WinRate/>
            <MetricFigure metric=Metric::CycleWon/>
            <MetricFigure metric=Metric::CycleLost/>
            <ShownFigure metric=Metric::Rotting data=rotting/>
            <ShownFigure metric=Metric::Velocity data=velocity/>
        </div>
        <Drivers/>
    }
}

/// How far the quota is covered; nothing without one.
#[component]
fn Coverage() -> impl IntoView {
    let reading = use_reading();
    let has = Memo::new(move |_| reading.quota.get().is_some());
    let data = Memo::new(move |_| {
        let of = reading.of.get();
        let period = reading.insight.lens.get().period;
        let coverage = reading.ask(period, |q| q.coverage(&of));
        let (now, _) = reading.both(Metric::Coverage);
        let Some(coverage) = coverage else {
            return FigureData::default();
        };
        let home = coverage.quota.currency;
        let left = fmt::money(Money::clamped(coverage.remaining(), home));
        let days = reading.quota.get().map(|(_, period)| period_words(period));
        let sentence = format!(
            "Open deals expected to close in {}, against the quota of {} of which {left} is left.",
            days.unwrap_or_default(),
            fmt::money(coverage.quota),
        );
        let sentence = match coverage.apart {
            0 => sentence,
            n => format!(
                "{sentence} {} left out: there is no rate to {home}.",
                intl::count(
                    n as usize,
                    "amount of another currency is",
                    "amounts of other currencies are"
                )
            ),
        };
        let needed = coverage.needed().map(|n| match coverage.needed_interval() {
            Some(i) if i.high < 1_000.0 => format!(
                "{}× needed at this win rate ({} to {})",
                intl::number(n, 1),
                intl::number(i.low, 1),
                intl::number(i.high, 1)
            ),
            _ => format!("{}× needed at this win rate", intl::number(n, 1)),
        });
        let reached = coverage.remaining() == 0;
        let deals = reading.behind(Metric::Coverage, &now);
        let insight = reading.insight;
        let mut data = write::figure(insight, Metric::Coverage, now, None, deals, sentence);
        if reached && data.value.is_empty() {
            data.value = String::from("Quota reached");
        }
        data.interval = needed;
        data.beside = reading.as_of_today();
        data
    });
    block(move || {
        has.get()
            .then(|| view! { <ShownFigure metric=Metric::Coverage data/> })
    })
}

/// The four drivers of the velocity, to be opened.
#[component]
fn Drivers() -> impl IntoView {
    let reading = use_reading();
    let insight = reading.insight;
    let read = move || {
        let (period, of) = (insight.lens.get().period, reading.of.get());
        reading.ask(period, |q| q.velocity(&of))
    };
    let summed = move || {
        let (period, of) = (insight.lens.get().period, reading.of.get());
        let won = reading.ask(period, |q| q.total(&q.rows(Metric::Won, &of)));
        insight.how_summed(&won)
    };
    let lines = move || {
        let velocity = read();
        let line = |(currency, per_day)| {
            let mean = velocity.mean_value(currency).unwrap_or(0);
            let parts = [
                (
                    "Open deals",
                    intl::integer(i64::try_from(velocity.open.of(currency)).unwrap_or(0)),
                ),
                ("Mean value won", fmt::money(Money::clamped(mean, currency))),
                (
                    "Win rate",
                    velocity
                        .win
                        .value()
                        .map(crate::ui::insight::share_text)
                        .unwrap_or_default(),
                ),
                (
                    "Mean cycle won",
                    velocity
                        .mean_cycle()
                        .map(write::days_text)
                        .unwrap_or_default(),
                ),
                (
                    "A day",
                    fmt::money(Money::new(
                        i64::try_from(per_day).unwrap_or(i64::MAX),
                        currency,
                    )),
                ),
            ];
            let cells = parts.map(|(name, value)| view! { <div class="drivers__one"><dt>{name}</dt><dd>{value}</dd></div> });
            view! { <dl class="drivers">{cells.collect_view()}</dl> }
        };
        let all = velocity.all();
        if all.is_empty() {
            return view! { <p class="part__lead">"There is no velocity yet: it needs a deal with a value won in the time chosen, and more than a day from creation to close."</p> }.into_any();
        }
        all.into_iter().map(line).collect_view().into_any()
    };
    view! {
        <details class="unfold">
            <summary>"What makes the velocity"</summary>
            {block(lines)}
            <p class="part__lead">{summed}</p>
            <p class="part__lead">"Open deals × mean value won × win rate ÷ mean cycle won. Raising one of the first three, or shortening the last, raises it in the same proportion."</p>
        </details>
    }
}
