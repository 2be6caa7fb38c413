//! The agenda beside the deal: headings with their deals, what was looked at and decided.

use super::state::{Entry, use_desk};
use crate::domain::insight::agenda_review::Section;
use crate::ui::parts::*;
use leptos::prelude::*;

/// The list; on a narrow page a select of headings in its place.
#[component]
pub(super) fn Agenda() -> impl IntoView {
    let desk = use_desk();
    let groups = Memo::new(move |_| desk.order.with(|all| grouped(all)));
    let here = Memo::new(move |_| desk.current().map(|(_, deal)| deal));
    let heading = Memo::new(move |_| {
        let at = desk.current().map_or(0, |(at, _)| at);
        let code = |e: &Entry| e.section.map_or("", Section::code).to_owned();
        desk.order
            .with(|all| all.get(at).map(code).unwrap_or_default())
    });
    let options = Signal::derive(move || {
        groups.with(|groups| {
            let choice = |(section, all): &(Option<Section>, Vec<Entry>)| {
                let label = section.map_or("Others", Section::label);
                Choice::new(
                    section.map_or("", Section::code),
                    format!("{label} ({})", all.len()),
                )
            };
            groups.iter().map(choice).collect::<Vec<_>>()
        })
    });
    let jump = move |code: String| {
        let first = groups.with_untracked(|groups| {
            let of = |(section, _): &&(Option<Section>, Vec<Entry>)| {
                section.map_or("", Section::code) == code
            };
            groups
                .iter()
                .find(of)
                .and_then(|(_, all)| all.first().map(|e| e.deal))
        });
        if let Some(deal) = first {
            desk.go(deal);
        }
    };
    let row = move |entry: Entry| {
        let deal = entry.deal;
        let current = move || (here.get() == Some(deal)).then_some("true");
        let mark = match (entry.decided, entry.seen) {
            (true, _) => Some((Glyph::Note, "decided")),
            (false, true) => Some((Glyph::Check, "looked at")),
            (false, false) => None,
        };
        view! {
            <li>
                <button type="button" class="review-agenda__deal" class:review-agenda__deal--seen=entry.seen aria-current=current on:click=move |_| desk.go(deal)>
                    <span class="review-agenda__mark">{mark.map(|(glyph, _)| view! { <Icon glyph/> })}</span>
                    <span class="review-agenda__title">
                        {entry.title}
                        {entry.organisation.map(|name| view! { <span class="review-agenda__org">{name}</span> })}
                    </span>
                    {mark.map(|(_, words)| view! { <span class="visually-hidden">{format!(", {words}")}</span> })}
                </button>
            </li>
        }
    };
    let group = move |(section, all): (Option<Section>, Vec<Entry>)| {
        let count = all.len().to_string();
        view! {
            <section class="review-agenda__group">
                <h2 class="review-agenda__heading">
                    {section.map_or("Others", Section::label)}
                    <span class="review-agenda__count">{count}</span>
                </h2>
                <ul>{all.into_iter().map(row).collect_view()}</ul>
            </section>
        }
    };
    view! {
        <div class="review-agenda__short no-print">
            <Field label="Go to">
                <Select options value=heading on_change=jump/>
            </Field>
        </div>
        <nav class="review-agenda no-print" aria-label="Agenda">
            {move || groups.get().into_iter().map(group).collect_view()}
        </nav>
    }
}

/// Entries one after the other under the same heading.
fn grouped(all: &[Entry]) -> Vec<(Option<Section>, Vec<Entry>)> {
    let mut groups: Vec<(Option<Section>, Vec<Entry>)> = Vec::new();
    for entry in all {
        match groups.last_mut() {
            Some((section, list)) if *section == entry.section => list.push(entry.clone()),
            _ => groups.push((entry.section, vec![entry.clone()])),
        }
    }
    groups
}
