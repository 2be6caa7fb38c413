//! Deciding commands about experiments.

use super::{clean_name, decision};
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::experiment::{EndDraft, ExperimentCommand, ExperimentDraft};
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::experiment::{Assignment, Experiment, ExperimentField, ExperimentState};
use crate::domain::ids::{ExperimentId, PracticeId};
use crate::domain::insight::trial::{METRICS, findings};
use crate::domain::review::PracticeField;
use crate::domain::world::World;

/// The longest text kept, in characters.
const LONGEST: usize = 5_000;
/// The most ways that are tried side by side.
const ARMS: usize = 6;

pub(super) fn decide(
    world: &World,
    command: ExperimentCommand,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {
        ExperimentCommand::Save { id, draft } => save(world, id, *draft, ctx),
        ExperimentCommand::Start(id) => start(world, id, ctx),
        ExperimentCommand::End { id, draft } => end(world, id, *draft, ctx),
    }
}

fn said(text: String, edits: Vec<Edit>, id: ExperimentId) -> Decision {
    decision(
        Intent::new(IntentKind::Experiment, text),
        edits,
        Some(id.into()),
    )
}

fn known(world: &World, id: ExperimentId) -> Result<&Experiment, Refusal> {
    let found = world.state.tables.experiments.get(id);
    found.ok_or(Refusal::Gone("The experiment"))
}

fn text(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return Err(Refusal::field(
            field,
            "This can have 5,000 characters at most.",
        ));
    }
    Ok(text.to_owned())
}

fn required(field: &'static str, what: &str, why: &str) -> Result<String, Refusal> {
    let found = text(field, what)?;
    if found.is_empty() {
        return Err(Refusal::field(field, why));
    }
    Ok(found)
}

fn save(
    world: &World,
    id: Option<ExperimentId>,
    draft: ExperimentDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let state = &world.state;
    if let Some(id) = id
        && known(world, id)?.state != ExperimentState::Draft
    {
        return Err(Refusal::Impossible(
            "An experiment that has begun stays as it is: changed on the way, its result would mean nothing.".into(),
        ));
    }
    let name = clean_name("name", "An experiment", &draft.name)?;
    let hypothesis = required(
        "hypothesis",
        &draft.hypothesis,
        "Say what you believe, so that the result can show it wrong.",
    )?;
    let mut arms = draft.arms;
    if !(2..=ARMS).contains(&arms.len()) {
        return Err(Refusal::field(
            "arms",
            format!("An experiment compares two to {ARMS} ways."),
        ));
    }
    let mut seen = Vec::new();
    for arm in &mut arms {
        arm.name = clean_name("arms", "Each way", &arm.name)?;
        arm.text = text("arms", &arm.text)?;
        arm.tag = arm.tag.trim().to_owned();
        let key = arm.name.to_lowercase();
        if seen.contains(&key) {
            return Err(Refusal::field("arms", "Give each way a name of its own."));
        }
        seen.push(key);
        if !(1..=100).contains(&arm.weight) {
            return Err(Refusal::field(
                "arms",
                "Each way gets between 1 and 100 parts of the deals.",
            ));
        }
        if draft.assignment == Assignment::Tag && arm.tag.is_empty() {
            return Err(Refusal::field(
                "arms",
                "Say for each way which tag puts a deal into it.",
            ));
        }
    }
    if !METRICS.iter().any(|(code, _)| *code == draft.metric) {
        return Err(Refusal::field("metric", "Choose what is measured."));
    }
    if !(5..=900).contains(&draft.minimum) {
        return Err(Refusal::field(
            "minimum",
            "Choose a difference between half a point and 90 points.",
        ));
    }
    if !(50..=99).contains(&draft.power) {
        return Err(Refusal::field(
            "power",
            "Choose a power between 50 and 99 %.",
        ));
    }
    if !(1..=20).contains(&draft.alpha) {
        return Err(Refusal::field(
            "alpha",
            "Choose a rate of false alarms between 1 and 20 %.",
        ));
    }
    if draft
        .stage
        .is_some_and(|s| state.tables.stages.get(s).is_none())
    {
        return Err(Refusal::Gone("The stage"));
    }
    if draft
        .pipeline
        .is_some_and(|p| state.tables.pipelines.get(p).is_none())
    {
        return Err(Refusal::Gone("The pipeline"));
    }
    let pipeline = draft
        .stage
        .and_then(|s| state.tables.stages.get(s))
        .map_or(draft.pipeline, |s| Some(s.pipeline));
    let verb = if id.is_some() { "Changed" } else { "Prepared" };
    let is_new = id.is_none();
    let id = id.unwrap_or_else(|| ctx.ids.fresh());
    let mut fields = vec![
        ExperimentField::Name(name.clone()),
        ExperimentField::Hypothesis(hypothesis),
        ExperimentField::Arms(arms),
        ExperimentField::Assignment(draft.assignment),
        ExperimentField::Metric(draft.metric),
        ExperimentField::Minimum(draft.minimum),
        ExperimentField::Power(draft.power),
        ExperimentField::Alpha(draft.alpha),
        ExperimentField::Stage(draft.stage),
        ExperimentField::Pipeline(pipeline),
        ExperimentField::Owner(draft.owner.or(ctx.me)),
    ];
    if is_new {
        // Small enough to be the same number in every reader of the file.
        fields.push(ExperimentField::Seed((ctx.ids.next_u64() >> 32) as i64));
    }
    let edits = fields
        .into_iter()
        .map(|f| Edit::Experiment(id, f))
        .collect();
    Ok(said(format!("{verb} {name}"), edits, id))
}

fn start(world: &World, id: ExperimentId, ctx: &Ctx) -> Result<Decision, Refusal> {
    let experiment = known(world, id)?;
    if experiment.state != ExperimentState::Draft {
        return Err(Refusal::Impossible(
            "This experiment has begun already.".into(),
        ));
    }
    let edits = vec![
        Edit::Experiment(id, ExperimentField::State(ExperimentState::Running)),
        Edit::Experiment(id, ExperimentField::Begun(Some(ctx.today))),
    ];
    Ok(said(format!("Started {}", experiment.name), edits, id))
}

fn end(
    world: &World,
    id: ExperimentId,
    draft: EndDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let experiment = known(world, id)?;
    if experiment.state != ExperimentState::Running {
        return Err(Refusal::Impossible(
            "Only an experiment that runs can be ended.".into(),
        ));
    }
    let found = findings(world, experiment, ctx.now);
    let outcome = required(
        "outcome",
        &draft.outcome,
        "Say in a sentence what came of it.",
    )?;
    let early = if found.is_full() {
        String::new()
    } else {
        required(
            "early",
            &draft.early,
            "Not every way has the number of results that was planned. Say why you end it now: a result that is looked for until it pleases is none.",
        )?
    };
    let chosen = draft.chosen;
    let arm = chosen.map(|at| experiment.arms.get(usize::from(at)));
    let arm = match arm {
        Some(None) => return Err(Refusal::field("chosen", "Choose one of the ways.")),
        Some(Some(arm)) => Some(arm),
        None => None,
    };
    let mut edits: Vec<Edit> = [
        ExperimentField::State(ExperimentState::Ended),
        ExperimentField::Ended(Some(ctx.today)),
        ExperimentField::Outcome(outcome.clone()),
        ExperimentField::Chosen(chosen),
        ExperimentField::Early(early),
    ]
    .map(|f| Edit::Experiment(id, f))
    .into();
    if let (true, Some(arm)) = (draft.share, arm) {
        let practice: PracticeId = ctx.ids.fresh();
        let text = if arm.text.is_empty() {
            outcome
        } else {
            format!("{}\n\n{outcome}", arm.text)
        };
        let fields = [
            PracticeField::Title(arm.name.clone()),
            PracticeField::Text(text),
            PracticeField::By(experiment.owner.or(ctx.me)),
            PracticeField::On(Some(ctx.today)),
            PracticeField::Stage(experiment.stage),
            PracticeField::Experiment(Some(id)),
        ];
        edits.extend(fields.map(|f| Edit::Practice(practice, f)));
    }
    Ok(said(format!("Ended {}", experiment.name), edits, id))
}
