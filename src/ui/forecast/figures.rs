//! The period in a row of numbers.

use super::data::{Case, use_forecast};
use super::learning::Made;
use super::play::{Played, use_play};
use crate::domain::forecast::book::Tally;
use crate::domain::ids::DealId;
use crate::shell::intl;
use crate::ui::insight::{Delta, Figure, FigureData};
use crate::ui::parts::block;
use leptos::prelude::*;

/// A sum over deals.
fn of_tally(case: &Case, tally: &Tally, sentence: &str) -> FigureData {
    FigureData::new(case.text(tally.minor), tally.deals.clone(), sentence)
}

/// The deals that are played.
fn open_deals(case: &Case) -> Vec<DealId> {
    let pairs = case.book.open.iter().zip(&case.chances);
    pairs
        .filter(|(_, c)| c.played.last().is_some_and(|p| *p > 0.0))
        .map(|(o, _)| o.deal)
        .collect()
}

/// Deals that are not left out and expected in the period.
fn expected(case: &Case) -> Tally {
    let rollup = &case.rollup;
    let sum = rollup.closed.and(&rollup.commit);
    sum.and(&rollup.best).and(&rollup.pipeline)
}

/// The row.
#[component]
pub(super) fn Figures() -> impl IntoView {
    let forecast = use_forecast();
    let of = move |make: fn(&Case) -> FigureData| {
        Signal::derive(move || forecast.case.get().map(|c| make(&c)).unwrap_or_default())
    };
    let closed = of(|c| of_tally(c, &c.rollup.closed, "Deals won in the period so far."));
    let commit = of(|c| {
        let sum = c.rollup.closed.and(&c.rollup.commit);
        of_tally(
            c,
            &sum,
            "Deals won in the period, and open ones expected in it that are called commit.",
        )
    });
    let best = of(|c| {
        let sum = c.rollup.closed.and(&c.rollup.commit).and(&c.rollup.best);
        of_tally(
            c,
            &sum,
            "Deals won in the period, and open ones expected in it that are called commit or best case.",
        )
    });
    let pipeline = of(|c| {
        of_tally(
            c,
            &expected(c),
            "Deals won in the period, and all open ones expected in it that are not left out.",
        )
    });
    let weighted = of(|c| {
        FigureData::new(
            c.about(c.weighted.minor),
            c.weighted.deals.clone(),
            "Deals won in the period, and open ones expected in it, each value times its chance.",
        )
    });
    let historic = of(|c| {
        let (first, after) = c.within();
        let months = c.historic();
        let sum: i128 = months.get(first..after).unwrap_or_default().iter().sum();
        let mut deals = c.rollup.closed.deals.clone();
        deals.extend(c.book.open.iter().map(|o| o.deal));
        FigureData::new(
            c.about(c.rollup.closed.minor + sum),
            deals,
            "Deals won in the period, and all open ones: any of them can still be won in it.",
        )
    });
    view! {
        <section class="figures" aria-label="The period in numbers">
            <Figure label="Won so far" data=closed>
                <p>"The values of deals won in the period, each converted by the rate of the day it was won."</p>
            </Figure>
            <Figure label="Commit" data=commit>
                <p>"Won so far, and the full value of open deals that are expected in the period and called commit. Deals that are overdue are not in it."</p>
                <code>"closed + commit"</code>
            </Figure>
            <Figure label="Best case" data=best>
                <p>"Commit, and the full value of those called best case."</p>
                <code>"closed + commit + best case"</code>
            </Figure>
            <Figure label="Pipeline" data=pipeline>
                <p>"Best case, and the full value of all others expected in the period. A deal that nobody has sorted counts as pipeline; one left out counts nowhere."</p>
                <code>"closed + commit + best case + pipeline"</code>
            </Figure>
            <Figure label="Weighted" data=weighted>
                <p>"Won so far, and of each open deal expected in the period its value times its own chance, or the chance of its stage."</p>
                <code>"closed + Σ value × chance"</code>
            </Figure>
            <Figure label="By own history" data=historic>
                <Historic/>
            </Figure>
            <Simulated/>
        </section>
    }
}

/// How the figure by history comes about.
#[component]
fn Historic() -> impl IntoView {
    let forecast = use_forecast();
    let words = move || {
        forecast.case.get().map(|case| {
            let model = &case.learnt.model;
            let season = if model.seasonal {
                let [a, b, c] = model.season.map(|s| intl::percent(s, 0));
                format!("Months of a quarter differ: {a}, {b} and {c} of the usual.")
            } else {
                format!(
                    "Months of a quarter are taken as equal: for seasons there must be at least {} won deals.",
                    crate::domain::forecast::model::SEASON_LEAST
                )
            };
            let fresh = format!(
                "New deals: {} came in {} weeks; those won were worth {} in the mean ({}).",
                intl::integer(model.fresh.came.into()),
                intl::number(model.fresh.weeks, 0),
                case.about(model.fresh.mean_value().into()),
                intl::count(model.fresh.valued as usize, "deal", "deals"),
            );
            view! { <p>{season}</p><p>{fresh}</p> }
        })
    };
    view! {
        <p>"Won so far, and of each open deal its value times the chance that deals which stood in its stage for as long as it does were won by the end of the period, week by week. Deals still open count for as long as they were seen. Few deals are drawn towards their stage's chance, which counts as four deals."</p>
        {words}
        <code>"closed + Σ value × P(won by the end | stage, time in it) + new deals"</code>
    }
}

/// The simulation, and the chance to reach the quota.
#[component]
fn Simulated() -> impl IntoView {
    let play = use_play();
    let delta = |now: &Made<Played>, plain: Option<Made<Played>>| {
        let plain = plain.filter(|p| p.case == now.case && !now.what_if.is_plain())?;
        let by = now.outcome.range.middle - plain.outcome.range.middle;
        let sign = if by < 0 { "−" } else { "+" };
        Some(Delta {
            text: format!("{sign}{} against no what-if", now.case.about(by.abs())),
            good: (by != 0).then_some(by > 0),
        })
    };
    let middle = Signal::derive(move || {
        let Some(played) = play.played.get() else {
            return FigureData::default();
        };
        let (case, range) = (&played.case, played.outcome.range);
        let deals = open_deals(case);
        FigureData {
            interval: Some(format!(
                "{} to {}",
                case.about(range.low),
                case.about(range.high)
            )),
            delta: delta(&played, play.plain.get()),
            nouns: ("open deal", "open deals"),
            ..FigureData::new(
                case.about(range.middle),
                deals,
                "Open deals that are played: each is won or not in each of 10,000 trials.",
            )
        }
    });
    let quota = Signal::derive(move || {
        let played = play.played.get()?;
        let quota = played.case.quota?;
        let share = played.outcome.at_least(quota)?;
        let data = FigureData {
            interval: None,
            nouns: ("open deal", "open deals"),
            ..FigureData::new(
                intl::percent(share, 0),
                open_deals(&played.case),
                "Open deals that are played: the share of trials in which the quota is reached.",
            )
        };
        Some((played.case.text(quota), data))
    });
    let has_quota = Memo::new(move |_| quota.with(Option::is_some));
    let chance = Signal::derive(move || quota.get().map(|(_, d)| d).unwrap_or_default());
    let target = move || quota.get().map(|(q, _)| q);
    view! {
        <Figure label="Simulated, middle" data=middle>
            <Assumptions/>
        </Figure>
        {block(move || has_quota.get().then(|| view! {
            <Figure label="Chance to reach the quota" data=chance>
                <p>"The share of trials in which at least the quota of " {target} " is sold."</p>
            </Figure>
        }))}
    }
}

/// What the simulation assumes.
#[component]
fn Assumptions() -> impl IntoView {
    let forecast = use_forecast();
    let words = move || {
        forecast.case.get().map(|case| {
            let model = &case.learnt.model;
            let rho = intl::percent(model.rho, 1);
            let common = match model.rho_months {
                0 => format!("{rho} of the risk is common to all deals: nothing is known yet, so that is assumed."),
                n => format!(
                    "{rho} of the risk is common to all deals, from how much the number won varied over {}, drawn towards 5 %.",
                    intl::count(n as usize, "month", "months")
                ),
            };
            let slips = format!(
                "When: the day expected, moved as it was for {} won before; without one, as long as others took.",
                intl::count(model.slips.all.deals as usize, "deal", "deals")
            );
            let ratio = if model.ratios.is_empty() {
                "Values come out as they stand: too few deals are won to know better.".to_owned()
            } else {
                format!(
                    "Values come out as they did for {}: {} in the mean.",
                    intl::count(model.ratio_deals as usize, "won deal", "won deals"),
                    intl::percent(case.plan(&Default::default()).mean_ratio(), 0)
                )
            };
            view! { <p>{slips}</p><p>{ratio}</p><p>{common}</p> }
        })
    };
    view! {
        <p>"10,000 trials, always with the same random numbers. In each, every open deal is won or not, in some month, at some value; new deals come and are won. Half of the trials end below the middle; one of ten below the lower number and one of ten above the higher."</p>
        <p>"Whether: the deal's own chance, else that of deals which stood in its stage for as long, else the stage's."</p>
        {words}
    }
}
