//! What stands in each stage, and how it goes on from there.

use super::stay::StayDialog;
use crate::domain::ids::{PipelineId, StageId};
use crate::domain::insight::answer::{Answer, Value};
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::idle::{IdleQuery, Threshold, idle_stages};
use crate::domain::insight::select::Selection;
use crate::domain::insight::stats::Rate;
use crate::domain::insight::stay::{StageTime, StageTimes};
use crate::shell::intl;
use crate::ui::insight::deals::Deals;
use crate::ui::insight::figure::{share_interval, share_text};
use crate::ui::insight::reading::{Reading, use_reading};
use crate::ui::insight::rows::use_rows;
use crate::ui::insight::section::{Definition, Section, Ways};
use crate::ui::insight::versus::{self, Was};
use crate::ui::insight::write;
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// One stage with all that is said of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub id: StageId,
    pub name: String,
    open: Deals,
    value: String,
    weighted: String,
    rotting: Deals,
    idle: Option<f64>,
    threshold: Option<Threshold>,
    pub time: Arc<StageTime>,
    /// The median of the stays as they are counted.
    days: Option<f64>,
    onward: Answer,
    pub entered: Deals,
    /// Of the time it is compared with.
    before: Option<Before>,
}

/// A stage in the time it is compared with.
#[derive(Clone, Debug, PartialEq)]
struct Before {
    days: Option<f64>,
    onward: Option<Rate>,
    entered: Deals,
}

fn rate_of(answer: &Answer) -> Option<Rate> {
    match answer.value {
        Value::Share(rate) => Some(rate),
        _ => None,
    }
}

/// What stays and going on were in the time compared with, by the number of the stage.
fn befores(reading: Reading, of: &Selection) -> Option<Vec<Before>> {
    reading.then(|q| {
        let times = StageTimes::of(q.facts, of, q.period, q.now.today);
        let mut rates = vec![None; q.facts.stages.len()];
        for (stage, answer) in q.by_stage(Metric::Conversion, of).unwrap_or_default() {
            rates[usize::from(stage)] = rate_of(&answer);
        }
        let stages = q
            .facts
            .stages
            .list
            .iter()
            .zip(times.stages.iter())
            .zip(rates);
        stages
            .map(|((stage, time), onward)| {
                let id = stage.id;
                let n = usize::try_from(time.n()).unwrap_or_default();
                Before {
                    days: q.median_stay(time).0,
                    onward,
                    entered: reading.deals_then(n, move |q, of| q.entered(id, of)),
                }
            })
            .collect()
    })
}

/// The deals open in a stage, with `rotting` only those that rot.
fn here(reading: Reading, n: usize, stage: StageId, rotting: bool) -> Deals {
    Deals::asked(n, move || {
        let of = reading.of.get();
        reading.ask(reading.insight.lens.get().period, |q| {
            let number = q.facts.stages.find(stage);
            let own = of.and(|row| Some(q.facts.stage[row]) == number);
            let metric = if rotting {
                Metric::Rotting
            } else {
                Metric::OpenCount
            };
            q.deals(metric, &own)
        })
    })
}

/// The deals that came into a stage in the time.
fn entered(reading: Reading, n: usize, stage: StageId) -> Deals {
    Deals::asked(n, move || {
        let of = reading.of.get();
        reading.ask(reading.insight.lens.get().period, |q| q.entered(stage, &of))
    })
}

fn lines(reading: Reading, pipeline: PipelineId) -> Vec<Line> {
    let (insight, of) = (reading.insight, reading.of.get());
    let period = insight.lens.get().period;
    let befores = befores(reading, &of);
    reading.ask(period, |q| {
        let facts = q.facts;
        let thresholds = q.thresholds();
        let query = IdleQuery {
            thresholds: &thresholds,
            rule: q.rules.idle,
            now: q.now,
        };
        let idle = idle_stages(facts, &of, &query);
        let times = StageTimes::of(facts, &of, period, q.now.today);
        let open = q.rows(Metric::Open, &of);
        let rates = q.by_stage(Metric::Conversion, &of).unwrap_or_default();
        let line = |stage: u16| {
            let at = usize::from(stage);
            let id = facts.stages.list[at].id;
            let own = open.and(|row| facts.stage[row] == stage);
            let onward = rates.iter().find(|(s, _)| *s == stage);
            let onward = onward.map(|(_, answer)| answer.clone()).unwrap_or_default();
            Line {
                id,
                name: reading.stage_name(facts, stage),
                value: insight.sum(&q.total(&own)),
                weighted: insight.sum(&q.weighted(&own)),
                open: here(reading, idle[at].open as usize, id, false),
                rotting: here(reading, idle[at].rotting as usize, id, true),
                idle: idle[at].days.median(),
                threshold: thresholds[at],
                days: q.median_stay(&times.stages[at]).0,
                time: Arc::new(times.stages[at].clone()),
                entered: entered(reading, times.stages[at].n() as usize, id),
                onward,
                before: befores.as_ref().and_then(|all| all.get(at).cloned()),
            }
        };
        facts.stages.open_of(pipeline).map(line).collect()
    })
}

/// The table of a pipeline's stages.
#[component]
pub(super) fn StageTable(
    /// Of which pipeline.
    pipeline: PipelineId,
    /// What it is called.
    name: String,
    /// Whether it is the only one on the page.
    alone: Memo<bool>,
) -> impl IntoView {
    let reading = use_reading();
    let lines = Memo::new(move |_| lines(reading, pipeline));
    let shown = RwSignal::new(None::<Line>);
    let title = Signal::derive(move || {
        if alone.get() {
            "Stage by stage".to_owned()
        } else {
            format!("Stage by stage: {name}")
        }
    });
    let columns = Signal::stored(vec![
        Column::new("stage", "Stage").fixed(),
        Column::new("open", "Open").numeric().fixed(),
        Column::new("value", "Value").numeric().fixed(),
        Column::new("weighted", "Weighted").numeric().fixed(),
        Column::new("rotting", "Rotting").numeric().fixed(),
        Column::new("idle", "Idle, median").numeric().fixed(),
        Column::new("time", "Time in stage, median")
            .numeric()
            .fixed(),
        Column::new("onward", "Goes on").numeric().fixed(),
    ]);
    let rows = move || {
        let row = |line: Line| view! { <StageRow line shown/> };
        lines.get().into_iter().map(row).collect_view()
    };
    let how: ChildrenFn = std::sync::Arc::new(|| {
        view! {
            <p>"Open, value and weighted are of deals open now. Time and going on are of the times a deal came into the stage in the chosen time."</p>
            <Definition metric=Metric::Rotting/>
            <Definition metric=Metric::StageTime/>
            <Definition metric=Metric::Conversion/>
        }
        .into_any()
    });
    view! {
        <Section title how tools=Box::new(|| view! { <Ways metric=Metric::Conversion/> }.into_any())>
            <Table caption=title columns class="part__table stage-table">{block(rows)}</Table>
            <StayDialog shown/>
        </Section>
    }
}

/// A number that opens the deals behind it.
#[component]
pub(super) fn Cell(
    /// What it is called: "Open in Lead".
    what: String,
    /// The number.
    text: String,
    /// Which deals these are, in a sentence.
    sentence: String,
    /// These deals.
    #[prop(into)]
    deals: Deals,
) -> impl IntoView {
    let rows = use_rows();
    if deals.is_empty() {
        return view! { <span>{text}</span> }.into_any();
    }
    let label = format!("{what}: {text}, show the deals");
    let open = rows.opener(format!("{what}: {text}"), sentence, deals);
    view! { <button type="button" class="cell-link" aria-label=label on:click=open>{text}</button> }
        .into_any()
}

#[component]
fn StageRow(
    /// The stage.
    line: Line,
    /// The stage whose stays are looked at.
    shown: RwSignal<Option<Line>>,
) -> impl IntoView {
    let named = |what: &str| format!("{what} in {}", line.name);
    let curve = line.time.curve();
    let stay = match (curve.n, line.days) {
        (0, _) => "–".to_owned(),
        (_, None) => "not half left yet".to_owned(),
        (_, Some(days)) => write::days_text(days),
    };
    let limit = match line.threshold {
        None => "no threshold".to_owned(),
        Some(Threshold::Own(days)) => format!("from {} on, as set", write::days_text(days.into())),
        Some(Threshold::Learned { days, n }) => format!(
            "from {} on, learned from {}",
            write::days_text(days.into()),
            intl::count(
                usize::try_from(n).unwrap_or_default(),
                "stay of a winner",
                "stays of winners"
            )
        ),
    };
    let (onward, of) = match &line.onward.value {
        Value::Share(rate) => (
            rate.value().map(share_text).unwrap_or_default(),
            format!(
                "{}, n {}",
                match rate.interval().map(share_interval) {
                    Some(interval) => interval,
                    None => "no interval".to_owned(),
                },
                intl::integer(i64::try_from(rate.n).unwrap_or(i64::MAX))
            ),
        ),
        _ => ("–".to_owned(), "nobody came in".to_owned()),
    };
    let opened = line.clone();
    let was = |what: &str, text: &dyn Fn(&Before) -> Option<String>| {
        line.before.as_ref().and_then(|b| Some(view! { <Was what=format!("{what} {}", line.name) text=text(b)? sentence="Deals that came into the stage in the time compared with." deals=b.entered.clone()/> }))
    };
    let (now_days, now_rate) = (line.days, rate_of(&line.onward));
    let days_then = was("Time in", &|b| Some(versus::days(now_days, b.days)));
    let rate_then = was("Goes on from", &|b| {
        Some(versus::rates(now_rate?, b.onward?))
    });
    let n = intl::integer(i64::try_from(curve.n).unwrap_or(i64::MAX));
    view! {
        <tr>
            <th scope="row">{line.name.clone()}</th>
            <td class="num" data-label="Open"><Cell what=named("Open") text=intl::integer(line.open.len() as i64) sentence="Deals open in this stage now.".into() deals=line.open.clone()/></td>
            <td class="num" data-label="Value"><Cell what=named("Open value") text=line.value.clone() sentence="Σ value of the deals open in this stage now.".into() deals=line.open.clone()/></td>
            <td class="num" data-label="Weighted"><Cell what=named("Weighted value") text=line.weighted.clone() sentence="Σ value × chance of the deals open in this stage now.".into() deals=line.open.clone()/></td>
            <td class="num" data-label="Rotting">
                <Cell what=named("Rotting") text=intl::integer(line.rotting.len() as i64) sentence=Metric::Rotting.definition().into() deals=line.rotting.clone()/>
                <span class="part__small">{limit}</span>
            </td>
            <td class="num" data-label="Idle, median"><Cell what=named("Idle, median") text=line.idle.map_or_else(|| "–".to_owned(), write::days_text) sentence="Deals open in this stage now; half of them have been idle for at least as long.".into() deals=line.open.clone()/></td>
            <td class="num" data-label="Time in stage, median">
                <button type="button" class="cell-link" aria-label=format!("Time in {}: {stay}, show the curve", line.name) disabled={curve.n == 0} on:click=move |_| shown.set(Some(opened.clone()))>{stay.clone()}</button>
                <span class="part__small"><Cell what=format!("Stays in {}", line.name) text=format!("n {n}") sentence="Deals that came into the stage in the chosen time, also those still there.".into() deals=line.entered.clone()/></span>
                {days_then}
            </td>
            <td class="num" data-label="Goes on">
                <Cell what=format!("Goes on from {}", line.name) text=onward sentence="Deals that came into the stage in the chosen time.".into() deals=line.entered.clone()/>
                <span class="part__small">{of}</span>
                {rate_then}
            </td>
        </tr>
    }
}
