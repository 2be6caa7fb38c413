//! How far a deal is qualified: what its pipeline's framework asks, what is known, what is not.

use crate::domain::deal::Deal;
use crate::domain::ids::{FrameworkId, QuestionId};
use crate::domain::order::Order;
use crate::domain::qualify::{Answer, FULL_SCORE, Framework, Question};
use crate::domain::state::{StageEntry, State};
use chrono::{DateTime, NaiveDate};

/// One question with what the deal says to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'w> {
    /// The question.
    pub question: &'w Question,
    /// What is known.
    pub answer: Option<&'w Answer>,
    /// The answer was given before the deal entered a stage that asks again.
    pub stale: bool,
}

impl Asked<'_> {
    /// From 0 to [`FULL_SCORE`].
    #[must_use]
    pub fn score(&self) -> u8 {
        self.answer.map_or(0, |a| a.score.min(FULL_SCORE))
    }

    /// Nothing is known, or so little that it is no ground to stand on.
    #[must_use]
    pub fn is_gap(&self) -> bool {
        self.score() < 2
    }
}

/// A deal's qualification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualification<'w> {
    /// By which framework.
    pub framework: &'w Framework,
    /// Its questions in order.
    pub questions: Vec<Asked<'w>>,
    /// 0 to 100: Σ weight × score of Σ weight × full score, rounded down. 100 without questions.
    pub percent: u8,
}

impl<'w> Qualification<'w> {
    /// The questions of which too little is known.
    pub fn gaps(&self) -> impl Iterator<Item = &Asked<'w>> {
        self.questions.iter().filter(|q| q.is_gap())
    }

    /// How many answers have to be confirmed.
    #[must_use]
    pub fn stale(&self) -> usize {
        self.questions.iter().filter(|q| q.stale).count()
    }
}

/// The frameworks in their order.
#[must_use]
pub fn frameworks(state: &State) -> Vec<&Framework> {
    let mut all: Vec<&Framework> = state.tables.frameworks.iter().collect();
    all.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
    all
}

/// The questions of a framework in their order.
#[must_use]
pub fn questions(state: &State, framework: FrameworkId) -> Vec<&Question> {
    let all = state.tables.questions.iter();
    let mut all: Vec<&Question> = all.filter(|q| q.framework == framework).collect();
    all.order_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
    all
}

/// The framework of a deal's pipeline, when it has one that is still there.
#[must_use]
pub fn framework_of<'w>(state: &'w State, deal: &Deal) -> Option<&'w Framework> {
    let pipeline = state.tables.pipelines.get(state.stage_of(deal)?.pipeline)?;
    state.tables.frameworks.get(pipeline.framework?)
}

/// A deal's qualification; none where its pipeline has chosen no framework.
#[must_use]
pub fn qualification<'w>(state: &'w State, deal: &'w Deal) -> Option<Qualification<'w>> {
    let framework = framework_of(state, deal)?;
    let entries = state.stage_entries(deal.id);
    let asking = entries.iter().rposition(|e| asks_again(state, e));
    let questions: Vec<Asked> = questions(state, framework.id)
        .into_iter()
        .map(|question| {
            let answer = deal.answers.get(question.id);
            let stale = match (answer, asking) {
                (Some(answer), Some(at)) => is_stale(answer, &entries, at),
                _ => false,
            };
            Asked {
                question,
                answer,
                stale,
            }
        })
        .collect();
    let percent = percent(questions.iter().map(|q| (q.question.weight, q.score())));
    Some(Qualification {
        framework,
        questions,
        percent,
    })
}

/// The share of what can be known that is known, of weights and scores.
#[must_use]
pub fn percent(scores: impl Iterator<Item = (u8, u8)>) -> u8 {
    let (mut known, mut all) = (0_u32, 0_u32);
    for (weight, score) in scores {
        let weight = u32::from(weight.max(1));
        known += weight * u32::from(score.min(FULL_SCORE));
        all += weight * u32::from(FULL_SCORE);
    }
    match all {
        0 => 100,
        // At most 100, as no score is above the full one.
        all => (known * 100 / all) as u8,
    }
}

fn asks_again(state: &State, entry: &StageEntry) -> bool {
    let stage = state.standing(entry.stage);
    stage
        .and_then(|id| state.tables.stages.get(id))
        .is_some_and(|s| s.reask)
}

/// Whether an answer is older than the entry at `at`. Answers have a civil date and entries a
/// moment, which may name different days around midnight; within a day of each other the
/// stage the deal stood in when it was answered decides.
fn is_stale(answer: &Answer, entries: &[StageEntry], at: usize) -> bool {
    let asked = entries[at];
    match (answer.on - day_of(asked.since)).num_days() {
        ..=-2 => true,
        2.. => false,
        _ => !entries[at..].iter().any(|e| e.stage == answer.stage),
    }
}

pub(super) fn day_of(ms: i64) -> NaiveDate {
    DateTime::from_timestamp_millis(ms).map_or(NaiveDate::MIN, |time| time.date_naive())
}

/// Whether a question belongs to a framework still in use; an answer to another one is kept
/// but not shown.
#[must_use]
pub fn is_asked(state: &State, deal: &Deal, question: QuestionId) -> bool {
    let framework = framework_of(state, deal).map(|f| f.id);
    let question = state.tables.questions.get(question);
    question.is_some_and(|q| Some(q.framework) == framework)
}
