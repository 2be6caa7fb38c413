//! Reasons and competitors over time.

use super::Page;
use crate::chart::scene::{Room, Scene};
use crate::chart::stack::{Part as Piece, Stack, Stacks, stacked};
use crate::chart::value::{About, Amount, Said};
use crate::domain::deal::Status;
use crate::domain::insight::period::{Cut, Period};
use crate::domain::insight::win_loss::{Told, Trend, trend};
use crate::shell::intl;
use crate::ui::charts::count_axis;
use crate::ui::insight::part::{Nothing, Part};
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// So many are told apart; all others are one.
const MOST: usize = 5;

/// What is shown.
#[derive(Clone, Copy)]
struct Shown {
    won: RwSignal<bool>,
    rivals: RwSignal<bool>,
    quarters: RwSignal<bool>,
    found: Memo<Arc<Trend>>,
}

impl Shown {
    fn name(self, name: Option<&str>) -> String {
        match (name, self.rivals.get()) {
            (None, _) => "All others".into(),
            (Some(""), true) => "Nobody named".into(),
            (Some(""), false) => "No reason given".into(),
            (Some(name), _) => name.to_owned(),
        }
    }

    fn verb(self) -> &'static str {
        if self.won.get() { "Won" } else { "Lost" }
    }

    fn of(self) -> &'static str {
        if self.rivals.get() {
            "competitor"
        } else {
            "reason"
        }
    }

    fn piece(self, period: Period) -> String {
        match self.quarters.get() {
            true => format!("Quarter from {}", intl::month(period.from())),
            false => intl::month(period.from()),
        }
    }

    fn draw(self, room: Room) -> Scene {
        let found = self.found.get();
        let count = |n: usize| Amount {
            minor: n as i128,
            said: Said::plain(intl::integer(n as i64)),
        };
        let row = |(y, parts): (usize, &Vec<Vec<_>>)| Stack {
            key: None,
            label: self.piece(found.pieces[y]),
            parts: parts
                .iter()
                .enumerate()
                .map(|(x, deals)| Piece {
                    key: Some((y * (MOST + 1) + x) as u64),
                    amount: count(deals.len()),
                })
                .collect(),
            total: count(parts.iter().map(Vec::len).sum()).said,
        };
        let all: usize = found.deals.iter().flatten().map(Vec::len).sum();
        let first = found.names.first().map(|n| self.name(n.as_deref()));
        let data = Stacks {
            about: About {
                title: format!("{} deals by {} over time", self.verb(), self.of()),
                summary: format!(
                    "{} in all; most often: {}.",
                    intl::count(all, "deal", "deals"),
                    first.unwrap_or_default()
                ),
                nothing: String::new(),
            },
            label: if self.quarters.get() {
                "Quarter"
            } else {
                "Month"
            }
            .into(),
            total: "All".into(),
            measure: count_axis("Deals"),
            series: found
                .names
                .iter()
                .map(|n| self.name(n.as_deref()))
                .collect(),
            rows: found.deals.iter().enumerate().map(row).collect(),
            upright: true,
        };
        stacked(&data, room)
    }

    fn behind(self, key: u64) -> Option<Behind> {
        let found = self.found.get();
        let (y, x) = (key as usize / (MOST + 1), key as usize % (MOST + 1));
        let deals = found.deals.get(y)?.get(x)?.clone();
        let name = self.name(found.names.get(x)?.as_deref());
        let piece = self.piece(*found.pieces.get(y)?);
        Some(Behind {
            title: format!("{}, {name}, {piece}: {}", self.verb(), deals.len()),
            sentence: format!(
                "Deals {} in this piece of the time, by the {} they name.",
                self.verb().to_lowercase(),
                self.of()
            ),
            deals: Arc::new(deals),
        })
    }
}

/// The part.
#[component]
pub(super) fn TrendPart(page: Page) -> impl IntoView {
    let (won, rivals, quarters) = (
        RwSignal::new(false),
        RwSignal::new(false),
        RwSignal::new(false),
    );
    let found = Memo::new(move |_| {
        let store = page.insight.store;
        let fiscal = store.with(|s| s.world().state.workspace().fiscal_month);
        let cut = match quarters.get() {
            true => Cut::Quarter(fiscal),
            false => Cut::Month,
        };
        let status = if won.get() { Status::Won } else { Status::Lost };
        let told = if rivals.get() {
            Told::Rival
        } else {
            Told::Reason
        };
        Arc::new(page.ask(|query| trend(query, status, told, cut, MOST)))
    });
    let shown = Shown {
        won,
        rivals,
        quarters,
        found,
    };
    let rows = use_rows();
    let pick = move |key: u64| {
        if let Some(behind) = untrack(|| shown.behind(key)) {
            rows.open(behind);
        }
    };
    let code = |on: RwSignal<bool>| move || if on.get() { "yes" } else { "no" }.to_owned();
    let pair = |no: &'static str, yes: &'static str| {
        Signal::stored(vec![Choice::new("no", no), Choice::new("yes", yes)])
    };
    let tools = move || {
        view! {
            <Segmented label="Outcome over time" options=pair("Lost", "Won") value=code(won) on_change=move |c: String| won.set(c == "yes")/>
            <Segmented label="Told apart by" options=pair("Reason", "Competitor") value=code(rivals) on_change=move |c: String| rivals.set(c == "yes")/>
            <Segmented label="Cut into" options=pair("Months", "Quarters") value=code(quarters) on_change=move |c: String| quarters.set(c == "yes")/>
        }
    };
    let explain: ChildrenFn = Arc::new(|| {
        view! {
            <p>"Deals closed in the time, by the month or fiscal quarter of closing and by the reason given or the competitor named. The five named most often are told apart; the others are one."</p>
            <code>"number of deals closed in the piece"</code>
        }
        .into_any()
    });
    let enough = Memo::new(move |_| found.with(|f| f.pieces.len() > 1));
    view! {
        <Part title="Reasons and competitors over time" explain tools>
            {block(move || if enough.get() {
                view! { <ChartView draw=move |room| shown.draw(room) on_pick=pick file_name="reasons-over-time"/> }.into_any()
            } else {
                view! { <Nothing text="A course needs closed deals in at least two pieces of the time. Choose a longer one above."/> }.into_any()
            })}
        </Part>
    }
}
