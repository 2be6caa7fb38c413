//! Conversion by the month of creation.

use super::Page;
use crate::domain::insight::sources::cohort::{AGES, Cohort, CohortCell, Seen, cohorts};
use crate::shell::intl;
use crate::ui::insight::figure::{share_interval, share_text};
use crate::ui::insight::part::{Count, Nothing, Part};
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// The most months shown.
const MOST: usize = 24;

/// The part.
#[component]
pub(super) fn CohortsPart(page: Page) -> impl IntoView {
    let all = Memo::new(move |_| {
        let today = page.insight.store.tick().today;
        page.ask(|q| cohorts(q.facts, q.of, q.period, today, MOST))
    });
    let any = Memo::new(move |_| all.with(|all| !all.is_empty()));
    let explain: ChildrenFn = Arc::new(|| {
        view! {
            <p>"Each line is the deals created in a month; each column, how many of them were won within so many months after their creation, begun months counted. Along a line the share can only grow."</p>
            <p>"Hatched: some deals of the month are not that old yet and still undecided; the share can still grow. Empty: none of them is that old."</p>
            <code>"won within the age ÷ all created in the month"</code>
        }
        .into_any()
    });
    view! {
        <Part title="Won by age of the deal" explain>
            {block(move || if any.get() {
                view! {
                    <div class="grid-table cohorts">
                        <table>
                            <caption class="visually-hidden">"Share won, by month of creation and age in months"</caption>
                            <thead><tr>
                                <th scope="col">"Created in"</th>
                                <th scope="col" class="num">"Deals"</th>
                                {(1..=AGES).map(|age| view! { <th scope="col" class="num" title=format!("Won within {}", intl::count(age, "month", "months"))>{age}</th> }).collect_view()}
                            </tr></thead>
                            <tbody>{move || all.with(|all| {
                                // Colours reach up to the largest share there is.
                                let most = all.iter().flat_map(|c| &c.cells).filter_map(|c| c.rate.value()).fold(0.0, f64::max);
                                all.iter().map(|c| line(c, most)).collect_view()
                            })}</tbody>
                        </table>
                    </div>
                    <p class="cohorts__key"><span class="cohorts__swatch" aria-hidden="true"></span>"Hatched: not fully observed yet"</p>
                }.into_any()
            } else {
                view! { <Nothing text="No deal was created in this time. Choose a longer one above."/> }.into_any()
            })}
        </Part>
    }
}

fn line(cohort: &Cohort, most: f64) -> impl IntoView + use<> {
    let month = intl::month_long(cohort.month.from());
    let cells = (0..AGES).map(|at| match cohort.cells.get(at) {
        None => view! { <td class="cohorts__none"></td> }.into_any(),
        Some(_) if cohort.deals.is_empty() => view! { <td class="cohorts__none"></td> }.into_any(),
        Some(cell) => {
            view! { <Share cell=cell.clone() month=month.clone() age=at + 1 most/> }.into_any()
        }
    });
    view! {
        <tr>
            <th scope="row">{month.clone()}</th>
            <td class="num"><Count text=intl::integer(cohort.deals.len() as i64) what=format!("Created in {month}") sentence="Deals created in this month." deals=cohort.deals.clone()/></td>
            {cells.collect_view()}
        </tr>
    }
}

/// A cell; pressing it opens the deals won by then.
#[component]
fn Share(
    /// What it holds.
    cell: CohortCell,
    /// Created when.
    month: String,
    /// Won within so many months.
    age: usize,
    /// The largest share of all.
    most: f64,
) -> impl IntoView {
    let rows = use_rows();
    let share = cell.rate.value().unwrap_or(0.0);
    let step = if most > 0.0 {
        (share / most * 8.0).round() as u8
    } else {
        0
    };
    let part = cell.seen == Seen::Part;
    let text = share_text(share);
    let within = intl::count(age, "month", "months");
    let label = format!(
        "Created in {month}, won within {within}: {text}, {} of {}, {}{}",
        cell.won.len(),
        cell.rate.n,
        cell.rate.interval().map(share_interval).unwrap_or_default(),
        if part { ", not fully observed yet" } else { "" }
    );
    let behind = Behind {
        title: format!("Created in {month}, won within {within}: {text}"),
        sentence: "Deals created in this month that were won within this age.".into(),
        deals: Arc::new(cell.won),
    };
    view! {
        <td class="cohorts__cell" data-step=step.to_string() data-part=part.then_some("")>
            <button type="button" class="cohorts__share" aria-label=label.clone() title=label on:click=move |_| rows.open(behind.clone())>{text}</button>
        </td>
    }
}
