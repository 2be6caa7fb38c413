//! The stages as figures need them: numbered, in order, with what standing in them means.

use crate::domain::ids::{IdMap, PipelineId, StageId};
use crate::domain::stage::StageKind;
use crate::domain::state::State;

/// One stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageFact {
    /// Which.
    pub id: StageId,
    /// Of which pipeline.
    pub pipeline: PipelineId,
    /// The number of that pipeline in [`Stages::pipelines`].
    pub in_pipeline: u16,
    /// Its place in it, from 0.
    pub place: u16,
    /// What standing in it means.
    pub kind: StageKind,
    /// The chance to win of a deal in it, in percent.
    pub probability: u8,
    /// Days without a sign of life after which a deal in it counts as rotting, where set.
    pub rot_days: Option<u16>,
}

/// All stages that are not removed, pipeline by pipeline, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stages {
    /// The stages by number.
    pub list: Vec<StageFact>,
    /// The pipelines in their order.
    pub pipelines: Vec<PipelineId>,
    /// The number of every stage ever named, removed ones by where their deals stand.
    numbers: IdMap<StageId, u16>,
}

/// The number of no stage at all: in a workspace without any.
pub const NOWHERE: u16 = u16::MAX;

impl Stages {
    pub(super) fn over(state: &State) -> Self {
        let mut all = Self::default();
        for pipeline in state.pipelines() {
            let in_pipeline = all.pipelines.len() as u16;
            all.pipelines.push(pipeline.id);
            for (place, stage) in (0_u16..).zip(state.stages(pipeline.id)) {
                all.numbers.insert(stage.id, all.list.len() as u16);
                all.list.push(StageFact {
                    id: stage.id,
                    pipeline: pipeline.id,
                    in_pipeline,
                    place,
                    kind: stage.kind,
                    probability: stage.probability,
                    rot_days: stage.rot_days,
                });
            }
        }
        all
    }

    /// The number of the stage in which deals stand that name this one.
    pub(super) fn number(&mut self, state: &State, named: StageId) -> u16 {
        if let Some(number) = self.numbers.get(&named) {
            return *number;
        }
        let stands = state.standing(named).and_then(|id| self.find(id));
        let number = stands.unwrap_or(NOWHERE);
        self.numbers.insert(named, number);
        number
    }

    /// The number of a stage.
    #[must_use]
    pub fn find(&self, id: StageId) -> Option<u16> {
        self.numbers.get(&id).copied().filter(|n| *n != NOWHERE)
    }

    /// A stage by number.
    #[must_use]
    pub fn get(&self, number: u16) -> Option<&StageFact> {
        self.list.get(usize::from(number))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The numbers of the open stages of a pipeline, in their order.
    pub fn open_of(&self, pipeline: PipelineId) -> impl Iterator<Item = u16> + '_ {
        (0_u16..)
            .zip(&self.list)
            .filter(move |(_, s)| s.pipeline == pipeline && s.kind == StageKind::Open)
            .map(|(number, _)| number)
    }
}
