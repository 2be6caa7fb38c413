//! The simulation of the case shown, run anew whenever anything about it changes.

use super::data::{Case, Forecasting};
use super::learning::Made;
use crate::app::job::Order;
use crate::domain::forecast::outcome::Outcome;
use crate::domain::forecast::what_if::WhatIf;
use crate::shell::clock::sleep;
use crate::shell::worker::{self, carry_out};
use crate::ui::parts::Latest;
use leptos::prelude::*;

/// What was played, and under which assumptions.
pub struct Played {
    /// Of which case.
    pub case: Made<Case>,
    /// Under which assumptions.
    pub what_if: WhatIf,
    /// What came of it.
    pub outcome: Outcome,
}

/// The simulation; cheap to copy.
#[derive(Clone, Copy)]
pub struct Play {
    /// What things are assumed to be.
    pub what_if: RwSignal<WhatIf>,
    /// What came of it last; of the case before while the next is played.
    pub played: RwSignal<Option<Made<Played>>>,
    /// The same without any assumption.
    pub plain: RwSignal<Option<Made<Played>>>,
    /// How many trials are done, and of how many, while it runs.
    pub running: RwSignal<Option<(u32, u32)>>,
    /// Goes up to stop what runs.
    stop: RwSignal<u32>,
}

/// What the views around share.
#[must_use]
pub fn use_play() -> Play {
    expect_context()
}

impl Play {
    /// Makes it for the views below, and plays whatever is chosen.
    pub fn provide(forecast: Forecasting) -> Self {
        let this = Self {
            what_if: RwSignal::new(WhatIf::default()),
            played: RwSignal::new(None),
            plain: RwSignal::new(None),
            running: RwSignal::new(None),
            stop: RwSignal::new(0),
        };
        provide_context(this);
        worker::start();
        let runs = Latest::idle();
        Effect::new(move |_| {
            let Some(case) = forecast.case.get() else {
                return;
            };
            let what_if = this.what_if.get();
            let stopped = this.stop.get_untracked();
            let is_last = runs.begin();
            let alive = move || is_last() && this.stop.try_get_untracked() == Some(stopped);
            leptos::task::spawn_local(async move {
                // What is typed or dragged comes in quick succession: the last counts.
                sleep(0).await;
                if alive() {
                    this.run(case, what_if, alive).await;
                }
            });
        });
        this
    }

    /// Stops what runs; what was shown stays.
    pub fn cancel(self) {
        self.stop.update(|n| *n += 1);
        self.running.set(None);
    }

    async fn run(self, case: Made<Case>, what_if: WhatIf, alive: impl Fn() -> bool) {
        let plan = case.plan(&what_if);
        let told = move |done, all| {
            self.running.try_set(Some((done, all)));
        };
        let words = carry_out(Order::play(&plan), false, told, &alive).await;
        if let Some(outcome) = words.and_then(|words| Outcome::from_words(&words)) {
            let plain = what_if.is_plain();
            let played = Made::new(Played {
                case,
                what_if,
                outcome,
            });
            if plain {
                self.plain.try_set(Some(played.clone()));
            }
            self.played.try_set(Some(played));
            self.running.try_set(None);
        }
    }
}
