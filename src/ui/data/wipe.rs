//! Deleting everything, after a word typed by hand.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::present::is_refused;
use crate::ui::frame::export_now;
use crate::ui::parts::{Button, ButtonKind, Dialog, Field, Glyph, TextInput};
use crate::ui::store::use_store;

/// What has to be typed.
const WORD: &str = "delete";

/// The button and the question.
#[component]
pub(super) fn Wipe() -> impl IntoView {
    let store = use_store();
    let asking = RwSignal::new(false);
    let ask = move |_| asking.set(!is_refused(store));
    view! {
        <div class="data-action">
            <Button icon=Glyph::Trash on_click=ask>"Delete everything…"</Button>
            <p>"Deals, records, activities and the whole history. Backups in this browser stay for now."</p>
        </div>
        <Ask asking/>
    }
}

#[component]
fn Ask(
    /// Whether it is asked.
    asking: RwSignal<bool>,
) -> impl IntoView {
    let store = use_store();
    let typed = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(String::new());
    let ready = Memo::new(move |_| typed.with(|t| t.trim().eq_ignore_ascii_case(WORD)));
    let close = move || {
        asking.set(false);
        typed.set(String::new());
        error.set(String::new());
    };
    let wipe = move || {
        if !ready.get_untracked() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match store.runtime().wipe().await {
                // Refused only for a document that is not shown.
                Ok(()) => drop(window().location().reload()),
                Err(why) => {
                    error.set(format!("Nothing was deleted. {why}"));
                    busy.set(false);
                }
            }
        });
    };
    view! {
        <Dialog
            open=asking
            on_close=move |()| close()
            title="Delete everything?"
            footer=move || view! {
                <Button class="push" icon=Glyph::Download on_click=move |_| export_now(store)>"Download a copy first"</Button>
                <Button on_click=move |_| close()>"Keep everything"</Button>
                <Button
                    kind=ButtonKind::Danger
                    disabled=Signal::derive(move || !ready.get())
                    loading=busy
                    on_click=move |_| wipe()
                >
                    "Delete everything"
                </Button>
            }
        >
            <div class="data-form">
                <p>
                    "All data of this workspace is removed from this browser, with its history. A backup is made first and stays in this browser; only a downloaded copy is safe from clearing the site’s data."
                </p>
                <Field label=format!("Type “{WORD}” to go on")>
                    <TextInput value=typed on_input=move |text| typed.set(text) autofocus=true/>
                </Field>
                <p class="data-error" role="alert">{error}</p>
            </div>
        </Dialog>
    }
}
