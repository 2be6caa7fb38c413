//! What deals have been through, read off the log and kept in step with it.

use crate::domain::change::{Change, Kind};
use crate::domain::insight::trail::Trails;
use crate::domain::stamp::Stamp;
use crate::ui::store::Store;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;
use std::sync::Arc;

/// How many of the last changes are looked through for new ones before the whole log is read anew.
const RECENT: u32 = 200;

/// Trails at a version of the data: never equal to others, so that what follows from them is worked
/// out anew.
#[derive(Clone)]
pub struct Told(pub Arc<Trails>);

impl PartialEq for Told {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Default)]
struct Heard {
    stamps: HashSet<Stamp>,
    /// Counts up, so that what comes late does not replace what is newer.
    round: u64,
}

/// The trails of all deals; none while the log is read for the first time, or when it cannot be
/// read, which is said.
pub(super) fn follow(store: Store) -> RwSignal<Option<Told>> {
    let told = RwSignal::new(None);
    let heard = StoredValue::new_local(Heard::default());
    // Another day is another log.
    Effect::new(move |before: Option<Option<chrono::NaiveDate>>| {
        let day = store.past().get();
        store.track_kind(Kind::Deal);
        let anew = before != Some(day);
        let round = heard.try_update_value(|h| {
            h.round += 1;
            h.round
        });
        spawn_local(async move {
            if let Err(why) = read(store, told, heard, round, anew).await {
                store.say(
                    format!("The history could not be read: {why}"),
                    crate::app::session::Tone::Refused,
                );
            }
        });
        day
    });
    told
}

async fn read(
    store: Store,
    told: RwSignal<Option<Told>>,
    heard: StoredValue<Heard, LocalStorage>,
    round: Option<u64>,
    anew: bool,
) -> Result<(), String> {
    let current = || heard.try_with_value(|h| Some(h.round) == round) == Some(true);
    let known = told.try_get_untracked().flatten().filter(|_| !anew);
    if let Some(Told(mut trails)) = known {
        let last = store.recent_log(RECENT).await?;
        let is_new =
            |c: &&Change| heard.try_with_value(|h| !h.stamps.contains(&c.stamp)) == Some(true);
        let new: Vec<&Change> = last.iter().filter(is_new).collect();
        // All of them new: there may be more before these.
        if new.len() < last.len() || last.len() < RECENT as usize {
            let trails_mut = Arc::make_mut(&mut trails);
            for change in &new {
                trails_mut.hear(change);
            }
            let stamps: Vec<Stamp> = new.iter().map(|change| change.stamp).collect();
            if current() && !stamps.is_empty() {
                let _ = heard.try_update_value(|h| h.stamps.extend(stamps));
                let _ = told.try_set(Some(Told(trails)));
            }
            return Ok(());
        }
    }
    let log = store.recent_log(u32::MAX).await?;
    let trails = Trails::read(&log);
    if current() {
        let _ = heard.try_update_value(|h| h.stamps = log.iter().map(|c| c.stamp).collect());
        let _ = told.try_set(Some(Told(Arc::new(trails))));
    }
    Ok(())
}
