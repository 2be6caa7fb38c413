//! One deal as a row.

use super::{Entry, Facts, Line, NEVER, Pushes, day_of};
use crate::domain::activity::ActivityKind;
use crate::domain::ids::DealId;
use crate::domain::insight::legs::{self, Leg};
use crate::domain::query::agenda::to_do;
use crate::domain::query::idle::activities;
use crate::domain::stamp::Stamp;
use crate::domain::world::World;

/// A row with its lists.
pub(super) struct Read {
    pub(super) line: Line,
    pub(super) entries: Vec<Entry>,
    pub(super) legs: Vec<Leg>,
    pub(super) planned: Vec<i32>,
}

/// Reads a deal; none where it is removed.
pub(super) fn read(
    facts: &mut Facts,
    world: &World,
    pushes: Pushes<'_>,
    id: DealId,
) -> Option<Read> {
    let state = &world.state;
    let row = state.tables.deals.row(id).filter(|r| !r.entity.deleted)?;
    let deal = &row.entity;
    let created = if deal.created > 0 {
        deal.created
    } else {
        // Nobody said: since it was written down.
        row.born.ms()
    };

    // The same rule as `query::idle`.
    let mut touched = deal.placement.since.max(deal.created);
    let (mut done, mut planned) = ([0_u16; 5], Vec::new());
    for activity in activities(world, deal) {
        match activity.done {
            Some(at) => {
                touched = touched.max(at);
                let count = &mut done[activity.kind as usize];
                *count = count.saturating_add(1);
            }
            None if activity.kind == ActivityKind::Note => {
                touched = touched.max(activity.created);
                let count = &mut done[ActivityKind::Note as usize];
                *count = count.saturating_add(1);
            }
            None => {}
        }
        if let Some(due) = activity.due.filter(|_| to_do(activity)) {
            planned.push(due.to_epoch_days());
        }
    }
    planned.sort_unstable();

    let raw = state.raw_entries(id);
    let mut entries: Vec<Entry> = Vec::with_capacity(raw.len());
    let mut note = |facts: &mut Facts, stage, since| {
        let stage = facts.stages.number(state, stage);
        if entries.last().is_none_or(|last| last.stage != stage) {
            let day = day_of(since);
            entries.push(Entry { stage, day });
        }
    };
    // Most deals had nothing undone; then there is nothing to work out.
    if raw.iter().all(|e| e.undoes == Stamp::ZERO) {
        for e in raw {
            note(facts, e.stage, e.since);
        }
    } else {
        for e in state.stage_entries(id) {
            note(facts, e.stage, e.since);
        }
    }

    let closure = deal.outcome.closure();
    let (status, closed) = (
        deal.outcome.status(),
        closure.map_or(NEVER, |c| c.on.to_epoch_days()),
    );
    let mut ways = Vec::with_capacity(entries.len());
    legs::read(&facts.stages, &entries, status, closed, &mut ways);
    let competitor = closure.map(|c| &c.competitor).filter(|c| !c.is_empty());
    let line = Line {
        ids: id,
        created: day_of(created),
        closed,
        status,
        value: deal.value.map_or(0, |v| v.minor),
        currency: facts
            .currencies
            .code_of(deal.value.map(|v| v.currency).as_ref()),
        stage: facts.stages.number(state, deal.placement.stage),
        owner: facts.owners.code_of(deal.owner.as_ref()),
        organisation: facts.organisations.code_of(deal.organisation.as_ref()),
        source: facts
            .sources
            .code_of(Some(&deal.source).filter(|s| !s.is_empty())),
        campaign: facts.campaigns.code_of(deal.campaign.as_ref()),
        competitor: facts.competitors.code_of(competitor),
        kind: deal.kind,
        close: deal.close.map_or(NEVER, |c| c.to_epoch_days()),
        probability: state.probability(deal),
        touched,
        updated: row.stamps.last().ms(),
        pushes: pushes(id),
        done,
    };
    Some(Read {
        line,
        entries,
        legs: ways,
        planned,
    })
}
