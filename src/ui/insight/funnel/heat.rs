//! The funnel by month of creation, and by anything deals differ in.

use super::steps::{count, names};
use crate::chart::heat::{Cell, Heat, HeatRow, heat};
use crate::chart::scene::Room;
use crate::chart::value::{About, Amount, Said};
use crate::domain::ids::{DealId, PipelineId};
use crate::domain::insight::cohort::{Cohort, Ladder, reached_deals};
use crate::domain::insight::creation::fitted;
use crate::domain::insight::period::{Cut, Period};
use crate::domain::insight::select::Selection;
use crate::domain::insight::slice::Dimension;
use crate::shell::intl;
use crate::ui::insight::figure::{share_interval, share_text};
use crate::ui::insight::reading::{Reading, largest, use_reading};
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::insight::scope::dimensions;
use crate::ui::insight::section::Section;
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// By which a cohort is told apart: the month, where it is no dimension.
const MONTH: &str = "month";
/// At most so many rows.
const MOST: usize = 18;

/// One row: its name, its days, its deals.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    name: String,
    period: Period,
    of: Arc<Selection>,
    cohort: Cohort,
}

fn rows(reading: Reading, pipeline: PipelineId, by: &str) -> (Vec<String>, Vec<Row>) {
    let of = reading.of.get();
    reading.ask(reading.insight.lens.get().period, |q| {
        let ladder = Ladder::of(q.facts, pipeline);
        let row = |name: String, period: Period, of: Arc<Selection>| Row {
            name,
            cohort: Cohort::of(&ladder, &of, period),
            period,
            of,
        };
        let all: Vec<Row> = match Dimension::from_code(by) {
            Some(by) => {
                let sliced = reading.sliced(by);
                let created = of.and(|at| q.period.holds(q.facts.created[at]));
                let (parts, _) = largest(&sliced, &created, MOST);
                let parts = parts.into_iter();
                parts
                    .map(|(value, part)| {
                        let name = sliced.labels[value as usize].name.clone();
                        row(name, q.period, Arc::new(part))
                    })
                    .collect()
            }
            None => {
                let span = fitted(q.facts, &of, q.period, q.now.today);
                let months = Cut::Month.pieces(span, MOST).into_iter();
                months
                    .map(|month| {
                        let days = month.within(q.period).unwrap_or(month);
                        row(intl::month(month.from()), days, of.clone())
                    })
                    .collect()
            }
        };
        let told = all.into_iter().filter(|row| row.cohort.n() > 0);
        (names(reading, q.facts, pipeline), told.collect())
    })
}

fn chart(names: &[String], rows: &[Row], title: String, label: String) -> Heat {
    let rungs = names.len();
    let row = |(y, row): (usize, &Row)| {
        let cell = |rung: usize| {
            let rate = row.cohort.share(rung);
            let share = rate.value()?;
            let mut more = vec![(
                "Deals".to_owned(),
                format!("{} of {}", count(rate.part), count(rate.n)),
            )];
            more.extend(
                rate.interval()
                    .map(|i| ("95 % interval".to_owned(), share_interval(i))),
            );
            let waits: u64 = row.cohort.undecided[..rung].iter().sum();
            if waits > 0 {
                more.push(("Not decided yet".into(), count(waits)));
            }
            Some(Cell {
                key: Some((y * rungs + rung) as u64),
                amount: Amount {
                    minor: (share * 10_000.0).round() as i128,
                    // Who is not decided may still come so far.
                    said: match (waits, share_text(share)) {
                        (0, text) => Said::plain(text),
                        (_, text) => Said {
                            full: format!("at least {text} so far"),
                            short: format!("≥ {text}"),
                        },
                    },
                },
                more,
            })
        };
        HeatRow {
            label: format!("{} (n {})", row.name, count(row.cohort.n())),
            cells: (1..rungs).map(cell).collect(),
        }
    };
    Heat {
        about: About {
            title,
            summary: "Each cell is the share of the row's deals that came so far or further; those not decided yet may still follow.".into(),
            nothing: "No deal of this pipeline was created in this time.".into(),
        },
        label,
        value: "Reached".into(),
        columns: names[1..].iter().map(Said::plain).collect(),
        rows: rows.iter().enumerate().map(row).collect(),
    }
}

/// How far the deals of each month, or of each part, got.
#[component]
pub(super) fn Cohorts(
    /// Of which pipeline.
    pipeline: PipelineId,
    /// What it is called.
    name: String,
    /// Whether it is the only one on the page.
    alone: Memo<bool>,
) -> impl IntoView {
    let (reading, dialog) = (use_reading(), use_rows());
    let store = reading.insight.store;
    let prefs = store.prefs();
    let by = Memo::new(move |_| {
        let code = prefs.with(|p| p.funnel_by.clone());
        if code.is_empty() {
            MONTH.to_owned()
        } else {
            code
        }
    });
    let found = Memo::new(move |_| rows(reading, pipeline, &by.get()));
    let options = Memo::new(move |_| {
        let mut all = vec![Choice::new(MONTH, "Month of creation")];
        all.extend(store.with(|s| dimensions(s.world())));
        all
    });
    let label = Memo::new(move |_| {
        let code = by.get();
        let all = options.get();
        let found = all.into_iter().find(|c| c.value == code);
        found.map_or_else(String::new, |c| c.label)
    });
    let title = Signal::derive(move || match alone.get() {
        true => "Cohorts".to_owned(),
        false => format!("Cohorts: {name}"),
    });
    let draw = Callback::new(move |room: Room| {
        let title = format!(
            "Share that reached each stage, by {}",
            label.get().to_lowercase()
        );
        found.with(|(names, rows)| heat(&chart(names, rows, title, label.get()), room))
    });
    let pick = move |key: u64| {
        let (names, rows) = found.get_untracked();
        let rungs = names.len();
        let (y, rung) = (key as usize / rungs, key as usize % rungs);
        let Some(row) = rows.get(y) else { return };
        let deals: Vec<DealId> = untrack(|| {
            reading.ask(row.period, |q| {
                reached_deals(&Ladder::of(q.facts, pipeline), &row.of, row.period, rung)
            })
        });
        dialog.open(Behind {
            title: format!("{}, reached {}: {}", row.name, names[rung], deals.len()),
            sentence: "Deals created then that came to this stage or a later one.".into(),
            deals: Arc::new(deals),
        });
    };
    let tools = move || {
        view! { <Select class="part__choice" label="Cohorts by" options value=by on_change=move |code| prefs.update(|p| p.funnel_by = code)/> }.into_any()
    };
    view! {
        <Section title tools=Box::new(tools) lead=Some(String::from("Which deals got how far. “≥” marks shares that may still grow: some of these deals are not decided yet."))>
            <ChartView draw on_pick=pick file_name=String::from("cohorts")/>
        </Section>
    }
}
