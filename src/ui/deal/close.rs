//! Asking when and why the deal of a page was won, lost or put on hold.

use super::page::use_page;
use crate::domain::command::Refusal;
use crate::domain::deal::Status;
use crate::domain::ids::StageId;
use crate::domain::query::board::Place;
use crate::ui::closing::{Asked, CloseDialog};
use leptos::prelude::*;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ask {
    /// What the deal becomes.
    pub status: Status,
    /// The stage it goes to; none for where its status leads.
    pub stage: Option<StageId>,
}

impl Ask {
    fn verb(self) -> &'static str {
        match self.status {
            Status::Open => "Reopen",
            Status::Won => "Mark as won",
            Status::Lost => "Mark as lost",
            Status::OnHold => "Put on hold",
        }
    }
}

/// The dialog, open while the page asks.
#[component]
pub(super) fn Closing() -> impl IntoView {
    let page = use_page();
    let asked = Memo::new(move |_| {
        let ask = page.asking.get()?;
        Some(Asked {
            deals: vec![page.id],
            status: ask.status,
            to: ask.stage.map(|stage| (stage, Place::Top)),
            title: page.now(|_, deal| format!("{}: {}", ask.verb(), deal.title)),
        })
    });
    let close = move |command| match page.store.run(command) {
        Ok(_) | Err(Refusal::Nothing | Refusal::Gated(_)) => {
            page.asking.set(None);
            Ok(())
        }
        Err(refusal) => Err(refusal),
    };
    view! { <CloseDialog asked on_cancel=move |()| page.asking.set(None) on_close=close/> }
}
