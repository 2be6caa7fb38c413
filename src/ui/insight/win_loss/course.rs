//! The course of the win rate.

use super::Page;
use crate::chart::line::{Lines, Place, Series, Value, line};
use crate::chart::scene::{Room, Scene};
use crate::chart::value::{About, Amount, Interval, Measure, Said, Write};
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::period::Cut;
use crate::domain::insight::win_loss::{Point, course};
use crate::shell::intl;
use crate::ui::insight::figure::{share_interval, share_text};
use crate::ui::insight::part::{Nothing, Part};
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// The most pieces shown.
const MOST: usize = 36;
/// Shares on the axis, in tenths of a percent.
const SCALE: f64 = 1_000.0;

fn scaled(share: f64) -> i128 {
    (share * SCALE).round() as i128
}

fn name(point: &Point, quarters: bool) -> Said {
    let from = point.period.from();
    if quarters {
        return Said::plain(format!("Quarter from {}", intl::month(from)));
    }
    Said {
        full: intl::month_long(from),
        short: intl::month(from),
    }
}

fn draw(points: &[Point], quarters: bool, room: Room) -> Scene {
    let value = |p: &Point| {
        let share = p.rate.value()?;
        Some(Value {
            amount: Amount {
                minor: scaled(share),
                said: Said::plain(share_text(share)),
            },
            band: p.rate.interval().map(|i| Interval {
                low: scaled(i.low),
                high: scaled(i.high),
                said: share_interval(i),
            }),
            n: Some(format!("n {}", intl::integer(p.rate.n as i64))),
        })
    };
    let ends = points.first().zip(points.last());
    let summary = ends.map_or_else(String::new, |(first, last)| {
        let said = |p: &Point| p.rate.value().map_or_else(|| "none".into(), share_text);
        format!(
            "From {} in the first piece to {} in the last. The band is the 95 % interval.",
            said(first),
            said(last)
        )
    });
    let data = Lines {
        about: About {
            title: if quarters {
                "Win rate by quarter"
            } else {
                "Win rate by month"
            }
            .into(),
            summary,
            nothing: String::new(),
        },
        label: if quarters { "Quarter" } else { "Month" }.into(),
        measure: Measure {
            name: "Win rate".into(),
            least_step: 100,
            from_zero: true,
            write: Write::new(|n| intl::percent(n as f64 / SCALE, 0)),
        },
        places: points
            .iter()
            .enumerate()
            .map(|(at, p)| Place {
                key: (!p.deals.is_empty()).then_some(at as u64),
                label: name(p, quarters),
                day: None,
            })
            .collect(),
        series: vec![Series {
            name: "Win rate".into(),
            values: points.iter().map(value).collect(),
        }],
        ..Lines::default()
    };
    line(&data, room)
}

/// The part.
#[component]
pub(super) fn CoursePart(page: Page) -> impl IntoView {
    let quarters = RwSignal::new(false);
    let points = Memo::new(move |_| {
        let fiscal = page
            .insight
            .store
            .with(|s| s.world().state.workspace().fiscal_month);
        let cut = if quarters.get() {
            Cut::Quarter(fiscal)
        } else {
            Cut::Month
        };
        let win = page.reading.win();
        page.ask(|query| course(query, &win, cut, MOST))
    });
    let (rows, rules) = (use_rows(), page.reading.rules);
    let pick = move |at: u64| {
        let found = points.with_untracked(|all| {
            let point = all.get(at as usize)?;
            Some(Behind {
                title: format!(
                    "Win rate, {}: {}",
                    name(point, quarters.get_untracked()).full,
                    point.rate.value().map(share_text).unwrap_or_default()
                ),
                sentence: format!(
                    "{} Of this piece of the time.",
                    rules
                        .get_untracked()
                        .by_number()
                        .definition(Metric::WinRate)
                ),
                deals: Arc::new(point.deals.clone()),
            })
        });
        if let Some(behind) = found {
            rows.open(behind);
        }
    };
    let explain: ChildrenFn = Arc::new(move || {
        view! {
            <p>{move || rules.get().by_number().definition(Metric::WinRate)}</p>
            <p>"Counted by the number of deals, month by month or fiscal quarter by fiscal quarter. A piece without decided deals is a gap, not a zero."</p>
            <p>"The band is Wilson’s 95 % interval: where it is wide, few deals were decided, and ups and downs within it are no change."</p>
            <code>{move || rules.get().by_number().formula(Metric::WinRate)}</code>
        }
        .into_any()
    });
    let tools = move || {
        view! {
            <Segmented label="Pieces" options=Signal::stored(vec![Choice::new("month", "Months"), Choice::new("quarter", "Quarters")]) value=move || if quarters.get() { "quarter" } else { "month" }.to_owned() on_change=move |c: String| quarters.set(c == "quarter")/>
        }
    };
    let enough = Memo::new(move |_| points.with(|p| p.len() > 1));
    view! {
        <Part title="Win rate over time" explain tools>
            {block(move || rules.get().by_number().way(Metric::WinRate).map(|way| view! { <p class="part__lead">{way}"."</p> }))}
            {block(move || if enough.get() {
                view! { <ChartView draw=move |room| points.with(|p| draw(p, quarters.get(), room)) on_pick=pick file_name="win-rate"/> }.into_any()
            } else {
                view! { <Nothing text="A course needs closed deals in at least two pieces of the time. Choose a longer one above."/> }.into_any()
            })}
        </Part>
    }
}
