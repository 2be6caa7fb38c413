//! The beginning of a workspace, and the end of the sample.

use super::decision;
use crate::domain::activity::ActivityKind;
use crate::domain::cadence::{CadenceField, StepField};
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind, Kind};
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::ids::{CadenceId, FieldId, PipelineId, StageId, StepId};
use crate::domain::money::Currency;
use crate::domain::query::fields;
use crate::domain::rank::Rank;
use crate::domain::stage::{Hue, PipelineField, StageField, StageKind};
use crate::domain::workspace::{WORKSPACE, WorkspaceField};
use crate::domain::world::World;

/// What the first pipeline is called.
pub const PIPELINE_NAME: &str = "Sales";

/// A stage as a new pipeline gets it.
#[derive(Clone, Copy, Debug)]
pub struct StageTemplate {
    /// Its name.
    pub name: &'static str,
    /// What standing there means.
    pub kind: StageKind,
    /// Chance to win in percent.
    pub probability: u8,
    /// Days until a deal rots, 0 for never.
    pub rot_days: u16,
    /// Its colour.
    pub hue: Hue,
    /// What it is for.
    pub purpose: &'static str,
}

const fn open(
    name: &'static str,
    probability: u8,
    rot_days: u16,
    hue: Hue,
    purpose: &'static str,
) -> StageTemplate {
    StageTemplate {
        name,
        kind: StageKind::Open,
        probability,
        rot_days,
        hue,
        purpose,
    }
}

/// The seven stages a sales guide names; the chances are a common starting point, to be
/// replaced by the workspace's own history.
pub const STAGES: [StageTemplate; 7] = [
    open(
        "Prospecting",
        10,
        21,
        Hue::Slate,
        "Fits the ideal customer profile; first contact is being made.",
    ),
    open(
        "Qualification",
        20,
        14,
        Hue::Sky,
        "Need, budget, authority and timing are being found out.",
    ),
    open(
        "Needs Analysis",
        40,
        14,
        Hue::Blue,
        "What has to change for them, and what that is worth, is being written down together.",
    ),
    open(
        "Proposal",
        60,
        10,
        Hue::Violet,
        "An offer is with the customer.",
    ),
    open(
        "Negotiation",
        75,
        10,
        Hue::Amber,
        "Terms are being settled with the people who decide.",
    ),
    open(
        "Close",
        90,
        7,
        Hue::Orange,
        "Agreed in words; signature and order are under way.",
    ),
    StageTemplate {
        name: "Post-Sales",
        kind: StageKind::Won,
        probability: 100,
        rot_days: 0,
        hue: Hue::Green,
        purpose: "Won: handover, onboarding, check-ins, renewal and further sales.",
    },
];

/// The edits that make a pipeline with the seven stages.
pub(super) fn pipeline_edits(name: &str, rank: Rank, ctx: &mut Ctx) -> (PipelineId, Vec<Edit>) {
    let pipeline: PipelineId = ctx.ids.fresh();
    let mut edits = vec![
        Edit::Pipeline(pipeline, PipelineField::Name(name.to_owned())),
        Edit::Pipeline(pipeline, PipelineField::Rank(rank)),
    ];
    for (template, rank) in STAGES.iter().zip(Rank::spread(STAGES.len())) {
        let stage: StageId = ctx.ids.fresh();
        let rot = (template.rot_days > 0).then_some(template.rot_days);
        edits.extend(
            [
                StageField::Pipeline(pipeline),
                StageField::Name(template.name.to_owned()),
                StageField::Rank(rank),
                StageField::Kind(template.kind),
                StageField::Probability(template.probability),
                StageField::RotDays(rot),
                StageField::Hue(template.hue),
                StageField::Purpose(template.purpose.to_owned()),
            ]
            .map(|field| Edit::Stage(stage, field)),
        );
    }
    (pipeline, edits)
}

/// What comes after the sale, as a workspace gets it: days of work after the winning, channel,
/// what to do. Handing over at once, a first check-in after two weeks, results after six, and
/// talk of more after a quarter.
const AFTER_SALE: [(u16, ActivityKind, &str); 4] = [
    (0, ActivityKind::Task, "Hand over to those who deliver"),
    (10, ActivityKind::Call, "Check in: does it run as promised?"),
    (
        30,
        ActivityKind::Meeting,
        "Go through the first results together",
    ),
    (
        65,
        ActivityKind::Call,
        "Ask what is next: a reference, more, the renewal",
    ),
];

/// The edits that make the cadence for what comes after the sale.
fn after_sale(stage: StageId, ctx: &mut Ctx) -> Vec<Edit> {
    let id: CadenceId = ctx.ids.fresh();
    let fields = [
        CadenceField::Name("Onboarding and check-ins".into()),
        CadenceField::Stage(Some(stage)),
        CadenceField::Auto(true),
        CadenceField::Rank(Rank::between(None, None)),
    ];
    let mut edits: Vec<Edit> = fields.map(|f| Edit::Cadence(id, f)).into();
    for ((day, kind, subject), rank) in AFTER_SALE.iter().zip(Rank::spread(AFTER_SALE.len())) {
        let step: StepId = ctx.ids.fresh();
        let fields = [
            StepField::Cadence(id),
            StepField::Day(*day),
            StepField::Kind(*kind),
            StepField::Subject((*subject).to_owned()),
            StepField::Rank(rank),
        ];
        edits.extend(fields.map(|f| Edit::CadenceStep(step, f)));
    }
    edits
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|s| (*s).to_owned()).collect()
}

pub(super) fn setup(
    world: &World,
    name: &str,
    currency: Currency,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    if !world.state.pipelines().is_empty() {
        return Err(Refusal::Impossible(
            "This workspace has been set up already.".into(),
        ));
    }
    // One has one pipeline at first, and calls all of it by that name.
    let (workspace, pipeline) = match name.trim() {
        "" => ("My workspace", PIPELINE_NAME),
        name => (name, name),
    };
    let fields = [
        WorkspaceField::Name(workspace.to_owned()),
        WorkspaceField::Currency(currency),
        WorkspaceField::LostReasons(texts(&[
            "Price",
            "No budget",
            "No decision",
            "Competitor",
            "Timing",
            "Missing feature",
            "No contact",
        ])),
        WorkspaceField::WonReasons(texts(&[
            "Best fit",
            "Price",
            "Trust",
            "Speed",
            "Existing customer",
        ])),
        WorkspaceField::HoldReasons(texts(&[
            "Waiting for budget",
            "Reorganisation",
            "Seasonal",
            "Asked to come back later",
        ])),
        WorkspaceField::Sources(texts(&[
            "Referral",
            "Website",
            "Outbound",
            "Event",
            "Partner",
            "Existing customer",
        ])),
        WorkspaceField::Competitors(Vec::new()),
    ];
    let mut edits: Vec<Edit> = fields.map(|f| Edit::Workspace(WORKSPACE, f)).into();
    let (pipeline, stages) = pipeline_edits(pipeline, Rank::between(None, None), ctx);
    let won = stages.iter().find_map(|edit| match edit {
        Edit::Stage(id, StageField::Kind(StageKind::Won)) => Some(*id),
        _ => None,
    });
    edits.extend(stages);
    edits.extend(won.into_iter().flat_map(|stage| after_sale(stage, ctx)));
    let intent = Intent::new(IntentKind::Setup, format!("Set up {name}"));
    Ok(decision(intent, edits, Some(pipeline.into())))
}

/// Removes what the sample brought and nobody made since: records, not the pipeline a
/// person may have begun to use for deals of their own.
pub(super) fn remove_sample(world: &World) -> Result<Decision, Refusal> {
    let Some(stamp) = world.state.workspace().sample else {
        return Err(Refusal::Impossible("There is no sample to remove.".into()));
    };
    let alive = world.state.tables.alive();
    let of_sample = |kind: Kind| {
        alive
            .iter()
            .filter(move |(e, born)| e.kind == kind && *born == stamp)
            .map(|(e, _)| *e)
    };
    let own_deals = alive
        .iter()
        .any(|(e, born)| e.kind == Kind::Deal && *born != stamp);
    let mut gone: Vec<EntityRef> = Vec::new();
    for kind in [
        Kind::Deal,
        Kind::Organisation,
        Kind::Contact,
        Kind::Person,
        Kind::Product,
        Kind::Cadence,
        Kind::CadenceStep,
        Kind::Template,
        Kind::Campaign,
        Kind::Interview,
        Kind::Rate,
    ] {
        gone.extend(of_sample(kind));
    }
    // The rules it was sold by.
    for kind in [
        Kind::IcpCriterion,
        Kind::ScoreRule,
        Kind::Framework,
        Kind::Question,
        Kind::Criterion,
    ] {
        gone.extend(of_sample(kind));
    }
    // Activities a person added to a sample deal go with it.
    let sample_deals: std::collections::HashSet<u64> =
        of_sample(Kind::Deal).map(|e| e.id).collect();
    gone.extend(
        world
            .state
            .tables
            .activities
            .iter()
            .filter(|a| a.deal.is_some_and(|d| sample_deals.contains(&d.0)))
            .map(|a| EntityRef::from(a.id)),
    );
    gone.extend(of_sample(Kind::Activity).filter(|e| {
        world
            .state
            .tables
            .activities
            .get(crate::domain::ids::ActivityId(e.id))
            .is_some_and(|a| a.deal.is_none())
    }));
    // Fields the sample brought, unless a record that stays holds a value.
    let leaving: std::collections::HashSet<EntityRef> = gone.iter().copied().collect();
    gone.extend(of_sample(Kind::CustomField).filter(|e| {
        let field = world.state.tables.custom_fields.get(FieldId(e.id));
        field.is_some_and(|field| {
            let values = fields::all_values(&world.state, field).into_iter();
            let mut staying = values.filter(|(r, _)| world.is_alive(*r) && !leaving.contains(r));
            staying.next().is_none()
        })
    }));
    if !own_deals {
        gone.extend(of_sample(Kind::Stage));
        gone.extend(of_sample(Kind::Pipeline));
    }
    let mut edits: Vec<Edit> = gone.iter().map(|e| Edit::deleted(*e, true)).collect();
    edits.push(Edit::Workspace(WORKSPACE, WorkspaceField::Sample(None)));
    Ok(decision(
        Intent::new(IntentKind::RemoveSample, "Removed the sample"),
        edits,
        None,
    ))
}
