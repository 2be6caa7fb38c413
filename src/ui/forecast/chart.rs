//! The months as a line with its band, and the trials as a histogram.

use super::data::{Case, use_forecast};
use super::play::{Played, use_play};
use crate::chart::histogram::{self, Bin, Histogram, histogram};
use crate::chart::line::{Lines, Place, Series, Value, line};
use crate::chart::scene::{Room, Scene};
use crate::chart::value::{About, Amount, Interval, Said};
use crate::domain::insight::period::{Cut, Period};
use crate::shell::intl;
use crate::ui::charts::{amount_axis, count_axis};
use crate::ui::fmt;
use crate::ui::parts::*;
use leptos::prelude::*;

/// Months shown before the present one.
const BEFORE: usize = 6;
/// Ranges of the histogram.
const BINS: i128 = 24;

fn amount(case: &Case, minor: i128) -> Amount {
    let money = case.money(minor);
    Amount {
        minor,
        said: Said {
            full: case.about(minor),
            short: fmt::money_compact(money),
        },
    }
}

fn value(case: &Case, minor: i128) -> Option<Value> {
    Some(Value {
        amount: amount(case, minor),
        ..Value::default()
    })
}

fn months(played: &Played) -> Lines {
    let case = &played.case;
    let today = crate::domain::forecast::months::date(case.learnt.today);
    let first = case.months.month(0).unwrap_or(Period::month_of(today));
    let past = first.from().pred_opt().map_or(Vec::new(), |last| {
        Cut::Month.pieces(Period::until(last), BEFORE)
    });
    let ahead: Vec<Period> = (0..case.months.len())
        .filter_map(|n| case.months.month(n))
        .collect();
    let all: Vec<Period> = past.iter().chain(&ahead).copied().collect();
    let place = |period: &Period| Place {
        key: None,
        label: Said {
            full: intl::month_long(period.from()),
            short: intl::month(period.from()),
        },
        day: None,
    };
    let won = all.iter().enumerate().map(|(n, month)| {
        if n > past.len() {
            return None;
        }
        value(case, case.book.won_in(*month).minor)
    });
    let so_far = |month: Period| case.book.won_in(month).minor;
    let band = all.iter().enumerate().map(|(n, month)| {
        let range = played.outcome.months.get(n.checked_sub(past.len())?)?;
        let won = so_far(*month);
        let (low, high) = (won + range.low, won + range.high);
        Some(Value {
            amount: amount(case, won + range.middle),
            band: Some(Interval {
                low,
                high,
                said: format!("{} to {}", case.about(low), case.about(high)),
            }),
            n: None,
        })
    });
    let weighted = all.iter().enumerate().map(|(n, month)| {
        n.checked_sub(past.len())?;
        value(case, case.book.weighted(*month, case.learnt.today).minor)
    });
    let historic = case.historic();
    let history = all.iter().enumerate().map(|(n, month)| {
        let of = historic.get(n.checked_sub(past.len())?)?;
        value(case, so_far(*month) + of)
    });
    let series = |name: &str, values: Vec<Option<Value>>| Series {
        name: name.to_owned(),
        values,
    };
    Lines {
        about: About {
            title: "Month by month".into(),
            summary: format!(
                "What was won in each of the last {} months, and what each month ahead is to bring: the middle of the simulation with the band in which eight of ten trials lie, what the own history expects, and what close dates and chances come to.",
                past.len()
            ),
            nothing: String::new(),
        },
        label: "Month".into(),
        measure: amount_axis("Won", case.learnt.ground.currency),
        series: vec![
            series("Won", won.collect()),
            series("Simulated", band.collect()),
            series("By own history", history.collect()),
            series("Weighted", weighted.collect()),
        ],
        places: all.iter().map(place).collect(),
        references: Vec::new(),
        pins: Vec::new(),
    }
}

fn trials(played: &Played) -> Histogram {
    let (case, outcome) = (&played.case, &played.outcome);
    let totals = &outcome.totals;
    let ends = totals.first().zip(totals.last());
    let (least, most) = ends.map_or((0, 0), |(a, b)| (i128::from(*a), i128::from(*b)));
    let unit = 10_i128.pow(case.learnt.ground.currency.digits());
    let step = ((most - least) / BINS / unit + 1) * unit;
    let start = least.div_euclid(step) * step;
    let many = (most - start) / step + 1;
    let bins = (0..many).map(|n| {
        let (from, to) = (start + n * step, start + (n + 1) * step);
        let below = |minor: i128| totals.partition_point(|t| i128::from(*t) < minor);
        let count = below(to) - below(from);
        let text = intl::count(count, "trial", "trials");
        Bin {
            key: None,
            label: Said {
                full: format!("{} to {}", case.text(from), case.text(to)),
                short: fmt::money_compact(case.money(from)),
            },
            from,
            to,
            count: Amount {
                minor: count as i128,
                said: Said {
                    full: text,
                    short: String::new(),
                },
            },
        }
    });
    let mut lines = vec![
        ("1 of 10", outcome.range.low),
        ("Middle", outcome.range.middle),
        ("9 of 10", outcome.range.high),
    ];
    lines.extend(case.quota.map(|quota| ("Quota", quota)));
    let summary = format!(
        "The totals of {}: half below {}, eight of ten between {} and {}.",
        intl::count(totals.len(), "trial", "trials"),
        case.about(outcome.range.middle),
        case.about(outcome.range.low),
        case.about(outcome.range.high)
    );
    Histogram {
        about: About {
            title: "What the period may come to".into(),
            summary,
            nothing: "All trials come to nothing.".into(),
        },
        label: "Won in the period".into(),
        measure: count_axis("Trials"),
        bins: bins.collect(),
        lines: lines
            .into_iter()
            .map(|(label, minor)| histogram::Line {
                label: label.into(),
                amount: amount(case, minor),
            })
            .collect(),
    }
}

/// Both.
#[component]
pub(super) fn Charts() -> impl IntoView {
    let (forecast, play) = (use_forecast(), use_play());
    let draw = move |make: fn(&Played, Room) -> Scene| {
        Callback::new(move |room: Room| {
            play.played.with(|played| match played {
                Some(played) => make(played, room),
                None => line(&Lines::default(), room),
            })
        })
    };
    let by_month = draw(|played, room| line(&months(played), room));
    let by_total = draw(|played, room| histogram(&trials(played), room));
    let name = move |what: &'static str| {
        Signal::derive(move || format!("forecast-{what}-{}", forecast.ahead.get().code()))
    };
    view! {
        <section class="forecast__charts" aria-label="Charts">
            <div class="panel"><ChartView draw=by_month file_name=name("months")/></div>
            <div class="panel"><ChartView draw=by_total file_name=name("trials")/></div>
        </section>
    }
}
