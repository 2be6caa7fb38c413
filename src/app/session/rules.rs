//! Rules that do work by themselves, carried out.

use super::{Effect, Moment, Notice, Safety, Session, Tone};
use crate::domain::automate::{self, Before, DEPTH, Firing, When, Zone};
use crate::domain::automation::RunField;
use crate::domain::change::{Change, Edit, Intent, IntentKind};
use crate::domain::ids::{AutomationId, DealId, RunId};
use std::collections::{HashSet, VecDeque};

/// The most runs of rules that wait for time in one go; the rest comes in the next.
const AT_ONCE: usize = 200;

/// A change, and what deals scored before it.
type Seen = (Change, Before);

/// The runs that one change sets off, one after the other.
#[derive(Default)]
struct Cascade {
    /// What has worked already: a rule works on a deal once for one cause.
    worked: HashSet<(AutomationId, DealId)>,
    effects: Vec<Effect>,
    said: Vec<String>,
}

impl Session {
    /// Whether any rule waits for time to pass.
    #[must_use]
    pub fn has_timed_rules(&self) -> bool {
        automate::has_timed(&self.world)
    }

    /// Lets the rules work that have become due with time. To be called by one tab at a time;
    /// called by two, both do the same work, and it counts once. Says whether there may be more.
    pub fn run_due(&mut self, at: Moment, zone: Zone) -> (Vec<Effect>, bool) {
        let Moment { now, today } = at;
        let mut due = automate::due(&self.world, When { now, today, zone });
        let more = due.len() > AT_ONCE;
        due.truncate(AT_ONCE);
        let mut cascade = Cascade::default();
        for firing in due {
            if let Some(done) = self.work(&firing, at, &mut cascade, false) {
                self.follow(done, at, &mut cascade, false);
            }
        }
        let (mut effects, said) = (cascade.effects, cascade.said);
        let text = match said.as_slice() {
            [] => return (effects, more),
            [one] => one.clone(),
            many => format!("Automations worked {} times", many.len()),
        };
        effects.push(Effect::Say(Notice {
            text,
            tone: Tone::Done,
            undo: false,
        }));
        (effects, more)
    }

    /// Lets the rules work that a change sets off; `before` is what deals scored before it.
    /// They go back with it.
    pub(super) fn set_off(&mut self, change: Change, before: Before, at: Moment) -> Vec<Effect> {
        let mut cascade = Cascade::default();
        let text = change.intent.text.clone();
        self.follow((change, before), at, &mut cascade, true);
        let (mut effects, said) = (cascade.effects, cascade.said);
        if !said.is_empty() {
            let text = format!("{text}. {}", said.join(". "));
            effects.push(Effect::Say(Notice::done(text)));
        }
        effects
    }

    fn follow(&mut self, first: Seen, at: Moment, cascade: &mut Cascade, undoable: bool) {
        let mut waiting: VecDeque<(Seen, usize)> = VecDeque::from([(first, 0)]);
        while let Some(((change, before), depth)) = waiting.pop_front() {
            for firing in automate::occasions(&self.world, &before, &change, at.today) {
                if depth >= DEPTH || cascade.worked.contains(&(firing.rule, firing.deal)) {
                    self.note_loop(&change, &firing, at, cascade, undoable);
                    continue;
                }
                if let Some(done) = self.work(&firing, at, cascade, undoable) {
                    waiting.push_back((done, depth + 1));
                }
            }
        }
    }

    /// One run, unless there is nothing to do.
    fn work(
        &mut self,
        firing: &Firing,
        at: Moment,
        cascade: &mut Cascade,
        undoable: bool,
    ) -> Option<Seen> {
        let mut ctx = self.ctx(at);
        let decided = automate::fire(&self.world, firing, &mut ctx)?;
        self.ids = ctx.ids;
        cascade.worked.insert((firing.rule, firing.deal));
        cascade.said.push(sentence(&decided.intent, &decided.edits));
        Some(self.add(decided.intent, decided.edits, at, cascade, undoable))
    }

    fn add(
        &mut self,
        intent: Intent,
        edits: Vec<Edit>,
        at: Moment,
        cascade: &mut Cascade,
        undoable: bool,
    ) -> Seen {
        let stamp = self.clock.tick(at.now);
        let change = self.record(stamp, intent, edits, None);
        let before = automate::before(&self.world, &change, at.today);
        if undoable {
            self.undo.push_following(change.clone());
        }
        let effects = self.enact(change.clone(), Notice::done(String::new()));
        let silent = effects.into_iter().filter(|e| !matches!(e, Effect::Say(_)));
        cascade.effects = joined(std::mem::take(&mut cascade.effects), silent.collect());
        (change, before)
    }

    /// Tells in the run log that a rule was not set off once more: that would not end.
    fn note_loop(
        &mut self,
        cause: &Change,
        firing: &Firing,
        at: Moment,
        cascade: &mut Cascade,
        undoable: bool,
    ) {
        let run = cause.edits.iter().find_map(|edit| match edit {
            Edit::RuleRun(id, RunField::Automation(_)) => Some(*id),
            _ => None,
        });
        let Some(run) = run else { return };
        let name = self.world.state.name_of(firing.rule.into());
        let mut failed = self.failed(run);
        failed.push(format!(
            "“{name}” was not set off again: that would not end"
        ));
        let intent = Intent::new(IntentKind::Automate, cause.intent.text.clone());
        let edits = vec![Edit::RuleRun(run, RunField::Failed(failed))];
        self.add(intent, edits, at, cascade, undoable);
    }

    fn failed(&self, run: RunId) -> Vec<String> {
        let run = self.world.state.tables.runs.get(run);
        run.map(|run| run.failed.clone()).unwrap_or_default()
    }

    /// Takes back several changes of the history as one action, the latest first: all that a
    /// rule did. `text` says what that is, without full stop.
    pub fn revert_all(&mut self, changes: &[Change], text: &str, at: Moment) -> Vec<Effect> {
        let mut order: Vec<&Change> = changes.iter().collect();
        crate::domain::order::Order::order_by_key(order.as_mut_slice(), |c| {
            std::cmp::Reverse(c.stamp)
        });
        let mut effects = Vec::new();
        let mut first = true;
        for change in order {
            let Some((undo, more)) = self.take_back(change, IntentKind::Undo, at) else {
                continue;
            };
            match first {
                true => self.undo.push(undo),
                false => self.undo.push_following(undo),
            }
            first = false;
            effects = joined(effects, more);
        }
        let notice = match effects.is_empty() {
            true => Notice::refused("All of that has been changed since; nothing was taken back"),
            false => Notice::done(text.to_owned()),
        };
        joined(effects, vec![Effect::Say(notice)])
    }
}

/// What a run did, for a toast: its message where it has one.
fn sentence(intent: &Intent, edits: &[Edit]) -> String {
    let mut words = intent.text.clone();
    for edit in edits {
        match edit {
            Edit::RuleRun(_, RunField::Notice(text)) if !text.is_empty() => return text.clone(),
            Edit::RuleRun(_, RunField::Did(did)) if !did.is_empty() => {
                let rule = intent.text.split(':').next().unwrap_or_default();
                words = format!("{rule}: {}", did.join(", "));
            }
            _ => {}
        }
    }
    words
}

/// Two lists of effects as one: one write, one redraw, and the later sentence.
pub(super) fn joined(first: Vec<Effect>, then: Vec<Effect>) -> Vec<Effect> {
    if first.is_empty() {
        return then;
    }
    let mut touched = Vec::new();
    let mut written = Vec::new();
    let mut strict = false;
    let mut said = None;
    for effect in first.into_iter().chain(then) {
        match effect {
            Effect::Touched(entities) => touched.extend(entities),
            Effect::Persist { changes, safety } => {
                written.extend(changes);
                strict |= safety == Safety::Strict;
            }
            Effect::Say(notice) => {
                // What is worth celebrating stays so, whatever comes of it.
                let tone = match &said {
                    Some(Notice {
                        tone: Tone::Celebrate,
                        ..
                    }) if notice.tone == Tone::Done => Tone::Celebrate,
                    _ => notice.tone,
                };
                said = Some(Notice { tone, ..notice });
            }
        }
    }
    let mut seen = crate::domain::change::RefSet::default();
    touched.retain(|e| seen.insert(*e));
    let mut effects = vec![Effect::Touched(touched)];
    if !written.is_empty() {
        let safety = if strict {
            Safety::Strict
        } else {
            Safety::Relaxed
        };
        effects.push(Effect::Persist {
            changes: written,
            safety,
        });
    }
    effects.extend(said.map(Effect::Say));
    effects
}
