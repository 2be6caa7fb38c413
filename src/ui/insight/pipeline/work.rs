//! What was done for deals: how often their close was put off, and which activities.

use super::stages::Cell;
use crate::domain::activity::ActivityKind;
use crate::domain::deal::Status;
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::cycle::closed_deals;
use crate::domain::insight::mix::Mix;
use crate::domain::insight::slips::{Slips, put_off_deals};
use crate::domain::insight::stats::Rate;
use crate::domain::insight::stats::sample::Sample;
use crate::shell::intl;
use crate::ui::insight::deals::Deals;
use crate::ui::insight::figure::{Delta, Figure, FigureData, points_on};
use crate::ui::insight::reading::{Reading, use_reading};
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::insight::section::{Definition, Section};
use crate::ui::insight::versus::{self, Was};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The group of a status.
fn group(slips: &Slips, status: Status) -> &Sample {
    match status {
        Status::Won => &slips.won,
        Status::Lost => &slips.lost,
        _ => &slips.open,
    }
}

fn whose(status: Status) -> &'static str {
    match status {
        Status::Won => "Deals won in the chosen time",
        Status::Lost => "Deals lost in the chosen time",
        _ => "Open deals",
    }
}

/// The deals of a status put off so many times, most often first.
fn put_off(reading: Reading, status: Status, n: u64, times: RangeInclusive<u16>) -> Deals {
    Deals::asked(usize::try_from(n).unwrap_or_default(), move || {
        let of = reading.of.get();
        reading.ask(reading.insight.lens.get().period, |q| {
            put_off_deals(q.facts, &of, q.period, status, times.clone())
        })
    })
}

fn slips(reading: Reading, status: Status) -> FigureData {
    let of = reading.of.get();
    // What is open was not open then.
    let before = match status {
        Status::Open => None,
        _ => reading.then(|q| Slips::of(q.facts, &of, q.period)),
    };
    let than = reading.insight.than();
    reading.ask(reading.insight.lens.get().period, |q| {
        let slips = Slips::of(q.facts, &of, q.period);
        let own = group(&slips, status);
        let rate: Rate = Slips::pushed(own);
        let deals = put_off(reading, status, rate.part, 1..=u16::MAX);
        let words = format!(
            "{} whose expected close was put off at least once, most often first.",
            whose(status)
        );
        let mut data = FigureData::share(rate, ("deal", "deals"), deals, words);
        let then = before.as_ref().map(|b| Slips::pushed(group(b, status)));
        let both = rate.value().zip(then.and_then(Rate::value));
        data.delta = both.map(|(now, then)| Delta {
            good: None,
            ..points_on(now - then, &than)
        });
        data.put_off = true;
        data.beside = own.mean().map(|mean| {
            let times = intl::number(mean, 1);
            match own.mean_interval().filter(|_| status != Status::Open) {
                Some(i) => format!(
                    "{times} times in the mean ({} to {})",
                    intl::number(i.low.max(0.0), 1),
                    intl::number(i.high, 1)
                ),
                None => format!("{times} times in the mean"),
            }
        });
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
        <Section title="Put off" lead=Some(String::from("How many deals had their expected close moved to a later day, and how often."))>
            {block(move || if waits.get() {
                view! { <p class="insight__wait">"Reading the history…"</p> }.into_any()
            } else {
                view! {
                    <div class="figures" role="group" aria-label="Put off">
                        {figure(Status::Open, "Of open deals")}
                        {figure(Status::Won, "Of deals won")}
                        {figure(Status::Lost, "Of deals lost")}
                    </div>
                    <Times/>
                }.into_any()
            })}
        </Section>
    }
}

/// How many deals were put off how often.
#[component]
fn Times() -> impl IntoView {
    const GROUPS: [Status; 3] = [Status::Open, Status::Won, Status::Lost];
    let (reading, rows) = (use_reading(), use_rows());
    let found = Memo::new(move |_| {
        let of = reading.of.get();
        reading.ask(reading.insight.lens.get().period, |q| {
            Slips::of(q.facts, &of, q.period)
        })
    });
    let columns = Signal::stored(vec![
        Column::new("times", "Put off").fixed(),
        Column::new("open", "Open").numeric().fixed(),
        Column::new("won", "Won").numeric().fixed(),
        Column::new("lost", "Lost").numeric().fixed(),
    ]);
    let cell = move |status: Status, words: &'static str, times: RangeInclusive<u16>| {
        let n = found.with(|slips| Slips::times(group(slips, status), &times));
        let text = intl::integer(i64::try_from(n).unwrap_or(i64::MAX));
        if n == 0 {
            return view! { <td class="num">{text}</td> }.into_any();
        }
        let title = format!(
            "{}, put off {}: {text}",
            whose(status),
            words.to_lowercase()
        );
        let label = format!("{title}, show the deals");
        let deals = put_off(reading, status, n, times);
        let open = move |_| {
            rows.open_put_off(Behind {
                title: title.clone(),
                sentence: format!(
                    "{} by how often their expected close was moved to a later day.",
                    whose(status)
                ),
                deals: deals.get(),
            });
        };
        view! { <td class="num"><button type="button" class="cell-link" aria-label=label on:click=open>{text}</button></td> }.into_any()
    };
    let body = move || {
        let line = |(words, times): (&'static str, RangeInclusive<u16>)| {
            let cells = GROUPS.map(|status| cell(status, words, times.clone()));
            view! { <tr><th scope="row">{words}</th>{cells.into_iter().collect_view()}</tr> }
        };
        let all = [
            ("Never", 0..=0),
            ("Once", 1..=1),
            ("Twice", 2..=2),
            ("Three times", 3..=3),
            ("More often", 4..=u16::MAX),
        ];
        all.into_iter().map(line).collect_view()
    };
    view! { <Table caption="How often deals were put off" columns class="part__table">{block(body)}</Table> }
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
    let before = Memo::new(move |_| {
        let of = reading.of.get();
        reading.then(|q| Mix::of(q.facts, &of, q.period))
    });
    let was = move |kind: ActivityKind, status: Status, now: &Mix| {
        before.with(|before| {
            let pick = |mix: &Mix| {
                let group = if status == Status::Won { &mix.won } else { &mix.lost };
                group[kind as usize].clone()
            };
            let then = pick(before.as_ref()?);
            let n = usize::try_from(then.len()).unwrap_or_default();
            let deals = reading
                .deals_then(n, move |q, of| closed_deals(q.facts, of, q.period, status));
            let what = format!("{} per deal {}", kind.label(), status.label().to_lowercase());
            let text = versus::means(&pick(now), &then);
            Some(view! { <Was what text sentence="Deals closed so in the time compared with, whatever was done for them." deals/> })
        })
    };
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
                        <td class="num"><Cell what=format!("{} per deal won", kind.label()) text=mean(won) sentence="Deals won in the chosen time, whatever was done for them.".into() deals=won_deals.clone()/>{was(*kind, Status::Won, mix)}</td>
                        <td class="num"><Cell what=format!("{} per deal lost", kind.label()) text=mean(lost) sentence="Deals lost in the chosen time, whatever was done for them.".into() deals=lost_deals.clone()/>{was(*kind, Status::Lost, mix)}</td>
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
