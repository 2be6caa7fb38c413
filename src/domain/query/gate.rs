//! What a deal is missing for a move to a later stage.

use super::condition::{FieldInfo, Home, Scope, Subject, Test, field, fields};
use super::qualify::qualification;
use crate::domain::deal::Deal;
use crate::domain::gate::{Criterion, GateMode, GateSide};
use crate::domain::ids::{CriterionId, DealId, StageId};
use crate::domain::order::Order;
use crate::domain::rule::{Condition, Op};
use crate::domain::stage::{Stage, StageKind};
use crate::domain::state::State;
use crate::domain::world::World;
use chrono::NaiveDate;

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A criterion is not ticked off.
    Criterion {
        /// Which.
        id: CriterionId,
        /// What has to hold.
        text: String,
        /// Ticking it off needs evidence.
        evidence: bool,
    },
    /// A field is empty.
    Field {
        /// Its name, as [`Stage::required`] has it.
        name: String,
        /// What people call it.
        label: String,
    },
    /// Too few contacts.
    Contacts {
        /// How many it should have.
        need: usize,
        /// How many it has.
        have: usize,
    },
    /// Too little is known.
    Qualified {
        /// Percent it should have.
        need: u8,
        /// Percent it has.
        have: u8,
    },
    /// Answers given before this stage are not confirmed.
    Confirm {
        /// How many.
        count: usize,
    },
}

impl Missing {
    /// As it is shown and kept with an override.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Criterion { text, .. } => text.clone(),
            Self::Field { label, .. } => format!("{label} is not filled in"),
            Self::Contacts { need, have } => format!("{have} of {need} contacts"),
            Self::Qualified { need, have } => format!("Qualified {have} % of {need} %"),
            Self::Confirm { count: 1 } => String::from("1 answer to confirm"),
            Self::Confirm { count } => format!("{count} answers to confirm"),
        }
    }
}

/// One thing that is missing, for which stage, and how much that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// The stage that asks for it.
    pub stage: StageId,
    /// On the way in or out of it.
    pub side: GateSide,
    /// Warn or block.
    pub mode: GateMode,
    /// What.
    pub what: Missing,
}

/// All a deal is missing for a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Which deal; of one that is about to be made, an id that need not be the one it gets.
    pub deal: DealId,
    /// What it is called.
    pub title: String,
    /// From which stage; where it comes from outside of the pipeline, from its first one.
    pub from: StageId,
    /// To which.
    pub to: StageId,
    /// What, in the order of the stages; never empty.
    pub lacks: Vec<Lack>,
}

impl Gap {
    /// The strictest of what is missing.
    #[must_use]
    pub fn mode(&self) -> GateMode {
        self.lacks
            .iter()
            .map(|l| l.mode)
            .max()
            .unwrap_or(GateMode::Off)
    }

    /// What is missing, in words, each once.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for lack in &self.lacks {
            let text = lack.what.text();
            if !all.contains(&text) {
                all.push(text);
            }
        }
        all
    }
}

/// The criteria of one side of a stage, in their order.
#[must_use]
pub fn criteria(state: &State, stage: StageId, side: GateSide) -> Vec<&Criterion> {
    let all = state.tables.criteria.iter();
    let mut all: Vec<&Criterion> = all.filter(|c| c.stage == stage && c.side == side).collect();
    all.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
    all
}

/// What people call the fields a stage can require: of the deal and of its organisation.
#[must_use]
pub fn requirable(state: &State) -> Vec<FieldInfo> {
    const KNOWN: [&str; 14] = [
        "deal.value",
        "deal.close",
        "deal.organisation",
        "deal.owner",
        "deal.category",
        "deal.source",
        "deal.products",
        "deal.description",
        "organisation.industry",
        "organisation.employees",
        "organisation.revenue",
        "organisation.budget",
        "organisation.decision",
        "organisation.pains",
    ];
    let mut all = fields(state, Scope::All);
    all.retain(|f| {
        KNOWN.contains(&f.what.as_str()) || (f.what.contains(".custom.") && f.home != Home::Contact)
    });
    all
}

/// The name in conditions of a field that a stage requires: a deal's fields go by their
/// names in files, an organisation's begin with `organisation.`.
#[must_use]
pub fn what_of(required: &str) -> String {
    if required.starts_with("organisation.") {
        required.to_owned()
    } else {
        format!("deal.{required}")
    }
}

/// The name a stage keeps of a field it requires.
#[must_use]
pub fn required_name(field: &FieldInfo) -> String {
    field
        .what
        .strip_prefix("deal.")
        .unwrap_or(&field.what)
        .to_owned()
}

/// The way of a move: the stages it passes, and on which sides.
struct Way<'w> {
    stages: Vec<&'w Stage>,
    /// The first one is entered too: the deal was not in its pipeline before.
    enters: bool,
    /// The last one is left too: the deal is won there.
    leaves: bool,
}

/// Whether a stage is a step on the way: those for lost and put aside deals are none.
fn is_step(stage: &Stage) -> bool {
    !matches!(stage.kind, StageKind::Lost | StageKind::OnHold)
}

/// The way of a move; none unless it is one forward. A deal that is new, or comes from another
/// pipeline, goes all the way from the first stage on. Losing a deal or putting it aside is no
/// move forward.
fn way(state: &State, from: Option<StageId>, to: StageId) -> Option<Way<'_>> {
    let target = state.tables.stages.get(to).filter(|s| is_step(s))?;
    let all = state.stages(target.pipeline);
    let place = |id| all.iter().position(|s| s.id == id);
    let (first, last) = (from.and_then(place), place(to)?);
    let begin = first.unwrap_or(0);
    if first.is_some_and(|first| first >= last) {
        return None;
    }
    let mut stages: Vec<&Stage> = all[begin..=last].to_vec();
    stages.retain(|s| Some(s.id) == from || is_step(s));
    Some(Way {
        stages,
        enters: first.is_none(),
        leaves: false,
    })
}

/// What a deal is missing for a move from one stage to another; none when nothing is, or
/// when it is no move forward. Of stages whose gate is off nothing is missing. `from` is none for
/// a deal that is about to be made.
#[must_use]
pub fn missing(world: &World, deal: &Deal, from: Option<StageId>, to: StageId) -> Option<Gap> {
    lacking(world, deal, way(&world.state, from, to)?)
}

/// What a deal is missing to be won in a pipeline that has no stage for won deals: all that the
/// stages from its own on ask for.
#[must_use]
pub fn missing_to_win(world: &World, deal: &Deal, from: StageId) -> Option<Gap> {
    let stage = world.state.tables.stages.get(from)?;
    let all = world.state.stages(stage.pipeline);
    let at = all.iter().position(|s| s.id == from)?;
    let mut stages: Vec<&Stage> = all[at..].to_vec();
    stages.retain(|s| s.id == from || is_step(s));
    let way = Way {
        stages,
        enters: false,
        leaves: true,
    };
    lacking(world, deal, way)
}

fn lacking(world: &World, deal: &Deal, way: Way<'_>) -> Option<Gap> {
    let (from, to) = (way.stages.first()?.id, way.stages.last()?.id);
    let last = way.stages.len() - 1;
    let mut lacks = Vec::new();
    for (at, stage) in way.stages.into_iter().enumerate() {
        if at > 0 || way.enters {
            lacks.extend(of_side(world, deal, stage, GateSide::Entry));
        }
        if at < last || way.leaves {
            lacks.extend(of_side(world, deal, stage, GateSide::Exit));
        }
    }
    lacks.retain(|lack| lack.mode != GateMode::Off);
    let lacks = each_once(lacks);
    (!lacks.is_empty()).then_some(Gap {
        deal: deal.id,
        title: deal.title.clone(),
        from,
        to,
        lacks,
    })
}

/// What several stages on the way ask for is asked once: a field at the first of them, but as
/// strictly as the strictest; contacts and qualification at the one that asks for most.
fn each_once(all: Vec<Lack>) -> Vec<Lack> {
    let mut kept: Vec<Lack> = Vec::with_capacity(all.len());
    for lack in all {
        let same = kept.iter_mut().find(|k| match (&k.what, &lack.what) {
            (Missing::Field { name, .. }, Missing::Field { name: other, .. }) => name == other,
            (Missing::Contacts { .. }, Missing::Contacts { .. })
            | (Missing::Qualified { .. }, Missing::Qualified { .. })
            | (Missing::Confirm { .. }, Missing::Confirm { .. }) => true,
            _ => false,
        });
        let Some(known) = same else {
            kept.push(lack);
            continue;
        };
        known.mode = known.mode.max(lack.mode);
        let more = match (&known.what, &lack.what) {
            (Missing::Contacts { need, .. }, Missing::Contacts { need: other, .. }) => other > need,
            (Missing::Qualified { need, .. }, Missing::Qualified { need: other, .. }) => {
                other > need
            }
            _ => false,
        };
        if more {
            known.what = lack.what;
        }
    }
    kept
}

/// What a deal lacks on one side of a stage, whatever the stage's gate.
#[must_use]
pub fn of_side(world: &World, deal: &Deal, stage: &Stage, side: GateSide) -> Vec<Lack> {
    let state = &world.state;
    let lack = |mode, what| Lack {
        stage: stage.id,
        side,
        mode,
        what,
    };
    let unticked = criteria(state, stage.id, side)
        .into_iter()
        .filter(|c| deal.checks.get(c.id).is_none());
    let mut lacks: Vec<Lack> = unticked
        .map(|c| {
            lack(
                stage.gate,
                Missing::Criterion {
                    id: c.id,
                    text: c.text.clone(),
                    evidence: c.evidence,
                },
            )
        })
        .collect();
    if side == GateSide::Entry {
        return lacks;
    }
    for name in &stage.required {
        if let Some(label) = empty(world, deal, name) {
            let name = name.clone();
            lacks.push(lack(stage.gate, Missing::Field { name, label }));
        }
    }
    let (need, have) = (usize::from(stage.contacts), contact_count(world, deal));
    if have < need {
        lacks.push(lack(
            stage.gate.min(GateMode::Warn),
            Missing::Contacts { need, have },
        ));
    }
    if let Some(known) = qualification(state, deal) {
        let (need, have) = (stage.qualified, known.percent);
        if have < need {
            lacks.push(lack(stage.gate, Missing::Qualified { need, have }));
        }
        let count = known.stale();
        if stage.reask && count > 0 {
            lacks.push(lack(stage.gate, Missing::Confirm { count }));
        }
    }
    lacks
}

/// What people call the field when it is empty; none when it is filled in, or gone.
fn empty(world: &World, deal: &Deal, name: &str) -> Option<String> {
    let what = what_of(name);
    let info = field(&world.state, &what)?;
    // What is made in the same change as the move is not in the world yet.
    let tables = &world.state.tables;
    let made = match name {
        "organisation" => deal
            .organisation
            .is_some_and(|id| tables.organisations.row(id).is_none()),
        "products" => deal
            .products
            .iter()
            .any(|id| tables.products.row(*id).is_none()),
        _ => false,
    };
    if made {
        return None;
    }
    let set = Condition {
        what,
        op: Op::Set,
        with: Vec::new(),
    };
    let test = Test::read(&world.state, &set, Scope::All).ok()?;
    // Whether something is there does not depend on the time.
    let subject = Subject::deal(world, deal, 0, NaiveDate::default());
    let label = match info.home {
        Home::Organisation => format!("Organisation: {}", info.label),
        _ => info.label,
    };
    (!test.holds(&subject)).then_some(label)
}

/// How many contacts a deal has; those about to be made among them.
#[must_use]
pub fn contact_count(world: &World, deal: &Deal) -> usize {
    let contacts = &world.state.tables.contacts;
    let gone = |id| contacts.row(id).is_some_and(|row| row.entity.deleted);
    deal.contacts.iter().filter(|c| !gone(c.contact)).count()
}
