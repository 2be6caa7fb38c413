//! What automations have to say to the person: messages, and what could not be done.

use crate::domain::automation::RuleRun;
use crate::domain::order::Order;
use crate::domain::state::State;

/// Whether a run is something to read, and not only for the log: it has a message, or some of
/// what it was to do could not be done.
fn is_told(run: &RuleRun) -> bool {
    !run.notice.is_empty() || !run.failed.is_empty()
}

/// Whether it is something to read that nobody has read yet.
#[must_use]
pub fn is_unread(run: &RuleRun) -> bool {
    !run.seen && is_told(run)
}

/// How many there are to read that nobody has read yet.
#[must_use]
pub fn unread(state: &State) -> usize {
    let runs = state.tables.runs.iter();
    runs.filter(|run| is_unread(run)).count()
}

/// The runs, newest first: what there is to read, or all of them.
#[must_use]
pub fn newest(state: &State, all: bool) -> Vec<&RuleRun> {
    let runs = state.tables.runs.iter();
    let mut found: Vec<&RuleRun> = runs.filter(|run| all || is_told(run)).collect();
    found.order_by(|a, b| (b.at, b.id).cmp(&(a.at, a.id)));
    found
}
