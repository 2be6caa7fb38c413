//! The application without a browser: inputs in, effects out.

mod bulk;
mod homes;
mod progress;
mod rules;
mod take_back;

pub use bulk::{Bulk, Finished};
pub use progress::{Progress, Step, Then};

use homes::spare_homes;
use take_back::{retold, told};

use crate::domain::change::{Change, Edit, EntityRef, Intent, IntentKind, RefSet};
use crate::domain::command::{Command, Ctx, Decision, Refusal};
use crate::domain::decide::decide;
use crate::domain::ids::{IdSource, PersonId, StageId};
use crate::domain::merge::{MergeReport, absorb};
use crate::domain::stamp::{Clock, Millis, Stamp};
use crate::domain::undo::{Inversion, Lineage, UndoStack, invert};
use crate::domain::workspace::{WORKSPACE, WorkspaceField};
use crate::domain::world::{Touched, World};
use chrono::NaiveDate;

/// When something happens, as the shell sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970.
    pub now: Millis,
    /// The civil date where the person is.
    pub today: NaiveDate,
}

/// How much a change must be on the disk before it counts as saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The browser has it: enough for a drag.
    Relaxed,
    /// The disk has it: for imports and removals in bulk.
    Strict,
}

/// What the shell has to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Append these to the log and tell the other tabs.
    Persist {
        /// The changes, oldest first.
        changes: Vec<Change>,
        /// How safely.
        safety: Safety,
    },
    /// These entities look different now.
    Touched(Vec<EntityRef>),
    /// Tell the person.
    Say(Notice),
}

/// A short message for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The sentence, without full stop.
    pub text: String,
    /// What kind of news.
    pub tone: Tone,
    /// Offer to take it back.
    pub undo: bool,
}

/// What kind of news a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something worth celebrating.
    Celebrate,
    /// Something was not done, and why.
    Refused,
}

impl Notice {
    /// News that can be taken back.
    fn done(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            tone: Tone::Done,
            undo: true,
        }
    }
    /// News without anything to take back.
    pub fn refused(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            tone: Tone::Refused,
            undo: false,
        }
    }
}

/// A command carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// What to do about it.
    pub effects: Vec<Effect>,
    /// What to look at, such as a deal just made.
    pub focus: Option<EntityRef>,
}

/// The application's state.
#[derive(Clone, Debug)]
pub struct Session {
    world: World,
    clock: Clock,
    ids: IdSource,
    undo: UndoStack,
    lineage: Lineage,
    me: Option<PersonId>,
    /// What was applied since a large change was begun that is not finished yet.
    aside: Option<Vec<Change>>,
}

/// Imports and the sample of at least this many edits are written strictly.
const BULK: usize = 1_000;

/// The sample is marked as such, so that it can be removed.
fn mark(intent: &Intent, stamp: Stamp) -> Option<Edit> {
    let is_sample = intent.kind == IntentKind::LoadSample;
    is_sample.then_some(Edit::Workspace(
        WORKSPACE,
        WorkspaceField::Sample(Some(stamp)),
    ))
}

impl Session {
    /// A session over a world just read. `seed` is 64 random bits, `newest` the latest
    /// stamp in the log.
    #[must_use]
    pub fn new(world: World, newest: Stamp, seed: u64) -> Self {
        let mut ids = IdSource::new(seed);
        let mut clock = Clock::new(ids.next_u64());
        clock.observe(newest);
        Self {
            world,
            clock,
            ids,
            undo: UndoStack::default(),
            lineage: Lineage::default(),
            me: None,
            aside: None,
        }
    }

    /// Everything there is to read.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Who the person said they are.
    #[must_use]
    pub fn me(&self) -> Option<PersonId> {
        self.me
    }

    /// Notes who the person says they are; signs their changes from now on.
    pub fn set_me(&mut self, me: Option<PersonId>) {
        self.me = me;
    }

    /// 64 random bits for a caller that prepares edits itself (imports, the sample).
    pub fn entropy(&mut self) -> u64 {
        self.ids.next_u64()
    }

    /// Makes sure every deal can be found by its words.
    pub fn prepare_search(&mut self) {
        let World { state, board, .. } = &mut self.world;
        board.prepare_search(state);
    }

    /// The stages whose columns may look different since the last call.
    pub fn take_changed_columns(&mut self) -> Vec<StageId> {
        self.world.board.take_changed()
    }

    /// Carries out a command, and what rules do on account of it.
    ///
    /// # Errors
    /// [`Refusal`] says why not; nothing has changed then.
    pub fn command(&mut self, command: Command, at: Moment) -> Result<Done, Refusal> {
        let mut ctx = self.ctx(at);
        let decided = decide(&self.world, command, &mut ctx)?;
        self.ids = ctx.ids;
        Ok(self.carry_out(decided, at))
    }

    fn ctx(&self, at: Moment) -> Ctx {
        Ctx {
            now: at.now,
            today: at.today,
            me: self.signer(),
            ids: self.ids.clone(),
        }
    }

    /// Who signs changes: the person at this page, where they are still there.
    fn signer(&self) -> Option<PersonId> {
        self.me
            .filter(|id| self.world.state.tables.people.get(*id).is_some())
    }

    fn carry_out(&mut self, decided: Decision, at: Moment) -> Done {
        let Decision {
            intent,
            mut edits,
            focus,
        } = decided;
        let stamp = self.clock.tick(at.now);
        edits.extend(mark(&intent, stamp));
        let won = intent.kind == IntentKind::CloseDeal && intent.text.starts_with("Won ");
        let tone = if won { Tone::Celebrate } else { Tone::Done };
        let notice = Notice {
            tone,
            ..Notice::done(intent.text.clone())
        };
        let change = self.record(stamp, intent, edits, None);
        self.undo.push(change.clone());
        let mut effects = self.enact(change.clone(), notice);
        let followed = self.set_off(&change, at, true);
        if !followed.is_empty() {
            effects = rules::joined(effects, followed);
        }
        Done { effects, focus }
    }

    fn record(
        &self,
        stamp: Stamp,
        intent: Intent,
        edits: Vec<Edit>,
        undoes: Option<Stamp>,
    ) -> Change {
        let before = self.world.state.before(&edits);
        Change {
            stamp,
            intent,
            author: self.signer(),
            edits,
            before,
            undoes,
        }
    }

    /// Applies a change, and sets it aside for the world that is being made beside this one.
    fn apply(&mut self, change: &Change) -> Touched {
        if let Some(aside) = &mut self.aside {
            aside.push(change.clone());
        }
        self.world.apply(change)
    }

    fn enact(&mut self, change: Change, notice: Notice) -> Vec<Effect> {
        self.lineage.note(&self.world.state.tables, &change);
        let touched = self.apply(&change);
        let safety = if change.edits.len() >= BULK {
            Safety::Strict
        } else {
            Safety::Relaxed
        };
        vec![
            Effect::Touched(touched.entities),
            Effect::Persist {
                changes: vec![change],
                safety,
            },
            Effect::Say(notice),
        ]
    }

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
        self.undo
            .next_undo()
            .map(|(c, _)| c)
            .filter(|c| c.edits.is_empty())
    }

    /// The undo that redo would take back, where it was a large one.
    #[must_use]
    pub fn stored_redo(&self) -> Option<&Change> {
        self.undo
            .next_redo()
            .map(|(c, _)| c)
            .filter(|c| c.edits.is_empty())
    }

    /// Takes back the last change of this tab that is not taken back yet, with what rules did
    /// on account of it.
    pub fn undo(&mut self, at: Moment) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some((change, follows)) = self.undo.next_undo() {
            let change = change.clone();
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

    fn take_back(
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
        let notice = told(&intent, inversion.skipped.len());
        let stamp = self.clock.tick(at.now);
        let undo = self.record(stamp, intent, inversion.edits, Some(change.stamp));
        let effects = self.enact(undo.clone(), notice);
        Some((undo, effects))
    }

    /// Applies changes another tab has made and written down already.
    pub fn remote(&mut self, changes: &[Change]) -> Vec<Effect> {
        let mut touched = Vec::new();
        for change in changes {
            self.clock.observe(change.stamp);
            touched.extend(self.apply(change).entities);
            // Also what a change sets no field of any more: it was heard late, but where
            // the deal has been and who made it look different now.
            touched.extend(change.entities());
        }
        let mut seen = RefSet::default();
        touched.retain(|e| seen.insert(*e));
        vec![Effect::Touched(touched)]
    }

    /// Brings in changes of an exported file that are in the log already by now; `known`
    /// is how many others of the file had been there before. Returns what was touched.
    pub fn merge(&mut self, new: &[Change], known: usize) -> (MergeReport, Vec<EntityRef>) {
        for change in new {
            self.clock.observe(change.stamp);
        }
        let mut report = absorb(&mut self.world, new);
        if let Some(aside) = &mut self.aside {
            aside.extend_from_slice(new);
        }
        report.known = known;
        let mut seen = RefSet::default();
        let touched = new.iter().flat_map(Change::entities);
        (report, touched.filter(|e| seen.insert(*e)).collect())
    }

    /// Forgets what could be undone, as after the data was replaced.
    pub fn forget_undo(&mut self) {
        self.undo.clear();
        self.lineage = Lineage::default();
    }
}
