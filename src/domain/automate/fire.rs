//! What a rule does when it is set off.

use super::words::day_words;
use super::{Firing, applies, field};
use crate::domain::activity::{ActivityField, ActivityKind};
use crate::domain::automation::{Action, ActionKind, Automation, RunField};
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::{Command, Ctx, Decision};
use crate::domain::deal::{Deal, DealField};
use crate::domain::decide::freely;
use crate::domain::entity::Entity;
use crate::domain::ids::{ActivityId, Id, PersonId, derived};
use crate::domain::query::board::Place;
use crate::domain::query::cadence::contact_of;
use crate::domain::world::World;
use chrono::Days;

/// The change a rule makes. None when it has run on this occasion already, works no more, or
/// its conditions do not hold. What cannot be done is told in the run log; the rest is done.
pub fn fire(world: &World, firing: &Firing, ctx: &mut Ctx) -> Option<Decision> {
    let runs = &world.state.tables.runs;
    // Also a run that was taken back: the occasion is over.
    if runs.row(firing.run).is_some() {
        return None;
    }
    // Counted only where somebody's turn is asked for: there may be many runs.
    let turn = || {
        runs.iter()
            .filter(|run| run.automation == firing.rule)
            .count()
    };
    perform(world, firing, &turn, ctx)
}

/// The same whatever runs there are; `turn` is how often the rule has run before.
pub(super) fn perform(
    world: &World,
    firing: &Firing,
    turn: &dyn Fn() -> usize,
    ctx: &mut Ctx,
) -> Option<Decision> {
    let t = &world.state.tables;
    let rule = t.automations.get(firing.rule).filter(|rule| rule.on)?;
    let deal = t.deals.get(firing.deal)?;
    if !applies(world, rule, deal.id, ctx.now, ctx.today) {
        return None;
    }
    let mut work = Work {
        world,
        deal: deal.clone(),
        firing,
        turn,
        edits: Vec::new(),
        moved: Vec::new(),
        did: Vec::new(),
        failed: Vec::new(),
        notice: String::new(),
    };
    for (number, action) in rule.actions.iter().enumerate() {
        match work.act(rule, number, action, ctx) {
            Ok(did) => work.did.push(did),
            Err(why) => work.failed.push(why),
        }
    }
    Some(work.finish(rule, ctx))
}

struct Work<'w> {
    world: &'w World,
    /// The deal as the actions so far leave it.
    deal: Deal,
    firing: &'w Firing,
    turn: &'w dyn Fn() -> usize,
    edits: Vec<Edit>,
    /// What the last move among them said.
    moved: Vec<Edit>,
    did: Vec<String>,
    failed: Vec<String>,
    notice: String,
}

impl Work<'_> {
    /// Does one action; what was done, or why not, in words without full stop.
    fn act(
        &mut self,
        rule: &Automation,
        number: usize,
        action: &Action,
        ctx: &mut Ctx,
    ) -> Result<String, String> {
        match action.kind {
            ActionKind::Activity => self.plan(rule, number, action, ctx),
            ActionKind::SetField => self.set_field(action, ctx),
            ActionKind::Move => self.go(action, ctx),
            ActionKind::Assign => {
                let next = self.next_in_turn(action)?;
                self.set(DealField::Owner(Some(next)));
                let name = self.world.state.name_of(next.into());
                Ok(format!("Gave it to {name}"))
            }
            ActionKind::Tag => self.tag(action.text.trim()),
            ActionKind::Notify => {
                let text = action.text.trim();
                self.notice = match text {
                    "" => self.firing.cause.clone(),
                    text => text.to_owned(),
                };
                Ok(format!("Said “{}”", self.notice))
            }
        }
    }

    /// Sets a field, for what comes after it too.
    fn set(&mut self, field: DealField) {
        self.deal.set(field.clone());
        let edit = Edit::Deal(self.deal.id, field);
        let slot = edit.slot();
        self.edits.retain(|earlier| earlier.slot() != slot);
        self.edits.push(edit);
    }

    fn set_field(&mut self, action: &Action, ctx: &Ctx) -> Result<String, String> {
        let (code, text) = (&action.field, action.text.trim());
        let name = field::label(self.world, code);
        let set = field::setting(self.world, code, text, ctx.today)?;
        if let Some(why) = field::refusal(&self.deal, &set) {
            return Err(why);
        }
        self.set(set);
        Ok(match text {
            "" => format!("Emptied {name}"),
            text => {
                let shown = field::readable(self.world, code, text, ctx.today);
                format!("Set {name} to {shown}")
            }
        })
    }

    fn go(&mut self, action: &Action, ctx: &mut Ctx) -> Result<String, String> {
        let state = &self.world.state;
        let id = self.deal.id;
        let stage = action.stage.ok_or("No stage was chosen to move to")?;
        let stage = state
            .standing(stage)
            .ok_or("The stage is no longer there")?;
        let name = state.name_of(stage.into());
        if state.standing(self.deal.placement.stage) == Some(stage) {
            return Ok(format!("Was in {name} already"));
        }
        let stands = state.tables.deals.get(id).map(|deal| deal.placement.stage);
        let edits = match stands.and_then(|stands| state.standing(stands)) == Some(stage) {
            // Back where it was before an earlier action.
            true => Vec::new(),
            false => {
                let command = Command::Move {
                    deals: vec![id],
                    stage,
                    place: Place::Top,
                    closure: None,
                };
                let moved = freely(self.world, command, ctx);
                moved
                    .map_err(|refusal| format!("Not moved to {name}: {refusal}"))?
                    .edits
            }
        };
        self.put_moved(edits);
        Ok(format!("Moved to {name}"))
    }

    /// Takes the last move for the one: an earlier one in the same run is none any more.
    fn put_moved(&mut self, edits: Vec<Edit>) {
        let earlier = std::mem::replace(&mut self.moved, edits.clone());
        self.edits.retain(|edit| !earlier.contains(edit));
        let slots: Vec<_> = edits.iter().map(Edit::slot).collect();
        self.edits.retain(|edit| !slots.contains(&edit.slot()));
        self.edits.extend(edits);
        if let Some(deal) = self.world.state.tables.deals.get(self.deal.id) {
            self.deal = deal.clone();
        }
        for edit in &self.edits {
            if let Edit::Deal(id, field) = edit
                && *id == self.deal.id
            {
                self.deal.set(field.clone());
            }
        }
    }

    fn tag(&mut self, tag: &str) -> Result<String, String> {
        if tag.is_empty() {
            return Err(String::from("The tag to put on it is empty"));
        }
        let same = |t: &String| t.to_lowercase() == tag.to_lowercase();
        if !self.deal.tags.iter().any(same) {
            let mut tags = self.deal.tags.clone();
            tags.push(tag.to_owned());
            self.set(DealField::Tags(tags));
        }
        Ok(format!("Tagged “{tag}”"))
    }

    fn plan(
        &mut self,
        rule: &Automation,
        number: usize,
        action: &Action,
        ctx: &Ctx,
    ) -> Result<String, String> {
        let kind = action.activity.unwrap_or(ActivityKind::Task);
        let subject = match action.text.trim() {
            "" => rule.name.clone(),
            text => text.to_owned(),
        };
        let ahead = Days::new(action.days.max(0) as u64);
        let due = ctx
            .today
            .checked_add_days(ahead)
            .ok_or("The due date is too far away")?;
        let note = kind == ActivityKind::Note;
        // The same occasion elsewhere plans this very activity.
        let id = ActivityId(derived(&[self.firing.run.raw(), number as u64]));
        let contact = contact_of(&self.world.state, &self.deal);
        self.edits.extend(
            [
                ActivityField::Kind(kind),
                ActivityField::Subject(subject.clone()),
                ActivityField::Deal(Some(self.deal.id)),
                ActivityField::Contact(contact.filter(|_| !note)),
                ActivityField::Owner(self.deal.owner),
                ActivityField::Due(Some(due).filter(|_| !note)),
                ActivityField::Created(ctx.now),
                ActivityField::Automation(Some(rule.id)),
            ]
            .map(|field| Edit::Activity(id, field)),
        );
        let what = kind.label().to_lowercase();
        Ok(match note {
            true => format!("Noted “{subject}”"),
            false => format!("Planned the {what} “{subject}” for {}", day_words(due)),
        })
    }

    /// Whose turn it is: one after the other, by how often the rule has run.
    fn next_in_turn(&self, action: &Action) -> Result<PersonId, String> {
        let there = |id: &PersonId| self.world.state.is_here(*id);
        let people: Vec<PersonId> = action.people.iter().copied().filter(there).collect();
        match people.len() {
            0 => Err(String::from("Nobody is left to give it to")),
            n => Ok(people[(self.turn)() % n]),
        }
    }

    fn finish(mut self, rule: &Automation, ctx: &Ctx) -> Decision {
        let run = self.firing.run;
        self.edits.extend(
            [
                RunField::Automation(rule.id),
                RunField::Deal(self.deal.id),
                RunField::At(ctx.now),
                RunField::Cause(self.firing.cause.clone()),
                RunField::Did(self.did),
                RunField::Failed(self.failed),
                RunField::Notice(self.notice),
            ]
            .map(|field| Edit::RuleRun(run, field)),
        );
        let text = format!("{}: {}", rule.name, self.deal.title);
        Decision {
            intent: Intent::new(IntentKind::Automate, text),
            edits: self.edits,
            focus: Some(self.deal.id.into()),
        }
    }
}
