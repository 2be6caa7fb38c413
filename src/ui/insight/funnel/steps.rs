//! The funnel, and the same in numbers.

use crate::chart::funnel::{Funnel, Level, Passage, funnel};
use crate::chart::scene::Room;
use crate::chart::value::{About, Amount, Said};
use crate::domain::ids::{DealId, PipelineId};
use crate::domain::insight::answer::Question;
use crate::domain::insight::cohort::{Cohort, Ladder, reached_deals, undecided_deals};
use crate::domain::insight::exchange::Total;
use crate::domain::insight::period::Period;
use crate::domain::insight::select::Selection;
use crate::domain::insight::stats::Rate;
use crate::shell::intl;
use crate::ui::insight::data::{Insight, period_words};
use crate::ui::insight::figure::{share_interval, share_text};
use crate::ui::insight::reading::{Reading, use_reading};
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::insight::section::Section;
use crate::ui::insight::versus::{self, Was};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// A cohort with the names of its rungs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Named {
    pub names: Vec<String>,
    pub cohort: Cohort,
    /// What the deals are worth that came to each rung.
    pub values: Vec<Total>,
    /// That of the time it is compared with.
    pub before: Option<Cohort>,
}

fn read(reading: Reading, pipeline: PipelineId) -> Named {
    let of = reading.of.get();
    reading.ask(reading.insight.lens.get().period, |q| {
        let ladder = Ladder::of(q.facts, pipeline);
        Named {
            names: names(reading, q.facts, pipeline),
            cohort: Cohort::of(&ladder, &of, q.period),
            values: q.reached(&ladder, &of),
            before: reading.then(|q| Cohort::of(&Ladder::of(q.facts, pipeline), &of, q.period)),
        }
    })
}

/// The names of the rungs of a pipeline.
pub(super) fn names(
    reading: Reading,
    facts: &crate::domain::insight::facts::Facts,
    pipeline: PipelineId,
) -> Vec<String> {
    let stages = facts.stages.open_of(pipeline);
    let mut names: Vec<String> = stages.map(|s| reading.stage_name(facts, s)).collect();
    names.push("Won".into());
    names
}

pub(super) fn count(n: u64) -> String {
    intl::integer(i64::try_from(n).unwrap_or(i64::MAX))
}

fn passage(rate: Rate, key: u64) -> Passage {
    Passage {
        key: Some(key),
        rate: Said::plain(rate.value().map(share_text).unwrap_or_default()),
        n: format!("n {}", count(rate.n)),
        interval: rate.interval().map(share_interval).unwrap_or_default(),
    }
}

fn chart(insight: Insight, named: &Named, title: String) -> Funnel {
    let cohort = &named.cohort;
    let level = |(rung, name): (usize, &String)| {
        let n = cohort.reached[rung];
        let step = cohort.step(rung);
        Level {
            key: Some(rung as u64),
            label: name.clone(),
            count: Amount {
                minor: n.into(),
                said: Said::plain(count(n)),
            },
            value: Some(Said {
                full: insight.sum(&named.values[rung]),
                short: insight.sum_compact(&named.values[rung]),
            }),
            next: (step.n > 0).then(|| passage(step, (named.names.len() + rung) as u64)),
        }
    };
    let won = cohort.share(named.names.len() - 1);
    Funnel {
        about: About {
            title,
            summary: format!(
                "{} came in; {} of them won so far ({}).",
                intl::count(
                    usize::try_from(cohort.n()).unwrap_or_default(),
                    "deal",
                    "deals"
                ),
                count(won.part),
                won.value().map(share_text).unwrap_or_default()
            ),
            nothing: "No deal of this pipeline was created in this time.".into(),
        },
        label: "Stage".into(),
        count: "Deals".into(),
        value: Some("Value".into()),
        rate: "Goes on".into(),
        levels: named.names.iter().enumerate().map(level).collect(),
    }
}

/// Finds deals of a rung.
type Find = fn(&Ladder<'_>, &Selection, Period, usize) -> Vec<DealId>;

/// The funnel of a pipeline.
#[component]
pub(super) fn Steps(
    /// Of which pipeline.
    pipeline: PipelineId,
    /// What it is called.
    name: String,
    /// Whether it is the only one on the page.
    alone: Memo<bool>,
) -> impl IntoView {
    let (reading, rows) = (use_reading(), use_rows());
    let named = Memo::new(move |_| read(reading, pipeline));
    let title = Signal::derive(move || match alone.get() {
        true => "From the first stage to won".to_owned(),
        false => format!("From the first stage to won: {name}"),
    });
    let none = Memo::new(move |_| named.with(|n| n.cohort.n() == 0));
    let draw = Callback::new(move |room: Room| {
        named.with(|named| {
            funnel(
                &chart(
                    reading.insight,
                    named,
                    "Deals that reached each stage".into(),
                ),
                room,
            )
        })
    });
    let show = move |rung: usize, title: &str, which: &str, find: Find| {
        let of = reading.of.get_untracked();
        let period = reading.insight.lens.get_untracked().period;
        let deals = untrack(|| {
            reading.ask(period, |q| {
                find(&Ladder::of(q.facts, pipeline), &of, q.period, rung)
            })
        });
        let name = named.with_untracked(|n| n.names.get(rung).cloned().unwrap_or_default());
        rows.open(Behind {
            title: format!("{title} {name}: {}", deals.len()),
            sentence: format!("Deals created in {} that {which}.", period_words(period)),
            deals: Arc::new(deals),
        });
    };
    let open = move |rung: usize| {
        let which = "came to this stage or a later one";
        show(rung, "Reached", which, reached_deals);
    };
    let open_step = move |rung: usize| {
        let which = "came to this stage or a later one; those of them that came further are the share that goes on";
        show(rung, "Goes on from", which, reached_deals);
    };
    let pick = move |key: usize| {
        let rungs = named.with_untracked(|n| n.names.len());
        match key.checked_sub(rungs) {
            Some(rung) => open_step(rung),
            None => open(key),
        }
    };
    let open_undecided = move |rung: usize| {
        let which = "came to this stage, no further yet, and are open or on hold";
        show(rung, "Not decided,", which, undecided_deals);
    };
    let summed = move || {
        named.with(|named| {
            let all = named.values.first().cloned().unwrap_or_default();
            reading.insight.how_summed(&all)
        })
    };
    let how: ChildrenFn = Arc::new(move || {
        view! {
            <p>"Deals created in the chosen time that ever came to the stage or a later one: who skips a stage has passed it."</p>
            <p><code>"goes on = reached the next ÷ reached this"</code></p>
            <p>"With its 95 % Wilson interval. Deals that are open or on hold may still get further: they are counted as not decided, and the share can only grow."</p>
            <p>"Values of open deals by the rate of today, of closed ones by that of the day they were closed. " {summed}</p>
        }
        .into_any()
    });
    view! {
        <Section title how>
            {block(move || if none.get() {
                view! { <p class="part__lead">"No deal of this pipeline was created in this time."</p> }.into_any()
            } else {
                view! {
                    <div class="part__pair">
                        <ChartView draw on_pick=move |key| pick(key as usize) file_name=String::from("funnel")/>
                        <Numbers pipeline named open=Callback::new(move |rung: usize| open(rung)) open_step=Callback::new(move |rung: usize| open_step(rung)) open_undecided=Callback::new(move |rung: usize| open_undecided(rung))/>
                    </div>
                }.into_any()
            })}
        </Section>
    }
}

#[component]
fn Numbers(
    /// Of which pipeline.
    pipeline: PipelineId,
    /// The cohort.
    named: Memo<Named>,
    /// Opens the deals of a rung.
    open: Callback<usize>,
    /// Opens the deals that the share that goes on from a rung is of.
    open_step: Callback<usize>,
    /// Opens those of them that are not decided.
    open_undecided: Callback<usize>,
) -> impl IntoView {
    let columns = Signal::stored(vec![
        Column::new("stage", "Stage").fixed(),
        Column::new("n", "Reached").numeric().fixed(),
        Column::new("share", "Of all").numeric().fixed(),
        Column::new("on", "Goes on").numeric().fixed(),
        Column::new("open", "Not decided").numeric().fixed(),
    ]);
    let reading = use_reading();
    let then = move |what: String, n: u64, text: String, rung: usize| {
        let find = move |q: &Question<'_>, of: &Selection| {
            reached_deals(&Ladder::of(q.facts, pipeline), of, q.period, rung)
        };
        let deals = reading.deals_then(usize::try_from(n).unwrap_or_default(), find);
        view! { <Was what text sentence="Deals created in the time compared with that came to this stage or a later one." deals/> }
    };
    let row = move |rung: usize, name: &String, cohort: &Cohort, before: Option<&Cohort>| {
        let was = move |what: &str, text: &dyn Fn(&Cohort) -> String| {
            before.map(|b| then(format!("{what} {name}"), b.reached[rung], text(b), rung))
        };
        let (step, share) = (cohort.step(rung), cohort.share(rung));
        let last = rung + 1 == cohort.reached.len();
        let on = step.value().filter(|_| !last);
        let interval = step.interval().filter(|_| !last);
        let reached = count(cohort.reached[rung]);
        let said = format!("Reached {name}: {reached}, show the deals");
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                <td class="num"><button type="button" class="cell-link" aria-label=said on:click=move |_| open.run(rung)>{reached}</button>{was("Reached", &|b| versus::counts(cohort.reached[rung], b.reached[rung]))}</td>
                <td class="num">{share.value().map(|share| {
                    let text = share_text(share);
                    let said = format!("Of all, {name}: {text}, show the deals that reached it");
                    view! { <button type="button" class="cell-link" aria-label=said on:click=move |_| open.run(rung)>{text}</button> }
                })}{(rung > 0).then(|| was("Of all,", &|b| versus::rates(share, b.share(rung))))}</td>
                <td class="num">{match on {
                    None => view! { "–" }.into_any(),
                    Some(share) => {
                        let text = share_text(share);
                        let said = format!("Goes on from {name}: {text}, show the deals it is of");
                        view! { <button type="button" class="cell-link" aria-label=said on:click=move |_| open_step.run(rung)>{text}</button> }.into_any()
                    }
                }}<span class="part__small">{interval.map(|i| format!("{}, n {}", share_interval(i), count(step.n)))}</span>{(!last).then(|| was("Goes on from", &|b| versus::rates(step, b.step(rung))))}</td>
                <td class="num">{
                    let text = count(cohort.undecided[rung]);
                    let said = format!("Not decided, {name}: {text}, show the deals");
                    view! { <button type="button" class="cell-link" aria-label=said on:click=move |_| open_undecided.run(rung)>{text}</button> }
                }</td>
            </tr>
        }
    };
    let rows = move || {
        named.with(|named| {
            let all = named.names.iter().enumerate();
            all.map(|(rung, name)| row(rung, name, &named.cohort, named.before.as_ref()))
                .collect_view()
        })
    };
    view! { <Table caption="Deals that reached each stage" columns class="part__table">{block(rows)}</Table> }
}
