//! The second step: what columns, stages and names mean.

use leptos::prelude::*;

use super::again::Again;
use super::columns::Columns;
use super::names::NamesPart;
use super::preview::Preview;
use super::stages::StagesPart;
use super::wizard::Wizard;
use crate::app::import::Holds;
use crate::ui::parts::{Choice, Glyph, Icon, Tabs};

/// The mapping.
#[component]
pub(super) fn MappingStep(
    /// The import.
    wizard: Wizard,
) -> impl IntoView {
    let shown = RwSignal::new(first_shown(wizard).to_string());
    let options = Memo::new(move |_| {
        wizard.plan.with(|plan| {
            let tab = |(at, file): (usize, &crate::app::import::FilePlan)| {
                let unread = file
                    .columns
                    .iter()
                    .filter(|c| c.reading().is_none())
                    .count();
                let choice = Choice::new(at.to_string(), file.source.name.clone());
                if file.holds == Holds::Nothing || unread == 0 {
                    choice
                } else {
                    choice.count(unread)
                }
            };
            plan.files.iter().enumerate().map(tab).collect::<Vec<_>>()
        })
    });
    let file = Memo::new(move |_| shown.with(|at| at.parse().unwrap_or(0)));
    view! {
        <Blockers wizard/>
        <section class="import-part" aria-labelledby="import-columns">
            <h2 id="import-columns">"Columns"</h2>
            <p class="import-part__about">"What each column means. The number beside a file counts columns that are not imported."</p>
            <Tabs options=options value=shown on_change=move |at| shown.set(at) label="Files">
                {move || view! { <Columns wizard file=file.get()/> <Preview wizard file=file.get()/> }}
            </Tabs>
        </section>
        <StagesPart wizard/>
        <NamesPart wizard/>
        <Again wizard/>
    }
}

/// The file most worth looking at: deals if there are any.
fn first_shown(wizard: Wizard) -> usize {
    wizard.plan.with_untracked(|plan| {
        let of = |holds| plan.files.iter().position(|f| f.holds == holds);
        of(Holds::Deals)
            .or_else(|| plan.files.iter().position(|f| f.holds != Holds::Nothing))
            .unwrap_or(0)
    })
}

/// What has to be put right before one can go on.
#[component]
fn Blockers(wizard: Wizard) -> impl IntoView {
    let messages = Memo::new(move |_| {
        wizard.plan.with(|plan| {
            plan.blockers()
                .into_iter()
                .map(|b| b.message)
                .collect::<Vec<_>>()
        })
    });
    view! {
        <div role="alert">
            {move || (!messages.with(Vec::is_empty)).then(|| view! {
                <ul class="import-blockers">
                    {messages.get().into_iter().map(|m| view! { <li><Icon glyph=Glyph::Warning/>{m}</li> }).collect_view()}
                </ul>
            })}
        </div>
    }
}
