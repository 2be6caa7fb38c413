//! In what won deals differ from lost ones.

use super::Page;
use crate::domain::insight::win_loss::differ::{
    Difference, Differences, LEAST, LEAST_VALUE, Measure, differences,
};
use crate::shell::intl;
use crate::ui::insight::figure::share_text;
use crate::ui::insight::part::{Count, Nothing, Part};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// Lines shown before all are asked for.
const FIRST: usize = 12;

fn side_text(measure: Measure, value: f64) -> String {
    match measure {
        Measure::Share => share_text(value),
        Measure::Mean => intl::number(value, 1),
    }
}

/// A number with its sign, in points of percent or as it is; what rounds to nothing has none.
fn signed(measure: Measure, by: f64) -> String {
    let (size, digits, scale) = match measure {
        Measure::Share => (by.abs() * 100.0, 0, 1.0),
        Measure::Mean => (by.abs(), 1, 10.0),
    };
    let sign = match by {
        _ if (size * scale).round() == 0.0 => "",
        _ if by < 0.0 => "−",
        _ => "+",
    };
    format!("{sign}{}", intl::number(size, digits))
}

fn by_text(measure: Measure, by: f64) -> String {
    let text = signed(measure, by);
    match measure {
        Measure::Share => format!("{text} points"),
        Measure::Mean => text,
    }
}

fn interval_text(d: &Difference) -> String {
    let end = |x: f64| signed(d.measure, x);
    format!("{} to {}", end(d.interval.low), end(d.interval.high))
}

fn chance_text(p: f64) -> String {
    if p < 0.001 {
        "below 0.1 %".into()
    } else {
        intl::percent(p, u8::from(p < 0.1))
    }
}

/// The part.
#[component]
pub(super) fn DifferencesPart(page: Page) -> impl IntoView {
    let found = Memo::new(move |_| page.ask(differences));
    let all = RwSignal::new(false);
    let explain: ChildrenFn = Arc::new(|| {
        view! {
            <p>{format!("Deals won in the time beside deals lost in it: how many of each have a value, or what a number is on average. Values of fewer than {LEAST_VALUE} closed deals are not looked at; with fewer than {LEAST} won or lost deals nothing is compared.")}</p>
            <p>"Shares: Newcombe’s interval and the pooled z test. Means: Welch’s t. All chances are corrected together for how much was looked at (Holm); what stays below 5 % is called more than chance."</p>
            <p>"A difference is no cause. Deals that are won are often worked on longer, and so have more activities."</p>
            <code>"difference = won − lost"</code>
        }
        .into_any()
    });
    let line = move |d: &Difference| {
        let label = page.insight.store.with(|s| d.factor.label(s.world()));
        let name = match d.value.as_str() {
            "" => label,
            value => format!("{label}: {value}"),
        };
        let measured = match d.measure {
            Measure::Share => "that have it",
            Measure::Mean => "this is the average of",
        };
        let side = |what: &str, side: &crate::domain::insight::win_loss::differ::Side| {
            let sentence = format!(
                "Deals {} in the time {measured}, of {}.",
                what.to_lowercase(),
                intl::count(side.n as usize, "deal", "deals")
            );
            view! { <Count text=side_text(d.measure, side.value) what=format!("{what}, {name}") sentence deals=side.deals.clone()/> }
        };
        let sure = d.holds();
        let doubtful = d.factor.grows_with_time();
        view! {
            <tr class:grid-table__few=!sure>
                <th scope="row">{name.clone()}{doubtful.then(|| view! { <span class="grid-table__quiet">" also grows with time"</span> })}</th>
                <td class="num">{side("Won", &d.won)}</td>
                <td class="num">{side("Lost", &d.lost)}</td>
                <td class="num">{by_text(d.measure, d.by)}</td>
                <td class="num grid-table__quiet">{interval_text(d)}</td>
                <td class="num">{chance_text(d.corrected)}</td>
                <td>{if sure { view! { <Chip tone=Tone::Accent>"More than chance"</Chip> }.into_any() } else { view! { <span class="grid-table__quiet">"May be chance"</span> }.into_any() }}</td>
            </tr>
        }
    };
    let body = move || {
        let all_shown = all.get();
        found.with(|found| match found {
            Differences::TooFew(won, lost) => {
                let text = format!("{} and {} in this time. With fewer than {LEAST} of each, differences would mostly be chance; choose a longer time or all deals above.", intl::count(*won, "deal was won", "deals were won"), intl::count(*lost, "was lost", "were lost"));
                view! { <Nothing text/> }.into_any()
            }
            Differences::Found(list) => {
                let sure = list.iter().filter(|d| d.holds()).count();
                let verdict = match sure {
                    0 => format!("{} were compared. None of the differences is more than chance.", intl::integer(list.len() as i64)),
                    n => format!("{} were compared; {} more than chance.", intl::integer(list.len() as i64), intl::count(n, "difference is", "differences are")),
                };
                let shown = if all_shown { list.len() } else { FIRST.max(sure) };
                let more = list.len().saturating_sub(shown);
                view! {
                    <p class="part__lead">{verdict}</p>
                    <div class="grid-table">
                        <table>
                            <caption class="visually-hidden">"Differences between deals won and lost"</caption>
                            <thead><tr><th scope="col">"In"</th><th scope="col" class="num">"Won"</th><th scope="col" class="num">"Lost"</th><th scope="col" class="num">"Difference"</th><th scope="col" class="num">"95 % interval"</th><th scope="col" class="num">"By chance"</th><th scope="col">"Verdict"</th></tr></thead>
                            <tbody>{list.iter().take(shown).map(line).collect_view()}</tbody>
                        </table>
                    </div>
                    {(more > 0).then(|| view! { <div><Button kind=ButtonKind::Ghost size=ButtonSize::Small on_click=move |_| all.set(true)>{format!("Show {more} more")}</Button></div> })}
                }.into_any()
            }
        })
    };
    view! { <Part title="How won deals differ from lost ones" explain>{block(body)}</Part> }
}
