//! The application without a browser: inputs in, effects out.

mod bulk;
mod homes;
mod past;
mod progress;
mod rules;
mod told;
mod undo;

pub use bulk::{Bulk, Finished};
pub use past::Past;
pub use progress::{Progress, Step, Then};

use crate::domain::automate;
use crate::domain::change::{Change, Edit, EntityRef, Intent, IntentKind, RefSet};
use crate::domain::command::automate::AutomateCommand;
use crate::domain::command::{Command, Ctx, Decision, Later, Refusal};
use crate::domain::decide::decide;
use crate::domain::ids::{IdSource, PersonId, StageId};
use crate::domain::merge::{MergeReport, absorb};
use crate::domain::stamp::{Clock, Millis, Stamp};
use crate::domain::undo::{Lineage, UndoStack, stays};
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
    past: Option<Box<Past>>,
    later: Option<Later>,
    /// What was applied since a large change was begun that is not finished yet.
    aside: Option<Vec<Change>>,
}

/// How to decide what the board has no use for, where it need not be fetched first.
#[cfg(not(feature = "split"))]
const LATER: Option<Later> = Some(crate::domain::decide::later);
#[cfg(feature = "split")]
const LATER: Option<Later> = None;

/// Imports and the sample of at least this many edits are written strictly.
const BULK: usize = 1_000;

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
            past: None,
            later: LATER,
            aside: None,
        }
    }

    /// How to decide what the board has no use for, once it is here.
    #[must_use]
    pub fn later(&self) -> Option<Later> {
        self.later
    }

    /// Takes note that it is here.
    pub fn learn(&mut self, later: Later) {
        self.later = Some(later);
    }

    /// Everything there is to read: the present, or the past where one looks at it.
    #[must_use]
    pub fn world(&self) -> &World {
        self.past.as_ref().map_or(&self.world, |past| &past.world)
    }

    /// Who the person said they are, while that one is there: whoever left, or was removed, makes
    /// and owns nothing any more.
    #[must_use]
    pub fn me(&self) -> Option<PersonId> {
        self.me.filter(|id| self.world.state.is_here(*id))
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
        let world = match &mut self.past {
            Some(past) => &mut past.world,
            None => &mut self.world,
        };
        let World { state, board, .. } = world;
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
        self.stay_in_the_past()?;
        // Having read something is no work that one would take back.
        let quiet = matches!(command, Command::Automate(AutomateCommand::Seen(_)));
        let mut ctx = self.ctx(at);
        let decided = decide(&self.world, command, &mut ctx)?;
        self.ids = ctx.ids;
        Ok(match quiet {
            true => self.note(decided, at),
            false => self.carry_out(decided, at),
        })
    }

    /// Writes down what nothing is said of, what sets nothing off, and what undo passes over.
    fn note(&mut self, decided: Decision, at: Moment) -> Done {
        let stamp = self.clock.tick(at.now);
        let change = self.record(stamp, decided.intent, decided.edits, None);
        let mut effects = self.enact(change, Notice::done(String::new()));
        effects.retain(|effect| !matches!(effect, Effect::Say(_)));
        Done {
            effects,
            focus: decided.focus,
        }
    }

    fn ctx(&self, at: Moment) -> Ctx {
        Ctx {
            now: at.now,
            today: at.today,
            me: self.me(),
            ids: self.ids.clone(),
            later: self.later,
        }
    }

    fn carry_out(&mut self, decided: Decision, at: Moment) -> Done {
        let Decision {
            intent,
            mut edits,
            focus,
        } = decided;
        let stamp = self.clock.tick(at.now);
        if intent.kind == IntentKind::LoadSample {
            edits.push(Edit::Workspace(
                WORKSPACE,
                WorkspaceField::Sample(Some(stamp)),
            ));
        }
        let won = intent.kind == IntentKind::CloseDeal && intent.text.starts_with("Won ");
        let tone = if won { Tone::Celebrate } else { Tone::Done };
        let notice = Notice {
            tone,
            ..Notice::done(intent.text.clone())
        };
        let change = self.record(stamp, intent, edits, None);
        let notice = match stays(&change) {
            true => Notice {
                text: format!("{}. {}", change.intent.text, undo::STAYS),
                undo: false,
                ..notice
            },
            false => notice,
        };
        self.undo.push(change.clone());
        let before = automate::before(&self.world, &change, at.today);
        let mut effects = self.enact(change.clone(), notice);
        let followed = self.set_off(change, before, at);
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
            author: self.me(),
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
