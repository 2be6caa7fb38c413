//! Taking changes back, and doing them again.

use super::{Effect, Moment, Notice, Session, rules};
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
                self.undo.drop_undo();
                return rules::joined(effects, vec![Effect::Say(Notice::refused(STAYS))]);
            }
            match self.take_back(&change, IntentKind::Undo, at) {
                Some((undo, more)) => {
                    self.undo.undid(undo);
                    effects = rules::joined(effects, more);
                }
                None => {
                    self.undo.drop_undo();
                    let why = "All of that has been changed since; nothing was undone";
                    effects = rules::joined(effects, vec![Effect::Say(Notice::refused(why))]);
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
                self.undo.drop_redo();
                vec![Effect::Say(Notice::refused(
                    "All of that has been changed since; nothing was redone",
                ))]
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
            None => vec![Effect::Say(Notice::refused(
                "All of that has been changed since; nothing was reverted",
            ))],
        }
    }

    /// What taking a change back would set, and what it would leave because it was changed
    /// since.
    #[must_use]
    pub fn inversion(&self, change: &Change) -> Inversion {
        let mut inversion = invert(&self.world.state.tables, change, &self.lineage);
        self.spare_homes(&mut inversion);
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
        // “Undid: Moved x to y”; the redo of it says “Moved x to y” again.
        let plain = change
            .intent
            .text
            .strip_prefix("Undid: ")
            .unwrap_or(&change.intent.text);
        let text = match kind {
            IntentKind::Redo => format!("Redid: {plain}"),
            _ => format!("Undid: {}", plain.strip_prefix("Redid: ").unwrap_or(plain)),
        };
        let mut notice = Notice::done(text.clone());
        if !inversion.skipped.is_empty() {
            let stayed = match inversion.skipped.len() {
                1 => "1 field was changed since and stayed as it is".to_owned(),
                n => format!("{n} fields were changed since and stayed as they are"),
            };
            notice.text = format!("{text}. {stayed}");
        }
        // The toast of an undo offers redo by key, not another undo.
        notice.undo = false;
        let stamp = self.clock.tick(at.now);
        let undo = self.record(
            stamp,
            Intent::new(kind, text),
            inversion.edits,
            Some(change.stamp),
        );
        let effects = self.enact(undo.clone(), notice);
        Some((undo, effects))
    }
}
