//! Reading the log, again whenever something changed.

use crate::app::history::activities_ever;
use crate::domain::change::{Change, EntityRef};
use crate::domain::ids::DealId;
use crate::domain::order::Order;
use crate::ui::parts::Latest;
use crate::ui::store::Store;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;
use std::future::Future;
use std::sync::Arc;

/// Changes read from the log; none while they are being read for the first time, a
/// sentence when that failed.
pub(super) type Loaded = RwSignal<Option<Result<Vec<Arc<Change>>, String>>>;

/// Runs `read` now and whenever what it reads reactively changes; a later result is never
/// put back by an earlier one that took longer.
pub(super) fn follow<F>(read: impl Fn() -> F + 'static) -> Loaded
where
    F: Future<Output = Result<Vec<Change>, String>> + 'static,
{
    let loaded: Loaded = RwSignal::new(None);
    let rounds = Latest::idle();
    Effect::new(move |_| {
        let is_last = rounds.begin();
        let reading = read();
        spawn_local(async move {
            let found = reading.await;
            if is_last() {
                let shared = |all: Vec<Change>| all.into_iter().map(Arc::new).collect();
                // None when the view has gone meanwhile.
                let _ = loaded.try_set(Some(found.map(shared)));
            }
        });
    });
    loaded
}

/// Every change of a deal and of its activities, newest first.
pub(super) async fn of_deal(store: Store, deal: DealId) -> Result<Vec<Change>, String> {
    let mut entities: Vec<EntityRef> = vec![deal.into()];
    let activities = store.with(|s| activities_ever(&s.world().state, deal));
    entities.extend(activities.into_iter().map(EntityRef::from));
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    for entity in entities {
        let found = store.log_of(entity).await?;
        all.extend(found.into_iter().filter(|c| seen.insert(c.stamp)));
    }
    all.order_by_key(|c| std::cmp::Reverse(c.stamp));
    Ok(all)
}
