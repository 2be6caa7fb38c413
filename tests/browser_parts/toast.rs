//! Toasts: announcing, acting, going by themselves.

use fairlead::ui::parts::{Toast, ToastRegion, Tone};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, attribute, fire, noted, settle, timers_run, until};

async fn region(toasts: RwSignal<Vec<Toast>>) -> (Stage, RwSignal<Vec<u64>>) {
    let (on_action, acted) = noted::<u64>();
    let dismiss = move |id: u64| toasts.update(|all| all.retain(|toast| toast.id != id));
    let stage =
        Stage::new(move || view! { <ToastRegion toasts on_action on_dismiss=dismiss/> }.into_any())
            .await;
    (stage, acted)
}

fn brief(id: u64) -> Toast {
    let mut toast = Toast::new(id, format!("Toast {id}"));
    toast.stays_ms = Some(1);
    toast
}

#[wasm_bindgen_test]
async fn messages_are_added_to_a_polite_region() {
    let toasts = RwSignal::new(Vec::new());
    let (stage, acted) = region(toasts).await;
    assert_eq!(
        attribute(&stage.one(".toasts__list"), "aria-live"),
        "polite"
    );
    toasts.set(vec![
        Toast::new(1, "Moved <b>x</b>").action("Undo", Some("Mod+Z")),
        Toast::new(2, "Could not read").tone(Tone::Danger),
    ]);
    settle().await;
    assert_eq!(
        stage.texts(".toast__text"),
        ["Moved <b>x</b>", "Could not read"]
    );
    stage.click(".toast__action").await;
    assert_eq!(acted.get_untracked(), [1]);
    assert_eq!(toasts.with_untracked(Vec::len), 2, "the caller decides");
    stage.click(".toast:last-child .toast__close").await;
    assert_eq!(stage.texts(".toast__text"), ["Moved <b>x</b>"]);
}

#[wasm_bindgen_test]
async fn time_stands_still_while_pointed_at_or_focused() {
    let toasts = RwSignal::new(Vec::new());
    let (stage, _) = region(toasts).await;
    let region = stage.one(".toasts");
    for (hold, release) in [("pointerenter", "pointerleave"), ("focusin", "focusout")] {
        fire(&region, hold).await;
        toasts.set(vec![brief(1)]);
        settle().await;
        // Many times its time: other timers are due and run.
        for _ in 0..30 {
            timers_run().await;
        }
        assert_eq!(toasts.with_untracked(Vec::len), 1, "{hold}");
        fire(&region, release).await;
        until("the toast to go", || toasts.with_untracked(Vec::is_empty)).await;
    }
}

#[wasm_bindgen_test]
async fn what_went_wrong_stays() {
    let toasts = RwSignal::new(vec![brief(1), Toast::new(2, "Failed").tone(Tone::Danger)]);
    let (_stage, _) = region(toasts).await;
    until("the brief one to go", || {
        toasts.with_untracked(Vec::len) == 1
    })
    .await;
    for _ in 0..30 {
        timers_run().await;
    }
    assert_eq!(toasts.with_untracked(|all| all[0].id), 2);
}
