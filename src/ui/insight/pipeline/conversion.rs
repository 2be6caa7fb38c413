//! What became of the times deals came into each stage.

use crate::chart::scene::Room;
use crate::chart::stack::{Part, Stack, Stacks, stacked};
use crate::chart::value::{About, Amount, Said};
use crate::domain::ids::{PipelineId, StageId};
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::flow::{Flows, StageFlow, flow_deals};
use crate::domain::insight::legs::Fate;
use crate::shell::intl;
use crate::ui::charts::count_axis;
use crate::ui::insight::figure::{share_interval, share_text};
use crate::ui::insight::reading::{Reading, use_reading};
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::insight::section::Section;
use crate::ui::insight::versus::{self, Was};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

fn flows(reading: Reading, pipeline: PipelineId) -> Vec<(StageId, String, StageFlow)> {
    let of = reading.of.get();
    reading.ask(reading.insight.lens.get().period, |q| {
        let flows = q.flows(&of);
        let stage = |number: u16| {
            let id = q.facts.stages.list[usize::from(number)].id;
            let name = reading.stage_name(q.facts, number);
            (id, name, flows.stages[usize::from(number)])
        };
        q.facts.stages.open_of(pipeline).map(stage).collect()
    })
}

fn whole(n: u64) -> Amount {
    Amount {
        minor: n.into(),
        said: Said::plain(intl::integer(i64::try_from(n).unwrap_or(i64::MAX))),
    }
}

/// A share with its interval: "5 (42 %, 28 % to 58 %)".
fn with_share(flow: &StageFlow, fate: Fate) -> Amount {
    let (amount, rate) = (whole(flow.of(fate)), flow.share(fate));
    let full = match (rate.value(), rate.interval()) {
        (Some(share), Some(interval)) => format!(
            "{} ({}, {})",
            amount.said.full,
            share_text(share),
            share_interval(interval)
        ),
        _ => amount.said.full.clone(),
    };
    Amount {
        said: Said {
            full,
            short: amount.said.short,
        },
        ..amount
    }
}

fn chart(flows: &[(StageId, String, StageFlow)], title: String) -> Stacks {
    let row = |(n, (_, name, flow)): (usize, &(StageId, String, StageFlow))| {
        let part = |(at, fate): (usize, &Fate)| Part {
            key: Some((n * Fate::ALL.len() + at) as u64),
            amount: with_share(flow, *fate),
        };
        Stack {
            key: None,
            label: name.clone(),
            parts: Fate::ALL.iter().enumerate().map(part).collect(),
            total: whole(flow.entries()).said,
        }
    };
    let all: u64 = flows.iter().map(|(_, _, flow)| flow.entries()).sum();
    let entries = intl::count(usize::try_from(all).unwrap_or_default(), "entry", "entries");
    Stacks {
        about: About {
            title,
            summary: format!(
                "{entries} into these stages: advanced, lost, moved back, moved elsewhere and still there add up to all."
            ),
            nothing: "Nobody came into a stage in this time.".into(),
        },
        label: "Stage".into(),
        total: "Entries".into(),
        measure: count_axis("Entries"),
        series: Fate::ALL
            .iter()
            .map(|fate| fate.label().to_owned())
            .collect(),
        rows: flows.iter().enumerate().map(row).collect(),
        upright: false,
    }
}

/// The same in numbers beside those of the time compared with.
#[component]
fn Compared(
    /// Stage by stage.
    found: Memo<Vec<(StageId, String, StageFlow)>>,
    /// Those of the time compared with.
    before: Flows,
) -> impl IntoView {
    let reading = use_reading();
    let mut columns = vec![Column::new("stage", "Stage").fixed()];
    let fates = Fate::ALL.iter();
    columns.extend(fates.map(|f| Column::new(f.label(), f.label()).numeric().fixed()));
    let facts = reading.facts();
    let cell = |id: StageId, name: &str, flow: &StageFlow, was: StageFlow, fate: Fate| {
        let (now, then) = (flow.share(fate), was.share(fate));
        let n = usize::try_from(was.of(fate)).unwrap_or_default();
        let deals = reading.deals_then(n, move |q, of| {
            flow_deals(q.facts, of, q.period, id, &[fate])
        });
        let what = format!("{name}: {}", fate.label().to_lowercase());
        let text = versus::rates(now, then);
        view! {
            <td class="num">{now.value().map_or_else(|| "–".to_owned(), share_text)}<Was what text sentence="Deals that came into the stage in the time compared with and ended so." deals/></td>
        }
    };
    let row = |(id, name, flow): &(StageId, String, StageFlow)| {
        let was = before.stage(&facts, *id);
        let cells = Fate::ALL
            .iter()
            .map(|fate| cell(*id, name, flow, was, *fate));
        view! { <tr><th scope="row">{name.clone()}</th>{cells.collect_view()}</tr> }
    };
    let rows = found.with(|all| all.iter().map(row).collect_view());
    view! {
        <Table caption="What became of the entries, compared" columns=Signal::stored(columns) class="part__table">{rows}</Table>
    }
}

/// The five ways in which stays end, as bars.
#[component]
pub(super) fn Outcomes(
    /// Of which pipeline.
    pipeline: PipelineId,
    /// What it is called.
    name: String,
    /// Whether it is the only one on the page.
    alone: Memo<bool>,
) -> impl IntoView {
    let (reading, rows) = (use_reading(), use_rows());
    let found = Memo::new(move |_| flows(reading, pipeline));
    let before = Memo::new(move |_| {
        let of = reading.of.get();
        reading.then(|q| q.flows(&of))
    });
    let none = Memo::new(move |_| found.with(|all| all.iter().all(|(_, _, f)| f.entries() == 0)));
    let title = Signal::derive(move || match alone.get() {
        true => "What became of the entries".to_owned(),
        false => format!("What became of the entries: {name}"),
    });
    let draw = Callback::new(move |room: Room| {
        found.with(|all| {
            stacked(
                &chart(all, "Entries by stage and what became of them".into()),
                room,
            )
        })
    });
    let pick = move |key: u64| {
        let (n, at) = (
            key as usize / Fate::ALL.len(),
            key as usize % Fate::ALL.len(),
        );
        let Some((id, name, flow)) = found.with_untracked(|all| all.get(n).cloned()) else {
            return;
        };
        let fate = Fate::ALL[at];
        let of = reading.of.get_untracked();
        let deals = untrack(|| {
            reading.ask(reading.insight.lens.get().period, |q| {
                flow_deals(q.facts, &of, q.period, id, &[fate])
            })
        });
        rows.open(Behind {
            title: format!("{name}: {} {}", fate.label().to_lowercase(), flow.of(fate)),
            sentence: format!(
                "Deals that came into the stage in the chosen time: {} of {} entries ended so. A deal that came in twice is listed once.",
                flow.of(fate),
                flow.entries()
            ),
            deals: Arc::new(deals),
        });
    };
    let how: ChildrenFn = Arc::new(|| {
        view! {
            <p>{Metric::Conversion.definition()}</p>
            <p><code>{Metric::Conversion.formula()}</code></p>
        }
        .into_any()
    });
    view! {
        <Section title how>
            {block(move || if none.get() {
                view! { <p class="part__lead">"Nobody came into a stage in this time."</p> }.into_any()
            } else {
                view! { <ChartView draw on_pick=pick file_name=String::from("entries-by-stage")/> }.into_any()
            })}
            {block(move || before.get().map(|before| view! { <Compared found before/> }))}
        </Section>
    }
}
