//! The board on paper: all cards as a plain list by stage, since of a column on the screen only
//! the cards in view are in the page.

use super::face::{self, Face, Step};
use super::lane::Lane;
use super::state::{Board, use_board};
use crate::domain::ids::DealId;
use crate::shell::intl;
use crate::ui::fmt;
use leptos::prelude::*;

/// The most deals that are printed, some sixty pages; beyond, a sentence says that there are more.
const MOST: usize = 2_000;

/// The list; seen on paper only.
#[component]
pub fn BoardSheet() -> impl IntoView {
    let board = use_board();
    // Made for one printing: nothing in it follows what changes.
    untrack(move || {
        let lanes = board.lanes();
        let all: usize = lanes.iter().map(|lane| lane.len()).sum();
        let mut room = MOST;
        let parts: Vec<AnyView> = lanes
            .iter()
            .map(|lane| {
                let printed = lane.len().min(room);
                room -= printed;
                part(board, *lane, printed)
            })
            .collect();
        view! {
            <div class="board-sheet">
                <p class="board-sheet__about">{about(board, all)}</p>
                {parts}
            </div>
        }
    })
}

/// When it was printed, which deals it has, and what it leaves out.
fn about(board: Board, all: usize) -> String {
    let mut text = format!("{}, {}.", fmt::date(board.today.get()), deals(all));
    if !board.filter.with(|filter| filter.is_plain()) {
        text.push_str(" Only deals that the filter of the board lets through.");
    }
    if all > MOST {
        let shown = intl::integer(MOST as i64);
        text.push_str(&format!(
            " The first {shown} are listed; sums and numbers are of all. Filter the board to print others."
        ));
    }
    text
}

fn deals(count: usize) -> String {
    intl::count(count, "deal", "deals")
}

/// A stage: its name, its totals, and so many of its deals.
fn part(board: Board, lane: Lane, printed: usize) -> AnyView {
    let name = board
        .store
        .with(|s| s.world().state.name_of(lane.stage.into()));
    let column = lane.order.get();
    let totals = &lane.view.get().totals;
    let mut sums = vec![deals(totals.count)];
    if !totals.value.is_empty() {
        sums.push(fmt::sums(&totals.value));
    }
    if !totals.weighted.is_empty() {
        sums.push(format!("{} weighted", fmt::weighted(&totals.weighted)));
    }
    let left = column.deals.len() - printed;
    let rows = column.deals.iter().take(printed);
    let rows: Vec<AnyView> = rows.filter_map(|deal| row(board, *deal)).collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <table class="board-sheet__table">
                <thead>
                    <tr>
                        <th scope="col">"Deal"</th>
                        <th scope="col">"Organisation"</th>
                        <th scope="col" class="num">"Value"</th>
                        <th scope="col">"Close"</th>
                        <th scope="col">"Next step"</th>
                        <th scope="col">"Owner"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <section class="board-sheet__stage">
            <h2>{name}</h2>
            <p class="board-sheet__sums">{sums.join(" · ")}</p>
            {table}
            {(left > 0).then(|| view! { <p class="board-sheet__about">{format!("{} more are not listed.", intl::integer(left as i64))}</p> })}
        </section>
    }
    .into_any()
}

fn row(board: Board, deal: DealId) -> Option<AnyView> {
    let Face {
        organisation,
        value,
        close,
        step,
        owner,
        status,
        ..
    } = face::read(board.store, deal)?;
    let next = match step {
        None => String::new(),
        Some(Step::None) => String::from("No next step"),
        Some(Step::Planned { due: None, subject }) => subject,
        Some(Step::Planned {
            due: Some(day),
            subject,
        }) => format!("{}: {subject}", day.text),
    };
    let close = close.map(|day| match day.late {
        true => format!("{}, overdue", day.text),
        false => day.text,
    });
    let status = status.map(|status| format!(" ({})", status.label().to_lowercase()));
    let row = view! {
        <tr>
            <th scope="row">{board.title(deal)}{status}</th>
            <td>{organisation.map(|(_, name)| name)}</td>
            <td class="num">{value}</td>
            <td class="board-sheet__day">{close}</td>
            <td>{next}</td>
            <td>{owner}</td>
        </tr>
    };
    Some(row.into_any())
}
