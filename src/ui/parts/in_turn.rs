//! Parts of a page that come one after the other, so that with much data the first is on show and the
//! page answers before the last is worked out.

use crate::shell::clock::Pace;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use std::collections::VecDeque;

/// The parts of a page that wait for their turn. With little data everything is there before the
/// browser is given one, and nothing comes later.
#[derive(Clone, Copy)]
pub struct Turns {
    waiting: StoredValue<VecDeque<RwSignal<bool>>>,
    running: StoredValue<bool>,
    pace: Pace,
}

impl Turns {
    /// Makes it for the views below: what stands in [`in_turn`] there waits.
    pub fn provide() {
        provide_context(Self {
            waiting: StoredValue::new(VecDeque::new()),
            running: StoredValue::new(false),
            pace: Pace::begin(),
        });
    }

    fn wait(self, turn: RwSignal<bool>) {
        self.waiting.update_value(|all| all.push_back(turn));
        if !self.running.get_value() {
            self.running.set_value(true);
            spawn_local(self.run());
        }
    }

    async fn run(mut self) {
        loop {
            self.pace.breathe().await;
            // None as well when the page was left meanwhile.
            let next = self.waiting.try_update_value(VecDeque::pop_front);
            let Some(turn) = next.flatten() else {
                let _ = self.running.try_update_value(|running| *running = false);
                return;
            };
            let _ = turn.try_set(true);
            // Until what it shows is worked out.
            tick().await;
        }
    }
}

/// A part that comes when it is its turn; at once where nothing waits.
pub fn in_turn<V: IntoView + IntoAny>(
    view: impl Fn() -> V + Send + 'static,
) -> Box<dyn FnMut() -> AnyView + Send> {
    let turns = use_context::<Turns>();
    let turn = RwSignal::new(turns.is_none());
    if let Some(turns) = turns {
        turns.wait(turn);
    }
    super::block(move || turn.get().then(&view))
}
