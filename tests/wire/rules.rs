//! The part of the story that is about fields, teams, frameworks, rules, cadences and automations.

use super::history::{self as h, ms, rank, texts};
use super::later::{
    AUTOMATION, CADENCE, CRITERION, FRAMEWORK, PERSONA, QUESTION, STEP, TEAM, TEMPLATE, TERRITORY,
    field, objections,
};
use fairlead::domain::activity::{ActivityKind, ActivityOutcome, Direction};
use fairlead::domain::automation::{
    Action, ActionKind, AutomationField, RunField, Trigger, TriggerKind,
};
use fairlead::domain::cadence::{CadenceField, StepField, TemplateField, TemplateKind};
use fairlead::domain::change::Edit;
use fairlead::domain::custom::{CustomFieldField as F, FieldHome, FieldKind};
use fairlead::domain::gate::{CriterionField, GateSide};
use fairlead::domain::ids::{
    AutomationId, CriterionId, IcpId, RunId, ScoreRuleId, StepId, TeamId, TemplateId, TerritoryId,
};
use fairlead::domain::persona::PersonaField;
use fairlead::domain::qualify::{FrameworkField, QuestionField};
use fairlead::domain::rule::{Condition, Op};
use fairlead::domain::scoring::{Axis, IcpField, IcpPart, ScoreRuleField, Signal};
use fairlead::domain::team::{TeamField, TerritoryField};

/// The rank of the `n`th of some.
fn nth(n: usize) -> fairlead::domain::rank::Rank {
    rank(&format!(
        "{}V",
        ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'][n]
    ))
}

/// Fields of every kind on records of every kind.
pub fn fields() -> Vec<Edit> {
    let homes = FieldHome::ALL.iter().cycle();
    let kinds = FieldKind::ALL.iter().zip(homes).enumerate();
    kinds
        .flat_map(|(n, (kind, home))| {
            let options = match kind.has_options() {
                true => texts(&["Red", "Grün"]),
                false => Vec::new(),
            };
            [
                F::Name(format!("Field {n}")),
                F::Home(*home),
                F::Kind(*kind),
                F::Options(options),
                F::Hint("As on the “form”".into()),
                F::Rank(nth(n)),
            ]
            .map(|f| Edit::CustomField(field(n), f))
        })
        .collect()
}

pub fn teams() -> Vec<Edit> {
    let (other_team, other_territory) = (TeamId(0x212), TerritoryId(0x222));
    let mut edits = vec![
        Edit::Team(other_team, TeamField::Name("All".into())),
        Edit::Team(TEAM, TeamField::Name("North".into())),
        Edit::Team(TEAM, TeamField::Lead(Some(h::BOSS))),
        Edit::Team(TEAM, TeamField::Parent(Some(other_team))),
    ];
    edits.extend(
        [
            TerritoryField::Name("Köln".into()),
            TerritoryField::Description("50\u{a0}000 – 51\u{a0}999".into()),
            TerritoryField::Owner(Some(h::SELLER)),
            TerritoryField::Parent(Some(other_territory)),
        ]
        .map(|f| Edit::Territory(TERRITORY, f)),
    );
    edits.extend(
        [
            PersonaField::Name("Head of facilities".into()),
            PersonaField::Titles(texts(&["facility", "Gebäude"])),
            PersonaField::Demographics("40 to 60".into()),
            PersonaField::Behaviours("Reads everything".into()),
            PersonaField::Motivations("No surprises".into()),
            PersonaField::Objections(objections()),
            PersonaField::Channels(texts(&["telephone"])),
            PersonaField::Messages("You will sleep well".into()),
            PersonaField::Rank(nth(0)),
        ]
        .map(|f| Edit::Persona(PERSONA, f)),
    );
    edits
}

pub fn qualification() -> Vec<Edit> {
    let mut edits: Vec<Edit> = [
        FrameworkField::Name("MEDDIC".into()),
        FrameworkField::Purpose("Large deals".into()),
        FrameworkField::Rank(nth(0)),
    ]
    .map(|f| Edit::Framework(FRAMEWORK, f))
    .into();
    edits.extend(
        [
            QuestionField::Framework(FRAMEWORK),
            QuestionField::Name("Economic buyer".into()),
            QuestionField::Text("Who signs?".into()),
            QuestionField::Weight(10),
            QuestionField::Rank(nth(0)),
        ]
        .map(|f| Edit::Question(QUESTION, f)),
    );
    for (n, side) in GateSide::ALL.iter().enumerate() {
        let id = CriterionId(CRITERION.0 + n as u64);
        edits.extend(
            [
                CriterionField::Stage(h::LEAD),
                CriterionField::Side(*side),
                CriterionField::Text("They have said yes".into()),
                CriterionField::Evidence(n == 0),
                CriterionField::Rank(nth(n)),
            ]
            .map(|f| Edit::Criterion(id, f)),
        );
    }
    edits
}

fn condition(op: Op) -> Condition {
    Condition {
        what: "organisation.custom.00000000000001f1".into(),
        op,
        with: match op.needs_value() {
            true => texts(&["1200.00 EUR", "“x”"]),
            false => Vec::new(),
        },
    }
}

pub fn scoring() -> Vec<Edit> {
    let mut edits = Vec::new();
    let parts = IcpPart::ALL.iter().cycle();
    for (n, (op, part)) in Op::ALL.iter().zip(parts).enumerate() {
        let id = IcpId(0x270 + n as u64);
        edits.extend(
            [
                IcpField::Name(format!("Criterion {n}")),
                IcpField::Condition(Box::new(condition(*op))),
                IcpField::Part(*part),
                IcpField::Weight(100),
                IcpField::Rank(nth(n)),
            ]
            .map(|f| Edit::IcpCriterion(id, f)),
        );
    }
    for (n, axis) in Axis::ALL.iter().enumerate() {
        let signal = Signal {
            kind: Some(ActivityKind::Email),
            direction: (n == 0).then_some(Direction::In),
            outcome: (n == 0).then_some(ActivityOutcome::Replied),
        };
        let id = ScoreRuleId(0x2c1 + n as u64);
        edits.extend(
            [
                ScoreRuleField::Name("They answer".into()),
                ScoreRuleField::Axis(*axis),
                ScoreRuleField::On(n > 0),
                ScoreRuleField::Conditions(vec![condition(Op::Is), condition(Op::Set)]),
                ScoreRuleField::Signal(Some(signal)),
                ScoreRuleField::Points(-15),
                ScoreRuleField::HalfLife(Some(30)),
                ScoreRuleField::Cap(Some(4_294_967_295)),
                ScoreRuleField::Rank(nth(n)),
            ]
            .map(|f| Edit::ScoreRule(id, f)),
        );
    }
    edits
}

pub fn cadences() -> Vec<Edit> {
    let mut edits: Vec<Edit> = [
        CadenceField::Name("New leads".into()),
        CadenceField::Stage(Some(h::LEAD)),
        CadenceField::Auto(true),
        CadenceField::Working(false),
        CadenceField::Rank(nth(0)),
    ]
    .map(|f| Edit::Cadence(CADENCE, f))
    .into();
    for (n, kind) in ActivityKind::ALL.iter().enumerate() {
        let id = StepId(STEP.0 + n as u64);
        edits.extend(
            [
                StepField::Cadence(CADENCE),
                StepField::Day(3 * n as u16),
                StepField::Kind(*kind),
                StepField::Subject("Say hello".into()),
                StepField::Body("And ask".into()),
                StepField::Template(Some(TEMPLATE)),
                StepField::Rank(nth(n)),
            ]
            .map(|f| Edit::CadenceStep(id, f)),
        );
    }
    for (n, kind) in TemplateKind::ALL.iter().enumerate() {
        let id = TemplateId(TEMPLATE.0 + n as u64);
        edits.extend(
            [
                TemplateField::Name("Hello".into()),
                TemplateField::Kind(*kind),
                TemplateField::Subject("For {{organisation.name}}".into()),
                TemplateField::Body("Dear {{contact.first_name}},\n\n…".into()),
                TemplateField::Stage(Some(h::LEAD)),
                TemplateField::Persona(Some(PERSONA)),
                TemplateField::Minutes(Some(30)),
                TemplateField::Rank(nth(n)),
            ]
            .map(|f| Edit::Template(id, f)),
        );
    }
    edits
}

fn action(kind: ActionKind) -> Action {
    Action {
        kind,
        text: "Welcome".into(),
        field: "deal.source".into(),
        activity: (kind == ActionKind::Activity).then_some(ActivityKind::Task),
        days: -1,
        stage: (kind == ActionKind::Move).then_some(h::OLD),
        people: vec![h::SELLER, h::BOSS],
    }
}

pub fn automations() -> Vec<Edit> {
    let mut edits = Vec::new();
    for (n, kind) in TriggerKind::ALL.iter().enumerate() {
        let trigger = Trigger {
            kind: *kind,
            stage: (*kind == TriggerKind::Entered).then_some(h::LEAD),
            field: "deal.renewal".into(),
            days: -30,
            axis: (*kind == TriggerKind::Score).then_some(Axis::Engagement),
            score: 75,
        };
        let id = AutomationId(AUTOMATION.0 + n as u64);
        edits.extend(
            [
                AutomationField::Name("Welcome new deals".into()),
                AutomationField::On(true),
                AutomationField::Trigger(Box::new(trigger)),
                AutomationField::Conditions(vec![condition(Op::Older)]),
                AutomationField::Actions(
                    ActionKind::ALL.iter().map(|kind| action(*kind)).collect(),
                ),
                AutomationField::Pipeline(Some(h::PIPELINE)),
                AutomationField::Since(ms(30)),
                AutomationField::Rank(nth(n)),
            ]
            .map(|f| Edit::Automation(id, f)),
        );
    }
    edits
}

/// One time a rule worked, and one time it did not.
pub fn worked() -> Vec<Edit> {
    [
        RunField::Automation(AUTOMATION),
        RunField::Deal(h::DEAL),
        RunField::At(ms(36)),
        RunField::Cause("Showroom was added".into()),
        RunField::Did(texts(&["Planned “Welcome”"])),
        RunField::Failed(texts(&["Stage Old is no longer there"])),
        RunField::Notice("Look at Showroom".into()),
        RunField::Seen(true),
    ]
    .map(|f| Edit::RuleRun(RunId(0x2f1), f))
    .into()
}
