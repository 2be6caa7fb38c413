//! Whether everything is saved, and how old the last backup file is.

use leptos::prelude::*;

use crate::app::route::Route;
use crate::shell::writer::WriteState;
use crate::ui::fmt;
use crate::ui::parts::{Glyph, Icon, block};
use crate::ui::store::{Store, use_store};

/// How saving goes, in a few words.
#[must_use]
pub fn saved_text(store: Store) -> String {
    if store.standing().with(Option::is_some) {
        return String::from("Nothing is saved here");
    }
    store.save_state().with(|state| match state {
        WriteState::Idle => String::from("All changes saved here"),
        WriteState::Saving => String::from("Saving…"),
        WriteState::Failed { waiting: 1, .. } => String::from("1 change not saved"),
        WriteState::Failed { waiting, .. } => format!("{waiting} changes not saved"),
    })
}

/// When a backup file was downloaded last, in a few words. Changes with the day.
#[must_use]
pub fn backup_age(store: Store) -> String {
    // Days pass.
    let _ = store.tick();
    match store.prefs().with(|prefs| prefs.exported_at) {
        Some(at) => format!("Backup file: {}", fmt::since(at)),
        None => String::from("No backup file yet"),
    }
}

/// How saving goes, in a word for the style sheet.
fn state_of(store: Store) -> &'static str {
    let stopped = store.standing().with(Option::is_some);
    store.save_state().with(|state| match state {
        _ if stopped => "failed",
        WriteState::Idle => "idle",
        WriteState::Saving => "saving",
        WriteState::Failed { .. } => "failed",
    })
}

fn glyph_of(state: &str) -> Glyph {
    match state {
        "idle" => Glyph::Check,
        "saving" => Glyph::Refresh,
        _ => Glyph::Warning,
    }
}

/// The same in the head of a view, where phones have no rail to say it: a small sign that leads to
/// what is known about the storage.
#[component]
pub(super) fn SaveSign() -> impl IntoView {
    let store = use_store();
    let state = Memo::new(move |_| state_of(store));
    let label = move || saved_text(store);
    view! {
        <a class="topbar__saved" href=Route::Data.print() data-saved=state aria-label=label title=label>
            {block(move || view! { <Icon glyph=glyph_of(state.get())/> })}
        </a>
    }
}

/// The lower end of the rail.
#[component]
pub(super) fn SaveState() -> impl IntoView {
    let store = use_store();
    let state = move || state_of(store);
    let glyph = move || glyph_of(state());
    view! {
        <div class="rail__state">
            <p class="rail__saved" data-state=state title=move || saved_text(store)>
                {block(move || view! { <Icon glyph=glyph()/> })}
                <span class="rail__text">{block(move || saved_text(store))}</span>
            </p>
            <a class="rail__backup" href=Route::Data.print() title=move || backup_age(store)>
                <Icon glyph=Glyph::Archive/>
                <span class="rail__text">{block(move || backup_age(store))}</span>
            </a>
        </div>
    }
}
