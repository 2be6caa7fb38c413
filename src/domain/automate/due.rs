//! Occasions that come with time: a deal was idle for so long, a date came.

use super::field::date_of;
use super::{Firing, applies, working};
use crate::domain::automation::{Automation, TriggerKind};
use crate::domain::deal::{Deal, Status};
use crate::domain::entity::Entity;
use crate::domain::order::Order;
use crate::domain::query::idle::{DAY, idle};
use crate::domain::stamp::Millis;
use crate::domain::world::World;
use chrono::{Days, NaiveDate};

/// How long ago a date may be for its occasion still to count, in days: a page opened after a
/// long holiday catches up, one opened after a year does not act on what is long over.
const CATCH_UP: u64 = 60;

/// Whether any rule that works waits for time to pass.
#[must_use]
pub fn has_timed(world: &World) -> bool {
    working(world).iter().any(|rule| timed(rule))
}

pub(super) fn timed(rule: &Automation) -> bool {
    matches!(rule.trigger.kind, TriggerKind::Idle | TriggerKind::Date)
}

/// What is due by now and has not run yet, in the order of rules, then of deals' ids.
#[must_use]
pub fn due(world: &World, now: Millis, today: NaiveDate) -> Vec<Firing> {
    let rules = working(world).into_iter().filter(|rule| timed(rule));
    rules
        .flat_map(|rule| due_for(world, rule, now, today))
        .collect()
}

/// The same for one rule.
#[must_use]
pub fn due_for(world: &World, rule: &Automation, now: Millis, today: NaiveDate) -> Vec<Firing> {
    let deals = world.state.tables.deals.iter();
    let mut found: Vec<Firing> = deals
        .filter_map(|deal| timed_occasion(world, rule, deal, now, today))
        .filter(|firing| world.state.tables.runs.row(firing.run).is_none())
        .filter(|firing| applies(world, rule, firing.deal, now, today))
        .collect();
    found.order_by_key(|firing| firing.deal);
    found
}

fn timed_occasion(
    world: &World,
    rule: &Automation,
    deal: &Deal,
    now: Millis,
    today: NaiveDate,
) -> Option<Firing> {
    let days = rule.trigger.days;
    match rule.trigger.kind {
        TriggerKind::Idle => {
            if deal.outcome.status() != Status::Open {
                return None;
            }
            let idle = idle(world, deal, now, today);
            let past = i64::from(idle.days) >= days.max(1) && !idle.planned;
            let since = now - i64::from(idle.days) * DAY;
            // Idle from before the rule worked counts from then on: it is idle now.
            past.then(|| {
                let cause = match idle.days {
                    1 => String::from("Nothing happened for 1 day"),
                    n => format!("Nothing happened for {n} days"),
                };
                // One run for each idle time: its first day tells it from the next one.
                Firing::new(rule, deal.id(), &[(since / DAY) as u64], cause)
            })
        }
        TriggerKind::Date => {
            let date = date_of(world, deal, &rule.trigger.field)?;
            let at = shifted(date, days)?;
            let oldest = today.checked_sub_days(Days::new(CATCH_UP))?;
            let begun = super::field::civil(rule.since);
            let counts = at <= today && at >= oldest && begun.is_none_or(|begun| at >= begun);
            counts.then(|| {
                let name = super::field::label(world, &rule.trigger.field);
                let cause = match days {
                    0 => format!("{name} is today or was {date}"),
                    n if n < 0 => format!("{} days before {name} ({date})", -n),
                    n => format!("{n} days after {name} ({date})"),
                };
                let key = [
                    chrono::Datelike::num_days_from_ce(&date) as u64,
                    days as u64,
                ];
                Firing::new(rule, deal.id(), &key, cause)
            })
        }
        _ => None,
    }
}

fn shifted(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    let by = Days::new(days.unsigned_abs());
    match days < 0 {
        true => date.checked_sub_days(by),
        false => date.checked_add_days(by),
    }
}
