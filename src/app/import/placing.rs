//! Where a deal stands, since when, how it came there and how it ended.

use super::alias::entered_stage;
use super::cells::Cells;
use super::list;
use super::settle::{Stages, Standing};
use super::stages::{StageKey, status_of};
use super::target::Target;
use super::what::What;
use crate::app::export_csv::{NOW, WITHIN};
use crate::codec::csv::{DateOrder, Moment, parse_moment};
use crate::domain::deal::{Closure, Outcome, Status};
use crate::domain::ids::StageId;
use crate::domain::order::Order;
use crate::domain::stage::StageKind;
use crate::domain::stamp::Millis;

/// A deal's way through the pipeline, as far as its row tells.
#[derive(Debug)]
pub(super) struct Placed {
    /// Stages entered, in strictly increasing time; never empty. In the last one it stands.
    pub(super) entries: Vec<(Millis, StageId)>,
    /// Open, or how it ended.
    pub(super) outcome: Outcome,
    /// True when the row itself gives the date of the outcome.
    pub(super) is_dated: bool,
    /// When it came into the world.
    pub(super) created: Millis,
    /// True when the row gives any date of its beginning.
    pub(super) has_beginning: bool,
    /// True when the file names an outcome and no stage, so that the stage is a guess.
    pub(super) is_stage_guessed: bool,
}

impl Placed {
    pub(super) fn stage(&self) -> StageId {
        self.entries.last().map_or(StageId(0), |(_, stage)| *stage)
    }

    pub(super) fn since(&self) -> Millis {
        self.entries.last().map_or(0, |(since, _)| *since)
    }
}

/// Two entries at one time would have no order.
const STEP: Millis = 1_000;

/// Reads where a deal stands. `None` when its stage is not to be imported, or when it is closed on
/// a day that is still to come; both are noted.
pub(super) fn read(c: &mut Cells<'_>, stages: &Stages) -> Option<Placed> {
    let pipeline = c.text(Target::Pipeline).unwrap_or_default();
    let stage_text = c.expected(Target::Stage).unwrap_or_default();
    let standing = stages
        .by_key
        .get(&StageKey::new(pipeline, stage_text))
        .copied();
    let Some(Standing::In {
        stage,
        status: named,
        worked,
    }) = standing
    else {
        c.note_at(Target::Stage, stage_text, What::LeftOut);
        return None;
    };
    let status = status(c, named, stages.kind(stage));
    let begun = [Target::StageSince, Target::Engaged, Target::Created].map(|t| (t, c.past(t)));
    let [(_, since), (_, engaged), (_, created)] = begun;
    let now = c.setting.now;
    let mut entries = history(c, stages, pipeline, stage);
    let mut first = entries.first().map(|(at, _)| *at);
    let (outcome, closing, is_dated) = outcome(c, status)?;
    let last = final_stage(stages, stage, status);
    let work = worked.unwrap_or(stage);
    if status == Status::Open {
        if entries.last().map(|(_, s)| *s) != Some(last) {
            let at = since.or(if entries.is_empty() {
                engaged.or(created)
            } else {
                None
            });
            if at.is_none() {
                c.note_at(begin_column(c), "", What::NoSince);
            }
            entries.push((at.unwrap_or(now), last));
        }
    } else {
        if entries.is_empty()
            && let Some(at) = engaged.or(since).or(created)
            && (stages.kind(work) == StageKind::Open || closing.is_none())
        {
            entries.push((in_time(c, at, closing), work));
        }
        if entries.last().map(|(_, s)| *s) != Some(last) {
            entries.push((closing.unwrap_or(now), last));
        }
    }
    first = first.or(engaged).or(since);
    straighten(&mut entries);
    let known = [created, first, closing.filter(|_| is_dated)];
    let earliest = known.into_iter().flatten().min();
    Some(Placed {
        created: earliest.unwrap_or(now).min(now),
        has_beginning: created.or(first).is_some(),
        is_stage_guessed: named.is_some(),
        entries,
        outcome,
        is_dated,
    })
}

/// The status column, the outcome the stage's word names, and the type of the stage
/// agree mostly; where not, one that closes the deal wins over open.
fn status(c: &mut Cells<'_>, named: Option<Status>, kind: StageKind) -> Status {
    let mut column = None;
    if let Some(text) = c.text(Target::Status) {
        column = status_of(text);
        if column.is_none() {
            let done = "the stage decides";
            c.note_at(
                Target::Status,
                text,
                What::UnknownWord(Target::Status, done),
            );
        }
    }
    [column, named, Some(kind.status())]
        .into_iter()
        .flatten()
        .find(|s| *s != Status::Open)
        .unwrap_or(Status::Open)
}

/// The column a missing beginning is reported at.
fn begin_column(c: &Cells<'_>) -> Target {
    let columns = [Target::StageSince, Target::Engaged, Target::Created];
    columns
        .into_iter()
        .find(|t| c.has(*t))
        .unwrap_or(Target::Stage)
}

/// The beginning, not after the end.
fn in_time(c: &mut Cells<'_>, begun: Millis, closing: Option<Millis>) -> Millis {
    const HALF_A_DAY: Millis = 12 * 3_600_000;
    match closing {
        Some(end) if begun > end => {
            // Within a day it is only noon against a time of day.
            if begun - end > HALF_A_DAY {
                let target = begin_column(c);
                let text = c.text(target).unwrap_or_default();
                c.note_at(target, text, What::ClosedBeforeBegun);
            }
            end
        }
        _ => begun,
    }
}

/// Where a deal of this status stands: in the stage of that type if the pipeline has one,
/// else where it stood.
fn final_stage(stages: &Stages, stage: StageId, status: Status) -> StageId {
    let kind = match status {
        Status::Open => return stage,
        Status::Won => StageKind::Won,
        Status::Lost => StageKind::Lost,
        Status::OnHold => StageKind::OnHold,
    };
    if stages.kind(stage) == kind {
        stage
    } else {
        stages.closing(stage, kind).unwrap_or(stage)
    }
}

/// How the deal ended, when, and whether the row says when. None when that day is still to come.
fn outcome(c: &mut Cells<'_>, status: Status) -> Option<(Outcome, Option<Millis>, bool)> {
    if status == Status::Open {
        for target in [Target::Reason, Target::ClosingNote] {
            if let Some(text) = c.text(target) {
                c.note_at(target, text, What::NotForOpen(target));
            }
        }
        return Some((Outcome::Open, None, false));
    }
    let said = c.moment(Target::ClosedOn);
    let moment = said.or_else(|| match status {
        // The close date of a deal put aside is still the expected one.
        Status::OnHold => None,
        _ => c.moment(Target::CloseDate),
    });
    let today = c.setting.today;
    let ahead = moment.is_some_and(|m| m.date > today);
    let (what, target) = match (moment, said) {
        (None, _) => (Some(What::NoClosingDate), closing_column(c)),
        (_, Some(_)) if ahead && status == Status::OnHold => {
            (Some(What::Future(Target::ClosedOn)), Target::ClosedOn)
        }
        (_, Some(_)) if ahead => (Some(What::NotYetClosed), Target::ClosedOn),
        // One column for both dates: of a closed deal it may still hold the expected one.
        _ if ahead => (Some(What::ExpectedOnly), Target::CloseDate),
        _ => (None, Target::ClosedOn),
    };
    let refused = what == Some(What::NotYetClosed);
    let counts = what != Some(What::ExpectedOnly);
    if let Some(what) = what {
        let text = moment.and_then(|_| c.text(target)).unwrap_or_default();
        c.note_at(target, text, what);
    }
    if refused {
        return None;
    }
    let moment = moment.filter(|_| counts);
    let at = moment.unwrap_or(Moment {
        date: today,
        time: None,
        offset_minutes: None,
    });
    let text = |target| c.text(target).unwrap_or_default().to_owned();
    let closure = Closure {
        on: at.date,
        reason: text(Target::Reason),
        note: c.joined(Target::ClosingNote, "\n").unwrap_or_default(),
        competitor: text(Target::Competitor),
    };
    let closing = c.setting.millis(at).min(c.setting.now);
    Some((
        Outcome::new(status, closure),
        Some(closing),
        moment.is_some(),
    ))
}

fn closing_column(c: &Cells<'_>) -> Target {
    let columns = [Target::ClosedOn, Target::CloseDate];
    columns
        .into_iter()
        .find(|t| c.has(*t))
        .unwrap_or(Target::Stage)
}

/// The stage entries a row tells of: one cell with all of them, or columns that each name
/// a stage in their heading.
fn history(
    c: &mut Cells<'_>,
    stages: &Stages,
    pipeline: &str,
    beside: StageId,
) -> Vec<(Millis, StageId)> {
    let find = |name: &str| match stages.by_key.get(&StageKey::new(pipeline, name)) {
        Some(Standing::In {
            stage,
            status: None,
            ..
        }) => Some(*stage),
        _ => stages.named(beside, name),
    };
    let mut entries = Vec::new();
    if let Some(cell) = c.text(Target::StageHistory) {
        for part in list::read(cell, &[';']) {
            let read = split_entry(&part).and_then(|(elsewhere, name, moment)| {
                let stage = match elsewhere {
                    None => find(name),
                    Some(other) => match stages.by_key.get(&StageKey::new(other, name)) {
                        Some(Standing::In { stage, .. }) => Some(*stage),
                        _ => None,
                    },
                };
                Some((c.setting.millis(moment), stage?))
            });
            match read {
                Some(entry) => entries.push(entry),
                None => {
                    let what = What::UnknownWord(Target::StageHistory, "left out");
                    c.note_at(Target::StageHistory, &part, what);
                }
            }
        }
    }
    for (column, text) in c.filled(Target::EnteredStage) {
        let plan = &c.file.columns[column];
        let stage = entered_stage(c.file.heading(column)).and_then(|name| find(&name));
        match (stage, parse_moment(text, plan.dates)) {
            (Some(stage), Ok(moment)) => entries.push((c.setting.millis(moment), stage)),
            (None, _) => {
                let what = What::UnknownWord(Target::EnteredStage, "left out");
                c.note(column, text, what);
            }
            (_, Err(reason)) => {
                c.note(column, text, What::Unreadable(Target::EnteredStage, reason));
            }
        }
    }
    entries.retain(|(at, _)| *at <= c.setting.now);
    entries.order_by_key(|(at, _)| *at);
    entries.dedup_by_key(|(_, stage)| *stage);
    entries
}

/// `Proposal @ 2026-02-03T04:05:06Z` in its parts; with the pipeline in front where that is
/// another one than the deal's. Of a stage that is gone, the one that took its deals.
pub(super) fn split_entry(part: &str) -> Option<(Option<&str>, &str, Moment)> {
    let (name, at) = part.rsplit_once(" @ ")?;
    let moment = parse_moment(at, DateOrder::DayFirst).ok()?;
    let gone = name.strip_suffix(')').and_then(|n| n.rsplit_once(NOW));
    let (name, now) = match gone {
        Some((gone, now)) => (gone, Some(now)),
        None => (name, None),
    };
    Some(match name.split_once(WITHIN) {
        Some((pipeline, stage)) => (Some(pipeline.trim()), now.unwrap_or(stage).trim(), moment),
        None => (None, now.unwrap_or(name).trim(), moment),
    })
}

/// Makes the times strictly increase.
fn straighten(entries: &mut [(Millis, StageId)]) {
    for at in 1..entries.len() {
        let before = entries[at - 1].0;
        if entries[at].0 <= before {
            entries[at].0 = before + STEP;
        }
    }
}
