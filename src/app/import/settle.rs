//! From choices to stages with ids: what new pipelines and stages an import makes, and
//! where each stage value of the files leads.

use super::near::fold;
use super::plan::Plan;
use super::stages::{PipelineTo, StageKey, StageTo, Stood, pipeline_to, stage_to, usual_chance};
use super::survey::{StageValue, Survey};
use crate::domain::change::Edit;
use crate::domain::deal::Status;
use crate::domain::ids::{IdSource, PipelineId, StageId};
use crate::domain::order::Order;
use crate::domain::rank::Rank;
use crate::domain::stage::{Hue, PipelineField, StageField, StageKind};
use crate::domain::state::State;
use std::collections::{BTreeMap, HashMap};

/// Where the rows of one stage value go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// They are not imported.
    Leave,
    /// To a stage, or closed out of one.
    In {
        /// The stage they stand or stood in.
        stage: StageId,
        /// The outcome the value names, if it names one.
        status: Option<Status>,
        /// The stage they were worked in before, when `stage` is no open one.
        worked: Option<StageId>,
    },
}

/// A stage as it will be.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub(super) pipeline: PipelineId,
    pub(super) name: String,
    pub(super) kind: StageKind,
    /// Place among all stages of all pipelines.
    pub(super) order: usize,
    pub(super) is_new: bool,
}

/// All stages as they will be, and what leads where.
#[derive(Debug, Default)]
pub(super) struct Stages {
    pub(super) by_key: HashMap<StageKey, Standing>,
    pub(super) all: HashMap<StageId, Settled>,
    /// From folded names of pipeline and stage, for stage histories.
    by_name: HashMap<(PipelineId, String), StageId>,
    /// The edits that make the new ones.
    pub(super) edits: Vec<Edit>,
    /// Names of the new ones, in order.
    pub(super) made: Vec<String>,
}

impl Stages {
    /// The first stage of a kind in the pipeline of a stage.
    pub(super) fn closing(&self, beside: StageId, kind: StageKind) -> Option<StageId> {
        let pipeline = self.all.get(&beside)?.pipeline;
        let of_kind = self
            .all
            .iter()
            .filter(|(_, s)| s.pipeline == pipeline && s.kind == kind);
        of_kind.min_by_key(|(_, s)| s.order).map(|(id, _)| *id)
    }

    /// The stage of a name in the pipeline of another stage.
    pub(super) fn named(&self, beside: StageId, name: &str) -> Option<StageId> {
        let pipeline = self.all.get(&beside)?.pipeline;
        self.by_name.get(&(pipeline, fold(name))).copied()
    }

    pub(super) fn kind(&self, stage: StageId) -> StageKind {
        self.all.get(&stage).map_or(StageKind::Open, |s| s.kind)
    }
}

/// A stage of a pipeline being put in order.
struct Slot {
    id: StageId,
    name: String,
    kind: StageKind,
    rank: Rank,
    chance: u8,
    rot_days: Option<u16>,
    is_new: bool,
    /// Whether a value of the files leads here.
    is_named: bool,
}

/// In which stage the deals of each stage value stand or last stood, by name; without those
/// that are not imported.
#[must_use]
pub fn standing_names(plan: &Plan, survey: &Survey, state: &State) -> BTreeMap<StageKey, String> {
    let stages = settle(plan, survey, state, &mut IdSource::new(0));
    let name = |standing: &Standing| match standing {
        Standing::In { stage, .. } => stages.all.get(stage).map(|s| s.name.clone()),
        Standing::Leave => None,
    };
    let named = stages.by_key.iter();
    named
        .filter_map(|(key, standing)| Some((key.clone(), name(standing)?)))
        .collect()
}

/// Settles all stages of a plan.
pub(super) fn settle(plan: &Plan, survey: &Survey, state: &State, ids: &mut IdSource) -> Stages {
    let mut stages = Stages::default();
    // Pipelines first; several names may lead to one.
    let mut pipelines: Vec<(PipelineTo, PipelineId, Vec<&StageValue>)> = Vec::new();
    for value in &survey.stages {
        let to = pipeline_to(plan, survey, state, &value.pipeline);
        match pipelines.iter_mut().find(|(known, ..)| *known == to) {
            Some((.., values)) => values.push(value),
            None => {
                let id = match &to {
                    PipelineTo::Here(id) => *id,
                    PipelineTo::New(name) => {
                        new_pipeline(name, &mut stages, state, &pipelines.len(), ids)
                    }
                };
                pipelines.push((to, id, vec![value]));
            }
        }
    }
    let mut order = 0;
    for (_, pipeline, values) in &pipelines {
        let targets: Vec<(&StageValue, StageTo)> = values
            .iter()
            .map(|v| (*v, stage_to(plan, survey, state, v)))
            .collect();
        let slots = line_up(*pipeline, &targets, state, ids);
        write_new(*pipeline, &slots, &mut stages);
        resolve(&targets, &slots, &mut stages);
        for slot in slots {
            stages
                .by_name
                .entry((*pipeline, fold(&slot.name)))
                .or_insert(slot.id);
            stages.all.insert(
                slot.id,
                Settled {
                    pipeline: *pipeline,
                    name: slot.name,
                    kind: slot.kind,
                    order,
                    is_new: slot.is_new,
                },
            );
            order += 1;
        }
    }
    stages
}

fn new_pipeline(
    name: &str,
    stages: &mut Stages,
    state: &State,
    before: &usize,
    ids: &mut IdSource,
) -> PipelineId {
    let id: PipelineId = ids.fresh();
    let last = state.pipelines().last().map(|p| p.rank.clone());
    let mut rank = Rank::between(last.as_ref(), None);
    // Several new ones in a row: each after the one before.
    for _ in 0..*before {
        rank = Rank::between(Some(&rank), None);
    }
    stages
        .edits
        .push(Edit::Pipeline(id, PipelineField::Name(name.to_owned())));
    stages
        .edits
        .push(Edit::Pipeline(id, PipelineField::Rank(rank)));
    stages.made.push(format!("{name} (pipeline)"));
    id
}

/// The stages of a pipeline in order, the new ones among those that are here.
fn line_up(
    pipeline: PipelineId,
    targets: &[(&StageValue, StageTo)],
    state: &State,
    ids: &mut IdSource,
) -> Vec<Slot> {
    let mut slots: Vec<Slot> = state
        .stages(pipeline)
        .into_iter()
        .map(|s| Slot {
            id: s.id,
            name: s.name.clone(),
            kind: s.kind,
            rank: s.rank.clone(),
            chance: s.probability,
            rot_days: s.rot_days,
            is_new: false,
            is_named: targets.iter().any(|(_, to)| *to == StageTo::Here(s.id)),
        })
        .collect();
    let is_fresh = slots.is_empty();
    let named = |s: &&Slot| s.is_named && s.kind == StageKind::Open;
    // A name that tells nothing goes behind the furthest stage the files name.
    let unknown = slots.iter().rev().find(named).map_or(50, |s| s.chance);
    let mut wanted: Vec<(u8, &StageValue, StageKind)> = Vec::new();
    for (value, to) in targets {
        if let StageTo::New(kind) = to
            && !wanted
                .iter()
                .any(|(_, other, _)| other.key().stage == value.key().stage)
        {
            let chance = usual_chance(&value.stage).unwrap_or(unknown);
            wanted.push((
                if *kind == StageKind::Won { 100 } else { chance },
                value,
                *kind,
            ));
        }
    }
    wanted.order_by_key(|(chance, value, _)| (*chance, value.order));
    for (chance, value, kind) in wanted {
        let name = match value.stage.trim() {
            "" => "Imported",
            name => name,
        };
        insert(&mut slots, name, kind, chance, ids);
    }
    if is_fresh && !slots.iter().any(|s| s.kind == StageKind::Open) {
        insert(&mut slots, "Open", StageKind::Open, 10, ids);
    }
    if is_fresh && !slots.iter().any(|s| s.kind == StageKind::Won) {
        insert(&mut slots, "Won", StageKind::Won, 100, ids);
    }
    slots
}

fn insert(slots: &mut Vec<Slot>, name: &str, kind: StageKind, chance: u8, ids: &mut IdSource) {
    let at = match kind {
        StageKind::Open => slots
            .iter()
            .rposition(|s| s.kind == StageKind::Open && s.chance <= chance)
            .map_or(0, |before| before + 1),
        _ => slots.len(),
    };
    let low = at.checked_sub(1).and_then(|n| slots.get(n));
    let rank = Rank::between(low.map(|s| &s.rank), slots.get(at).map(|s| &s.rank));
    // As patient as the stage before it.
    let rot_days = match kind {
        StageKind::Open => low.map_or(Some(14), |s| s.rot_days),
        _ => None,
    };
    let slot = Slot {
        id: ids.fresh(),
        name: name.to_owned(),
        kind,
        rank,
        chance,
        rot_days,
        is_new: true,
        is_named: true,
    };
    slots.insert(at, slot);
}

fn write_new(pipeline: PipelineId, slots: &[Slot], stages: &mut Stages) {
    for (at, slot) in slots.iter().enumerate().filter(|(_, s)| s.is_new) {
        let hue = match slot.kind {
            StageKind::Won => Hue::Green,
            _ => Hue::ALL[at % Hue::ALL.len()],
        };
        let fields = [
            StageField::Pipeline(pipeline),
            StageField::Name(slot.name.clone()),
            StageField::Rank(slot.rank.clone()),
            StageField::Kind(slot.kind),
            StageField::Probability(slot.chance),
            StageField::RotDays(slot.rot_days),
            StageField::Hue(hue),
        ];
        stages.edits.extend(fields.map(|f| Edit::Stage(slot.id, f)));
        stages.made.push(slot.name.clone());
    }
}

/// Works out where each value leads, now that all stages are known.
fn resolve(targets: &[(&StageValue, StageTo)], slots: &[Slot], stages: &mut Stages) {
    let open = |s: &&Slot| s.kind == StageKind::Open;
    let first = slots.iter().find(open).or(slots.first());
    // Nothing named is open: all that is known is that the deals began somewhere.
    let furthest = slots
        .iter()
        .rev()
        .filter(open)
        .find(|s| s.is_named)
        .or(first)
        .map(|s| s.id);
    let mut direct: BTreeMap<StageKey, StageId> = BTreeMap::new();
    for (value, to) in targets {
        let id = match to {
            StageTo::Here(id) => Some(*id),
            StageTo::New(_) => {
                let name = match value.stage.trim() {
                    "" => "Imported",
                    name => name,
                };
                slots
                    .iter()
                    .find(|s| s.is_new && fold(&s.name) == fold(name))
                    .map(|s| s.id)
            }
            StageTo::Closed { .. } | StageTo::Leave => None,
        };
        if let Some(id) = id {
            direct.insert(value.key(), id);
        }
    }
    for (value, to) in targets {
        let standing = match to {
            StageTo::Leave => Some(Standing::Leave),
            StageTo::Here(_) | StageTo::New(_) => direct.get(&value.key()).map(|id| {
                let is_open = slots
                    .iter()
                    .any(|s| s.id == *id && s.kind == StageKind::Open);
                let worked = if is_open { None } else { furthest };
                Standing::In {
                    stage: *id,
                    status: None,
                    worked,
                }
            }),
            StageTo::Closed { status, stood } => {
                let stage = match stood {
                    Stood::Furthest => furthest,
                    Stood::Here(id) => Some(*id),
                    Stood::Like(key) => direct.get(key).copied().or(furthest),
                };
                stage.map(|stage| Standing::In {
                    stage,
                    status: Some(*status),
                    worked: None,
                })
            }
        };
        stages
            .by_key
            .insert(value.key(), standing.unwrap_or(Standing::Leave));
    }
}
