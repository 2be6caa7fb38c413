//! Experiments: what is tried side by side, what came of it, and what kinds of touch go ahead of an
//! advance.

mod dialog;
mod end;
mod one;
mod touch;

use self::dialog::ExperimentDialog;
use self::end::EndDialog;
use self::one::One;
use self::touch::Touches;
use crate::app::form::experiment::{EndForm, ExperimentForm};
use crate::domain::change::Kind;
use crate::domain::experiment::ExperimentState;
use crate::domain::ids::ExperimentId;
use crate::domain::order::Order;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use leptos::prelude::*;

/// The page.
#[component]
pub(super) fn ExperimentsBody() -> impl IntoView {
    let store = use_store();
    let form = RwSignal::new(None::<ExperimentForm>);
    let end = RwSignal::new(None::<EndForm>);
    let all = Memo::new(move |_| {
        store.track_kind(Kind::Experiment);
        store.with(|s| {
            let all = s.world().state.tables.experiments.iter();
            let place = |state| match state {
                ExperimentState::Running => 0,
                ExperimentState::Draft => 1,
                ExperimentState::Ended => 2,
            };
            let mut all: Vec<_> = all
                .map(|e| {
                    (
                        place(e.state),
                        std::cmp::Reverse(e.begun),
                        e.name.to_lowercase(),
                        e.id,
                    )
                })
                .collect();
            all.order();
            all.into_iter()
                .map(|(_, _, _, id)| id)
                .collect::<Vec<ExperimentId>>()
        })
    });
    let add = move |_| form.set(Some(ExperimentForm::blank()));
    let none = Memo::new(move |_| all.with(Vec::is_empty));
    view! {
        <div class="insight__page experiments-page">
            {block(move || if none.get() {
                view! {
                    <Empty glyph=Glyph::Forecast title="No experiments yet" text="Two ways of selling, side by side, on deals assigned by chance: what comes of them says more than any look back.">
                        <Button kind=ButtonKind::Primary icon=Glyph::Plus on_click=add>"Prepare an experiment"</Button>
                    </Empty>
                }.into_any()
            } else {
                view! {
                    <section class="forecast__part" aria-labelledby="experiments">
                        <div class="part__line">
                            <h2 class="forecast__head" id="experiments">"Experiments"</h2>
                            <Button kind=ButtonKind::Primary icon=Glyph::Plus on_click=add>"Prepare an experiment"</Button>
                        </div>
                        <For each=move || all.get() key=|id| *id let:id>
                            <One id form end/>
                        </For>
                    </section>
                }.into_any()
            })}
            <Touches/>
            <ExperimentDialog form/>
            <EndDialog end/>
        </div>
    }
}
