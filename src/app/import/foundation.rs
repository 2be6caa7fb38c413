//! Importing before anything was begun: the workspace and its pipeline come with the
//! import, so that taking it back leaves nothing behind.

use super::cells::Setting;
use super::run::Importer;
use crate::domain::change::{Change, Edit, Intent, IntentKind};
use crate::domain::command::{Command, Ctx};
use crate::domain::decide::decide;
use crate::domain::ids::IdSource;
use crate::domain::money::Currency;
use crate::domain::stamp::Stamp;
use crate::domain::state::State;
use crate::domain::world::World;

/// What an import stands on: the state that is here, or the one a beginning would make.
#[derive(Clone, Debug, Default)]
pub struct Foundation {
    edits: Vec<Edit>,
    state: Option<State>,
}

impl Foundation {
    /// Nothing to lay when there is a pipeline; otherwise an empty workspace with the
    /// usual stages.
    #[must_use]
    pub fn under(state: &State, currency: Currency, setting: &Setting) -> Self {
        if !state.pipelines().is_empty() {
            return Self::default();
        }
        let mut ctx = Ctx {
            now: setting.now,
            today: setting.today,
            me: None,
            ids: IdSource::new(setting.seed.rotate_left(32)),
            later: Some(crate::domain::decide::later),
        };
        let command = Command::Setup {
            name: String::new(),
            currency,
        };
        // A workspace without pipelines is never refused a setup.
        let Ok(decision) = decide(&World::over(state.clone()), command, &mut ctx) else {
            return Self::default();
        };
        let change = Change {
            stamp: Stamp::ZERO,
            intent: Intent::new(IntentKind::Setup, ""),
            author: None,
            edits: decision.edits,
            before: Vec::new(),
            undoes: None,
        };
        let mut base = state.clone();
        base.apply(&change);
        Self {
            edits: change.edits,
            state: Some(base),
        }
    }

    /// The state to import into.
    #[must_use]
    pub fn state<'a>(&'a self, here: &'a State) -> &'a State {
        self.state.as_ref().unwrap_or(here)
    }

    /// Puts the beginning in front of an import that has not begun yet.
    pub fn bear(&self, importer: &mut Importer) {
        importer.begin_with(&self.edits);
    }
}
