//! Occasions in a change: a deal made, a stage entered, a field changed, a score reached.

use super::before::{Before, points};
use super::{Firing, working};
use crate::domain::activity::ActivityField;
use crate::domain::automation::{Automation, TriggerKind};
use crate::domain::change::{Change, Edit, IntentKind};
use crate::domain::deal::DealField;
use crate::domain::entity::FieldSet;
use crate::domain::ids::{ContactId, DealId, Id, IdSet, OrgId, StageId};
use crate::domain::stamp::Millis;
use crate::domain::state::StageEntry;
use crate::domain::world::World;
use chrono::NaiveDate;

/// What a change just applied sets off, in the order of rules and of deals in the change.
/// `before` is what deals scored before it.
///
/// Files brought in, the sample, and what is taken back set nothing off: what a spreadsheet
/// says happened long ago is no occasion to act on today.
#[must_use]
pub fn occasions(world: &World, before: &Before, change: &Change, today: NaiveDate) -> Vec<Firing> {
    if sets_nothing_off(change) {
        return Vec::new();
    }
    let rules = working(world);
    if rules.is_empty() {
        return Vec::new();
    }
    let deals = touched(world, change);
    let runs = &world.state.tables.runs;
    // A score is reached once: what reached it is not set off again by what it did.
    let over = |rule: &Automation, firing: &Firing| {
        rule.trigger.kind == TriggerKind::Score && runs.row(firing.run).is_some()
    };
    let on = |rule: &&Automation| {
        let rule = *rule;
        deals
            .iter()
            .filter_map(|deal| occasion(world, rule, before, change, *deal, today))
            .filter(|firing| !over(rule, firing))
            .collect::<Vec<_>>()
    };
    rules.iter().flat_map(on).collect()
}

/// Whether a change is of a kind that sets nothing off.
pub(super) fn sets_nothing_off(change: &Change) -> bool {
    matches!(
        change.intent.kind,
        IntentKind::Import
            | IntentKind::LoadSample
            | IntentKind::RemoveSample
            | IntentKind::Undo
            | IntentKind::Redo
            | IntentKind::Setup
            | IntentKind::MergeStages
            | IntentKind::DeleteStage
    )
}

/// The deals a change is about, each once: its own fields, those of its organisation and its
/// contacts, or an activity on it. Asked before the change it gives the same, but for what
/// begins to belong to a deal without a word about that deal.
pub(super) fn touched(world: &World, change: &Change) -> Vec<DealId> {
    let mut seen: IdSet<DealId> = IdSet::default();
    let mut all = Vec::new();
    let mut organisations: IdSet<OrgId> = IdSet::default();
    let mut contacts: IdSet<ContactId> = IdSet::default();
    for edit in &change.edits {
        match edit {
            Edit::Deal(id, _) => all.push(*id),
            Edit::Activity(id, field) => {
                let known = world.state.tables.activities.get(*id);
                all.extend(known.and_then(|activity| activity.deal));
                if let ActivityField::Deal(Some(deal)) = field {
                    all.push(*deal);
                }
            }
            Edit::Organisation(id, _) if organisations.insert(*id) => {
                all.extend(world.links.deals_of(*id));
            }
            Edit::Contact(id, _) if contacts.insert(*id) => {
                all.extend(world.links.deals_with(*id));
            }
            _ => {}
        }
    }
    all.retain(|deal| seen.insert(*deal));
    all
}

/// Whether the change is an occasion of the rule on this deal.
pub(super) fn occasion(
    world: &World,
    rule: &Automation,
    before: &Before,
    change: &Change,
    deal: DealId,
    today: NaiveDate,
) -> Option<Firing> {
    let trigger = &rule.trigger;
    let own = || {
        change.edits.iter().filter_map(move |edit| match edit {
            Edit::Deal(id, field) if *id == deal => Some(field),
            _ => None,
        })
    };
    let held = |field: &DealField| {
        change.before.iter().find_map(|edit| match edit {
            Edit::Deal(id, old)
                if *id == deal && old.key() == field.key() && old.sub() == field.sub() =>
            {
                Some(old)
            }
            _ => None,
        })
    };
    match trigger.kind {
        TriggerKind::Created => {
            let made = world.state.tables.born(deal.into()) == change.stamp;
            made.then(|| Firing::new(rule, deal, &[], "The deal was added"))
        }
        TriggerKind::Entered => own().find_map(|field| {
            let DealField::Placement(now) = field else {
                return None;
            };
            let before = match held(field) {
                Some(DealField::Placement(before)) => world.state.standing(before.stage),
                _ => None,
            };
            let firing = entered(world, rule, deal, now.stage, now.since)?;
            (before != world.state.standing(now.stage)).then_some(firing)
        }),
        TriggerKind::Changed => own().find_map(|field| {
            if code(field) != trigger.field || held(field) == Some(field) {
                return None;
            }
            // A new deal's fields do not change, they begin.
            if world.state.tables.born(deal.into()) == change.stamp {
                return None;
            }
            let (time, node) = change.stamp.to_raw();
            let name = super::field::label(world, &trigger.field);
            let cause = format!("{name} was changed");
            Some(Firing::new(rule, deal, &[time, node], cause))
        }),
        TriggerKind::Score => {
            let axis = trigger.axis?;
            let score = points(world, deal, axis, change.stamp.ms(), today)?;
            let was = before.points(deal, axis);
            // Reached now, and not there already.
            (score >= trigger.score && was.is_none_or(|was| was < trigger.score)).then(|| {
                let cause = format!("{} reached {score}", axis.label());
                // Once for each deal: a score goes up and down by itself.
                Firing::new(rule, deal, &[trigger.score as u64, axis as u64], cause)
            })
        }
        TriggerKind::Idle | TriggerKind::Date => None,
    }
}

/// The occasions in what a file says of a deal's past, with their times.
pub(super) fn told(
    world: &World,
    rule: &Automation,
    deal: DealId,
    entries: impl Iterator<Item = StageEntry>,
) -> Vec<(Millis, Firing)> {
    match rule.trigger.kind {
        TriggerKind::Created => {
            let made = world.state.tables.deals.get(deal).map(|d| d.created);
            let made = made.filter(|ms| *ms != 0);
            let firing = Firing::new(rule, deal, &[], "The deal was added");
            made.map(|at| (at, firing)).into_iter().collect()
        }
        TriggerKind::Entered => entries
            .filter_map(|entry| {
                Some((
                    entry.since,
                    entered(world, rule, deal, entry.stage, entry.since)?,
                ))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The entry of a deal into a stage, where the rule waits for that.
fn entered(
    world: &World,
    rule: &Automation,
    deal: DealId,
    stage: StageId,
    since: Millis,
) -> Option<Firing> {
    let stage = world.state.standing(stage)?;
    let wanted = rule.trigger.stage;
    if wanted.is_some_and(|s| world.state.standing(s) != Some(stage)) {
        return None;
    }
    let name = world.state.name_of(stage.into());
    let key = [stage.raw(), since as u64];
    Some(Firing::new(
        rule,
        deal,
        &key,
        format!("The deal entered {name}"),
    ))
}

/// A field of a deal as conditions and triggers name it.
fn code(field: &DealField) -> String {
    match field.sub() {
        0 => format!("deal.{}", field.name()),
        sub => format!("deal.{}.{sub:016x}", field.name()),
    }
}
