//! Taking changes back, and doing them again.

use super::homes::spare_homes;
use super::{Effect, Moment, Notice, Session, Then, rules};
use crate::domain::change::{Change, Intent, IntentKind};
use crate::domain::undo::{Inversion, invert, stays};

/// Why a call is not taken back.
pub(super) const STAYS: &str = "A call stays as it was said; submit another to correct it";

impl Session {
    /// What undo would take back, as its sentence.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.cause().map(|c| c.intent.text.as_str())
    }

    /// What redo would do again, as its sentence.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.undo.next_redo().map(|(c, _)| c.intent.text.as_str())
    }

    /// The change that undo would take back, where it was a large one: only the log has its
    /// edits. [`Session::begin_take_back`] takes them.
    #[must_use]
    pub fn stored_undo(&self) -> Option<&Change> {
        let next = self.undo.next_undo().map(|(change, _)| change);
        next.filter(|change| change.edits.is_empty())
    }

    /// The undo that redo would take back, where it was a large one.
    #[must_use]
    pub fn stored_redo(&self) -> Option<&Change> {
        let next = self.undo.next_redo().map(|(change, _)| change);
        next.filter(|change| change.edits.is_empty())
    }

    /// Takes back the last change of this tab that is not taken back yet, with what rules did
    /// on account of it.
    pub fn undo(&mut self, at: Moment) -> Vec<Effect> {
        if let Err(refusal) = self.stay_in_the_past() {
            return vec![Effect::Say(Notice::refused(refusal.to_string()))];
        }
        let mut effects = Vec::new();
        while let Some((change, follows)) = self.undo.next_undo() {
            let change = change.clone();
            if stays(&change) {
                // Said once; what came before it is next.
                self.undo.forget(change.stamp);
                return rules::joined(effects, vec![Effect::Say(Notice::refused(STAYS))]);
            }
            match self.take_back(&change, IntentKind::Undo, at) {
                Some((undo, more)) => {
                    self.undo.undid(undo);
                    effects = rules::joined(effects, more);
                }
                None => {
                    self.undo.forget(change.stamp);
                    let why = Notice::refused(Then::Undo.refusal());
                    effects = rules::joined(effects, vec![Effect::Say(why)]);
                }
            }
            if !follows {
                return effects;
            }
        }
        if effects.is_empty() {
            return vec![Effect::Say(Notice::refused("Nothing to undo"))];
        }
        effects
    }

    /// Does again what was last taken back, with what had come of it.
    pub fn redo(&mut self, at: Moment) -> Vec<Effect> {
        if let Err(refusal) = self.stay_in_the_past() {
            return vec![Effect::Say(Notice::refused(refusal.to_string()))];
        }
        let Some((change, _)) = self.undo.next_redo() else {
            return vec![Effect::Say(Notice::refused("Nothing to redo"))];
        };
        let change = change.clone();
        let mut effects = self.redo_one(&change, at);
        while let Some((change, true)) = self.undo.next_redo() {
            let change = change.clone();
            let more = self.redo_one(&change, at);
            // The sentence stays the one of what the person did.
            effects = rules::joined(more, effects);
        }
        effects
    }

    fn redo_one(&mut self, change: &Change, at: Moment) -> Vec<Effect> {
        match self.take_back(change, IntentKind::Redo, at) {
            Some((redo, effects)) => {
                self.undo.redid(redo);
                effects
            }
            None => {
                self.undo.forget(change.stamp);
                vec![Effect::Say(Notice::refused(Then::Redo.refusal()))]
            }
        }
    }

    /// Takes back any change of the history, whoever made it. Can itself be undone.
    pub fn revert(&mut self, change: &Change, at: Moment) -> Vec<Effect> {
        if let Err(refusal) = self.stay_in_the_past() {
            return vec![Effect::Say(Notice::refused(refusal.to_string()))];
        }
        if stays(change) {
            return vec![Effect::Say(Notice::refused(STAYS))];
        }
        match self.take_back(change, IntentKind::Undo, at) {
            Some((undo, effects)) => {
                self.undo.push(undo);
                effects
            }
            None => vec![Effect::Say(Notice::refused(Then::Revert.refusal()))],
        }
    }

    /// What taking a change back would set, and what it would leave because it was changed
    /// since.
    #[must_use]
    pub fn inversion(&self, change: &Change) -> Inversion {
        let mut inversion = invert(&self.world.state.tables, change, &self.lineage);
        spare_homes(&self.world.state, &mut inversion);
        inversion
    }

    pub(super) fn take_back(
        &mut self,
        change: &Change,
        kind: IntentKind,
        at: Moment,
    ) -> Option<(Change, Vec<Effect>)> {
        let inversion = self.inversion(change);
        if inversion.edits.is_empty() {
            return None;
        }
        let intent = retold(change, kind);
        let notice = said(&intent, inversion.skipped.len());
        let stamp = self.clock.tick(at.now);
        let undo = self.record(stamp, intent, inversion.edits, Some(change.stamp));
        let effects = self.enact(undo.clone(), notice);
        Some((undo, effects))
    }
}

/// What taking a change back is called: “Undid: Moved x to y”; the redo of it says
/// “Redid: Moved x to y”.
pub(super) fn retold(change: &Change, kind: IntentKind) -> Intent {
    let text = &change.intent.text;
    let plain = text.strip_prefix("Undid: ").unwrap_or(text);
    let text = match kind {
        IntentKind::Redo => format!("Redid: {plain}"),
        _ => format!("Undid: {}", plain.strip_prefix("Redid: ").unwrap_or(plain)),
    };
    Intent::new(kind, text)
}

/// What is said when a change was taken back but for so many fields.
pub(super) fn said(intent: &Intent, skipped: usize) -> Notice {
    let text = &intent.text;
    let text = match skipped {
        0 => text.clone(),
        1 => format!("{text}. 1 field was changed since and stayed as it is"),
        n => format!("{text}. {n} fields were changed since and stayed as they are"),
    };
    // The toast of an undo offers redo by key, not another undo.
    Notice {
        undo: false,
        ..Notice::done(text)
    }
}
