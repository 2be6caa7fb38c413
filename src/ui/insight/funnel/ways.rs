//! Where deals go from each stage: forward, back, out.

use super::steps::count;
use crate::chart::sankey::{Flow, Node, NodeKind, Sankey, sankey};
use crate::chart::scene::Room;
use crate::chart::value::{About, Amount, Said};
use crate::domain::ids::{DealId, PipelineId};
use crate::domain::insight::legs::{Fate, Leg, legs};
use crate::domain::order::Order;
use crate::shell::intl;
use crate::ui::insight::reading::{Reading, use_reading};
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::insight::section::Section;
use crate::ui::parts::*;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The ends after the stages, in order of their places.
const ENDS: [(&str, NodeKind); 5] = [
    ("Won", NodeKind::Won),
    ("Still there", NodeKind::Still),
    ("Moved back", NodeKind::Stage),
    ("Moved elsewhere", NodeKind::Stage),
    ("Lost", NodeKind::Lost),
];

/// From which place to which node, and how often, by which deals.
type Ways = BTreeMap<(usize, usize), (u64, Vec<DealId>)>;

#[derive(Clone, Debug, Default, PartialEq)]
struct Found {
    stages: Vec<String>,
    ways: Ways,
}

fn read(reading: Reading, pipeline: PipelineId) -> Found {
    let of = reading.of.get();
    reading.ask(reading.insight.lens.get().period, |q| {
        let facts = q.facts;
        let open: Vec<u16> = facts.stages.open_of(pipeline).collect();
        let place = |stage: u16| open.iter().position(|s| *s == stage);
        let n = open.len();
        let target = |leg: &Leg| match leg.fate {
            // Into a later stage, or won at once.
            Fate::Advanced => leg.next().and_then(place).unwrap_or(n),
            Fate::Still => n + 1,
            Fate::Back => n + 2,
            Fate::Elsewhere => n + 3,
            Fate::Lost => n + 4,
        };
        let mut ways = Ways::new();
        for row in of.rows() {
            for leg in legs(facts, row).filter(|leg| q.period.holds(leg.entered)) {
                let Some(from) = place(leg.stage) else {
                    continue;
                };
                let way = ways.entry((from, target(&leg))).or_default();
                way.0 += 1;
                way.1.push(facts.ids[row]);
            }
        }
        for (_, ids) in ways.values_mut() {
            ids.order();
            ids.dedup();
        }
        Found {
            stages: open.iter().map(|s| reading.stage_name(facts, *s)).collect(),
            ways,
        }
    })
}

/// What goes in or out of a node.
fn total(found: &Found, node: usize) -> u64 {
    let sum = |of: fn(&(usize, usize)) -> usize| -> u64 {
        let ways = found.ways.iter().filter(|(key, _)| of(key) == node);
        ways.map(|(_, (n, _))| *n).sum()
    };
    sum(|key| key.0).max(sum(|key| key.1))
}

fn chart(found: &Found) -> Sankey {
    let stages = found.stages.len();
    let name = |n: usize| match found.stages.get(n) {
        Some(name) => name.clone(),
        None => ENDS[n - stages].0.to_owned(),
    };
    // An end stands in the last column, after all stages.
    let shown: Vec<usize> = (0..stages + ENDS.len())
        .filter(|n| total(found, *n) > 0)
        .collect();
    let at = |node: usize| shown.iter().position(|n| *n == node).unwrap_or(0);
    let node = |n: &usize| Node {
        key: None,
        label: name(*n),
        column: (*n).min(stages),
        kind: if *n < stages {
            NodeKind::Stage
        } else {
            ENDS[*n - stages].1
        },
        total: Said::plain(count(total(found, *n))),
    };
    let flow = |(key, (n, _)): (&(usize, usize), &(u64, Vec<DealId>))| Flow {
        key: Some((key.0 * 1_000 + key.1) as u64),
        from: at(key.0),
        to: at(key.1),
        amount: Amount {
            minor: (*n).into(),
            said: Said::plain(count(*n)),
        },
    };
    let all: u64 = found.ways.values().map(|(n, _)| *n).sum();
    Sankey {
        about: About {
            title: "Where deals went from each stage".into(),
            summary: format!(
                "{} of the chosen time.",
                intl::count(
                    usize::try_from(all).unwrap_or(usize::MAX),
                    "move or stay",
                    "moves and stays"
                )
            ),
            nothing: "Nobody came into a stage in this time.".into(),
        },
        value: "Times".into(),
        nodes: shown.iter().map(node).collect(),
        flows: found.ways.iter().map(flow).collect(),
    }
}

/// The flows of a pipeline.
#[component]
pub(super) fn Flows(
    /// Of which pipeline.
    pipeline: PipelineId,
    /// What it is called.
    name: String,
    /// Whether it is the only one on the page.
    alone: Memo<bool>,
) -> impl IntoView {
    let (reading, rows) = (use_reading(), use_rows());
    let found = Memo::new(move |_| read(reading, pipeline));
    let title = Signal::derive(move || match alone.get() {
        true => "Ways through the stages".to_owned(),
        false => format!("Ways through the stages: {name}"),
    });
    let draw = Callback::new(move |room: Room| found.with(|found| sankey(&chart(found), room)));
    let pick = move |key: u64| {
        let (from, to) = (key as usize / 1_000, key as usize % 1_000);
        let found = found.get_untracked();
        let Some((n, deals)) = found.ways.get(&(from, to)) else {
            return;
        };
        let stages = found.stages.len();
        let end = match found.stages.get(to) {
            Some(name) => name.clone(),
            None => ENDS[to - stages].0.to_lowercase(),
        };
        rows.open(Behind {
            title: format!("{} to {end}: {n}", found.stages[from]),
            sentence: "Deals that went this way after coming into the stage in the chosen time. Who went twice is listed once.".into(),
            deals: Arc::new(deals.clone()),
        });
    };
    view! {
        <Section title lead=Signal::derive(move || {
            let compares = reading.insight.lens.get().before.is_some();
            let only = if compares { " Of the chosen time only, not compared." } else { "" };
            Some(format!("Every time a deal came into a stage in the chosen time, and where it went from there, also back and out.{only}"))
        })>
            <div class="part__wide"><ChartView draw on_pick=pick file_name=String::from("ways-through-the-stages")/></div>
        </Section>
    }
}
