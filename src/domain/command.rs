//! What a person can ask for, and why it may be refused.

pub mod automate;
pub mod customer;
pub mod experiment;
pub mod fields;
pub mod follow;
pub mod insight;
pub mod plan;
pub mod qualify;
pub mod review;
pub mod sell;

use super::activity::{ActivityKind, ActivityOutcome, Direction};
use super::change::{Edit, EntityRef, Intent};
use super::custom::CustomValue;
use super::deal::{BuyingRole, Closure, ForecastCategory, Status};
use super::ids::{
    ActivityId, CampaignId, ContactId, DealId, FieldId, IdSource, OrgId, PersonId, PipelineId,
    ProductId, StageId, TemplateId,
};
use super::money::{Currency, Money};
use super::query::board::Place;
use super::query::gate::Gap;
use super::stage::{Hue, StageKind};
use super::stamp::Millis;
use super::world::World;
use chrono::NaiveDate;

/// Time, identity and entropy, handed in as data.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// Now, in milliseconds since 1970.
    pub now: Millis,
    /// Today where the person is.
    pub today: NaiveDate,
    /// Who the person is, where they said so.
    pub me: Option<PersonId>,
    /// Ids and noise.
    pub ids: IdSource,
    /// How to decide what the board has no use for; none while that is still being fetched.
    pub later: Option<Later>,
}

/// Decides commands: [`decide::later`](super::decide::later).
pub type Later = fn(&World, Command, &mut Ctx) -> Result<Decision, Refusal>;

/// Something known, or something to make under this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrNew<I> {
    /// Known.
    Known(I),
    /// To be made; a name that is known already (in any case) means the known one.
    New(String),
}

/// The next thing to do on a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// What kind of activity.
    pub kind: ActivityKind,
    /// What to do.
    pub subject: String,
    /// When.
    pub due: Option<NaiveDate>,
}

/// All a deal form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealDraft {
    /// What is being sold.
    pub title: String,
    /// In which stage.
    pub stage: StageId,
    /// To whom.
    pub organisation: Option<OrNew<OrgId>>,
    /// With whom, in which roles.
    pub contacts: Vec<(OrNew<ContactId>, BuyingRole)>,
    /// By whom.
    pub owner: Option<OrNew<PersonId>>,
    /// Worth how much.
    pub value: Option<Money>,
    /// Expected to close on.
    pub close: Option<NaiveDate>,
    /// Own probability in percent, 0 to 100.
    pub probability: Option<u8>,
    /// The owner's call.
    pub category: Option<ForecastCategory>,
    /// Where it came from.
    pub source: String,
    /// The campaign that brought it.
    pub campaign: Option<CampaignId>,
    /// Labels.
    pub tags: Vec<String>,
    /// What the customer may buy.
    pub products: Vec<OrNew<ProductId>>,
    /// Free text.
    pub description: String,
    /// The first thing to do, when given.
    pub next_step: Option<NextStep>,
    /// Date and reason, used when the stage closes the deal.
    pub closure: Option<Closure>,
    /// What own fields are to hold; none empties one. Those not named stay as they are.
    pub custom: Vec<(FieldId, Option<CustomValue>)>,
    /// Lines, and what kind of sale it is.
    pub sale: sell::SaleDraft,
}

impl DealDraft {
    /// An empty form for a stage.
    #[must_use]
    pub fn new(stage: StageId) -> Self {
        Self {
            title: String::new(),
            stage,
            organisation: None,
            contacts: Vec::new(),
            owner: None,
            value: None,
            close: None,
            probability: None,
            category: None,
            source: String::new(),
            campaign: None,
            tags: Vec::new(),
            products: Vec::new(),
            description: String::new(),
            next_step: None,
            closure: None,
            custom: Vec::new(),
            sale: sell::SaleDraft::default(),
        }
    }
}

/// What of a stage can be changed in the editor; `None` leaves it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageEdit {
    /// Its name.
    pub name: Option<String>,
    /// What standing there means.
    pub kind: Option<StageKind>,
    /// Chance to win in percent, 0 to 100.
    pub probability: Option<u8>,
    /// Days until a deal rots; `Some(None)` for never.
    pub rot_days: Option<Option<u16>>,
    /// Colour.
    pub hue: Option<Hue>,
    /// What it is for.
    pub purpose: Option<String>,
    /// Date and reason, used when its open deals are closed by another type.
    pub closure: Option<Closure>,
}

/// An activity to write down or change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityDraft {
    /// Which kind.
    pub kind: ActivityKind,
    /// A line.
    pub subject: String,
    /// More text.
    pub body: String,
    /// For which deal.
    pub deal: Option<DealId>,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// Minutes after midnight, local.
    pub due_minute: Option<u16>,
    /// Done already.
    pub done: bool,
    /// When it was done, in milliseconds since 1970; none leaves it as it is, and for what is done
    /// with this change means now.
    pub done_at: Option<Millis>,
    /// With whom.
    pub contact: Option<ContactId>,
    /// With which organisation, where it belongs to no deal.
    pub organisation: Option<OrgId>,
    /// Who began it.
    pub direction: Direction,
    /// How it went; kept only of what is done.
    pub outcome: Option<ActivityOutcome>,
    /// How long it takes or took, in minutes.
    pub duration: Option<u16>,
    /// Where it takes place.
    pub location: String,
    /// Minutes before its time to remind of it; kept only of what has a time.
    pub remind: Option<u16>,
    /// The template it was written with.
    pub template: Option<TemplateId>,
    /// Who of the own team does it; none leaves it as it is, and for a new one means who makes it,
    /// or else whose deal it is.
    pub owner: Option<PersonId>,
}

impl ActivityDraft {
    /// An empty activity of a kind.
    #[must_use]
    pub fn new(kind: ActivityKind) -> Self {
        Self {
            kind,
            subject: String::new(),
            body: String::new(),
            deal: None,
            due: None,
            due_minute: None,
            done: false,
            done_at: None,
            contact: None,
            organisation: None,
            direction: Direction::Out,
            outcome: None,
            duration: None,
            location: String::new(),
            remind: None,
            template: None,
            owner: None,
        }
    }
}

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begin with an empty workspace: one pipeline of the seven stages.
    Setup {
        /// The workspace's name.
        name: String,
        /// The currency new deals start with.
        currency: Currency,
    },
    /// Make a deal (`id` none) or change one to what the form says.
    SaveDeal {
        /// The deal, unless new.
        id: Option<DealId>,
        /// What the form says.
        draft: Box<DealDraft>,
    },
    /// Make a deal of a title alone, on top of a column.
    QuickAdd {
        /// In which stage.
        stage: StageId,
        /// What is being sold.
        title: String,
    },
    /// Move deals to a place in a stage; they keep their order among each other.
    Move {
        /// Which deals.
        deals: Vec<DealId>,
        /// To which stage.
        stage: StageId,
        /// Where in the column.
        place: Place,
        /// Date and reason, used when the stage closes the deal.
        closure: Option<Closure>,
    },
    /// Mark deals won, lost or on hold, or take them up again.
    SetStatus {
        /// Which deals.
        deals: Vec<DealId>,
        /// To which status.
        status: Status,
        /// Date and reason; ignored for open.
        closure: Closure,
    },
    /// Remove records; they stay in the history and can be brought back.
    Delete(Vec<EntityRef>),
    /// Make or change any record by its fields (organisations, contacts, people, products).
    EditRecord(Vec<Edit>),
    /// Write down or plan an activity, or change one.
    SaveActivity {
        /// The activity, unless new.
        id: Option<ActivityId>,
        /// What it says.
        draft: Box<ActivityDraft>,
    },
    /// Mark an activity done or not done.
    SetDone {
        /// Which activity.
        activity: ActivityId,
        /// Done or not.
        done: bool,
    },
    /// Make a pipeline with the usual stages.
    AddPipeline {
        /// Its name.
        name: String,
    },
    /// Give a pipeline another name.
    RenamePipeline {
        /// Which.
        pipeline: PipelineId,
        /// The name.
        name: String,
    },
    /// Put a pipeline at another place among the pipelines.
    ReorderPipeline {
        /// Which.
        pipeline: PipelineId,
        /// Its new place, from 0.
        index: usize,
    },
    /// Delete a pipeline; its deals go to a stage of another one.
    DeletePipeline {
        /// Which.
        pipeline: PipelineId,
        /// Where its deals go; may be none only when it has no deals.
        to: Option<StageId>,
        /// Date and reason, used when that closes its open deals.
        closure: Option<Closure>,
    },
    /// Add a stage.
    AddStage {
        /// To which pipeline.
        pipeline: PipelineId,
        /// Its name.
        name: String,
        /// What standing there means.
        kind: StageKind,
        /// Its place, from 0; beyond the end means the end.
        index: usize,
    },
    /// Change a stage.
    EditStage {
        /// Which.
        stage: StageId,
        /// What.
        edit: StageEdit,
    },
    /// Put a stage at another place in its pipeline.
    ReorderStage {
        /// Which.
        stage: StageId,
        /// Its new place, from 0.
        index: usize,
    },
    /// Merge a stage into another: its deals move there, its history stays.
    MergeStage {
        /// The stage that goes.
        from: StageId,
        /// The stage that takes its deals.
        into: StageId,
        /// Date and reason, used when that closes its open deals.
        closure: Option<Closure>,
    },
    /// Delete a stage.
    DeleteStage {
        /// Which.
        stage: StageId,
        /// Where its deals go; may be none only when it has no deals.
        to: Option<StageId>,
        /// Date and reason, used when that closes its open deals.
        closure: Option<Closure>,
    },
    /// Change the workspace's settings.
    EditWorkspace(Vec<super::workspace::WorkspaceField>),
    /// Bring in edits prepared by an import or the sample, as one change.
    Bring {
        /// What to call it.
        intent: Intent,
        /// The edits.
        edits: Vec<Edit>,
    },
    /// Remove all the sample brought.
    RemoveSample,
    /// About fields that a team adds to its records.
    Fields(fields::FieldCommand),
    /// About customers: profile, personas, teams, territories, duplicates.
    Customer(customer::CustomerCommand),
    /// About qualification: criteria of stages, frameworks, answers, scoring rules.
    Qualify(qualify::QualifyCommand),
    /// About follow-up: cadences, templates, playbooks.
    Follow(follow::FollowCommand),
    /// About rules that do work by themselves.
    Automate(automate::AutomateCommand),
    /// About what is sold: lines, products, renewals, further sales.
    Sell(sell::SellCommand),
    /// About what numbers are read by: campaigns, rates, interviews, dashboards.
    Insight(insight::InsightCommand),
    /// About reviews, notes to members, practices and feedback.
    Review(review::ReviewCommand),
    /// About quotas, external factors and calls.
    Plan(plan::PlanCommand),
    /// About experiments.
    Experiment(experiment::ExperimentCommand),
}

/// What was decided: the edits of the change to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What was meant.
    pub intent: Intent,
    /// The edits.
    pub edits: Vec<Edit>,
    /// What to look at afterwards, such as a deal just made.
    pub focus: Option<EntityRef>,
}

/// Why a command was not carried out. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A field has a value that cannot be taken.
    #[error("{message}")]
    Field {
        /// Which field, by its name in files.
        field: &'static str,
        /// What is wrong, as a sentence.
        message: String,
    },
    /// What it is about is gone.
    #[error("{0} is no longer there. It may have been removed in another tab.")]
    Gone(&'static str),
    /// It would leave the workspace without something it needs.
    #[error("{0}")]
    Impossible(String),
    /// Deals do not meet yet what a stage on the way asks for.
    #[error("{}", gated(.0))]
    Gated(Vec<Gap>),
    /// Everything is so already; nothing to do.
    #[error("Nothing to change.")]
    Nothing,
}

/// What deals are missing, in a sentence.
fn gated(gaps: &[Gap]) -> String {
    match gaps {
        [gap] => format!("Not met yet: {}.", gap.texts().join("; ")),
        many => format!("{} deals do not meet the criteria yet.", many.len()),
    }
}

impl Refusal {
    /// A refusal about a field.
    pub fn field(field: &'static str, message: impl Into<String>) -> Self {
        Self::Field {
            field,
            message: message.into(),
        }
    }
}
