//! Adding a deal by its title alone, on top of a column.

use super::bulk::focus_in;
use super::state::{Board, use_board};
use crate::domain::change::{EntityRef, Kind};
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::{DealId, StageId};
use crate::ui::deal::new_deal_titled;
use crate::ui::parts::{TextInput, block, effect, leaving, unique_id};
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

impl Board {
    /// Opens the box of a column, or closes it when it is open.
    pub fn toggle_adding(self, stage: StageId) {
        self.adding.update(|open| {
            *open = if *open == Some(stage) {
                None
            } else {
                Some(stage)
            }
        });
    }

    /// Closes the box and gives the focus back to the button that opened it.
    fn stop_adding(self, stage: StageId) {
        self.adding.set(None);
        focus_in(&format!("[data-stage=\"{stage}\"] .board-col__add"));
    }

    /// Whether a deal just made is hidden by the filter.
    fn hides(self, made: Option<EntityRef>) -> bool {
        made.filter(|e| e.kind == Kind::Deal)
            .is_some_and(|e| self.find(DealId(e.id)).is_none())
    }
}

/// The box on top of a column: Enter adds and stays for the next, Escape closes.
#[component]
pub(super) fn QuickAdd(
    /// The stage the deals go to.
    stage: StageId,
) -> impl IntoView {
    let board = use_board();
    let title = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let input = NodeRef::<html::Input>::new();
    let problem_id = StoredValue::new(unique_id("quick"));
    effect(move || {
        if let Some(input) = input.get() {
            // Fails only for an element that cannot take the focus.
            let _ = input.focus();
        }
    });
    let add = move || match board.store.run(Command::QuickAdd {
        stage,
        title: title.get_untracked(),
    }) {
        Ok(made) => {
            title.set(String::new());
            problem.set(None);
            let hidden = board.hides(made);
            problem.set(hidden.then(|| "Added, but the filter hides it.".to_owned()));
            if let Some(scroller) = board.lane(stage).list() {
                scroller.set_scroll_top(0);
            }
        }
        // Closed as it comes: the whole form asks why.
        Err(Refusal::Field {
            field: "reason", ..
        }) => {
            let typed = title.get_untracked();
            board.stop_adding(stage);
            new_deal_titled(stage, typed);
        }
        Err(Refusal::Gated(_)) => board.store.after_gate(move || title.set(String::new())),
        Err(refusal) => problem.set(Some(refusal.to_string())),
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            if !title.with_untracked(|t| t.trim().is_empty()) {
                add();
            }
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            board.stop_adding(stage);
        }
        _ => {}
    };
    let leave = move |event: FocusEvent| {
        // The button that opened the box closes it by itself.
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<Element>().ok());
        if to.is_some_and(|to| to.matches(".board-col__add").unwrap_or(false)) {
            return;
        }
        if title.with_untracked(|t| t.trim().is_empty())
            && board.adding.get_untracked() == Some(stage)
        {
            board.adding.set(None);
        }
    };
    view! {
        <div class="board-quick" on:focusout=leaving(leave)>
            <TextInput
                value=title
                label=Signal::derive(move || format!("New deal in {}", board.stage_name(stage)))
                placeholder="What is being sold?"
                max_length=300
                on_input=move |text| {
                    title.set(text);
                    problem.set(None);
                }
                on_key
                node_ref=input
            />
            <p class="board-quick__hint" id=problem_id.get_value() role="status">
                {block(move || problem.get().unwrap_or_else(|| "Enter adds, Esc closes".to_owned()))}
            </p>
        </div>
    }
}
