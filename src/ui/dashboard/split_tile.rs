//! A figure on a tile by a dimension, or month by month.

use super::content::Look;
use crate::chart::line::line;
use crate::chart::scene::Room;
use crate::domain::insight::catalogue::Metric;
use crate::domain::insight::slice::Dimension;
use crate::domain::money::Currency;
use crate::shell::intl;
use crate::ui::insight::{
    Behind, Definition, Piece, bars, course, currencies, few_words, lines, split, sure, use_rows,
    value_text,
};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// The currencies of the pieces; one for figures without money.
fn in_currencies(look: Look, pieces: &[Piece]) -> Vec<Currency> {
    let insight = look.reading.insight;
    let home = insight
        .exchange
        .get()
        .reporting
        .unwrap_or(insight.home.get());
    currencies(pieces.iter().map(|p| &p.answer.value), home)
}

/// Whether a figure has an interval.
fn uncertain(metric: Metric) -> bool {
    use crate::domain::insight::catalogue::Unit;
    let is_rate = matches!(metric.unit(), Unit::Percent | Unit::Days) && metric != Metric::WinValue;
    is_rate || metric == Metric::Activities
}

fn behind(look: Look, metric: Metric, piece: &Piece) -> Behind {
    let value = value_text(look.reading.insight, &piece.answer.value);
    let deals = untrack(|| {
        let of = look.of.get();
        look.ask(look.days.get().0, |q| {
            piece.deals(look.reading, q, &of, metric)
        })
    });
    Behind {
        title: format!("{}, {}: {value}", metric.label(), piece.name),
        sentence: untrack(|| look.reading.rules.get()).definition(metric),
        deals: Arc::new(deals),
    }
}

/// Month by month.
#[component]
pub(super) fn Course(
    /// What the tile looks at.
    look: Look,
    /// The figure.
    metric: Metric,
    /// The tile's heading.
    title: Memo<String>,
) -> impl IntoView {
    let rows = use_rows();
    let found = Memo::new(move |_| {
        let of = look.of.get();
        look.ask(look.days.get().0, |q| course(q, &of, metric))
    });
    let all = Memo::new(move |_| found.with(|pieces| in_currencies(look, pieces)));
    let pick = move |key: u64| {
        let piece = found.with_untracked(|all| all.get(key as usize).cloned());
        if let Some(piece) = piece {
            rows.open(behind(look, metric, &piece));
        }
    };
    let chart = move |currency: Currency| {
        let draw = Callback::new(move |room: Room| {
            let alone = all.with(|c| c.len() < 2);
            let title = if alone {
                title.get()
            } else {
                format!("{}, {currency}", title.get())
            };
            found.with(|pieces| line(&lines(pieces, metric, currency, title), room))
        });
        view! { <ChartView draw on_pick=pick file_name=String::from("tile")/> }
    };
    view! {
        <div class="tile__chart"><For each=move || all.get() key=|c| *c children=chart/></div>
        <span class="tile__foot"><Explain title=metric.label()><Definition metric/></Explain></span>
    }
}

/// By a dimension, as bars or as a table.
#[component]
pub(super) fn Split(
    /// What the tile looks at.
    look: Look,
    /// The figure.
    metric: Metric,
    /// The tile's heading.
    title: Memo<String>,
    /// Whether it is a table.
    as_table: bool,
) -> impl IntoView {
    let rows = use_rows();
    let store = look.reading.insight.store;
    let by = Memo::new(move |_| {
        let code = look.tile.with(|t| t.by.clone());
        Dimension::from_code(&code).unwrap_or(Dimension::Owner)
    });
    let label = Memo::new(move |_| store.with(|s| by.get().label(s.world())));
    let found = Memo::new(move |_| {
        let of = look.of.get();
        look.ask(look.days.get().0, |q| {
            split(look.reading, q, &of, metric, by.get())
        })
    });
    let all = Memo::new(move |_| found.with(|(pieces, _)| in_currencies(look, pieces)));
    let open = move |n: usize| {
        let piece = found.with_untracked(|(all, _)| all.get(n).cloned());
        if let Some(piece) = piece {
            rows.open(behind(look, metric, &piece));
        }
    };
    let chart = move |currency: Currency| {
        let draw = Callback::new(move |room: Room| {
            let alone = all.with(|c| c.len() < 2);
            let title = if alone {
                title.get()
            } else {
                format!("{}, {currency}", title.get())
            };
            found.with(|(pieces, _)| bars(pieces, metric, currency, title, label.get(), room))
        });
        view! { <ChartView draw on_pick=move |key| open(key as usize) file_name=String::from("tile")/> }
    };
    let row = move |(n, piece): (usize, Piece)| {
        let text = match few_words(&piece.answer) {
            Some(words) => words.short,
            None => value_text(look.reading.insight, &piece.answer.value),
        };
        let text = if text.is_empty() {
            "–".to_owned()
        } else {
            text
        };
        let interval =
            uncertain(metric).then(|| view! { <td class="num">{sure(&piece.answer)}</td> });
        let said = format!("{}, {}: {text}, show the deals", metric.label(), piece.name);
        let count = intl::integer(i64::try_from(piece.answer.n).unwrap_or(i64::MAX));
        view! {
            <tr>
                <th scope="row">{piece.name}</th>
                <td class="num"><button type="button" class="cell-link" aria-label=said on:click=move |_| open(n)>{text}</button></td>
                {interval}
                <td class="num">{count}</td>
            </tr>
        }
    };
    let columns = move || {
        let mut columns = vec![
            Column::new("name", label.get()).fixed(),
            Column::new("value", metric.label()).numeric().fixed(),
        ];
        if uncertain(metric) {
            columns.push(Column::new("sure", "95 % interval").numeric().fixed());
        }
        columns.push(Column::new("n", "n").numeric().fixed());
        columns
    };
    let body = move || {
        if found.with(|(pieces, _)| pieces.is_empty()) {
            return view! { <p class="tile__none">"Nothing to show in this time."</p> }.into_any();
        }
        if as_table {
            let rows = move || {
                let all = found.with(|(all, _)| all.clone()).into_iter().enumerate();
                all.map(row).collect_view()
            };
            return view! { <div class="tile__chart"><Table caption=title columns=Signal::derive(columns)>{block(rows)}</Table></div> }.into_any();
        }
        view! { <div class="tile__chart"><For each=move || all.get() key=|c| *c children=chart/></div> }.into_any()
    };
    let more = move || {
        let n = found.with(|(_, others)| *others);
        (n > 0).then(|| view! { <span class="tile__small">{format!("{} with fewer deals not shown.", intl::count(n, "value", "values"))}</span> })
    };
    view! {
        {block(body)}
        <span class="tile__foot">{block(more)} <Explain title=metric.label()><Definition metric/></Explain></span>
    }
}
