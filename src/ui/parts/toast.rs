//! Short messages that go by themselves.

use std::time::Duration;

use super::boxed::effect;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::above;
use super::chip::Tone;
use super::dom::leaving;
use super::icon::{Glyph, Icon};
use super::kbd::Kbd;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Tells it from the others; the callbacks speak of it.
    pub id: u64,
    /// What happened: "Moved Warehouse rollout to Proposal".
    pub message: String,
    /// How it went.
    pub tone: Tone,
    /// What a button in it does, such as "Undo".
    pub action: Option<String>,
    /// The keys that do the same as the button, written as for [`Kbd`].
    pub kbd: Option<String>,
    /// How long it stays while nobody looks at it, in milliseconds; for ever when none.
    pub stays_ms: Option<u32>,
}

impl Toast {
    /// A plain message that stays five seconds.
    pub fn new(id: u64, message: impl Into<String>) -> Self {
        Self {
            id,
            message: message.into(),
            tone: Tone::Neutral,
            action: None,
            kbd: None,
            stays_ms: Some(5_000),
        }
    }

    /// The same with a button, and the keys that do the same. Stays seven seconds.
    #[must_use]
    pub fn action(mut self, label: impl Into<String>, kbd: Option<&str>) -> Self {
        self.action = Some(label.into());
        self.kbd = kbd.map(String::from);
        self.stays_ms = Some(7_000);
        self
    }

    /// The same with a meaning. What went wrong stays until dismissed.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        if tone == Tone::Danger {
            self.stays_ms = None;
        }
        self
    }
}

/// Where messages appear, newest last. Put it once at the end of the page and leave it there:
/// assistive technology announces what is added to it.
///
/// The time of all of them stands still while the pointer or the focus is in it. It travels
/// into whatever modal [`Dialog`](super::Dialog) is open, so that Undo can be pressed there too.
#[component]
pub fn ToastRegion(
    /// The messages shown now.
    #[prop(into)]
    toasts: Signal<Vec<Toast>>,
    /// Called with the id when the button of a message is pressed.
    #[prop(into)]
    on_action: UnsyncCallback<u64>,
    /// Called with the id when a message's time is over or it is sent away.
    #[prop(into)]
    on_dismiss: UnsyncCallback<u64>,
) -> impl IntoView {
    let pointed = RwSignal::new(false);
    let focused = RwSignal::new(false);
    let paused = Signal::derive(move || pointed.get() || focused.get());
    let home = NodeRef::<html::Div>::new();
    let region = NodeRef::<html::Section>::new();
    effect(move || {
        if let (Some(home), Some(region)) = (home.get(), region.get()) {
            above::register(region.unchecked_into(), home.unchecked_into());
        }
    });
    view! {
        <div node_ref=home>
            <section
                class="toasts"
                popover="manual"
                node_ref=region
                aria-label="Notifications"
                on:pointerenter=move |_| pointed.set(true)
                on:pointerleave=move |_| pointed.set(false)
                on:focusin=move |_| focused.set(true)
                on:focusout=leaving(move |_| focused.set(false))
            >
                <div class="toasts__list" role="status" aria-live="polite" aria-relevant="additions text" aria-atomic="false">
                    <For each=move || toasts.get() key=|toast| toast.id let(toast)>
                        <ToastView toast paused on_action on_dismiss/>
                    </For>
                </div>
            </section>
        </div>
    }
}

#[component]
fn ToastView(
    /// The message.
    toast: Toast,
    /// Its time stands still.
    paused: Signal<bool>,
    /// The button was pressed.
    on_action: UnsyncCallback<u64>,
    /// Its time is over, or it was sent away.
    on_dismiss: UnsyncCallback<u64>,
) -> impl IntoView {
    let id = toast.id;
    if let Some(stays) = toast.stays_ms {
        count_down(f64::from(stays), paused, move || on_dismiss.run(id));
    }
    let icon = (toast.tone != Tone::Neutral).then(|| toast.tone.glyph());
    view! {
        <div class="toast" data-tone=toast.tone.name()>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <p class="toast__text">{toast.message}</p>
            {toast.action.map(|label| view! {
                <button type="button" class="toast__action" on:click=move |_| on_action.run(id)>
                    {label}
                    {toast.kbd.map(|keys| view! { <Kbd keys/> })}
                </button>
            })}
            <button type="button" class="toast__close" aria-label="Dismiss" title="Dismiss" on:click=move |_| on_dismiss.run(id)>
                <Icon glyph=Glyph::Close/>
            </button>
        </div>
    }
}

/// Calls `done` once, after `left` milliseconds in which `paused` was false.
fn count_down(left: f64, paused: Signal<bool>, done: impl Fn() + Clone + 'static) {
    let left = StoredValue::new(left);
    // The running stretch: its timer and when it began.
    let running = StoredValue::new_local(None::<(TimeoutHandle, f64)>);
    let stop = move || {
        let stretch = running.try_update_value(Option::take).flatten();
        if let Some((timer, since)) = stretch {
            timer.clear();
            left.try_update_value(|left| *left -= now_ms() - since);
        }
    };
    effect(move || {
        stop();
        if !paused.get() {
            let wait = Duration::from_millis(left.get_value().max(0.0) as u64);
            let timer = set_timeout_with_handle(done.clone(), wait).ok();
            running.set_value(timer.map(|timer| (timer, now_ms())));
        }
    });
    on_cleanup(stop);
}

/// Milliseconds since the page began; only differences mean something.
fn now_ms() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}
