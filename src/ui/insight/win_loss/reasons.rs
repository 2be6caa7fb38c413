//! Reasons by the stage where deals ended: as a heat map, and as a table.

use super::Page;
use crate::chart::heat::{Cell, Heat, HeatRow, heat};
use crate::chart::scene::Room;
use crate::chart::value::{About, Amount, Said};
use crate::domain::deal::Status;
use crate::domain::ids::StageId;
use crate::domain::insight::stats::Rate;
use crate::domain::insight::win_loss::{ReasonRow, Reasons, Tally};
use crate::shell::intl;
use crate::ui::insight::figure::{share_interval, share_text};
use crate::ui::insight::part::{Count, Nothing, Part};
use crate::ui::insight::rows::{Behind, use_rows};
use crate::ui::insight::versus::{self, Was};
use crate::ui::parts::*;
use leptos::prelude::*;
use std::sync::Arc;

/// What is shown.
#[derive(Clone, Copy)]
struct Shown {
    page: Page,
    won: RwSignal<bool>,
    by_value: RwSignal<bool>,
    reasons: Memo<Arc<Reasons>>,
    /// Those of the time compared with.
    before: Memo<Option<Arc<Reasons>>>,
}

impl Shown {
    fn stage(self, stage: Option<StageId>) -> String {
        let name = |id: StageId| {
            self.page
                .insight
                .store
                .with(|s| s.world().state.name_of(id.into()))
        };
        stage.map_or_else(|| "No open stage".into(), name)
    }

    fn reason(row: &ReasonRow) -> String {
        match row.reason.as_str() {
            "" => "No reason given".into(),
            reason => reason.to_owned(),
        }
    }

    fn verb(self) -> &'static str {
        if self.won.get() { "Won" } else { "Lost" }
    }

    /// The amount of a tally that the map shows: deals, or the value in the currency that most of
    /// it is in.
    fn amount(self, tally: &Tally) -> Amount {
        if !self.by_value.get() {
            let said = Said::plain(intl::integer(tally.deals.len() as i64));
            return Amount {
                minor: tally.deals.len() as i128,
                said,
            };
        }
        let insight = self.page.insight;
        let main = self.reasons.with(|r| {
            let sums = r.all.value.sums.iter();
            sums.max_by_key(|(_, n)| *n).map(|(c, _)| c)
        });
        Amount {
            minor: main.map_or(0, |c| tally.value.sums.of(c)),
            said: Said {
                full: insight.sum(&tally.value),
                short: insight.sum_compact(&tally.value),
            },
        }
    }

    fn draw(self, room: Room) -> crate::chart::scene::Scene {
        let reasons = self.reasons.get();
        let verb = self.verb();
        let rows = reasons.rows.iter().enumerate().map(|(y, row)| HeatRow {
            label: Self::reason(row),
            cells: row
                .cells
                .iter()
                .enumerate()
                .map(|(x, cell)| {
                    (!cell.deals.is_empty()).then(|| Cell {
                        key: Some((y * 1_000 + x) as u64),
                        amount: self.amount(cell),
                        // What the map shows is said already.
                        more: vec![if self.by_value.get() {
                            ("Deals".into(), intl::integer(cell.deals.len() as i64))
                        } else {
                            ("Value".into(), self.page.insight.sum(&cell.value))
                        }],
                    })
                })
                .collect(),
        });
        let first = reasons.rows.first().map(Self::reason).unwrap_or_default();
        let data = Heat {
            about: About {
                title: format!("{verb} deals by reason and last open stage"),
                summary: format!(
                    "{} in all; most often: {first}.",
                    intl::count(reasons.all.deals.len(), "deal", "deals")
                ),
                nothing: format!("No deal was {} in this time.", verb.to_lowercase()),
            },
            label: "Reason".into(),
            value: if self.by_value.get() {
                "Value"
            } else {
                "Deals"
            }
            .into(),
            columns: reasons
                .stages
                .iter()
                .map(|s| Said::plain(self.stage(*s)))
                .collect(),
            rows: rows.collect(),
        };
        heat(&data, room)
    }

    fn behind(self, key: u64) -> Option<Behind> {
        let reasons = self.reasons.get_untracked();
        let (y, x) = ((key / 1_000) as usize, (key % 1_000) as usize);
        let row = reasons.rows.get(y)?;
        let cell = row.cells.get(x)?;
        let verb = untrack(|| self.verb());
        let stage = self.stage(*reasons.stages.get(x)?);
        Some(Behind {
            title: format!("{verb} in {stage}: {}", Self::reason(row)),
            sentence: format!(
                "Deals {} in the time for this reason; {stage} is the last open stage they were in.",
                verb.to_lowercase()
            ),
            deals: Arc::new(cell.deals.clone()),
        })
    }
}

/// The part.
#[component]
pub(super) fn ReasonsPart(page: Page) -> impl IntoView {
    let (won, by_value) = (RwSignal::new(false), RwSignal::new(false));
    let reasons = Memo::new(move |_| {
        let status = if won.get() { Status::Won } else { Status::Lost };
        Arc::new(page.ask(|query| Reasons::of(query, status)))
    });
    let before = Memo::new(move |_| {
        let status = if won.get() { Status::Won } else { Status::Lost };
        let before = page.insight.lens.with(|lens| lens.before)?;
        Some(Arc::new(
            page.ask_in(before, |query| Reasons::of(query, status)),
        ))
    });
    let shown = Shown {
        before,
        page,
        won,
        by_value,
        reasons,
    };
    let rows = use_rows();
    let pick = move |key: u64| {
        if let Some(behind) = shown.behind(key) {
            rows.open(behind);
        }
    };
    let code = |on: RwSignal<bool>| move || if on.get() { "yes" } else { "no" }.to_owned();
    let tools = move || {
        view! {
            <Segmented label="Outcome" options=Signal::stored(vec![Choice::new("no", "Lost"), Choice::new("yes", "Won")]) value=code(won) on_change=move |c: String| won.set(c == "yes")/>
            <Segmented label="Measured by" options=Signal::stored(vec![Choice::new("no", "Deals"), Choice::new("yes", "Value")]) value=code(by_value) on_change=move |c: String| by_value.set(c == "yes")/>
        }
    };
    let explain: ChildrenFn = Arc::new(move || {
        view! {
            <p>"Deals closed in the time, by the reason given and by the last open stage they were in. Reasons that differ only in capitals count as one."</p>
            <p>{move || reasons.with(|r| page.insight.how_summed(&r.all.value))}</p>
            <code>"share = deals with the reason ÷ all deals closed so"</code>
        }
        .into_any()
    });
    let any = Memo::new(move |_| reasons.with(|r| !r.rows.is_empty()));
    view! {
        <Part title="Reasons" explain tools>
            {block(move || if any.get() {
                view! {
                    <ChartView draw=move |room| shown.draw(room) on_pick=pick file_name="reasons"/>
                    <ReasonTable shown/>
                }.into_any()
            } else {
                let verb = shown.verb().to_lowercase();
                view! { <Nothing text=format!("No deal was {verb} in this time. Choose a longer one above.")/> }.into_any()
            })}
        </Part>
    }
}

/// Each reason with deals, share and value.
#[component]
fn ReasonTable(shown: Shown) -> impl IntoView {
    let line = move |row: &ReasonRow, all: u64| {
        let verb = shown.verb();
        let reason = Shown::reason(row);
        let rate = Rate::new(row.all.n(), all);
        let what = format!("{verb}: {reason}");
        let was = shown.before.get().map(|before| {
            let tally = before.find(&row.reason).cloned().unwrap_or_default();
            let text = versus::rates(rate, Rate::new(tally.n(), before.all.n()));
            let sentence = format!(
                "Deals {} in the time compared with for this reason.",
                verb.to_lowercase()
            );
            view! { <td class="num"><Was what=what.clone() text sentence deals=tally.deals/></td> }
        });
        let sentence = format!("Deals {} in the time for this reason.", verb.to_lowercase());
        view! {
            <tr>
                <th scope="row">{reason}</th>
                <td class="num"><Count text=intl::integer(row.all.deals.len() as i64) what sentence deals=row.all.deals.clone()/></td>
                <td class="num">{rate.value().map(share_text)}</td>
                <td class="num grid-table__quiet">{rate.interval().map(share_interval)}</td>
                <td class="num">{shown.page.insight.sum_compact(&row.all.value)}</td>
                {was}
            </tr>
        }
    };
    view! {
        <div class="grid-table">
            <table>
                <caption class="visually-hidden">"Reasons"</caption>
                <thead><tr><th scope="col">"Reason"</th><th scope="col" class="num">"Deals"</th><th scope="col" class="num">"Share"</th><th scope="col" class="num">"95 % interval"</th><th scope="col" class="num">"Value"</th>{move || shown.before.with(Option::is_some).then(|| view! { <th scope="col" class="num">"Share before"</th> })}</tr></thead>
                <tbody>
                    {block(move || shown.reasons.with(|r| {
                        let all = r.all.n();
                        r.rows.iter().map(|row| line(row, all)).collect_view()
                    }))}
                </tbody>
            </table>
        </div>
    }
}
