//! Dialog: focus, closing, what travels into it.

use fairlead::ui::parts::{Announcer, Button, Dialog, LiveRegion, TextInput, Toast, ToastRegion};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlDialogElement;

use super::{Stage, described, focused, noted, press, settle, type_in};

async fn form(
    open: RwSignal<bool>,
    on_close: impl Fn() + Copy + 'static,
    on_commit: impl Fn(String) + Copy + Send + Sync + 'static,
) -> Stage {
    Stage::new(move || {
        view! {
            <button id="opener" on:click=move |_| open.set(true)>"Open"</button>
            <Dialog open on_close=move || on_close() title="New deal" footer=|| view! { <Button>"Create"</Button> }>
                {
                    let draft = RwSignal::new(String::from("draft"));
                    view! { <TextInput label="Title" value=draft on_input=move |t| draft.set(t) on_commit=move |_| on_commit(draft.get_untracked())/> }
                }
            </Dialog>
        }
        .into_any()
    })
    .await
}

#[wasm_bindgen_test]
async fn it_opens_modal_with_a_name_and_gives_the_focus_back() {
    let open = RwSignal::new(false);
    let stage = form(open, move || open.set(false), |_| ()).await;
    assert!(stage.maybe("dialog").is_none());
    stage.one("#opener").focus().unwrap();
    stage.click("#opener").await;
    let dialog: HtmlDialogElement = stage.one("dialog").unchecked_into();
    assert!(dialog.matches(":modal").unwrap());
    assert_eq!(described(&dialog, "aria-labelledby"), "New deal");
    assert_eq!(
        focused(),
        stage.one("dialog input"),
        "the first control, not the close button"
    );
    assert_eq!(stage.texts(".dialog__foot button"), ["Create"]);
    stage.click(".dialog__close").await;
    assert!(stage.maybe("dialog").is_none());
    assert_eq!(focused(), stage.one("#opener"));
}

#[wasm_bindgen_test]
async fn escape_only_asks() {
    let open = RwSignal::new(true);
    let (ask, asked) = noted::<()>();
    let stage = form(open, move || ask(()), |_| ()).await;
    assert!(press(&focused(), "Escape").await);
    assert!(press(&focused(), "Escape").await);
    assert_eq!(asked.get_untracked().len(), 2);
    let dialog: HtmlDialogElement = stage.one("dialog").unchecked_into();
    assert!(dialog.open(), "whoever holds `open` refused");
    open.set(false);
    settle().await;
    assert!(stage.maybe("dialog").is_none());
}

#[wasm_bindgen_test]
async fn other_keys_pass_through_to_the_page() {
    let open = RwSignal::new(true);
    let (heard, keys) = noted::<String>();
    let stage = form(open, move || open.set(false), |_| ()).await;
    let listener = window_event_listener(leptos::ev::keydown, move |event| heard(event.key()));
    press(&stage.one("dialog input"), "z").await;
    press(&stage.one("dialog input"), "Escape").await;
    listener.remove();
    assert_eq!(keys.get_untracked(), ["z"]);
}

#[wasm_bindgen_test]
async fn closing_finds_the_content_alive() {
    // Closing takes the focus from the text box, and a browser may then report its change:
    // the callback reads a signal of the content, which must not be gone.
    let open = RwSignal::new(true);
    let (note, committed) = noted::<String>();
    let stage = form(open, move || open.set(false), note).await;
    let input = stage.input("dialog input");
    let fired = std::rc::Rc::new(std::cell::Cell::new(false));
    let on_blur = {
        let (input, fired) = (input.clone(), fired.clone());
        wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || {
            fired.set(true);
            let init = web_sys::EventInit::new();
            init.set_bubbles(true);
            let event = web_sys::Event::new_with_event_init_dict("change", &init).unwrap();
            input.dispatch_event(&event).unwrap();
        })
    };
    input
        .add_event_listener_with_callback("blur", on_blur.as_ref().unchecked_ref())
        .unwrap();
    type_in(&input, "Warehouse").await;
    press(&input, "Escape").await;
    assert!(fired.get());
    assert_eq!(
        committed.get_untracked().last().map(String::as_str),
        Some("Warehouse")
    );
}

#[wasm_bindgen_test]
async fn toasts_and_announcements_come_along() {
    let open = RwSignal::new(false);
    let shown = RwSignal::new(true);
    let toasts = RwSignal::new(vec![Toast::new(7, "Moved").action("Undo", None)]);
    let (on_action, acted) = noted::<u64>();
    let announcer = Announcer::new();
    let stage = Stage::new(move || {
        view! {
            {move || shown.get().then(|| view! {
                <Dialog open on_close=move || open.set(false) title="Deal">"…"</Dialog>
            })}
            <ToastRegion toasts on_action on_dismiss=|_| ()/>
            <LiveRegion announcer/>
        }
        .into_any()
    })
    .await;
    assert!(stage.one(".toasts").matches(":popover-open").unwrap());
    open.set(true);
    settle().await;
    stage.click("dialog .toast__action").await;
    assert_eq!(acted.get_untracked(), [7]);
    announcer.say("Moved to Proposal");
    settle().await;
    let said = |stage: &Stage, within: &str| {
        stage
            .texts(&format!("{within} [role=status][aria-atomic=true]"))
            .concat()
    };
    assert_eq!(said(&stage, "dialog"), "Moved to Proposal");

    open.set(false);
    settle().await;
    assert!(stage.maybe("dialog").is_none());
    assert!(stage.one(".toasts").matches(":popover-open").unwrap());

    // Taken down while open, as by a change of page: they must not go with it.
    open.set(true);
    settle().await;
    assert!(stage.maybe("dialog .toasts").is_some());
    shown.set(false);
    settle().await;
    assert!(stage.maybe("dialog").is_none());
    assert_eq!(stage.texts(".toast__text"), ["Moved"]);
    announcer.say("Moved to Proposal");
    settle().await;
    assert_eq!(
        said(&stage, ""),
        "Moved to Proposal",
        "said once, in the other box"
    );
}
