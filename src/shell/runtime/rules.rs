//! Rules that wait for time to pass: caught up on opening, then now and then, by one tab.

use super::{Runtime, moment};
use crate::domain::change::Change;
use crate::shell::clock::{sleep, utc_offset_minutes};

/// How often rules are looked at that wait for time to pass.
const EVERY_MS: i32 = 5 * 60 * 1_000;

impl Runtime {
    /// Lets rules work that have become due, at once and from then on, for as long as the page
    /// is open. Called in the tab that leads; were it two, what they do would count once.
    pub(super) async fn run_rules_now_and_then(&self) {
        loop {
            while !self.0.stopped.get() && self.run_due_rules() {
                // More are due than one goes through in one turn.
                sleep(0).await;
            }
            sleep(EVERY_MS).await;
        }
    }

    /// One turn. Says whether more is due.
    fn run_due_rules(&self) -> bool {
        if !self.with(|session| session.has_timed_rules()) {
            return false;
        }
        let (effects, more) = self
            .0
            .session
            .borrow_mut()
            .run_due(moment(), utc_offset_minutes);
        self.enact(effects);
        more
    }

    /// Takes back several changes of the history as one action.
    pub fn revert_all(&self, changes: &[Change], text: &str) {
        let effects = self
            .0
            .session
            .borrow_mut()
            .revert_all(changes, text, moment());
        self.enact(effects);
    }
}
