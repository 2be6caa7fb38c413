//! A field that is changed in place: what is being typed, and what was wrong with it.

use leptos::prelude::*;

use crate::domain::change::EntityRef;
use crate::domain::command::Refusal;

/// The text of a field while it differs from the data.
#[derive(Clone, Copy)]
pub struct Draft {
    text: RwSignal<Option<String>>,
    error: RwSignal<Option<String>>,
}

impl Draft {
    /// Nothing typed.
    #[must_use]
    pub fn new() -> Self {
        Self {
            text: RwSignal::new(None),
            error: RwSignal::new(None),
        }
    }

    /// What the control shows: what is being typed, else what the data say.
    pub fn or(self, data: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
        Signal::derive(move || self.text.get().unwrap_or_else(&data))
    }

    /// What is wrong with it, if anything is.
    #[must_use]
    pub fn error(self) -> Signal<Option<String>> {
        self.error.into()
    }

    /// Notes what is being typed; what was wrong before no longer counts.
    pub fn typed(self, text: String) {
        self.text.set(Some(text));
        self.error.set(None);
    }

    /// Says what is wrong; what was typed stays.
    pub fn refuse(self, why: impl Into<String>) {
        self.error.set(Some(why.into()));
    }

    /// Gives up what was typed: the control shows the data again.
    pub fn drop_it(self) {
        self.text.set(None);
        self.error.set(None);
    }

    /// Takes the outcome of a command that was to carry it out.
    pub fn settle(self, outcome: Result<Option<EntityRef>, Refusal>) {
        match outcome {
            Ok(_) | Err(Refusal::Nothing) => self.drop_it(),
            Err(refusal) => self.refuse(refusal.to_string()),
        }
    }
}

impl Default for Draft {
    fn default() -> Self {
        Self::new()
    }
}
