//! The history of one record that is no deal, and what others were merged into it.

use super::entry::Entry;
use super::load::{Loaded, follow};
use crate::app::history::undone;
use crate::app::merging::merged_into;
use crate::domain::change::{Change, Edit, EntityRef, IntentKind};
use crate::domain::order::Order;
use crate::domain::party::{ContactField, OrgField};
use crate::ui::parts::{Banner, Empty, Glyph, Tone};
use crate::ui::store::{Store, use_store};
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

fn load(store: Store, entity: EntityRef) -> Loaded {
    follow(move || {
        store.track(entity);
        async move {
            let mut all = store.log_of(entity).await?;
            all.order_by_key(|c| std::cmp::Reverse(c.stamp));
            Ok(all)
        }
    })
}

/// Every change of a record, newest first: who, when, what was meant, from what to what.
#[component]
pub fn RecordHistory(
    /// The record; removed or not.
    #[prop(into)]
    entity: EntityRef,
) -> impl IntoView {
    let changes = load(use_store(), entity);
    move || {
        match changes.get() {
        None => {
            view! { <p class="history-wait" role="status">"Reading the history…"</p> }.into_any()
        }
        Some(Err(error)) => {
            view! { <Banner tone=Tone::Danger title="The history could not be read" text=error/> }
                .into_any()
        }
        Some(Ok(all)) if all.is_empty() => {
            view! { <Empty glyph=Glyph::History title="Nothing is written down about this record"/> }
                .into_any()
        }
        Some(Ok(all)) => {
            let gone: HashSet<_> = undone(all.iter().map(|c| (c.stamp, c.undoes)));
            let entries = all.into_iter().map(|change| {
                let undone = gone.contains(&change.stamp);
                view! { <Entry change about=Some(entity) undone with_day=true/> }
            });
            view! { <ol class="history-list">{entries.collect_view()}</ol> }.into_any()
        }
    }
    }
}

/// The merges into a record that stand at present, newest first; reads the log only while
/// `wanted`.
pub fn merges_into(
    store: Store,
    entity: EntityRef,
    wanted: impl Fn() -> bool + 'static,
) -> Signal<Vec<Arc<Change>>> {
    let loaded = follow(move || {
        // A merge is always among the changes of what went, and among those of what stayed only
        // where it took something over.
        let mut records = Vec::new();
        if wanted() {
            records = store.with(|s| merged_into(s.world(), entity));
            records.push(entity);
        }
        records.iter().for_each(|record| store.track(*record));
        async move {
            let (mut all, mut seen) = (Vec::new(), HashSet::new());
            for record in records {
                let found = store.log_of(record).await?;
                all.extend(found.into_iter().filter(|c| seen.insert(c.stamp)));
            }
            Ok(all)
        }
    });
    Signal::derive(move || {
        let Some(Ok(all)) = loaded.get() else {
            return Vec::new();
        };
        let gone: HashSet<_> = undone(all.iter().map(|c| (c.stamp, c.undoes)));
        let stands = |c: &Arc<Change>| {
            c.intent.kind == IntentKind::MergeRecords
                && !gone.contains(&c.stamp)
                && merges_here(c, entity)
        };
        let mut merges: Vec<Arc<Change>> = all.into_iter().filter(stands).collect();
        merges.order_by_key(|c| std::cmp::Reverse(c.stamp));
        merges
    })
}

/// Whether a merge is one into this record; what went may have had others merged into it.
fn merges_here(change: &Change, keep: EntityRef) -> bool {
    change.edits.iter().any(|edit| {
        edit.entity() == keep
            || match edit {
                Edit::Organisation(_, OrgField::Merged(Some(into))) => {
                    EntityRef::from(*into) == keep
                }
                Edit::Contact(_, ContactField::Merged(Some(into))) => {
                    EntityRef::from(*into) == keep
                }
                _ => false,
            }
    })
}
