//! How long deals stay in a stage: the curve behind its median.

use super::stages::Line;
use crate::chart::scene::Room;
use crate::chart::survival::{Curve, Fall, Survival, survival};
use crate::chart::value::{About, Amount, Interval, Measure, Said, Write};
use crate::domain::insight::stats;
use crate::shell::intl;
use crate::ui::charts::count_axis;
use crate::ui::insight::data::period_words;
use crate::ui::insight::figure::share_text;
use crate::ui::insight::reading::use_reading;
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::insight::write::days_text;
use crate::ui::parts::*;
use leptos::prelude::*;

/// Shares are drawn in hundredths of a percent.
const WHOLE: i128 = 10_000;

fn parts(share: f64) -> i128 {
    (share * WHOLE as f64).round() as i128
}

fn days(n: u32) -> Amount {
    Amount {
        minor: n.into(),
        said: Said {
            full: days_text(n.into()),
            short: intl::integer(n.into()),
        },
    }
}

fn chart(line: &Line) -> Survival {
    let curve = line.time.curve();
    let fall = |step: &stats::survival::Step| Fall {
        time: days(step.day),
        share: Amount {
            minor: parts(step.share),
            said: Said::plain(share_text(step.share)),
        },
        band: step.band.map(|band| Interval {
            low: parts(band.low),
            high: parts(band.high),
            said: format!("{} to {}", share_text(band.low), share_text(band.high)),
        }),
    };
    let here: Vec<i128> = line.time.here.iter().map(|(day, _)| day.into()).collect();
    let last = curve.steps.last().map_or(0, |step| i128::from(step.day));
    let going = curve.n - curve.ended;
    let median = curve.median();
    let summary = match median {
        Some(days) => format!("Half have left after {}.", days_text(days.into())),
        None => "Less than half have left so far.".to_owned(),
    };
    Survival {
        about: About {
            title: format!("Still in {} after so many days", line.name),
            summary: format!(
                "{summary} {} came in, {} are still there.",
                intl::integer(i64::try_from(curve.n).unwrap_or(i64::MAX)),
                intl::integer(i64::try_from(going).unwrap_or(i64::MAX))
            ),
            nothing: "Nobody has been here for a day yet.".to_owned(),
        },
        time: count_axis("Days in the stage"),
        share: Measure {
            name: "Still there".to_owned(),
            least_step: WHOLE / 10,
            from_zero: true,
            write: Write::new(|n| share_text(n as f64 / WHOLE as f64)),
        },
        whole: WHOLE,
        curves: vec![Curve {
            key: Some(0),
            name: line.name.clone(),
            n: format!(
                "n {}",
                intl::integer(i64::try_from(curve.n).unwrap_or(i64::MAX))
            ),
            falls: curve.steps.iter().map(fall).collect(),
            end: here.iter().copied().fold(last, i128::max),
            censored: here,
            median: median.map(days),
        }],
    }
}

/// The dialog; closed while no stage is asked for.
#[component]
pub(super) fn StayDialog(
    /// The stage.
    shown: RwSignal<Option<Line>>,
) -> impl IntoView {
    let (reading, rows) = (use_reading(), use_rows());
    let open = Memo::new(move |_| shown.with(Option::is_some));
    let title = Memo::new(move |before: Option<&String>| {
        let now = shown.with(|line| line.as_ref().map(|line| format!("Time in {}", line.name)));
        now.or(before.cloned()).unwrap_or_default()
    });
    let period = move || period_words(reading.insight.lens.get().period);
    view! {
        <Dialog open title kind=DialogKind::Large on_close=move |()| shown.set(None)>
            {move || shown.get().map(|line| {
                let drawn = line.clone();
                let draw = Callback::new(move |room: Room| survival(&chart(&drawn), room));
                let (name, deals) = (line.name.clone(), line.entered.clone());
                let show = move || {
                    shown.set(None);
                    rows.open(Behind {
                        title: format!("Stays in {name}"),
                        sentence: "Deals that came into the stage in the chosen time, also those still there. A deal that came in twice is listed once.".into(),
                        deals: deals.get(),
                    });
                };
                let pick = show.clone();
                let ends = line.time.curve().median_band();
                let band = match ends {
                    (Some(low), Some(high)) => format!("The median lies between {} and {} with 95 % confidence.", low, days_text(high.into())),
                    (Some(low), None) => format!("The median is at least {} with 95 % confidence.", days_text(low.into())),
                    _ => "There are too few to say how sure the median is.".to_owned(),
                };
                view! {
                    <ChartView draw on_pick=move |_| pick() file_name=String::from("time-in-stage")/>
                    <p class="part__lead">{band}</p>
                    <div><Button size=ButtonSize::Small on_click=move |_| show()>"Show these deals"</Button></div>
                    <p class="part__lead">{format!("Entries made in {}. Deals still there count for as long as they have been there (Kaplan–Meier); a tick on the line marks them.", period())}</p>
                }
            })}
        </Dialog>
    }
}
