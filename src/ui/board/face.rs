//! What a card says about its deal.

use crate::app::session::Moment;
use crate::domain::activity::Activity;
use crate::domain::change::Kind;
use crate::domain::deal::{Deal, Status};
use crate::domain::ids::{DealId, OrgId};
use crate::domain::query::condition::Subject;
use crate::domain::query::idle::{Idle, idle, next_step};
use crate::domain::query::qualify::qualification;
use crate::domain::query::score::Grade;
use crate::domain::world::World;
use crate::ui::fmt;
use crate::ui::store::Store;
use chrono::NaiveDate;

/// A card's texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Face {
    /// To whom, by name.
    pub organisation: Option<(OrgId, String)>,
    /// Worth how much.
    pub value: Option<String>,
    /// Expected to close on, or closed on.
    pub close: Option<Day>,
    /// How long nothing happened; of open deals only.
    pub idle: Option<Idle>,
    /// What comes next; of open deals only.
    pub step: Option<Step>,
    /// By whom, by name.
    pub owner: Option<String>,
    /// The status, where it is not the one of the column.
    pub status: Option<Status>,
    /// Labels.
    pub tags: Vec<String>,
    /// Fit and engagement; of open deals, where there are scoring rules.
    pub grade: Option<Grade>,
    /// Percent qualified; of open deals, where the pipeline has a framework.
    pub qualified: Option<u8>,
}

/// A day on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Day {
    /// As short as can be.
    pub text: String,
    /// What happened or will happen then: “Expected close”.
    pub what: &'static str,
    /// It has passed and should not have.
    pub late: bool,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing is planned.
    None,
    /// Something to do.
    Planned {
        /// When.
        due: Option<Day>,
        /// What.
        subject: String,
    },
}

/// Reads a card's texts, with a dependency on all they are made of and on the day. None when
/// the deal is gone.
pub(super) fn read(store: Store, id: DealId) -> Option<Face> {
    store.track(id);
    let at = store.tick();
    let (organisation, owner, stage) = store.with(|s| {
        let state = &s.world().state;
        let deal = state.tables.deals.get(id)?;
        Some((
            deal.organisation,
            deal.owner,
            state.standing(deal.placement.stage),
        ))
    })?;
    if let Some(organisation) = organisation {
        store.track(organisation);
    }
    if let Some(owner) = owner {
        store.track(owner);
    }
    if let Some(stage) = stage {
        store.track(stage);
    }
    for kind in [
        Kind::Pipeline,
        Kind::Question,
        Kind::ScoreRule,
        Kind::Workspace,
    ] {
        store.track_kind(kind);
    }
    store.with(|s| {
        let world = s.world();
        let tables = &world.state.tables;
        let deal = tables.deals.get(id)?;
        let status = deal.outcome.status();
        let open = status == Status::Open;
        let own = world.state.stage_of(deal).map(|stage| stage.kind.status());
        Some(Face {
            organisation: organisation
                .and_then(|id| tables.organisations.get(id))
                .map(|o| (o.id, o.name.clone())),
            value: deal.value.map(fmt::money),
            close: close(deal, at.today),
            idle: open.then(|| idle(world, deal, at.now, at.today)),
            step: open.then(|| step(next_step(world, deal), at.today)),
            owner: owner
                .and_then(|id| tables.people.get(id))
                .map(|p| p.name.clone()),
            status: (own != Some(status)).then_some(status),
            tags: deal.tags.clone(),
            grade: open.then(|| grade(world, deal, at)).flatten(),
            qualified: open
                .then(|| qualification(&world.state, deal).map(|q| q.percent))
                .flatten(),
        })
    })
}

fn grade(world: &World, deal: &Deal, at: Moment) -> Option<Grade> {
    let subject = Subject::deal(world, deal, at.now, at.today);
    world.rules.scores.score(&subject).map(|score| score.grade)
}

fn close(deal: &Deal, today: NaiveDate) -> Option<Day> {
    let day = |date, what, late| Day {
        text: fmt::day_month(date),
        what,
        late,
    };
    match (deal.outcome.status(), deal.outcome.closure()) {
        (Status::Won, Some(closure)) => Some(day(closure.on, "Won", false)),
        (Status::Lost, Some(closure)) => Some(day(closure.on, "Lost", false)),
        (Status::OnHold, Some(closure)) => Some(day(closure.on, "On hold since", false)),
        _ => deal.close.map(|date| match date < today {
            true => day(date, "Overdue, expected to close", true),
            false => day(date, "Expected to close", false),
        }),
    }
}

fn step(next: Option<&Activity>, today: NaiveDate) -> Step {
    let Some(activity) = next else {
        return Step::None;
    };
    let due = activity.due.map(|date| Day {
        text: match (date - today).num_days() {
            0 => "Today".to_owned(),
            1 => "Tomorrow".to_owned(),
            _ => fmt::day_month(date),
        },
        what: if date < today { "Overdue since" } else { "Due" },
        late: date < today,
    });
    let subject = match activity.subject.trim() {
        "" => activity.kind.label().to_owned(),
        subject => subject.to_owned(),
    };
    Step::Planned { due, subject }
}
