//! Open and weighted value, stage by stage.

use crate::chart::bar::{Amount, Bar, Bars, Names, Said, horizontal};
use crate::chart::scene::{Room, Scene};
use crate::domain::change::Kind;
use crate::domain::deal::Status;
use crate::domain::ids::{PipelineId, StageId};
use crate::domain::money::{Currency, Money, percent_of};
use crate::domain::order::Order;
use crate::domain::query::board::Totals;
use crate::domain::stage::StageKind;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::parts::{ChartView, Empty, Glyph};
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What stands open in a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Standing {
    name: String,
    totals: Totals,
    /// How many of the deals have a value in each currency.
    counts: BTreeMap<Currency, usize>,
}

/// The stages shown, in order, each worked out anew only when its own column changes.
type Stages = Vec<(StageId, ArcMemo<Standing>)>;

fn standing(store: Store, stage: StageId) -> Standing {
    store.track_board(stage);
    store.track(stage);
    store.with(|s| {
        let world = s.world();
        let tables = &world.state.tables;
        let mut found = Standing {
            name: tables
                .stages
                .get(stage)
                .map(|s| s.name.clone())
                .unwrap_or_default(),
            ..Standing::default()
        };
        if let Some(column) = world.board.column(stage, Status::Open) {
            found.totals = column.totals.clone();
            for deal in &column.deals {
                if let Some(money) = tables.deals.get(*deal).and_then(|deal| deal.value) {
                    *found.counts.entry(money.currency).or_default() += 1;
                }
            }
        }
        found
    })
}

/// The stages of a pipeline in which deals are worked on. (A deal opened again in a stage of
/// another kind stands there until it is moved; such a stage counts while it holds one.)
fn stages(store: Store, pipeline: Option<PipelineId>) -> Stages {
    store.track_kind(Kind::Stage);
    let all: Vec<(StageId, bool)> = store.with(|s| {
        let state = &s.world().state;
        let all = pipeline.map(|p| state.stages(p)).unwrap_or_default();
        all.iter()
            .map(|stage| (stage.id, stage.kind == StageKind::Open))
            .collect()
    });
    let all = all.into_iter().map(|(stage, open)| {
        let standing = ArcMemo::new(move |_| standing(store, stage));
        (stage, open, standing)
    });
    let shown = all.filter(|(_, open, standing)| *open || standing.with(|s| s.totals.count > 0));
    shown
        .map(|(stage, _, standing)| (stage, standing))
        .collect()
}

fn amount(currency: Currency, minor: i128) -> Amount {
    let money = Money::clamped(minor, currency);
    Amount {
        minor,
        said: Said {
            full: fmt::money(money),
            short: fmt::money_compact(money),
        },
    }
}

/// The chart of one currency.
fn bars(stages: &[(StageId, Standing)], currency: Currency, alone: bool) -> Bars {
    let bar = |(stage, standing): &(StageId, Standing)| {
        let n = standing.counts.get(&currency).copied().unwrap_or_default();
        let n = intl::integer(i64::try_from(n).unwrap_or(i64::MAX));
        Bar {
            key: Some(stage.0),
            label: standing.name.clone(),
            whole: amount(currency, standing.totals.value.of(currency)),
            part: Some(amount(
                currency,
                percent_of(standing.totals.weighted.of(currency)),
            )),
            note: Some(Said {
                short: format!("n {n}"),
                full: n,
            }),
            ..Bar::default()
        }
    };
    let bars: Vec<Bar> = stages.iter().map(bar).collect();
    let title = String::from("Open value by stage");
    Bars {
        title: if alone {
            title
        } else {
            format!("{title}, {currency}")
        },
        summary: summary(stages, &bars, currency),
        names: Names {
            label: "Stage".into(),
            note: Some("Deals (n)".into()),
            whole: "Value".into(),
            part: Some("Weighted".into()),
        },
        bars,
        // Whole units: a pipeline is not read in cents.
        least_step: 10_i128.pow(currency.digits()),
    }
}

fn summary(stages: &[(StageId, Standing)], bars: &[Bar], currency: Currency) -> String {
    let sum = |of: fn(&Totals) -> &crate::domain::money::Sums| -> i128 {
        stages.iter().map(|(_, s)| of(&s.totals).of(currency)).sum()
    };
    let (open, weighted) = (sum(|t| &t.value), percent_of(sum(|t| &t.weighted)));
    let most = bars.iter().max_by_key(|bar| bar.whole.minor);
    let most = most
        .filter(|bar| bar.whole.minor > 0)
        .map_or_else(String::new, |bar| {
            format!(" Most stands in {}: {}.", bar.label, bar.whole.said.full)
        });
    format!(
        "{}. {} open, {} weighted.{most}",
        intl::count(bars.len(), "stage", "stages"),
        fmt::money(Money::clamped(open, currency)),
        fmt::money(Money::clamped(weighted, currency)),
    )
}

/// Open value and weighted value of each stage of a pipeline, one chart for each currency.
/// It counts all open deals of the pipeline, whatever a board shows of them.
#[component]
pub fn StageChart(
    /// Of which pipeline.
    pipeline: Signal<Option<PipelineId>>,
    /// Called with the stage whose bar was picked.
    #[prop(into)]
    on_pick: Callback<StageId>,
) -> impl IntoView {
    let store = use_store();
    let stages = Memo::new(move |_| stages(store, pipeline.get()));
    let standings = Memo::new(move |_| {
        let read = |(stage, standing): (StageId, ArcMemo<Standing>)| (stage, standing.get());
        stages.get().into_iter().map(read).collect::<Vec<_>>()
    });
    let currencies = Memo::new(move |_| {
        standings.with(|all| {
            let mut found: Vec<Currency> = all
                .iter()
                .flat_map(|(_, s)| s.counts.keys().copied())
                .collect();
            found.order();
            found.dedup();
            found
        })
    });
    let chart = move |currency: Currency| {
        let draw = Callback::new(move |room: Room| -> Scene {
            let alone = currencies.with(|all| all.len() < 2);
            let bars = standings.with(|all| bars(all, currency, alone));
            horizontal(&bars, room, &|minor| {
                fmt::money_compact(Money::clamped(minor, currency))
            })
        });
        let file = format!("open-value-by-stage-{}", currency.as_str().to_lowercase());
        view! { <ChartView draw on_pick=move |key| on_pick.run(StageId(key)) file_name=file/> }
    };
    view! {
        <section class="stage-chart" aria-label="Open value by stage">
            <div class="stage-chart__all">
                <For each=move || currencies.get() key=|currency| *currency children=chart/>
            </div>
            {move || {
                if currencies.with(Vec::is_empty) {
                    view! { <Nothing standings/> }.into_any()
                } else {
                    view! { <Meaning standings/> }.into_any()
                }
            }}
        </section>
    }
}

/// What the numbers are, beside them.
#[component]
fn Meaning(
    /// The stages shown.
    standings: Memo<Vec<(StageId, Standing)>>,
) -> impl IntoView {
    let unvalued = move || {
        let n: usize = standings.with(|all| all.iter().map(|(_, s)| s.totals.unvalued).sum());
        (n > 0).then(|| {
            let deals = intl::count(n, "open deal has", "open deals have");
            view! { <p>{format!("{deals} no value and stand in no bar.")}</p> }
        })
    };
    view! {
        <div class="stage-chart__text">
            <p>"Weighted value = Σ value × probability (own, else the stage's)."</p>
            <p>"n: deals with a value. All open deals of the pipeline count, whatever the filter shows."</p>
            {unvalued}
        </div>
    }
}

/// Why there is no chart.
#[component]
fn Nothing(
    /// The stages shown.
    standings: Memo<Vec<(StageId, Standing)>>,
) -> impl IntoView {
    let words = move || {
        standings.with(|all| {
            if all.is_empty() {
                (
                    "No stages yet",
                    "A pipeline with stages for open deals shows here what stands in each.",
                )
            } else if all.iter().all(|(_, s)| s.totals.count == 0) {
                (
                    "No open deals",
                    "As soon as a deal is open, its value shows here at its stage.",
                )
            } else {
                (
                    "No open deal has a value",
                    "Give a deal its value, and it shows here at its stage.",
                )
            }
        })
    };
    let title = Signal::derive(move || words().0.to_owned());
    view! { <Empty glyph=Glyph::Chart title text=move || words().1.to_owned()/> }
}
