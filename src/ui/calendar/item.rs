//! What stands on a day: an activity, or the mark of a close or renewal.

use super::drag::{Dragged, Drop};
use super::state::{Calendar, focus_item, use_calendar};
use crate::app::calendar::{Block, Marker};
use crate::app::form::print_time;
use crate::app::route::Route;
use crate::domain::activity::ActivityKind;
use crate::domain::command::Command;
use crate::domain::ids::{ActivityId, DealId};
use crate::ui::activity::{can_invite, invite, title_of};
use crate::ui::deal::glyph_of;
use crate::ui::nav;
use crate::ui::parts::*;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

#[derive(Clone, Debug, PartialEq)]
struct Face {
    kind: ActivityKind,
    title: String,
    about: Option<String>,
    time: Option<String>,
    done: bool,
    late: bool,
}

fn read(calendar: Calendar, id: ActivityId) -> Option<Face> {
    let store = calendar.store;
    store.track(id);
    let today = calendar.today.get();
    store.with(|s| {
        let state = &s.world().state;
        let activity = state.tables.activities.get(id)?;
        let deal = activity.deal.and_then(|id| state.tables.deals.get(id));
        let org = activity.organisation.or(deal.and_then(|d| d.organisation));
        Some(Face {
            kind: activity.kind,
            title: title_of(activity),
            about: org
                .map(|id| state.name_of(id.into()))
                .or_else(|| deal.map(|d| d.title.clone())),
            time: activity.due_minute.map(print_time),
            done: activity.done.is_some(),
            late: activity.done.is_none() && activity.due.is_some_and(|due| due < today),
        })
    })
}

/// An activity: a press opens its menu, Alt with an arrow key moves it, and it can be dragged.
#[component]
pub(super) fn Item(
    /// Which.
    id: ActivityId,
    /// Where it stands among the hours, if it does.
    #[prop(optional)]
    block: Option<Block>,
) -> impl IntoView {
    let calendar = use_calendar();
    let face = Memo::new(move |_| read(calendar, id));
    let button = NodeRef::<html::Button>::new();
    let dragged = Dragged::new(button);
    let open = move |_| {
        if dragged.was_moved() {
            return;
        }
        let anchor = button
            .get_untracked()
            .map(|b| Anchor::Element(b.unchecked_into()));
        calendar.menu.set(Some(id));
        calendar.anchor.set(anchor);
    };
    let on_key = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => -1,
            "ArrowRight" => 1,
            "ArrowUp" => -7,
            "ArrowDown" => 7,
            _ => return,
        };
        if event.alt_key() {
            event.prevent_default();
            event.stop_propagation();
            calendar.move_by(id, by);
        }
    };
    let up = move |event: web_sys::PointerEvent| {
        let grabbed = dragged.end(&event);
        calendar.over.set(None);
        match grabbed {
            Some(Drop::Day(day)) => calendar.put(id, day, block.map(|_| None)),
            Some(Drop::Cell(day)) => calendar.put(id, day, None),
            Some(Drop::Hour(day, minute)) => calendar.put(id, day, Some(Some(minute))),
            None => return,
        }
        focus_item(id);
    };
    let title = move || {
        face.get().map(|f| {
            let time = f.time.map(|t| format!("{t} ")).unwrap_or_default();
            let about = f.about.map(|a| format!(", {a}")).unwrap_or_default();
            format!("{time}{}{about}", f.title)
        })
    };
    view! {
        <button
            type="button"
            class="cal-item"
            class:cal-item--block=block.is_some()
            class:cal-item--short=block.is_some_and(|b| b.to - b.from < 45)
            class:cal-item--done=move || face.with(|f| f.as_ref().is_some_and(|f| f.done))
            class:cal-item--late=move || face.with(|f| f.as_ref().is_some_and(|f| f.late))
            class:cal-item--dragged=move || dragged.shift.get().is_some()
            style:--from=block.map(|b| b.from.to_string())
            style:--long=block.map(|b| (b.to - b.from).to_string())
            style:--lane=block.map(|b| b.lane.to_string())
            style:--lanes=block.map(|b| b.lanes.to_string())
            style:--dx=move || dragged.shift.get().map(|(x, _)| px(x))
            style:--dy=move || dragged.shift.get().map(|(_, y)| px(y))
            node_ref=button
            data-activity=id.to_string()
            aria-haspopup="menu"
            title=title
            on:click=open
            on:keydown=on_key
            on:pointerdown=move |event| dragged.press(&event)
            on:pointermove=move |event| calendar.over.set(dragged.follow(&event))
            on:pointerup=up
            on:pointercancel=move |_| { dragged.cancel(); calendar.over.set(None); }
        >
            {move || face.get().map(|f| view! {
                <Icon glyph=if f.done { Glyph::Check } else { glyph_of(f.kind) }/>
                <span class="cal-item__text">
                    <span class="visually-hidden">{said(&f)}</span>
                    {f.time.map(|t| view! { <span class="cal-item__time">{t}</span> })}
                    <span class="cal-item__title">{f.title}</span>
                    {f.about.map(|a| view! { <span class="cal-item__about">{a}</span> })}
                </span>
            })}
        </button>
    }
}

/// What the looks of an activity say, for those who do not see them.
fn said(face: &Face) -> String {
    let state = match (face.done, face.late) {
        (true, _) => "Done: ",
        (_, true) => "Overdue: ",
        _ => "",
    };
    format!("{state}{} ", face.kind.label())
}

/// The mark of an expected close or a renewal; leads to its deal.
#[component]
pub(super) fn MarkerView(marker: Marker, deal: DealId) -> impl IntoView {
    let store = use_calendar().store;
    let name = move || {
        store.track(deal);
        store.with(|s| s.world().state.name_of(deal.into()))
    };
    let title = move || format!("{}: {}", marker.label(), name());
    let glyph = match marker {
        Marker::Close => Glyph::Flag,
        Marker::Renewal => Glyph::Refresh,
    };
    view! {
        <a class="cal-mark" href=Route::Deal(deal).print() title=title aria-label=title draggable="false">
            <Icon glyph/>
            <span class="cal-item__title">{name}</span>
        </a>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Open(DealId),
    Done(bool),
    Edit,
    Move(i64),
    Invite,
    Delete,
}

/// The one menu of all activities.
#[component]
pub(super) fn ItemMenu() -> impl IntoView {
    let calendar = use_calendar();
    let store = calendar.store;
    let entries = move || {
        let found = calendar
            .menu
            .get()
            .and_then(|id| store.with(|s| s.world().state.tables.activities.get(id).cloned()));
        let Some(activity) = found else {
            return Vec::new();
        };
        let mut all: Vec<MenuEntry<Act>> = vec![MenuEntry::Heading(title_of(&activity))];
        let done = activity.done.is_some();
        let mut add = |item: MenuItem<Act>| all.push(item.into());
        if let Some(deal) = activity.deal {
            add(MenuItem::new(Act::Open(deal), "Open the deal").icon(Glyph::ArrowRight));
        }
        add(if done {
            MenuItem::new(Act::Done(false), "Not done after all").icon(Glyph::Undo)
        } else {
            MenuItem::new(Act::Done(true), "Done").icon(Glyph::Check)
        });
        add(MenuItem::new(Act::Edit, "Edit").icon(Glyph::Pencil));
        if can_invite(&activity) {
            add(MenuItem::new(Act::Invite, "Download invitation").icon(Glyph::Download));
        }
        for (label, by, keys) in [
            ("Move a day back", -1, "Alt+Left"),
            ("Move a day on", 1, "Alt+Right"),
            ("Move a week on", 7, "Alt+Down"),
        ] {
            add(MenuItem::new(Act::Move(by), label)
                .icon(Glyph::Calendar)
                .kbd(keys));
        }
        add(MenuItem::new(Act::Delete, "Delete")
            .icon(Glyph::Trash)
            .danger());
        all
    };
    let act = move |act| {
        let Some(id) = calendar.menu.get_untracked() else {
            return;
        };
        match act {
            Act::Open(deal) => nav::go(Route::Deal(deal)),
            Act::Done(done) => store.dispatch(Command::SetDone { activity: id, done }),
            Act::Edit => calendar.edit(id),
            Act::Move(by) => calendar.move_by(id, by),
            Act::Invite => invite(store, id),
            Act::Delete => {
                store.dispatch(Command::Delete(vec![id.into()]));
                nav::rescue_focus();
            }
        }
    };
    view! {
        <MenuPopup anchor=calendar.anchor label="Actions of this activity" entries=Signal::derive(entries) on_pick=act/>
    }
}
