//! Deals one by one on a tile.

use super::content::Look;
use crate::app::dashboard::ListKind;
use crate::app::route::Route;
use crate::domain::deal::Status;
use crate::domain::ids::DealId;
use crate::domain::insight::answer::Question;
use crate::domain::insight::facts::Facts;
use crate::domain::insight::idle::IdleQuery;
use crate::domain::insight::lacks::Lack;
use crate::domain::insight::select::Selection;
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::insight::{Behind, period_words, use_rows};
use crate::ui::parts::*;
use chrono::NaiveDate;
use leptos::prelude::*;
use std::cmp::Reverse;
use std::sync::Arc;

/// How many deals fit into a tile one row high, and into each row more.
const FIRST: usize = 3;
const MORE: usize = 5;

/// A deal with what is said of it.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    id: DealId,
    said: String,
}

fn day(day: i32) -> String {
    NaiveDate::from_epoch_days(day)
        .map(fmt::day_month)
        .unwrap_or_default()
}

/// What an open deal is worth in the currency that sums are shown in; those of other currencies
/// without a rate come after.
fn worth(q: &Question<'_>, row: usize) -> (bool, i64) {
    let today = NaiveDate::from_epoch_days(q.now.today).unwrap_or_default();
    let home = q.exchange.reporting.unwrap_or(q.facts.home);
    match q.facts.money(row) {
        None => (false, i64::MIN),
        Some(money) => {
            let (shown, ..) = q.exchange.shown(money, today);
            (shown.currency == home, shown.minor)
        }
    }
}

fn money(facts: &Facts, row: usize) -> String {
    facts
        .money(row)
        .map_or_else(|| "no value".to_owned(), fmt::money)
}

/// The deals of a list in their order, and what is said of the first `most` of them.
fn read(q: &Question<'_>, of: &Selection, kind: ListKind, most: usize) -> (Vec<DealId>, Vec<Line>) {
    let facts = q.facts;
    let open = || of.rows().filter(|row| facts.status[*row] == Status::Open);
    let next = |row: usize| {
        facts
            .planned
            .of(row)
            .iter()
            .copied()
            .find(|d| *d >= q.now.today)
    };
    let (rows, said): (Vec<usize>, Box<dyn Fn(usize) -> String>) = match kind {
        ListKind::NextSteps => {
            let mut rows: Vec<usize> = open().filter(|row| next(*row).is_some()).collect();
            rows.sort_by_key(|row| (next(*row), facts.ids[*row]));
            (rows, Box::new(|row| next(row).map(day).unwrap_or_default()))
        }
        ListKind::NoStep => {
            let lacks = |row: &usize| Lack::NextStep.is_of(facts, *row, q.now);
            let mut rows: Vec<usize> = open().filter(lacks).collect();
            rows.sort_by_cached_key(|row| (Reverse(worth(q, *row)), facts.ids[*row]));
            (rows, Box::new(|row| money(facts, row)))
        }
        ListKind::Closing => {
            let mut rows: Vec<usize> = open()
                .filter(|row| q.period.holds(facts.close[*row]))
                .collect();
            rows.sort_by_key(|row| (facts.close[*row], facts.ids[*row]));
            (
                rows,
                Box::new(|row| format!("{} · {}", day(facts.close[row]), money(facts, row))),
            )
        }
        ListKind::Rotting => {
            let thresholds = q.thresholds();
            let query = IdleQuery {
                thresholds: &thresholds,
                rule: q.rules.idle,
                now: q.now,
            };
            let ids = query.rotting(facts, of, None);
            let line = |id: DealId| {
                let days = facts.row(id).map_or(0, |row| query.deal(facts, row).days);
                Line {
                    id,
                    said: format!("idle for {}", intl::count(days as usize, "day", "days")),
                }
            };
            let lines = ids.iter().take(most).copied().map(line).collect();
            return (ids, lines);
        }
        ListKind::Largest => {
            let mut rows: Vec<usize> = open().collect();
            rows.sort_by_cached_key(|row| (Reverse(worth(q, *row)), facts.ids[*row]));
            (rows, Box::new(|row| money(facts, row)))
        }
        ListKind::Wins => {
            let won = |row: &usize| {
                facts.status[*row] == Status::Won && q.period.holds(facts.closed[*row])
            };
            let mut rows: Vec<usize> = of.rows().filter(won).collect();
            rows.sort_by_key(|row| (Reverse(facts.closed[*row]), facts.ids[*row]));
            (
                rows,
                Box::new(|row| format!("{} · {}", day(facts.closed[row]), money(facts, row))),
            )
        }
    };
    let line = |row: usize| Line {
        id: facts.ids[row],
        said: said(row),
    };
    let lines = rows.iter().take(most).copied().map(line).collect();
    (rows.into_iter().map(|row| facts.ids[row]).collect(), lines)
}

/// What is said where there is none.
fn none(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Closing | ListKind::Wins => "None in this time.",
        _ => "None now.",
    }
}

/// The list; what has no room is behind a button.
#[component]
pub(super) fn DealList(
    /// What the tile looks at.
    look: Look,
    /// Which deals.
    kind: ListKind,
    /// The tile's heading.
    title: Memo<String>,
) -> impl IntoView {
    let rows = use_rows();
    let room = Memo::new(move |_| {
        let height = look.tile.with(|t| usize::from(t.height.max(1)));
        FIRST + (height - 1) * MORE
    });
    let all = Memo::new(move |_| {
        let of = look.of.get();
        let (ids, lines) = look.ask(look.days.get().0, |q| read(q, &of, kind, room.get()));
        (Arc::new(ids), lines)
    });
    let line = move |line: &Line| {
        view! {
            <li class="tile__deal">
                <a href=Route::Deal(line.id).print()>{look.reading.title(line.id)}</a>
                <span class="tile__said">{line.said.clone()}</span>
            </li>
        }
    };
    let open = move |_| {
        let deals = all.with_untracked(|(ids, _)| ids.clone());
        rows.open(Behind {
            title: title.get_untracked(),
            sentence: kind.meaning().to_owned(),
            deals,
        });
    };
    let period = move || {
        let days = || period_words(look.days.get().0);
        kind.has_period()
            .then(|| view! { <span class="tile__small">{days()}</span> })
    };
    let body = move || {
        let (ids, lines) = all.get();
        if ids.is_empty() {
            return view! { <p class="tile__none">{none(kind)}</p> }.into_any();
        }
        let items: Vec<_> = lines.iter().map(line).collect();
        let label = intl::count(ids.len(), "deal", "deals");
        view! {
            <ul class="tile__list">{items}</ul>
            <button type="button" class="cell-link tile__all" on:click=open>{format!("{label}, show all")}</button>
        }
        .into_any()
    };
    view! {
        {block(body)}
        <span class="tile__foot">{block(period)} <Explain title=kind.label()><p>{kind.meaning()}</p></Explain></span>
    }
}
