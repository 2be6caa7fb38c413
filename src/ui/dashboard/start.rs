//! The choice of what to begin with.

use super::{show, use_board};
use crate::app::dashboard::Preset;
use crate::domain::change::EntityRef;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::{DashboardId, PersonId};
use crate::ui::parts::*;
use crate::ui::store::Store;
use leptos::prelude::*;

/// Who the person is, where they said so.
pub(super) fn me(store: Store) -> Option<PersonId> {
    let id = store.prefs().with_untracked(|p| p.me.clone());
    let id: PersonId = id?.parse().ok()?;
    store.with(|s| s.world().state.is_here(id)).then_some(id)
}

/// Adds a dashboard to begin with, and shows it.
pub(super) fn add(store: Store, preset: Preset) {
    match store.run(Command::Insight(preset.command(me(store)))) {
        Ok(Some(EntityRef { id, .. })) => show(DashboardId(id)),
        Ok(None) | Err(Refusal::Nothing) => {}
        Err(refusal) => store.say(refusal.to_string(), crate::app::session::Tone::Refused),
    }
}

/// The presets, when there is no dashboard yet.
#[component]
pub(super) fn Start() -> impl IntoView {
    let board = use_board();
    let presets = Preset::ALL.iter().map(|preset| {
        view! {
            <li class="dash-start__one">
                <h2 class="insight__title">{preset.label()}</h2>
                <p>{preset.meaning()}</p>
                <Button on_click=move |_| add(board.store, *preset)>{preset.action()}</Button>
            </li>
        }
    });
    view! {
        <section class="dash-start">
            <Empty glyph=Glyph::Chart title="No dashboard yet" text=Some(String::from("A dashboard holds the numbers, charts and lists you want to see together. Begin with one of these and change it, or with an empty one.")) >
                <Button icon=Glyph::Plus on_click=move |_| board.naming.set(Some(None))>"Start with an empty one"</Button>
            </Empty>
            <ul class="dash-start__all">{presets.collect_view()}</ul>
        </section>
    }
}
