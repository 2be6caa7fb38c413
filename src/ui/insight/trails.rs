//! What deals have been through, read off the log and kept in step with it.

use super::shared::{Shared, Told};
use crate::domain::change::{Change, Kind};
use crate::domain::insight::trail::Trails;
use crate::domain::stamp::Stamp;
use crate::ui::store::Store;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use std::sync::Arc;

/// How many of the last records are looked through for new changes, few first: most often it is one
/// change, and a record of an import holds thousands of edits. Then the whole log is read anew.
const RECENT: [u32; 3] = [4, 32, 200];

/// The trails of all deals, kept up to date while the view around is on show; none while the log is
/// read for the first time, or when it cannot be read, which is said.
pub(super) fn follow(store: Store) -> RwSignal<Option<Told>> {
    let trails = Shared::of(store).trails;
    Effect::new(move |_| {
        // Another day is another log.
        store.past().track();
        store.track_kind(Kind::Deal);
        let shared = Shared::of(store);
        if shared.log.busy.replace(true) {
            shared.log.again.set(true);
            return;
        }
        spawn_local(async move {
            let read = read_all(store, &shared).await;
            shared.log.busy.set(false);
            if let Err(why) = read {
                store.say(
                    format!("The history could not be read: {why}"),
                    crate::app::session::Tone::Refused,
                );
            }
        });
    });
    trails
}

/// The trails of all deals as they are now, for who needs them once.
///
/// # Errors
/// A sentence when the log cannot be read.
pub async fn trails_now(store: Store) -> Result<Arc<Trails>, String> {
    let shared = Shared::of(store);
    if !shared.log.busy.replace(true) {
        let read = read_all(store, &shared).await;
        shared.log.busy.set(false);
        read?;
        let told = shared.trails.get_untracked();
        if let Some(Told(trails)) = told.filter(|_| shared.log.day.get().is_some()) {
            return Ok(trails);
        }
    }
    // Somebody else is at it.
    let log = store.recent_log(u32::MAX).await?;
    Ok(Arc::new(Trails::read(&log)))
}

/// Reads until nothing was touched meanwhile.
async fn read_all(store: Store, shared: &Rc<Shared>) -> Result<(), String> {
    loop {
        shared.log.again.set(false);
        read(store, shared).await?;
        if !shared.log.again.get() {
            return Ok(());
        }
    }
}

async fn read(store: Store, shared: &Rc<Shared>) -> Result<(), String> {
    let (log, day) = (&shared.log, store.past().get_untracked());
    let other_day = || store.past().get_untracked() != day;
    if log.day.get() == Some(day) {
        for most in RECENT {
            let last = store.recent_log(most).await?;
            if other_day() {
                return Ok(());
            }
            let is_new = |c: &&Change| !log.stamps.borrow().contains(&c.stamp);
            let new: Vec<&Change> = last.iter().filter(is_new).collect();
            // All of them new: there may be more before these.
            if new.len() < last.len() {
                if !new.is_empty() {
                    shared.hear_trails(&new);
                    let stamps = new.iter().map(|change| change.stamp);
                    log.stamps.borrow_mut().extend(stamps);
                }
                return Ok(());
            }
        }
    }
    let whole = store.recent_log(u32::MAX).await?;
    if other_day() {
        return Ok(());
    }
    let stamps: Vec<Stamp> = whole.iter().map(|change| change.stamp).collect();
    shared.put_trails(Trails::read(&whole));
    *log.stamps.borrow_mut() = stamps.into_iter().collect();
    log.day.set(Some(day));
    Ok(())
}
