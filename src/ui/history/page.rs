//! The history of the whole workspace.

use super::entry::{Entry, day_heading, day_of};
use super::load::follow;
use crate::app::history::{Group, undone};
use crate::domain::change::Change;
use crate::domain::stamp::Stamp;

use crate::ui::frame::TopBar;
use crate::ui::parts::*;
use crate::ui::store::use_store;
use chrono::NaiveDate;
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

/// How many records of the log are read at first, and how many more each time.
const PAGE: u32 = 100;

/// What was done lately, by day; every change can be taken back.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let store = use_store();
    let limit = RwSignal::new(PAGE);
    let group = RwSignal::new(String::new());
    let has_more = RwSignal::new(false);
    let changes = follow(move || {
        store.track_all();
        let limit = limit.get();
        async move {
            let (changes, more) = store.recent_page(limit).await?;
            // None when the view has gone meanwhile.
            let _ = has_more.try_set(more);
            Ok(changes)
        }
    });
    let groups = Group::ALL.iter().map(|g| Choice::new(g.code(), g.label()));
    view! {
        <div class="history-page">
            <TopBar title="History">
                <Select
                    label="Kind of change"
                    options=Signal::stored(groups.collect::<Vec<_>>())
                    placeholder="All changes"
                    value=group
                    on_change=move |value| group.set(value)
                />
            </TopBar>
            <div class="history-page__body">
                {move || match changes.get() {
                    None => view! { <p class="history-wait" role="status">"Reading the history…"</p> }.into_any(),
                    Some(Err(error)) => {
                        view! { <Banner tone=Tone::Danger title="The history could not be read" text=error/> }.into_any()
                    }
                    Some(Ok(all)) => {
                        let more = has_more.get_untracked();
                        view! {
                            <Days all group/>
                            {more.then(|| view! {
                                <Button class="history-page__more" on_click=move |_| limit.update(|n| *n += PAGE * 2)>
                                    "Show older changes"
                                </Button>
                            })}
                        }
                        .into_any()
                    }
                }}
            </div>
        </div>
    }
}

/// The changes of a group, under a heading for each day.
#[component]
fn Days(
    /// All changes, newest first.
    all: Vec<Arc<Change>>,
    /// The group shown; empty for all.
    group: RwSignal<String>,
) -> impl IntoView {
    let store = use_store();
    let gone: Arc<HashSet<Stamp>> = Arc::new(undone(all.iter().map(|c| (c.stamp, c.undoes))));
    move || {
        let group = group.get();
        let wanted =
            |c: &&Arc<Change>| group.is_empty() || Group::of(c.intent.kind).code() == group;
        let mut days: Vec<(NaiveDate, Vec<Arc<Change>>)> = Vec::new();
        for change in all.iter().filter(wanted) {
            let day = day_of(change.stamp.ms());
            match days.last_mut() {
                Some((last, list)) if *last == day => list.push(change.clone()),
                _ => days.push((day, vec![change.clone()])),
            }
        }
        if days.is_empty() {
            let title = if group.is_empty() {
                "Nothing has been done yet"
            } else {
                "No such changes lately"
            };
            let text = "Whatever you do is written down here, and can be taken back.";
            return view! { <Empty glyph=Glyph::History title text/> }.into_any();
        }
        let today = store.moment().today;
        let one_day = |(day, list): (NaiveDate, Vec<Arc<Change>>)| {
            let gone = gone.clone();
            let entry = move |change: Arc<Change>| {
                let undone = gone.contains(&change.stamp);
                view! { <Entry change about=None undone/> }
            };
            view! {
                <section class="history-day">
                    <h2 class="history-day__head">{day_heading(day, today)}</h2>
                    <ol class="history-list">{list.into_iter().map(entry).collect_view()}</ol>
                </section>
            }
        };
        days.into_iter().map(one_day).collect_view().into_any()
    }
}
