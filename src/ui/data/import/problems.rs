//! What is odd about the rows: by kind, each with its places, and all of it as a table.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::wizard::Wizard;
use crate::app::import::{Group, Prepared, Problem, Severity, grouped};
use crate::app::session::Tone as News;
use crate::codec::csv::{WriteStyle, Writer};
use crate::shell::clock::breathe;
use crate::shell::file::{Download, FileError};
use crate::ui::parts::{Button, ButtonSize, Chip, Choice, Column, Glyph, Segmented, Table, Tone};

/// Lines shown of a kind before “show more”.
const SHOWN: usize = 50;

/// Names of files and their headings, to name places with.
type Places = Arc<Vec<(String, Vec<String>)>>;

/// All that is odd.
#[component]
pub(super) fn Problems(
    /// The import.
    wizard: Wizard,
    /// What was found.
    prepared: Arc<Prepared>,
) -> impl IntoView {
    let report = Arc::new(prepared.report.groups.clone());
    if report.is_empty() {
        return ().into_any();
    }
    let places: Places = Arc::new(wizard.plan.with_untracked(|plan| {
        plan.files
            .iter()
            .map(|f| (f.source.name.clone(), f.source.table.header().to_vec()))
            .collect()
    }));
    let filter = RwSignal::new("all".to_owned());
    let count = |severity| prepared.report.count(severity);
    let mut options = vec![Choice::new("all", "All").count(report.iter().map(|g| g.count).sum())];
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        if count(severity) > 0 {
            options.push(Choice::new(code(severity), severity.label()).count(count(severity)));
        }
    }
    let (to_save, to_save_places) = (report.clone(), places.clone());
    let save = move |_| {
        let (groups, places) = (to_save.clone(), to_save_places.clone());
        spawn_local(async move {
            if let Err(error) = download(&groups, &places).await {
                wizard.store.say(
                    format!("The list was not downloaded. {error}"),
                    News::Refused,
                );
            }
        });
    };
    let save = StoredValue::new_local(save);
    view! {
        <section class="import-part" aria-labelledby="import-problems">
            <h2 id="import-problems">"What to look at"</h2>
            <div class="import-problems__bar">
                <Segmented options=options value=filter on_change=move |f| filter.set(f) label="Show"/>
                <Button size=ButtonSize::Small icon=Glyph::Download on_click=move |e| save.with_value(|save| save(e))>
                    "Download as CSV"
                </Button>
            </div>
            <div class="import-problems">
                {move || {
                    let filter = filter.get();
                    let shown = |g: &&Group| filter == "all" || filter == code(g.severity);
                    let places = &places;
                    report
                        .iter()
                        .filter(shown)
                        .map(|group| view! { <GroupBox group=group.clone() places=places.clone()/> })
                        .collect_view()
                }}
            </div>
        </section>
    }
    .into_any()
}

fn code(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Danger,
        Severity::Warning => Tone::Warn,
        Severity::Note => Tone::Info,
    }
}

/// One kind of problem in one column, with its places folded up.
#[component]
fn GroupBox(group: Group, places: Places) -> impl IntoView {
    let open = RwSignal::new(false);
    let shown = RwSignal::new(SHOWN);
    let place = place_of(&places, group.file, group.column);
    let (total, kept) = (group.count, group.items.len());
    let examples = examples(&group.items);
    let items = StoredValue::new(group.items);
    let line = move |problem: Problem| {
        view! {
            <tr>
                <td class="num">{problem.line.map_or_else(|| "–".to_owned(), |l| l.to_string())}</td>
                <td class="import-problems__value">{problem.value.clone()}</td>
                <td>{problem.what.to_string()}</td>
            </tr>
        }
    };
    let columns = || {
        vec![
            Column::new("line", "Line").fixed().numeric(),
            Column::new("value", "Value").fixed(),
            Column::new("message", "What").fixed(),
        ]
    };
    let caption = format!("{} in {place}", group.headline);
    let rows = move || {
        items.with_value(|items| items.iter().take(shown.get()).cloned().collect::<Vec<_>>())
    };
    view! {
        <details class="import-problem" on:toggle=move |event| {
            let details: web_sys::Element = event_target(&event);
            open.set(details.has_attribute("open"));
        }>
            <summary>
                <Chip tone=tone(group.severity)>{group.severity.label()}</Chip>
                <span>
                    <b>{group.headline}</b>
                    <span class="import-problem__examples">{examples}</span>
                </span>
                <span class="import-problem__place">{place}</span>
                <span class="import-problem__count">{grouped(total)}</span>
            </summary>
            {move || open.get().then(|| view! {
                <Table caption=caption.clone() columns=columns() class="import-problem__table">
                    {move || rows().into_iter().map(line).collect_view()}
                </Table>
                {move || (shown.get() < kept).then(|| view! {
                    <Button size=ButtonSize::Small on_click=move |_| shown.update(|n| *n += 10 * SHOWN)>
                        {format!("Show more of {}", grouped(total))}
                    </Button>
                })}
            })}
        </details>
    }
}

/// The first different values, to see at a glance what it is about.
fn examples(items: &[Problem]) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for value in items
        .iter()
        .map(|p| p.value.as_str())
        .filter(|v| !v.is_empty())
    {
        if !seen.contains(&value) {
            seen.push(value);
        }
        if seen.len() == 3 {
            break;
        }
    }
    match seen.is_empty() {
        true => String::new(),
        false => format!(" {}", seen.join(", ")),
    }
}

/// “sales_pipeline.csv, column account”.
fn place_of(places: &Places, file: usize, column: Option<usize>) -> String {
    let Some((name, headings)) = places.get(file) else {
        return String::new();
    };
    match column.and_then(|c| headings.get(c)) {
        Some(heading) => format!("{name}, column {heading}"),
        None => name.clone(),
    }
}

/// The whole list as a file, in slices.
async fn download(groups: &[Group], places: &Places) -> Result<(), FileError> {
    let mut file = Download::new("text/csv;charset=utf-8");
    let mut style = WriteStyle::default();
    let mut writer = Writer::new(style);
    for heading in ["Severity", "File", "Line", "Column", "Value", "Message"] {
        writer.text(heading);
    }
    writer.end_row();
    for group in groups {
        for (at, problem) in group.items.iter().enumerate() {
            let (name, headings) = places.get(problem.file).cloned().unwrap_or_default();
            writer.text(group.severity.label()).text(&name);
            match problem.line {
                Some(line) => writer.int(i64::from(line)),
                None => writer.empty(),
            };
            let heading = problem
                .column
                .and_then(|c| headings.get(c))
                .map_or("", String::as_str);
            writer
                .text(heading)
                .text(&problem.value)
                .text(&problem.what.to_string())
                .end_row();
            if at % 2_000 == 1_999 {
                style.bom = false;
                file.text(&std::mem::replace(&mut writer, Writer::new(style)).finish())?;
                breathe().await;
            }
        }
    }
    file.text(&writer.finish())?;
    file.save("import-problems.csv")
}
