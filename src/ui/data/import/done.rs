//! The last step: what came in, and the way back.

use leptos::prelude::*;

use super::check::Totals;
use super::wizard::Wizard;
use crate::app::route::Route;
use crate::ui::nav;
use crate::ui::parts::{Button, ButtonKind, Field, Glyph, Icon, Select};
use crate::ui::records::{people, select_of};
use crate::ui::store::Store;

/// Asks once who sits here, where people are known and nobody said so yet.
#[component]
fn WhoAreYou(store: Store) -> impl IntoView {
    let unknown = store.prefs().with_untracked(|prefs| prefs.me.is_none());
    let options = select_of(people(store, String::new), None);
    let me = move || {
        store
            .prefs()
            .with(|prefs| prefs.me.clone().unwrap_or_default())
    };
    let any = move || options.with(|all| !all.is_empty());
    move || {
        (unknown && any()).then(|| view! {
            <Field label="Which of them are you?" hint="Signs your changes in this browser.">
                <Select
                    options
                    value=Signal::derive(me)
                    placeholder="Nobody in particular"
                    on_change=move |id: String| store.prefs().update(|prefs| prefs.me = Some(id).filter(|id| !id.is_empty()))
                />
            </Field>
        })
    }
}

/// The end.
#[component]
pub(super) fn DoneStep(
    /// The import.
    wizard: Wizard,
) -> impl IntoView {
    let store = wizard.store;
    let text = Memo::new(move |_| {
        wizard
            .done
            .with(|done| done.as_ref().map(|done| done.intent.text.clone()))
    });
    // The way back is offered as long as nothing else was done after it.
    let can_undo = Memo::new(move |_| {
        store.track_all();
        let text = text.get();
        text.is_some() && store.with(|s| s.undo_label().map(str::to_owned)) == text
    });
    let undone = Memo::new(move |_| {
        store.track_all();
        let text = text.get();
        let taken_back = store.with(|s| s.redo_label().map(str::to_owned));
        text.zip(taken_back)
            .is_some_and(|(text, label)| label.ends_with(&text))
    });
    let heading = move || {
        if undone.get() {
            "The import was taken back; everything is as it was".to_owned()
        } else {
            text.get().unwrap_or_default()
        }
    };
    move || {
        let done = wizard.done.get()?;
        Some(view! {
            <div class="import-done" role="status">
                <Icon glyph=Glyph::Check/>
                <h2>{heading}</h2>
            </div>
            <div class="import-foot import-foot--ways">
                <Button kind=ButtonKind::Primary icon=Glyph::Board on_click=move |_| nav::go(Route::Board(None))>
                    "Go to the board"
                </Button>
                <Button icon=Glyph::Plus on_click=move |_| wizard.start_over()>"Import other files"</Button>
                {move || can_undo.get().then(|| view! {
                    <Button icon=Glyph::Undo on_click=move |_| store.undo()>"Undo the import"</Button>
                })}
            </div>
            <WhoAreYou store/>
            <Totals report=done.report.clone()/>
        })
    }
}
