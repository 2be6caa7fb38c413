//! The period by category, and what is expected by month, quarter or year.

use super::data::{Case, use_forecast};
use crate::domain::forecast::book::Tally;
use crate::domain::insight::period::Period;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::insight::{Behind, period_words, use_rows};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// A sum that opens its deals.
#[component]
fn Sum(
    /// What it is: "Commit".
    what: String,
    /// The amount as text.
    text: String,
    /// The deals.
    tally: Tally,
) -> impl IntoView {
    let rows = use_rows();
    let count = intl::count(tally.deals.len(), "deal", "deals");
    if tally.deals.is_empty() {
        return view! { <span class="list__mute">{text}</span> }.into_any();
    }
    let deals = Arc::new(tally.deals);
    let (title, shown) = (format!("{what} {text}"), text.clone());
    let hint = format!(", show the deals of {what}");
    let open = move |_| {
        rows.open(Behind {
            title: title.clone(),
            sentence: format!("The {count} of {what}."),
            deals: deals.clone(),
        });
    };
    view! {
        <button type="button" class="forecast__sum" on:click=open>
            {shown}<span class="visually-hidden">{hint}</span>
        </button>
    }
    .into_any()
}

/// Both tables.
#[component]
pub(super) fn Rollups() -> impl IntoView {
    view! {
        <div class="forecast__pair">
            <Categories/>
            <ByClose/>
        </div>
    }
}

#[component]
fn Categories() -> impl IntoView {
    let forecast = use_forecast();
    let columns = vec![
        Column::new("category", "Category").fixed(),
        Column::new("n", "Deals").numeric().fixed(),
        Column::new("single", "Single").numeric().fixed(),
        Column::new("sum", "Cumulative").numeric().fixed(),
    ];
    let rows = move || {
        let Some(case) = forecast.case.get() else {
            return Vec::new();
        };
        let r = &case.rollup;
        let commit = r.closed.and(&r.commit);
        let best = commit.and(&r.best);
        let pipeline = best.and(&r.pipeline);
        let rows = [
            ("Closed", &r.closed, Some(r.closed.clone())),
            ("Commit", &r.commit, Some(commit)),
            ("Best case", &r.best, Some(best)),
            ("Pipeline", &r.pipeline, Some(pipeline)),
            ("Omitted", &r.omitted, None),
            ("Overdue", &r.overdue, None),
            ("No date", &r.undated, None),
        ];
        rows.map(|(name, single, sum)| row(&case, name, single, sum))
            .into_iter()
            .collect()
    };
    view! {
        <section class="forecast__part" aria-labelledby="categories">
            <h2 class="forecast__head" id="categories">
                "By category "
                <Explain title="categories">
                    <p>"Open deals expected in the period by what their owner calls them. Single is each for itself, cumulative with all that are surer."</p>
                    <p>"Overdue are open deals whose expected day is past, whatever the period; no date, those without one. Neither is in the sums above."</p>
                </Explain>
            </h2>
            <Table caption="The period by category" columns=Signal::stored(columns) class="sell-table">
                {block(move || rows().collect_view())}
            </Table>
        </section>
    }
}

fn row(case: &Case, name: &'static str, single: &Tally, sum: Option<Tally>) -> AnyView {
    let text = case.text(single.minor);
    let total = sum.map(|sum| {
        let text = case.text(sum.minor);
        view! { <Sum what=format!("{name}, cumulative") text tally=sum/> }
    });
    let n = intl::integer(single.deals.len() as i64);
    let tally = single.clone();
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="num">{n}</td>
            <td class="num"><Sum what=name.to_owned() text tally/></td>
            <td class="num">{total}</td>
        </tr>
    }
    .into_any()
}

/// The periods in which open deals are expected.
fn periods(case: &Case, code: &str) -> Vec<Period> {
    let fiscal = case.learnt.ground.fiscal_month;
    let of = |day| match code {
        "quarter" => Period::quarter_of(day, fiscal),
        "year" => Period::year_of(day, fiscal),
        _ => Period::month_of(day),
    };
    let today = crate::domain::forecast::months::date(case.learnt.today);
    let many = match code {
        "month" => 6,
        "quarter" => 5,
        _ => 2,
    };
    let mut all = vec![of(today)];
    while all.len() < many {
        match all.last().and_then(|p| p.to().succ_opt()) {
            Some(next) => all.push(of(next)),
            None => break,
        }
    }
    all
}

#[component]
fn ByClose() -> impl IntoView {
    let forecast = use_forecast();
    let span = RwSignal::new("month".to_owned());
    let options = [
        ("month", "Months"),
        ("quarter", "Quarters"),
        ("year", "Years"),
    ]
    .map(|(code, label)| Choice::new(code, label));
    let columns = vec![
        Column::new("when", "Expected").fixed(),
        Column::new("n", "Open").numeric().fixed(),
        Column::new("value", "Value").numeric().fixed(),
        Column::new("weighted", "Won and weighted")
            .numeric()
            .fixed(),
    ];
    let rows = move || {
        let Some(case) = forecast.case.get() else {
            return Vec::new();
        };
        let all = span.with(|code| periods(&case, code));
        let name = |p: &Period| match span.with(|s| s == "month") {
            true => intl::month_long(p.from()),
            false => period_words(*p),
        };
        all.iter().map(|p| close_row(&case, *p, name(p))).collect()
    };
    view! {
        <section class="forecast__part" aria-labelledby="by-close">
            <h2 class="forecast__head" id="by-close">
                "By expected close "
                <Explain title="expected close">
                    <p>"Open deals by the day they are expected on, without those that are overdue or left out. Weighted is what is won already, and each value times the deal's own chance or that of its stage."</p>
                    <code>"closed + Σ value × chance"</code>
                </Explain>
            </h2>
            <Segmented label="By" options=Signal::stored(options.to_vec()) value=span on_change=move |code| span.set(code)/>
            <Table caption="By expected close" columns=Signal::stored(columns) class="sell-table">
                {block(move || rows().collect_view())}
            </Table>
        </section>
    }
}

fn close_row(case: &Case, period: Period, name: String) -> AnyView {
    let rollup = case.book.rollup(period, case.learnt.today);
    let open = rollup.commit.and(&rollup.best).and(&rollup.pipeline);
    let weighted = case.book.weighted(period, case.learnt.today);
    let n = intl::integer(open.deals.len() as i64);
    let value = fmt::money_compact(case.money(open.minor));
    let sum = fmt::money_compact(case.money(weighted.minor));
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            <td class="num">{n}</td>
            <td class="num"><Sum what=format!("{name}, open") text=value tally=open/></td>
            <td class="num"><Sum what=format!("{name}, won and weighted") text=sum tally=weighted/></td>
        </tr>
    }
    .into_any()
}
