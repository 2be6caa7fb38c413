//! A chart on the page: drawn, pointed at, walked through by keys, read as a table, saved.

mod marks;
mod room;
mod save;

use super::boxed::block;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;

use super::button::{ButtonSize, IconButton};
use super::dom::unique_id;
use super::icon::Glyph;
use super::menu::{Menu, MenuEntry, MenuItem};
use super::popup::Align;
use super::table::{Column, Table};
use crate::chart::scene::{Room, Scene};
use crate::chart::svg::svg;
use marks::Plot;

/// In which form a chart is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Svg,
    Png,
}

/// Saved pictures are drawn anew in this room, whatever the screen.
fn saved_room() -> Room {
    Room::new(720.0, 12.0)
}

/// A chart as wide as the place it stands in. It takes its title, its description and the
/// table from the scene.
///
/// Tab goes into the chart, the arrow keys, Home and End from mark to mark; what is said of a
/// mark appears on focus as on hover, Escape hides it. Enter, Space or a press picks a mark
/// with a key.
#[component]
pub fn ChartView(
    /// Draws the chart for a room. What it reads is tracked.
    #[prop(into)]
    draw: Callback<Room, Scene>,
    /// Called with the key of the mark picked; without it nothing can be picked.
    #[prop(optional, into)]
    on_pick: Option<UnsyncCallback<u64>>,
    /// The name of the file it is saved as, without an ending.
    #[prop(into)]
    file_name: Signal<String>,
) -> impl IntoView {
    let room = RwSignal::new(saved_room());
    let scene = Memo::new(move |_| draw.run(room.get()));
    let as_table = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let ids = StoredValue::new((unique_id("chart-title"), unique_id("chart-text")));
    let title = Signal::derive(move || scene.with(|s| s.title.clone()));
    let save = UnsyncCallback::new(move |form: Form| {
        problem.set(None);
        let name = file_name.get_untracked();
        let drawn = untrack(|| draw.run(saved_room()));
        leptos::task::spawn_local(async move {
            let file = svg(&drawn);
            let done = match form {
                Form::Svg => save::as_svg(&file, &name),
                Form::Png => save::as_png(&file, &name).await,
            };
            // The page may have been left meanwhile; then there is nobody to tell.
            let _ = problem.try_set(done.err());
        });
    });
    view! {
        <figure class="chart">
            <figcaption class="chart__head">
                <span class="chart__title" id=ids.with_value(|ids| ids.0.clone())>{title}</span>
                <Tools as_table save/>
            </figcaption>
            <p class="visually-hidden" id=ids.with_value(|ids| ids.1.clone())>
                {block(move || scene.with(|s| s.summary.clone()))}
            </p>
            {block(move || problem.get().map(|text| view! { <p class="chart__problem" role="alert">{text}</p> }))}
            {block(move || {
                if as_table.get() {
                    view! { <Numbers scene title/> }.into_any()
                } else {
                    let (title_id, text_id) = ids.get_value();
                    view! { <Plot scene room on_pick title_id text_id/> }.into_any()
                }
            })}
        </figure>
    }
}

/// The buttons beside the title.
#[component]
fn Tools(
    /// Whether the table is shown.
    as_table: RwSignal<bool>,
    /// Called with the form to save it in.
    save: UnsyncCallback<Form>,
) -> impl IntoView {
    let entries: Vec<MenuEntry<Form>> = vec![
        MenuItem::new(Form::Png, "Save as PNG").into(),
        MenuItem::new(Form::Svg, "Save as SVG").into(),
    ];
    view! {
        <span class="chart__tools no-print">
            <IconButton
                label="Show as a table"
                glyph=Glyph::Table
                size=ButtonSize::Small
                pressed=Signal::derive(move || Some(as_table.get()))
                on_click=move |_| as_table.update(|on| *on = !*on)
            />
            <Menu
                label="Save the chart"
                icon=Glyph::Download
                icon_only=true
                kind=super::button::ButtonKind::Ghost
                size=ButtonSize::Small
                align=Align::End
                entries
                on_pick=move |form| save.run(form)
            />
        </span>
    }
}

/// The numbers of the chart, to be read.
#[component]
fn Numbers(
    /// The chart.
    scene: Memo<Scene>,
    /// What it shows.
    title: Signal<String>,
) -> impl IntoView {
    let column = |(n, head): (usize, &crate::chart::scene::Head)| {
        let column = Column::new(n.to_string(), head.label.clone()).fixed();
        if head.numeric {
            column.numeric()
        } else {
            column
        }
    };
    let columns = Signal::derive(move || {
        scene.with(|s| {
            s.table
                .heads
                .iter()
                .enumerate()
                .map(column)
                .collect::<Vec<_>>()
        })
    });
    let row = |numeric: &[bool], row: &[String]| {
        let cells = row.iter().zip(numeric).map(|(text, numeric)| {
            let text = text.clone();
            if *numeric {
                view! { <td class="num">{text}</td> }.into_any()
            } else {
                view! { <th scope="row">{text}</th> }.into_any()
            }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    };
    let rows = move || {
        scene.with(|s| {
            let numeric: Vec<bool> = s.table.heads.iter().map(|head| head.numeric).collect();
            s.table
                .rows
                .iter()
                .map(|cells| row(&numeric, cells))
                .collect_view()
        })
    };
    view! { <Table caption=title columns class="chart__table">{rows}</Table> }
}
