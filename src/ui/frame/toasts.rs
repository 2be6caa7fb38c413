//! The messages at the lower edge.

use leptos::prelude::*;

use crate::app::session;
use crate::ui::parts::{Toast, ToastRegion, Tone};
use crate::ui::store::{Shown, use_store};

/// What happened last, with the offer to take it back.
#[component]
pub(super) fn Toasts() -> impl IntoView {
    let store = use_store();
    let shown = store.toasts();
    view! {
        <ToastRegion
            toasts=move || shown.with(|shown| shown.iter().map(toast).collect::<Vec<_>>())
            on_action=move |number: u64| {
                dismiss(shown, number);
                store.undo();
            }
            on_dismiss=move |number: u64| dismiss(shown, number)
        />
    }
}

fn dismiss(shown: RwSignal<Vec<Shown>>, number: u64) {
    shown.update(|shown| shown.retain(|toast| u64::from(toast.number) != number));
}

fn toast(shown: &Shown) -> Toast {
    let tone = match shown.notice.tone {
        session::Tone::Done => Tone::Neutral,
        session::Tone::Celebrate => Tone::Success,
        session::Tone::Refused => Tone::Warn,
    };
    let toast = Toast::new(u64::from(shown.number), shown.notice.text.clone()).tone(tone);
    if shown.notice.undo {
        toast.action("Undo", Some("Mod+Z"))
    } else {
        toast
    }
}
