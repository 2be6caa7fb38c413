//! One figure of choice by one dimension of choice.

use super::reading::{Reading, use_reading};
use super::rows::{Behind, use_rows};
use super::scope::dimensions;
use super::section::{Definition, Section};
use super::split::{Piece, bars, few_words, split, sure};
use super::versus::{self, Was};
use super::write;
use crate::chart::scene::Room;
use crate::domain::change::Kind;
use crate::domain::insight::answer::{Question, Value};
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::slice::Dimension;
use crate::domain::money::Currency;
use crate::shell::intl;
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// The figures that can be told apart by a dimension, as choices.
#[must_use]
pub fn metrics() -> Vec<Choice> {
    let all = Metric::ALL.iter();
    all.filter(|m| !matches!(m, Metric::Bottleneck | Metric::Coverage))
        .map(|m| Choice::new(m.code(), m.label()))
        .collect()
}

/// The deals behind a part, which says `text`.
fn behind(reading: Reading, metric: Metric, piece: &Piece, text: &str) -> Behind {
    let deals = untrack(|| {
        let of = reading.of.get();
        let period = reading.insight.lens.get().period;
        reading.ask(period, |q| piece.deals(reading, q, &of, metric))
    });
    Behind {
        title: format!("{}, {}: {text}", metric.label(), piece.name),
        sentence: untrack(|| reading.rules.get()).definition(metric),
        deals: Arc::new(deals),
    }
}

/// The choice, the chart and the table.
#[component]
pub(super) fn Breakdown() -> impl IntoView {
    let (reading, rows) = (use_reading(), use_rows());
    let (insight, store) = (reading.insight, reading.insight.store);
    let prefs = store.prefs();
    let metric = Memo::new(move |_| {
        let code = prefs.with(|p| p.breakdown_metric.clone());
        Metric::from_code(&code).unwrap_or(Metric::WinRate)
    });
    let by = Memo::new(move |_| {
        let code = prefs.with(|p| p.breakdown_by.clone());
        Dimension::from_code(&code).unwrap_or(Dimension::Owner)
    });
    let options = Memo::new(move |_| {
        store.track_kind(Kind::CustomField);
        store.with(|s| dimensions(s.world()))
    });
    let label = Memo::new(move |_| store.with(|s| by.get().label(s.world())));
    let found = Memo::new(move |_| {
        let of = reading.of.get();
        let period = insight.lens.get().period;
        reading.ask(period, |q| split(reading, q, &of, metric.get(), by.get()))
    });
    let currencies = Memo::new(move |_| {
        let home = insight.home.get();
        found.with(|(all, _)| write::currencies(all.iter().map(|p| &p.answer.value), home))
    });
    let open = move |n: usize| {
        let piece = found.with_untracked(|(all, _)| all.get(n).cloned());
        if let Some(piece) = piece {
            let text = write::value_text(insight, &piece.answer.value);
            rows.open(behind(reading, metric.get_untracked(), &piece, &text));
        }
    };
    let chart = move |currency: Currency| {
        let draw = Callback::new(move |room: Room| {
            let alone = currencies.with(|c| c.len() < 2);
            let mut title = format!("{} by {}", metric.get().label(), label.get().to_lowercase());
            if !alone {
                title = format!("{title}, {currency}");
            }
            found.with(|(all, _)| bars(all, metric.get(), currency, title, label.get(), room))
        });
        view! { <ChartView draw on_pick=move |key| open(key as usize) file_name=String::from("breakdown")/> }
    };
    let tools = move || {
        view! {
            <Select class="part__choice" label="Figure" options=Signal::stored(metrics()) value=move || metric.get().code().to_owned() on_change=move |code| prefs.update(|p| p.breakdown_metric = code)/>
            <Select class="part__choice" label="By" options value=move || by.get().code() on_change=move |code| prefs.update(|p| p.breakdown_by = code)/>
        }
        .into_any()
    };
    let body = move || {
        if found.with(|(all, _)| all.is_empty()) {
            return view! { <p class="part__lead">"There is nothing to tell apart in the chosen time."</p> }.into_any();
        }
        view! {
            <div class="part__pair">
                <div><For each=move || currencies.get() key=|c| *c children=chart/></div>
                <Pieces found metric label/>
            </div>
        }
        .into_any()
    };
    view! {
        <Section title="Told apart" lead=Some(String::from("One figure by whatever deals differ in.")) tools=Box::new(tools)>
            {block(body)}
            {block(move || {
                let more = found.with(|(_, others)| *others);
                let several = store.with(|s| by.get().is_several(s.world()));
                let mut words = Vec::new();
                if more > 0 {
                    words.push(format!("{} with fewer deals not shown.", intl::count(more, "value", "values")));
                }
                if several {
                    words.push("A deal can have several of these, so the parts add up to more than all.".to_owned());
                }
                (!words.is_empty()).then(|| view! { <p class="part__lead">{words.join(" ")}</p> })
            })}
            {block(move || view! { <details class="unfold"><summary>{format!("What {} is", metric.get().label())}</summary><Definition metric=metric.get()/></details> })}
        </Section>
    }
}

/// The numbers of all parts.
#[component]
fn Pieces(
    /// The parts.
    found: Memo<(Vec<Piece>, usize)>,
    /// The figure.
    metric: Memo<Metric>,
    /// What they are parts of.
    label: Memo<String>,
) -> impl IntoView {
    let (reading, rows) = (use_reading(), use_rows());
    let insight = reading.insight;
    let compared = Memo::new(move |_| {
        insight.lens.get().before.is_some() && Question::has_course(metric.get())
    });
    let columns = move || {
        let mut all = vec![
            Column::new("name", label.get()).fixed(),
            Column::new("value", metric.get().label()).numeric().fixed(),
            Column::new("sure", "95 % interval").numeric().fixed(),
            Column::new("n", "n").numeric().fixed(),
        ];
        if compared.get() {
            all.push(Column::new("was", "Before").numeric().fixed());
        }
        all
    };
    let was = move |piece: &Piece| {
        let (metric, of) = (metric.get(), reading.of.get());
        let then = reading.then(|q| piece.again(reading, q, &of, metric))??;
        let text = match (&piece.answer.value, &then.value) {
            (Value::Share(now), Value::Share(then)) => versus::rates(*now, *then),
            (now, was) => {
                let text = write::value_text(insight, was);
                let change = write::delta(metric, now, was, &insight.than());
                let change = change.map_or_else(String::new, |d| format!(", {}", d.text));
                if text.is_empty() {
                    "was none".to_owned()
                } else {
                    format!("was {text}{change}")
                }
            }
        };
        let (again, n) = (piece.clone(), usize::try_from(then.n).unwrap_or_default());
        let deals = reading.deals_then(n, move |q, of| again.deals(reading, q, of, metric));
        let what = format!("{}, {}:", metric.label(), piece.name);
        Some(
            view! { <Was what text sentence="Deals behind the number in the time compared with." deals/> },
        )
    };
    let row = move |piece: Piece| {
        let before = compared.get().then(|| was(&piece));
        let few = few_words(&piece.answer).map(|words| words.short);
        let value = write::value_text(insight, &piece.answer.value);
        let text = match few.unwrap_or(value) {
            text if text.is_empty() => "–".to_owned(),
            text => text,
        };
        let said = format!(
            "{}, {}: {text}, show the deals",
            metric.get_untracked().label(),
            piece.name
        );
        let n = intl::integer(i64::try_from(piece.answer.n).unwrap_or(i64::MAX));
        let interval = sure(&piece.answer);
        let (name, shown) = (piece.name.clone(), text.clone());
        let open = move |_| rows.open(behind(reading, metric.get_untracked(), &piece, &shown));
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="num"><button type="button" class="cell-link" aria-label=said on:click=open>{text}</button></td>
                <td class="num">{interval}</td>
                <td class="num">{n}</td>
                {before.map(|was| view! { <td class="num">{was}</td> })}
            </tr>
        }
    };
    let body = move || {
        found
            .with(|(all, _)| all.clone())
            .into_iter()
            .map(row)
            .collect_view()
    };
    let caption = move || format!("{} by {}", metric.get().label(), label.get().to_lowercase());
    view! { <Table caption=Signal::derive(caption) columns=Signal::derive(columns) class="part__table">{block(body)}</Table> }
}
