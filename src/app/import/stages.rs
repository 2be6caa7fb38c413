//! Where the stages a file names lead to: stages here, new ones, or an outcome.

use super::alias::plain;
use super::near::fold;
use super::plan::Plan;
use super::survey::{StageValue, Survey};
use crate::domain::deal::Status;
use crate::domain::ids::{PipelineId, StageId};
use crate::domain::stage::StageKind;
use crate::domain::state::State;

/// A stage as files name it, both names folded; the pipeline is empty where none is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StageKey {
    /// The pipeline's name.
    pub pipeline: String,
    /// The stage's name.
    pub stage: String,
}

impl StageKey {
    /// The key of names as they stand in a file.
    #[must_use]
    pub fn new(pipeline: &str, stage: &str) -> Self {
        Self {
            pipeline: fold(pipeline),
            stage: fold(stage),
        }
    }
}

/// Where a pipeline named in a file leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PipelineTo {
    /// To one that is here.
    Here(PipelineId),
    /// To a new one of this name.
    New(String),
}

/// Where a stage named in a file leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StageTo {
    /// To a stage that is here.
    Here(StageId),
    /// To a new stage of that name.
    New(StageKind),
    /// To an outcome; the deal was last worked on in the stage given.
    Closed {
        /// Won, lost or on hold.
        status: Status,
        /// Where it stood.
        stood: Stood,
    },
    /// Nowhere: rows with it are not imported.
    Leave,
}

/// In which stage a closed deal stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stood {
    /// In the furthest open stage that the file names.
    #[default]
    Furthest,
    /// In a stage that is here.
    Here(StageId),
    /// In the stage another value of the file leads to.
    Like(StageKey),
}

/// A status by the words people and systems use for it.
#[must_use]
pub fn status_of(text: &str) -> Option<Status> {
    let words = plain(text);
    let is = |list: &str| list.split('|').any(|w| w == words);
    let begins = |word: &str| words.starts_with(word);
    if is("won|win|success|successful|sold|gewonnen|gagné|ganado|deal won")
        || begins("closed won")
        || begins("close won")
    {
        Some(Status::Won)
    } else if is(
        "lost|lose|dead|declined|rejected|disqualified|abandoned|verloren|perdu|perdido|deal lost|no sale",
    ) || begins("closed lost")
        || begins("close lost")
    {
        Some(Status::Lost)
    } else if is("on hold|hold|onhold|paused|parked|postponed|deferred|stalled") {
        Some(Status::OnHold)
    } else if is("open|active|in progress|ongoing") {
        Some(Status::Open)
    } else {
        None
    }
}

/// Words in names of stages, with the usual chance to win in percent there. They only
/// place a new stage among the others; the person's own history replaces them later.
const LADDER: [(&str, u8); 33] = [
    ("lead", 5),
    ("new", 5),
    ("inbound", 5),
    ("backlog", 5),
    ("prospect", 10),
    ("contact", 12),
    ("engag", 15),
    ("connect", 15),
    ("appointment", 20),
    ("screen", 20),
    ("qualif", 22),
    ("discover", 30),
    ("meeting", 30),
    ("analys", 35),
    ("need", 35),
    ("evaluat", 40),
    ("demo", 45),
    ("presentation", 45),
    ("value", 50),
    ("solution", 50),
    ("decision", 52),
    ("perception", 55),
    ("trial", 55),
    ("pilot", 55),
    ("proof", 55),
    ("proposal", 60),
    ("quot", 60),
    ("offer", 60),
    ("negotiat", 75),
    ("review", 75),
    ("contract", 85),
    ("legal", 85),
    ("verbal", 90),
];

/// The usual chance to win in a stage of this name, when a word of it is known.
#[must_use]
pub fn usual_chance(name: &str) -> Option<u8> {
    let words = plain(name);
    let known = |(start, chance): &(&str, u8)| {
        words
            .split(' ')
            .any(|w| w.starts_with(start))
            .then_some(*chance)
    };
    LADDER.iter().filter_map(known).max()
}

/// Where a pipeline leads if nobody says otherwise: to the one of that name; else, when
/// the files name one pipeline only or none, to the first one here; else to a new one.
#[must_use]
pub fn default_pipeline(survey: &Survey, state: &State, named: &str) -> PipelineTo {
    let pipelines = state.pipelines();
    if let Some(same) = pipelines.iter().find(|p| fold(&p.name) == fold(named)) {
        return PipelineTo::Here(same.id);
    }
    match pipelines.first() {
        Some(first) if named.trim().is_empty() || survey.pipelines.len() <= 1 => {
            PipelineTo::Here(first.id)
        }
        _ if named.trim().is_empty() => PipelineTo::New("Sales".to_owned()),
        _ => PipelineTo::New(named.trim().to_owned()),
    }
}

/// Where a pipeline leads by the plan.
#[must_use]
pub fn pipeline_to(plan: &Plan, survey: &Survey, state: &State, named: &str) -> PipelineTo {
    match plan.pipelines.get(&fold(named)) {
        Some(PipelineTo::Here(id)) if state.tables.pipelines.get(*id).is_none() => {
            default_pipeline(survey, state, named)
        }
        Some(chosen) => chosen.clone(),
        None => default_pipeline(survey, state, named),
    }
}

/// Where a stage leads if nobody says otherwise: to the stage of that name in its
/// pipeline; to the outcome it names; else to a new stage, a won one when all its deals
/// are won.
#[must_use]
pub fn default_stage(value: &StageValue, pipeline: &PipelineTo, state: &State) -> StageTo {
    if let PipelineTo::Here(id) = pipeline {
        let stages = state.stages(*id);
        if value.stage.trim().is_empty() {
            let first = stages.iter().find(|s| s.kind == StageKind::Open);
            return first.map_or(StageTo::Leave, |s| StageTo::Here(s.id));
        }
        let same = stages
            .iter()
            .find(|s| fold(&s.name) == fold(&value.stage))
            .or_else(|| {
                stages
                    .iter()
                    .find(|s| plain(&s.name) == plain(&value.stage))
            });
        if let Some(same) = same {
            return StageTo::Here(same.id);
        }
    }
    match status_of(&value.stage) {
        Some(status) if status != Status::Open => StageTo::Closed {
            status,
            stood: Stood::Furthest,
        },
        _ if value.is_all(Status::Won) => StageTo::New(StageKind::Won),
        _ => StageTo::New(StageKind::Open),
    }
}

/// Where a stage leads by the plan. A choice that names what is gone falls back to the
/// default.
#[must_use]
pub fn stage_to(plan: &Plan, survey: &Survey, state: &State, value: &StageValue) -> StageTo {
    let pipeline = pipeline_to(plan, survey, state, &value.pipeline);
    let lives = |id: &StageId| match &pipeline {
        PipelineTo::Here(p) => state
            .tables
            .stages
            .get(*id)
            .is_some_and(|s| s.pipeline == *p),
        PipelineTo::New(_) => false,
    };
    match plan.stages.get(&value.key()) {
        Some(StageTo::Here(id)) if !lives(id) => default_stage(value, &pipeline, state),
        Some(StageTo::Closed {
            status,
            stood: Stood::Here(id),
        }) if !lives(id) => StageTo::Closed {
            status: *status,
            stood: Stood::Furthest,
        },
        Some(chosen) => chosen.clone(),
        None => default_stage(value, &pipeline, state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_go_by_many_words() {
        for (text, status) in [
            ("Won", Some(Status::Won)),
            ("Closed Won (Sales pipeline)", Some(Status::Won)),
            ("closedlost", None),
            ("Closed Lost", Some(Status::Lost)),
            ("ON-HOLD", Some(Status::OnHold)),
            ("Open", Some(Status::Open)),
            ("Engaging", None),
            ("Closing", None),
        ] {
            assert_eq!(status_of(text), status, "{text}");
        }
    }

    #[test]
    fn a_stage_is_placed_by_its_words() {
        assert_eq!(usual_chance("Engaging"), Some(15));
        assert_eq!(usual_chance("Qualified lead"), Some(22));
        assert_eq!(usual_chance("Proposal/Price Quote"), Some(60));
        assert_eq!(usual_chance("Rubicon"), None);
    }
}
