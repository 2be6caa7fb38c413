//! Reminding of activities while the page is open: once, in whatever many tabs.

use super::{time_words, title_of};
use crate::app::route::Route;
use crate::app::session::Tone;
use crate::app::today::is_of;
use crate::domain::ids::{ActivityId, DealId};
use crate::shell::notify::{self, Permission};
use crate::shell::tabs::Election;
use crate::shell::{clock, local};
use crate::ui::nav;
use crate::ui::store::Store;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How late a reminder may still come, in minutes: longer ago it is no use.
const LATE: i64 = 60;
/// The longest a reminder comes before, in days; looked at so far ahead.
const AHEAD: u64 = 2;

/// Whether this browser can remind, and may.
#[must_use]
pub fn can_remind() -> Permission {
    notify::permission()
}

/// Asks whether it may. Call it in answer to a press.
pub fn ask_permission(store: Store, answered: impl Fn(Permission) + 'static) {
    spawn_local(async move {
        let permission = notify::ask().await;
        match permission {
            Permission::Granted => store.say("Reminders are on while Fairlead is open", Tone::Done),
            _ => store.say(
                "The browser does not allow reminders. Its settings for this page can change that",
                Tone::Refused,
            ),
        }
        answered(permission);
    });
}

/// What to remind of.
struct Due {
    id: ActivityId,
    deal: Option<DealId>,
    title: String,
    body: String,
    /// Tells this reminder from one for another time of the same activity.
    key: String,
}

/// Reminds from now on, as long as the present owner lives. One tab does it for all of them:
/// the one that has been open longest.
pub fn follow_reminders(store: Store) {
    let leads = RwSignal::new(false);
    spawn_local(async move {
        let elected = Election::try_lead("fairlead-reminders").await;
        if leads.is_disposed() {
            return;
        }
        leads.set(true);
        // Led until the page closes: the lock goes with it. Without locks every tab
        // reminds, and what was shown is noted in a place they share.
        std::mem::forget(elected);
    });
    Effect::new(move |_| {
        if !leads.get() {
            return;
        }
        // Each minute, and whenever an activity changes.
        let _ = store.tick();
        store.track_kind(crate::domain::change::Kind::Activity);
        if notify::permission() == Permission::Granted {
            remind(store);
        }
    });
}

fn remind(store: Store) {
    let due = due_now(store);
    if due.is_empty() {
        return;
    }
    let mut shown = local::read_reminded();
    let before = shown.len();
    for item in due {
        if shown.contains(&item.key) {
            continue;
        }
        let deal = item.deal;
        let tag = item.id.to_string();
        notify::show(&item.title, &item.body, &tag, move || {
            nav::go(deal.map_or(Route::Today, Route::Deal));
        });
        // Also where it could not be shown: asking again each minute would not help.
        shown.push(item.key);
    }
    if shown.len() > before {
        // More than a day has; older ones are too late to be shown again anyway.
        let from = shown.len().saturating_sub(200);
        local::write_reminded(&shown[from..]);
    }
}

fn due_now(store: Store) -> Vec<Due> {
    let now = clock::now_ms();
    let today = clock::today();
    let days = chrono::Days::new(AHEAD);
    let from = today.pred_opt().unwrap_or(today);
    let to = today.checked_add_days(days).unwrap_or(today);
    store.with(|s| {
        let world = s.world();
        let ids = world.agenda.open_on(from..=to);
        let found = ids.filter_map(|id| {
            let activity = world.state.tables.activities.get(id)?;
            let (day, minute) = (activity.due?, activity.due_minute?);
            let before = i64::from(activity.remind?) * 60_000;
            let at = clock::instant(day, minute);
            let is_time = (at - before..=at + LATE * 60_000).contains(&now);
            if !is_time || !is_of(&world.state, activity, s.me()) {
                return None;
            }
            let deal = activity.deal.filter(|d| world.is_alive((*d).into()));
            let name = |entity| world.state.name_of(entity);
            let parts = [
                time_words(activity),
                deal.map(|d| name(d.into())),
                activity.contact.map(|c| name(c.into())),
                Some(activity.location.clone()).filter(|l| !l.is_empty()),
            ];
            Some(Due {
                id,
                deal,
                title: title_of(activity),
                body: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
                key: format!("{id} {day} {minute}"),
            })
        });
        found.collect()
    })
}
