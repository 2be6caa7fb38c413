//! The experiments a deal takes part in.

use super::page::use_page;
use super::side::Group;
use crate::app::route::{ForecastPage, Route};
use crate::domain::change::Kind;
use crate::ui::parts::*;
use leptos::prelude::*;

/// Experiments with the way this deal goes; nothing where it is in none.
#[component]
pub(super) fn Arms() -> impl IntoView {
    let page = use_page();
    let all = Memo::new(move |_| {
        page.track();
        page.store.track_kind(Kind::Experiment);
        page.now(|world, deal| {
            let of = deal.arms.iter().filter_map(|(id, arm)| {
                let experiment = world.state.tables.experiments.get(id)?;
                let arm = experiment.arms.get(usize::try_from(*arm).ok()?)?;
                Some((experiment.name.clone(), arm.name.clone(), arm.text.clone()))
            });
            of.collect::<Vec<_>>()
        })
    });
    block(move || {
        let found = all.get();
        (!found.is_empty()).then(|| view! {
            <Group title="Experiments">
                <dl class="deal-pairs">
                    {found.into_iter().map(|(name, arm, text)| view! {
                        <div class="deal-pair">
                            <dt><a href=Route::Forecast(ForecastPage::Experiments).print()>{name}</a></dt>
                            <dd>{arm}{(!text.is_empty()).then(|| view! { <span class="forecast__note-of">{text}</span> })}</dd>
                        </div>
                    }).collect_view()}
                </dl>
            </Group>
        })
    })
}
