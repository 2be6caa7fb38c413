//! Whether this browser may remind.

use leptos::prelude::*;

use crate::shell::notify::Permission;
use crate::ui::activity::{ask_permission, can_remind};
use crate::ui::parts::{Button, Glyph};
use crate::ui::store::Store;

/// The state of things, and the button that asks.
#[component]
pub(super) fn Reminders(store: Store) -> impl IntoView {
    let permission = RwSignal::new(can_remind());
    let words = move || match permission.get() {
        Permission::Granted => {
            "On. While Fairlead is open, the browser shows a message before activities that have a reminder."
        }
        Permission::Unasked => {
            "Off. The browser has to allow messages; they come while Fairlead is open."
        }
        Permission::Denied => "Not allowed. The browser's settings for this page can change that.",
        Permission::Missing => "This browser cannot show messages.",
    };
    view! {
        <div class="settings-reminders">
            <p class="field__label">"Reminders"</p>
            <p class="field__hint">{words}</p>
            {move || (permission.get() == Permission::Unasked).then(|| view! {
                <Button icon=Glyph::Clock on_click=move |_| ask_permission(store, move |answer| permission.set(answer))>"Turn reminders on"</Button>
            })}
        </div>
    }
}
