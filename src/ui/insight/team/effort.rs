//! Where the work goes, against where the value is.

use super::ask;
use super::table::number;
use crate::domain::change::Kind;
use crate::domain::insight::exchange::Total;
use crate::domain::insight::slice::Dimension;
use crate::domain::insight::team::effort::{Part, effort, mismatch};
use crate::shell::intl;
use crate::ui::insight::{Behind, period_words, share_text, use_insight, use_rows};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

const BY: [(&str, &str, Dimension); 4] = [
    ("stage", "Stage", Dimension::Stage),
    ("industry", "Industry", Dimension::Industry),
    ("source", "Source", Dimension::Source),
    ("owner", "Owner", Dimension::Owner),
];

fn sentence(parts: &[Part]) -> String {
    let Some((most, least)) = mismatch(parts) else {
        return match parts.iter().any(|p| p.effort.is_some()) {
            true if parts.iter().any(|p| p.value.is_some()) => {
                String::from("The work goes about where the value is.")
            }
            true => String::from("There is no one sum of the value to hold the work against."),
            false => String::from("Nothing was done for open deals in this time."),
        };
    };
    let of = |p: &Part| {
        format!(
            "{} has {} of the work and {} of the weighted value",
            p.name,
            p.effort.map(share_text).unwrap_or_default(),
            p.value.map(share_text).unwrap_or_default()
        )
    };
    if most.name == least.name {
        format!("{}.", of(most))
    } else {
        format!(
            "{}; {}. That can be right: what is far from a decision needs work before it has weight.",
            of(most),
            of(least)
        )
    }
}

/// The table.
#[component]
pub(super) fn EffortPart() -> impl IntoView {
    let insight = use_insight();
    let by = RwSignal::new(String::from("stage"));
    let parts = Memo::new(move |_| {
        insight.store.track_kind(Kind::Activity);
        let lens = insight.lens.get();
        let by = by.with(|by| {
            BY.iter()
                .find(|(code, ..)| code == by)
                .map_or(Dimension::Stage, |b| b.2)
        });
        Arc::new(ask(insight, &lens, |asked| effort(asked, by)))
    });
    let summed = Memo::new(move |_| {
        let mut all = Total::default();
        parts.with(|parts| parts.iter().for_each(|p| all.merge(&p.weighted)));
        (all.sums.iter().count() > 1, insight.how_summed(&all))
    });
    let options: Vec<Choice> = BY
        .iter()
        .map(|(code, label, _)| Choice::new(*code, *label))
        .collect();
    let columns: Vec<Column> = vec![
        Column::new("name", "Open deals of"),
        Column::new("done", "Activities").numeric(),
        Column::new("minutes", "Minutes").numeric(),
        Column::new("effort", "Share of work").numeric(),
        Column::new("weighted", "Weighted value").numeric(),
        Column::new("value", "Share of value").numeric(),
    ]
    .into_iter()
    .map(Column::fixed)
    .collect();
    let words = Memo::new(move |_| parts.with(|p| sentence(p)));
    let apart = move || {
        let (apart, how) = summed.get();
        apart.then(|| view! { <p class="team-part__words">{format!("{how} So no shares of the value are given.")}</p> })
    };
    let time = move || insight.lens.with(|lens| period_words(lens.period));
    view! {
        <section class="team-part" aria-labelledby="team-effort">
            <div class="team-part__head">
                <h2 class="team-part__title" id="team-effort">
                    "Where the work goes"
                    <Explain title="Work and value">
                        <p><code>"share of work = activities done for its open deals ÷ those done for all open deals"</code></p>
                        <p><code>"share of value = Σ value × chance to win ÷ that of all open deals"</code></p>
                        <p>{move || summed.get().1}</p>
                        <p>"Minutes are of those activities of which it is written down how long they took."</p>
                    </Explain>
                </h2>
                <Segmented options=Signal::stored(options) value=by on_change=move |code| by.set(code) label="By what"/>
            </div>
            <p class="team-part__words">{words}</p>
            {apart}
            <p class="team-part__words">{move || format!("Done: {}. Open: now.", time())}</p>
            <Table caption="Where the work goes" columns=Signal::stored(columns) class="team-table">
                {move || parts.get().iter().map(|part| view! { <Row part=part.clone()/> }).collect_view()}
            </Table>
        </section>
    }
}

#[component]
fn Row(
    /// It.
    part: Part,
) -> impl IntoView {
    let (insight, rows) = (use_insight(), use_rows());
    let minutes = (part.work.timed > 0).then(|| {
        format!(
            "{} of {} timed",
            intl::integer(part.work.minutes as i64),
            intl::integer(part.work.timed as i64)
        )
    });
    let (name, deals) = (part.name.clone(), Arc::new(part.deals.clone()));
    let behind = |title: &'static str| {
        let (name, deals) = (part.name.clone(), deals.clone());
        move || Behind {
            title: format!("{title}: {name}"),
            sentence: "Open deals, for which this was done or which are worth this.".to_owned(),
            deals: deals.clone(),
        }
    };
    let (worked, weighted) = (behind("Activities done"), behind("Weighted value"));
    let open = move |_| {
        rows.open(Behind {
            title: format!("Open: {name}"),
            sentence: "What is open now.".to_owned(),
            deals: deals.clone(),
        });
    };
    view! {
        <tr>
            <th scope="row">
                <button type="button" class="team-number" on:click=open>{part.name.clone()}<span class="visually-hidden">", show the deals"</span></button>
                <span class="team-range">{intl::count(part.open as usize, "deal", "deals")}</span>
            </th>
            <td class="num">{number(rows, intl::integer(part.work.count() as i64), worked)}</td>
            <td class="num">{minutes}</td>
            <td class="num"><Bar share=part.effort/></td>
            <td class="num">{number(rows, insight.sum_compact(&part.weighted), weighted)}</td>
            <td class="num"><Bar share=part.value second=true/></td>
        </tr>
    }
}

/// A share with a bar.
#[component]
fn Bar(
    /// The share.
    share: Option<f64>,
    /// In the second colour.
    #[prop(optional)]
    second: bool,
) -> impl IntoView {
    share.map(|share| {
        view! {
            <span class="team-bar">
                <span>{share_text(share)}</span>
                <progress class="team-bar__line" class:team-bar__line--second=second aria-hidden="true" max="1" value=share.to_string()></progress>
            </span>
        }
    })
}
