//! How many deals come, week by week or month by month.

use crate::chart::bar::{Amount, Bar, Bars, Names, vertical};
use crate::chart::scene::Room;
use crate::chart::value::Said;
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::creation::{Creation, created_deals};
use crate::domain::insight::period::Cut;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::insight::data::period_words;
use crate::ui::insight::reading::use_reading;
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::insight::section::{Definition, Section};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

fn chart(creation: &Creation, weekly: bool) -> Bars {
    let bar = |(n, piece): (usize, &crate::domain::insight::creation::Piece)| {
        let from = piece.period.from();
        let name = if weekly {
            fmt::day_month(from)
        } else {
            intl::month(from)
        };
        let count = intl::integer(i64::try_from(piece.count).unwrap_or(i64::MAX));
        let full = if piece.whole {
            count.clone()
        } else {
            format!("{count}, not over yet or cut off")
        };
        Bar {
            key: Some(n as u64),
            label: name,
            note: None,
            whole: Amount {
                minor: piece.count.into(),
                said: Said { full, short: count },
            },
            ..Bar::default()
        }
    };
    let unit = if weekly { "week" } else { "month" };
    Bars {
        title: format!("New deals by {unit}"),
        summary: creation.mean().map_or_else(
            || format!("No whole {unit} has passed yet."),
            |mean| format!("{} a {unit} in the mean.", intl::number(mean, 1)),
        ),
        names: Names {
            label: if weekly { "Week from" } else { "Month" }.into(),
            note: None,
            whole: "New deals".into(),
            part: None,
        },
        bars: creation.pieces.iter().enumerate().map(bar).collect(),
        least_step: 1,
    }
}

/// The bars and their mean.
#[component]
pub(super) fn NewDeals() -> impl IntoView {
    let (reading, rows) = (use_reading(), use_rows());
    let weekly = RwSignal::new(false);
    let found = Memo::new(move |_| {
        let of = reading.of.get();
        let cut = if weekly.get() { Cut::Week } else { Cut::Month };
        reading.ask(reading.insight.lens.get().period, |q| {
            Creation::of(q.facts, &of, q.period, cut, q.now.today)
        })
    });
    let draw = Callback::new(move |room: Room| {
        let bars = found.with(|c| chart(c, weekly.get()));
        vertical(&bars, room, 16.0 * room.em, &|n| {
            intl::integer(i64::try_from(n).unwrap_or(i64::MAX))
        })
    });
    let pick = move |key: u64| {
        let piece = found.with_untracked(|c| c.pieces.get(key as usize).map(|p| p.period));
        let Some(period) = piece else { return };
        let of = reading.of.get_untracked();
        let lens = reading.insight.lens.get_untracked().period;
        let period = period.within(lens).unwrap_or(period);
        let deals = untrack(|| reading.ask(period, |q| created_deals(q.facts, &of, period)));
        rows.open(Behind {
            title: format!("New deals: {}", deals.len()),
            sentence: format!("Deals created in {}.", period_words(period)),
            deals: Arc::new(deals),
        });
    };
    let mean_words = move || {
        found.with(|c| {
            let unit = if weekly.get() { "week" } else { "month" };
            match (c.mean(), c.interval()) {
                (None, _) => format!("No whole {unit} lies in the chosen time yet."),
                (Some(mean), None) => {
                    format!("{} a {unit}, of one whole {unit}.", intl::number(mean, 1))
                }
                (Some(mean), Some(i)) => format!(
                    "{} a {unit} in the mean ({} to {} with 95 % confidence, of {} whole {unit}s).",
                    intl::number(mean, 1),
                    intl::number(i.low.max(0.0), 1),
                    intl::number(i.high, 1),
                    c.n()
                ),
            }
        })
    };
    let before = Memo::new(move |_| {
        let of = reading.of.get();
        let cut = if weekly.get() { Cut::Week } else { Cut::Month };
        reading.then(|q| Creation::of(q.facts, &of, q.period, cut, q.now.today).mean())?
    });
    let mean = move || {
        let now = mean_words();
        match before.get() {
            Some(was) => format!(
                "{now} It was {} in {}.",
                intl::number(was, 1),
                reading.insight.than()
            ),
            None => now,
        }
    };
    let tools = move || {
        let options = vec![Choice::new("month", "Month"), Choice::new("week", "Week")];
        view! {
            <Segmented label=Some(String::from("Cut into")) options value=move || if weekly.get() { "week".to_owned() } else { "month".to_owned() } on_change=move |code: String| weekly.set(code == "week")/>
        }
        .into_any()
    };
    let how: ChildrenFn = Arc::new(|| view! { <Definition metric=Metric::Creation/> }.into_any());
    view! {
        <Section title="New deals" how tools=Box::new(tools) lead=Signal::derive(move || Some(mean()))>
            <ChartView draw on_pick=pick file_name=String::from("new-deals")/>
        </Section>
    }
}
