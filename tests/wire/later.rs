//! The work that `fixtures/v2.json` tells of: that of version 1, and what came with version 2.

use super::history::{self as h, Teller, day, deal, ms, rank, stage, texts, usd};
use super::names::vocabulary;
use super::rules;
use fairlead::domain::activity::{ActivityField as A, ActivityKind, ActivityOutcome, Direction};
use fairlead::domain::cadence::{CadenceRun, RunState, StopReason};
use fairlead::domain::change::{Change, Edit, EntityRef, IntentKind as K, Kind, Tables};
use fairlead::domain::custom::{CustomValue, Decimal};
use fairlead::domain::deal::{DealField as D, DealKind};
use fairlead::domain::entity::MAP_BASE;
use fairlead::domain::gate::{Check, GateMode, Override};
use fairlead::domain::ids::*;
use fairlead::domain::line::{LineItem, Period};
use fairlead::domain::money::Money;
use fairlead::domain::party::{
    ContactField as C, Health, OrgField as O, PersonField, ProductField,
};
use fairlead::domain::persona::{Link, Objection};
use fairlead::domain::qualify::Answer;
use fairlead::domain::stage::{PipelineField, StageField as S};
use fairlead::domain::value::Value;
use fairlead::domain::workspace::{WORKSPACE, WorkspaceField as W};

pub const CRITERION: CriterionId = CriterionId(0x261);
pub const TEAM: TeamId = TeamId(0x211);
pub const TERRITORY: TerritoryId = TerritoryId(0x221);
pub const PERSONA: PersonaId = PersonaId(0x231);
pub const FRAMEWORK: FrameworkId = FrameworkId(0x241);
pub const QUESTION: QuestionId = QuestionId(0x251);
pub const CADENCE: CadenceId = CadenceId(0x281);
pub const STEP: StepId = StepId(0x291);
pub const TEMPLATE: TemplateId = TemplateId(0x2a1);
pub const AUTOMATION: AutomationId = AutomationId(0x2b1);
const OTHER_ORG: OrgId = OrgId(0x03);

/// The `n`th field that the team has added.
pub fn field(n: usize) -> FieldId {
    FieldId(0x1f0 + n as u64)
}

pub fn objections() -> Vec<Objection> {
    vec![Objection {
        objection: "“Too dear”".into(),
        answer: "Compare the \\ cost of waiting".into(),
    }]
}

fn parties() -> Vec<Edit> {
    let mut edits = Vec::new();
    edits.extend(
        [
            O::Owner(Some(h::SELLER)),
            O::Territory(Some(TERRITORY)),
            O::Budget(Some(Money::new(-1, usd()))),
            O::Decision("Board, twice a year".into()),
            O::Pains("Empty shelves".into()),
            O::Tags(texts(&["key account"])),
            O::HealthNote("Many complaints".into()),
            O::Custom(field(1), Some(CustomValue::Text("Two\nlines".into()))),
            O::Distinct(h::PARENT, Some(true)),
        ]
        .map(|f| Edit::Organisation(h::ORG, f)),
    );
    let health = Health::ALL.iter().map(|it| O::Health(Some(*it)));
    edits.extend(health.map(|f| Edit::Organisation(h::ORG, f)));
    edits.extend(
        [
            C::Role(fairlead::domain::deal::BuyingRole::Champion),
            C::Persona(Some(PERSONA)),
            C::Owner(Some(h::SELLER)),
            C::Tags(texts(&["met at the fair"])),
            C::DoNotContact(true),
            C::Custom(field(5), Some(CustomValue::Flag(false))),
            C::Distinct(h::MANY, Some(true)),
        ]
        .map(|f| Edit::Contact(h::CONTACT, f)),
    );
    edits.extend(
        [
            PersonField::Role("Seller".into()),
            PersonField::Team(Some(TEAM)),
            PersonField::Territory(Some(TERRITORY)),
            PersonField::Left(true),
        ]
        .map(|f| Edit::Person(h::SELLER, f)),
    );
    edits.extend(
        [
            ProductField::Code("GTX-1".into()),
            ProductField::Description("The large one".into()),
            ProductField::Period(Some(Period::Quarter)),
            ProductField::Retired(true),
        ]
        .map(|f| Edit::Product(h::PRODUCT, f)),
    );
    edits
}

fn stages() -> Vec<Edit> {
    let mut edits = vec![Edit::Pipeline(
        h::PIPELINE,
        PipelineField::Framework(Some(FRAMEWORK)),
    )];
    let gates = GateMode::ALL.iter().map(|mode| S::Gate(*mode)).collect();
    edits.extend(stage(h::LEAD, gates));
    edits.extend(stage(
        h::LEAD,
        vec![
            S::Required(texts(&["value", "custom.00000000000001f0"])),
            S::Qualified(80),
            S::Reask(true),
            S::Contacts(3),
            S::Playbook("Listen first".into()),
            S::Questions(texts(&["Who else?"])),
            S::Objections(objections()),
            S::ProductNotes("Show the GTX".into()),
            S::Links(vec![Link {
                title: "Price list".into(),
                url: "https://us.example/prices?a=1&b=2".into(),
            }]),
        ],
    ));
    edits
}

fn line(n: usize, period: Option<Period>) -> D {
    let line = LineItem {
        product: (n == 0).then_some(h::PRODUCT),
        text: texts(&["", "Service", "Training", "Licence"])[n].clone(),
        quantity: [1, 1_500, -2_000, i64::MAX][n],
        price: Money::new([482_100, 0, -5, 99][n], usd()),
        discount: [0, 1_250, 10_000, 1][n],
        period,
        periods: [1, 12, 4, 65_535][n],
        rank: rank(["1", "2", "3", "4"][n]),
    };
    D::Line(LineId(0x2d0 + n as u64), Some(Box::new(line)))
}

/// What the deal was given: every shape of a field of one's own, lines, and what it comes from.
fn selling() -> Vec<Edit> {
    let mut fields: Vec<D> = DealKind::ALL.iter().map(|kind| D::Kind(*kind)).collect();
    fields.extend([
        D::Origin(Some(h::SECOND)),
        D::Renewal(Some(day(2028, 2, 29))),
        D::Priced(true),
    ]);
    let values = [
        CustomValue::Text("North".into()),
        CustomValue::Text(String::new()),
        CustomValue::Number(Decimal(-1_500_000)),
        CustomValue::Money(Money::new(77, usd())),
        CustomValue::Date(day(2027, 1, 1)),
        CustomValue::Flag(true),
        CustomValue::List(texts(&["Red", "Grün"])),
    ];
    let values = values.into_iter().enumerate();
    fields.extend(values.map(|(n, value)| D::Custom(field(n), Some(value))));
    let periods = [None]
        .into_iter()
        .chain(Period::ALL.iter().copied().map(Some));
    fields.extend(periods.enumerate().map(|(n, period)| line(n, period)));
    deal(h::DEAL, fields)
}

fn check(evidence: &str) -> Check {
    Check {
        evidence: evidence.into(),
        on: day(2026, 11, 24),
        by: Some(h::SELLER),
    }
}

fn qualified() -> Vec<Edit> {
    let answer = Answer {
        score: 3,
        evidence: "She signs herself".into(),
        on: day(2026, 11, 25),
        stage: h::LEAD,
        by: None,
    };
    let past = Override {
        from: h::LEAD,
        to: h::WON,
        reason: "In a hurry".into(),
        at: ms(40),
        by: Some(h::SELLER),
        missing: texts(&["Budget known"]),
    };
    deal(
        h::DEAL,
        vec![
            D::Check(CRITERION, Some(Box::new(check("Said so by e-mail")))),
            D::Override(OverrideId(0x2e1), Some(Box::new(past))),
            D::Answer(QUESTION, Some(Box::new(answer))),
        ],
    )
}

fn run(state: RunState, why: Option<StopReason>) -> D {
    let run = CadenceRun {
        started: day(2026, 11, 26),
        state,
        why,
        paused: (state == RunState::Paused).then(|| day(2026, 11, 27)),
        done: vec![STEP],
    };
    D::Cadence(CADENCE, Some(Box::new(run)))
}

fn runs() -> Vec<Edit> {
    let states = RunState::ALL.iter().map(|state| run(*state, None));
    let reasons = StopReason::ALL
        .iter()
        .map(|why| run(RunState::Stopped, Some(*why)));
    deal(h::DEAL, states.chain(reasons).collect())
}

fn activity() -> Vec<Edit> {
    let mut fields: Vec<A> = vec![A::Kind(ActivityKind::Meeting)];
    fields.extend(Direction::ALL.iter().map(|it| A::Direction(*it)));
    fields.extend(ActivityOutcome::ALL.iter().map(|it| A::Outcome(Some(*it))));
    fields.extend([
        A::Duration(Some(90)),
        A::Organisation(Some(h::ORG)),
        A::Location("Showroom".into()),
        A::Remind(Some(0)),
        A::Template(Some(TEMPLATE)),
        A::Cadence(Some(CADENCE)),
        A::Step(Some(STEP)),
        A::Automation(Some(AUTOMATION)),
    ]);
    let id = ActivityId(0xa2);
    fields.into_iter().map(|f| Edit::Activity(id, f)).collect()
}

fn settings() -> Vec<Edit> {
    [
        W::WorkingDays(0b100_1111),
        W::Holidays(vec![day(2026, 12, 25), day(2027, 1, 1)]),
        W::TouchLimit(None),
        W::FitGrades(vec![90, 60, -30]),
        W::EngagementGrades(vec![80]),
    ]
    .map(|f| Edit::Workspace(WORKSPACE, f))
    .into()
}

/// Everything that is in `fixtures/v2.json`.
pub fn story() -> Vec<Change> {
    let mut t = Teller::after(h::story());
    t.tell(K::EditWorkspace, "Changed the settings", settings());
    t.tell(K::EditRules, "Added fields", rules::fields());
    t.tell(K::EditRecord, "Added teams and personas", rules::teams());
    t.author = Some(h::SELLER);
    t.tell(K::EditRecord, "Changed records", parties());
    t.tell(K::EditRules, "Added MEDDIC", rules::qualification());
    t.tell(K::EditStages, "Changed stage Lead", stages());
    t.tell(K::EditRules, "Added rules of scoring", rules::scoring());
    t.tell(K::EditRules, "Added cadences", rules::cadences());
    t.tell(K::EditRules, "Added automations", rules::automations());
    t.tell(K::EditDeal, "Changed Showroom", selling());
    t.tell(K::Qualify, "Qualified Showroom", qualified());
    t.tell(K::RunCadence, "Stopped a cadence", runs());
    t.tell(K::LogActivity, "Planned a meeting", activity());
    t.author = None;
    t.tell(K::Automate, "Welcomed a new deal", rules::worked());
    t.author = Some(h::SELLER);
    // Two entries, of which one is removed; taken back, both are as they were.
    let south = CustomValue::Text("South".into());
    let entries = vec![D::Check(CRITERION, None), D::Custom(field(0), Some(south))];
    let taken = t.tell(K::Qualify, "Took a check back", deal(h::DEAL, entries));
    let before = t.log.last().map(|change| change.before.clone());
    let text = "Undid: Took a check back";
    t.tell_undoing(K::Undo, text, before.unwrap_or_default(), Some(taken));
    let mut merged = vec![
        Edit::Organisation(OTHER_ORG, O::Name("Schaefer".into())),
        Edit::Organisation(OTHER_ORG, O::Merged(Some(h::ORG))),
        Edit::Organisation(OTHER_ORG, O::Deleted(true)),
    ];
    merged.extend(
        [C::Merged(Some(h::CONTACT)), C::Deleted(true)].map(|f| Edit::Contact(h::AFTER_MANY, f)),
    );
    t.tell(K::MergeRecords, "Merged records", merged);
    // The kinds that came with version 2, as far as version 1 has not told of their removal.
    let gone = Kind::ALL.iter().filter(|kind| **kind > Kind::Activity);
    let gone = gone.map(|kind| EntityRef {
        kind: *kind,
        id: 0xdead,
    });
    let gone = gone.map(|entity| Edit::deleted(entity, true)).collect();
    t.tell(K::Delete, "Deleted records", gone);
    let rest = untold(&t.log);
    if !rest.is_empty() {
        t.tell(K::EditRules, "Changed the rest", rest);
    }
    t.log
}

/// Fields that nobody has told of yet, each with the first value that fits: so that a field can
/// be added without a story, until somebody tells one.
fn untold(log: &[Change]) -> Vec<Edit> {
    let blank = Tables::default();
    let news = |edit: &Edit| blank.present(edit.slot()) != *edit;
    let mut told: Vec<(Kind, &str)> = Vec::new();
    for edit in log
        .iter()
        .flat_map(|change| &change.edits)
        .filter(|edit| news(edit))
    {
        told.push((edit.entity().kind, edit.name()));
    }
    let mut edits = Vec::new();
    for kind in Kind::ALL {
        let entity = EntityRef {
            kind: *kind,
            id: 0xff,
        };
        for key in Tables::keys(*kind) {
            let name = Edit::name_of(*kind, key);
            if told.contains(&(*kind, name)) {
                continue;
            }
            let code = match key >= MAP_BASE {
                true => format!("{name}.{:016x}", 0xff),
                false => name.to_owned(),
            };
            let fitting = values()
                .into_iter()
                .filter_map(|value| Edit::from_parts(entity, &code, value).ok());
            edits.extend(fitting.filter(news).take(1));
        }
    }
    edits
}

/// Values of all plain shapes; a text comes before what is also written as one.
fn values() -> Vec<Value> {
    let text = |text: &str| Value::Text(text.to_owned());
    let mut values = vec![
        Value::Bool(true),
        Value::Bool(false),
        Value::Int(2),
        text("A text"),
    ];
    values.extend([
        text("2028-02-29"),
        text("00000000000000ff"),
        text("V"),
        text("USD"),
    ]);
    values.push(text("01a207d92100-0000-000000000000000a"));
    values.push(Value::List(vec![Value::Int(3), text("USD")]));
    values.extend(
        vocabulary()
            .iter()
            .flat_map(|it| it.words.clone())
            .map(text),
    );
    let lists: Vec<Value> = values
        .iter()
        .map(|value| Value::List(vec![value.clone()]))
        .collect();
    values.extend(lists);
    values.push(Value::Null);
    values
}
