//! Automations: a page of the process. The list of rules, their editor, trying one on the
//! past, and the log of what they did.

mod actions;
mod editor;
mod list;
mod log;
mod suggestions;
mod trial;
mod trigger;

use leptos::prelude::*;

use crate::domain::command::automate::RuleDraft;
use crate::domain::ids::AutomationId;

/// What lies over the list.
#[derive(Clone, Debug, PartialEq)]
enum Open {
    /// The editor: of a rule, or of a new one.
    Editor(Option<AutomationId>, Box<RuleDraft>),
    /// The trial of a rule.
    Trial(AutomationId),
    /// What a rule did.
    Log(AutomationId),
}

/// What is open; shared by the parts of the page.
#[derive(Clone, Copy)]
struct Desk {
    open: RwSignal<Option<Open>>,
}

impl Desk {
    fn show(self, open: Open) {
        self.open.set(Some(open));
    }

    fn close(self) {
        self.open.set(None);
    }
}

/// The page.
#[component]
pub(super) fn Automations() -> impl IntoView {
    let desk = Desk {
        open: RwSignal::new(None),
    };
    let shown = move || {
        desk.open.get().map(|open| match open {
            Open::Editor(id, draft) => view! { <editor::Editor desk id draft=*draft/> }.into_any(),
            Open::Trial(id) => view! { <trial::Trial desk id/> }.into_any(),
            Open::Log(id) => view! { <log::Log desk id/> }.into_any(),
        })
    };
    view! {
        <list::List desk/>
        {shown}
    }
}
