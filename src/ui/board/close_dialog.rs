//! When and why deals of the board were won, lost or put on hold.

use super::state::{Board, Closing, Then, use_board};
use crate::domain::command::Refusal;
use crate::domain::deal::Status;
use crate::ui::closing::{Asked, CloseDialog};
use leptos::prelude::*;

impl Board {
    /// Leaves the deals as and where they were.
    pub(super) fn leave_open(self) {
        let deal = self
            .closing
            .with_untracked(|c| c.as_ref().and_then(|c| c.deals.first().copied()));
        self.closing.set(None);
        if let Some(deal) = deal {
            self.focus_card(deal, None);
        }
    }

    fn heading(self, closing: &Closing) -> String {
        let name = self.name_all(&closing.deals);
        match closing.status {
            Status::Won => format!("Mark {name} as won"),
            Status::Lost => format!("Mark {name} as lost"),
            Status::OnHold => format!("Put {name} on hold"),
            Status::Open => format!("Reopen {name}"),
        }
    }
}

/// The dialog, open while [`Board::closing`] says so.
#[component]
pub fn Closings() -> impl IntoView {
    let board = use_board();
    let asked = Memo::new(move |_| {
        let closing = board.closing.get()?;
        let to = match closing.then {
            Then::SetStatus => None,
            Then::Move(stage, place) => Some((stage, place)),
        };
        Some(Asked {
            title: board.heading(&closing),
            deals: closing.deals,
            status: closing.status,
            to,
        })
    });
    let close = move |command| {
        let Some(Closing { deals, from, .. }) = board.closing.get_untracked() else {
            return Ok(());
        };
        let stay = board.stay(&deals);
        match board.store.run(command) {
            Ok(_) | Err(Refusal::Nothing) => {
                board.closing.set(None);
                board.land(&deals, stay, from);
                Ok(())
            }
            // What is missing is asked for in a dialog of its own.
            Err(Refusal::Gated(_)) => {
                board.closing.set(None);
                board
                    .store
                    .after_gate(move || board.land(&deals, stay, from));
                Ok(())
            }
            Err(refusal) => Err(refusal),
        }
    };
    view! { <CloseDialog asked on_cancel=move |()| board.leave_open() on_close=close/> }
}
