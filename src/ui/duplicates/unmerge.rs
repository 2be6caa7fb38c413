//! Taking a merge back, with a look at what stays because it was changed since.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::history::field_of_record;
use crate::app::merging::merged_into;
use crate::domain::change::{Change, EntityRef};
use crate::ui::fmt;
use crate::ui::history::merges_into;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};

/// Fields told of that stay as they are.
const MOST: usize = 12;

/// What was merged into a record, each merge with a button that takes it back. Nothing while
/// there is none.
#[component]
pub fn MergedHere(
    /// The record.
    #[prop(into)]
    entity: EntityRef,
) -> impl IntoView {
    let store = use_store();
    let names = Memo::new(move |_| {
        store.track_kind(entity.kind);
        store.with(|s| {
            let world = s.world();
            let gone = merged_into(world, entity);
            gone.iter()
                .map(|e| world.state.name_of(*e))
                .collect::<Vec<_>>()
        })
    });
    let merges = merges_into(store, entity, move || !names.with(Vec::is_empty));
    let asking = RwSignal::new(None::<Arc<Change>>);
    let row = move |change: Arc<Change>| {
        let what = change.intent.text.clone();
        let ask = Arc::clone(&change);
        view! {
            <li class="merged__line">
                <Icon glyph=Glyph::Merge/>
                <span class="merged__text">{what.clone()}<span class="merged__when">{fmt::time(change.stamp.ms())}</span></span>
                <Button size=ButtonSize::Small icon=Glyph::Undo on_click=move |_| asking.set(Some(Arc::clone(&ask)))>
                    "Un-merge…"<span class="visually-hidden">{format!(" {what}")}</span>
                </Button>
            </li>
        }
    };
    view! {
        {move || merges.with(|all| !all.is_empty()).then(|| view! {
            <section class="merged" aria-label="Merged records">
                <ul>{merges.get().into_iter().map(row).collect_view()}</ul>
            </section>
        })}
        <UnmergeDialog asking/>
    }
}

/// What taking a merge back comes to.
#[derive(Clone, Debug, Default, PartialEq)]
struct Outlook {
    /// How many fields go back.
    back: usize,
    /// Fields that stay, in words.
    stays: Vec<String>,
}

fn outlook(store: Store, change: &Change) -> Outlook {
    store.with(|s| {
        let inversion = s.inversion(change);
        let state = &s.world().state;
        Outlook {
            back: inversion.edits.len(),
            stays: inversion
                .skipped
                .iter()
                .filter_map(|slot| field_of_record(state, *slot))
                .collect(),
        }
    })
}

#[component]
fn UnmergeDialog(
    /// The merge to take back; set to none to close it.
    asking: RwSignal<Option<Arc<Change>>>,
) -> impl IntoView {
    let store = use_store();
    let whole = RwSignal::new(None::<Result<Arc<Change>, String>>);
    Effect::new(move |_| {
        whole.set(None);
        let Some(change) = asking.get() else { return };
        let runtime = store.runtime();
        leptos::task::spawn_local(async move {
            // Of a large merge the log of one record has only a part.
            let read = runtime.whole(&change).await;
            let read = read.map(Arc::new).map_err(|e| e.to_string());
            let _ = whole.try_set(Some(read));
        });
    });
    let told = move || match whole.get() {
        None => view! { <p>"Reading what the merge did…"</p> }.into_any(),
        Some(Err(why)) => {
            view! { <p>{format!("The merge could not be read: {why}")}</p> }.into_any()
        }
        Some(Ok(change)) => {
            let Outlook { back, mut stays } = outlook(store, &change);
            let more = stays.len().saturating_sub(MOST);
            stays.truncate(MOST);
            let lead = match back {
                0 => String::from(
                    "Everything the merge did has been changed since. There is nothing to take back.",
                ),
                n => format!(
                    "The merged records come back, with what was theirs: {n} fields go back to what they held."
                ),
            };
            let none = stays.is_empty();
            view! {
                <p>{lead}</p>
                {(!none).then(|| view! {
                    <p class="unmerge__stays">"Changed since, and stays as it is:"</p>
                    <ul class="unmerge__list">{stays.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                    {(more > 0).then(|| view! { <p>{format!("and {more} more")}</p> })}
                })}
                {none.then(|| view! { <p>"Nothing of it was changed since."</p> })}
            }
            .into_any()
        }
    };
    let go = move |_| {
        if let Some(Ok(change)) = whole.get_untracked() {
            asking.set(None);
            store.revert(change.stamp);
        }
    };
    let footer = move || {
        view! {
            <Button on_click=move |_| asking.set(None)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary icon=Glyph::Undo disabled=Signal::derive(move || !matches!(whole.get(), Some(Ok(_)))) on_click=go>"Un-merge"</Button>
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || asking.with(Option::is_some))
            on_close=move |()| asking.set(None)
            title="Take the merge back"
            footer
        >
            <div class="unmerge">{told}</div>
        </Dialog>
    }
}
