//! What those who win more do differently.

use super::table::number;
use crate::domain::ids::DealId;
use crate::domain::insight::team::better::{Alike, Better, Compared, Habit, better};
use crate::domain::insight::team::{FEW, Standings};
use crate::domain::insight::win::FEW as FEW_DEALS;
use crate::shell::intl;
use crate::ui::insight::{Behind, Snapshot, use_insight, use_rows};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// A comparison in words.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    what: String,
    top: String,
    rest: String,
    difference: Option<(String, String)>,
    clear: bool,
}

fn digits(habit: Habit) -> u8 {
    match habit {
        Habit::Activities(_) | Habit::Contacts => 1,
        Habit::Qualified | Habit::Cycle | Habit::Stage(_) => 0,
    }
}

fn told(one: &Compared, stage: &dyn Fn(u16) -> String) -> Told {
    let n = |x: f64| intl::number(x, digits(one.habit));
    let signed = |x: f64| {
        let text = n(x.abs());
        match x {
            _ if text == n(0.0) => text,
            x if x < 0.0 => format!("−{text}"),
            _ => format!("+{text}"),
        }
    };
    let what = match one.habit {
        Habit::Activities(kind) => format!("{}s for a deal", kind.label()),
        Habit::Contacts => String::from("Contacts on a deal"),
        Habit::Qualified => String::from("Qualified, in percent"),
        Habit::Cycle => String::from("Days to a win"),
        Habit::Stage(number) => format!("Days in {}", stage(number)),
    };
    Told {
        what,
        top: one.top.mean().map(n).unwrap_or_default(),
        rest: one.rest.mean().map(n).unwrap_or_default(),
        difference: one.difference().map(|(difference, interval)| {
            (
                signed(difference),
                format!("{} to {}", signed(interval.low), signed(interval.high)),
            )
        }),
        clear: one.is_clear(),
    }
}

/// The comparison.
#[component]
pub(super) fn BetterPart(
    /// How people do.
    people: Memo<Arc<Standings>>,
) -> impl IntoView {
    let insight = use_insight();
    let found = Memo::new(move |_| {
        let Snapshot(facts) = insight.facts.get();
        let period = insight.lens.get().period;
        people.with(|people| {
            insight.store.with(|s| {
                let world = s.world();
                let found = better(world, &facts, people, period)?;
                let stage = |number: u16| {
                    let stage = facts.stages.get(number).map(|f| f.id);
                    stage
                        .map(|id| world.state.name_of(id.into()))
                        .unwrap_or_default()
                };
                let rows: Vec<Told> = found.habits.iter().map(|h| told(h, &stage)).collect();
                Ok((found, rows))
            })
        })
    });
    view! {
        <section class="team-part" aria-labelledby="team-better">
            <h2 class="team-part__title" id="team-better">
                "What the better ones do differently"
                <Explain title="The comparison">
                    <p>{format!("Of people with {FEW} closed deals and more, the upper third by win rate against the others; means of the deals closed in the time.")}</p>
                    <p><code>"difference of means ± t × standard error"</code>" (Welch)"</p>
                    <p>"Several things are compared at once, and of twenty without any difference one looks clear by chance. So a difference counts only where it holds after a correction for all of them (Holm 1979); the ranges are each for itself."</p>
                    <p>"Nobody is called better where all rates lie within what chance alone gives."</p>
                </Explain>
            </h2>
            {move || match found.get() {
                Err(Alike::Few) => view! { <p class="team-part__words">{format!("This needs three people with {FEW} closed deals and more.")}</p> }.into_any(),
                Err(Alike::Chance) => view! { <p class="team-part__words">"Nobody is better beyond chance: the win rates are no further apart than it alone makes them. So there is nothing to learn from the difference."</p> }.into_any(),
                Ok((found, rows)) => view! { <Habits found rows/> }.into_any(),
            }}
        </section>
    }
}

fn behind(title: &'static str, deals: &Arc<Vec<DealId>>) -> impl Fn() -> Behind + use<> {
    let deals = deals.clone();
    move || Behind {
        title: title.to_owned(),
        sentence: "Deals closed in the time, of which the means are.".to_owned(),
        deals: deals.clone(),
    }
}

#[component]
fn Habits(
    /// Who is compared.
    found: Better,
    /// In what.
    rows: Vec<Told>,
) -> impl IntoView {
    let few = found.top_deals.min(found.rest_deals) < FEW_DEALS;
    let clear: Vec<String> = rows
        .iter()
        .filter(|r| r.clear)
        .map(|r| r.what.to_lowercase())
        .collect();
    let words = format!(
        "{} ({}) against {} ({}).",
        found.top.join(", "),
        intl::count(found.top_deals as usize, "closed deal", "closed deals"),
        found.rest.join(", "),
        intl::count(found.rest_deals as usize, "closed deal", "closed deals")
    );
    let verdict = if clear.is_empty() {
        String::from("None of it differs by more than chance can give to one of so many.")
    } else {
        format!(
            "Apart by more than chance mostly gives: {}. That is no proof that it helps: who wins more may also have other deals. Try it before you ask others to do it.",
            clear.join(", ")
        )
    };
    let columns: Vec<Column> = vec![
        Column::new("what", "Per deal closed"),
        Column::new("top", "Upper third").numeric(),
        Column::new("rest", "The others").numeric(),
        Column::new("difference", "Difference").numeric(),
    ]
    .into_iter()
    .map(Column::fixed)
    .collect();
    let rows_of = use_rows();
    let (top_deals, rest_deals) = (Arc::new(found.top_behind), Arc::new(found.rest_behind));
    let row = move |row: Told| {
        let difference = row.difference.map(|(by, range)| {
            view! { <span class:team-clear=row.clear>{by}</span><span class="team-range">{range}</span> }
        });
        view! {
            <tr>
                <th scope="row">{row.what}</th>
                <td class="num">{number(rows_of, row.top, behind("Upper third", &top_deals))}</td>
                <td class="num">{number(rows_of, row.rest, behind("The others", &rest_deals))}</td>
                <td class="num">{difference}</td>
            </tr>
        }
    };
    view! {
        <p class="team-part__words">{words}</p>
        {few.then(|| view! { <p class="team-part__words">"These are few deals: take it as a question to ask, not as an answer."</p> })}
        <p class="team-part__words">{verdict}</p>
        <Table caption="What the better ones do differently" columns=Signal::stored(columns) class="team-table">
            {rows.into_iter().map(row).collect_view()}
        </Table>
    }
}
