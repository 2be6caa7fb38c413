//! Files, backups and deleting concern everything as it is today, also while an earlier day is
//! looked at.

use leptos::prelude::*;

use crate::app::session::Tone as News;
use crate::ui::fmt;
use crate::ui::parts::{Banner, Button, ButtonKind, ButtonSize, Tone, block};
use crate::ui::store::{Store, use_store};

/// Whether an earlier day is looked at, so that nothing can be changed; then it is said why.
pub(super) fn is_refused(store: Store) -> bool {
    let refusal = store.with(|session| session.stay_in_the_past()).err();
    if let Some(refusal) = &refusal {
        store.say(refusal.to_string(), News::Refused);
    }
    refusal.is_some()
}

/// Says what this page does while an earlier day is looked at, and leads back to today.
#[component]
pub(super) fn OnlyToday(
    /// What cannot be done meanwhile, in a sentence.
    text: &'static str,
) -> impl IntoView {
    let store = use_store();
    let banner = move |day| {
        view! {
            <Banner
                tone=Tone::Warn
                title=format!("You are looking at {}.", fmt::date(day))
                text=Some(text.to_owned())
            >
                <Button size=ButtonSize::Small kind=ButtonKind::Primary on_click=move |_| store.back_to_today()>
                    "Back to today"
                </Button>
            </Banner>
        }
    };
    block(move || store.past().get().map(banner))
}
