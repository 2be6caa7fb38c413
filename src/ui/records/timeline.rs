//! What happened with an organisation or a contact, and what is planned.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::form::activity::{ActivityForm, whole_text};
use crate::app::form::print_time;
use crate::app::route::Route;
use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::change::{EntityRef, Kind};
use crate::domain::command::Command;
use crate::domain::ids::{ActivityId, ContactId};
use crate::domain::order::Order;
use crate::domain::query::parties::happened;
use crate::domain::world::World;
use crate::ui::deal::{Composer, glyph_of};
use crate::ui::fmt;
use crate::ui::nav;
use crate::ui::parts::*;
use crate::ui::store::{Store, use_store};

/// The activities to tell of.
pub type What = Arc<dyn Fn(&World) -> Vec<ActivityId> + Send + Sync>;

/// Entries shown before one asks for the rest.
const MOST: usize = 30;

/// A box to write in, what is planned, and what happened, newest first.
#[component]
pub fn Timeline(
    /// What an activity written here is about.
    begin: ActivityForm,
    /// The activities.
    what: What,
) -> impl IntoView {
    let store = use_store();
    let own = begin.contact;
    let ids = Memo::new(move |_| {
        for kind in [Kind::Activity, Kind::Deal, Kind::Contact] {
            store.track_kind(kind);
        }
        store.with(|s| what(s.world()))
    });
    let split = Memo::new(move |_| {
        store.track_kind(Kind::Activity);
        store.with(|s| {
            let t = &s.world().state.tables.activities;
            let all = ids.get();
            let all = all.iter().filter_map(|id| t.get(*id));
            let (mut past, mut planned) = (Vec::new(), Vec::new());
            for activity in all {
                match happened(activity) {
                    Some(at) => past.push((at, activity.id)),
                    None => planned.push((
                        activity.due.is_none(),
                        activity.due,
                        activity.due_minute,
                        activity.id,
                    )),
                }
            }
            past.order_by(|a, b| b.cmp(a));
            planned.order();
            let planned = planned.into_iter().map(|p| p.3).collect::<Vec<_>>();
            (planned, past.into_iter().map(|p| p.1).collect::<Vec<_>>())
        })
    });
    let planned = Memo::new(move |_| split.with(|s| s.0.clone()));
    let all = RwSignal::new(false);
    let past = Memo::new(move |_| {
        let most = if all.get() { usize::MAX } else { MOST };
        split.with(|s| s.1.iter().take(most).copied().collect::<Vec<_>>())
    });
    let hidden = move || {
        split
            .with(|s| s.1.len())
            .saturating_sub(past.with(Vec::len))
    };
    view! {
        <Composer begin/>
        {move || planned.with(|all| !all.is_empty()).then(|| view! {
            <section class="deal-open" aria-label="Planned">
                <h3 class="deal-section">"Planned"</h3>
                <ul class="deal-open__list">
                    <For each=move || planned.get() key=|id| *id children=move |id| view! { <Planned id own/> }/>
                </ul>
            </section>
        })}
        <section class="deal-timeline" aria-label="Timeline">
            <h3 class="deal-section">"Timeline"</h3>
            {move || past.with(Vec::is_empty).then(|| view! {
                <p class="record-none">"Nothing was done or noted yet."</p>
            })}
            <ol class="deal-timeline__list">
                <For each=move || past.get() key=|id| *id children=move |id| view! { <Happened id own/> }/>
            </ol>
            {move || (hidden() > 0).then(|| view! {
                <Button kind=ButtonKind::Ghost size=ButtonSize::Small on_click=move |_| all.set(true)>
                    {format!("Show {} older", hidden())}
                </Button>
            })}
        </section>
    }
}

fn follow(store: Store, id: ActivityId) -> Memo<Option<Activity>> {
    Memo::new(move |_| {
        store.track(id);
        store.with(|s| s.world().state.tables.activities.get(id).cloned())
    })
}

/// The deal and the contact of an activity, as links, but for the one whose page this is.
fn about(store: Store, activity: &Activity, own: Option<ContactId>) -> impl IntoView + use<> {
    let name = |entity: EntityRef| store.with(|s| s.world().state.name_of(entity));
    let deal = activity.deal.map(|id| (Route::Deal(id), name(id.into())));
    let contact = activity
        .contact
        .filter(|id| own != Some(*id))
        .map(|id| (Route::Contact(id), name(id.into())));
    let links = deal.into_iter().chain(contact);
    let links = links.map(|(route, name)| {
        view! { <a class="record-about" href=route.print()>{name}</a> }
    });
    links.collect_view()
}

/// Something to do.
#[component]
fn Planned(
    /// Which.
    id: ActivityId,
    /// Whose page this is.
    #[prop(optional_no_strip)]
    own: Option<ContactId>,
) -> impl IntoView {
    let store = use_store();
    let activity = follow(store, id);
    let done = move |done| {
        // The row goes, and with it the focus.
        nav::focus_heading();
        store.dispatch(Command::SetDone { activity: id, done });
    };
    let editing = RwSignal::new(false);
    view! {
        <li class="deal-todo" data-activity=id.to_string()>
            {move || editing.get().then(|| view! { <EditHere id editing/> })}
            {move || activity.get().filter(|_| !editing.get()).map(|activity| {
                let text = whole_text(&activity);
                let first = text.lines().next().unwrap_or_default().to_owned();
                let first = if first.is_empty() { activity.kind.label().to_owned() } else { first };
                let due = activity.due.map(|due| {
                    let time = activity.due_minute.map(|m| format!(" {}", print_time(m))).unwrap_or_default();
                    let tone = match due.cmp(&store.tick().today) {
                        std::cmp::Ordering::Less => Tone::Danger,
                        std::cmp::Ordering::Equal => Tone::Warn,
                        std::cmp::Ordering::Greater => Tone::Neutral,
                    };
                    view! { <Chip tone title=format!("Due {}{time}", fmt::date(due))>{format!("{}{time}", fmt::day_month(due))}</Chip> }
                });
                view! {
                    <Checkbox checked=false on_change=done label=format!("Done: {first}") label_hidden=true/>
                    <span class="deal-said">
                        <span class="deal-said__kind" title=activity.kind.label()>
                            <Icon glyph=glyph_of(activity.kind)/>
                            <span class="visually-hidden">{activity.kind.label()}": "</span>
                        </span>
                        <span class="deal-said__text">
                            <span class="deal-said__subject">{first}</span>
                            <span class="record-abouts">{about(store, &activity, own)}</span>
                        </span>
                    </span>
                    {due}
                    <Actions id editing entries=vec![edit(), delete()]/>
                }
            })}
        </li>
    }
}

/// Something that was done, or a note.
#[component]
fn Happened(
    /// Which.
    id: ActivityId,
    /// Whose page this is.
    #[prop(optional_no_strip)]
    own: Option<ContactId>,
) -> impl IntoView {
    let store = use_store();
    let activity = follow(store, id);
    let editing = RwSignal::new(false);
    view! {
        <li class="deal-event deal-event--activity" data-activity=id.to_string()>
            {move || editing.get().then(|| view! { <EditHere id editing/> })}
            {move || activity.get().filter(|_| !editing.get()).map(|activity| {
                let at = happened(&activity).unwrap_or(activity.created);
                let by = activity.owner.map(|id| store.with(|s| s.world().state.name_of(id.into())));
                let mut entries = vec![edit(), delete()];
                if activity.kind != ActivityKind::Note {
                    entries.insert(1, not_done());
                }
                let about = about(store, &activity, own);
                view! {
                    <span class="deal-event__icon" title=activity.kind.label()><Icon glyph=glyph_of(activity.kind)/></span>
                    <div class="deal-event__body">
                        <p class="deal-event__head">
                            <span>{activity.kind.label()}</span>
                            {activity.outcome.map(|outcome| view! { <span>{outcome.label()}</span> })}
                            {by.map(|name| view! { <Avatar name/> })}
                            {about}
                        </p>
                        {(!activity.subject.is_empty()).then(|| view! { <p class="deal-said__subject">{activity.subject}</p> })}
                        {(!activity.body.trim().is_empty()).then(|| view! { <p class="deal-said__body">{activity.body}</p> })}
                    </div>
                    <time class="deal-event__time" title=fmt::time(at)>{fmt::since(at)}</time>
                    <Actions id editing entries/>
                }
            })}
        </li>
    }
}

/// The box in which an activity is changed, in its place.
#[component]
fn EditHere(
    /// Which.
    id: ActivityId,
    /// Set to false when it is over.
    editing: RwSignal<bool>,
) -> impl IntoView {
    let begin = use_store().with(|s| ActivityForm::from_activity(s.world(), id));
    let over = move |()| {
        editing.set(false);
        // The box goes, and with it the focus.
        nav::rescue_focus();
    };
    begin.map(|begin| view! { <Composer begin autofocus=true on_done=over/> })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Edit,
    NotDone,
    Delete,
}

/// The menu of an activity.
#[component]
fn Actions(
    /// Which.
    id: ActivityId,
    /// Set to true when it is to be changed.
    editing: RwSignal<bool>,
    /// What the menu offers.
    entries: Vec<MenuEntry<Act>>,
) -> impl IntoView {
    let store = use_store();
    let act = move |act| {
        let command = match act {
            Act::Edit => return editing.set(true),
            Act::NotDone => Command::SetDone {
                activity: id,
                done: false,
            },
            Act::Delete => Command::Delete(vec![id.into()]),
        };
        // The row goes, and with it the focus.
        nav::focus_heading();
        store.dispatch(command);
    };
    view! {
        <Menu
            label="Actions of this activity"
            icon=Glyph::Dots
            icon_only=true
            kind=ButtonKind::Ghost
            size=ButtonSize::Small
            align=Align::End
            entries=Signal::stored(entries)
            on_pick=act
        />
    }
}

fn edit() -> MenuEntry<Act> {
    MenuItem::new(Act::Edit, "Edit").icon(Glyph::Pencil).into()
}

fn not_done() -> MenuEntry<Act> {
    let item = MenuItem::new(Act::NotDone, "Not done after all");
    item.icon(Glyph::Undo).into()
}

fn delete() -> MenuEntry<Act> {
    let item = MenuItem::new(Act::Delete, "Delete").icon(Glyph::Trash);
    item.danger().into()
}
