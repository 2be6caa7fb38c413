//! What was done for deals: how often their close was put off, and which activities.

use super::stages::Cell;
use crate::domain::activity::ActivityKind;
use crate::domain::deal::Status;
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::cycle::closed_deals;
use crate::domain::insight::mix::Mix;
use crate::domain::insight::slips::{Slips, slipped_deals};
use crate::domain::insight::stats::Rate;
use crate::domain::insight::stats::sample::Sample;
use crate::shell::intl;
use crate::ui::insight::deals::Deals;
use crate::ui::insight::figure::{Figure, FigureData};
use crate::ui::insight::reading::{Reading, use_reading};
use crate::ui::insight::section::{Definition, Section};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

fn slips(reading: Reading, status: Status) -> FigureData {
    let of = reading.of.get();
    reading.ask(reading.insight.lens.get().period, |q| {
        let slips = Slips::of(q.facts, &of, q.period);
        let (group, words): (&Sample, _) = match status {
            Status::Won => (
                &slips.won,
                "Deals won in the chosen time whose expected close was put off at least once.",
            ),
            Status::Lost => (
                &slips.lost,
                "Deals lost in the chosen time whose expected close was put off at least once.",
            ),
            _ => (
                &slips.open,
                "Open deals whose expected close was put off at least once, most often first.",
            ),
        };
        let rate: Rate = Slips::pushed(group);
        let deals = Deals::asked(rate.part as usize, move || {
            let of = reading.of.get();
            reading.ask(reading.insight.lens.get().period, |q| {
                let own = of.and(|row| q.facts.status[row] == status);
                slipped_deals(q.facts, &own, q.period, 1)
            })
        });
        let mut data = FigureData::share(rate, ("deal", "deals"), deals, words);
        if status == Status::Open {
            data.interval = None;
            data.small = None;
        }
        data
    })
}

/// How often the expected close was put off.
#[component]
pub(super) fn Slipped() -> impl IntoView {
    let reading = use_reading();
    let waits = Memo::new(move |_| reading.insight.trails.with(Option::is_none));
    let figure = move |status: Status, label: &'static str| {
        let data = Memo::new(move |_| slips(reading, status));
        view! { <Figure label data><Definition metric=Metric::Slips/></Figure> }
    };
    view! {
        <Section title="Put off" lead=Some(String::from("How many deals had their expected close moved to a later day."))>
            {block(move || if waits.get() {
                view! { <p class="insight__wait">"Reading the history…"</p> }.into_any()
            } else {
                view! {
                    <div class="figures" role="group" aria-label="Put off">
                        {figure(Status::Open, "Of open deals")}
                        {figure(Status::Won, "Of deals won")}
                        {figure(Status::Lost, "Of deals lost")}
                    </div>
                }.into_any()
            })}
        </Section>
    }
}

/// What a test says, in words.
fn verdict(mix: &Mix, kind: ActivityKind) -> String {
    let test = mix.tests().into_iter().find(|test| test.kind == kind);
    match test {
        None => "too few to compare".to_owned(),
        Some(test) if test.corrected >= 0.05 => "no difference beyond chance".to_owned(),
        Some(test) => {
            let more = if test.test.ahead > 0.5 { "won" } else { "lost" };
            format!(
                "more for deals {more} (p {}, corrected for five comparisons)",
                if test.corrected < 0.001 {
                    "< 0.001".to_owned()
                } else {
                    intl::fixed(test.corrected, 3)
                }
            )
        }
    }
}

/// Activities per deal, won and lost apart.
#[component]
pub(super) fn MixTable() -> impl IntoView {
    let reading = use_reading();
    let mix = Memo::new(move |_| {
        let of = reading.of.get();
        reading.ask(reading.insight.lens.get().period, |q| {
            Mix::of(q.facts, &of, q.period)
        })
    });
    let closed = move |status, n: u64| {
        Deals::asked(n as usize, move || {
            let of = reading.of.get();
            reading.ask(reading.insight.lens.get().period, |q| {
                closed_deals(q.facts, &of, q.period, status)
            })
        })
    };
    let columns = Signal::stored(vec![
        Column::new("kind", "Kind").fixed(),
        Column::new("won", "Per deal won").numeric().fixed(),
        Column::new("lost", "Per deal lost").numeric().fixed(),
        Column::new("test", "Difference").fixed(),
    ]);
    let mean = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |m| intl::number(m, 1));
    let rows = move || {
        mix.with(|mix| {
            let won_deals = closed(Status::Won, mix.won[0].len());
            let lost_deals = closed(Status::Lost, mix.lost[0].len());
            let row = |kind: &ActivityKind| {
                let (won, lost) = mix.per_deal(*kind);
                view! {
                    <tr>
                        <th scope="row">{kind.label()}</th>
                        <td class="num"><Cell what=format!("{} per deal won", kind.label()) text=mean(won) sentence="Deals won in the chosen time, whatever was done for them.".into() deals=won_deals.clone()/></td>
                        <td class="num"><Cell what=format!("{} per deal lost", kind.label()) text=mean(lost) sentence="Deals lost in the chosen time, whatever was done for them.".into() deals=lost_deals.clone()/></td>
                        <td>{verdict(mix, *kind)}</td>
                    </tr>
                }
            };
            ActivityKind::ALL.iter().map(row).collect_view()
        })
    };
    let n = move || {
        mix.with(|mix| {
            format!(
                "Done activities per deal closed in the chosen time: {} won, {} lost. A difference says what went together, not what caused what.",
                intl::integer(i64::try_from(mix.won[0].len()).unwrap_or(i64::MAX)),
                intl::integer(i64::try_from(mix.lost[0].len()).unwrap_or(i64::MAX))
            )
        })
    };
    let how: ChildrenFn = Arc::new(|| {
        view! {
            <Definition metric=Metric::Activities/>
            <p>"Compared with the test of Mann and Whitney, corrected by Holm for testing all kinds at once."</p>
        }
        .into_any()
    });
    view! {
        <Section title="Activities" how lead=Signal::derive(move || Some(n()))>
            <Table caption="Activities per deal" columns class="part__table">{block(rows)}</Table>
        </Section>
    }
}
