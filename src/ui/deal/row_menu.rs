//! The menu of an activity on the deal's page.

use super::page::use_page;
use super::template::Using;
use crate::domain::command::Command;
use crate::domain::ids::ActivityId;
use crate::ui::activity::{can_invite, invite};
use crate::ui::nav;
use crate::ui::parts::*;
use leptos::prelude::*;

/// What the menu of an activity does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Edit,
    Template,
    Invite,
    NotDone,
    Delete,
}

/// The menu of an activity.
#[component]
pub(super) fn RowMenu(
    /// Which.
    id: ActivityId,
    /// It is being changed.
    editing: RwSignal<bool>,
    /// It was done, and is no note.
    done: bool,
) -> impl IntoView {
    let page = use_page();
    let mut entries: Vec<MenuEntry<Act>> =
        vec![MenuItem::new(Act::Edit, "Edit").icon(Glyph::Pencil).into()];
    let planned = page
        .store
        .with(|s| s.world().state.tables.activities.get(id).cloned());
    let template = planned.as_ref().and_then(|a| a.template);
    if !done && template.is_some() {
        entries.push(
            MenuItem::new(Act::Template, "Use its template")
                .icon(Glyph::Copy)
                .into(),
        );
    }
    if planned.as_ref().is_some_and(can_invite) {
        entries.push(
            MenuItem::new(Act::Invite, "Download invitation")
                .icon(Glyph::Download)
                .into(),
        );
    }
    if done {
        entries.push(
            MenuItem::new(Act::NotDone, "Not done after all")
                .icon(Glyph::Undo)
                .into(),
        );
    }
    entries.push(
        MenuItem::new(Act::Delete, "Delete")
            .icon(Glyph::Trash)
            .danger()
            .into(),
    );
    let act = move |act| match act {
        Act::Edit => editing.set(true),
        Act::Template => page.using.set(template.map(|template| Using {
            template,
            activity: Some(id),
        })),
        Act::Invite => invite(page.store, id),
        Act::NotDone => page.store.dispatch(Command::SetDone {
            activity: id,
            done: false,
        }),
        Act::Delete => {
            nav::focus_heading();
            page.store.dispatch(Command::Delete(vec![id.into()]));
        }
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
