//! Pages in small on a tile: a few lines with what is behind each, and the way to the page.

mod changes;
mod read;

use super::content::Look;
use crate::app::dashboard::panel::Panel;
use crate::domain::ids::DealId;
use crate::domain::insight::period::Period;
use crate::ui::insight::{Behind, period_words, use_rows};
use crate::ui::parts::*;
use changes::Changes;
use leptos::prelude::*;
use std::sync::Arc;

/// A line: a name, how much, and more in small words.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    name: String,
    value: String,
    small: String,
    /// Which deals are behind it, in a sentence.
    sentence: String,
    deals: Arc<Vec<DealId>>,
}

/// What a panel says.
#[derive(Clone, Debug, Default, PartialEq)]
struct Told {
    lines: Vec<Line>,
    /// What is said where there are no lines.
    none: &'static str,
    /// How far something is reached, in words and from 0 to 1.
    reached: Option<(String, f64)>,
    /// What is left out, and how sums are made.
    note: String,
    /// The days it is of; none where it says them itself.
    days: Option<Period>,
}

/// A page in small.
#[component]
pub(super) fn PanelTile(
    /// What the tile looks at.
    look: Look,
    /// Which page.
    panel: Panel,
) -> impl IntoView {
    if panel == Panel::Changes {
        return view! { <Changes look/> <Foot panel days=Signal::derive(move || Some(look.days.get().0)) note=Signal::stored(String::new())/> }.into_any();
    }
    let told = Memo::new(move |_| read::told(look, panel));
    let days = Signal::derive(move || told.with(|t| t.days));
    let note = Signal::derive(move || told.with(|t| t.note.clone()));
    view! { <Lines told/> <Foot panel days note/> }.into_any()
}

/// The lines.
#[component]
fn Lines(
    /// What is said.
    told: Memo<Told>,
) -> impl IntoView {
    let rows = use_rows();
    let line = move |line: Line| {
        let said = format!("{}: {}, show the deals", line.name, line.value);
        let behind = Behind {
            title: format!("{}: {}", line.name, line.value),
            sentence: line.sentence,
            deals: line.deals,
        };
        view! {
            <li class="tile__line">
                <span class="tile__name">{line.name}</span>
                <button type="button" class="cell-link" aria-label=said on:click=move |_| rows.open(behind.clone())>{line.value}</button>
                {(!line.small.is_empty()).then(|| view! { <span class="tile__small tile__under">{line.small}</span> })}
            </li>
        }
    };
    let reached = move || {
        told.with(|t| t.reached.clone()).map(|(words, share)| {
            view! { <Progress label=words value=Some(share)/> }
        })
    };
    let body = move || {
        let (lines, none) = told.with(|t| (t.lines.clone(), t.none));
        if lines.is_empty() {
            return view! { <p class="tile__none">{none}</p> }.into_any();
        }
        view! { <ul class="tile__list">{lines.into_iter().map(line).collect_view()}</ul> }
            .into_any()
    };
    view! { {block(reached)} {block(body)} }
}

/// Of which days it is, how it comes about, and the way to the page.
#[component]
fn Foot(
    /// Which page.
    panel: Panel,
    /// The days it is of.
    days: Signal<Option<Period>>,
    /// What is left out.
    note: Signal<String>,
) -> impl IntoView {
    let period = move || {
        days.get()
            .map(|days| view! { <span class="tile__small">{period_words(days)}</span> })
    };
    let more = move || {
        let note = note.get();
        (!note.is_empty()).then(|| view! { <span class="tile__small">{note}</span> })
    };
    view! {
        {block(more)}
        <span class="tile__foot">
            {block(period)}
            <Explain title=panel.title()><p>{panel.meaning()}</p></Explain>
            <a class="tile__page" href=panel.route().print()>"Open the page"</a>
        </span>
    }
}
