//! The grading as tables: amounts, chances, and what people said.

use super::calls::outcome;
use super::grading::Graded;
use super::learning::Made;
use crate::chart::line::{Lines, Place, Series, Value, line};
use crate::chart::scene::Room;
use crate::chart::value::{About, Amount, Interval, Measure, Said, Write};
use crate::domain::change::Kind;
use crate::domain::forecast::grade::Giver;
use crate::domain::forecast::grade::people::{CallCame, calls_off, own_chances};
use crate::domain::forecast::grade::report::{Bin, Off, Truth};
use crate::domain::insight::period::Period;
use crate::domain::insight::stats::Rate;
use crate::shell::intl;
use crate::ui::insight::{share_interval, share_text};
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

type Shown = RwSignal<Option<Made<Graded>>>;

fn signed(graded: &Graded, minor: i128) -> String {
    let text = graded.case.about(minor.abs());
    match minor {
        0 => text,
        1.. => format!("+{text}"),
        _ => format!("−{text}"),
    }
}

/// A share with its interval and n, in words.
fn rate_words(rate: Rate) -> String {
    match (rate.value(), rate.interval()) {
        (Some(share), Some(interval)) => format!(
            "{} ({}; {} of {})",
            share_text(share),
            share_interval(interval),
            intl::integer(rate.part as i64),
            intl::integer(rate.n as i64)
        ),
        _ => "none yet".into(),
    }
}

/// How far off each way was.
#[component]
pub(super) fn Amounts(
    /// What was graded.
    graded: Shown,
) -> impl IntoView {
    let columns = vec![
        Column::new("way", "Forecast").fixed(),
        Column::new("n", "Forecasts").numeric().fixed(),
        Column::new("bias", "Said too much by").numeric().fixed(),
        Column::new("error", "Off by").numeric().fixed(),
        Column::new("share", "Of what came").numeric().fixed(),
    ];
    let row = |graded: &Graded, off: &Off| {
        let mean = graded.report.mean;
        let share = (mean > 0).then(|| intl::percent(off.error as f64 / mean as f64, 0));
        view! {
            <tr>
                <th scope="row">{off.way.label()}</th>
                <td class="num">{intl::integer(off.n as i64)}</td>
                <td class="num">{signed(graded, off.bias)}</td>
                <td class="num">{graded.case.about(off.error)}</td>
                <td class="num">{share.unwrap_or_else(|| "–".into())}</td>
            </tr>
        }
        .into_any()
    };
    let rows = move || {
        graded.with(|g| {
            let graded = g.as_ref();
            graded.map_or(Vec::new(), |g| {
                g.report.off.iter().map(|off| row(g, off)).collect()
            })
        })
    };
    view! {
        <section class="forecast__part" aria-labelledby="amounts">
            <h2 class="forecast__head" id="amounts">
                "How far off amounts were "
                <Explain title="how far off">
                    <p>"For each forecast: what it said less what came. The mean of that is the bias; the mean without signs is how far off it was. What came is the value of deals won in the period, as known today."</p>
                    <code>"bias = mean(said − came), off = mean(|said − came|)"</code>
                </Explain>
            </h2>
            <Table caption="How far off amounts were" columns=Signal::stored(columns) class="forecast__table">
                {block(move || rows().collect_view())}
            </Table>
        </section>
    }
}

/// How true chances were.
#[component]
pub(super) fn Givers(
    /// What was graded.
    graded: Shown,
) -> impl IntoView {
    let columns = vec![
        Column::new("giver", "Chances").fixed(),
        Column::new("n", "Given").numeric().fixed(),
        Column::new("brier", "Brier score").numeric().fixed(),
        Column::new("against", "Against the base rate")
            .numeric()
            .fixed(),
        Column::new("word", "Judgement").fixed(),
    ];
    let row = |truth: &Truth| {
        let word = match (truth.giver, truth.is_better()) {
            (Giver::Base, _) => "What there is to beat",
            (_, true) => "Better than the base rate",
            (_, false) => "No better than the base rate",
        };
        let against = match truth.error.filter(|_| truth.giver != Giver::Base) {
            None if truth.giver == Giver::Base => "–".to_owned(),
            Some(error) => format!(
                "{} ± {}",
                intl::fixed(truth.against, 4),
                intl::fixed(2.0 * error, 4)
            ),
            None => intl::fixed(truth.against, 4),
        };
        view! {
            <tr>
                <th scope="row">{truth.giver.label()}</th>
                <td class="num">{intl::integer(truth.n as i64)}</td>
                <td class="num">{intl::fixed(truth.brier, 4)}</td>
                <td class="num">{against}</td>
                <td>{word}</td>
            </tr>
        }
        .into_any()
    };
    let rows = move || {
        graded.with(|g| {
            let truths = g
                .as_ref()
                .map(|g| g.report.truths.iter().map(row).collect());
            truths.unwrap_or_else(Vec::new)
        })
    };
    view! {
        <section class="forecast__part" aria-labelledby="chances">
            <h2 class="forecast__head" id="chances">
                "How true chances were "
                <Explain title="how true chances were">
                    <p>"The mean square of chance less outcome (1 for won in the rest of the period, 0 for not): 0 is perfect. The base rate gives every open deal the same chance, the share of open deals that were won in as much time before."</p>
                    <p>"Better means: the mean difference from forecast to forecast is below 0 by more than two standard errors."</p>
                    <code>"Brier = mean((chance − outcome)²)"</code>
                </Explain>
            </h2>
            <Table caption="How true chances were" columns=Signal::stored(columns) class="forecast__table">
                {block(move || rows().collect_view())}
            </Table>
        </section>
    }
}

/// A share in ten-thousandths, for charts of whole numbers.
fn amount(share: f64) -> Amount {
    Amount {
        minor: (share * 10_000.0).round() as i128,
        said: Said::plain(intl::percent(share, 0)),
    }
}

fn curve(bins: &[Bin]) -> Lines {
    let place = |bin: &Bin| Place {
        key: None,
        label: Said {
            full: format!(
                "{} to {}",
                intl::percent(bin.from, 0),
                intl::percent(bin.to, 0)
            ),
            short: intl::percent(bin.from, 0),
        },
        day: None,
    };
    let said = bins.iter().map(|bin| {
        Some(Value {
            amount: amount(bin.said),
            ..Value::default()
        })
    });
    let came = bins.iter().map(|bin| {
        let interval = bin.came.interval()?;
        Some(Value {
            amount: amount(bin.came.value()?),
            band: Some(Interval {
                low: (interval.low * 10_000.0) as i128,
                high: (interval.high * 10_000.0) as i128,
                said: share_interval(interval),
            }),
            n: Some(format!("n {}", intl::integer(bin.came.n as i64))),
        })
    });
    Lines {
        about: About {
            title: "Do chances come true?".into(),
            summary: "Deals by the chance they were given, and the share of them that was won. Where chances are true, both lines are one.".into(),
            nothing: String::new(),
        },
        label: "Chance given".into(),
        measure: Measure {
            name: "Won".into(),
            least_step: 100,
            from_zero: true,
            write: Write::new(|n| intl::percent(n as f64 / 10_000.0, 0)),
        },
        places: bins.iter().map(place).collect(),
        series: vec![
            Series { name: "Given".into(), values: said.collect() },
            Series { name: "Came true".into(), values: came.collect() },
        ],
        references: Vec::new(),
        pins: Vec::new(),
    }
}

/// The reliability curve of one giver.
#[component]
pub(super) fn Curve(
    /// What was graded.
    graded: Shown,
) -> impl IntoView {
    let giver = RwSignal::new("2".to_owned());
    let options: Vec<Choice> = Giver::ALL
        .iter()
        .enumerate()
        .map(|(n, g)| Choice::new(n.to_string(), g.label()))
        .collect();
    let draw = Callback::new(move |room: Room| {
        let at = giver.with(|code| code.parse::<usize>().unwrap_or(2));
        let lines = graded.with(|g| {
            g.as_ref()
                .and_then(|g| g.report.curves.get(at).map(|b| curve(b)))
        });
        line(&lines.unwrap_or_default(), room)
    });
    view! {
        <section class="forecast__part" aria-label="Reliability">
            <div class="scope__line">
                <Select class="scope__one" label="Chances of" options=Signal::stored(options) value=giver on_change=move |code| giver.set(code)/>
            </div>
            <div class="forecast__charts"><div class="panel"><ChartView draw file_name="forecast-reliability"/></div></div>
        </section>
    }
}

/// What people said: categories, chances of their own, calls.
#[component]
pub(super) fn People(
    /// What was graded.
    graded: Shown,
) -> impl IntoView {
    let store = use_store();
    let what = |first: &str| Column::new("what", first).fixed();
    let said = Column::new("said", "Said").numeric().fixed();
    let came = Column::new("came", "Won").fixed();
    let of_categories = vec![what("Category"), came.clone()];
    let of_chances = vec![what("Chance"), said, came];
    let categories = move || {
        graded.with(|g| {
            let all = g.as_ref().map(|g| g.report.categories.clone());
            all.unwrap_or_default()
        })
    };
    let category = |(category, rate): (crate::domain::deal::ForecastCategory, Rate)| {
        view! {
            <tr><th scope="row">{category.label()}</th><td>{rate_words(rate)}</td></tr>
        }
    };
    let own = move || {
        graded.with(|g| {
            let bins = g.as_ref().map(|g| own_chances(&g.case.learnt.lives));
            bins.unwrap_or_default()
        })
    };
    let bin = |bin: Bin| {
        let name = format!(
            "{} to {}",
            intl::percent(bin.from, 0),
            intl::percent(bin.to, 0)
        );
        view! {
            <tr><th scope="row">{name}</th><td class="num">{share_text(bin.said)}</td><td>{rate_words(bin.came)}</td></tr>
        }
    };
    let calls = move || {
        store.track_kind(Kind::Call);
        let graded = graded.get()?;
        let case = &graded.case;
        let over: Vec<CallCame> = store.with(|s| {
            let all = s.world().state.tables.calls.iter();
            let over = all.filter(|c| {
                c.from.is_some_and(|from| {
                    let period = Period::months_from(from, c.span.months());
                    period.to().to_epoch_days() < case.learnt.today
                })
            });
            over.filter_map(|c| {
                Some(CallCame {
                    said: c.amount?.minor.into(),
                    came: outcome(case, c),
                })
            })
            .collect()
        });
        Some(match calls_off(&over) {
            None => {
                "No call is over yet: once its period is, it is compared with what came.".to_owned()
            }
            Some((n, bias, error)) => format!(
                "{}: off by {} in the mean, said too much by {}.",
                intl::count(n as usize, "call is over", "calls are over"),
                case.about(error),
                signed(&graded, bias)
            ),
        })
    };
    let nobody = Memo::new(move |_| own().is_empty());
    view! {
        <div class="forecast__pair">
            <section class="forecast__part" aria-labelledby="by-category">
                <h2 class="forecast__head" id="by-category">
                    "What categories were worth "
                    <Explain title="what categories were worth">
                        <p>"Open deals expected in a period, by what they were called at each forecast, and how many of them were won in it."</p>
                    </Explain>
                </h2>
                <Table caption="What categories were worth" columns=Signal::stored(of_categories) class="forecast__table">
                    {block(move || categories().into_iter().map(category).collect_view())}
                </Table>
            </section>
            <section class="forecast__part" aria-labelledby="own-chances">
                <h2 class="forecast__head" id="own-chances">
                    "What own chances were worth "
                    <Explain title="what own chances were worth">
                        <p>"Closed deals that had a chance of their own when they were last open, once each, and how many were won."</p>
                    </Explain>
                </h2>
                {block(move || if nobody.get() {
                    view! { <p class="forecast__note">"No closed deal had a chance of its own."</p> }.into_any()
                } else {
                    view! {
                        <Table caption="What own chances were worth" columns=Signal::stored(of_chances.clone()) class="forecast__table">
                            {block(move || own().into_iter().map(bin).collect_view())}
                        </Table>
                    }.into_any()
                })}
                <h2 class="forecast__head">"What calls were worth"</h2>
                <p class="forecast__note">{calls}</p>
            </section>
        </div>
    }
}
