//! Trying a rule on what has happened: which deals it would have worked on, and what it would
//! have done.

use super::Firing;
use super::before::Before;
use super::due::due_for;
use super::fire::perform;
use super::occasion::{occasion, sets_nothing_off, told, touched};
use super::zone::{When, Zone, day, end};
use crate::domain::automation::{Automation, AutomationField, RunField};
use crate::domain::change::{Change, Edit, Intent, IntentKind};
use crate::domain::command::Ctx;
use crate::domain::entity::{Entity, FieldSet};
use crate::domain::ids::{AutomationId, IdSet, IdSource, RunId};
use crate::domain::order::Order;
use crate::domain::stamp::{Millis, Stamp};
use crate::domain::world::World;
use chrono::{Days, NaiveDate};

/// One time the rule would have worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Would {
    /// When, in milliseconds since 1970.
    pub at: Millis,
    /// The occasion.
    pub firing: Firing,
    /// What it would have done, in words.
    pub did: Vec<String>,
    /// What it could not have done, in words.
    pub failed: Vec<String>,
}

/// A rule being tried on a log, step by step: on the world as it was at each change, so that
/// no later event shows. Nothing it would have done is done, so nothing follows from it; rules
/// by time are tried once a day, at its end.
pub struct DryRun {
    rule: AutomationId,
    by_time: bool,
    world: World,
    log: std::vec::IntoIter<Change>,
    total: usize,
    next: Option<Change>,
    day: Option<NaiveDate>,
    until: Millis,
    zone: Zone,
    seen: IdSet<RunId>,
    found: Vec<Would>,
}

impl DryRun {
    /// Prepares the trial of a rule on these changes up to the time `until`, by the days of
    /// where the person is.
    #[must_use]
    pub fn new(rule: &Automation, mut log: Vec<Change>, until: Millis, zone: Zone) -> Self {
        log.retain(|change| change.stamp.ms() <= until);
        log.order_by_key(|change| change.stamp);
        let mut world = World::default();
        put(&mut world, rule);
        let mut log = log.into_iter();
        let total = log.len();
        let next = log.next();
        Self {
            rule: rule.id,
            by_time: super::due::timed(rule),
            world,
            day: next.as_ref().and_then(|c| day(c.stamp.ms(), zone)),
            log,
            total,
            next,
            until,
            zone,
            seen: IdSet::default(),
            found: Vec::new(),
        }
    }

    /// Goes on by one change, or by one day where the rule waits for time to pass. Says
    /// whether there is more.
    pub fn step(&mut self) -> bool {
        let at = self.next.as_ref().map_or(self.until, |c| c.stamp.ms());
        if self.by_time
            && let (Some(today), Some(reached)) = (self.day, day(at, self.zone))
            && today < reached
        {
            self.pass(end(today, self.zone).unwrap_or(at), today);
            self.day = today.checked_add_days(Days::new(1));
            return true;
        }
        match self.next.take() {
            Some(change) => {
                self.see(&change);
                self.next = self.log.next();
                true
            }
            None => {
                if self.by_time
                    && let Some(today) = day(self.until, self.zone)
                {
                    self.pass(self.until, today);
                }
                false
            }
        }
    }

    /// How many changes have been gone through, and of how many.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let left = self.log.len() + usize::from(self.next.is_some());
        (self.total - left, self.total)
    }

    /// What was found, oldest first.
    #[must_use]
    pub fn found(&self) -> &[Would] {
        &self.found
    }

    fn see(&mut self, change: &Change) {
        let (at, told) = (change.stamp.ms(), of_the_past(change));
        let idle = self.by_time || sets_nothing_off(change) || self.own(change);
        let rule = self.rule().filter(|_| !idle);
        let Some((rule, today)) = rule.zip(day(at, self.zone)) else {
            self.world.apply(change);
            if told {
                self.see_told(change);
            }
            return;
        };
        let before = Before::of(&self.world, &[&rule], change, today);
        self.world.apply(change);
        for deal in touched(&self.world, change) {
            if let Some(firing) = occasion(&self.world, &rule, &before, change, deal, today) {
                self.note(firing, at, today);
            }
        }
    }

    fn rule(&self) -> Option<Automation> {
        let all = &self.world.state.tables.automations;
        all.get(self.rule).cloned()
    }

    /// Whether a change is what the rule really did: it does not set itself off.
    fn own(&self, change: &Change) -> bool {
        let run = RunField::Automation(self.rule);
        let mut edits = change.edits.iter();
        edits.any(|edit| matches!(edit, Edit::RuleRun(_, field) if *field == run))
    }

    /// What a file says happened: deals made, and stages entered, at the times it says. Nothing
    /// acts on those when they are brought in, but they are part of the past.
    fn see_told(&mut self, change: &Change) {
        let Some(rule) = self.rule() else { return };
        for deal in touched(&self.world, change) {
            let entries = self.world.state.stage_entries(deal);
            let own = entries.into_iter().filter(|e| e.stamp == change.stamp);
            for (at, firing) in told(&self.world, &rule, deal, own) {
                if let Some(today) = day(at, self.zone) {
                    self.note(firing, at, today);
                }
            }
        }
    }

    fn pass(&mut self, now: Millis, today: NaiveDate) {
        let Some(rule) = self.rule() else { return };
        let when = When {
            now,
            today,
            zone: self.zone,
        };
        for firing in due_for(&self.world, &rule, when, |run| self.seen.contains(&run)) {
            self.note(firing, now, today);
        }
    }

    fn note(&mut self, firing: Firing, at: Millis, today: NaiveDate) {
        if self.seen.contains(&firing.run) {
            return;
        }
        let mut ctx = Ctx {
            now: at,
            today,
            me: None,
            ids: IdSource::new(1),
            // Rules do only what the board does.
            later: None,
        };
        // Nothing was done, so whose turn it is goes by what was found.
        let turn = self.found.len();
        let Some(decision) = perform(&self.world, &firing, &|| turn, &mut ctx) else {
            return;
        };
        self.seen.insert(firing.run);
        let (mut did, mut failed) = (Vec::new(), Vec::new());
        for edit in decision.edits {
            match edit {
                Edit::RuleRun(_, RunField::Did(words)) => did = words,
                Edit::RuleRun(_, RunField::Failed(words)) => failed = words,
                _ => {}
            }
        }
        self.found.push(Would {
            at,
            firing,
            did,
            failed,
        });
    }
}

/// Tries a rule on a whole log at once.
#[must_use]
pub fn dry_run(rule: &Automation, log: Vec<Change>, until: Millis, zone: Zone) -> Vec<Would> {
    let mut run = DryRun::new(rule, log, until, zone);
    while run.step() {}
    run.found
}

/// Puts the rule into a world, working and from the beginning of time, whatever the log says
/// of it.
fn put(world: &mut World, rule: &Automation) {
    let mut rule = rule.clone();
    (rule.on, rule.since, rule.deleted) = (true, 0, false);
    let fields = AutomationField::NAMES
        .plain_keys()
        .map(|key| Edit::Automation(rule.id, rule.get(key, 0)));
    world.apply(&Change {
        // Later than anything a log can hold.
        stamp: Stamp::from_raw(u64::MAX, u64::MAX),
        intent: Intent::new(IntentKind::EditRules, ""),
        author: None,
        edits: fields.collect(),
        before: Vec::new(),
        undoes: None,
    });
}

/// Whether a change says what happened earlier.
fn of_the_past(change: &Change) -> bool {
    matches!(
        change.intent.kind,
        IntentKind::Import | IntentKind::LoadSample
    )
}
