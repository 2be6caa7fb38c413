//! The sample as it was lived: deals begin with the value and the close date one hoped for, and
//! change with what was learnt, so that what changed lately, slips and forecasts of the past have
//! something to tell.

use super::generate::workday;
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::deal::{DealField, ForecastCategory};
use crate::domain::ids::{DealId, IdMap, IdSource, PersonId, StageId};
use crate::domain::insight::trail::noon;
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::query::idle::DAY;
use crate::domain::stamp::Millis;
use chrono::{DateTime, Days, NaiveDate};

/// The seed of the changes: everybody gets the same.
const SEED: u64 = 41;

/// One change of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Later {
    /// When, in milliseconds since 1970.
    pub at: Millis,
    /// Who made it.
    pub author: Option<PersonId>,
    /// What was meant.
    pub intent: Intent,
    /// What it sets.
    pub edits: Vec<Edit>,
}

/// The sample, in the order in which it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// When it begins, in milliseconds since 1970: before anything in it.
    pub begins: Millis,
    /// What there is from the beginning, and what says itself since when it is.
    pub base: Vec<Edit>,
    /// Settings of the workspace: of now.
    pub settings: Vec<Edit>,
    /// What changed in the course of time, the oldest first.
    pub later: Vec<Later>,
}

/// What the edits say of one deal.
#[derive(Clone, Debug, Default)]
struct Life {
    title: String,
    created: Millis,
    end: Option<NaiveDate>,
    stages: Vec<(Millis, StageId)>,
    value: Option<Money>,
    close: Option<NaiveDate>,
    owner: Option<PersonId>,
    priced: bool,
}

/// Tells the edits of the sample as a story until `now`.
#[must_use]
pub fn lived(edits: Vec<Edit>, now: Millis) -> Story {
    let (order, lives) = lives(&edits);
    let stages: Vec<StageId> = first_six(&edits);
    let mut later = Vec::new();
    let mut begun: IdMap<DealId, Begun> = IdMap::default();
    for (n, id) in order.iter().enumerate() {
        let mut rng = IdSource::new(SEED ^ ((n as u64) << 20));
        let Some(life) = lives.get(id) else { continue };
        begun.insert(*id, live(*id, life, &stages, now, &mut rng, &mut later));
    }
    later.order_by_key(|change: &Later| change.at);
    let begins = lives.values().map(|life| life.created).min();
    let (settings, base) = edits
        .into_iter()
        .map(|edit| as_begun(edit, &begun))
        .partition(|edit| matches!(edit, Edit::Workspace(..)));
    Story {
        begins: begins.unwrap_or(now) - DAY,
        base,
        settings,
        later,
    }
}

/// What a deal began with.
#[derive(Clone, Copy, Debug)]
struct Begun {
    value: Option<Money>,
    close: Option<NaiveDate>,
}

fn as_begun(edit: Edit, begun: &IdMap<DealId, Begun>) -> Edit {
    let Edit::Deal(id, field) = edit else {
        return edit;
    };
    let first = begun.get(&id);
    Edit::Deal(
        id,
        match (field, first) {
            (DealField::Value(_), Some(first)) => DealField::Value(first.value),
            (DealField::Close(_), Some(first)) => DealField::Close(first.close),
            (DealField::Category(_), _) => DealField::Category(None),
            (other, _) => other,
        },
    )
}

fn lives(edits: &[Edit]) -> (Vec<DealId>, IdMap<DealId, Life>) {
    let mut order = Vec::new();
    let mut lives: IdMap<DealId, Life> = IdMap::default();
    for edit in edits {
        let Edit::Deal(id, field) = edit else {
            continue;
        };
        let life = lives.entry(*id).or_insert_with(|| {
            order.push(*id);
            Life::default()
        });
        match field {
            DealField::Title(title) => life.title.clone_from(title),
            DealField::Created(at) => life.created = *at,
            DealField::Outcome(outcome) => life.end = outcome.closure().map(|c| c.on),
            DealField::Placement(p) => life.stages.push((p.since, p.stage)),
            DealField::Value(value) => life.value = *value,
            DealField::Close(close) => life.close = *close,
            DealField::Owner(owner) => life.owner = *owner,
            DealField::Priced(priced) => life.priced = *priced,
            _ => {}
        }
    }
    (order, lives)
}

/// The open stages of the sample, in their order: those of its first pipeline.
fn first_six(edits: &[Edit]) -> Vec<StageId> {
    use crate::domain::stage::{StageField, StageKind};
    let mut stages: Vec<(crate::domain::rank::Rank, StageId)> = Vec::new();
    let open = |id: StageId| {
        edits.iter().any(
            |edit| matches!(edit, Edit::Stage(other, StageField::Kind(StageKind::Open)) if *other == id),
        )
    };
    for edit in edits {
        if let Edit::Stage(id, StageField::Rank(rank)) = edit
            && open(*id)
        {
            stages.push((rank.clone(), *id));
        }
    }
    stages.order();
    stages.into_iter().map(|(_, id)| id).collect()
}

/// One deal's changes; gives back what it began with.
fn live(
    id: DealId,
    life: &Life,
    stages: &[StageId],
    now: Millis,
    rng: &mut IdSource,
    later: &mut Vec<Later>,
) -> Begun {
    let mut say = |at: Millis, field: DealField| {
        later.push(Later {
            at,
            author: life.owner,
            intent: Intent::new(IntentKind::EditDeal, format!("Changed {}", life.title)),
            edits: vec![Edit::Deal(id, field)],
        });
    };
    let end = life.end.map_or(now, noon).min(now);
    let reached = |n: usize| {
        let stage = stages.get(n)?;
        let at = life.stages.iter().find(|(_, s)| s == stage)?.0;
        (at < end).then_some(at)
    };
    let calls = [
        ForecastCategory::Pipeline,
        ForecastCategory::BestCase,
        ForecastCategory::Commit,
    ];
    for (n, category) in calls.into_iter().enumerate() {
        // Not everybody makes a call on every deal.
        if let Some(at) = reached(3 + n).filter(|_| rng.below(100) < 85) {
            say(at + 20 * MINUTE, DealField::Category(Some(category)));
        }
    }
    let mut value = life.value;
    if let Some(last) = life.value.filter(|_| !life.priced)
        && let Some(at) = reached(2 + rng.below(3) as usize).map(|at| at + DAY)
        && at < end
        && rng.below(100) < 55
    {
        let share = [60, 75, 80, 90, 110, 120, 135][rng.below(7) as usize];
        let round = 50_000_i64;
        let first = (last.minor / 100 * share / round).max(1) * round;
        value = Some(Money::new(first, last.currency));
        say(at, DealField::Value(Some(last)));
    }
    let close = life.close.map(|last| {
        let (first, moves) = slips(life.created, end, last, rng);
        for (at, day) in moves {
            say(at, DealField::Close(Some(day)));
        }
        first
    });
    Begun { value, close }
}

const MINUTE: Millis = 60_000;

/// The close date hoped for at first, and each time it was put to another day: put off when it
/// came near, and brought in when things went well. The last one is `last`.
fn slips(
    created: Millis,
    end: Millis,
    last: NaiveDate,
    rng: &mut IdSource,
) -> (NaiveDate, Vec<(Millis, NaiveDate)>) {
    let Some(start) = day_of(created) else {
        return (last, Vec::new());
    };
    let hoped = workday(start + Days::new(45 + rng.below(50)));
    let mut day = hoped;
    let mut moves = Vec::new();
    // Some see it coming, some only when the day has passed.
    let notice = [6, 3, 1][rng.below(3) as usize];
    loop {
        let at = noon(day - Days::new(notice)) + (rng.below(240) as Millis) * MINUTE;
        let next = workday(day + Days::new(12 + rng.below(30)));
        if at >= end || next >= last || moves.len() > 4 {
            break;
        }
        if at > created {
            moves.push((at, next));
        }
        day = next;
    }
    if day != last {
        let since = moves.last().map_or(created, |(at, _)| *at);
        // Known some days before it is over.
        let at = since.max(end - 9 * DAY + (rng.below(5) as Millis) * DAY) + 90 * MINUTE;
        match at < end {
            true => moves.push((at, last)),
            // Too short a life for any change.
            false if moves.is_empty() => return (last, moves),
            false => {}
        }
    }
    (hoped, moves)
}

fn day_of(at: Millis) -> Option<NaiveDate> {
    DateTime::from_timestamp_millis(at).map(|t| t.date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::sample;
    use crate::app::session::{Effect, Moment, Session};
    use crate::domain::change::{Change, Kind};
    use crate::domain::command::Command;
    use crate::domain::deal::Status;
    use crate::domain::insight::past::world_at;
    use crate::domain::insight::trail::Trails;
    use crate::domain::money::Currency;
    use crate::domain::stamp::Stamp;
    use crate::domain::world::World;

    fn at() -> Moment {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        Moment {
            now: 1_795_428_000_000,
            today,
        }
    }

    fn told() -> (Session, Vec<Change>) {
        let mut session = Session::new(World::default(), Stamp::ZERO, 1);
        let story = lived(sample(7, at(), Currency::EUR), at().now);
        let done = session.bring_story(story, at()).unwrap();
        let log = done.effects.into_iter().find_map(|effect| match effect {
            Effect::Persist { changes, .. } => Some(changes),
            _ => None,
        });
        (session, log.unwrap())
    }

    #[test]
    fn it_ends_as_the_sample_says_but_for_calls_on_what_is_over() {
        let mut plain = Session::new(World::default(), Stamp::ZERO, 1);
        let intent = Intent::new(IntentKind::LoadSample, "Loaded the sample");
        let edits = sample(7, at(), Currency::EUR);
        plain
            .command(Command::Bring { intent, edits }, at())
            .unwrap();
        let (told, _) = told();
        for deal in plain.world().state.tables.deals.iter() {
            let other = told.world().state.tables.deals.get(deal.id).unwrap();
            assert_eq!(
                (&deal.title, deal.value, deal.close),
                (&other.title, other.value, other.close)
            );
            assert_eq!(deal.outcome, other.outcome);
        }
    }

    #[test]
    fn one_undo_takes_it_back_and_one_press_removes_it() {
        let alive = |s: &Session| s.world().alive_ids::<DealId>(Kind::Deal).len();
        let (mut session, _) = told();
        assert!(alive(&session) > 200);
        assert_eq!(session.undo_label(), Some("Loaded the sample"));
        session.undo(at());
        assert_eq!(alive(&session), 0);
        assert!(session.world().state.is_new());
        session.redo(at());
        assert!(alive(&session) > 200);
        let (mut session, _) = told();
        session.command(Command::RemoveSample, at()).unwrap();
        assert!(session.world().state.is_new());
        assert_eq!(alive(&session), 0);
    }

    #[test]
    fn deals_slip_change_in_value_and_are_called_before_they_close() {
        let (session, log) = told();
        let trails = Trails::read(&log);
        let (mut slipped, mut pushed) = (0, 0);
        let all = session.world().alive_ids::<DealId>(Kind::Deal);
        for id in &all {
            let trail = trails.of(*id);
            assert!(
                trail.events.iter().all(|(when, _)| *when < at().now + DAY),
                "{trail:?}"
            );
            let pushes = trail.pushes();
            slipped += usize::from(pushes > 0);
            pushed += usize::from(pushes);
        }
        assert!(
            slipped * 5 > all.len() && slipped * 10 < all.len() * 9,
            "{slipped}"
        );
        assert!(pushed < all.len() * 3, "{pushed}");
        // A year ago the team was at work, on what one knew then.
        let then = world_at(log, at().now - 200 * DAY);
        let deals: Vec<_> = then.state.tables.deals.iter().collect();
        let open = deals
            .iter()
            .filter(|d| d.outcome.status() == Status::Open)
            .count();
        assert!(
            open > 10 && deals.len() < all.len(),
            "{open} of {}",
            deals.len()
        );
        assert!(
            deals
                .iter()
                .all(|d| !d.title.is_empty() && d.value.is_some())
        );
    }
}
