//! Large changes, some items at a time, so that the page answers meanwhile: what an import, a
//! merge or an undo of one sets is applied to a world beside the one that is shown, which
//! takes its place at once when everything is written. Whoever drops it before has changed
//! nothing. What is done meanwhile, here or in other tabs, is shown at once and applied to
//! the new world too: order does not matter.

mod pieces;

use super::progress::{Progress, Step, Then};
use super::undo::{retold, said};
use super::{Effect, Moment, Notice, Session};
use crate::codec::wire::Written;
use crate::domain::beside::Beside;
use crate::domain::change::{Change, Edit, EntityRef, Intent, IntentKind, RefSet};
use crate::domain::command::Refusal;
use crate::domain::divide::{PartIter, Parts};
use crate::domain::merge::MergeReport;
use crate::domain::stamp::Stamp;
use crate::domain::undo::Inversion;
use crate::domain::world::World;
use std::collections::HashSet;
use std::vec::IntoIter;

#[derive(Debug)]
enum Kind {
    /// Edits of this tab as one change.
    Bring,
    /// A change of this tab that takes one back, and how many fields it leaves as they are.
    TakeBack(Then, usize),
    /// Changes of a file, and how many of their fields had been set later, per part.
    Merge(Vec<(Stamp, usize)>),
    /// What other tabs have written.
    Hear,
}

#[derive(Debug)]
enum Phase {
    Invert(IntoIter<Change>, Inversion),
    Divide(IntoIter<Edit>, Parts),
    Settle(PartIter),
    Apply(IntoIter<Change>),
    Count(IntoIter<Change>),
    Encode(IntoIter<Change>, u32),
    Arrange,
    Ready,
}

/// A large change under way; see [`Session::step`].
#[derive(Debug)]
pub struct Bulk {
    /// The change without its edits.
    bare: Change,
    kind: Kind,
    phase: Phase,
    /// Items of the phase in all, and what is done of them.
    total: usize,
    done: usize,
    step: Step,
    beside: Beside,
    settled: Vec<Change>,
    touched: Vec<EntityRef>,
    seen: RefSet,
    written: Vec<Written>,
    newest: Stamp,
}

/// What came of a large change.
#[derive(Debug, Default)]
pub struct Finished {
    /// What to show and to say. Nothing is left to be written.
    pub effects: Vec<Effect>,
    /// Of a merge: what it did.
    pub report: MergeReport,
    /// What was shown before, to be let go of bit by bit: see [`World::shed`].
    pub old: World,
}

impl Bulk {
    fn new(session: &mut Session, bare: Change, kind: Kind) -> Self {
        session.aside = Some(Vec::new());
        Self {
            newest: bare.stamp,
            bare,
            kind,
            phase: Phase::Ready,
            total: 0,
            done: 0,
            step: Step::Sorting,
            beside: Beside::over(session.world.state.clone()),
            settled: Vec::new(),
            touched: Vec::new(),
            seen: RefSet::default(),
            written: Vec::new(),
        }
    }

    fn begin(&mut self, step: Step, total: usize, phase: Phase) {
        (self.step, self.total, self.done, self.phase) = (step, total, 0, phase);
    }

    fn is_own(&self) -> bool {
        matches!(self.kind, Kind::Bring | Kind::TakeBack(..))
    }

    /// Takes what has to be written to the log before [`Session::finish`]. Nothing for
    /// changes from elsewhere, and where there turned out to be nothing to do.
    pub fn take_written(&mut self) -> Vec<Written> {
        std::mem::take(&mut self.written)
    }

    /// The newest stamp in it.
    #[must_use]
    pub fn newest(&self) -> Stamp {
        self.newest
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            step: self.step,
            done: self.done.min(self.total),
            total: self.total,
            finished: matches!(self.phase, Phase::Ready),
        }
    }
}

/// How many edits there are in some parts.
fn edits_in(parts: &[Change]) -> usize {
    parts.iter().map(|part| part.edits.len()).sum()
}

impl Session {
    /// Begins to bring in edits as one change, as `Command::Bring` does.
    ///
    /// # Errors
    /// [`Refusal`] while the past is looked at.
    pub fn begin_bring(
        &mut self,
        intent: Intent,
        edits: Parts,
        at: Moment,
    ) -> Result<Bulk, Refusal> {
        self.stay_in_the_past()?;
        let bare = self.bare(intent, None, at);
        let mut bulk = Bulk::new(self, bare, Kind::Bring);
        bulk.settle(edits);
        Ok(bulk)
    }

    /// Begins to take back a change of which these are all parts, as the log has them.
    ///
    /// # Errors
    /// [`Refusal`] while the past is looked at.
    pub fn begin_take_back(
        &mut self,
        parts: Vec<Change>,
        then: Then,
        at: Moment,
    ) -> Result<Bulk, Refusal> {
        self.stay_in_the_past()?;
        let kind = match then {
            Then::Redo => IntentKind::Redo,
            Then::Undo | Then::Revert => IntentKind::Undo,
        };
        let first = parts.first();
        let intent = first.map_or_else(|| Intent::new(kind, ""), |first| retold(first, kind));
        let bare = self.bare(intent, first.map(|first| first.stamp), at);
        let mut bulk = Bulk::new(self, bare, Kind::TakeBack(then, 0));
        let phase = Phase::Invert(parts.into_iter(), Inversion::default());
        bulk.begin(Step::Inverting, 0, phase);
        if let Phase::Invert(parts, _) = &bulk.phase {
            bulk.total = edits_in(parts.as_slice());
        }
        Ok(bulk)
    }

    /// Begins to bring in changes of an exported file, or parts of them, in any order.
    pub fn begin_merge(&mut self, parts: Vec<Change>) -> Bulk {
        self.begin_other(parts, Kind::Merge(Vec::new()))
    }

    /// Begins to apply changes that other tabs have written, or parts of them.
    pub fn begin_hear(&mut self, parts: Vec<Change>) -> Bulk {
        self.begin_other(parts, Kind::Hear)
    }

    fn begin_other(&mut self, parts: Vec<Change>, kind: Kind) -> Bulk {
        let none = Change {
            stamp: Stamp::ZERO,
            intent: Intent::new(IntentKind::Import, ""),
            author: None,
            edits: Vec::new(),
            before: Vec::new(),
            undoes: None,
        };
        let mut bulk = Bulk::new(self, none, kind);
        let total = edits_in(&parts);
        bulk.begin(Step::Applying, total, Phase::Apply(parts.into_iter()));
        bulk
    }

    fn bare(&mut self, intent: Intent, undoes: Option<Stamp>, at: Moment) -> Change {
        Change {
            stamp: self.clock.tick(at.now),
            intent,
            author: self.me(),
            edits: Vec::new(),
            before: Vec::new(),
            undoes,
        }
    }

    /// Shows what has come, once it is written. `is_new` says of a stamp in a merged file
    /// whether the log had not known it.
    pub fn finish(&mut self, bulk: Bulk, is_new: impl Fn(Stamp) -> bool) -> Finished {
        let meanwhile = self.aside.take().unwrap_or_default();
        let Bulk { kind, bare, .. } = bulk;
        let has_none = bulk.touched.is_empty();
        let mut report = MergeReport::default();
        if let Kind::Merge(counts) = &kind {
            let all: HashSet<Stamp> = counts.iter().map(|(stamp, _)| *stamp).collect();
            report.added = all.iter().filter(|stamp| is_new(**stamp)).count();
            report.known = all.len() - report.added;
            let new = counts.iter().filter(|(stamp, _)| is_new(*stamp));
            report.superseded = new.map(|(_, fields)| fields).sum();
        }
        if has_none || (matches!(kind, Kind::Merge(_)) && report.added == 0) {
            let effects = self.nothing(&kind, bare.undoes);
            return Finished {
                effects,
                report,
                old: bulk.beside.into_world(),
            };
        }
        self.clock.observe(bulk.newest);
        let mut world = bulk.beside.finish();
        for change in &meanwhile {
            world.apply(change);
        }
        let old = std::mem::replace(&mut self.world, world);
        let mut effects = vec![Effect::Touched(bulk.touched)];
        match kind {
            Kind::Bring => {
                effects.push(Effect::Say(Notice::done(bare.intent.text.clone())));
                self.undo.push(bare);
            }
            Kind::TakeBack(then, skipped) => {
                effects.push(Effect::Say(said(&bare.intent, skipped)));
                match then {
                    Then::Undo => self.undo.undid(bare),
                    Then::Redo => self.undo.redid(bare),
                    Then::Revert => self.undo.push(bare),
                }
            }
            Kind::Merge(_) | Kind::Hear => {}
        }
        Finished {
            effects,
            report,
            old,
        }
    }

    /// What is said when a large change came to nothing.
    fn nothing(&mut self, kind: &Kind, undoes: Option<Stamp>) -> Vec<Effect> {
        let what = match kind {
            Kind::Merge(_) | Kind::Hear => return Vec::new(),
            Kind::Bring => "Nothing to change",
            Kind::TakeBack(then, _) => then.refusal(),
        };
        if let (Kind::TakeBack(Then::Undo | Then::Redo, _), Some(stamp)) = (kind, undoes) {
            self.undo.forget(stamp);
        }
        vec![Effect::Say(Notice::refused(what))]
    }

    /// Gives a large change up; nothing has changed. Returns what had been made of it, to be
    /// let go of bit by bit.
    pub fn abandon(&mut self, bulk: Bulk) -> World {
        self.aside = None;
        if bulk.is_own() {
            self.lineage.forget(bulk.bare.stamp);
        }
        bulk.beside.into_world()
    }
}
