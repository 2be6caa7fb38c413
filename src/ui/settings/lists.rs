//! The lists to choose from: reasons, sources, competitors.

use leptos::prelude::*;

use super::Section;
use super::text_list::TextList;
use super::workspace::follow_workspace;
use crate::domain::command::Command;
use crate::domain::workspace::{Workspace, WorkspaceField};
use crate::ui::keys::{self, Group};
use crate::ui::parts::Checkbox;
use crate::ui::store::use_store;

/// A list of the workspace: its title, what one of it is called, how to read it and set it.
struct ListOf {
    title: &'static str,
    one: &'static str,
    read: fn(&Workspace) -> &Vec<String>,
    set: fn(Vec<String>) -> WorkspaceField,
}

static LISTS: [ListOf; 5] = [
    ListOf {
        title: "Reasons for losing",
        one: "reason",
        read: |w| &w.lost_reasons,
        set: WorkspaceField::LostReasons,
    },
    ListOf {
        title: "Reasons for winning",
        one: "reason",
        read: |w| &w.won_reasons,
        set: WorkspaceField::WonReasons,
    },
    ListOf {
        title: "Reasons for putting on hold",
        one: "reason",
        read: |w| &w.hold_reasons,
        set: WorkspaceField::HoldReasons,
    },
    ListOf {
        title: "Sources",
        one: "source",
        read: |w| &w.sources,
        set: WorkspaceField::Sources,
    },
    ListOf {
        title: "Competitors",
        one: "competitor",
        read: |w| &w.competitors,
        set: WorkspaceField::Competitors,
    },
];

/// All lists.
#[component]
pub(super) fn Lists() -> impl IntoView {
    let store = use_store();
    let workspace = follow_workspace(store);
    keys::keys("Alt+Up", "Move the line up", Group::Lists).listed_only();
    keys::keys("Alt+Down", "Move the line down", Group::Lists).listed_only();
    let list = move |list: &'static ListOf| {
        let items = Memo::new(move |_| workspace.with(|workspace| (list.read)(workspace).clone()));
        view! {
            <TextList
                title=list.title
                one=list.one
                items
                save=move |items| store.run(Command::EditWorkspace(vec![(list.set)(items)]))
            />
        }
    };
    view! {
        <Section
            title="Lists"
            text="What forms offer to choose from. Deals keep the words they were given, whatever becomes of a list."
        >
            <Checkbox
                label="Ask why a deal was won or lost"
                checked=move || workspace.with(|w| w.reasons_required)
                on_change=move |on| store.dispatch(Command::EditWorkspace(vec![WorkspaceField::ReasonsRequired(on)]))
            />
            <p class="settings-hint">"Closing a deal by hand then needs a reason. Imports, automations and undo never ask."</p>
            <div class="settings-lists">{LISTS.iter().map(list).collect_view()}</div>
        </Section>
    }
}
