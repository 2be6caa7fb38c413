//! Looking at the past: everything shown is as it was, and nothing can be changed.

use super::Session;
use crate::domain::change::Change;
use crate::domain::command::Refusal;
use crate::domain::world::World;
use chrono::NaiveDate;
use std::sync::Arc;

/// The data as it was at the end of a day.
#[derive(Clone, Debug)]
pub struct Past {
    /// The civil day.
    pub on: NaiveDate,
    /// The data.
    pub world: World,
    /// The log as it was.
    pub log: Arc<Vec<Change>>,
}

impl Session {
    /// Everything there is now, also while the past is looked at: what is written and saved.
    #[must_use]
    pub fn present(&self) -> &World {
        &self.world
    }

    /// Shows the past, or the present again. What other tabs do goes on meanwhile.
    pub fn look_at(&mut self, past: Option<Past>) {
        self.past = past.map(Box::new);
    }

    /// The past that is looked at.
    #[must_use]
    pub fn past(&self) -> Option<&Past> {
        self.past.as_deref()
    }

    /// Refuses to change anything while the past is looked at. What changes data without a
    /// command (deleting all, restoring a backup) asks this as well.
    ///
    /// # Errors
    /// [`Refusal`] with the sentence to show.
    pub fn stay_in_the_past(&self) -> Result<(), Refusal> {
        match self.past {
            None => Ok(()),
            Some(_) => Err(Refusal::Impossible(
                "You are looking at an earlier day. Go back to today to change anything.".into(),
            )),
        }
    }
}
