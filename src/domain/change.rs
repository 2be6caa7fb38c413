//! The one thing that ever happens: a change, made of typed edits.

use super::activity::{Activity, ActivityField};
use super::automation::{Automation, AutomationField, RuleRun, RunField};
use super::cadence::{Cadence, CadenceField, CadenceStep, StepField, Template, TemplateField};
use super::campaign::{Campaign, CampaignField, Interview, InterviewField, Rate, RateField};
use super::custom::{CustomField, CustomFieldField};
use super::dashboard::{Dashboard, DashboardField};
use super::deal::{Deal, DealField};
use super::entity::{Entity, FieldNames, FieldSet, MAP_BASE, Row, Table};
use super::experiment::{Experiment, ExperimentField};
use super::gate::{Criterion, CriterionField};
use super::ids::{
    ActivityId, AutomationId, CadenceId, CallId, CampaignId, CoachingId, ContactId, CriterionId,
    DashboardId, DealId, ExperimentId, ExternalFactorId, FeedbackId, FieldId, FrameworkId, IcpId,
    Id, IdHasher, InterviewId, OrgId, PersonId, PersonaId, PipelineId, PracticeId, ProductId,
    QuestionId, QuotaId, RateId, ReviewId, RunId, ScoreRuleId, StageId, StepId, TeamId, TemplateId,
    TerritoryId, WorkspaceId,
};
pub use super::intent::{Intent, IntentKind};
use super::party::{
    Contact, ContactField, OrgField, Organisation, Person, PersonField, Product, ProductField,
};
use super::persona::{Persona, PersonaField};
use super::qualify::{Framework, FrameworkField, Question, QuestionField};
use super::quota::{Call, CallField, ExternalFactor, ExternalFactorField, Quota, QuotaField};
use super::review::{
    Coaching, CoachingField, Feedback, FeedbackField, Practice, PracticeField, Review, ReviewField,
};
use super::scoring::{IcpCriterion, IcpField, ScoreRule, ScoreRuleField};
use super::stage::{Pipeline, PipelineField, Stage, StageField};
use super::stamp::Stamp;
use super::table::{AnyRow, Rows, of_kind, of_kind_mut};
use super::team::{Team, TeamField, Territory, TerritoryField};
use super::value::{BadValue, Value};
use super::workspace::{Workspace, WorkspaceField};
use crate::words;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

mod same;

/// An entity of any kind, by kind and id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityRef {
    /// Which kind.
    pub kind: Kind,
    /// The bits of its id.
    pub id: u64,
}

impl fmt::Display for EntityRef {
    /// `deal:00ab…`, the form used in files and addresses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:016x}", self.kind.code(), self.id)
    }
}

impl std::str::FromStr for EntityRef {
    type Err = super::ids::BadId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || super::ids::BadId(text.chars().take(40).collect());
        let (kind, id) = text.split_once(':').ok_or_else(bad)?;
        Ok(Self {
            kind: Kind::from_code(kind).ok_or_else(bad)?,
            id: super::ids::parse_raw(id)?,
        })
    }
}

/// One field of one entity: what last writer wins is decided on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Slot {
    /// Whose field.
    pub entity: EntityRef,
    /// Its key number.
    pub key: u8,
    /// Of a field with entries: the bits of the entry's key; else 0.
    pub sub: u64,
}

impl Slot {
    /// The field's name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Edit::name_of(self.entity.kind, self.key)
    }
}

/// One field as a snapshot keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its key number.
    pub key: u8,
    /// Of a field with entries: the bits of the entry's key; else 0.
    pub sub: u64,
    /// When it was last set.
    pub stamp: Stamp,
    /// What it holds.
    pub value: Value,
}

/// A map keyed by fields.
pub type SlotMap<V> = HashMap<Slot, V, BuildHasherDefault<IdHasher>>;
/// A set of fields.
pub type SlotSet = HashSet<Slot, BuildHasherDefault<IdHasher>>;
/// A map keyed by entities of any kind.
pub type RefMap<V> = HashMap<EntityRef, V, BuildHasherDefault<IdHasher>>;
/// A set of entities of any kind.
pub type RefSet = HashSet<EntityRef, BuildHasherDefault<IdHasher>>;

/// Why an edit in a file cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEdit {
    /// No such field.
    #[error("a {kind} has no field “{field}”")]
    Field {
        /// The kind of entity.
        kind: &'static str,
        /// The name given.
        field: String,
    },
    /// The value does not fit.
    #[error("field “{field}” of a {kind}: {source}")]
    Value {
        /// The kind of entity.
        kind: &'static str,
        /// The field.
        field: String,
        /// What is wrong.
        source: BadValue,
    },
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident($id:ty, $field:ty) in $table:ident = $code:literal),* $(,)?) => {
        words! {
            /// The kinds of entities. The words are part of the file format.
            Kind: "a kind of entity" { $($(#[$doc])* $name = $code),* }
        }

        /// One field set to a value: the smallest thing the log knows.
        #[derive(Clone, Debug)]
        pub enum Edit { $($(#[$doc])* $name($id, $field)),* }

        impl Edit {
            /// Whose field it sets.
            #[must_use]
            pub fn entity(&self) -> EntityRef {
                match self { $(Self::$name(id, _) => EntityRef { kind: Kind::$name, id: id.raw() }),* }
            }
            /// Which field it sets.
            #[must_use]
            pub fn slot(&self) -> Slot {
                let (key, sub) = match self { $(Self::$name(_, f) => (f.key(), f.sub())),* };
                Slot { entity: self.entity(), key, sub }
            }
            /// The field's name in files.
            #[must_use]
            pub fn name(&self) -> &'static str {
                let slot = self.slot();
                Self::name_of(slot.entity.kind, slot.key)
            }
            /// The field's name as files have it: with the entry's key, as in
            /// `custom.00000000000000f1`, when it has entries.
            #[must_use]
            pub fn code(&self) -> Cow<'static, str> {
                let slot = self.slot();
                if slot.key < MAP_BASE {
                    return Cow::Borrowed(self.name());
                }
                Cow::Owned(format!("{}.{:016x}", self.name(), slot.sub))
            }
            /// The value as a tree.
            #[must_use]
            pub fn value(&self) -> Value {
                match self { $(Self::$name(_, f) => f.value()),* }
            }
            /// The name of a key number.
            #[must_use]
            pub fn name_of(kind: Kind, key: u8) -> &'static str {
                Self::names(kind).name_of(key)
            }
            /// What the fields of a kind are called.
            #[must_use]
            pub fn names(kind: Kind) -> FieldNames {
                match kind { $(Kind::$name => <$field>::NAMES),* }
            }
            /// An edit from the numbers of its parts.
            ///
            /// # Errors
            /// [`BadValue`] when the value does not fit the field.
            fn of(slot: Slot, value: Value) -> Result<Self, BadValue> {
                let (id, key, sub) = (slot.entity.id, slot.key, slot.sub);
                match slot.entity.kind { $(Kind::$name =>
                    <$field>::from_parts(key, sub, value).map(|f| Self::$name(<$id>::from_raw(id), f))),* }
            }
            /// What a row holds in a field, as the edit that would set it.
            fn held(row: &dyn AnyRow, slot: Slot) -> Self {
                let (id, key, sub) = (slot.entity.id, slot.key, slot.sub);
                match slot.entity.kind { $(Kind::$name =>
                    Self::$name(<$id>::from_raw(id), of_kind::<$name>(row).entity.get(key, sub))),* }
            }
            /// Sets the field of a row of its kind.
            fn set(self, row: &mut dyn AnyRow) {
                match self { $(Self::$name(_, f) => of_kind_mut::<$name>(row).entity.set(f)),* }
            }
            /// An edit from its parts as found in a file.
            ///
            /// # Errors
            /// [`BadEdit`] when the field is unknown or the value does not fit it.
            pub fn from_parts(entity: EntityRef, field: &str, value: Value) -> Result<Self, BadEdit> {
                let kind = entity.kind.code();
                let no_field = || BadEdit::Field { kind, field: field.chars().take(40).collect() };
                let (name, sub) = match field.split_once('.') {
                    Some((name, sub)) => (name, Some(super::ids::parse_raw(sub).map_err(|_| no_field())?)),
                    None => (field, None),
                };
                let key = Self::names(entity.kind).key_of(name);
                let key = key.filter(|key| (*key >= MAP_BASE) == sub.is_some()).ok_or_else(no_field)?;
                Self::of(Slot { entity, key, sub: sub.unwrap_or(0) }, value)
                    .map_err(|source| BadEdit::Value { kind, field: field.to_owned(), source })
            }
            /// The edit that removes an entity or brings it back.
            #[must_use]
            pub fn deleted(entity: EntityRef, gone: bool) -> Self {
                match entity.kind { $(Kind::$name => Self::$name(<$id>::from_raw(entity.id), <$field>::deleted(gone))),* }
            }
        }

        $(impl From<$id> for EntityRef {
            fn from(id: $id) -> Self {
                Self { kind: Kind::$name, id: id.raw() }
            }
        })*

        /// All entities, by kind.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Tables { $($(#[$doc])* pub $table: Table<$name>),* }

        impl Tables {
            /// The rows of a kind, for what is the same with all kinds.
            fn rows(&self, kind: Kind) -> &Rows {
                match kind { $(Kind::$name => self.$table.untyped()),* }
            }
            fn rows_mut(&mut self, kind: Kind) -> &mut Rows {
                match kind { $(Kind::$name => self.$table.untyped_mut()),* }
            }
            /// An entity of which nothing is known yet.
            fn blank(entity: EntityRef) -> Arc<dyn AnyRow> {
                match entity.kind { $(Kind::$name => Arc::new(Row::<$name>::blank(<$id>::from_raw(entity.id)))),* }
            }
        }
    };
}

mod tables;

kinds! {
    /// The workspace.
    Workspace(WorkspaceId, WorkspaceField) in workspaces = "workspace",
    /// Pipelines.
    Pipeline(PipelineId, PipelineField) in pipelines = "pipeline",
    /// Stages.
    Stage(StageId, StageField) in stages = "stage",
    /// Deals.
    Deal(DealId, DealField) in deals = "deal",
    /// Organisations.
    Organisation(OrgId, OrgField) in organisations = "organisation",
    /// Contacts.
    Contact(ContactId, ContactField) in contacts = "contact",
    /// Members of the own team.
    Person(PersonId, PersonField) in people = "person",
    /// Products.
    Product(ProductId, ProductField) in products = "product",
    /// Activities.
    Activity(ActivityId, ActivityField) in activities = "activity",
    /// Fields that the team has added.
    CustomField(FieldId, CustomFieldField) in custom_fields = "field",
    /// Teams.
    Team(TeamId, TeamField) in teams = "team",
    /// Territories.
    Territory(TerritoryId, TerritoryField) in territories = "territory",
    /// Buyer personas.
    Persona(PersonaId, PersonaField) in personas = "persona",
    /// Criteria of the ideal customer profile.
    IcpCriterion(IcpId, IcpField) in icp = "icp",
    /// Criteria of stages.
    Criterion(CriterionId, CriterionField) in criteria = "criterion",
    /// Qualification frameworks.
    Framework(FrameworkId, FrameworkField) in frameworks = "framework",
    /// Questions of frameworks.
    Question(QuestionId, QuestionField) in questions = "question",
    /// Scoring rules.
    ScoreRule(ScoreRuleId, ScoreRuleField) in score_rules = "score_rule",
    /// Cadences.
    Cadence(CadenceId, CadenceField) in cadences = "cadence",
    /// Steps of cadences.
    CadenceStep(StepId, StepField) in steps = "step",
    /// Templates.
    Template(TemplateId, TemplateField) in templates = "template",
    /// Automations.
    Automation(AutomationId, AutomationField) in automations = "automation",
    /// What automations did.
    RuleRun(RunId, RunField) in runs = "run",
    /// Campaigns.
    Campaign(CampaignId, CampaignField) in campaigns = "campaign",
    /// Interviews after deals were closed.
    Interview(InterviewId, InterviewField) in interviews = "interview",
    /// Rates of exchange.
    Rate(RateId, RateField) in rates = "rate",
    /// Reviews of the pipeline.
    Review(ReviewId, ReviewField) in reviews = "review",
    /// Notes to members of the team.
    Coaching(CoachingId, CoachingField) in coaching = "coaching",
    /// Practices to share.
    Practice(PracticeId, PracticeField) in practices = "practice",
    /// What is said of the process.
    Feedback(FeedbackId, FeedbackField) in feedback = "feedback",
    /// Dashboards.
    Dashboard(DashboardId, DashboardField) in dashboards = "dashboard",
    /// Quotas.
    Quota(QuotaId, QuotaField) in quotas = "quota",
    /// What works on sales from outside.
    ExternalFactor(ExternalFactorId, ExternalFactorField) in factors = "factor",
    /// What people said would be sold.
    Call(CallId, CallField) in calls = "call",
    /// Experiments.
    Experiment(ExperimentId, ExperimentField) in experiments = "experiment",
}

/// What one action of one person set, as one unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// When and by which clock: the change's identity.
    pub stamp: Stamp,
    /// What was meant.
    pub intent: Intent,
    /// Who did it, where that is known.
    pub author: Option<PersonId>,
    /// What it sets. Of two edits of one field the later stands; both count as history.
    pub edits: Vec<Edit>,
    /// What the set fields held before, where they had ever been set.
    pub before: Vec<Edit>,
    /// The change this one takes back.
    pub undoes: Option<Stamp>,
}

impl Change {
    /// The same change without its edits: who, when and what was meant.
    #[must_use]
    pub fn bare(&self) -> Self {
        Self {
            stamp: self.stamp,
            intent: self.intent.clone(),
            author: self.author,
            edits: Vec::new(),
            before: Vec::new(),
            undoes: self.undoes,
        }
    }

    /// The entities it touches, each once, in order of first mention.
    #[must_use]
    pub fn entities(&self) -> Vec<EntityRef> {
        let mut seen = RefSet::default();
        self.edits
            .iter()
            .map(Edit::entity)
            .filter(|e| seen.insert(*e))
            .collect()
    }
}
