//! Occasions that come with time: a deal was idle for so long, a date came.

use super::field::date_of;
use super::words::{count_days, day_words, on_date};
use super::zone::{When, day};
use super::{Firing, applies, working};
use crate::domain::automation::{Automation, TriggerKind};
use crate::domain::deal::{Deal, Status};
use crate::domain::entity::Entity;
use crate::domain::ids::RunId;
use crate::domain::order::Order;
use crate::domain::query::idle::{DAY, idle};
use crate::domain::world::World;
use chrono::{DateTime, Datelike, Days, NaiveDate};
use std::cell::OnceCell;

/// Whether any rule that works waits for time to pass.
#[must_use]
pub fn has_timed(world: &World) -> bool {
    working(world).iter().any(|rule| timed(rule))
}

pub(super) fn timed(rule: &Automation) -> bool {
    matches!(rule.trigger.kind, TriggerKind::Idle | TriggerKind::Date)
}

/// What is due by now and has not run yet, in the order of rules, then of deals' ids. What
/// became due while no page was open is among it, however long that was.
#[must_use]
pub fn due(world: &World, when: When) -> Vec<Firing> {
    let rules = working(world).into_iter().filter(|rule| timed(rule));
    let runs = &world.state.tables.runs;
    rules
        .flat_map(|rule| due_for(world, rule, when, |run| runs.row(run).is_some()))
        .collect()
}

/// The same for one rule; `done` says which runs there were.
pub(super) fn due_for(
    world: &World,
    rule: &Automation,
    when: When,
    done: impl Fn(RunId) -> bool,
) -> Vec<Firing> {
    let deals = world.state.tables.deals.iter();
    // The words of its date, the same for all deals; made when the first one has come to it.
    let said = OnceCell::new();
    let mut found: Vec<Firing> = deals
        .filter_map(|deal| timed_occasion(world, rule, deal, when, &said))
        .filter(|firing| !done(firing.run))
        .filter(|firing| applies(world, rule, firing.deal, when.now, when.today))
        .collect();
    found.order_by_key(|firing| firing.deal);
    found
}

fn timed_occasion(
    world: &World,
    rule: &Automation,
    deal: &Deal,
    when: When,
    said: &OnceCell<String>,
) -> Option<Firing> {
    match rule.trigger.kind {
        TriggerKind::Idle => quiet(world, rule, deal, when),
        TriggerKind::Date => dated(world, rule, deal, when, said),
        _ => None,
    }
}

fn quiet(world: &World, rule: &Automation, deal: &Deal, when: When) -> Option<Firing> {
    if deal.outcome.status() != Status::Open {
        return None;
    }
    let idle = idle(world, deal, when.now, when.today);
    // Idle from before the rule worked counts too: it is idle now.
    let past = i64::from(idle.days) >= rule.trigger.days.max(1) && !idle.planned;
    past.then(|| {
        let cause = format!("Nothing happened for {}", count_days(idle.days.into()));
        // One run for each idle time, at whatever hour it is found: its first day tells it
        // from the next one, which begins a day later at the earliest.
        let key = idle.since.div_euclid(DAY) as u64;
        Firing::new(rule, deal.id(), &[key], cause)
    })
}

fn dated(
    world: &World,
    rule: &Automation,
    deal: &Deal,
    when: When,
    said: &OnceCell<String>,
) -> Option<Firing> {
    let (field, days) = (&rule.trigger.field, rule.trigger.days);
    let date = date_of(world, deal, field, when.zone).filter(|_| concerns(rule, deal))?;
    let at = shifted(date, days)?;
    let begun = day(rule.since, when.zone).filter(|_| rule.since != 0);
    let born = day(world.state.tables.born(deal.id().into()).ms(), when.zone);
    // What was over before the deal came here, in a file of last year, is no occasion.
    let news = born.is_none_or(|born| date.max(at) >= born);
    let counts = at <= when.today && news && begun.is_none_or(|begun| at >= begun);
    counts.then(|| {
        let said = said.get_or_init(|| on_date(world, field, days));
        let cause = format!("{said} ({})", day_words(date));
        Firing::new(
            rule,
            deal.id(),
            &[date_key(deal, field, date), days as u64],
            cause,
        )
    })
}

/// The date as part of a key: the same for everybody, wherever they are.
fn date_key(deal: &Deal, field: &str, date: NaiveDate) -> u64 {
    let date = match field {
        "deal.created" => DateTime::from_timestamp_millis(deal.created).map(|t| t.date_naive()),
        _ => None,
    }
    .unwrap_or(date);
    date.num_days_from_ce() as u64
}

/// Whether a deal is one that a date still means something for: a close to come for open
/// ones, a renewal for won ones, others unless lost. A rule that asks for a status itself
/// decides itself.
fn concerns(rule: &Automation, deal: &Deal) -> bool {
    if rule.conditions.iter().any(|c| c.what == "deal.status") {
        return true;
    }
    let status = deal.outcome.status();
    match rule.trigger.field.as_str() {
        "deal.close" => status == Status::Open,
        "deal.renewal" => status == Status::Won,
        _ => status != Status::Lost,
    }
}

fn shifted(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    let by = Days::new(days.unsigned_abs());
    match days < 0 {
        true => date.checked_sub_days(by),
        false => date.checked_add_days(by),
    }
}
