//! A story told now of what happened before: the sample.

use super::{Done, Effect, Moment, Notice, Safety, Session};
use crate::app::sample::Story;
use crate::domain::change::{Change, Edit, Intent, IntentKind};
use crate::domain::command::Refusal;
use crate::domain::stamp::Stamp;
use crate::domain::workspace::{WORKSPACE, WorkspaceField};

impl Session {
    /// Brings the sample as it was lived: its changes have the times at which they happened. One
    /// undo takes all of it back.
    ///
    /// # Errors
    /// [`Refusal`] while the past is looked at.
    pub fn bring_story(&mut self, story: Story, at: Moment) -> Result<Done, Refusal> {
        self.stay_in_the_past()?;
        let node = self.clock.node();
        let mut stamp = Stamp::new(story.begins, 0, node);
        let intent = || Intent::new(IntentKind::LoadSample, "Loaded the sample");
        let first = self.record(stamp, intent(), story.base, None);
        let sample = Edit::Workspace(WORKSPACE, WorkspaceField::Sample(Some(stamp)));
        let mut touched = self.take_up(&first);
        let mut changes = vec![first.clone()];
        for later in story.later {
            let next = Stamp::new(later.at, 0, node);
            stamp = if next > stamp { next } else { after(stamp) };
            let mut change = self.record(stamp, later.intent, later.edits, None);
            change.author = later.author;
            touched.extend(self.take_up(&change));
            changes.push(change);
        }
        let mut settings = story.settings;
        settings.push(sample);
        let stamp = self.clock.tick(at.now);
        let last = self.record(stamp, intent(), settings, None);
        touched.extend(self.take_up(&last));
        changes.push(last.clone());
        self.undo.push(first);
        self.undo.push_following(last);
        let mut seen = crate::domain::change::RefSet::default();
        touched.retain(|entity| seen.insert(*entity));
        let effects = vec![
            Effect::Touched(touched),
            Effect::Persist {
                changes,
                safety: Safety::Strict,
            },
            Effect::Say(Notice::done("Loaded the sample")),
        ];
        Ok(Done {
            effects,
            focus: None,
        })
    }

    fn take_up(&mut self, change: &Change) -> Vec<crate::domain::change::EntityRef> {
        self.lineage.note(&self.world.state.tables, change);
        self.apply(change).entities
    }
}

/// The next stamp of the same clock.
fn after(stamp: Stamp) -> Stamp {
    let (time, node) = stamp.to_raw();
    Stamp::from_raw(time + 1, node)
}
