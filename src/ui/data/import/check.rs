//! The third step: what would come in, and what is odd about it.

use std::sync::Arc;

use leptos::prelude::*;

use super::problems::Problems;
use super::wizard::Wizard;
use crate::app::import::{FilePlan, Holds, Prepared, Report, Severity, Tally, grouped};
use crate::domain::deal::Status;
use crate::ui::fmt;
use crate::ui::parts::{Chip, Column, Glyph, Icon, Table, Tone};

/// The dry run's result.
#[component]
pub(super) fn CheckStep(
    /// The import.
    wizard: Wizard,
) -> impl IntoView {
    move || {
        let prepared = wizard.prepared.get()?;
        Some(view! {
            <Verdict prepared=prepared.clone()/>
            <LeftOut wizard/>
            <Totals report=prepared.report.clone()/>
            <Problems wizard prepared/>
        })
    }
}

/// One sentence on how it looks.
#[component]
fn Verdict(prepared: Arc<Prepared>) -> impl IntoView {
    let report = &prepared.report;
    let (errors, warnings) = (
        report.count(Severity::Error),
        report.count(Severity::Warning),
    );
    let rows = rows_text(report.rows());
    let all = match report.rows() {
        1 => "The one row".to_owned(),
        _ => format!("All {rows}"),
    };
    let (tone, glyph, text) = if prepared.edits.is_empty() {
        (
            Tone::Info,
            Glyph::Info,
            match report.rows() {
                1 => "1 row was read, and all it says is here already.".to_owned(),
                _ => format!("{rows} were read, and all they say is here already."),
            },
        )
    } else if errors > 0 {
        let them = if errors == 1 {
            "1 is skipped".to_owned()
        } else {
            format!("{} are skipped", grouped(errors))
        };
        (
            Tone::Danger,
            Glyph::Warning,
            format!("Of {rows} {them}. What is wrong stands below; the rest can be imported."),
        )
    } else if warnings > 0 {
        (
            Tone::Warn,
            Glyph::Info,
            match warnings {
                1 => format!("{all} can be imported. 1 thing is worth a look."),
                _ => format!(
                    "{all} can be imported. {} things are worth a look.",
                    grouped(warnings)
                ),
            },
        )
    } else {
        (
            Tone::Success,
            Glyph::Check,
            format!("{all} can be imported."),
        )
    };
    view! {
        <p class="import-verdict" data-tone=tone_name(tone)>
            <Icon glyph=glyph/>
            <span>{text}" Nothing has been changed yet."</span>
        </p>
    }
}

/// "1 row", "1,200 rows".
fn rows_text(rows: usize) -> String {
    match rows {
        1 => "1 row".to_owned(),
        _ => format!("{} rows", grouped(rows)),
    }
}

/// Says which columns of the files do not come in.
#[component]
fn LeftOut(wizard: Wizard) -> impl IntoView {
    let files: Vec<(String, Vec<String>)> = wizard.plan.with_untracked(|plan| {
        let out = |f: &FilePlan| f.left_out().into_iter().map(|h| format!("“{h}”")).collect();
        let files = plan.files.iter();
        files.map(|f| (f.source.name.clone(), out(f))).collect()
    });
    let several = files.len() > 1;
    let line = move |(file, columns): (String, Vec<String>)| {
        (!columns.is_empty()).then(|| {
            let which = match several {
                true => format!("Columns of {file} that are left out: "),
                false => "Columns that are left out: ".to_owned(),
            };
            view! { <p class="data-quiet">{which}{columns.join(", ")}". What they mean can be chosen in the step before."</p> }
        })
    };
    files.into_iter().map(line).collect_view()
}

fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Danger => "danger",
        Tone::Warn => "warn",
        Tone::Success => "success",
        _ => "info",
    }
}

/// The kinds of record, the weightiest first.
const ORDER: [Holds; 6] = [
    Holds::Deals,
    Holds::Organisations,
    Holds::Contacts,
    Holds::Activities,
    Holds::Products,
    Holds::People,
];

/// What comes in, by kind of record and by stage.
#[component]
pub(super) fn Totals(report: Report) -> impl IntoView {
    let kinds: Vec<(Holds, Tally)> = ORDER
        .iter()
        .filter_map(|h| report.tallies.get(h).map(|t| (*h, *t)))
        .collect();
    let has_stages = !report.stages.is_empty();
    let new_fields = report.new_fields.clone();
    view! {
        <div class="import-totals">
            <ul class="import-tallies" aria-label="Records">
                {kinds.into_iter().map(|(holds, tally)| view! { <TallyCard holds tally/> }).collect_view()}
            </ul>
            {(!new_fields.is_empty()).then(|| view! {
                <p class="data-quiet">{format!("New fields: {}.", new_fields.join(", "))}</p>
            })}
            {has_stages.then(|| view! { <StageTable report/> })}
        </div>
    }
}

#[component]
fn TallyCard(holds: Holds, tally: Tally) -> impl IntoView {
    let mut facts = Vec::new();
    let mut fact = |count: usize, what: &str| {
        if count > 0 {
            facts.push(format!("{} {what}", grouped(count)));
        }
    };
    fact(tally.created, "new");
    fact(tally.updated, "updated");
    fact(tally.unchanged, "unchanged");
    fact(tally.skipped, "skipped");
    let mentioned = (tally.mentioned > 0).then(|| {
        format!(
            "{} of them only mentioned in other rows",
            grouped(tally.mentioned)
        )
    });
    view! {
        <li class="import-tally">
            <span class="import-tally__kind">{holds.label()}</span>
            <b>{if facts.is_empty() { "none".to_owned() } else { facts.join(" · ") }}</b>
            <span class="import-tally__more">{mentioned}</span>
        </li>
    }
}

#[component]
fn StageTable(report: Report) -> impl IntoView {
    let columns = vec![
        Column::new("stage", "Stage").fixed(),
        Column::new("status", "Status").fixed(),
        Column::new("count", "Deals").fixed().numeric(),
        Column::new("value", "Value").fixed().numeric(),
    ];
    let line = |total: crate::app::import::StageTotal| {
        let value = match fmt::sums(&total.value) {
            text if text.is_empty() => "–".to_owned(),
            text => text,
        };
        view! {
            <tr>
                <td>{total.name} {total.is_new.then(|| view! { " " <Chip tone=Tone::Accent>"new"</Chip> })}</td>
                <td>{total.status.label()}</td>
                <td class="num">{grouped(total.count)}</td>
                <td class="num">{value}</td>
            </tr>
        }
    };
    let (won, sums) = report.of_status(Status::Won);
    view! {
        <div class="import-stagetotals">
            <Table caption="Deals by stage" columns=columns>
                {report.stages.into_iter().map(line).collect_view()}
            </Table>
            {(!report.new_stages.is_empty()).then(|| view! {
                <p class="data-quiet">{format!("Made new: {}.", report.new_stages.join(", "))}</p>
            })}
            {(won > 0).then(|| view! {
                <p class="data-quiet">{format!("Won in all: {}, {}", Holds::Deals.counted(won), fmt::sums(&sums))}</p>
            })}
        </div>
    }
}
