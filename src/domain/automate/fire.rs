//! What a rule does when it is set off.

use super::{Firing, applies, field};
use crate::domain::activity::{ActivityField, ActivityKind};
use crate::domain::automation::{Action, ActionKind, Automation, RunField};
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::{Command, Ctx, Decision};
use crate::domain::deal::{Deal, DealField};
use crate::domain::decide::decide;
use crate::domain::ids::{ActivityId, Id, PersonId, derived};
use crate::domain::query::board::Place;
use crate::domain::world::World;
use chrono::Days;

/// The change a rule makes. None when it has run on this occasion already, works no more, or
/// its conditions do not hold. What cannot be done is told in the run log; the rest is done.
pub fn fire(world: &World, firing: &Firing, ctx: &mut Ctx) -> Option<Decision> {
    let t = &world.state.tables;
    // Also a run that was taken back: the occasion is over.
    if t.runs.row(firing.run).is_some() {
        return None;
    }
    let rule = t.automations.get(firing.rule).filter(|rule| rule.on)?;
    let deal = t.deals.get(firing.deal)?;
    if !applies(world, rule, deal.id, ctx.now, ctx.today) {
        return None;
    }
    let mut work = Work {
        world,
        deal,
        firing,
        tags: deal.tags.clone(),
        edits: Vec::new(),
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
    deal: &'w Deal,
    firing: &'w Firing,
    tags: Vec<String>,
    edits: Vec<Edit>,
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
        let id = self.deal.id;
        let state = &self.world.state;
        match action.kind {
            ActionKind::Activity => self.plan(rule, number, action, ctx),
            ActionKind::SetField => {
                let name = field::label(self.world, &action.field);
                let set = field::setting(self.world, &action.field, &action.text, ctx.today)?;
                self.edits.push(Edit::Deal(id, set));
                Ok(match action.text.trim() {
                    "" => format!("Emptied {name}"),
                    text => format!("Set {name} to {}", self.readable(&action.field, text)),
                })
            }
            ActionKind::Move => {
                let stage = action.stage.ok_or("No stage was chosen to move to")?;
                let stage = state
                    .standing(stage)
                    .ok_or("The stage is no longer there")?;
                let name = state.name_of(stage.into());
                if state.standing(self.deal.placement.stage) == Some(stage) {
                    return Ok(format!("Was in {name} already"));
                }
                let command = Command::Move {
                    deals: vec![id],
                    stage,
                    place: Place::Top,
                    closure: None,
                };
                let moved = decide(self.world, command, ctx)
                    .map_err(|refusal| format!("Not moved to {name}: {refusal}"))?;
                self.edits.extend(moved.edits);
                Ok(format!("Moved to {name}"))
            }
            ActionKind::Assign => {
                let next = self.next_in_turn(rule, action)?;
                self.edits
                    .push(Edit::Deal(id, DealField::Owner(Some(next))));
                Ok(format!("Gave it to {}", state.name_of(next.into())))
            }
            ActionKind::Tag => {
                let tag = action.text.trim();
                if tag.is_empty() {
                    return Err(String::from("The tag to put on it is empty"));
                }
                if !self
                    .tags
                    .iter()
                    .any(|t| t.to_lowercase() == tag.to_lowercase())
                {
                    self.tags.push(tag.to_owned());
                    self.edits
                        .push(Edit::Deal(id, DealField::Tags(self.tags.clone())));
                }
                Ok(format!("Tagged “{tag}”"))
            }
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
        let contact = self.deal.contacts.first().map(|link| link.contact);
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
            false => format!("Planned the {what} “{subject}” for {due}"),
        })
    }

    /// Whose turn it is: one after the other, by how often the rule has run.
    fn next_in_turn(&self, rule: &Automation, action: &Action) -> Result<PersonId, String> {
        let t = &self.world.state.tables;
        let there = |id: &&PersonId| t.people.get(**id).is_some_and(|p| !p.left);
        let people: Vec<PersonId> = action.people.iter().filter(there).copied().collect();
        let runs = t
            .runs
            .iter()
            .filter(|run| run.automation == rule.id)
            .count();
        match people.len() {
            0 => Err(String::from("Nobody is left to give it to")),
            n => Ok(people[runs % n]),
        }
    }

    fn readable(&self, code: &str, text: &str) -> String {
        let fields = field::settable(self.world);
        let options = fields.into_iter().find(|f| f.code == code);
        let found = options.and_then(|f| f.options.into_iter().find(|(c, _)| c == text));
        found.map_or_else(|| text.to_owned(), |(_, label)| label)
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
