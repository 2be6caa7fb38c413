//! The way to what automations have to say.

use leptos::prelude::*;

use super::chrome::use_chrome;
use crate::domain::change::Kind;
use crate::domain::query::notices;
use crate::ui::parts::{Glyph, Icon, block};
use crate::ui::store::use_store;

/// The most that is counted out; beyond, a plus says that there is more.
const MOST: usize = 99;

/// A bell with the number of unread notices; opens the list of them.
#[component]
pub(super) fn Bell() -> impl IntoView {
    let store = use_store();
    let chrome = use_chrome();
    let unread = Memo::new(move |_| {
        store.track_kind(Kind::RuleRun);
        // Also while an earlier day is looked at: what is new is new.
        store.with(|session| notices::unread(&session.present().state))
    });
    let label = move || match unread.get() {
        0 => String::from("Notices"),
        n => format!("Notices, {n} unread"),
    };
    let count = move || match unread.get() {
        n if n > MOST => format!("{MOST}+"),
        n => n.to_string(),
    };
    view! {
        <button
            type="button"
            class="btn btn--md btn--ghost btn--icon bell"
            aria-haspopup="dialog"
            aria-label=label
            title=label
            on:click=move |_| chrome.notices.set(true)
        >
            <Icon glyph=Glyph::Bell/>
            {block(move || (unread.get() > 0).then(|| view! { <span class="bell__count" aria-hidden="true">{count()}</span> }))}
        </button>
    }
}
