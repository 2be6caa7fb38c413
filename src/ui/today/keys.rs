//! The keys of the view: through the lists from top to bottom, without the mouse.

use super::state::{Item, Mode, Today, current_or_first, step};
use crate::domain::command::Command;
use crate::ui::keys::{Group, keys, on};
use leptos::prelude::Set;

/// Registers them as long as the view is shown.
pub(super) fn start(today: Today) {
    for (down, up) in [("J", "K"), ("Down", "Up")] {
        on(down, "Next one", Group::Today, || step(1));
        on(up, "One before", Group::Today, || step(-1));
    }
    keys("Enter", "Open", Group::Today).listed_only();
    keys("Space", "Done", Group::Today).listed_only();
    on("X", "Done", Group::Today, move || done(today));
    on("S", "Put on another day", Group::Today, move || {
        if let Some(Item::Activity(id)) = current_or_first() {
            today.snoozing.set(Some(id));
        }
    });
    on("N", "Plan the next step", Group::Today, move || {
        if let Some(item) = current_or_first() {
            today.begin(item, Mode::Plan);
        }
    });
    on("E", "Change", Group::Today, move || {
        if let Some(item @ Item::Activity(_)) = current_or_first() {
            today.begin(item, Mode::Edit);
        }
    });
    on("Delete", "Delete", Group::Today, move || {
        if let Some(item @ Item::Activity(id)) = current_or_first() {
            today.and_go_on(item, || {
                today.store.dispatch(Command::Delete(vec![id.into()]))
            });
        }
    });
}

/// Marks the current row done.
pub(super) fn done(today: Today) {
    if let Some(Item::Activity(id)) = current_or_first() {
        today.done(id);
    }
}
