//! Rules that do work by themselves: when they are set off, and what they do then.
//!
//! A rule is set off by an *occasion*: a deal was made, entered a stage, a field changed, it
//! was idle for so long, a date came, a score was reached. Each occasion has a key, and the
//! id of its run is made of rule, deal and key. So the same occasion met twice, by two tabs or
//! by two people whose files are merged later, is one run, and what it planned is planned once.
//!
//! What a rule does is one change of its own ([`IntentKind::Automate`](crate::domain::change::IntentKind)),
//! with the entry in the run log among its edits: undo and history come with it.

mod before;
mod dry;
mod due;
mod field;
mod fire;
mod occasion;
mod words;
mod zone;

pub use before::{Before, before};
pub use dry::{DryRun, Would, dry_run};
pub use due::{due, has_timed};
pub use field::{Settable, check_setting, settable};
pub use fire::fire;
pub use occasion::occasions;
pub use words::{then, when};
pub use zone::{When, Zone};

use super::automation::Automation;
use super::ids::{AutomationId, DealId, Id, RunId, derived};
use super::order::Order;
use super::query::condition::{Scope, Subject, Test};
use super::stamp::Millis;
use super::world::World;
use chrono::NaiveDate;

/// How many rules can set each other off before it counts as a loop.
pub const DEPTH: usize = 8;

/// A rule set off by an occasion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firing {
    /// The rule.
    pub rule: AutomationId,
    /// On which deal.
    pub deal: DealId,
    /// The run it would be.
    pub run: RunId,
    /// What set it off, in words without full stop.
    pub cause: String,
}

impl Firing {
    fn new(rule: &Automation, deal: DealId, key: &[u64], cause: impl Into<String>) -> Self {
        let mut parts = vec![rule.id.raw(), deal.raw(), rule.trigger.kind as u64];
        parts.extend(key);
        Self {
            rule: rule.id,
            deal,
            run: RunId(derived(&parts)),
            cause: cause.into(),
        }
    }
}

/// The rules that work, in order.
#[must_use]
pub fn working(world: &World) -> Vec<&Automation> {
    let all = world.state.tables.automations.iter();
    let mut rules: Vec<&Automation> = all.filter(|a| a.on && !a.actions.is_empty()).collect();
    rules.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
    rules
}

/// Whether a rule works on a deal: the deal is there, in the rule's pipeline, and all its
/// conditions hold. A condition that makes no sense any more does not hold.
#[must_use]
pub fn applies(
    world: &World,
    rule: &Automation,
    deal: DealId,
    now: Millis,
    today: NaiveDate,
) -> bool {
    let Some(deal) = world.state.tables.deals.get(deal) else {
        return false;
    };
    let home = world.state.stage_of(deal).map(|s| s.pipeline);
    if rule.pipeline.is_some_and(|p| home != Some(p)) {
        return false;
    }
    let subject = Subject::deal(world, deal, now, today);
    rule.conditions.iter().all(|condition| {
        Test::read(&world.state, condition, Scope::All).is_ok_and(|test| test.holds(&subject))
    })
}
