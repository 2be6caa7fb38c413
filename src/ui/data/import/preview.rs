//! The first rows of a file as they would be read.

use leptos::prelude::*;

use super::wizard::Wizard;
use crate::app::import::preview::{Meaning, PreviewRow, rows};
use crate::app::import::{ColumnPlan, Holds};
use crate::ui::fmt;
use crate::ui::parts::{Column, Table};

/// Rows shown.
const ROWS: usize = 20;

/// The preview of one file, folded up at first.
#[component]
pub(super) fn Preview(
    /// The import.
    wizard: Wizard,
    /// Which file.
    file: usize,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let holds = move || {
        wizard
            .plan
            .with(|p| p.files.get(file).is_some_and(|f| f.holds != Holds::Nothing))
    };
    move || {
        holds().then(|| {
            view! {
                <details class="import-preview" open=open.get_untracked() on:toggle=move |event| {
                    let details: web_sys::Element = event_target(&event);
                    open.set(details.has_attribute("open"));
                }>
                    <summary>"Preview of the first rows"</summary>
                    {move || open.get().then(|| view! { <Grid wizard file/> })}
                </details>
            }
        })
    }
}

#[component]
fn Grid(wizard: Wizard, file: usize) -> impl IntoView {
    // Only what is imported; the rest is listed above.
    let kept = Memo::new(move |_| {
        wizard.plan.with(|p| {
            p.files.get(file).map_or_else(Vec::new, |f| {
                let kept = f.columns.iter().enumerate();
                let means = |c: &ColumnPlan| match (c.target, &c.own) {
                    (Some(target), _) => Some(target.label().to_owned()),
                    (None, own) => own.as_ref().map(|own| own.name.clone()),
                };
                kept.filter_map(|(at, c)| Some((at, means(c)?, f.heading(at).to_owned())))
                    .collect::<Vec<_>>()
            })
        })
    });
    let shown = Memo::new(move |_| wizard.plan.with(|p| rows(p, file, &wizard.setting(), ROWS)));
    let columns = move || {
        let mut columns = vec![Column::new("line", "Line").fixed().numeric()];
        let of = |(at, label, heading): &(usize, String, String)| {
            let label = label
                .split_once(" (")
                .map_or(label.as_str(), |(front, _)| front);
            Column::new(at.to_string(), format!("{heading} → {label}")).fixed()
        };
        columns.extend(kept.with(|k| k.iter().map(of).collect::<Vec<_>>()));
        columns
    };
    let line = move |row: PreviewRow| {
        let cells = kept.with(|k| {
            k.iter()
                .filter_map(|(at, ..)| row.cells.get(*at).cloned())
                .collect::<Vec<_>>()
        });
        view! {
            <tr>
                <td class="num">{row.line}</td>
                {cells.into_iter().map(|(text, meaning)| cell(text, meaning)).collect_view()}
            </tr>
        }
    };
    view! {
        <Table caption="Preview" columns=Signal::derive(columns) class="import-preview__table">
            {move || shown.get().into_iter().map(line).collect_view()}
        </Table>
    }
}

fn cell(text: String, meaning: Meaning) -> AnyView {
    match meaning {
        Meaning::Ignored | Meaning::Blank => {
            view! { <td class="import-preview__blank">"–"</td> }.into_any()
        }
        Meaning::Text(text) => view! { <td>{text}</td> }.into_any(),
        Meaning::Date(date) => view! { <td>{fmt::date(date)}</td> }.into_any(),
        Meaning::Money(money) => view! { <td class="num">{fmt::money(money)}</td> }.into_any(),
        Meaning::Number(number) => view! { <td class="num">{number}</td> }.into_any(),
        Meaning::Bad(why) => {
            view! { <td class="import-preview__bad" title=why>{text}</td> }.into_any()
        }
    }
}
