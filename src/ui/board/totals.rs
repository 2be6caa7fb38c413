//! The strip of numbers above the columns. Each explains itself.

use super::lane::Lane;
use super::state::{Board, use_board};
use crate::domain::deal::Status;
use crate::domain::ids::StageId;
use crate::domain::money::{Currency, Money, Sums};
use crate::domain::query::board::{BoardFilter, StatusFilter};
use crate::shell::intl;
use crate::ui::fmt;
use crate::ui::parts::{Explain, block};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use std::sync::Arc;

/// Some deals, counted and added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tally {
    count: usize,
    unvalued: usize,
    value: Sums,
}

impl Tally {
    fn add(&mut self, value: Option<Money>) {
        self.count += 1;
        match value {
            Some(money) => self.value.add(money.currency, money.minor.into()),
            None => self.unvalued += 1,
        }
    }

    fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.unvalued += other.unvalued;
        self.value.merge(&other.value);
    }
}

/// What the strip says of one stage, or of all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tallies {
    open: Tally,
    /// Σ value × percent of the open deals.
    weighted: Sums,
    /// Open deals expected to close by the end of the quarter.
    due: Tally,
    /// Open deals whose expected close has passed.
    overdue: usize,
    /// Deals won in the quarter.
    won: Tally,
}

impl Tallies {
    fn merge(&mut self, other: &Self) {
        self.open.merge(&other.open);
        self.weighted.merge(&other.weighted);
        self.due.merge(&other.due);
        self.overdue += other.overdue;
        self.won.merge(&other.won);
    }
}

/// First and last day of the calendar quarter of a day.
fn quarter(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let month = day.month0() / 3 * 3;
    let first =
        |year: i32, month0: u32| NaiveDate::from_ymd_opt(year, month0 + 1, 1).unwrap_or(day);
    let begin = first(day.year(), month);
    let next = if month == 9 {
        first(day.year() + 1, 0)
    } else {
        first(day.year(), month + 3)
    };
    (begin, next.pred_opt().unwrap_or(day))
}

/// The numbers of one stage, under the board's owner and text filter.
pub(super) fn tallies(board: Board, stage: StageId) -> Tallies {
    // Reruns with the column: when its deals change or others are asked for.
    let column = board.lane(stage).view.get();
    board.store.track_board(stage);
    let today = board.today.get();
    let (begin, end) = quarter(today);
    let filter = board.filter.get();
    board.store.with(|s| {
        let world = s.world();
        let own = world
            .state
            .tables
            .stages
            .get(stage)
            .map(|s| s.kind.status());
        let shown = match filter.status {
            StatusFilter::Current => own,
            StatusFilter::Only(status) => Some(status),
            StatusFilter::All => None,
        };
        // What the column shows need not be searched for again.
        let view = |status| match shown {
            Some(shown) if shown == status => column.clone(),
            _ => {
                let status = StatusFilter::Only(status);
                let filter = BoardFilter {
                    status,
                    ..filter.clone()
                };
                Arc::new(world.board.view(&world.state, stage, &filter))
            }
        };
        let deals = &world.state.tables.deals;
        let (open, won) = (view(Status::Open), view(Status::Won));
        let mut all = Tallies {
            open: Tally {
                count: open.totals.count,
                unvalued: open.totals.unvalued,
                value: open.totals.value.clone(),
            },
            weighted: open.totals.weighted.clone(),
            ..Tallies::default()
        };
        for deal in open.deals.iter().filter_map(|id| deals.get(*id)) {
            if let Some(close) = deal.close {
                all.overdue += usize::from(close < today);
                if close <= end {
                    all.due.add(deal.value);
                }
            }
        }
        for deal in won.deals.iter().filter_map(|id| deals.get(*id)) {
            if deal
                .outcome
                .closure()
                .is_some_and(|c| (begin..=end).contains(&c.on))
            {
                all.won.add(deal.value);
            }
        }
        all
    })
}

/// The strip.
#[component]
pub(super) fn TotalsStrip() -> impl IntoView {
    let board = use_board();
    let sum = Memo::new(move |_| {
        let mut sum = Tallies::default();
        for lane in board.lanes() {
            lane.tallies.with(|t| sum.merge(t));
        }
        sum
    });
    let currency = Memo::new(move |_| {
        board
            .store
            .track_kind(crate::domain::change::Kind::Workspace);
        board.store.with(|s| s.world().state.workspace().currency)
    });
    let value = move |pick: fn(&Tallies) -> &Sums| {
        Signal::derive(move || sum.with(|s| amount(pick(s), currency.get(), false)))
    };
    let full = move |pick: fn(&Tallies) -> String| Signal::derive(move || sum.with(pick));
    let weighted = Signal::derive(move || sum.with(|s| amount(&s.weighted, currency.get(), true)));
    let deals = |n: usize| intl::count(n, "deal", "deals");
    let share = move || {
        sum.with(|s| {
            share(s).map_or_else(String::new, |p| format!("{} of open", intl::percent(p, 0)))
        })
    };
    let overdue = move || {
        sum.with(|s| match s.overdue {
            0 => deals(s.due.count),
            n => format!("{}, {n} overdue", deals(s.due.count)),
        })
    };
    view! {
        <section class="board-totals" aria-label="Totals">
            <Tile title="Open" value=value(|s| &s.open.value) full=full(|s| fmt::sums(&s.open.value)) note=Signal::derive(move || sum.with(|s| deals(s.open.count)))>
                <p>"The value of all open deals of this pipeline. Each currency stands for itself; nothing is converted."</p>
                {block(move || sum.with(|s| unvalued(&s.open)))}
                <ByStage of=|t| fmt::sums(&t.open.value)/>
                <Limits/>
            </Tile>
            <Tile title="Weighted" value=weighted full=full(|s| fmt::weighted(&s.weighted)) note=Signal::derive(share)>
                <p>"Each open deal counts with its chance to win: its own where it has one, else its stage's."</p>
                <code>"Σ value × probability"</code>
                <ByStage of=|t| fmt::weighted(&t.weighted)/>
                <Limits/>
            </Tile>
            <Tile title="Closing this quarter" value=value(|s| &s.due.value) full=full(|s| fmt::sums(&s.due.value)) note=Signal::derive(overdue)>
                <p>{quarter_text(board, "Open deals expected to close by", "the end of this calendar quarter, those that are overdue included")}</p>
                <ByStage of=|t| fmt::sums(&t.due.value)/>
                <Limits/>
            </Tile>
            <Tile title="Won this quarter" value=value(|s| &s.won.value) full=full(|s| fmt::sums(&s.won.value)) note=Signal::derive(move || sum.with(|s| deals(s.won.count)))>
                <p>"Deals of this pipeline with a winning date in this calendar quarter, whatever stage they stand in."</p>
                {block(move || sum.with(|s| unvalued(&s.won)))}
                <Limits/>
            </Tile>
            <super::chart::ChartButton/>
        </section>
    }
}

fn quarter_text(board: Board, before: &str, after: &str) -> String {
    let (_, end) = quarter(board.store.moment().today);
    format!("{before} {}, {after}.", fmt::date(end))
}

/// The weighted share of the open value; only where one currency makes it a number.
fn share(sum: &Tallies) -> Option<f64> {
    let mut currencies = sum.open.value.iter();
    let (currency, open) = currencies.next()?;
    if currencies.next().is_some() || open <= 0 {
        return None;
    }
    // A ratio for show; the sums themselves stay whole numbers.
    Some(sum.weighted.of(currency) as f64 / 100.0 / open as f64)
}

/// One currency in full, several shortened side by side, none as nothing of the usual one.
fn amount(sums: &Sums, currency: Currency, weighted: bool) -> String {
    match (sums.iter().count(), weighted) {
        (0, _) => fmt::money(Money::new(0, currency)),
        (1, false) => fmt::sums(sums),
        (1, true) => fmt::weighted(sums),
        (_, false) => fmt::sums_compact(sums),
        (_, true) => fmt::weighted_compact(sums),
    }
}

fn unvalued(tally: &Tally) -> Option<impl IntoView + use<>> {
    (tally.unvalued > 0).then(|| {
        let n = intl::count(tally.unvalued, "deal has", "deals have");
        view! { <p>{format!("{n} no value and add nothing.")}</p> }
    })
}

/// One number of the strip.
#[component]
fn Tile(
    /// What it is.
    title: &'static str,
    /// The number.
    value: Signal<String>,
    /// The same, nothing shortened.
    full: Signal<String>,
    /// A line below it.
    note: Signal<String>,
    /// How it came about.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    view! {
        <div class="board-tile">
            <span class="board-tile__title">
                {title}
                <Explain title>
                    {children.with_value(|children| children())}
                    {block(move || (full.get() != value.get()).then(|| view! { <p>{full}</p> }))}
                </Explain>
            </span>
            <b class="board-tile__value" title=full>{value}</b>
            <small class="board-tile__note">{note}</small>
        </div>
    }
}

/// The inputs of a number, stage by stage.
#[component]
fn ByStage(
    /// The text of a stage's numbers; empty ones are left out.
    of: fn(&Tallies) -> String,
) -> impl IntoView {
    let board = use_board();
    let line = move |lane: Lane| {
        let text = lane.tallies.with(of);
        (!text.is_empty()).then(|| view! { <dt>{board.stage_name(lane.stage)}</dt><dd>{text}</dd> })
    };
    view! { <dl>{block(move || board.lanes().into_iter().filter_map(line).collect_view())}</dl> }
}

/// Says so where the filter leaves deals out.
#[component]
fn Limits() -> impl IntoView {
    let board = use_board();
    block(move || {
        board
            .filter
            .with(|f| !f.is_plain())
            .then(|| view! { <p>"Only of the deals that the filter leaves."</p> })
    })
}
